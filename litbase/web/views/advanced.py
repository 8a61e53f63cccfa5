"""The advanced search: rows that write a query, the years and filters of this library, and what they find together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from litbase.fields import FIELDS
from litbase.library.facets import Facet, FacetValue
from litbase.library.labels import value_label
from litbase.query.rows import JOINS, MOST, WAYS, Row, write
from litbase.query.state import SearchState
from litbase.web.links import Links
from litbase.web.views import told
from litbase.web.views.facets import FIRST, SWITCHES, THEN

LISTED = 60  # values of a filter; one with more is asked for by a row
BLANK = 2  # rows to begin with
ORDER = ("peer_reviewed", *FIRST, *THEN)
OPEN = frozenset(FIRST)
YES_OR_NO = frozenset({"peer_reviewed"})  # of which the switch says enough


@dataclass(frozen=True, slots=True)
class RowView:
    """One row of the form."""

    number: int = told("Its number, from 1")
    join: str = told("and, or, not")
    field: str = told("Name of its field; empty for all fields")
    words: str = told("The words as typed")
    way: str = told("all, any, phrase or typed: a whole query")


@dataclass(frozen=True, slots=True)
class FieldChoice:
    """A field to look in."""

    name: str = told("Its name in a query; empty for all fields")
    label: str = told("What it is called")


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a filter."""

    name: str = told("Name of the form field; it begins with not. where such records are left out")
    value: str = told("The value")
    label: str = told("What is read")
    count: int | None = told("How many records of the library have it; None where that was not counted")
    checked: bool = told("Whether it is chosen")


@dataclass(frozen=True, slots=True)
class Choices:
    """A filter."""

    name: str = told("Its key in the URL")
    label: str = told("What it is called")
    open: bool = told("Whether its values are in view")
    values: tuple[Choice, ...] = told("Its values; only the chosen ones where there are very many")


@dataclass(frozen=True, slots=True)
class AdvancedPage:
    """The form, and the search it asks for."""

    rows: tuple[RowView, ...] = told("The rows")
    joins: tuple[str, ...] = told("How rows can be joined")
    fields: tuple[FieldChoice, ...] = told("The fields to look in, all fields first")
    ways: tuple[str, ...] = told("How words can be meant")
    can_add: bool = told("Whether there is room for another row")
    most: int = told("How many rows there can be")
    switches: tuple[Choice, ...] = told("Peer reviewed and full text")
    filters: tuple[Choices, ...] = told("The other filters of this library")
    first: str = told("Chosen first year, else empty")
    last: str = told("Chosen last year, else empty")
    undated: bool = told("Whether undated records stay when years are chosen")
    hidden: tuple[tuple[str, str], ...] = told("What the form carries on: order, page length, switches")
    q: str = told("The query that the rows write")
    filtered: tuple[str, ...] = told("The filters, as lines")
    total: int = told("How many records the search finds")
    notices: tuple[str, ...] = told("What had to be mended, as sentences")
    url: str = told("The search")


def advanced_page(
    rows: Sequence[Row],
    state: SearchState,
    filters: Iterable[Facet],
    total: int,
    links: Links,
    notices: Sequence[str],
    filtered: Sequence[str],
) -> AdvancedPage:
    """The form with *rows* and the filters of *state*, whose query they write; *filters* are those of the library."""
    shown = list(rows) or [Row()] * BLANK
    known = {facet.name: facet for facet in filters}
    years = state.years
    carried = ("sort", "per", "expand", "narrower", "cited")
    return AdvancedPage(
        rows=tuple(RowView(n, row.join, row.field, row.words, row.way) for n, row in enumerate(shown, 1)),
        joins=JOINS,
        fields=(FieldChoice("", "All fields"), *(FieldChoice(field.name, field.label) for field in FIELDS)),
        ways=tuple(way for way in WAYS if way != "typed"),
        can_add=len(shown) < MOST,
        most=MOST,
        switches=tuple(_switches(known, state)),
        filters=tuple(made for name in ORDER if (made := _choices(name, known, state)).values),
        first="" if years.first is None else str(years.first),
        last="" if years.last is None else str(years.last),
        undated=years.undated,
        hidden=tuple(pair for pair in state.pairs() if pair[0] in carried),
        q=write(rows),
        filtered=tuple(filtered),
        total=total,
        notices=tuple(notices),
        url=links.search(state),
    )


def _switches(known: dict[str, Facet], state: SearchState) -> Iterable[Choice]:
    for name, wanted in SWITCHES:
        for value in _values(known, name):
            if value.value == wanted:
                yield Choice(name, wanted, value.label, value.count, wanted in state.chosen(name))


def _choices(name: str, known: dict[str, Facet], state: SearchState) -> Choices:
    """The filter *name*: its values where there are few, and whatever of it is chosen or excluded."""
    facet = known[name]
    there = facet.values if facet.total <= LISTED and name not in YES_OR_NO else ()
    counts = {value.value: value.count for value in facet.values}
    chosen, excluded = state.chosen(name), state.excluded(name)
    shown = dict.fromkeys([value.value for value in there] + list(chosen))
    values = [
        Choice(name, value, value_label(name, value), counts.get(value), value in chosen)
        for value in shown
        if (name, value) not in SWITCHES  # they stand above
    ]
    values += [Choice(f"not.{name}", value, value_label(name, value), counts.get(value), True) for value in excluded]
    return Choices(name, facet.label, name in OPEN or bool(chosen or excluded), tuple(values))


def _values(known: dict[str, Facet], name: str) -> tuple[FacetValue, ...]:
    return known[name].values if name in known else ()
