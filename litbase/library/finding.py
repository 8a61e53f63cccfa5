"""Finding records: from the state of a page to everything the page shows."""

import time
from dataclasses import dataclass, replace

from litbase.fields import BY_NAME as FIELDS
from litbase.fields import FACETS
from litbase.library import Library
from litbase.library.labels import value_label
from litbase.library.snippets import Snippet, Span, Wanted, found_in, snippet, title_marks, wanted
from litbase.query.parse import parse
from litbase.query.request import FacetRequest, FacetResult, SearchRequest, Visible
from litbase.query.state import SearchState
from litbase.query.tree import And, Boost, Not, Or, Query, Term
from litbase.record.notices import Notice, notice
from litbase.record.record import Record
from litbase.store.values import Absent, MovedTo, Withdrawn
from litbase.store.values import Found as FoundRecord
from litbase.vocabulary.tables import language_tag


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet: how often it occurs now, and whether it is chosen or excluded."""

    value: str
    label: str
    count: int
    selected: bool = False
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet with all its values, most frequent first; chosen and excluded values are there even at 0."""

    name: str
    label: str
    values: tuple[FacetValue, ...]


@dataclass(frozen=True, slots=True)
class FoundHit:
    """One hit as a reader sees it."""

    record: Record
    score: float
    snippet: Snippet | None
    title_marks: tuple[Span, ...]
    found_in: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to a search: exact total, the hits of the page, facets, years, and what was repaired in the query."""

    state: SearchState
    query: Query
    notices: tuple[Notice, ...]
    identifier: tuple[str, str] | None
    total: int
    hits: tuple[FoundHit, ...]
    facets: tuple[Facet, ...]
    years: tuple[tuple[int, int], ...]
    undated: int
    pages: int
    seconds: float


def search(library: Library, state: SearchState, facets: tuple[str, ...] = FACETS) -> Found:
    """The answer of *library* to *state*, with counts for *facets*; a page past the end is the last, with a notice."""
    begun = time.perf_counter()
    library.engine.refresh()
    parsed = parse(state.q, op=state.op)
    query = _with_language_tags(parsed.query)
    notices = parsed.notices
    result = library.engine.search(_request(state, query, facets, state.page))
    pages = max(1, -(-result.total // state.per))
    if state.page > pages:
        notices = (*notices, notice("page-past-end", page=state.page))
        state = state.with_page(pages)
        result = library.engine.search(_request(state, query, facets, pages))
    words = wanted(query)
    years = result.facets.get("year", FacetResult())
    stored = library.store.get_many([hit.id for hit in result.hits])
    return Found(
        state=state,
        query=query,
        notices=notices,
        identifier=parsed.identifier,
        total=result.total,
        hits=tuple(_hit(stored[hit.id].record, hit.score, words) for hit in result.hits if hit.id in stored),
        facets=tuple(_facet(state, name, result.facets[name]) for name in facets if name != "year"),
        years=tuple(sorted((int(year), n) for year, n in years.values if year)),
        undated=dict(years.values).get("", 0),
        pages=pages,
        seconds=time.perf_counter() - begun,
    )


def count(library: Library, state: SearchState) -> int:
    """How many records *state* finds."""
    library.engine.refresh()
    return library.engine.search(replace(every(state), limit=0)).total


def every(state: SearchState) -> SearchRequest:
    """The request for the whole result set of *state*, in its order, without facets and pages."""
    return _request(state, _with_language_tags(parse(state.q, op=state.op).query), (), 1)


def _request(state: SearchState, query: Query, facets: tuple[str, ...], page: int) -> SearchRequest:
    return SearchRequest(
        query=query,
        filters=state.filters,
        years=state.years,
        facets=tuple(map(FacetRequest, facets)),
        visible=Visible(cited=state.cited),
        sort=state.sort if state.q.strip() or state.sort != "best" else "newest",
        offset=(page - 1) * state.per,
        limit=state.per,
    )


def _with_language_tags(query: Query) -> Query:
    """*query* with languages as they are stored: language:German asks for "de"."""
    match query:
        case Term("language", text):
            return Term("language", language_tag(text) or text)
        case And(children):
            return And(tuple(map(_with_language_tags, children)))
        case Or(children):
            return Or(tuple(map(_with_language_tags, children)))
        case Not(child):
            return Not(_with_language_tags(child))
        case Boost(child, factor):
            return Boost(_with_language_tags(child), factor)
    return query


def _hit(record: Record, score: float, words: Wanted) -> FoundHit:
    return FoundHit(record, score, snippet(words, record), title_marks(words, record), found_in(words, record))


def _facet(state: SearchState, name: str, result: FacetResult) -> Facet:
    chosen, excluded = state.chosen(name), state.excluded(name)
    values = tuple(
        FacetValue(value, value_label(name, value), count, value in chosen, value in excluded)
        for value, count in dict((*result.values, *result.chosen)).items()
    )
    return Facet(name, FIELDS[name].label, values)


def lookup(library: Library, id: str) -> FoundRecord | MovedTo | Withdrawn | Absent:
    """What became of the record *id*: found, moved by a merge, withdrawn, or never there."""
    return library.store.resolve(id)


def identified(library: Library, scheme: str, value: str) -> tuple[str, ...]:
    """Ids of the records with that identifier; *scheme* is "doi", "isbn", "issn", "eric" or "key" (of BibTeX)."""
    if scheme == "key":
        id = library.store.resolve_key(value)
        return (id,) if id else ()
    return library.store.find(scheme, value)
