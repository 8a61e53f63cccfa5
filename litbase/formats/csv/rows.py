"""Tables of text: which delimiter parts the cells, where the header is, and the rows with their lines.

Source: RFC 4180, and what tables do besides: semicolons and tabs, "sep=;" and other lines above the header, quotes that
are not doubled, quotes that are never closed, and Embase's layout with one labelled line for each field.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Final, NamedTuple

DELIMITERS: Final = (",", ";", "\t", "|")
ABOVE: Final = 12  # rows among which the header is looked for
HEAD: Final = 64_000
LONGEST_NAME: Final = 80
_SEP_LINE = re.compile(r"\ufeff?\"?sep=(?P<mark>.)\"?[ \t]*\n", re.I)


class Row(NamedTuple):
    """The cells of one row, the line it begins on, where the next one begins, and whether its quotes are in order."""

    cells: list[str]
    line: int
    end: int
    is_sound: bool = True


class Header(NamedTuple):
    """The names of the columns, what parts them, where the first row behind them begins, and its line."""

    names: list[str]
    delimiter: str
    place: int
    line: int


@cache
def _patterns(delimiter: str) -> tuple[re.Pattern[str], ...]:
    """A well quoted cell; the end of a badly quoted one; a bare cell."""
    mark = re.escape(delimiter)
    return (
        re.compile(rf'[ ]*+"([^"]*+(?:""[^"]*+)*+)"[ ]*+(?={mark}|\n|\Z)'),
        re.compile(rf'(?<!\\)"[ ]*(?={mark}|\n|\Z)'),
        re.compile(rf"[^{mark}\n]*+"),
        re.compile(r'[ ]{0,20}+"'),
    )


def rows(text: str, delimiter: str, place: int = 0, line: int = 1, width: int = 0) -> Iterator[Row]:
    """The rows of *text* from *place*, which is on *line*; empty lines are no rows.

    A quote that nothing closes ends with its line; so does one that is closed badly further down, where the row then
    has not *width* cells.
    """
    scanner = _Scanner(text, delimiter)
    while place < len(text):
        if text[place] == "\n":
            place, line = place + 1, line + 1
            continue
        row = scanner.row(place, line)
        if not row.is_sound and width and len(row.cells) != width:
            scanner.budget -= row.end - place
            row = scanner.row(place, line, within_line=True)
        line += text.count("\n", place, row.end) + (row.end > len(text))
        place = row.end
        if len(row.cells) > 1 or row.cells[0].strip():
            yield row


class _Scanner:
    """Reads the rows of one text; looks for the ends of bad quotes in at most a few times its length."""

    def __init__(self, text: str, delimiter: str):
        self.text = text
        self.well, self.closing, self.bare, self.quote = _patterns(delimiter)
        self.unclosed_from = len(text) + 1  # behind here no quote is closed any more
        self.budget = 4 * len(text)

    def row(self, place: int, line: int, within_line: bool = False) -> Row:
        """The row at *place*; *within_line* ends every bad quote where its line ends."""
        cells: list[str] = []
        sound = True
        while True:
            found = self.well.match(self.text, place)
            if found:
                cells.append(found[1].replace('""', '"'))
            elif opened := self.quote.match(self.text, place):
                sound = False
                if found := self._closing(opened.end(), within_line):
                    cell = self.text[opened.end() : found.start()]
                    cells.append(cell.replace('""', '"').replace('\\"', '"'))
            if found is None:
                found = self.bare.match(self.text, place)
                cells.append(found[0] if found else "")
            place = found.end() if found else len(self.text)
            if place >= len(self.text) or self.text[place] == "\n":
                return Row(cells, line, place + 1, sound)
            place += 1

    def _closing(self, place: int, within_line: bool) -> re.Match[str] | None:
        if within_line or self.budget < 0:
            end = self.text.find("\n", place)
            return self.closing.search(self.text, place, end if end >= 0 else len(self.text))
        found = self.closing.search(self.text, place) if place < self.unclosed_from else None
        if found is None:
            self.unclosed_from = min(self.unclosed_from, place)
        return found


def header(text: str, known: Callable[[list[str]], int]) -> tuple[Header | None, int]:
    """The header of *text*, with any delimiter, and how well it is *known*; (None, 0) when no row at the top is one.

    *known* says of a row of names how many of them it knows, 0 when they are no header.
    """
    head = text[:HEAD]
    best: Header | None = None
    score = 0
    said = _SEP_LINE.match(head)
    for delimiter in (said["mark"],) if said and said["mark"] in DELIMITERS else DELIMITERS:
        start = said.end() if said else 0
        for number, row in enumerate(rows(head, delimiter, start, 2 if said else 1)):
            names = [name.replace("\ufeff", "").strip() for name in row.cells]
            count = known(names) if len(names) > 1 and all(len(name) <= LONGEST_NAME for name in names) else 0
            if count > score:
                best, score = Header(names, delimiter, row.end, row.line + row_height(row)), count
            if number >= ABOVE:
                break
    return best, score


def row_height(row: Row) -> int:
    """How many lines a row takes."""
    return 1 + sum(cell.count("\n") for cell in row.cells)
