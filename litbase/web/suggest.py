"""Suggestions for what is being typed: the inside of the search box's popup, and the same as JSON."""

from typing import Any

from flask import Blueprint, Response, request

from litbase.library.suggesting import suggestions
from litbase.web import frame
from litbase.web.views.suggest import SuggestPage, suggest_page

bp = Blueprint("suggest", __name__)


@bp.get("/suggest")
def index() -> Response:
    """The options for the text q; an empty piece when there are none."""
    return frame.page("parts/suggest.html", _asked())


@bp.get("/suggest.json")
def as_json() -> Response:
    """The same as JSON."""
    return frame.as_json(twin(_asked()))


def twin(page: SuggestPage) -> dict[str, Any]:
    """*page* as JSON: the groups in their order, each with its lines; `count` is None for a title."""
    return {
        "q": page.q,
        "groups": [
            {
                "kind": group.kind,
                "adds": group.adds,
                "lines": [
                    {"text": line.plain, "count": line.count, "year": line.year, "query": line.query, "url": line.url}
                    for line in group.lines
                ],
            }
            for group in page.groups
        ],
    }


def _asked() -> SuggestPage:
    q = request.args.get("q", "")[:1000]
    return suggest_page(q, suggestions(frame.library(), q), frame.links())
