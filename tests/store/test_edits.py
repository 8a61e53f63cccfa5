"""What people decide: edits, keys, withdrawing and merging, and what is refused."""

import pytest

from litbase.errors import BadInput, Conflict, InvalidRecord, NotFound
from litbase.record.dates import PartialDate
from litbase.record.names import Name
from litbase.store import Found, Link, MovedTo, Withdrawn


def test_an_edit_wins_leaves_history_and_is_contradicted(store, incoming):
    [one] = store.put([incoming(volume="1", page="3-9")], 1)
    edited = store.edit(one.id, {"volume": "2", "page": None}, "ann", "misprint", version=1)
    assert (edited.status, edited.version) == ("changed", 2)
    record = store.get(one.id).record
    assert (record.volume, record.page) == ("2", "")
    assert [(edit.field, edit.value, edit.who) for edit in store.edits(one.id)] == [
        ("page", None, "ann"),
        ("volume", "2", "ann"),
    ]
    assert store.problems(one.id) == ()
    assert store.put([incoming(volume="5", page="3-9", document="d2")], 1)[0].status == "same"
    assert [problem.field for problem in store.problems(one.id)] == ["volume"]
    first, second = store.history(one.id)
    assert (first.before, first.kind, second.kind, second.who, second.why) == (
        None,
        "import",
        "edit",
        "ann",
        "misprint",
    )
    assert (second.before.volume, second.after.volume) == ("1", "2")
    assert store.provenance(one.id)["volume"] == "edit"
    assert store.release(one.id, ["volume"], "ann").status == "changed"
    assert store.get(one.id).record.volume == "5"
    assert [edit.field for edit in store.edits(one.id)] == ["page"]


def test_an_edit_of_structured_values_comes_back(store, incoming):
    [one] = store.put([incoming()], 1)
    author, issued = (Name(family="Müller", given="Eva"),), PartialDate(year=2020, month=21)
    store.edit(one.id, {"author": author, "issued": issued, "peer_reviewed": False}, "ann")
    store.put([incoming(volume="9", document="d2")], 1)
    record = store.get(one.id).record
    assert (record.author, record.issued, record.peer_reviewed, record.volume) == (author, issued, False, "9")


def test_an_edit_that_changes_nothing_is_the_same(store, incoming):
    [one] = store.put([incoming()], 1)
    mark = store.mark()
    assert store.edit(one.id, {"title": "A Plain Title", "volume": ""}, "ann").status == "same"
    assert store.mark() == mark


@pytest.mark.parametrize(
    "changes",
    [{"id": "x"}, {"collection": ("x",)}, {"nonsense": "x"}, {"title": 3}, {"issued": "2019"}, {"citation_key": "a b"},
     {"citation_key": "taken"}],
    ids=str,
)  # fmt: skip
def test_what_cannot_be_edited_is_refused_and_nothing_changes(store, incoming, changes):
    [one, _] = store.put([incoming(), incoming("Other", citation_key="taken", ordinal=1)], 1)
    with pytest.raises(InvalidRecord):
        store.edit(one.id, {"volume": "5", **changes}, "ann")
    assert store.get(one.id).version == 1


def test_an_edit_of_an_old_copy_is_a_conflict(store, incoming):
    [one] = store.put([incoming()], 1)
    store.edit(one.id, {"volume": "2"}, "ann", version=1)
    with pytest.raises(Conflict) as caught:
        store.edit(one.id, {"volume": "3"}, "bob", version=1)
    assert caught.value.current == 2
    with pytest.raises(NotFound):
        store.edit("nobody", {"volume": "3"}, "bob")


def test_an_edited_citation_key_leaves_the_old_one_as_an_alias(store, incoming):
    [one] = store.put([incoming()], 1)
    for key in ("new-key", "doe2019plain", "new-key", "NEW-key"):
        assert store.edit(one.id, {"citation_key": key}, "ann").status == "changed"
        assert store.get(one.id).record.citation_key == key
        assert store.resolve_key("doe2019plain") == store.resolve_key("new-key") == one.id
    [other] = store.put([incoming("A Plain Thing")], 1)
    assert store.get(other.id).record.citation_key == "doe2019plaina"


def test_a_withdrawn_record_says_so_and_does_not_come_back_by_itself(store, incoming):
    [one] = store.put([incoming()], 1)
    change = store.mark()[2]
    store.set_state(one.id, "withdrawn", "ann", "a duplicate", version=1)
    assert store.resolve(one.id) == Withdrawn(one.id, "A Plain Title", "a duplicate")
    assert store.changes(change) == [(change + 1, one.id)]
    assert (store.count(), store.scan(), store.recent(9)) == (0, [], [])
    assert [stored.id for stored in store.scan(state="")] == [one.id]
    [again] = store.put([incoming(volume="2", document="d2")], 1)
    assert (again.status, again.id, store.get(one.id).state) == ("changed", one.id, "withdrawn")
    store.set_state(one.id, "public", "ann")
    assert isinstance(store.resolve(one.id), Found)
    assert [revision.kind for revision in store.history(one.id)] == ["import", "withdrawn", "import", "public"]
    with pytest.raises(BadInput):
        store.set_state(one.id, "merged", "ann")


def test_a_merged_record_gives_its_readings_and_names_to_the_other(store, incoming):
    one, other = store.put([incoming(abstract="Mine"), incoming("Other", volume="4", doi="10.1000/b", ordinal=1)], 1)
    third = store.put([incoming("Third", key="third", ordinal=2, links=(Link(other.id, "version"),))], 1)[0]
    merged = store.merge(other.id, one.id, "ann", "the same", seen={other.id: 1})
    assert (merged.id, store.resolve(other.id), store.resolve_key("doe2019other")) == (one.id, MovedTo(one.id), one.id)
    record = store.get(one.id).record
    assert (record.volume, record.abstract, store.find("doi", "10.1000/B")) == ("4", "Mine", (one.id,))
    [again] = store.put([incoming("Other", issue="2", document="d2")], 1)
    assert (again.id, store.get(one.id).record.issue) == (one.id, "2")
    assert [link.other_id for link in store.links(third.id)] == [one.id]
    with pytest.raises(Conflict):
        store.edit(other.id, {"volume": "1"}, "ann")
    with pytest.raises(BadInput):
        store.merge(one.id, one.id, "ann")
    store.merge(one.id, third.id, "ann")
    assert store.resolve(other.id) == store.resolve(one.id) == MovedTo(third.id)
