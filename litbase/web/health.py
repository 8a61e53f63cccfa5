"""Whether the library is well, for monitors."""

from flask import Blueprint, Response

from litbase.library import finding
from litbase.query.state import SearchState
from litbase.web import frame

bp = Blueprint("health", __name__)


@bp.get("/healthz")
def index() -> Response:
    """200 with counts while store and index answer, the index perhaps behind; 503 when one does not."""
    library, level = frame.library(), frame.level()
    told = {"status": "ok", "index": level.state, "records": library.store.count(), "waiting": level.waiting}
    if level.state == "missing":
        building = {"status": "building", "done": level.done, "total": level.total, "searchable": 0}
        return frame.as_json({**told, **building}, 503)
    return frame.as_json({**told, "searchable": finding.count(library, SearchState())})
