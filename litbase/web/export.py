"""A whole result set as a file, streamed; in formats that have comments, what was asked for stands before it."""

import re

from flask import Blueprint, Response, abort, request

from litbase.formats.heading import can_be_headed, headed
from litbase.library import auditing, exporting, finding
from litbase.query.state import SearchState
from litbase.record.text import ascii_slug
from litbase.web import frame
from litbase.web.acting import actor
from litbase.web.conditional import unless_known
from litbase.web.search import asked
from litbase.web.views.said import heading, today

bp = Blueprint("export", __name__)
LONGEST = 60  # characters of the query in a file name


@bp.get("/search.<suffix>")
def search(suffix: str) -> Response:
    """Every record of the search, in the format of the suffix; no limit; with the options of `formats.options`."""
    format = frame.format_of(f".{suffix}")
    if format is None:
        abort(404)
    state = asked()[0].with_page(1)

    def make() -> Response:
        library, links = frame.library(), frame.links()
        url, name = links.absolute(links.search(state)), library.settings.name
        count = finding.count(library, state)
        lines = heading(name, state, count, url) if can_be_headed(format.name) else []
        if request.method == "GET":
            auditing.exported(library, actor().name, count, links.search(state), format.name)
        pieces = exporting.export(library, state, format.name, frame.options(), public=True)
        response = frame.download(headed(format.name, pieces, lines), format.mime, filename(name, state, format.suffix))
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return unless_known(make, today())


def filename(library: str, state: SearchState, suffix: str) -> str:
    """ "litbase-learning-communities-2026-11-22.bib": query and filters between library and date."""
    filters = [value for filter in state.filters for value in (*filter.include, *(f"not {v}" for v in filter.exclude))]
    years = [f"{state.years.first or ''}-{state.years.last or ''}"] if state.years else []
    said = ascii_slug(" ".join((state.q, *filters, *years)))[:LONGEST].strip("-")
    return re.sub("-{2,}", "-", "-".join(filter(None, (ascii_slug(library) or "litbase", said, today())))) + suffix
