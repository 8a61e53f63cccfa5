"""The statistics as a page and as JSON."""

from flask import Blueprint, Response

from litbase.web import frame
from litbase.web.views.stats import stats_page, twin

bp = Blueprint("stats", __name__)


@bp.get("/stats")
def index() -> Response:
    """The library in numbers."""
    frame.level()
    return frame.page("stats/index.html", stats_page(frame.overview().statistics, frame.links()), "stats")


@bp.get("/stats.json")
def as_json() -> Response:
    """The same as JSON."""
    return frame.as_json(twin(stats_page(frame.overview().statistics, frame.links())))
