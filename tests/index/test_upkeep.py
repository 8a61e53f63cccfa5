"""What the follower does beside following: whole rebuilds, upkeep when it is idle, reading every byte now and then."""

import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from litbase.errors import EngineUnavailable
from litbase.index import follow as following
from litbase.index.follow import Follower, follow, wait_until
from litbase.index.lock import Alone, locked
from litbase.index.whoosh import builder, merging, storage
from litbase.index.whoosh.engine import WhooshEngine
from litbase.query.request import FacetRequest, SearchRequest
from litbase.query.tree import Term
from tests.index.test_follow import Counting, Store


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[WhooshEngine]:
    made = WhooshEngine(tmp_path / "index")
    yield made
    made.close()


@pytest.fixture
def lock(tmp_path: Path) -> Alone:
    return partial(locked, tmp_path / "follow.lock")


def filled(records: int) -> Store:
    store = Store()
    for n in range(records):
        store.put(f"r{n}", f"Title {n}")
    return store


def total(engine: WhooshEngine) -> int:
    return engine.search(SearchRequest(Term("", "title"))).total


def until(true: Callable[[], object], seconds: float = 10.0) -> bool:
    """Whether it becomes *true* within *seconds*."""
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:
        time.sleep(0.01)
    return bool(true())


def damage(engine: WhooshEngine) -> None:
    """Change a byte of every array of the first segment."""
    [segment, *_] = sorted(engine.folder.glob("gen-*/*.seg"))
    data = bytearray(segment.read_bytes())
    for _, at, count, _ in next(iter(engine._leaves.values())).file._entries.values():
        if count:
            data[at] ^= 255
    with segment.open("r+b") as file:  # in place, as a disk does it
        file.write(data)


def test_a_batch_of_a_rebuild_is_a_full_segment() -> None:
    assert following.REBUILD == builder.DOCUMENTS


def test_an_index_that_answers_is_replaced_by_a_whole_one(
    engine: WhooshEngine, lock: Alone, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not by its first batch: a reader would miss most of the library until the rebuild was over."""
    monkeypatch.setattr(following, "REBUILD", 40)
    monkeypatch.setattr(following, "PAGE", 10)
    store, seen = filled(100), []
    follow(store, engine, lock)
    store.epoch = "two"
    reader = WhooshEngine(engine.folder, writable=False)

    def told(done: int, last: int) -> None:
        reader.refresh()
        seen.append((done, last, total(engine), total(reader)))

    follow(store, engine, lock, told)
    assert [done for done, *_ in seen] == list(range(10, 101, 10))
    assert {rest for _, *rest in map(tuple, seen) for rest in [tuple(rest)]} == {(100, 100, 100)}
    assert engine.mark() == store.mark()


def test_an_index_made_from_nothing_is_told_page_by_page_and_kept_batch_by_batch(
    engine: WhooshEngine, lock: Alone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "REBUILD", 40)
    monkeypatch.setattr(following, "BATCH", 20)
    monkeypatch.setattr(following, "PAGE", 15)
    store, seen = filled(100), []

    def told(done: int, last: int) -> None:
        seen.append((done, total(engine)))
        if done == 95:
            raise EngineUnavailable("enough")

    with pytest.raises(EngineUnavailable, match="enough"):
        follow(store, engine, lock, told)
    assert seen == [(15, 0), (30, 0), (40, 40), (55, 40), (60, 60), (75, 60), (80, 80), (95, 80)]
    assert follow(store, engine, lock)
    assert total(engine) == 100


def test_what_changes_during_a_whole_rebuild_is_not_missed(
    engine: WhooshEngine, lock: Alone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "PAGE", 10)
    store = filled(50)
    follow(store, engine, lock)
    store.epoch = "two"

    def told(done: int, last: int) -> None:
        if done == 20:
            store.put("r3", "Changed title")
            store.put("r40", "Changed title")
            store.put("r45", state="withdrawn")

    follow(store, engine, lock, told)
    assert total(engine) == 49
    assert sorted(engine.scan(SearchRequest(Term("", "changed")))) == ["r3", "r40"]


@pytest.mark.parametrize(("records", "tidied"), [(19, 0), (21, 3)])
def test_more_than_a_batch_is_tidied_up_behind(
    lock: Alone, monkeypatch: pytest.MonkeyPatch, records: int, tidied: int
) -> None:
    monkeypatch.setattr(following, "BATCH", 20)
    engine, answers = Counting(), [True, True, False]
    monkeypatch.setattr(engine, "tidy", lambda: answers.pop(0))
    follow(filled(records), engine, lock)
    assert 3 - len(answers) == tidied


def test_what_is_saved_during_a_merge_comes_before_the_next_one(lock: Alone, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "BATCH", 20)
    store, engine, done = filled(30), Counting(), list[int]()

    def tidy() -> bool:
        done.append(len(engine.written))
        if len(done) == 1:
            store.put("new")
        return len(done) < 3

    monkeypatch.setattr(engine, "tidy", tidy)
    follow(store, engine, lock)
    assert done == [1, 2, 2]
    assert engine.mark() == store.mark()


def test_the_thread_merges_when_it_has_been_idle(
    engine: WhooshEngine, lock: Alone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "IDLE", 0.1)
    monkeypatch.setattr(merging, "FEW", 3)
    store = Store()
    with monkeypatch.context() as patch:
        patch.setattr(merging, "FEW", 99)
        for n in range(8):
            store.put(f"r{n}", f"Title {n}")
            follow(store, engine, lock)
        assert len(engine._snapshot.parts) == 8
    follower = Follower(store, engine, lock)
    follower.start()
    try:
        assert until(lambda: len(engine._snapshot.parts) < 3)
        assert total(engine) == 8
        assert until(lambda: not follower._untidy)
        assert follower.error is None
    finally:
        follower.stop()


def test_a_save_beside_a_merge_neither_waits_for_it_nor_fails(
    engine: WhooshEngine, lock: Alone, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process that wants to follow sees a follower at work; what it saved is found after the merge."""
    monkeypatch.setattr(following, "IDLE", 0.0)
    store, merging_now, go_on = filled(3), threading.Event(), threading.Event()
    follow(store, engine, lock)
    real = engine.tidy

    def slow() -> bool:
        with engine._writing():
            merging_now.set()
            assert go_on.wait(10)
        return real()

    monkeypatch.setattr(engine, "tidy", slow)
    follower, other = Follower(store, engine, lock), WhooshEngine(engine.folder)
    follower.start()
    try:
        assert merging_now.wait(10)
        change, begun = store.put("new", "Title anew"), time.monotonic()
        assert not follow(store, other, lock)
        assert time.monotonic() - begun < 6
        go_on.set()
        assert wait_until(store, other, change)
        assert total(other) == 4
        assert follower.error is None
    finally:
        go_on.set()
        follower.stop()
        other.close()


def test_bytes_that_go_bad_while_it_serves_are_found_and_the_index_is_built_anew(
    engine: WhooshEngine, lock: Alone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "ROUND", 0.2)
    store = filled(60)
    follow(store, engine, lock)
    follower = Follower(store, engine, lock)
    follower.start()
    try:
        assert until(lambda: follower._look > time.monotonic())  # the round after the start is over
        damage(engine)
        assert until(lambda: sorted(path.name for path in engine.folder.glob("gen-*"))[-1] == "gen-000002")
        assert until(lambda: engine.mark() == store.mark() and total(engine) == 60)
        assert engine.verify() == ()
        assert follower.error is None
    finally:
        follower.stop()


def test_bytes_that_went_bad_after_they_were_read_do_not_get_a_new_sum(
    engine: WhooshEngine, lock: Alone, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A merge once took them over from the mapped file, and nothing could have found them afterwards."""
    store = Store()
    monkeypatch.setattr(merging, "FEW", 99)
    for n in range(4):
        store.put(f"r{n}", f"Title {n}")
        follow(store, engine, lock)
    request = SearchRequest(Term("", "title"), facets=(FacetRequest("year"),))
    assert engine.search(request).total == 4
    damage(engine)
    monkeypatch.setattr(merging, "FEW", 2)
    with pytest.raises(EngineUnavailable, match="damaged"):
        engine.tidy()
    assert engine.mark() is None
    follow(store, engine, lock)
    assert engine.search(request).total == 4
    assert engine.verify() == ()


def test_a_search_that_meets_bad_bytes_does_not_wait_for_a_writer(engine: WhooshEngine, lock: Alone) -> None:
    """It once did, to look for the damage itself: a rebuild of minutes held up every page of a server."""
    follow(filled(9), engine, lock)
    told = list[str]()

    def ask() -> None:
        try:
            total(engine)
        except EngineUnavailable as error:
            told.append(str(error))

    damage(engine)
    with engine._writing():
        asking = threading.Thread(target=ask)
        asking.start()
        asking.join(5)
        assert not asking.is_alive()
        engine.problems = ()  # so that leaving the block does not raise
    assert "was changed after it was written" in told[0]


def test_inspecting_reads_one_file_at_a_time_and_begins_again(engine: WhooshEngine, lock: Alone) -> None:
    follow(filled(3), engine, lock)
    files = len(list(engine.folder.glob("gen-*/*")))
    for _ in range(2):
        assert [engine.inspect() for _ in range(files)] == [True] * (files - 1) + [False]
    assert engine.mark() is not None
    damage(engine)
    for _ in range(files):
        engine.inspect()
    assert engine.mark() is None
    with pytest.raises(EngineUnavailable, match="litbase index"):
        total(engine)
    assert not engine.inspect()


def test_damage_is_not_forgotten_when_another_writes_into_the_index(engine: WhooshEngine, lock: Alone) -> None:
    store, other = filled(9), WhooshEngine(engine.folder)
    follow(store, engine, lock)
    other.refresh()
    assert total(other) == 9  # it has checked what goes bad now
    damage(engine)
    while engine.inspect():
        pass
    assert engine.problems
    store.put("new", "Title anew")
    follow(store, other, lock)
    assert other.mark() == store.mark()
    assert engine.refresh()
    assert engine.mark() is None
    follow(store, engine, lock)
    assert total(engine) == 10
    assert engine.verify() == ()


def test_a_file_that_was_merged_away_meanwhile_is_no_damage(
    engine: WhooshEngine, lock: Alone, monkeypatch: pytest.MonkeyPatch
) -> None:
    follow(filled(3), engine, lock)
    writer = WhooshEngine(engine.folder)
    writer.clear()
    follow(filled(2), writer, lock)
    writer.close()
    assert not (engine.folder / "gen-000001").exists()
    while engine.inspect():
        pass
    assert engine.problems == ()
    assert total(engine) == 2


def test_the_old_index_is_removed_though_nothing_more_is_written(
    engine: WhooshEngine, lock: Alone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "IDLE", 0.1)
    monkeypatch.setattr(storage, "GRACE", 0.05)
    store = filled(3)
    follow(store, engine, lock)
    store.epoch = "two"
    follower = Follower(store, engine, lock)
    follower.start()
    try:
        assert until(lambda: [path.name for path in engine.folder.glob("gen-*")] == ["gen-000002"])
        assert total(engine) == 3
    finally:
        follower.stop()


def test_stopping_gives_up_a_large_write(engine: WhooshEngine, lock: Alone, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "PAGE", 1)
    store = filled(50)
    follow(store, engine, lock)
    store.epoch = "two"
    real, reading, go_on = store.get_many, threading.Event(), threading.Event()

    def slow(wanted: list[str]) -> object:
        reading.set()
        assert go_on.wait(10)
        return real(wanted)

    monkeypatch.setattr(store, "get_many", slow)
    follower = Follower(store, engine, lock)
    follower.start()
    assert reading.wait(10)
    follower._stopping.set()
    go_on.set()
    follower.stop()
    assert total(engine) == 50
    assert sorted(path.name for path in engine.folder.glob("gen-*")) == ["gen-000001"]
    assert follower.error is None


def test_the_lock_is_free_when_the_thread_has_ended(engine: WhooshEngine, lock: Alone) -> None:
    follower = Follower(filled(3), engine, lock)
    follower.start()
    assert until(lambda: total(engine) == 3)
    follower.stop()
    with lock(0.0) as held:
        assert held
