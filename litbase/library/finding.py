"""Finding records: from the state of a page to everything the page shows."""

import time
from dataclasses import dataclass, replace
from typing import NamedTuple

from litbase.library import Library, rights
from litbase.library.facets import TWIN, Facet, facet, listed, most_frequent, of_engine
from litbase.library.filing import also_filed, as_filed
from litbase.library.snippets import Snippet, Span, Wanted, found_in, places, snippet, title_marks, wanted
from litbase.query.expand import Expanded, expand
from litbase.query.lift import lifted
from litbase.query.names import as_filed_too
from litbase.query.parse import parse
from litbase.query.request import FacetRequest, FacetResult, SearchRequest, SearchResult, Visible
from litbase.query.state import SearchState
from litbase.query.tree import Phrase, Query, Term, with_leaves
from litbase.record.notices import Notice, notice
from litbase.record.record import Record
from litbase.settings import Settings
from litbase.store.values import Absent, MovedTo, Stored, Withdrawn
from litbase.store.values import Found as FoundRecord
from litbase.vocabulary.tables import language_tag
from litbase.vocabulary.thesaurus import NONE, Thesaurus
from litbase.vocabulary.variants import ALONE, Variants

MOST = most_frequent(TWIN)


@dataclass(frozen=True, slots=True)
class FoundHit:
    """One hit as a reader sees it."""

    record: Record
    score: float
    snippet: Snippet | None
    title_marks: tuple[Span, ...]
    found_in: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many records a search finds, and how they spread over facets and years; *undated* ones have no year."""

    state: SearchState
    total: int
    facets: tuple[Facet, ...]
    years: tuple[tuple[int, int], ...]
    undated: int


@dataclass(frozen=True, slots=True)
class Found(Counts):
    """The answer to a search: its counts, the hits of the page, and what was repaired in the query.

    *query* is what was typed, *expanded* what the thesaurus adds to it, whether or not it was searched
    (`state.expand`).  *left_out* counts the cited works that also match and are not shown.  *answered* is (parts of the
    index that answered, parts there are) where some did not: then all numbers are too small.
    """

    query: Query
    expanded: Expanded
    notices: tuple[Notice, ...]
    identifier: tuple[str, str] | None
    hits: tuple[FoundHit, ...]
    left_out: int
    answered: tuple[int, int] | None
    pages: int
    seconds: float


def search(library: Library, state: SearchState, facets: tuple[FacetRequest, ...] = MOST) -> Found:
    """The answer of *library* to *state* with what *facets* ask; a page past the end is the last, with a notice."""
    begun = time.perf_counter()
    library.engine.refresh()
    asked = _asked(state, library.store.thesaurus(), library.store.variants())
    state, notices = asked.state, asked.notices
    result = library.engine.search(replace(_request(asked, facets, state.page), partial=True))
    pages = max(1, -(-result.total // state.per))
    if state.page > pages:
        notices = (*notices, notice("page-past-end", page=state.page))
        state = state.with_page(pages)
        result = library.engine.search(replace(_request(asked, facets, pages), partial=True))
    words = wanted(asked.searched)
    stored = library.store.get_many([hit.id for hit in result.hits])
    return Found(
        *_spread(state, facets, result),
        query=asked.query,
        expanded=asked.expanded,
        notices=notices,
        identifier=asked.identifier,
        hits=tuple(
            _hit(stored[hit.id].record, hit.score, words, library.settings) for hit in result.hits if hit.id in stored
        ),
        left_out=result.left_out,
        answered=result.answered,
        pages=pages,
        seconds=time.perf_counter() - begun,
    )


def counts(library: Library, state: SearchState, facets: tuple[FacetRequest, ...]) -> Counts:
    """How many records *state* finds, with what *facets* ask, without any hit.

    Raises EngineUnavailable rather than count a part of the index.
    """
    library.engine.refresh()
    asked = _asked(state, library.store.thesaurus(), library.store.variants())
    result = library.engine.search(replace(_request(asked, facets, 1), query=asked.searched, limit=0))
    return Counts(*_spread(asked.state, facets, result))


def count(library: Library, state: SearchState) -> int:
    """How many records *state* finds."""
    return counts(library, state, ()).total


def tallies(counted: Counts) -> dict[str, list[tuple[str, int]]]:
    """Value and count of everything in *counted*, by facet, for programs; years in their order."""
    years = [(str(year), count) for year, count in counted.years]
    return {f.name: [(v.value, v.count) for v in listed(f)] for f in counted.facets} | {"year": years}


def every(state: SearchState, thesaurus: Thesaurus = NONE, variants: Variants = ALONE) -> SearchRequest:
    """The request for the whole result set of *state*, in its order, without facets and pages."""
    return _request(_asked(state, thesaurus, variants), (), 1)


def everything(library: Library, state: SearchState) -> SearchRequest:
    """The same with the thesaurus of *library* and the forms that are joined there."""
    return every(state, library.store.thesaurus(), library.store.variants())


class _Asked(NamedTuple):
    """A search as it was read: *query* as typed, *searched* with what the thesaurus adds to it in this *state*."""

    state: SearchState
    query: Query
    expanded: Expanded
    searched: Query
    notices: tuple[Notice, ...]
    identifier: tuple[str, str] | None
    rows: tuple[Phrase, ...]


def _asked(state: SearchState, thesaurus: Thesaurus, variants: Variants) -> _Asked:
    parsed = parse(state.q, op=state.op)
    query = _with_language_tags(parsed.query)
    state, retired = as_filed(state, thesaurus, variants)
    expanded = expand(query, thesaurus, narrower=state.narrower)
    searched = expanded if state.expand else expand(query, thesaurus, names=False, narrower=state.narrower)
    cut = [n for n in searched.narrower if state.narrower and n.searched < n.total]
    many = (notice("narrower-many", name=n.descriptor, count=n.searched, total=n.total) for n in cut)
    notices = (*parsed.notices, *retired, *many)
    whole = also_filed(as_filed_too(searched.query), variants, thesaurus)
    return _Asked(state, query, expanded, whole, notices, parsed.identifier, parsed.rows)


def _request(asked: _Asked, facets: tuple[FacetRequest, ...], page: int) -> SearchRequest:
    state = asked.state
    sort = state.sort if state.q.strip() or state.sort != "best" else "newest"
    return SearchRequest(
        query=lifted(asked.searched, asked.rows) if sort == "best" else asked.searched,
        filters=state.filters,
        years=state.years,
        facets=tuple(map(of_engine, facets)),
        visible=Visible(cited=state.cited),
        sort=sort,
        offset=(page - 1) * state.per,
        limit=state.per,
    )


def _with_language_tags(query: Query) -> Query:
    """*query* with languages as they are stored: language:German asks for "de"."""

    def tagged(leaf: Query) -> Query:
        match leaf:
            case Term("language", text):
                return Term("language", language_tag(text) or text)
        return leaf

    return with_leaves(query, tagged)


def _hit(record: Record, score: float, words: Wanted, settings: Settings) -> FoundHit:
    there = places(words, record)
    allowed = rights.shown(record, settings)
    seen = there if allowed is record else places(words, allowed)
    return FoundHit(record, score, snippet(seen, allowed), title_marks(there), found_in(there))


def _spread(
    state: SearchState, facets: tuple[FacetRequest, ...], result: SearchResult
) -> tuple[SearchState, int, tuple[Facet, ...], tuple[tuple[int, int], ...], int]:
    """The fields of Counts, in their order."""
    years = dict(result.facets.get("year", FacetResult()).values)
    return (
        state,
        result.total,
        tuple(facet(asked, result.facets[asked.name], state) for asked in facets if asked.name != "year"),
        tuple(sorted((int(year), n) for year, n in years.items() if year)),
        years.get("", 0),
    )


def hidden(library: Library, id: str) -> Stored | None:
    """The record *id* where it is there for editors only, a draft or withdrawn; None for any other."""
    stored = library.store.get(id)
    return stored if stored is not None and stored.state in ("draft", "withdrawn") else None


def lookup(library: Library, id: str) -> FoundRecord | MovedTo | Withdrawn | Absent:
    """What became of the record *id*: found, moved by a merge, withdrawn, or never there."""
    return library.store.resolve(id)


def beginning(library: Library, begun: str) -> str:
    """The one public record whose id begins with *begun*; "" when there are none or several."""
    found = library.store.scan(begun, 2)
    ids = [stored.id for stored in found if stored.id.startswith(begun)]
    return ids[0] if len(ids) == 1 else ""


def identified(library: Library, scheme: str, value: str) -> tuple[str, ...]:
    """Ids of the records with that identifier; *scheme* is "doi", "isbn", "issn", "eric" or "key" (of BibTeX)."""
    if scheme == "key":
        id = library.store.resolve_key(value)
        return (id,) if id else ()
    return library.store.find(scheme, value)
