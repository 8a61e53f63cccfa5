"""The page of one heading: a descriptor, an author or a source, with all that is filed under it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from litbase.library.browsing import Beside
from litbase.library.facets import Facet
from litbase.library.finding import Found
from litbase.query.request import FacetRequest, Years
from litbase.query.state import SearchState
from litbase.record.kinds import BY_NAME as KINDS
from litbase.web.links import Links
from litbase.web.views import told
from litbase.web.views.browse import Letter
from litbase.web.views.charts import Chart, bars
from litbase.web.views.descriptors import Position
from litbase.web.views.parts import Linked, Summary, summary

RECENT: Final = 5
TYPES: Final = 6
PRINTED: Final = 50  # joined forms
# What is counted among the records of each, besides years and types; the first stands in the main column
COUNTED: Final = {
    "descriptor": (FacetRequest("source", 5), FacetRequest("author", 5)),
    "author": (FacetRequest("descriptor", 10), FacetRequest("source", 8)),
    "source": (FacetRequest("descriptor", 10), FacetRequest("author", 10), FacetRequest("publisher", 3)),
}
EVERYWHERE: Final = (FacetRequest("year"), FacetRequest("type", TYPES))


@dataclass(frozen=True, slots=True)
class Tally:
    """One line of a list with bars."""

    text: str = told("What is counted")
    url: str = told("Its own page, or the records where it has none")
    count: int = told("How many records of this heading have it")
    both_url: str = told("Just these records")
    width: float = told("Length of the bar, 0 to 100")


@dataclass(frozen=True, slots=True)
class Panel:
    """What is frequent among the records of this heading."""

    name: str = told("descriptor, author or source; together for descriptors beside a descriptor, authors beside one")
    tallies: tuple[Tally, ...] = told("The most frequent first")
    more_url: str = told("All of them; empty when these are all, or nobody counts them")


@dataclass(frozen=True, slots=True)
class Fact:
    """Something known of the heading itself."""

    name: str = told("issn, isbn, publisher or orcid")
    values: tuple[Linked, ...] = told("What it is")


@dataclass(frozen=True, slots=True)
class HeadingPage:
    """The page of one descriptor, author or source."""

    name: str = told("descriptor, author or source")
    value: str = told("The value, as records are filed")
    title: str = told("The same as it is spoken")
    sort: str = told("What it is: journal, book, newspaper, conference; empty where that is not known")
    count: int = told("How many records it has")
    cited: bool = told("Whether only reference lists name it")
    search_url: str = told("These records")
    feed_url: str = told("Its new records as a feed; empty without records")
    list_url: str = told("The list it stands in")
    letters: tuple[Letter, ...] = told("The row from A to Z, its own letter marked")
    first: int = told("First year of its records; 0 where none has one")
    last: int = told("Last year of its records; 0 where none has one")
    undated: int = told("How many have no year")
    instead: str = told("Another name of the descriptor, by which the reader came; else empty")
    retired: bool = told("Whether that is a descriptor no longer used")
    position: Position | None = told("Its place in the thesaurus; None outside it")
    used_for: tuple[str, ...] = told("Its other names in the thesaurus")
    scope_note: str = told("What the thesaurus says of it; empty where it says nothing")
    related: tuple[Linked, ...] = told("Related descriptors of the thesaurus")
    alike: tuple[Tally, ...] = told("Names that may be the same and are not joined")
    printed: tuple[Linked, ...] = told("Other forms that records print and that were joined with it; where to separate")
    facts: tuple[Fact, ...] = told("What is known of it itself")
    types: tuple[Tally, ...] = told("Its records by type")
    chart: Chart | None = told("Its records by year; None where none has one")
    panels: tuple[Panel, ...] = told("What is frequent among its records")
    recent: tuple[Summary, ...] = told("The newest records")
    canonical: str = told("Its permanent address")
    json_url: str = told("The same as JSON")


@dataclass(frozen=True, slots=True)
class Nature:
    """What only pages of its sort know of a heading."""

    title: str = ""
    sort: str = ""
    alike: tuple[tuple[str, int], ...] = ()
    printed: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    instead: str = ""
    retired: bool = False
    position: Position | None = None
    used_for: tuple[str, ...] = ()
    scope_note: str = ""
    related: tuple[str, ...] = ()


def heading_page(
    name: str,
    value: str,
    found: Found,
    beside: Sequence[Beside],
    nature: Nature,
    letters: Sequence[Letter],
    links: Links,
) -> HeadingPage:
    """The page of *value* of the facet *name*: *found* are its newest records, *beside* what often stands beside it."""
    state = replace(found.state, per=SearchState().per)
    facets = {facet.name: facet for facet in found.facets}
    panels = [_beside(name, beside, links)]
    panels += [_panel(facets[asked.name], state, links) for asked in COUNTED[name] if asked.name != "publisher"]
    types = facets["type"].values
    return HeadingPage(
        name=name,
        value=value,
        title=nature.title or value,
        sort=nature.sort,
        count=found.total,
        cited=state.cited and found.total > 0,
        search_url=links.search(state),
        feed_url=links.search(state, ".atom") if found.total and not state.cited else "",
        list_url=links.browse(name),
        letters=tuple(letters),
        first=found.years[0][0] if found.years else 0,
        last=found.years[-1][0] if found.years else 0,
        undated=found.undated,
        instead=nature.instead,
        retired=nature.retired,
        position=nature.position,
        used_for=nature.used_for,
        scope_note=nature.scope_note,
        related=tuple(Linked(one, links.descriptor(one)) for one in nature.related),
        alike=tuple(
            Tally(other, links.value(name, other), n, links.filtered(name, other), 0) for other, n in nature.alike
        ),
        printed=tuple(Linked(form, links.separate_variants(name, form, value)) for form in nature.printed[:PRINTED]),
        facts=nature.facts,
        types=tuple(
            Tally(
                KINDS[v.value].label if v.count == 1 else KINDS[v.value].plural,
                links.search(state.add("type", v.value)),
                v.count,
                links.search(state.add("type", v.value)),
                _width(v.count, types[0].count),
            )
            for v in types
        ),
        chart=bars(found.years, lambda first, last: links.search(state.with_years(Years(first, last)))),
        panels=tuple(panel for panel in panels if panel.tallies),
        recent=tuple(summary(hit.record, links) for hit in found.hits[:RECENT]),
        canonical=links.absolute(links.value(name, value)),
        json_url=links.value(name, value, ".json"),
    )


def _panel(facet: Facet, state: SearchState, links: Links) -> Panel:
    """The most frequent values of *facet* among the records of *state*."""
    name, most = facet.name, facet.values[0].count if facet.values else 1
    tallies = tuple(
        Tally(
            one.value,
            links.value(name, one.value),
            one.count,
            links.search(state.add(name, one.value)),
            _width(one.count, most),
        )
        for one in facet.values
    )
    return Panel(name, tallies, links.facet(name, state) if facet.total > len(tallies) else "")


def _beside(name: str, beside: Sequence[Beside], links: Links) -> Panel:
    most = beside[0].total if beside else 1
    return Panel(
        "together",
        tuple(
            Tally(one.value, links.value(name, one.value), one.total, links.search(one.state), _width(one.total, most))
            for one in beside
        ),
        "",
    )


def _width(count: int, most: int) -> float:
    return round(count / most * 100, 1)


def twin(page: HeadingPage) -> dict[str, Any]:
    """*page* as JSON."""
    position = page.position
    return {
        "facet": page.name,
        "value": page.value,
        "title": page.title,
        "count": page.count,
        "cited": page.cited,
        "url": page.canonical,
        "records": page.search_url,
        "used_for": list(page.used_for),
        "scope_note": page.scope_note,
        "broader": [kin.broader.text for kin in position.kin] if position else [],
        "narrower": [one.text for one in position.narrower] if position else [],
        "related": [one.text for one in page.related],
        "printed": [one.text for one in page.printed],
        "alike": [[one.text, one.count] for one in page.alike],
        "facts": {fact.name: [value.text for value in fact.values] for fact in page.facts},
        "years": [[column.first, column.count] for column in page.chart.columns if column.count] if page.chart else [],
        "undated": page.undated,
        "types": [[one.text, one.count] for one in page.types],
        "frequent": {panel.name: [[one.text, one.count] for one in panel.tallies] for panel in page.panels},
        "newest": [record.id for record in page.recent],
    }
