"""Undoing: the last decision on a record, one of its versions, or all that a run did."""

import pytest
import sqlalchemy as sa

from litbase.errors import BadInput, Conflict, NotFound
from litbase.store import Found, Link, MovedTo, Withdrawn, open_store


@pytest.fixture
def record(store, incoming):
    """The id of a record that was read."""
    [one] = store.put([incoming(volume="1", page="3-9")], store.start_run("add"))
    return one.id


def undone(store, run, why=""):
    """{id: status} of undoing *run*, and the number of the run that did it."""
    number = store.begin_undoing(run, "ann", why)
    outcomes = {outcome.id: outcome.status for outcome in store.undo_run(number, "ann", why)}
    store.finish_run(number, {})
    return outcomes, number


def test_undo_goes_back_decision_by_decision(store, record):
    store.edit(record, {"volume": "2"}, "ann")
    store.edit(record, {"volume": "3", "issue": "4"}, "bob")
    store.set_state(record, "withdrawn", "ann", "twice")
    store.release(record, ["volume"], "ann")

    def shown():
        stored = store.get(record)
        return stored.state, stored.reason, stored.record.volume, stored.record.issue

    seen = [shown()]
    for _ in range(4):
        assert store.undo(record, "eve", "wrong").status == "changed"
        seen.append(shown())
    assert seen == [
        ("withdrawn", "twice", "1", "4"),
        ("withdrawn", "twice", "3", "4"),
        ("public", "", "3", "4"),
        ("public", "", "2", ""),
        ("public", "", "1", ""),
    ]
    with pytest.raises(BadInput, match="nothing decided"):
        store.undo(record, "eve")
    history = store.history(record)
    assert [revision.version for revision in history] == list(range(1, 10))
    assert [(revision.kind, revision.undone) for revision in history] == [
        ("import", 0), ("edit", 9), ("edit", 8), ("withdrawn", 7), ("edit", 6), *[("undone", 0)] * 4,
    ]  # fmt: skip


def test_an_older_decision_can_be_undone_and_later_ones_stand(store, record):
    store.edit(record, {"volume": "2", "issue": "2"}, "ann")
    store.edit(record, {"volume": "3"}, "bob")
    store.undo(record, "eve", revision=2)
    assert (store.get(record).record.volume, store.get(record).record.issue) == ("3", "")
    store.undo(record, "eve")
    assert store.get(record).record.volume == "1"
    for revision in (1, 2, 4, 99):
        with pytest.raises(BadInput, match="no decision"):
            store.undo(record, "eve", revision=revision)


def test_undoing_an_old_copy_is_a_conflict(store, record):
    store.edit(record, {"volume": "2"}, "ann")
    with pytest.raises(Conflict):
        store.undo(record, "eve", version=1)
    with pytest.raises(NotFound):
        store.undo("nobody", "eve")
    store.undo(record, "eve", version=2)


def test_an_undone_key_is_the_one_before_and_all_still_lead_to_the_record(store, record, incoming):
    keys = [store.get(record).record.citation_key, "second", "third"]
    for key in keys[1:]:
        store.edit(record, {"citation_key": key}, "ann")
    for key in ("second", keys[0]):
        store.undo(record, "eve")
        assert store.get(record).record.citation_key == key
        assert [store.resolve_key(name) for name in keys] == [record] * 3
    [other] = store.put([incoming("Other", citation_key="third", ordinal=1)], 2)
    assert store.get(other.id).record.citation_key != "third"


def test_a_merge_is_undone_from_either_side(store, record, incoming):
    [other] = store.put([incoming("Other", ordinal=1)], 2)
    for side in (record, other.id):
        store.merge(other.id, record, "ann")
        assert store.resolve(other.id) == MovedTo(record)
        store.undo(side, "eve")
        assert isinstance(store.resolve(other.id), Found)


def test_a_decision_inside_a_merged_record_waits_for_the_merge_to_be_undone(store, record, incoming):
    [other] = store.put([incoming("Other", ordinal=1)], 2)
    store.edit(other.id, {"volume": "9"}, "ann")
    store.merge(other.id, record, "ann")
    with pytest.raises(Conflict, match="undo that first"):
        store.undo(other.id, "eve", revision=2)
    store.undo(other.id, "eve")
    store.undo(other.id, "eve")
    assert store.get(other.id).record.volume == ""


def test_undoing_a_run_withdraws_what_it_made_and_takes_its_readings_from_the_rest(store, record, incoming):
    run = store.start_run("add")
    new, changed, same = store.put(
        [
            incoming("New", ordinal=1, links=(Link(record, "related"),)),
            incoming(source="vufind", key="v", rank=90, volume="9", document="d2", title="A Plain Title"),
            incoming(volume="1", page="3-9", document="d3"),
        ],
        run,
    )
    store.merge(changed.id, record, "ann")
    store.edit(new.id, {"volume": "5"}, "ann")
    assert store.get(record).record.volume == "9"
    outcomes, number = undone(store, run, "the wrong file")
    assert outcomes == {new.id: "withdrawn", record: "changed"}
    assert store.resolve(new.id) == Withdrawn(new.id, "New", f"run {run} was undone: the wrong file")
    assert (store.get(record).record.volume, store.get(record).record.collection) == ("1", ("eric",))
    assert (store.get(new.id).record.volume, store.links(record)) == ("5", ())
    assert [r.is_undone for r in store.readings(record, undone=True)] == [False, True, True]
    last = store.history(new.id)[-1]
    assert (last.kind, last.run, last.who) == ("withdrawn", number, "ann")
    with pytest.raises(BadInput, match=f"run {run}"):
        store.begin_undoing(run, "ann")
    for none in (99, 99 * 10**20):
        with pytest.raises(NotFound, match=f"no run {none}"):
            store.begin_undoing(none, "ann")
    assert store.left_to_undo(run, 5) == []
    assert set(store.left_to_undo(number, 5)) == {new.id, record}
    assert len(store.left_to_undo(number, 1)) == 1
    assert same.id == record


def test_an_undone_run_can_be_brought_back_by_undoing_that(store, record, incoming):
    run = store.start_run("add")
    [new, _] = store.put([incoming("New", ordinal=1), incoming(volume="2", document="d2")], run)
    before = {
        i: (store.get(i).state, store.get(i).record, store.readings(i, undone=True), store.edits(i))
        for i in (record, new.id)
    }
    _, number = undone(store, run)
    outcomes, _ = undone(store, number)
    assert outcomes == {new.id: "public", record: "changed"}
    after = {
        i: (store.get(i).state, store.get(i).record, store.readings(i, undone=True), store.edits(i))
        for i in (record, new.id)
    }
    assert after == before


def test_reading_an_undone_document_again_brings_its_record_back(store, record, incoming):
    batch = [incoming("New", ordinal=1), incoming(volume="2", document="d2")]
    run = store.start_run("add")
    [new, _] = store.put(batch, run)
    key = store.get(new.id).record.citation_key
    undone(store, run)
    again = store.put(batch, store.start_run("add"))
    assert [(outcome.status, outcome.id) for outcome in again] == [("changed", new.id), ("changed", record)]
    assert (store.get(new.id).state, store.get(new.id).record.citation_key) == ("public", key)
    assert store.get(record).record.volume == "2"
    assert [outcome.status for outcome in store.put(batch, 9)] == ["same", "same"]


def test_a_record_withdrawn_by_a_person_stays_so_when_its_run_is_undone_and_brought_back(store, incoming):
    run = store.start_run("add")
    [one] = store.put([incoming()], run)
    store.set_state(one.id, "withdrawn", "ann", "a copy")
    _, number = undone(store, run)
    undone(store, number)
    assert store.resolve(one.id) == Withdrawn(one.id, "A Plain Title", "a copy")


def test_one_record_can_be_brought_back_alone(store, record, incoming):
    run = store.start_run("add")
    new, *_ = store.put([incoming("New", ordinal=1), incoming(volume="2", document="d2")], run)
    undone(store, run)
    store.undo(new.id, "eve")
    assert (store.get(new.id).state, store.get(record).record.volume) == ("public", "1")
    store.undo(record, "eve")
    assert store.get(record).record.volume == "2"


def test_what_a_better_reader_replaced_comes_back_with_its_run_undone(store, incoming):
    runs = [store.start_run("add") for _ in range(3)]
    for version, run in enumerate(runs, 1):
        [one] = store.put([incoming(volume=str(version), reader_version=version, ordinal=3 - version)], run)
    assert [r.reader_version for r in store.readings(one.id, undone=True)] == [3]
    undone(store, runs[1])
    assert store.get(one.id).record.volume == "3"  # the newest stands
    _, number = undone(store, runs[2])
    assert [(r.reader_version, r.is_undone) for r in store.readings(one.id, undone=True)] == [(1, False)]
    assert store.get(one.id).record.volume == "1"
    undone(store, number)
    assert store.get(one.id).record.volume == "3"
    undone(store, runs[0])
    undone(store, runs[2])
    assert store.get(one.id).state == "withdrawn"
    assert store.get(one.id).record.volume in ("1", "2", "3")
    assert store.put([incoming(volume="3", reader_version=3, ordinal=0)], 9)[0].id == one.id
    assert (store.get(one.id).state, store.get(one.id).record.volume) == ("public", "3")


def test_an_undone_run_inside_a_merge_shows_when_the_merge_is_undone(store, record, incoming):
    run = store.start_run("add")
    [other] = store.put([incoming("Other", ordinal=1, issue="8")], run)
    store.merge(other.id, record, "ann")
    outcomes, number = undone(store, run)
    assert (outcomes, store.get(record).record.issue) == ({record: "changed"}, "")
    store.unmerge(other.id, "ann")
    assert (store.get(other.id).state, store.get(other.id).record.title) == ("withdrawn", "Other")
    undone(store, number)
    assert (store.get(other.id).state, store.get(other.id).record.issue) == ("public", "8")


def test_the_record_that_stays_lives_on_what_it_took_in_and_goes_when_that_is_taken_out(store, incoming):
    first, second = store.start_run("add"), store.start_run("add")
    [one], [other] = store.put([incoming()], first), store.put([incoming("Other", ordinal=1)], second)
    store.merge(other.id, one.id, "ann")
    undone(store, first)
    assert (store.get(one.id).state, store.get(one.id).record.title) == ("public", "Other")
    store.unmerge(other.id, "ann")
    assert (store.get(one.id).state, store.get(other.id).state) == ("withdrawn", "public")
    assert store.get(one.id).record.title == "A Plain Title"


def test_undoing_many_records_is_done_in_batches(store, incoming):
    run = store.start_run("add")
    store.put([incoming(f"Title {n}", ordinal=n) for n in range(1200)], run)
    outcomes, _ = undone(store, run)
    assert len(outcomes) == 1200
    assert set(outcomes.values()) == {"withdrawn"}
    assert store.count() == 0
    assert store.integrity() == ()


def test_edits_made_in_a_run_are_undone_with_it_and_later_decisions_stand(store, incoming):
    first, second, third = (one.id for one in store.put(
        [incoming(key=key, title=title, volume="1", page="3-9") for key, title in ("ax", "by", "cz")],
        store.start_run("add"),
    ))  # fmt: skip
    run = store.start_run("mend")
    for each in (first, second, third):
        assert store.edit(each, {"volume": "2", "citation_key": f"key{each}"}, "ann", "mended", 1, run).version == 2
    store.finish_run(run, {"changed": 3})
    store.edit(second, {"volume": "3"}, "bob")
    store.edit(third, {"page": "4-9"}, "bob")
    assert [(edit.field, edit.command) for edit in store.edits(third)] == [("page", ""), ("volume", "mend")]
    assert {revision.run for revision in store.history(first)} == {1, run}
    statuses, number = undone(store, run)
    assert statuses == dict.fromkeys((first, second, third), "changed")
    shown = [(store.get(each).record.volume, store.get(each).record.page) for each in (first, second, third)]
    assert shown == [("1", "3-9"), ("3", "3-9"), ("1", "4-9")]
    undone(store, number)
    assert [store.get(each).record.volume for each in (first, second, third)] == ["2", "3", "2"]


def test_an_edit_in_a_run_of_an_older_version_is_refused(store, record):
    run = store.start_run("mend")
    store.edit(record, {"volume": "2"}, "ann")
    with pytest.raises(Conflict):
        store.edit(record, {"volume": "3"}, "bob", version=1, run=run)
    with pytest.raises(BadInput, match="left to undo"):
        store.begin_undoing(run, "ann")


def test_what_a_run_did_is_found_without_looking_at_every_record(tmp_path, incoming):
    store = open_store(f"sqlite:///{tmp_path / 'a.db'}", create=True)  # PostgreSQL looks at all of a small table
    run = store.start_run("add")
    [made] = store.put([incoming(volume="1", document="d2")], run)
    engine, asked = store._database.engine, []

    def note(connection, cursor, statement, parameters, context, executemany):
        asked.append((statement, parameters))

    sa.event.listen(engine, "before_cursor_execute", note)
    assert store.left_to_undo(run, 5) == [made.id]
    undone(store, run)
    sa.event.remove(engine, "before_cursor_execute", note)
    by_run = [one for one in asked if "run =" in one[0] and one[0].startswith(("SELECT", "UPDATE"))]
    assert len(by_run) > 5
    with engine.connect() as connection:
        plans = [connection.exec_driver_sql(f"explain query plan {text}", given).all() for text, given in by_run]
    steps = [(text, step[3]) for (text, _), plan in zip(by_run, plans, strict=True) for step in plan]
    assert [one for one in steps if one[1].startswith("SCAN")] == []
    store.close()
