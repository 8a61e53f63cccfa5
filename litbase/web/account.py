"""One's own account: who is signed in, the sessions and how to end them, another password."""

from flask import Blueprint, Response, request

from litbase.errors import BadInput, Conflict
from litbase.library import accounts
from litbase.library.accounts import NotSignedIn, Wait
from litbase.library.passwords import Busy
from litbase.web import acting, frame
from litbase.web.acting import actor
from litbase.web.views.people import account_page, twin

bp = Blueprint("account", __name__)

bp.after_request(frame.private)


@bp.get("/account")
def show() -> Response:
    """The account."""
    return _shown()


@bp.get("/account.json")
def as_json() -> Response:
    """The account as JSON."""
    return frame.as_json(twin(account_page(frame.library(), actor())))


@bp.post("/account/password")
def password() -> Response:
    """Choose another password; every other session ends, and this one begins anew."""
    old, new, again = (request.form.get(name, "")[:1000] for name in ("old", "new", "again"))
    try:
        if new != again:
            raise BadInput("The two new passwords are not the same.")
        token = accounts.change_password(
            frame.library(), actor(), old, new, origin=request.remote_addr or "", agent=acting.agent()
        )
    except NotSignedIn:
        return _shown(403, "The old password is not right.")
    except (BadInput, Busy, Conflict) as refusal:
        response = _shown(refusal.status, str(refusal))
        if isinstance(refusal, Wait):
            response.headers["Retry-After"] = str(refusal.seconds)
        return response
    return acting.remember(frame.moved(frame.links().account() + "#changed", 303), token)


@bp.post("/account/sessions")
def sessions() -> Response:
    """End one session, or all but this."""
    person, digest = actor(), request.form.get("end", "")
    if digest == "others":
        accounts.end_sessions(frame.library(), person.name, who=person.name, but=person.session)
    elif digest:
        accounts.end_sessions(frame.library(), person.name, who=person.name, digest=digest)
    return frame.moved(frame.links().account() + "#sessions", 303)


def _shown(status: int = 200, problem: str = "") -> Response:
    view = account_page(frame.library(), actor(), problem)
    return frame.page("people/account.html", view, "account", status=status)
