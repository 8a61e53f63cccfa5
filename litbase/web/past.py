"""What lies behind a record: its history, its older versions, and the text it was read from; changes taken back."""

import re

from flask import Blueprint, Response, abort, request

from litbase.errors import BadInput, Conflict
from litbase.library.disputes import settle as end_dispute
from litbase.library.undoing import undo as take_back
from litbase.library.values import Stored
from litbase.library.versions import restore as bring_back
from litbase.record.text import clean, squash
from litbase.web import frame
from litbase.web.acting import actor
from litbase.web.posting import way_back
from litbase.web.record import public_record
from litbase.web.views.history import HistoryPage, history_page
from litbase.web.views.origins import source_page
from litbase.web.views.version import version_page

bp = Blueprint("past", __name__)
WHY = 1_000  # characters of a note


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


@bp.post("/record/<id>/history/undo")
def undo(id: str) -> Response:
    """Take back one change of a record; what was decided later stands."""
    revision, seen = _numbers("revision", "seen")
    try:
        take_back(frame.library(), id, who=actor().name, why=_why(), version=seen, revision=revision)
    except Conflict as problem:
        return _moved_on(id, problem)
    return frame.moved(way_back(frame.links().history(id)), 303)


@bp.post("/record/<id>/history/settle")
def settle(id: str) -> Response:
    """Keep what was decided about a field, or take what its source says today."""
    [seen] = _numbers("seen")
    field, verb = request.form.get("field", ""), request.form.get("do", "")
    try:
        end_dispute(frame.library(), id, field, verb, who=actor().name, why=_why(), version=seen)
    except Conflict as problem:
        return _moved_on(id, problem)
    return frame.moved(way_back(frame.links().history(id)), 303)


@bp.post("/record/<id>/history/restore")
def restore(id: str) -> Response:
    """Let a record say again what it said in one of its versions."""
    version, seen = _numbers("version", "seen")
    try:
        bring_back(frame.library(), id, version, who=actor().name, why=_why(), seen=seen)
    except Conflict as problem:
        return _moved_on(id, problem)
    return frame.moved(frame.links().history(id), 303)


def _moved_on(id: str, problem: Conflict) -> Response:
    return frame.error(409, "changed", what=frame.links().history(id), detail=str(problem))


def _why() -> str:
    return squash(clean(request.form.get("why", "")))[:WHY]


def _numbers(*names: str) -> list[int]:
    """The numbers in these fields of the form.  Raises BadInput."""
    given = [request.form.get(name, "") for name in names]
    if not all(re.fullmatch("[1-9][0-9]{0,9}", text) for text in given):
        raise BadInput(f"The form lacks a number: {', '.join(names)}. Nothing was changed.")
    return [int(text) for text in given]


@bp.get("/record/<id>/source")
def source(id: str) -> Response:
    """The text a record was read from, as far as its source lets it be shown."""
    stored = public_record(id, "/source")
    if isinstance(stored, Response):
        return stored
    return frame.page("record/source.html", source_page(stored, frame.library(), frame.links()))


def _history(id: str, rest: str) -> HistoryPage | Response:
    stored: Stored | Response = _merged(id) or public_record(id, rest)
    return stored if isinstance(stored, Response) else history_page(stored, frame.library(), frame.links())


def _merged(id: str) -> Stored | None:
    """The record *id* where it was merged into one that is public: what was done to it before is told for ever."""
    stored = frame.library().store.get(id)
    if stored is None or stored.state != "merged" or stored.id != id:
        return None
    into = frame.library().store.get(stored.merged_into)
    return stored if into is not None and (into.state == "public" or actor().edits) else None
