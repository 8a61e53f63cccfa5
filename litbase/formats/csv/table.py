"""Tables of references (CSV, TSV): written for spreadsheets, and read whoever made them.

Sources: RFC 4180; the exports named in `csv_headers`.  Written with a byte order mark, without which Excel takes UTF-8
for Windows-1252; formulas in cells are disarmed, and our own tables come back as they were.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final, NamedTuple

from litbase.formats.csv.headers import COLUMNS, columns, is_own, known, squeezed
from litbase.formats.csv.labelled import is_labelled, records_by_label
from litbase.formats.csv.own import from_cells, guarded, to_cells, unguarded
from litbase.formats.csv.people import separator_of
from litbase.formats.csv.record import Layout, column_cells, to_record
from litbase.formats.csv.rows import Header, header, rows
from litbase.formats.options import PLAIN, Options
from litbase.formats.unique_keys import UniqueKeys
from litbase.record.notices import Notice, notice
from litbase.record.reading import Document, Reading, Refusal
from litbase.record.record import Record

NAME = "csv"
SOURCE = "csv"
LABEL = "Table (CSV, TSV)"
VERSION = 1
RANK = 60

SURE: Final = 70  # ERIC's own reader claims its tables with 95 and must stay ahead
SAMPLE: Final = 300  # rows that tell how the names of a table are parted
_NO_TABLE: Final = ("{", "[", "<", "@", "%")


def dump(records: Iterable[Record], options: Options = PLAIN) -> Iterator[str]:
    """A header and one row for each record, streamed."""
    yield "\ufeff" + _line([name for name, _ in COLUMNS])
    for record in records:
        yield _line([guarded(cell) for cell in to_cells(record)])


def _line(cells: list[str]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer).writerow(cells)
    return buffer.getvalue()


def sniff(document: Document) -> int:
    """70 for a table with a header of three fields of references or more, 55 for two with rows like it, else 0."""
    text = document.head
    if document.binary or document.is_html or document.is_xml or text.lstrip().startswith(_NO_TABLE):
        return 0
    found, count = header(text, known)
    if found is None:
        return SURE if is_labelled(text) else 0
    return SURE if count > 2 else 55 if _is_even(text, found) else 0


def _is_even(text: str, found: Header) -> bool:
    """Whether the first rows, as far as they are whole in *text*, have as many cells as the header has names."""
    first = list(islice(rows(text, found.delimiter, found.place, found.line), 3))
    whole = [row for row in first if row.end < len(text)] or first
    return all(len(row.cells) == len(found.names) for row in whole)


def read(document: Document) -> Iterator[Reading | Refusal]:
    """One Reading for each row that says something; a Refusal for each that has too many cells, or unsound quotes.

    Of rows with the same citation key the later ones get "a", "b" ... behind it.
    """
    text = document.text
    found = header(text, known)[0] if not text.lstrip().startswith(_NO_TABLE) else None
    if found:
        items = _own(text, found) if is_own(found.names) else _table(text, found)
    else:
        items = _labelled(text) if is_labelled(text) else iter(())
    keys = UniqueKeys()
    nothing = True
    for item in items:
        nothing = False
        if isinstance(item, Reading):
            record, notices = keys.settled(item.record, item.line)
            item = Reading(record=record, key=item.key, line=item.line, notices=(*item.notices, *notices))
        yield item
    if nothing:
        yield Refusal(line=1, notice=notice("no-record"), text=text[:200])


class _Whole(NamedTuple):
    """A row that is no wider than the header."""

    cells: list[str]
    line: int
    notices: tuple[Notice, ...]


def _rows(text: str, found: Header) -> Iterator[_Whole | Refusal]:
    """The rows behind the header, our apostrophes taken off; one with too many cells is refused, empty ones go."""
    width = len(found.names)
    for row in rows(text, found.delimiter, found.place, found.line, width):
        cells = [unguarded(cell) for cell in row.cells]
        if not any(map(str.strip, cells)):
            continue
        told = notice("malformed", line=row.line, expected=f"{width} cells", found=str(len(cells)))
        if any(map(str.strip, cells[width:])) or (len(cells) < width and not row.is_sound):
            yield Refusal(line=row.line, notice=told, text=found.delimiter.join(cells)[:200])
        else:
            yield _Whole(cells[:width], row.line, (told,) if len(cells) < width else ())


def _own(text: str, found: Header) -> Iterator[Reading | Refusal]:
    for row in _rows(text, found):
        if isinstance(row, Refusal):
            yield row
            continue
        record = from_cells(row.cells)
        key = f"id:{row.cells[0].strip()}" if row.cells[0].strip() else ""
        yield Reading(record=record, key=key, line=row.line, notices=row.notices)


def _table(text: str, found: Header) -> Iterator[Reading | Refusal]:
    named = columns(found.names)
    sample = islice((row.cells for row in rows(text, found.delimiter, found.place)), SAMPLE)
    separator = separator_of(column_cells("author", named, sample))
    layout = Layout(named, separator, "itemtitle" in map(squeezed, found.names))
    for row in _rows(text, found):
        if isinstance(row, Refusal):
            yield row
            continue
        record, odd = to_record(row.cells, layout, row.line)
        yield Reading(record=record, line=row.line, notices=(*row.notices, *odd))


def _labelled(text: str) -> Iterator[Reading]:
    for item in records_by_label(text):
        record, odd = to_record(item.cells, Layout(columns(item.names), "\n"), item.line)
        yield Reading(record=record, line=item.line, notices=odd)
