"""What RIS, NBIB and Refer carry comes back through our own readers."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litbase.formats import by_name
from litbase.formats.plain import address, subjects
from litbase.formats.tags import nbib, refer, ris
from litbase.formats.tags.refer import NUMBERED
from litbase.formats.tags.values import missing
from litbase.record.kinds import kind_of
from litbase.record.names import Name
from litbase.record.reading import Document, Reading
from litbase.record.record import Record, clean_record, replace
from litbase.record.text import squash
from litbase.vocabulary.tables import language_tag
from litbase.vocabulary.tidy import tidy
from tests.amount import amount
from tests.strategies import tidy_records

READERS = {"ris": ris, "nbib": nbib, "refer": refer}
CARRIED = (
    "volume",
    "issue",
    "page",
    "issued",
    "doi",
    "eric",
    "url",
    "abstract",
    "edition",
    "publisher",
    "publisher_place",
)
everywhere = pytest.mark.parametrize("name", READERS)


def written(name: str, *records: Record) -> str:
    return "".join(by_name(name).dump(records))


def read(name: str, *records: Record) -> list[Reading]:
    readings = list(READERS[name].read(Document.from_text(written(name, *records))))
    assert all(isinstance(reading, Reading) for reading in readings) or not records
    return readings


def worth_writing(record: Record) -> Record:
    """*record* with what every entry worth writing has, and no value that HTML or "nan" would say otherwise."""
    record = clean_record(record)[0]
    plain = {
        name: _plain(value) for name in record.__struct_fields__ if isinstance(value := getattr(record, name), str)
    }
    lists = {name: tuple(filter(None, map(_word, getattr(record, name)))) for name in ("keywords", "descriptors")}
    languages = tuple(dict.fromkeys(filter(None, map(language_tag, record.language))))
    whole = {
        "title": plain["title"] or "Untitled",
        "citation_key": "k",
        "url": address(record.url),
        "language": languages,
    }
    return tidy(replace(record, **plain | lists | whole, marks=()))[0]


def _plain(text: str) -> str:
    text = squash(re.sub(r"&(?=[#\w]{1,32};)|[<>]", " ", text)).lstrip("%")
    return "" if missing(text) else text


def _word(text: str) -> str:
    """A subject without what parts subjects."""
    return _plain(text).replace(";", "").strip("*, ").replace("/*", "/")


def people(names: tuple[Name, ...]) -> list[str]:
    return [str(name).replace(",", "") if name.literal else str(name) for name in names]


def numbers(record: Record) -> set[str]:
    return {*record.isbn, *record.issn, *record.eissn}


def ambiguous(name: str, record: Record) -> set[str]:
    """The fields for which the format has one tag with two meanings."""
    counted = {"page"} if record.type in ("book", "thesis", "report") and record.page.isdecimal() else set()
    printed = {"publisher"} if name == "nbib" and record.eric.startswith("ED") and not record.publisher else set()
    return counted | printed | ({"issue"} if name == "refer" and record.type in NUMBERED else set())


def one_number(name: str, record: Record) -> bool:
    """Whether RIS has a place for the ISBN or the ISSN alone, and a report's number in it."""
    return name == "ris" and (record.type == "report" or bool(record.isbn))


@everywhere
@settings(max_examples=amount(60, 150))
@given(tidy_records().map(worth_writing))
def test_a_record_comes_back(name, record):
    [reading] = read(name, record)
    back = tidy(reading.record)[0]
    assert back.title == record.title
    assert people(back.author) == people(record.author)
    assert people(back.editor) == people(record.editor)
    for field in CARRIED:
        if field not in ambiguous(name, record):
            assert (field, getattr(back, field)) == (field, getattr(record, field))
    if not one_number(name, record):
        assert numbers(back) == numbers(record)
    assert {*subjects(back)} == {*subjects(record)}
    assert back.others == record.others
    assert {*map(language_tag, back.language)} == {*record.language}
    assert (reading.leftovers, reading.furniture) == ((), 0)


@everywhere
@settings(max_examples=amount(60, 150))
@given(tidy_records().map(worth_writing))
def test_its_type_comes_back(name, record):
    [reading] = read(name, record)
    assert kind_of(reading.record).csl == kind_of(record).csl


@everywhere
@settings(max_examples=amount(60, 150))
@given(tidy_records().map(worth_writing))
def test_where_it_appeared_comes_back(name, record):
    [reading] = read(name, record)
    back = reading.record
    if record.type == "book" or (name, record.type) == ("ris", "report"):  # one line, for the series or what it is in
        said = [title for title in (record.collection_title, record.container_title) if title] or [""]
        assert back.collection_title in said or name == "nbib"
    elif not ("publisher" in ambiguous(name, record) and not back.container_title):
        assert back.container_title == record.container_title
        assert back.collection_title == record.collection_title
    assert back.number == record.number


@everywhere
@settings(max_examples=amount(40, 100))
@given(st.lists(tidy_records().map(worth_writing), max_size=4))
def test_as_many_come_back_as_were_written(name, some):
    assert [reading.record.title for reading in read(name, *some) if isinstance(reading, Reading)] == [
        record.title for record in some
    ]
