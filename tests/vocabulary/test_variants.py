"""What decisions about forms of names come to: one heading for each, whatever was decided, in whatever order."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litbase.vocabulary.thesaurus import Entry, Thesaurus
from litbase.vocabulary.variants import (
    ALONE,
    DIFFERENT,
    KINDS,
    SAME,
    Apart,
    Decision,
    changed,
    filed,
    variants_of,
)

FORMS = "abcdef"
decisions = st.lists(
    st.builds(
        Decision, st.just("author"), st.sampled_from(FORMS), st.sampled_from(FORMS), st.sampled_from((SAME, DIFFERENT))
    ),
    max_size=12,
)


def made(*said: str):
    """made("a>b", "a/b") joins a into b, then sets them apart."""
    return variants_of(Decision("author", one[0], one[2], SAME if one[1] == ">" else DIFFERENT) for one in said)


CASES = {
    "nothing": ((), {}),
    "a join": (("a>b",), {"a": "b"}),
    "a chain": (("a>b", "b>c"), {"a": "c", "b": "c"}),
    "a chain begun at its end": (("b>c", "a>b"), {"a": "c", "b": "c"}),
    "turned round: the later one counts": (("a>b", "b>a"), {"b": "a"}),
    "a circle ends where it was closed": (("a>b", "b>c", "c>a"), {"b": "a", "c": "a"}),
    "one form into two: all are one, found under the later": (("a>b", "a>c"), {"a": "c", "b": "c"}),
    "joined and set apart": (("a>b", "a/b"), {}),
    "set apart and joined after all": (("a/b", "a>b"), {"a": "b"}),
    "one of two set apart joins a third": (("a>b", "a/b", "b>c"), {"b": "c"}),
    "a third that would join what is apart: the earlier join gives way": (("a>c", "a/b", "b>c"), {"b": "c"}),
    "taken out of a group": (("a>c", "b>c", "a/c"), {"b": "c"}),
    "a form and itself": (("a>a", "a/a"), {}),
}


@pytest.mark.parametrize("name", CASES)
def test_decisions_come_to(name):
    said, expected = CASES[name]
    assert made(*said).preferred.get("author", {}) == expected


@given(decisions)
def test_looking_twice_changes_nothing_and_groups_hold_each_other(some):
    found = variants_of(some)
    for form in FORMS:
        preferred = found.of("author", form)
        assert found.of("author", preferred) == preferred
        group = found.group("author", form)
        assert group[0] == preferred
        assert form in group
        assert {found.group("author", other) for other in group} == {group}


@given(decisions)
def test_what_was_set_apart_last_is_never_in_one_group(some):
    found = variants_of(some)
    last = {frozenset((one.form, one.preferred)): one.verdict for one in some}
    for pair, verdict in last.items():
        if verdict == DIFFERENT and len(pair) == 2:
            one, other = sorted(pair)
            assert found.of("author", one) != found.of("author", other)
            assert found.apart("author", [one], [other]) == Apart(one, other)


@given(decisions)
def test_deciding_everything_again_changes_nothing(some):
    assert variants_of([*some, *some]) == variants_of(some)


@given(st.dictionaries(st.sampled_from(FORMS), st.sampled_from(FORMS), max_size=4).filter(bool))
def test_joins_that_do_not_contradict_each_other_may_come_in_any_order(leads):
    def ends(form, seen=()):
        return form not in leads or (form not in seen and ends(leads[form], (*seen, form)))

    joins = [Decision("author", form, into) for form, into in leads.items() if ends(form)]
    outcomes = [variants_of(order) for order in permutations(joins)]
    assert all(outcome.preferred == outcomes[0].preferred for outcome in outcomes)


@given(decisions, decisions)
def test_what_changes_is_just_what_is_found_elsewhere(before, more):
    one, other = variants_of(before), variants_of([*before, *more])
    told = {form: was for _, form, was in changed(one, other)}
    for form in FORMS:
        moved = one.of("author", form) != other.of("author", form)
        assert (form in told) is moved
        assert not moved or told[form] == one.of("author", form)


def test_kinds_keep_to_themselves():
    found = variants_of([Decision("author", "a", "b"), Decision("source", "a", "c")])
    assert (found.of("author", "a"), found.of("source", "a"), found.of("publisher", "a")) == ("b", "c", "a")
    assert bool(found)
    assert not ALONE
    assert "author" in KINDS


def test_what_stands_changes_with_what_is_decided_on_the_forms_and_nothing_else():
    before = made("a>b", "c>d")
    assert before.standing("author", ["a"]) == before.standing("author", ["b"])
    assert made("a>b", "c>d", "e>d").standing("author", ["a"]) == before.standing("author", ["a"])
    assert made("a>b", "c>d", "e>b").standing("author", ["a"]) != before.standing("author", ["a"])
    assert made("a>b", "c>d", "e/b").standing("author", ["a"]) != before.standing("author", ["a"])


def test_a_joined_form_is_recognised_by_its_words():
    found = variants_of([Decision("author", "Özgür, A.-M.", "Özgür, Ayşe")])
    assert found.spelled("author", "ozgur a m") == ("Özgür, Ayşe",)
    assert found.spelled("author", "Özgür, Ayşe") == ()


def test_ten_thousand_forms_of_one_are_one():
    found = variants_of(Decision("source", f"form {n}", "form 0") for n in range(1, 10_000))
    assert len(found.joined("source", "form 0")) == 9_999


THESAURUS = Thesaurus((Entry("Teaching Methods", ("Teaching Styles",)), Entry("Learning")))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Teaching Methods", "Teaching Methods"),
        ("teaching-techniques", "Teaching Methods"),
        ("Teaching Styles", "Teaching Methods"),
        ("Learning", "Learning"),
        ("Unknown", "Unknown"),
    ],
)
def test_descriptors_are_filed_by_the_join_and_then_by_the_thesaurus(value, expected):
    joins = [
        ("teaching-techniques", "Teaching Styles"),
        ("Learning", "Unknown"),
    ]  # of which a descriptor takes no notice
    found = variants_of(Decision("descriptor", *pair) for pair in joins)
    assert filed("descriptor", value, found, THESAURUS) == (expected,)
