"""What may have been meant by an address that leads nowhere: records by mistyped numbers, pages by other names."""

import difflib
import re
from collections.abc import Iterator
from typing import Final

from litbase.library import Library, finding
from litbase.library.values import Found
from litbase.record.identifiers import bare_identifier
from litbase.record.text import clean, squash
from litbase.web import frame
from litbase.web.links import Links
from litbase.web.views.parts import plain_title

LOOKALIKES: Final = str.maketrans("OoIlLSsBZz", "0011155822")
BEGUN: Final = 8  # letters of an id that was cut off
LONGEST: Final = 200  # characters of a guess
# First parts of addresses, in small letters, as this and other catalogues and repositories have them.
RECORDS: Final = frozenset(
    "record records rec item items id ids doc document documents catalog biblio publication publications article "
    "articles paper papers entry entries work works show view detail details full".split()
)
SEARCHES: Final = frozenset("search searches find results result query queries s q lookup discover browse".split())
PAGES: Final = {
    "stats": "Statistics", "statistics": "Statistics", "numbers": "Statistics", "help": "Search help",
    "faq": "Search help",
    "syntax": "Search help", "docs": "Search help", "api": "For programs", "accessibility": "Accessibility",
    "privacy": "Privacy", "list": "My list", "mylist": "My list", "basket": "My list", "favorites": "My list",
    "bookmarks": "My list", "advanced": "All records", "all": "All records", "descriptors": "Descriptors",
    "thesaurus": "Descriptors", "subjects": "Descriptors", "authors": "Authors", "people": "Authors",
    "sources": "Sources", "journals": "Sources",
}  # fmt: skip
ALIKE: Final = 0.75
NEWEST: Final = 3  # records offered while nothing can be searched


def records_like(library: Library, links: Links, asked: str) -> list[frame.Offer]:
    """Records that may have been meant by *asked*, then a search for it."""
    return [*_records(library, links, asked), *_search(links, asked)]


def pages_like(library: Library, links: Links, path: str, typed: str) -> list[frame.Offer]:
    """Records and pages that may have been meant by the address *path*, then a search for its words or for *typed*."""
    parts = [squash(clean(part)) for part in path.split("/") if part.strip()]
    if not parts:
        return []
    first, rest = parts[0].lower(), parts[1:]
    offers: list[frame.Offer] = []
    if rest and first in RECORDS:
        offers += _records(library, links, rest[0])
    if len(parts) == 1:
        offers += _records(library, links, parts[0])
    if not offers:
        offers += _page(links, first)
    words = typed or " ".join(rest if first in RECORDS | SEARCHES else parts)
    return [*offers, *_search(links, words)]


def newest(library: Library, links: Links) -> list[frame.Offer]:
    """The records that came in last; they can be read while nothing can be searched."""
    stored = (each.record for each in library.store.recent(NEWEST))
    return [frame.Offer("newest", plain_title(each) or each.id, links.record(each.id)) for each in stored]


def _search(links: Links, words: str) -> list[frame.Offer]:
    words = squash(words)[:LONGEST]
    return [frame.Offer("search", words, links.typed(words))] if words else []


def _page(links: Links, first: str) -> Iterator[frame.Offer]:
    urls = {
        "Statistics": links.stats(), "Search help": links.help, "For programs": f"{links.help}#programs",
        "Accessibility": links.page("accessibility"), "Privacy": links.page("privacy"), "My list": links.my_list(),
        "All records": links.search(), "Descriptors": links.browse("descriptor"), "Authors": links.browse("author"),
        "Sources": links.browse("source"),
    }  # fmt: skip
    for near in difflib.get_close_matches(first[:30], PAGES, 1, ALIKE):
        yield frame.Offer("page", PAGES[near], urls[PAGES[near]])


def _records(library: Library, links: Links, asked: str) -> list[frame.Offer]:
    asked = asked[:LONGEST]
    offers: list[frame.Offer] = []
    for kind, guess in _guesses(asked):
        match finding.lookup(library, guess):
            case Found(stored) if stored.state == "public":
                offers.append(frame.Offer(kind, stored.id, links.record(stored.id)))
    if identifier := bare_identifier(asked):
        offers += [frame.Offer("doi", id, links.record(id)) for id in finding.identified(library, *identifier)[:1]]
    offers += [frame.Offer("key", id, links.record(id)) for id in finding.identified(library, "key", asked)[:1]]
    if not offers and len(asked) >= BEGUN and (id := finding.beginning(library, asked)):
        offers.append(frame.Offer("begun", id, links.record(id)))
    return list({offer.url: offer for offer in offers}.values())


def _guesses(asked: str) -> Iterator[tuple[str, str]]:
    """Ids like *asked*: without what was copied along, letters for digits that look like them, EJ or ED missing."""
    bare = re.sub(r"^\W+|\W+$", "", asked)
    if re.fullmatch(r"[\w-]+", bare):
        yield "number", bare
    text = re.sub(r"[^A-Za-z0-9]", "", asked)[:20]
    if len(text) > 2 and text[:2].upper() in ("EJ", "ED"):
        yield "number", text[:2].upper() + text[2:].translate(LOOKALIKES)
    if text.isdecimal():
        yield from (("number", f"{prefix}{text}") for prefix in ("EJ", "ED"))
