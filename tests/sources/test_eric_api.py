"""Answers of ERIC's API: JSON, XML and CSV, whole, damaged and hostile; and 7,050 real ones."""

import gzip
import json
import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litbase.record.reading import Document, Reading, Refusal
from litbase.record.record import Record
from litbase.sources import eric_api
from tests.strategies import damaged

CASES = Path(__file__).parent / "eric-api"


def read(text: str) -> list[Reading | Refusal]:
    return list(eric_api.read(Document.from_text(text)))


def answer(*docs: object) -> str:
    return json.dumps({"response": {"numFound": len(docs), "start": 0, "docs": docs}})


def record(**fields: object) -> Record:
    [item] = read(answer({"id": "EJ123456", "title": "T", **fields}))
    assert isinstance(item, Reading)
    return item.record


@pytest.mark.parametrize(
    ("text", "score"),
    [
        (answer({"id": "EJ123456", "title": "T", "peerreviewed": "T"}), 95),
        (answer({"id": "EJ123456"}), 95),
        ('{"response":{"numFound":0,"start":0,"docs":[]}}', 95),
        ('[{"id":"EJ123456","title":"T","subject":[],"peerreviewed":"T"}]', 90),
        ('{"error":{"msg":"bad","code":400}}', 80),
        ('[{"id":"mehta2019","type":"article-journal","title":"T"}]', 0),
        ('{"docs":[{"id":"x","title":"T"}]}', 0),
        ("<response><result><doc><str name='id'>EJ123456</str></doc></result></response>", 95),
        ("<?xml version='1.0'?><feed><entry/></feed>", 0),
        ("id,title,author,publicationdateyear,peerreviewed\n", 95),
        ("id,title,author\n", 0),
        ("", 0),
    ],
)
def test_what_is_claimed(text: str, score: int) -> None:
    assert eric_api.sniff(Document.from_text(text)) == score


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("author", ["Lott, Joe, II"], {"author": "('Lott, Joe, II',)"}),
        ("author", "Lott, Joe, II", {"author": "('Lott, Joe, II',)"}),
        ("author", "Lott, Joe; Reyes, Ana", {"author": "('Lott, Joe', 'Reyes, Ana')"}),
        ("author", ["Barnard, Henry, Ed."], {"author": "()", "editor": "('Barnard, Henry',)"}),
        ("author", ["Kramer, Dennis A., II."], {"author": "('Kramer, Dennis A., II',)"}),
        ("author", None, {"author": "()"}),
    ],
)
def test_names(field: str, value: object, expected: dict[str, str]) -> None:
    found = record(**{field: value})
    assert {name: repr(tuple(str(item) for item in getattr(found, name))) for name in expected} == expected


@pytest.mark.parametrize(
    ("field", "value", "name", "expected"),
    [
        ("publicationdateyear", 2017, "issued", "2017"),
        ("publicationdateyear", "2017", "issued", "2017"),
        ("publicationdateyear", ["2017"], "issued", "2017"),
        ("publicationdate", "2017-03-00", "issued", "2017-03"),
        ("peerreviewed", "T", "peer_reviewed", "True"),
        ("peerreviewed", "F", "peer_reviewed", "False"),
        ("peerreviewed", True, "peer_reviewed", "True"),
        ("peerreviewed", "perhaps", "extra", "(('eric:peerreviewed', 'perhaps'),)"),
        ("issn", ["ISSN-0002-8312", "EISSN-1573-1812"], "issn", "('0002-8312',)"),
        ("issn", "EISSN-1573-1812", "eissn", "('1573-1812',)"),
        ("issn", ["ISSN-"], "issn", "()"),
        ("isbn", ["ISBN-978-1-5985-7192-9"], "isbn", "('978-1-5985-7192-9',)"),
        ("url", "http://dx.doi.org/10.5555%2FAbc", "doi", "10.5555/Abc"),
        ("url", "https://eric.ed.gov/?redir=https%3a%2f%2fdoi.org%2f10.5555%2fabc", "doi", "10.5555/abc"),
        ("url", "http://example.org/paper.html", "url", "http://example.org/paper.html"),
        ("url", "http://example.org", "url", ""),
        ("url", "javascript:alert(1)", "url", ""),
        ("e_fulltextauth", 1, "full_text_url", "https://files.eric.ed.gov/fulltext/EJ123456.pdf"),
        ("e_fulltextauth", "0", "full_text_url", ""),
        ("desc", "Under its other name.", "abstract", "Under its other name."),
        ("description", "One.\nTwo.", "abstract", "One.\n\nTwo."),
        ("sourceid", "v20 n3 p327-350 Aug 2019", "page", "327-350"),
        ("source", "Journal of Rooms", "container_title", "Journal of Rooms"),
        ("subject", ["Rooms (Large, Quiet)", "Rooms (Large, Quiet)"], "descriptors", "('Rooms (Large, Quiet)',)"),
        ("identifierslaw", "Head Start", "laws", "('Head Start',)"),
        ("pagecount", 12, "number_of_pages", "12"),
        ("brandnew", {"a": [1]}, "extra", """(('eric:brandnew', '{"a": [1]}'),)"""),
        ("brandnew", [["deep", ["deeper"]]], "extra", "(('eric:brandnew', 'deep'), ('eric:brandnew', 'deeper'))"),
    ],
)
def test_fields(field: str, value: object, name: str, expected: str) -> None:
    assert str(getattr(record(**{field: value}), name)) == expected


def test_every_field_of_an_answer_shows_in_the_record() -> None:
    told = {
        name: [f"Marker{n}"]
        for n, name in enumerate(sorted(eric_api.FIELDS - {"id", "title", "issn", "isbn", "desc", "e_fulltextauth"}))
    }
    shown = repr(record(**told))
    assert [name for name, [text] in told.items() if text not in shown] == []


def test_an_ed_record_takes_its_kind_from_its_types_and_its_school_from_its_source() -> None:
    [item] = read(
        answer(
            {
                "id": "ED123456",
                "title": "T",
                "publicationtype": ["Dissertations/Theses - Doctoral Dissertations"],
                "source": "ProQuest LLC",
                "sourceid": "Ph.D. Dissertation, Drexel University",
                "publisher": "ProQuest LLC. 789 East Eisenhower Parkway",
            }
        )
    )
    assert isinstance(item, Reading)
    assert (item.record.type, item.record.genre, item.record.publisher) == (
        "thesis",
        "Doctoral dissertation",
        "Drexel University",
    )


def test_the_line_of_each_record_is_where_it_begins() -> None:
    text = json.dumps({"response": {"docs": [{"id": f"EJ12345{n}", "title": "T\nU"} for n in range(3)]}}, indent=1)
    places = [number for number, line in enumerate(text.split("\n"), 1) if line == "   {"]
    assert [item.line for item in read(text)] == places


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('{"error":{"msg":"undefined field x","code":400}}', "error-answer"),
        ("<response><lst name='error'><str name='msg'>no field</str></lst></response>", "error-answer"),
        ('{"response":{"docs":[]}}', "no-record"),
        ('{"response":{"docs":[{"id":"EJ1', "truncated"),
        ('{"response":{"docs":[' + "[" * 100_000, "malformed"),
        ('{"response":{"docs":[7]}}', "malformed"),
        ('{"response":{"docs":[{}]}}', "no-record"),
        ("<response><result><doc><str name='id'>EJ123456", "truncated"),
        ("id,title\n", "no-record"),
        ("{", "no-record"),
        ("", "no-record"),
    ],
)
def test_what_is_no_record_is_refused_with_a_reason(text: str, code: str) -> None:
    assert [item.notice.code for item in read(text) if isinstance(item, Refusal)] == [code]


def test_what_came_before_a_cut_is_read() -> None:
    whole = answer(*({"id": f"EJ12345{n}", "title": "T"} for n in range(3)))
    first, second, cut = read(whole[: whole.rindex("title") + 3])
    assert isinstance(first, Reading)
    assert isinstance(second, Reading)
    assert isinstance(cut, Refusal)
    assert cut.notice.code == "truncated"
    assert cut.key == "EJ123452"


def test_a_broken_record_does_not_take_its_neighbours_along() -> None:
    text = answer({"id": "EJ123451", "title": "A"}, {"id": "EJ123452", "title": "B"}, {"id": "EJ123453", "title": "C"})
    broken = text.replace('"title": "B"', '"title": B"')
    assert [(type(item).__name__, item.key) for item in read(broken)] == [
        ("Reading", "EJ123451"),
        ("Refusal", "EJ123452"),
        ("Reading", "EJ123453"),
    ]


def test_deep_nesting_inside_a_record_is_refused() -> None:
    text = '{"response":{"docs":[{"id":"EJ123456","title":"T","x":' + "[" * 200_000 + "]" * 200_000 + "}]}}"
    assert all(isinstance(item, Refusal) for item in read(text))


def test_csv_rows_hold_commas_quotes_and_line_ends() -> None:
    rows = list(eric_api.csv_rows('a,"b, ""c""\nd",\n,x\n'))
    assert rows == [(1, ["a", 'b, "c"\nd', ""]), (3, ["", "x"])]


def test_a_csv_row_with_too_many_cells_is_refused_alone() -> None:
    text = "id,title,peerreviewed,subject\nEJ123451,A,T,x\nEJ123452,B,T,x,y,z\nEJ123453,C,T,x\n"
    assert [type(item).__name__ for item in read(text)] == ["Reading", "Refusal", "Reading"]


@pytest.fixture(scope="module")
def real(shared: Path) -> list[Reading | Refusal]:
    paths = sorted((shared / "data" / "eric" / "api").glob("*.json.gz"))
    return [item for path in paths for item in eric_api.read(Document(path.name, gzip.decompress(path.read_bytes())))]


def test_every_real_record_is_read(real: list[Reading | Refusal]) -> None:
    assert len(real) == 7050
    assert not [item for item in real if isinstance(item, Refusal)]


def test_no_real_record_keeps_an_entity_a_tail_or_an_address(real: list[Reading | Refusal]) -> None:
    records = [item.record for item in real if isinstance(item, Reading)]
    assert not [r.eric for r in records if re.search(r"&(?:#\d+|\w{2,8});", repr(r))]
    tail = re.compile(
        r"[.?!\"')]\s*\((?:Authors?|Editors?|[A-Z]{2,4}|Authors?/[A-Z]{2,4}|[A-Z]{2,4}/Authors?|Contains [^()]*)\)$"
    )
    assert not [r.eric for r in records if tail.search(r.abstract)]
    address = re.compile(r"Tel:|Fax:|e-mail|https?:|P\.\s?O\. Box|\d{2,} \w+ (?:Street|Road|Avenue)|\b\d{5}\b", re.I)
    assert not [r.publisher for r in records if len(r.publisher) > 100 or address.search(r.publisher)]
    assert sum(not r.publisher for r in records if r.availability) <= 1  # "For full text: http://..." names nobody


def test_two_thirds_of_the_real_abstracts_had_a_tail(real: list[Reading | Refusal]) -> None:
    split = (
        [item for item in real if any(notice.code in ("abstractor-split", "notes-split") for notice in item.notices)]
        if all(isinstance(item, Reading) for item in real)
        else []
    )  # type: ignore[union-attr]
    abstracts = sum(bool(item.record.abstract) for item in real if isinstance(item, Reading))
    assert 0.6 < len(split) / abstracts < 0.72


def test_real_names_and_issns_are_sorted(real: list[Reading | Refusal]) -> None:
    records = {item.key: item.record for item in real if isinstance(item, Reading)}
    names = [name for r in records.values() for name in (*r.author, *r.editor)]
    assert not [str(name) for name in names if re.search(r"\b(?:Others|Eds?\.)$", str(name))]
    assert {name.suffix for name in names} <= {"", "Jr.", "II", "III", "IV", "Sr.", "V"}
    issns = [value for r in records.values() for value in (*r.issn, *r.eissn)]
    assert all(re.fullmatch(r"\d{4}-\d{3}[\dX]", value) for value in issns)
    assert sum(len(r.eissn) for r in records.values()) == 44


def test_seven_thousand_records_are_read_in_seconds(shared: Path) -> None:
    path = shared / "data" / "eric" / "api" / "aerj.json.gz"
    document = Document(path.name, gzip.decompress(path.read_bytes()))
    start = time.perf_counter()
    assert sum(1 for _ in eric_api.read(document)) == 1912
    assert time.perf_counter() - start < 10


FIXTURES = [path.read_bytes() for path in sorted(CASES.iterdir()) if path.suffix != ".json"]


@given(st.sampled_from(FIXTURES).flatmap(damaged))
def test_damaged_answers_are_read_or_refused_but_never_raise(left: bytes) -> None:
    document = Document("-", left)
    assert 0 <= eric_api.sniff(document) <= 100
    assert all(isinstance(item, Reading | Refusal) for item in eric_api.read(document))
