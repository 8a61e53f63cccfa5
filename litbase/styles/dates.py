"""Dates as citations print them: years, days with months, and ranges of either, each part told once.

Sources: the dates of CSL's American and British locales; MLA's and IEEE's abbreviations of months.
"""

from typing import Final, NamedTuple

from litbase.record.dates import MONTHS, SEASONS, PartialDate
from litbase.styles.numbers import DASH


class DateForm(NamedTuple):
    """How a style writes dates: the day before its month or behind it, with which names of months."""

    day_first: bool
    months: tuple[str, ...] = MONTHS
    two_digits: bool = False


AMERICAN: Final = DateForm(day_first=False)
BRITISH: Final = DateForm(day_first=True)


def year(date: PartialDate) -> str:
    """The year of *date*, or "2019–2020"."""
    return _range(str(date.year), str(date.end.year)) if date.end else str(date.year)


def month_day(date: PartialDate, form: DateForm = AMERICAN, with_day: bool = True) -> str:
    """Month and day of *date*, or its season; "" when only the year is known.

    >>> end = PartialDate(year=2019, month=8, day=9)
    >>> month_day(PartialDate(year=2019, month=8, day=5, end=end)), month_day(PartialDate(year=2019, month=22), BRITISH)
    ('August 5–9', 'Summer')
    """
    first = _month_day(date, form, with_day)
    if not date.end:
        return first
    if date.month != date.end.month or not (with_day and date.day and date.end.day):
        return _range(first, _month_day(date.end, form, with_day))
    days = _range(_day(date, form), _day(date.end, form))
    return f"{days} {_month(date, form)}" if form.day_first else f"{_month(date, form)} {days}"


def full(date: PartialDate, form: DateForm = AMERICAN, with_day: bool = True) -> str:
    """*date* as far as it is known: "August 5, 2019", "5 August 2019", "Winter 1999–2000".

    >>> full(PartialDate(year=2019, month=8, end=PartialDate(year=2020, month=1)))
    'August 2019–January 2020'
    """
    first = _month_day(date, form, with_day)
    if not date.end:
        return _with_year(first, date, form, with_day)
    last = _month_day(date.end, form, with_day)
    if date.year == date.end.year:
        return _with_year(month_day(date, form, with_day), date, form, with_day)
    if first == last and (date.month > 12 or not date.month):
        return f"{first} {year(date)}".strip()
    return _with_year(first, date, form, with_day) + DASH + _with_year(last, date.end, form, with_day)


def _with_year(month_day: str, date: PartialDate, form: DateForm, with_day: bool) -> str:
    comma = "," if date.day and with_day and not form.day_first else ""
    return f"{month_day}{comma} {date.year}".strip()


def _month_day(date: PartialDate, form: DateForm, with_day: bool) -> str:
    day = _day(date, form) if with_day else ""
    parts = (day, _month(date, form)) if form.day_first else (_month(date, form), day)
    return " ".join(filter(None, parts))


def _month(date: PartialDate, form: DateForm) -> str:
    return form.months[date.month - 1] if 1 <= date.month <= 12 else SEASONS.get(date.month, "")


def _day(date: PartialDate, form: DateForm) -> str:
    return "" if not date.day else f"{date.day:02d}" if form.two_digits else str(date.day)


def _range(first: str, last: str) -> str:
    return first if first == last or not last else first + DASH + last if first else last
