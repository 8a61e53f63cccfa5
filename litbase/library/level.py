"""How level the search index is with the store: what pages and monitors say while records cannot be found yet."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Final

from litbase.errors import EngineError
from litbase.index.patience import within
from litbase.library import Library
from litbase.query.request import SearchRequest, Visible

Progress = Callable[[], tuple[int, int] | None]
BESIDE: Final = 1.0  # seconds


@dataclass(frozen=True, slots=True)
class Level:
    """Where the index stands.

    *state* is "level"; "behind" while *waiting* records that were added or changed are not searchable yet;
    "rebuilding" while an old index answers until the new one is whole; "missing" while there is none that answers;
    "away" while the server that has it cannot be reached.
    Of the *total* records of a new index *done* are in it, as far as this process knows.
    """

    state: str
    waiting: int = 0
    done: int = 0
    total: int = 0


LEVEL = Level("level")


def level(library: Library, progress: Progress = lambda: None) -> Level:
    """Where the index of *library* stands; *progress* tells (done, total) of the follower in this process."""
    engine, store = library.engine, library.store
    engine.refresh()
    try:
        mark = engine.mark()
    except EngineError:
        return Level("away")
    store_id, epoch, last = store.mark()
    if mark is not None and mark[:2] == (store_id, epoch) and mark.change <= last:
        return LEVEL if mark.change == last else Level("behind", store.count_changes(mark.change))
    total = store.count(cited=True)
    if not total:
        return LEVEL
    done, of = progress() or (0, 1)
    return Level("rebuilding" if _answers(library) else "missing", total, total * done // max(of, 1), total)


def beside() -> AbstractContextManager[None]:
    """A stretch in which what an index on other machines adds to a page of the store is waited for a second at most."""
    return within(BESIDE)


def _answers(library: Library) -> bool:
    try:
        return library.engine.search(SearchRequest(visible=Visible(cited=True), limit=0)).total > 0
    except EngineError:
        return False
