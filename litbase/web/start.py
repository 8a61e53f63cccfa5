"""Starting the form from a number, an address or a text; the note about likenesses; corrections of another record.

Nothing here changes a record, and only what is posted is looked up elsewhere: a GET never makes the server fetch.
"""

from typing import Final

from flask import Blueprint, Response, request

from litbase.errors import BadInput, NoAnswer, NotFound
from litbase.library.converting import Converted
from litbase.library.forms import form_of
from litbase.library.forms import read as typed_record
from litbase.library.same_work import corrections, like
from litbase.library.starting import Found, asked, looked_up, read
from litbase.record.record import Record, replace
from litbase.record.text import clean
from litbase.web import edit, frame, sent
from litbase.web.acting import actor
from litbase.web.turns import Crowded, turns
from litbase.web.views.like import LikeFragment, like_view
from litbase.web.views.start import (
    StartView,
    corrected_view,
    start_view,
    with_entries,
    with_filled,
    with_problem,
)

bp = Blueprint("start", __name__)
NOTHING: Final = "Write a DOI, ISBN, ERIC number or web address, or paste the text of an entry."
NOT_UNDERSTOOD: Final = "No work was understood in this text."


@bp.post("/new/start")
def begin() -> Response:
    """The form filled from what was given; else the form as it was, and why nothing came of it."""
    given, text = _asked_for()
    library, links = frame.library(), frame.links()
    view = start_view(library, links, actor(), given, text)
    try:
        if text:
            with turns().turn(actor().name):
                found = read(library, text)
            return _shown(view, found)
        return _looked_up(view, given)
    except Crowded as crowded:
        response = _again(with_problem(view, str(crowded)), crowded.status)
        response.headers["Retry-After"] = str(crowded.seconds)
        return response
    except (BadInput, NoAnswer) as problem:
        return _again(with_problem(view, str(problem)), 422)


@bp.post("/new/like")
def alike() -> Response:
    """The note about what the work in the form may be, for the page that shows the form."""
    library, id = frame.library(), request.form.get("id", "")[:64]
    stored = library.store.get(id) if id else None
    record = typed_record(sent.typed_form(), stored.record if stored else None).record
    likes = like(library, record, stored.id if stored else "")
    shown = like_view(frame.links(), record, likes, request.form.getlist("different"), new=stored is None)
    return frame.page("edit/_like.html", LikeFragment(shown))


@bp.get("/new/corrections")
def corrected() -> Response:
    """The form of a new record: what was to be corrected is sent along with a form, and is not kept in an address."""
    return frame.moved(frame.links().new())


@bp.post("/new/corrections")
def correct() -> Response:
    """The form of another record, with what was typed for a new one put into it; nothing is saved."""
    library, links, id = frame.library(), frame.links(), request.form.get("to", "")[:64]
    other = library.store.get(id)
    if other is not None and other.state == "merged":
        other = library.store.get(other.merged_into)
    if other is None:
        raise NotFound(f"there is no record {id}")
    changes = corrections(typed_record(sent.typed_form()).record, other.record)
    form = form_of(replace(other.record, **changes))
    view = corrected_view(library, links, actor(), tuple(changes))
    return edit.form_page(form, stored=other, version=other.version, start=view)


def _asked_for() -> tuple[str, str]:
    """What is to be looked up, and the text that is to be read; one of the two is ""."""
    sent = request.form
    given = clean(sent.get("ask") or sent.get("given", "")).strip()
    text = clean(sent.get("text", "").replace("\r\n", "\n")).strip()
    is_text = "ask" not in sent and bool(text) and ("read" in sent or "only" in sent or not given)
    if not is_text and not asked(given) and given:
        return "", given  # an entry on one line
    if is_text and asked(text):
        return text, ""
    return ("", text) if is_text else (given, "")


def _looked_up(view: StartView, given: str) -> Response:
    ask = asked(given)
    if ask is None:
        raise BadInput(NOTHING)
    if view.here and not request.form.get("anyway"):
        return _again(view)
    with turns().turn(actor().name):
        found = looked_up(frame.library(), given, ask)
    return _shown(view, found)


def _shown(view: StartView, found: Found) -> Response:
    """The form filled with the one entry of *found*, or the one that was chosen; else the entries to choose from."""
    if entry := found.only or _chosen(found):
        assert entry.record is not None
        return edit.form_page(form_of(entry.record), start=with_filled(view, found, entry))
    if not any(one.record or one.kind == "identifiers" for one in found.entries):
        raise BadInput(NOT_UNDERSTOOD)
    return _again(with_entries(view, frame.library(), frame.links(), found))


def _chosen(found: Found) -> Converted | None:
    number = request.form.get("only", "")
    at = int(number) - 1 if number.isascii() and number.isdigit() and len(number) < 6 else -1
    entry = found.entries[at] if 0 <= at < len(found.entries) else None
    return entry if entry and entry.record else None


def _again(view: StartView, status: int = 200) -> Response:
    """The form as it was sent along, an empty one without."""
    form = sent.typed_form() if "people" in request.form else form_of(Record(type="article-journal"))
    return edit.form_page(form, start=view, posted=False, status=status)
