"""Records near a record: only for reasons that count, the nearest first, each with its sentence."""

from collections import Counter
from dataclasses import replace

import msgspec
import pytest

from litbase.library.related import SHOWN, related
from litbase.query.request import SearchRequest
from litbase.record.notices import notice, sentence
from litbase.record.record import Record, Reference
from litbase.store.values import Link
from tests.library.small import COMMUNITIES, OPINION, PRACTICE, RECORDS, small_library


def near(library, title):
    [stored] = [s for s in library.store.scan("", 500) if s.record.title == title]
    return [
        (one.record.title, one.relation, [sentence(n) for n in one.reasons]) for one in related(library, stored.record)
    ]


def test_the_other_version_by_the_same_authors_comes_first(school):
    first, *rest = near(school, COMMUNITIES.title)
    assert first[:2] == (OPINION.title, "version")
    assert "Same two authors, nearly the same title" in first[2]
    assert {relation for _, relation, _ in rest} == {"cited-by", "descriptors"}


def test_citing_and_cited_find_each_other(school):
    assert ("The Role of Networks", "cited-by", ["It cites this record"]) in near(school, COMMUNITIES.title)
    assert (COMMUNITIES.title, "cites", ["This record cites it"]) in near(school, "The Role of Networks")


def test_references_in_common_are_counted(school):
    assert near(school, "Roles and Rules") == [("The Role of Networks", "references", ["2 references in common"])]


def test_two_uncommon_descriptors_in_common_are_named(school):
    found = near(school, PRACTICE.title)
    assert found == [(COMMUNITIES.title, "descriptors", ["Both are about Global Approach, Communities of Practice"])]


def test_common_descriptors_and_a_shared_author_alone_are_no_reason(school):
    assert near(school, "School Statistics of the Year 1985") == []


def test_linked_records_bring_their_reasons(tmp_path):
    links = {1: (Link(0, "same", (notice("match-doi"),)),)}
    library = small_library(
        tmp_path / "library", (Record(type="book", title="A"), Record(type="book", title="B")), links
    )
    assert near(library, "A") == [("B", "same", ["Same DOI"])]
    library.close()


@pytest.mark.parametrize("state", ["withdrawn", "draft"])
def test_what_is_not_public_is_not_near(tmp_path, state):
    library = small_library(tmp_path / "library", (COMMUNITIES, OPINION))
    [other] = [s for s in library.store.scan("", 500) if s.record.title == OPINION.title]
    assert near(library, COMMUNITIES.title)
    library.store.set_state(other.id, state, "tester")
    assert near(library, COMMUNITIES.title) == []
    library.close()


def test_at_most_five_are_shown_the_nearest_first(tmp_path):
    terms = ("Rare Birds", "Old Maps", "Tall Trees")
    many = [Record(type="book", title=f"Number {n}", descriptors=terms[: 2 + n // 4]) for n in range(5)]
    filler = [Record(type="book", title=f"Filler {n}") for n in range(3)]
    library = small_library(tmp_path / "library", (*many, *filler, replace_title(COMMUNITIES)))
    found = near(library, "Number 4")
    assert len(found) == 4
    assert {relation for _, relation, _ in found} == {"descriptors"}
    library.close()
    assert SHOWN == 5


def replace_title(record: Record) -> Record:
    return msgspec.structs.replace(record, title="Something else")


def test_a_page_asks_the_engine_a_few_times_only(school):
    class Counting:
        def __init__(self, engine):
            self.engine, self.asked = engine, Counter()

        def __getattr__(self, name):
            self.asked[name] += 1
            return getattr(self.engine, name)

    engine = Counting(school.engine)
    library = replace(school, engine=engine)
    references = tuple(
        Reference(f"Work number {n} about something", Record(title=f"Work number {n} about something"))
        for n in range(300)
    )
    heavy = msgspec.structs.replace(
        COMMUNITIES, references=references, descriptors=tuple(f"Descriptor {n}" for n in range(200)), id="none"
    )
    related(library, heavy)
    assert engine.asked["search"] <= 5
    assert school.engine.search(SearchRequest(limit=0)).total == len(RECORDS) - 1


def test_a_record_can_be_read_while_the_index_is_prepared(tmp_path):
    library = small_library(tmp_path / "library", (COMMUNITIES, OPINION, PRACTICE))
    assert len(near(library, COMMUNITIES.title)) == 2
    library.engine.close()
    assert [title for title, _, _ in near(library, COMMUNITIES.title)] == [OPINION.title]
    library.store.close()
