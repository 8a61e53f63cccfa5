"""Every engine on the same records and questions, each in processes of its own; tables, and a file of figures.

Milliseconds of a question are the median of its rounds; p50, p95 and max are then over the questions.
"""

import argparse
import datetime
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from benchmarks import publish, records, tables
from benchmarks.engines import NAMES
from benchmarks.questions import QUESTIONS

SIZES: Final = (10_000, 100_000)
STOCK: Final = 10_000  # the largest library that stock Whoosh is measured on unasked: a page takes it a second there
OPENINGS: Final = 3
Figures = dict[str, Any]


def main(arguments: list[str]) -> int:
    """Measure and print; what was measured at other sizes before stays in the file of figures."""
    asked = _arguments(arguments)
    shared = Path(os.devnull) if asked.made_up else records.SHARED
    base = records.base(shared)
    found: Figures = {}
    with tempfile.TemporaryDirectory(prefix="litbase-bench-", dir=asked.folder) as name:
        for size in asked.sizes:
            found[str(size)] = _at(size, base, Path(name), asked)
            figures = publish.merged(asked.figures, found)
            publish.keep("speed", tables.short(figures), asked.figures.parent)
    print(tables.report(found))
    return 0


def _arguments(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks speed", description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES, help="how many records; 10000 100000 unless given")
    parser.add_argument("--engines", nargs="+", choices=NAMES, default=NAMES, help="which engines; all unless given")
    parser.add_argument("--stock-up-to", type=int, default=STOCK, help="the most records stock Whoosh is measured on")
    parser.add_argument("--rounds", type=int, default=5, help="how often a question is asked after its warm-up")
    parser.add_argument("--figures", type=Path, default=publish.FIGURES, help="where the figures are kept for the plot")
    parser.add_argument("--folder", type=Path, help="where the indexes are made for the time being")
    parser.add_argument("--made-up", action="store_true", help="made-up records even where the real ones are")
    return parser.parse_args(arguments)


def _at(size: int, base: records.Base, folder: Path, asked: argparse.Namespace) -> Figures:
    """The figures of all engines at one size."""
    file = folder / f"{size}.jsonl"
    records.write(file, records.documents(size, base))
    found: Figures = {
        "date": datetime.date.today().isoformat(),
        "machine": f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}",
        "origin": base.origin,
        "load": [round(load, 2) for load in os.getloadavg()],
        "engines": {},
    }
    for name in asked.engines:
        if name.startswith("stock") and size > asked.stock_up_to:
            continue
        print(f"{size:,} records: {name}", file=sys.stderr, flush=True)
        found["engines"][name] = _engine(name, folder / name, file, asked.rounds)
        shutil.rmtree(folder / name)
    file.unlink()
    _compare(found["engines"])
    return found


def _engine(name: str, folder: Path, file: Path, rounds: int) -> Figures:
    found = {"build": measure("build", name, folder, file)}
    if name != "stock_same_work":
        openings = sorted(measure("open", name, folder, file)["open"] for _ in range(OPENINGS))
        found |= measure("search", name, folder, file, rounds)
        found |= {"open": openings[OPENINGS // 2]} | measure("change", name, folder, file)
    return found


def measure(command: str, name: str, folder: Path, file: Path, *more: int) -> Figures:
    """What `benchmarks.worker` says, run in a process of its own; raises RuntimeError with its last words."""
    program = [sys.executable, "-m", "benchmarks.worker", command, name, str(folder), str(file), *map(str, more)]
    done = subprocess.run(program, capture_output=True, text=True, cwd=Path(__file__).resolve().parents[1], check=False)
    if done.returncode:
        raise RuntimeError(f"{command} of {name} failed:\n{done.stderr[-2000:]}")
    answer: Figures = json.loads(done.stdout)
    return answer


def _compare(engines: Figures) -> None:
    """Put the answers of each engine beside litbase's, and keep only whether they are the same."""
    for _, rows in _searched(engines):
        for row, ours in zip(rows, engines.get("ours", {}).get("questions", rows), strict=True):
            row["same_counts"] = _counts(row) == _counts(ours)
    for _, rows in _searched(engines):
        for row, question in zip(rows, QUESTIONS, strict=True):
            row["text"] = question.text
            del row["ids"], row["facets"]


def _searched(engines: Figures) -> Iterator[tuple[str, list[Figures]]]:
    yield from ((name, found["questions"]) for name, found in engines.items() if "questions" in found)


def _counts(row: Figures) -> dict[str, list[int]]:
    return {name: [count for _, count in values] for name, values in row["facets"].items()}
