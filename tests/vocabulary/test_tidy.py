"""The normal form of a record."""
# ruff: noqa: E501 (one case per line)

from typing import Any

import pytest
from hypothesis import given, settings

from litbase.record.names import Name
from litbase.record.notices import SENTENCES
from litbase.record.record import Mark, Record
from litbase.vocabulary.tidy import tidy, without_full_stop
from tests.amount import amount
from tests.strategies import records

CASES: dict[str, tuple[dict[str, Any], dict[str, Any], list[str]]] = {
    "DOI as URL": ({"doi": "https://doi.org/10.4324/9780203774977-25"}, {"doi": "10.4324/9780203774977-25"}, []),
    "no DOI": (
        {"doi": "n/a 10"},
        {"doi": "", "identifiers": (("doi-raw", "n/a 10"),)},
        ["identifier-kept-raw"],
    ),
    "DOI out of a link": ({"url": "http://dx.doi.org/10.1007/x"}, {"doi": "10.1007/x", "url": "http://dx.doi.org/10.1007/x"}, []),
    "DOI out of ERIC's redirect": (
        {"url": "https://eric.ed.gov/?redir=http%3a%2f%2fdx.doi.org%2f10.1007%2fx"},
        {"doi": "10.1007/x", "url": "https://eric.ed.gov/?redir=http%3a%2f%2fdx.doi.org%2f10.1007%2fx"},
        [],
    ),
    "no DOI out of a publisher's link": ({"url": "https://x.org/doi/10.1007/x"}, {"url": "https://x.org/doi/10.1007/x"}, []),
    "four ISBNs are two printings": (
        {"isbn": ("9780415839044", "041583905X", "9780415839051", "0415839041")},
        {"isbn": ("9780415839044", "9780415839051")},
        ["isbn-printings"],
    ),
    "ERIC's ISBN": ({"isbn": ("ISBN-978-1-5985-7192-9",)}, {"isbn": ("9781598571929",)}, []),
    "two wrong ISBNs": (
        {"isbn": ("9780415839045", "0415839041", "123")},
        {"isbn": ("9780415839044",), "identifiers": (("isbn-raw", "9780415839045"), ("isbn-raw", "123"))},
        ["identifier-kept-raw", "identifier-kept-raw"],
    ),
    "EISSN among the ISSNs": ({"issn": ("EISSN-1573-1812", "ISSN-1389-2843")}, {"issn": ("1389-2843",), "eissn": ("1573-1812",)}, []),
    "label without a number": ({"issn": ("EISSN-", "ISSN-")}, {}, []),
    "wrong ISSN": ({"issn": ("1573-1813",)}, {"identifiers": (("issn-raw", "1573-1813"),)}, ["identifier-kept-raw"]),
    "pages": ({"page": "pp. 365 - 384"}, {"page": "365-384"}, []),
    "pages that are none": ({"page": " n. pag. "}, {"page": "n. pag."}, []),
    "languages": ({"language": ("English", "eng", "Klingon", "")}, {"language": ("en", "Klingon")}, []),
    "full stop": ({"title": "Teaching Our Own (TOPS)."}, {"title": "Teaching Our Own (TOPS)"}, []),
    "line broken title": ({"title": "Learning\n  at the Boundaries "}, {"title": "Learning at the Boundaries"}, []),
    "descriptors": (
        {"descriptors": ("Learning", "READING", "Learning", "", " Mathematics ", "learning")},
        {"descriptors": ("Learning", "READING", "Mathematics", "learning")},
        [],
    ),
    "empty names": ({"author": (Name(), Name(literal="OECD"))}, {"author": (Name(literal="OECD"),)}, []),
    "journal worked out": (
        {"type": "article-journal", "eissn": ("1573-1812",)},
        {"type": "article-journal", "eissn": ("1573-1812",), "container_title": "Journal of Educational Change", "inferred": ("container_title",)},
        ["journal-inferred"],
    ),
    "a journal that is given": (
        {"type": "article-journal", "eissn": ("1573-1812",), "container_title": "J. Educ. Change"},
        {"type": "article-journal", "eissn": ("1573-1812",), "container_title": "J. Educ. Change"},
        [],
    ),
    "no journal for a report": ({"type": "report", "issn": ("0013-189X",)}, {"type": "report", "issn": ("0013-189X",)}, []),
    "ERIC's page": ({"eric": "ej1223055"}, {"eric": "EJ1223055", "url": "https://eric.ed.gov/?id=EJ1223055"}, []),
    "a home page is no link": (
        {"eric": "EJ1223055", "url": "https://link.springer.com/"},
        {"eric": "EJ1223055", "url": "https://eric.ed.gov/?id=EJ1223055"},
        [],
    ),
    "a link of its own": ({"eric": "EJ1223055", "url": "https://x.org/a"}, {"eric": "EJ1223055", "url": "https://x.org/a"}, []),
    "a home page where nothing better is known": ({"url": "https://www.oecd.org/"}, {"url": "https://www.oecd.org/"}, []),
}  # fmt: skip


@pytest.mark.parametrize(("given_fields", "expected", "codes"), CASES.values(), ids=CASES)
def test_a_record_gets_its_normal_form(
    given_fields: dict[str, Any], expected: dict[str, Any], codes: list[str]
) -> None:
    record, notices = tidy(Record(**given_fields))
    assert record == Record(**expected)
    assert [notice.code for notice in notices] == codes


def test_notices_say_what_they_are_about() -> None:
    _, [printings] = tidy(Record(isbn=("9780415839044", "041583905X", "9780415839051", "0415839041")))
    assert printings.params == (("given", "4"), ("count", "2"))
    _, [journal] = tidy(Record(type="article-journal", issn=("EISSN-1573-1812",)))
    assert (journal.field, journal.params) == ("container_title", (("issn", "1573-1812"),))
    _, [raw] = tidy(Record(isbn=("9780415839045",)))
    assert raw.params == (("scheme", "ISBN"), ("value", "9780415839045"))


STOPS = {
    "sentence": ("On Learning.", "On Learning"),
    "bracket": ("The Test (TOPS).", "The Test (TOPS)"),
    "question": ("Why Schools?", "Why Schools?"),
    "question and stop": ("Why Schools?.", "Why Schools?"),
    "exclamation": ("Read!", "Read!"),
    "ellipsis": ("And Then...", "And Then..."),
    "ellipsis sign": ("And Then…", "And Then…"),
    "two stops": ("On Learning..", "On Learning"),
    "abbreviated country": ("Schools in the U.S.", "Schools in the U.S."),
    "company": ("The Story of Westat, Inc.", "The Story of Westat, Inc."),
    "spaced initials": ("Schools of Washington, D. C.", "Schools of Washington, D. C."),
    "one letter": ("Plan B.", "Plan B"),
    "number": ("Volume 2.", "Volume 2"),
    "only a stop": (".", ""),
    "empty": ("", ""),
}


@pytest.mark.parametrize(("title", "expected"), STOPS.values(), ids=STOPS)
def test_a_title_loses_its_full_stop_but_not_its_meaning(title: str, expected: str) -> None:
    assert without_full_stop(title) == expected


def test_emphasis_up_to_the_full_stop_goes_with_it() -> None:
    marks = (Mark("title", 0, 2, "i"), Mark("title", 3, 12, "i"), Mark("abstract", 0, 99, "i"))
    record, _ = tidy(Record(title="On Learning.", marks=marks))
    assert record.title == "On Learning"
    assert record.marks == (marks[0], marks[2])


@given(records())
def test_tidying_twice_is_tidying_once(record: Record) -> None:
    once, notices = tidy(record)
    twice, again = tidy(once)
    assert twice == once
    assert again == ()
    assert {notice.code for notice in notices} <= set(SENTENCES)


@settings(max_examples=amount(20, 50))
@given(records())
def test_no_identifier_is_lost(record: Record) -> None:
    once, _ = tidy(record)
    given_numbers = [value for value in (*record.isbn, *record.issn, *record.eissn) if any(c.isdigit() for c in value)]
    kept = len(once.isbn) + len(once.issn) + len(once.eissn) + len(once.identifiers)
    assert bool(kept) >= bool(given_numbers)
    assert len(once.author) == len(record.author)


def test_a_doi_of_the_link_was_lost_where_the_doi_field_held_nonsense() -> None:
    record, [raw] = tidy(Record(doi="0", url="https://doi.org/10.1007/x"))
    assert (record.doi, record.identifiers, raw.code) == ("10.1007/x", (("doi-raw", "0"),), "identifier-kept-raw")


@pytest.mark.parametrize(
    ("given", "tidied"),
    [
        (("GRADE 3", "Grade 3", "higher education"), ("Grade 3", "Higher Education")),
        (("Ausbildung",), ("Ausbildung",)),
    ],
)
def test_levels_are_spelled_as_eric_spells_them(given, tidied):
    assert tidy(Record(title="T", education_level=given))[0].education_level == tidied


def test_audiences_are_spelled_as_eric_spells_them():
    assert tidy(Record(title="T", audience=("TEACHERS", "Teachers")))[0].audience == ("Teachers",)
