"""Duplicates for editors: the queue of pairs, two records beside each other, several pairs at once, and any two."""

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from flask import Blueprint, Response, request

from litbase.errors import BadInput, Conflict, NotFound
from litbase.library import clearing, finding
from litbase.library import duplicates as judging
from litbase.library.duplicates import OTHER, THIS, VERDICTS, Of, Pair
from litbase.library.lookup import of_address
from litbase.library.values import MovedTo, Stored
from litbase.query.state import SearchState
from litbase.record.identifiers import bare_identifier, web_address
from litbase.record.notices import sentence
from litbase.record.text import clean, squash
from litbase.web import frame
from litbase.web.acting import actor
from litbase.web.views.duplicates import (
    Decision,
    FindPage,
    decision_view,
    find_page,
    kept,
    pair_page,
    queue_page,
)
from litbase.web.views.several import cleared_page, several_page

bp = Blueprint("duplicates", __name__)
WHY: Final = 1_000  # characters of a note
GIVEN: Final = 2_000  # characters that name a record
HAS_PART: Final = "has-part"  # the verdict "part-of", seen from the other record
_OWN: Final = frozenset({"at", "did", "v", "tick", "into", "token"})  # what an address says beside the search
_NUMBER: Final = re.compile("[1-9][0-9]{0,8}")
_RECORD: Final = re.compile(r"/record/([^/?#]+)")


@bp.get("/review/duplicates")
def queue() -> Response:
    """The pairs that nobody has judged, the most likely first: all, or those of a search."""
    state, unread = _state()
    narrowed = bool(state.with_page(1).with_per(10).with_sort("best").pairs())
    found = judging.queue(frame.library(), state if narrowed else None, state.page, state.per)
    links, at = frame.links(), _number("at")
    decision = _decision(state.with_page(found.page))
    ticked = request.args.get("tick") == "all"
    view = queue_page(found, state, narrowed, unread, ticked, decision, at, links)
    return frame.private(frame.page("duplicates/index.html", view, "duplicates"))


@bp.get("/review/duplicates/<one>/<other>")
def pair(one: str, other: str) -> Response:
    """Two records beside each other, and what a merge makes of them."""
    found = _pair(one, other, _id(request.args.get("into", "")))
    return found if isinstance(found, Response) else _shown(found, {})


@bp.post("/review/duplicates/<one>/<other>")
def decide(one: str, other: str) -> Response:
    """Merge two records, say how they belong together, or only show what a merge would make."""
    found = _pair(one, other, _id(request.form.get("into", "")))
    if isinstance(found, Response):
        return found
    do, library, links = request.form.get("do", ""), frame.library(), frame.links()
    turned = request.form.get("drawn", found.into) != found.into
    if do == "preview" or (do == "merge" and turned):  # nobody has seen what is proposed the other way round
        return _shown(found, _chosen(found), turned and do == "merge")
    seen = dict(zip((found.one.id, found.other.id), _versions("seen", "seen_other"), strict=True))
    given: dict[str, Any] = {"who": actor().name, "why": _why(), "seen": seen}
    try:
        if do == "merge":
            goes = found.other.id if found.into == found.one.id else found.one.id
            done = judging.merge(library, [goes], found.into, _choices(found), **given)
        elif do == HAS_PART:
            done = judging.judge(library, found.other.id, found.one.id, "part-of", **given)
        elif do in VERDICTS:
            done = judging.judge(library, found.one.id, found.other.id, do, **given)
        else:
            raise BadInput("The form does not say what to do with the two records. Nothing was changed.")
    except Conflict as problem:
        return _moved_on(links.pair(found.one.id, found.other.id), problem)
    state, _ = _state()
    at = str(_number("at") or "")
    return frame.moved(f"{links.duplicates(state, at=at, did=done.id, v=str(done.version))}#done", 303)


@bp.get("/review/duplicates/several")
def several() -> Response:
    """What one decision would do to the pairs that were ticked."""
    action = _action(request.args.get("do", ""))
    named = [tuple(text.split()) for text in dict.fromkeys(request.args.getlist("pair"))]
    if not named:
        raise BadInput("No pair was ticked. Tick pairs in the queue first.")
    if len(named) > clearing.MOST:
        raise BadInput(f"At most {clearing.MOST} pairs are decided at once; {len(named)} were ticked.")
    found = list(_standing(ids for ids in named if len(ids) == 2))
    view = several_page(found, action, len(named) - len(found), frame.links().duplicates(), frame.links())
    return frame.private(frame.page("duplicates/several.html", view, "duplicates"))


@bp.post("/review/duplicates/several")
def clear() -> Response:
    """Decide about several pairs, each by itself; what could not be done is told."""
    action, library, links = _action(request.form.get("do", "")), frame.library(), frame.links()
    pairs = [_ticked(text) for text in dict.fromkeys(request.form.getlist("pair"))]
    done = list(clearing.clear(library, pairs, action, who=actor().name, why=_why()))
    now = library.store.get_many(dict.fromkeys(one.id for one in done))
    view = cleared_page(done, now, action, links.duplicates(), links)
    return frame.private(frame.page("duplicates/cleared.html", view, "duplicates"))


@bp.get("/review/duplicates/find")
def find() -> Response:
    """Where one names the record to merge another with; leads on to the two where it is found."""
    library, links = frame.library(), frame.links()
    one = library.store.get(request.args.get("one", "")[:GIVEN])
    if one is None or one.state == "merged":
        return frame.error(404, "record", what=request.args.get("one", "")[:100])
    given = squash(clean(request.args.get("with", "")[:GIVEN]))
    ids = [id for id in dict.fromkeys(_named(given)) if id != one.id] if given else []
    if len(ids) == 1:
        return frame.moved(links.pair(one.id, ids[0]))
    others = list(library.store.get_many(ids[: clearing.MOST]).values())
    view: FindPage = find_page(one, given, others, links)
    status = 404 if given and not others else 200
    return frame.private(frame.page("duplicates/find.html", view, "duplicates", status=status))


def _pair(one: str, other: str, into: str) -> Pair | Response:
    """The two records; else the answer that says why they are no pair."""
    library, links = frame.library(), frame.links()
    found = [library.store.get(id) for id in (one, other)]
    for id, stored in zip((one, other), found, strict=True):
        if stored is None:
            return frame.error(404, "record", what=id)
        if stored.state == "merged":
            gone = Conflict(f"{stored.id} was merged into {stored.merged_into}")
            return _moved_on(links.history(stored.merged_into), gone)
    ids = [stored.id for stored in found if stored]
    if ids[0] == ids[1]:
        raise BadInput("A record cannot be merged with itself. Nothing was changed.")
    try:
        return judging.pair(library, ids[0], ids[1], next((id for id in ids if id.lower() == into.lower()), ""))
    except NotFound as problem:
        return frame.error(404, "record", what=str(problem))


def _shown(found: Pair, chosen: dict[str, str], held: bool = False) -> Response:
    library = frame.library()
    merged = judging.preview(found, _choices(found) if chosen else {})
    state, _ = _state()
    view = pair_page(found, merged, chosen, _number("at"), state, _why(), held, library, frame.links())
    return frame.private(frame.page("duplicates/pair.html", view, "duplicates"))


def _chosen(found: Pair) -> dict[str, str]:
    """What the form says for each field in which the two differ: this, other or both.

    Where the other record is to stay now, only what was chosen against the proposal that the form showed.
    """
    asked = {one.field: request.form.get(f"keep-{one.field}", "") for one in found.differences}
    drawn = _id(request.form.get("drawn", found.into))
    if drawn != found.into and drawn in (found.one.id, found.other.id):
        before = judging.pair(frame.library(), found.one.id, found.other.id, drawn)
        asked = {one.field: "" if asked.get(one.field) == kept(one, before) else asked.get(one.field, "")
                 for one in before.differences}  # fmt: skip
    return {field: choice for field, choice in asked.items() if choice}


def _choices(found: Pair) -> dict[str, Of]:
    """The choices that make another value than a merge would keep by itself."""
    chosen, choices = _chosen(found), {}
    for one in found.differences:
        side = {THIS: found.one, OTHER: found.other}.get(chosen.get(one.field, ""))
        if side is not None and getattr(side.record, one.field) != one.value:
            choices[one.field] = Of(side.id)
    return choices


def _decision(state: SearchState) -> Decision | None:
    """The decision that the address says was made, where it is in force."""
    id, version = _id(request.args.get("did", "")), _number("v")
    stored = frame.library().store.get(id) if id and version else None
    if stored is None:
        return None
    made = frame.library().store.revisions([(stored.id, version)]).get((stored.id, version))
    at = str(_number("at") or "")
    back = frame.links().duplicates(state, at=at)
    return decision_view(stored, made, back, frame.links()) if made else None


def _standing(named: Iterator[tuple[str, ...]]) -> Iterator[Pair]:
    """The pairs so named, the first of each to stay, without those that are none any more."""
    for into, other in named:
        try:
            found = judging.pair(frame.library(), into, other, into)
        except NotFound:
            continue
        if found.one.id != found.other.id and "merged" not in (found.one.state, found.other.state):
            yield found


def _ticked(text: str) -> clearing.Ticked:
    into, other, *versions = (*text.split(), *[""] * 4)[:4]
    if not other or not all(_NUMBER.fullmatch(version) for version in versions):
        raise BadInput("The form lacks a record or the version of one. Nothing was changed.")
    return clearing.Ticked(into, other, *map(int, versions))


def _action(text: str) -> str:
    if text not in (clearing.MERGE, clearing.DIFFERENT):
        raise BadInput("The form does not say what to do with the pairs. Nothing was changed.")
    return text


def _named(given: str) -> Sequence[str]:
    """Ids of the records that an id, key, identifier or address names; a merged one by the record it went into."""
    library = frame.library()
    if web_address(given):
        place = _RECORD.search(urlsplit(given).path)
        if place and (found := _id_of(unquote(place[1]))):
            return [found]
        scheme, value = of_address(given)
        return finding.identified(library, scheme, value)
    if found := _id_of(given):
        return [found]
    identifier = bare_identifier(given)
    ids = finding.identified(library, *identifier) if identifier else ()
    return ids or finding.identified(library, "key", given)


def _id_of(given: str) -> str:
    stored: Stored | None = frame.library().store.get(given)
    if stored is not None and stored.state != "merged":
        return stored.id
    match finding.lookup(frame.library(), given):
        case MovedTo(other):
            return other
    return ""


def _state() -> tuple[SearchState, tuple[str, ...]]:
    """The search whose pairs are shown, with the page, and what of it was not understood."""
    pairs = [(name, value) for name, value in request.args.items(multi=True) if name not in _OWN]
    state, notices = SearchState.from_args(pairs)
    if state.per > clearing.MOST:
        state = state.with_per(clearing.MOST)
    return state, tuple(map(sentence, notices))


def _moved_on(url: str, problem: Conflict) -> Response:
    return frame.error(409, "changed", what=url, detail=str(problem))


def _versions(*names: str) -> list[int]:
    given = [request.form.get(name, "") for name in names]
    if not all(_NUMBER.fullmatch(text) for text in given):
        raise BadInput("The form lacks the versions of the records. Nothing was changed.")
    return [int(text) for text in given]


def _number(name: str) -> int:
    asked = request.args.get(name, "")
    return int(asked) if _NUMBER.fullmatch(asked) else 0


def _id(text: str) -> str:
    return text[:GIVEN]


def _why() -> str:
    return squash(clean(request.form.get("why", "")))[:WHY]
