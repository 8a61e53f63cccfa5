"""Identifiers of two works: DOIs and their versions, preprints, editions and ISBNs."""

import pytest

from litbase.record.match.identifiers import dois, editions_differ, is_preprint, isbns
from litbase.record.match.view import view
from litbase.record.record import Record

DOIS = {
    "the same": ("10.1007/s1", "10.1007/S1", "same"),
    "two works": ("10.1007/s1", "10.1007/s2", "differ"),
    "one is missing": ("10.1007/s1", "", ""),
    "Cochrane": ("10.1002/14651858.CD1.pub2", "10.1002/14651858.CD1.pub3", "version"),
    "Cochrane, one not numbered": ("10.1002/14651858.CD1", "10.1002/14651858.CD1.pub3", ""),
    "a preprint server": ("10.21203/rs.3.rs-1/v1", "10.21203/rs.3.rs-1/v2", "version"),
    "F1000": ("10.12688/f1000research.1234.1", "10.12688/f1000research.1234.2", "version"),
    "no version": ("10.1016/j.x.2", "10.1016/j.x.1", "differ"),
    "the whole volume": ("10.1007/978-3-662-45670-5", "10.1007/978-3-662-45670-5_17", ""),
    "the whole volume twice": ("10.1007/978-3-662-45670-5", "10.1007/978-3-662-45670-5", ""),
}


@pytest.mark.parametrize(("one", "other", "expected"), DOIS.values(), ids=DOIS)
def test_dois_are_held_side_by_side(one: str, other: str, expected: str) -> None:
    a, b = (view(Record(type="chapter", doi=doi)) for doi in (one, other))
    assert dois(a, b) == dois(b, a) == expected


def test_the_doi_of_a_volume_is_the_own_one_of_a_book() -> None:
    book = view(Record(type="book", doi="10.1007/978-3-662-45670-5"))
    assert dois(book, book) == "same"


PREPRINTS = {
    "by its server": (Record(type="article-journal", container_title="bioRxiv"), True),
    "by its name": (Record(type="article-journal", container_title="Preprints.org"), True),
    "by its DOI": (Record(type="article-journal", doi="10.31234/osf.io/abc"), True),
    "printed since": (Record(type="article-journal", doi="10.2139/ssrn.1", container_title="Journal of Law"), False),
    "a journal": (Record(type="article-journal", doi="10.1007/s1", container_title="Preprint Studies of Law"), False),
    "a book": (Record(type="book", title="The arXiv Story", publisher="arXiv"), False),
    "nothing": (Record(), False),
}


@pytest.mark.parametrize(("record", "expected"), PREPRINTS.values(), ids=PREPRINTS)
def test_a_preprint_is_known_by_its_server_or_doi(record: Record, expected: bool) -> None:
    assert is_preprint(view(record)) is expected


EDITIONS = {
    "numbers and words": ("2nd ed.", "Second edition", False),
    "revised": ("Second, revised", "2", False),
    "German": ("2. Auflage", "2nd", False),
    "another": ("2nd", "3rd", True),
    "releases": ("Release 2.4", "Release 2.5", True),
    "for whom": ("3.0, personal", "3.0", True),
    "one is silent": ("", "2nd", False),
}


@pytest.mark.parametrize(("one", "other", "expected"), EDITIONS.values(), ids=EDITIONS)
def test_editions_are_compared_as_they_are_meant(one: str, other: str, expected: bool) -> None:
    a, b = (view(Record(type="book", edition=edition)) for edition in (one, other))
    assert editions_differ(a, b) is expected


def test_isbns_count_for_books_only() -> None:
    book, other = (Record(type="book", isbn=(isbn,)) for isbn in ("9780415839044", "9780415839051"))
    assert isbns(view(book), view(book)) == "same"
    assert isbns(view(book), view(other)) == "differ"
    assert isbns(view(book), view(Record(type="chapter", isbn=book.isbn))) == ""
