"""The follower: level after anything, rebuilt when it followed something else, one at a time, never dead."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from litbase.fields import IndexDocument
from litbase.index import Engine, Mark
from litbase.index import follow as following
from litbase.index.follow import Follower, follow, wait_until
from litbase.index.lock import Alone, locked
from litbase.index.whoosh.engine import WhooshEngine
from litbase.query.request import FacetRequest, SearchRequest
from litbase.record.record import Record
from litbase.vocabulary.thesaurus import NONE, Thesaurus
from litbase.vocabulary.variants import ALONE, Variants
from tests.index.memory import MemoryEngine


@dataclass
class Stored:
    """A stored record, as far as a follower looks."""

    state: str
    record: Record


class Store:
    """A store in memory with the change feed of the real one."""

    def __init__(self) -> None:
        self.store_id, self.epoch, self.last = "store", "one", 0
        self.records: dict[str, Stored] = {}
        self.feed: dict[str, int] = {}

    def put(self, id: str, title: str = "Some title", state: str = "public") -> int:
        self.last += 1
        self.records[id] = Stored(state, Record(id=id, title=title))
        self.feed[id] = self.last
        return self.last

    def mark(self) -> tuple[str, str, int]:
        return self.store_id, self.epoch, self.last

    def changes(self, since: int, limit: int) -> list[tuple[int, str]]:
        return sorted((change, id) for id, change in self.feed.items() if change > since)[:limit]

    def get_many(self, ids: Sequence[str]) -> dict[str, Stored]:
        return {id: self.records[id] for id in ids if id in self.records}

    def thesaurus(self) -> Thesaurus:
        return NONE

    def variants(self) -> Variants:
        return ALONE


class Counting(MemoryEngine):
    """The oracle, which tells what it was asked to write."""

    def __init__(self) -> None:
        super().__init__()
        self.written: list[tuple[list[str], list[str], Mark]] = []
        self.clears = 0

    def write(self, documents: object, deletions: object, mark: Mark) -> None:
        fresh: list[IndexDocument] = list(documents)  # type: ignore[call-overload]
        gone: list[str] = list(deletions)  # type: ignore[call-overload]
        self.written.append(([d.id for d in fresh], gone, mark))
        super().write(fresh, gone, mark)

    def clear(self) -> None:
        self.clears += 1
        super().clear()


@pytest.fixture(params=["memory", "whoosh"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    made: Engine = Counting() if request.param == "memory" else WhooshEngine(tmp_path / "index")
    yield made
    made.close()


@pytest.fixture
def lock(tmp_path: Path) -> Alone:
    return partial(locked, tmp_path / "follow.lock")


def ids(engine: Engine) -> set[str]:
    return set(engine.scan(SearchRequest()))


def test_following_brings_everything_and_then_the_changes(engine: Engine, lock: Alone) -> None:
    store, told = Store(), []
    for n in range(25):
        store.put(f"r{n}")
    store.put("hidden", state="draft")
    assert follow(store, engine, lock, lambda done, total: told.append((done, total)))
    assert ids(engine) == {f"r{n}" for n in range(25)}
    assert told == [(26, 26)]
    store.put("r3", state="withdrawn")
    store.put("hidden")
    assert follow(store, engine, lock)
    assert ids(engine) == {f"r{n}" for n in range(25)} - {"r3"} | {"hidden"}
    assert engine.mark() == store.mark()


def test_following_an_empty_store_reaches_its_mark(engine: Engine, lock: Alone) -> None:
    store = Store()
    assert follow(store, engine, lock)
    assert engine.mark() == Mark("store", "one", 0)


def change_epoch(store: Store) -> None:
    store.epoch = "two"


def change_store(store: Store) -> None:
    store.store_id = "another"


def go_back(store: Store) -> None:
    store.last -= 1
    del store.feed["c"]
    del store.records["c"]


@pytest.mark.parametrize("happening", [change_epoch, change_store, go_back])
def test_another_store_epoch_or_past_means_a_new_index(
    engine: Engine, lock: Alone, happening: Callable[[Store], None]
) -> None:
    store = Store()
    for id in "abc":
        store.put(id)
    follow(store, engine, lock)
    happening(store)
    if "c" in store.records:  # what the old index had and the new store has not, must go
        del store.records["b"], store.feed["b"]
    follow(store, engine, lock)
    assert ids(engine) == set(store.records)
    assert engine.mark() == store.mark()


def test_changes_come_in_batches_and_each_is_marked(lock: Alone, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "BATCH", 4)
    monkeypatch.setattr(following, "REBUILD", 6)
    monkeypatch.setattr(following, "PAGE", 3)
    store, engine = Store(), Counting()
    for n in range(8):
        store.put(f"r{n}")
    follow(store, engine, lock)
    assert [len(fresh) for fresh, _, _ in engine.written] == [6, 2]
    assert [mark.change for _, _, mark in engine.written] == [6, 8]
    for n in range(5):
        store.put(f"r{n}", state="withdrawn" if n == 1 else "public")
    follow(store, engine, lock)
    assert [(len(fresh), gone, mark.change) for fresh, gone, mark in engine.written[2:]] == [
        (3, ["r1"], 12),
        (1, [], 13),
    ]


def test_a_level_index_is_not_written(lock: Alone) -> None:
    store, engine = Store(), Counting()
    store.put("a")
    for _ in range(3):
        assert follow(store, engine, lock)
    assert len(engine.written) == 1
    assert engine.clears == 1


def test_a_record_changed_while_it_is_followed_is_not_missed(lock: Alone) -> None:
    """Its change moves beyond the batch; the next one brings it."""
    store, engine = Store(), MemoryEngine()
    for n in range(10):
        store.put(f"r{n}")
    real = store.get_many

    def changing(wanted: Sequence[str]) -> dict[str, Stored]:
        found = real(wanted)
        if store.last < 12:
            store.put("r2", "New title")
            store.put("r4", state="withdrawn")
        return found

    store.get_many = changing  # type: ignore[method-assign]
    follow(store, engine, lock)
    assert engine.documents["r2"].values["title"] == ("New title",)
    assert "r4" not in engine.documents
    assert engine.mark() == store.mark()


def test_only_one_follows(engine: Engine, lock: Alone) -> None:
    store = Store()
    store.put("a")
    with lock(0.0) as held:
        assert held
        assert not follow(store, engine, lock)
    assert follow(store, engine, lock)


def test_an_index_that_was_deleted_is_made_again(tmp_path: Path, lock: Alone) -> None:
    import shutil

    store, engine = Store(), WhooshEngine(tmp_path / "index")
    store.put("a")
    follow(store, engine, lock)
    shutil.rmtree(tmp_path / "index")
    follow(store, engine, lock)
    assert ids(engine) == {"a"}


def test_the_thread_follows_within_moments_and_stops(engine: Engine, lock: Alone) -> None:
    store = Store()
    follower = Follower(store, engine, lock)
    follower.start()
    try:
        for id in "abc":
            assert wait_until(store, engine, store.put(id))
        assert ids(engine) == {"a", "b", "c"}
        assert follower.error is None
    finally:
        follower.stop()
    assert not follower.is_alive()
    assert not wait_until(store, engine, store.put("d"), timeout=0.2)


def test_a_failure_is_kept_and_tried_again(lock: Alone) -> None:
    store, engine = Store(), MemoryEngine()
    real, broken = store.get_many, threading.Event()
    broken.set()

    def failing(wanted: Sequence[str]) -> dict[str, Stored]:
        if broken.is_set():
            raise OSError("the store is away")
        return real(wanted)

    store.get_many = failing  # type: ignore[method-assign]
    change = store.put("a")
    follower = Follower(store, engine, lock)
    follower.start()
    try:
        assert not wait_until(store, engine, change, timeout=0.3)
        assert isinstance(follower.error, OSError)
        broken.clear()
        assert wait_until(store, engine, change)
        until = time.monotonic() + 2
        while follower.error and time.monotonic() < until:
            time.sleep(0.01)
        assert follower.error is None
    finally:
        follower.stop()


def test_searches_during_a_rebuild_never_fail_and_never_find_nothing(tmp_path: Path, lock: Alone) -> None:
    store, engine = Store(), WhooshEngine(tmp_path / "index")
    for n in range(200):
        store.put(f"r{n}")
    follow(store, engine, lock)
    totals: set[int] = set()
    done = threading.Event()

    def searching() -> None:
        while not done.is_set():
            engine.refresh()
            totals.add(engine.search(SearchRequest(facets=(FacetRequest("type"),))).total)

    threads = [threading.Thread(target=searching) for _ in range(3)]
    for thread in threads:
        thread.start()
    for epoch in ("two", "three", "four"):
        store.epoch = epoch
        follow(store, engine, lock)
    done.set()
    for thread in threads:
        thread.join()
    assert totals == {200}
