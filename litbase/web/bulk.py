"""Bulk edits: the form for the records of a search, what it would change, and the run that does it."""

import re
from collections.abc import Iterable
from typing import Final
from urllib.parse import parse_qsl

from flask import Blueprint, Response, request

from litbase.errors import BadInput, Conflict, InvalidRecord
from litbase.library import bulk as editing
from litbase.library import bulk_jobs as jobs
from litbase.library import listing, mending
from litbase.library.operations import LONGEST as TEXT
from litbase.library.operations import Operation, operation
from litbase.query.state import SearchState
from litbase.record.text import clean, squash
from litbase.web import frame, mylist
from litbase.web.acting import actor
from litbase.web.views.bulk import Asked, bulk_page, preview_page, report_page, twin

bp = Blueprint("bulk", __name__)
WHY: Final = 1_000  # characters of a note
LONGEST: Final = 4_000  # characters of a search


@bp.get("/bulk")
def form() -> Response:
    """The form for the records of a search, of My list, or those that are named by `id`."""
    asked = _asked(request.args.getlist("id"), request.args.get("from", ""), request.args.items(multi=True))
    return _form(asked)


@bp.post("/bulk/preview")
def preview() -> Response:
    """What the form asks for, before it is done."""
    library, given = frame.library(), request.form
    asked = _asked(given.getlist("id"), given.get("from", ""), _pairs(given.get("search", "")))
    asked = asked.filled(
        given.get("action", ""), given.get("field", ""), _value("value"), _value("new"),
        given.get("words") == "1", given.get("overrule") == "1",
    )  # fmt: skip
    try:
        operations = [_operation(asked)]
        found = editing.preview(library, _which(asked), operations, overrule=asked.overrule, most=editing.MOST)
    except (BadInput, InvalidRecord) as problem:
        return _form(asked.with_error(str(problem)), 400)
    back = frame.links().problems() if asked.action == "mend" else frame.links().bulk("", asked.pairs)
    place = jobs.keep(library, found, operations, asked.overrule, actor().name, back) if found.seen else ""
    view = preview_page(asked, operations, found, place, back, frame.links())
    return frame.private(frame.page("bulk/preview.html", view, "review"))


@bp.post("/bulk/apply")
def apply() -> Response:
    """Do what a preview showed, in the background."""
    why = squash(clean(request.form.get("why", "")))[:WHY]
    try:
        run = jobs.begin(frame.library(), request.form.get("preview", ""), actor().name, why)
    except Conflict as problem:
        return frame.error(409, "changed", what=frame.links().review, detail=str(problem))
    return frame.moved(frame.links().bulk(f"/{run}"), 303)


@bp.get("/bulk/<int:run>")
def report(run: int) -> Response:
    """How far a run is, or what came of it."""
    view = report_page(run, jobs.report(frame.library(), run), frame.library(), frame.links())
    return frame.private(frame.page("bulk/report.html", view, "review"))


@bp.get("/bulk/<int:run>.json")
def report_json(run: int) -> Response:
    """The same as JSON."""
    return frame.private(
        frame.as_json(twin(report_page(run, jobs.report(frame.library(), run), frame.library(), frame.links())))
    )


@bp.post("/bulk/<int:run>/continue")
def go_on(run: int) -> Response:
    """Go on with a run that was interrupted."""
    try:
        jobs.go_on(frame.library(), run, actor().name)
    except Conflict as problem:
        return frame.error(409, "changed", what=frame.links().bulk(f"/{run}"), detail=str(problem))
    return frame.moved(frame.links().bulk(f"/{run}"), 303)


def _value(name: str) -> str:
    """A value as it was sent, too long where it is; more of it is not carried about."""
    return request.form.get(name, "")[: TEXT + 1]


def _form(asked: Asked, status: int = 200) -> Response:
    found = _which(asked)
    total = editing.how_many(frame.library(), found)
    view = bulk_page(asked, total, frame.links())
    return frame.private(frame.page("bulk/form.html", view, "review", status))


def _operation(asked: Asked) -> Operation:
    if asked.action == "mend":
        mending.named([asked.field] if asked.field else [], to_mend=True)
        return Operation("mend", asked.field)
    return operation(asked.action, asked.field, asked.value, asked.new, asked.words)


def _which(asked: Asked) -> SearchState | list[str]:
    if asked.ids:
        return list(asked.ids)
    if asked.source == "list":
        found = listing.opened(frame.library(), mylist.own_token()) or listing.NOTHING
        return [one.record_id for one in found.entries]
    return asked.state


def _asked(ids: Iterable[str], source: str, pairs: Iterable[tuple[str, str]]) -> Asked:
    wanted = tuple(dict.fromkeys(id for id in ids if mylist.ID.fullmatch(id)))[: listing.MOST]
    state, _ = SearchState.from_args([pair for pair in pairs if pair[0] not in ("id", "from", "token")])
    return Asked(wanted, "list" if source == "list" else "", state.with_page(1))


def _pairs(query: str) -> list[tuple[str, str]]:
    if len(query) > LONGEST:
        raise BadInput(f"A search can have {LONGEST:,} characters in its address. Nothing was changed.")
    try:
        return parse_qsl(re.sub(r"^\?", "", query), max_num_fields=500)
    except ValueError as problem:
        raise BadInput("This search has too many parameters. Nothing was changed.") from problem
