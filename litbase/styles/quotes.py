"""Quotation marks: how they are read in a source's text, and how they are printed.

While a citation is put together its quotations stand in it as marks of their own, private characters that no source
holds; printed, quotes within quotes alternate and American full stops and commas go inside.
Source of the reading: the rules of the CSL reference processor for straight quotes and apostrophes.
"""

import re
from typing import Final, NamedTuple

from litbase.styles.punctuation import INSIDE, met
from litbase.styles.rich import Piece, Rich, merged

OPEN: Final = "\ue000"
"""Opens a quotation: in the outer marks of the style, where it stands in no other."""
INNER: Final = "\ue001"
"""Opens a quotation in the inner marks of the style, where it stands in no other."""
DOUBLE: Final = "\ue002"
"""Opens a quotation in double marks, where it stands in no other."""
SINGLE: Final = "\ue003"
"""Opens a quotation in single marks, where it stands in no other."""
CLOSE: Final = "\ue004"
"""Closes a quotation."""
MOVABLE: Final = "\ue005"
"""Stands between a closed quotation and the mark that follows it and may go inside."""
OPENERS: Final = OPEN + INNER + DOUBLE + SINGLE
PRIVATE: Final = OPENERS + CLOSE + MOVABLE
APOSTROPHE: Final = "’"
_PRIVATE = re.compile(f"[{PRIVATE}]")
_QUOTE = re.compile(r"[\"'“”‘’]")
_LETTER = re.compile(r"[-0-9A-Za-z\u00c0-\u017f\u0218-\u021b\u0370-\u03ff\u0400-\u052f\u1e00-\u1fff]")
_CLOSERS: Final = {'"': '"', "'": "'", "“": "”", "‘": "’"}


class Quotes(NamedTuple):
    """The quotation marks of a country, and whether full stops and commas go inside."""

    outer: str
    inner: str
    inside: bool


AMERICAN: Final = Quotes("“”", "‘’", inside=True)
BRITISH: Final = Quotes("‘’", "“”", inside=False)


def without_private(text: str) -> str:
    """*text* without the characters that stand for quotations here."""
    return _PRIVATE.sub("", text)


def curled(text: str) -> str:
    """*text* with its quotations marked and its apostrophes curled; as many characters as before.

    A straight mark opens a quotation at the start, after a blank, a bracket or another opening mark; what finds no
    partner stays, except that a single mark is an apostrophe.

    >>> curled("Don't \\"stop\\" the '90s") == f"Don’t {OPEN}stop{CLOSE} the ’90s"
    True
    """
    found = list(text)
    opened: list[int] = []
    outer = ""
    for match in _QUOTE.finditer(text):
        at = match.start()
        if _opens(text, at, found):
            opened.append(at)
            found[at] = OPEN
        elif _is_apostrophe(text, at):
            found[at] = APOSTROPHE
        else:
            _close(text, at, opened, found)
    for at in opened:
        found[at] = APOSTROPHE if text[at] == "'" else text[at]
    for at, mark in enumerate(text):
        if found[at] == OPEN and mark in "\"'":
            outer = outer or mark
            found[at] = OPEN if mark == outer else INNER
        elif found[at] == OPEN:
            found[at] = DOUBLE if mark == "“" else SINGLE
    return "".join(found)


def _opens(text: str, at: int, found: list[str]) -> bool:
    if text[at] in "”’":
        return False
    if text[at] in "“‘" or (at and found[at - 1] == OPEN):
        return True
    blank_behind = text[at] == "'" and text[at + 1 : at + 2] == " "
    return (at == 0 or text[at - 1] in " (") and not blank_behind


def _is_apostrophe(text: str, at: int) -> bool:
    mark, before, behind = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    if mark == "’":
        return bool(_LETTER.match(before) and _LETTER.match(behind))
    return mark == "'" and (before in ("", " ") or (bool(behind) and behind not in ",.?:; \"'“”‘’"))


def _close(text: str, at: int, opened: list[int], found: list[str]) -> None:
    """Close the quotation that *at* ends; what was opened in it and not closed opens nothing."""
    mark = text[at]
    if mark == "'" and not (opened and text[opened[-1]] == "'"):
        found[at] = APOSTROPHE
        return
    while opened:
        start = opened.pop()
        if _CLOSERS[text[start]] == mark:
            found[at] = CLOSE
            return
        found[start] = APOSTROPHE if text[start] == "'" else text[start]


def printed(part: Rich, quotes: Quotes) -> Rich:
    """*part* with its quotations in the marks of *quotes*, those within others in the other marks."""
    if not any(_PRIVATE.search(piece.text) for piece in part):
        return merged(part)
    found: list[Piece] = []
    levels: list[int] = []
    for piece in _settled(part, quotes):
        letter = piece.text
        if letter == CLOSE:
            letter = (quotes.outer, quotes.inner)[levels.pop() if levels else 0][1]
        elif letter in OPENERS:
            levels.append(1 - levels[-1] if levels else _level(letter, quotes))
            letter = (quotes.outer, quotes.inner)[levels[-1]][0]
        found.append(piece._replace(text=letter))
    return merged(tuple(found))


def _level(letter: str, quotes: Quotes) -> int:
    """0 where *letter* opens a quotation in the outer marks of *quotes*, 1 where in the inner ones."""
    if letter in (OPEN, INNER):
        return int(letter == INNER)
    return int(("“" if letter == DOUBLE else "‘") != quotes.outer[0])


def _settled(part: Rich, quotes: Quotes) -> list[Piece]:
    """The characters of *part* one by one; marks behind closed quotations are where *quotes* have them."""
    found: list[Piece] = []
    cells = iter([piece._replace(text=letter) for piece in part for letter in piece.text])
    for cell in cells:
        if cell.text != MOVABLE:
            found.append(cell)
            continue
        mark = next(cells)
        end = len(found)
        while end and found[end - 1].text == CLOSE:
            end -= 1
        stays, left = met(found[end - 1].text if end else "", mark.text)
        if left:
            if quotes.inside and left in INSIDE and end < len(found):
                found.insert(end, found[end]._replace(text=left))
            else:
                found.append(mark)
        if end and not stays:
            del found[end - 1]
    return found
