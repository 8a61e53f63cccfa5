"""Importing: files are sent or text is pasted, a report is read, and then it is added, dropped, or undone."""

import re
from typing import Final

from flask import Blueprint, Response, request
from werkzeug.datastructures import FileStorage
from werkzeug.http import parse_cookie

from litbase.errors import BadInput, Conflict, LitbaseError, NotFound
from litbase.library import Library, importing
from litbase.library.mending import fixes, mend, named
from litbase.library.uploads import LARGEST, may_send
from litbase.web import frame
from litbase.web.acting import COOKIE, SECURE_COOKIE, actor
from litbase.web.links import Links
from litbase.web.posting import way_back
from litbase.web.views.imports import entry_page, import_page, imports_page, list_twin, twin
from litbase.web.views.runs import run_page

bp = Blueprint("imports", __name__)
ROOM: Final = LARGEST + (1 << 20)  # bytes of a form with files
FILES: Final = 190  # a form has at most 200 parts
PASTED: Final = "pasted text"
"""What a paste is called where a file has a name."""


def is_upload(library: Library, method: str, path: str, cookies: str) -> bool:
    """Whether a request, of which only the head has arrived, may be as large as ROOM: an editor sends files."""
    links = Links(library.settings.public_url)
    if method != "POST" or path.removeprefix(links.prefix) != "/import":
        return False
    try:
        # the standard library's parser takes the square of a header's length, and all connections wait for this
        found = parse_cookie(cookies).get(SECURE_COOKIE if links.secure else COOKIE, "")
        return may_send(library, found)
    except LitbaseError:
        return False


@bp.get("/import")
def index() -> Response:
    """The form and the list."""
    number, before = _whole("page", 1), _whole("runs", 0)
    view = imports_page(frame.library(), frame.links(), number, before)
    return frame.page("import/index.html", view, "import")


@bp.get("/import.json")
def index_json() -> Response:
    """The list as JSON."""
    return frame.as_json(list_twin(imports_page(frame.library(), frame.links(), _whole("page", 1), _whole("runs", 0))))


@bp.post("/import")
def upload() -> Response:
    """Begin to read what was sent."""
    library, links = frame.library(), frame.links()
    text = request.form.get("text", "").replace("\r\n", "\n")
    try:
        files = [(file.filename or "", _all_of(file)) for file in request.files.getlist("files")]
        if len(files) > FILES:
            raise BadInput(f"At most {FILES} files can be sent at once. Pack them into a zip.")
        if text.strip():
            files.append((PASTED, text.encode("utf-8", "surrogatepass")))
        nr = importing.begin(library, [one for one in files if one != ("", b"")], actor().name)
    except BadInput as problem:
        return frame.page("import/index.html", imports_page(library, links, 1, 0, str(problem), text), "import", 400)
    return frame.moved(links.import_report(nr), 303)


@bp.get("/import/<int:nr>")
def show(nr: int) -> Response:
    """The report of an import."""
    library = frame.library()
    one = importing.get(library, nr)
    view = import_page(library, frame.links(), one, _whole("page", 1), request.args.get("only") == "review")
    return frame.page("import/report.html", view, "import")


@bp.get("/import/<int:nr>.json")
def show_json(nr: int) -> Response:
    """The report as JSON."""
    library = frame.library()
    one = importing.get(library, nr)
    view = import_page(library, frame.links(), one, _whole("page", 1), request.args.get("only") == "review")
    return frame.as_json(twin(library, one, view, request.args.get("records") != "0"))


@bp.get("/import/<int:nr>/<int:ordinal>")
def entry(nr: int, ordinal: int) -> Response:
    """One record of an import, its source text beside it."""
    view = entry_page(frame.library(), frame.links(), importing.get(frame.library(), nr), ordinal)
    if view is None:
        raise NotFound(f"Import {nr} has no record {ordinal}.")
    return frame.page("import/entry.html", view, "import")


@bp.post("/import/<int:nr>/<any(add, drop, undo, continue):action>")
def act(nr: int, action: str) -> Response:
    """Add an import, drop it, undo it, or go on with one that was interrupted."""
    verb = {"add": importing.add, "drop": importing.drop, "undo": importing.undo, "continue": importing.go_on}[action]
    try:
        verb(frame.library(), nr, actor().name)
    except Conflict as problem:
        return frame.error(409, "changed", what=frame.links().import_report(nr), detail=str(problem))
    return frame.moved(frame.links().import_report(nr), 303)


@bp.post("/import/<int:nr>/<int:ordinal>/accept")
def accept_fix(nr: int, ordinal: int) -> Response:
    """Accept what would mend a problem of a record that was added."""
    library, links = frame.library(), frame.links()
    found = library.store.imports.entry(nr, ordinal)
    if found is None or not found.record_id:
        raise NotFound(f"Import {nr} added no record {ordinal}.")
    codes, back = named([request.form.get("code", "")], to_mend=True), way_back(links.import_report(nr))
    stored = library.store.get(found.record_id)
    if stored is not None and fixes(library, stored, codes):  # else somebody did that before
        done = {one.status for one in mend(library, [stored.id], codes, who=actor().name).outcomes}
        if "conflict" in done:
            detail = "somebody changed this record in the same moment"
            return frame.error(409, "changed", what=links.record(stored.id), detail=detail)
        if done == {"kept"}:
            raise BadInput("An editor decided what the record says there, so it stays. Edit the record to change it.")
    return frame.moved(f"{back}#r{ordinal}", 303)


@bp.get("/import/run/<int:number>")
def run(number: int) -> Response:
    """One run, what undoing it would do, and the form that does it."""
    return frame.page("import/run.html", run_page(frame.library(), frame.links(), number), "import")


@bp.post("/import/undo")
def undo_run() -> Response:
    """Undo a run of any kind."""
    given = request.form.get("run", "")
    if not re.fullmatch("[1-9][0-9]{0,8}", given):
        raise BadInput("The form lacks the number of a run. Nothing was undone.")
    try:
        nr = importing.undo_other(frame.library(), int(given), actor().name)
    except Conflict as problem:
        return frame.error(409, "changed", what=frame.links().imports(), detail=str(problem))
    return frame.moved(frame.links().import_report(nr), 303)


def _all_of(file: FileStorage) -> bytes:
    with file.stream as stream:
        return bytes(stream.read())


def _whole(name: str, otherwise: int) -> int:
    given = request.args.get(name, "")
    return int(given) if re.fullmatch("[1-9][0-9]{0,8}", given) else otherwise
