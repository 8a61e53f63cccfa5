"""What a typed query means: one table of named inputs, then the rules behind it."""

import re
import time

import pytest

from litbase.query.parse import LIMITS, parse
from litbase.query.show import show
from litbase.query.tree import All, And, None_, Not, Or, Phrase, Prefix, Range, Term
from litbase.record.notices import SENTENCES, sentence

# name: typed, how it is read back, the codes of the notices
TABLE = {
    # words and phrases
    "nothing": ("", "", []),
    "spaces": (" \t\n ", "", []),
    "words are joined by and": ("learning communities", "learning communities", []),
    "a phrase": ('"learning communities"', '"learning communities"', []),
    "a phrase of one word": ('"learning"', '"learning"', []),
    "fancy quotes": ("“learning communities”", '"learning communities"', []),
    "German and French quotes": ("„Schule“ «école»", '"Schule" "école"', []),
    "unmatched double-quote": ('school "learning comm', 'school "learning comm"', ["quote-closed"]),
    "three quotes": ('"a b" c "d', '"a b" c "d"', ["quote-closed"]),
    "empty quotes": ('"" school', "school", ["punctuation-dropped"]),
    "a quote inside a word": ('5"x school', '5 "x school"', ["quote-closed"]),
    "full-width letters": ("ｌｅａｒｎｉｎｇ　（ａ　ＯＲ　ｂ）", "learning (a OR b)", []),
    "Japanese words are phrases of letters": ("学習 支援", '"学 習" "支 援"', []),
    "accents stay as typed": ("Özgür", "Özgür", []),
    "an apostrophe": ("O’Brien's", "O’Brien's", []),
    "a hyphen": ("learning-communities", '"learning communities"', []),
    "a hyphen and a number": ("K-12", '"K 12"', []),
    "a slash": ("and/or", '"and or"', []),
    "plus signs": ("C++ +school", "C school", []),
    "a comma": ("Mehta, Jal", "Mehta Jal", []),
    "a lone ampersand": ("research & practice", "research practice", []),
    "only punctuation": ("?!", "", ["punctuation-dropped"]),
    "a double dash is no exclusion": ("isomorphism --notion", "isomorphism notion", []),
    "controls and a half surrogate": ("lear\x00ning\ud800 x\ufeffy", "learning xy", []),
    "an address": ("https://eric.ed.gov/?id=EJ1", '"https eric ed gov id EJ1"', []),
    # brackets
    "empty brackets": ("()", "", ["punctuation-dropped"]),
    "brackets in brackets": ("((school))", "school", []),
    "floating brackets": ("school ) x ( pupil", "school x pupil", ["bracket-dropped", "bracket-closed"]),
    "an opening bracket": ("(school", "school", ["bracket-closed"]),
    "a closing bracket": ("school)", "school", ["bracket-dropped"]),
    "brackets the wrong way": (")(", "", ["bracket-dropped", "bracket-closed", "punctuation-dropped"]),
    "a bracket glued to a word": ("learning(networks)", "learning networks", []),
    "square brackets": ("[learning] {networks}", "learning networks", []),
    # operators
    "or": ("school OR college", "school OR college", []),
    "and binds tighter than or": ("a1 OR b1 AND c1", "a1 OR (b1 c1)", []),
    "a space binds like and": ("a1 OR b1 c1", "a1 OR (b1 c1)", []),
    "brackets bind tightest": ("(a1 OR b1) c1", "(a1 OR b1) c1", []),
    "flat ands": ("(a1 AND b1) AND (c1 AND d1)", "a1 b1 c1 d1", []),
    "flat ors": ("a1 OR (b1 OR (c1 OR d1))", "a1 OR b1 OR c1 OR d1", []),
    "lower-case or": ("women or men", "women OR men", ["operator-word"]),
    "lower-case and": ("teaching and learning", "teaching learning", []),
    "lower-case not": ("teaching not learning", "teaching -learning", ["operator-word"]),
    "mixed case": ("a1 Or b1 aNd c1", "a1 OR (b1 c1)", ["operator-word"]),
    "signs for operators": ("a1 && b1 || c1", "(a1 b1) OR c1", []),
    "minus": ("school -college", "school -college", []),
    "a typographic minus": ("school −college", "school -college", []),
    "minus before a phrase": ('-"two words" school', '-"two words" school', []),
    "minus before a group": ("school -(a1 OR b1)", "school -(a1 OR b1)", []),
    "minus before a field": ("school -title:college", "school -title:college", []),
    "a trailing minus": ("title -", "title", ["operator-alone"]),
    "a floating minus": ("school - college", "school college", ["operator-alone"]),
    "not and minus cancel": ("x1 NOT -y1", "x1 y1", []),
    "not twice": ("NOT NOT school", "school", []),
    "and not": ("school AND NOT college", "school -college", []),
    "or not": ("school OR NOT college", "school OR -college", []),
    "only an exclusion": ("-school", "-school", ["only-not"]),
    "a lone AND": ("AND", "", ["operator-alone"]),
    "lone operators": ("AND OR NOT", "", ["operator-alone"]),
    "a leading OR": ("OR school", "school", ["operator-alone"]),
    "a trailing NOT": ("school NOT", "school", ["operator-alone"]),
    "an operator before a bracket": ("(school AND) college", "school college", ["operator-alone"]),
    "two operators": ("school AND OR college", "school OR college", ["operator-alone"]),
    "a lone and is a word": ("and", '"and"', []),
    "a trailing or is a word": ("school or", "school", ["stop-word-dropped"]),
    "quoted operators are words": ('"and" "NOT"', '"and" "NOT"', []),
    "near": ("school NEAR/5 college", "school college", ["near-as-and"]),
    "near without a number": ("school NEAR college", "school college", ["near-as-and"]),
    "near in lower case is a word": ("near school", "near school", []),
    # stop words
    "stop words are left out": ("the role of schools", "role schools", ["stop-word-dropped"]),
    "stop words alone stay": ("the who", "the who", []),
    "one stop word stays": ("the", "the", []),
    "quoted stop words stay": ('"the" school', '"the" school', []),
    "exact stop words stay": ("=the school", "=the school", []),
    "a stop word may be offered": ("the OR school", "the OR school", []),
    "a stop word may be excluded": ("school -the", "school -the", []),
    "a stop word beside an exclusion stays": ("the -school", "the -school", []),
    "an author may be called An": ("author:(An Be)", "author:An author:Be", []),
    "stop words of a group": ("(the of) school", "school", ["stop-word-dropped"]),
    # fields
    "a field": ("title:networks", "title:networks", []),
    "an alias in capitals": ("AU:Mehta", "author:Mehta", []),
    "a field and a phrase": ('so:"educational change"', 'source:"educational change"', []),
    "a field and a group": ("title:(a1 OR -b1)", "title:a1 OR -title:b1", []),
    "a field in a field's group": ("title:(a1 author:b1)", "title:a1 author:b1", []),
    "a field with a space": ("author: Mehta school", "author:Mehta school", []),
    "spaced colons": ("learning : the treasure", "learning treasure", ["punctuation-dropped", "stop-word-dropped"]),
    "a title with a colon": ("Learning: the treasure", "Learning treasure", ["stop-word-dropped"]),
    "a letter with a colon is no field": ("Vitamin A: deficits", "Vitamin deficits", ["stop-word-dropped"]),
    "a field without a word": ("title:", "title", ["field-empty"]),
    "a field before an operator": ("title: AND school", "title school", ["field-empty"]),
    "a field before a bracket": ("(title:) school", "title school", ["field-empty"]),
    "an unknown field": ("shape:round", "shape round", ["field-unknown"]),
    "an unknown field, excluded": ("x1 -shape:round", "x1 -(shape round)", ["field-unknown"]),
    "an unknown field and a phrase": ('shape:"big ball"', 'shape "big ball"', ["field-unknown"]),
    "an unknown field and a group": ("shape:(a1 OR b1)", "shape (a1 OR b1)", ["field-unknown"]),
    "a ratio is no field": ("1:1 technology", '"1 1" technology', []),
    "two fields at once": ("title:author:Mehta", 'title:"author Mehta"', []),
    "double colons": ("title::networks", "title:networks", []),
    "a lone colon": (":", "", ["punctuation-dropped"]),
    # exact, first
    "exact": ("=learning", "=learning", []),
    "exact in a field": ("title:=learning", "title:=learning", []),
    "exact before the field": ("=title:learning", "title:=learning", []),
    "an exact group": ("=(a1 b1)", "=a1 =b1", []),
    "a lone equals sign": ("= school", "school", ["punctuation-dropped"]),
    "first author": ("^author:Mehta", "author:^Mehta", []),
    "first author, the other way": ("author:^Mehta", "author:^Mehta", []),
    "first author in full": ('author:^"Mehta, Jal"', 'author:^"Mehta Jal"', []),
    "first of nothing": ("^Mehta", "Mehta", ["boost-unknown"]),
    "a boost": ("learning^2 (a1 b1)^3 x1", "learning a1 b1 x1", ["boost-unknown"]),
    "fuzzy words": ('learning~ schol~2 "a1 b1"~5', 'learning schol "a1 b1"', ["boost-unknown"]),
    # wildcards
    "a wildcard": ("educat*", "educat*", []),
    "a wildcard in a field": ("author:Peters*", "author:Peters*", []),
    "a wildcard after a hyphen": ("learning-comm*", "=learning comm*", []),
    "a leading wildcard": ("*bad", "bad", ["wildcard-leading"]),
    "wildcards at both ends": ("*bad*", "bad*", ["wildcard-leading"]),
    "a wildcard inside": ("colo*r", "colo*", ["wildcard-inner"]),
    "a short wildcard": ("x*", "x", ["wildcard-short"]),
    "a wildcard after punctuation": ("learning-*", "learning", []),
    "four wildcards": ("aa* bb* cc* dd*", "aa* bb* cc*", ["wildcard-many"]),
    "everything": ("*", "", []),
    "everything in Lucene": ("*:*", "", []),
    "everything and a word": ("* school", "school", []),
    "nothing at all": ("-*", "-*", []),
    "everything in a field": ("title:*", "", ["wildcard-leading", "punctuation-dropped"]),
    # years
    "a year": ("year:2019", "year:2019", []),
    "years with a hyphen": ("year:2015-2019", "year:2015..2019", []),
    "years with a dash": ("year:2015–2019", "year:2015..2019", []),
    "years with dots": ("2015..2019", "year:2015..2019", []),
    "until a year": ("..2010", "year:..2010", []),
    "from a year": ("year:2020..", "year:2020..", []),
    "from a year with a hyphen": ("year:2020-", "year:2020..", []),
    "years in brackets": ("year:[2010 TO 2015]", "year:2010..2015", []),
    "open years in brackets": ("year:[* TO 2015]", "year:..2015", []),
    "years compared": ("year:>=2010 year:<2015", "year:2010.. year:..2014", []),
    "years the other way round": ("year:2019-2015", "year:2015..2019", ["range-swapped"]),
    "a choice of years": ("year:(2010 OR 2015)", "year:2010 OR year:2015", []),
    "a quoted year": ('year:"2015"', "year:2015", []),
    "no year": ("year:soon", "soon", ["range-unreadable"]),
    "a year without a field is a word": ("plan 2015", "plan 2015", []),
    "years without a field are words": ("plan 2015-2019", 'plan "2015 2019"', []),
    "six ranges": ("year:1 OR year:2 OR year:3 OR year:4 OR year:5 OR year:6",
                   "year:1 OR year:2 OR year:3 OR year:4 OR year:5", ["ranges-many"]),
    # values compared whole
    "a record type by its label": ('type:"Book chapter"', "type:chapter", []),
    "a record type by its plural": ('type:"Journal articles"', "type:article-journal", []),
    "a record type by its name": ("type:article-journal", "type:article-journal", []),
    "record types": ('type:(chapter OR "Web page")', "type:chapter OR type:webpage", []),
    "an unknown type": ("type:poem", "type:poem", []),
    "a type with a comma": ("type:chapter, school", "type:chapter school", []),
    "availability": ("has:fulltext", "availability:fulltext", []),
    "peer reviewed": ("peer:1", "peer_reviewed:yes", []),
    "a language as written": ('lang:"Old English"', 'language:"Old English"', []),
    "a DOI's brackets": ("(doi:10.1002/(SICI)1097(19)4:8 x1)", 'doi:"10.1002/(sici)1097(19)4:8" x1', []),
    "an ERIC number in a field": ("eric:ej1223055 school", "id:EJ1223055 school", []),
    "ids by their beginning": ("id:EJ12*", "id:EJ12*", []),
    "no value": ("type: ,", "", ["punctuation-dropped"]),
}  # fmt: skip


@pytest.mark.parametrize(("typed", "read", "codes"), TABLE.values(), ids=TABLE)
def test_a_query_is_read_as(typed, read, codes):
    parsed = parse(typed)
    assert show(parsed.query) == read
    assert list(dict.fromkeys(n.code for n in parsed.notices)) == codes
    assert parse(read).query == parsed.query


@pytest.mark.parametrize(
    ("typed", "tree"),
    [
        ("", All()),
        ("school", Term("", "school")),
        ("=title:school", Term("title", "school", exact=True)),
        ("author:^Mehta", Term("author", "Mehta", first=True)),
        ('^au:"Mehta, Jal"', Phrase("author", ("Mehta", "Jal"), first=True)),
        ("K-12", Phrase("", ("K", "12"))),
        ("edu* -x1", And((Prefix("", "edu"), Not(Term("", "x1"))))),
        ("a1 OR (b1 c1)", Or((Term("", "a1"), And((Term("", "b1"), Term("", "c1")))))),
        ("year:..2010", Range("year", None, 2010)),
        ("type:Opinion*", Prefix("type", "Opinion")),
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
        ("school and college", "school college"),
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


def test_a_dropped_stop_word_is_named():
    notices = parse("the role of the school in a city").notices
    assert [sentence(n) for n in notices] == [
        "Left out because almost every record has it: the, of, in, a. Quote it to search for it"
    ]


@pytest.mark.parametrize(("typed", "_", "codes"), TABLE.values(), ids=TABLE)
def test_every_notice_fills_its_sentence(typed, _, codes):
    for notice in parse(typed).notices:
        assert set(re.findall(r"{(\w+)}", SENTENCES[notice.code])) <= dict(notice.params).keys()


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
}


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS)
@pytest.mark.parametrize("op", ["and", "or"])
def test_a_query_bomb_is_read_within_its_bounds(bomb, op):
    begun = time.perf_counter()
    query, notices, _ = parse(bomb, op=op)
    assert time.perf_counter() - begun < 2
    found = leaves(query)
    assert len(found) <= LIMITS.terms
    assert sum(isinstance(leaf, Prefix) for leaf in found) <= LIMITS.wildcards
    assert sum(isinstance(leaf, Range) for leaf in found) <= LIMITS.ranges
    assert sum(len(leaf.words) for leaf in found if isinstance(leaf, Phrase)) <= LIMITS.terms
    assert len(notices) < 100


def test_a_long_query_says_where_it_was_cut():
    assert "query-long" in [n.code for n in parse("x" * 1001).notices]
    assert "query-long" not in [n.code for n in parse("x" * 1000 + " " * 50).notices]


def test_too_many_words_are_left_out_and_told():
    query, notices, _ = parse(" ".join(f"w{n}" for n in range(70)))
    assert [leaf.text for leaf in leaves(query)] == [f"w{n}" for n in range(64)]
    assert [n.code for n in notices] == ["terms-many"]


def test_brackets_deeper_than_the_limit_are_read_as_one():
    query, notices, _ = parse("(x1 OR " * 25 + "y1" + ")" * 25 + " z1")
    assert [leaf.text for leaf in leaves(query)] == ["x1"] * 25 + ["y1", "z1"]
    assert [n.code for n in notices] == ["nesting-deep"]
