"""Names, dates, keywords and identifiers as pages write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litbase.formats.page.values import add_identifiers, date_of, identified, names_of, page_of, words_of

NAMES = {
    "one for each": (["Roe, Ann", "Poe, Ed"], ["Roe, Ann", "Poe, Ed"]),
    "joined by bars": (["Roe, Phyllis B.|Poe, Peggy L.|Doe, S."], ["Roe, Phyllis B.", "Poe, Peggy L.", "Doe, S."]),
    "joined by semicolons": (["Roe, A.; Poe, E."], ["Roe, A.", "Poe, E."]),
    "joined by commas": (["Ann Roe, Ed Poe and Jo Doe"], ["Roe, Ann", "Poe, Ed", "Doe, Jo"]),
    "inverted and joined by commas": (["Roe, Ann, Poe, Ed"], ["Roe, Ann", "Poe, Ed"]),
    "two joined by and": (["Ann Roe and Ed Poe"], ["Roe, Ann", "Poe, Ed"]),
    "a firm": (["Smith and Sons & Co."], ["Smith and Sons & Co."]),
    "a group": (["World Health Organization"], ["World Health Organization"]),
    "family and initials": (["Smith JA", "Poe E"], ["Smith, J. A.", "Poe, E."]),
    "a degree": (["Ann Roe, PhD"], ["Roe, Ann"]),
    "a byline": (["By Ann Roe"], ["Roe, Ann"]),
    "two family names": (["García Márquez, Gabriel José", "Poe, Ed"], ["García Márquez, Gabriel José", "Poe, Ed"]),
    "an initial": (["van Roe, Ann B."], ["van Roe, Ann B."]),
    "a particle": (["van der Berg, Jan"], ["van der Berg, Jan"]),
    "another script": (["山田太郎"], ["山田太郎"]),
    "twice": (["Roe, Ann", "Roe, Ann"], ["Roe, Ann"]),
    "nobody": (["", "admin", " - "], []),
}


@pytest.mark.parametrize(("texts", "expected"), NAMES.values(), ids=NAMES)
def test_names(texts: list[str], expected: list[str]) -> None:
    assert list(map(str, names_of(texts))) == expected


DATES = {
    "2011/10/17": "2011-10-17",
    "12/2007": "2007-12",
    "20190825": "2019-08-25",
    "2013-06-12T08:00:00Z": "2013-06-12",
    "Fri, 17 Aug 2018 08:14:38 +0000": "2018-08-17",
    "6/12/2013": "2013",
    "12/22/2013": "2013-12-22",
    "22.12.2013": "2013-12-22",
    "October 17, 2011": "2011-10-17",
    "17-Aug-2018": "2018-08-17",
    "2011 Oct 17": "2011-10-17",
    "Spring 2018": "2018-21",
    "2007-12-00": "2007-12",
    "2011": "2011",
    "published in 2011": "2011",
    "soon": "None",
    "": "None",
}


@pytest.mark.parametrize("text", DATES)
def test_dates_are_as_precise_as_they_are(text: str) -> None:
    assert str(date_of(text)) == DATES[text]


IDENTIFIERS = {
    "https://doi.org/10.5555/a.b": ("doi", "10.5555/a.b"),
    "doi:10.5555/a": ("doi", "10.5555/a"),
    "10.5555/a": ("doi", "10.5555/a"),
    "info:doi/10.5555/a": ("doi", "10.5555/a"),
    "urn:ISBN:9780415839051": ("isbn", "9780415839051"),
    "978-0-415-83905-1": ("isbn", "978-0-415-83905-1"),
    "ISSN 1389-2843": ("issn", "1389-2843"),
    "1389-2843": ("issn", "1389-2843"),
    "https://x.org/1": ("url", "https://x.org/1"),
    "javascript:alert(1)": ("", ""),
    "oai:1": ("", ""),
    "12345": ("", ""),
}


@pytest.mark.parametrize("text", IDENTIFIERS)
def test_identifiers_say_what_they_are(text: str) -> None:
    assert identified(text) == IDENTIFIERS[text]


def test_the_first_doi_and_every_isbn_count() -> None:
    told = {"doi": "10.5555/own"}
    add_identifiers(told, ["10.5555/other", "urn:isbn:9780415839051", "9780415839044", "https://x.org/1"])
    assert told == {"doi": "10.5555/own", "isbn": ("9780415839051", "9780415839044"), "url": "https://x.org/1"}


@pytest.mark.parametrize(
    ("texts", "words"),
    [(["a, b"], ("a", "b")), (["a, c; b"], ("a, c", "b")), (["a", "b", "a"], ("a", "b")), ([" ; "], ())],
)
def test_keywords_are_parted(texts: list[str], words: tuple[str, ...]) -> None:
    assert words_of(texts) == words


@pytest.mark.parametrize(
    ("first", "last", "page"),
    [("327", "350", "327-350"), ("e12", "", "e12"), ("5", "5", "5"), ("", "9", "9"), ("", "", "")],
)
def test_pages(first: str, last: str, page: str) -> None:
    assert page_of(first, last) == page


@given(st.text(max_size=60))
def test_nothing_raises(text: str) -> None:
    names_of([text]), date_of(text), identified(text), words_of([text])
