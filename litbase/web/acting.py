"""Who asks: the person who is signed in, known by a cookie that only names a session of the store, or by a proxy.

A reverse proxy is believed when the connection itself comes from it (setting `sso_from`), whatever X-Forwarded-For
says.
"""

from contextlib import AbstractContextManager
from ipaddress import IPv6Address, ip_address
from typing import Any, Final

from flask import Flask, Response, current_app, g, request

from litbase.errors import BadInput
from litbase.library import Library
from litbase.library.accounts import NOBODY, Actor, actor_of, is_named, is_safe, sign_in_by_proxy, sign_out
from litbase.settings import networks
from litbase.web.links import Links

COOKIE: Final = "litbase"
SECURE_COOKIE: Final = "__Host-litbase"  # browsers take it from https only, and from no other host


def register(app: Flask) -> None:
    """Let what a request to *app* writes be logged as done from its address; keep what was answered to nobody else."""
    app.before_request(_arrive)
    app.after_request(_keep_private)
    app.teardown_request(_go)


def actor() -> Actor:
    """Who is signed in, asked once for each request; NOBODY for a reader."""
    if "actor" not in g:
        token = request.cookies.get(_cookie(), "")
        g.actor = _as_proxied(actor_of(_library(), token) if token else NOBODY)
    found: Actor = g.actor
    return found


def named_by_proxy() -> str:
    """Whom a reverse proxy that is believed names in this request; "" for nobody."""
    settings = _library().settings
    if not settings.sso_header or not is_safe(settings) or not _is_from(peer(request.environ), settings.sso_from):
        return ""
    return request.headers.get(settings.sso_header, "").strip().encode("latin-1", "replace").decode("utf-8", "replace")


def peer(environ: dict[str, Any]) -> str:
    """The address that the connection comes from, which no header can change."""
    before = environ.get("werkzeug.proxy_fix.orig") or environ
    return str(before.get("REMOTE_ADDR") or "")


def agent() -> str:
    """What the browser says it is, cut to a sensible length."""
    return request.headers.get("User-Agent", "")[:300]


def remember(response: Response, token: str) -> Response:
    """*response*, with which the browser gets the token of its session; "" takes it away."""
    links = Links(_library().settings.public_url)
    response.set_cookie(
        _cookie(), token, max_age=None if token else 0, path="/", secure=links.secure, httponly=True, samesite="Lax"
    )
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _as_proxied(person: Actor) -> Actor:
    """*person*, or in a new session whom the proxy names: another one's session ends.

    Whom the proxy has signed in is signed in only while it says so: people sign out there, not here.
    """
    name = named_by_proxy()
    if not name:
        return NOBODY if person.way == "proxy" and _library().settings.sso_header else person
    if is_named(person, name):
        return person
    library = _library()
    if person.is_signed_in:
        sign_out(library, person)
        g.token = ""
    try:
        token = sign_in_by_proxy(
            library, name, library.settings.sso_role, origin=request.remote_addr or "", agent=agent()
        )
    except BadInput:  # no account here, and none can be made
        return NOBODY
    g.token = token
    return actor_of(library, token)


def _is_from(address: str, believed: str) -> bool:
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    return any(found in network for network in networks(believed))


def _library() -> Library:
    found: Library = current_app.extensions["litbase"]
    return found


def _cookie() -> str:
    return SECURE_COOKIE if Links(_library().settings.public_url).secure else COOKIE


def _arrive() -> None:
    g.acting = _library().store.acting((request.remote_addr or "")[:64])
    g.acting.__enter__()


def _go(_: BaseException | None) -> None:
    acting: AbstractContextManager[None] | None = g.pop("acting", None)
    if acting is not None:
        acting.__exit__(None, None, None)


def _keep_private(response: Response) -> Response:
    """What somebody who is signed in is shown is kept nowhere; who was signed in by a proxy gets the cookie."""
    if "token" in g:
        remember(response, g.token)
    if "actor" in g and g.actor.is_signed_in:
        response.headers["Cache-Control"] = "private, no-store"
        response.vary.add("Cookie")
    return response
