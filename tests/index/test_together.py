"""Several at one index: readers while it is written and rebuilt, writers in several processes, an old one half gone."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from litbase.errors import EngineUnavailable
from litbase.fields import IndexDocument
from litbase.index.lock import locked
from litbase.index.whoosh import commit, engine, merging, storage
from litbase.index.whoosh.engine import WhooshEngine
from litbase.query.request import FacetRequest, SearchRequest
from litbase.query.tree import Phrase, Term
from tests.index.test_durability import ROOT, document, mark

SIZE = 60


class Readers:
    """Threads that ask on and on; *failures* is what went wrong, *count* how often they asked."""

    def __init__(self, check: Callable[[WhooshEngine], None], engines: list[WhooshEngine]):
        self.count, self.failures = 0, list[BaseException]()
        self._check, self._done, self._asked = check, threading.Event(), threading.Condition()
        self.threads = [threading.Thread(target=self._run, args=(one,)) for one in engines]

    def _run(self, one: WhooshEngine) -> None:
        while not self._done.is_set():
            try:
                one.refresh()
                self._check(one)
            except BaseException as error:
                self.failures.append(error)
            with self._asked:
                self.count += 1
                self._asked.notify_all()

    def wait(self, times: int) -> None:
        """Until they have asked so many *times* more, or one failed."""
        with self._asked:
            reached = self.count + times
            assert self._asked.wait_for(lambda: self.failures or self.count >= reached, 30)

    def stop(self) -> None:
        """End the threads."""
        self._done.set()
        for thread in self.threads:
            thread.join()


@contextmanager
def reading(check: Callable[[WhooshEngine], None], engines: list[WhooshEngine]) -> Iterator[Readers]:
    """Readers at work; none may have failed."""
    readers = Readers(check, engines)
    for thread in readers.threads:
        thread.start()
    try:
        yield readers
    finally:
        readers.stop()
    assert readers.failures == []


def library(word: str) -> list[IndexDocument]:
    return [document(number, word) for number in range(SIZE)]


def one_state(asked: WhooshEngine) -> None:
    """All documents are of the one write or of the other, however the question is put."""
    facets = (FacetRequest("descriptor"), FacetRequest("year"))
    found = asked.search(SearchRequest(Term("title", "even"), facets=facets, limit=SIZE))
    assert found.total == len(found.hits)
    assert found.total in (0, SIZE)
    assert sum(count for _, count in found.facets["year"].values) == found.total
    assert len(list(asked.scan(SearchRequest(Phrase("title", ("odd", "words")))))) in (0, SIZE)
    assert asked.search(SearchRequest()).total == SIZE


def test_readers_see_one_state_or_the_other_while_it_is_written_and_tidied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commit, "ROOM", 0)
    monkeypatch.setattr(merging, "FEW", 3)
    monkeypatch.setattr(storage, "GRACE", 0.0)  # files go as soon as they may
    writer, reader = WhooshEngine(tmp_path), WhooshEngine(tmp_path, writable=False)
    writer.write(library("even"), (), mark(1))
    with reading(one_state, [writer, reader, reader]) as readers:
        for change in range(2, 18):
            writer.write(library("even" if change % 2 else "odd"), (), mark(change))
            readers.wait(3)
            writer.tidy()
    assert readers.count > 40


def test_a_rebuild_by_another_is_not_noticed_until_it_is_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storage, "GRACE", 0.0)
    old = WhooshEngine(tmp_path)
    old.write(library("even"), (), mark(1))
    new = WhooshEngine(tmp_path)
    with reading(one_state, [old, new, WhooshEngine(tmp_path, writable=False)]) as readers:
        for change in range(2, 6):

            def slowly(word: str) -> Iterator[IndexDocument]:
                for number, one in enumerate(library(word)):
                    yield one
                    if number % 20 == 10:
                        readers.wait(15)  # in the middle of it

            new.clear()
            new.write(slowly("even" if change % 2 else "odd"), (), mark(change))
            readers.wait(15)
    new.close()
    assert [path.name for path in tmp_path.glob("gen-*")] == ["gen-000005"]


WRITER = """
import sys
from pathlib import Path
from litbase.index.whoosh.engine import WhooshEngine
from tests.index.test_durability import document, mark
engine, first = WhooshEngine(Path(sys.argv[1])), int(sys.argv[2])
for number in range(first, first + 15):
    engine.write([document(number)], (), mark(number))
    if number % 4 == 0:
        engine.tidy()
"""


@pytest.mark.slow
def test_processes_that_write_at_once_wait_for_each_other(tmp_path: Path) -> None:
    """Not one raises, whatever Whoosh does with its own lock; nothing of either is missing."""
    engine = WhooshEngine(tmp_path)
    engine.write([document(0)], (), mark(1))
    commands = [[sys.executable, "-c", WRITER, str(tmp_path), str(first)] for first in (100, 200, 300)]
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    started = [subprocess.Popen(c, cwd=ROOT, env=environ, stderr=subprocess.PIPE, text=True) for c in commands]

    def whole(asked: WhooshEngine) -> None:
        found = asked.search(SearchRequest(facets=(FacetRequest("year"),)))
        assert 1 <= found.total == sum(count for _, count in found.facets["year"].values)

    with reading(whole, [engine]):
        told = [process.communicate(timeout=100)[1] for process in started]
    assert told == ["", "", ""]
    engine.refresh()
    expected = {"d0", *(f"d{first + n}" for first in (100, 200, 300) for n in range(15))}
    assert set(engine.scan(SearchRequest())) == expected
    assert engine.verify() == ()


def test_a_writer_that_waits_too_long_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "PATIENCE", 0.1)
    waiting = WhooshEngine(tmp_path)
    with locked(tmp_path / "write.lock") as held:
        assert held
        with pytest.raises(EngineUnavailable, match="another process has been writing"):
            waiting.write([document(1)], (), mark(1))
        with pytest.raises(EngineUnavailable, match="another process has been writing"):
            waiting.tidy()
    waiting.write([document(1)], (), mark(1))
    assert waiting.search(SearchRequest()).total == 1
