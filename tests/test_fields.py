"""The field table: what of a record is searchable, under which name."""

import pytest
from hypothesis import given, settings

from litbase.fields import (
    ALIASES,
    BY_NAME,
    DEFAULT,
    FACETS,
    FIELDS,
    INDEXED_CHARACTERS,
    LISTED,
    help_rows,
    index_document,
)
from litbase.record.dates import PartialDate
from litbase.record.names import Name
from litbase.record.record import Record, Reference
from litbase.vocabulary.thesaurus import Entry, Thesaurus
from tests.amount import amount
from tests.strategies import records

NAMES = (
    "title author source descriptor abstract body contribution method outcomes references network session chair "
    "discussant year type publication_type level audience place law test language collection availability "
    "peer_reviewed id doi isbn issn publisher problem"
).split()


def test_the_names_are_those_the_addresses_promise() -> None:
    assert [field.name for field in FIELDS] == NAMES


def test_no_name_or_alias_means_two_things() -> None:
    every = [alias for field in FIELDS for alias in (field.name, *field.aliases)]
    assert len(every) == len(set(every)) == len(ALIASES)
    assert ALIASES["subject"] == "descriptor"
    assert ALIASES["has"] == "availability"


def test_every_field_has_a_label_and_help() -> None:
    assert [field.name for field in FIELDS if not (field.label and field.help)] == []
    assert [row[0] for row in help_rows()] == NAMES
    assert {"title", "abstract", "body"} <= {field.name for field in DEFAULT}
    assert {"author", "year", "type", "language"} <= set(FACETS)


RECORD = Record(
    id="EJ1223055",
    eric="EJ1223055",
    type="article-newspaper",
    genre="Opinion",
    title="The Learning",
    author=(Name(family="Mehta", given="Jal"),),
    editor=(Name(literal="OECD"),),
    issued=PartialDate(year=2016, month=2),
    container_title="Education Week",
    collection_title="Global Learning",
    descriptors=("Learning",),
    keywords=("schools",),
    issn=("0277-4232",),
    eissn=("1573-1812",),
    language=("en",),
    peer_reviewed=False,
    doi="10.1/x",
    abstract="Words.",
    references=(Reference("Fullan (2016)"),),
)
VALUES = {
    "title": ("The Learning",),
    "author": ("Mehta, Jal", "OECD"),
    "source": ("Education Week", "Global Learning"),
    "descriptor": ("Learning", "schools"),
    "abstract": ("Words.",),
    "references": ("Fullan (2016)",),
    "year": ("2016",),
    "type": ("opinion",),
    "language": ("en",),
    "availability": ("link", "doi", "abstract"),
    "peer_reviewed": ("no",),
    "id": ("EJ1223055", "EJ1223055"),
    "doi": ("10.1/x",),
    "issn": ("0277-4232", "1573-1812"),
    "problem": ("doi-form",),
}


def test_an_index_document_holds_the_fields_that_have_values() -> None:
    document = index_document(RECORD)
    assert document.values == VALUES
    assert (document.id, document.title_key, document.author_key, document.cited) == (
        "EJ1223055",
        "learning",
        "mehta jal",
        False,
    )


def test_descriptors_are_counted_by_their_names_of_today_and_found_by_both() -> None:
    known = Thesaurus((Entry("Gender Differences", used_for=("Sex Differences",)), Entry("Kindergarten", ("Babies",)),
                       Entry("Learning"), Entry("Young Children", used_for=("Babies",))))  # fmt: skip
    record = Record(
        descriptors=("Sex Differences", "LEARNING", "Babies", "Marsh Birds"), keywords=("gender differences",)
    )
    document = index_document(record, known)
    today = ("Gender Differences", "Learning", "Kindergarten", "Young Children", "Marsh Birds")
    assert document.counted("descriptor") == today
    assert document.values["descriptor"] == ("Sex Differences", "LEARNING", "Babies", "Marsh Birds",
                                             "gender differences", *today[:4])  # fmt: skip
    assert index_document(RECORD, known) == index_document(RECORD)
    assert "descriptor" not in index_document(Record(title="x"), known).values


def test_problems_are_those_of_the_record_and_of_its_descriptors() -> None:
    known = Thesaurus((Entry("Racism", used_for=("Racial Bias",)),))
    record = Record(title="x", descriptors=("Racial Bias", "RACISM", "Marsh Birds", "Racism"))
    assert "problem" not in index_document(record).values
    found = index_document(record, known).values["problem"]
    assert found == ("descriptor-renamed", "descriptor-form", "descriptor-unknown")


def test_no_indexed_problem_depends_on_the_day() -> None:
    assert "problem" not in index_document(Record(title="x", issued=PartialDate(year=9998))).values


def test_problems_are_counted_only_when_asked_for() -> None:
    assert "problem" in FACETS
    assert "problem" not in LISTED
    assert set(FACETS) - set(LISTED) == {field.name for field in FIELDS if field.unlisted}


def test_a_conference_is_the_source_only_where_nothing_contains_the_record() -> None:
    source = BY_NAME["source"].of
    assert source(Record(event_title="ECER 2017")) == ("ECER 2017",)
    assert source(Record(event_title="ECER 2017", container_title="Book of Abstracts")) == ("Book of Abstracts",)


@pytest.mark.parametrize(
    ("record", "has"),
    [(Record(url="https://link.springer.com/"), ()), (Record(url="https://x.org/a"), ("link",)),
     (Record(full_text_url="https://x.org/a.pdf"), ("fulltext", "link")), (Record(abstract="x"), ("abstract",))],
    ids=["home page", "link", "full text", "abstract"],
)  # fmt: skip
def test_availability_says_what_a_reader_can_get(record: Record, has: tuple[str, ...]) -> None:
    assert BY_NAME["availability"].of(record) == has


def test_cited_works_are_marked_and_the_undated_sort_last() -> None:
    cited, dated = index_document(Record(type="cited")), index_document(RECORD)
    assert cited.cited
    assert cited.date_key > dated.date_key


def test_a_huge_text_is_indexed_by_its_beginning() -> None:
    [body] = index_document(Record(body="a" * (INDEXED_CHARACTERS + 5))).values["body"]
    assert len(body) == INDEXED_CHARACTERS


@settings(max_examples=amount(20, 50))
@given(records())
def test_values_are_never_missing_or_no_text(record: Record) -> None:
    for values in index_document(record).values.values():
        assert values
        assert all(isinstance(value, str) for value in values)
