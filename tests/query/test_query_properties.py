"""Promises that hold for every query and every state, tried on what nobody would think of."""

from dataclasses import replace
from urllib.parse import parse_qsl

from hypothesis import example, given
from hypothesis import strategies as st

from litbase.fields import ALIASES, FACETS
from litbase.query.near import FARTHEST
from litbase.query.parse import LIMITS, parse
from litbase.query.request import SORTS, Years
from litbase.query.show import show
from litbase.query.state import PER_PAGE, SearchState
from litbase.query.tree import All, And, Given, Near, None_, Not, Or, Phrase, Prefix, Range, Term, Value

ROOMY = replace(LIMITS, length=100_000, nesting=100)
PARTS = st.sampled_from(
    [
        *"()\"-=^*:;,.'’?~&|+[]{}<>/_ \t“”«（）＂…−–",
        *"AND OR NOT and or not And near NEAR NEAR/3 near/3 NEAR5 N/0 && || TO the of a an school".split(),
        *"learning K-12 x1 Ab* lear* 学習 Özgür ß 2015 2015-2019 2015..2019".split(),
        *(f"{name}:" for name in sorted(ALIASES)),
        *"foo: http:// EJ1223055 10.1007/s10833 10.1002/(SICI)1 9780415839051 1573-1812".split(),
        *"..2010 >=2010 [2010 yes fulltext chapter".split(),
        'descriptor:="', 'so:="The “Old” ""School"""', 'type:="Book chapter"', 'a:="（Ö）', "=", '""',
        "Book chapter", "½", "ﬁ", "İ", "ŉ", "ʼ", "e\u0301", "\u0301", "\x00", "\ud800", "\u00ad", "\u200b", "\u3000",
    ]
)  # fmt: skip
NEARS = st.lists(
    st.sampled_from(
        [
            *"NEAR NEAR/3 near/3 NEAR/5 NEAR/0 N/7 NEAR~ NEAR5 ( ) OR AND not and - ~5".split(),
            *"title: author: title:( year: x1 y1 the = ^ lear* K-12 2015 O'Brien".split(),
            '"', '"x1 y1"~3', "(x1 OR y1)", "(x1 y1)",
        ]
    ),
    max_size=16,
)  # fmt: skip
TYPED = st.one_of(
    NEARS.map(" ".join),
    st.text(max_size=60),
    st.lists(PARTS, max_size=25).map("".join),
    st.lists(PARTS, max_size=25).map(" ".join),
)
OPS = st.sampled_from(["and", "or"])


def is_normal(query, top=True):
    """Whether a tree is flat, without needless nodes, and made only of what a parser may make."""
    match query:
        case All() | None_():
            return top
        case And(children) | Or(children):
            kind = type(query)
            return len(children) > 1 and all(not isinstance(c, kind) and is_normal(c, False) for c in children)
        case Not(child):
            return not isinstance(child, Not) and is_normal(child, False)
        case Phrase(_, words):
            return bool(words) and all(words)
        case Near(_, words, distance):
            return len(words) > 1 and all(words) and 1 <= distance <= FARTHEST
        case Term(_, text) | Prefix(_, text) | Given(text) | Value(_, text):
            return bool(text)
        case Range(_, low, high):
            return (low, high) != (None, None)
    return False


@given(TYPED, OPS)
def test_parsing_never_raises_and_gives_a_normal_tree(typed, op):
    query, notices, _, rows = parse(typed, op=op)
    assert is_normal(query)
    assert all(len(row.words) > 1 and row.field not in ("author", "year") for row in rows)
    assert len(set(notices)) == len(notices)


@given(TYPED, OPS)
@example("NOT 9780415839051", "and")
@example("(“EJ1223055”)", "and")
@example("(the of) school", "and")
@example("title:and", "and")
@example("shape:NEAR", "and")
@example("½*", "and")
@example('doi:"*"', "and")
@example("0'㐀", "and")
@example("title:NOT NEAR/2 title:NEAR", "and")
@example("NEAR5~ x1", "or")
@example("(x1 OR y1) NEAR/3 (a1 b1) NEAR/3 c1", "and")
def test_what_is_shown_is_read_as_the_same_query(typed, op):
    query = parse(typed, op=op).query
    shown = show(query)
    assert parse(shown, limits=ROOMY).query == query
    assert show(parse(shown, limits=ROOMY).query) == shown


@given(
    st.sampled_from(["", "title", "author", "references"]),
    st.lists(
        st.sampled_from("school College Özgür O'Brien's the and OR not Near 2015 学 ß".split()), min_size=2, max_size=5
    ),
    st.integers(1, FARTHEST),
)
def test_what_near_shows_is_read_as_the_same_near(field, words, distance):
    query = Near(field, tuple(word.lower() for word in words), distance)
    for each in (query, Not(query), Or((query, Term("", "x1"))), And((Term("", "x1"), query))):
        assert parse(show(each)).query == each


@given(TYPED, TYPED)
def test_a_pair_of_brackets_changes_nothing(one, other):
    if not set('()（）"“”«＂') & set(one + other):
        plain = parse(f"{one} {other}", limits=ROOMY)
        if plain.identifier is None:
            assert parse(f"({one} {other})", limits=ROOMY).query == plain.query


VALUES = st.one_of(st.text(max_size=20), st.sampled_from(["book", "Book chapter", "de", "1", "a&b=c", "Ö +%2B"]))
NAMES = st.sampled_from([name for name in FACETS if name != "year"])
YEARS = st.none() | st.integers(1, 9999)
CHANGES = st.one_of(
    st.tuples(st.just("add"), NAMES, VALUES),
    st.tuples(st.just("exclude"), NAMES, VALUES),
    st.tuples(st.just("remove"), NAMES, VALUES),
    st.tuples(st.just("with_q"), TYPED),
    st.tuples(st.just("with_years"), st.builds(Years, YEARS, YEARS, st.booleans())),
    st.tuples(st.just("with_sort"), st.sampled_from(SORTS)),
    st.tuples(st.just("with_per"), st.sampled_from(PER_PAGE)),
    st.tuples(st.just("with_page"), st.integers(1, 9_999_999)),
    st.tuples(st.just("clear_filters")),
)


@st.composite
def states(draw):
    state = SearchState(op=draw(OPS), expand=draw(st.booleans()), cited=draw(st.booleans()))
    for name, *given_ in draw(st.lists(CHANGES, max_size=12)):
        state = getattr(state, name)(*given_)
    return state


@given(states())
def test_an_address_says_all_of_a_state(state):
    assert SearchState.from_args(parse_qsl(state.query_string())) == (state, ())


@given(st.lists(st.tuples(st.text(max_size=10) | st.sampled_from(["q", "page", "from", "not.type", *ALIASES]), VALUES)))
def test_any_address_is_read_and_written_the_same(pairs):
    state, _ = SearchState.from_args(pairs)
    assert SearchState.from_args(parse_qsl(state.query_string())) == (state, ())


@given(states(), NAMES, VALUES)
def test_removing_takes_back_adding(state, name, value):
    state = state.remove(name, value)
    for chosen in (state.add(name, value), state.exclude(name, value)):
        assert chosen.remove(name, value) == state
        assert chosen.add(name, value) == state.add(name, value)


@given(states(), NAMES, VALUES)
def test_a_value_is_never_chosen_and_excluded(state, name, value):
    for changed in (state.add(name, value), state.exclude(name, value)):
        for each in changed.filters:
            assert each.include or each.exclude
            assert not set(each.include) & set(each.exclude)
            assert len(set(each.include)) == len(each.include)
