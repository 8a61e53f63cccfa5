"""The first figures: records added per second, and the faceted page beside stock Whoosh on the same records.

Real ERIC API answers are read from ../shared/data where they are; otherwise as
many made-up records of the same shape, and the table says so.
"""

import gzip
import json
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from benchmarks.queries import QUERIES
from litbase.fields import FACETS, IndexDocument, index_document
from litbase.library import Library, bring_level, open_library
from litbase.library.finding import every, search
from litbase.library.reading import add
from litbase.query.request import FacetRequest
from litbase.query.state import SearchState
from litbase.settings import Settings

ANSWERS = Path(__file__).resolve().parents[2] / "shared" / "data" / "eric" / "api"
COMPARED = ("education", "students", "learning communities", "desegregation", "family parents", "self efficacy")
COUNTED = ("descriptor", "author", "source", "type", "publication_type", "year")


def main(arguments: list[str]) -> int:
    """Print the table; "--without-stock" leaves out the slow comparison."""
    with tempfile.TemporaryDirectory(prefix="litbase-bench-") as name:
        folder = Path(name)
        answers = ANSWERS if ANSWERS.is_dir() else _made_up(folder / "answers")
        library = open_library(folder / "library", Settings(), create=True)
        added = _adding(library, answers)
        pages = _pages(library)
        print(f"Records: {library.store.count():,} ({'ERIC API answers' if answers == ANSWERS else 'made up'})")
        print(
            f"Added: {added['read']:,.0f} records/s read, checked and stored; indexed {added['indexed']:,.0f} records/s"
        )
        print(f"Both: {added['both']:,.0f} records/s; peak memory {_peak()} MB")
        print(f"Page (10 hits, {len(FACETS)} facets, snippets): p50 {_p(pages, 50):.1f} ms, p95 {_p(pages, 95):.1f} ms")
        if "--without-stock" not in arguments:
            _beside_stock(library, folder)
        library.close()
    return 0


def _adding(library: Library, answers: Path) -> dict[str, float]:
    begun = time.perf_counter()
    count = sum(entry.status == "new" for entry in add(library, [str(answers)]))
    read = time.perf_counter()
    bring_level(library)
    done = time.perf_counter()
    return {"read": count / (read - begun), "indexed": count / (done - read), "both": count / (done - begun)}


def _pages(library: Library) -> list[float]:
    states = [SearchState.from_args([("q", query)])[0] for query in QUERIES]
    search(library, states[0])
    return [_milliseconds(lambda state=state: search(library, state)) for state in states for _ in range(3)]


def _milliseconds(run: Callable[[], object]) -> float:
    begun = time.process_time()
    run()
    return (time.process_time() - begun) * 1000


def _p(values: list[float], percent: int) -> float:
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _beside_stock(library: Library, folder: Path) -> None:
    """The same documents and the same page in stock Whoosh: 10 hits, exact total, six facets."""
    stock = folder / "stock"
    stock.mkdir()
    with (stock / "documents.jsonl").open("w", encoding="utf-8") as file:
        for document in _documents(library):
            file.write(json.dumps(document.values | {"id": [document.id]}) + "\n")
    (stock / "queries.json").write_text(json.dumps({"queries": COMPARED, "facets": COUNTED}))
    done = subprocess.run([sys.executable, "-m", "benchmarks.stock", stock], capture_output=True, text=True, check=True)
    theirs = json.loads(done.stdout)
    ours = []
    for text in COMPARED:
        request = replace(
            every(SearchState.from_args([("q", text)])[0]), facets=tuple(map(FacetRequest, COUNTED)), limit=10
        )
        ours.append(_milliseconds(lambda request=request: library.engine.search(request)))
    ratio = _p(theirs["pages"], 50) / _p(ours, 50)
    print(f"Stock Whoosh, same records: indexed {theirs['rate']:,.0f}/s; page p50 {_p(theirs['pages'], 50):,.0f} ms")
    print(f"litbase, same page: p50 {_p(ours, 50):.1f} ms, {ratio:,.0f} times faster")


def _documents(library: Library) -> Iterator[IndexDocument]:
    after = ""
    while page := library.store.scan(after, 500):
        yield from (index_document(stored.record) for stored in page)
        after = page[-1].id


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
