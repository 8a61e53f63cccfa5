"""One measurement of one engine in a process of its own, so that memory and caches are its own; prints JSON.

python -m benchmarks.worker build|search|open|change ENGINE FOLDER RECORDS: FOLDER holds the index, RECORDS is a file
of `benchmarks.records`.  Processor time counts all threads of the process.
"""

import json
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks import records
from benchmarks.engines import engine
from benchmarks.questions import QUESTIONS, Question
from litbase.fields import IndexDocument

Figures = dict[str, Any]
CHANGES = 20
SLOW = 0.5  # seconds of the warm-up after which a question is not asked again


class Metered:
    """Hands on records and keeps the processor seconds it took to read them."""

    def __init__(self, documents: Iterable[IndexDocument]):
        """Meter *documents*."""
        self.documents = iter(documents)
        self.seconds = 0.0
        self.count = 0

    def __iter__(self) -> Iterator[IndexDocument]:
        """The records."""
        while True:
            begun = time.thread_time()
            document = next(self.documents, None)
            self.seconds += time.thread_time() - begun
            if document is None:
                return
            self.count += 1
            yield document


def build(name: str, folder: Path, file: Path) -> Figures:
    """Records a second of processor and by the clock, bytes on disk, peak memory; reading the file is not counted."""
    folder.mkdir(parents=True)
    metered, measured = Metered(records.read(file)), engine(name)
    before = peak()
    begun, clock = time.process_time(), time.perf_counter()
    measured.build(folder, metered)
    processor = time.process_time() - begun - metered.seconds
    wall = time.perf_counter() - clock - metered.seconds
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return {
        "label": measured.LABEL,
        "records": metered.count,
        "per_processor_second": metered.count / processor,
        "per_second": metered.count / wall,
        "bytes": size,
        "peak": peak(),
        "peak_before": before,
    }


def search(name: str, folder: Path, file: Path, rounds: int = 5) -> Figures:
    """The median processor milliseconds of *rounds* for each question, as a page and as the top hits; the totals."""
    opened = engine(name).Opened(folder)
    rows = []
    for question in QUESTIONS:
        asked = opened.prepare(question)
        answer = opened.page(asked)
        rows.append(
            {
                "kind": question.kind,
                "total": answer.total,
                "ids": answer.ids,
                "facets": answer.facets,
                "page": median(partial(opened.page, asked), rounds),
                "top": median(partial(opened.top, asked), rounds),
            }
        )
    return {"questions": rows, "peak": peak()}


def open_(name: str, folder: Path, file: Path) -> Figures:
    """Milliseconds by the clock from nothing open to the first page, the program itself being loaded."""
    measured = engine(name)
    begun = time.perf_counter()
    opened = measured.Opened(folder)
    opened.page(opened.prepare(Question("one word", "school")))
    return {"open": (time.perf_counter() - begun) * 1000}


def change(name: str, folder: Path, file: Path) -> Figures:
    """Milliseconds by the clock until a changed record is durable and found by its new word, the median of twenty."""
    opened = engine(name).Opened(folder)
    opened.page(opened.prepare(Question("one word", "school")))
    taken = []
    for number, old in enumerate(records.read(file, CHANGES)):
        word = f"changedword{number}"
        new = replace(old, values=old.values | {"title": (f"{old.values['title'][0]} {word}",)})
        asked = opened.prepare(Question("one word", word))
        begun = time.perf_counter()
        opened.change(old, new)
        found = opened.top(asked)
        taken.append((time.perf_counter() - begun) * 1000)
        if found != [old.id]:
            raise SystemExit(f"{name} does not find {old.id} by {word!r} but {found}")
    return {"change": statistics.median(taken)}


def peak() -> int:
    """The most memory this process had at a time, in bytes."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    # not ru_maxrss, which a process inherits from the one that started it
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024


def median(run: Callable[[], object], rounds: int) -> float:
    """Processor milliseconds of *run*, the median of *rounds*; a warm-up comes first, and is all when slow."""
    taken = []
    for number in range(rounds + 1):
        begun = time.process_time()
        run()
        taken.append((time.process_time() - begun) * 1000)
        if number == 0 and taken[0] > SLOW * 1000:
            return taken[0]
    return statistics.median(taken[1:] or taken)


COMMANDS: dict[str, Callable[..., Figures]] = {"build": build, "search": search, "open": open_, "change": change}

if __name__ == "__main__":
    command, name, folder, file, *more = sys.argv[1:]
    print(json.dumps(COMMANDS[command](name, Path(folder), Path(file), *map(int, more))))
