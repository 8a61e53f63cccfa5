"""The Engine protocol: what litbase asks of a search engine, and nothing more."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple, Protocol

from litbase.fields import IndexDocument
from litbase.query.request import SearchRequest, SearchResult


class Mark(NamedTuple):
    """How far an index has followed a store: which store, which epoch of it, which change."""

    store_id: str
    epoch: str
    change: int


class Engine(Protocol):
    """A derived, disposable search index.

    One conformance suite (tests/index) holds every engine to an obviously right one: same ids, totals and facet counts.
    """

    can: frozenset[str]
    """Abilities it claims beyond the plain ones, such as "near"."""

    @property
    def refused(self) -> tuple[tuple[str, str], ...]:
        """(id, reason) of the documents that were given last and could not be taken, until they can."""
        ...

    def write(self, documents: Iterable[IndexDocument], deletions: Iterable[str], mark: Mark) -> None:
        """Add or replace *documents*, drop the other ids in *deletions*, and remember *mark*, durably or not at all.

        *documents* is read to its end before *deletions* is.
        """
        ...

    def mark(self) -> Mark | None:
        """The mark of the last write that is durable; None for an empty or unusable index.

        Raises EngineUnavailable where nobody can be asked: that is no reason to build it anew.
        """
        ...

    def search(self, request: SearchRequest) -> SearchResult:
        """The answer to *request*; raises Unsupported for a node it does not claim, EngineUnavailable at need."""
        ...

    def scan(self, request: SearchRequest) -> Iterator[str]:
        """The ids of every hit of *request* in its order, without offset, limit and facets."""
        ...

    def suggest(self, field: str, start: str, limit: int) -> tuple[tuple[str, int], ...]:
        """Values of the facet *field* filed under *start*, with how many records have them, most frequent first.

        A value is filed as `sort_form` says.  Cited works do not count; values of equal count come as they are filed.
        """
        ...

    def titled(self, start: str, limit: int) -> tuple[str, ...]:
        """Ids of the records whose title is filed under *start*, as they are filed, cited works left out."""
        ...

    def respell(self, word: str, field: str = "") -> tuple[tuple[str, int], ...]:
        """Indexed words one letter away from *word* (added, left out, changed or swapped), most frequent first.

        A letter is added or put in place of another only from a to z, the digits and the letters of *word*.
        Words are as `tokens` folds them; the number says in how many records of *field* (of the default fields
        together, for "") each stands.  *word* itself is not among them.
        """
        ...

    def refresh(self) -> bool:
        """See what any process wrote since; True when there was anything.  Costs one stat when there was not."""
        ...

    def tidy(self) -> bool:
        """Do a part of the upkeep that writes put off; True when there may be more.  Changes no answer."""
        ...

    def inspect(self) -> bool:
        """Compare a part of what is stored with its check sums; True when there is more to compare.

        Damage found makes the index unusable: `mark` is None and searching raises, until it is written anew.
        """
        ...

    def clear(self) -> None:
        """Begin an empty index in place of the present one, which keeps answering until something is written."""
        ...

    def close(self) -> None:
        """Give back files; the engine is not used afterwards."""
        ...
