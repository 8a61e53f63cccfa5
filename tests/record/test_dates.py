"""Dates: as precise as their source, never more."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litbase.record.dates import PartialDate, sort_key
from tests.strategies import dates

SHAPES = {  # given, EDTF, English
    "ERIC month": ("2019-Aug", "2019-08", "August 2019"),
    "ERIC day nought": ("2018-Mar-00", "2018-03", "March 2018"),
    "ERIC day": ("2019-Aug-15", "2019-08-15", "15 August 2019"),
    "slashes, day nought": ("2012/01/00", "2012-01", "January 2012"),
    "short season": ("Spr 2018", "2018-21", "Spring 2018"),
    "autumn is fall": ("Fall 2015", "2015-23", "Autumn 2015"),
    "winter of two years": ("Win 1999-2000", "1999-24/2000-24", "Winter 1999–2000"),
    "winter of two years, short": ("Win 1999-00", "1999-24/2000-24", "Winter 1999–2000"),
    "two months": ("Jan-Feb 2010", "2010-01/2010-02", "January–February 2010"),
    "year": ("2019", "2019", "2019"),
    "newspaper": ("February 25, 2016", "2016-02-25", "25 February 2016"),
    "British": ("25 February 2016", "2016-02-25", "25 February 2016"),
    "ISO": ("2016-02-25", "2016-02-25", "25 February 2016"),
    "month nought": ("2019-00-00", "2019", "2019"),
    "a day that does not exist": ("2019-02-31", "2019-02", "February 2019"),
    "text after it": ("2019 p3", "2019", "2019"),
}


@pytest.mark.parametrize(("text", "edtf", "english"), SHAPES.values(), ids=SHAPES)
def test_a_date_is_read_as_precisely_as_it_is_given(text: str, edtf: str, english: str) -> None:
    date = PartialDate.parse(text)
    assert date is not None
    assert (str(date), date.display) == (edtf, english)


@pytest.mark.parametrize("text", ["", "n.d.", "forthcoming", "Article 10 2019", "v9 2019", "0999", "20191", "may be"])
def test_what_is_no_date_is_none(text: str) -> None:
    assert PartialDate.parse(text) is None


@given(st.text(max_size=40))
def test_parsing_never_fails(text: str) -> None:
    date = PartialDate.parse(text)
    assert date is None or 1000 <= date.year <= 2999


@given(dates())
def test_the_written_form_of_a_date_without_an_end_is_read_back(date: PartialDate) -> None:
    if date.end is None and date.month <= 12:
        assert PartialDate.parse(str(date)) == date


def test_the_undated_come_last_both_ways() -> None:
    given = [None, PartialDate(year=2019, month=8), PartialDate(year=2019), PartialDate(year=2016, month=2, day=25)]
    newest = sorted(given, key=lambda date: sort_key(date, newest_first=True))
    oldest = sorted(given, key=lambda date: sort_key(date, newest_first=False))
    assert [str(date) for date in newest] == ["2019-08", "2019", "2016-02-25", "None"]
    assert [str(date) for date in oldest] == ["2016-02-25", "2019", "2019-08", "None"]


def test_seasons_are_filed_among_months() -> None:
    given = [PartialDate(year=2018, month=month) for month in (24, 5, 21, 11, 23)]
    assert [date.month for date in sorted(given, key=lambda date: sort_key(date, newest_first=False))] == [
        21,
        5,
        23,
        11,
        24,
    ]
