"""Saved searches in the store, on each database: one reader's are nobody else's, and go when the list goes."""

import threading

import pytest
import sqlalchemy as sa

from litbase.store.schema import lists, searches

MINE, OTHER = "a" * 64, "b" * 64


@pytest.fixture
def three(store):
    """The numbers of three searches."""
    return [store.searches.save(MINE, f"Search {n}", f"q={n}", 10).nr for n in range(3)]


def test_searches_are_kept_the_last_first(store, three):
    assert [(one.name, one.query) for one in store.searches.all(MINE)] == [(f"Search {n}", f"q={n}") for n in (2, 1, 0)]
    assert store.searches.all(OTHER) == ()
    assert store.lists.find(OTHER) is None
    assert store.lists.find(MINE).size == 0


def test_the_same_search_is_saved_once(store, three):
    again = store.searches.save(MINE, "Another name", "q=1", 10)
    assert (again.nr, again.new, again.size) == (three[1], False, 3)
    assert store.searches.all(MINE)[1].name == "Search 1"
    assert store.searches.save(OTHER, "", "q=1", 10).new


def test_no_more_are_saved_than_there_is_room_for(store, three):
    full = store.searches.save(MINE, "", "q=4", 3)
    assert (full.nr, full.new, full.size) == (0, False, 3)
    assert store.searches.save(MINE, "", "q=1", 3).nr == three[1]


def test_only_the_reader_changes_them(store, three):
    for change in (
        lambda digest, nr: store.searches.rename(digest, nr, "new\x00 name"),
        lambda digest, nr: store.searches.see(digest, nr) is not None,
        store.searches.delete,
    ):
        assert not change(OTHER, three[0])
        assert not change(MINE, 10**30)
        assert change(MINE, three[0])
    assert [one.nr for one in store.searches.all(MINE)] == [three[2], three[1]]


def test_opening_tells_when_it_was_opened_before(store, three):
    before = store.searches.all(MINE)[0]
    store._database.write(lambda c: c.execute(searches.update().values(seen_at="2020-01-01T00:00:00.000Z")))
    assert store.searches.see(MINE, before.nr).seen_at == "2020-01-01T00:00:00.000Z"
    after = store.searches.all(MINE)[0]
    assert after.seen_at >= before.seen_at
    assert (after.nr, after.name, after.query) == (before.nr, before.name, before.query)


def test_they_go_with_a_list_that_nobody_uses(store, three, incoming):
    [one] = store.put([incoming()], 1)
    store.lists.put(MINE, [one.id], 10)
    store.searches.save(OTHER, "", "q=1", 10)
    old = lists.update().where(lists.c.digest == MINE).values(touched_at="2020-01-01T00:00:00.000Z")
    store._database.write(lambda c: c.execute(old))
    assert store.lists.forget(400) == 1
    assert store.searches.all(MINE) == ()
    assert len(store.searches.all(OTHER)) == 1
    assert store._database.read(lambda c: c.scalar(sa.select(sa.func.count()).select_from(searches))) == 1


def test_opening_a_search_keeps_the_list(store, three):
    old = lists.update().values(touched_at="2020-01-01T00:00:00.000Z")
    store._database.write(lambda c: c.execute(old))
    store.searches.see(MINE, three[0])
    assert store.lists.forget(400) == 0


def test_several_save_at_once_and_none_is_lost(store):
    def save(n):
        store.searches.save(MINE, "", f"q={n % 6}", 10)

    threads = [threading.Thread(target=save, args=(n,)) for n in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {one.query for one in store.searches.all(MINE)} == {f"q={n}" for n in range(6)}
    assert len(store.searches.all(MINE)) == 6


def test_what_was_added_since(store, incoming):
    ids = [store.put([incoming(f"Title {n}", ordinal=n)], 1)[0].id for n in range(3)]
    at = [store.get(id).created_at for id in ids]
    assert {id for _, id in store.added_since("", 10)} == set(ids)
    assert len(store.added_since("", 2)) == 2
    assert {id for _, id in store.added_since(at[0], 10)} == {i for i, a in zip(ids, at, strict=True) if a > at[0]}
    store.set_state(ids[2], "withdrawn", "ann", "a copy")
    assert ids[2] not in {id for _, id in store.added_since("", 10)}
