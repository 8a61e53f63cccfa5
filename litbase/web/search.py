"""Results, and all values of one filter: as pages, as pieces for the swap, as JSON."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response, abort, request

from litbase.fields import ALIASES, FACETS
from litbase.library import Library, finding
from litbase.library.finding import Found
from litbase.query.state import SearchState
from litbase.record.notices import sentence
from litbase.web import frame
from litbase.web.links import Links
from litbase.web.views.facets import FacetPage, facet_page
from litbase.web.views.search import Offer, SearchPage, alternatives, search_page, with_cited

bp = Blueprint("search", __name__)
OFFERS = 4


def asked() -> tuple[SearchState, tuple[str, ...]]:
    """The state in the address, and sentences about what could not be read in it."""
    state, notices = SearchState.from_args(request.args.items(multi=True))
    return state, tuple(sentence(notice) for notice in notices)


@bp.get("/search")
def index() -> Response:
    """The page of results; a whole identifier leads to its record, a page past the end to the last."""
    library, links = frame.library(), frame.links()
    state, notices = asked()
    if not all(value for _, value in request.args.items(multi=True)):
        return frame.moved(links.search(state))  # a form sends its empty fields too
    found = finding.search(library, state)
    if (url := _exactly(library, links, found)) or (url := _past_end(found, state, links)):
        return frame.moved(url)
    view = _view(library, links, found, notices)
    response = frame.page("search/_results.html" if frame.fragment("results") else "search/index.html", view)
    response.vary.add("X-Fragment")
    return response


@bp.get("/search.json")
def as_json() -> Response:
    """The same as JSON (the shape of `search --json`, with the place among the pages)."""
    library = frame.library()
    state, notices = asked()
    found = finding.search(library, state)
    return frame.as_json(twin(_view(library, frame.links(), found, notices)))


def twin(page: SearchPage) -> dict[str, Any]:
    """*page* as JSON."""
    return {
        "total": page.total,
        "hits": [{"id": id, "score": round(score, 4), "title": title} for id, score, title in page.hit_list],
        "facets": {name: [[value, count] for value, count in counts] for name, counts in page.facet_counts},
        "notices": list(page.notices),
        "q": page.q,
        "read_as": page.reading.canonical,
        "sort": page.sort,
        "page": page.page,
        "pages": page.pages,
        "per": page.per,
    }


def _view(library: Library, links: Links, found: Found, notices: Sequence[str]) -> SearchPage:
    cited = 0
    if not found.state.cited:
        cited = finding.count(library, with_cited(found.state)) - found.total
    return search_page(found, links, library.settings, notices, _offers(library, links, found), cited)


def _offers(library: Library, links: Links, found: Found) -> list[Offer]:
    """Other searches that find something, where *found* is empty."""
    if found.total:
        return []
    made = []
    for kind, state in alternatives(found):
        total = finding.count(library, state)
        if total:
            made.append(Offer(kind, state.q, links.search(state), total))
    return made[:OFFERS]


def _exactly(library: Library, links: Links, found: Found) -> str:
    """The one record whose identifier was typed and nothing else; "" otherwise."""
    if found.identifier is None or found.state.filters or found.state.years:
        return ""
    ids = finding.identified(library, *found.identifier)
    return links.record(ids[0]) if len(ids) == 1 else ""


def _past_end(found: Found, state: SearchState, links: Links) -> str:
    return links.search(found.state) if found.state.page != state.page else ""


@bp.get("/facet/<name>")
def facet(name: str) -> Response:
    """All values of a filter in a search."""
    return frame.page("facet/index.html", _facet(name))


@bp.get("/facet/<name>.json")
def facet_json(name: str) -> Response:
    """The same as JSON: [value, label, count] of each value."""
    page = _facet(name)
    values = [{"value": o.value, "label": o.label, "count": o.count, "selected": o.checked} for o in page.options]
    return frame.as_json({"facet": page.name, "label": page.label, "total": page.matching, "first": page.first,
                          "last": page.last, "values": values})  # fmt: skip


def _facet(name: str) -> FacetPage:
    if ALIASES.get(name) not in FACETS or ALIASES[name] == "year":
        abort(404)
    own = ("find", "by", "leaf")
    pairs = [(key, value) for key, value in request.args.items(multi=True) if key not in own]
    state, _ = SearchState.from_args(pairs)
    found = finding.search(frame.library(), state.with_page(1), (ALIASES[name],))
    find, by, leaf = (request.args.get(key, "") for key in own)
    number = int(leaf) if leaf.isdecimal() and len(leaf) < 7 else 1
    return facet_page(found, frame.links(), find[:200], "name" if by == "name" else "count", number)
