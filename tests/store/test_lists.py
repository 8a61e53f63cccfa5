"""Readers' lists in the store, on each database: kept in order, changed by several at once, found by digests only."""

import threading
from collections import Counter

import pytest
import sqlalchemy as sa

from litbase.store import migrations, open_store
from litbase.store.connect import database
from litbase.store.opening import ready
from litbase.store.schema import list_entries, lists
from tests.store import version_2

MINE, OTHER = "a" * 64, "b" * 64


@pytest.fixture
def ids(store, incoming):
    """The ids of five records of the store."""
    return [outcome.id for outcome in store.put([incoming(f"Title {n}", ordinal=n) for n in range(5)], 1)]


def in_order(store, digest=MINE):
    return [entry.record_id for entry in store.lists.entries(store.lists.find(digest).nr)]


def test_a_list_is_made_by_its_first_record_and_not_by_looking(store, ids):
    assert store.lists.find(MINE) is None
    assert store.lists.glance(MINE, ids) == (0, frozenset())
    assert store.lists.put(MINE, ["nobody"], 10).unknown == ("nobody",)
    assert store.lists.find(MINE) is None
    put = store.lists.put(MINE, [ids[1].upper(), ids[0], ids[1], "nobody"], 10)
    assert (put.added, put.already, put.unknown, put.over, put.size) == ((ids[1], ids[0]), (), ("nobody",), (), 2)
    assert in_order(store) == [ids[1], ids[0]]
    assert store.lists.glance(MINE, ids) == (2, frozenset(ids[:2]))
    assert store.lists.glance(OTHER, ids) == (0, frozenset())


def test_a_full_list_takes_what_fits_and_says_what_does_not(store, ids):
    put = store.lists.put(MINE, ids[:2], 3)
    put = store.lists.put(MINE, ids, 3)
    assert (put.added, put.already, put.over, put.size) == ((ids[2],), tuple(ids[:2]), tuple(ids[3:]), 3)
    assert in_order(store) == ids[:3]


def test_what_is_not_public_is_unknown_and_a_merged_record_is_the_other(store, ids):
    store.set_state(ids[0], "withdrawn", "ann", "a copy")
    store.merge(ids[1], ids[2], "ann")
    put = store.lists.put(MINE, ids[:3], 10)
    assert (put.added, put.unknown) == ((ids[2],), (ids[0],))


def test_a_glance_is_one_query(store, ids):
    store.lists.put(MINE, ids, 10)
    said = []
    listen = ("after_cursor_execute", lambda *given: said.append(given[2]))
    sa.event.listen(store._database.engine, *listen)
    store.lists.glance(MINE, ids)
    sa.event.remove(store._database.engine, *listen)
    assert len([statement for statement in said if statement.lower().startswith("select")]) == 1


def test_a_glance_uses_indexes(memory):
    memory.lists.put(MINE, [], 10)
    query = (
        "explain query plan select size, record_id from lists left join list_entries on list_nr = nr "
        "and record_id in ('a') where digest = 'x'"
    )
    plan = memory._database.read(lambda c: [row[3] for row in c.exec_driver_sql(query)])
    assert all(step.startswith("SEARCH") for step in plan), plan


@pytest.mark.parametrize(
    ("way", "moved", "order"),
    [
        ("up", 2, [0, 2, 1, 3, 4]),
        ("up", 0, [0, 1, 2, 3, 4]),
        ("down", 2, [0, 1, 3, 2, 4]),
        ("down", 4, [0, 1, 2, 3, 4]),
        ("first", 3, [3, 0, 1, 2, 4]),
        ("first", 0, [0, 1, 2, 3, 4]),
        ("last", 1, [0, 2, 3, 4, 1]),
        ("last", 4, [0, 1, 2, 3, 4]),
    ],
)
def test_records_are_moved(store, ids, way, moved, order):
    store.lists.put(MINE, ids, 10)
    assert store.lists.move(MINE, ids[moved], way)
    assert in_order(store) == [ids[n] for n in order]
    assert not store.lists.move(MINE, "nobody", way)
    assert not store.lists.move(OTHER, ids[0], way)


def test_what_is_added_after_a_move_to_the_end_is_the_last(store, ids):
    store.lists.put(MINE, ids[:3], 10)
    store.lists.move(MINE, ids[0], "last")
    store.lists.put(MINE, ids[3:], 10)
    assert in_order(store) == [ids[1], ids[2], ids[0], ids[3], ids[4]]


def test_notes_and_marks_are_kept_apart(store, ids):
    store.lists.put(MINE, ids, 10)
    assert store.lists.note(MINE, ids[0], "Ünï <b>", None)
    assert store.lists.note(MINE, ids[0], None, "keep")
    assert store.lists.note(MINE, ids[1], None, None)
    assert not store.lists.note(MINE, "nobody", "x")
    assert not store.lists.note(OTHER, ids[0], "x")
    entries = store.lists.entries(store.lists.find(MINE).nr)
    assert [(entry.note, entry.mark) for entry in entries[:2]] == [("Ünï <b>", "keep"), ("", "")]


def test_records_are_taken_out(store, ids):
    store.lists.put(MINE, ids, 10)
    store.lists.put(OTHER, ids, 10)
    assert store.lists.remove(MINE, [ids[1], ids[3], "nobody"]) == 2
    assert store.lists.remove(MINE, []) == 0
    assert in_order(store) == [ids[0], ids[2], ids[4]]
    assert store.lists.glance(MINE)[0] == 3
    assert store.lists.clear(MINE) == 3
    assert (store.lists.glance(MINE)[0], in_order(store, OTHER)) == (0, ids)
    assert store.lists.clear("c" * 64) == 0


def test_a_list_is_shared_by_another_digest_until_that_ends(store, ids):
    assert not store.lists.share(MINE, OTHER, "n", with_notes=True)
    store.lists.put(MINE, ids, 10)
    assert store.lists.find_shared(OTHER) is None
    assert store.lists.share(MINE, OTHER, "n", with_notes=True)
    found = store.lists.find_shared(OTHER)
    assert (found.nonce, found.with_notes, found.size) == ("n", True, 5)
    assert store.lists.find_shared(MINE) is None
    assert store.lists.find(OTHER) is None
    assert store.lists.share(MINE, None, "", with_notes=False)
    assert store.lists.find_shared(OTHER) is None


def test_lists_nobody_used_are_forgotten(store, ids):
    store.lists.put(MINE, ids, 10)
    store.lists.put(OTHER, ids, 10)
    assert store.lists.forget(400) == 0
    old = lists.update().where(lists.c.digest == MINE).values(touched_at="2001-01-01T00:00:00.000Z")
    store._database.write(lambda c: c.execute(old))
    assert store.lists.forget(400) == 1
    assert (store.lists.find(MINE), store.lists.glance(OTHER)[0]) == (None, 5)
    left = store._database.read(lambda c: c.scalar(sa.select(sa.func.count()).select_from(list_entries)))
    assert left == 5


def test_a_look_is_noted_once_a_day(store, ids):
    store.lists.put(MINE, ids, 10)
    old = lists.update().values(touched_at="2001-01-01T00:00:00.000Z")
    store._database.write(lambda c: c.execute(old))
    store.lists.touch(store.lists.find(MINE))
    touched = store.lists.find(MINE).touched_at
    assert touched > "2020"
    store.lists.touch(store.lists.find(MINE))
    assert store.lists.find(MINE).touched_at == touched


def test_several_at_once_lose_nothing(store, incoming):
    """Four threads add to one list, one of them takes out and moves meanwhile."""
    ids = [o.id for o in store.put([incoming(f"Title {n}", ordinal=n) for n in range(80)], 1)]
    failed = []

    def work(part):
        try:
            for id in part:
                assert store.lists.put(MINE, [id], 1000).added == (id,)
                store.lists.move(MINE, id, "first")
                store.lists.note(MINE, id, f"note {id}")
        except Exception as problem:
            failed.append(problem)

    threads = [threading.Thread(target=work, args=(ids[n::4],)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    entries = store.lists.entries(store.lists.find(MINE).nr)
    assert Counter(entry.record_id for entry in entries) == Counter(ids)
    assert len({entry.position for entry in entries}) == 80
    assert [entry.note for entry in entries] == [f"note {entry.record_id}" for entry in entries]
    assert store.lists.find(MINE).size == 80


def test_a_store_of_version_3_gets_the_tables_and_keeps_its_records(url, other_url):
    version_2.make(url)
    opened = database(url, create=False)
    steps = [step for step in migrations.shipped() if step.number == 3]
    opened.write(lambda c: migrations.run(c, steps))
    before = opened.read(lambda c: set(sa.inspect(c).get_table_names()))
    assert opened.read(lambda c: c.scalar(sa.text("select schema_version from meta"))) == 3
    assert before & {"lists", "list_entries"} == set()
    ready(opened, create=False)
    after = opened.read(lambda c: set(sa.inspect(c).get_table_names()))
    opened.close()
    assert after - before >= {"lists", "list_entries"}
    store = open_store(url)
    assert [stored.id for stored in store.scan()] == ["one", "three"]
    assert store.lists.put(MINE, ["one", "two", "three"], 10).size == 2  # "two" was merged into "one"
    assert store.integrity() == ()
    store.close()
