"""The audit log and the rest of the store: what was done and has no row shows, and nothing else does."""

import pytest

from litbase.store import open_store
from litbase.store.audit import AuditFault
from litbase.store.plain import HEADS, Line
from litbase.store.schema_people import audit

ID = "EJ1000001"


@pytest.fixture
def edited(store, incoming):
    """A store in which records were read, one was edited and withdrawn, two merged, and somebody signed in."""
    run = store.start_run("add", {"who": "Ann"})
    store.put([incoming("One", eric=ID), incoming("Two", eric="EJ1000002")], run, "Ann")
    store.finish_run(run, {"new": 2})
    account = store.accounts.add("Ann", "editor", "hash", "root")
    store.edit(ID, {"title": "Three"}, who="Ben", why='an odd "version":9, note')
    store.set_state("EJ1000002", "withdrawn", "Ann", "a copy")
    store.set_state("EJ1000002", "public", "Ann", "")
    store.merge("EJ1000002", ID, "Ann")
    store.undo(ID, "Ann")
    store.judge("EJ1000002", ID, "different", "Ann", "another year")
    store.accounts.open_session(account, "digest", "password", "", "")
    return store


def cut(store, nr):
    store._database.write(lambda c: c.execute(audit.delete().where(audit.c.nr >= nr)))


def last(store):
    return store.audit.head()[0]


def test_whatever_is_done_has_its_row(edited):
    assert edited.audit.verify().fault is None


def test_a_change_whose_row_was_the_last_and_is_cut_off_shows(edited):
    edited.edit(ID, {"title": "Four"}, who="Cid")
    nr = last(edited)
    cut(edited, nr)
    version = edited.get(ID).version
    fault = AuditFault(nr, f"it is missing: Cid changed {ID} (version {version}), and no row tells of it")
    assert edited.audit.verify().fault == fault


def test_a_sign_in_whose_row_is_cut_off_shows(edited):
    nr = last(edited)
    cut(edited, nr)
    seen = edited.accounts.get("Ann").seen_at
    fault = AuditFault(nr, f"it is missing: Ann signed in at {seen}, and no row tells of it")
    assert edited.audit.verify().fault == fault


def test_a_log_of_which_nothing_is_left_shows(edited):
    cut(edited, 1)
    assert edited.audit.verify().fault == AuditFault(
        1, "it is missing: there is an account Ann, and no row tells of it"
    )


def test_rows_written_after_others_were_cut_off_hide_nothing(edited):
    edited.edit(ID, {"title": "Four"}, who="Cid")
    cut(edited, last(edited))
    edited.edit(ID, {"title": "Five"}, who="Cid")
    fault = edited.audit.verify().fault
    assert fault is not None
    assert "Cid changed EJ1000001" in fault.what


def test_what_was_done_before_the_log_began_is_not_missed(edited):
    def as_if_older(connection):
        connection.exec_driver_sql("update revisions set at = '2020-01-01T00:00:00.000Z'")
        connection.exec_driver_sql("update accounts set seen_at = ''")
        connection.exec_driver_sql("delete from audit")

    edited._database.write(as_if_older)
    edited.audit.note("Ann", "refused", "users.show")
    assert edited.audit.verify().fault is None


def test_the_past_of_an_export_that_is_read_back_is_not_missed_and_who_read_it_is_told(edited, other_url):
    lines = [Line(text, "") for text in edited.plain.records()]
    heads = {name: [Line(text, "") for text in edited.plain.head(name)] for name in HEADS}
    other = open_store(other_url, create=True)
    other.accounts.add("Dan", "admin", "hash", "root")
    other.plain.read_back(heads, lambda: lines, "Dan")
    assert [(row.who, row.action, row.told) for row in other.audit.page(1)] == [("Dan", "read-back", {"records": 2})]
    assert other.audit.verify().fault is None
    other.edit(ID, {"title": "Six"}, who="Dan")
    cut(other, last(other))
    assert other.audit.verify().fault is not None
    other.close()
