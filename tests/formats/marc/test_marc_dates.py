"""Dates of a MARC record, as printed and as coded."""

import pytest

from litbase.formats.marc.dates import coded_date, imprint_date

IMPRINT_DATES = {
    "2019.": ("2019", False),
    "[1957?]": ("1957", True),
    "c2011": ("2011", True),
    "©2002": ("2002", True),
    "copyright 2012": ("2012", True),
    "2005, c2004": ("2005", False),
    "[1985] c1977.": ("1985", True),
    "p1990": ("1990", True),
    "[194-?]": ("1940/1949", True),
    "19--?": ("1900/1999", True),
    "1994-": ("1994", False),
    "1953-c1989": ("1953/1989", False),
    "[between 1910 and 1935]": ("1910/1935", True),
    "1935 [i.e. 1953]": ("1953", False),
    "Shōwa 58 [1983]": ("1983", True),
    "5752 [1991 or 1992]": ("1991", True),
    "1365- [1986- ]": ("1986", True),
    "MDLVI [1556]": ("1556", True),
    "año 1687.": ("1687", False),
    "Dec. 2017": ("2017-12", False),
    "5 August 2019": ("2019-08-05", False),
    "Spring 2003": ("2003-21", False),
    "January-February 2010": ("2010-01/2010-02", False),
    "1903 September 21": ("1903-09-21", False),
    "Fri, 17 Aug 2018 08:14:38 +0000": ("2018-08-17", False),
    "2009-05-12": ("2009-05-12", False),
}


@pytest.mark.parametrize("text", IMPRINT_DATES)
def test_a_printed_date_is_as_precise_as_it_is_and_says_when_it_is_inferred(text: str) -> None:
    dated = imprint_date(text)
    assert dated is not None
    assert (str(dated.date), dated.inferred) == IMPRINT_DATES[text]


@pytest.mark.parametrize("text", ["", "[n.d.]", "date of publication not identified", "vol. 12345"])
def test_no_date_is_none(text: str) -> None:
    assert imprint_date(text) is None


CODED_DATES = {
    "one": ("880726s1687    sp", "1687"),
    "with month and day": ("010101e20060815xx", "2006-08-15"),
    "with month": ("010101e200608  xx", "2006-08"),
    "questionable": ("010101q19101935xx", "1910/1935"),
    "reprint": ("030415r20021956xx", "2002"),
    "serial that goes on": ("231104c19949999xx", "1994"),
    "decade": ("010101s199u    xx", "1990/1999"),
    "unknown": ("010101nuuuuuuuuxx", "None"),
    "too short": ("s ||||||||||", "None"),
}


@pytest.mark.parametrize(("codes", "date"), CODED_DATES.values(), ids=CODED_DATES)
def test_a_coded_date(codes: str, date: str) -> None:
    dated = coded_date(codes)
    assert str(dated and dated.date) == date
