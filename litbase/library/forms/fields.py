"""Which fields the form of each kind of work shows, in which order, and what they are called there.

What a kind does not show stands under "More fields", so that every field of a record can be reached from every form,
and a change of kind loses nothing.  Labels and hints are those of `Record`, but for what a kind calls otherwise.
"""

from functools import cache
from typing import Final, NamedTuple

from litbase.library.editing import EDITABLE
from litbase.record.checks.wanted import REQUIRED
from litbase.record.notices import REMEDIES
from litbase.record.record import default_of, field_help

PEOPLE: Final = ("author", "editor", "translator", "chair", "discussant")
DATES: Final = frozenset({"issued", "accessed"})
LONG: Final = frozenset({"abstract", "body", "contribution", "method", "outcomes", "note", "availability"})
CHOICES: Final = frozenset({"peer_reviewed"})
LISTS: Final = frozenset(name for name in EDITABLE if default_of(name) == () and name not in PEOPLE)
SHORT_LISTS: Final = frozenset({"isbn", "issn", "eissn", "language"})  # of which there are few: they stand in one line
FIRST: Final = (
    "article-journal", "chapter", "symposium", "paper-conference", "opinion", "book", "report", "thesis", "webpage",
)  # fmt: skip
"""The kinds that are offered as cards; the others stand behind "Other"."""
LABELS: Final = {name: label for name, label, _, _ in field_help()} | {
    "issued": "Date", "publisher_place": "Place", "number_of_pages": "Number of pages", "url": "Web address",
    "full_text_url": "Address of the full text", "others": "There are further authors that the source leaves out",
}  # fmt: skip
HINTS: Final = {name: help for name, _, help, _ in field_help()} | {
    "title": "",
    "issued": "2020, 2020-08 or 2020-08-25",
    "accessed": "2020-08-25",
    "language": "Several are parted by ;",
    "page": "First and last, as in 327-350",
    "doi": "10.1007/s10833-019-09349-2, or as a link",
    "isbn": "Several are parted by ;",
    "issn": "Of the print edition",
    "eissn": "Of the electronic edition",
    "url": "Of the work itself, not of the publisher's home page",
    "abstract": "",
    "volume": "", "issue": "", "publisher": "", "publisher_place": "", "edition": "", "others": "", "event_place": "",
    "descriptors": "Terms of the thesaurus, one a line, or parted by ;",
    "keywords": "Free words, one a line, or parted by ;",
    "identifiers": "One a line, as in orcid: 0000-0002-1825-0097",
    "peer_reviewed": "",
    "container_title": "", "collection_title": "", "number": "",
}  # fmt: skip
"""Under a field: how it is written, not again what it is called."""
HINTS_OF: Final[dict[str, dict[str, str]]] = {
    "article-journal": {"number": "Where the journal numbers its articles instead of paging them"},
    "thesis": {"genre": "Doctoral dissertation, or master's thesis"},
    "report": {"number": "As the institution gives it"},
}
REMEDIES_OF: Final[dict[str, dict[str, str]]] = {
    "missing-publisher": {
        "": "Add it as the work names it", "thesis": "Add the university that accepted it",
        "report": "Add the institution that published it",
    },
    "missing-source": {
        "article-journal": "Add the journal it appeared in", "chapter": "Add the title of the book that it is part of",
        "symposium": "Add the conference it was held at", "paper-conference": "Add the conference it was given at",
        "opinion": "Add the newspaper it appeared in", "article-newspaper": "Add the newspaper it appeared in",
        "webpage": "Add the site it stands on",
    },
}  # fmt: skip
"""What to do about something missing, by the kind of work, "" for any other."""
NAMES: Final[dict[str, dict[str, str]]] = {
    "article-journal": {"container_title": "Journal", "number": "Article number"},
    "chapter": {"container_title": "Book title"},
    "symposium": {"container_title": "Proceedings"},
    "paper-conference": {"container_title": "Proceedings"},
    "opinion": {"container_title": "Newspaper", "collection_title": "Blog or column", "body": "Article"},
    "article-newspaper": {"container_title": "Newspaper", "body": "Article"},
    "thesis": {"publisher": "University", "genre": "Kind of thesis", "publisher_place": "Place"},
    "report": {"number": "Report number"},
    "webpage": {"container_title": "Site"},
}
_BOOK: Final = "publisher:8 publisher_place:4 collection_title:8 volume:4 isbn:6 doi:6 number_of_pages:4 url:8"
_NEWS: Final = "container_title:8 section:4 collection_title:6 page:3 issue:3 url:12"
_PLACES: Final = {
    "article-journal": "container_title:8 volume:2 issue:2 page:4 number:4 doi:4 issn:4 eissn:4 url:12",
    "chapter": "container_title:8 volume:4 page:4 publisher:4 publisher_place:4 doi:6 isbn:6 collection_title:8 url:12",
    "symposium": "event_title:8 session:4 network:8 event_place:4 container_title:8 page:4 doi:6 url:6",
    "paper-conference": "event_title:8 event_place:4 container_title:8 page:4 publisher:6 doi:6 isbn:6 url:6",
    "opinion": _NEWS,
    "article-newspaper": _NEWS,
    "book": _BOOK,
    "proceedings": f"event_title:8 event_place:4 {_BOOK}",
    "report": "institution:12 publisher:6 publisher_place:3 number:3 eric:4 doi:4 number_of_pages:4 url:12",
    "thesis": "publisher:8 publisher_place:4 genre:6 number_of_pages:3 eric:3 doi:6 url:6",
    "webpage": "container_title:8 accessed:4 url:12",
}
_OTHER: Final = "container_title:8 volume:4 publisher:6 publisher_place:6 number:4 doi:8 url:12"
_EDITIONS: Final = frozenset({"book", "chapter", "proceedings", "software", "document"})
_TEXTS: Final = {
    "symposium": ("contribution", "method", "outcomes", "abstract"),
    "opinion": ("abstract", "body"),
    "article-newspaper": ("abstract", "body"),
}
_ABOUT: Final = ("descriptors", "keywords")


class Field(NamedTuple):
    """One field of a form: what it is *called*, how many of twelve columns it takes, whether a citation *needs* it.

    *shape* is "line", "date", "title", "text" (paragraphs), "lines" (a list), "terms" (of the thesaurus) or "choice".
    """

    name: str
    called: str
    hint: str
    width: int
    shape: str
    needed: bool


class Section(NamedTuple):
    """Fields that stand together: *name* is "work", "place", "about" or "more"."""

    name: str
    fields: tuple[Field, ...]


@cache
def sections(kind: str) -> tuple[Section, ...]:
    """The sections of the form for a *kind* of `record.kinds`; together they have every field but type and people."""
    work = [("title", 12), ("issued", 4), ("language", 4), *([("edition", 4)] if kind in _EDITIONS else [])]
    place = [_placed(each) for each in _PLACES.get(kind, _OTHER).split()]
    about = [(name, 12) for name in (*_TEXTS.get(kind, ("abstract",)), *_ABOUT)]
    shown = {name for name, _ in (*work, *place, *about)} | {"type", *PEOPLE}
    more = [(name, 12 if name in LONG or name in LISTS - SHORT_LISTS else 6) for name in EDITABLE if name not in shown]
    more.sort(key=lambda each: each[1] == 12)
    return tuple(
        Section(name, tuple(_field(kind, *each) for each in fields))
        for name, fields in (("work", work), ("place", place), ("about", about), ("more", more))
    )


def called(kind: str, name: str) -> str:
    """What the field *name* is called in the form of a *kind*."""
    return NAMES.get(kind, {}).get(name, LABELS[name])


def remedy(kind: str, code: str) -> str:
    """What to do about the problem *code* of a work of a *kind*; "" where there is nothing to say."""
    told = REMEDIES_OF.get(code, {})
    return told.get(kind) or told.get("") or REMEDIES.get(code, "")


def needed(kind: str) -> tuple[tuple[str, ...], ...]:
    """The fields that a citation of a *kind* cannot do without, each with those that do as well."""
    return tuple(tuple(each.split("|")) for each in REQUIRED.get(kind, ("title",)))


def _placed(text: str) -> tuple[str, int]:
    name, _, width = text.partition(":")
    return name, int(width)


def _field(kind: str, name: str, width: int) -> Field:
    first = {each[0] for each in needed(kind)}
    hint = HINTS_OF.get(kind, {}).get(name, HINTS[name])
    return Field(name, called(kind, name), hint, width, shape_of(name), name in first)


def shape_of(name: str) -> str:
    """How the field *name* is typed; see `Field`."""
    if name in ("title", "descriptors"):
        return "title" if name == "title" else "terms"
    if name in DATES:
        return "date"
    if name in CHOICES or name == "others":
        return "choice"
    if name in LISTS:
        return "line" if name in SHORT_LISTS else "lines"
    return "text" if name in LONG else "line"
