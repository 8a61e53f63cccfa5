"""The audit log, for admins: what people did, the newest first, of one person, one kind or one subject."""

import re

from flask import Blueprint, Response, request

from litbase.record.text import clean, squash
from litbase.web import frame
from litbase.web.views.audit import AuditPage, Chosen, audit_page
from litbase.web.views.people import twin

bp = Blueprint("audit", __name__)
NUMBER = re.compile(r"[1-9][0-9]{0,14}")

bp.after_request(frame.private)


@bp.get("/audit")
def show() -> Response:
    """A page of the log."""
    return frame.page("people/audit.html", _view(), "audit")


@bp.get("/audit.json")
def as_json() -> Response:
    """The same as JSON."""
    return frame.as_json(twin(_view()))


def _view() -> AuditPage:
    who, action, subject = (squash(clean(request.args.get(name, "")[:200])) for name in ("who", "action", "subject"))
    before = request.args.get("before", "")
    return audit_page(
        frame.library(),
        frame.links(),
        Chosen(who, action, subject, int(before) if NUMBER.fullmatch(before) else 0),
    )
