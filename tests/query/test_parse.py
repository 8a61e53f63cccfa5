"""The rules behind a typed query: its tree, OR for a space, identifiers, and bounds nothing typed can pass."""

import time

import pytest

from litbase.query.parse import LIMITS, parse
from litbase.query.show import show
from litbase.query.tree import All, And, Near, None_, Not, Or, Phrase, Prefix, Range, Term
from litbase.record.notices import sentence


@pytest.mark.parametrize(
    ("typed", "tree"),
    [
        ("", All()),
        ("school", Term("", "school")),
        ("=title:school", Term("title", "school", exact=True)),
        ("author:^Mehta", Term("author", "Mehta", first=True)),
        ('^au:"Mehta, Jal"', Phrase("author", ("Mehta,", "Jal"), first=True)),
        ("K-12", Phrase("", ("K", "12"))),
        ("edu* -x1", And((Prefix("", "edu"), Not(Term("", "x1"))))),
        ("a1 OR (b1 c1)", Or((Term("", "a1"), And((Term("", "b1"), Term("", "c1")))))),
        ("year:..2010", Range("year", None, 2010)),
        ("type:Opinion*", Prefix("type", "Opinion")),
        ("school near/3 college NEAR/3 pupil", Near("", ("school", "college", "pupil"), 3)),
        ("title:(school NEAR college)", Near("title", ("school", "college"), 5)),
        ("au:jal NEAR/1 mehta", Near("author", ("jal", "mehta"), 1)),
        ("NOT *", None_()),
    ],
)
def test_the_tree_of(typed, tree):
    assert parse(typed).query == tree


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("school college", "school OR college"),
        ("the school", "school"),
        ("the OR school", "the OR school"),
        ("the of", "the OR of"),
        ("school AND college pupil", "(school college) OR pupil"),
        ("school college -pupil", "(school OR college) -pupil"),
        ("-pupil school college", "(school OR college) -pupil"),
        ("school OR -pupil", "school OR -pupil"),
        ("-school -pupil", "-school -pupil"),
        ("title:(school college)", "title:school OR title:college"),
        ("school AND college", "school college"),
        ("school and college", "school OR college"),
        ("school or college", "school OR college"),
        ("CHEK2 is not associated with cancer", "CHEK2 OR associated OR cancer"),
        ("Not every school and not all pupils", "every OR school OR all OR pupils"),
        ("school NOT college pupil", "(school OR pupil) -college"),
        ("research & practice", "research OR practice"),
        ("and", '"and"'),
        ("school OR not", 'school OR "not"'),
        ("breast-cancer risk", "breast OR cancer OR risk"),
        ("state-of-the-art", "state OR art"),
        ("and/or school", "school"),
        ("title:(K-12 school)", "title:K OR title:12 OR title:school"),
        ("-K-12 school", 'school -"K 12"'),
        ("=K-12 school", '"K 12" OR school'),
        ("K-12 AND school", '"K 12" school'),
        ("K-12 OR school", '"K 12" OR school'),
        ('"K-12" school', '"K 12" OR school'),
        ("author:Garcia-Lopez school", 'author:"Garcia Lopez" OR school'),
        ("学習 school", '"学 習" OR school'),
        ("10.1007/s10833-019", 'doi:10.1007/s10833-019 OR "10 1007 s10833 019"'),
    ],
)
def test_a_space_can_mean_or(typed, read):
    query = parse(typed, op="or").query
    assert show(query) == read
    assert parse(read).query == query


@pytest.mark.parametrize(
    ("typed", "identifier", "read"),
    [
        ("EJ1223055", ("eric", "EJ1223055"), "id:EJ1223055 OR EJ1223055"),
        (" ed123456 ", ("eric", "ED123456"), "id:ED123456 OR ed123456"),
        ("10.1007/S10833-019", ("doi", "10.1007/s10833-019"), 'doi:10.1007/s10833-019 OR "10 1007 S10833 019"'),
        ("https://doi.org/10.1007/x", ("doi", "10.1007/x"), 'doi:10.1007/x OR "https doi org 10 1007 x"'),
        ("doi:10.1007/X", ("doi", "10.1007/x"), "doi:10.1007/x"),
        ("041583905X", ("isbn", "9780415839051"), "isbn:9780415839051 OR 041583905X"),
        ("ISBN 978-0-415-83905-1", ("isbn", "9780415839051"),
         'isbn:9780415839051 OR (ISBN "978 0 415 83905 1")'),
        ("1573-1812", ("issn", "1573-1812"), 'issn:1573-1812 OR "1573 1812"'),
        ('"EJ1223055"', ("eric", "EJ1223055"), 'id:EJ1223055 OR "EJ1223055"'),
        ("(EJ1223055)", ("eric", "EJ1223055"), "id:EJ1223055 OR EJ1223055"),
        ("1573-1813", None, '"1573 1813"'),
        ("EJ1223055 school", None, "EJ1223055 school"),
        ("-EJ1223055", None, "-EJ1223055"),
    ],
)  # fmt: skip
def test_a_bare_identifier_is_told(typed, identifier, read):
    parsed = parse(typed)
    assert parsed.identifier == identifier
    assert show(parsed.query) == read
    assert parse(show(parsed.query)).query == parsed.query


@pytest.mark.parametrize(
    ("typed", "rows"),
    [
        ("school", []),
        ("the role of schools", ["the role of schools"]),
        ("teaching and learning & reading", ["teaching and learning reading"]),
        ("women or men", ["women or men"]),
        ("women OR men teach here", ["men teach here"]),
        ("K-12 school", ["K 12 school"]),
        ('a1 "b1 c1" d1 e1', ["d1 e1"]),
        ("a1 b1 =c1 d1 e1*", ["a1 b1"]),
        ("a1 -b1 c1 d1 not e1 f1 g1", ["c1 d1", "f1 g1"]),
        ("a1 b1 (c1 d1) -(e1 f1)", ["c1 d1", "a1 b1"]),
        ("a1 NEAR/3 b1 c1 d1", ["c1 d1"]),
        ("title:(a1 b1) title:c1 title:d1 e1 f1", ["title:a1 b1", "title:c1 d1", "e1 f1"]),
        ("author:(jal mehta) year:2015 title:^a1 b1 c1", ["b1 c1"]),
        ("EJ1223055", []),
        ("10.1007/s10833-019", []),
    ],
)
def test_words_typed_side_by_side_are_kept_in_rows(typed, rows):
    found = [f"{row.field}:{' '.join(row.words)}".lstrip(":") for row in parse(typed).rows]
    assert found == rows


def test_a_dropped_stop_word_is_named():
    notices = parse("the role of the school in a city").notices
    assert [sentence(n) for n in notices] == [
        "Left out because almost every record has it: the, of, in, a. Quote it to search for it"
    ]


def leaves(query):
    match query:
        case And(children) | Or(children):
            return [leaf for child in children for leaf in leaves(child)]
        case Not(child):
            return leaves(child)
    return [query]


BOMBS = {
    "words": "ab " * 50_000,
    "brackets": "(" * 100_000,
    "closing brackets": ")" * 100_000,
    "brackets in brackets": "(" * 499 + "x" + ")" * 499,
    "groups in groups": "(x1 OR (y1 AND " * 7_000,
    "minuses": "-" * 100_000,
    "spaced minuses": "- " * 50_000,
    "not": "NOT " * 25_000 + "x",
    "lower-case not": "not " * 25_000,
    "and": "AND " * 25_000,
    "quotes": '"' * 99_999,
    "ranges": "[a TO " * 17_000,
    "years": "year:1..2 " * 10_000,
    "stars": "*" * 100_000,
    "prefixes": "aa* " * 25_000,
    "prefixes joined": " AND ".join(f"{c}{c}*" for c in "abcdefgh") * 2_000,
    "fields": "title:" * 17_000,
    "field groups": "title:(" * 14_000,
    "unknown fields": "zz:" * 33_000,
    "fuzzy": "abcdef~9 " * 11_000,
    "one word": "a" * 100_000,
    "one number": "1" * 100_000,
    "hyphens": "a-" * 50_000,
    "carets": "^" * 100_000,
    "equals": "=" * 100_000,
    "colons": ":" * 100_000,
    "spaces": " " * 100_000 + "x",
    "combining": "e\u0301\u0323" * 33_000,
    "half surrogates": "\ud800" * 100_000,
    "Chinese": "学" * 100_000,
    "dots": "." * 100_000,
    "five thousand words": " ".join(f"word{n}" for n in range(5_000)),
    "a thousand brackets": "(" * 1_000 + "x" + ")" * 1_000,
    "two thousand nots": "NOT " * 2_000,
    "five hundred ranges": "[a TO " * 500,
    "near": "NEAR " * 20_000,
    "words near words": "ab NEAR/3 " * 10_000,
    "near at all distances": " ".join(f"ab NEAR/{n}" for n in range(10_000)),
    "near at a far distance": "ab NEAR/" + "9" * 100_000,
    "choices near choices": "(ab OR cd OR ef) NEAR/5 " * 4_000,
    "groups near groups": "(ab cd ef gh) NEAR/5 " * 4_000,
    "loose phrases": '"ab cd"~5 ' * 10_000,
    "a long loose phrase": '"' + "ab " * 300 + '"~5',
}


def seconds(bomb, op):
    begun = time.process_time()
    parse(bomb, op=op)
    return time.process_time() - begun


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS)
@pytest.mark.parametrize("op", ["and", "or"])
def test_a_query_bomb_is_read_within_its_bounds(bomb, op):
    assert min(seconds(bomb, op), seconds(bomb, op)) < 1  # one may hold a collection of garbage
    query, notices, _, rows = parse(bomb, op=op)
    found = leaves(query)
    assert len(found) <= LIMITS.terms
    assert sum(isinstance(leaf, Prefix) for leaf in found) <= LIMITS.wildcards
    assert sum(isinstance(leaf, Range) for leaf in found) <= LIMITS.ranges
    assert sum(len(leaf.words) if isinstance(leaf, Phrase | Near) else 1 for leaf in found) <= LIMITS.terms
    assert sum(len(row.words) for row in rows) <= LIMITS.terms
    assert len(notices) < 100


def test_a_long_query_says_where_it_was_cut():
    assert "query-long" in [n.code for n in parse("x" * 1001).notices]
    assert "query-long" not in [n.code for n in parse("x" * 1000 + " " * 50).notices]


def test_too_many_words_are_left_out_and_told():
    query, notices, *_ = parse(" ".join(f"w{n}" for n in range(70)))
    assert [leaf.text for leaf in leaves(query)] == [f"w{n}" for n in range(64)]
    assert [n.code for n in notices] == ["terms-many"]


def test_brackets_deeper_than_the_limit_are_read_as_one():
    query, notices, *_ = parse("(x1 OR " * 25 + "y1" + ")" * 25 + " z1")
    assert [leaf.text for leaf in leaves(query)] == ["x1"] * 25 + ["y1", "z1"]
    assert [n.code for n in notices] == ["nesting-deep"]
