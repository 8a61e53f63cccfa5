"""Following the store: whatever changed in it is brought into the index, by one process at a time.

The store's change feed gives (change, id) ascending; the present state of the record
counts, so repeating work is harmless and every crash costs one batch.  An index that
still answers is replaced by a whole one in one write, and answers until then.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import repeat
from typing import Final, Protocol

from litbase.errors import EngineError, EngineUnavailable
from litbase.fields import FACETS, IndexDocument, index_document
from litbase.index import Engine, Mark
from litbase.index.lock import Alone
from litbase.query.request import FacetRequest, SearchRequest, Visible
from litbase.record.record import Record
from litbase.vocabulary.thesaurus import Thesaurus
from litbase.vocabulary.variants import Variants

BATCH: Final = 1_000  # changes written at once
REBUILD: Final = 1 << 16  # and while an index is made or far behind: what makes one full segment
FAR: Final = 20_000  # changes
PAGE: Final = 500  # records read at once
PAUSE: Final = 0.05
LONGEST_PAUSE: Final = 5.0
IDLE: Final = 2.0  # seconds without a change before a merge is begun
ROUND: Final = 3_600.0  # seconds from one reading of every byte of the index to the next
REST: Final = 4.0  # times as long as reading a file took, before the next is read

log = logging.getLogger(__name__)
Changes = Sequence[tuple[int, str]]
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

    def variants(self) -> Variants:
        """Which forms of names are joined; another decision changes the records that print them."""
        ...


def follow(store: Feed, engine: Engine, alone: Alone, progress: Progress | None = None) -> bool:
    """Bring *engine* level with *store*; False when another process is *alone* and does it.

    A mark of another store or epoch, or from the future, means that the index is rebuilt.
    *progress* is told (changes done, changes there were at the beginning); what it raises gives the batch up.  More
    than one batch is tidied up behind.
    """
    with alone(0.0) as held:
        if not held:
            return False
        engine.refresh()
        begin: int | None = None
        while True:
            target = Mark(*store.mark())
            since = _since(engine, target)
            if since == target.change and engine.mark() == target:
                if begin is not None and target.change - begin > BATCH:
                    _telling(progress, begin, target.change)(target.change)
                    if engine.tidy():
                        continue  # what was saved meanwhile comes before the next merge
                return True
            begin = since if begin is None else min(begin, since)
            told = _telling(progress, begin, target.change)
            reached, pages = _batch(store, engine, since, target.change)
            _write(store, engine, pages, target._replace(change=reached), told)
            told(reached)


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


def _batch(store: Feed, engine: Engine, since: int, last: int) -> tuple[int, Iterator[Changes]]:
    """What to write next of the changes after *since* up to *last*, page by page, and the change it reaches."""
    new = engine.mark() is None
    if new and _answers(engine):
        return last, _pages(store, since, last)
    size = REBUILD if new or last - since > FAR else BATCH
    changes = [change for change in store.changes(since, size) if change[0] <= last]
    reached = changes[-1][0] if changes else last
    return reached, (changes[at : at + PAGE] for at in range(0, len(changes), PAGE))


def _answers(engine: Engine, facets: Iterable[str] = ()) -> bool:
    """Whether there is an index worth keeping until the new one is whole; asked with *facets*."""
    counted = tuple(map(FacetRequest, facets, repeat(1)))
    try:
        return engine.search(SearchRequest(facets=counted, visible=Visible(cited=True), limit=0)).total > 0
    except EngineError:
        return False


def _pages(store: Feed, since: int, until: int) -> Iterator[Changes]:
    """The changes after *since* up to *until*; what changes meanwhile moves beyond it, and is followed later."""
    while page := [change for change in store.changes(since, PAGE) if change[0] <= until]:
        yield page
        since = page[-1][0]


def _telling(progress: Progress | None, begin: int, last: int) -> Callable[[int], None]:
    def told(change: int) -> None:
        if progress:
            progress(change - begin, last - begin)

    return told


def _write(store: Feed, engine: Engine, pages: Iterable[Changes], mark: Mark, told: Callable[[int], None]) -> None:
    gone: list[str] = []
    # read after the mark: a newer thesaurus belongs to a newer epoch, and all is built anew; newer decisions about
    # names have changed the records they concern after the mark, which are then followed again
    thesaurus, variants = store.thesaurus(), store.variants()

    def documents() -> Iterator[IndexDocument]:
        for page in pages:
            found = store.get_many([id for _, id in page])
            for _, id in page:
                stored = found.get(id)
                if stored is not None and stored.state == "public":
                    yield index_document(stored.record, thesaurus, variants)
                else:
                    gone.append(id)
            if page[-1][0] < mark.change:
                told(page[-1][0])

    engine.write(documents(), gone, mark)


class Follower(threading.Thread):
    """A thread that keeps an engine level with a store; *error* is its last failure, None when all is well.

    *progress* is (changes done, changes there were at the beginning) of what it is following, None when it rests.
    A failure is kept and tried again, each time after a longer pause, up to five seconds.  While the index is level,
    what writes have put off is merged, one merge at a time, and its bytes are compared with their sums, once after the
    start and then every hour; an index found damaged is built anew.
    """

    def __init__(self, store: Feed, engine: Engine, alone: Alone):
        """Started with `start`, ended with `stop`."""
        super().__init__(name="litbase-follower", daemon=True)
        self.error: Exception | None = None
        self.progress: tuple[int, int] | None = None
        self._parts = store, engine, alone
        self._stopping = threading.Event()
        self._untidy = True
        self._quiet = self._look = 0.0  # from when on to merge, and to read a file

    def run(self) -> None:
        """Compare the marks every 50 ms, and follow when they differ."""
        store, engine, alone = self._parts
        pause = PAUSE
        with suppress(Exception):  # whatever it is, the loop meets it again
            _answers(engine, FACETS)  # what the first question has to read, readers need not wait for
        while not self._stopping.wait(pause):
            try:
                changed = engine.refresh()
                if engine.mark() != store.mark():
                    changed = follow(store, engine, alone, self._told)
                if changed:
                    self._untidy, self._quiet = True, time.monotonic() + IDLE
                self._care(engine, alone)
                self._tell(None)
                pause = PAUSE
            except Exception as error:  # whatever it is, the thread must live and say so
                if not self._stopping.is_set():
                    self._tell(error)
                    pause = min(pause * 2, LONGEST_PAUSE)
            self.progress = None

    def _tell(self, error: Exception | None) -> None:
        """Keep *error*, and say so to the log when it is another than before, and when it is over."""
        if error is not None and str(error) != str(self.error):
            log.error("the index is not brought level: %s", error)
        elif self.error is not None and error is None:
            log.warning("the index is being brought level again")
        self.error = error

    def _care(self, engine: Engine, alone: Alone) -> None:
        """Do one merge, or read one file, when it is time for it."""
        begun = time.monotonic()
        if self._untidy and begun >= self._quiet:
            with alone(0.0) as held:  # a save elsewhere sees a follower at work, and does not wait for the merge
                self._untidy = not held or engine.tidy()
        elif begun >= self._look:
            more = engine.inspect()
            ended = time.monotonic()
            self._look = ended + ((ended - begun) * REST if more else ROUND)

    def _told(self, done: int, total: int) -> None:
        """Keep how far it is; give up what is being written when the thread is to end: the next start does it again."""
        self.progress = done, total
        if self._stopping.is_set():
            raise EngineUnavailable("the index was not brought level, because litbase is being stopped")

    def stop(self) -> None:
        """End the thread, within moments; a large write it is in is given up."""
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
