"""Embase's other table: one line for each field, its label first, records one after the other.

Source: CSV exports of embase.com ("field by row"): "TITLE","..." then "AUTHOR NAMES","Liu R.","Adler D.G." and so on;
a record begins with its title.
"""

from collections.abc import Iterator
from itertools import islice
from typing import Final, NamedTuple

from litbase.formats.csv.headers import columns
from litbase.formats.csv.rows import rows

SAMPLE: Final = 40
LEAST: Final = 3  # labels known among the first lines


class Labelled(NamedTuple):
    """One record: the labels and values of its lines, and the line it begins on."""

    names: list[str]
    cells: list[str]
    line: int


def is_labelled(text: str) -> bool:
    """Whether *text* is laid out so: it begins with a title, and the labels are capitals that head references."""
    first = [row.cells for row in islice(rows(text[:64_000], ","), SAMPLE)]
    if not first or first[0][0].strip("\ufeff ") != "TITLE":
        return False
    known = [cells[0] for cells in first if cells[0].isupper() and columns([cells[0]])[0].field]
    return len(set(known)) >= LEAST and sum(cells[0].isupper() for cells in first) * 2 > len(first)


def records_by_label(text: str) -> Iterator[Labelled]:
    """The records of *text* in order; several cells of a line are one value of several lines."""
    names: list[str] = []
    cells: list[str] = []
    began = 1
    for row in rows(text, ","):
        label = row.cells[0].strip("\ufeff ")
        if label == "TITLE" and names:
            yield Labelled(names, cells, began)
            names, cells = [], []
        if not names:
            began = row.line
        names.append(label)
        cells.append("\n".join(cell for cell in row.cells[1:] if cell.strip()))
    if names:
        yield Labelled(names, cells, began)
