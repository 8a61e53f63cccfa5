"""Filters, years and visibility of a request as filters: for its hits, and for the counts of each facet."""

from collections.abc import Iterator, Sequence

from litbase.index.opensearch.compile import Dsl
from litbase.query.request import SearchRequest

UNCITED: Dsl = {"term": {"key.cited": False}}


def all_of(filters: Sequence[Dsl]) -> Dsl:
    """A query for what passes all of *filters*: everything where there are none."""
    return {"bool": {"filter": list(filters)}} if filters else {"match_all": {}}


def hits(request: SearchRequest) -> list[Dsl]:
    """What every hit must pass, but the query."""
    return [*matching(request), *([] if request.visible.cited else [UNCITED])]


def matching(request: SearchRequest) -> list[Dsl]:
    """As `hits`, the cited works that *request* leaves out among them."""
    return [*_filters(request), *_years(request)]


def counted(request: SearchRequest, facet: str, excluding: bool = True) -> list[Dsl]:
    """What a record must pass to count in *facet*: all but what the facet includes itself.

    Without *excluding* what it excludes counts too.
    """
    years = () if facet == "year" else _years(request)
    visible = () if request.visible.cited else (UNCITED,)
    return [*_filters(request, facet, excluding), *years, *visible]


def _filters(request: SearchRequest, free: str = "", excluding: bool = True) -> Iterator[Dsl]:
    for chosen in request.filters:
        field = f"{chosen.name}.raw"
        if chosen.include and chosen.name != free:
            yield {"terms": {field: list(chosen.include)}}
        if chosen.exclude and (chosen.name != free or excluding):
            yield {"bool": {"must_not": [{"terms": {field: list(chosen.exclude)}}]}}


def _years(request: SearchRequest) -> Iterator[Dsl]:
    years = request.years
    if not years:
        return
    bounds = {key: value for key, value in (("gte", years.first), ("lte", years.last)) if value is not None}
    within: Dsl = {"range": {"year.n": bounds}}
    undated: Dsl = {"bool": {"must_not": [{"exists": {"field": "year.n"}}]}}
    yield {"bool": {"should": [within, undated], "minimum_should_match": 1}} if years.undated else within
