"""Open Library's answers about books: `/api/books?bibkeys=ISBN:...&jscmd=data`, an object with a book under each key.

Source: openlibrary.org's Books API.  Names stand in their natural order; editors are only in the statement of
responsibility; a book may be described by nobody who has seen it, so any other source is better.
"""

import re
from collections.abc import Iterator
from typing import Any, Final

from litbase.formats.json_items import items
from litbase.formats.page.values import date_of
from litbase.record.identifiers import normal_isbn
from litbase.record.names import Name, parse_name
from litbase.record.notices import notice
from litbase.record.reading import Document, Reading, Refusal
from litbase.record.record import Record
from litbase.record.text import squash

NAME = "open-library"
SOURCE = "openlibrary"
LABEL = "Open Library answer"
VERSION = 1
RANK = 45

MOST: Final = 2_000  # values of one member
_BIBKEY = re.compile(r'\s*+\{\s*+"(?:ISBN|OCLC|LCCN|OLID):[^"\n]{1,60}"\s*+:\s*+\{')
_OWN = re.compile(r'openlibrary\.org|"/books/OL\d')
_NUMBERS: Final = ("oclc", "lccn", "openlibrary", "goodreads", "librarything")
_USED: Final = frozenset(
    "url key title subtitle authors number_of_pages pagination by_statement identifiers publishers publish_places "
    "publish_date subjects notes cover ebooks edition_name".split()
)


def sniff(document: Document) -> int:
    """95 for an object of books by ISBN, OCLC, LCCN or Open Library's number; else 0."""
    if document.binary or document.is_html or document.is_xml:
        return 0
    return 95 if _BIBKEY.match(document.head) and _OWN.search(document.beginning(50_000)) else 0


def read(document: Document) -> Iterator[Reading | Refusal]:
    """One Reading for each book; a Refusal for what is broken, or where no book was found."""
    nothing = True
    for item in items(document.text):
        if isinstance(item, Refusal):
            nothing = False
            yield item
            continue
        for bibkey, book in item.value.items():
            if isinstance(book, dict) and ":" in bibkey:
                nothing = False
                record = _record(book, bibkey)
                key = squash(_text(book.get("key"))) or bibkey
                yield Reading(record=record, key=key, line=item.line)
    if nothing:
        yield Refusal(line=1, notice=notice("no-record"), text=document.head[:200])


def _record(book: dict[str, Any], bibkey: str) -> Record:
    numbers = book["identifiers"] if isinstance(book.get("identifiers"), dict) else {}
    scheme, _, number = bibkey.partition(":")
    isbns = [number] if scheme == "ISBN" else []
    isbns += [text for name in ("isbn_13", "isbn_10") for text in _texts(numbers.get(name))]
    length = book.get("number_of_pages")
    return Record(
        type="book",
        title=": ".join(filter(None, (squash(_text(book.get(name))) for name in ("title", "subtitle")))),
        author=_people(book.get("authors")),
        issued=date_of(_text(book.get("publish_date"))),
        edition=squash(_text(book.get("edition_name"))),
        publisher="; ".join(_texts(book.get("publishers"))),
        publisher_place="; ".join(_texts(book.get("publish_places"))),
        isbn=tuple(dict.fromkeys(filter(None, map(normal_isbn, isbns)))),
        number_of_pages=length if isinstance(length, int) and 0 < length < 100_000 else None,
        keywords=tuple(dict.fromkeys(_texts(book.get("subjects")))),
        url=_text(book.get("url")),
        note=_text(book.get("notes")),
        identifiers=tuple((name, text) for name in _NUMBERS for text in _texts(numbers.get(name))),
        extra=tuple(_left(book)),
    )


def _people(value: Any) -> tuple[Name, ...]:
    return tuple(dict.fromkeys(filter(None, (parse_name(text[:300]) for text in _texts(value)))))


def _left(book: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What has no field, under its own name."""
    for name in ("by_statement", "pagination", *(name for name in book if name not in _USED)):
        values = book.get(name)
        groups = values.values() if isinstance(values, dict) else [values]
        yield from ((f"openlibrary:{name}", text) for group in groups for text in _texts(group))


def _text(value: Any) -> str:
    """A text, or the one that stands under "value", as Open Library writes long ones; "" for anything else."""
    if isinstance(value, dict):
        value = value.get("value") or value.get("name") or value.get("title") or value.get("url")
    return str(value).strip() if isinstance(value, (str, int)) and not isinstance(value, bool) else ""


def _texts(value: Any) -> list[str]:
    """The texts of a list, or of one value; what says nothing is left out."""
    values = value[:MOST] if isinstance(value, list) else [value]
    return [text for each in values if (text := squash(_text(each)))]
