"""The tables of the speed measurement, in Markdown, from the figures that `benchmarks.speed` keeps."""

import statistics
from collections.abc import Callable, Iterable
from itertools import groupby
from typing import Any, Final, NamedTuple

Figures = dict[str, Any]
MEBIBYTE: Final = 1 << 20
OURS, RUST, STOCK, SAME = "ours", "rust", "stock", "stock_same_work"


class Goal(NamedTuple):
    """A figure to reach at one size: what it is, how it is read, the limit, and whether more is better."""

    size: int
    what: str
    read: Callable[[Figures], float]
    limit: float
    unit: str = ""
    more: bool = False


def p(engine: Figures, what: str, percent: int) -> float:
    """The percentile *percent* of the milliseconds *what*, "page" or "top", over the questions of *engine*."""
    return percentile([row[what] for row in engine["questions"]], percent)


def percentile(values: list[float], percent: int) -> float:
    """The percentile *percent* of *values*, between two of them where it falls there."""
    if len(values) == 1:
        return values[0]
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


def _times(what: str, percent: int, other: str) -> Callable[[Figures], float]:
    """How many times the milliseconds of *other* litbase's are."""
    return lambda engines: p(engines[OURS], what, percent) / p(engines[other], what, percent)


def _faster(engines: Figures) -> float:
    return p(engines[STOCK], "page", 50) / p(engines[OURS], "page", 50)


def _indexing(engines: Figures) -> float:
    return float(engines[OURS]["build"]["per_processor_second"] / engines[SAME]["build"]["per_processor_second"])


GOALS: Final = (
    Goal(10_000, "page p50, times faster than stock Whoosh", _faster, 100, more=True),
    Goal(10_000, "indexing, times stock Whoosh with the same fields", _indexing, 20, more=True),
    Goal(100_000, "page p95, times tantivy's", _times("page", 95, RUST), 0.5),
    Goal(100_000, "page p50, times tantivy's", _times("page", 50, RUST), 1),
    Goal(100_000, "top 10 p50, times tantivy's", _times("top", 50, RUST), 3),
    Goal(100_000, "top 10 p95, times tantivy's", _times("top", 95, RUST), 3),
    Goal(500_000, "page p95, times tantivy's", _times("page", 95, RUST), 0.5),
    Goal(500_000, "page p50, times tantivy's", _times("page", 50, RUST), 1),
    Goal(500_000, "memory while indexing", lambda e: e[OURS]["build"]["peak"] / MEBIBYTE, 1500, "MB"),
    Goal(500_000, "a changed record is found after", lambda e: e[OURS]["change"], 100, "ms"),
    Goal(2_000_000, "page p95", lambda e: p(e[OURS], "page", 95), 300, "ms"),
    Goal(2_000_000, "open", lambda e: e[OURS]["open"], 3000, "ms"),
)


def report(found: Figures) -> str:
    """All tables of one run, a paragraph on how it was measured before them."""
    return "\n\n".join(
        (short(found), *(f"{_title(size)}\n\n{_kinds(at)}\n\n{_totals(at)}" for size, at in found.items()))
    )


def short(found: Figures) -> str:
    """The tables of the README: how it was measured, pages and indexing, figures to reach, memory and the rest."""
    return "\n\n".join((_how(found), _pages(found), _goals(found), _costs(found)))


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table."""
    head = list(head)
    return "\n".join("| " + " | ".join(line) + " |" for line in (head, ["---"] * len(head), *map(list, rows)))


def _how(found: Figures) -> str:
    lines = [
        f"{int(size):,} records ({at['origin']}), {at['date']}, {at['machine']}, load before {at['load'][0]}"
        for size, at in found.items()
    ]
    return "\n".join((
        "Processor milliseconds p50 / p95 over 64 questions, each the median of its rounds after a warm-up.",
        "Page: ten hits, exact total, ten values of six facets; top 10: the ids alone.",
        *lines,
    ))  # fmt: skip


def _title(size: str) -> str:
    return f"**{int(size):,} records**"


def _pages(found: Figures) -> str:
    names = list(dict.fromkeys(name for at in found.values() for name in at["engines"]))
    head = ["engine", *(f"{_short(size)} {what}" for size in found for what in ("page", "top 10"))]
    head += [f"{_short(size)} indexed per processor second" for size in found]
    rows = []
    for name in names:
        at = [sizes["engines"].get(name) for sizes in found.values()]
        cells = [_pair(one, what) for one in at for what in ("page", "top")]
        cells += [f"{one['build']['per_processor_second']:,.0f}" if one else "-" for one in at]
        rows.append([next(one for one in at if one)["build"]["label"], *cells])
    return table(head, rows)


def _short(size: str) -> str:
    count = int(size)
    return f"{count // 1_000_000}M" if count % 1_000_000 == 0 else f"{count // 1000}k" if count >= 1000 else size


def _pair(engine: Figures | None, what: str) -> str:
    if not engine or "questions" not in engine:
        return "-"
    return f"{_number(p(engine, what, 50))} / {_number(p(engine, what, 95))}"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 20 else f"{value:.1f}" if value >= 2 else f"{value:.2f}"


def _goals(found: Figures) -> str:
    rows = []
    for goal in GOALS:
        engines = found.get(str(goal.size), {}).get("engines", {})
        try:
            value = goal.read(engines)
        except KeyError:  # an engine was left out of this run
            continue
        reached = value >= goal.limit if goal.more else value <= goal.limit
        limit = f"{'at least' if goal.more else 'at most'} {goal.limit:,} {goal.unit}".strip()
        measured = f"{_number(value)} {goal.unit}".strip()
        rows.append([_short(str(goal.size)), goal.what, limit, measured, "yes" if reached else "no"])
    return table(("records", "figure", "to reach", "measured", "reached"), rows) if rows else "(no goal at these sizes)"


def _costs(found: Figures) -> str:
    head = ("records", "engine", "indexed per second by the clock", "memory indexing, MB", "memory searching, MB",
            "disk, MB", "open and first page, ms", "change to found, ms")  # fmt: skip
    rows = [
        [_short(size), engine["build"]["label"], f"{engine['build']['per_second']:,.0f}", _mb(engine["build"]["peak"]),
         _mb(engine.get("peak")), _mb(engine["build"]["bytes"]), *(_number(engine[w]) if w in engine else "-"
                                                                   for w in ("open", "change"))]
        for size, at in found.items()
        for engine in at["engines"].values()
    ]  # fmt: skip
    return table(head, rows)


def _mb(count: int | None) -> str:
    return "-" if count is None else f"{count / MEBIBYTE:,.0f}"


def _kinds(at: Figures) -> str:
    """p50 / p95 / max of the page for each kind of question."""
    engines = [engine for engine in at["engines"].values() if "questions" in engine]
    if not engines:
        return ""
    head = ("kind", "questions", "most hits", *(engine["build"]["label"] for engine in engines))
    kinds = [[(k, list(g)) for k, g in groupby(e["questions"], key=lambda row: row["kind"])] for e in engines]
    rows = []
    for same in zip(*kinds, strict=True):
        kind, first = same[0]
        rows.append([kind, str(len(first)), f"{max(row['total'] for row in first):,}",
                     *(_spread([row["page"] for row in group]) for _, group in same)])  # fmt: skip
    return table(head, rows)


def _spread(values: list[float]) -> str:
    return " / ".join(map(_number, (percentile(values, 50), percentile(values, 95), max(values))))


def _totals(at: Figures) -> str:
    """The questions on which an engine does not agree with litbase."""
    engines = {name: engine for name, engine in at["engines"].items() if "questions" in engine}
    if OURS not in engines or len(engines) < 2:
        return ""
    rows, same = [], 0
    for number, ours in enumerate(engines[OURS]["questions"]):
        answers = [engine["questions"][number] for engine in engines.values()]
        if len({answer["total"] for answer in answers}) == 1 and all(answer["same_counts"] for answer in answers):
            same += 1
        else:
            rows.append([ours["kind"], f"`{ours['text']}`" if ours["text"] else "", *(_total(one) for one in answers)])
    words = f"All engines give the same total and the same counts on {same} of {same + len(rows)} questions."
    differ = table(("kind", "question", *(engine["build"]["label"] for engine in engines.values())), rows)
    return f"{words} The others (* counts differ):\n\n{differ}" if rows else words


def _total(answer: Figures) -> str:
    return f"{answer['total']:,}{'' if answer['same_counts'] else '*'}"
