"""Writing CSL-JSON: names of the schema, no empty values, and one array however many records."""

import json

import pytest
from hypothesis import given, settings

from litbase.formats.csl.write import dump, item
from litbase.record.dates import PartialDate
from litbase.record.names import Name
from litbase.record.record import Record
from tests.amount import amount
from tests.strategies import records

TYPES = frozenset(
    "article-journal article-newspaper book chapter dataset document legislation motion_picture paper-conference "
    "report software thesis webpage".split()
)
NAMES = frozenset("author chair editor translator".split())
DATES = frozenset("accessed issued".split())
TEXT = frozenset(
    "abstract archive archive_location citation-key collection-title container-title DOI edition event-place "
    "event-title genre id ISBN ISSN issue keyword language note number page page-first publisher publisher-place "
    "section source title type URL volume PMID PMCID".split()
)


def test_an_article_is_an_item():
    record = Record(
        type="article-journal", citation_key="k", title="T", author=(Name(family="Berg", given="Jan",
            particle="van der", suffix="Jr."),
        Name(literal="OECD")), issued=PartialDate(year=2019, month=8), page="pp. 327-350", eric="EJ1223055",
            language=("en", "de"),
        descriptors=("A",), keywords=("B",), number_of_pages=24,
    )  # fmt: skip
    assert item(record) == {
        "id": "k", "citation-key": "k", "type": "article-journal", "title": "T",
        "author": [
            {"family": "Berg", "given": "Jan", "non-dropping-particle": "van der", "suffix": "Jr."},
                {"literal": "OECD"},
        ],
        "issued": {"date-parts": [[2019, 8]]}, "page": "327-350", "page-first": "327", "number-of-pages": 24,
        "archive": "ERIC", "archive_location": "EJ1223055", "source": "ERIC", "note": "ERIC Number: EJ1223055",
        "language": "en", "keyword": "A, B",
    }  # fmt: skip


DATED = {
    "year": (PartialDate(year=2019), {"date-parts": [[2019]]}),
    "day": (PartialDate(year=2016, month=2, day=25), {"date-parts": [[2016, 2, 25]]}),
    "spring": (PartialDate(year=2018, month=21), {"date-parts": [[2018]], "season": 1}),
    "two months": (
        PartialDate(year=2010, month=1, end=PartialDate(year=2010, month=2)),
        {"date-parts": [[2010, 1], [2010, 2]]},
    ),
}


@pytest.mark.parametrize(("date", "expected"), DATED.values(), ids=DATED)
def test_a_date_has_only_the_parts_that_are_known(date, expected):
    assert item(Record(issued=date))["issued"] == expected


def test_a_truncated_author_list_is_said_outside_the_names():
    assert item(Record(others=True))["custom"] == {"others": True}


def test_no_records_are_an_empty_array():
    assert json.loads("".join(dump([]))) == []


@settings(max_examples=amount(16, 40))
@given(records(), records())
def test_every_field_is_one_of_the_schema_and_holds_something(first, second):
    items = json.loads("".join(dump([first, second])))
    assert len(items) == 2
    for found in items:
        assert set(found) <= NAMES | DATES | TEXT | {"number-of-pages", "custom"}
        assert found["type"] in TYPES
        assert found["id"]
        for name, value in found.items():
            assert value, name
            if name in TEXT:
                assert isinstance(value, str)
                assert "\n" not in value
        for name in NAMES & set(found):
            for person in found[name]:
                assert set(person) <= {"family", "given", "suffix", "non-dropping-particle", "literal"}
                assert "family" in person or "literal" in person
        for name in DATES & set(found):
            assert all(isinstance(part, int) for parts in found[name]["date-parts"] for part in parts)
