"""The values of the facets over all segments: one number for each, whichever segment it is in."""

import threading
from collections.abc import Iterable, Iterator
from itertools import count, repeat

import numpy as np

from litbase.index.whoosh.content import Ints
from litbase.index.whoosh.schema import faceted
from litbase.index.whoosh.segment import Leaf
from litbase.index.whoosh.strings import decoded, encoded, strings_of


class Values:
    """The values of one facet, numbered as they are met; shared by all snapshots of an engine, only ever growing."""

    def __init__(self, name: str):
        """The facet *name*, no values yet."""
        self.name = name
        self._terms: list[bytes] = []
        self._numbers: dict[bytes, int] = {}
        self._of_leaf: dict[str, Ints] = {}
        self._filed: list[bytes] = []
        self._leaves_filed: set[str] = set()
        self._ranks: Ints = np.zeros(0, np.int64)
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._terms)

    def __getitem__(self, number: int) -> str:
        """The value with that number."""
        return decoded(self._terms[number])

    def term(self, number: int) -> bytes:
        """The value with that number, as it is stored: the order of bytes is that of letters."""
        return self._terms[number]

    def number(self, value: str) -> int:
        """The number of *value*; -1 when no segment that was looked at has it."""
        return self._numbers.get(encoded(value), -1)

    def of(self, leaf: Leaf) -> Ints:
        """The number of each value of *leaf*, by its ordinal there."""
        found = self._of_leaf.get(leaf.file.name)
        if found is None:
            with self._lock:
                found = self._of_leaf[leaf.file.name] = self._numbered(list(leaf.facet(self.name).lexicon.terms))
        return found

    def _numbered(self, terms: list[bytes]) -> Ints:
        numbers = np.fromiter(map(self._numbers.get, terms, repeat(-1)), np.int64, len(terms))
        fresh = np.flatnonzero(numbers < 0)
        numbers[fresh] = np.arange(len(fresh)) + len(self._terms)
        new = list(map(terms.__getitem__, fresh.tolist()))
        self._numbers.update(zip(new, count(len(self._terms))))
        self._terms += new
        return numbers

    def forget(self, kept: set[str]) -> None:
        """Keep only what is known of the segment files *kept*; the numbers of values stay."""
        with self._lock:
            self._of_leaf = {name: numbers for name, numbers in self._of_leaf.items() if name in kept}
            self._leaves_filed &= kept

    def ranks(self, leaves: Iterable[Leaf]) -> Ints:
        """The place of each number in the order in which values are filed, then by value; *leaves* have all of them."""
        unfiled = {leaf.file.name: (leaf, self.of(leaf)) for leaf in leaves if leaf.file.name not in self._leaves_filed}
        with self._lock:
            if unfiled:
                self._filed += [b""] * (len(self._terms) - len(self._filed))
                for leaf, numbers in unfiled.values():
                    for ordinal, form in _filed(leaf, self.name):
                        self._filed[int(numbers[ordinal])] = form
                self._leaves_filed |= unfiled.keys()
                keys = list(zip(self._filed, self._terms, strict=False))
                ranks = np.empty(len(keys), np.int64)
                ranks[sorted(range(len(keys)), key=keys.__getitem__)] = np.arange(len(keys))
                self._ranks = ranks
            return self._ranks


def _filed(leaf: Leaf, name: str) -> Iterator[tuple[int, bytes]]:
    """The ordinals of the values of *leaf* with the form each is filed under."""
    whole = faceted(name)
    forms = list(strings_of(leaf.file, f"{whole}.filed"))
    if forms:
        ordinals, places = leaf.file[f"{whole}.filed.value"].tolist(), leaf.file[f"{whole}.filed.form"].tolist()
        yield from zip(ordinals, map(forms.__getitem__, places), strict=True)
