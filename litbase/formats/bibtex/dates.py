"""When an entry appeared: BibTeX's year, month and day, and biblatex's date.

Sources: BibTeXing (month is a macro, or free text: "1~jan", "July/August"); the
biblatex manual (date is EDTF level 1: seasons, "1034~", "199X", "2000/..").
"""

import re
from collections.abc import Mapping

from litbase.formats.bibtex.chunks import MONTHS
from litbase.record.dates import PartialDate

_YEAR = re.compile(r"(?<!\d)([12]\d{3})(?!\d)")
_PLAIN_YEAR = re.compile(r"[\[(c]?\d{4}[\])]?")
_YEARS = re.compile(r"(?P<first>[12]\d{3})\s?[-–—/]{1,2}\s?(?P<last>[12]\d{3})")
_SURE = re.compile(r"(?P<first>\d{4}[\d-]{0,6})(?:T[\d:.+-]{0,20}Z?)?(?:/(?P<last>\d{4}[\d-]{0,6}))?")
_BASIC = re.compile(r"(?P<year>[12]\d{3})(?P<month>[01]\d)(?P<day>[0-3]\d)")
_WORDED = re.compile(
    r"(?:\d{1,2} )?[A-Za-z]{3,9}\.?(?:[-/][A-Za-z]{3,9}\.?)?(?: {1,2}\d{1,2}(?:st|nd|rd|th)?,)?,? \d{4}"
)
_DAYS = re.compile(
    r"(?:(?P<before>[A-Za-z]{3,9})\.? )?(?P<first>\d{1,2})-+(?P<last>\d{1,2})(?: (?P<after>[A-Za-z]{3,9}))?"
)
_OPEN = re.compile(r"(?:unknown|open|\*|\.\.)?/|/(?:unknown|open|\*|\.\.)?", re.I)
_DOUBT = re.compile(r"[~?%]|-[uUxX]{2}")
_DASH = re.compile(r"(?<![ \t])[ \t]*+[–—]+[ \t]*")
_MONTH_NAME = re.compile(r"[A-Za-z]{3,9}\.?")
_MONTH_WORD = re.compile(r"[A-Za-z]{3,}")


def read_date(fields: Mapping[str, str]) -> tuple[PartialDate | None, tuple[str, ...]]:
    """The date in the plain texts of date, year, month and day, and which of the four it says all of.

    A year is looked for anywhere in its field ("1987-date"); what says more than the result ("circa", "to appear",
    an open end) is not among the names.
    """
    text, month, day = (fields.get(name, "") for name in ("year", "month", "day"))
    if stated := fields.get("date", "").strip(" {}"):
        if found := edtf(stated):
            said = {
                "date": any(form.fullmatch(stated) for form in (_SURE, _BASIC, _WORDED)),
                "year": not text or bool(_PLAIN_YEAR.fullmatch(text)),
                "month": not month or _with_month(month, day, str(found.year))[1],
                "day": not day or day.isdecimal(),
            }
            return found, _those(said)
        text = text or stated
    if years := _YEARS.fullmatch(text):
        if int(years["first"]) < int(years["last"]):
            return PartialDate(year=int(years["first"]), end=PartialDate(year=int(years["last"]))), ("year",)
    elif not month and not _PLAIN_YEAR.fullmatch(text) and (whole := PartialDate.parse(text)) and whole.month:
        return whole, ("year",)  # "1 May 2018", "2018-05-01"
    year = _YEAR.search(text)
    if not year:
        return None, ()
    dated, whole_month = _with_month(month, day, year[1])
    day_is_said = not day or bool(dated and dated.day)
    said = {"year": bool(_PLAIN_YEAR.fullmatch(text)), "month": whole_month, "day": day_is_said}
    return dated or PartialDate.parse(year[1]), _those(said)


def _those(said: Mapping[str, bool]) -> tuple[str, ...]:
    return tuple(name for name, whole in said.items() if whole)


def edtf(text: str) -> PartialDate | None:
    """The date in biblatex's `date`, "2019-08" or "2010-01/2010-02"; None when it cannot be read.

    Doubt ("1034~"), digits not known ("1999-01-XX") and an open end are left out; an open beginning leaves the end.

    >>> [str(edtf(text)) for text in ("1487~/1490?", "2000/..", "/2000", "2018-21", "20180612", "199X")]
    ['1487/1490', '2000', '2000', '2018-21', '2018-06-12', 'None']
    """
    text = _DOUBT.sub("", text.strip())
    first, _, last = text.partition("/")
    if _OPEN.fullmatch(f"{first}/") or _OPEN.fullmatch(f"/{last}"):
        return _one(last if _OPEN.fullmatch(f"{first}/") else first)
    start, end = _one(first), _one(last)
    if start and end and end.end is None and (start.year, start.month, start.day) < (end.year, end.month, end.day):
        return PartialDate(year=start.year, month=start.month, day=start.day, end=end)
    return PartialDate.parse(text) if "/" in text else start


def _one(text: str) -> PartialDate | None:
    if basic := _BASIC.fullmatch(text):
        text = "-".join(basic.groups())
    return PartialDate.parse(text)


def _with_month(text: str, day: str, year: str) -> tuple[PartialDate | None, bool]:
    """The date with its month, None when the text names none ("First Quarter"); and whether that is all it says."""
    if not text:
        return None, False
    text, day = _DASH.sub("-", text), _DASH.sub("-", day)
    if days := _DAYS.fullmatch(f"{day} {text}".strip()):
        month = days["before"] or days["after"]
        first, last = (PartialDate.parse(f"{days[end]} {month} {year}") for end in ("first", "last"))
        if first and last and 0 < first.day < last.day:
            return PartialDate(year=first.year, month=first.month, day=first.day, end=last), True
    if text.isdecimal() and 1 <= int(text[:3]) <= 12:
        text = list(MONTHS.values())[int(text[:3]) - 1]
    if day.isdecimal() and _MONTH_NAME.fullmatch(text):
        text = f"{day} {text}"
    for candidate in (text, *(word[0] for word in _MONTH_WORD.finditer(text[:60]))):
        if (found := PartialDate.parse(f"{candidate} {year}")) and found.month:
            return found, candidate == text
    return None, False
