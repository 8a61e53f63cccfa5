"""A thesaurus as a table: CSV with commas, semicolons or tabs, its columns named in the first line.

`descriptor` is needed; `used_for`, `use`, `broader`, `narrower`, `related`, `scope_note` and `status` may follow in any
order, under these names or those of ERIC and ISO 25964 (UF, BT, ...).  Several names in a cell are separated by a
semicolon or a bar; a descriptor may have several lines.  A line with `use` says what to search instead.
"""

import csv
from collections.abc import Iterator

from litbase.record.notices import Notice
from litbase.record.reading import Document
from litbase.vocabulary.terms import Row, misread, put, role_of


def _delimiter(heading: str) -> str:
    return max("\t;,", key=heading.count)


def _columns(heading: str) -> list[str]:
    """The roles of the columns, "" for one that is not read."""
    return [role_of(cell) for cell in next(csv.reader([heading], delimiter=_delimiter(heading)), [])]


def sniff(head: str) -> bool:
    """Whether a file that begins so is a table with a column of descriptors and another one that is read."""
    try:
        roles = _columns(head.lstrip().partition("\n")[0])
    except csv.Error:
        return False
    return "name" in roles and len(set(roles) - {""}) > 1


def rows(document: Document, told: list[Notice]) -> Iterator[Row]:
    """The lines of *document*; raises BadInput for a quotation mark that is never closed and the like."""
    text = document.text.lstrip("\ufeff")
    lines = text.lstrip().splitlines(keepends=True)
    before = len(text.splitlines()) - len(lines)
    roles = _columns(lines[0])
    reader = csv.reader(lines, delimiter=_delimiter(lines[0]), strict=True)
    line = 1
    try:
        for cells in reader:
            if reader.line_num > 1 and any(cell.strip() for cell in cells):
                row = Row("", before + line)
                for role, cell in zip(roles, cells, strict=False):
                    put(row, role, cell.strip())
                yield row
            line = reader.line_num + 1
    except csv.Error as error:
        raise misread(document.name, before + line, "a line of the table", str(error)) from error
