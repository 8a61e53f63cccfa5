"""A snapshot: the segments of one table of contents seen as one row of documents; it never changes."""

from collections.abc import Iterable
from functools import cached_property
from heapq import merge
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from litbase.fields import FACETS
from litbase.index.whoosh.codec import Bits, Ints
from litbase.index.whoosh.segment import UNDATED, Facet, Leaf, Values

Floats = NDArray[np.float64]


class Part(NamedTuple):
    """A segment in a snapshot: its documents begin at *base*; *live* says which are not deleted."""

    leaf: Leaf
    base: int
    live: Bits


class Snapshot:
    """All documents of an index at one moment, numbered from 0; safe to use from several threads."""

    def __init__(self, leaves: Iterable[tuple[Leaf, Any]], values: dict[str, Values]):
        """*leaves* are opened segments with their entries of the table of contents."""
        self.parts: list[Part] = []
        self.size = 0
        for leaf, segment in leaves:
            self.parts.append(Part(leaf, self.size, leaf.live(segment)))
            self.size += leaf.count
        self.values = values
        self.live: Bits = _joined((part.live for part in self.parts), np.bool_)
        self.cited: Bits = _joined((part.leaf.cited for part in self.parts), np.bool_)
        self.years: Ints = _joined((part.leaf.years for part in self.parts), np.int64)
        self.dates: Ints = _joined((part.leaf.dates for part in self.parts), np.int64)
        self.facets = {name: self._facet(name) for name in FACETS}
        self.ids = [id for part in self.parts for id in part.leaf.ids]
        self.count = int(np.count_nonzero(self.live))
        self._norms: dict[str, tuple[NDArray[np.int32], float]] = {}

    def _facet(self, name: str) -> Facet:
        facets = [(part.leaf.facets[name], part.base) for part in self.parts]
        return Facet(
            _joined((facet.owners + np.int32(base) for facet, base in facets), np.int32),
            _joined((facet.ordinals for facet, _ in facets), np.int32),
        )

    def postings(self, field: str, term: str) -> tuple[Ints, Ints]:
        """The live documents that have *term* in the Whoosh field *field*, ascending, and how often."""
        ids, counts = [], []
        for leaf, base, live in self.parts:
            if found := leaf.postings(field, term):
                alive = live[found.ids]
                ids.append(found.ids[alive] + base)
                counts.append(found.counts[alive])
        return _joined(ids, np.int64), _joined(counts, np.int64)

    def places(self, field: str, term: str) -> Ints:
        """Where *term* is in the Whoosh field *field*: document * 2**32 + position; deleted documents too."""
        found = ((leaf.postings(field, term), base) for leaf, base, _ in self.parts)
        keys = [
            (np.repeat(postings.ids + base, postings.counts) << 32) + postings.positions
            for postings, base in found
            if postings and postings.positions is not None
        ]
        places: Ints = _joined(keys, np.int64)
        return places

    def beginning(self, field: str, prefix: str, limit: int) -> list[str]:
        """The first *limit* terms of *field* that begin with *prefix*."""
        terms: list[str] = []
        for term in merge(*(part.leaf.beginning(field, prefix) for part in self.parts)):
            if not terms or terms[-1] != term:
                if len(terms) == limit:
                    break
                terms.append(term)
        return terms

    def lengths(self, field: str) -> tuple[NDArray[np.int32], float]:
        """How many words each document has in *field*, and the mean over the live documents that have any."""
        if field not in self._norms:
            missing = np.int32(0)
            words = _joined(
                (part.leaf.lengths.get(field, np.broadcast_to(missing, part.leaf.count)) for part in self.parts),
                np.int32,
            )
            counted = words[self.live & (words > 0)]
            self._norms[field] = words, float(counted.sum(dtype=np.int64) / len(counted)) if len(counted) else 1.0
        return self._norms[field]

    @cached_property
    def id_ranks(self) -> Ints:
        """The place of each document in the order of ids."""
        return _ranks(self.ids)

    @cached_property
    def title_ranks(self) -> Ints:
        """The place of each document in the order of titles, then ids; the untitled last."""
        titles = (title for part in self.parts for title in part.leaf.titles)
        return _ranks([(not title, title, id) for title, id in zip(titles, self.ids, strict=True)])

    @cached_property
    def author_ranks(self) -> Ints:
        """The place of each document in the order of first authors, then ids; those without author last."""
        authors = (author for part in self.parts for author in part.leaf.authors)
        return _ranks([(not author, author, id) for author, id in zip(authors, self.ids, strict=True)])

    def order(self, sort: str, documents: Ints, scores: Floats) -> Ints:
        """The indices that put *documents* in the order *sort*."""
        match sort:
            case "title":
                return np.argsort(self.title_ranks[documents])
            case "author":
                return np.argsort(self.author_ranks[documents])
            case "newest" | "oldest":
                dates = self.dates[documents]
                sign = -1 if sort == "newest" else 1
                return np.lexsort((self.id_ranks[documents], sign * dates, dates == UNDATED))
            case _:
                return np.lexsort((self.id_ranks[documents], -scores))


def _joined(parts: Iterable[Any], dtype: Any) -> Any:
    parts = list(parts)
    if len(parts) == 1:
        return parts[0]
    return np.concatenate(parts).astype(dtype, copy=False) if parts else np.zeros(0, dtype)


def _ranks(keys: list[Any]) -> Ints:
    ranks = np.empty(len(keys), np.int64)
    ranks[sorted(range(len(keys)), key=keys.__getitem__)] = np.arange(len(keys))
    return ranks
