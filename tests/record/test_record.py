"""Record: one frozen value, its JSON, and the cleaning at the door."""

import json

import msgspec
import pytest
from hypothesis import given, settings

from litbase.errors import NewerRecord
from litbase.record.dates import PartialDate
from litbase.record.names import Name
from litbase.record.record import (
    ASSIGNED,
    FIELD_NAMES,
    VERSION,
    Mark,
    Record,
    Reference,
    clean_record,
    default_of,
    field_help,
    from_json,
    replace,
    stated,
    to_builtins,
    to_json,
)
from tests.amount import amount
from tests.strategies import records

RECORD = Record(
    type="chapter",
    title="Learning at the Boundaries",
    author=(Name(family="Gomez", given="Louis M."), Name(literal="OECD")),
    issued=PartialDate(year=2020),
    references=(Reference("Fullan, M. (2016)", Record(title="The New Meaning")),),
    marks=(Mark("title", 0, 8, "i"),),
)


@settings(max_examples=amount(20, 50))
@given(records())
def test_a_record_survives_json(record: Record) -> None:
    assert from_json(to_json(record)) == record


@settings(max_examples=amount(20, 50))
@given(records())
def test_a_record_is_one_line_of_json(record: Record) -> None:
    assert len(to_json(record).splitlines()) == 1 or "\n" not in to_json(record)


def test_json_carries_the_version_and_leaves_out_what_is_absent() -> None:
    assert json.loads(to_json(Record())) == {"v": VERSION}
    assert set(json.loads(to_json(RECORD))) == {"v", "type", "title", "author", "issued", "references", "marks"}


def test_a_record_of_a_newer_litbase_is_refused() -> None:
    with pytest.raises(NewerRecord, match="99"):
        from_json('{"v": 99, "title": "x"}')


@pytest.mark.parametrize("text", ["[]", '{"title": 3}', '{"issued": {"month": 3}}', "nonsense"])
def test_what_is_no_record_is_refused(text: str) -> None:
    with pytest.raises(msgspec.DecodeError):
        from_json(text)


def test_a_field_of_a_later_minor_version_is_passed_over() -> None:
    assert from_json('{"v": 1, "title": "x", "hologram": true}') == Record(title="x")


@settings(max_examples=amount(20, 50))
@given(records())
def test_cleaning_twice_is_cleaning_once(record: Record) -> None:
    once, _ = clean_record(record)
    assert clean_record(once) == (once, ())


def test_cleaning_reaches_every_corner_and_says_where() -> None:
    dirty = Record(
        title="a\x00b",
        author=(Name(family="O\x07zg"),),
        descriptors=("a\x1b",),
        extra=(("bibtex:x", "\ud800y"),),
        references=(Reference("a\x00", Record(title="b\x00")),),
        marks=(Mark("title", 0, 1, "i"), Mark("abstract", 0, 1, "i")),
    )
    cleaned, notices = clean_record(dirty)
    assert cleaned.title == "ab"
    assert cleaned.author == (Name(family="Ozg"),)
    assert cleaned.descriptors == ("a",)
    assert cleaned.extra == (("bibtex:x", "y"),)
    assert cleaned.references == (Reference("a", Record(title="b")),)
    assert cleaned.marks == (Mark("abstract", 0, 1, "i"),)
    assert {notice.field for notice in notices} == {"title", "author", "descriptors", "extra", "references"}


def test_a_clean_record_is_handed_back_itself() -> None:
    assert clean_record(RECORD) == (RECORD, ())
    assert clean_record(RECORD)[0] is RECORD


def test_stated_fields_are_those_that_hold_something_and_are_not_assigned() -> None:
    record = replace(RECORD, id="gomez-2020", citation_key="gomez2020", collection=("vufind",))
    assert set(stated(record)) == {"type", "title", "author", "issued", "references", "marks"}
    assert set(FIELD_NAMES) >= ASSIGNED
    assert [default_of(name) for name in ("title", "author", "issued", "others", "peer_reviewed")] == [
        "",
        (),
        None,
        False,
        None,
    ]


def test_a_record_cannot_be_changed_but_replaced() -> None:
    with pytest.raises(AttributeError):
        RECORD.title = "x"  # type: ignore[misc]
    assert replace(RECORD, title="x").title == "x"
    assert RECORD.year == 2020
    assert Record().year is None


def test_every_field_has_help_a_label_and_perhaps_a_csl_name() -> None:
    rows = {name: (label, help_, csl) for name, label, help_, csl in field_help()}
    assert set(rows) == set(FIELD_NAMES) - {"v"} or set(rows) == set(FIELD_NAMES)
    assert rows["container_title"] == ("Published in", "Journal, book, newspaper or site it is in", "container-title")
    assert [name for name, (label, help_, _) in rows.items() if name != "v" and (not help_ or label == name)] == []


def test_builtins_are_plain() -> None:
    assert to_builtins(Name(literal="OECD")) == {"literal": "OECD"}
