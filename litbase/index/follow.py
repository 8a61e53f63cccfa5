"""Following the store: whatever changed in it is brought into the index, by one process at a time.

The store's change feed gives (change, id) ascending; the present state of the record
counts, so repeating work is harmless and every crash costs one batch.
"""

import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Final, Protocol

from litbase.fields import IndexDocument, index_document
from litbase.index import Engine, Mark
from litbase.index.lock import locked
from litbase.record.record import Record
from litbase.vocabulary.thesaurus import Thesaurus

BATCH: Final = 1_000  # changes written at once
REBUILD: Final = 20_000  # and while rebuilding, where one large segment is better than many
PAGE: Final = 500  # records read at once
PAUSE: Final = 0.05
LONGEST_PAUSE: Final = 5.0

Progress = Callable[[int, int], None]


class State(Protocol):
    """What is asked of a stored record."""

    @property
    def state(self) -> str:
        """ "public" or anything else."""
        ...

    @property
    def record(self) -> Record:
        """The record as it is."""
        ...


class Feed(Protocol):
    """What is asked of a store."""

    def mark(self) -> tuple[str, str, int]:
        """(store id, epoch, last change)."""
        ...

    def changes(self, since: int, limit: int) -> Sequence[tuple[int, str]]:
        """At most *limit* of the (change, id) after *since*, ascending."""
        ...

    def get_many(self, ids: Sequence[str]) -> Mapping[str, State]:
        """The stored records by id."""
        ...

    def thesaurus(self) -> Thesaurus:
        """The thesaurus; another one begins an epoch."""
        ...


def follow(store: Feed, engine: Engine, lock: Path, progress: Progress | None = None) -> bool:
    """Bring *engine* level with *store*; False when another process holds *lock* and does it.

    A mark of another store or epoch, or from the future, means that the index is rebuilt.
    *progress* is told (changes done, changes there were at the beginning).
    """
    with locked(lock) as held:
        if not held:
            return False
        engine.refresh()
        begin: int | None = None
        while True:
            target = Mark(*store.mark())
            since = _since(engine, target)
            if since == target.change and engine.mark() == target:
                return True
            begin = since if begin is None else min(begin, since)
            rebuilding = engine.mark() is None or target.change - since > REBUILD
            changes = [c for c in store.changes(since, REBUILD if rebuilding else BATCH) if c[0] <= target.change]
            reached = changes[-1][0] if len(changes) and changes[-1][0] < target.change else target.change
            _write(store, engine, [id for _, id in changes], target._replace(change=reached))
            if progress:
                progress(reached - begin, target.change - begin)


def _since(engine: Engine, target: Mark) -> int:
    """The change to go on from; clears *engine* when it has followed something else."""
    mark = engine.mark()
    if mark is None:
        engine.clear()
        return 0
    if mark[:2] != target[:2] or mark.change > target.change:
        engine.clear()
        return 0
    return mark.change


def _write(store: Feed, engine: Engine, ids: Sequence[str], mark: Mark) -> None:
    gone: list[str] = []
    # read after the mark: a newer one belongs to a newer epoch, and all is built anew
    thesaurus = store.thesaurus()

    def documents() -> Iterator[IndexDocument]:
        waiting = iter(ids)
        while page := list(islice(waiting, PAGE)):
            found = store.get_many(page)
            for id in page:
                stored = found.get(id)
                if stored is not None and stored.state == "public":
                    yield index_document(stored.record, thesaurus)
                else:
                    gone.append(id)

    engine.write(documents(), gone, mark)


class Follower(threading.Thread):
    """A thread that keeps an engine level with a store; *error* is its last failure, None when all is well.

    A failure is kept and tried again, each time after a longer pause, up to five seconds.
    """

    def __init__(self, store: Feed, engine: Engine, lock: Path):
        """Started with `start`, ended with `stop`."""
        super().__init__(name="litbase-follower", daemon=True)
        self.error: Exception | None = None
        self._parts = store, engine, lock
        self._stopping = threading.Event()

    def run(self) -> None:
        """Compare the marks every 50 ms, and follow when they differ."""
        store, engine, lock = self._parts
        pause = PAUSE
        while not self._stopping.wait(pause):
            try:
                engine.refresh()
                if engine.mark() != store.mark():
                    follow(store, engine, lock)
                self.error, pause = None, PAUSE
            except Exception as error:  # whatever it is, the thread must live and say so
                self.error, pause = error, min(pause * 2, LONGEST_PAUSE)

    def stop(self) -> None:
        """End the thread, after the write it is in."""
        self._stopping.set()
        if self.is_alive():
            self.join()


def wait_until(store: Feed, engine: Engine, change: int, timeout: float = 5.0) -> bool:
    """Whether *engine* has reached *change* of *store* within *timeout* seconds, whoever brings it there."""
    until = time.monotonic() + timeout
    while True:
        engine.refresh()
        mark, (store_id, epoch, _) = engine.mark(), store.mark()
        if mark is not None and mark[:2] == (store_id, epoch) and mark.change >= change:
            return True
        if time.monotonic() >= until:
            return False
        time.sleep(PAUSE / 5)
