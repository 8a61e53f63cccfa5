"""Blocks: keys that records likely to be alike share, so that few pairs need comparison.

Source: which keys the duplicates of labelled sets of records have in common.
"""

from hashlib import blake2b
from typing import Final

from litbase.record.match.view import BOOKS, view
from litbase.record.pages import first_page
from litbase.record.record import Record
from litbase.record.text import comparable
from litbase.record.titles import telling

TITLE_KEY: Final = 64  # characters of a title that make a block
AUTHORS: Final = 4  # authors of a record that make blocks
ISBNS: Final = 4


def block_keys(record: Record) -> tuple[str, ...]:
    """Keys that records likely to be alike share, fourteen at most; without a common key two need no comparison.

    "doi:", "isbn:", "eric:" identifiers; "t:" the title's beginning, "w:" its words in any order; "p:" family, year and
    first page; "a:" each author with the first telling words of the title; "b:" a book, and its chapters by the book's
    title.  A title that says nothing ("Editorial") gives no title keys; one that answers another gives the other's.
    """
    seen = view(record)
    keys = [f"doi:{record.doi.lower()}"] if record.doi else []
    keys += [f"isbn:{isbn}" for isbn in record.isbn[:ISBNS]] if seen.kind in BOOKS else []
    keys += [f"eric:{record.eric.lower()}"] if record.eric else []
    page = first_page(record.page)
    if seen.people and seen.year and page:
        keys.append(f"p:{seen.people[0].family[:24]}|{seen.year}|{page.lower()}")
    title = seen.title.whole
    if title and not seen.title.generic:
        words, about = title.split(), seen.title.subject or title
        keys.append(f"t:{about.replace(' ', '')[:TITLE_KEY]}")
        if len(words) > 2:
            keys.append(f"w:{_hash(' '.join(sorted(words)))}")
        opening = " ".join(telling(about)[:2])
        keys += [f"a:{each.family[:24]}|{opening}" for each in seen.people[:AUTHORS]]
    whole = title if seen.kind in BOOKS else comparable(record.container_title) if seen.kind == "chapter" else ""
    if whole:
        keys.append(f"b:{whole.replace(' ', '')[:TITLE_KEY]}")
    return tuple(dict.fromkeys(keys))


def _hash(text: str) -> str:
    return blake2b(text.encode(), digest_size=8).hexdigest()
