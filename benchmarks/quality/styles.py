"""Formatted citations, held to what the CSL reference processor prints for the same records, each alone."""

import json
from pathlib import Path
from typing import Final

from benchmarks.quality import Figure, Report
from litbase.formats.csl.record import to_record
from litbase.styles import STYLES, entry, plain

TITLE = "Formatted citations"
ASKED: Final = {
    "apa": ("apa", 11), "mla": ("modern-language-association", 11), "chicago": ("chicago-author-date", 11),
    "chicago-notes": ("chicago-notes-bibliography", 10), "harvard": ("harvard-cite-them-right@en-GB", 11),
    "ieee": ("ieee", 10), "ama": ("american-medical-association", 10),
}  # fmt: skip
"""Style, what the expectations call it, and how many of the twelve records must be exact."""
NEVER: Final = frozenset({"article-journal", "chapter", "report", "article-newspaper"})
"""Types of which none may be missed."""


def measure(shared: Path) -> Report:
    """How many records each style prints exactly as expected; every other one, expected and printed."""
    items = json.loads((shared / "data/styles/items.json").read_text("utf-8"))
    expected = json.loads((shared / "data/styles/expected.json").read_text("utf-8"))
    figures, misses = [], []
    for name, (called, least) in ASKED.items():
        told = {item["id"]: _entry(name, item) for item in items}
        wrong = [item for item in items if told[item["id"]] != expected[called][item["id"]]]
        right, grave = len(items) - len(wrong), any(item["type"] in NEVER for item in wrong)
        figures.append(Figure(name, f"{right} of {len(items)}", str(least), right >= least and not grave))
        for item in wrong:
            misses += [f"{name} expected: {expected[called][item['id']]}", f"{name} printed:  {told[item['id']]}"]
    return Report(tuple(figures), tuple(misses))


def _entry(name: str, item: dict[str, object]) -> str:
    """What *name* prints for *item*; "" where there is no such style."""
    return plain(entry(STYLES[name], to_record(item)[0])) if name in STYLES else ""
