"""XML documents for programs, made from a view-model and a template of templates/feeds."""

from flask import Response, make_response, render_template


def document(template: str, view: object, mime: str, status: int = 200) -> Response:
    """*template* with *view* as `page`; nothing in it depends on who asks."""
    response = make_response(render_template(template, page=view), status)
    response.headers["Content-Type"] = f"{mime}; charset=utf-8"
    response.headers["Cache-Control"] = "no-cache"
    return response
