"""What parts say: dates, numbers, pages, links and titles, as printed in any style and language."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litbase.sources.references.values import (
    bare_title,
    is_undated,
    read_date,
    read_doi,
    read_numbers,
    read_pages,
    read_url,
)

DATES = {
    "(2016, May 3).": "2016-05-03", "3 May 2016": "2016-05-03", "May 3, 2016": "2016-05-03", "2016-05-03": "2016-05-03",
    "3. März 2016": "2016-03-03", "3 de mayo de 2016": "2016-05-03", "1er juillet 2016": "2016-07-01",
    "03.05.2016": "2016-05-03", "3/5/2016": "2016-05-03", "Dec. 1999": "1999-12", "2010 Mar": "2010-03",
    "(Spring 1999)": "1999-21", "2004a": "2004", "(1998/2003)": "1998", "1913-1926": "1913", "n.d.": "",
    "in press": "", "12": "",
}  # fmt: skip


@pytest.mark.parametrize(("text", "date"), DATES.items(), ids=DATES)
def test_dates(text: str, date: str) -> None:
    assert str(read_date(text) or "") == date


def test_undated() -> None:
    for text in ("(in press).", "forthcoming", "n.d.", "s. d.", "im Druck", "to appear", "en prensa"):
        assert is_undated(text)
    assert not is_undated("2001")


NUMBERS = {
    "Vol. 81, No. 5,": ("81", "5"), "12(3)": ("12", "3"), "12 (3),": ("12", "3"), "45/4": ("45", "4"),
    "40.1": ("40", "1"),
    "24, 1": ("24", "1"), "vol. 20, nº 3": ("20", "3"), "no. 3": ("", "3"), "14 (Suppl. 1)": ("14", "Suppl. 1"),
    "Bd. IV": ("IV", ""), "57. Jg., H. 2": ("57", "2"), "1(3/4)": ("1", "3/4"), "t. II": ("II", ""), "A27": ("A27", ""),
    "v. 435 , n. 7039": ("435", "7039"), "Jg. 12, Heft 3": ("12", "3"), "words": ("", ""),
}  # fmt: skip


@pytest.mark.parametrize(("text", "numbers"), NUMBERS.items(), ids=NUMBERS)
def test_volumes_and_issues(text: str, numbers: tuple[str, str]) -> None:
    assert tuple(read_numbers(text)) == numbers


PAGES = {
    "pp. 3–12.": ("3-12", None), "S. 12-34": ("12-34", None), "p327-50": ("327-350", None), "e12": ("e12", None),
    "págs. 5--9": ("5-9", None), "368 pp.": ("", 368), "217 p.": ("", 217), "12 S.": ("", 12), "xi–xx": ("xi-xx", None),
    "1035-47": ("1035-1047", None), "A1": ("A1", None), "12-34, 40": ("12-34, 40", None), "words": ("", None),
}  # fmt: skip


@pytest.mark.parametrize(("text", "pages"), PAGES.items(), ids=PAGES)
def test_pages(text: str, pages: tuple[str, int | None]) -> None:
    assert tuple(read_pages(text)) == pages


def test_links_broken_by_blanks_are_closed_up() -> None:
    assert read_doi("doi: 10.3102/ 0034654302984 87.") == "10.3102/003465430298487"
    assert read_doi("https://doi.org/10.1016/j.tate.2007.01.004") == "10.1016/j.tate.2007.01.004"
    assert read_doi("10 rooms") == ""
    assert read_url("<http://www.x.org/ a.pdf>.") == "http://www.x.org/a.pdf"
    assert read_url("www.x.org/a") == "http://www.x.org/a"
    assert read_url("http://www.x.org/") == read_url("javascript:alert(1)") == ""


TITLES = {
    "“Which doors?”,": "Which doors?", "*Rooms (and doors).*": "Rooms (and doors)", "Rooms.": "Rooms",
    "‘Rooms’": "Rooms",
    "« Les salles »": "Les salles", "The “new” rooms.": "The “new” rooms", "“Rooms” and doors": "“Rooms” and doors",
    "Teachers’": "Teachers’", "Rooms (": "Rooms", "...": "", "Rooms!": "Rooms!",
    'Defining the "room"': 'Defining the "room"', '"We" are "rooms"': '"We" are "rooms"', "“A ‘room’”": "A ‘room’",
    '"Rooms': "Rooms", "„Räume“": "Räume", "La « salle » ouverte": "La « salle » ouverte",
    "A fast room[J].": "A fast room",
}  # fmt: skip


@pytest.mark.parametrize(("text", "title"), TITLES.items(), ids=TITLES)
def test_titles(text: str, title: str) -> None:
    assert bare_title(text) == title


@given(st.text(max_size=60))
def test_no_text_raises(text: str) -> None:
    for read in (read_date, read_numbers, read_pages, read_doi, read_url, bare_title, is_undated):
        read(text)
