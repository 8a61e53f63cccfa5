"""OpenSearch on a real cluster: the suite of every engine, the oracle, and the same pages as from the folder."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import count, product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from litbase.errors import EngineUnavailable, Unsupported
from litbase.fields import FACETS, IndexDocument, index_document
from litbase.index import Mark
from litbase.index.opensearch import search as searching
from litbase.index.opensearch.address import parse
from litbase.index.opensearch.engine import OpenSearchEngine
from litbase.library import Library, bring_level, finding
from litbase.library.reading import Entry
from litbase.query.request import FacetRequest, SearchRequest
from litbase.query.state import SearchState
from litbase.query.tree import Prefix, Term
from litbase.record.record import Record
from tests.cluster.cluster import Cluster
from tests.cluster.conftest import drop
from tests.index.libraries import IDS, requests, writes
from tests.index.memory import MemoryEngine
from tests.index.test_conformance import *  # noqa: F403  the same stories, told of the engine of conftest.py
from tests.index.test_suggest import STARTS, WRITTEN

pytestmark = [pytest.mark.cluster, pytest.mark.server]
WORDS = ("learning communities", "=learning", "network*", "author:smith", '"higher education"', "rural OR urban",
         "leadership -principals", "literacy NEAR/5 family", "teachers NEAR/9 reading NEAR/9 students", "^author:smith",
         "title:read*", "has:doi", "descriptor:Teachers", "")  # fmt: skip
FILTERS = ((), (("from", "1990"), ("to", "2010")), (("sort", "newest"),),
           (("not.type", "report"), ("level", "Higher Education")), (("peer", "yes"), ("sort", "title"), ("page", "3")),
           (("sort", "author"), ("per", "25")))  # fmt: skip
change = count(1)


@pytest.fixture
def engine(on_cluster: OpenSearchEngine) -> OpenSearchEngine:
    """What the suite of every engine is told of here: an engine without an index."""
    return on_cluster


def agree(ours: OpenSearchEngine, theirs: MemoryEngine, request: SearchRequest) -> None:
    """Compare every part of an answer."""
    found, expected = ours.search(request), theirs.search(request)
    assert (found.total, found.left_out, found.answered) == (expected.total, expected.left_out, None)
    assert found.facets == expected.facets
    ids, right = list(ours.scan(request)), list(theirs.scan(request))
    if request.sort == "best":
        assert sorted(ids) == sorted(right)
        scores = [(-hit.score, hit.id) for hit in found.hits]
        assert scores == sorted(scores)
    else:
        assert ids == right
        assert [hit.id for hit in found.hits] == right[request.offset :][: request.limit]


def emptied(engine: OpenSearchEngine) -> MemoryEngine:
    """*engine* without documents, and an oracle like it."""
    engine.write([], IDS, Mark("s", "e", next(change)))
    return MemoryEngine()


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(batches=st.lists(writes, min_size=1, max_size=4), asked=st.lists(requests, min_size=4, max_size=10))
def test_every_answer_is_the_oracles(
    engine: OpenSearchEngine, batches: list[tuple[list[IndexDocument], list[str]]], asked: list[SearchRequest]
) -> None:
    """In one index, written over and over."""
    memory = emptied(engine)
    for documents, deletions in batches:
        mark = Mark("s", "e", next(change))
        for each in (memory, engine):
            each.write(documents, deletions, mark)
    assert engine.mark() == memory.mark()
    for request in asked:
        agree(engine, memory, request)


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(batch=writes, limit=st.integers(0, 4))
def test_suggestions_are_the_oracles(
    engine: OpenSearchEngine, batch: tuple[list[IndexDocument], list[str]], limit: int
) -> None:
    """Values, titles and other spellings."""
    memory = emptied(engine)
    for each in (memory, engine):
        each.write(*batch, Mark("s", "e", next(change)))
    for start in STARTS:
        assert engine.titled(start, limit) == memory.titled(start, limit)
        for field in ("author", "descriptor", "source", "collection"):
            assert engine.suggest(field, start, limit) == memory.suggest(field, start, limit)
    for word, field in product(WRITTEN, ("", "title", "author")):
        assert engine.respell(word, field) == memory.respell(word, field)


@pytest.fixture(scope="module")
def both(cluster: Cluster, full: tuple[Library, list[Entry]]) -> Iterator[tuple[Library, Library]]:
    """The library of the real records, its index in the folder, and the same with its index on the cluster."""
    library = full[0]
    other = replace(library, engine=OpenSearchEngine(parse(f"{cluster.address}real")), folder=library.folder / "other")
    assert bring_level(other)
    yield library, other
    other.engine.close()
    drop(cluster, "real")


def test_real_searches_give_the_same_records_counts_and_orders(both: tuple[Library, Library]) -> None:
    """Only the order of best matches may differ."""
    for words, filters in product(WORDS, FILTERS):
        state, _ = SearchState.from_args([("q", words), *filters])
        folder, cluster = (finding.search(library, state) for library in both)
        said = f"{words} {filters}"
        assert (folder.total, folder.left_out) == (cluster.total, cluster.left_out), said
        assert (folder.years, folder.undated) == (cluster.years, cluster.undated), said
        for ours, theirs in zip(folder.facets, cluster.facets, strict=True):
            assert ours == replace(theirs, total=ours.total, about=False), said
            assert ours.total == pytest.approx(theirs.total, rel=0.002 if theirs.about else 0), said
        if state.sort != "best" or not words:
            assert [h.record.id for h in folder.hits] == [h.record.id for h in cluster.hits], said


def test_the_best_match_is_among_the_best_of_the_other(both: tuple[Library, Library]) -> None:
    """Scores are made in the same way, so far as both engines let them be."""
    missed = []
    for words in (words for words in WORDS if words and ":" not in words):
        state, _ = SearchState.from_args([("q", words)])
        folder, cluster = (finding.search(library, state) for library in both)
        if folder.hits and folder.hits[0].record.id not in [hit.record.id for hit in cluster.hits]:
            missed.append(words)
    assert len(missed) <= 1, missed


def test_a_whole_walk_gives_every_record_once_in_order(both: tuple[Library, Library]) -> None:
    """Many pages of it."""
    for sort in ("best", "title", "newest"):
        request = SearchRequest(Term("", "students"), sort=sort)
        folder, cluster = (list(library.engine.scan(request)) for library in both)
        assert len(cluster) == len(set(cluster)) == len(folder) > 2 * searching.PAGE
        assert sorted(cluster) == sorted(folder) if sort == "best" else cluster == folder


def test_pages_behind_the_wall_are_walked_to(both: tuple[Library, Library], monkeypatch: pytest.MonkeyPatch) -> None:
    """OpenSearch itself turns only so many pages."""
    request = SearchRequest(sort="title", offset=2_990, limit=20)
    expected = both[0].engine.search(request)
    monkeypatch.setattr(searching, "WALL", 3_000)
    found = both[1].engine.search(request)
    assert (found.hits, found.total) == (expected.hits, expected.total)


def test_all_values_of_a_facet_are_counted_exactly(
    both: tuple[Library, Library], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The most frequent few, a page in the middle, all, in both orders, and those that hold a word."""
    monkeypatch.setattr("litbase.index.opensearch.facets.EVERY", 500)
    for name in FACETS:
        asked = (FacetRequest(name, 10), FacetRequest(name, 7, 5), FacetRequest(name),
                 FacetRequest(name, 9, 3, order="value"), FacetRequest(name, 20, find="ed"),
                 FacetRequest(name, 5, find="s e", order="value"))  # fmt: skip
        for facet in asked:
            folder, cluster = (library.engine.search(SearchRequest(facets=(facet,), limit=0)) for library in both)
            assert cluster.facets[name].values == folder.facets[name].values, facet


def test_a_record_that_cannot_be_taken_leaves_its_neighbours(engine: OpenSearchEngine) -> None:
    """It is named with the reason, until it is written rightly."""
    good = [index_document(Record(id=f"g{n}", title="Good")) for n in range(3)]
    bad = replace(good[0], id="bad", date_key=(0, 10**9, 1, 1))
    engine.write([*good, bad], (), Mark("s", "e", 1))
    assert engine.search(SearchRequest()).total == 3
    ((id, why),) = engine.refused
    assert (id, "date" in why) == ("bad", True)
    engine.write([replace(bad, date_key=(1, 0, 0, 0))], (), Mark("s", "e", 2))
    assert engine.search(SearchRequest()).total == 4
    assert engine.refused == ()


def test_an_index_that_somebody_closed_or_led_elsewhere_loses_nothing(
    cluster: Cluster, engine: OpenSearchEngine
) -> None:
    """What is not written is written later, into a new index where the alias for documents was changed."""
    one, two = (index_document(Record(id=id, title="Good")) for id in "ab")
    engine.write([one], (), Mark("s", "e", 1))
    (index,) = (name for name in cluster.call("GET", f"/{engine.address.name}-2*"))
    cluster.call("POST", f"/{index}/_close")
    with pytest.raises(EngineUnavailable, match="has closed the index"):
        engine.write([two], (), Mark("s", "e", 2))
    cluster.call("POST", f"/{index}/_open?wait_for_active_shards=1")
    cluster.call("PUT", f"/{engine.address.name}-other")
    led = {"index": f"{engine.address.name}-other", "alias": f"{index}-in"}
    cluster.call("POST", "/_aliases", {"actions": [{"add": led}]})
    with pytest.raises(EngineUnavailable, match="is gone"):
        engine.write([two], (), Mark("s", "e", 2))
    assert engine.refused == ()
    engine.write([one, two], (), Mark("s", "e", 2))
    assert (engine.search(SearchRequest()).total, engine.mark()) == (2, Mark("s", "e", 2))


def test_an_older_write_that_comes_late_changes_nothing(engine: OpenSearchEngine) -> None:
    """Two processes may follow at once, and a network may bring what they say in any order."""
    old, new = (index_document(Record(id="x", title=title)) for title in ("Old words", "New words"))
    engine.write([new], (), Mark("s", "e", 9))
    late = OpenSearchEngine(engine.address)
    late.write([old], (), Mark("s", "e", 8))
    assert engine.search(SearchRequest(Term("title", "new"))).total == 1
    assert engine.search(SearchRequest(Term("title", "old"))).total == 0


def test_the_old_index_answers_until_the_new_one_is_whole(engine: OpenSearchEngine) -> None:
    """And goes on answering if the new one never is."""
    engine.write([index_document(Record(id="a", title="Old"))], (), Mark("s", "e", 1))
    engine.clear()

    def broken() -> Iterator[IndexDocument]:
        yield index_document(Record(id="b", title="New"))
        assert engine.search(SearchRequest()).hits[0].id == "a"
        raise RuntimeError

    with pytest.raises(RuntimeError):
        engine.write(broken(), (), Mark("s", "e", 2))
    assert [hit.id for hit in engine.search(SearchRequest()).hits] == ["a"]
    assert engine.mark() is None
    engine.write([index_document(Record(id="b", title="New"))], (), Mark("s", "e", 2))
    assert [hit.id for hit in engine.search(SearchRequest()).hits] == ["b"]


def test_another_engine_sees_what_was_written(engine: OpenSearchEngine) -> None:
    """As another process does, within a moment."""
    other = OpenSearchEngine(engine.address, writable=False)
    assert other.mark() is None
    engine.write([index_document(Record(id="a", title="Words"))], (), Mark("s", "e", 1))
    while not other.refresh():
        pass
    assert (other.mark(), other.search(SearchRequest()).total) == (Mark("s", "e", 1), 1)


def test_an_index_made_with_other_fields_is_built_anew(
    engine: OpenSearchEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is not asked: its answers would be wrong."""
    engine.write([index_document(Record(id="a", title="Words"))], (), Mark("s", "e", 1))
    monkeypatch.setattr("litbase.index.opensearch.engine.fingerprint", lambda: "another")
    monkeypatch.setattr("litbase.index.opensearch.commit.fingerprint", lambda: "another")
    assert engine.mark() is None
    with pytest.raises(EngineUnavailable, match="made by another litbase"):
        engine.search(SearchRequest())
    engine.write([index_document(Record(id="b", title="Words"))], (), Mark("s", "e", 2))
    assert [hit.id for hit in engine.search(SearchRequest()).hits] == ["b"]


def test_a_beginning_of_very_many_words(engine: OpenSearchEngine) -> None:
    """Alone it stands for all of them; behind another word it is refused with what to do."""
    rows = [IndexDocument(f"d{n:04}", {"title": (f"one w{n:04}",)}, "", "", (1, 0, 0, 0), False) for n in range(3_000)]
    engine.write(rows, (), Mark("s", "e", 1))
    assert engine.search(SearchRequest(Prefix("title", "w"))).total == 3_000
    assert engine.search(SearchRequest(Prefix("title", "one w000"))).total == 10
    with pytest.raises(Unsupported, match="add letters"):
        engine.search(SearchRequest(Prefix("title", "one w")))
