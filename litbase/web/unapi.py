"""The unAPI server: a record in a format that reference managers import, by the id that stands on the pages.

Source: unAPI version 1.  RIS and BibTeX alone are offered, because Zotero takes the first it knows of its own list, and
RIS says most: types, descriptors, language.
"""

from typing import Final

from flask import Blueprint, Response, request

from litbase.formats import by_name
from litbase.library import exporting, finding
from litbase.library.values import Found, MovedTo, Stored
from litbase.web import conditional, frame
from litbase.web.documents import document
from litbase.web.views.feed import Unapi, UnapiFormat

bp = Blueprint("unapi", __name__)
NAMES: Final = ("ris", "bibtex")
DOCS: Final = {
    "ris": "https://en.wikipedia.org/wiki/RIS_(file_format)", "bibtex": "https://www.ctan.org/pkg/bibtex",
}  # fmt: skip


@bp.get("/unapi")
def index() -> Response:
    """Without parameters the formats; with `id` those of a record (300); with `format` too the record in it.

    404 for an id that is no public record's, 406 for another format.
    """
    id, name = request.args.get("id", ""), request.args.get("format", "")
    if not id:
        return _formats("", 400 if name else 200)
    stored = _found(id)
    if stored is None:
        return _refused(404, f"there is no record {id[:200]}")
    if not name:
        return _formats(stored.id, 300)
    if name not in NAMES:
        return _refused(406, f"a record comes as {' or '.join(NAMES)}, not as {name[:200]}")
    format = by_name(name)
    text = exporting.export_one(frame.library(), stored.id, name, public=True)
    response = frame.download((text,), format.mime, f"{stored.id}{format.suffix}")
    response.headers["X-Robots-Tag"] = "noindex"
    return conditional.unless_same(response)


def _found(id: str) -> Stored | None:
    """The public record of an id, or that it was merged into."""
    match finding.lookup(frame.library(), id):
        case MovedTo(other):
            return _found(other)
        case Found(stored) if stored.state == "public":
            return stored
    return None


def _formats(id: str, status: int) -> Response:
    formats = tuple(UnapiFormat(name, by_name(name).mime, DOCS[name]) for name in NAMES)
    return document("feeds/unapi.xml", Unapi(id, formats), "application/xml", status)


def _refused(status: int, why: str) -> Response:
    return Response(f"{why}\n", status, mimetype="text/plain")
