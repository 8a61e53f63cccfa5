"""One record: its page and its files; and the addresses that lead to it by identifier."""

import json

from flask import Blueprint, Response, abort, request

from litbase.errors import EngineError
from litbase.library import Library, citing, exporting, finding
from litbase.library.values import Absent, Found, MovedTo, Stored, Withdrawn
from litbase.query.state import SearchState
from litbase.record.identifiers import normal_isbn
from litbase.record.record import to_json
from litbase.web import frame
from litbase.web.acting import actor
from litbase.web.conditional import unless_same
from litbase.web.guesses import records_like
from litbase.web.links import Links
from litbase.web.negotiation import TYPES, wanted
from litbase.web.views.cite import CitePanel, choice, cite_panel
from litbase.web.views.head import described, signposts
from litbase.web.views.record import Context, RecordPage, record_page

bp = Blueprint("record", __name__)


@bp.get("/record/<name>")
def show(name: str) -> Response:
    """A record as a page, or with a suffix as a file or JSON; Accept asks for the same without a suffix."""
    id, dot, suffix = name.partition(".")
    if dot and suffix != "json" and frame.format_of(f".{suffix}") is None:
        abort(404)
    with frame.library().store.snapshot():
        return _answer(id, dot, suffix)


def _answer(id: str, dot: str, suffix: str) -> Response:
    stored = public_record(id, f".{suffix}" if dot else "")
    if isinstance(stored, Response):
        return stored
    asked = f".{suffix}" if dot else wanted()
    if asked is None:
        return _varying(frame.error(406, "input", what=id, detail=f"A record comes as {', '.join(TYPES)}."))
    response = _form(stored, asked)
    return unless_same(response if dot else _varying(response), stored.updated_at)


def _form(stored: Stored, suffix: str) -> Response:
    """*stored* as the page (no suffix), as JSON or as a file."""
    library, links = frame.library(), frame.links()
    if not suffix:
        context = _context(library, links, stored.id)
        panel = _panel(stored, library, links, context)
        view = record_page(stored, library, links, context, panel, _came_from(library, stored.id))
        response = frame.page("record/show.html", view, ids=(view.id,))
        response.headers["Link"] = signposts(stored.record, links)
        return response
    response = frame.as_json(twin(record_page(stored, library, links))) if suffix == ".json" else _file(stored, suffix)
    response.headers["Link"] = described(stored.record, links)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def twin(page: RecordPage) -> dict[str, object]:
    """*page* as JSON; the record is its member `record`, in the shape of a line of .jsonl."""
    return {
        "record": json.loads(to_json(page.record)),
        "version": page.version,
        "created_at": page.created_at,
        "updated_at": page.updated_at,
        "url": page.canonical,
        "problems": list(page.problems),
        "completeness": [{"field": c.field, "label": c.label, "filled": c.filled} for c in page.checks],
        "origins": [{"source": o.source, "read_at": o.read_at, "document": o.document, "line": o.line,
                     "run": o.run, "notices": list(o.notices)} for o in page.origins],
        "related": [{"id": r.record.id, "relation": r.relation, "reasons": list(r.reasons)} for r in page.near],
        "cited_by": [other.id for other in (*page.cited_by, *page.more_cited_by)],
        "retraction": page.work.retraction,
        "links": [{"kind": way.kind, "url": way.url} for way in page.ways],
    }  # fmt: skip


@bp.get("/<any(doi, isbn, eric, cite):scheme>/<path:value>")
def identified(scheme: str, value: str) -> Response:
    """The record with that identifier or citation key; a list where there are several, else 404 with offers."""
    library, links = frame.library(), frame.links()
    ids = finding.identified(library, "key" if scheme == "cite" else scheme, value)
    if len(ids) == 1:
        return frame.moved(links.record(ids[0]))
    if ids:
        return frame.moved(links.typed(f"{scheme}:{normal_isbn(value) or value}"))
    return frame.error(404, "record", what=value, offers=records_like(library, links, value))


def public_record(id: str, rest: str) -> Stored | Response:
    """The record *id*; else the answer that says what became of it.  *rest* follows the id in the address."""
    library, links = frame.library(), frame.links()
    if actor().edits and (hidden := finding.hidden(library, id)) is not None:
        return hidden if hidden.id == id else frame.moved(links.record(hidden.id) + rest, 301)
    match finding.lookup(library, id):
        case Found(stored) if stored.state == "public" and stored.id == id:
            return stored
        case Found(stored) if stored.state == "public":  # another case of letters
            return frame.moved(links.record(stored.id) + rest, 301)
        case MovedTo(other):
            return frame.moved(links.record(other) + rest if rest else links.merged(other, id), 301)
        case Withdrawn(_, title, reason):
            return frame.error(410, "withdrawn", what=id, detail=reason, title=title)
        case Found() | Absent():
            return frame.error(404, "record", what=id, offers=records_like(library, links, id))
    raise AssertionError("lookup answered something new")


def _file(stored: Stored, suffix: str) -> Response:
    format = frame.format_of(suffix)
    if format is None:
        abort(404)
    text = exporting.export_one(frame.library(), stored.id, format.name, frame.options(), public=True)
    return frame.download((text,), format.mime, f"{stored.id}{format.suffix}")


def _varying(response: Response) -> Response:
    response.vary.add("Accept")
    return response


def _came_from(library: Library, id: str) -> str:
    """The id that the address says was asked for, where it did become the record *id*; "" otherwise."""
    asked = request.args.get("merged", "")[:64]
    match finding.lookup(library, asked) if asked else None:
        case MovedTo(other) if other == id:
            return asked
    return ""


def _panel(stored: Stored, library: Library, links: Links, context: Context | None) -> CitePanel:
    """The citation beside the record; its choice of styles keeps the search the reader comes from."""
    chosen = choice(citing.styles(library), request.args, request.cookies)
    pairs = [pair for pair in request.args.items(multi=True) if pair[0] != "style"] if context else []
    return cite_panel(stored, library, links, chosen, pairs)


def _context(library: Library, links: Links, id: str) -> Context | None:
    """The search that the address carries on, when this record is where it says it is in it; None otherwise."""
    at = request.args.get("at", "")
    if not at.isdecimal() or len(at) > 7 or at == "0":
        return None
    pairs = [(key, value) for key, value in request.args.items(multi=True) if key not in ("at", "style")]
    number = int(at)
    state, _ = SearchState.from_args(pairs)
    state = state.with_page((number - 1) // state.per + 1)
    try:
        found = finding.search(library, state, ())
    except EngineError:  # the record can be read all the same
        return None
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
