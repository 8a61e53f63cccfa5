"""Permissions: which role each page needs; what is not in the table is refused.

What needs a role also needs, when it is posted, the token that the forms of the session carry, beside the origin that
`posting` asks of everybody (ASVS 3.5.1 to 3.5.3).
"""

import hmac
from typing import Final

from flask import Flask, Response, current_app, request

from litbase.library.accounts import Actor
from litbase.web import frame, imports
from litbase.web.acting import actor
from litbase.web.posting import READING

OPEN: Final = ""  # anybody
READER: Final = "reader"  # anybody who is signed in
EDITOR: Final = "editor"
ADMIN: Final = "admin"
# By blueprint, or by endpoint where a blueprint has several.
NEEDED: Final = {
    **dict.fromkeys(
        (
            "home", "search", "advanced", "searches", "suggest", "record", "past", "changes", "cite", "export",
            "mylist", "convert", "theme", "static", "health", "stats", "browse", "pages", "feeds", "unapi", "crawlers",
        ),
        OPEN,
    ),
    "signing": OPEN,
    "account": READER,
    "users": ADMIN,
    "audit": ADMIN,
    "imports": EDITOR,
    "corrections": EDITOR,
    "corrections.form": OPEN,
    "corrections.send": OPEN,
    "past.undo": EDITOR,
    "variants": EDITOR,
    "review": EDITOR,
    "bulk": EDITOR,
    "duplicates": EDITOR,
    "past.settle": EDITOR,
    "edit": EDITOR,
    "start": EDITOR,
    "drafts": EDITOR,
    "past.restore": EDITOR,
}  # fmt: skip
# Bytes that a form may have, where that is more than usual.
LARGEST: Final = {"imports.upload": imports.ROOM}


def register(app: Flask) -> None:
    """Refuse, before any view of *app* runs, whoever may not use it."""
    app.before_request(_admit)


def needed(endpoint: str) -> str | None:
    """The role that *endpoint* needs, OPEN for none; None where nobody has said so."""
    return NEEDED.get(endpoint, NEEDED.get(endpoint.partition(".")[0]))


def _admit() -> Response | None:
    if request.endpoint is None:
        return None
    role = needed(request.endpoint)
    if role == OPEN:
        return None
    person = actor()
    if not person.is_signed_in:
        if request.method in READING:
            return frame.moved(frame.links().sign_in(frame.here()))
        return frame.error(403, "signed-out", what=frame.links().sign_in())
    if role is None or not person.may(role):
        frame.library().store.audit.note(person.name, "refused", request.endpoint, method=request.method)
        return frame.error(403, "forbidden", what=role or ADMIN)
    if request.method in READING:
        return None
    request.max_content_length = LARGEST.get(request.endpoint, current_app.config["MAX_CONTENT_LENGTH"])
    return None if has_token(person) else frame.error(403, "token")


def has_token(person: Actor) -> bool:
    """Whether what was posted carries the token of the session of *person*."""
    given = request.headers.get("X-Token") or request.form.get("token", "")
    return hmac.compare_digest(given.encode("utf-8", "replace"), person.form_token.encode())
