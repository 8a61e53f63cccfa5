"""The cells of one row of a table by field, and the subjects in a cell.

Source: what programs write into cells: "NA" for nothing, "12.0" for 12, "['one', 'two']", entities.
"""

import re
from typing import Final

from litbase.formats.csv.headers import Column
from litbase.formats.emphasis import decoded
from litbase.record.identifiers import find_doi
from litbase.record.text import clean, squash

EMPTY: Final = frozenset(("na", "n/a", "nan", "null", "none", "-", "--", "[]", "not available", "unknown"))
"""What programs write into a cell that holds nothing."""
NUMBERS: Final = frozenset("volume issue number page first_page last_page article_number pmid page_count".split())
_WHOLE = re.compile(r"(\d{1,9})\.0+")
_LISTED = re.compile(r"\[.*\]", re.S)
_QUOTED = re.compile(r"""'((?:[^'\\]|\\.)*+)'|"((?:[^"\\]|\\.)*+)\"""")
_SUBJECTS = re.compile(r"[;|\n]")
_COMMA = re.compile(r",(?![^()]{0,200}\))\s*")


class Cells:
    """The cells of one row by field; what is asked for is taken out, and the rest is left for `extra`."""

    def __init__(self, cells: list[str], columns: list[Column]):
        self.left: dict[str, list[tuple[int, str, str]]] = {}
        for column in columns:
            value = clean(cells[column.place]).strip() if column.place < len(cells) else ""
            if value and (value.casefold() not in EMPTY or column.field == "title"):
                header = column.header or f"column {column.place + 1}"
                self.left.setdefault(column.field, []).append((column.rank, header, value))
        for found in self.left.values():
            found.sort(key=lambda cell: cell[0])

    def peek(self, field: str) -> str:
        """The best cell of *field*, left where it is; "" when there is none."""
        cells = self.left.get(field)
        return cells[0][2] if cells else ""

    def take(self, field: str) -> str:
        """The best cell of *field*, with every other that says the same; the rest stays for `extra`."""
        value = self.peek(field)
        if value:
            self.left[field] = [cell for cell in self.left[field] if cell[2] != value]
        return value

    def joined(self, field: str) -> str:
        """The cells of the best header of *field*, which may head several columns, parted by semicolons."""
        cells = self.left.get(field)
        if not cells:
            return ""
        best = [value for rank, _, value in cells if rank == cells[0][0]]
        self.left[field] = [cell for cell in cells if cell[2] not in best]
        return "; ".join(best)

    def text(self, field: str) -> str:
        """The same on one line, entities decoded; a number that a program made a fraction ("12.0") is whole again."""
        if field not in self.left:
            return ""
        text = squash(decoded(self.take(field)))
        whole = _WHOLE.fullmatch(text) if field in NUMBERS else None
        text = whole[1] if whole else text
        return "" if text == "0" and field in ("volume", "issue", "first_page", "last_page", "page") else text

    def all(self, field: str) -> list[str]:
        """Every cell of *field*, the best first."""
        return [decoded(value) for _, _, value in self.left.pop(field, [])]

    def resolved_doi(self) -> str:
        """The DOI in a link, in a column that has no field here (Embase's "Open URL Link"); "" for none."""
        links = (value[:2000] for _, _, value in self.left.get("", []) if "://" in value[:2000])
        return next(filter(None, (find_doi(part) for link in links for part in link.split("&"))), "")

    def rest(self) -> tuple[tuple[str, str], ...]:
        """What nobody asked for, as `extra` holds it."""
        return tuple((f"csv:{header}", value) for found in self.left.values() for _, header, value in found)


def subjects(cell: str) -> list[str]:
    """The words of a cell of subjects: parted by semicolons, bars or lines, else by commas outside brackets.

    >>> subjects("article, cyst (diagnosis, surgery), human"), subjects("Reading, Writing; Rural")
    (['article', 'cyst (diagnosis, surgery)', 'human'], ['Reading, Writing', 'Rural'])
    """
    if _LISTED.fullmatch(cell):
        parts = [one or two for one, two in _QUOTED.findall(cell)] or cell.strip("[]").split(",")
    else:
        parts = _SUBJECTS.split(cell) if _SUBJECTS.search(cell) else _COMMA.split(cell)
    return [word for part in parts if (word := squash(part.strip(" ,;")))]
