"""Corrections: the form in which any reader says what is wrong with a record, and the page where editors decide."""

import re
from contextlib import suppress

from flask import Blueprint, Response, request

from litbase.errors import BadInput, Conflict, NotFound
from litbase.library import corrections
from litbase.record.text import clean, squash
from litbase.store.values import Stored
from litbase.web import frame
from litbase.web.acting import actor
from litbase.web.record import public_record
from litbase.web.views.corrections import Sent, correct_page, corrections_page

bp = Blueprint("corrections", __name__)
STATES = ("waiting", "accepted", "declined")


@bp.get("/record/<id>/correct")
def form(id: str) -> Response:
    """The form for one record."""
    stored = public_record(id, "/correct")
    return stored if isinstance(stored, Response) else _form(stored, Sent())


@bp.post("/record/<id>/correct")
def send(id: str) -> Response:
    """Keep what a reader says; nothing is changed before an editor has seen it."""
    stored = public_record(id, "/correct")
    if isinstance(stored, Response):
        return stored
    texts = {one.name: text for one in corrections.asked(stored.record)
             if (text := request.form.get(f"f-{one.name}")) is not None}  # fmt: skip
    sent = Sent(texts, _text("message"), _text("name"), _text("contact"))
    if request.form.get("website"):  # a field that people do not see, and programs fill in
        return _form(stored, Sent(done=True))
    try:
        corrections.send(frame.library(), stored, texts, message=sent.message, name=sent.name, contact=sent.contact)
    except BadInput as problem:
        return _form(stored, sent.with_error(str(problem)), 422)
    return _form(stored, Sent(done=True))


@bp.get("/corrections")
def queue() -> Response:
    """What readers sent in: what waits, or what was decided."""
    return frame.page("corrections/queue.html", _queue(), "review")


@bp.post("/corrections/<int:nr>/<any(accept, decline):verb>")
def decide(nr: int, verb: str) -> Response:
    """Change the record as the reader says, or leave it as it is."""
    library, links = frame.library(), frame.links()
    why = squash(_text("why"))[:1_000]
    try:
        if verb == "accept":
            seen = request.form.get("seen", "")
            if not re.fullmatch("[1-9][0-9]{0,9}", seen):
                raise BadInput("The form lacks the version of the record. Nothing was changed.")
            corrections.accept(library, nr, who=actor().name, seen=int(seen), why=why)
        else:
            corrections.decline(library, nr, who=actor().name, why=why)
    except Conflict as problem:
        return frame.error(409, "changed", what=links.corrections(), detail=str(problem))
    return frame.moved(links.corrections(), 303)


@bp.post("/corrections/decline")
def decline_several() -> Response:
    """Leave the records of several corrections as they are; what somebody else has decided meanwhile stays decided."""
    numbers = [int(nr) for nr in request.form.getlist("nr")[: corrections.PAGE] if re.fullmatch("[1-9][0-9]{0,8}", nr)]
    if not numbers:
        raise BadInput("The form names no correction. Nothing was declined.")
    for nr in numbers:
        with suppress(Conflict, NotFound):
            corrections.decline(frame.library(), nr, who=actor().name, why=squash(_text("why"))[:1_000])
    return frame.moved(frame.links().corrections(), 303)


def _form(stored: Stored, sent: Sent, status: int = 200) -> Response:
    view = correct_page(stored, sent, frame.library(), frame.links())
    return frame.page("corrections/form.html", view, status=status)


def _queue() -> object:
    asked, page = request.args.get("state", ""), request.args.get("page", "")
    state = asked if asked in STATES else STATES[0]
    number = int(page) if re.fullmatch("[1-9][0-9]{0,4}", page) else 1
    found, total = corrections.page(frame.library(), state, number)
    return corrections_page(found, total, state, number, frame.library(), frame.links())


def _text(name: str) -> str:
    return clean(request.form.get(name, ""))
