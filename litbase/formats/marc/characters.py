"""The characters of a binary MARC record: UTF-8 or MARC-8, whatever its leader claims; the home of pymarc.

Sources: MARC 21 Specifications, Character Sets (leader/09: "a" is UTF-8, blank MARC-8; in MARC-8 what has no code is
written "&#x4E00;").  pymarc, an extra (`pip install 'litbase[marc]'`), knows the code tables of MARC-8; real files say
MARC-8 and are UTF-8, or say UTF-8 and are Windows-1252.
"""

import re
from functools import cache
from typing import Any

from litbase.record.notices import Notice, notice

_ESCAPE = b"\x1b"
_CHINESE = re.compile(rb"(\x1b\$,?1)([^\x1b]{1,100000})")
_REFERENCE = re.compile(r"&#x([0-9A-Fa-f]{4,6});")


class NeedsExtra(Exception):
    """The record is in MARC-8 and pymarc is not installed."""


class Decoder:
    """Makes text of the values of one record and keeps count of what could not be read.

    Raises NeedsExtra for MARC-8 without pymarc.
    """

    def __init__(self, record: bytes, says_utf8: bool) -> None:
        """The encoding *record* is in: what it claims when that can be, else what it can be."""
        self.lost = 0
        self.encoding = _encoding(record, says_utf8)
        self.is_guessed = says_utf8 and self.encoding != "utf-8"
        self.has_references = not says_utf8
        self._converter = _converter() if self.encoding == "marc-8" else None

    def text(self, value: bytes) -> str:
        """The text of one value; what means nothing is U+FFFD or a blank, and counted."""
        if value.isascii() and _ESCAPE not in value:
            text = value.decode("ascii")
        elif self._converter:
            text, lost = self._converter(value)
            self.lost += lost
        else:
            text = value.decode(self.encoding, "replace")
            self.lost += text.count("\ufffd")
        return _REFERENCE.sub(_referred, text) if self.has_references else text

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What was odd about the characters read so far; () when nothing was."""
        guessed = (notice("encoding-guessed", encoding=self.encoding),) if self.is_guessed else ()
        return (*guessed, notice("bytes-replaced", count=self.lost)) if self.lost else guessed


def _encoding(record: bytes, says_utf8: bool) -> str:
    if _ESCAPE not in record and _is(record, "utf-8"):
        return "utf-8"
    if not says_utf8:
        return "marc-8"
    if any(ord(letter) > 127 for letter in record.decode("utf-8", "ignore")):  # broken in places only
        return "utf-8"
    return "cp1252" if _is(record, "cp1252") else "latin-1"


def _is(record: bytes, encoding: str) -> bool:
    try:
        record.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _referred(found: re.Match[str]) -> str:
    number = int(found[1], 16)
    return chr(number) if number < 0x110000 and not 0xD800 <= number < 0xE000 else found[0]


@cache
def _converter() -> Any:
    """A function from MARC-8 to (text, how many characters were not known)."""
    try:
        from pymarc.marc8 import MARC8ToUnicode
    except ImportError as error:
        raise NeedsExtra from error

    class Counting(MARC8ToUnicode):
        """Asks whether to be quiet before it would print that it does not know a character: that is counted."""

        lost = 0

        @property
        def quiet(self) -> bool:
            self.lost += 1
            return True

        @quiet.setter
        def quiet(self, value: bool) -> None:
            """Always quiet."""

    def convert(value: bytes) -> tuple[str, int]:
        converter = Counting()
        whole = _CHINESE.sub(_in_threes, value)  # pymarc prints when a triple is cut
        try:
            return str(converter.translate(whole)), converter.lost + (whole != value)
        except (IndexError, TypeError, ValueError):  # an escape sequence that is cut
            return whole.replace(_ESCAPE, b"").decode("latin-1"), 1

    return convert


def _in_threes(found: re.Match[bytes]) -> bytes:
    """East Asian characters take three bytes each; what is left over at the end is cut."""
    return found[1] + found[2][: len(found[2]) // 3 * 3]
