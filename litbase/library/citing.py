"""Citing records: their entries, citations and notes in every style a library offers, and the records as files."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from litbase.errors import BadInput
from litbase.formats import Format
from litbase.formats.csl_style import bibliography as csl
from litbase.formats.csl_style.file import StyleFile, read
from litbase.formats.csl_style.names import FOLDER, own, title
from litbase.formats.options import PLAIN, Options
from litbase.library import Library
from litbase.library.rights import shown
from litbase.record.record import Record
from litbase.record.text import clean, squash
from litbase.store.values import Found, MovedTo
from litbase.styles import LABELS, STYLES, Cite, Entry, Rich, Style, bibliography, entry, html, in_text, note, plain

__all__ = ["MOST", "Bibliography", "Chosen", "Entry", "Offered", "Place", "Rich", "Said", "as_files",
           "chosen", "cited_together", "entry_in", "html", "place", "plain", "said", "styles", "together"]  # fmt: skip
MOST: Final = 100  # records of one bibliography on a page
TOGETHER: Final = 10  # works that are cited in one place
LONGEST: Final = 40  # characters of a place in a work
NAMES: Final = {
    name.rstrip(".").lower(): key for key, label in LABELS.items() for name in (key, *label) if name and " " not in name
}
_PLACE = re.compile(r"([^\W\d_]+)\.?\s*(\S.*)")


class Offered(NamedTuple):
    """A style that a library offers: one of litbase's, or a CSL *file* of its own, which takes an engine to print."""

    name: str
    label: str
    style: Style | None = None
    file: Path | None = None


class Place(NamedTuple):
    """A place in a work: a number or range, and what it counts, a key of `styles.LABELS`."""

    value: str = ""
    label: str = "page"


class Said(NamedTuple):
    """How a work is cited in the text: *kind* is "parenthetical", "narrative", "note" or "short-note"."""

    kind: str
    text: Rich


class Bibliography(NamedTuple):
    """Several records in one style; *unlisted* are works that it tells in notes or in the text only."""

    entries: tuple[Entry, ...]
    unlisted: tuple[Record, ...]


class Chosen(NamedTuple):
    """Records that were asked for by id: those there are, ids of none, and how many more were asked for than MOST."""

    records: tuple[Record, ...]
    unknown: tuple[str, ...]
    beyond: int


def styles(library: Library) -> dict[str, Offered]:
    """The styles *library* offers by name, in the order of menus: litbase's, then those in files of its own.

    A style of a file is called by the title in it, with its name where another has that title, else by its name.
    """
    offered = {style.name: Offered(style.name, style.label, style) for style in STYLES.values()}
    files = own(library.folder)
    titles = {name: title(file) or name for name, file in files.items()}
    often = Counter((*titles.values(), *(style.label for style in STYLES.values())))
    return offered | {
        name: Offered(name, titles[name] if often[titles[name]] == 1 else f"{titles[name]} ({name})", file=file)
        for name, file in files.items()
    }


def place(text: str) -> Place:
    """The place in a work that *text* says; a bare number is a page, and so is what follows an unknown word.

    >>> place("pp. 12-14"), place("chap. 3"), place("xii")
    (Place(value='12-14', label='page'), Place(value='3', label='chapter'), Place(value='xii', label='page'))
    """
    text = squash(clean(text))
    found = _PLACE.fullmatch(text)
    if found and (label := NAMES.get(found[1].lower())):
        return Place(found[2], label)
    return Place(text)


def entry_in(offered: Offered, record: Record) -> Rich:
    """The entry of *record* in a bibliography.  Raises BadInput where a style of a file cannot be printed."""
    if offered.style:
        return entry(offered.style, record)
    return csl.entry(_read(offered), record)


def said(offered: Offered, record: Record, at: Place) -> tuple[Said, ...]:
    """How the text or the notes cite *record* at a place in it; () in a style of a file."""
    style, cite = offered.style, Cite(record, at.value, at.label)
    if style is None:
        return ()
    if style.note:
        return Said("note", note(style, cite)), Said("short-note", note(style, cite, short=True))
    narrative = in_text(style, [cite], narrative=True)
    return Said("parenthetical", in_text(style, [cite])), Said("narrative", narrative)


def together(offered: Offered, records: Iterable[Record]) -> Bibliography:
    """*records* in one bibliography, in the order of the style, works cited alike told apart.

    Raises BadInput where a style of a file cannot be printed.
    """
    asked = list(records)
    listed = bibliography(offered.style, asked) if offered.style else csl.bibliography(_read(offered), asked)
    there = {one.record.id for one in listed}
    return Bibliography(tuple(listed), tuple(record for record in asked if record.id not in there))


def cited_together(offered: Offered, records: Iterable[Record]) -> Rich:
    """*records* cited in one place of the text; () for one, for more than ten, and in a style of a file."""
    cites = [Cite(record) for record in records]
    return in_text(offered.style, cites) if offered.style and 1 < len(cites) <= TOGETHER else ()


def chosen(library: Library, ids: Iterable[str]) -> Chosen:
    """The public records *ids*, each once, in the order they are asked for; of a merged one what it became part of."""
    wanted = list(dict.fromkeys(squash(clean(id)) for id in ids))
    records: dict[str, Record] = {}
    unknown = []
    for id in wanted[:MOST]:
        record = _public(library, id)
        if record is None:
            unknown.append(id)
        else:
            records[record.id] = record
    return Chosen(tuple(records.values()), tuple(unknown), max(0, len(wanted) - MOST))


def as_files(library: Library, records: Iterable[Record], format: Format, options: Options = PLAIN) -> Iterator[str]:
    """*records* in a format, piece by piece, as far as their sources let them be shown."""
    return format.dump((shown(record, library.settings) for record in records), options)


def _read(offered: Offered) -> StyleFile:
    """The style of a file.  Raises BadInput that does not tell readers where on the server the library lies."""
    assert offered.file is not None, offered
    try:
        return read(offered.file)
    except BadInput as problem:
        raise BadInput(str(problem).replace(str(offered.file.parent), FOLDER)) from problem


def _public(library: Library, id: str) -> Record | None:
    answer = library.store.resolve(id)
    if isinstance(answer, MovedTo):
        answer = library.store.resolve(answer.id)
    return answer.stored.record if isinstance(answer, Found) and answer.stored.state == "public" else None
