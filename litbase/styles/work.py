"""A record as citations see it: its texts ready to be set, its names in parts, its links.

Sources: CSL 1.0.2 for which field says what; the reference processor for the spaces of French punctuation.
"""

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import Final, NamedTuple
from urllib.parse import quote

from litbase.record.dates import PartialDate
from litbase.record.names import Name
from litbase.record.record import Mark, Record
from litbase.styles.casing import is_headline, sentence
from litbase.styles.people import Person, person
from litbase.styles.quotes import curled, without_private
from litbase.styles.rich import Piece, Rich, rich

RESOLVER: Final = "https://doi.org/"
_SPACED = re.compile(r" (?=[:;?!»])|(?<=«) ")
NARROW: Final = "\u202f"
SERIAL: Final = frozenset(
    "article-journal article-magazine article-newspaper periodical post-weblog review review-book".split()
)
"""Types that appear in issues."""
SCHEMES: Final = ("https://", "http://", "ftp://")
"""How an address begins that may be followed; another is printed and leads nowhere."""
SAFE: Final = "/:()[],;@!$&'*+=~-._"


TOLD_BY_TYPE: Final = frozenset((
    "Artwork", "Blog post", "Book review", "Broadcast", "Case", "Dictionary entry", "Encyclopedia entry", "Hearing",
    "Interview", "Letter", "Manuscript", "Map", "Music", "Pamphlet", "Patent", "Periodical", "Presentation", "Review",
    "Standard",
))  # fmt: skip
"""Genres that readers give a record for a CSL type that records have not, and that its style names itself."""


class Work(NamedTuple):
    """What a style needs to know of one work; "" and () and None are absent."""

    id: str
    type: str
    language: str
    title: Rich
    short_title: Rich
    container: Rich
    short_container: Rich
    collection: Rich
    genre: Rich
    medium: Rich
    section: Rich
    publisher: Rich
    place: Rich
    event: Rich
    event_place: Rich
    status: Rich
    authority: Rich
    author: tuple[Person, ...]
    editor: tuple[Person, ...]
    translator: tuple[Person, ...]
    chair: tuple[Person, ...]
    others: bool
    circa: bool
    is_edited: bool
    is_part: bool
    issued: PartialDate | None
    accessed: PartialDate | None
    volume: str
    volumes: str
    issue: str
    supplement: str
    chapter: str
    page: str
    number: str
    edition: str
    version: str
    collection_number: str
    doi: str
    url: str

    @property
    def is_english(self) -> bool:
        """Whether its title follows English rules of capitals; so it is taken where no language is stated."""
        return self.language[:2] in ("", "en")

    @property
    def is_serial(self) -> bool:
        """Whether it is part of a serial; an interview or conference paper is, unless somebody edited the whole."""
        return self.type in SERIAL or (self.type in ("interview", "paper-conference") and not self.is_edited)

    @property
    def is_in_proceedings(self) -> bool:
        """Whether a conference paper was published in proceedings, which have editors, volumes or pages."""
        return bool(self.is_edited or self.issue or self.page or self.volume)


def read(record: Record) -> Work:
    """*record* as citations see it."""
    language = record.language[0].lower() if record.language else ""
    more = {name.partition(":")[2]: value for name, value in record.extra if name.startswith("csl:")}
    return Work(
        id=record.citation_key or record.id,
        type=more.get("type") or (record.type if record.type != "cited" else "document"),
        language=language,
        title=_rich(record, "title"),
        short_title=rich(_set(more.get("title-short", ""))),
        container=_rich(record, "container_title"),
        short_container=rich(_set(more.get("container-title-short") or more.get("journalAbbreviation", ""))),
        collection=_rich(record, "collection_title"),
        genre=() if "type" in more and record.genre in TOLD_BY_TYPE else _rich(record, "genre"),
        medium=rich(_set(more.get("medium", ""))),
        section=_rich(record, "section"),
        publisher=_rich(record, "publisher"),
        place=_rich(record, "publisher_place"),
        event=_rich(record, "event_title"),
        event_place=_rich(record, "event_place"),
        status=rich(_set(more.get("status") or more.get("issued", ""))),
        authority=rich(_set(more.get("authority", ""))),
        author=_people(record.author, language),
        editor=_people(record.editor, language),
        translator=_people(record.translator, language),
        chair=_people(record.chair, language),
        others=record.others,
        circa="issued.circa" in more,
        is_edited=bool(record.editor),
        is_part=bool(record.container_title),
        issued=record.issued,
        accessed=record.accessed,
        volume=_line(record.volume),
        volumes=_line(more.get("number-of-volumes", "")),
        issue=_line(record.issue),
        supplement=_line(more.get("supplement-number", "")),
        chapter=_line(more.get("chapter-number", "")),
        page=_line(record.page),
        number=_line(record.number),
        edition=_line(record.edition),
        version=_line(more.get("version", "")),
        collection_number=_line(more.get("collection-number", "")),
        doi=_line(record.doi),
        url=_line(record.url),
    )


def _people(names: Iterable[Name], language: str) -> tuple[Person, ...]:
    return tuple(person(name, language) for name in names)


def _line(text: str) -> str:
    return " ".join(without_private(text).split())


def _set(text: str) -> str:
    """*text* as it is set: on one line, its quotations marked, with French spaces before tall punctuation."""
    return _SPACED.sub(NARROW, curled(_line(text)))


def _rich(record: Record, field: str) -> Rich:
    text = getattr(record, field)
    whole = _set(text)
    marks = [mark for mark in record.marks if mark.field == field]
    if not marks or len(whole) != len(text):
        return rich(whole)
    return _marked(whole, marks)


def _marked(text: str, marks: list[Mark]) -> Rich:
    """*text* in pieces, looking as *marks* say; italics within italics stand upright."""
    edges = sorted({0, len(text), *(min(edge, len(text)) for mark in marks for edge in (mark.start, mark.stop))})
    pieces = []
    for start, stop in pairwise(edges):
        looks = [mark.style for mark in marks if mark.start <= start and stop <= mark.stop]
        script = next((look for look in reversed(looks) if look in ("sup", "sub")), "")
        pieces.append(Piece(text[start:stop], looks.count("i") % 2 == 1, "b" in looks, script))
    return tuple(pieces)


def in_sentence_case(work: Work, record: Record) -> Work:
    """*work* with its title in sentence style where its source has it in headline style, as ERIC does.

    CSL-JSON holds titles in sentence style; what has capitals there is meant to have them.
    """
    if "csl-json" in record.collection or not work.is_english:
        return work
    names = (*record.places, *record.laws, *record.tests)
    title = work.title
    if is_headline(title, least=1 if record.eric else 3):
        title = sentence(title, names)
    return work._replace(title=title)


def resolved(work: Work) -> Rich:
    """The DOI of *work* as an address that leads there; () without one."""
    return rich(RESOLVER + work.doi, RESOLVER + quote(work.doi, safe=SAFE)) if work.doi else ()


def bare_doi(work: Work) -> Rich:
    """The DOI of *work* as it is, which leads to its address; () without one."""
    return rich(work.doi, RESOLVER + quote(work.doi, safe=SAFE))


def on_the_web(work: Work) -> Rich:
    """The page of *work* on the web; () without one."""
    return rich(work.url, work.url if work.url.lower().startswith(SCHEMES) else "")


def addressed(work: Work) -> Rich:
    """The address of *work*, its DOI before its page on the web; () without any."""
    return resolved(work) or on_the_web(work)
