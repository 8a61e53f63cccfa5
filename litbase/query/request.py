"""SearchRequest and SearchResult: what an engine is asked and what it answers."""

from __future__ import annotations

from dataclasses import dataclass, field

from litbase.query.tree import All, Query


@dataclass(frozen=True, slots=True)
class Filter:
    """Chosen values of one facet: any of *include* (OR), none of *exclude*; values as the facet gives them."""

    name: str
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Years:
    """Years first to last, both included, None open; *undated* keeps the records without a year."""

    first: int | None = None
    last: int | None = None
    undated: bool = False

    def __bool__(self) -> bool:
        return self.first is not None or self.last is not None


@dataclass(frozen=True, slots=True)
class Visible:
    """Which records count at all; the default is every public record that is not a cited work."""

    cited: bool = False


SORTS = ("best", "newest", "oldest", "title", "author")


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """One question to an engine.

    *facets* names the fields of FIELDS to count, each for the request without that field's own filter ("year" without
    *years*).  Hits *offset* to *offset + limit* of the order *sort* come back.
    """

    query: Query = All()
    filters: tuple[Filter, ...] = ()
    years: Years = Years()
    facets: tuple[str, ...] = ()
    visible: Visible = Visible()
    sort: str = "best"
    offset: int = 0
    limit: int = 10


@dataclass(frozen=True, slots=True)
class Hit:
    """One found record; *score* is 0.0 when the order is not "best"."""

    id: str
    score: float


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The answer: exact *total*, the hits of the page, and for each facet its values with exact counts.

    Facet values come most frequent first, then by value; every value with a count above 0 is there.  The facet "year"
    has years as text and "" for the undated.
    """

    total: int
    hits: tuple[Hit, ...]
    facets: dict[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)
