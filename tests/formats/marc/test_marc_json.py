"""MARC-in-JSON: the shapes of a file, records that are none, and the same records as in the other two forms."""

import json
import tarfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litbase.formats.marc import json as marc_json
from litbase.library.detecting import READERS, SURE, detect
from litbase.record.reading import Document, Reading, Refusal
from tests.strategies import damaged

LEADER = "00000nam a2200000 i 4500"


def record(title: str, *more: Any) -> dict[str, Any]:
    """A record as its object."""
    subfields = [{"a": f"{title} :"}, {"b": "a study /"}, {"c": "Ann Roe"}]
    fields = [{"001": title}, {"245": {"ind1": "1", "ind2": "0", "subfields": subfields}}, *more]
    return {"leader": LEADER, "fields": fields}


ONE, TWO = record("Rooms"), record("Doors")
SHAPES = {
    "one": json.dumps(ONE),
    "a list": json.dumps([ONE, TWO], indent=1),
    "lines": f"{json.dumps(ONE)}\n{json.dumps(TWO)}\n",
}


@pytest.mark.parametrize("text", SHAPES.values(), ids=SHAPES)
def test_records_of_every_shape_are_read_and_claimed_by_this_reader_alone(text: str) -> None:
    document = Document.from_text(text)
    assert {reader.NAME for reader in READERS if reader.sniff(document) >= SURE} == {"marc-json"}
    items = list(marc_json.read(document))
    titles = [item.record.title for item in items if isinstance(item, Reading)]
    assert titles == ["Rooms: a study", "Doors: a study"][: len(items)]
    assert len(items) == text.count('"leader"')


ODD = {
    "a field that is a number": ({"300": 7}, 1),
    "a tag that is none": ({"what": "x"}, 1),
    "subfields that are none": ({"500": {"subfields": "x"}}, 1),
    "no indicators": ({"500": {"subfields": [{"a": "x"}]}}, 0),
    "a subfield that is a number": ({"500": {"subfields": [{"a": 7}, 8]}}, 0),
}


@pytest.mark.parametrize(("field", "count"), ODD.values(), ids=ODD)
def test_odd_fields_are_counted_and_the_rest_is_read(field: dict[str, Any], count: int) -> None:
    [item] = marc_json.read(Document.from_text(json.dumps(record("Rooms", field))))
    assert isinstance(item, Reading)
    assert item.record.title == "Rooms: a study"
    assert [told.params for told in item.notices] == [(("count", str(count)),)] * bool(count)


def test_what_is_no_record_is_refused_with_its_line_and_the_next_is_read() -> None:
    text = json.dumps([ONE, {"leader": LEADER, "fields": []}, {"leader": 7}, TWO], indent=None).replace("}, {", "},\n{")
    items = list(marc_json.read(Document.from_text(text)))
    assert [type(item) for item in items] == [Reading, Refusal, Refusal, Reading]


def test_the_real_file_gives_the_same_records_as_its_binary_twin(shared: Path) -> None:
    with tarfile.open(shared / "data" / "marc" / "marc_mit_apache.tar.gz") as archive:
        opened = {name: archive.extractfile(f"traject/test_data.utf8.{name}") for name in ("json", "mrc")}
        documents = {name: Document(f"x.{name}", file.read()) for name, file in opened.items() if file}
    read = {name: list(detect(document).read(document)) for name, document in documents.items()}
    records = {name: [item.record for item in items if isinstance(item, Reading)] for name, items in read.items()}
    assert len(records["json"]) == 30
    assert records["json"] == records["mrc"]


@given(st.data())
def test_whatever_happens_to_a_file_nothing_raises(data: st.DataObject) -> None:
    text = data.draw(damaged(SHAPES["a list"].encode()))
    for item in marc_json.read(Document("x.json", text)):
        assert isinstance(item, Reading | Refusal)
