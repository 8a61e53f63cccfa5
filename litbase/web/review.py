"""Review: what waits for editors, the board of problems, and the records that have one of them."""

import re

from flask import Blueprint, Response, request

from litbase.errors import BadInput, Conflict, NotFound
from litbase.library import reviewing
from litbase.library.mending import board
from litbase.record.text import clean, squash
from litbase.web import frame, posting
from litbase.web.acting import actor
from litbase.web.views.review import board_page, hub_page, listed_page, twin

bp = Blueprint("review", __name__)


@bp.get("/review")
def hub() -> Response:
    """What waits, with where to do it."""
    view = hub_page(reviewing.waiting(frame.library(), actor()), frame.links())
    return frame.private(frame.page("review/index.html", view, "review"))


@bp.get("/review/problems")
def problems() -> Response:
    """How many records have each problem."""
    view = board_page(board(frame.library()), reviewing.bare(frame.library()), frame.links())
    return frame.private(frame.page("review/board.html", view, "review"))


@bp.get("/review/problems.json")
def problems_json() -> Response:
    """The same as JSON."""
    view = board_page(board(frame.library()), reviewing.bare(frame.library()), frame.links())
    return frame.private(frame.as_json(twin(view)))


@bp.get("/review/problems/<code>")
def listed(code: str) -> Response:
    """The records that have one problem."""
    asked = request.args.get("page", "")
    number = int(asked) if re.fullmatch("[1-9][0-9]{0,6}", asked) else 1
    try:
        found = reviewing.listed(frame.library(), code, number)
    except BadInput as problem:
        raise NotFound(str(problem)) from problem
    return frame.private(frame.page("review/listed.html", listed_page(found, frame.links()), "review"))


@bp.post("/review/problems/fix")
def fix() -> Response:
    """Mend a problem of one record."""
    id, seen, back = _sent()
    codes = [code for code in request.form.getlist("code") if code]
    try:
        done = reviewing.fix(frame.library(), id, codes, who=actor().name, seen=seen)
    except Conflict as problem:
        return frame.error(409, "changed", what=frame.links().record(id), detail=str(problem))
    if done == "kept":
        raise BadInput("An editor decided this; it is not mended by itself. Edit the record to change it.")
    return frame.moved(back, 303)


@bp.post("/review/problems/describe")
def describe() -> Response:
    """Give a record the descriptors that were chosen."""
    id, seen, back = _sent()
    chosen = [squash(clean(name[:300])) for name in request.form.getlist("descriptor")]
    try:
        reviewing.describe(frame.library(), id, chosen, who=actor().name, seen=seen)
    except Conflict as problem:
        return frame.error(409, "changed", what=frame.links().record(id), detail=str(problem))
    return frame.moved(back, 303)


def _sent() -> tuple[str, int, str]:
    """The record, the version that was seen, and where to go on.  Raises BadInput."""
    id, seen = request.form.get("id", ""), request.form.get("seen", "")
    if not re.fullmatch("[A-Za-z0-9-]{1,64}", id) or not re.fullmatch("[1-9][0-9]{0,9}", seen):
        raise BadInput("The form lacks the record or its version. Nothing was changed.")
    return id, int(seen), posting.way_back(frame.links().problems())
