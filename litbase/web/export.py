"""A whole result set as a file, streamed."""

import re
from datetime import UTC, datetime

from flask import Blueprint, Response, abort, request

from litbase.formats.options import Options
from litbase.library import exporting
from litbase.query.state import SearchState
from litbase.record.text import ascii_slug
from litbase.web import frame
from litbase.web.search import asked

bp = Blueprint("export", __name__)
LONGEST = 60  # characters of the query in a file name


@bp.get("/search.<suffix>")
def search(suffix: str) -> Response:
    """Every record of the search, in the format of the suffix; no limit; with the options of `formats.options`."""
    format = frame.format_of(f".{suffix}")
    if format is None:
        abort(404)
    state, _ = asked()
    pieces = exporting.export(frame.library(), state, format.name, Options.from_args(request.args), public=True)
    return frame.download(pieces, format.mime, filename(frame.library().settings.name, state, format.suffix))


def filename(library: str, state: SearchState, suffix: str) -> str:
    """ "litbase-learning-communities-2026-11-22.bib": query and filters between library and date."""
    filters = [value for filter in state.filters for value in (*filter.include, *(f"not {v}" for v in filter.exclude))]
    years = [f"{state.years.first or ''}-{state.years.last or ''}"] if state.years else []
    said = ascii_slug(" ".join((state.q, *filters, *years)))[:LONGEST].strip("-")
    today = datetime.now(UTC).date().isoformat()
    return re.sub("-{2,}", "-", "-".join(filter(None, (ascii_slug(library) or "litbase", said, today)))) + suffix
