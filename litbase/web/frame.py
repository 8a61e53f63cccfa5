"""The frame round every page and the ways to answer: a page, a piece of one, JSON, a download, a redirect, an error."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any
from urllib.parse import quote, urlsplit

from flask import Response, current_app, g, json, make_response, redirect, render_template, request

from litbase import __version__
from litbase.errors import NotSaved, StoreAway
from litbase.formats import FORMATS, Format, by_suffix
from litbase.formats.csl_style.names import own
from litbase.formats.options import STYLES, Options
from litbase.library import Library, listing
from litbase.library import level as levels
from litbase.library.accounts import NOBODY, Actor
from litbase.library.branding import Branding
from litbase.library.level import LEVEL, Level
from litbase.library.statistics import Counted
from litbase.library.trying import Overview
from litbase.record.text import clean, squash
from litbase.settings import is_email
from litbase.web.acting import actor
from litbase.web.links import Links, mailed
from litbase.web.views import told

THEMES = ("light", "dark")
THEME_COOKIE = "litbase-theme"
LIST_COOKIE = "litbase-list"
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
TRY_AGAIN = 10  # seconds, after which what could not be saved may be sent again
LONGEST_WAY_BACK = 6_000  # characters of an address that a form carries
BROWSE = ("descriptor", "author", "source")
TITLES = {"about": "About", "imprint": "Imprint", "privacy": "Privacy"}


@dataclass(frozen=True, slots=True)
class Site:
    """What the frame of every page shows."""

    name: str = told("Name of the library")
    version: str = told("Version of litbase")
    theme: str = told("light or dark where the reader chose; empty for the system's")
    current: str = told("Which page of the menu this is")
    links: Links = told("The addresses")
    browse: tuple[tuple[str, str], ...] = told("Name and address of each list one can browse")
    formats: tuple[Format, ...] = told("The formats of files")
    logo: str = told("The picture beside the name; empty for the shipped one")
    pages: tuple[tuple[str, str], ...] = told("Title and address of the operator's pages that are there")
    contact: str = told("Where readers write to; empty where the settings give nobody")
    here: str = told("The address of this page, for forms that lead back to it")
    listed: int = told("How many records the reader's list has")
    listed_ids: frozenset[str] = told("Those of the records of this page that are in it")
    level: Level = told("Where the index stands, on pages that search")
    actor: Actor = told("Who is signed in; a reader without a name for nobody")


@dataclass(frozen=True, slots=True)
class Offer:
    """A way on from an error."""

    kind: str = told("number, begun, doi, key, page or search")
    text: str = told("What is read")
    url: str = told("Where it leads")


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """A page that says what went wrong, and what to do."""

    status: int = told("The HTTP status")
    kind: str = told(
        "record, page, withdrawn, list, entry, search, foreign, signed-out, forbidden, token, changed, unsaved, away, "
        "input, busy, often, engine or failure"
    )
    what: str = told("What was asked for")
    detail: str = told("More about it, as a sentence")
    title: str = told("Title of a withdrawn record, else empty")
    q: str = told("The query that was typed, kept in the box")
    offers: tuple[Offer, ...] = told("Ways on")
    reference: str = told("Number under which the failure stands in the log, else empty")
    retry: int = told("After how many seconds to try again; 0 where that is not known")
    level: Level = told("Where the index stands")


def library() -> Library:
    """The library this application serves."""
    found: Library = current_app.extensions["litbase"]
    return found


def branding() -> Branding:
    """The logo and the operator's pages."""
    found: Branding = current_app.extensions["litbase-branding"]
    return found


def overview() -> Overview:
    """The library in numbers, with searches to try in it; counted when the index has moved on."""
    found: Counted[Overview] = current_app.extensions["litbase-overview"]
    return found.now()


def links() -> Links:
    """The addresses of this application."""
    settings = library().settings
    return Links(settings.public_url, settings.openurl, settings.proxy)


def site(current: str = "", ids: Sequence[str] = (), listed: bool = True) -> Site:
    """The frame of a page that shows the records *ids*; *listed* is whether the store may be asked for the list."""
    theme = request.cookies.get(THEME_COOKIE, "")
    token = request.cookies.get(LIST_COOKIE, "") if listed else ""
    size, inside = listing.glance(library(), token, ids) if token else (0, frozenset())
    made, branded = links(), branding()
    return Site(
        name=library().settings.name,
        version=__version__,
        theme=theme if theme in THEMES else "",
        current=current,
        links=made,
        browse=tuple((name, made.browse(name)) for name in BROWSE),
        formats=FORMATS,
        logo=made.logo(branded.logo.suffix, branded.logo.fingerprint) if branded.logo else "",
        pages=tuple((TITLES[name], made.page(name)) for name in TITLES if name in branded.pages or name == "privacy"),
        contact=written_to(library().settings.contact),
        here=here(),
        listed=size,
        listed_ids=inside,
        level=g.get("level", LEVEL),
        actor=actor() if listed else NOBODY,
    )


def level() -> Level:
    """Where the index stands, asked once for each request."""
    if "level" not in g:
        progress: Callable[[], tuple[int, int] | None] = current_app.extensions["litbase.progress"]
        g.level = levels.level(library(), progress)
    found: Level = g.level
    return found


def written_to(contact: str) -> str:
    """The link to whom the setting `contact` names; "" for nobody."""
    return mailed(contact) if is_email(contact) else contact


def here() -> str:
    """The address of the page that was asked for, with its parameters; the first page after a form was posted."""
    path = links().prefix + quote(request.path, safe="/:@!$&'()*+,;=~")
    query = request.query_string.decode("ascii", "replace")
    whole = f"{path}?{query}" if query else path
    usable = request.method in ("GET", "HEAD") and request.url_rule is not None and len(whole) <= LONGEST_WAY_BACK
    return whole if usable else links().home


def page(template: str, view: object, current: str = "", status: int = 200, ids: Sequence[str] = ()) -> Response:
    """*template* with *view* as `page` and the frame as `site`; *ids* are the records that can be put into the list."""
    framed = site(current, ids, listed=status < 500)
    response = make_response(render_template(template, page=view, site=framed), status)
    response.headers["Cache-Control"] = "no-cache"
    response.vary.add("Cookie")
    return response


def private(response: Response) -> Response:
    """*response*, which says that it is one reader's: for the blueprints whose every answer is."""
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["X-Robots-Tag"] = "noindex"
    response.vary.add("Cookie")
    return response


def fragment(name: str) -> bool:
    """Whether only the piece *name* of the page is asked for."""
    return request.headers.get("X-Fragment") == name


def as_json(value: Any, status: int = 200) -> Response:
    """*value* as JSON."""
    response = Response(json.dumps(value, ensure_ascii=False) + "\n", status, mimetype="application/json")
    response.headers["Cache-Control"] = "no-cache"
    return response


def download(pieces: Iterable[str], mime: str, filename: str) -> Response:
    """*pieces* streamed as a file; the first is made before the answer begins, so that an error still gets its page."""
    stream: Iterator[str] = iter(pieces)
    first = next(stream, "")
    response = Response((piece.encode() for piece in chain((first,), stream)), content_type=f"{mime}; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    response.headers["Cache-Control"] = "no-cache"
    return response


def moved(url: str, code: int = 302) -> Response:
    """A redirect to an address that `Links` wrote."""
    response = make_response(redirect(url, code))
    response.headers["Cache-Control"] = "no-cache"
    return response


def options() -> Options:
    """The options that the address says; a style of it is one of litbase's or a file of the library, never a path."""
    return Options.from_args(request.args, own(library().folder))


def own_style() -> bool:
    """Whether the address names a style in a file of the library, which an engine prints."""
    style = squash(clean(request.args.get("style", "")))
    return bool(style) and style not in STYLES and style in own(library().folder)


def format_of(suffix: str) -> Format | None:
    """The format whose files end in just *suffix* (".csl.json"); None when there is none."""
    format = by_suffix(suffix)
    return format if format is not None and format.suffix == suffix else None


def wants_json() -> bool:
    """Whether an error is told as JSON: the address ends in .json, or JSON is preferred to HTML."""
    accept = request.accept_mimetypes
    return request.path.endswith(".json") or accept["application/json"] > accept["text/html"]


def error(
    status: int,
    kind: str,
    what: str = "",
    detail: str = "",
    title: str = "",
    offers: Sequence[Offer] = (),
    reference: str = "",
    retry: int = 0,
    level: Level = LEVEL,
) -> Response:
    """An error as a page, or as JSON of one shape: {"error": {"status", "kind", "what", "detail", ...}}."""
    view = ErrorPage(status, kind, what, detail, title, _typed(), tuple(offers), reference, retry, level)
    if wants_json():
        told_offers = [{"kind": offer.kind, "text": offer.text, "url": offer.url} for offer in offers]
        members = {"status": status, "kind": kind, "what": what, "detail": detail, "title": title}
        return as_json({"error": members | {"offers": told_offers, "reference": reference}}, status)
    return page("error.html", view, status=status)


def unsaved(problem: NotSaved) -> Response:
    """That nothing of what was sent is saved, why, and when to send it again."""
    if isinstance(problem, StoreAway):  # its words name the server
        return _later(error(problem.status, "unsaved", what="away", retry=TRY_AGAIN))
    return _later(error(problem.status, "unsaved", detail=str(problem), retry=TRY_AGAIN))


def away() -> Response:
    """That no record can be read, because the database server does not answer, and when to ask again."""
    return _later(error(503, "away", detail="The database of this library does not answer.", retry=TRY_AGAIN))


def _later(response: Response) -> Response:
    response.headers["Retry-After"] = str(TRY_AGAIN)
    return response


def _typed() -> str:
    return request.args.get("q", "")[:1000]


def is_ours(host: str, public_url: str) -> bool:
    """Whether a Host header names this server: the host of *public_url* or a loopback name, with any port.

    Werkzeug's own check knows no IPv6 addresses.
    """
    name = host.lower()
    name = name[: name.find("]") + 1] if name.startswith("[") else name.partition(":")[0]
    return name in {*LOOPBACK, (urlsplit(public_url).hostname or "").lower()} - {""}
