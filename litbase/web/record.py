"""One record: its page, its citations, its history, its files; and the addresses that lead to it by identifier."""

import re
from collections.abc import Iterator

from flask import Blueprint, Response, abort, request

from litbase.formats import FORMATS
from litbase.formats.options import Options
from litbase.library import Library, exporting, finding
from litbase.library.values import Absent, Found, MovedTo, Stored, Withdrawn
from litbase.query.state import SearchState
from litbase.record.identifiers import bare_identifier, normal_isbn
from litbase.web import frame
from litbase.web.links import Links
from litbase.web.views.cite import cite_page
from litbase.web.views.history import HistoryPage, history_page
from litbase.web.views.record import Context, RecordPage, record_page

bp = Blueprint("record", __name__)
LOOKALIKES = str.maketrans("OoIlL", "00111")


@bp.get("/record/<name>")
def show(name: str) -> Response:
    """A record as a page, or with a suffix as a file or JSON; Accept asks for the same without a suffix."""
    id, dot, suffix = name.partition(".")
    if dot and suffix != "json" and frame.format_of(f".{suffix}") is None:
        abort(404)
    stored = _stored(id, f".{suffix}" if dot else "")
    if isinstance(stored, Response):
        return stored
    if suffix == "json":
        return frame.as_json(twin(record_page(stored, frame.library(), frame.links())))
    if dot:
        return _file(stored, f".{suffix}")
    if wanted := _negotiated():
        return _varying(_file(stored, wanted) if wanted != ".json" else
                        frame.as_json(twin(record_page(stored, frame.library(), frame.links()))))  # fmt: skip
    library, links = frame.library(), frame.links()
    view = record_page(stored, library, links, _context(library, links, stored.id))
    return _varying(frame.page("record/show.html", view))


def twin(page: RecordPage) -> dict[str, object]:
    """*page* as JSON; the record is its member `record`, in the shape of a line of .jsonl."""
    return {
        "record": page.record,
        "version": page.version,
        "created_at": page.created_at,
        "updated_at": page.updated_at,
        "url": page.canonical,
        "problems": list(page.problems),
        "completeness": [{"field": c.field, "label": c.label, "filled": c.filled} for c in page.checks],
        "origins": [{"source": o.source, "read_at": o.read_at, "document": o.document, "line": o.line,
                     "notices": list(o.notices)} for o in page.origins],
        "related": [{"id": r.record.id, "relation": r.relation, "reasons": list(r.reasons)} for r in page.related],
        "links": [{"kind": way.kind, "url": way.url} for way in page.ways],
    }  # fmt: skip


@bp.get("/record/<id>/cite")
def cite(id: str) -> Response:
    """A record in every citation format, to copy or to keep; also the inside of the dialog."""
    stored = _stored(id, "/cite")
    if isinstance(stored, Response):
        return stored
    files = [(f, exporting.export_one(frame.library(), stored.id, f.name, public=True)) for f in FORMATS]
    view = cite_page(stored, files, frame.links())
    response = frame.page("record/_cite.html" if frame.fragment("cite") else "record/cite.html", view)
    response.vary.add("X-Fragment")
    return response


@bp.get("/record/<id>/history")
def history(id: str) -> Response:
    """What was done to a record."""
    view = _history(id)
    return view if isinstance(view, Response) else frame.page("record/history.html", view)


@bp.get("/record/<id>/history.json")
def history_json(id: str) -> Response:
    """The same as JSON."""
    view = _history(id)
    if isinstance(view, Response):
        return view
    revisions = [
        {"version": r.version, "kind": r.kind, "at": r.at, "who": r.who, "why": r.why,
         "changes": {c.field: [list(piece) for piece in c.pieces] for c in r.changes}}
        for r in view.revisions
    ]  # fmt: skip
    return frame.as_json({"id": view.id, "title": view.plain_title, "revisions": revisions})


def _history(id: str) -> HistoryPage | Response:
    stored = _stored(id, "/history")
    return stored if isinstance(stored, Response) else history_page(stored, frame.library(), frame.links())


@bp.get("/<any(doi, isbn, eric, cite):scheme>/<path:value>")
def identified(scheme: str, value: str) -> Response:
    """The record with that identifier or citation key; a list where there are several, else 404 with offers."""
    library, links = frame.library(), frame.links()
    ids = finding.identified(library, "key" if scheme == "cite" else scheme, value)
    if len(ids) == 1:
        return frame.moved(links.record(ids[0]))
    if ids:
        return frame.moved(links.typed(f"{scheme}:{normal_isbn(value) or value}"))
    return frame.error(404, "record", what=value, offers=_offers(library, links, value))


def _stored(id: str, rest: str) -> Stored | Response:
    """The record *id*; else the answer that says what became of it.  *rest* follows the id in the address."""
    library, links = frame.library(), frame.links()
    match finding.lookup(library, id):
        case Found(stored) if stored.state == "public" and stored.id == id:
            return stored
        case Found(stored) if stored.state == "public":  # another case of letters
            return frame.moved(links.record(stored.id) + rest, 301)
        case MovedTo(other):
            return frame.moved(links.record(other) + rest, 301)
        case Withdrawn(_, title, reason):
            return frame.error(410, "withdrawn", what=id, detail=reason, title=title)
        case Found() | Absent():
            return frame.error(404, "record", what=id, offers=_offers(library, links, id))
    raise AssertionError("lookup answered something new")


def _offers(library: Library, links: Links, asked: str) -> list[frame.Offer]:
    """Records that may have been meant by *asked*, then a search for it."""
    offers: list[frame.Offer] = []
    for kind, guess in _guesses(asked):
        match finding.lookup(library, guess):
            case Found(stored) if stored.state == "public":
                offers.append(frame.Offer(kind, stored.id, links.record(stored.id)))
    if identifier := bare_identifier(asked):
        offers += [frame.Offer("doi", id, links.record(id)) for id in finding.identified(library, *identifier)[:1]]
    offers += [frame.Offer("key", id, links.record(id)) for id in finding.identified(library, "key", asked)[:1]]
    unique = list({offer.url: offer for offer in offers}.values())
    return [*unique, frame.Offer("search", asked[:200], links.typed(asked[:200]))]


def _guesses(asked: str) -> Iterator[tuple[str, str]]:
    """ERIC numbers that look like *asked*: the letter O for a zero, the letters EJ or ED missing."""
    text = re.sub(r"[^A-Za-z0-9]", "", asked)[:20]
    if len(text) > 2 and text[:2].upper() in ("EJ", "ED"):
        yield "number", text[:2].upper() + text[2:].translate(LOOKALIKES)
    if text.isdecimal():
        yield from (("number", f"{prefix}{text}") for prefix in ("EJ", "ED"))


def _file(stored: Stored, suffix: str) -> Response:
    format = frame.format_of(suffix)
    if format is None:
        abort(404)
    text = exporting.export_one(frame.library(), stored.id, format.name, Options.from_args(request.args), public=True)
    return frame.download((text,), format.mime, f"{stored.id}{format.suffix}")


def _negotiated() -> str:
    """The suffix that the Accept header prefers to a page; "" for the page."""
    kinds = {"text/html": "", "application/json": ".json"} | {f.mime: f.suffix for f in FORMATS}
    best = request.accept_mimetypes.best_match(list(kinds), "text/html")
    return kinds[best]


def _varying(response: Response) -> Response:
    response.vary.add("Accept")
    return response


def _context(library: Library, links: Links, id: str) -> Context | None:
    """The search that the address carries on, when this record is where it says it is in it; None otherwise."""
    at = request.args.get("at", "")
    if not at.isdecimal() or len(at) > 7 or at == "0":
        return None
    pairs = [(key, value) for key, value in request.args.items(multi=True) if key != "at"]
    number = int(at)
    state, _ = SearchState.from_args(pairs)
    state = state.with_page((number - 1) // state.per + 1)
    found = finding.search(library, state, ())
    place = (number - 1) % state.per
    if place >= len(found.hits) or found.hits[place].record.id != id:
        return None

    def neighbour(to: int) -> str:
        if not 1 <= to <= found.total:
            return ""
        page = (to - 1) // state.per + 1
        hits = found.hits if page == state.page else finding.search(library, state.with_page(page), ()).hits
        return links.record(hits[(to - 1) % state.per].record.id, state, to)

    return Context(state.q, found.total, number, links.search(state), neighbour(number - 1), neighbour(number + 1))
