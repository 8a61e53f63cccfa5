"""What adding costs: records read, checked and stored a second, then indexed, and the whole page over them.

Real ERIC API answers are read from ../shared/data where they are; otherwise as
many made-up records of the same shape, and the table says so.
"""

import gzip
import json
import random
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import Final

from benchmarks import publish
from benchmarks.questions import QUESTIONS
from benchmarks.records import SHARED
from benchmarks.tables import MEBIBYTE, percentile, table
from benchmarks.worker import median, peak
from litbase.fields import FACETS
from litbase.library import Library, bring_level, open_library
from litbase.library.finding import search
from litbase.library.reading import add
from litbase.query.state import SearchState
from litbase.settings import Settings

ANSWERS: Final = SHARED / "eric" / "api"
ROUNDS: Final = 3


def main(arguments: list[str]) -> int:
    """Print the table."""
    with tempfile.TemporaryDirectory(prefix="litbase-bench-") as name:
        folder = Path(name)
        answers = ANSWERS if ANSWERS.is_dir() else _made_up(folder / "answers")
        library = open_library(folder / "library", Settings(), create=True)
        begun = time.perf_counter()
        count = sum(entry.status == "new" for entry in add(library, [str(answers)]))
        read = time.perf_counter()
        bring_level(library)
        done = time.perf_counter()
        pages = _pages(library)
        library.close()
    rows = [
        ("read, checked, matched and stored durably", f"{count / (read - begun):,.0f} records/s"),
        ("indexed", f"{count / (done - read):,.0f} records/s"),
        ("both, from file to searchable", f"{count / (done - begun):,.0f} records/s"),
        (f"whole page: 10 hits, {len(FACETS)} facets, snippets; p50 and p95 of {len(pages)} questions",
         f"{percentile(pages, 50):.1f} ms, {percentile(pages, 95):.1f} ms"),
        ("peak memory", f"{peak() / MEBIBYTE:,.0f} MB"),
    ]  # fmt: skip
    origin = "real ERIC records" if answers == ANSWERS else "made-up records"
    found = table((f"{count:,} {origin}; rates by the clock, pages in processor time", "litbase"), rows)
    publish.keep("adding", found)
    print(found)
    return 0


def _pages(library: Library) -> list[float]:
    states = [SearchState.from_args([("q", question.text)])[0] for question in QUESTIONS if question.text]
    return [median(partial(search, library, state), ROUNDS) for state in states]


def _made_up(folder: Path) -> Path:
    folder.mkdir()
    dice = random.Random(1)
    words = [
        a + b for a in ("edu", "tea", "lear", "scho", "fami", "poli") for b in ("cation", "cher", "ning", "ol", "cy")
    ]
    docs = [
        {
            "id": f"EJ{700000 + n}",
            "title": " ".join(dice.choices(words, k=9)).capitalize(),
            "author": [f"{dice.choice(words).title()}, {chr(65 + n % 26)}." for _ in range(2)],
            "description": " ".join(dice.choices(words, k=120)),
            "subject": [f"{dice.choice(words).title()} {n % 40}" for _ in range(9)],
            "publicationdateyear": 1970 + n % 50,
        }
        for n in range(7046)
    ]
    (folder / "answer.json.gz").write_bytes(gzip.compress(json.dumps({"response": {"docs": docs}}).encode()))
    return folder
