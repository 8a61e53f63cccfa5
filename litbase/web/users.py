"""Every account, for admins: roles, disabling and enabling, ending sessions.  Accounts are made on the command line."""

from flask import Blueprint, Response, request

from litbase.errors import BadInput
from litbase.library import accounts
from litbase.web import frame
from litbase.web.acting import actor
from litbase.web.views.people import twin, users_page

bp = Blueprint("users", __name__)
STATES = {"disable": "disabled", "enable": "active"}

bp.after_request(frame.private)


@bp.get("/users")
def show() -> Response:
    """The accounts."""
    return frame.page("people/users.html", users_page(frame.library(), actor()), "users")


@bp.get("/users.json")
def as_json() -> Response:
    """The accounts as JSON."""
    return frame.as_json(twin(users_page(frame.library(), actor())))


@bp.post("/users/change")
def change() -> Response:
    """Change somebody's account: its role, whether it may be used, its sessions."""
    library, who, form = frame.library(), actor().name, request.form
    name, do = form.get("name", "")[:100], form.get("do", "")
    if accounts.is_named(actor(), name):
        raise BadInput("You cannot change your own account here. Another admin can, and the command line.")
    if do == "role":
        accounts.set_role(library, name, form.get("role", ""), who=who)
    elif do in STATES:
        accounts.set_state(library, name, STATES[do], who=who)
    elif do == "end":
        accounts.end_sessions(library, name, who=who)
    else:
        raise BadInput("The form does not say what to do. Nothing was changed.")
    return frame.moved(frame.links().users(), 303)
