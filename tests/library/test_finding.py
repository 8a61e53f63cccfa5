"""What a search asks its engine, and what of that a reader is shown."""

import pytest

from litbase.library import Library
from litbase.library.finding import count, every, search
from litbase.query.lift import lifted
from litbase.query.parse import parse
from litbase.query.request import SearchRequest
from litbase.query.show import show
from litbase.query.state import SearchState
from litbase.query.tree import And, Or, Phrase, Term


@pytest.fixture
def requests(school: Library, monkeypatch: pytest.MonkeyPatch) -> list[SearchRequest]:
    """What the engine is asked from now on."""
    asked: list[SearchRequest] = []
    engine_search = school.engine.search

    def listening(request: SearchRequest):
        asked.append(request)
        return engine_search(request)

    monkeypatch.setattr(school.engine, "search", listening)
    return asked


def test_neighbours_are_lifted_in_the_best_order_only(school: Library, requests: list[SearchRequest]) -> None:
    """Not where records are only counted, nor in another order; and never for the reader to see."""
    state = SearchState(q="learning communities")
    parsed = parse(state.q)
    found = search(school, state)
    assert [request.query for request in requests] == [lifted(parsed.query, parsed.rows)] != [parsed.query]
    assert show(found.query) == show(found.expanded.query) == "learning communities"
    requests.clear()
    assert count(school, state) == search(school, state.with_sort("newest")).total == found.total
    assert [request.query for request in requests] == [parsed.query] * 2
    assert every(state).query == lifted(parsed.query, parsed.rows)
    assert every(state.with_sort("title")).query == parsed.query


def test_words_of_a_sentence_are_searched_apart_and_lifted_together() -> None:
    """With any of the words asked for, a compound is found by its parts and put first as a whole."""
    query = every(SearchState(q="not in peer-reviewed journals", op="or")).query
    assert isinstance(query, And)
    assert query.children[0] == Or((Term("", "peer"), Term("", "reviewed"), Term("", "journals")))
    assert show(query.children[1]).endswith('OR "peer reviewed" OR "reviewed journals"')


def test_a_name_as_it_is_spoken_finds_the_same_records(school: Library) -> None:
    """In quotation marks; ^ stays the first author."""
    found = [search(school, SearchState(q=q)) for q in ('author:"Mehta, Jal"', 'au:"Jal Mehta"', 'author:"jal mehta"')]
    assert found[0].total > 0
    assert len({tuple(hit.record.id for hit in one.hits) for one in found}) == 1
    assert found[1].query == Phrase("author", ("Jal", "Mehta"))
    first = [count(school, SearchState(q=q)) for q in ('author:^"Mehta, Jal"', 'author:^"Jal Mehta"')]
    assert first[0] == first[1]
    assert 0 < first[0] < found[0].total
