"""Web pages as text, and what is embedded in them: meta tags and JSON-LD; the only home of bs4.

Sources: the HTML Standard (which elements break a line, which have no end tag);
JSON-LD 1.1 ("@graph").  A page is parsed once, within bounds: at most MAX_CHARACTERS of it,
and not at all when it is nested deeper than MAX_DEPTH.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from bs4 import BeautifulSoup
from bs4.builder import ParserRejectedMarkup
from bs4.element import NavigableString, PreformattedString, Tag

from litbase.formats.page import loose_json
from litbase.record.notices import Notice, notice
from litbase.record.reading import Document
from litbase.record.text import squash

MAX_CHARACTERS = 4_000_000
MAX_DEPTH = 500
MAX_TAGS = 50_000
MAX_ENTITIES = 100_000
MAX_TAG_CHARACTERS = 65_536
VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
SILENT = frozenset("script style noscript template svg head iframe object select textarea".split())
BLOCKS = frozenset(
    "address article aside blockquote body br caption center dd details dialog div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol option p pre section summary table tbody tfoot "
    "thead tr ul".split()
)
CELLS = frozenset(("td", "th"))
FURNITURE = frozenset("style noscript template svg iframe nav form dialog header footer".split())
FURNITURE_ROLES = frozenset("navigation banner search dialog alertdialog contentinfo".split())
_TAG = re.compile(r"<(/?)([A-Za-z][^\s/>]*)")
_BANNER = re.compile(r"cookie|consent|gdpr", re.I)
_KEPT = frozenset(("html", "body", "main", "article", "h1"))

Node = Tag
"""An element of a page, for `select`, `text`, `lines` and `attribute`."""


@dataclass(frozen=True, slots=True)
class Page:
    """A parsed page.

    *root* is the whole of it; *refused* says why it was not parsed (*root* is then empty), else None; *notices* tell
    what was cut.
    """

    root: BeautifulSoup
    refused: Notice | None = None
    notices: tuple[Notice, ...] = ()


def parse(document: Document) -> Page:
    """The page in *document*; never raises.

    A page longer than MAX_CHARACTERS is cut there, with a notice; one nested deeper than MAX_DEPTH or with more than
    MAX_TAGS elements is refused.
    """
    return parse_text(document.text)


def parse_text(html: str) -> Page:
    """The page in *html*, as `parse` reads it."""
    notices: tuple[Notice, ...] = ()
    if len(html) > MAX_CHARACTERS:
        html = html[:MAX_CHARACTERS]
        notices = (notice("too-large", what="The page", limit=f"{MAX_CHARACTERS:,} characters"),)
    prepared = _prepared(html)
    if isinstance(prepared, Notice):
        return Page(BeautifulSoup("", "html.parser"), prepared, notices)
    try:
        return Page(BeautifulSoup(prepared, "html.parser"), None, notices)
    except ParserRejectedMarkup as error:
        reason = notice("malformed", expected="a web page", found=squash(str(error))[:80])
        return Page(BeautifulSoup("", "html.parser"), reason, notices)


def _prepared(html: str) -> str | Notice:
    """*html* without comments, declarations and silent scripts, stray "<" escaped; a notice when it is too much.

    Tags are followed as html.parser does, in one pass: an end tag closes everything up to its start tag, or nothing.
    html.parser needs minutes for what is never closed ("<!--<!--<!--..."), so the page ends at such a place.
    """
    if html.count("<") > 2 * MAX_TAGS or html.count("&") > MAX_ENTITIES:
        return notice("malformed", expected=f"at most {MAX_TAGS:,} elements in a page", found="more")
    pieces: list[str] = []
    open_tags: list[str] = []
    counts: dict[str, int] = {}
    place = 0
    while (start := html.find("<", place)) >= 0:
        pieces.append(html[place:start])
        found = _TAG.match(html, start)
        if not found and not html.startswith(("<!", "<?"), start):
            pieces.append("&lt;")
            place = start + 1
            continue
        ending = "-->" if html.startswith("<!--", start) else ">"
        end = html.find(ending, start + 1)
        if end < 0:
            return "".join(pieces)
        place = end + len(ending)
        if not found or place - start > MAX_TAG_CHARACTERS:
            pieces.append("\n" * html.count("\n", start, place))
            continue
        tag, name = html[start:place], found[2].lower()
        if name in ("script", "style") and not found[1]:
            close = re.compile(f"</{name}", re.I).search(html, place)
            if close is None:
                return "".join(pieces)
            if "ld+json" not in tag.lower():
                close_end = html.find(">", close.end())
                pieces.append("\n" * html.count("\n", start, close_end))
                place = close_end + 1 or len(html)
                continue
            tag, place = html[start : close.start()], close.start()
        pieces.append(tag)
        if not found[1] and not tag.endswith("/>") and name not in VOID:
            open_tags.append(name)
            counts[name] = counts.get(name, 0) + 1
            if len(open_tags) > MAX_DEPTH:
                return notice(
                    "malformed", expected=f"elements nested at most {MAX_DEPTH:,} deep", found="deeper nesting"
                )
        while found[1] and counts.get(name):
            last = open_tags.pop()
            counts[last] -= 1
            if last == name:
                break
    pieces.append(html[place:])
    return "".join(pieces)


def select(where: Page | Node, css: str) -> list[Node]:
    """The elements that *css* selects, in document order; [] for none."""
    return list((where.root if isinstance(where, Page) else where).select(css))


def first(where: Page | Node, *css: str) -> Node | None:
    """The first element that the first fitting one of *css* selects; None for none."""
    for selector in css:
        if (found := (where.root if isinstance(where, Page) else where).select_one(selector)) is not None:
            return found
    return None


def attribute(node: Node, name: str) -> str:
    """The value of an attribute, stripped; "" when it is not there."""
    value = node.get(name)
    return (" ".join(value) if isinstance(value, list) else str(value or "")).strip()


def line_of(node: Node | None) -> int:
    """The line of the source where *node* begins, from 1; 1 when unknown."""
    return (node.sourceline or 1) if node is not None else 1


class Line(NamedTuple):
    """One line of text and the line of the source on which its element begins, from 1."""

    number: int
    text: str


def text(where: Page | Node) -> str:
    """The text of a page or element: one line for each block, single spaces, no empty lines.

    p, div, li, br, tr, dt, dd, headings and the like break the line, inline elements do not; cells of a row are
    parted by a tab.  Scripts, styles, drawings and the page's head are silent.
    """
    return "\n".join(line.text for line in lines(where))


def lines(where: Page | Node) -> list[Line]:
    """The lines of `text` with their places in the source; [] when there are none."""
    found: list[Line] = []
    pieces: list[str] = []
    number = 0
    for place, piece in (*_pieces(where.root if isinstance(where, Page) else where), (0, "\n")):
        if piece == "\n":
            if line := "\t".join(filter(None, map(squash, "".join(pieces).split("\t")))):
                found.append(Line(number, line))
            pieces, number = [], 0
        else:
            pieces.append(piece)
            number = number or (place if piece.strip() else 0)
    return found


def _pieces(node: Node) -> Iterator[tuple[int, str]]:
    """The strings below *node* with their places, "\n" for block borders, "\t" for cells; walked without recursion."""
    stack: list[tuple[Tag, Iterator[Any], str]] = [(node, iter(node.children), "")]
    while stack:
        parent, children, border = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            yield 0, border
        elif isinstance(child, Tag):
            if child.name not in SILENT:
                border = "\n" if child.name in BLOCKS else "\t" if child.name in CELLS else ""
                yield 0, border
                stack.append((child, iter(child.children), border))
        elif isinstance(child, NavigableString) and not isinstance(child, PreformattedString):
            yield parent.sourceline or 1, re.sub(r"\s", " ", child)


def drop(page: Page, *css: str) -> int:
    """Takes menus, scripts, styles, banners, forms and what *css* selects out of *page*; how many lines of text went.

    Nothing that holds the main heading (h1) or is the page's main part goes.
    """
    kept: set[int] = set()
    for heading in page.root.find_all("h1"):
        node: Tag | None = heading
        while node is not None and id(node) not in kept:
            kept.add(id(node))
            node = node.parent
    unwanted = [node for node in page.root.find_all(True) if _is_furniture(node)]
    unwanted += page.root.select(", ".join(css)) if css else []
    count = 0
    for node in unwanted:
        if not node.decomposed and node.name not in _KEPT and id(node) not in kept:
            count += len(lines(node)) if node.name not in SILENT else 0
            node.decompose()
    return count


def _is_furniture(node: Tag) -> bool:
    if node.name in FURNITURE or attribute(node, "role").lower() in FURNITURE_ROLES:
        return True
    return bool(_BANNER.search(f"{attribute(node, 'id')} {attribute(node, 'class')}"))


def meta(page: Page) -> dict[str, tuple[str, ...]]:
    """The contents of the meta tags by name, property or itemprop in lower case, in order, without empty ones."""
    found: dict[str, list[str]] = {}
    for node in page.root.find_all("meta"):
        content = squash(attribute(node, "content"))
        for key in {attribute(node, key).lower() for key in ("name", "property", "itemprop")} - {""}:
            if content:
                found.setdefault(key, []).append(content)
    return {key: tuple(values) for key, values in found.items()}


def canonical(page: Page) -> str:
    """The address the page gives itself (link rel=canonical, else og:url); "" when it gives none."""
    node = page.root.select_one("link[rel~='canonical'][href]")
    return attribute(node, "href") if node is not None else next(iter(meta(page).get("og:url", ())), "")


def title(page: Page) -> str:
    """The title in the page's head, on one line; "" when there is none."""
    node = page.root.select_one("title")
    return squash(node.get_text(" ")) if node is not None else ""


def json_ld(page: Page) -> tuple[dict[str, Any], ...]:
    """The objects of the page's JSON-LD blocks, arrays and "@graph" opened; what is no JSON is passed over."""
    found: list[dict[str, Any]] = []
    for node in page.root.select("script[type='application/ld+json' i]"):
        waiting = [loose_json.load(node.get_text())]
        while waiting:
            value = waiting.pop()
            if isinstance(value, list):
                waiting += reversed(value)
            elif isinstance(value, dict):
                if isinstance(graph := value.get("@graph"), list):
                    waiting += reversed(graph)
                if set(value) - {"@context", "@graph"}:
                    found.append(value)
    return tuple(found)
