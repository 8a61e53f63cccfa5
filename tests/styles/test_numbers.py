"""Numbers, ordinals and ranges; dates."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litbase.record.dates import PartialDate
from litbase.styles.dates import AMERICAN, BRITISH, full, month_day, year
from litbase.styles.locators import LABELS, Locator, located, long_label, short_label
from litbase.styles.numbers import first_page, is_numeric, is_plural, number, ordinal, pages


@pytest.mark.parametrize(
    ("text", "numeric", "plural"),
    [
        ("2", True, False), ("2nd", True, False), ("S12", True, False), ("12A", True, False), ("iv", True, False),
        ("3/4", True, False), ("1-2", True, True), ("3 & 4", True, True), ("2, 3", True, True), ("1 and 2", True, True),
        ("XII", False, False), ("Spring", False, False), ("No. 7", False, False), ("TR-45", False, False),
        ("1,234", False, False), ("12+", False, False), ("10.1", False, False), ("", False, False),
        ("494, with index", True, False), ("xi, 24", True, True),
    ],
)  # fmt: skip
def test_what_is_a_number(text, numeric, plural):
    assert (is_numeric(text), is_plural(text)) == (numeric, plural)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("12-13", "12–13"),
        ("TR-45", "TR-45"),
        ("RR-17-05", "RR-17-05"),
        ("II-IV", "II–IV"),
        ("3 & 4", "3 & 4"),
        ("", ""),
    ],
)
def test_ranges_of_numbers(text, printed):
    assert number(text) == printed


@pytest.mark.parametrize(
    ("text", "printed"),
    [("1", "1st"), ("2", "2nd"), ("3", "3rd"), ("4", "4th"), ("11", "11th"), ("12", "12th"), ("13", "13th"),
     ("21", "21st"), ("111", "111th"), ("112", "112th"), ("103", "103rd"), ("2nd", "2nd"), ("1-2", "1st–2nd"),
     ("007", "007"), ("Second", "Second")],
)  # fmt: skip
def test_ordinals(text, printed):
    assert ordinal(text) == printed


@pytest.mark.parametrize(
    ("text", "expanded", "two_digits", "chicago"),
    [
        ("327-350", "327–350", "327–50", "327–50"),
        ("1035-47", "1035–1047", "1035–47", "1035–47"),
        ("101-108", "101–108", "101–08", "101–8"),
        ("100-104", "100–104", "100–04", "100–104"),
        ("1002-1008", "1002–1008", "1002–08", "1002–8"),
        ("1496-1500", "1496–1500", "1496–500", "1496–500"),
        ("96-117", "96–117", "96–117", "96–117"),
        ("3-5", "3–5", "3–5", "3–5"),
        ("317-317", "317–317", "317–317", "317–317"),
        ("350-327", "350–327", "350–327", "350–327"),
        ("e101-e110", "e101–e110", "e101–10", "e101–10"),
        ("iv-xii", "iv–xii", "iv–xii", "iv–xii"),
        ("12-34, 40", "12–34, 40", "12–34, 40", "12–34, 40"),
        ("pp. 5-9", "5–9", "5–9", "5–9"),
        ("123S-130S", "123S-130S", "123S-130S", "123S-130S"),
        ("215-??", "215-??", "215-??", "215-??"),
    ],
)
def test_pages(text, expanded, two_digits, chicago):
    assert [pages(text, how) for how in ("expanded", "two digits", "chicago")] == [expanded, two_digits, chicago]


@given(st.text(alphabet="0123456789-–, &eivxS.", max_size=30))
def test_pages_never_raise_and_lose_no_first_page(text):
    assert first_page(pages(text)).startswith(first_page(text)[:1])


DAY = PartialDate(year=2019, month=8, day=5)


def until(date: PartialDate, *end: int) -> PartialDate:
    return PartialDate(
        year=date.year,
        month=date.month,
        day=date.day,
        end=PartialDate(**dict(zip(("year", "month", "day"), end, strict=False))),
    )


@pytest.mark.parametrize(
    ("date", "of_year", "american", "british", "in_full"),
    [
        (DAY, "2019", "August 5", "5 August", "August 5, 2019"),
        (PartialDate(year=2019, month=8), "2019", "August", "August", "August 2019"),
        (PartialDate(year=2019, month=23), "2019", "Autumn", "Autumn", "Autumn 2019"),
        (PartialDate(year=2019), "2019", "", "", "2019"),
        (until(DAY, 2019, 8, 9), "2019", "August 5–9", "5–9 August", "August 5–9, 2019"),
        (until(DAY, 2019, 9, 9), "2019", "August 5–September 9", "5 August–9 September", "August 5–September 9, 2019"),
        (until(DAY, 2020, 9, 9), "2019–2020", "August 5–September 9", "5 August–9 September",
         "August 5, 2019–September 9, 2020"),
        (until(PartialDate(year=2019, month=24), 2020, 24), "2019–2020", "Winter", "Winter", "Winter 2019–2020"),
        (until(PartialDate(year=2019, month=5), 2020, 5), "2019–2020", "May", "May", "May 2019–May 2020"),
        (until(PartialDate(year=2019), 2021), "2019–2021", "", "", "2019–2021"),
    ],
)  # fmt: skip
def test_dates(date, of_year, american, british, in_full):
    assert [year(date), month_day(date, AMERICAN), month_day(date, BRITISH), full(date)] == [
        of_year, american, british, in_full,
    ]  # fmt: skip


def test_locators():
    assert [short_label(Locator("3", "chapter")), short_label(Locator("3-5", "chapter"))] == ["chap.", "chaps."]
    assert long_label(Locator("3, 4", "table")) == "tables"
    assert located(Locator("p. 312-18")) == "312–318"
    assert all(label.short or key == "timestamp" for key, label in LABELS.items())
