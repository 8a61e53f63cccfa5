"""Forms of names for editors: candidates, what joining or separating would change, decisions and their undoing."""

import re

from flask import Blueprint, Response, current_app, request

from litbase.errors import BadInput, Conflict
from litbase.library import Library
from litbase.library import variants as deciding
from litbase.library.candidates import Candidates, undecided
from litbase.record.text import clean, squash
from litbase.vocabulary.variants import KINDS
from litbase.web import frame
from litbase.web.acting import actor
from litbase.web.views.variants import VariantsPage, decided_page, preview_page, twin, variants_page

bp = Blueprint("variants", __name__)
WHY = 1_000  # characters of a note


def counted(library: Library) -> dict[str, object]:
    """What an application keeps for these pages, by its name among the extensions."""
    return {"litbase-variants": Candidates(library)}


@bp.get("/variants")
def index() -> Response:
    """The candidates of one kind, the most likely first."""
    return frame.private(frame.page("variants/index.html", _candidates(), "variants"))


@bp.get("/variants.json")
def index_json() -> Response:
    """The same as JSON."""
    return frame.private(frame.as_json(twin(_candidates())))


@bp.get("/variants/decided")
def decided() -> Response:
    """What was decided, the newest first."""
    kind = _kind()
    view = decided_page(kind, deciding.steps(frame.library(), kind), _number("page"), frame.links())
    return frame.private(frame.page("variants/decided.html", view, "variants"))


@bp.get("/variants/preview")
def preview() -> Response:
    """What a decision would change: joining each `form` into `into`, or separating the `form` from it."""
    kind, action = _kind(), "separate" if request.args.get("do") == "separate" else "join"
    forms, into = [_line(form) for form in request.args.getlist("form")], _line(request.args.get("into", ""))
    library, links = frame.library(), frame.links()
    try:
        if action == "separate":
            one = next((form for form in forms if form != into), "")
            view = preview_page(
                deciding.preview_separate(library, kind, one, into), action, (one,), into, _back(kind), links
            )
        else:
            wanted = [form for form in dict.fromkeys(forms) if form != into]
            seen = deciding.preview_join(library, kind, wanted, into)
            view = preview_page(seen, action, wanted, into, _back(kind), links)
    except Conflict as problem:
        return _moved_on(kind, problem)
    return frame.private(frame.page("variants/preview.html", view, "variants"))


@bp.post("/variants/join")
def join() -> Response:
    """Let each `form` be found under `into`."""
    kind = _kind()
    forms, into = [_line(form) for form in request.form.getlist("form")], _line(request.form.get("into", ""))
    try:
        done = deciding.join(frame.library(), kind, forms, into, who=actor().name, why=_why(), seen=_seen())
    except Conflict as problem:
        return _moved_on(kind, problem)
    return _decided(kind, done.run)


@bp.post("/variants/separate")
def separate() -> Response:
    """Let the `form` and `into` be two."""
    kind = _kind()
    one, other = _line(request.form.get("form", "")), _line(request.form.get("into", ""))
    try:
        done = deciding.separate(frame.library(), kind, one, other, who=actor().name, why=_why(), seen=_seen())
    except Conflict as problem:
        return _moved_on(kind, problem)
    return _decided(kind, done.run)


@bp.post("/variants/undo")
def undo() -> Response:
    """Take back what a run decided."""
    kind, run = _kind(), request.form.get("run", "")
    if not re.fullmatch("[1-9][0-9]{0,9}", run):
        raise BadInput("The form lacks the number of a decision. Nothing was changed.")
    try:
        deciding.undo(frame.library(), int(run), who=actor().name, why=_why())
    except Conflict as problem:
        return _moved_on(kind, problem)
    return frame.moved(frame.links().variants("/decided", kind=kind), 303)


def _candidates() -> VariantsPage:
    kind, library = _kind(), frame.library()
    kept: Candidates = current_app.extensions["litbase-variants"]
    found = kept.now(kind)
    left = None if found is None else list(undecided(found, library.store.variants()))
    return variants_page(kind, left, _number("page"), _number("done", 0), library, frame.links())


def _decided(kind: str, run: int) -> Response:
    page = request.form.get("page", "")
    number = page if re.fullmatch("[1-9][0-9]{0,5}", page) and page != "1" else ""
    return frame.moved(frame.links().variants(kind=kind, page=number, done=str(run)), 303)


def _moved_on(kind: str, problem: Conflict) -> Response:
    return frame.error(409, "changed", what=frame.links().variants(kind=kind), detail=str(problem))


def _kind() -> str:
    """The kind that is asked for; authors where it is none of KINDS."""
    asked = request.values.get("kind", "")
    return asked if asked in KINDS else KINDS[0]


def _back(kind: str) -> str:
    return frame.links().variants(kind=kind)


def _number(name: str, otherwise: int = 1) -> int:
    asked = request.args.get(name, "")
    return int(asked) if re.fullmatch("[1-9][0-9]{0,8}", asked) else otherwise


def _line(text: str) -> str:
    return squash(clean(text[: 2 * deciding.LONGEST]))


def _why() -> str:
    return squash(clean(request.form.get("why", "")))[:WHY]


def _seen() -> str:
    return request.form.get("seen", "")[:64]
