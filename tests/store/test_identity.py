"""Which readings are one record: (source, key), then strong identifiers of their own kind, then nothing."""

import pytest

from litbase.record.record import Record
from litbase.store.identity import identifiers_of, normal, titles_agree

FIRST = {"title": "Learning to Teach in Cities", "source": "eric", "key": "k1"}
BOOK = {"type": "book", "isbn": ("9780415839051",)}
CHAPTER = {"type": "chapter", "isbn": ("9780415839051",)}
NEWS = {"type": "article-newspaper"}
DOI = {"doi": "10.1000/a"}
PAGE = {"url": "https://example.org/a/1"}
CASES = [
    ("the same key at the same source", {}, {"title": "Another Title Altogether"}, True),
    ("the same key at another source", {}, {"source": "vufind"}, False),
    ("nothing but the title", {}, {"key": "k2", "source": "vufind"}, False),
    ("the same ERIC number", {"eric": "EJ100001"}, {"key": "k2", "eric": "EJ100001", "title": "Odd"}, True),
    ("the same DOI", {"doi": "10.1000/Abc"}, {"key": "k2", "doi": "10.1000/aBC"}, True),
    ("the same DOI, no subtitle", DOI, {**DOI, "key": "k2", "title": "Learning to teach in cities: A study"}, True),
    ("a wrong DOI: another title", DOI, {**DOI, "key": "k2", "title": "Schools in Context"}, False),
    ("a chapter with its book's DOI", {**DOI, "type": "book"}, {**DOI, "key": "k2", "type": "chapter"}, False),
    ("the ISBN of a book", BOOK, {**BOOK, "key": "k2", "isbn": ("041583905X",)}, True),
    ("the ISBN of two chapters", CHAPTER, {**CHAPTER, "key": "k2"}, False),
    ("the ISSN of a journal", {"issn": ("0895-6855",)}, {"key": "k2", "issn": ("0895-6855",)}, False),
    ("the address of opinion", {**NEWS, **PAGE}, {**NEWS, "key": "k2", "url": "http://www.example.org/a/1/#x"}, True),
    ("the address of a journal article", PAGE, {**PAGE, "key": "k2"}, False),
    ("a paper's front page", {**NEWS, "url": "http://e.org/"}, {**NEWS, "key": "k2", "url": "http://e.org/"}, False),
]  # fmt: skip


@pytest.mark.parametrize(("first", "second", "same"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
@pytest.mark.parametrize("batches", [1, 2])
def test_two_readings_are_one_record_when(memory, incoming, first, second, same, batches):
    readings = [incoming(**{**FIRST, **first}), incoming(**{**FIRST, **second, "ordinal": 1})]
    if batches == 1:
        one, other = memory.put(readings, 1)
    else:
        [one], [other] = memory.put(readings[:1], 1), memory.put(readings[1:], 1)
    assert (one.id == other.id) is same
    assert memory.count() == (1 if same else 2)
    assert one.status == "new"
    assert other.status in (("changed", "same") if same else ("new",))


def test_an_edited_doi_is_an_identifier_too(memory, incoming):
    [one] = memory.put([incoming()], 1)
    memory.edit(one.id, {"doi": "10.1000/edited"}, "ann")
    [other] = memory.put([incoming(source="x", doi="10.1000/edited")], 1)
    assert other.id == one.id


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("Learning to Teach", "learning to teach.", True),
        ("Learning", "Learning in Schools", False),
        ("", "Learning in Schools", True),
        ("Teachers & Schools", "Teachers and Schools", True),
        ("Introduction", "Introduction", True),
        ("Introduction", "Conclusion", False),
        ("The Role of the Principal in School Reform", "Role of Principals in School Reform", True),
        ("The Role of the Principal in School Reform", "The Role of a Principal in School Reform", True),
    ],
)
def test_titles_agree(one, other, agree):
    assert titles_agree(one, other) is agree
    assert titles_agree(other, one) is agree


def test_identifiers_are_compared_in_one_form():
    record = Record(doi="10.1000/ABC", isbn=("041583905X", "9780415839051", "bad"), identifiers=(("PMID", "Q1"),))
    assert identifiers_of(record) == (
        ("doi", "10.1000/abc"),
        ("isbn", "9780415839051"),
        ("isbn", "bad"),
        ("pmid", "q1"),
    )


def test_a_very_long_identifier_stays_short_and_apart():
    one, other = normal("doi", "10.1000/" + "x" * 5000), normal("doi", "10.1000/" + "x" * 5001)
    assert one != other
    assert len(one) < 400
