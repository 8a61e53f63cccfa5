"""Walking through records: those of a search, of given ids, or of the whole library, some at a time."""

from collections.abc import Collection, Iterable, Iterator
from typing import Final, NamedTuple

from litbase.library import Library
from litbase.library.finding import everything
from litbase.query.state import SearchState
from litbase.store.values import Stored

PAGE: Final = 500
Which = SearchState | Iterable[str] | None


class Walk(NamedTuple):
    """How many records there are to see, and the records, a page at a time."""

    total: int
    pages: Iterator[Collection[Stored]]


def walk(library: Library, which: Which = None) -> Walk:
    """The records of a search, of given ids, or, for None, all that are public.

    A search is asked before the first page is read, so that what is done to its records does not change which they are.
    """
    if which is None:
        return Walk(library.store.count(cited=True), _scan(library))
    if isinstance(which, SearchState):
        library.engine.refresh()
        which = library.engine.scan(everything(library, which))
    ids = list(dict.fromkeys(which))
    starts = range(0, len(ids), PAGE)
    return Walk(len(ids), (library.store.get_many(ids[start : start + PAGE]).values() for start in starts))


def _scan(library: Library) -> Iterator[Collection[Stored]]:
    after = ""
    while page := library.store.scan(after, PAGE):
        yield page
        after = page[-1].id
