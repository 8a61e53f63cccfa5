"""Links out of the library, best first: full text, DOI, ERIC or catalogue page, the reader's own library.

What costs money goes through the proxy of the settings, where there is one; the reader's library is asked by OpenURL.
"""

from dataclasses import dataclass

from litbase.formats import coins
from litbase.record.identifiers import doi_link, eric_link, is_home_page
from litbase.record.record import Record
from litbase.web.links import Links, outward
from litbase.web.views import told

CATALOGUES = frozenset({"vufind"})  # sources whose page of a work is a library's catalogue


@dataclass(frozen=True, slots=True)
class Way:
    """One link out."""

    kind: str = told("fulltext, doi, eric, catalogue, page or library")
    url: str = told("Where it leads")


def ways_out(record: Record, links: Links) -> tuple[Way, ...]:
    """Where *record* can be read or ordered; a site's front door is never a link to a work."""
    page = "catalogue" if CATALOGUES.intersection(record.collection) else "page"
    ways = [
        Way("fulltext", outward(record.full_text_url)),
        Way("doi", doi_link(record.doi) if record.doi else ""),
        Way("eric", eric_link(record.eric) if record.eric else ""),
        Way(page, outward(record.url)),
    ]
    seen: set[str] = set()
    kept = []
    for way in ways:
        if way.url and way.url not in seen and not is_home_page(way.url):
            seen.add(way.url)
            kept.append(Way(way.kind, links.proxied(way.url)) if way.kind in ("fulltext", "doi") else way)
    if links.openurl and record.title:
        kept.append(Way("library", links.resolved(coins.keys(record))))
    return tuple(kept)
