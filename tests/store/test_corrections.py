"""A correction that is accepted: the change and the decision, or neither."""

import pytest

from litbase.errors import Conflict


def test_accepting_changes_the_record_and_decides_the_correction_together(store, incoming):
    [one] = store.put([incoming()], 1)
    nr = store.corrections.send(one.id, 1, {"volume": "7"}, "", "Rae", "")
    outcome = store.accept(nr, one.id, {"volume": "7"}, "Ann", "correction 1", "seen", 1)
    assert (outcome.status, outcome.version, store.get(one.id).record.volume) == ("changed", 2, "7")
    decided = store.corrections.get(nr)
    assert (decided.state, decided.who, decided.why) == ("accepted", "Ann", "seen")
    assert [row.action for row in store.audit.page(3)] == ["correction-accepted", "edit", "correction-sent"]


def test_what_somebody_else_declined_meanwhile_changes_nothing(store, incoming):
    [one] = store.put([incoming()], 1)
    nr = store.corrections.send(one.id, 1, {"volume": "7"}, "", "Rae", "")
    store.corrections.decide(nr, "declined", "Bob")
    before, log = store.get(one.id), store.audit.head()
    with pytest.raises(Conflict, match="Bob has declined"):
        store.accept(nr, one.id, {"volume": "7"}, "Ann", "correction 1", "", 1)
    assert (store.get(one.id), store.audit.head()) == (before, log)
    assert store.corrections.get(nr).state == "declined"


def test_a_record_that_moved_on_leaves_the_correction_waiting(store, incoming):
    [one] = store.put([incoming()], 1)
    nr = store.corrections.send(one.id, 1, {"volume": "7"}, "", "Rae", "")
    store.edit(one.id, {"volume": "8"}, who="Bob")
    with pytest.raises(Conflict):
        store.accept(nr, one.id, {"volume": "7"}, "Ann", "correction 1", "", 1)
    assert (store.corrections.get(nr).state, store.get(one.id).record.volume) == ("waiting", "8")
