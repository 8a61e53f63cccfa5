"""A library with a thesaurus: loading, what searches find with it, filters under names of yesterday."""

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest

from litbase.errors import BadInput, NotFound
from litbase.library import Library, bring_level, open_library
from litbase.library.exporting import export
from litbase.library.finding import count, search
from litbase.library.thesaurus import load, shown, with_todays
from litbase.query.state import SearchState
from litbase.record.notices import sentence
from litbase.record.record import Record
from litbase.settings import Settings
from litbase.store.values import Incoming

TABLE = """descriptor,used_for,broader,scope_note
Academically Gifted,Gifted Students,,
Gender Differences,Sex Differences|Babies,,
Schools,,,Places of learning
Urban Schools,,Schools,
Young Children,Babies,,
"""
RECORDS = (
    Record(title="Old", descriptors=("Sex Differences",), abstract="Girls and boys."),
    Record(title="New", descriptors=("Gender Differences",)),
    Record(title="Schools for the able", descriptors=("Academically Gifted", "Urban Schools")),
    Record(title="About gifted students"),
    Record(title="Small ones", descriptors=("Babies",)),
)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "terms.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


@pytest.fixture
def library(tmp_path: Path, table: Path) -> Iterator[Library]:
    opened = open_library(tmp_path / "library", Settings(), create=True)
    batch = [Incoming(record=r, source="test", key=r.title, reader="test", document="d") for r in RECORDS]
    opened.store.put(batch, opened.store.start_run("test"))
    load(opened, str(table))
    bring_level(opened)
    yield opened
    opened.close()


def asked(text: str, **given: str) -> SearchState:
    return SearchState.from_args([("q", text), *((name.replace("not_", "not."), v) for name, v in given.items())])[0]


def titles(library: Library, state: SearchState) -> set[str]:
    return {hit.record.title for hit in search(library, state).hits}


def test_another_name_finds_its_descriptor_and_can_be_left_out(library: Library) -> None:
    assert titles(library, asked("gifted students")) == {"About gifted students", "Schools for the able"}
    assert titles(library, asked("gifted students", expand="0")) == {"About gifted students"}
    found = search(library, asked("gifted students", expand="0"))
    assert [added.name for added in found.expanded.added] == ["Gifted Students"]
    assert count(library, asked("gifted students")) == 2


def test_what_is_exported_is_what_is_found(library: Library) -> None:
    exported = "".join(export(library, asked("gifted students"), "bibtex"))
    assert "Schools for the able" in exported
    assert "Schools for the able" not in "".join(export(library, asked("gifted students", expand="0"), "bibtex"))


def test_narrower_descriptors_are_searched_on_request(library: Library) -> None:
    assert search(library, asked("descriptor:schools", expand="0")).total == 1  # "Urban Schools" has the word
    library.store.edit(
        search(library, asked("small ones")).hits[0].record.id, {"descriptors": ("Urban Schools",)}, "ann"
    )
    bring_level(library)
    assert titles(library, asked("schools places")) == set()
    assert search(library, asked("schools")).expanded.narrower[0].total == 1
    assert titles(library, asked("=schools OR nothing")) == titles(library, asked("=schools OR nothing", narrower="1"))
    assert titles(library, asked("schools", narrower="1")) == {"Schools for the able", "Small ones"}


def test_the_facet_counts_names_of_today_and_both_are_searched(library: Library) -> None:
    found = search(library, asked(""))
    [facet] = [facet for facet in found.facets if facet.name == "descriptor"]
    assert {value.value: value.count for value in facet.values} == {
        "Gender Differences": 3,
        "Academically Gifted": 1,
        "Urban Schools": 1,
        "Young Children": 1,
    }
    assert titles(library, asked('descriptor:"sex differences"')) >= {"Old", "New"}
    assert "Old" in titles(library, asked('descriptor:"gender differences"', expand="0"))


def test_a_record_keeps_saying_what_it_says(library: Library) -> None:
    [old] = [hit.record for hit in search(library, asked("girls")).hits]
    assert old.descriptors == ("Sex Differences",)


def test_a_filter_with_a_retired_name_means_that_of_today(library: Library) -> None:
    found = search(library, asked("", descriptor="sex differences"))
    assert {hit.record.title for hit in found.hits} == {"Old", "New", "Small ones"}
    assert found.state.chosen("descriptor") == ("Gender Differences",)
    assert [sentence(told) for told in found.notices] == [
        "sex differences is no longer a descriptor; Gender Differences is filtered by instead"
    ]
    assert titles(library, asked("", not_descriptor="Sex Differences")) == {
        "Schools for the able",
        "About gifted students",
    }


def test_a_filter_of_several_names_of_today_takes_any_of_them() -> None:
    from litbase.vocabulary.thesaurus import NONE, Entry, Thesaurus

    known = Thesaurus((Entry("A", ("AB",)), Entry("B", ("AB",))))
    state = asked("x", descriptor="AB", page="3")
    mapped, notices = with_todays(state, known)
    assert (mapped.chosen("descriptor"), mapped.page) == (("A", "B"), 3)
    assert dict(notices[0].params)["today"] == "A or B"
    assert with_todays(state, NONE) == (state, ())
    assert with_todays(mapped, known) == (mapped, ())


def test_the_same_file_again_changes_nothing(library: Library, table: Path) -> None:
    mark = library.store.mark()
    packed = table.with_suffix(".csv.gz")
    packed.write_bytes(gzip.compress(table.read_bytes()))
    loaded = load(library, str(packed))
    assert (loaded.changed, loaded.layout, library.store.mark()) == (False, "a table", mark)
    assert loaded.counts == {
        "descriptors": 5, "used_for": 3, "broader": 1, "narrower": 1, "related": 0, "scope_notes": 1,
    }  # fmt: skip


def test_a_file_that_cannot_be_read_is_named_and_nothing_changes(library: Library, table: Path, tmp_path: Path) -> None:
    before = library.store.thesaurus()
    cut = tmp_path / "cut.gz"
    cut.write_bytes(gzip.compress(table.read_bytes() * 100)[:-40])
    for path in (tmp_path / "nothing.csv", cut, tmp_path):
        with pytest.raises(BadInput, match=path.name):
            load(library, str(path))
    assert library.store.thesaurus() is before


def test_entries_are_shown_by_any_name(library: Library) -> None:
    assert [entry.name for entry in shown(library, "babies")] == ["Gender Differences", "Young Children"]
    assert shown(library, "SCHOOLS")[0].scope_note == "Places of learning"
    with pytest.raises(NotFound, match="has no 'Marsh Birds'"):
        shown(library, "Marsh Birds")


def test_without_a_thesaurus_nothing_is_shown(tmp_path: Path) -> None:
    empty = open_library(tmp_path / "empty", Settings(), create=True)
    with pytest.raises(NotFound, match="thesaurus load FILE"):
        shown(empty, "Schools")
    empty.close()
