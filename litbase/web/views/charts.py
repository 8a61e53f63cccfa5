"""Charts that the server draws: columns of years, plain or stacked by kind, in the coordinates of an SVG.

The drawing is stretched to its place, so nothing in it is text: numbers and years stand beside it as HTML, and the same
figures are in a table.  `templates/parts/charts.html` has the macros.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from litbase.web.views import told

COLUMNS: Final = 60  # at most; of more years, several share one
SPANS: Final = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)  # years that share a column, or a mark under it
MARKS: Final = 6  # years written under the columns, at most
STEPS: Final = (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10)  # round distances of lines, times a power of ten
PITCH: Final = 10  # from one column to the next
Years = Callable[[int, int], str]  # the address of the records of some years, both included
Parts = Callable[[int, int, int], str]  # the same for one series, which is counted from 0


@dataclass(frozen=True, slots=True)
class Piece:
    """The part of a column that belongs to one series."""

    series: int = told("Which series, counted from 1")
    count: int = told("How many records")
    y: float = told("Upper edge, 0 is the top and 100 the bottom of the drawing")
    height: float = told("Height")


@dataclass(frozen=True, slots=True)
class Column:
    """The records of one year, or of several that share a column."""

    first: int = told("First year it counts")
    last: int = told("Last year it counts")
    count: int = told("Records in these years")
    counts: tuple[int, ...] = told("The same by series")
    x: float = told("Left edge")
    pieces: tuple[Piece, ...] = told("What is drawn, from the bottom upwards; () for no record")
    mark: str = told("What is written under it; empty for most")
    url: str = told("Those records")
    urls: tuple[str, ...] = told("The same by series, empty for no record; () where they have no addresses")


@dataclass(frozen=True, slots=True)
class Series:
    """One of several kinds that are stacked."""

    label: str = told("What it is called")
    css: str = told("Class that gives its colour")


@dataclass(frozen=True, slots=True)
class Chart:
    """Columns from left to right, with their lines and numbers."""

    columns: tuple[Column, ...] = told("One for each year or span of years, without gaps, oldest first")
    series: tuple[Series, ...] = told("What is stacked, from the bottom upwards; () for plain columns")
    width: int = told("Width of the drawing; it is 100 high")
    lines: tuple[float, ...] = told("Heights of the lines across it, the axis first")
    ticks: tuple[int, ...] = told("The number of each line, from the axis upwards")
    peak: Column = told("The highest column")
    small: bool = told("Whether it stands in a panel")


def bars(series: Sequence[tuple[int, int]], url: Years, small: bool = True) -> Chart | None:
    """Columns for *series*, (year, records) in any order; None without a record.

    *url* gives the address of the records of some years.
    """
    return _drawn([(year, (count,)) for year, count in series], (), url, None, small)


def stacked(
    years: Sequence[tuple[int, Sequence[int]]],
    series: Sequence[Series],
    url: Years,
    part: Parts | None = None,
    small: bool = False,
) -> Chart | None:
    """Stacked columns for *years*, (year, records of each of *series*) in any order; None without a record.

    *url* gives the address of the records of some years, *part* that of those of one series.
    """
    return _drawn([(year, tuple(counts)) for year, counts in years], tuple(series), url, part, small)


def _drawn(
    years: Sequence[tuple[int, tuple[int, ...]]],
    series: tuple[Series, ...],
    url: Years,
    part: Parts | None,
    small: bool,
) -> Chart | None:
    there = {year: counts for year, counts in years if sum(counts)}
    if not there:
        return None
    span = next((s for s in SPANS if max(there) // s - min(there) // s < COLUMNS), SPANS[-1])
    spans: dict[int, list[tuple[int, ...]]] = {}
    for year, counts in there.items():
        spans.setdefault(year // span, []).append(counts)
    starts = range(min(spans), max(spans) + 1)
    many = max(1, len(series))
    sums = [tuple(map(sum, zip(*spans.get(at, [(0,) * many]), strict=True))) for at in starts]
    step, top = scale(max(map(sum, sums)), 1 if small else 4)
    mark = next((s for s in SPANS if s >= span and len(starts) * span / s <= MARKS), SPANS[-1])
    columns = tuple(
        Column(
            first=max(1, at * span),
            last=at * span + span - 1,
            count=sum(counts),
            counts=counts,
            x=place * PITCH + 1.2,
            pieces=_pieces(counts, top),
            mark=str(at * span) if at * span % mark == 0 and at else "",
            url=url(max(1, at * span), at * span + span - 1),
            urls=tuple(
                part(n, max(1, at * span), at * span + span - 1) if count else "" for n, count in enumerate(counts)
            )
            if part
            else (),
        )
        for place, (at, counts) in enumerate(zip(starts, sums, strict=True))
    )
    ticks = tuple(range(0, top + 1, step))
    return Chart(
        columns=columns,
        series=series,
        width=len(columns) * PITCH,
        lines=tuple(round(100 - 100 * tick / top, 2) for tick in ticks),
        ticks=ticks,
        peak=max(columns, key=lambda column: column.count),
        small=small,
    )


def _pieces(counts: Sequence[int], top: int) -> tuple[Piece, ...]:
    pieces, below = [], 0
    for number, count in enumerate(counts, 1):
        below += count
        if count:
            y, height = round(100 - 100 * below / top, 2), round(100 * count / top, 2)
            pieces.append(Piece(number, count, y, height))
    return tuple(pieces)


def scale(most: int, lines: int) -> tuple[int, int]:
    """A round step and the height of a scale that holds *most* with at most *lines* steps.

    >>> scale(28, 1), scale(268, 4), scale(3, 2), scale(1, 4)
    ((30, 30), (80, 320), (2, 4), (1, 1))
    """
    least = max(1, -(-most // lines))
    power = 10 ** (len(str(least)) - 1)
    step = next(int(s * power) for s in STEPS if s * power >= least and s * power == int(s * power))
    return step, -(-most // step) * step


@dataclass(frozen=True, slots=True)
class Tally:
    """One line of a list of bars."""

    label: str = told("What is counted")
    count: int = told("How many records")
    width: float = told("Length of the bar, 0 to 100")
    url: str = told("Those records")


def tallies(counts: Sequence[tuple[str, int, str]]) -> tuple[Tally, ...]:
    """Bars for *counts*, (label, records, address); the longest is that of the most records."""
    most = max((count for _, count, _ in counts), default=0) or 1
    return tuple(Tally(label, count, round(count / most * 100, 1), url) for label, count, url in counts)
