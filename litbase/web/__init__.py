"""The web application: `create_app` makes it for one library, `serve` puts it on a port."""

import logging
import secrets
from collections.abc import Sequence
from contextlib import suppress
from typing import Protocol

from flask import Flask, Response, current_app, g, request
from jinja2 import StrictUndefined
from werkzeug.exceptions import HTTPException
from werkzeug.middleware.proxy_fix import ProxyFix

from litbase.errors import BadInput, EngineError, LitbaseError, NotFound, NotSaved, StoreAway, Unsupported
from litbase.library import Library
from litbase.library.branding import branding
from litbase.library.level import LEVEL, Level
from litbase.library.statistics import Counted
from litbase.library.trying import overview
from litbase.paths import shipped
from litbase.web import (
    account,
    acting,
    advanced,
    audit,
    browse,
    bulk,
    changes,
    cite,
    compress,
    convert,
    corrections,
    crawlers,
    drafts,
    duplicates,
    edit,
    export,
    feeds,
    files,
    frame,
    health,
    home,
    imports,
    limits,
    logs,
    mylist,
    pages,
    past,
    permissions,
    posting,
    record,
    review,
    search,
    searches,
    signing,
    start,
    stats,
    suggest,
    theme,
    turns,
    unapi,
    users,
    variants,
)
from litbase.web.guesses import newest, pages_like
from litbase.web.links import Links
from litbase.web.prefix import Prefixed
from litbase.web.serve import serve
from litbase.web.views import instants

__all__ = ["create_app", "serve"]
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; "
    "trusted-types litbase"
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
}
HSTS = "max-age=31536000; includeSubDomains"
log = logging.getLogger("litbase.web")


class Following(Protocol):
    """What is asked of the thread that follows the store."""

    @property
    def progress(self) -> tuple[int, int] | None:
        """(Changes done, changes there were) while it works."""
        ...

    @property
    def error(self) -> Exception | None:
        """Why it cannot bring the index level; None when all is well."""
        ...


def create_app(library: Library, follower: Following | None = None) -> Flask:
    """The application that serves *library*, and tells how far its *follower* is; of its own it keeps only counts.

    Raises LibraryError where the logo or a page that the settings name cannot be used.
    """
    app = Flask("litbase.web", template_folder=str(shipped("templates")), static_folder=None)
    app.extensions["litbase"] = library
    app.extensions["litbase-branding"] = branding(library)
    app.extensions["litbase-overview"] = Counted(library, overview)
    app.extensions.update(browse.counted(library))
    app.extensions.update(variants.counted(library))
    app.extensions["litbase-filters"] = Counted(library, advanced.filters_of)
    app.extensions["litbase.trouble"] = lambda: follower.error if follower else None
    app.extensions["litbase.progress"] = lambda: follower.progress if follower else None
    app.config.update(
        MAX_CONTENT_LENGTH=1024 * 1024,
        MAX_FORM_MEMORY_SIZE=1024 * 1024,
        MAX_FORM_PARTS=200,
    )
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(instants.filters(library.settings.timezone), number="{:,}".format)
    for blueprint in (
        home.bp,
        search.bp,
        advanced.bp,
        searches.bp,
        suggest.bp,
        record.bp,
        past.bp,
        edit.bp,
        start.bp,
        drafts.bp,
        changes.bp,
        corrections.bp,
        cite.bp,
        export.bp,
        mylist.bp,
        convert.bp,
        imports.bp,
        theme.bp,
        files.bp,
        health.bp,
        stats.bp,
        browse.bp,
        pages.bp,
        feeds.bp,
        unapi.bp,
        crawlers.bp,
        signing.bp,
        account.bp,
        users.bp,
        variants.bp,
        review.bp,
        bulk.bp,
        duplicates.bp,
        audit.bp,
    ):
        app.register_blueprint(blueprint)
    app.register_error_handler(LitbaseError, _refused)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _failed)
    public_url = library.settings.public_url

    @app.before_request
    def refuse_other_hosts() -> Response | None:
        if frame.is_ours(request.headers.get("Host", ""), public_url):
            return None
        return Response("400: this server does not answer to that host name\n", 400, mimetype="text/plain")

    limits.init_app(app, limits.Limits(library.settings))
    turns.init_app(app, turns.Turns(library.settings))
    posting.register(app)
    compress.init_app(app)  # before what makes answers private: what is registered first looks at them last
    acting.register(app)
    permissions.register(app)

    @app.after_request
    def with_headers(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)  # a picture has a stricter policy of its own
        if public_url.startswith("https:"):
            response.headers["Strict-Transport-Security"] = HSTS
        return response

    app.wsgi_app = Prefixed(app.wsgi_app, Links(public_url).prefix)  # type: ignore[method-assign]
    if proxies := library.settings.trusted_proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies)  # type: ignore[method-assign]
    app.wsgi_app = logs.logged(app.wsgi_app, library.settings.access_log)  # type: ignore[method-assign]
    return app


def _refused(problem: LitbaseError) -> Response:
    if isinstance(problem, EngineError):
        level = _level()
        if isinstance(problem, Unsupported):
            detail = str(problem)
        else:  # its words are the machine's, with addresses of servers
            detail = limits.WITHOUT.get(level.state, "The search index does not answer.")
            if level.state not in limits.WITHOUT:
                log.error("no search at %s %r: %s", request.method, request.path[:500], problem)
        response = frame.error(503, "engine", detail=detail, offers=_readable(), level=level)
        response.headers["Retry-After"] = "10"
        return response
    if isinstance(problem, NotSaved):
        away = isinstance(problem, StoreAway) and request.method in posting.READING
        log.error("not %s at %s %r: %s", "read" if away else "saved", request.method, request.path[:500], problem)
        return frame.away() if away else frame.unsaved(problem)
    if isinstance(problem, NotFound | BadInput):
        return frame.error(problem.status, "page" if problem.status == 404 else "input", detail=str(problem))
    return _failed(problem)


def _readable() -> list[frame.Offer]:
    with suppress(Exception):  # as below
        return newest(frame.library(), frame.links())
    return []


def _level() -> Level:
    with suppress(Exception):  # what keeps the engine from answering may keep the store from it too
        g.pop("level", None)  # asked before the engine met what is wrong
        return frame.level()
    return LEVEL


def _http(problem: HTTPException) -> Response:
    if problem.response is not None or (problem.code or 500) < 400:
        return current_app.make_response(problem.get_response(request.environ))
    code = problem.code or 500
    kind = {404: "page", 410: "withdrawn", 503: "engine"}.get(code, "input" if code < 500 else "failure")
    offers = _guessed() if code == 404 else ()
    response = frame.error(code, kind, what=request.path, detail=problem.description or "", offers=offers)
    if allow := problem.get_headers(request.environ, {}):
        response.headers.extend((name, value) for name, value in allow if name == "Allow")
    return response


def _guessed() -> Sequence[frame.Offer]:
    """What may have been meant, unless the store cannot tell."""
    typed = next((text for name in ("q", "lookfor", "query") if (text := request.args.get(name, ""))), "")
    with suppress(LitbaseError):
        return pages_like(frame.library(), frame.links(), request.path, typed)
    return ()


def _failed(problem: Exception) -> Response:
    """A failure of ours: no detail on the page, a number that finds it in the log, where no words of the reader are."""
    reference = secrets.token_hex(4)
    log.error("failure %s at %s %r\n%s", reference, request.method, request.path[:500], logs.trace(problem))
    return frame.error(500, "failure", reference=reference)
