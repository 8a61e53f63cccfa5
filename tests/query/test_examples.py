"""The examples of the help say what is true: each is read without any repair, and together they show the language."""

import pytest

from litbase.query.examples import EXAMPLES
from litbase.query.parse import parse
from litbase.query.show import show
from litbase.query.tree import And, Given, Near, Not, Or, Phrase, Prefix, Query, Range, Term, Value


@pytest.mark.parametrize("typed", [example.typed for example in EXAMPLES])
def test_an_example_is_read_as_it_stands(typed: str) -> None:
    query, notices, *_ = parse(typed)
    assert notices == ()
    assert parse(show(query)).query == query


def nodes(query: Query) -> set[type]:
    match query:
        case And(children) | Or(children):
            return {type(query)}.union(*map(nodes, children))
        case Not(child):
            return {Not} | nodes(child)
    return {type(query)}


def test_the_examples_show_every_kind_of_condition() -> None:
    shown = set[type]().union(*(nodes(parse(example.typed).query) for example in EXAMPLES))
    assert shown == {Term, Phrase, Prefix, Near, Range, Given, Value, Not, And, Or}
    terms = [query for example in EXAMPLES if isinstance(query := parse(example.typed).query, Term)]
    assert any(term.exact for term in terms)
    assert any(term.first for term in terms)
    assert len({example.typed for example in EXAMPLES}) == len(EXAMPLES)


@pytest.mark.parametrize(
    ("said", "means"),
    [
        ("boundaries or networks", "boundaries OR networks"),
        ("leaders NOT principals", "leaders -principals"),
        ("(boundaries OR networks) leaders", "(boundaries OR networks) AND leaders"),
        ("teacher NEAR network", "teacher NEAR/5 network"),
        ("t:x1 a:x2 de:x3", "title:x1 author:x2 descriptor:x3"),
        ('type:"Book chapter"', "type:chapter"),
        ("^author:mehta", "author:^mehta"),
        ("year:2015/16", "year:2015-2016"),
        ("year:1990s", "year:1990-1999"),
        ("year:>2015", "year:2016.."),
        ("peerreviewed:T", "peer:yes"),
        ("fulltextavailable:T", "has:fulltext"),
    ],
)
def test_what_the_help_says_in_passing_is_so(said: str, means: str) -> None:
    assert parse(said).query == parse(means).query
