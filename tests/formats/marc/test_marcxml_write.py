"""MARCXML that is written: what it carries comes back, pymarc reads it, and its fixed fields have their lengths."""

import io
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import pymarc
import pytest
from hypothesis import given, settings

from litbase.formats.marc import xml_read as marcxml
from litbase.formats.marc.codes import code_of
from litbase.formats.marc.fixed import f008, leader
from litbase.formats.marc.xml_write import dump, fields
from litbase.formats.plain import address, one_line
from litbase.record.dates import PartialDate
from litbase.record.identifiers import web_address
from litbase.record.kinds import kind_of
from litbase.record.names import Name
from litbase.record.pages import page_ranges
from litbase.record.reading import Document, Reading
from litbase.record.record import Record, replace
from litbase.record.text import clean
from litbase.vocabulary.tidy import tidy
from tests.amount import amount
from tests.strategies import records, tidy_records

NAME_SPACE = "{http://www.loc.gov/MARC21/slim}"
PARTS = ("article-journal", "article-newspaper", "chapter", "paper-conference")


def back(record: Record) -> Record:
    [reading] = marcxml.read(Document.from_text("".join(dump([record]))))
    assert isinstance(reading, Reading)
    return tidy(reading.record)[0]


def shown(record: Record, tag: str) -> list[str]:
    return [each.text for each in fields(record) if each.tag == tag]


ARTICLE = Record(
    id="mehta-2019",
    type="article-journal",
    title="The international: a study",
    author=(Name(family="Mehta", given="Jal"), Name(family="Berg", given="Jan", particle="van der", suffix="Jr.")),
    issued=PartialDate(year=2019, month=8),
    container_title="Journal of Educational Change",
    volume="20",
    issue="3",
    page="327-350",
    issn=("1389-2843",),
    eissn=("1573-1812",),
    doi="10.1007/s10833-018-9324-0",
    url="https://x.org/a?b=1&c=2",
    language=("en",),
    descriptors=("Learning", "Teaching--Methods"),
    keywords=("K-12",),
    abstract="One.\n\nTwo <b>.",
    publisher="Springer",
    full_text_url="https://x.org/a.pdf",
    note="A note.\nAnother.",
)
CHAPTER = Record(
    type="chapter",
    title="Rooms",
    author=(Name(literal="OECD Group"),),
    editor=(Name(family="Roe", given="A."),),
    container_title="Handbook of houses",
    publisher="Routledge",
    publisher_place="New York",
    page="45-67",
    issued=PartialDate(year=2010),
    isbn=("9780415839051",),
)
THESIS = Record(
    type="thesis",
    genre="Doctoral dissertation",
    title="L'école",
    author=(Name(family="Roe", given="Ann"),),
    publisher="Drexel University",
    issued=PartialDate(year=2004),
    language=("fr",),
    number_of_pages=200,
)
PROCEEDINGS = Record(
    type="book",
    genre="Proceedings",
    title="Rooms",
    editor=(Name(family="Roe", given="Ann"),),
    event_title="Conference on rooms",
    event_place="Rome",
    issued=PartialDate(year=2001, end=PartialDate(year=2003)),
    inferred=("issued",),
    edition="2nd ed.",
    collection_title="Studies",
    identifiers=(("oclc", "29051663"), ("lccn", "91758335"), ("pmid", "123")),
    translator=(Name(family="Poe", given="E."),),
)


@pytest.mark.parametrize(
    "record", [ARTICLE, CHAPTER, THESIS, PROCEEDINGS], ids=["article", "chapter", "thesis", "proceedings"]
)
def test_a_record_comes_back_whole(record: Record) -> None:
    again = back(record)
    unread = {"id", "extra", "v"}
    got, sent = (
        {name: getattr(r, name) for name in r.__struct_fields__ if name not in unread} for r in (again, record)
    )
    assert got == sent


FIELDS = {
    "nonfiling characters": (ARTICLE, "245", ["14 ‡a The international : ‡b a study"]),
    "an elided article": (THESIS, "245", ["12 ‡a L'école"]),
    "no main entry": (PROCEEDINGS, "245", ["00 ‡a Rooms"]),
    "relators": (CHAPTER, "700", ["1# ‡a Roe, A., ‡e editor ‡4 edt"]),
    "a body": (CHAPTER, "110", ["2# ‡a OECD Group, ‡e author ‡4 aut"]),
    "suffix": (ARTICLE, "700", ["1# ‡a van der Berg, Jan, ‡c Jr., ‡e author ‡4 aut"]),
    "address": (ARTICLE, "856", ["41 ‡u https://x.org/a?b=1&c=2", "41 ‡3 Full text ‡u https://x.org/a.pdf"]),
    "host of a chapter": (
        CHAPTER,
        "773",
        ["0# ‡7 nnam ‡t Handbook of houses ‡d New York : Routledge, 2010 ‡g (2010), p. 45-67 ‡z 9780415839051"],
    ),
    "dissertation": (THESIS, "502", ["‡b Doctoral dissertation ‡c Drexel University ‡d 2004"]),
    "meeting": (PROCEEDINGS, "111", ["2# ‡a Conference on rooms ‡c Rome"]),
    "date that was worked out": (PROCEEDINGS, "264", ["#1 ‡c [2001-2003]"]),
    "a single name": (Record(title="T", author=(Name(literal="Madonna"),)), "100", ["0# ‡a Madonna, ‡e author ‡4 aut"]),
    "ERIC's thesaurus": (Record(eric="EJ1", descriptors=("Learning",)), "650", ["#7 ‡a Learning ‡2 ericd"]),
    "several languages": (Record(title="T", language=("en", "de")), "041", ["0# ‡a eng ‡a ger"]),
    "a language with a region": (Record(title="T", language=("pt-BR",)), "041", ["07 ‡a pt-BR ‡2 rfc5646"]),
    "script": (Record(title="T", url="javascript:alert(1)"), "856", []),
    "read from MARC": (
        Record(title="T", extra=(("marc:082", "04 ‡a 371 ‡2 22"), ("marc:245", "10 ‡a X"))),
        "082",
        ["04 ‡a 371 ‡2 22"],
    ),
    "read from MARC and unlinked": (
        Record(title="T", extra=(("marc:880", "10 ‡6 245-02 ‡a 山"),)),
        "880",
        ["10 ‡6 245-00 ‡a 山"],
    ),
}


@pytest.mark.parametrize(("record", "tag", "expected"), FIELDS.values(), ids=FIELDS)
def test_fields_are_written_as_catalogues_write_them(record: Record, tag: str, expected: list[str]) -> None:
    assert shown(record, tag) == expected


CODES = {
    "article": (ARTICLE, "ab", "e201908  "),
    "chapter": (CHAPTER, "aa", "s2010    "),
    "interval": (PROCEEDINGS, "am", "q20012003"),
    "undated": (Record(title="T", type="report"), "am", "nuuuuuuuu"),
    "web page": (Record(type="webpage"), "ai", "nuuuuuuuu"),
    "film": (Record(type="motion_picture"), "gm", "nuuuuuuuu"),
    "data": (Record(type="dataset"), "mm", "nuuuuuuuu"),
}


@pytest.mark.parametrize(("record", "sort", "dates"), CODES.values(), ids=CODES)
def test_leader_and_008_have_their_lengths_and_codes(record: Record, sort: str, dates: str) -> None:
    assert (len(leader(record)), len(f008(record))) == (24, 40)
    assert (leader(record)[6:8], f008(record)[6:15]) == (sort, dates)


def plain(text: str) -> str:
    """*text* as ISBD leaves it: its own punctuation at the ends cannot be told from a catalogue's."""
    return one_line(text).strip(" /:;=,.[]")


def dated(record: Record) -> str:
    """The date as far as it is carried: of an interval over years the years."""
    date = record.issued
    if date and date.end and date.end.year != date.year:
        return f"{date.year}/{date.end.year}"
    return str(date)


CARRIED: dict[str, Callable[[Record], Any]] = {
    "author": lambda r: [plain(str(name)) for name in dict.fromkeys(r.author)],
    "editor": lambda r: [plain(str(name)) for name in dict.fromkeys(r.editor)],
    "issued": dated,
    "doi": lambda r: r.doi,
    "eric": lambda r: r.eric,
    "isbn": lambda r: r.isbn if r.type not in (*PARTS[:2],) else (),
    "issn": lambda r: r.issn if r.type not in PARTS else r.issn[:0],
    "url": lambda r: web_address(r.url),
    "number_of_pages": lambda r: r.number_of_pages,
    "language": lambda r: tuple(tag for tag in r.language if code_of(tag)),
    "collection_title": lambda r: plain(r.collection_title),
    "edition": lambda r: plain(r.edition),
    "keywords": lambda r: [word for word in map(plain, r.keywords) if word],
    "abstract": lambda r: "".join(clean(r.abstract).split()),
    "page": lambda r: r.page if page_ranges(r.page) and r.type in PARTS else "",
    "container_title": lambda r: plain(r.container_title) if r.type in PARTS else "",
}


@settings(max_examples=amount(60, 150))
@given(tidy_records())
def test_what_is_carried_comes_back(record: Record) -> None:
    record = replace(record, type=kind_of(record).csl, url=address(record.url))
    again = replace(back(record), type=record.type)
    for name, of in CARRIED.items():
        assert of(again) == of(record), name
    assert plain(again.title).replace(" ", "") == plain(record.title).replace(" ", "") or "/" in record.title


@settings(max_examples=amount(24, 60))
@given(records(), records())
def test_pymarc_reads_every_file_and_two_writings_are_the_same(first: Record, second: Record) -> None:
    text = "".join(dump([first, second]))
    assert text == "".join(dump([first, second]))
    parsed = pymarc.parse_xml_to_array(io.StringIO(text))
    assert len(parsed) == 2
    for record, found in zip((first, second), parsed, strict=True):
        assert found is not None
        assert len(str(found.leader)) == 24
        assert [len(each.data or "") for each in found.get_fields("008")] == [40]
        assert len(found.get_fields("245")) == bool(one_line(record.title))
        assert all(len(each.tag) == 3 for each in found.fields)


def test_the_file_is_well_formed_and_streamed() -> None:
    pieces = dump(iter([ARTICLE, CHAPTER]))
    assert next(pieces).startswith("<?xml")
    assert "mehta-2019" in next(pieces)
    root = ElementTree.fromstring("".join(dump([ARTICLE, CHAPTER])))
    assert [each.tag for each in root] == [f"{NAME_SPACE}record"] * 2
    tags = [each.get("tag", "") for each in root[0] if each.tag != f"{NAME_SPACE}leader"]
    assert [tag[:1] for tag in tags] == sorted(tag[:1] for tag in tags)
    assert "".join(dump([])).count("record") == 0


def test_control_characters_and_markup_do_no_harm() -> None:
    again = back(
        Record(type="book", title="A <b> & \x00\x0b\ufffe]]> \U0001f600", author=(Name(family="O'Neil", given='"Q"'),))
    )
    assert again.title == "A <b> & ]]> \U0001f600"
    assert str(again.author[0]) == 'O\'Neil, "Q"'
