"""SearchState: all that the address of a search page says, as a value.

Every link on every page is made from one; nothing else reads or writes the
parameters of a search.  Parameters nobody knows are dropped at the door.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import urlencode

from litbase.fields import ALIASES, BY_NAME, FACETS, ID
from litbase.query.operands import year_bounds
from litbase.query.request import SORTS, Filter, Years
from litbase.query.values import whole_value
from litbase.record.notices import Notice, notice
from litbase.record.text import clean, squash

PER_PAGE: Final = (10, 25, 50, 100)  # the pages offer up to 50, programs may ask for 100
MOST_VALUES: Final = 64  # chosen and excluded facet values together
LONGEST: Final = 4000  # characters of a query or a value that are kept
_FILTERS: Final = tuple(name for name in FACETS if name != "year")
_SORT_NAMES: Final = {**{sort: sort for sort in SORTS}, "new": "newest", "old": "oldest"}
_SWITCHES: Final = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}


@dataclass(frozen=True, slots=True)
class SearchState:
    """A search page: the query as typed, what narrows it, how it is ordered and which page of it.

    *filters* hold only facets with a chosen or excluded value, in the order of FIELDS.  The methods give a new state;
    all but `with_page` go back to page 1.
    """

    q: str = ""
    filters: tuple[Filter, ...] = ()
    years: Years = Years()
    op: str = "and"
    expand: bool = True
    narrower: bool = False
    cited: bool = False
    sort: str = "best"
    page: int = 1
    per: int = 10

    @classmethod
    def from_args(cls, pairs: Iterable[tuple[str, str]]) -> tuple[SearchState, tuple[Notice, ...]]:
        """The state that the parameters of an address say, and a notice for each value that had to be dropped.

        Names are those of FIELDS or their aliases, in any case.  Where a parameter can have one value only, the first
        good one counts.  `from_args(parse_qsl(state.query_string()))[0] == state`.
        """
        notices: list[Notice] = []
        return _read(pairs, notices), tuple(dict.fromkeys(notices))

    def pairs(self) -> list[tuple[str, str]]:
        """The parameters in their canonical order; what is as by default is left out."""
        pairs = [("q", self.q)] if self.q else []
        pairs += [(each.name, value) for each in self.filters for value in each.include]
        pairs += [(f"not.{each.name}", value) for each in self.filters for value in each.exclude]
        years = (("from", self.years.first), ("to", self.years.last))
        pairs += [(name, str(year)) for name, year in years if year is not None]
        switches = (
            ("undated", "1", self.years.undated),
            ("op", self.op, self.op != "and"),
            ("expand", "0", not self.expand),
            ("narrower", "1", self.narrower),
            ("cited", "1", self.cited),
            ("sort", self.sort, self.sort != "best"),
            ("page", str(self.page), self.page != 1),
            ("per", str(self.per), self.per != 10),
        )
        return pairs + [(name, value) for name, value, told in switches if told]

    def query_string(self) -> str:
        """The parameters as they stand behind the "?" of an address; "" when all is as by default."""
        return urlencode(self.pairs())

    def chosen(self, name: str) -> tuple[str, ...]:
        """The chosen values of the facet *name*."""
        return next((each.include for each in self.filters if each.name == name), ())

    def excluded(self, name: str) -> tuple[str, ...]:
        """The excluded values of the facet *name*."""
        return next((each.exclude for each in self.filters if each.name == name), ())

    def add(self, name: str, value: str) -> SearchState:
        """With *value* of the facet *name* chosen, and no longer excluded; a year or a range of years is the only one.

        Unchanged but for the page when *name* is no facet, *value* is empty, or 64 values are chosen already.
        """
        if name == "year":
            return self.with_years(Years(*(_span(value) or (self.years.first, self.years.last)), self.years.undated))
        if _value(name, value) in self.chosen(name):
            return self.with_page(1)
        kept = self.remove(name, value)
        return kept._with(name, (*kept.chosen(name), _value(name, value)), kept.excluded(name))

    def exclude(self, name: str, value: str) -> SearchState:
        """With *value* of the facet *name* excluded, and no longer chosen; unchanged where `add` would be."""
        if _value(name, value) in self.excluded(name):
            return self.with_page(1)
        kept = self.remove(name, value)
        return kept._with(name, kept.chosen(name), (*kept.excluded(name), _value(name, value)))

    def remove(self, name: str, value: str) -> SearchState:
        """With *value* of the facet *name* neither chosen nor excluded; "year" gives back all years."""
        if name == "year":
            return self.with_years(Years())
        value = _value(name, value)
        include, exclude = ([v for v in values if v != value] for values in (self.chosen(name), self.excluded(name)))
        return self._with(name, tuple(include), tuple(exclude))

    def with_years(self, years: Years) -> SearchState:
        """With another range of years; one that runs backwards is turned round, no range forgets the undated."""
        first, last = years.first, years.last
        if first is not None and last is not None and first > last:
            first, last = last, first
        return replace(self, years=Years(first, last, years.undated) if years else Years(), page=1)

    def with_expand(self, expand: bool) -> SearchState:
        """With or without what the thesaurus adds to the query."""
        return replace(self, expand=expand, page=1)

    def with_narrower(self, narrower: bool) -> SearchState:
        """With or without the narrower descriptors of those the query names."""
        return replace(self, narrower=narrower, page=1)

    def with_q(self, q: str) -> SearchState:
        """With another query; controls, line breaks and doubled spaces are cleaned away."""
        return replace(self, q=_line(q), page=1)

    def with_sort(self, sort: str) -> SearchState:
        """In another order, one of SORTS."""
        return replace(self, sort=sort, page=1)

    def with_per(self, per: int) -> SearchState:
        """With *per* hits on a page, one of PER_PAGE."""
        return replace(self, per=per, page=1)

    def with_page(self, page: int) -> SearchState:
        """Another page, counted from 1."""
        return replace(self, page=page)

    def clear_filters(self) -> SearchState:
        """Without facet values and years; query, order and switches stay."""
        return replace(self, filters=(), years=Years(), page=1)

    def _with(self, name: str, include: tuple[str, ...], exclude: tuple[str, ...]) -> SearchState:
        """With just these values of a facet; only back to page 1 when they are empty, too many or of no facet."""
        others = [each for each in self.filters if each.name != name]
        count = sum(len(each.include) + len(each.exclude) for each in others) + len(include) + len(exclude)
        if name not in _FILTERS or "" in include + exclude or count > MOST_VALUES:
            return self.with_page(1)
        filters = [*others, Filter(name, include, exclude)] if include or exclude else others
        return replace(self, filters=tuple(sorted(filters, key=lambda each: _FILTERS.index(each.name))), page=1)


def _line(text: str) -> str:
    return squash(clean(text[:LONGEST]))


def _value(name: str, text: str) -> str:
    field = BY_NAME.get(name)
    return whole_value(name, _line(text)) if field and field.kind == ID else _line(text)


def _number(most: int) -> Callable[[str], int | None]:
    """A reader of the numbers 1 to *most*."""

    def read(text: str) -> int | None:
        digits = text if text.isascii() and text.isdigit() and len(text) <= len(str(most)) else "0"
        return int(digits) if 1 <= int(digits) <= most else None

    return read


def _span(text: str) -> tuple[int | None, int | None] | None:
    bounds = year_bounds(text)
    years = [year for year in bounds if year is not None]
    return bounds if years and min(years) >= 1 and max(years) <= 9999 else None


# How a parameter that can have one value is read; None for a value that is not possible.
_READERS: Final[dict[str, Callable[[str], Any]]] = {
    "q": str,
    "year": _span,
    "from": _number(9999),
    "to": _number(9999),
    "undated": _SWITCHES.get,
    "op": {"and": "and", "or": "or"}.get,
    "expand": _SWITCHES.get,
    "narrower": _SWITCHES.get,
    "cited": _SWITCHES.get,
    "sort": _SORT_NAMES.get,
    "page": _number(9_999_999),
    "per": {str(number): number for number in PER_PAGE}.get,
}


def _read(pairs: Iterable[tuple[str, str]], notices: list[Notice]) -> SearchState:
    state = SearchState()
    found: dict[str, Any] = {}
    refused = 0
    for name, text in pairs:
        key, value = name.lower(), _line(text)
        facet = ALIASES.get(key.removeprefix("not."), "")
        if not value:
            continue
        if facet in _FILTERS:
            state = state.exclude(facet, value) if key.startswith("not.") else state.add(facet, value)
            refused += _value(facet, value) not in state.chosen(facet) + state.excluded(facet)
        elif key in _READERS and key not in found:
            good = _READERS[key](value if key == "q" else value.lower())
            if good is None:
                notices.append(notice("value-dropped", name=key, value=value))
            else:
                found[key] = good
    if refused:
        notices.append(notice("too-many", what="Filters", count=MOST_VALUES + refused, limit=MOST_VALUES))
    span = found.pop("year", (None, None))
    first, last = found.pop("from", span[0]), found.pop("to", span[1])
    if first is not None and last is not None and first > last:
        notices.append(notice("range-swapped", first=first, last=last))
    page = found.pop("page", 1)
    years = Years(first, last, found.pop("undated", False))
    return replace(state.with_years(years), **found, page=page)
