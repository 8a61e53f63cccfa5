"""Dates as precise as their source, never more.

A subset of EDTF level 1 (ISO 8601-2): year, month, day, seasons 21-24 and one
interval.  ERIC's shapes ("2019-Aug", "2018-Mar-00", "Spr 2018") are read here
because a general date parser invents what is missing.
"""

import re
from typing import Self

import msgspec

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December")  # fmt: skip
SEASONS = {21: "Spring", 22: "Summer", 23: "Autumn", 24: "Winter"}
_MONTH = {name[:3].lower(): number for number, name in enumerate(MONTHS, 1)}
_SEASON = {"spr": 21, "sum": 22, "fal": 23, "aut": 23, "win": 24}
_WORD = r"(?P<{0}>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Spr|Sum|Fall?|Aut|Win)[a-z]*\.?"
_NAMED = re.compile(_WORD.format("a") + r"(?:\s*[-/–]\s*" + _WORD.format("b") + r")?[\s,]+"
                    r"(?P<year>\d{4})(?:\s*[-/–]\s*(?P<until>\d{4}|\d{2}))?", re.I)  # fmt: skip
_US = re.compile(_WORD.format("a") + r"\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})", re.I)
_UK = re.compile(r"(?P<day>\d{1,2})(?:st|nd|rd|th)?\s+" + _WORD.format("a") + r",?\s+(?P<year>\d{4})", re.I)
_ISO = re.compile(r"(?P<year>\d{4})(?:[-/](?P<month>\d{1,2})(?:[-/](?P<day>\d{1,2}))?)?(?![\d])")
_ERIC = re.compile(r"(?P<year>\d{4})-" + _WORD.format("a") + r"(?:-(?P<day>\d{1,2}))?", re.I)
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class PartialDate(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A year, and as much more as is known; 0 is not known.

    *month* is 1-12, or 21-24 for spring, summer, autumn and winter (EDTF).
    *end* closes an interval ("Jan-Feb 2010"), else None.
    """

    year: int
    month: int = 0
    day: int = 0
    end: "PartialDate | None" = None

    def __str__(self) -> str:
        """The date in EDTF: "2019-08", "2018-21", "2010-01/2010-02"."""
        first = "-".join((f"{self.year:04d}", *(f"{part:02d}" for part in (self.month, self.day) if part)))
        return f"{first}/{self.end}" if self.end else first

    @property
    def display(self) -> str:
        """The date in English: "25 February 2016", "Winter 1999-2000", "January-February 2010"."""
        if self.end is None:
            return " ".join(filter(None, (str(self.day or ""), _named(self.month), str(self.year))))
        if self.end.year != self.year:
            if self.month == self.end.month and self.month > 20:
                return f"{_named(self.month)} {self.year}–{self.end.year}"
            return f"{msgspec.structs.replace(self, end=None).display} – {self.end.display}"
        if self.month != self.end.month:
            return f"{_named(self.month)}–{_named(self.end.month)} {self.year}"
        return f"{self.day}–{self.end.day} {_named(self.month)} {self.year}"

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """The date at the start of *text* or None; what is not there is never invented.

        >>> str(PartialDate.parse("2018-Mar-00"))
        '2018-03'
        >>> PartialDate.parse("Win 1999-2000").display
        'Winter 1999–2000'
        >>> PartialDate.parse("n.d.")
        """
        text = text.strip()
        for pattern, read in ((_ERIC, _from_words), (_US, _from_words), (_UK, _from_words), (_NAMED, _from_named),
                              (_ISO, _from_numbers)):  # fmt: skip
            found = pattern.match(text)
            if found:
                return cls._checked(*read(found))
        return None

    @classmethod
    def _checked(cls, year: int, month: int, day: int, end: tuple[int, int] | None) -> Self | None:
        if not 1000 <= year <= 2999:
            return None
        if not (1 <= month <= 12 or 21 <= month <= 24):
            month = 0
        if not (1 <= month <= 12 and 1 <= day <= _DAYS[month - 1]):
            day = 0
        closing = PartialDate(year=end[0], month=end[1]) if end and end != (year, month) else None
        return cls(year=year, month=month, day=day, end=closing)


def _named(month: int) -> str:
    return MONTHS[month - 1] if 1 <= month <= 12 else SEASONS.get(month, "")


def _number(word: str) -> int:
    return _MONTH.get(word[:3].lower()) or _SEASON[word[:3].lower()]


def _from_words(found: re.Match[str]) -> tuple[int, int, int, None]:
    return int(found["year"]), _number(found["a"]), int(found["day"] or 0), None


def _from_numbers(found: re.Match[str]) -> tuple[int, int, int, None]:
    return int(found["year"]), int(found["month"] or 0), int(found["day"] or 0), None


def _from_named(found: re.Match[str]) -> tuple[int, int, int, tuple[int, int] | None]:
    year, month = int(found["year"]), _number(found["a"])
    if found["until"]:  # "Win 1999-2000", "Win 1999-00"
        until = int(found["until"]) if len(found["until"]) == 4 else year // 100 * 100 + int(found["until"])
        until += 100 if until < year else 0
        return year, month, 0, (until, _number(found["b"]) if found["b"] else month)
    return year, month, 0, (year, _number(found["b"])) if found["b"] else None


def sort_key(date: PartialDate | None, *, newest_first: bool) -> tuple[int, int, int, int]:
    """A key that puts dates in order and the undated last both ways."""
    if date is None:
        return (1, 0, 0, 0)
    month = {21: 4, 22: 7, 23: 10, 24: 12}.get(date.month, date.month)
    sign = -1 if newest_first else 1
    return (0, sign * date.year, sign * month, sign * date.day)
