"""What browsers and crawlers ask a site for: how to search it, what may be visited, where all records are."""

from typing import Final

from flask import Blueprint, Response, abort, request

from litbase.formats.plain import one_line
from litbase.library import outline, suggesting
from litbase.settings import is_email
from litbase.web import conditional, frame
from litbase.web.documents import document
from litbase.web.links import PLACES
from litbase.web.views.feed import OpenSearch, Place, Sitemap, Template
from litbase.web.views.suggest import suggest_page

bp = Blueprint("crawlers", __name__)
XML: Final = "application/xml"
CLOSED: Final = ("search", "facet/", "suggest", "opensearch.json", "unapi", "cite", "list", "l/", "export", "record/*/")
OPEN: Final = ("feed.atom",)
SUGGESTIONS: Final = "application/x-suggestions+json"
SUGGESTED: Final = 10
LONGEST: Final = 1_000  # characters of what is being typed
SHORTEST: Final = 16  # characters of a name, as OpenSearch allows them
SHORT: Final = 48
TERMS: Final = "?q={searchTerms}"


@bp.get("/robots.txt")
def robots() -> Response:
    """What crawlers may visit: pages of records, descriptors, authors and sources, not searches and not other forms."""
    links = frame.links()
    lines = [
        "User-agent: *",
        *(f"Disallow: {links.prefix}/{path}" for path in CLOSED),
        *(f"Allow: {links.prefix}/{path}" for path in OPEN),
        "",
        f"Sitemap: {links.absolute(links.sitemap())}",
    ]
    return Response("\n".join(lines) + "\n", mimetype="text/plain")


@bp.get("/sitemap.xml")
def sitemap() -> Response:
    """The parts of the site map: the pages that are always there, then the records, ten thousand in each."""
    links = frame.links()

    def make() -> Response:
        records = (links.sitemap("records", first) for first in outline.parts(frame.library()))
        places = tuple(Place(links.absolute(path), "") for path in (links.sitemap("pages"), *records))
        return document("feeds/sitemaps.xml", Sitemap(places), XML)

    return conditional.unless_known(make)


@bp.get("/sitemap-pages.xml")
def pages() -> Response:
    """The addresses of the pages that are always there."""
    links = frame.links()
    paths = (links.home, *(links.browse(name) for name in PLACES), links.stats(), links.help)
    return document("feeds/sitemap.xml", Sitemap(tuple(Place(links.absolute(path), "") for path in paths)), XML)


@bp.get("/sitemap-records.xml")
def records() -> Response:
    """The addresses of the records of one part, each with the time of its last change."""
    first = request.args.get("first", "")
    if not first:
        abort(404)
    links = frame.links()

    def make() -> Response:
        found = outline.part(frame.library(), first)
        places = tuple(Place(links.absolute(links.record(id)), changed) for id, changed in found)
        return document("feeds/sitemap.xml", Sitemap(places), XML)

    return conditional.unless_known(make)


@bp.get("/opensearch.xml")
def opensearch() -> Response:
    """OpenSearch 1.1: lets a browser offer this library as a search engine, and a program search it."""
    settings, links = frame.library().settings, frame.links()
    name = one_line(settings.name)
    ways = (
        ("text/html", "results", links.search()), ("application/atom+xml", "results", links.search(None, ".atom")),
        ("application/json", "results", links.search(None, ".json")), (SUGGESTIONS, "suggestions", links.suggestions),
    )  # fmt: skip
    view = OpenSearch(
        name=name[:SHORTEST],
        long_name=name[:SHORT],
        description=one_line(settings.tagline) or f"Search {name}",
        contact=settings.contact if is_email(settings.contact) else "",
        icon=links.absolute(links.static("favicon.svg")),
        url=links.absolute(links.opensearch),
        templates=tuple(Template(mime, rel, links.absolute(path) + TERMS) for mime, rel, path in ways),
    )
    return document("feeds/opensearch.xml", view, "application/opensearchdescription+xml")


@bp.get("/opensearch.json")
def suggestions() -> Response:
    """What a browser's search box offers for the text q: the text, queries, what each is, and where it leads."""
    q = request.args.get("q", "")[:LONGEST]
    found = suggest_page(q, suggesting.suggestions(frame.library(), q), frame.links())
    lines = [(group.label, line) for group in found.groups for line in group.lines][:SUGGESTED]
    links = frame.links()
    answer = frame.as_json([
        q, [line.query or line.plain for _, line in lines], [label for label, _ in lines],
        [links.absolute(line.url) for _, line in lines],
    ])  # fmt: skip
    answer.mimetype = SUGGESTIONS
    return answer
