"""Bibliographies in CSL style files, held to what the CSL reference processor prints for the same records, each alone.

The styles are the two written for the tests; docs/decisions.md tells the figures of 22 published ones, which are not
shipped.
"""

import json
from pathlib import Path
from typing import Final

from benchmarks.quality import Figure, Report
from litbase.formats.csl.record import to_record
from litbase.formats.csl_style.bibliography import entry
from litbase.formats.csl_style.file import read
from litbase.styles import plain

TITLE = "Any CSL style"
LEAST: Final = 48
_TESTS: Final = Path(__file__).resolve().parents[2] / "tests"
_WHY: Final = {
    "lindt2020": "the engine leaves a stop behind single quotes within double ones",
    "seven2017": "the record has its pages in full; the engine puts no stop behind a question mark in quotes",
    "lind2019": "the engine puts no stop behind a question mark in quotes",
    "adler2015": "one stop where the reference prints two",
    "brandt2014": "one stop where the reference prints two",
}


def measure(shared: Path) -> Report:
    """How many records are printed exactly as expected in both styles; every other one, expected and printed."""
    expected = json.loads((_TESTS / "formats/csl_style/golden.json").read_text("utf-8"))
    works = json.loads((_TESTS / "styles/works.json").read_text("utf-8"))["works"]
    total, misses = 0, []
    for name, golden in expected.items():
        style = read(_TESTS / f"formats/csl_style/{name}.csl")
        for item in works:
            total += 1
            told = plain(entry(style, to_record(item)[0]))
            if told != (wanted := golden["alone"][item["id"]]):
                why = _WHY.get(item["id"], "not explained")
                misses += [f"{name} {item['id']} ({why})", f"  expected: {wanted}", f"  printed:  {told}"]
    right = total - len(misses) // 3
    return Report((Figure("two styles", f"{right} of {total}", str(LEAST), right >= LEAST),), tuple(misses))
