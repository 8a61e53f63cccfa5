"""Rows of an advanced search write a query, and are read back out of it."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from litbase.fields import FIELDS
from litbase.query.parse import parse
from litbase.query.rows import JOINS, MOST, Row, read, write
from litbase.query.show import show
from litbase.query.tree import And, Not, Or, Phrase, Term
from tests.query.test_query_properties import OPS, TYPED

FIELD_NAMES = [row.name for row in FIELDS]
WORDS = st.sampled_from(
    'learning school* K-12 the of Özgür 学習 =exact OR and NOT -x ( ) " title:x foo:bar 2015 * ^x'.split()
)
TYPED_WORDS = st.one_of(st.lists(WORDS, max_size=4).map(" ".join), st.text(max_size=15), st.just('"two words" x'))
ROWS = st.lists(
    st.builds(Row, st.sampled_from(JOINS), st.sampled_from(["", *FIELD_NAMES]), TYPED_WORDS,
              st.sampled_from(["all", "any", "phrase"])), max_size=6)  # fmt: skip
PLAIN = st.lists(st.sampled_from("learning schools leaders teachers network*".split()), min_size=1, max_size=3).map(
    " ".join
)


def plain_row(join, field, words, way):
    """A row as it comes back: of one word "all" and "any" are the same."""
    way = "all" if way == "any" and " " not in words else way
    return Row(join, field, words.replace("*", "") if way == "phrase" else words, way)


PLAIN_ROWS = st.lists(
    st.builds(plain_row, st.sampled_from(JOINS), st.sampled_from(["title", "author", "abstract", "source"]), PLAIN,
              st.sampled_from(["all", "any", "phrase"])), min_size=1, max_size=6)  # fmt: skip


@given(PLAIN_ROWS)
def test_rows_come_back_as_they_were(rows):
    rows[0] = rows[0]._replace(join="not" if rows[0].join == "not" else "and")
    assert read(write(rows)) == tuple(rows)


@given(ROWS)
@example([Row("and", "", "OR"), Row("or", "title", '"')])
@example([Row("not", "", "a b"), Row("or", "", "c")])
@example([Row("and", "doi", "10.1002/(SICI)1 x")])
@example([Row("and", "language", '" learning "')])
def test_what_rows_ask_is_asked_again_by_the_rows_that_are_read(rows):
    text = write(rows)
    again = read(text)
    assert parse(write(again)).query == parse(text).query
    assert read(write(again)) == again


@given(TYPED, OPS)
@example('(title:a OR "b c") d', "and")
@example('descriptor:="A ""b"" c" OR descriptor:="D"', "and")
@example('(descriptor:="a" OR descriptor:="b") x', "and")
def test_any_query_is_reopened_without_a_loss(typed, op):
    rows = read(typed, op)
    wanted = parse(typed, op=op).query
    assert parse(write(rows)).query == wanted or rows == (Row("and", "", show(wanted), "typed"),)
    assert len(rows) <= MOST


def tree_of(rows):
    """What rows mean, from the first to the last."""
    tree = None
    for row in rows:
        leaves = [Term(row.field, word) for word in row.words.split()]
        if row.way == "phrase":
            unit = Phrase(row.field, tuple(row.words.split()))
        else:
            unit = leaves[0] if len(leaves) == 1 else (Or if row.way == "any" else And)(tuple(leaves))
        if tree is None:
            tree = Not(unit) if row.join == "not" else unit
        else:
            tree = Or((tree, unit)) if row.join == "or" else And((tree, Not(unit) if row.join == "not" else unit))
    return tree


def holds(query, words):
    match query:
        case And(children):
            return all(holds(child, words) for child in children)
        case Or(children):
            return any(holds(child, words) for child in children)
        case Not(child):
            return not holds(child, words)
        case Phrase(field, found):
            return (field, " ".join(found)) in words
    return (query.field, query.text) in words


LETTERS = st.sampled_from(["ax", "bx", "ax bx"])
SMALL = st.lists(
    st.builds(Row, st.sampled_from(JOINS), st.sampled_from(["", "title"]), LETTERS,
              st.sampled_from(["all", "any", "phrase"])),
    min_size=1, max_size=5)  # fmt: skip


@given(SMALL, st.sets(st.tuples(st.sampled_from(["", "title"]), LETTERS)))
def test_rows_are_taken_from_the_first_to_the_last(rows, words):
    assert holds(parse(write(rows)).query, words) == holds(tree_of(rows), words)


@pytest.mark.parametrize(
    ("typed", "rows"),
    [
        ("", []),
        ("   ", []),
        ("learning communities", [("and", "", "learning communities", "all")]),
        ('"learning communities"', [("and", "", "learning communities", "phrase")]),
        ('learning "in the city" author:mehta',
         [("and", "", 'learning "in the city"', "all"), ("and", "author", "mehta", "all")]),
        ("title:(a1 OR b1) -author:mehta", [("and", "title", "a1 b1", "any"), ("not", "author", "mehta", "all")]),
        ("a1 OR b1", [("and", "", "a1", "all"), ("or", "", "b1", "all")]),
        ("(a1 OR b1) title:c1", [("and", "", "a1 b1", "any"), ("and", "title", "c1", "all")]),
        ("(title:a1 OR b1) AND c1", [("and", "title", "a1", "all"), ("or", "", "b1", "all"), ("and", "", "c1", "all")]),
        ("year:2015-2019 type:chapter", [("and", "year", "2015-2019", "all"), ("and", "type", "chapter", "all")]),
        ('type:"Book chapter"', [("and", "type", "Book chapter", "phrase")]),
        ("-doi:*", [("not", "doi", "*", "all")]),
        ("author:^mehta", [("and", "author", "^mehta", "all")]),
        ('descriptor:="Learning Plateaus"', [("and", "descriptor", '="Learning Plateaus"', "all")]),
        ("a1 NEAR/5 b1", [("and", "", "a1 NEAR/5 b1", "typed")]),
        ("a1 (b1 OR title:c1)", [("and", "", "a1 (b1 OR title:c1)", "typed")]),
        ("a1 OR -b1", [("and", "", "a1 OR -b1", "typed")]),
    ],
)  # fmt: skip
def test_a_query_that_was_typed_is_read(typed, rows):
    assert list(map(tuple, read(typed))) == rows


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        ([], ""),
        ([Row("or", "title", "  ")], ""),
        ([Row("or", "", "a1")], "a1"),
        ([Row("not", "title", "a1 b1")], "NOT title:(a1 b1)"),
        ([Row("not", "", "a1 b1")], "NOT (a1 b1)"),
        ([Row("and", "", "a1 b1"), Row("and", "author", "Mehta, Jal", "phrase")], '(a1 b1) AND author:"Mehta, Jal"'),
        ([Row("and", "title", "learning: the OR treasure")], 'title:(learning: the "OR" treasure)'),
        ([Row("and", "language", "German"), Row("or", "type", "Book chapter")],
         'language:German OR type:"Book chapter"'),
        ([Row("and", "", "a1 OR b1", "typed"), Row("not", "", "c1")], "(a1 OR b1) NOT c1"),
        ([Row("and", "", "a1 OR (b1", "typed"), Row("not", "", "c1")], "(a1 OR b1) NOT c1"),
        ([Row("and", "descriptor", '="A b" ="C"', "any")], '(descriptor:="A b" OR descriptor:="C")'),
        ([Row("and", "descriptor", '="A b"')], 'descriptor:="A b"'),
    ],
)  # fmt: skip
def test_what_rows_write(rows, text):
    assert write(rows) == text
