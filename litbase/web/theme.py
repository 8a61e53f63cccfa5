"""The colours of the pages, as the reader chooses them; the script of the pages sets the same cookie by itself."""

from flask import Blueprint, Response, request

from litbase.errors import BadInput
from litbase.web import frame, posting

bp = Blueprint("theme", __name__)
YEAR = 365 * 24 * 3600


@bp.post("/settings/theme")
def choose() -> Response:
    """Keep the theme "light" or "dark", or with "auto" follow the system; then back to where the form stood."""
    theme = request.form.get("theme", "")
    if theme not in (*frame.THEMES, "auto"):
        raise BadInput("A theme is light, dark or auto.")
    links = frame.links()
    response = frame.moved(posting.way_back(links.home), 303)
    path, age = links.prefix or "/", 0 if theme == "auto" else YEAR
    response.set_cookie(frame.THEME_COOKIE, theme, max_age=age, path=path, secure=links.secure, samesite="Lax")
    return response
