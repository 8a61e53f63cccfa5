"""Identifiers: normal forms, check digits, links."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litbase.record import identifiers as ids
from tests.strategies import dois, isbns, issns

SICI = "10.1002/(SICI)1097-4571(199806)49:8<693::AID-ASI4>3.0.CO;2-O"
DOIS = {
    "bare": ("10.1007/s10833-018-9324-0", "10.1007/s10833-018-9324-0"),
    "resolver": ("https://doi.org/10.1007/s10833-018-9324-0", "10.1007/s10833-018-9324-0"),
    "old resolver": ("http://dx.doi.org/10.1007/x", "10.1007/x"),
    "label": ("doi: 10.1007/X", "10.1007/X"),
    "info": ("info:doi/10.1007/x", "10.1007/x"),
    "angle brackets and colons": (SICI, SICI),
    "percent-encoded": ("https://doi.org/10.1002/(SICI)1097-4571(199806)49:8%3C693::AID-ASI4%3E3.0.CO;2-O", SICI),
    "full stop after it": ("10.3102/0034654309338.", "10.3102/0034654309338"),
    "bracket after it": ("10.1000/a(b)c)", "10.1000/a(b)c"),
    "no DOI": ("11.1000/x", ""),
    "empty": ("", ""),
}


@pytest.mark.parametrize(("text", "expected"), DOIS.values(), ids=DOIS)
def test_a_doi_loses_its_dress(text: str, expected: str) -> None:
    assert ids.normal_doi(text) == expected


def test_a_doi_link_is_percent_encoded_where_a_url_must_be() -> None:
    assert ids.doi_link(SICI) == "https://doi.org/10.1002/(SICI)1097-4571(199806)49:8%3C693::AID-ASI4%3E3.0.CO;2-O"


@given(dois())
def test_a_doi_survives_its_own_link(doi: str) -> None:
    assert ids.normal_doi(ids.doi_link(doi)) == ids.normal_doi(doi)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("see doi: 10.3102/0013189X033008003 for more", "10.3102/0013189X033008003"), ("https://doi.org/10.1/x", ""),
     ("https://x.org/?u=https%3A%2F%2Fdoi.org%2F10.1007%2Fabc", "10.1007/abc"), ("page 10.1000/1 of 3", "")],
)  # fmt: skip
def test_a_doi_is_found_only_where_it_is_marked(text: str, expected: str) -> None:
    assert ids.find_doi(text) == expected


ISBNS = {
    "13": ("9780415839044", "9780415839044"),
    "10 becomes 13": ("0415839041", "9780415839044"),
    "10 with X": ("041583905X", "9780415839051"),
    "label and hyphens": ("ISBN-978-1-5985-7192-9", "9781598571929"),
    "wrong check digit": ("9780415839045", ""),
    "not 978 or 979": ("9770415839044", ""),
    "empty": ("", ""),
}


@pytest.mark.parametrize(("text", "expected"), ISBNS.values(), ids=ISBNS)
def test_an_isbn_becomes_thirteen_digits(text: str, expected: str) -> None:
    assert ids.normal_isbn(text) == expected


ISSNS = {
    "plain": ("1573-1812", "1573-1812"),
    "electronic": ("EISSN-1573-1812", "1573-1812"),
    "print": ("ISSN-0013-189X", "0013-189X"),
    "small x, no hyphen": ("0013189x", "0013-189X"),
    "label without a number": ("EISSN-", ""),
    "wrong check digit": ("1573-1813", ""),
}


@pytest.mark.parametrize(("text", "expected"), ISSNS.values(), ids=ISSNS)
def test_an_issn_is_checked(text: str, expected: str) -> None:
    assert ids.normal_issn(text) == expected


@given(isbns(), issns())
def test_valid_numbers_are_their_own_normal_form(isbn: str, issn: str) -> None:
    assert ids.normal_isbn(isbn) == isbn
    assert ids.normal_issn(issn) == issn


@given(isbns(), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(isbn: str, wrong: int) -> None:
    assert ids.normal_isbn(isbn[:-1] + str((int(isbn[-1]) + wrong) % 10)) == ""


BARE = {
    "ERIC number": ("ej1223055", ("eric", "EJ1223055")),
    "DOI": ("https://doi.org/10.1007/ABC", ("doi", "10.1007/abc")),
    "ISBN": ("978-0-415-83904-4", ("isbn", "9780415839044")),
    "ISSN": ("1573-1812", ("issn", "1573-1812")),
    "a year range is no ISSN": ("2015-2019", None),
    "words": ("learning communities", None),
    "wrong ISBN": ("9780415839045", None),
}


@pytest.mark.parametrize(("text", "expected"), BARE.values(), ids=BARE)
def test_a_query_that_is_one_identifier_is_recognised(text: str, expected: tuple[str, str] | None) -> None:
    assert ids.bare_identifier(text) == expected


ADDRESSES = {
    "https": ("https://x.org/a?b=1", True),
    "ftp": ("ftp://x.org/a", True),
    "script": ("javascript:alert(1)", False),
    "data": ("data:text/html,x", False),
    "no scheme": ("www.x.org", False),
    "blank inside": ("https://x.org/a b", False),
    "not parsable": ("https://[x", False),
}


@pytest.mark.parametrize(("text", "safe"), ADDRESSES.values(), ids=ADDRESSES)
def test_only_web_addresses_are_linked(text: str, safe: bool) -> None:
    assert ids.web_address(text) == (text if safe else "")


def test_orcids_are_checked() -> None:
    assert ids.normal_orcid("https://orcid.org/0000-0002-1825-0097") == "0000-0002-1825-0097"
    assert ids.normal_orcid("0000-0002-1825-0098") == ""


@given(st.text(max_size=60))
def test_no_text_makes_them_fail(text: str) -> None:
    for function in (ids.normal_doi, ids.find_doi, ids.normal_isbn, ids.normal_issn, ids.normal_eric, ids.normal_orcid,
                     ids.web_address, ids.is_home_page, ids.bare_identifier):  # fmt: skip
        function(text)


@pytest.mark.parametrize("unit", ["10.", "10.1000/", "doi:", "9", "%31", "-", "ISSN", "https://", "("])
def test_long_text_is_read_in_time(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    started = time.process_time()
    for function in (
        ids.normal_doi,
        ids.find_doi,
        ids.normal_isbn,
        ids.normal_issn,
        ids.normal_eric,
        ids.bare_identifier,
    ):
        function(text)
    assert time.process_time() - started < 5
