"""Pages beside the records: about, imprint, privacy, accessibility, every part of the pages for designers; the logo."""

from flask import Blueprint, Response, abort, current_app, request

from litbase.library.branding import PAGES
from litbase.web import frame
from litbase.web.bundle import STATIC
from litbase.web.views.pages import accessibility_page, components_page, privacy_page, written_page

bp = Blueprint("pages", __name__)
INERT = "default-src 'none'; style-src 'unsafe-inline'; sandbox"  # for a picture that is opened by itself


@bp.get("/about", endpoint="about")
@bp.get("/imprint", endpoint="imprint")
@bp.get("/privacy", endpoint="privacy")
def written() -> Response:
    """A page of the operator; of privacy there is one in any case."""
    name = request.path.strip("/")
    assert name in PAGES
    found = frame.branding().pages.get(name)
    if found is not None:
        return frame.page("pages/written.html", written_page(name, found), name)
    if name == "privacy":
        return frame.page("pages/privacy.html", privacy_page(frame.library().settings, current_app.blueprints), name)
    abort(404)


@bp.get("/accessibility")
def accessibility() -> Response:
    """What these pages do for readers who see, hear or move otherwise, how it was tested, and whom to tell."""
    view = accessibility_page(frame.library().settings, frame.links())
    return frame.page("pages/accessibility.html", view, "accessibility")


@bp.get("/components")
def components() -> Response:
    """Every part of the pages in each state; 404 unless the setting `debug` is on."""
    if not frame.library().settings.debug:
        abort(404)
    return frame.page("pages/components.html", components_page(STATIC / "icons.svg", frame.links()))


@bp.get("/logo.<any(svg, png, webp, jpg, jpeg):suffix>")
def logo(suffix: str) -> Response:
    """The picture beside the name, in which nothing can run."""
    found = frame.branding().logo
    if found is None or found.suffix != f".{suffix}":
        abort(404)
    response = Response(found.data, mimetype=found.mime)
    response.headers["Content-Security-Policy"] = INERT
    fresh = request.args.get("v") == found.fingerprint
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if fresh else "no-cache"
    return response
