"""Filters: the panel beside the results and the chips above them."""

from dataclasses import dataclass, replace
from hashlib import blake2s

from litbase.fields import BY_NAME as FIELDS
from litbase.library.facets import Facet, FacetValue, listed
from litbase.library.finding import Counts
from litbase.library.labels import value_label
from litbase.query.state import SearchState
from litbase.record.kinds import BY_NAME as KINDS
from litbase.web.links import Links
from litbase.web.views import told

SHOWN = 6  # values of a facet in the panel
MANY = 12  # values; more than these have a field to find one
BARS = 60  # bars of the histogram, at most
STEPS = (1, 2, 5, 10, 20, 50, 100)
SWITCHES = (("peer_reviewed", "yes"), ("availability", "fulltext"))
FIRST = ("type",)
THEN = ("publication_type", "descriptor", "author", "source", "level", "collection", "language", "network", "audience",
        "place", "law", "test", "publisher", "availability")  # fmt: skip
OPEN = frozenset({"type", "publication_type", "descriptor", "author", "source"})


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a filter: a checkbox, and a link that excludes it or takes the exclusion back."""

    id: str = told("Unique id of the checkbox")
    name: str = told("Name of the form field")
    value: str = told("Its value")
    label: str = told("What is read")
    count: int = told("How many records would be shown")
    checked: bool = told("Whether it is chosen")
    exclude_url: str = told("The same search without such records; empty for a chosen or excluded value")
    allow_url: str = told("The same search with them again; empty for a value that is not excluded")
    icon: str = told("Icon of a record type, else empty")
    css: str = told("Class of a record type, else empty")


@dataclass(frozen=True, slots=True)
class Panel:
    """One filter of the panel."""

    name: str = told("Its key in the URL")
    label: str = told("What it is called")
    open: bool = told("Whether its values are in view")
    find: bool = told("Whether it has a field that narrows its values")
    options: tuple[Option, ...] = told("Its values: the most frequent, then the other chosen and excluded ones")
    total: int = told("How many values there are")
    about: bool = told("Whether that number may be off by a little")
    more_url: str = told("The page with all of them; empty when all are here")


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of the histogram, in the coordinates of its drawing."""

    x: float = told("Left edge")
    y: float = told("Upper edge")
    height: float = told("Height")
    first: int = told("First year it counts")
    last: int = told("Last year it counts")
    count: int = told("Records in these years")
    inside: bool = told("Whether it lies in the chosen years")
    url: str = told("The same search for these years only")


@dataclass(frozen=True, slots=True)
class YearPanel:
    """The filter by year: bars, two numbers, and whether undated records stay."""

    bars: tuple[Bar, ...] = told("The histogram, oldest first")
    width: int = told("Width of the drawing")
    ticks: tuple[int, ...] = told("Years written under it")
    first: str = told("Chosen first year, else empty")
    last: str = told("Chosen last year, else empty")
    undated: int = told("How many records are undated")
    offers_undated: bool = told("Whether there is anything to keep or leave out")
    keep_undated: bool = told("Whether undated records stay when years are chosen")


@dataclass(frozen=True, slots=True)
class Chip:
    """One active filter and the link that takes it off."""

    key: str = told("What is filtered, as in Language")
    value: str = told("By what, as in English")
    excluded: bool = told("Whether such records are left out")
    undated: bool = told("Whether it says: or undated")
    url: str = told("The search without it")


@dataclass(frozen=True, slots=True)
class Filters:
    """The whole panel."""

    hidden: tuple[tuple[str, str], ...] = told("What the form carries on: query, excluded values, order")
    switches: tuple[Option, ...] = told("The first checkboxes: peer reviewed, full text")
    kind: tuple[Panel, ...] = told("Record type, alone or missing")
    years: YearPanel | None = told("The years; None when no record has one")
    panels: tuple[Panel, ...] = told("All further filters that have values")


def filters(found: Counts, links: Links) -> Filters:
    """The panel for *found*; a filter without values is not in it."""
    facets = {facet.name: facet for facet in found.facets}
    state = found.state
    switches = tuple(
        option(state, name, value, links)
        for name, wanted in SWITCHES
        if name in facets
        for value in listed(facets[name])
        if value.value == wanted
    )
    made = [panel(_less_switches(facets[name]), state, links) for name in (*FIRST, *THEN) if name in facets]
    kind = tuple(p for p in made if p.options and p.name in FIRST)
    panels = tuple(p for p in made if p.options and p.name not in FIRST)
    years = year_panel(found, links)
    shown = {(option.name, option.value) for part in (*kind, *panels) for option in part.options}
    shown |= {(option.name, option.value) for option in switches}
    shown |= {(key, value) for key, value in state.pairs() if years and key in ("from", "to", "undated")}
    return Filters(
        hidden=tuple(pair for pair in state.pairs() if pair not in shown and pair[0] != "page"),
        switches=switches,
        kind=kind,
        years=years,
        panels=panels,
    )


def _less_switches(facet: Facet) -> Facet:
    def kept(values: tuple[FacetValue, ...]) -> tuple[FacetValue, ...]:
        return tuple(value for value in values if (facet.name, value.value) not in SWITCHES)

    values = kept(facet.values)
    return replace(facet, values=values, total=facet.total - len(facet.values) + len(values), chosen=kept(facet.chosen))


def panel(facet: Facet, state: SearchState, links: Links) -> Panel:
    """The filter of *facet*: the most frequent values, and all that are chosen or excluded."""
    top = listed(replace(facet, values=facet.values[:SHOWN]))
    there = sum(value.count > 0 for value in top)
    return Panel(
        name=facet.name,
        label=facet.label,
        open=facet.name in OPEN or bool(facet.chosen),
        find=facet.total > MANY,
        options=tuple(option(state, facet.name, value, links) for value in top),
        total=facet.total,
        about=facet.about,
        more_url=links.facet(facet.name, state.with_page(1)) if facet.total > there else "",
    )


def option(state: SearchState, name: str, value: FacetValue, links: Links) -> Option:
    """One checkbox."""
    kind = KINDS.get(value.value) if name == "type" else None
    free = not (value.selected or value.excluded)
    return Option(
        id=f"f-{name}-{blake2s(value.value.encode(), digest_size=5).hexdigest()}",
        name=name,
        value=value.value,
        label=value.label,
        count=value.count,
        checked=value.selected,
        exclude_url=links.search(state.exclude(name, value.value)) if free else "",
        allow_url=links.search(state.remove(name, value.value)) if value.excluded else "",
        icon=kind.icon if kind else "",
        css=kind.css if kind else "",
    )


def year_panel(found: Counts, links: Links) -> YearPanel | None:
    """The filter by year of *found*; None when neither a year is counted nor chosen."""
    if not found.years and not found.state.years:
        return None
    years, state = found.state.years, found.state
    counts = dict(found.years)
    bounds = [year for year in (*counts, years.first, years.last) if year is not None]
    low, high = min(bounds), max(bounds)
    step = next((step for step in STEPS if (high - low) // step < BARS), STEPS[-1])
    starts = range(low - low % step, high + 1, step)
    tallies = [sum(counts.get(year, 0) for year in range(start, start + step)) for start in starts]
    top = max(tallies) or 1
    bars = []
    for place, (start, count) in enumerate(zip(starts, tallies, strict=True)):
        height = round(count / top * 94, 1)
        last = start + step - 1
        bars.append(
            Bar(
                x=place * 10 + 0.7,
                y=round(100 - height, 1),
                height=height,
                first=start,
                last=last,
                count=count,
                inside=(years.first is None or last >= years.first) and (years.last is None or start <= years.last),
                url=links.search(state.with_years(type(years)(start, last))),
            )
        )
    return YearPanel(
        bars=tuple(bars),
        width=len(bars) * 10,
        ticks=_ticks(starts.start, starts[-1]),
        first="" if years.first is None else str(years.first),
        last="" if years.last is None else str(years.last),
        undated=found.undated,
        offers_undated=bool(found.undated or years.undated),
        keep_undated=years.undated or not years,
    )


def _ticks(first: int, last: int) -> tuple[int, ...]:
    if last - first < 4:
        return (first, last) if last > first else (first,)
    return tuple(first + round((last - first) * quarter / 4) for quarter in range(5))


def chips(state: SearchState, links: Links) -> tuple[Chip, ...]:
    """The active filters of *state*, in the order of its address."""
    made = []
    for filter in state.filters:
        label = FIELDS[filter.name].label
        for value in (*filter.include, *filter.exclude):
            url = links.search(state.remove(filter.name, value))
            made.append(Chip(label, value_label(filter.name, value), value in filter.exclude, False, url))
    if state.years:
        years = state.years
        text = f"{years.first or '…'}–{years.last or '…'}" if years.first != years.last else str(years.first)
        made.append(Chip("Year", text, False, years.undated, links.search(state.with_years(type(years)()))))
    return tuple(made)
