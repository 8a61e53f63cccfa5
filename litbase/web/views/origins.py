"""Where a record comes from: each document it was read from, what its reader noticed and left, and the lines of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from litbase.library import Library, rights
from litbase.library.labels import value_label
from litbase.library.origins import source_text
from litbase.library.values import Stored, StoredReading
from litbase.record.notices import sentence
from litbase.settings import Settings
from litbase.web.links import Links
from litbase.web.views import told
from litbase.web.views.outward import Way, ways_out
from litbase.web.views.parts import plain_title
from litbase.web.views.references import TOLD_HERE

TOLD_ELSEWHERE = frozenset({*TOLD_HERE, "pages-agree"})  # by the references and by the completeness
NOTICES_MOST = 30
LEFTOVERS_MOST = 100


@dataclass(frozen=True, slots=True)
class Origin:
    """One document the record was read from."""

    source: str = told("The source, as people call it")
    read_at: str = told("When, UTC")
    run: int = told("Number of the import; 0 for none")
    document: str = told("Name of the file; empty where it is not kept")
    line: int = told("Line on which the record begins")
    notices: tuple[str, ...] = told("What the reader noticed, as sentences")
    unread: int = told("How many lines it did not understand")
    leftovers: tuple[tuple[int, str], ...] = told("The first of them, number and text, where they may be shown")


@dataclass(frozen=True, slots=True)
class SourceView:
    """The text one origin was read from."""

    origin: Origin = told("The origin")
    lines: tuple[tuple[int, str, bool], ...] = told("Number, text and whether nobody understood it")
    why: str = told("Why there are none: not-kept, too-large or right; else empty")
    rule: str = told("The display right: full, snippet or none")
    left: int = told("How many lines are not shown")


@dataclass(frozen=True, slots=True)
class SourcePage:
    """The source texts of one record."""

    id: str = told("The record's id")
    plain_title: str = told("Its title")
    record_url: str = told("Back to the record")
    sources: tuple[SourceView, ...] = told("One for each document it was read from")
    ways: tuple[Way, ...] = told("Links out, for what may not be shown here")


def origins(readings: Sequence[StoredReading], settings: Settings) -> tuple[Origin, ...]:
    """Where each of *readings* comes from."""
    return tuple(_origin(reading, settings) for reading in readings)


def source_page(stored: Stored, library: Library, links: Links) -> SourcePage:
    """The lines *stored* was read from, as far as its sources let them be shown."""
    readings = library.store.readings(stored.id)
    return SourcePage(
        id=stored.id,
        plain_title=plain_title(rights.shown(stored.record, library.settings)),
        record_url=links.record(stored.id),
        sources=tuple(_source(reading, library) for reading in readings),
        ways=ways_out(stored.record, links),
    )


def _origin(reading: StoredReading, settings: Settings) -> Origin:
    notices = (sentence(notice) for notice in reading.notices if notice.code not in TOLD_ELSEWHERE)
    shown = reading.leftovers[:LEFTOVERS_MOST] if rights.rule_of(reading.source, settings) == "full" else ()
    return Origin(
        source=value_label("collection", reading.source),
        read_at=reading.read_at,
        run=reading.run,
        document=reading.document_name.rsplit("/", 1)[-1],
        line=reading.line,
        notices=tuple(dict.fromkeys(notices))[:NOTICES_MOST],
        unread=len(reading.leftovers),
        leftovers=tuple((left.line, left.text) for left in shown),
    )


def _source(reading: StoredReading, library: Library) -> SourceView:
    found = source_text(library, reading)
    unread = {left.line for left in reading.leftovers}
    lines = tuple((number, text, number in unread) for number, text in found.lines)
    return SourceView(_origin(reading, library.settings), lines, found.why, found.rule, found.left)
