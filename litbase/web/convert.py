"""Converting what is pasted or sent as a file into any format or style; nothing of it is saved."""

from typing import Final, NamedTuple

from flask import Blueprint, Response, request

from litbase.errors import BadInput
from litbase.formats import FORMATS
from litbase.library import citing
from litbase.library.converting import Conversion, convert
from litbase.record.notices import notice, sentence
from litbase.record.reading import Document
from litbase.web import frame
from litbase.web.views.convert import Asked, asked, convert_page, file_of, result_of, twin

bp = Blueprint("convert", __name__)
MOST: Final = 1_000_000  # bytes of a text


class _Sent(NamedTuple):
    """What was sent: *document*, the *name* of a file, "" for a paste, and the *text* that goes back into the box."""

    document: Document
    name: str
    text: str


@bp.after_request
def private(response: Response) -> Response:
    """Say that these answers are one reader's, and are not to be kept."""
    if request.method == "POST":
        response.headers["Cache-Control"] = "private, no-store"
    return response


@bp.get("/convert")
def form() -> Response:
    """The form."""
    view = convert_page(frame.links(), citing.styles(frame.library()), _asked())
    return frame.page("convert/index.html", view, "convert")


@bp.post("/convert")
def made() -> Response:
    """The form with what came of the text under it; with `download` the file alone."""
    library, chosen, sent = frame.library(), _asked(), _sent()
    styles = citing.styles(library)
    try:
        conversion = _converted(sent)
        if request.form.get("download") and any(one.shown for one in conversion.entries):
            pieces = file_of(library, conversion, chosen)
            return frame.download(pieces, chosen.format.mime, f"converted{chosen.format.suffix}")
        result = result_of(library, frame.links(), conversion, chosen, sent.name)
    except BadInput as problem:
        view = convert_page(frame.links(), styles, chosen, sent.text, str(problem))
        return frame.page("convert/index.html", view, "convert", status=400)
    return frame.page(
        "convert/index.html", convert_page(frame.links(), styles, chosen, sent.text, "", result), "convert"
    )


@bp.post("/convert.json")
def made_json() -> Response:
    """The same as JSON."""
    library, chosen, sent = frame.library(), _asked(), _sent()
    conversion = _converted(sent)
    result = result_of(library, frame.links(), conversion, chosen)
    told = twin(library, conversion, result, "".join(file_of(library, conversion, chosen)))
    return frame.as_json(told | {"wrong": list(chosen.unknown)})


def _asked() -> Asked:
    values = request.form if request.method == "POST" else request.args
    return asked(values, FORMATS, citing.styles(frame.library()))


def _sent() -> _Sent:
    """The file that was sent, else the text of the box."""
    file = request.files.get("file")
    if file is not None and file.filename:
        document = Document(file.filename, file.read(MOST + 1))
        is_text = not document.binary and not document.is_marc
        return _Sent(document, file.filename, document.text if is_text else "")
    text = request.form.get("text", "").replace("\r\n", "\n")
    return _Sent(Document.from_text(text), "", text)


def _converted(sent: _Sent) -> Conversion:
    """What came of *sent*.  Raises BadInput with a sentence for people."""
    if len(sent.document.data) > MOST:
        raise BadInput("This is more than 1 MB. Convert it in parts, or with the command: litbase convert FILE")
    if not sent.name and not sent.text.strip():
        raise BadInput("Nothing was given: paste something, or choose a file.")
    conversion = convert(frame.library(), sent.document)
    if not conversion.entries:
        raise BadInput(sentence(notice("no-record")))
    return conversion
