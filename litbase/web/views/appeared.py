"""The sentence that says where a work appeared, under the authors of its page: one row of a table for each kind.

"Journal of Educational Change, volume 20, issue 3, pages 327–350"; "In Handbook of Learning, volume 1, pages 365–384.
Routledge"; "Symposium, session 15 SES 09. European Conference on Educational Research".
"""

from collections.abc import Callable
from typing import Final, NamedTuple

from litbase.record.kinds import kind_of
from litbase.record.record import Record
from litbase.web.links import Links
from litbase.web.views.parts import Linked, Place, dash_pages, headed

Part = Callable[[Record], str]


class Sentence(NamedTuple):
    """What stands *before* the source, the fields that name the *source* (the first that is filled), what follows it
    after a comma, and what *ends* the sentence, each part for itself."""

    before: tuple[Part, ...] = ()
    source: tuple[str, ...] = ("container_title",)
    after: tuple[Part, ...] = ()
    ends: tuple[Part, ...] = ()


def _field(name: str, before: str = "", after: str = "") -> Part:
    """The field *name* in words; "" where it is absent."""

    def said(record: Record) -> str:
        value = getattr(record, name)
        return f"{before}{value}{after}" if value else ""

    return said


def _pages(record: Record) -> str:
    one = not any(mark in record.page for mark in "-–,")
    return f"{'page' if one else 'pages'} {dash_pages(record.page)}" if record.page else ""


def _number(record: Record) -> str:
    return f"number {record.number}" if record.number.isdecimal() else record.number


def _edition(record: Record) -> str:
    edition = record.edition
    if edition[-1:].isdigit():
        return f"edition {edition}"
    return f"{edition} edition" if edition[:1].isdigit() and edition[-2:] in ("st", "nd", "rd", "th") else edition


def _publisher(record: Record) -> str:
    return ", ".join(filter(None, (record.publisher, record.publisher_place)))


def _issuer(record: Record) -> str:
    """Who put out a report or thesis: the publisher, else the institution."""
    return _publisher(record) or "; ".join(record.institution)


def _date(record: Record) -> str:
    return record.issued.display if record.issued else ""


def _edited(record: Record) -> str:
    """Editors of the book a chapter is in, where authors stand above."""
    names = [name.display for name in record.editor[:3]] if record.author else []
    if not names:
        return ""
    more = " and others" if len(record.editor) > 3 else ""
    return f"edited by {' and '.join(names) if len(names) < 3 else ', '.join(names)}{more}"


_VOLUME, _ISSUE = _field("volume", "volume "), _field("issue", "issue ")
_SERIES, _SECTION, _GENRE = _field("collection_title"), _field("section"), _field("genre")
_SESSION, _EVENT, _WHERE = _field("session", "session "), _field("event_title"), _field("event_place")
_TALK = ("container_title", "event_title")

SENTENCES: Final[dict[str, Sentence]] = {
    "article-journal": Sentence(after=(_VOLUME, _ISSUE, _pages, _number, _SERIES)),
    "chapter": Sentence((_GENRE,), after=(_edited, _edition, _VOLUME, _pages, _SERIES), ends=(_publisher,)),
    "symposium": Sentence((_GENRE, _SESSION), _TALK, (_EVENT, _WHERE, _pages), (_publisher,)),
    "paper-conference": Sentence((_GENRE, _SESSION), _TALK, (_VOLUME, _pages, _SERIES, _EVENT, _WHERE), (_publisher,)),
    "opinion": Sentence(after=(_SERIES, _SECTION, _pages, _date)),
    "article-newspaper": Sentence(after=(_SERIES, _SECTION, _pages, _date)),
    "book": Sentence((_edition,), ("collection_title",), (_VOLUME, _number), (_publisher,)),
    "proceedings": Sentence((_edition, _EVENT, _WHERE), ("collection_title",), (_VOLUME,), (_publisher,)),
    "report": Sentence((_GENRE, _number), ("collection_title", "container_title"), (_VOLUME,), (_issuer,)),
    "thesis": Sentence((_GENRE, _number), ("container_title",), (), (_issuer,)),
    "webpage": Sentence((_GENRE,), after=(_SERIES, _SECTION, _date), ends=(_publisher,)),
    "dataset": Sentence((_GENRE, _edition), after=(_VOLUME, _number), ends=(_publisher,)),
    "software": Sentence((_GENRE, _edition), after=(_number,), ends=(_publisher,)),
    "motion_picture": Sentence((_GENRE,), ("container_title", "collection_title"), (_VOLUME,), (_publisher,)),
    "legislation": Sentence((_GENRE, _number), after=(_VOLUME, _SECTION, _pages), ends=(_publisher,)),
}
OTHERS: Final = Sentence(
    (_GENRE,), ("container_title", "event_title", "collection_title"), (_VOLUME, _ISSUE, _pages, _number), (_publisher,)
)


def appeared(record: Record, links: Links) -> Place:
    """Where *record* appeared, in the sentence of its kind."""
    kind = kind_of(record).name
    told = SENTENCES.get(kind, OTHERS)
    name = next((value for field in told.source if (value := getattr(record, field))), "")
    after = ", ".join(text for part in told.after if (text := part(record)) and text != name)
    ends = ". ".join(text for part in told.ends if (text := part(record)) and text != name)
    before = tuple(text for part in told.before if (text := part(record)) and text != name)
    if not name and after:  # without a source what would follow it begins the sentence
        before, after = (*before, after), ""
    tail = f", {after}" if after else ""
    if ends:
        tail += f". {ends}" if name else ends
    return Place(
        inside=kind == "chapter" and bool(name),
        before=(*before[:-1], *(text.removesuffix(".") for text in before[-1:])),
        source=Linked(name, headed("source", name, record, links)) if name else None,
        after=tail,
    )
