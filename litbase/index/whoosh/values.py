"""The values of the facets over all segments: one number for each, whichever segment it is in."""

import threading
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from litbase.index.whoosh.content import Ints
from litbase.index.whoosh.schema import faceted
from litbase.index.whoosh.segment import Leaf
from litbase.index.whoosh.strings import decoded, digest, encoded, strings_of


class Known(NamedTuple):
    """The digests of all values, ascending, and the number of each."""

    digests: NDArray[np.uint64]
    numbers: Ints


class Values:
    """The values of one facet, numbered as they are met; shared by all snapshots of an engine, only ever growing."""

    def __init__(self, name: str):
        """The facet *name*, no values yet."""
        self.name = name
        self._terms: list[bytes] = []
        self._known = Known(np.zeros(0, np.uint64), np.zeros(0, np.int64))
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
        term = encoded(value)
        wanted = np.uint64(digest(term))
        known = self._known
        place = int(np.searchsorted(known.digests, wanted))
        if place == len(known.digests) or known.digests[place] != wanted:
            return -1
        number = int(known.numbers[place])
        return number if self._terms[number] == term else -1

    def of(self, leaf: Leaf) -> Ints:
        """The number of each value of *leaf*, by its ordinal there."""
        found = self._of_leaf.get(leaf.file.name)
        if found is None:
            with self._lock:
                found = self._of_leaf[leaf.file.name] = self._numbered(leaf)
        return found

    def _numbered(self, leaf: Leaf) -> Ints:
        terms, whole = leaf.facet(self.name).lexicon.terms, faceted(self.name)
        numbers = np.empty(len(terms), np.int64)
        if len(terms):
            digests, ordinals = leaf.file[f"{whole}.digests"], leaf.file[f"{whole}.digested"]
            known = self._known
            places = np.searchsorted(known.digests, digests)
            met = np.append(known.digests, np.uint64(0))[places] == digests
            met &= places < len(known.digests)
            numbers[ordinals[met]] = known.numbers[places[met]]
            fresh = np.flatnonzero(~met)
            given = np.arange(len(fresh)) + len(self._terms)
            numbers[ordinals[fresh]] = given
            self._terms += map(terms.__getitem__, ordinals[fresh].tolist())
            self._known = Known(
                np.insert(known.digests, places[fresh], digests[fresh]), np.insert(known.numbers, places[fresh], given)
            )
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
