"""Searches: the history, which only the browser keeps; saved ones, under the token of My list; and "#1 AND #2"."""

import re

from flask import Blueprint, Response, request

from litbase.library import listing, saving
from litbase.query.state import SearchState
from litbase.record.text import clean
from litbase.web import frame
from litbase.web.mylist import keeping, own_token
from litbase.web.views.searches import PER, Counted, SearchesPage, name_of, searches_page

bp = Blueprint("searches", __name__)
NUMBERED = re.compile(r"s([1-9][0-9]{0,5})")
NUMBER = re.compile(r"[1-9][0-9]{0,17}")

bp.after_request(frame.private)


@bp.get("/searches")
def show() -> Response:
    """The saved searches, and the place where the browser shows its history."""
    return keeping(frame.page("searches/index.html", _page(), "searches"))


@bp.get("/searches.json")
def as_json() -> Response:
    """The saved searches as JSON."""
    page = _page()
    return frame.as_json({
        "total": page.total,
        "most": page.most,
        "saved": [
            {"nr": one.nr, "set": one.set, "name": one.name, "q": one.q, "filters": list(one.filters),
             "total": one.total, "url": one.url, "feed": one.feed_url, "created_at": one.created_at,
             "seen_at": one.seen_at, "new": one.new, "more": one.more}
            for one in page.saved
        ],
    })  # fmt: skip


@bp.get("/searches/<int:nr>")
def open_one(nr: int) -> Response:
    """A saved search, or just what is new in it; from now on only what is added later is."""
    found = saving.open_saved(frame.library(), own_token(), nr)
    if found is None:
        return frame.error(404, "search", what=str(nr)[:20])
    new = saving.only_new(frame.library(), found) if request.args.get("only") == "new" else None
    return keeping(frame.moved(frame.links().search(new or saving.state_of(found.query))))


@bp.post("/searches/save")
def save() -> Response:
    """Save the search in the form: the one of a page of results, or what is typed."""
    library, links = frame.library(), frame.links()
    typed = request.form.get("typed")
    state = saving.state_of(request.form.get("search", "")) if typed is None else saving.typed(typed)
    token = own_token()
    if not listing.exists(library, token):
        token = listing.new_token()
    done = saving.save(library, token, state, request.form.get("name", "") or name_of(state))
    if frame.wants_json():
        return keeping(frame.as_json({"nr": done.nr, "new": done.new, "total": done.size}), token)
    where = links.searches(again="" if done.new else str(done.nr))
    return keeping(frame.moved(f"{where}#search-{done.nr}", 303), token)


@bp.post("/searches/rename")
def rename() -> Response:
    """Call a saved search something else."""
    nr = request.form.get("nr", "")
    if not saving.rename(frame.library(), own_token(), _number(nr), request.form.get("name", "")):
        return frame.error(404, "search", what=clean(nr)[:20])
    return _done(f"#search-{_number(nr)}")


@bp.post("/searches/delete")
def delete() -> Response:
    """Delete a saved search."""
    nr = request.form.get("nr", "")
    if not saving.delete(frame.library(), own_token(), _number(nr)):
        return frame.error(404, "search", what=clean(nr)[:20])
    return _done("#saved-h")


@bp.get("/search/combine")
def combine() -> Response:
    """What `sets` says of the history's searches, #1 and so on, and of saved ones, S1, as one search.

    Those of the history stand in the address, as s1, s2.  Asked nothing, it leads to the page that asks.
    """
    if not request.args:
        return frame.moved(frame.links().searches())
    library = frame.library()
    saved = saving.named(saving.saved(library, own_token()))
    searches: dict[str, SearchState] = {name: saving.state_of(one.query) for name, one in saved.items()}
    for name, query in request.args.items():
        if found := NUMBERED.fullmatch(name):
            searches[found[1]] = saving.state_of(query)
    return frame.moved(frame.links().search(saving.combined(library, request.args.get("sets", ""), searches)))


def _done(where: str) -> Response:
    if frame.wants_json():
        return keeping(frame.as_json({"total": len(saving.saved(frame.library(), own_token()))}))
    return keeping(frame.moved(frame.links().searches() + where, 303))


def _page() -> SearchesPage:
    """The page of saved searches that is asked for, else that of the search that was saved *again*."""
    library = frame.library()
    every = saving.saved(library, own_token())
    again = _number(request.args.get("again", ""))
    place = next((n for n, one in enumerate(every) if one.nr == again), 0)
    page = _number(request.args.get("page", "")) or place // PER + 1
    page = max(1, min(page, -(-len(every) // PER)))
    found = every[(page - 1) * PER : page * PER]
    sets = {one.nr: name for name, one in saving.named(every).items()}
    counted = Counted(saving.totals(library, found), saving.fresh(library, found))
    return searches_page(found, sets, counted, frame.links(), page, again)


def _number(text: str) -> int:
    return int(text) if NUMBER.fullmatch(text) else 0
