"""Whether the library is well, for monitors."""

import logging
from typing import Any

from flask import Blueprint, Response, current_app

from litbase.errors import EngineError, StoreAway
from litbase.library import finding
from litbase.query.state import SearchState
from litbase.web import frame

bp = Blueprint("health", __name__)
log = logging.getLogger("litbase.web")


@bp.get("/healthz")
def index() -> Response:
    """200 with counts while store and index answer, the index perhaps behind; 503 when one does not.

    "not indexing" is the status while all answers but the index cannot be written, as where a disk is full; "store
    away" while the server that has the store does not answer, when nothing can be counted.
    """
    try:
        return _health()
    except StoreAway:
        return frame.as_json({"status": "store away"}, 503)


def _health() -> Response:
    library, level = frame.library(), frame.level()
    told: dict[str, Any] = {
        "status": "ok",
        "index": level.state,
        "records": library.store.count(),
        "waiting": level.waiting,
    }
    if level.state == "away":
        return frame.as_json({**told, "status": "search away", "searchable": 0}, 503)
    if level.state == "missing":
        building = {"status": "building", "done": level.done, "total": level.total, "searchable": 0}
        return frame.as_json({**told, **building}, 503)
    try:
        told["searchable"] = finding.count(library, SearchState())
    except EngineError as error:
        log.error("no search: %s", error)
        return frame.as_json({**told, "status": "search failing", "searchable": 0}, 503)
    if refused := library.engine.refused:  # `litbase verify` names them, with the reasons
        told["refused"] = len(refused)
    if isinstance(current_app.extensions["litbase.trouble"](), EngineError):
        told["status"] = "not indexing"
    return frame.as_json(told)
