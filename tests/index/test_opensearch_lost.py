"""Indexes and parts of OpenSearch that are lost: what is not whole says so, and is made anew."""

import threading
import time
from collections.abc import Iterator
from contextlib import suppress

import pytest

from litbase.errors import EngineUnavailable, Unsupported
from litbase.fields import IndexDocument
from litbase.index.opensearch import search as searching
from litbase.index.opensearch.engine import OpenSearchEngine
from litbase.query.request import FacetRequest, SearchRequest
from tests.index import pretended
from tests.index.pretended import Pretended, in_part
from tests.index.reaching import PART, documents, mark, said, searched, suppressed, until
from tests.index.reaching import _quick as _quick
from tests.index.reaching import engine as engine
from tests.index.reaching import hurried as hurried
from tests.index.reaching import reach as reach
from tests.index.reaching import server as server

IN_PART = {
    "no living copy, and no failure listed": (2, False, (2, 3)),
    "only one of them": (1, False, (1, 3)),
    "out of time": (3, True, (2, 3)),
}


@pytest.mark.parametrize("name", IN_PART)
def test_an_answer_in_part_says_so_or_is_refused(server: Pretended, engine: OpenSearchEngine, name: str) -> None:
    """Only who can say so to readers is given it."""
    good, timed_out, answered = IN_PART[name]
    server.say("POST /x-.*_search$", in_part(good, timed_out=timed_out))
    found = engine.search(SearchRequest(facets=(FacetRequest("author", 5),), partial=True))
    assert (found.answered, found.total) == (answered, 1)
    assert "allow_partial_search_results=true" in server.seen[-1]
    assert f"only {answered[0]} of 3 parts" in said(lambda: engine.search(SearchRequest()))
    assert "allow_partial_search_results=false" in server.seen[-1]
    server.recover()
    assert engine.search(PART).answered is None


def test_no_part_answers(server: Pretended, engine: OpenSearchEngine) -> None:
    """The index is red."""
    server.say("POST /x-.*_search", pretended.NO_SHARD)
    assert said(lambda: engine.search(PART)).endswith("cannot answer now: all shards failed")
    server.say("POST /x-.*_search", pretended.NOT_WHOLE)
    assert "Search rejected due to missing shards" in said(lambda: list(engine.scan(SearchRequest())))
    assert engine.mark() == mark(1)


def test_a_query_of_too_many_words(server: Pretended, engine: OpenSearchEngine) -> None:
    """Is the reader's to mend."""
    server.say("POST /x-.*_search", pretended.TOO_MANY)
    assert said(lambda: engine.search(SearchRequest()), Unsupported).startswith("the query stands for too many words")


def test_a_walk_that_loses_its_place_goes_on(
    server: Pretended, engine: OpenSearchEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody is left out or given twice; where it never finds it again, it says so."""
    monkeypatch.setattr(searching, "PAGE", 2)
    usual = searched(server)
    for sort in ("title", "best"):
        server.say("POST /_search", usual, pretended.LOST_PLACE, usual)
        assert list(engine.scan(SearchRequest(sort=sort))) == ["a", "b", "c"]
    server.say("POST /_search", usual, pretended.LOST_PLACE)
    walk = engine.scan(SearchRequest(sort="title"))
    assert [next(walk), next(walk)] == ["a", "b"]
    said(lambda: next(walk))


def test_the_alias_is_lost(server: Pretended, engine: OpenSearchEngine) -> None:
    """It is for people: the marks say which index is asked."""
    for made in server.indexes.values():
        made["aliases"].discard("x")
    assert (engine.search(SearchRequest()).total, engine.mark()) == (3, mark(1))


LOST = {"the index": lambda name: name != "x-marks", "the marks": lambda name: name == "x-marks", "all": lambda _: True}


@pytest.mark.parametrize("name", LOST)
def test_what_is_lost_is_made_anew(server: Pretended, engine: OpenSearchEngine, name: str) -> None:
    """The mark is gone with it, so that whoever follows the store begins again, and OpenSearch makes none by itself."""
    for index in [index for index in server.indexes if LOST[name](index)]:
        server.lose(index)
    with suppress(EngineUnavailable):
        engine.search(SearchRequest())
    until(lambda: not engine.refresh() and engine.mark() is None)
    assert engine.search(SearchRequest()).total == 0
    engine.write(documents("a", "b"), (), mark(2))
    assert (engine.search(SearchRequest()).total, engine.mark()) == (2, mark(2))


def test_an_index_that_is_lost_says_so(server: Pretended, engine: OpenSearchEngine) -> None:
    """To the reader who meets it, and to a write that was on its way: nothing is written into another one."""
    (old,) = [index for index in server.indexes if index != "x-marks"]
    server.lose(old)
    assert "is gone (a running server builds it anew by itself" in said(lambda: engine.search(SearchRequest()))
    until(engine.refresh)
    engine.write(documents("a"), (), mark(2))

    def lost() -> Iterator[IndexDocument]:
        yield from documents("b")
        for index in [index for index in server.indexes if index != "x-marks"]:
            server.lose(index)

    assert "is gone" in said(lambda: engine.write(lost(), (), mark(3)))
    until(engine.refresh)
    assert engine.mark() is None


def test_an_index_that_is_lost_is_noticed_unasked(server: Pretended, engine: OpenSearchEngine) -> None:
    """When the index is looked over."""
    server.lose(next(index for index in server.indexes if index != "x-marks"))
    assert engine.inspect() is False
    assert engine.mark() is None


def test_marks_of_another_program(server: Pretended, engine: OpenSearchEngine) -> None:
    """Are none."""
    server.indexes["x-marks"]["docs"]["x"] = {"index": "y"}
    until(engine.refresh)
    assert engine.mark() is None


def test_searches_are_answered_while_an_index_is_written(server: Pretended, engine: OpenSearchEngine) -> None:
    """A large write takes minutes."""
    going, done = threading.Event(), threading.Event()

    def slowly() -> Iterator[IndexDocument]:
        going.set()
        done.wait(5)
        yield from documents("d")

    writing = threading.Thread(target=engine.write, args=(slowly(), (), mark(2)))
    writing.start()
    going.wait(5)
    begun = time.monotonic()
    time.sleep(0.06)
    engine.refresh()
    assert (engine.search(SearchRequest()).total, engine.mark()) == (3, mark(1))
    assert time.monotonic() - begun < 4
    done.set()
    writing.join()
    assert engine.mark() == mark(2)


def test_a_server_that_starts_anew_is_asked_again(server: Pretended, engine: OpenSearchEngine) -> None:
    """Connections that rested are made anew; nobody has to do anything."""
    server.stop()
    time.sleep(0.06)
    engine.refresh()
    assert "cannot be reached" in said(engine.mark)
    again = Pretended(port=server.port)
    again.indexes = server.indexes
    try:
        until(lambda: not suppressed(engine.mark))
        assert engine.search(SearchRequest()).total == 3
    finally:
        again.stop()
