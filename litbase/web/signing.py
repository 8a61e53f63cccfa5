"""Signing in and out.

Whoever is refused learns neither whether there is such an account nor, by the time it takes, how far it was looked at.
"""

from flask import Blueprint, Response, g, request

from litbase.library import throttle
from litbase.library.accounts import NOBODY, NotSignedIn, Wait, is_safe, sign_in, sign_out
from litbase.library.passwords import Busy
from litbase.web import acting, frame, permissions, posting
from litbase.web.acting import actor
from litbase.web.views.people import LoginPage

bp = Blueprint("signing", __name__)
LONGEST = 1_000  # characters of a name or password that are looked at


@bp.after_request
def kept_nowhere(response: Response) -> Response:
    """*response*, which no browser and no proxy keeps."""
    response = frame.private(response)
    response.headers["Cache-Control"] = "private, no-store"
    return response


@bp.get("/login")
def login() -> Response:
    """The form; who is signed in already goes on."""
    asked = request.args.get("next", "")
    back = asked if posting.is_our_page(asked) else frame.links().home
    return frame.moved(back) if actor().is_signed_in else _page(back)


@bp.post("/login")
def enter() -> Response:
    """Begin a session; one that there was ends, so that none is taken over."""
    library, back = frame.library(), posting.way_back(frame.links().home)
    if not is_safe(library.settings):
        return _page(back, 403)
    name, password = (request.form.get(field, "")[:LONGEST] for field in ("name", "password"))
    try:
        token = sign_in(library, name, password, origin=request.remote_addr or "", agent=acting.agent())
    except (NotSignedIn, Wait, Busy) as refusal:
        response = _page(back, refusal.status, str(refusal), name)
        if not isinstance(refusal, NotSignedIn):
            response.headers["Retry-After"] = str(refusal.seconds if isinstance(refusal, Wait) else 5)
        return response
    if actor().is_signed_in:
        sign_out(library, actor())
    return acting.remember(frame.moved(back, 303), token)


@bp.post("/logout")
def leave() -> Response:
    """End this session."""
    person = actor()
    if person.is_signed_in:
        if not permissions.has_token(person):
            return frame.error(403, "token")
        sign_out(frame.library(), person)
        g.actor = NOBODY
    return acting.remember(frame.moved(frame.links().home, 303), "")


def _page(back: str, status: int = 200, problem: str = "", name: str = "") -> Response:
    settings = frame.library().settings
    view = LoginPage(
        next=back,
        name=name,
        problem=problem,
        safe=is_safe(settings),
        public_url=settings.public_url,
        proxied=acting.named_by_proxy()[:100],
        seconds=throttle.LONGEST_WAIT,
    )
    return frame.page("people/login.html", view, status=status)
