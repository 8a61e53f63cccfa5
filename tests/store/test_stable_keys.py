"""Citation keys: given once, unique whatever the case, never given again; a nasty case in full."""

import re

import pytest

from litbase.errors import BadInput
from litbase.formats.bibtex.write import dump
from litbase.record.dates import PartialDate
from litbase.record.names import Name
from litbase.store import open_store

FULLAN = (Name(family="Fullan", given="Michael"),)


@pytest.fixture
def fullan(store, incoming):
    """fullan(n) is the key of the nth work of Fullan of 2019 on nuance, added now."""

    def add(number):
        [outcome] = store.put([incoming("Nuance", key=f"f{number}", ordinal=number, author=FULLAN)], 1)
        return store.get(outcome.id)

    return add


def exported(store, *ids):
    """The keys of an export of the records, and its bytes."""
    text = "".join(dump(stored.record for stored in store.get_many(ids).values()))
    return re.findall(r"^@\w+\{([^,]+),", text, re.M), text.encode()


def test_case_13_keys_are_stable(store, incoming, fullan):
    """Export some, add a third, export again, delete one, export again; nothing that was given changes."""
    one, other = fullan(1), fullan(2)
    keys, subset = exported(store, other.id)
    assert keys == ["fullan2019nuancea"]
    both = exported(store, one.id, other.id)[1]
    third = fullan(3)
    assert exported(store, other.id)[1] == subset
    assert exported(store, one.id, other.id, third.id)[1].startswith(both)
    assert third.record.citation_key == "fullan2019nuanceb"
    store.set_state(other.id, "withdrawn", "ann", "twice")
    assert fullan(4).record.citation_key == "fullan2019nuancec"
    store.merge(third.id, one.id, "ann")
    assert fullan(5).record.citation_key == "fullan2019nuanced"
    assert exported(store, one.id)[0] == ["fullan2019nuance"]
    [shouted] = store.put([incoming("X", key="x", ordinal=9, author=FULLAN, citation_key="FULLAN2019Nuancea")], 1)
    assert store.get(shouted.id).record.citation_key == "fullan2019x"
    assert store.resolve_key("FULLAN2019NUANCEA") == other.id
    assert store.resolve_key("Fullan2019nuanceB") == one.id


def test_a_pattern_is_for_new_records_only_until_keys_are_renewed(url, incoming):
    store = open_store(url, create=True)
    first = store.start_run("add")
    [old] = store.put([incoming("Learning to Teach")], first)
    [kept] = store.put([incoming("Own Key", citation_key="mine", ordinal=1)], first)
    store.close()
    store = open_store(url, pattern="{Family}:{yy}{Title:2}")
    [new] = store.put([incoming("Practice in the Open", ordinal=2)], first)
    keys = [store.get(i.id).record.citation_key for i in (old, kept, new)]
    assert keys == ["doe2019learning", "mine", "Doe:19PracticeOpen"]
    run = store.start_run("keys")
    renewed = store.renew_keys([old.id, kept.id, new.id], run, "ann")
    assert [(change.id, change.before, change.key) for change in renewed] == [
        (old.id, "doe2019learning", "Doe:19LearningTeach"),
        (kept.id, "mine", "Doe:19OwnKey"),
    ]
    for change in renewed:
        assert store.resolve_key(change.before) == store.resolve_key(change.key.lower()) == change.id
        assert store.history(change.id)[-1].run == run
    assert store.renew_keys([old.id, kept.id, new.id], run, "ann") == []
    number = store.begin_undoing(run, "ann")
    assert {o.status for o in store.undo_run(number, "ann")} == {"changed"}
    assert [store.get(i.id).record.citation_key for i in (old, kept)] == keys[:2]
    again = store.renew_keys([old.id], 9, "ann")
    assert [change.key for change in again] == ["Doe:19LearningTeach"]  # its own from before
    store.close()


def test_renewed_keys_of_many_like_records_differ(store, incoming):
    outcomes = store.put([incoming(key=f"k{n}", ordinal=n, citation_key=f"own{n}") for n in range(60)], 1)
    renewed = store.renew_keys([outcome.id for outcome in outcomes], 2, "ann")
    keys = [change.key for change in renewed]
    assert (len(set(keys)), keys[:3]) == (60, ["doe2019plain", "doe2019plaina", "doe2019plainb"])
    assert all(store.resolve_key(f"own{n}") == outcome.id for n, outcome in enumerate(outcomes))


def test_a_pattern_with_the_id_names_the_id_that_was_given(url, incoming):
    store = open_store(url, create=True, pattern="{id}")
    ids = [outcome.id for outcome in store.put([incoming(key=f"k{n}", ordinal=n) for n in range(3)], 1)]
    assert [store.get(i).record.citation_key for i in ids] == ids
    store.close()


def test_a_pattern_that_is_none_opens_nothing(url):
    with pytest.raises(BadInput, match=r"no placeholder \{famly\}"):
        open_store(url, create=True, pattern="{famly}")


def test_a_key_taken_back_by_an_edit_is_made_by_the_pattern(store, incoming):
    [one] = store.put([incoming(issued=PartialDate(year=2001))], 1)
    store.edit(one.id, {"citation_key": "mine"}, "ann")
    store.edit(one.id, {"citation_key": None}, "ann")
    assert store.get(one.id).record.citation_key == "doe2001plain"
