"""What came in last: by the store for few hits, by the engine for many, the same either way."""

import pytest

from litbase.library import bring_level, newest, open_library, outline
from litbase.query.state import SearchState
from litbase.record.record import Record
from litbase.settings import Settings
from litbase.store.values import Incoming


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    """A library of fifty records in ten runs, whose order of arrival is not that of their ids."""
    opened = open_library(tmp_path_factory.mktemp("newest") / "library", Settings(), create=True)
    for run in range(10):
        records = [
            Record(
                type="report",
                title=f"Report {n} on {'schools' if n % 2 else 'homes'}",
                eric=f"ED{900_000 - 7 * (5 * run + n)}",
            )
            for n in range(5)
        ]
        batch = [
            Incoming(record=r, source="eric", key=r.eric, reader="eric", document=f"{run}{n}")
            for n, r in enumerate(records)
        ]
        opened.store.put(batch, opened.store.start_run("test"))
    bring_level(opened)
    yield opened
    opened.close()


QUERIES = ("", "schools", "report", "schools -5", "nothinglikethis")


@pytest.mark.parametrize("q", QUERIES)
def test_many_hits_give_what_few_give(library, monkeypatch, q):
    state = SearchState(q=q)
    few = [stored.id for stored in newest.newest(library, state, 8)]
    monkeypatch.setattr(newest, "FEW", 0)
    monkeypatch.setattr(newest, "PAGE", 3)
    assert [stored.id for stored in newest.newest(library, state, 8)] == few
    in_order = [stored.id for stored in library.store.recent(50)]
    assert few == sorted(few, key=in_order.index)
    assert len(few) == (0 if q == "nothinglikethis" else 8)


def test_when_few_of_the_newest_are_hits_those_that_appeared_last_follow(library, monkeypatch):
    monkeypatch.setattr(newest, "FEW", 0)
    monkeypatch.setattr(newest, "PAGE", 3)
    monkeypatch.setattr(newest, "LOOKED_AT", 6)
    found = [stored.id for stored in newest.newest(library, SearchState(q="schools"), 8)]
    assert len(found) == len(set(found)) == 8


def test_an_order_that_is_asked_for_is_kept(library):
    titles = [stored.record.title for stored in newest.newest(library, SearchState(q="report", sort="title"), 50)]
    assert len(titles) == 50
    assert titles == sorted(titles)


def test_the_standing_changes_with_every_change(library):
    before = newest.standing(library)
    assert newest.standing(library) == before
    library.store.new_epoch()
    assert newest.standing(library) != before


@pytest.mark.parametrize("size", [1, 7, 50, 51])
def test_the_parts_of_the_outline_are_every_record_once(library, monkeypatch, size):
    monkeypatch.setattr(outline, "PART", size)
    found = [pair for first in outline.parts(library) for pair in outline.part(library, first)]
    expected = [(stored.id, stored.updated_at) for stored in library.store.scan(limit=100)]
    assert found == expected
