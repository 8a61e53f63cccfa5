"""What was done last in the whole library, as a page, as JSON and as a feed."""

import re

from flask import Blueprint, Response, request

from litbase.library import versions
from litbase.record.text import clean, squash
from litbase.web import frame
from litbase.web.acting import actor
from litbase.web.documents import document
from litbase.web.feeds import MIME
from litbase.web.views.changes import ChangesPage, changes_page

bp = Blueprint("changes", __name__)


@bp.get("/changes")
def index() -> Response:
    """The changes, the newest first; those of one person or of one kind where the address says so."""
    return frame.page("changes/index.html", _asked(), "changes")


@bp.get("/changes.json")
def index_json() -> Response:
    """The same as JSON."""
    view = _asked()
    return frame.as_json({
        "next": view.next_url,
        "changes": [
            {"nr": one.nr, "kind": one.kind, "at": one.at, "who": one.who, "why": one.why, "run": one.run,
             "id": one.record.text if one.record else "", "title": one.title, "version": one.version,
             "counts": dict(one.counts), "changes": {c.field: [list(piece) for piece in c.pieces] for c in one.changes}}
            for one in view.changes
        ],
    })  # fmt: skip


@bp.get("/changes.atom")
def feed() -> Response:
    """The newest changes, for a feed reader: what everybody may see."""
    deeds, _ = versions.recent(frame.library(), who=_text("who"), action=_action())
    view = changes_page(deeds, 0, _text("who"), _action(), frame.library(), frame.links())
    response = document("changes/atom.xml", view, MIME)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _asked() -> ChangesPage:
    before = request.args.get("before", "")
    number = int(before) if re.fullmatch("[1-9][0-9]{0,11}", before) else 0
    who, action, library = _text("who"), _action(), frame.library()
    deeds, more = versions.recent(library, number, who=who, action=action, everything=actor().edits)
    return changes_page(deeds, more, who, action, library, frame.links())


def _action() -> str:
    asked = _text("kind")
    return asked if asked in versions.DEEDS else ""


def _text(name: str) -> str:
    return squash(clean(request.args.get(name, "")))[:100]
