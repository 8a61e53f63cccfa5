"""The web application: `create_app` makes it for one library, `serve` puts it on a port."""

import logging
import secrets

from flask import Flask, Response, current_app, request
from jinja2 import StrictUndefined
from werkzeug.exceptions import HTTPException

from litbase.errors import BadInput, EngineError, LitbaseError, NotFound
from litbase.library import Library
from litbase.paths import shipped
from litbase.web import export, frame, home, record, search, suggest
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
YEAR = 365 * 24 * 3600
log = logging.getLogger("litbase.web")


def create_app(library: Library) -> Flask:
    """The application that serves *library*; it keeps no state of its own."""
    app = Flask("litbase.web", template_folder=str(shipped("templates")))
    app.extensions["litbase"] = library
    app.config.update(
        MAX_CONTENT_LENGTH=1024 * 1024,
        SEND_FILE_MAX_AGE_DEFAULT=YEAR,
    )
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(instants.filters(library.settings.timezone), number="{:,}".format)
    for blueprint in (home.bp, search.bp, suggest.bp, record.bp, export.bp):
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

    @app.after_request
    def with_headers(response: Response) -> Response:
        response.headers.update(HEADERS)
        if public_url.startswith("https:"):
            response.headers["Strict-Transport-Security"] = HSTS
        return response

    return app


def _refused(problem: LitbaseError) -> Response:
    if isinstance(problem, EngineError):
        response = frame.error(503, "engine", detail=str(problem))
        response.headers["Retry-After"] = "10"
        return response
    if isinstance(problem, NotFound | BadInput):
        return frame.error(problem.status, "page" if problem.status == 404 else "input", detail=str(problem))
    return _failed(problem)


def _http(problem: HTTPException) -> Response:
    if problem.response is not None or (problem.code or 500) < 400:
        return current_app.make_response(problem.get_response(request.environ))
    code = problem.code or 500
    kind = {404: "page", 410: "withdrawn", 503: "engine"}.get(code, "input" if code < 500 else "failure")
    response = frame.error(code, kind, what=request.path, detail=problem.description or "")
    if allow := problem.get_headers(request.environ, {}):
        response.headers.extend((name, value) for name, value in allow if name == "Allow")
    return response


def _failed(problem: Exception) -> Response:
    """A failure of ours: no detail on the page, a number that finds it in the log."""
    reference = secrets.token_hex(4)
    log.error("failure %s at %s %s", reference, request.method, request.full_path.rstrip("?")[:500], exc_info=problem)
    return frame.error(500, "failure", reference=reference)
