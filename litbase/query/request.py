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
class FacetRequest:
    """Which values of the facet *name* come back: *offset* to *offset + limit* of those that hold each word of *find*.

    Both are folded.
    *order* is "count" (most frequent first, then by value) or "value" (as they are filed: `sort_form`, then by value).
    *limit* None means all.
    """

    name: str
    limit: int | None = None
    offset: int = 0
    find: str = ""
    order: str = "count"


@dataclass(frozen=True, slots=True)
class FacetResult:
    """The values asked for with exact counts above 0, how many values there are, and the counts of the filter's own.

    *total* counts the values that hold what was looked for; it may be off by a little when *about*, as an engine on
    several machines counts many values.  *chosen* has every value that the request includes or excludes, with its
    count, 0 too.
    """

    values: tuple[tuple[str, int], ...] = ()
    total: int = 0
    chosen: tuple[tuple[str, int], ...] = ()
    about: bool = False


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """One question to an engine.

    *facets* says which fields of FIELDS to count, each for the request without the values it includes itself ("year"
    without *years*): what is excluded stays excluded, but for the count of the excluded value.  Hits *offset* to
    *offset + limit* of the order *sort* come back.  *partial* is whether the answer of some parts of the index will do
    where others do not answer; else it is refused.
    """

    query: Query = All()
    filters: tuple[Filter, ...] = ()
    years: Years = Years()
    facets: tuple[FacetRequest, ...] = ()
    visible: Visible = Visible()
    sort: str = "best"
    offset: int = 0
    limit: int = 10
    partial: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """One found record; *score* is 0.0 when the order is not "best"."""

    id: str
    score: float


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The answer: exact *total*, the hits of the page, and each facet that was asked for.

    The facet "year" has years as text and "" for the undated.  *left_out* counts the cited works that also match query,
    filters and years and are not among the hits because *visible* leaves them out.  *answered* is (parts of the index
    that answered, parts there are) where some did not, and all numbers are then those of the parts that did.
    """

    total: int
    hits: tuple[Hit, ...]
    facets: dict[str, FacetResult] = field(default_factory=dict)
    left_out: int = 0
    answered: tuple[int, int] | None = None
