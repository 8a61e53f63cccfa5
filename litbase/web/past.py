"""What lies behind a record: its history, its older versions, and the text it was read from."""

from flask import Blueprint, Response, abort

from litbase.library.values import Stored
from litbase.web import frame
from litbase.web.record import public_record
from litbase.web.views.history import HistoryPage, history_page
from litbase.web.views.origins import source_page
from litbase.web.views.version import version_page

bp = Blueprint("past", __name__)


@bp.get("/record/<id>/history")
def history(id: str) -> Response:
    """What was done to a record."""
    view = _history(id, "/history")
    return view if isinstance(view, Response) else frame.page("record/history.html", view)


@bp.get("/record/<id>/history.json")
def history_json(id: str) -> Response:
    """The same as JSON."""
    view = _history(id, "/history.json")
    if isinstance(view, Response):
        return view
    revisions = [
        {"version": r.version, "kind": r.kind, "at": r.at, "who": r.who, "why": r.why, "run": r.run,
         "other": r.other.text if r.other else "", "documents": list(r.documents),
         "changes": {c.field: [list(piece) for piece in c.pieces] for c in r.changes}}
        for r in view.revisions
    ]  # fmt: skip
    return frame.as_json({"id": view.id, "title": view.plain_title, "more": view.more, "revisions": revisions})


@bp.get("/record/<id>/history/<int:version>")
def version(id: str, version: int) -> Response:
    """A record as it was in one of its versions; the present one is the record itself."""
    stored = public_record(id, f"/history/{version}")
    if isinstance(stored, Response):
        return stored
    if version == stored.version:
        return frame.moved(frame.links().record(stored.id))
    revision = next((one for one in frame.library().store.history(stored.id) if one.version == version), None)
    if revision is None:
        abort(404)
    return frame.page("record/version.html", version_page(stored, revision, frame.library(), frame.links()))


@bp.get("/record/<id>/source")
def source(id: str) -> Response:
    """The text a record was read from, as far as its source lets it be shown."""
    stored = public_record(id, "/source")
    if isinstance(stored, Response):
        return stored
    return frame.page("record/source.html", source_page(stored, frame.library(), frame.links()))


def _history(id: str, rest: str) -> HistoryPage | Response:
    stored: Stored | Response = public_record(id, rest)
    return stored if isinstance(stored, Response) else history_page(stored, frame.library(), frame.links())
