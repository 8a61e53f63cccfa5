"""python -m benchmarks.quality [NAME ...]: print every figure and every miss; exits 1 when a figure is not met."""

import importlib
import pkgutil
import sys
from itertools import groupby
from operator import itemgetter

import benchmarks.quality
from benchmarks.publish import keep
from benchmarks.quality import Figure, Report
from tests.conftest import SHARED

MEASURED = tuple(sorted(m.name for m in pkgutil.iter_modules(benchmarks.quality.__path__) if m.name[0] != "_"))


MOST = 20  # figures of one thing that the README lists; of more it says how many are met


def table(rows: list[tuple[str, Figure]]) -> str:
    """The figures that something is asked of, as a table in Markdown."""
    lines = ["| what | figure | reached | asked |", "| --- | --- | --- | --- |"]
    for title, group in groupby((row for row in rows if row[1].asked != "-"), key=itemgetter(0)):
        figures = [figure for _, figure in group]
        if len(figures) > MOST:
            met = sum(figure.met for figure in figures)
            lines.append(f"| {title} | {len(figures)} figures, listed by the command | {met} met | {len(figures)} |")
            continue
        lines += [
            f"| {title} | {f.name} | {f.reached}{'' if f.met else ' **(missed)**'} | {f.asked} |" for f in figures
        ]
    return "\n".join(lines)


def main(names: list[str]) -> int:
    """Measure *names*, or everything, and print it."""
    if unknown := [name for name in names if name not in MEASURED]:
        print(f"no such thing to measure: {', '.join(unknown)}; there are {', '.join(MEASURED)}", file=sys.stderr)
        return 2
    rows: list[tuple[str, Figure]] = []
    for name in names or MEASURED:
        module = importlib.import_module(f"benchmarks.quality.{name}")
        report: Report = module.measure(SHARED)
        print(f"\n## {module.TITLE}\n")
        for figure in report.figures:
            print(f"{'reached' if figure.met else 'MISSED '}  {figure.name}: {figure.reached}, asked {figure.asked}")
        for miss in report.misses:
            print(f"    {miss}")
        rows += [(module.TITLE, figure) for figure in report.figures]
    print("\n" + table(rows))
    if not names:
        keep("quality", table(rows))
    return 0 if all(figure.met for _, figure in rows) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
