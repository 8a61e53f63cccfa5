"""Writing RIS: what each reader of it makes of a tag, case by case."""

import pytest
from hypothesis import given, settings

from litbase.formats.plain import subjects
from litbase.formats.tags.ris_write import dump
from litbase.record.dates import PartialDate
from litbase.record.names import Name
from litbase.record.record import Record
from litbase.record.text import clean, squash
from tests.amount import amount
from tests.formats.tags.ris_reader import read_ris
from tests.strategies import records


def lines(**fields) -> list[tuple[str, str]]:
    [record] = read_ris("".join(dump([Record(**fields)])))
    return record


def values(tag: str, **fields) -> list[str]:
    return [value for name, value in lines(**fields) if name == tag]


CASES = {
    "journal": ({"type": "article-journal", "container_title": "JEC"}, {"TY": ["JOUR"], "T2": ["JEC"], "JO": ["JEC"]}),
    "chapter is in T2 and BT": ({"type": "chapter", "container_title": "B"}, {"TY": ["CHAP"], "T2": ["B"],
        "BT": ["B"]}),
    "editors are ED": ({"type": "book", "editor": (Name(family="A", given="B"),)}, {"ED": ["A, B"], "A2": []}),
    "report number is SN, its ISBN is not": (
        {"type": "report", "number": "TR-12", "isbn": ("9780415839044",), "issn": ("0277-4232",)},
        {"TY": ["RPRT"], "SN": ["TR-12"], "M1": ["TR-12"]},
    ),
    "report without number has no SN": ({"type": "report", "isbn": ("9780415839044",)}, {"SN": []}),
    "book has its ISBN": ({"type": "book", "isbn": ("9780415839044",)}, {"SN": ["9780415839044"]}),
    "thesis": ({"type": "thesis", "genre": "Doctoral dissertation", "publisher": "Drexel"},
               {"TY": ["THES"], "M3": ["Doctoral dissertation"], "PB": ["Drexel"]}),
    "opinion": ({"type": "article-newspaper", "genre": "Opinion", "section": "Equity", "issn": ("0277-4232",)},
                {"TY": ["NEWS"], "SE": ["Equity"], "SN": ["0277-4232"]}),
    "symposium": ({"type": "paper-conference", "genre": "Symposium", "event_title": "ECER", "event_place": "Hamburg"},
                  {"TY": ["CONF"], "T2": ["ECER"], "C1": ["Hamburg"], "M3": ["Symposium"]}),
    "proceedings": ({"type": "paper-conference", "event_title": "ECER", "container_title": "P"}, {"T2": ["ECER"],
        "C3": ["P"]}),
    "group keeps no comma": ({"author": (Name(literal="Smith, Sons & Co."),)}, {"AU": ["Smith Sons & Co."]}),
    "suffix last": ({"author": (Name(family="Cruz", given="Juan", particle="de la", suffix="Jr."),)},
        {"AU": ["de la Cruz, Juan, Jr."]}),
    "page range": ({"page": "365-384"}, {"SP": ["365"], "EP": ["384"]}),
    "untidy range": ({"page": "pp. 365 - 384"}, {"SP": ["365"], "EP": ["384"]}),
    "letters": ({"page": "A1-A20"}, {"SP": ["A1"], "EP": ["A20"]}),
    "article number": ({"page": "e12"}, {"SP": ["e12"], "EP": []}),
    "two ranges": ({"page": "12-34, 40"}, {"SP": ["12-34, 40"], "EP": []}),
    "date": ({"issued": PartialDate(year=2016, month=2, day=25)}, {"PY": ["2016"], "DA": ["2016/02/25/"]}),
    "month": ({"issued": PartialDate(year=2016, month=2)}, {"PY": ["2016"], "DA": ["2016/02//"]}),
    "season": ({"issued": PartialDate(year=2018, month=21)}, {"PY": ["2018"], "DA": ["2018///Spring"]}),
    "year": ({"issued": PartialDate(year=2018)}, {"PY": ["2018"], "DA": []}),
    "one keyword a line": ({"descriptors": ("A", "B"), "keywords": ("B", "C")}, {"KW": ["A", "B", "C"]}),
    "lines are folded": ({"abstract": "One.\n\nTwo."}, {"AB": ["One. Two."]}),
    "doi as it is": ({"doi": "10.1002/(SICI)1<69::A>3.0"}, {"DO": ["10.1002/(SICI)1<69::A>3.0"]}),
    "links": ({"url": "https://x.org/a b", "full_text_url": "https://x.org/a.pdf"}, {"UR": ["https://x.org/a%20b"],
        "L1": ["https://x.org/a.pdf"]}),
    "scripts are no links": ({"url": "javascript:alert(1)"}, {"UR": []}),
    "a genre like a DOI": ({"genre": "10.1000/x"}, {"M3": []}),
    "key": ({"citation_key": "k1", "id": "EJ1"}, {"ID": ["k1"]}),
}  # fmt: skip


@pytest.mark.parametrize(("fields", "expected"), CASES.values(), ids=CASES)
def test_a_value_is_where_its_readers_look_for_it(fields, expected):
    assert {tag: values(tag, **fields) for tag in expected} == expected


def test_the_accession_number_comes_before_the_issue():
    tags = [tag for tag, _ in lines(type="article-journal", eric="EJ1223055", issue="3")]
    assert tags.index("AN") < tags.index("IS")
    assert values("DB", eric="EJ1223055") == ["ERIC"]


@settings(max_examples=amount(16, 40))
@given(records(), records())
def test_every_record_is_read_back_by_another_reader(first, second):
    text = "".join(dump([first, second]))
    read = read_ris(text)
    assert len(read) == 2
    assert "\r" not in text
    for record, found in zip((first, second), read, strict=True):
        assert [value for tag, value in found if tag == "TI"] == [t for t in [squash(clean(record.title))] if t]
        assert [value for tag, value in found if tag == "KW"] == list(subjects(record))
        assert len([tag for tag, _ in found if tag == "AU"]) == len(record.author)
