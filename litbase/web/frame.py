"""The frame round every page and the ways to answer: a page, a piece of one, JSON, a download, a redirect, an error."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any
from urllib.parse import urlsplit

from flask import Response, current_app, json, make_response, redirect, render_template, request

from litbase import __version__
from litbase.formats import Format, by_suffix
from litbase.library import Library
from litbase.web.links import Links
from litbase.web.views import told

THEMES = ("light", "dark")
THEME_COOKIE = "litbase-theme"
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
BROWSE = ("descriptor", "author", "source")


@dataclass(frozen=True, slots=True)
class Site:
    """What the frame of every page shows."""

    name: str = told("Name of the library")
    version: str = told("Version of litbase")
    theme: str = told("light or dark where the reader chose; empty for the system's")
    current: str = told("Which page of the menu this is")
    links: Links = told("The addresses")
    browse: tuple[tuple[str, str], ...] = told("Name and address of each list one can browse")


@dataclass(frozen=True, slots=True)
class Offer:
    """A way on from an error."""

    kind: str = told("number, doi, key, search or home")
    text: str = told("What is read")
    url: str = told("Where it leads")


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """A page that says what went wrong, and what to do."""

    status: int = told("The HTTP status")
    kind: str = told("record, page, withdrawn, input, host, engine or failure")
    what: str = told("What was asked for")
    detail: str = told("More about it, as a sentence")
    title: str = told("Title of a withdrawn record, else empty")
    q: str = told("The query that was typed, kept in the box")
    offers: tuple[Offer, ...] = told("Ways on")
    reference: str = told("Number under which the failure stands in the log, else empty")


def library() -> Library:
    """The library this application serves."""
    found: Library = current_app.extensions["litbase"]
    return found


def links() -> Links:
    """The addresses of this application."""
    return Links(library().settings.public_url)


def site(current: str = "") -> Site:
    """The frame of a page."""
    theme = request.cookies.get(THEME_COOKIE, "")
    made = links()
    return Site(
        name=library().settings.name,
        version=__version__,
        theme=theme if theme in THEMES else "",
        current=current,
        links=made,
        browse=tuple((name, made.facet(name)) for name in BROWSE),
    )


def page(template: str, view: object, current: str = "", status: int = 200) -> Response:
    """*template* with *view* as `page` and the frame as `site`."""
    response = make_response(render_template(template, page=view, site=site(current)), status)
    response.headers["Cache-Control"] = "no-cache"
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
) -> Response:
    """An error as a page, or as JSON of one shape: {"error": {"status", "kind", "what", "detail", ...}}."""
    view = ErrorPage(status, kind, what, detail, title, _typed(), tuple(offers), reference)
    if wants_json():
        told_offers = [{"kind": offer.kind, "text": offer.text, "url": offer.url} for offer in offers]
        members = {"status": status, "kind": kind, "what": what, "detail": detail, "title": title}
        return as_json({"error": members | {"offers": told_offers, "reference": reference}}, status)
    return page("error.html", view, status=status)


def _typed() -> str:
    return request.args.get("q", "")[:1000]


def is_ours(host: str, public_url: str) -> bool:
    """Whether a Host header names this server: the host of *public_url* or a loopback name, with any port.

    Werkzeug's own check knows no IPv6 addresses.
    """
    name = host.lower()
    name = name[: name.find("]") + 1] if name.startswith("[") else name.partition(":")[0]
    return name in {*LOOPBACK, (urlsplit(public_url).hostname or "").lower()} - {""}
