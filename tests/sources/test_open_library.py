"""Open Library's answers about books."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litbase.library.detecting import detect
from litbase.record.dates import PartialDate
from litbase.record.names import Name
from litbase.record.reading import Document, Reading, Refusal
from litbase.sources import open_library

BOOK = {
    "url": "https://openlibrary.org/books/OL1M/Examples",
    "key": "/books/OL1M",
    "title": "Examples",
    "subtitle": "a primer",
    "authors": [{"url": "https://openlibrary.org/authors/OL1A", "name": "Ann B. Roe"}, {"name": "Eva van der Lind"}],
    "number_of_pages": 321,
    "pagination": "xii, 321 p.",
    "by_statement": "edited by Ann B. Roe",
    "identifiers": {
        "isbn_10": ["041583905X"],
        "isbn_13": ["9780415839051"],
        "oclc": ["12345"],
        "openlibrary": ["OL1M"],
    },
    "classifications": {"dewey_decimal_class": ["370"]},
    "publishers": [{"name": "Example Press"}],
    "publish_places": [{"name": "Oslo"}, {"name": "Bergen"}],
    "publish_date": "March 4, 2014",
    "subjects": [{"name": "Education", "url": "https://openlibrary.org/subjects/education"}, {"name": "Schools"}],
    "notes": {"type": "/type/text", "value": "With a map."},
    "excerpts": [{"text": "It began"}],
}


def read(value: object) -> list:
    return list(open_library.read(Document.from_text(json.dumps(value))))


def test_a_book_is_read():
    [reading] = read({"ISBN:9780415839051": BOOK})
    found = reading.record
    assert reading.key == "/books/OL1M"
    assert (found.type, found.title, found.number_of_pages) == ("book", "Examples: a primer", 321)
    assert found.author == (Name(family="Roe", given="Ann B."), Name(family="Lind", given="Eva", particle="van der"))
    assert (found.publisher, found.publisher_place, found.note) == ("Example Press", "Oslo; Bergen", "With a map.")
    assert found.issued == PartialDate(year=2014, month=3, day=4)
    assert found.isbn == ("9780415839051",)
    assert found.keywords == ("Education", "Schools")
    assert ("oclc", "12345") in found.identifiers
    assert ("openlibrary:by_statement", "edited by Ann B. Roe") in found.extra
    assert ("openlibrary:classifications", "370") in found.extra


def test_an_answer_is_claimed_by_its_reader():
    assert detect(Document.from_text(json.dumps({"ISBN:9780415839051": BOOK}))) is open_library


@pytest.mark.parametrize("text", ["{}", "", '{"ISBN:1": ', '{"ISBN:1": 3}', "[]", "<html>"])
def test_an_answer_without_a_book_is_refused(text):
    items = list(open_library.read(Document.from_text(text)))
    assert items
    assert all(isinstance(item, Refusal) for item in items)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["name", "value", "x"]), inner, max_size=3)
    ),
)


@given(st.dictionaries(st.sampled_from([*BOOK, "other"]), VALUES))
def test_no_value_makes_the_reader_raise(book):
    [item] = read({"ISBN:1": book})
    assert isinstance(item, Reading)
