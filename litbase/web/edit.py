"""Adding a record and editing one: the form, what follows it while it is typed, and what becomes of it when it is sent.

Every button of the form sends all of it and gets it back, so that nothing typed is lost without scripts either.
"""

import re
import secrets
from collections.abc import Iterable
from contextlib import suppress
from typing import Final

from flask import Blueprint, Response, request

from litbase.errors import BadInput, Conflict, InvalidRecord, NotSaved, StoreAway
from litbase.library import drafts, same_work
from litbase.library.describing import suggestions
from litbase.library.editing import edit as decide
from litbase.library.forms import (
    Flaw,
    Form,
    Known,
    Person,
    add_typed,
    changes,
    flaws,
    form_of,
    known,
    put_right,
    read,
    settle,
    terms,
    typed_before,
)
from litbase.library.values import Stored
from litbase.record.kinds import BY_NAME as KINDS
from litbase.record.notices import sentence
from litbase.record.record import Record
from litbase.record.text import clean, squash
from litbase.web import frame, sent
from litbase.web.acting import actor
from litbase.web.guesses import records_like
from litbase.web.views.conflict import conflict_page
from litbase.web.views.edit import Suggested, Typed, check_twin, edit_page, preview, split_rows
from litbase.web.views.like import like_view
from litbase.web.views.start import StartView, start_view

bp = Blueprint("edit", __name__)
ACT: Final = re.compile(r"(up|down|remove)-([1-9]\d{0,3})")
SAVED_COOKIE: Final = "litbase-saved"  # tells the browser which of the drafts it keeps are saved
REMEMBERED: Final = 8  # of them
MEANWHILE: Final = "Somebody saved this work while you typed. Compare your entry with the record that is here now."
SAVING: Final = frozenset({"save", "save-new", "settle", "continue"})


@bp.get("/new")
def new() -> Response:
    """An empty form; `type` says of which kind, `from` what to begin with."""
    kind = request.args.get("type", "")
    form = form_of(Record()).with_kind(kind if kind in KINDS and kind != "cited" else "article-journal")
    begun = start_view(frame.library(), frame.links(), actor(), request.args.get("from", ""))
    saved = request.args.get("saved", "")
    stored = frame.library().store.get(saved[:64]) if saved else None
    return form_page(form, start=begun, posted=False, saved=frame.links().record(stored.id) if stored else "")


@bp.post("/new")
def add() -> Response:
    """Save a new record, or do what another button of the form says."""
    form = sent.typed_form()
    if (do := sent.button()) not in SAVING:
        return form_page(_done(form, None, do))
    record = read(form).record
    library, different = frame.library(), request.form.getlist("different")
    numbered, likes = known(library, record), same_work.like(library, record)
    near = [*(one.id for one in numbered), *(one.other.id for one in likes)]
    if sent_before := typed_before(library, record, actor().name, sent.entry(), near):
        return _saved(sent_before, do)
    problems = list(map(_taken, numbered))
    if any(flaw.blocks for flaw in flaws(form)) or problems or same_work.unanswered(likes, different):
        return form_page(form, problems=problems, failed=True, status=422)
    try:
        outcome = add_typed(library, record, actor().name, sent.why(), sent.entry())
    except Conflict:  # somebody else saved this work since it was looked for
        problems = [*map(_taken, known(library, record)), Flaw("", MEANWHILE, blocks=True)]
        return form_page(form, problems=problems, failed=True, status=409)
    same_work.settle(library, outcome.id, likes, different, who=actor().name)
    return _saved(outcome.id, do)


@bp.get("/record/<id>/edit")
def edit(id: str) -> Response:
    """The form of a record."""
    stored = _stored(id)
    if isinstance(stored, Response):
        return stored
    return form_page(form_of(stored.record), stored=stored, posted=False)


@bp.post("/record/<id>/edit")
def save(id: str) -> Response:
    """Save what was changed in a record, or do what another button of the form says; 409 where it has moved on."""
    stored = _found(id)
    if stored is None:
        return _absent(id)
    form, version, do = sent.typed_form(), sent.version(), sent.button()
    before = _as_seen(stored, version)
    if do not in SAVING:
        return form_page(_done(form, before, do), stored=stored, version=version)
    if request.form.get("asked"):
        form = settle(form, _seen(stored), before, request.form).form
    if stored.version != version or stored.state == "merged":
        return _conflict(stored, form, before)
    if do == "continue":
        return form_page(form, stored=stored, version=version)
    if any(flaw.blocks for flaw in flaws(form, before)):
        return form_page(form, stored=stored, version=version, failed=True, status=422)
    return _decide(stored, form, before, version, do)


@bp.post("/record/<id>/state")
def state(id: str) -> Response:
    """Withdraw a record, bring it back, make it public or a draft."""
    stored = _found(id)
    if stored is None:
        return _absent(id)
    wanted, why = request.form.get("state", ""), sent.why()
    if wanted == "withdrawn" and not why:
        raise BadInput("Say why the record is withdrawn: the reason is shown in its place.")
    if wanted not in ("public", "draft", "withdrawn"):
        raise BadInput("A record is made public, a draft, or withdrawn.")
    if not (seen := sent.version()):
        raise BadInput("The form lacks the version of the record. Nothing was changed.")
    try:
        frame.library().store.set_state(stored.id, wanted, actor().name, why, seen)
    except Conflict:
        return frame.moved(frame.links().edit(stored.id), 303)
    where = frame.links().record(stored.id) if wanted == "public" else frame.links().edit(stored.id)
    return frame.moved(where, 303)


@bp.post("/edit/preview")
def follow() -> Response:
    """What stands beside the form: the citation, and what to look at before saving."""
    form, before = sent.typed_form(), _edited()
    view = preview(frame.library(), form, before, request.form.get("style", ""))
    return frame.page("edit/_preview.html", view)


@bp.post("/edit/check.json")
def check() -> Response:
    """What is wrong and right with each field, as JSON."""
    form, before, id = sent.typed_form(), _edited(), request.form.get("id", "")[:64]
    taken = _key_taken(read(form, before).record, before or Record(), id)
    return frame.as_json(check_twin(form, before, frame.library(), taken))


@bp.get("/edit/terms.json")
def suggest() -> Response:
    """The descriptors that what is typed may become, and those that the whole of it stands for, as JSON."""
    q = squash(clean(request.args.get("q", "")[:200]))
    found = terms(frame.library(), q)
    listed = [{"name": term.name, "other": term.other} for term in found.found]
    return frame.as_json({"q": q, "terms": listed, "exact": list(found.exact), "checked": found.checked})


@bp.errorhandler(NotSaved)
def keep(problem: NotSaved) -> Response:
    """The form as it was sent, and why it could not be saved now."""
    if request.endpoint not in ("edit.add", "edit.save") or isinstance(problem, StoreAway):
        return frame.unsaved(problem)
    form, stored = sent.typed_form(), _found(request.view_args["id"]) if request.view_args else None
    if stored and request.form.get("asked"):
        form = settle(form, _seen(stored), _as_seen(stored, sent.version()), request.form).form
    text = str(problem)
    told = Flaw("", f"{text[:1].upper()}{text[1:]}. What you wrote is still here: save it again later.", blocks=True)
    version = sent.version() if stored else None
    return form_page(form, stored=stored, version=version, problems=[told], failed=True, status=problem.status)


def form_page(
    form: Form,
    *,
    stored: Stored | None = None,
    version: int | None = None,
    start: StartView | None = None,
    problems: Iterable[Flaw] = (),
    posted: bool = True,
    failed: bool = False,
    status: int = 200,
    saved: str = "",
    entry: str | None = None,
    draft: str | None = None,
) -> Response:
    """The page of *form*, filled and not saved: for a new record, or for *stored*, of which *version* is edited.

    *start* is what stands above a new one; *problems* are told beside those of the form; *failed* shows what kept it
    from being saved.  Whatever else was typed, the note, the style, answers, comes from the request.
    """
    library, links = frame.library(), frame.links()
    seen = stored.version if stored and version is None else version or 0
    before = _as_seen(stored, seen) if stored else None
    record = read(form, before).record
    likes = same_work.like(library, record, stored.id if stored else "")
    typed = Typed(
        form=form,
        stored=stored,
        before=before,
        version=seen,
        entry=entry if entry is not None else sent.entry() or secrets.token_hex(16),
        why=sent.why(),
        draft=draft if draft is not None else request.form.get("draft", "")[:20],
        style=request.form.get("style", "") or request.cookies.get("litbase-style", ""),
        posted=posted,
        problems=tuple(problems),
        failed=failed,
        saved=saved,
        suggested=_suggested(record),
        start=start if start or stored else start_view(library, links, actor()),
        to_new=bool(stored) and (bool(start) or request.form.get("next") == "new"),
        like=like_view(links, record, likes, request.form.getlist("different"), new=stored is None),
    )
    template = "edit/_body.html" if frame.fragment("fields") else "edit/index.html"
    return frame.page(template, edit_page(library, links, typed), "edit", status=status)


def _suggested(record: Record) -> tuple[Suggested, ...]:
    """Descriptors that title and abstract of *record* suggest; () before there is a title."""
    found = suggestions(frame.library(), record) if record.title else ()
    return tuple(Suggested(one.descriptor, "; ".join(map(sentence, one.reasons))) for one in found)


def _done(form: Form, before: Record | None, do: str) -> Form:
    """*form* after a button of it was pressed that saves nothing."""
    rows = form.people or ()
    split = split_rows(rows)
    people = list(split if len(split) <= sent.MOST_ROWS else rows)
    if term := request.form.get("term", ""):
        listed = form.text("descriptors").rstrip()
        return form.with_values(descriptors=f"{listed}\n{term}" if listed else term)
    if field := request.form.get("mend", ""):
        mends = {flaw.field: flaw.instead for flaw in flaws(form, before) if flaw.instead}
        return form.with_values(**{field: mends[field]}) if field in mends else form
    if do == "terms":
        record = read(form, before).record
        descriptors, keywords = put_right(frame.library(), record.descriptors, record.keywords)
        return form.with_values(descriptors="\n".join(descriptors), keywords="\n".join(keywords))
    if do == "add-person":
        people.append(Person(role=people[-1].role if people else "author"))
    elif found := ACT.fullmatch(do):
        _move(people, found[1], int(found[2]) - 1)
    return form if form.people is None else form.with_people(people)


def _move(people: list[Person], how: str, at: int) -> None:
    """Take a row away, or let it change places with its neighbour."""
    if not 0 <= at < len(people):
        return
    if how == "remove":
        del people[at]
        return
    to = at + (1 if how == "down" else -1)
    if 0 <= to < len(people):
        people[at], people[to] = people[to], people[at]


def _decide(stored: Stored, form: Form, before: Record, version: int, do: str) -> Response:
    """Save the changes; what another editor did in the same moment is told."""
    library, record = frame.library(), read(form, before).record
    likes = same_work.like(library, record, stored.id)
    changed = changes(before, record)
    if taken := _key_taken(record, before, stored.id):
        return form_page(form, stored=stored, version=version, problems=taken, failed=True, status=422)
    try:
        if changed:
            decide(library, stored.id, changed, who=actor().name, why=sent.why(), version=version)
    except Conflict:
        return _conflict(_found(stored.id) or stored, form, before)
    except InvalidRecord as problem:
        return form_page(form, stored=stored, version=version, problems=[_told(problem)], failed=True, status=422)
    same_work.settle(library, stored.id, likes, request.form.getlist("different"), who=actor().name)
    return _saved(stored.id, do)


def _key_taken(record: Record, before: Record, id: str) -> list[Flaw]:
    """What to say where *record*, which was *before*, is given the citation key of another record than *id*."""
    if record.citation_key == before.citation_key:
        return []
    return [_taken(one) for one in known(frame.library(), record, id) if one.field == "citation_key"]


def _taken(one: Known) -> Flaw:
    """That a number or citation key is another record's."""
    if one.field == "citation_key":
        told = f"The citation key {one.value} belongs to {one.id}, “{one.title or 'without a title'}”. Choose another."
    else:
        told = f"{one.title or one.id} has this number already ({one.id}). Correct that record, or this number."
    return Flaw(one.field, told, blocks=True)


def _told(problem: InvalidRecord) -> Flaw:
    """What the store does not take, at the field that it names."""
    text = str(problem)
    field = "citation_key" if "citation key" in text or text.endswith("is no citation key") else ""
    return Flaw(field, f"{text[:1].upper()}{text[1:]}.", blocks=True)


def _saved(id: str, do: str) -> Response:
    """Where one is led after saving; the browser is told that what it keeps of this form is saved."""
    library, links = frame.library(), frame.links()
    if draft := request.form.get("draft", ""):
        with suppress(NotSaved):  # the record is saved; the draft stays
            drafts.delete(library, actor(), draft)
    stored = library.store.get(id)
    public = stored is not None and stored.state == "public"
    to_new = do == "save-new" or request.form.get("next") == "new"  # where it was begun
    where = links.new(saved=id) if to_new else links.record(id) if public else links.edit(id)
    response = frame.moved(where, 303)
    known_entries = [one for one in request.cookies.get(SAVED_COOKIE, "").split(".") if sent.ENTRY.fullmatch(one)]
    entries = ".".join([*filter(None, [sent.entry()]), *known_entries][:REMEMBERED])
    response.set_cookie(SAVED_COOKIE, entries, max_age=86_400, path=links.home, secure=links.secure, samesite="Lax")
    return response


def _conflict(stored: Stored, form: Form, before: Record) -> Response:
    """The page that puts *form*, by which somebody edits *before*, beside what stands now."""
    library, links = frame.library(), frame.links()
    history = library.store.history(stored.id)
    now = (library.store.get(stored.merged_into) if stored.state == "merged" else None) or stored
    settled = settle(form, before, now.record, {})
    more = [(name, request.form.get(name, "")) for name in ("entry", "draft", "style", "next")]
    more += [("asked", stored.id), ("seen", str(sent.version()))]
    hidden = (*sent.pairs_of(form), *more)
    view = conflict_page(links, now, stored.id, history[-1] if history else None, settled, hidden, sent.why())
    return frame.page("edit/conflict.html", view, "edit", status=409)


def _found(id: str) -> Stored | None:
    return frame.library().store.get(id[:64])


def _absent(id: str) -> Response:
    library, links = frame.library(), frame.links()
    return frame.error(404, "record", what=id, offers=records_like(library, links, id))


def _stored(id: str) -> Stored | Response:
    """The record *id*, in whatever state; of a merged one, where the other is edited."""
    stored = _found(id)
    if stored is None:
        return _absent(id)
    if stored.state == "merged" or stored.id != id:
        return frame.moved(frame.links().edit(stored.merged_into or stored.id))
    return stored


def _as_seen(stored: Stored, version: int) -> Record:
    """The record as it was in that version; as it stands where there is none."""
    if version == stored.version:
        return stored.record
    past = frame.library().store.revisions([(stored.id, version)]).get((stored.id, version))
    return past.after if past else stored.record


def _seen(stored: Stored) -> Record:
    """What the editor saw before two versions were put together, of this record or the one that became part of it."""
    asked, seen = request.form.get("asked", "")[:64], sent.number(request.form.get("seen", ""))
    other = _found(asked) if asked != stored.id else stored
    return _as_seen(other or stored, seen)


def _edited() -> Record | None:
    """What is edited by the form that is sent; None for a new record."""
    stored = _found(request.form.get("id", ""))
    return _as_seen(stored, sent.version()) if stored else None
