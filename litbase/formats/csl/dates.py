"""Dates of CSL-JSON, both ways: date-parts of numbers or strings, seasons, raw and literal dates, ranges, Crossref's.

Sources: the CSL-JSON schema 1.0.2; what Zotero ("1999", 12, 31), citeproc-js (months 13 to 16 and 21 to 24 are
seasons), Crossref ([[null]], "date-time") and hand-made files really hold.
"""

import re
from typing import Any, Final

from litbase.record.dates import PartialDate
from litbase.record.text import squash

_SEASONS: Final = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_YEAR: Final = re.compile(r"(?<!\d)([12]\d{3})(?!\d)")
_INTERVAL: Final = re.compile(r"(?P<first>[^/]{4,40})/(?P<last>[^/]{4,40})")
_INTEGER: Final = re.compile(r"([+-]?\d{1,6})\b")
_EXACT: Final = re.compile(r"\d{4}(?:-\d{2}){0,2}(?:/\d{4}(?:-\d{2}){0,2})?")


def read_date(value: Any) -> tuple[PartialDate | None, str]:
    """The date in the value of a CSL date variable, and what of it a date cannot say ("circa", a literal); "" for none.

    >>> str(read_date({"date-parts": [["2010", 1], ["2010", "2"]]})[0])
    '2010-01/2010-02'
    >>> read_date({"literal": "forthcoming"})
    (None, 'forthcoming')
    """
    if isinstance(value, list):  # [{"date-parts": ...}, ...], or date-parts themselves
        parts = [item.get("date-parts") if isinstance(item, dict) else item for item in value[:2]]
        value = {"date-parts": [_first(item) for item in parts]}
    if not isinstance(value, dict):
        return _written(value)
    date = _from_parts(value.get("date-parts"))
    if date and not date.month and (season := _season(value.get("season"))):
        date = PartialDate(year=date.year, month=season, end=_same_season(date.end, season))
    for name in ("edtf", "raw", "literal", "date-time"):
        if date is None and value.get(name):
            date, rest = _written(value[name])
            if rest:
                return date, rest
    if date is None:
        return None, _unread(value.get("date-parts"))
    circa = value.get("circa")
    return date, "circa" if circa not in (None, False, 0, "0", "false", "") else ""


def _first(parts: Any) -> Any:
    """The first of several date-parts, or the one that is there."""
    return parts[0] if isinstance(parts, list) and parts and isinstance(parts[0], list) else parts


def _unread(parts: Any) -> str:
    """Date parts that are no date here (the year 44 BC), in words; "" when they say nothing."""
    if not isinstance(parts, list):
        return ""
    ends = [part if isinstance(part, list) else [part] for part in parts[:2]]
    return "/".join("-".join(str(part)[:40] for part in end[:3] if part not in (None, "", 0)) for end in ends)


def _same_season(end: PartialDate | None, season: int) -> PartialDate | None:
    return PartialDate(year=end.year, month=end.month or season) if end else None


def _season(value: Any) -> int:
    number = _integer(value)
    if number:
        return number + 20 if 1 <= number <= 4 else number if 21 <= number <= 24 else 0
    return _SEASONS.get(str(value).strip().lower(), 0)


def _from_parts(parts: Any) -> PartialDate | None:
    if not isinstance(parts, list) or not parts:
        return None
    if not isinstance(parts[0], list):
        parts = [parts]
    first = _one(parts[0])
    last = _one(parts[1]) if len(parts) > 1 and isinstance(parts[1], list) else None
    if first is None or last is None or last == first:
        return first
    return PartialDate(year=first.year, month=first.month, day=first.day, end=last)


def _one(parts: list[Any]) -> PartialDate | None:
    """One end of a range; a part nobody can read ends it."""
    numbers = [_month(part) if place == 1 else _integer(part) for place, part in enumerate(parts[:3])]
    year, month, day = (*numbers, 0, 0, 0)[:3]
    if not 1000 <= year <= 2999:
        return None
    if 13 <= month <= 16:
        month += 8
    if 21 <= month <= 24:
        return PartialDate(year=year, month=month)
    if not 1 <= month <= 12:
        return PartialDate(year=year)
    return PartialDate.parse(f"{year:04d}-{month:02d}" + (f"-{day:02d}" if 1 <= day <= 31 else ""))


def _month(part: Any) -> int:
    if number := _integer(part):
        return number
    named = PartialDate.parse(f"{part} 2000") if isinstance(part, str) and part.strip() else None
    return named.month if named else 0


def _integer(value: Any) -> int:
    if isinstance(value, bool) or value is None:
        return 0
    if isinstance(value, (int, float)):
        return int(value) if abs(value) < 1e6 else 0
    found = _INTEGER.match(str(value)[:40].strip())
    return int(found[1]) if found else 0


def _written(value: Any) -> tuple[PartialDate | None, str]:
    """A date as text or a year as number; the text comes back where more than the date stands in it."""
    if isinstance(value, (list, dict)) or value is None or isinstance(value, bool):
        return None, ""
    text = squash(str(value)[:400])
    if interval := _INTERVAL.fullmatch(text):
        first, last = PartialDate.parse(interval["first"]), PartialDate.parse(interval["last"])
        if first and last and first != last:
            return PartialDate(year=first.year, month=first.month, day=first.day, end=last), ""
    date = PartialDate.parse(text)
    if date is None and (year := _YEAR.search(text)):
        return PartialDate(year=int(year[1])), text
    return date, "" if date else text


def write_date(date: PartialDate | None) -> dict[str, Any] | None:
    """The CSL date, with as many parts as are known; a season is a number, spring is 1; None for no date.

    Of a range that begins in a season only the years of both ends are told.
    """
    if date is None:
        return None
    ends = [date, date.end] if date.end else [date]
    if date.month > 12:
        years = [[end.year] for end in ends]
        return {"date-parts": years[:1] if years[0] == years[-1] else years, "season": date.month - 20}
    parts = [[part for part in (end.year, end.month if end.month <= 12 else 0, end.day) if part] for end in ends]
    return {"date-parts": parts[:1] if parts[0] == parts[-1] else parts}


def edtf(text: str) -> PartialDate | None:
    """The date that `str(date)` made, "2010-21/2010-22" among them; None for anything else."""
    if not _EXACT.fullmatch(text):
        return None
    first, _, last = text.partition("/")
    return _from_parts([part.split("-") for part in (first, last) if part])
