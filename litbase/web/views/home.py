"""The first page: how much there is, what it is, what is new, and searches that do find something."""

from dataclasses import dataclass

from litbase.library.facets import Facet
from litbase.library.finding import Counts
from litbase.query.request import FacetRequest, Years
from litbase.query.state import SearchState
from litbase.record.kinds import BY_NAME as KINDS
from litbase.record.record import Record
from litbase.settings import Settings
from litbase.web.links import Links
from litbase.web.views import told
from litbase.web.views.facets import YearPanel, year_panel
from litbase.web.views.parts import Badge, Linked, Summary, summary

TILES = 4
RECENT = 5
DESCRIPTORS = 8
COUNTED = (FacetRequest("type", TILES), FacetRequest("descriptor", DESCRIPTORS), FacetRequest("year"))


@dataclass(frozen=True, slots=True)
class Tile:
    """One type of record with its number."""

    badge: Badge = told("The type, in the plural")
    count: int = told("Records of it")
    url: str = told("All of them")


@dataclass(frozen=True, slots=True)
class Tally:
    """One line of a bar list."""

    label: str = told("What is counted")
    count: int = told("How many records")
    width: float = told("Length of the bar, 0 to 100")
    url: str = told("Those records")


@dataclass(frozen=True, slots=True)
class HomePage:
    """The first page."""

    name: str = told("Name of the library")
    tagline: str = told("Its line, empty where the settings give none")
    total: int = told("Records in the library")
    tries: tuple[Linked, ...] = told("Searches that find something")
    tiles: tuple[Tile, ...] = told("The commonest types")
    types_url: str = told("All types; empty when the tiles are all")
    recent: tuple[Summary, ...] = told("The newest records")
    recent_url: str = told("All records")
    descriptors: tuple[Tally, ...] = told("The most used descriptors")
    descriptors_url: str = told("All descriptors")
    years: YearPanel | None = told("Records by year; None without dates")


def home_page(found: Counts, recent: list[Record], links: Links, settings: Settings) -> HomePage:
    """The first page from the COUNTED of everything and the newest records."""
    facets = {facet.name: facet for facet in found.facets}
    types, subjects = facets["type"], facets["descriptor"]
    return HomePage(
        name=settings.name,
        tagline=settings.tagline,
        total=found.total,
        tries=_tries(recent, subjects, links),
        tiles=tuple(_tile(value.value, value.count, links) for value in types.values),
        types_url=links.facet("type") if types.total > TILES else "",
        recent=tuple(summary(record, links) for record in recent[:RECENT]),
        recent_url=links.search(),
        descriptors=tuple(
            Tally(
                v.label,
                v.count,
                round(v.count / subjects.values[0].count * 100, 1),
                links.filtered("descriptor", v.value),
            )
            for v in subjects.values
        ),
        descriptors_url=links.facet("descriptor") if subjects.total > DESCRIPTORS else "",
        years=year_panel(found, links),
    )


def _tile(type_name: str, count: int, links: Links) -> Tile:
    kind = KINDS[type_name]
    return Tile(
        Badge(kind.plural if count != 1 else kind.label, kind.icon, kind.css), count, links.filtered("type", type_name)
    )


def _tries(recent: list[Record], subjects: Facet, links: Links) -> tuple[Linked, ...]:
    """A topic, an author, a topic in some years and an accession number, made from what is there."""
    made = []
    if subjects.values:
        topic = subjects.values[0].value.lower()
        made.append(Linked(topic, links.typed(topic)))
    if author := next((name for record in recent for name in record.author if name.family.isalpha()), None):
        query = f"author:{author.family.lower()}"
        made.append(Linked(query, links.typed(query)))
    if dated := next(((r.descriptors[0], r.year) for r in recent if r.year and r.descriptors), None):
        topic, last = dated[0].lower(), dated[1]
        first = last - 5
        state = SearchState(q=f'"{topic}"').with_years(Years(first, last))
        made.append(Linked(f"“{topic}” {first}–{last}", links.search(state)))
    if numbered := next((record for record in recent if record.eric), None):
        made.append(Linked(numbered.eric, links.typed(numbered.eric)))
    return tuple(made)
