"""Several processes on one store: nothing lost, nothing skipped, nobody sees an error; and a process that is killed."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import litbase
from litbase.store import open_store

WRITER = Path(__file__).with_name("writer.py")
KILLS = int(os.environ.get("LITBASE_KILLS", "6"))


def start(url: str, *arguments: object) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(Path(litbase.__file__).parents[1])}
    command = [sys.executable, str(WRITER), url, *map(str, arguments)]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, env=environment)


def finished(processes: list[subprocess.Popen[str]]) -> list[str]:
    answers = [process.communicate(timeout=120) for process in processes]
    assert [error for _, error in answers if error] == []
    return [output for output, _ in answers]


def test_three_processes_editing_one_record_lose_no_edit(store, url, incoming):
    [one] = store.put([incoming()], 1)
    finished([start(url, "edit", one.id, 50) for _ in range(3)])
    assert store.get(one.id).version == 151
    assert [revision.version for revision in store.history(one.id)] == list(range(1, 152))


def test_two_processes_adding_make_the_union_and_a_follower_skips_nothing(url):
    """Both make the store, add overlapping halves; the feed is followed meanwhile."""
    processes = [start(url, "add", 0, 150), start(url, "add", 75, 225)]
    followed: dict[str, int] = {}
    store, since, running = None, 0, True
    while running:
        running = any(process.poll() is None for process in processes)
        if store is None:
            try:
                store = open_store(url)
            except litbase.errors.NotALibrary:
                continue
        page = store.changes(since)
        assert [change for change, _ in page] == sorted(change for change, _ in page)
        for change, record_id in page:
            followed[record_id], since = change, change
    lines = [line.split() for output in finished(processes) for line in output.splitlines()]
    assert store is not None
    assert len(lines) == 300
    assert len({key for _, key in lines}) == len({record_id for record_id, _ in lines}) == 225
    assert store.count() == len(followed) == 225
    assert store.changes(0, limit=1000) == sorted((change, record_id) for record_id, change in followed.items())
    keys = [stored.record.citation_key for stored in store.scan(limit=500)]
    assert len({key.lower() for key in keys}) == 225
    assert store.integrity() == ()
    store.close()


@pytest.mark.slow
def test_a_killed_writer_loses_nothing_it_acknowledged(tmp_path):
    """kill -9 in the middle of batches; what was printed was committed, and another run ends as if nothing had been."""
    url = f"sqlite:///{tmp_path / 'litbase.db'}"
    open_store(url, create=True).close()
    acknowledged: dict[str, str] = {}
    chance = random.Random(7)
    for attempt in range(KILLS):
        first = attempt * 120
        process = start(url, "add", first, first + 120)
        assert process.stdout
        lines = [process.stdout.readline()]
        time.sleep(chance.uniform(0, 0.1))
        process.send_signal(signal.SIGKILL)
        lines += process.stdout.readlines()  # not communicate(): it would pass over what readline() has buffered
        process.communicate()
        for line in lines:
            if line.endswith("\n"):
                record_id, key = line.split()
                acknowledged[key] = record_id
        store = open_store(url)
        assert store.integrity() == ()
        there = store.get_many(acknowledged.values())
        assert set(there) == set(acknowledged.values())
        assert len(store.changes(0, limit=100_000)) == store.count() == store.mark()[2]
        store.close()
    [output] = finished([start(url, "add", 0, KILLS * 120)])
    again = {key: record_id for record_id, key in map(str.split, output.splitlines())}
    assert len(acknowledged) > KILLS
    assert acknowledged.items() <= again.items()
    store = open_store(url)
    assert store.count() == len(again) == KILLS * 120
    store.close()


def test_a_writer_killed_early_loses_nothing_and_hinders_nobody(store, url, incoming):
    process = start(url, "add", 0, 2000)
    assert process.stdout
    lines = [process.stdout.readline() for _ in range(20)]
    process.send_signal(signal.SIGKILL)
    process.communicate()
    for line in lines:
        assert store.get(line.split()[0])
    assert store.put([incoming()], 1)[0].status == "new"
