"""The audit log: what people do stands in it, in the transaction of the deed, and nothing of it can be changed."""

import pytest

from litbase.store.audit import AuditFault, digest_of
from litbase.store.schema_people import audit

ID = "EJ1000001"
CHANGED = "it is not what was written"


@pytest.fixture
def edited(store, incoming):
    """A store in which somebody changed a record twice, and somebody else withdrew it."""
    run = store.start_run("add", {"who": "Ann"})
    store.put([incoming("One", eric="EJ1000001")], run, "Ann")
    store.finish_run(run, {"new": 1})
    with store.acting("192.0.2.7"):
        store.edit(ID, {"title": "Two"}, who="Ben", why="a slip")
        store.edit(ID, {"title": "Three"}, who="Ben")
    store.set_state(ID, "withdrawn", "Cid", "wrong")
    return store


def rows(store):
    return list(reversed(store.audit.page(100)))


def test_what_people_do_is_logged_in_order_with_who_whence_and_what(edited):
    told = [(row.nr, row.who, row.origin, row.action, row.subject) for row in rows(edited)]
    assert told == [
        (1, "Ann", "", "run-started", "1"),
        (2, "Ann", "", "run-finished", "1"),
        (3, "Ben", "192.0.2.7", "edit", ID),
        (4, "Ben", "192.0.2.7", "edit", ID),
        (5, "Cid", "", "withdrawn", ID),
    ]
    assert rows(edited)[2].detail == '{"version":2,"why":"a slip"}'


def test_a_row_has_the_hashes_of_the_record_before_and_after(edited):
    _, _, first, second, third = rows(edited)
    assert first.after == second.before != first.before
    assert second.after == third.before
    assert len(digest_of("")) == len(first.before) == 64


def test_a_change_that_fails_leaves_no_row(edited):
    with pytest.raises(Exception, match="version"):
        edited.edit(ID, {"title": "Four"}, who="Ben", version=1)
    assert len(rows(edited)) == 5


def test_what_a_rehearsal_did_is_not_logged(edited, incoming):
    with edited.rehearsal():
        edited.edit(ID, {"title": "Four"}, who="Ben")
    assert len(rows(edited)) == 5


def test_a_whole_log_is_found_good(edited):
    checked = edited.audit.verify()
    assert checked == (5, rows(edited)[-1].chain, None, 0)


TAMPERED = {
    "another person": (audit.update().where(audit.c.nr == 3).values(who="Ann"), AuditFault(3, CHANGED)),
    "another hash": (audit.update().where(audit.c.nr == 4).values(after=""), AuditFault(4, CHANGED)),
    "another chain": (audit.update().where(audit.c.nr == 2).values(chain="0" * 64), AuditFault(2, CHANGED)),
    "the first row gone": (audit.delete().where(audit.c.nr == 1), AuditFault(2, "row 1 is missing")),
    "a row gone": (audit.delete().where(audit.c.nr == 4), AuditFault(5, "row 4 is missing")),
    "a row gone and the rest moved up": (
        [audit.delete().where(audit.c.nr == 4), audit.update().where(audit.c.nr == 5).values(nr=4)],
        AuditFault(4, CHANGED),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("how", "fault"), TAMPERED.values(), ids=TAMPERED)
def test_what_was_tampered_with_is_found(edited, how, fault):
    for statement in how if isinstance(how, list) else [how]:
        edited._database.write(lambda c, statement=statement: c.execute(statement))
    assert edited.audit.verify().fault == fault


def test_what_changed_no_record_and_was_cut_off_at_the_end_shows_by_the_chain_noted_elsewhere(edited):
    edited.audit.note("", "sign-in-failed", "Ann")
    noted = edited.audit.verify().chain
    edited._database.write(lambda c: c.execute(audit.delete().where(audit.c.nr == 6)))
    checked = edited.audit.verify()
    assert checked.fault is None
    assert checked.rows == 5
    assert checked.chain != noted


def test_rows_can_be_asked_for_by_person_action_and_subject(edited):
    edited.audit.note("Ann", "exported", "all", records=2)
    assert [row.nr for row in edited.audit.page(2)] == [6, 5]
    assert [row.nr for row in edited.audit.page(10, 5)] == [4, 3, 2, 1]
    assert [row.nr for row in edited.audit.page(10, who="Ben")] == [4, 3]
    assert [row.nr for row in edited.audit.page(10, action="withdrawn")] == [5]
    assert [row.nr for row in edited.audit.page(10, subject=ID)] == [5, 4, 3]
    assert edited.audit.page(1)[0].detail == '{"records":2}'
