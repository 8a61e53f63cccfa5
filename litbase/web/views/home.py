"""The first page: how much there is, what it is, what is new, and searches that do find something."""

from dataclasses import dataclass
from typing import Final

from litbase.library.trying import Overview
from litbase.record.kinds import BY_NAME as KINDS
from litbase.record.record import Record
from litbase.settings import Settings
from litbase.web.links import Links
from litbase.web.views import told
from litbase.web.views.charts import Chart, Tally, tallies
from litbase.web.views.parts import Badge, Linked, Summary, summary
from litbase.web.views.stats import Share, outside, years_chart

TILES: Final = 4
RECENT: Final = 5
DESCRIPTORS: Final = 8


@dataclass(frozen=True, slots=True)
class Tile:
    """One type of record with its number."""

    badge: Badge = told("The type, in the plural")
    count: int = told("Records of it")
    url: str = told("All of them")


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
    recent_url: str = told("All records; empty while nothing can be searched")
    descriptors: tuple[Tally, ...] = told("The most used descriptors")
    descriptors_url: str = told("All descriptors")
    years: Chart | None = told("Records by year, stacked by type; None without dates")
    outside: tuple[Share, ...] = told("Records of years before and after those of the chart")
    stats_url: str = told("More numbers")


def home_page(found: Overview, recent: list[Record], links: Links, settings: Settings) -> HomePage:
    """The first page from what was counted and the newest records."""
    types, subjects = found.statistics.facet("type"), found.statistics.facet("descriptor")
    chart = years_chart(found.statistics, links, small=True)
    common = subjects.values[:DESCRIPTORS]
    return HomePage(
        name=settings.name,
        tagline=settings.tagline,
        total=found.statistics.total,
        tries=tuple(Linked(one.text, links.search(one.state)) for one in found.tries),
        tiles=tuple(_tile(value.value, value.count, links) for value in types.values[:TILES]),
        types_url=links.facet("type") if types.total > TILES else "",
        recent=tuple(summary(record, links) for record in recent),
        recent_url=links.search(),
        descriptors=tallies([(v.label, v.count, links.filtered("descriptor", v.value)) for v in common]),
        descriptors_url=links.browse("descriptor") if subjects.total > DESCRIPTORS else "",
        years=chart,
        outside=outside(found.statistics, chart, links) if chart else (),
        stats_url=links.stats(),
    )


def reduced_page(total: int, recent: list[Record], links: Links, settings: Settings) -> HomePage:
    """The first page while nothing can be searched: how many records there are, and the newest."""
    return HomePage(
        name=settings.name,
        tagline=settings.tagline,
        total=total,
        tries=(),
        tiles=(),
        types_url="",
        recent=tuple(summary(record, links) for record in recent),
        recent_url="",
        descriptors=(),
        descriptors_url="",
        years=None,
        outside=(),
        stats_url="",
    )


def _tile(type_name: str, count: int, links: Links) -> Tile:
    kind = KINDS[type_name]
    badge = Badge(kind.plural if count != 1 else kind.label, kind.icon, kind.css)
    return Tile(badge, count, links.filtered("type", type_name))
