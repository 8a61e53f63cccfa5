"""Facets of a request as aggregations: those that count the same records are counted together, and counts are exact.

Each part of the index names its most frequent values, which adds up exactly when no part left one out that another
named; where one may have, the facet is asked for again with more values of each part.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from litbase.fields import BY_NAME
from litbase.index.opensearch import narrowing
from litbase.index.opensearch.compile import Dsl
from litbase.index.opensearch.narrowing import all_of
from litbase.index.opensearch.schema import APART, distinct, unfiled
from litbase.query.request import FacetRequest, FacetResult, SearchRequest
from litbase.record.text import fold, sort_form

PARTS: Final = (1_000, 20_000, 200_000)  # values of each part of the index, one after the other until it is exact
EVERY: Final = 10_000  # values of a facet that are fetched at once when all are wanted
LOOKED: Final = 2_000  # values that hold what was looked for, put in order here
PRECISION: Final = 10_000  # values up to which their number is as good as counted
LONGEST_PATTERN: Final = 900  # characters; OpenSearch allows 1,000
Ask = Callable[[Dsl], Mapping[str, Any]]
"""Sends a body without hits, and gives the aggregations of the answer."""

Tally = tuple[str, int]


def asked(request: SearchRequest, parts: int) -> Dsl:
    """The aggregations of *request* for an index of *parts*: one filter for all facets that count the same records."""
    some = PARTS[0] if parts > 1 else 0  # one part knows which values are the most frequent of all
    groups: dict[str, Dsl] = {}
    for facet in request.facets:
        passed = narrowing.counted(request, facet.name)
        group = groups.setdefault(repr(passed), {"filter": all_of(passed), "aggs": {}})
        group["aggs"] |= _counts(facet, some) | _own(request, facet.name)
    return {f"group {n}": group for n, group in enumerate(groups.values())} | _excluded(request)


def answered(request: SearchRequest, found: Mapping[str, Any], query: Dsl, ask: Ask) -> dict[str, FacetResult]:
    """The facets of *request* out of the aggregations *found*; what is not exact yet is asked for again."""
    flat = {name: agg for key, group in found.items() if key.startswith("group ") for name, agg in group.items()
            if isinstance(agg, dict)}  # fmt: skip
    free = {key.removeprefix("free "): agg for key, agg in found.items() if key.startswith("free ")}
    return {facet.name: _answer(request, facet, flat, free, query, ask) for facet in request.facets}


def _counts(facet: FacetRequest, part: int) -> Dsl:
    """The values that *facet* wants, *part* of each part of the index, and how many there are."""
    wanted = EVERY if facet.limit is None else facet.offset + facet.limit
    pattern = pattern_of(facet.find)
    if pattern:
        terms: Dsl = {"field": f"{facet.name}.filed", "include": pattern, "size": LOOKED}
    elif facet.find:
        terms = {"field": f"{facet.name}.raw", "size": EVERY}
    elif facet.order == "value":
        terms = {"field": f"{facet.name}.filed", "order": {"_key": "asc"}, "size": max(wanted, 1)}
    else:
        terms = {"field": f"{facet.name}.raw", "size": max(wanted, 1)}
    more: Dsl = {"shard_size": max(part, terms["size"]), "show_term_doc_count_error": True}
    if "order" in terms:
        more = {"shard_size": terms["size"]}  # the first of each part are among the first of all
    total = {"cardinality": {"field": distinct(BY_NAME[facet.name]), "precision_threshold": PRECISION}}
    return {f"{facet.name} values": {"terms": terms | more}} | ({} if facet.find else {f"{facet.name} total": total})


def pattern_of(find: str) -> str:
    """The regular expression of filed values that hold each word of *find*; "" for none, and where it is too long."""
    words = fold(find).split()
    other = f"[^{APART}]*"
    parts = [f"({other}{APART}{other}{APART}.*{literal(word)}.*)" for word in words]
    pattern = "&".join(parts)
    return pattern if len(pattern) <= LONGEST_PATTERN else ""


def literal(text: str) -> str:
    """*text* in a regular expression of Lucene, standing for itself."""
    return re.sub(r'([.?+*|{}\[\]()"\\#@&<>~^$-])', r"\\\1", text)


def _own(request: SearchRequest, name: str) -> Dsl:
    values = _included(request, name)
    return {f"{name} chosen": _each(name, values)} if values else {}


def _included(request: SearchRequest, name: str) -> list[str]:
    return [value for chosen in request.filters if chosen.name == name for value in chosen.include]


def _left_out(request: SearchRequest, name: str) -> list[str]:
    return [value for chosen in request.filters if chosen.name == name for value in chosen.exclude]


def _each(name: str, values: Iterable[str]) -> Dsl:
    return {"filters": {"filters": {f"={value}": {"term": {f"{name}.raw": value}} for value in values}}}


def _excluded(request: SearchRequest) -> Dsl:
    aggs: Dsl = {}
    for facet in request.facets:
        if values := _left_out(request, facet.name):
            passed = narrowing.counted(request, facet.name, excluding=False)
            aggs[f"free {facet.name}"] = {"filter": all_of(passed), "aggs": {"each": _each(facet.name, values)}}
    return aggs


def _answer(
    request: SearchRequest, facet: FacetRequest, flat: Mapping[str, Any], free: Mapping[str, Any], query: Dsl, ask: Ask
) -> FacetResult:
    def again(aggs: Dsl) -> Mapping[str, Any]:
        return ask({"size": 0, "query": all_of([query, *narrowing.counted(request, facet.name)]), "aggs": aggs})

    chosen = _tallies(_included(request, facet.name), flat.get(f"{facet.name} chosen", {}))
    chosen |= _tallies(_left_out(request, facet.name), free.get(facet.name, {}).get("each", {}))
    found, total = flat[f"{facet.name} values"], flat.get(f"{facet.name} total", {}).get("value", 0)
    for part in PARTS[1:]:
        if is_exact(found):
            break
        found = again(_counts(facet, part))[f"{facet.name} values"]
    whole = not found["sum_other_doc_count"]
    if not whole and (facet.limit is None or (facet.find and not pattern_of(facet.find))):
        values, whole = _every(facet.name, again), True
    else:
        values = [(_value(bucket["key"], facet), int(bucket["doc_count"])) for bucket in found["buckets"]]
    if facet.find:
        values = [pair for pair in values if all(word in fold(pair[0]) for word in fold(facet.find).split())]
    values.sort(key=_by_value if facet.order == "value" else _by_count)
    last = None if facet.limit is None else facet.offset + facet.limit
    size = len(values) if whole or facet.find else max(int(total), len(values))
    about = not whole and (size > PRECISION // 2 or bool(facet.find))
    return FacetResult(tuple(values[facet.offset : last]), size, tuple(chosen.items()), about)


def is_exact(found: Mapping[str, Any]) -> bool:
    """Whether no part of the index can have left out what another counted, as far as the values named go."""
    unseen = found["doc_count_error_upper_bound"]  # how often a value that no part named can occur at most
    return unseen <= 0 or (
        unseen < found["buckets"][-1]["doc_count"]
        and not any(bucket.get("doc_count_error_upper_bound") for bucket in found["buckets"])
    )


def _every(name: str, again: Callable[[Dsl], Mapping[str, Any]]) -> list[Tally]:
    """Every value with its count, however many there are."""
    values: list[Tally] = []
    after: Dsl = {}
    while True:
        pages = {"size": EVERY, "sources": [{"value": {"terms": {"field": f"{name}.raw"}}}]} | after
        found = again({"every": {"composite": pages}})["every"]
        values += [(bucket["key"]["value"], int(bucket["doc_count"])) for bucket in found["buckets"]]
        if "after_key" not in found or len(found["buckets"]) < EVERY:
            return values
        after = {"after": found["after_key"]}


def _value(key: str, facet: FacetRequest) -> str:
    return unfiled(key) if pattern_of(facet.find) or (facet.order == "value" and not facet.find) else key


def _tallies(values: Iterable[str], agg: Mapping[str, Any]) -> dict[str, int]:
    return {value: int(agg["buckets"][f"={value}"]["doc_count"]) for value in values}


def _by_count(pair: Tally) -> tuple[int, str]:
    return -pair[1], pair[0]


def _by_value(pair: Tally) -> tuple[str, str]:
    return sort_form(pair[0]), pair[0]
