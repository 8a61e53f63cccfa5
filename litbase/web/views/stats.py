"""The statistics: the library by year and type, how complete its records are, and what is most frequent in it.

Every number stands beside the address of the search that finds exactly these records.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from litbase.library.statistics import GIVEN, TOPS, Part, Statistics, given, lacking
from litbase.query.request import Years
from litbase.query.state import SearchState
from litbase.record.kinds import BY_NAME as KINDS
from litbase.web.links import PLACES, Links
from litbase.web.views import told
from litbase.web.views.charts import COLUMNS, Chart, Series, Tally, stacked, tallies

COLOURS: Final = ("t-journal", "t-chapter", "t-conf", "t-opinion", "t-cited")
SHADES: Final = ((95, 4), (70, 3), (35, 2))  # per cent and more, and the shade of a cell
PEER: Final = (("yes", "Peer reviewed"), ("no", "Not peer reviewed"))


@dataclass(frozen=True, slots=True)
class Share:
    """A number of records as a part of others."""

    label: str = told("What these records have in common")
    count: int = told("How many they are")
    percent: str = told("Their share, as in 61%; 100% is said of all only, 0% of none only")
    url: str = told("These records; empty for none")


@dataclass(frozen=True, slots=True)
class Cell:
    """How many records of a collection have a field."""

    has: Share = told("The records that have it")
    lacks: int = told("How many have not")
    lacks_url: str = told("Those that have not; empty for none")
    shade: int = told("1 for few to 4 for nearly all")


@dataclass(frozen=True, slots=True)
class Row:
    """A collection, or the whole library."""

    name: str = told("Its name among the values of the filter; empty for the whole library")
    label: str = told("What it is called")
    count: int = told("Its records")
    url: str = told("These records")
    cells: tuple[Cell, ...] = told("One for each field")


@dataclass(frozen=True, slots=True)
class Top:
    """The most frequent values of a field."""

    name: str = told("The field")
    label: str = told("What they are called together")
    rows: tuple[Tally, ...] = told("The most frequent first")
    total: int = told("How many values there are")
    about: bool = told("Whether that number may be off by a little")
    url: str = told("All of them; empty where these are all")


@dataclass(frozen=True, slots=True)
class StatsPage:
    """The statistics."""

    total: int = told("Records in the library")
    at: str = told("When this was counted")
    json_url: str = told("The same as JSON")
    all_url: str = told("All records")
    chart: Chart | None = told("Records by year, stacked by type; None without dates")
    outside: tuple[Share, ...] = told("Records of years before and after those of the chart; () where it has all")
    undated: tuple[Share, ...] = told("Undated records of each type that has any, the sum last; () without any")
    fields: tuple[tuple[str, str], ...] = told("Name and label of the fields in the table of completeness")
    rows: tuple[Row, ...] = told("The whole library and its collections")
    peer: tuple[Share, ...] = told("Peer reviewed, not, and not stated; () where nothing is stated")
    tops: tuple[Top, ...] = told("The most frequent descriptors, sources and languages")
    cited: int = told("Works known only from reference lists, which are not counted above")
    cited_url: str = told("All records with them")


def stats_page(found: Statistics, links: Links) -> StatsPage:
    """The page for *found*."""
    chart = years_chart(found, links)
    return StatsPage(
        total=found.total,
        at=found.at,
        json_url=links.stats(".json"),
        all_url=links.search(),
        chart=chart,
        outside=outside(found, chart, links) if chart else (),
        undated=tuple(_undated(found, links)),
        fields=GIVEN,
        rows=tuple(_row(part, links) for part in found.parts),
        peer=_peer(found, links),
        tops=tuple(top for name in TOPS if (top := _top(found, name, links)).rows),
        cited=found.cited,
        cited_url=links.search(SearchState(cited=True)),
    )


def years_chart(found: Statistics, links: Links, small: bool = False) -> Chart | None:
    """Records by year, stacked by type, without a few that lie far from all others; None without a dated record."""
    first, last = window(found.counts.years)
    by_year: dict[int, list[int]] = {}
    for number, part in enumerate(found.stacked):
        for year, count in part.years:
            if first <= year <= last:
                by_year.setdefault(year, [0] * len(found.stacked))[number] = count
    series = _series(found)

    def url(first: int, last: int) -> str:
        return links.search(SearchState().with_years(Years(first, last)))

    def part_url(number: int, first: int, last: int) -> str:
        return links.search(found.stacked[number].state.with_years(Years(first, last)))

    return stacked(list(by_year.items()), series, url, None if small else part_url, small)


def window(years: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """The first and last year of a chart of *years*, (year, records) oldest first.

    Where there are more years than columns, those that stand farthest from the others are left out, as long as that
    makes room and leaves out at most one record in a hundred.

    >>> window([(1850, 1), (1990, 60), (2020, 60)]), window([(1850, 9), (1990, 60)]), window(())
    ((1990, 2020), (1850, 1990), (0, 0))
    """
    if not years:
        return 0, 0
    low, high = 0, len(years) - 1
    spare = sum(count for _, count in years) // 100
    while years[high][0] - years[low][0] >= COLUMNS:
        lowest = years[low + 1][0] - years[low][0] >= years[high][0] - years[high - 1][0]
        spare -= years[low if lowest else high][1]
        if spare < 0:
            break
        low, high = (low + 1, high) if lowest else (low, high - 1)
    return years[low][0], years[high][0]


def outside(found: Statistics, chart: Chart, links: Links) -> tuple[Share, ...]:
    """The records of years that *chart* does not show, before it and after it."""
    first, last = chart.columns[0].first, chart.columns[-1].last
    before = sum(count for year, count in found.counts.years if year < first)
    after = sum(count for year, count in found.counts.years if year > last)
    sides = ((f"Before {first}", before, Years(None, first - 1)), (f"After {last}", after, Years(last + 1, None)))
    return tuple(
        Share(label, count, percent(count, found.total), links.search(SearchState().with_years(years)))
        for label, count, years in sides
        if count
    )


def _series(found: Statistics) -> tuple[Series, ...]:
    """The types with a colour each: their own, or where two share one a free one."""
    names = [part.types[0] if len(part.types) == 1 else "" for part in found.stacked]
    taken: dict[str, str] = {}
    for name in filter(None, names):
        taken.setdefault(KINDS[name].css, name)
    own = {name: css for css, name in taken.items()}
    free = iter([css for css in COLOURS if css not in taken])
    return tuple(
        Series(_types(part.types), own[name] if name in own else next(free))
        for name, part in zip(names, found.stacked, strict=True)
    )


def _types(names: Sequence[str]) -> str:
    return KINDS[names[0]].label if len(names) == 1 else "Other types"


def _undated(found: Statistics, links: Links) -> Iterator[Share]:
    total = found.counts.undated
    parts = [part for part in found.stacked if part.undated]
    for part in parts if len(parts) > 1 else ():
        state = part.state.with_q(lacking("year").q)
        yield Share(_types(part.types), part.undated, percent(part.undated, total), links.search(state))
    if total:
        label = "All types" if len(parts) > 1 else _types(parts[0].types)
        yield Share(label, total, percent(total, found.total), links.search(lacking("year")))


def _row(part: Part, links: Links) -> Row:
    cells = tuple(_cell(part, name, count, links) for (name, _), count in zip(GIVEN, part.given, strict=True))
    return Row(part.value, part.label or "Whole library", part.total, links.search(part.state), cells)


def _cell(part: Part, name: str, count: int, links: Links) -> Cell:
    label = dict(GIVEN)[name]
    url = links.search(part.state.with_q(given(name).q)) if count else ""
    without = part.total - count
    lacks_url = links.search(part.state.with_q(lacking(name).q)) if without else ""
    share = count * 100 / part.total if part.total else 0
    shade = next((shade for least, shade in SHADES if share >= least), 1)
    return Cell(Share(label, count, percent(count, part.total), url), without, lacks_url, shade)


def _peer(found: Statistics, links: Links) -> tuple[Share, ...]:
    stated = {value.value: value.count for value in found.facet("peer_reviewed").values}
    if not stated:
        return ()
    shares = [
        Share(label, stated.get(value, 0), percent(stated.get(value, 0), found.total),
              links.filtered("peer_reviewed", value) if stated.get(value) else "")
        for value, label in PEER
    ]  # fmt: skip
    unknown = found.total - sum(stated.values())
    url = links.search(lacking("peer_reviewed")) if unknown else ""
    return (*shares, Share("Not stated", unknown, percent(unknown, found.total), url))


LABELS: Final = {"descriptor": "Most used descriptors", "source": "Most frequent sources", "language": "Languages"}


def _top(found: Statistics, name: str, links: Links) -> Top:
    facet = found.facet(name)
    rows = tallies([(value.label, value.count, links.filtered(name, value.value)) for value in facet.values])
    url = links.browse(name) if name in PLACES else links.facet(name)
    return Top(name, LABELS[name], rows, facet.total, facet.about, url if facet.total > len(rows) else "")


def percent(part: int, whole: int) -> str:
    """*part* of *whole* in whole per cent; what is not all is never 100%, what is not nothing never 0%.

    >>> percent(7050, 7051), percent(1, 7051), percent(1, 3), percent(0, 3), percent(0, 0)
    ('99%', '<1%', '33%', '0%', '0%')
    """
    if part and part * 100 < whole:
        return "<1%"
    rounded = (part * 200 + whole) // (2 * whole) if whole else 0
    return f"{min(rounded, 99) if part < whole else rounded}%"


def twin(page: StatsPage) -> dict[str, Any]:
    """*page* as JSON: each number with the address of the search for it."""

    def share(one: Share) -> dict[str, Any]:
        return {"label": one.label, "count": one.count, "url": one.url}

    names = [name for name, _ in page.fields]
    series = [one.label for one in page.chart.series] if page.chart else []
    columns = page.chart.columns if page.chart else ()
    return {
        "total": page.total,
        "counted_at": page.at,
        "cited_works": page.cited,
        "years": [
            {"first": c.first, "last": c.last, "count": c.count, "url": c.url,
             "types": dict(zip(series, c.counts, strict=True))}
            for c in columns if c.count
        ],
        "other_years": [share(one) for one in page.outside],
        "undated": [share(one) for one in page.undated],
        "completeness": [
            {"collection": row.name, "label": row.label, "count": row.count, "url": row.url,
             "fields": {name: {"has": cell.has.count, "url": cell.has.url, "lacks": cell.lacks,
                               "lacks_url": cell.lacks_url}
                        for name, cell in zip(names, row.cells, strict=True)}}
            for row in page.rows
        ],
        "peer_reviewed": [share(one) for one in page.peer],
        "most_frequent": {
            top.name: {"total": top.total, "about": top.about,
                       "values": [{"label": r.label, "count": r.count, "url": r.url} for r in top.rows]}
            for top in page.tops
        },
    }  # fmt: skip
