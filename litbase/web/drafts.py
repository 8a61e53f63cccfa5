"""Drafts on the server: keeping what is in the form, the list of one's own, opening and deleting one."""

from typing import Final

from flask import Blueprint, Response, request
from werkzeug.datastructures import ImmutableMultiDict

from litbase.errors import BadInput
from litbase.library import drafts
from litbase.record.text import clean
from litbase.web import edit, frame
from litbase.web.acting import actor
from litbase.web.views.start import drafts_page

bp = Blueprint("drafts", __name__)
LEFT_OUT: Final = frozenset(
    {"token", "do", "draft", "id", "version", "mend", "term", "to", "asked", "seen"}
)  # of a form: what its buttons say, and what is kept beside it


@bp.get("/drafts")
def index() -> Response:
    """The drafts of whoever asks."""
    view = drafts_page(frame.library(), frame.links(), actor(), request.args.get("deleted") == "1")
    return frame.page("edit/drafts.html", view, "drafts")


@bp.post("/drafts/save")
def keep() -> Response:
    """Keep what is in the form: the page with the draft opened, or its number and time as JSON."""
    sent, person = request.form, actor()
    pairs = [(name, value) for name, value in sent.items(multi=True) if name not in LEFT_OUT]
    kept = drafts.save(
        frame.library(), person, pairs, sent.get("title", ""), nr=sent.get("draft", ""),
        id=clean(sent.get("id", ""))[:64], version=drafts.number(sent.get("version", "")[:9]),
    )  # fmt: skip
    if frame.wants_json():
        return frame.as_json({"draft": kept.nr, "saved_at": kept.saved_at})
    return frame.moved(frame.links().drafts(f"/{kept.nr}"), 303)


@bp.get("/drafts/<int:nr>")
def show(nr: int) -> Response:
    """The form as it was kept; where its record has changed since, beside what stands now (409)."""
    found = drafts.draft(frame.library(), actor(), nr)
    pairs = [*drafts.form_of(found), ("draft", str(nr)), ("do", "continue" if found.record_id else "open")]
    pairs += [("id", found.record_id), ("version", str(found.version))]
    request.form = ImmutableMultiDict(pairs)  # the draft takes the place of a form that was sent; neither saves it
    return edit.save(found.record_id) if found.record_id else edit.add()


@bp.post("/drafts/delete")
def drop() -> Response:
    """Delete a draft."""
    if not drafts.delete(frame.library(), actor(), request.form.get("draft", "")):
        raise BadInput("You have no such draft. Nothing was deleted.")
    return frame.moved(frame.links().drafts("?deleted=1"), 303)
