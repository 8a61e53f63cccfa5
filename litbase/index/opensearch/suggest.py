"""Values and titles that begin as somebody types, and words one letter away from a word."""

from typing import Any, Final

from litbase.errors import Unsupported
from litbase.fields import FACETS
from litbase.index.analysis import neighbours
from litbase.index.opensearch.facets import PARTS, is_exact, literal
from litbase.index.opensearch.narrowing import UNCITED
from litbase.index.opensearch.schema import ANY, unfiled
from litbase.index.opensearch.wire import Json, Wire
from litbase.record.text import sort_form

LONGEST_RESPELLED: Final = 40  # letters of a word that other spellings are looked for of


def suggest(field: str, start: str, limit: int, wire: Wire, index: str) -> tuple[tuple[str, int], ...]:
    """See Engine.suggest; raises Unsupported for a field that is no facet."""
    if field not in FACETS:
        raise Unsupported(f"{field!r} is no facet; facets are {', '.join(FACETS)}")
    found: dict[str, Any] = {"buckets": []}
    for part in PARTS:  # in brackets, for OpenSearch 2.19 fails on a plain beginning that no value has
        terms = {"field": f"{field}.filed", "include": f"{literal(sort_form(start))}(.*)", "size": max(limit, 1),
                 "shard_size": part, "show_term_doc_count_error": True}  # fmt: skip
        body = {"size": 0, "query": {"bool": {"filter": [UNCITED]}}, "aggs": {"values": {"terms": terms}}}
        found = _asked(body, wire, index)["aggregations"]["values"]
        if is_exact(found):
            break
    return tuple((unfiled(bucket["key"]), int(bucket["doc_count"])) for bucket in found["buckets"][:limit])


def titled(start: str, limit: int, wire: Wire, index: str) -> tuple[str, ...]:
    """See Engine.titled."""
    begun = {"prefix": {"key.title": sort_form(start)}} if sort_form(start) else {"exists": {"field": "key.title"}}
    body = {"size": limit, "query": {"bool": {"filter": [UNCITED, begun]}}, "_source": False,
            "track_total_hits": False, "sort": [{"key.title": "asc"}, {"key.id": "asc"}]}  # fmt: skip
    return tuple(hit["_id"] for hit in _asked(body, wire, index)["hits"]["hits"])


def respell(word: str, field: str, wire: Wire, index: str) -> tuple[tuple[str, int], ...]:
    """See Engine.respell; OpenSearch's own suggester counts what was deleted, and at times fails."""
    if len(word) > LONGEST_RESPELLED:
        return ()
    column = f"{field or ANY}.w"
    each = {other: {"term": {column: other}} for other in sorted(neighbours(word))}
    aggs = {"words": {"filters": {"filters": each}}}
    found = _asked({"size": 0, "aggs": aggs}, wire, index)["aggregations"]["words"]["buckets"]
    counts = [(other, int(bucket["doc_count"])) for other, bucket in found.items() if bucket["doc_count"]]
    return tuple(sorted(counts, key=lambda pair: (-pair[1], pair[0])))


def _asked(body: Json, wire: Wire, index: str) -> Json:
    """The answer of all parts of the index."""
    return wire.call("POST", f"/{index}/_search", body, allow_partial_search_results="false")
