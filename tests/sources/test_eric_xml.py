"""ERIC's bulk files: what only they say, broken and cut ones, and bombs."""

from pathlib import Path

import pytest
from hypothesis import given

from litbase.record.reading import Document, Reading, Refusal
from litbase.sources import eric_xml
from tests.strategies import damaged

BULK = (Path(__file__).parent / "eric-xml" / "three-records.xml").read_text(encoding="utf-8")


def read(text: str) -> list[Reading | Refusal]:
    return list(eric_xml.read(Document.from_text(text)))


def test_the_main_subjects_are_known_and_first() -> None:
    first = read(BULK)[0]
    assert isinstance(first, Reading)
    assert first.record.major_descriptors == ("Classroom Design",)
    assert first.record.descriptors == ("Classroom Design", "Teacher Attitudes")


def test_records_before_1970_stay_in_capitals_and_tell_of_others() -> None:
    old = read(BULK)[1]
    assert isinstance(old, Reading)
    assert old.record.title == "A PROGRAM OF STUDY FOR RURAL SCHOOLS."
    assert [str(name) for name in old.record.author] == ["HALL, MARY"]
    assert old.record.others


def test_prefixes_and_namespaces_do_not_matter() -> None:
    bare = BULK.replace(
        ' xmlns:eric="http://www.eric.ed.gov" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"',
        "",
    )
    renamed = (
        BULK.replace("dc:", "d:").replace("dcterms:", "dt:").replace("eric:", "e:").replace("xmlns:dc=", "xmlns:d=")
    )
    none = (
        bare.replace("<dc:", "<")
        .replace("</dc:", "</")
        .replace("<dcterms:", "<")
        .replace("</dcterms:", "</")
        .replace("<eric:", "<")
        .replace("</eric:", "</")
    )
    for text in (bare, renamed, none):
        assert [getattr(item, "record", None) for item in read(text)] == [
            getattr(item, "record", None) for item in read(BULK)
        ]
        assert eric_xml.sniff(Document.from_text(text)) >= 80


def test_a_broken_record_does_not_take_its_neighbours_along() -> None:
    items = read(BULK.replace("<dc:source>Journal of Rooms</dc:source>", "<dc:source>Journal of Rooms</dc:date>"))
    assert [type(item).__name__ for item in items] == ["Refusal", "Reading", "Refusal"]
    assert isinstance(items[0], Refusal)
    assert items[0].notice.code == "malformed"
    assert items[0].line == 18


def test_what_came_before_a_cut_is_read() -> None:
    first, cut = read(BULK[: BULK.index("THE PROGRAM")])
    assert isinstance(first, Reading)
    assert isinstance(cut, Refusal)
    assert cut.notice.code == "truncated"
    assert cut.line == 35


@pytest.mark.parametrize(
    "bomb",
    [
        '<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
        + "<records><record><title>&b;</title></record></records>",
        '<!doctype r SYSTEM "file:///etc/passwd"><records><record/></records>',
        '<?xml version="1.0"?>\n<!DOCTYPE r [<!ENTITY x SYSTEM "http://example.org/">]><records/>',
        "<records><record>" + "<a>" * 100_000,
        "<records>" + "<a>" * 100 + "<record/>",
    ],
)
def test_bombs_are_refused(bomb: str) -> None:
    assert [item.notice.code for item in read(bomb) if isinstance(item, Refusal)] == ["malformed"]


@given(damaged(BULK.encode()))
def test_damaged_files_are_read_or_refused_but_never_raise(left: bytes) -> None:
    document = Document("-", left)
    assert 0 <= eric_xml.sniff(document) <= 100
    assert all(isinstance(item, Reading | Refusal) for item in eric_xml.read(document))
