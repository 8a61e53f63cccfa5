"""The table of references that litbase writes and reads back: one row for each record, names of columns as in CSL.

Sources: RFC 4180; OWASP on formulas in CSV (a cell that begins with = + - @, a tab or a line end is run by
spreadsheets).  Several values of a cell are parted by semicolons; a semicolon inside a value is written "\\;".
"""

import re
from collections.abc import Iterable
from typing import Any, Final

from litbase.formats.csl.dates import edtf
from litbase.formats.csv.headers import COLUMNS
from litbase.formats.plain import address, one_line
from litbase.record.dates import PartialDate
from litbase.record.kinds import kind_of
from litbase.record.names import Name, parse_name
from litbase.record.record import Record, default_of
from litbase.record.text import clean

PEOPLE: Final = ("author", "editor", "translator")
DATES: Final = ("issued", "accessed")
PARAGRAPHS: Final = ("abstract", "note")
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_GUARDED = re.compile(r"'+[=+\-@\t\r\n＝＋－＠]")
_ITEM = re.compile(r"(?:[^;\\]|\\.)+", re.S)
_ESCAPED = re.compile(r"\\(.)", re.S)


def guarded(cell: str) -> str:
    """*cell* with an apostrophe before what a spreadsheet would run as a formula.

    >>> guarded("=HYPERLINK(1)"), guarded("'=x"), guarded("'tis")
    ("'=HYPERLINK(1)", "''=x", "'tis")
    """
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    """*cell* as it was before `guarded`."""
    return cell[1:] if _GUARDED.match(cell) else cell


def to_cells(record: Record) -> list[str]:
    """The cells of *record* in the order of COLUMNS, not yet guarded or quoted."""
    cells = {field: _cell(field, getattr(record, field)) for _, field in COLUMNS}
    cells["type"] = kind_of(record).csl
    cells["url"], cells["full_text_url"] = address(record.url), address(record.full_text_url)
    if record.others:
        people = "author" if record.author or not record.editor else "editor"
        cells[people] = "; ".join(filter(None, (cells[people], "et al.")))
    return list(cells.values())


def _cell(field: str, value: Any) -> str:
    if value in ((), None, ""):
        return ""
    if field in PEOPLE:
        return _joined(map(_name, value))
    if field == "identifiers":
        return _joined(f"{scheme}:{number}" for scheme, number in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return _joined(value)
    return clean(value).strip() if field in PARAGRAPHS else one_line(str(value))


def _joined(values: Iterable[str]) -> str:
    lines = filter(None, map(one_line, values))
    return "; ".join(line.replace("\\", "\\\\").replace(";", "\\;") for line in lines)


def _split(cell: str) -> list[str]:
    parts = (_ESCAPED.sub(r"\1", part).strip() for part in _ITEM.findall(cell))
    return [part for part in parts if part]


def _name(name: Name) -> str:
    """A name as it is filed; in braces the group, or the family name, that would be read otherwise than it is."""
    text = one_line(str(name))
    if parse_name(text) == name or not text:
        return text
    if name.literal:
        return f"{{{text}}}"
    return ", ".join(filter(None, (f"{{{one_line(name.surname)}}}", one_line(name.given), one_line(name.suffix))))


def from_cells(cells: list[str]) -> Record:
    """The Record of a row of our own table; cells that are missing are absent, ones that cannot be read too."""
    values: dict[str, Any] = {}
    for (_, field), cell in zip(COLUMNS, cells, strict=False):
        if not (cell := cell.strip()):
            continue
        if field in PEOPLE:
            parts = _split(cell)
            values["others"] = values.get("others", False) or "et al." in parts
            values[field] = tuple(name for part in parts if (name := _named(part)))
        elif field in DATES:
            values[field] = edtf(cell) or PartialDate.parse(cell)
        elif field == "identifiers":
            pairs = (part.partition(":") for part in _split(cell))
            values[field] = tuple((scheme, number) for scheme, _, number in pairs if number)
        elif field == "number_of_pages":
            values[field] = int(cell) if cell.isdecimal() and len(cell) < 7 else None
        elif field == "peer_reviewed":
            values[field] = {"yes": True, "no": False}.get(cell.lower())
        else:
            values[field] = tuple(_split(cell)) if default_of(field) == () else clean(cell)
    return Record(**{field: value for field, value in values.items() if value not in (None, "", ())})


def _named(text: str) -> Name | None:
    if text == "et al.":
        return None
    if not text.startswith("{"):
        return parse_name(text) or Name(literal=text)
    surname, _, rest = text[1:].partition("}")
    given, _, suffix = rest.strip(", ").partition(", ")
    return Name(family=surname, given=given, suffix=suffix) if given else Name(literal=surname)
