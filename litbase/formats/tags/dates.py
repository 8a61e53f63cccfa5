"""Dates as lines with tags give them: RIS's slashes, MEDLINE's year first, and everything that vendors write.

Sources: the RIS specification ("2019/08//Summer"), MEDLINE's DP ("2009 Jan-Feb"), and
the exports of IEEE, TRID, JSTOR, Web of Science and the eLibrary of AIS.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from litbase.record.dates import PartialDate
from litbase.record.text import squash

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Spr|Sum|Fal|Aut|Win)[a-z]{0,6}\.?"
_SLASHED = re.compile(
    r"(?P<year>\d{4})\s?/\s?(?P<month>\w{0,10})\s?(?:/\s?(?P<day>\d{0,2})\s?(?:/\s?(?P<other>[^/]{0,60}))?)?"
)
_PACKED = re.compile(r"(?<!\d)(?P<year>(?:1[5-9]|20)\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>[0-2]\d|3[01])(?!\d)")
_MEDLINE = re.compile(
    rf"(?P<year>\d{{4}})(?:-(?P<until>\d{{4}}))?[\s-]+(?P<first>{_MONTH})"
    rf"(?:\s?[-/–]\s?(?:(?P<closing>\d{{4}})\s)?(?P<last>{_MONTH}))?"
    r"(?:\s(?P<day>\d{1,2})(?:-(?P<to>\d{1,2}))?(?!\d))?",
    re.I,
)
_DAYS = re.compile(rf"(?<!\d)(?P<from>\d{{1,2}})\s?[-–]\s?(?P<to>\d{{1,2}})\s(?P<rest>{_MONTH},?\s\d{{4}})", re.I)
_SPAN = re.compile(rf"(?P<first>{_MONTH}\s\d{{4}})\s?[-–]\s?(?P<last>{_MONTH}\s\d{{4}})", re.I)
_NUMBERED = re.compile(r"(?P<month>0?[1-9]|1[0-2])[\s/](?P<year>\d{4})")
_WORDS = re.compile(
    rf"(?:(?<![\d-])\d{{1,2}}\s)?{_MONTH}(?:\s?[-/–]\s?{_MONTH})?(?:\s\d{{1,2}}(?:st|nd|rd|th)?)?,?\s\d{{4}}(?:\s?[-–]\s?\d{{2,4}})?",
    re.I,
)
_OF_A_DATE = re.compile(rf"{_MONTH}|full|publication|published|date|issued?|online|from", re.I)
_MONTH_ALONE = re.compile(rf"(?:\d{{1,2}}\s)?{_MONTH}(?:\s?[-/–]\s?{_MONTH})?(?:\s\d{{1,2}})?", re.I)
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")


def read_date(text: str, year: int | None = None) -> PartialDate | None:
    """The date in *text* in any of the writings of tag lines; one without a year is of *year*, if that is given.

    >>> [str(read_date(t)) for t in ("2019/08//", "2018///Spring", "2009 Jan-Feb", "4-8 Aug. 2020", "20170812")]
    ['2019-08', '2018-21', '2009-01/2009-02', '2020-08-04/2020-08-08', '2017-08-12']
    >>> str(read_date("JUN 19", 2018)), read_date("10 15")
    ('2018-06-19', None)
    """
    text = squash(text)[:200]
    if found := _SLASHED.match(text):
        return _slashed(found)
    if found := _MEDLINE.match(text):
        return _medline(found)
    if found := _NUMBERED.fullmatch(text):
        return PartialDate.parse(f"{found['year']}-{found['month']}")
    if found := _PACKED.search(text):
        return PartialDate.parse("-".join(found.groups()))
    if date := _in_words(text):
        return date
    if found := _YEAR.search(text):
        return PartialDate(year=int(found[0]))
    return PartialDate.parse(f"{text} {year}") if year and _MONTH_ALONE.fullmatch(text) else None


def _in_words(text: str) -> PartialDate | None:
    """The date that *text* spells out: "4-8 Aug. 2020", "December 2020 – January 2021", "Mar. 2017"."""
    if found := _DAYS.search(text):
        return _interval(f"{found['from']} {found['rest']}", f"{found['to']} {found['rest']}")
    if found := _SPAN.search(text):
        return _interval(found["first"], found["last"])
    if found := _WORDS.search(text):
        return PartialDate.parse(found[0])
    return PartialDate.parse(text)


def _interval(first: str, last: str) -> PartialDate | None:
    opening, closing = PartialDate.parse(first), PartialDate.parse(last)
    if not opening or not closing or (closing.year, closing.month, closing.day) <= _place(opening):
        return opening
    return PartialDate(year=opening.year, month=opening.month, day=opening.day, end=closing)


def _place(date: PartialDate) -> tuple[int, int, int]:
    return date.year, date.month, date.day


def _slashed(found: re.Match[str]) -> PartialDate | None:
    """ "2019/08/01/", where the fourth part may be a season, an interval, or anything."""
    month, day, other = found["month"], found["day"] or "", found["other"] or ""
    if month and not month.isdecimal():
        return PartialDate.parse(f"{month} {found['year']}")
    stated = PartialDate.parse("-".join(filter(None, (found["year"], month, day if month else ""))))
    said = stated and (_in_words(other) or _in_words(f"{other} {stated.year}"))
    if not stated or not said or said.year != stated.year or _detail(said) <= _detail(stated):
        return stated
    return said if _agree(stated, said) else stated


def _medline(found: re.Match[str]) -> PartialDate | None:
    """ "2015 May", "2009 Jan-Feb", "2022 Oct 7", "1999-2000 Winter", "2020 Dec-2021 Jan"."""
    year, first, last, day = found["year"], found["first"], found["last"], found["day"]
    if found["until"]:
        return PartialDate.parse(f"{first} {year}-{found['until']}")
    if last and found["closing"]:
        return _interval(f"{first} {year}", f"{last} {found['closing']}")
    if last:
        return PartialDate.parse(f"{first}-{last} {year}")
    if found["to"]:
        return _interval(f"{day} {first} {year}", f"{found['to']} {first} {year}")
    return PartialDate.parse(f"{day} {first} {year}" if day else f"{first} {year}")


class Dated(NamedTuple):
    """The best date of several values, and those values that say something else, or more."""

    date: PartialDate | None
    left: tuple[str, ...]


def best_date(values: Sequence[str]) -> Dated:
    """The first date in *values*, made more precise by a later one of the same year or of none.

    >>> str(best_date(["2019", "2019/08//"]).date), best_date(["2018", "JUN 19"]).date.day
    ('2019-08', 19)
    """
    best = next((date for date in map(read_date, values) if date), None)
    left = []
    for value in values:
        date = read_date(value, best.year if best else None)
        if date is None or best is None or date.year != best.year:
            left.append(value)
            continue
        if _says_more(value):
            left.append(value)
        if _agree(best, date) and _detail(date) > _detail(best):
            best = date
        elif not _agree(best, date):
            left.append(value)
    return Dated(best, tuple(dict.fromkeys(left)))


def _says_more(text: str) -> bool:
    """Whether there are words in *text* that are neither months nor seasons nor speak of the date."""
    return any(not _OF_A_DATE.fullmatch(word) for word in re.findall(r"[^\W\d_]{4,}", text))


def _agree(one: PartialDate, other: PartialDate) -> bool:
    if one.month and other.month and one.month != other.month:
        return False
    return not (one.day and other.day) or one.day == other.day


def _detail(date: PartialDate) -> int:
    return bool(date.month) + 2 * bool(date.day) + bool(date.end)
