"""Verdicts on pairs: no machine overrules them, and they can be taken back."""

import pytest

from litbase.errors import BadInput, Conflict, NotFound
from litbase.record.notices import notice
from litbase.store import Link, Suspects
from litbase.store.values import with_links

WHY = (notice("match-title"),)


@pytest.fixture
def linked(store, incoming):
    """Two readings of a batch, the second linked to the first as the same work; and the ids they got."""
    batch = [incoming("One"), incoming("Other", ordinal=1, links=(Link(0, "same", WHY, 0.97),))]
    ids = tuple(outcome.id for outcome in store.put(batch, store.start_run("add")))
    return batch, ids


def relations(store, record_id):
    return [(link.other_id, link.relation, link.source) for link in store.links(record_id)]


def test_a_pair_set_apart_has_no_link_whatever_is_added_again(store, linked):
    batch, (one, other) = linked
    assert relations(store, one) == [(other, "same", "machine")]
    assert store.suspects(9) == [Suspects(one, other, "same", 0.97)]
    store.judge(one, other, "different", "ann", "two conferences")
    for _ in range(2):
        assert (store.links(one), store.links(other), store.suspects(9)) == ((), (), [])
        store.put([*batch, *batch], store.start_run("add"))
    verdict = store.verdicts([other])[other, one]
    assert (verdict.verdict, verdict.who, verdict.why) == ("different", "ann", "two conferences")


@pytest.mark.parametrize(
    ("verdict", "back"),
    [("same", "same"), ("version", "version"), ("related", "related"), ("part-of", "has-part")],
)
def test_a_verdict_is_a_link_by_a_person_seen_from_both_sides(store, linked, verdict, back):
    _, (one, other) = linked
    store.judge(one, other, verdict, "ann", "seen both")
    assert relations(store, one) == [(other, verdict, "person")]
    assert relations(store, other) == [(one, back, "person")]
    reasons = store.links(one)[0].reasons
    assert reasons == (notice("judged-why", who="ann", why="seen both"), *WHY)
    assert (store.suspects(9), store.suspects_count()) == ([], 0)
    assert [store.history(i)[-1].kind for i in (one, other)] == [f"judged-{verdict}", f"judged-{back}"]
    assert [store.history(i)[-1].other for i in (one, other)] == [other, one]


def test_a_later_verdict_stands_and_undoing_it_brings_back_the_earlier(store, linked):
    _, (one, other) = linked
    store.judge(one, other, "different", "ann")
    store.judge(other, one, "part-of", "bob")
    assert relations(store, one) == [(other, "has-part", "person")]
    assert store.judge(one, other, "part-of", "ann").status == "changed"
    assert store.judge(one, other, "part-of", "ann").status == "same"
    for side, expected in ((one, [(other, "has-part", "person")]), (other, []), (one, [(other, "same", "machine")])):
        store.undo(side, "eve")
        assert relations(store, one) == expected
    assert store.suspects_count() == 1
    with pytest.raises(BadInput):
        store.undo(one, "eve")


def test_a_verdict_holds_for_what_is_merged_into_either(store, linked, incoming):
    _, (one, other) = linked
    [third] = store.put([incoming("Third", ordinal=2, links=(Link(other, "version"),))], 2)
    store.judge(one, other, "different", "ann")
    store.merge(other, third.id, "ann")
    assert (relations(store, one), relations(store, third.id)) == ([], [])
    store.put([incoming("Third", ordinal=2, volume="2", document="d2", links=(Link(one, "same"),))], 3)
    assert (relations(store, one), store.suspects(9)) == ([], [])
    store.merge(third.id, one, "ann")  # a later decision, though it says otherwise
    assert store.get(one).state == "public"
    store.undo(one, "ann")
    assert relations(store, one) == []


def test_what_cannot_be_judged_is_refused(store, linked, incoming):
    _, (one, other) = linked
    with pytest.raises(BadInput, match="not maybe"):
        store.judge(one, other, "maybe", "ann")
    with pytest.raises(BadInput):
        store.judge(one, one.upper(), "same", "ann")
    with pytest.raises(NotFound):
        store.judge(one, "nobody", "same", "ann")
    with pytest.raises(Conflict):
        store.judge(one, other, "same", "ann", seen={other: 7})
    [third] = store.put([incoming("Third", ordinal=2)], 2)
    store.merge(other, third.id, "ann")
    with pytest.raises(Conflict):
        store.judge(one, other, "same", "ann")
    assert store.verdicts([one, other, third.id]) == {}


def test_suspects_are_the_likely_pairs_of_shown_records_the_most_likely_first(store, incoming):
    titles = ("Book", "Near", "Far", "Same", "Version", "Part", "Draft", "Gone")
    links = {
        "Near": Link(0, "related", WHY, 0.9), "Far": Link(0, "related", WHY, 0.85),
        "Same": Link(0, "same", WHY, 0.96), "Version": Link(0, "version", WHY, 0.99),
        "Part": Link(0, "part-of", WHY, 1.0), "Draft": Link(0, "same", WHY, 0.99), "Gone": Link(0, "same", WHY, 1.0),
    }  # fmt: skip
    batch = [incoming(t, ordinal=n, links=(links[t],) if n else ()) for n, t in enumerate(titles)]
    ids = dict(zip(titles, [outcome.id for outcome in store.put(batch, 1)], strict=True))
    store.set_state(ids["Draft"], "draft", "ann")
    store.set_state(ids["Gone"], "withdrawn", "ann")
    order = ["Draft", "Same", "Version", "Near"]
    expected = [tuple(sorted((ids["Book"], ids[title]))) for title in order]
    assert [(s.one, s.other) for s in store.suspects(9)] == expected
    assert [(s.one, s.other) for n in range(4) for s in store.suspects(1, n)] == expected
    assert store.suspects_count() == 4
    store.merge(ids["Near"], ids["Book"], "ann")
    store.merge(ids["Same"], ids["Version"], "ann")
    assert [(s.relation, s.score) for s in store.suspects(9)] == [("same", 0.99), ("same", 0.99)]


def test_a_link_without_a_score_gets_that_of_its_records(store, incoming):
    batch = [incoming("Learning to Teach", key="a"), incoming("Learning to teach", key="b", ordinal=1,
                                                              links=(Link(0, "same", WHY),))]  # fmt: skip
    one, other = store.put(batch, 1)
    assert store.links(one.id)[0].score == store.suspects(1)[0].score == 1.0
    assert one.id != other.id


def test_who_cites_whom_is_a_link_beside_the_likeness_and_no_verdict_touches_it(store, linked):
    batch, (one, other) = linked
    store.put([batch[0], incoming_with(batch[1], Link(one, "cites", WHY))], 2)
    both = [(other, "same", "machine"), (other, "cited-by", "machine")]
    assert sorted(relations(store, one)) == sorted(both)
    store.put([incoming_with(batch[0], Link(other, "cites", WHY))], 3)
    assert (other, "cites", "machine") in relations(store, one)
    store.judge(one, other, "different", "ann")
    assert {relation for _, relation, _ in relations(store, one)} == {"cites", "cited-by"}
    assert store.suspects(9) == []


def incoming_with(incoming, *links):
    return with_links(incoming, (*incoming.links, *links))
