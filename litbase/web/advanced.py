"""The advanced search: a form that writes a query, counts what it finds, and leads to the results."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import Final

from flask import Blueprint, Response, current_app, request

from litbase.fields import ALIASES
from litbase.library import Library, finding
from litbase.library.facets import Facet, most_frequent
from litbase.library.statistics import Counted
from litbase.query.parse import parse
from litbase.query.rows import JOINS, MOST, WAYS, Row, read, write
from litbase.query.state import LONGEST, SearchState
from litbase.record.notices import sentence
from litbase.record.text import clean
from litbase.web import frame
from litbase.web.views.advanced import BLANK, LISTED, ORDER, AdvancedPage, advanced_page
from litbase.web.views.said import filters_said

bp = Blueprint("advanced", __name__)
OWN: Final = ("join", "field", "words", "way", "do")  # parameters of the form
_REMOVE = re.compile(r"remove-([1-9][0-9]?)")


def filters_of(library: Library) -> tuple[Facet, ...]:
    """The filters of the whole library, those with few values with all of them."""
    return finding.counts(library, SearchState(), most_frequent(LISTED, ORDER)).facets


@bp.get("/search/advanced")
def index() -> Response:
    """The form, empty or with a search opened in it; its buttons add and remove a row, count, and search."""
    rows, state, notices = _asked()
    if request.args.get("do") == "search":
        return frame.moved(frame.links().search(state))
    view = _view(_changed(rows), state, notices)
    name = next((name for name in ("preview", "rows") if frame.fragment(name)), "")
    response = frame.page(f"advanced/_{name}.html" if name else "advanced/index.html", view, "advanced")
    response.headers["X-Robots-Tag"] = "noindex"
    response.vary.add("X-Fragment")
    return response


@bp.get("/search/advanced.json")
def as_json() -> Response:
    """The query that the rows write and what it finds, as JSON."""
    rows, state, notices = _asked()
    view = _view(rows, state, notices)
    told = [{"join": row.join, "field": row.field, "words": row.words, "way": row.way} for row in rows]
    return frame.as_json({"q": view.q, "rows": told, "filters": list(view.filtered), "total": view.total,
                          "notices": list(view.notices), "url": view.url})  # fmt: skip


def _asked() -> tuple[list[Row], SearchState, tuple[str, ...]]:
    """The rows that the form has, or those of the query in the address; the search they ask for; what was dropped."""
    pairs = [pair for pair in request.args.items(multi=True) if pair[0] not in OWN]
    state, notices = SearchState.from_args(pairs)
    said = [sentence(notice) for notice in notices]
    if "words" in request.args:
        rows = list(_rows())
        if len(rows) > MOST:
            said.append(f"An advanced search can have {MOST} rows; what the others said was left out.")
    else:
        rows = list(read(state.q, state.op))
    rows = rows[:MOST]
    q = write(rows)
    return rows, replace(state.with_q(q), op="and"), (*said, *_long(q))


def _long(q: str) -> list[str]:
    return (
        [f"The query is longer than {LONGEST:,} characters, and its end is not searched."] if len(q) > LONGEST else []
    )


def _rows() -> list[Row]:
    """The rows of the form; what cannot be stands as by default."""
    joins, fields, words, ways = (request.args.getlist(name) for name in OWN[:4])
    return [
        Row(
            join if join in JOINS else "and",
            ALIASES.get(field.lower(), "") if way != "typed" else "",
            clean(text[:LONGEST]),
            way if way in WAYS else "all",
        )
        for text, join, field, way in zip_longest(
            words, *(each[: len(words)] for each in (joins, fields, ways)), fillvalue=""
        )
    ]


def _changed(rows: list[Row]) -> list[Row]:
    """*rows* with the row more or less that a button asks for; a row more stands behind blank ones too."""
    do = request.args.get("do", "")
    if do == "add" and len(rows) < MOST:
        return [*(rows or [Row()] * BLANK), Row()]
    if found := _REMOVE.fullmatch(do):
        kept = [row for number, row in enumerate(rows, 1) if number != int(found[1])]
        return kept or [Row()]
    return rows


def _view(rows: Sequence[Row], state: SearchState, notices: Sequence[str]) -> AdvancedPage:
    library = frame.library()
    state = state.with_q(write(rows))
    known: Counted[tuple[Facet, ...]] = current_app.extensions["litbase-filters"]
    mended = (sentence(notice) for notice in parse(state.q).notices)
    total = finding.count(library, state)
    return advanced_page(rows, state, known.now(), total, frame.links(), (*notices, *mended), filters_said(state))
