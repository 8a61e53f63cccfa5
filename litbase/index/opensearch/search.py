"""A request to OpenSearch: hits in order with exact totals and counts, and all hits at one point in time."""

import logging
import time
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import islice
from typing import Any, Final

from litbase.errors import EngineUnavailable, Unsupported
from litbase.fields import DEFAULT, FACETS
from litbase.index.analysis import stems_of
from litbase.index.opensearch import facets, narrowing
from litbase.index.opensearch.compile import Dsl, chains_of, column, compiled, pairs, slots_of
from litbase.index.opensearch.narrowing import all_of
from litbase.index.opensearch.race import both
from litbase.index.opensearch.schema import END
from litbase.index.opensearch.wire import Wire
from litbase.query.request import Hit, SearchRequest, SearchResult
from litbase.query.tree import Near

log = logging.getLogger(__name__)
WALL: Final = 10_000  # hits that OpenSearch pages through; beyond them they are walked to
PAGE: Final = 1_000
CHAINED: Final = 10_000  # records that are read for a chain of words
KEPT: Final = "3m"  # how long a point in time outlives its last use
PLAIN: Final = "query_then_fetch"
ALIKE: Final = "dfs_query_then_fetch"  # in which all parts of the index weigh words alike
TIMEOUT: Final = "8s"  # after which a part of the index answers with what it has
PATIENCE: Final = 30.0  # seconds that a walk which has begun waits for a cluster that has lost a node
PAUSE: Final = 0.5
BY_ID: Final[Dsl] = {"key.id": "asc"}
ORDERS: Final[Mapping[str, Dsl]] = {
    "best": {"_score": "desc"},
    "newest": {"key.date": {"order": "desc", "missing": "_last"}},
    "oldest": {"key.date": {"order": "asc", "missing": "_last"}},
    "title": {"key.title": {"order": "asc", "missing": "_last"}},
    "author": {"key.author": {"order": "asc", "missing": "_last"}},
}


def search(request: SearchRequest, wire: Wire, index: str) -> SearchResult:
    """The answer to *request*; raises Unsupported for a filter or facet that is none."""
    for name in (*(f.name for f in request.filters), *(f.name for f in request.facets)):
        if name not in FACETS:
            raise Unsupported(f"{name!r} is no facet; facets are {', '.join(FACETS)}")
    query = _compiled(request, wire, index)
    partial = "true" if request.partial else "false"

    def ask(body: Dsl, how: str = PLAIN) -> Mapping[str, Any]:
        return wire.call("POST", f"/{index}/_search", body, search_type=how, allow_partial_search_results=partial)

    last = request.offset + request.limit
    deep = last > WALL
    page = {"from": request.offset, "size": request.limit, "timeout": TIMEOUT}
    counted, listed = both(
        lambda: ask(_counting(request, query, wire.address.shards)),
        lambda: ask(_listing(request, query) | page, ALIKE) if request.limit and not deep else None,
    )
    answered = min(filter(None, map(_answered, filter(None, (counted, listed)))), default=None)
    if answered and not request.partial:
        raise EngineUnavailable("only {} of {} parts of the index answered in time".format(*answered))
    total = int(counted["hits"]["total"]["value"])
    hits = tuple(_hit(hit, request) for hit in listed["hits"]["hits"]) if listed else ()
    if deep and total > request.offset:
        hits = tuple(islice(walk(request, wire, index), request.offset, last))
    aggs = counted.get("aggregations", {})
    return SearchResult(
        total=max(total, request.offset + len(hits) if hits else 0),  # one may have come in between the two
        hits=hits,
        facets=facets.answered(request, aggs, query, lambda body: ask(body)["aggregations"]),
        left_out=int(aggs["left out"]["doc_count"]) if "left out" in aggs else 0,
        answered=answered,
    )


def _counting(request: SearchRequest, query: Dsl, parts: int) -> Dsl:
    """What asks for the counts of *request*: the same on every page and in every order, and remembered there."""
    aggs = facets.asked(request, parts)
    if not request.visible.cited:
        aggs["left out"] = {"filter": all_of([*narrowing.matching(request), {"term": {"key.cited": True}}])}
    return {"size": 0, "query": query, "post_filter": all_of(narrowing.hits(request)), "track_total_hits": True,
            "timeout": TIMEOUT, "aggs": aggs}  # fmt: skip


def _listing(request: SearchRequest, query: Dsl) -> Dsl:
    """What asks for the hits in order, and for nothing that makes every hit be looked at."""
    return {"query": {"bool": {"must": [query], "filter": narrowing.hits(request)}},
            "sort": [ORDERS[request.sort], BY_ID], "track_total_hits": False, "_source": False}  # fmt: skip


def _hit(hit: Mapping[str, Any], request: SearchRequest) -> Hit:
    return Hit(hit["_id"], float(hit["sort"][0]) if request.sort == "best" else 0.0)


def _answered(found: Mapping[str, Any]) -> tuple[int, int] | None:
    """How many parts of the index answered of how many; None when all did, within their time.

    A part without a living copy is not among the failures that OpenSearch lists, but among those it counts.
    """
    shards = found["_shards"]
    good = int(shards["successful"]) - (1 if found.get("timed_out") else 0)
    return None if good >= int(shards["total"]) else (max(good, 0), int(shards["total"]))


def walk(request: SearchRequest, wire: Wire, index: str) -> Iterator[Hit]:
    """Every hit of *request* in its order, all of one point in time; raises rather than leave one out.

    A point in time that is lost with its node is made anew, and the walk goes on behind the last hit; by score, which
    may change with the node, it goes over all hits again and leaves out those it gave.
    """
    body = _listing(request, _compiled(request, wire, index)) | {"size": PAGE}
    given: set[str] = set()
    after: list[Any] = []
    begun, until = False, time.monotonic()
    while True:
        try:
            for hit in _walked(body, after, wire, index):
                begun, until = True, time.monotonic() + PATIENCE
                if request.sort != "best":
                    after = hit["sort"]
                elif hit["_id"] in given:
                    continue
                else:
                    given.add(hit["_id"])
                yield _hit(hit, request)
            return
        except EngineUnavailable as error:
            if not begun or time.monotonic() > until:
                raise
            log.warning("a walk over %s goes on behind %s hits: %s", index, len(given) or after, error)
            time.sleep(PAUSE)


def _walked(body: Dsl, after: Sequence[Any], wire: Wire, index: str) -> Iterator[Mapping[str, Any]]:
    pit = wire.call("POST", f"/{index}/_search/point_in_time", keep_alive=KEPT,
                    allow_partial_pit_creation="false")["pit_id"]  # fmt: skip
    try:
        while True:
            place = {"search_after": list(after)} if after else {}
            found = wire.call("POST", "/_search", body | place | {"pit": {"id": pit, "keep_alive": KEPT}},
                              allow_partial_search_results="false")  # fmt: skip
            pit = found.get("pit_id", pit)
            hits = found["hits"]["hits"]
            yield from hits
            if len(hits) < PAGE:
                return
            after = hits[-1]["sort"]
    finally:
        _forget(pit, wire)


def _forget(pit: str, wire: Wire) -> None:
    with suppress(EngineUnavailable):  # it ends by itself
        wire.call("DELETE", "/_search/point_in_time", {"pit_id": [pit]})


def _compiled(request: SearchRequest, wire: Wire, index: str) -> Dsl:
    chains = {near: tuple(_having(near, wire, index)) for near in dict.fromkeys(chains_of(request.query))}
    return compiled(request.query, chains)


def _having(near: Near, wire: Wire, index: str) -> Iterator[str]:
    """The ids of the documents that have the chain *near*: those that have its pairs, looked at word by word."""
    name, part = column(near)
    names = [name] if name else [field.name for field in DEFAULT]
    slots = [set(stems_of(forms) if part == "s" else forms) for forms in slots_of(near)]
    body = {"query": pairs(near), "size": PAGE, "sort": [BY_ID], "_source": [f"{one}.w" for one in names]}
    for count, hit in enumerate(_walked(body, (), wire, index)):
        if count >= CHAINED:
            raise Unsupported(f"more than {CHAINED:,} records have these words near each other: search for fewer")
        values = [value for one in names for value in hit["_source"].get(one, {}).get("w", ())]
        if any(_has(slots, near.distance, _words(value, part)) for value in values):
            yield hit["_id"]


def _words(value: str, part: str) -> list[set[str]]:
    written = [tuple(word.split("|")) for word in value.split() if word != END]
    return [set(stems_of(forms) if part == "s" else forms) for forms in written]


def _has(slots: Sequence[set[str]], distance: int, words: Sequence[set[str]]) -> bool:
    """Whether a place can be chosen for each of *slots*, each at most *distance* words from the one before."""
    places = [[n for n, word in enumerate(words) if word & slot] for slot in slots]
    reached = places[0]
    for here in places[1:]:
        reached = [n for n in here if _between(reached, n - distance, n - 1) or _between(reached, n + 1, n + distance)]
    return bool(reached)


def _between(places: Sequence[int], first: int, last: int) -> bool:
    """Whether one of *places*, ascending, is from *first* to *last*."""
    at = bisect_left(places, first)
    return at < len(places) and places[at] <= last
