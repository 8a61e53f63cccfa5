"""Nodes killed and frozen under load: nothing is lost or wrong, what is partial says so, and all mends by itself."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from litbase.errors import EngineError, EngineUnavailable
from litbase.fields import IndexDocument, index_document
from litbase.index import Engine, Mark
from litbase.index.opensearch import search as searching
from litbase.index.opensearch.address import parse
from litbase.index.opensearch.engine import OpenSearchEngine
from litbase.library import follower, open_library
from litbase.query.request import SearchRequest, SearchResult
from litbase.query.tree import Term
from litbase.record.record import Record
from litbase.settings import Settings
from tests.cluster.cluster import Cluster
from tests.web.conftest import incoming

pytestmark = [pytest.mark.cluster, pytest.mark.server]
SIZE, BATCH = 4_000, 250


def documents(first: int, last: int) -> list[IndexDocument]:
    return [index_document(Record(id=f"d{n:05}", title=f"Learning number {n}")) for n in range(first, last)]


def insisting(action: Callable[[], None], seconds: float = 120) -> None:
    """Do *action* until it succeeds, as a follower does."""
    until = time.monotonic() + seconds
    while True:
        try:
            return action()
        except EngineUnavailable:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


def prompt(cluster: Cluster) -> None:
    """Let lost copies be made anew at once, and wait until all are there; a minute later is the rule."""
    for index in cluster.call("GET", "/t*"):
        cluster.call("PUT", f"/{index}/_settings", {"index.unassigned.node_left.delayed_timeout": "0s"})
    cluster.wait()


class Asked:
    """What readers met: seconds of each answer, refusals, partial answers, and totals that shrank without a word."""

    def __init__(self) -> None:
        self.seconds: list[float] = []
        self.refused: list[str] = []
        self.partial = 0
        self.wrong: list[tuple[int, int]] = []


@contextmanager
def readers(engine: OpenSearchEngine) -> Iterator[Asked]:
    """Somebody who asks ten times a second, all the while."""
    asked, done = Asked(), threading.Event()

    def read() -> None:
        most = 0
        while not done.wait(0.1):
            begun = time.perf_counter()
            try:
                found = engine.search(SearchRequest(Term("title", "learning"), limit=10))
            except EngineError as error:
                asked.refused.append(str(error))
                continue
            finally:
                asked.seconds.append(time.perf_counter() - begun)
            if found.answered:
                asked.partial += 1
            elif found.total < most:
                asked.wrong.append((found.total, most))
            else:
                most = found.total // BATCH * BATCH  # of a batch that is being written, copies show more or less

    thread = threading.Thread(target=read)
    thread.start()
    try:
        yield asked
    finally:
        done.set()
        thread.join()


@pytest.fixture
def address(named: Callable[[], str]) -> str:
    return named().replace("shards=2&timeout=5", "shards=3&timeout=2")


def test_nodes_killed_while_it_is_filled_lose_nothing(cluster: Cluster, address: str) -> None:
    """Every document is there, no answer was wrong, and what was partial was labelled."""
    engine, reader = OpenSearchEngine(parse(address)), OpenSearchEngine(parse(address), writable=False)
    engine.write(documents(0, BATCH), (), Mark("s", "e", 1))
    prompt(cluster)
    with readers(reader) as asked:
        for number, first in enumerate(range(BATCH, SIZE, BATCH), 2):
            if number in (4, 10):
                cluster.kill(number % 3)
            if number in (8, 14):
                cluster.start_node((number - 4) % 3)
                cluster.wait(nodes=3)
            insisting(lambda: engine.write(documents(first, first + BATCH), (), Mark("s", "e", number)))  # noqa: B023
    cluster.restore()
    assert engine.mark() == Mark("s", "e", number)
    assert sorted(engine.scan(SearchRequest())) == [f"d{n:05}" for n in range(SIZE)]
    assert asked.wrong == []
    assert len(asked.seconds) > 20
    assert asked.partial + len(asked.refused) <= 0.2 * len(asked.seconds), asked.refused


@pytest.mark.parametrize("sort", ["best", "title"])
def test_a_node_lost_in_the_middle_of_an_export_leaves_nobody_out(
    cluster: Cluster, address: str, sort: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Points in time that live on it are lost with it; the export goes on."""
    monkeypatch.setattr(searching, "PAGE", 100)
    engine = OpenSearchEngine(parse(address))
    engine.write(documents(0, 2_000), (), Mark("s", "e", 1))
    prompt(cluster)
    found = []
    for n, id in enumerate(engine.scan(SearchRequest(Term("title", "learning"), sort=sort))):
        found.append(id)
        if n == 450:
            cluster.kill(1)
        if n == 900:
            cluster.kill(2) if len(cluster.alive) == 3 else cluster.start_node(1)
    assert sorted(found) == [f"d{n:05}" for n in range(2_000)]
    assert sort == "best" or found == sorted(found, key=lambda id: str(int(id[1:])))  # as their titles are


def test_a_frozen_node_is_passed_over(cluster: Cluster, address: str) -> None:
    """It keeps its connections and says nothing; when the others have noticed, every answer is whole again."""
    engine = OpenSearchEngine(parse(address.replace("timeout=2", "timeout=6")))
    engine.write(documents(0, 500), (), Mark("s", "e", 1))
    prompt(cluster)
    cluster.freeze(2)
    try:
        with readers(engine) as asked:
            cluster.wait(nodes=2, status="yellow", seconds=60)
            noticed = len(asked.seconds)
            while len(asked.seconds) < noticed + 2:  # what was asked before they noticed may be refused yet
                time.sleep(0.1)
            before, refused = len(asked.seconds), len(asked.refused)
            while len(asked.seconds) < before + 10:
                time.sleep(0.1)
    finally:
        cluster.thaw(2)
    assert asked.wrong == []
    assert asked.refused[refused:] == []
    assert max(asked.seconds) < 7


def test_two_nodes_lost_stop_search_only_and_all_goes_on_by_itself(
    cluster: Cluster, address: str, tmp_path: Path
) -> None:
    """Records can be saved meanwhile; search says no within three seconds, and finds them when the nodes are back."""
    library = open_library(tmp_path / "library", Settings(index=address), create=True)
    follows, run = follower(library), library.store.start_run("add")
    try:
        library.store.put([incoming(Record(title="Before the loss"), "bibtex", "one")], run)
        follows.start()
        insisting(lambda: _has(library.engine, 1))
        prompt(cluster)
        name = parse(address).name
        marks = cluster.call("GET", f"/_cat/shards/{name}-marks?format=json")
        assert sorted(one["node"] for one in marks) == ["node-0", "node-1", "node-2"]  # so the last one knows them
        cluster.kill(0)
        cluster.kill(2)
        library.store.put([incoming(Record(title="While it was away"), "bibtex", "two")], run)
        insisting(lambda: _is_not_whole(library.engine))
        begun_now = OpenSearchEngine(parse(address), writable=False)
        assert begun_now.mark() == library.engine.mark()
        insisting(lambda: _is_not_whole(begun_now), 5)
        begun_now.close()
        cluster.restore()
        insisting(lambda: _has(library.engine, 2))
    finally:
        follows.stop()
        library.close()


def _is_not_whole(engine: Engine) -> None:
    """Back when a search is refused, or says that it is partial, within three seconds."""
    begun = time.monotonic()
    try:
        found = engine.search(SearchRequest(limit=0))
    except EngineError:
        found = SearchResult(0, (), answered=(0, 3))
    assert time.monotonic() - begun < 3
    if not found.answered:
        raise EngineUnavailable("the last node has not noticed yet that it is alone")


def _has(engine: Engine, total: int) -> None:
    found = engine.search(SearchRequest(limit=0))
    if found.total < total or found.answered:
        raise EngineUnavailable(f"{found.total} of {total}")
