"""Suggestions: what typed letters list, and what choosing a line asks."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litbase.library.finding import count
from litbase.library.offering import offers
from litbase.library.spelling import did_you_mean
from litbase.library.suggesting import LINES, endings, suggestions
from litbase.query.state import SearchState
from tests.amount import amount
from tests.library.small import RECORDS, first_letters


def told(library, text):
    return [(one.kind, one.value) for one in suggestions(library, text)]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("commun", ("descriptor", "Communities of Practice")),
        ("mehta, j", ("author", "Mehta, Jal")),
        ("jal me", ("author", "Mehta, Jal")),
        ("j. mehta", ("author", "Mehta, Jal")),
        ("ozgu", ("author", "Özgür, Ayşe")),
        ("journal of e", ("source", "Journal of Educational Change")),
        ("role of", ("title", "The Role of Networks")),
        ("the role", ("title", "The Role of Networks")),
        ("roles", ("title", "Roles and Rules")),
        ("author:meh", ("author", "Mehta, Jal")),
        ("au:meh", ("author", "Mehta, Jal")),
        ('author:"Mehta, J', ("author", "Mehta, Jal")),
        ("title:practice", ("title", "Practice in the Open")),
        ("schools of mehta", ("author", "Mehta, Jal")),
        ("practice", ("descriptor", "Communities of Practice")),
        ("(schools OR commun", ("descriptor", "Communities of Practice")),
        ("Education W", ("source", "Education Week")),
    ],
    ids=str,
)
def test_what_is_typed_lists(school, typed, first):
    assert told(school, typed)[0] == first


@pytest.mark.parametrize(
    "typed",
    ["", " ", "c", "zzz", '"', "author:", "year:20", "-", "practical zym", "type:rep", "EJ1223055", "\x00", "*"],
)
def test_nothing_is_suggested_for(school, typed):
    assert told(school, typed) == []


def test_a_title_typed_with_its_article_comes_before_others_filed_there(school):
    assert told(school, "the role")[0] == ("title", "The Role of Networks")
    assert told(school, "roles")[0] == ("title", "Roles and Rules")
    assert [value for _, value in told(school, "role")] == ["Roles and Rules", "The Role of Networks"]


def test_more_than_eight_are_cut_and_the_kinds_share_the_lines(school):
    assert len(told(school, "school st")) == LINES
    kinds = [kind for kind, _ in told(school, "st")]
    assert kinds.count("descriptor") == 1
    assert len(told(school, "cl")) == LINES


def test_a_line_of_a_longer_query_keeps_what_stands_before(school):
    [found] = [one for one in suggestions(school, "learning author:meh") if one.value == "Mehta, Jal"]
    assert found.query == 'learning author:"Mehta Jal"'
    assert count(school, SearchState(q=found.query)) == 2


def test_a_value_alone_needs_no_query_and_counts_its_records(school):
    [line] = suggestions(school, "mehta")
    assert (line.query, line.count) == ("", 2)
    assert count(school, SearchState().add("author", line.value)) == line.count


@pytest.mark.parametrize("kind", ["title", "author", "descriptor"])
def test_eight_letters_list_everything_that_few_others_begin_with(school, kind):
    values = {
        "title": [r.title for r in RECORDS[:5]],
        "author": [str(name) for r in RECORDS[:5] for name in r.author],
        "descriptor": [term for r in RECORDS for term in r.descriptors],
    }[kind]
    for value in dict.fromkeys(values):
        assert (kind, value) in told(school, first_letters(value)), value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("learning comm", [("", "", "learning comm"), ("learning ", "", "comm")]),
        ("-comm", [("", "", "-comm")]),
        ("learning -comm", [("", "", "learning -comm"), ("learning -", "", "comm")]),
        ("author:mehta learning", [("", "author", "mehta learning"), ("author:mehta ", "", "learning"),
                                   ("", "", "author:mehta learning")]),
        ("author:", []),
        ('school "learning com', [("", "", 'school "learning com'), ("school ", "", "learning com")]),
        ('"learning communities" prac', [("", "", '"learning communities" prac'),
                                         ('"learning communities" ', "", "prac")]),
        ("so: journal of e", [("", "source", "journal of e"), ("so: journal ", "", "of e"),
                              ("", "", "so: journal of e")]),
        ("on foo:bar", [("", "", "on foo:bar"), ("on ", "", "foo:bar")]),
        ("Users (Inf", [("", "", "Users (Inf"), ("Users (", "", "Inf")]),
    ],
)  # fmt: skip
def test_the_end_of_a_query_is_read(text, expected):
    assert list(map(tuple, endings(text))) == expected


@given(st.text(st.sampled_from("abcehmnort :\"()-*^=,.'öЖ教\x00AU"), max_size=40))
@settings(max_examples=amount(24, 60))
def test_whatever_is_typed_is_answered_and_every_line_leads_somewhere(school, text):
    lines = suggestions(school, text)
    assert len(lines) <= LINES
    assert len({(line.kind, line.value, line.id) for line in lines}) == len(lines)
    state = SearchState(q=text)
    if right := did_you_mean(school, state, count(school, state)):
        assert right.total == count(school, right.state) > 0
    if not count(school, state):
        assert all(offered.total == count(school, offered.state) > 0 for offered in offers(school, state))
