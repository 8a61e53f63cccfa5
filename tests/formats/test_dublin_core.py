"""Dublin Core: a document that any XML parser reads, one element for each record, only legal characters."""

import xml.etree.ElementTree as ET

import pytest
from hypothesis import given, settings

from litbase.formats import dublin_core
from litbase.record.dates import PartialDate
from litbase.record.names import Name
from litbase.record.record import Record
from tests.amount import amount
from tests.strategies import records

DC = "{http://purl.org/dc/elements/1.1/}"
ELEMENTS = frozenset(
    "title creator subject description publisher contributor date type format identifier source language relation "
    "coverage rights".split()
)


def said(record: Record) -> dict[str, list[str]]:
    """The statements of *record* by element, as an XML parser sees them."""
    found: dict[str, list[str]] = {}
    for element in ET.fromstring(dublin_core.oai_dc(record)):
        found.setdefault(element.tag.removeprefix(DC), []).append(element.text)
    return found


def test_an_article_says_what_it_is():
    record = Record(
        type="article-journal",
        title="A & B <i>",
        author=(Name(family="Berg", given="Jan", particle="van der"),),
        editor=(Name(literal="OECD"),),
        container_title="J. of X",
        volume="20",
        issue="3",
        page="327-350",
        issued=PartialDate(year=2019, month=8),
        doi="10.1234/x",
        issn=("1389-2843",),
        eric="EJ1",
        url="https://x.org/a",
        descriptors=("Learning",),
        abstract="On it.",
        publisher="Springer",
        language=("en",),
        places=("Texas",),
        identifiers=(("pmid", "1"), ("isbn-raw", "9")),
        collection_title="S",
        number_of_pages=24,
    )
    assert said(record) == {
        "title": ["A & B <i>"],
        "creator": ["van der Berg, Jan"],
        "contributor": ["OECD"],
        "subject": ["Learning"],
        "description": ["On it."],
        "publisher": ["Springer"],
        "date": ["2019-08"],
        "type": ["Text", "Journal article"],
        "format": ["24 pages"],
        "language": ["en"],
        "relation": ["S"],
        "coverage": ["Texas"],
        "identifier": [
            "https://x.org/a",
            "https://doi.org/10.1234/x",
            "doi:10.1234/x",
            "https://eric.ed.gov/?id=EJ1",
            "pmid:1",
        ],
        "source": ["urn:ISSN:1389-2843", "J. of X, volume 20, issue 3, pages 327-350"],
    }


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (Record(container_title="J", page="e12"), "J, page e12"),
        (Record(event_title="A Conference"), "A Conference"),
        (Record(container_title="J", number="7", volume="IV"), "J, volume IV, number 7"),
        (Record(), ""),
    ],
)
def test_the_source_is_a_line(record, expected):
    assert dublin_core.source(record) == expected


@pytest.mark.parametrize(("type_", "expected"), [("dataset", "Dataset"), ("software", "Software"), ("book", "Text")])
def test_the_first_type_is_of_the_dcmi(type_, expected):
    assert said(Record(type=type_, title="T"))["type"][0] == expected


def test_characters_that_xml_does_not_know_are_left_out():
    assert said(Record(title="a\x00b\x0bc\ufffe\ud800d"))["title"] == ["abcd"]


def test_the_document_has_an_element_for_each_record():
    assert len(ET.fromstring("".join(dublin_core.dump([])))) == 0
    pieces = list(dublin_core.dump([Record(title="A"), Record(title="B")]))
    assert len(pieces) == 4
    assert [record.find(f"{DC}title").text for record in ET.fromstring("".join(pieces))] == ["A", "B"]


@settings(max_examples=amount(24, 60))
@given(records(), records())
def test_every_document_is_read_by_a_parser(first, second):
    root = ET.fromstring("".join(dublin_core.dump([first, second])).encode())
    assert len(root) == 2
    for element in root.iter():
        if element.tag.startswith(DC):
            assert element.tag.removeprefix(DC) in ELEMENTS
            assert element.text
