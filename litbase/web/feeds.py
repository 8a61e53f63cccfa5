"""Atom feeds: what came in last, in the whole library and in any search."""

from typing import Final

from flask import Blueprint, Response

from litbase.library.newest import newest
from litbase.query.state import SearchState
from litbase.web import frame
from litbase.web.conditional import unless_known
from litbase.web.documents import document
from litbase.web.search import asked
from litbase.web.views.feed import feed
from litbase.web.views.said import asked_for

bp = Blueprint("feeds", __name__)
ENTRIES: Final = 50
MIME: Final = "application/atom+xml"


@bp.get("/feed.atom")
def library() -> Response:
    """The records that were added last."""
    links = frame.links()
    return unless_known(lambda: _answer(SearchState(), links.feed, links.home))


@bp.get("/search.atom")
def search() -> Response:
    """The records a search finds: those added last, the newest first, unless the address asks for an order."""
    links = frame.links()
    state = asked()[0].with_page(1)
    return unless_known(lambda: _answer(state, links.search(state, ".atom"), links.search(state)))


def _answer(state: SearchState, url: str, page_url: str) -> Response:
    library, links = frame.library(), frame.links()
    said = " · ".join(asked_for(state))
    title = f"{library.settings.name}: {said}" if said else f"{library.settings.name}: new records"
    found = newest(library, state, ENTRIES)
    response = document("feeds/atom.xml", feed(title, url, page_url, found, links, library.settings), MIME)
    response.headers["X-Robots-Tag"] = "noindex"
    return response
