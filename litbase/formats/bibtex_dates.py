"""When an entry appeared: BibTeX's year, month and day, and biblatex's date.

Sources: BibTeXing (month is a macro, or free text: "1~jan", "July/August");
the biblatex manual (date is EDTF).
"""

import re
from collections.abc import Mapping

from litbase.formats.bibtex_chunks import MONTHS
from litbase.record.dates import PartialDate

_YEAR = re.compile(r"(?<!\d)([12]\d{3})(?!\d)")
_PLAIN_YEAR = re.compile(r"[\[(c]?\d{4}[\])]?")
_INTERVAL = re.compile(r"(-?[\d-]{4,10})[~?%]?/(-?[\d-]{4,10})[~?%]?")
_DASH = re.compile(r"(?<![ \t])[ \t]*+[–—]+[ \t]*")
_MONTH_NAME = re.compile(r"[A-Za-z]{3,9}\.?")
_MONTH_WORD = re.compile(r"[A-Za-z]{3,}")


def read_date(fields: Mapping[str, str]) -> tuple[PartialDate | None, tuple[str, ...]]:
    """The date in the plain texts of date, year, month and day, and which of the four it says all of.

    A year is looked for anywhere in its field ("1987-date"); what says more than the result is not among the names.
    """
    if found := edtf(fields.get("date", "")):
        return found, ("date", "year", "month", "day")
    text, month, day = (fields.get(name, "") for name in ("year", "month", "day"))
    year = _YEAR.search(text)
    if not year:
        return None, ()
    understood: tuple[str, ...] = ("year",) if _PLAIN_YEAR.fullmatch(text) else ()
    dated = _with_month(month, day, year[1])
    if dated and (dated.day or not day):
        understood += ("month", "day")
    return dated or PartialDate.parse(year[1]), understood


def edtf(text: str) -> PartialDate | None:
    """The date in biblatex's `date`, "2019-08" or "2010-01/2010-02"; None when it cannot be read."""
    if interval := _INTERVAL.fullmatch(text.strip()):
        first, last = PartialDate.parse(interval[1]), PartialDate.parse(interval[2])
        if first and last:
            return PartialDate(year=first.year, month=first.month, day=first.day, end=last)
    return PartialDate.parse(text)


def _with_month(text: str, day: str, year: str) -> PartialDate | None:
    """The date with its month; None when the text names none ("First Quarter")."""
    if not text:
        return None
    text = _DASH.sub("-", text)
    if text.isdecimal() and 1 <= int(text[:3]) <= 12:
        text = list(MONTHS.values())[int(text[:3]) - 1]
    if day.isdecimal() and _MONTH_NAME.fullmatch(text):
        text = f"{day} {text}"
    for candidate in (text, *(word[0] for word in _MONTH_WORD.finditer(text[:60]))):
        if (found := PartialDate.parse(f"{candidate} {year}")) and found.month:
            return found
    return None
