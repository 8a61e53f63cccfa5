"""Searches put together find the sets they say, whatever filters, years and switches they had."""

from dataclasses import replace
from itertools import count

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from litbase.index import Mark
from litbase.query.combine import Refused, combine, numbered
from litbase.query.expand import expand
from litbase.query.parse import parse
from litbase.query.request import SearchRequest, Visible, Years
from litbase.query.show import show
from litbase.query.state import SearchState
from litbase.query.tree import And, Not, Or
from litbase.vocabulary.thesaurus import NONE, Entry, Thesaurus
from tests.index.libraries import NAMES, documents, years
from tests.index.memory import MemoryEngine

KNOWN = Thesaurus((Entry("School Leader", used_for=("School", "Müller")), Entry("Leader", broader=("School Leader",))))
QUERIES = st.sampled_from(
    ["", "school", "the", "the of", "school leader", "title:school OR leader", "-Müller", "year:2010", "sch*", "leader",
     'author:"van der Berg, Jan"', "author:^Müller", "school NEAR/2 leader", "=schools -the", "10.1/a", "doi:10.1/b",
     "school OR -leader", "year:2009..2011 OR the", "-*", "descriptor:*", 'descriptor:="school"']
)  # fmt: skip
VALUES = st.sampled_from(["en", "de", "DE", "eric", "Eric", "school", "school leader", "the of", *NAMES])
FILTERS = st.lists(
    st.tuples(
        st.sampled_from(["add", "exclude"]),
        st.sampled_from(["language", "collection", "descriptor", "author", "source", "network"]),
        VALUES,
    ),
    max_size=3,
)


@st.composite
def states(draw):
    made = SearchState(q=draw(QUERIES), op=draw(st.sampled_from(["and", "or"])))
    made = replace(made, expand=draw(st.booleans()), narrower=draw(st.booleans()), cited=draw(st.booleans()))
    for way, name, value in draw(FILTERS):
        made = getattr(made, way)(name, value)
    return made.with_years(Years(draw(years), draw(years), draw(st.booleans())))


def libraries():
    """Small libraries in which a record of the type "cited" is a cited work, as in real ones."""

    def typed(document):
        kind = "cited" if document.cited else "book"
        return replace(document, values={**document.values, "type": (kind,)})

    return st.lists(documents().map(typed), max_size=8)


SETS = st.sampled_from(
    ["#1", "NOT #1", "#1 AND #2", "#1 OR #2", "#1 NOT #2", "#1 #2 -#3", "#1 OR #2 AND #3", "(#1 OR #2) AND NOT #3",
     "NOT (#1 AND #2)", "#3 NOT (#2 OR NOT #1)", "1 and 2"]
)  # fmt: skip


def found(engine, state, thesaurus, cited=False):
    """What the pages find for *state*."""
    wide = expand(parse(state.q, op=state.op).query, thesaurus, names=state.expand, narrower=state.narrower).query
    shown = Visible(cited=cited or state.cited)
    request = SearchRequest(wide, state.filters, state.years, visible=shown, sort="title")
    return set(engine.scan(request))


def algebra(tree, parts, everything):
    match tree:
        case And(children):
            return set.intersection(*(algebra(child, parts, everything) for child in children))
        case Or(children):
            return set.union(*(algebra(child, parts, everything) for child in children))
        case Not(child):
            return everything - algebra(child, parts, everything)
    return parts[tree.text]


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(SETS, st.tuples(states(), states(), states()), libraries(), st.sampled_from([NONE, KNOWN]))
@example("#1 #2", (SearchState(q="the"), SearchState(q="school"), SearchState()), [], NONE)
def test_the_whole_finds_the_sets_of_its_parts(sets, three, library, thesaurus):
    engine = MemoryEngine()
    engine.write(library, (), Mark("s", "e", 1))
    searches = dict(zip(map(str, count(1)), three, strict=False))
    made = combine(sets, searches, thesaurus)
    assert isinstance(made, SearchState), made
    used = [searches[n] for n in searches if n in sets]
    everything = found(engine, SearchState(cited=any(state.cited for state in used)), NONE)
    parts = {n: found(engine, state, thesaurus) for n, state in searches.items()}
    assert found(engine, made, thesaurus) == algebra(numbered(sets), parts, everything), made


@given(st.text(min_size=1, max_size=30))
@example('The “Old” "School" （学校）')
@example('"')
def test_any_value_of_a_filter_can_be_written(text):
    state = SearchState().add("descriptor", text)
    if state.filters:
        made = combine("#1", {"1": state})
        assert parse(made.q).query.text == state.filters[0].include[0]


@pytest.mark.parametrize(
    ("sets", "code", "what"),
    [
        ("", "empty", ""),
        ("#", "empty", ""),
        ("-*", "words", "-*"),
        ("#1 AND", "operator", ""),
        ("#1 AND #7", "unknown", "#7"),
        ("#1 AND #2", "unknown", "#2"),
        ("s1 AND s2", "unknown", "S1"),
        ("#1 AND t2", "words", "t2"),
        ("#1 AND learning", "words", "learning"),
        ("title:1", "words", "title:1"),
        ("#1 <script>", "words", "script"),
        ("#1 #1234567", "words", "1234567"),
        ("(" * 30 + "#1", "long", ""),
    ],
)
def test_what_cannot_be_put_together_is_refused(sets, code, what):
    assert combine(sets, {"1": SearchState(q="school"), "S2": SearchState()}) == Refused(code, what)


def test_what_no_query_can_hold_is_refused_and_not_cut():
    long = SearchState(q=" OR ".join(f"word{n}" for n in range(60)))
    other = SearchState(q=" OR ".join(f"other{n}" for n in range(60)))
    assert combine("#1 AND #2", {"1": long, "2": other}) == Refused("long")
    made = combine(" OR ".join(f"#{n}" for n in range(1, 31)), {str(n): SearchState(q="a") for n in range(1, 31)})
    assert made == Refused("many", "20")


def test_what_the_thesaurus_adds_is_written_out_only_where_it_must_be():
    parts = {"1": SearchState(q='title:"school"'), "2": SearchState(q="author:Mehta")}
    assert combine("#1 AND #2", parts, KNOWN) == SearchState(q='title:"school" author:Mehta')
    made = combine("#1 AND #2", {"1": SearchState(q="school"), "2": SearchState(q="leader")}, KNOWN)
    assert made.expand is False
    assert "School Leader" in made.q
    assert show(parse(made.q).query) == made.q


def test_searches_of_the_history_and_saved_ones_are_told_apart():
    searches = {"1": SearchState(q="school"), "S1": SearchState(q="leader")}
    assert combine("#1 AND NOT s1", searches) == SearchState(q="school -leader")
    assert combine("S1#1", searches) == SearchState(q="leader school")
