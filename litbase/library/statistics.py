"""What a library holds and where it is thin: counts by year, type, collection and field, each that of a search.

Everything is counted by the engine, over its columns; no record is read.  `Counted` keeps the result until the index
has moved on.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, Generic, TypeVar

from litbase.errors import EngineError
from litbase.library import Library
from litbase.library.facets import Facet
from litbase.library.finding import Counts, counts
from litbase.library.sparing import Sparing
from litbase.query.request import FacetRequest
from litbase.query.state import SearchState

STACKED: Final = 4  # types that are counted apart year by year; the others together
TOP: Final = 10  # of descriptors, sources and languages
TOPS: Final = ("descriptor", "source", "language")
COLLECTIONS: Final = 20
GIVEN: Final = (
    ("title", "Title"), ("author", "Author or editor"), ("year", "Year"), ("source", "Published in"),
    ("abstract", "Abstract"), ("descriptor", "Descriptors"), ("language", "Language"), ("doi", "DOI"),
)  # fmt: skip
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Years:
    """The records of one type, or of several together, by year; *state* is the search for all of them."""

    types: tuple[str, ...]
    state: SearchState
    total: int
    years: tuple[tuple[int, int], ...]
    undated: int


@dataclass(frozen=True, slots=True)
class Part:
    """The records of one collection, or of the library (value ""), and how many of them have each of GIVEN."""

    value: str
    label: str
    state: SearchState
    total: int
    given: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Statistics:
    """A library in numbers, cited works left out; *at* is the instant of counting in UTC.

    *stacked* are the commonest types, then all others together.  *parts* begin with the whole library; a record read
    from two collections counts in both.
    """

    at: str
    counts: Counts
    stacked: tuple[Years, ...]
    parts: tuple[Part, ...]
    cited: int

    @property
    def total(self) -> int:
        """The number of records."""
        return self.counts.total

    def facet(self, name: str) -> Facet:
        """The counts of the facet *name*: one of TOPS, or type, collection and peer_reviewed."""
        return next(facet for facet in self.counts.facets if facet.name == name)


def statistics(library: Library) -> Statistics:
    """The numbers of *library* now."""
    wanted = (
        FacetRequest("type"), FacetRequest("collection"), FacetRequest("peer_reviewed"), FacetRequest("year"),
        *(FacetRequest(name, TOP) for name in TOPS),
    )  # fmt: skip
    everything = counts(library, SearchState(), wanted)
    facets = {facet.name: facet for facet in everything.facets}
    at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    stacked = _stacked(library, everything, facets["type"])
    cited = counts(library, SearchState(cited=True), ()).total - everything.total
    return Statistics(at, everything, stacked, _parts(library, everything, facets["collection"]), cited)


def given(name: str) -> SearchState:
    """The search for records in which the field *name* is not empty."""
    return SearchState(q=f"{name}:*")


def lacking(name: str) -> SearchState:
    """The search for records in which the field *name* is empty."""
    return SearchState(q=f"-{name}:*")


def _stacked(library: Library, everything: Counts, types: Facet) -> tuple[Years, ...]:
    common = [value.value for value in types.values[:STACKED]]
    others = tuple(value.value for value in types.values[STACKED:])
    searches: list[tuple[tuple[str, ...], SearchState]] = [
        ((name,), SearchState().add("type", name)) for name in common
    ]
    if others:
        state = SearchState()
        for name in common:
            state = state.exclude("type", name)
        searches.append((others, state))
    made = []
    for names, state in searches:
        found = counts(library, state, (FacetRequest("year"),)) if len(searches) > 1 else everything
        made.append(Years(names, state, found.total, found.years, found.undated))
    return tuple(made)


def _parts(library: Library, everything: Counts, collections: Facet) -> tuple[Part, ...]:
    columns = [counts(library, given(name), (FacetRequest("collection"),)) for name, _ in GIVEN]
    whole = Part("", "", SearchState(), everything.total, tuple(column.total for column in columns))
    by_value = [{value.value: value.count for value in column.facets[0].values} for column in columns]
    parts = [
        Part(
            value.value,
            value.label,
            SearchState().add("collection", value.value),
            value.count,
            tuple(column.get(value.value, 0) for column in by_value),
        )
        for value in collections.values[:COLLECTIONS]
    ]
    return (whole, *parts)


class Counted(Generic[T]):
    """What *count* finds in a library, found again only when its index has moved on.

    Counting is spared as `Sparing` says, so that of a library that changes all the time what is shown may be a little
    behind.  One thread counts, the others wait for it.
    """

    def __init__(self, library: Library, count: Callable[[Library], T]):
        """Nothing is counted yet."""
        self._library, self._count = library, count
        self._known: tuple[Any, T] | None = None  # the mark of the index, and what was found
        self._sparing = Sparing()
        self._lock = threading.Lock()

    def now(self) -> T:
        """What was found last, or is found now; raises EngineError when nothing can be counted."""
        with self._lock:
            self._library.engine.refresh()
            try:
                mark = self._library.engine.mark()
            except EngineError:
                if self._known is None:
                    raise
                return self._known[1]
            if self._known is None or (self._known[0] != mark and self._sparing.may()):
                begun = time.monotonic()
                self._known = mark, self._count(self._library)
                self._sparing.spent(begun)
            return self._known[1]
