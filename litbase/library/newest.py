"""What came in last: in the whole library, or among what a search finds; and how the library stands at this moment.

The engine knows when works appeared, the store when records were added.  Of a search that finds few, the store is asked
about all of them; of one that finds many, the engine is asked which of the newest it finds.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, islice
from typing import Final

from litbase.errors import EngineError
from litbase.library import Library
from litbase.library.finding import everything
from litbase.query.request import SearchRequest
from litbase.query.state import SearchState
from litbase.query.tree import Term, all_of, any_of
from litbase.store.values import Stored

FEW: Final = 5_000  # hits whose dates the store is asked for
PAGE: Final = 200  # of the newest records the engine is asked about at once
LOOKED_AT: Final = 10_000  # of the newest; when these are too few, those that appeared last are put behind them


def standing(library: Library) -> str:
    """A text that changes whenever anything in the store or its index does."""
    library.engine.refresh()
    try:
        mark = library.engine.mark()
    except EngineError:
        mark = None
    return ":".join(map(str, (*library.store.mark(), *(mark or ()))))


def newest(library: Library, state: SearchState, n: int) -> list[Stored]:
    """At most *n* records that *state* finds, those added last first; in the order of *state* where it asks for one."""
    library.engine.refresh()
    request = everything(library, state)
    if state.sort != "best":
        ids = list(islice(library.engine.scan(request), n))
    elif not (state.q.strip() or state.filters or state.years or state.cited):
        return library.store.recent(n)
    else:
        ids = _added_last(library, replace(request, sort="newest"), n)
    stored = library.store.get_many(ids)
    return [stored[id] for id in ids if id in stored and stored[id].state == "public"]


def _added_last(library: Library, request: SearchRequest, n: int) -> list[str]:
    if library.engine.search(replace(request, limit=0)).total <= FEW:
        return [id for _, id in library.store.added(library.engine.scan(request))[:n]]
    found = chain(_among_newest(library, request), library.engine.scan(request))
    return list(islice(dict.fromkeys(islice(found, 2 * n)), n))


def _among_newest(library: Library, request: SearchRequest) -> Iterator[str]:
    """The newest records that *request* finds, in the order in which they were added."""
    for offset in range(0, LOOKED_AT, PAGE):
        ids = library.store.recent_ids(PAGE, offset)
        if not ids:
            return
        query = all_of((request.query, any_of(Term("id", id) for id in ids)))
        hits = library.engine.search(replace(request, query=query, limit=PAGE)).hits
        found = {hit.id for hit in hits}
        yield from (id for id in ids if id in found)
