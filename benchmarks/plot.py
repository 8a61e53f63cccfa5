"""The page's 95th percentile against the size of the library, one line an engine, as an SVG; both axes logarithmic.

python -m benchmarks plot [FIGURES [SVG]]: drawn from the figures that `benchmarks.speed` keeps.
"""

import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from xml.sax.saxutils import escape

from benchmarks.publish import FIGURES
from benchmarks.tables import p

WIDTH, HEIGHT = 760, 440
LEFT, RIGHT, TOP, BOTTOM = 70, 170, 50, 55
COLOURS: Final = {"ours": "#1f5fbf", "rust": "#b5471b", "fts5": "#3d7a3d", "stock": "#6b4d9a"}
Point = tuple[float, float]  # records, milliseconds


def main(arguments: list[str]) -> int:
    """Draw, and say where."""
    source, target, *_ = [*map(Path, arguments), *(FIGURES, FIGURES.with_suffix(".svg"))[len(arguments) :]]
    target.write_text(drawn(json.loads(source.read_text(encoding="utf-8"))), encoding="utf-8")
    print(f"{target} drawn from {source}")
    return 0


def lines(figures: dict[str, Any]) -> dict[str, tuple[str, list[Point]]]:
    """For each engine its label and its points, the smallest library first."""
    found: dict[str, tuple[str, list[Point]]] = {}
    for size, at in sorted(figures.items(), key=lambda pair: int(pair[0])):
        for name, engine in at["engines"].items():
            if "questions" in engine:
                found.setdefault(name, (engine["build"]["label"], []))[1].append((int(size), p(engine, "page", 95)))
    return found


def drawn(figures: dict[str, Any]) -> str:
    """The plot as SVG."""
    found = lines(figures)
    points = [point for _, line in found.values() for point in line]
    axes = _Axes([records for records, _ in points], [taken for _, taken in points])
    title = "Processor milliseconds of a page with six facets, 95th percentile of 64 questions"
    body = [
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
        _text(LEFT, 26, title, "start", "#222", 15),
        *axes.drawn(),
        *(part for name, (label, line) in found.items() for part in axes.line(label, line, COLOURS.get(name, "#444"))),
    ]
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
    return "\n".join((f'{head} font-family="sans-serif" role="img">', f"<title>{title}</title>", *body, "</svg>", ""))


class _Axes:
    """Where a library of so many records that takes so many milliseconds is drawn."""

    def __init__(self, records: list[float], taken: list[float]):
        self.records = min(records), max(max(records), min(records) * 2)
        self.taken = 10 ** math.floor(math.log10(min(taken))), 10 ** math.ceil(math.log10(max(taken) * 1.01))

    def x(self, records: float) -> float:
        first, last = map(math.log10, self.records)
        return LEFT + (WIDTH - LEFT - RIGHT) * (math.log10(records) - first) / (last - first)

    def y(self, taken: float) -> float:
        first, last = map(math.log10, self.taken)
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * (math.log10(taken) - first) / (last - first)

    def drawn(self) -> Iterator[str]:
        bottom, right = HEIGHT - BOTTOM, WIDTH - RIGHT
        for power in range(round(math.log10(self.taken[0])), round(math.log10(self.taken[1])) + 1):
            y = self.y(10.0**power)
            yield f'<path d="M{LEFT} {y:.1f}H{right}" stroke="#ddd"/>'
            yield _text(LEFT - 8, y + 4, f"{10.0**power:,g} ms", "end")
        for records in (m * 10**power for power in range(2, 9) for m in (1, 2, 5)):
            if self.records[0] <= records <= self.records[1]:
                x = self.x(records)
                yield f'<path d="M{x:.1f} {TOP}V{bottom}" stroke="#eee"/>'
                yield _text(x, bottom + 18, f"{records:,}", "middle")
        yield f'<path d="M{LEFT} {TOP}V{bottom}H{right}" stroke="#888" fill="none"/>'
        yield _text((LEFT + right) / 2, HEIGHT - 12, "records", "middle")

    def line(self, label: str, points: list[Point], colour: str) -> Iterator[str]:
        places = [(self.x(records), self.y(taken)) for records, taken in points]
        path = "L".join(f"{x:.1f} {y:.1f}" for x, y in places)
        yield f'<path d="M{path}" stroke="{colour}" stroke-width="2" fill="none"/>'
        yield from (f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{colour}"/>' for x, y in places)
        yield _text(places[-1][0] + 9, places[-1][1] + 4, label, "start", colour)


def _text(x: float, y: float, text: str, anchor: str, colour: str = "#555", size: int = 12) -> str:
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"'
    return f'<text {place} fill="{colour}" font-size="{size}">{escape(text)}</text>'
