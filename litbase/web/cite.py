"""Citing: one record in every style and format, several in one bibliography; pages, insides of dialogs, JSON, files."""

from flask import Blueprint, Response, abort, request

from litbase.library import citing
from litbase.library.citing import Chosen
from litbase.web import frame
from litbase.web.record import public_record
from litbase.web.views import bibliography, cite
from litbase.web.views.bibliography import BibliographyPage, bibliography_page
from litbase.web.views.cite import Choice, CitePage, choice, cite_page

bp = Blueprint("cite", __name__)


@bp.get("/record/<id>/cite")
def one(id: str) -> Response:
    """A record in every style and format, to copy or to keep; also the inside of the dialog."""
    view = _one(id, "/cite")
    inside = "record/_styled.html" if frame.fragment("entries") else "record/_cite.html"
    return view if isinstance(view, Response) else _page(inside, "record/cite.html", view)


@bp.get("/record/<id>/cite.json")
def one_json(id: str) -> Response:
    """The same as JSON."""
    view = _one(id, "/cite.json")
    return view if isinstance(view, Response) else frame.as_json(cite.twin(view))


@bp.get("/cite")
def many() -> Response:
    """The records of ?id=..&id=.. in one bibliography; also the inside of the dialog, and one tab of it."""
    view = _many(_asked())
    if isinstance(view, Response):
        return view
    return _page("cite/_entries.html" if frame.fragment("entries") else "cite/_index.html", "cite/index.html", view)


@bp.get("/cite.json")
def many_json() -> Response:
    """The same as JSON."""
    view = _many(_asked())
    return view if isinstance(view, Response) else frame.as_json(bibliography.twin(view))


@bp.get("/cite.<suffix>")
def many_files(suffix: str) -> Response:
    """The records of ?id=..&id=.. as a file, with the options of `formats.options`."""
    format = frame.format_of(f".{suffix}")
    if format is None:
        abort(404)
    chosen = _asked()
    if not chosen.records:
        return _nothing(chosen)
    pieces = citing.as_files(frame.library(), chosen.records, format, frame.options())
    return frame.download(pieces, format.mime, f"citations{format.suffix}")


def _one(id: str, rest: str) -> CitePage | Response:
    stored = public_record(id, rest)
    return stored if isinstance(stored, Response) else cite_page(stored, frame.library(), frame.links(), _choice())


def _many(chosen: Chosen) -> BibliographyPage | Response:
    if not chosen.records:
        return _nothing(chosen)
    return bibliography_page(chosen, frame.library(), frame.links(), _choice())


def _asked() -> Chosen:
    return citing.chosen(frame.library(), request.args.getlist("id"))


def _nothing(chosen: Chosen) -> Response:
    """The answer where no record is asked for, or only such as there are not."""
    if chosen.unknown:
        return frame.error(404, "record", what=", ".join(chosen.unknown)[:500])
    return frame.error(400, "input", detail="Say which records to cite: /cite?id=EJ1223055&id=ED100001")


def _choice() -> Choice:
    return choice(citing.styles(frame.library()), request.args, request.cookies)


def _page(inside: str, whole: str, view: object) -> Response:
    """*whole* with *view*; only its *inside* where a script asks for that."""
    asked = frame.fragment("cite") or frame.fragment("entries")
    response = frame.page(inside if asked else whole, view)
    response.vary.add("X-Fragment")
    return response
