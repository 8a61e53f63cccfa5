"""The change feed while several processes write: whoever follows it skips nothing, and one of all machines follows."""

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest

import litbase
from litbase.index.follow import follow
from litbase.store import open_store
from litbase.store.store import Store
from tests.index.memory import MemoryEngine
from tests.store.test_processes import finished, start

PROCESSES = 3
EACH = 60


def _follow(store: Store, until: threading.Event) -> dict[str, int]:
    """What a follower learns that asks for few changes at a time, as fast as it can: the change of each record."""
    followed: dict[str, int] = {}
    since = 0
    while True:
        ended = until.is_set()
        last = store.mark()[2]
        page = store.changes(since, limit=3)
        numbers = [change for change, _ in page]
        assert numbers == sorted(set(numbers))
        assert all(change > since for change in numbers)
        for change, record_id in page:
            followed[record_id] = since = change
        if not page:
            since = max(since, last)  # as the mark of an index: everything up to it is taken for known
            if ended:
                return followed


def test_followers_skip_no_change_of_several_writers(store, url):
    """Processes put records, threads edit them, two followers read; what a follower knows is all there is."""
    [seed] = [store.put([_reading(999)], 1)[0]]
    ended, learned, failed = threading.Event(), [], []

    def learn() -> None:
        try:
            with closing(open_store(url)) as own:
                learned.append(_follow(own, ended))
        except BaseException as error:
            failed.append(error)

    def edit(name: str) -> None:
        with closing(open_store(url)) as own:
            for n in range(30):
                own.edit(seed.id, {"volume": f"{name}{n}"}, name)

    followers = [threading.Thread(target=learn) for _ in range(2)]
    editors = [threading.Thread(target=edit, args=(name,)) for name in ("ann", "bob")]
    writers = [start(url, "add", n * EACH, (n + 1) * EACH) for n in range(PROCESSES)]
    for thread in (*followers, *editors):
        thread.start()
    finished(writers)
    for thread in editors:
        thread.join()
    ended.set()
    for thread in followers:
        thread.join()
    assert failed == []
    there = {record_id: change for change, record_id in store.changes(0, limit=10_000)}
    assert len(there) == PROCESSES * EACH + 1
    assert learned == [there, there]
    assert store.mark()[2] == max(there.values()) == PROCESSES * EACH + 1 + 60


def _reading(n: int):
    from tests.store.writer import reading

    return reading(n)


HOLDER = """
import sys, time
from litbase.store import open_store
store = open_store(sys.argv[1])
with store.alone("index") as held:
    print(held, flush=True)
    time.sleep(60)
"""


@pytest.fixture
def shared(postgres):
    """Two stores on one PostgreSQL, as two machines have it."""
    from tests.store.conftest import new_schema

    url = new_schema(postgres)
    with closing(open_store(url, create=True)) as one, closing(open_store(url)) as other:
        yield url, one, other


@pytest.mark.server
def test_one_of_all_machines_follows_and_a_dead_one_keeps_nobody_from_it(shared):
    url, one, other = shared
    one.put([_reading(1)], 1)
    engine = MemoryEngine()
    environment = {**os.environ, "PYTHONPATH": str(Path(litbase.__file__).parents[1])}
    process = subprocess.Popen([sys.executable, "-c", HOLDER, url], stdout=subprocess.PIPE, text=True, env=environment)
    assert process.stdout
    assert process.stdout.readline() == "True\n"
    assert not follow(other, engine, lambda timeout: other.alone("index", timeout))
    with other.alone("another") as held:
        assert held
    process.send_signal(signal.SIGKILL)
    process.communicate()
    begun = time.monotonic()
    with other.alone("index", 10.0) as held:
        assert held
        with one.alone("index") as also:
            assert not also
    assert time.monotonic() - begun < 5
    assert follow(other, engine, lambda timeout: other.alone("index", timeout))
    assert engine.mark() == other.mark()


@pytest.mark.server
def test_a_lost_connection_frees_the_lock_and_the_holder_lives(shared):
    _, one, other = shared
    with one.alone("index") as held:
        assert held
        kill = "select pg_terminate_backend(l.pid) from pg_locks l where l.locktype = 'advisory'"
        other._database.read(lambda c: c.exec_driver_sql(kill).all())
        with other.alone("index", 5.0) as taken:
            assert taken
    with one.alone("index", 5.0) as again:
        assert again
