"""The first page, the help, and what browsers and robots ask for."""

from flask import Blueprint, Response

from litbase.errors import EngineError
from litbase.fields import help_rows
from litbase.web import frame
from litbase.web.views.help import help_page, uncounted
from litbase.web.views.home import RECENT, home_page, reduced_page

bp = Blueprint("home", __name__)


@bp.get("/")
def index() -> Response:
    """The first page."""
    library, links = frame.library(), frame.links()
    level = frame.level()
    recent = [stored.record for stored in library.store.recent(RECENT)]
    try:
        view = home_page(frame.overview(), recent, links, library.settings)
    except EngineError:
        if level.state == "missing":
            raise
        view = reduced_page(library.store.count(), recent, links, library.settings)
    return frame.page("home/index.html", view, "home")


@bp.get("/help")
def help() -> Response:
    """How to search, the keys, the formats, the addresses for programs; there also while nothing can be searched."""
    try:
        shown = frame.overview().examples
    except EngineError:
        shown = uncounted()
    newest = [stored.id for stored in frame.library().store.recent(1)]
    view = help_page(shown, tuple(help_rows()), frame.links(), *(newest or [""]))
    return frame.page("help.html", view, "help")


@bp.get("/favicon.ico")
def favicon() -> Response:
    """The icon, where browsers look for it unasked."""
    return frame.moved(frame.links().static("favicon.svg"))
