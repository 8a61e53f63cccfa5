"""OpenSearchEngine: the index on a cluster of machines, reached by name."""

import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Final

from litbase.errors import EngineUnavailable
from litbase.fields import IndexDocument
from litbase.index import Mark
from litbase.index.opensearch.address import Address
from litbase.index.opensearch.commit import State, is_there, read_state, sweep, write
from litbase.index.opensearch.schema import fingerprint
from litbase.index.opensearch.search import search, walk
from litbase.index.opensearch.suggest import respell, suggest, titled
from litbase.index.opensearch.wire import Missing, Wire
from litbase.index.patience import left
from litbase.query.request import FacetResult, SearchRequest, SearchResult

LOOK: Final = 0.05  # seconds between two looks at the marks
LOOK_AGAIN: Final = 1.0  # and after one that failed: until then everybody is told the same at once
LOOKING: Final = 2.5  # seconds that a look may take
LEFT_TO_OTHERS: Final = 10.0  # seconds in which who has less time than that does not look again
NEVER: Final = float("-inf")
REBUILT: Final = "a running server builds it anew by itself, else: litbase index"
FOREIGN: Final = (
    "is of another library: name one for this library alone at the end of its address (LITBASE_INDEX),"
    " or take it over with: litbase index --rebuild"
)


class OpenSearchEngine:
    """The engine over the index at *address*, which is made when something is written.

    An index made with other FIELDS or another analysis is not asked: `mark` is then None, searching raises
    EngineUnavailable, and the next write begins a new one; so it is with one that was deleted.  Nothing is sent before
    it is used.  While the server is away one caller at a time looks whether it is back; the others are told so at once.
    An index that has followed another store than *library* is left alone until it is cleared: two libraries with one
    would build it anew by turns, and each would find the other's records.
    """

    can: frozenset[str] = frozenset({"near"})

    def __init__(self, address: Address, writable: bool = True, library: str = ""):
        """Sends nothing yet; raises nothing for the state of the index.  *library* is a store's id; "" is any."""
        self.address = address
        self.library = library
        self.writable = writable
        self._wire = Wire(address)
        self._state: State | None = None
        self._looked = NEVER
        self._trouble = ""
        self._there = ""  # the index that was seen to be there
        self._cleared = ""  # the index that was to be replaced
        self._looking = threading.Lock()
        self._writing = threading.Lock()

    def write(self, documents: Iterable[IndexDocument], deletions: Iterable[str], mark: Mark) -> None:
        """See Engine; raises EngineUnavailable when OpenSearch does not take it."""
        if not self.writable:
            raise EngineUnavailable(f"the index at {self.address.shown} was opened for reading only")
        with self._writing:
            self._look_now()
            self._refuse_another()
            try:
                write(self._wire, self._usable(), documents, deletions, mark)
            except Missing as error:
                raise self._gone() from error
            self._look_now()

    def mark(self) -> Mark | None:
        """The mark of the last write; None for an empty, outdated or just cleared index.  Raises EngineUnavailable."""
        self._known()
        self._refuse_another()
        usable = self._usable()
        return usable.mark if usable else None

    def search(self, request: SearchRequest) -> SearchResult:
        """The answer to *request*; raises Unsupported and EngineUnavailable."""
        with self._asked() as index:
            if index:
                return search(request, self._wire, index)
        return SearchResult(0, (), {facet.name: FacetResult() for facet in request.facets})

    def scan(self, request: SearchRequest) -> Iterator[str]:
        """The ids of every hit of *request*, in its order; raises rather than leave one out."""
        with self._asked() as index:
            if index:
                yield from (hit.id for hit in walk(request, self._wire, index))

    def suggest(self, field: str, start: str, limit: int) -> tuple[tuple[str, int], ...]:
        """See Engine; raises Unsupported for a field that is no facet."""
        with self._asked() as index:
            return suggest(field, start, limit, self._wire, index) if index else ()

    def titled(self, start: str, limit: int) -> tuple[str, ...]:
        """See Engine."""
        with self._asked() as index:
            return titled(start, limit, self._wire, index) if index else ()

    def respell(self, word: str, field: str = "") -> tuple[tuple[str, int], ...]:
        """See Engine."""
        with self._asked() as index:
            return respell(word, field, self._wire, index) if index else ()

    def refresh(self) -> bool:
        """See what was written since, at most twenty times a second; True when there was anything."""
        before = self._state
        with suppress(EngineUnavailable):  # which whoever asks then is told
            self._known(LOOK)
        return self._state != before

    def tidy(self) -> bool:
        """OpenSearch merges by itself."""
        return False

    def inspect(self) -> bool:
        """See whether the index is still there, and drop those that were replaced long ago; its bytes are not ours."""
        self._there = ""
        self._look_now()
        usable = self._usable()
        if usable and self.writable:
            with suppress(EngineUnavailable):  # it can wait
                sweep(self._wire, usable)
        return False

    def clear(self) -> None:
        """Begin an empty index with the next write; the present one answers until then."""
        with self._writing, suppress(EngineUnavailable):  # who cannot be reached now is written to by nobody
            self._look_now()
            self._cleared = self._state.index if self._state else ""

    def close(self) -> None:
        """Give back the connections."""
        self._wire.close()

    @property
    def refused(self) -> tuple[tuple[str, str], ...]:
        """See Engine."""
        return self._state.refused if self._state else ()

    def _known(self, old: float = float("inf")) -> None:
        """Look at the marks if the last look is *old* seconds old, and nobody else is looking already.

        Raises EngineUnavailable what a look met that failed, until one is good.
        """
        trouble, age = self._trouble, time.monotonic() - self._looked
        if trouble and age < (LOOK_AGAIN if left() > LOOKING else LEFT_TO_OTHERS):
            raise EngineUnavailable(trouble)
        if not trouble and age < old:
            return
        first = self._looked == NEVER
        if self._looking.acquire(timeout=max(0.0, min(LOOKING, left())) if first else 0.0):
            try:
                if not first or self._looked == NEVER:
                    self._look()
            finally:
                self._looking.release()
        elif trouble or first:
            raise EngineUnavailable(trouble or f"the search server at {self.address.shown} has not answered yet")
        if self._trouble:
            raise EngineUnavailable(self._trouble)

    def _look_now(self) -> None:
        with self._looking:
            self._look()

    def _look(self) -> None:
        """See what the marks say; a look that had little time tells nothing to others when it fails."""
        hurried = left() < LOOKING
        timeout = min(LOOKING, self.address.timeout)
        try:
            state = read_state(self._wire, timeout)
            if state and state.index != self._there:
                if is_there(self._wire, state.index, timeout):
                    self._there = state.index
                else:
                    state = None
        except EngineUnavailable as error:
            if not hurried:
                self._trouble, self._looked = str(error), time.monotonic()
            raise
        self._state = state
        self._trouble, self._looked = "", time.monotonic()

    def _usable(self) -> State | None:
        """The state of an index that can be written on."""
        state = self._state
        if state is None or state.index == self._cleared or state.made_with != fingerprint():
            return None
        return state

    @contextmanager
    def _asked(self) -> Iterator[str]:
        """The index to ask; "" while there is none.  Raises EngineUnavailable for one that is outdated, or is gone."""
        self._known()
        state = self._state
        if state is not None and state.made_with != fingerprint():
            raise EngineUnavailable(f"the index at {self.address.shown} was made by another litbase ({REBUILT})")
        self._refuse_another(cleared=False)
        try:
            yield state.index if state else ""
        except Missing as error:
            raise self._gone() from error

    def _refuse_another(self, cleared: bool = True) -> None:
        """Raise EngineUnavailable for an index of another library, even if it was *cleared* and is to be replaced."""
        state = self._state
        if state is None or not self.library or state.mark.store_id == self.library:
            return
        if not cleared or state.index != self._cleared:
            raise EngineUnavailable(f"the index at {self.address.shown} {FOREIGN}")

    def _gone(self) -> EngineUnavailable:
        """What to say where the index is not there any more; the next look finds it so."""
        self._there = ""
        return EngineUnavailable(f"the index at {self.address.shown} is gone ({REBUILT})")
