"""A request on a snapshot: segment by segment the query's documents through filters, counted, and put in order."""

import heapq
from collections.abc import Iterator
from itertools import islice
from typing import Any, Final, NamedTuple

import numpy as np

from litbase.errors import Unsupported
from litbase.fields import FACETS
from litbase.index.whoosh.arrays import Array
from litbase.index.whoosh.columns import chosen
from litbase.index.whoosh.compile import compiled
from litbase.index.whoosh.content import Bits
from litbase.index.whoosh.facets import Narrow, Tally, narrowed, narrowing
from litbase.index.whoosh.segment import NO_YEAR
from litbase.index.whoosh.snapshot import Floats, Part, Snapshot
from litbase.index.whoosh.strings import decoded
from litbase.index.whoosh.values import Values
from litbase.index.whoosh.words import in_range
from litbase.query.request import Hit, SearchRequest, SearchResult, Years

ENOUGH: Final = 4  # times the hits wanted that a cut by score leaves at least before it is worth while


class Matched(NamedTuple):
    """What a request finds in a segment: the hits, those before the filters, and what each facet's filters let pass."""

    part: Part
    mask: Bits
    base: Bits
    narrow: dict[str, Narrow]
    scores: Floats | None
    left_out: int


def search(request: SearchRequest, snapshot: Snapshot, values: dict[str, Values]) -> SearchResult:
    """The answer to *request*; raises Unsupported for a filter or facet that is none."""
    for name in (*(f.name for f in request.filters), *(f.name for f in request.facets)):
        if name not in FACETS:
            raise Unsupported(f"{name!r} is no facet; facets are {', '.join(FACETS)}")
    scored = request.sort == "best" and request.limit > 0
    found = list(_matches(request, snapshot, scored))
    tallies = {facet.name: Tally(values[facet.name]) for facet in request.facets}
    total = 0
    for matched in found:
        total += int(np.count_nonzero(matched.mask))
        _count(matched, tallies)
    last = request.offset + request.limit
    leaves = [part.leaf for part in snapshot.parts]
    hits = islice(_ordered(request.sort, found, last), request.offset, last) if request.limit else ()
    return SearchResult(
        total=total,
        hits=tuple(hits),
        facets={facet.name: tallies[facet.name].result(facet, request.filters, leaves) for facet in request.facets},
        left_out=sum(matched.left_out for matched in found),
    )


def scan(request: SearchRequest, snapshot: Snapshot) -> Iterator[str]:
    """The ids of all hits of *request*, in its order."""
    found = list(_matches(request, snapshot, request.sort == "best"))
    return (hit.id for hit in _ordered(request.sort, found, None))


def _matches(request: SearchRequest, snapshot: Snapshot, scored: bool) -> Iterator[Matched]:
    run = compiled(request.query, snapshot)
    for part in snapshot.parts:
        found = run(part, scored)
        if found is None:
            continue
        narrow = narrowing(request.filters, part.leaf)
        if request.years:
            narrow["year"] = narrow.get("year", Narrow()) & Narrow(_within(request.years, part.leaf.years))
        base = found.mask & (part.live if request.visible.cited else part.plain)
        mask = narrowed(base, narrow)
        yield Matched(part, mask, base, narrow, found.scores, _left_out(request, part, found.mask, narrow))


def _left_out(request: SearchRequest, part: Part, mask: Bits, narrow: dict[str, Narrow]) -> int:
    """How many cited works match and are not shown."""
    if request.visible.cited or not part.leaf.cited.any():
        return 0
    return int(np.count_nonzero(narrowed(mask & part.live & part.leaf.cited, narrow)))


def _within(years: Years, of: Array) -> Bits:
    inside = in_range(of, years.first, years.last)
    return inside | (of == NO_YEAR) if years.undated else inside


def _count(matched: Matched, tallies: dict[str, Tally]) -> None:
    """Count each facet with its own choice taken off."""
    leaf, hits = matched.part.leaf, chosen(matched.mask)
    for name, tally in tallies.items():
        own = matched.narrow.get(name)
        chooses = own is not None and own.included is not None
        tally.add(leaf, chosen(narrowed(matched.base, matched.narrow, free=name)) if chooses else hits)
        if own is not None and own.values:
            tally.add_excluded(leaf, own.values, narrowed(matched.base, matched.narrow, free=name, excluding=False))


def _ordered(sort: str, found: list[Matched], last: int | None) -> Iterator[Hit]:
    """The hits of all segments in order; of each segment only what can be among the first *last*, None for all."""
    ranked = _best if sort == "best" else _filed
    keyed = heapq.merge(*(ranked(sort, matched, last) for matched in found))
    return (Hit(id, -key[0] if sort == "best" else 0.0) for key, id in keyed)


def _best(sort: str, matched: Matched, last: int | None) -> Iterator[tuple[Any, str]]:
    leaf = matched.part.leaf
    documents = np.flatnonzero(matched.mask)
    scores = np.zeros(len(documents), np.float32) if matched.scores is None else matched.scores[documents]
    if last is not None and len(documents) > ENOUGH * last:
        if matched.scores is None:  # then the order is that of ids
            documents = _first(leaf.order("id"), matched.mask, last)
            scores = np.zeros(len(documents), np.float32)
        else:
            kept = scores >= np.partition(scores, len(scores) - last)[len(scores) - last]
            documents, scores = documents[kept], scores[kept]
    order = np.lexsort((leaf.id_rank[documents], -scores))[:last]
    for document, score in zip(documents[order].tolist(), scores[order].tolist(), strict=True):
        yield (-score,), leaf.id(document)


def _filed(sort: str, matched: Matched, last: int | None) -> Iterator[tuple[Any, str]]:
    leaf = matched.part.leaf
    for document in _first(leaf.order(sort), matched.mask, last).tolist():
        if sort in ("newest", "oldest"):
            date = int(leaf.dates[document])
            missing = leaf.years[document] == NO_YEAR
            yield (bool(missing), -date if sort == "newest" else date), leaf.id(document)
        else:
            key = decoded(leaf.key(sort, document))
            yield (not key, key), leaf.id(document)


def _first(order: Array, mask: Bits, last: int | None) -> Array:
    """The first *last* documents of *mask* in *order*."""
    return order[np.flatnonzero(mask[order])[:last]]
