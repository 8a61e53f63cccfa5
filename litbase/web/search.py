"""Results, and all values of one filter: as pages, as pieces for the swap, as JSON."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, abort, request

from litbase.fields import ALIASES, FACETS
from litbase.library import Library, finding, offering, spelling
from litbase.library.facets import initial, most_frequent, place
from litbase.library.finding import Found
from litbase.query.state import SearchState
from litbase.record.notices import sentence
from litbase.record.text import squash
from litbase.web import frame
from litbase.web.conditional import unless_known
from litbase.web.links import Links
from litbase.web.views.facets import SHOWN, Option
from litbase.web.views.said import filters_said, today
from litbase.web.views.search import HitView, Offer, SearchPage, search_page
from litbase.web.views.values import LETTERS, ORDERS, FacetPage, Leaf, facet_page, leaves

bp = Blueprint("search", __name__)
OWN = ("find", "by", "leaf", "letter")  # parameters of the page of values; its form sends them on to the results too
IN_PANEL = 12  # values that a panel shows of those found in it


def asked() -> tuple[SearchState, tuple[str, ...]]:
    """The state in the address, and sentences about what could not be read in it."""
    state, notices = SearchState.from_args(request.args.items(multi=True))
    return state, tuple(sentence(notice) for notice in notices)


@bp.get("/search")
def index() -> Response:
    """The page of results; a whole identifier leads to its record, a page past the end to the last."""
    library, links = frame.library(), frame.links()
    state, notices = asked()
    if _untidy(OWN):
        return frame.moved(links.search(state))
    with library.store.snapshot():
        found = finding.search(library, state, most_frequent(SHOWN))
        if (url := _exactly(library, links, found)) or (url := _past_end(found, state, links)):
            return frame.moved(url)
        view = _view(library, links, found, notices)
    shown = [id for id, _, _ in view.hit_list]
    response = frame.page("search/_results.html" if frame.fragment("results") else "search/index.html", view, ids=shown)
    response.vary.add("X-Fragment")
    return _in_part(response, view)


@bp.get("/search.json")
def as_json() -> Response:
    """The same as JSON (the shape of `search --json`, with what a report of the search needs)."""
    library, links = frame.library(), frame.links()
    state, notices = asked()

    def make() -> Response:
        found = finding.search(library, state)
        view = _view(library, links, found, notices)
        about = {
            "library": library.settings.name,
            "date": today(),
            "filters": filters_said(found.state),
            "url": links.absolute(view.url),
        }
        return _in_part(frame.as_json(twin(view) | about), view)

    return unless_known(make, today())


def _in_part(response: Response, view: SearchPage) -> Response:
    """*response*, to be kept by nobody where parts of the index did not answer."""
    if view.answered:
        response.headers["Cache-Control"] = "private, no-store"
        response.headers["X-Index-Parts"] = "{}/{}".format(*view.answered)
    return response


def twin(page: SearchPage) -> dict[str, Any]:
    """*page* as JSON."""
    return {
        "total": page.total,
        "partial": dict(zip(("answered", "parts"), page.answered, strict=True)) if page.answered else None,
        "hits": [
            {"id": id, "score": round(score, 4), "title": title} | _hit(hit)
            for (id, score, title), hit in zip(page.hit_list, page.hits, strict=True)
        ],
        "facets": {name: [[value, count] for value, count in counts] for name, counts in page.facet_counts},
        "notices": list(page.notices),
        "q": page.q,
        "read_as": page.reading.canonical,
        "also": [
            {"name": a.name, "today": [term.text for term in a.today], "others": list(a.others), "more": a.more}
            for a in (page.reading.also if page.reading.expanded else ())
        ],
        "meant": _offer(page.meant) if page.meant else None,
        "offers": [_offer(offer) for offer in page.offers],
        "sort": page.sort,
        "page": page.page,
        "pages": page.pages,
        "per": page.per,
    }


def _hit(hit: HitView) -> dict[str, Any]:
    """What a page of results says of a hit besides its title."""
    record = hit.record
    return {
        "type": record.badge.label,
        "retracted": record.retracted,
        "year": record.year,
        "authors": [person.text for person in record.authors],
        "source": record.place.source.text if record.place.source else "",
        "snippet": hit.snippet.striptags() if hit.snippet else "",
        "descriptors": [term.text for term in hit.descriptors],
        "found_in": list(hit.found_in),
        "url": record.url,
    }


def _offer(offer: Offer) -> dict[str, Any]:
    return {"kind": offer.kind, "query": offer.query, "total": offer.total, "url": offer.url}


def _untidy(unwanted: Sequence[str]) -> bool:
    """Whether the address holds what only a form puts there: empty fields, and those *unwanted*."""
    return any(name in unwanted or not value for name, value in request.args.items(multi=True))


def _view(library: Library, links: Links, found: Found, notices: Sequence[str]) -> SearchPage:
    if found.answered:  # what a part of the index does not know may be known to the others
        return search_page(found, links, notices, None, [])
    meant, offers = _meant(library, links, found), _offers(library, links, found)
    return search_page(found, links, notices, meant, offers)


def _meant(library: Library, links: Links, found: Found) -> Offer | None:
    """The search that was meant, where words of *found* are unknown."""
    seen = [hit.record for hit in found.hits]
    right = spelling.did_you_mean(library, found.state, found.total, seen)
    return Offer("spelling", right.state.q, links.search(right.state), right.total, False) if right else None


def _offers(library: Library, links: Links, found: Found) -> list[Offer]:
    """Other searches that find something, where *found* is empty."""
    others = () if found.total else offering.offers(library, found.state)
    return [Offer(one.kind, one.text, links.search(one.state), one.total, one.unfiltered) for one in others]


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
    """All values of a filter in a search; a letter leads to the leaf where its values begin."""
    name, state, leaf = _asked_values(name)
    links = frame.links()
    if letter := request.args.get("letter", "").lower():
        leaf, at = _turned(name, state, leaf, letter)
        return frame.moved(f"{links.facet(name, state, **leaf.args())}#letter-{at}")
    if frame.fragment("values"):
        leaf = Leaf(leaf.find, size=IN_PANEL if leaf.find else SHOWN)
        response = frame.page("facet/_values.html", _values(name, state, leaf))
    elif _untidy(("letter",)):
        return frame.moved(links.facet(name, state, **leaf.args()))
    else:
        response = frame.page("facet/index.html", _values(name, state, leaf))
    response.vary.add("X-Fragment")
    return response


@bp.get("/facet/<name>.json")
def facet_json(name: str) -> Response:
    """The same as JSON: a leaf of values, and the chosen and excluded ones that are not on it."""
    page = _values(*_asked_values(name))

    def told(options: Iterable[Option]) -> list[dict[str, Any]]:
        return [{"value": o.value, "label": o.label, "count": o.count, "selected": o.checked,
                 "excluded": bool(o.allow_url)} for o in options]  # fmt: skip

    values = told(option for group in page.groups for option in group.options)
    return frame.as_json({"facet": page.name, "label": page.label, "total": page.matching, "about": page.about,
                          "first": page.first, "last": page.last, "leaf": page.leaf, "leaves": page.leaves,
                          "values": values, "chosen": told(page.chosen)})  # fmt: skip


def _asked_values(name: str) -> tuple[str, SearchState, Leaf]:
    """The facet, the search and the leaf of its values that the address asks for; 404 for what is no list of values."""
    if ALIASES.get(name) not in FACETS or ALIASES[name] == "year":
        abort(404)
    state, _ = SearchState.from_args(pair for pair in request.args.items(multi=True) if pair[0] not in OWN)
    find, by, number = (squash(request.args.get(key, "")) for key in ("find", "by", "leaf"))
    leaf = int(number) if re.fullmatch("[1-9][0-9]{0,6}", number) else 1
    return ALIASES[name], state.with_page(1), Leaf(find[:200], by if by in ORDERS else "count", leaf)


def _values(name: str, state: SearchState, leaf: Leaf) -> FacetPage:
    """The page of *leaf*; past the end it is the last."""
    counted = finding.counts(frame.library(), state, (leaf.of(name),))
    last = leaves(counted.facets[0], leaf)
    if leaf.number > last:
        leaf = replace(leaf, number=last)
        counted = finding.counts(frame.library(), state, (leaf.of(name),))
    return facet_page(counted, frame.links(), leaf)


def _turned(name: str, state: SearchState, leaf: Leaf, letter: str) -> tuple[Leaf, str]:
    """The leaf from A to Z where *letter* begins, or the next one that has values, and that letter."""
    whole = replace(Leaf(leaf.find, "name").of(name), limit=None)
    filed = finding.counts(frame.library(), state, (whole,)).facets[0].values
    at = min(place(filed, letter if letter in LETTERS else LETTERS[0]), len(filed) - 1)
    return Leaf(leaf.find, "name", max(0, at) // leaf.size + 1), initial(filed[at].label) if filed else ""
