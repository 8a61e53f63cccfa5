"""Merging and unmerging: nothing is lost, each gets back its own, and later changes stay where they were made."""

import pytest

from litbase.errors import BadInput, Conflict, InvalidRecord, NotFound
from litbase.record.match import block_keys
from litbase.record.notices import notice
from litbase.store import Found, Link, MovedTo, Withdrawn


@pytest.fixture
def pair(store, incoming):
    """Two records of one article: from ERIC, with an edit, and from a catalogue, with others."""
    one, other = store.put(
        [
            incoming("Learning to Teach", eric="EJ100001", volume="7", page="1-9", doi="10.1000/a", key="e"),
            incoming(
                "Learning to teach: a study", volume="8", abstract="Copied", doi="10.1000/b", rank=60,
                source="vufind", key="v", document="d2", citation_key="vu:1",
            ),
        ],
        store.start_run("add"),
    )  # fmt: skip
    store.edit(one.id, {"page": "1-10"}, "ann", "misprint")
    store.edit(other.id, {"issue": "3", "page": "2-10"}, "bob", "from the cover")
    return one.id, other.id


def state(store, *ids):
    """All that is known of the records, but for versions, instants and history."""
    found = {}
    for record_id in ids:
        stored = store.get(record_id)
        found[record_id] = (
            stored.state, stored.reason, stored.merged_into, stored.created_at, stored.record,
            store.readings(record_id), store.edits(record_id), store.links(record_id), store.provenance(record_id),
            store.resolve_key(stored.record.citation_key), store.candidates(block_keys(stored.record)),
            [store.find(scheme, value) for scheme, value in (("doi", "10.1000/a"), ("doi", "10.1000/b"))],
        )  # fmt: skip
    return found


def test_the_one_that_stays_is_composed_of_both_by_rank_and_by_what_people_decided(store, pair):
    one, other = pair
    store.merge(other, one, "eve", "twice")
    record = store.get(one).record
    assert (record.title, record.volume) == ("Learning to Teach", "7")  # ERIC is trusted more than the catalogue
    assert record.abstract == "Copied"  # only the catalogue has one
    assert (record.page, record.issue) == ("1-10", "3")  # its own decision first, then that of the other
    assert record.collection == ("eric", "vufind")
    assert [(edit.field, edit.who) for edit in store.edits(one)] == [("issue", "bob"), ("page", "ann")]
    assert store.provenance(one)["abstract"] == "vufind"
    assert [stored.id for stored in store.merged_into(one)] == [other]


def test_a_person_chooses_a_value_and_the_choice_is_an_edit(store, pair):
    one, other = pair
    store.merge(other, one, "eve", "twice", choices={"volume": "8", "abstract": None})
    assert (store.get(one).record.volume, store.get(one).record.abstract) == ("8", "")
    chosen = {edit.field: (edit.value, edit.who, edit.why) for edit in store.edits(one)}
    assert chosen["volume"] == ("8", "eve", "twice")
    assert chosen["abstract"] == (None, "eve", "twice")
    store.unmerge(other, "eve")
    assert (store.get(one).record.volume, store.get(other).record.abstract) == ("7", "Copied")


def test_names_of_the_merged_one_lead_to_the_other(store, pair):
    one, other = pair
    key = store.get(other).record.citation_key
    store.edit(other, {"citation_key": "newer"}, "ann")
    store.merge(other, one, "eve")
    assert store.resolve(other.upper()) == MovedTo(one)
    assert [store.resolve_key(name) for name in (key, "NEWER", "vu:1")] == [one] * 3
    assert store.find("doi", "10.1000/B") == store.find("doi", "10.1000/a") == (one,)
    assert one in store.candidates(block_keys(store.get(other).record)).popitem()[1]


def test_links_of_the_merged_one_are_those_of_the_other(store, pair, incoming):
    one, other = pair
    [third, fourth] = store.put(
        [
            incoming("Third", ordinal=2, links=(Link(other, "version", (notice("match-title"),)),)),
            incoming("Fourth", ordinal=3, links=(Link(other, "related"), Link(one, "part-of"))),
        ],
        2,
    )
    store.merge(other, one, "eve")
    assert [(link.other_id, link.relation) for link in store.links(third.id)] == [(one, "version")]
    assert {link.other_id: link.relation for link in store.links(one)} == {third.id: "version", fourth.id: "has-part"}
    assert [link.relation for link in store.links(fourth.id)] == ["part-of"]  # the stronger of the two
    store.unmerge(other, "eve")
    assert {link.other_id: link.relation for link in store.links(other)} == {third.id: "version", fourth.id: "related"}


def test_unmerging_restores_both_exactly(store, pair, incoming):
    one, other = pair
    store.put([incoming("Third", ordinal=2, links=(Link(other, "same"), Link(one, "related")))], 2)
    store.set_state(other, "draft", "ann", "to be checked")
    before, versions = state(store, one, other), [store.get(i).version for i in pair]
    store.merge(other, one, "eve", "twice", choices={"volume": "9"})
    assert state(store, one) != before
    outcome = store.unmerge(other, "eve", "not the same")
    assert (outcome.id, outcome.status) == (other, "changed")
    assert state(store, one, other) == before
    assert [store.get(i).version for i in pair] == [version + 2 for version in versions]
    for record_id in pair:
        merged, unmerged = store.history(record_id)[-2:]
        beside = other if record_id == one else one
        assert [(r.kind, r.other, r.who, r.undone) for r in (merged, unmerged)] == [
            ("merged", beside, "eve", unmerged.version),
            ("unmerged", beside, "eve", 0),
        ]
    assert store.integrity() == ()


def test_what_changed_since_the_merge_stays(store, pair, incoming):
    """A later edit stays with the record it was made on; a later reading goes where its document belongs."""
    one, other = pair
    store.merge(other, one, "eve", choices={"volume": "8"})
    store.edit(one, {"publisher": "Later", "volume": "88"}, "fay")
    store.put(
        [
            incoming("Learning to teach: a study", source="vufind", key="v", document="d3", rank=60, number="N1"),
            incoming("Learning to Teach", key="e", document="d4", note="again"),
            incoming("Learning to teach: a study", source="bibtex", key="b", document="d5", rank=65, doi="10.1000/b",
                     edition="2"),
            incoming("Learning to Teach", source="crossref", key="c", document="d6", rank=90, doi="10.1000/a",
                     section="S"),
        ],
        2,
    )  # fmt: skip
    assert store.count() == 1
    record = store.get(one).record
    assert (record.number, record.note, record.edition, record.section) == ("N1", "again", "2", "S")
    store.unmerge(other, "eve")
    mine, theirs = store.get(one).record, store.get(other).record
    assert (mine.publisher, mine.volume, mine.note, mine.section) == ("Later", "88", "again", "S")
    assert (mine.number, mine.edition, mine.abstract) == ("", "", "")
    assert (theirs.number, theirs.edition, theirs.abstract, theirs.issue) == ("N1", "2", "Copied", "3")
    assert (theirs.publisher, theirs.section) == ("", "")
    assert store.find("doi", "10.1000/b") == (other,)


def test_a_chain_can_be_undone_from_either_end(store, incoming):
    ids = [
        o.id for o in store.put([incoming(f"Title {n}", ordinal=n, volume=str(n), rank=50 + n) for n in range(3)], 1)
    ]
    first, second, third = ids
    before = state(store, *ids)
    for order in ((first, second), (second, first)):
        store.merge(first, second, "ann")
        store.merge(second, third, "ann")
        assert store.resolve(first) == store.resolve(second) == MovedTo(third)
        assert store.get(third).record.volume == "2"
        store.unmerge(order[0], "ann")
        assert isinstance(store.resolve(order[0]), Found)
        assert order[0] == first or store.resolve(first) == MovedTo(second)
        assert (store.get(second).record.volume, store.get(first).record.volume) == ("1", "0")
        store.unmerge(order[1], "ann")
        assert state(store, *ids) == before


def test_several_go_into_one_in_one_step(store, incoming):
    ids = [o.id for o in store.put([incoming(f"Title {n}", ordinal=n) for n in range(3)], 1)]
    before = state(store, *ids)
    outcome = store.merge(ids[:2], ids[2], "ann", choices={"volume": "5"})
    assert (outcome.version, store.get(ids[2]).record.volume) == (3, "5")
    with pytest.raises(Conflict):
        store.merge([ids[0]], ids[2], "ann")
    store.undo(ids[2], "ann")
    store.undo(ids[2], "ann")
    assert state(store, *ids) == before


def test_a_merge_that_fails_leaves_nothing(store, pair, incoming):
    one, other = pair
    [third] = store.put([incoming("Third", ordinal=2)], 1)
    before = (state(store, one, other, third.id), store.mark())
    refused = [
        (BadInput, [third.id, one], {}, {}),
        (NotFound, [third.id, "nobody"], {}, {}),
        (Conflict, [third.id, other], {}, {other: 1}),
        (Conflict, [third.id], {}, {one: 1}),
        (InvalidRecord, [third.id], {"nonsense": "x"}, {}),
        (InvalidRecord, [third.id], {"citation_key": "x"}, {}),
    ]
    for error, ids, choices, seen in refused:
        with pytest.raises(error):
            store.merge(ids, one, "eve", choices=choices, seen=seen)
    store.set_state(third.id, "withdrawn", "ann")
    with pytest.raises(Conflict, match="withdrawn"):
        store.merge(one, third.id, "eve")
    store.undo(third.id, "ann")
    with pytest.raises(Conflict, match="not merged"):
        store.unmerge(one, "eve")
    assert state(store, one, other, third.id) == before[0]


def test_a_withdrawn_record_may_go_into_another_and_is_withdrawn_again_afterwards(store, pair):
    one, other = pair
    store.set_state(other, "withdrawn", "ann", "a copy")
    store.merge(other, one, "eve")
    assert store.resolve(other) == MovedTo(one)
    store.unmerge(other, "eve")
    assert store.resolve(other) == Withdrawn(other, "Learning to teach: a study", "a copy")


def test_a_decision_of_the_merged_one_can_be_given_back_to_the_sources(store, pair):
    one, other = pair
    store.merge(other, one, "eve")
    store.release(one, ["issue"], "fay")
    assert (store.get(one).record.issue, [edit.field for edit in store.edits(one)]) == ("", ["page"])
    store.release(one, ["page"], "fay")
    assert store.get(one).record.page == "1-9"
    store.unmerge(other, "eve")
    assert (store.get(other).record.issue, store.get(one).record.page) == ("3", "1-9")


def test_the_change_feed_names_both(store, pair):
    one, other = pair
    for act in (lambda: store.merge(other, one, "eve"), lambda: store.unmerge(other, "eve")):
        since = store.mark()[2]
        act()
        assert {record_id for _, record_id in store.changes(since)} == {one, other}


def test_a_proposal_is_what_the_merge_then_makes_with_reasons(store, pair):
    one, other = pair
    [proposal] = store.proposals([(other, one), (one, "nobody")])
    assert (proposal.one.id, proposal.other.id, proposal.into) == (other, one, one)
    stands = {field: (standing.id, standing.why.code) for field, standing in proposal.standing.items()}
    assert stands == {
        "title": (one, "stands-trusted"),
        "doi": (one, "stands-trusted"),
        "volume": (one, "stands-trusted"),
        "abstract": (other, "stands-alone"),
        "eric": (one, "stands-alone"),
        "page": (one, "stands-decided"),
        "issue": (other, "stands-decided"),
    }
    store.merge(other, one, "eve")
    assert store.get(one).record == proposal.record


def test_a_proposal_into_the_other_one_is_possible_too(store, pair):
    one, other = pair
    [proposal] = store.proposals([pair], into=other)
    assert (proposal.into, proposal.record.page) == (other, "2-10")
    store.merge(one, other, "eve")
    assert store.get(other).record == proposal.record
