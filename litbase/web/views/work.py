"""What a record says of its work, in the order of its page: the same for today's record and for an older version."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from litbase.formats.dublin_core import iso_date
from litbase.library import Library, rights
from litbase.record.dates import PartialDate
from litbase.record.kinds import kind_of
from litbase.record.notices import Notice
from litbase.record.record import Record
from litbase.record.retraction import retraction
from litbase.web.links import Links
from litbase.web.views import Html, paragraphs, rich, told
from litbase.web.views.appeared import appeared
from litbase.web.views.details import Row, rows
from litbase.web.views.parts import (
    AUTHORS_MOST,
    AUTHORS_SHOWN,
    Badge,
    Linked,
    Place,
    badge,
    dashed,
    foreign,
    plain_title,
)
from litbase.web.views.references import ReferenceView, anchors, references, unlisted
from litbase.web.views.search import linked
from litbase.web.views.sized import LeftOut, page_sized

TEXTS: Final = ("abstract", "contribution", "method", "outcomes", "body")
CALLED: Final = {("vufind", "abstract"): "summary", ("edweek", "body"): "article"}
"""What a source calls a text of the record."""
_DAY = re.compile(r"\d{4}(?:-\d\d){0,2}")


@dataclass(frozen=True, slots=True)
class Dated:
    """A date as it is read and as programs read it."""

    text: str = told("The date in words")
    machine: str = told("For the attribute datetime; empty where the date is no single one")


@dataclass(frozen=True, slots=True)
class Number:
    """A number by which the source knows the record."""

    scheme: str = told("Whose number it is, as ERIC; empty where the number says it itself")
    value: str = told("The number")


@dataclass(frozen=True, slots=True)
class Text:
    """One text of the record."""

    name: str = told("abstract, summary, contribution, method, outcomes, article or body")
    paragraphs: tuple[Html, ...] = told("Its paragraphs, what they cite linked to the references")
    by: str = told("Who wrote it, as the source signs it; empty where it does not")
    cut: bool = told("Whether only its beginning may be shown")


@dataclass(frozen=True, slots=True)
class Work:
    """A work as one record tells it."""

    title: Html = told("The title; first words where it has none")
    plain_title: str = told("The title without markup")
    untitled: bool = told("Whether it has no title")
    language: str = told("Language of title and texts as a tag; empty for English")
    badge: Badge = told("Its type")
    date: Dated | None = told("Its date; None when undated")
    numbers: tuple[Number, ...] = told("Accession number or session code")
    authors: tuple[Linked, ...] = told("The first authors, else editors; () when the source names neither")
    more_authors: tuple[Linked, ...] = told("The further ones, where there are more than eight")
    editors: bool = told("Whether these are editors")
    others: bool = told("Whether the source left authors out")
    place: Place = told("Where it appeared")
    retraction: str | None = told("What the source says of its retraction; None when it was not retracted")
    cited_only: bool = told("Whether it is known only from reference lists")
    texts: tuple[Text, ...] = told("Abstract, contribution, article")
    withheld: bool = told("Whether it has a text of which nothing may be shown")
    descriptors: tuple[Linked, ...] = told("Terms of the thesaurus")
    main_descriptors: frozenset[str] = told("Those of them that are its main subjects")
    keywords: tuple[Linked, ...] = told("Free subject words")
    rows: tuple[Row, ...] = told("The details")
    references: tuple[ReferenceView, ...] = told("Its reference list")
    unlisted: tuple[str, ...] = told("What its text cites and the list has not, as sentences")
    left_out: tuple[LeftOut, ...] = told("What is too long for a page")


def work(whole: Record, library: Library, links: Links, notices: Sequence[Notice] = ()) -> Work:
    """The work of *whole*, cut to what may be shown and to what a page carries; *notices* are those of its readers."""
    allowed = rights.shown(whole, library.settings)
    record, left_out = page_sized(allowed)
    names = record.author or record.editor
    first = len(names) if len(names) <= AUTHORS_MOST else AUTHORS_SHOWN
    marks = [mark for mark in record.marks if mark.field == "title"]
    return Work(
        title=rich(record.title, marks, (), dashed(record)) if record.title else rich(plain_title(record)),
        plain_title=plain_title(record),
        untitled=not record.title,
        language=foreign(record),
        badge=badge(kind_of(record)),
        date=dated(record.issued) if record.issued else None,
        numbers=_numbers(record),
        authors=tuple(Linked(name.display, links.author(str(name))) for name in names[:first]),
        more_authors=tuple(Linked(name.display, links.author(str(name))) for name in names[first:]),
        editors=bool(record.editor and not record.author),
        others=record.others,
        place=appeared(record, links),
        retraction=retraction(record),
        cited_only=record.type == "cited",
        texts=tuple(_text(record, name, whole, notices) for name in TEXTS if getattr(record, name)),
        withheld=any(getattr(whole, name) and not getattr(allowed, name) for name in rights.TEXTS),
        descriptors=linked(record.descriptors, "descriptor", links),
        main_descriptors=frozenset(record.major_descriptors),
        keywords=linked(record.keywords, "descriptor", links),
        rows=rows(record, links),
        references=references(record, library, links),
        unlisted=unlisted(notices) if record.references else (),
        left_out=left_out,
    )


def dated(date: PartialDate) -> Dated:
    """*date* in words, and for programs where it is a year, a month or a day."""
    machine = iso_date(date)
    return Dated(date.display, machine if _DAY.fullmatch(machine) else "")


def _numbers(record: Record) -> tuple[Number, ...]:
    numbers = (Number("ERIC", record.eric), Number("", record.session))
    return tuple(number for number in numbers if number.value)


def _text(record: Record, name: str, whole: Record, notices: Sequence[Notice]) -> Text:
    text = getattr(record, name)
    marks = [mark for mark in record.marks if mark.field == name]
    called = next((CALLED[source, name] for source in record.collection if (source, name) in CALLED), name)
    shown = paragraphs(text, marks, dashed(record), anchors(text, record.references, notices))
    cut = text.endswith(rights.CUT) and not getattr(whole, name).startswith(text)
    return Text(called, shown, record.abstractor if name == "abstract" else "", cut)
