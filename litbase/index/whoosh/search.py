"""A request on a snapshot: the query's documents through filters, years and visibility, counted and put in order."""

from collections.abc import Iterable

import numpy as np

from litbase.errors import Unsupported
from litbase.fields import FACETS
from litbase.index.whoosh.codec import Bits, Ints
from litbase.index.whoosh.compile import Found, evaluate, in_range
from litbase.index.whoosh.segment import UNDATED
from litbase.index.whoosh.snapshot import Snapshot
from litbase.query.request import FacetRequest, FacetResult, Filter, Hit, SearchRequest, SearchResult, Years
from litbase.record.text import fold, sort_form

ENOUGH = 4  # times the page that a cut by score keeps at least before it is worth while


def search(request: SearchRequest, snapshot: Snapshot) -> SearchResult:
    """The answer to *request*; raises Unsupported for a filter or facet that is none, and as `evaluate` does."""
    found = evaluate(request.query, snapshot)
    wanted = _narrowing(request, snapshot)
    kept = _through(found.ids, wanted.values())
    ids, scores = found.ids[kept], found.scores[kept]
    last = request.offset + request.limit
    page = _best(Found(ids, scores), last) if request.sort == "best" else Found(ids, scores)
    order = snapshot.order(request.sort, page.ids, page.scores)[request.offset : last]
    shown = page.scores[order].tolist() if request.sort == "best" else [0.0] * len(order)
    hits = tuple(
        Hit(snapshot.ids[number], score) for number, score in zip(page.ids[order].tolist(), shown, strict=True)
    )
    facets = {f.name: _facet(f, request.filters, _counts(f.name, found.ids, wanted, snapshot)) for f in request.facets}
    return SearchResult(len(ids), hits, facets)


def _facet(asked: FacetRequest, filters: tuple[Filter, ...], counts: tuple[tuple[str, int], ...]) -> FacetResult:
    there = dict(counts)
    chosen = dict.fromkeys(v for f in filters if f.name == asked.name for v in (*f.include, *f.exclude))
    wanted = fold(asked.find)
    values = [pair for pair in counts if wanted in fold(pair[0])]
    if asked.order == "value":
        values.sort(key=lambda pair: (sort_form(pair[0]), pair[0]))
    end = None if asked.limit is None else asked.offset + asked.limit
    return FacetResult(tuple(values[asked.offset : end]), len(values), tuple((v, there.get(v, 0)) for v in chosen))


def scan(request: SearchRequest, snapshot: Snapshot) -> list[int]:
    """The numbers of all documents of *request*, in its order."""
    found = evaluate(request.query, snapshot)
    kept = _through(found.ids, _narrowing(request, snapshot).values())
    ids, scores = found.ids[kept], found.scores[kept]
    numbers: list[int] = ids[snapshot.order(request.sort, ids, scores)].tolist()
    return numbers


def _best(found: Found, last: int) -> Found:
    """*found* without documents that cannot be among the *last* best."""
    if last <= 0 or len(found.ids) <= ENOUGH * last:
        return found
    place = len(found.ids) - last
    kept = found.scores >= np.partition(found.scores, place)[place]
    return Found(found.ids[kept], found.scores[kept])


def _narrowing(request: SearchRequest, snapshot: Snapshot) -> dict[str, Bits]:
    """Which documents each facet's filters let through, by facet; years under "year", visibility under ""."""
    wanted: dict[str, Bits] = {}
    if not request.visible.cited:
        wanted[""] = ~snapshot.cited
    for chosen in request.filters:
        if chosen.name not in FACETS:
            raise Unsupported(f"{chosen.name!r} is no facet; facets are {', '.join(FACETS)}")
        bits = _filtered(chosen, snapshot)
        wanted[chosen.name] = wanted[chosen.name] & bits if chosen.name in wanted else bits
    if request.years:
        bits = _within(request.years, snapshot)
        wanted["year"] = wanted["year"] & bits if "year" in wanted else bits
    return wanted


def _filtered(chosen: Filter, snapshot: Snapshot) -> Bits:
    bits = _having(chosen.name, chosen.include, snapshot) if chosen.include else np.ones(snapshot.size, np.bool_)
    return bits & ~_having(chosen.name, chosen.exclude, snapshot) if chosen.exclude else bits


def _having(name: str, values: tuple[str, ...], snapshot: Snapshot) -> Bits:
    known = snapshot.values[name].ordinals
    owners, ordinals = snapshot.facets[name]
    bits = np.zeros(snapshot.size, np.bool_)
    bits[owners[np.isin(ordinals, [known[value] for value in values if value in known])]] = True
    return bits


def _within(years: Years, snapshot: Snapshot) -> Bits:
    inside = in_range(snapshot.years, years.first, years.last)
    return inside | (snapshot.years == UNDATED) if years.undated else inside


def _through(ids: Ints, wanted: Iterable[Bits]) -> Bits:
    kept = np.ones(len(ids), np.bool_)
    for bits in wanted:
        kept &= bits[ids]
    return kept


def _counts(name: str, ids: Ints, wanted: dict[str, Bits], snapshot: Snapshot) -> tuple[tuple[str, int], ...]:
    """The values of the facet *name* with their counts, its own filter taken off."""
    if name not in FACETS:
        raise Unsupported(f"{name!r} is no facet; facets are {', '.join(FACETS)}")
    others = [bits for key, bits in wanted.items() if key != name]
    chosen = np.zeros(snapshot.size, np.bool_)
    chosen[ids[_through(ids, others)]] = True
    owners, ordinals = snapshot.facets[name]
    counts = np.bincount(ordinals[chosen[owners]])
    there = np.flatnonzero(counts)
    values = snapshot.values[name]
    order = there[np.lexsort((values.ranks(len(counts))[there], -counts[there]))]
    return tuple(zip(map(values.names.__getitem__, order.tolist()), counts[order].tolist(), strict=True))
