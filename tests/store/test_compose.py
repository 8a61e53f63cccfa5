"""compose: edits over sources, sources by rank, presence over absence, stated over inferred."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litbase.record.dates import PartialDate
from litbase.record.names import Name
from litbase.record.record import ASSIGNED, Mark, Record, default_of, stated
from litbase.store.compose import Decision, Statement, compose, digest

words = st.sampled_from(["", "one", "two", "three"])
names = st.lists(st.sampled_from([Name(literal="A"), Name(literal="B")]), max_size=2).map(tuple)
INFERABLE = ["title", "container_title", "issued"]
record = st.builds(
    Record,
    title=words,
    container_title=words,
    volume=words,
    author=names,
    others=st.booleans(),
    descriptors=st.lists(words.filter(bool), max_size=2, unique=True).map(tuple),
    issued=st.none() | st.builds(PartialDate, year=st.integers(2000, 2003)),
    inferred=st.lists(st.sampled_from(INFERABLE), unique=True).map(tuple),
    peer_reviewed=st.none() | st.booleans(),
)
statement = st.builds(Statement, record, st.sampled_from(["eric", "vufind", "bibtex"]), st.integers(1, 4))
PLACED = {"others", "inferred", "marks"}
decision = st.dictionaries(st.sampled_from(["title", "volume"]), st.sampled_from([None, "edited"]), max_size=2)


def plain(fields):
    return {field for field in fields if field not in PLACED | ASSIGNED}


@given(st.lists(statement, max_size=4))
def test_absence_never_overrules_presence(statements):
    composed = compose(statements).record
    said = set().union(*(plain(stated(s.record)) for s in statements))
    assert plain(stated(composed)) == said


@given(st.lists(statement, max_size=4, unique_by=lambda s: s.rank), st.randoms(use_true_random=False))
def test_the_order_of_readings_with_distinct_ranks_does_not_matter(statements, random):
    shuffled = random.sample(statements, len(statements))
    assert compose(statements) == compose(shuffled)


@given(st.lists(statement, min_size=1, max_size=4))
def test_every_field_says_where_it_comes_from(statements):
    composed = compose(statements)
    assert set(composed.provenance) == set(stated(composed.record)) - {"marks", "inferred"}
    for field, source in composed.provenance.items():
        value = getattr(composed.record, field)
        assert any(s.source == source and getattr(s.record, field) == value for s in statements)


@given(st.lists(statement, max_size=4), decision)
def test_an_edit_wins_and_none_clears(statements, edits):
    composed = compose(statements, {field: Decision(value, "") for field, value in edits.items()})
    for field, value in edits.items():
        assert getattr(composed.record, field) == (value or default_of(field))
        assert composed.provenance[field] == "edit"
        assert field not in composed.record.inferred
    rest = compose(statements)
    for field in set(stated(rest.record)) - set(edits) - {"inferred"}:
        assert getattr(composed.record, field) == getattr(rest.record, field)


@given(st.lists(statement, max_size=4))
def test_composing_twice_changes_nothing(statements):
    once = compose(statements).record
    assert compose([Statement(once, "eric", 1)]).record == once


def said(source, rank, **fields):
    return Statement(Record(**fields), source, rank)


@pytest.mark.parametrize(
    ("statements", "title"),
    [
        ([said("eric", 70, title="A"), said("vufind", 60, title="B")], "A"),
        ([said("vufind", 60, title="B"), said("eric", 70, title="A")], "A"),
        ([said("eric", 70, title="old"), said("eric", 70, title="new")], "new"),
        ([said("eric", 70, title="guess", inferred=("title",)), said("vufind", 60, title="B")], "B"),
        ([said("eric", 70, title="guess", inferred=("title",)), said("vufind", 60)], "guess"),
        ([said("eric", 70), said("eric", 70, title="new"), said("eric", 70)], "new"),
    ],
)
def test_the_best_source_that_states_it_gives_the_title(statements, title):
    assert compose(statements).record.title == title


def test_an_inferred_value_that_wins_stays_inferred_and_an_edited_one_does_not():
    statements = [said("edweek", 50, issued=PartialDate(year=2015), inferred=("issued",))]
    assert compose(statements).record.inferred == ("issued",)
    decided = {"issued": Decision(PartialDate(year=2016), "")}
    assert compose(statements, decided).record.inferred == ()


def test_emphasis_and_further_authors_come_with_the_field_they_belong_to():
    low = said(
        "bibtex", 20, title="Some x", author=(Name(literal="A"),), others=True, marks=(Mark("title", 5, 6, "i"),)
    )
    high = said("eric", 70, title="Some y", author=(Name(literal="A"), Name(literal="B")))
    composed = compose([low, high]).record
    assert (composed.title, composed.others, composed.marks) == ("Some y", False, ())
    assert compose([low]).record.marks == (Mark("title", 5, 6, "i"),)
    assert compose([low], {"title": Decision("Edited", "")}).record.marks == ()
    assert compose([low], {"author": Decision((Name(literal="B"),), "")}).record.others is False


@pytest.mark.parametrize(
    ("theirs", "ours", "overruled", "contradicted"),
    [
        ("as seen", "mine", "as seen", False),
        ("as decided", "as decided", "as seen", False),
        ("something new", "mine", "as seen", True),
        ("something new", None, "as seen", True),
        ("", "mine", "as seen", False),
        ("something", "mine", "", True),
    ],
)
def test_a_source_contradicts_an_edit_only_with_news(theirs, ours, overruled, contradicted):
    found = compose([said("eric", 70, title=theirs)], {"title": Decision(ours, digest(overruled))}).contradictions
    assert bool(found) is contradicted
    if found:
        assert found[0].code == "edit-contradicted"
        assert dict(found[0].params) == {"source": "eric", "theirs": theirs, "ours": ours or "nothing"}
