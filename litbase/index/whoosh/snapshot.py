"""A snapshot: the segments of one table of contents at one moment, and what is counted over all of them."""

import math
from collections.abc import Iterable
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from litbase.index.whoosh.arrays import Array
from litbase.index.whoosh.content import LENGTH_BITS, LENGTH_OF, Bits
from litbase.index.whoosh.segment import Leaf, live_of

Floats = NDArray[np.float32]
K1: Final = 1.2
B: Final = 0.75
LISTED: Final = 1 << 16  # codes that are weighed by a table


class Part(NamedTuple):
    """A segment in a snapshot: which documents are not deleted, and which of them are no cited works.

    *within*, when a question has come so far, are the documents that can still match: others need not be looked at.
    """

    leaf: Leaf
    live: Bits
    plain: Bits
    within: Bits | None = None


class Snapshot:
    """The documents of an index at one moment; safe to use from several threads, and it never changes.

    Statistics are Whoosh's: a deleted document counts in them until its segment is merged.
    """

    def __init__(self, leaves: Iterable[tuple[Leaf, Any]]):
        """*leaves* are opened segments with their entries of the table of contents."""
        self.entries = tuple(leaves)
        self.parts: list[Part] = []
        for leaf, segment in self.entries:
            live = live_of(segment)
            self.parts.append(Part(leaf, live, live & ~leaf.cited))
        self.size = sum(part.leaf.count for part in self.parts)
        self.count = sum(int(np.count_nonzero(part.live)) for part in self.parts)
        self._tables: dict[str, Floats] = {}

    def df(self, field: str, term: str) -> int:
        """In how many documents *term* stands in the Whoosh field *field*."""
        found = ((lexicon, lexicon.find(term)) for lexicon in (part.leaf.lexicon(field) for part in self.parts))
        return sum(lexicon.df(at) for lexicon, at in found if at >= 0)

    def idf(self, field: str, term: str) -> float:
        """How rare *term* is, as Whoosh counts it: 1 for a word of every document, more for a rarer one."""
        return math.log(self.size / (self.df(field, term) + 1)) + 1 if self.size else 1.0

    def weights(self, base: str, codes: Array) -> Floats:
        """The BM25F weight of postings by their *codes*, for an idf of 1; *base* names the field of lengths."""
        if codes.dtype.itemsize > 2:
            return _bm25(codes >> LENGTH_BITS, codes & (1 << LENGTH_BITS) - 1, self._mean(base)).astype(np.float32)
        table = self._tables.get(base)
        if table is None:
            every = np.arange(LISTED)
            table = _bm25(every >> LENGTH_BITS, every & (1 << LENGTH_BITS) - 1, self._mean(base)).astype(np.float32)
            self._tables[base] = table
        weights: Floats = table[codes]
        return weights

    def _mean(self, base: str) -> float:
        words = sum(int(part.leaf.lengths(base).sum(dtype=np.int64)) for part in self.parts)
        return words / self.size or 1.0


def _bm25(counts: Array, lengths: Array, mean: float) -> NDArray[np.float64]:
    """Whoosh's formula, from counts and length bytes."""
    found: NDArray[np.float64] = counts * (K1 + 1) / (counts + K1 * (1 - B + B * LENGTH_OF[lengths] / mean))
    return found
