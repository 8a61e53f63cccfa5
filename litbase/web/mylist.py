"""My list: the page, its files, what forms do to it, and the read-only view that can be shared.

The reader's cookie holds the token of the list and nothing else; it is set when the first record is added.
"""

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qsl

from flask import Blueprint, Response, abort, request
from werkzeug.datastructures import MultiDict

from litbase.errors import BadInput
from litbase.library import exporting, listing
from litbase.library.listing import ReaderList
from litbase.query.state import SearchState
from litbase.record.text import clean, squash
from litbase.web import export, frame, posting
from litbase.web.views.mylist import AddedPage, Chosen, ClearPage, ListPage, bibliography_page, list_page

bp = Blueprint("mylist", __name__)
KEPT = 400 * 24 * 3600  # seconds; browsers keep no cookie longer
NAMED = 10  # unknown ids that are named
ID = re.compile(r"[A-Za-z0-9-]{1,64}")

bp.after_request(frame.private)


@bp.get("/list")
def show() -> Response:
    """The reader's list, or with a style the bibliography of it."""
    return keeping(_shown(_mine()))


@bp.get("/list.<suffix>")
def file(suffix: str) -> Response:
    """The whole list as a file or JSON, in the order and with the mark that are chosen."""
    return _file(_mine(), suffix, frame.library().settings.name + " list")


@bp.get("/l/<name>")
def shared(name: str) -> Response:
    """A list that somebody shared, as a page, or with a suffix as a file or JSON."""
    token, dot, suffix = name.partition(".")
    found = listing.opened_shared(frame.library(), token)
    if found is None:
        return frame.error(404, "list")
    return _file(found, suffix, frame.library().settings.name + " shared list") if dot else _shown(found)


@bp.post("/list/add")
def add() -> Response:
    """Add records by id, a whole search, or a list that is shared."""
    back = posting.way_back(frame.links().my_list())
    ids, beyond = _to_add()
    library = frame.library()
    token = own_token()
    if not listing.exists(library, token):
        token = listing.new_token()
    good = [id for id in ids if ID.fullmatch(id)]
    put = listing.add(library, token, good)
    bad = list(dict.fromkeys(id for id in ids if not ID.fullmatch(id)))
    unknown = [*bad, *put.unknown]
    view = AddedPage(
        added=len(put.added),
        already=len(put.already),
        unknown=tuple(clean(id)[:100] for id in unknown[:NAMED]),
        unknown_count=len(unknown),
        over=len(put.over) + beyond,
        total=put.size,
        most=listing.MOST,
        next=back,
    )
    if frame.wants_json():
        told = {"total": view.total, "added": list(put.added), "already": list(put.already), "most": view.most}
        response = frame.as_json({**told, "unknown": list(view.unknown), "unknown_count": len(unknown),
                                  "over": view.over})  # fmt: skip
    elif view.over or unknown or not ids:
        response = frame.page("list/added.html", view, "list")
    else:
        response = frame.moved(back, 303)
    return keeping(response, token if put.size else "")


def _to_add() -> tuple[Sequence[str], int]:
    """The ids the form names: one, several, those of a search or of a shared list; and how many are beyond them."""
    form = request.form
    if only := form.get("only"):
        return [only], 0
    if "search" in form:
        state, _ = SearchState.from_args(_pairs(form["search"]))
        return listing.ids_of_search(frame.library(), state)
    if "shared" in form:
        found = listing.opened_shared(frame.library(), form["shared"])
        if found is None:
            raise BadInput("This list is no longer shared. Nothing was added.")
        return [one.record_id for one in found.entries], 0
    return list(dict.fromkeys(form.getlist("id"))), 0


def _pairs(query: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(query, max_num_fields=500)
    except ValueError as problem:
        raise BadInput("This search has too many parameters. Nothing was added.") from problem


@bp.post("/list/remove")
def remove() -> Response:
    """Take records out; where a note or mark would be lost with them, ask before."""
    back = posting.way_back(frame.links().my_list())
    ids = [request.form["only"]] if request.form.get("only") else list(dict.fromkeys(request.form.getlist("id")))
    if question := _question(ids, back):
        return question
    listing.remove(frame.library(), own_token(), ids)
    return _done(back)


@bp.post("/list/clear")
def clear() -> Response:
    """Take everything out, after a question."""
    back = posting.way_back(frame.links().my_list())
    found = _mine()
    if found.entries and request.form.get("sure") != "1":
        return _asking(found, (), back)
    listing.clear(frame.library(), own_token())
    return _done(back)


def _question(ids: Sequence[str], back: str) -> Response | None:
    """The page that asks, where *ids* have notes and nobody has said yes; None where there is nothing to ask."""
    if request.form.get("sure") == "1":
        return None
    wanted = set(ids)
    found = _mine()
    if not any(one.note or one.mark for one in found.entries if one.record_id in wanted):
        return None
    return _asking(found, ids, back)


def _asking(found: ReaderList, ids: Sequence[str], back: str) -> Response:
    going = [one for one in found.entries if not ids or one.record_id in ids]
    notes = sum(bool(one.note or one.mark) for one in going)
    if frame.wants_json():
        return frame.as_json({"asked": True, "count": len(going), "notes": notes})
    named = tuple(one.record_id for one in going) if ids else ()
    view = ClearPage(len(found.entries), named, len(going), notes, back, bool(found.shared))
    return frame.page("list/clear.html", view, "list")


@bp.post("/list/note")
def note() -> Response:
    """Write the note or the mark of a record; what the form does not have stays as it is."""
    back = posting.way_back(frame.links().my_list())
    id, form = request.form.get("only", ""), request.form
    if not listing.note(frame.library(), own_token(), id, form.get("note"), form.get("mark")):
        return _not_in_list(id)
    return _done(back)


@bp.post("/list/move")
def move() -> Response:
    """Move a record up, down, to the top or to the end of the reader's own order."""
    back = posting.way_back(frame.links().my_list())
    id = request.form.get("only", "")
    if not listing.move(frame.library(), own_token(), id, request.form.get("to", "")):
        return _not_in_list(id)
    return _done(back)


@bp.post("/list/share")
def share() -> Response:
    """Begin to share the list by a new address, with or without notes; or end it."""
    library, token = frame.library(), own_token()
    if request.form.get("do") == "end":
        done = listing.end_sharing(library, token)
    else:
        done = bool(listing.share(library, token, request.form.get("notes") == "1"))
    if not done:
        raise BadInput("There is no list to share yet. Add a record first.")
    return _done(frame.links().my_list() + "#share")


def _done(back: str) -> Response:
    """The answer to a form that did what it should: how many records there are now, or the way back."""
    if frame.wants_json():
        size, _ = listing.glance(frame.library(), own_token())
        return keeping(frame.as_json({"total": size}))
    return keeping(frame.moved(back, 303))


def _not_in_list(id: str) -> Response:
    return frame.error(404, "entry", what=clean(id)[:100])


def own_token() -> str:
    """The token in the reader's cookie; "" without one."""
    return request.cookies.get(frame.LIST_COOKIE, "")


def _mine() -> ReaderList:
    """The reader's list; an empty one where there is none, which makes nothing."""
    return listing.opened(frame.library(), own_token()) or listing.NOTHING


def keeping(response: Response, token: str = "") -> Response:
    """*response* with the cookie of the list renewed, where there is a list."""
    token = token or own_token()
    if token and listing.exists(frame.library(), token):
        links = frame.links()
        response.set_cookie(
            frame.LIST_COOKIE,
            token,
            max_age=KEPT,
            path=links.prefix or "/",
            secure=links.secure,
            httponly=True,
            samesite="Lax",
        )
    return response


def _chosen(args: MultiDict[str, str]) -> Chosen:
    """What the address chooses; what it cannot be is as by default."""
    order, mark, style, page = (squash(args.get(name, "")[:200]) for name in ("order", "mark", "style", "page"))
    return Chosen(
        order if order in listing.ORDERS else "own",
        mark if mark in (*listing.MARKS, listing.NOT_MARKED) else "",
        style if style in listing.styles(frame.library()) else "",
        int(page) if re.fullmatch("[1-9][0-9]{0,5}", page) else 1,
    )


def _shown(found: ReaderList) -> Response:
    asked = _chosen(request.args)
    library, links = frame.library(), frame.links()
    current = "list" if found.mine else ""
    if asked.style and found.entries:
        return frame.page("list/bibliography.html", bibliography_page(library, links, found, asked), current)
    view = list_page(library, links, found, asked)
    ids = [row.record.id for row in view.rows if row.record]
    response = frame.page("list/_list.html" if frame.fragment("list") else "list/index.html", view, current, ids=ids)
    response.vary.add("X-Fragment")
    return response


def _file(found: ReaderList, suffix: str, name: str) -> Response:
    asked = _chosen(request.args)
    library = frame.library()
    if suffix == "json":
        return frame.as_json(twin(list_page(library, frame.links(), found, asked, all_rows=True)))
    format = frame.format_of(f".{suffix}")
    if format is None:
        abort(404)
    ids = [one.record_id for one in listing.arranged(library, found.entries, asked.order, asked.mark)]
    pieces = exporting.export_ids(library, ids, format.name, frame.options())
    return frame.download(pieces, format.mime, export.filename(name, SearchState(), format.suffix))


def twin(page: ListPage) -> dict[str, Any]:
    """*page* as JSON; `record` is where the record is today, None where it is no longer public."""
    return {
        "total": page.total,
        "chosen": page.chosen,
        "most": page.most,
        "order": page.order,
        "mark": page.mark,
        "shared": page.share_url if page.mine else "",
        "entries": [
            {"id": row.id, "state": row.state, "title": row.title, "record": row.record.id if row.record else None,
             "url": row.record.url if row.record else "", "reason": row.reason, "added_at": row.added_at,
             "note": row.note, "mark": row.mark}
            for row in page.rows
        ],
    }  # fmt: skip
