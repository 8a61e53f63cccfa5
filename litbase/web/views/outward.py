"""Links out of the library, best first: full text, DOI, ERIC page, the work's own page."""

from dataclasses import dataclass

from litbase.record.identifiers import doi_link, eric_link, is_home_page
from litbase.record.record import Record
from litbase.web.links import outward
from litbase.web.views import told


@dataclass(frozen=True, slots=True)
class Way:
    """One link out."""

    kind: str = told("fulltext, doi, eric or page")
    url: str = told("Where it leads")


def ways_out(record: Record) -> tuple[Way, ...]:
    """Where *record* can be read or ordered; a site's front door is never a link to a work."""
    ways = [
        Way("fulltext", outward(record.full_text_url)),
        Way("doi", doi_link(record.doi) if record.doi else ""),
        Way("eric", eric_link(record.eric) if record.eric else ""),
        Way("page", outward(record.url)),
    ]
    seen: set[str] = set()
    kept = []
    for way in ways:
        if way.url and way.url not in seen and not is_home_page(way.url):
            seen.add(way.url)
            kept.append(way)
    return tuple(kept)
