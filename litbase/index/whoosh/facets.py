"""Facets of a request: exact counts segment by segment, added up, and the values that were asked for."""

import heapq
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

import numpy as np

from litbase.index.whoosh.columns import Chosen, Counts, count
from litbase.index.whoosh.content import Bits, Ints
from litbase.index.whoosh.segment import Leaf
from litbase.index.whoosh.values import Values
from litbase.query.request import FacetRequest, FacetResult, Filter
from litbase.record.text import fold

ENOUGH: Final = 4  # times the values wanted that there must be before the others are set aside unsorted
CAPPED: Final = 1 << 10
NOTHING: Final = np.zeros(0, np.int64)


class Tally:
    """The counts of one facet over the segments of a snapshot."""

    def __init__(self, values: Values):
        """Nothing counted yet."""
        self._values = values
        self._few: list[Counts] = []  # by the numbers of the values
        self._many = np.zeros(0, np.int64)  # by number
        self._excluded: dict[str, int] = {}

    def add(self, leaf: Leaf, documents: Chosen) -> None:
        """Count *documents* of *leaf*."""
        facet, numbers = leaf.facet(self._values.name), self._values.of(leaf)
        counts = count(facet.column, documents, facet.lexicon.dfs)
        if counts.ordinals is not None:
            self._few.append(Counts(numbers[counts.ordinals], counts.counts))
            return
        if len(self._many) < len(self._values):
            self._many = np.append(self._many, np.zeros(len(self._values) - len(self._many), np.int64))
        self._many[numbers] += counts.counts  # a value stands once in a segment

    def add_excluded(self, leaf: Leaf, values: Iterable[str], mask: Bits) -> None:
        """Count the documents of *mask* that have one of the excluded *values*."""
        for value in dict.fromkeys(values):
            there = int(np.count_nonzero(mask & having(leaf, self._values.name, (value,))))
            self._excluded[value] = self._excluded.get(value, 0) + there

    def counts(self) -> tuple[Ints, Ints]:
        """The numbers of the values that occur, ascending, with their counts."""
        numbers = np.concatenate([NOTHING, *(part.ordinals for part in self._few)])
        counts = np.concatenate([NOTHING, *(part.counts for part in self._few)])
        if len(self._many):
            np.add.at(self._many, numbers, counts)
            there = np.flatnonzero(self._many)
            return there, self._many[there]
        numbers, where = np.unique(numbers, return_inverse=True)
        return numbers, np.bincount(where, counts, len(numbers)).astype(np.int64)

    def result(self, asked: FacetRequest, filters: Iterable[Filter], leaves: Iterable[Leaf]) -> FacetResult:
        """What *asked* wants of these counts; the request has *filters*, *leaves* are the segments."""
        numbers, counts = self.counts()
        mine = [f for f in filters if f.name == asked.name]
        chosen = {v: _at(numbers, counts, self._values.number(v)) for f in mine for v in f.include}
        chosen |= {v: self._excluded.get(v, 0) for f in mine for v in f.exclude}
        if wanted := fold(asked.find).split():
            kept = [n for n, number in enumerate(numbers.tolist()) if _holds(fold(self._values[number]), wanted)]
            numbers, counts = numbers[kept], counts[kept]
        last = len(numbers) if asked.limit is None else asked.offset + asked.limit
        if asked.order == "value":
            order = np.argsort(self._values.ranks(leaves)[numbers])
        else:
            order = self._frequent(numbers, counts, last)
        page = order[asked.offset : last]
        named = zip(map(self._values.__getitem__, numbers[page].tolist()), counts[page].tolist(), strict=True)
        return FacetResult(tuple(named), len(numbers), tuple(chosen.items()))

    def _frequent(self, numbers: Ints, counts: Ints, last: int) -> Ints:
        """The places of the *last* most frequent, ties by value; of all when there are not many."""
        term = self._values.term
        places = np.arange(len(numbers))
        if last * ENOUGH < len(numbers):
            least = _least(counts, last)
            above, level = places[counts > least], places[counts == least]
            by_name = heapq.nsmallest(last - len(above), level.tolist(), key=lambda n: term(int(numbers[n])))
            places = np.concatenate((above, np.array(by_name, np.int64)))
        keys = [(-n, term(at)) for n, at in zip(counts[places].tolist(), numbers[places].tolist(), strict=True)]
        return places[np.array(sorted(range(len(keys)), key=keys.__getitem__), np.int64)]


def _least(counts: Ints, last: int) -> int:
    """The count of the *last* most frequent value; most counts are small, so they are counted themselves."""
    if last == 0:
        return int(counts.max())
    tally = np.bincount(np.minimum(counts, CAPPED))
    reached = int(np.flatnonzero(np.cumsum(tally[::-1]) >= last)[0])
    if reached > 0:
        return len(tally) - 1 - reached
    high = counts[counts >= CAPPED] if len(tally) > CAPPED else counts[counts == len(tally) - 1]
    return int(np.partition(high, len(high) - last)[len(high) - last])


def _holds(text: str, words: Iterable[str]) -> bool:
    return all(word in text for word in words)


def _at(numbers: Ints, counts: Ints, number: int) -> int:
    place = int(np.searchsorted(numbers, number))
    return int(counts[place]) if place < len(numbers) and numbers[place] == number else 0


class Narrow(NamedTuple):
    """What the filters of one facet let through: by the values they include, by those they exclude; None for all."""

    included: Bits | None = None
    excluded: Bits | None = None
    values: tuple[str, ...] = ()

    def __and__(self, other: "Narrow") -> "Narrow":
        return Narrow(_both(self.included, other.included), _both(self.excluded, other.excluded),
                      self.values + other.values)  # fmt: skip


def _both(one: Bits | None, other: Bits | None) -> Bits | None:
    return other if one is None else one if other is None else one & other


def narrowing(filters: Sequence[Filter], leaf: Leaf) -> dict[str, Narrow]:
    """Which documents of *leaf* each facet's filters let through, by facet."""
    wanted: dict[str, Narrow] = {}
    for chosen in filters:
        included = having(leaf, chosen.name, chosen.include) if chosen.include else None
        excluded = ~having(leaf, chosen.name, chosen.exclude) if chosen.exclude else None
        narrow = Narrow(included, excluded, chosen.exclude)
        wanted[chosen.name] = wanted[chosen.name] & narrow if chosen.name in wanted else narrow
    return wanted


def narrowed(mask: Bits, narrow: Mapping[str, Narrow], *, free: str = "", excluding: bool = True) -> Bits:
    """*mask* through all filters but the choice of the facet *free*, and but what it excludes unless *excluding*."""
    for name, bits in narrow.items():
        if bits.included is not None and name != free:
            mask = mask & bits.included
        if bits.excluded is not None and (name != free or excluding):
            mask = mask & bits.excluded
    return mask


def having(leaf: Leaf, name: str, values: Iterable[str]) -> Bits:
    """Which documents of *leaf* have one of *values* of the facet *name*."""
    lexicon, bits = leaf.facet(name).lexicon, np.zeros(leaf.count, np.bool_)
    for value in values:
        if (at := lexicon.find(value)) >= 0:
            bits[lexicon.documents[lexicon.span(at, at + 1)]] = True
    return bits
