"""One decision about many pairs: each by itself, merged records followed, conflicts told."""

import pytest

from litbase.errors import BadInput
from litbase.library.clearing import DIFFERENT, MERGE, MOST, Ticked, clear
from litbase.library.duplicates import queue
from litbase.library.editing import edit
from litbase.library.undoing import undo
from litbase.record.notices import notice
from litbase.record.record import Record
from litbase.store.values import Link
from tests.library.small import small_library

SAME = (notice("match-author-title"),)


@pytest.fixture
def library(tmp_path):
    """Five copies of a work, each like the one before it."""
    links = {n: (Link(n - 1, "same", SAME, 0.9),) for n in range(1, 5)}
    made = small_library(tmp_path / "library", [Record(title="Copy", eric=f"EJ000000{n}") for n in range(5)], links)
    yield made
    made.close()


@pytest.fixture
def ids(library):
    return [id for _, id in library.store.changes(0)]


def ticked(library, into, other):
    return Ticked(into, other, library.store.get(into).version, library.store.get(other).version)


def statuses(done):
    return [one.status for one in done]


def test_copies_in_a_chain_become_one_whichever_pairs_are_named(library, ids):
    a, b, c, d, e = ids
    pairs = [ticked(library, *pair) for pair in ((a, b), (b, c), (d, e), (c, d), (a, e))]
    done = list(clear(library, pairs, MERGE, who="Ann"))
    assert statuses(done) == ["changed"] * 4 + ["same"]
    assert {stored.id for stored in library.store.merged_into(a)} == {b, c, d, e}
    assert queue(library).total == 0


def test_what_somebody_changed_meanwhile_is_told_and_the_others_go_on(library, ids):
    pairs = [ticked(library, ids[0], ids[1]), ticked(library, ids[2], ids[3]), ticked(library, ids[3], ids[4])]
    edit(library, ids[2], {"title": "Another work"}, who="Ben")
    done = list(clear(library, pairs, DIFFERENT, who="Ann", why="two prints"))
    assert statuses(done) == ["changed", "conflict", "changed"]
    assert "version" in done[1].why
    assert queue(library).total == 2


def test_a_version_changed_here_and_by_somebody_else_is_a_conflict(library, ids):
    pairs = [ticked(library, ids[0], ids[1]), ticked(library, ids[1], ids[2])]
    making = clear(library, pairs, DIFFERENT, who="Ann")
    assert next(making).status == "changed"
    edit(library, ids[1], {"title": "Another work"}, who="Ben")
    assert next(making).status == "conflict"


def test_each_is_undone_by_itself(library, ids):
    pairs = [ticked(library, ids[0], ids[1]), ticked(library, ids[2], ids[3])]
    first, second = clear(library, pairs, MERGE, who="Ann")
    undo(library, first.id, who="Ann", revision=first.version)
    assert library.store.get(ids[1]).state == "public"
    assert library.store.get(ids[3]).state == "merged"
    assert second.status == "changed"


@pytest.mark.parametrize(("count", "verb"), [(MOST + 1, MERGE), (1, "same"), (1, "")])
def test_too_many_and_other_verbs_are_refused(library, ids, count, verb):
    with pytest.raises(BadInput):
        clear(library, [ticked(library, ids[0], ids[1])] * count, verb, who="Ann")


def test_what_is_not_there_is_a_conflict(library, ids):
    done = list(clear(library, [Ticked("nosuch", ids[0], 1, 1), Ticked(ids[0], ids[0], 1, 1)], MERGE, who="Ann"))
    assert statuses(done) == ["conflict", "same"]
