"""Words side by side come first, and nothing else changes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litbase.fields import IndexDocument
from litbase.index import Mark
from litbase.index.whoosh.engine import WhooshEngine
from litbase.query.lift import LIFT, PAIRS, lifted
from litbase.query.parse import parse
from litbase.query.request import SearchRequest
from litbase.query.tree import All, And, Boost, Not, Or, Phrase, Term
from tests.index.libraries import COMMON, documents, fields, queries, words
from tests.index.memory import matches

ROWS = st.lists(
    st.builds(Phrase, fields, st.lists(st.one_of(st.sampled_from(COMMON), words), max_size=5).map(tuple)), max_size=3
)


@given(documents(), queries, ROWS)
def test_the_same_records_match(document, query, rows):
    assert matches(lifted(query, rows), document) == matches(query, document)


@given(documents(), st.lists(st.sampled_from([*COMMON, "schools", "K-12", "and", "or", "-", "(", ")"]), max_size=8))
def test_the_same_records_match_what_is_typed(document, typed):
    for op in ("and", "or"):
        parsed = parse(" ".join(typed), op=op)
        assert matches(lifted(parsed.query, parsed.rows), document) == matches(parsed.query, document)


@pytest.mark.parametrize(
    ("typed", "pairs"),
    [
        ("school", []),
        ("the school", []),
        ("a1 b1 c1", ["a1 b1", "b1 c1"]),
        ("the role of the schools in a city", ["role of the schools", "schools in a city"]),
        ("a1 b1 a1 b1", ["a1 b1", "b1 a1"]),
        ("a1 OR b1", []),
        (" ".join(f"w{n}" for n in range(30)), [f"w{n} w{n + 1}" for n in range(PAIRS)]),
    ],
)
def test_pairs_of_telling_words_are_lifted(typed, pairs):
    query, _, _, rows = parse(typed)
    lifts = tuple(Boost(Phrase("", tuple(pair.split())), LIFT) for pair in pairs)
    assert lifted(query, rows) == (And((query, Or((All(), *lifts)))) if pairs else query)


def test_a_record_with_the_words_side_by_side_is_the_first_hit(tmp_path):
    texts = {
        "apart": "choice of a school, and a choice for school",
        "beside": "for a choice and of the school choice",
        "neither": "another text about choice",
    }
    rows = [IndexDocument(id, {"title": (text,)}, "", "", (1, 0, 0, 0), False) for id, text in texts.items()]
    engine = WhooshEngine(tmp_path)
    engine.write(rows, (), Mark("s", "e", 1))
    parsed = parse("school choice")

    def scores(query):
        return {hit.id: hit.score for hit in engine.search(SearchRequest(query)).hits}

    plain, found = scores(parsed.query), scores(lifted(parsed.query, parsed.rows))
    assert list(plain) == ["apart", "beside"]
    assert list(found) == ["beside", "apart"]
    assert found["apart"] == pytest.approx(plain["apart"])
    pair = scores(Phrase("", ("school", "choice")))
    assert found["beside"] == pytest.approx(plain["beside"] + LIFT * pair["beside"])
    assert scores(lifted(Not(Term("", "school")), parsed.rows)).keys() == {"neither"}
