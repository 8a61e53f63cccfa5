"""Writer of OpenURLs, as link resolvers ask for a work and as COinS carries them in the attribute "title" of a span.

Sources: OpenURL 1.0 (Z39.88-2004), its KEV formats journal, book, dissertation and dc; COinS 0.1; what Zotero's COinS
reads of them: a work that has no format of its own goes as dc with Zotero's name of its type, a group that is the first
author as aucorp alone, because an au without a comma is taken for a person's name.  Not carried: editors, series
editors, subjects, texts.
"""

from collections.abc import Iterator
from typing import Final
from urllib.parse import quote

from litbase.formats.dublin_core import iso_date
from litbase.formats.plain import address, first_and_last, one_line
from litbase.record.identifiers import eric_link, is_home_page
from litbase.record.kinds import kind_of
from litbase.record.names import Name
from litbase.record.pages import normal_pages
from litbase.record.record import Record

MOST: Final = 50  # values of one key
LONGEST: Final = 1_000  # characters of one value
_FORMAT: Final = "info:ofi/fmt:kev:mtx:"
_GENRES: Final = {
    "article-journal": ("journal", "article"), "chapter": ("book", "bookitem"), "symposium": ("book", "proceeding"),
    "paper-conference": ("book", "proceeding"), "book": ("book", "book"), "proceedings": ("book", "book"),
    "report": ("book", "report"), "thesis": ("dissertation", ""),
}  # fmt: skip
"""Kind of a record -> format of its OpenURL, and genre within that; every other kind is told in Dublin Core."""
_TYPES: Final = {
    "opinion": "newspaperArticle", "article-newspaper": "newspaperArticle", "webpage": "webpage", "dataset": "dataset",
    "software": "computerProgram", "motion_picture": "film", "legislation": "statute",
}  # fmt: skip
"""Kind of a record -> the word for it in Dublin Core, as Zotero names it; every other kind is a document."""

Key = tuple[str, str]


def openurl(record: Record) -> str:
    """The OpenURL of *record* without a resolver, as the text of a COinS span, not yet escaped for HTML.

    >>> openurl(Record(type="book", title="A & B")).split("&")[-2:]
    ['rft.genre=book', 'rft.btitle=A%20%26%20B']
    """
    return "&".join(f"{key}={quote(value, safe='')}" for key, value in keys(record))


def keys(record: Record) -> Iterator[Key]:
    """The keys of the OpenURL of *record* with their values, nothing empty, each value on one line."""
    count: dict[str, int] = {}
    for key, value in _all(record):
        text = one_line(value)[:LONGEST]
        count[key] = count.get(key, 0) + bool(text)
        if text and count[key] <= MOST:
            yield key, text


def _all(record: Record) -> Iterator[Key]:
    format_, genre = _GENRES.get(kind_of(record).name, ("dc", ""))
    yield "ctx_ver", "Z39.88-2004"
    yield "rfr_id", "info:sid/litbase"
    yield "rft_val_fmt", _FORMAT + format_
    yield "rft.genre", genre
    yield from {"journal": _article, "book": _book, "dissertation": _thesis, "dc": _anything}[format_](record)
    yield "rft.date", iso_date(record.issued)
    yield from (("rft.isbn", number) for number in record.isbn)
    yield from (("rft.issn", number) for number in record.issn)
    yield from (("rft.eissn", number) for number in record.eissn)
    yield "rft.language", record.language[0] if record.language else ""
    yield "rft_id", f"info:doi/{record.doi}" if record.doi else ""
    yield from (("rft_id", f"info:pmid/{value}") for scheme, value in record.identifiers if scheme == "pmid")
    yield "rft_id", _page_of(record)


def _page_of(record: Record) -> str:
    """Where the work itself is on the web; a site's front door is no such place."""
    own = address(record.url)
    usable = own.startswith(("http://", "https://")) and not is_home_page(own)
    return own if usable else eric_link(record.eric) if record.eric else ""


def _article(record: Record) -> Iterator[Key]:
    yield "rft.atitle", record.title
    yield "rft.jtitle", record.container_title
    yield from _authors(record.author)
    yield "rft.volume", record.volume
    yield "rft.issue", record.issue
    yield "rft.artnum", record.number
    yield from _pages(record)


def _book(record: Record) -> Iterator[Key]:
    container = record.container_title or record.event_title
    part = record.type in ("chapter", "paper-conference")
    yield "rft.atitle", record.title if part else ""
    yield "rft.btitle", container if part else record.title
    yield from _authors(record.author)
    yield "rft.volume", record.volume
    yield "rft.edition", record.edition
    yield from _pages(record)
    yield "rft.series", record.collection_title
    yield (
        "rft.pub",
        record.publisher or (record.institution[0] if record.type == "report" and record.institution else ""),
    )
    yield "rft.place", record.publisher_place
    yield "rft.tpages", str(record.number_of_pages or "")


def _thesis(record: Record) -> Iterator[Key]:
    yield "rft.title", record.title
    yield from _authors(record.author)
    yield "rft.inst", record.publisher
    yield "rft.degree", record.genre
    yield "rft.tpages", str(record.number_of_pages or "")


def _anything(record: Record) -> Iterator[Key]:
    yield "rft.type", _TYPES.get(kind_of(record).name, "document")
    yield "rft.title", record.title
    yield "rft.source", record.container_title
    yield from _authors(record.author)
    yield "rft.publisher", record.publisher


def _authors(names: tuple[Name, ...]) -> Iterator[Key]:
    """The first author in parts, then every person, family name first; a group that comes first stands alone."""
    for place, name in enumerate(names):
        if name.literal and not place:
            yield "rft.aucorp", name.literal
            continue
        if not place:
            yield "rft.aulast", name.surname
            yield "rft.aufirst", name.given
            yield "rft.ausuffix", name.suffix
        yield "rft.au", str(name)


def _pages(record: Record) -> Iterator[Key]:
    first, last = first_and_last(record.page)
    yield "rft.pages", normal_pages(one_line(record.page))
    if last:
        yield "rft.spage", first
        yield "rft.epage", last
