"""The first page, the help, and what browsers and robots ask for."""

from flask import Blueprint, Response

from litbase.fields import help_rows
from litbase.library import finding
from litbase.query.state import SearchState
from litbase.web import frame
from litbase.web.views.help import help_page
from litbase.web.views.home import COUNTED, home_page

bp = Blueprint("home", __name__)
EXAMPLES = 40  # newest records among which example searches are looked for


@bp.get("/")
def index() -> Response:
    """The first page."""
    library = frame.library()
    found = finding.counts(library, SearchState(), COUNTED)
    recent = [stored.record for stored in library.store.recent(EXAMPLES)]
    return frame.page("home/index.html", home_page(found, recent, frame.links(), library.settings), "home")


@bp.get("/help")
def help() -> Response:
    """How to search, and the addresses for programs."""
    return frame.page("help.html", help_page(tuple(help_rows())), "help")


@bp.get("/opensearch.xml")
def opensearch() -> Response:
    """OpenSearch 1.1: lets a browser offer this library as a search engine."""
    response = frame.page("opensearch.xml", None)
    response.mimetype = "application/opensearchdescription+xml"
    return response


@bp.get("/robots.txt")
def robots() -> Response:
    """Records may be indexed; result lists and files are endless and may not."""
    links = frame.links()
    paths = [f"{links.prefix}/{name}" for name in ("search", "facet/")]
    return Response("User-agent: *\n" + "".join(f"Disallow: {path}\n" for path in paths), mimetype="text/plain")


@bp.get("/favicon.ico")
def favicon() -> Response:
    """The icon, where browsers look for it unasked."""
    return frame.moved(frame.links().static("favicon.svg"))


@bp.get("/healthz")
def health() -> Response:
    """Whether store and engine answer: 200 with the number of records, or 503."""
    library = frame.library()
    records = library.store.count()
    searchable = finding.count(library, SearchState())
    return frame.as_json({"status": "ok", "records": records, "searchable": searchable})
