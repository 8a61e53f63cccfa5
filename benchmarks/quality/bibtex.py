"""BibTeX in and out: a public archive of real bibliographies read whole, written and read again, and how fast.

The archive counts "@" at the head of lines: entries, @string macros, @preamble and @comment.  Entries are counted here
by a pattern of its own, file by file.  Speed is CPU time of one process on one core, the best of three runs; memory
is the peak of a process that reads 100,000 made-up entries.

`python -m benchmarks.quality.bibtex speed ARCHIVE` and `big FILE` are those processes.
"""

import os
import re
import resource
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Final

from benchmarks.quality import Figure, Report, counted
from litbase.formats.bibtex import biblatex as biblatex_write
from litbase.formats.bibtex import read as bibtex
from litbase.formats.bibtex import write as bibtex_write
from litbase.formats.bibtex.kinds import NOT_WRITTEN
from litbase.record.reading import Document, Reading
from litbase.record.record import FIELD_NAMES, Record, replace
from litbase.record.text import squash
from litbase.vocabulary.tidy import tidy

TITLE = "BibTeX in and out"
ARCHIVE: Final = "data/bibtex/beebe_public_domain.tar.gz"
READ_RATE: Final = 2_000
WRITE_RATE: Final = 5_000
BIG_ENTRIES: Final = 100_000
BIG_BYTES: Final = 127_000_000
BIG_MEMORY: Final = 400  # MB
SHOWN: Final = 30
WORDS: Final = (
    "learning school teachers' assessment international of the in communities reading for and policy students naïve "
    "NAEP K-12 Größe change across Özgür boundaries what leaders seek évaluation curriculum equity district"
).split()
_HEAD = re.compile(r"^[ \t]*@[ \t]*(?P<kind>[a-zA-Z]+)[ \t]*[{(]", re.M)
_SILENT: Final = frozenset(("string", "preamble", "comment"))


def measure(shared: Path) -> Report:
    """Entries read and refused, round trips in both dialects, speed in and out, memory."""
    documents = list(archive(shared / ARCHIVE))
    figures = list(_read_whole(documents))
    misses: list[str] = []
    for name, dump in (("BibTeX", bibtex_write.dump), ("BibLaTeX", biblatex_write.dump)):
        right, whole, found = _round_trip(documents, dump)
        figures.append(counted(f"the same record after a trip through {name}", right, whole, 1.0))
        misses += [f"{name}: {miss}" for miss in found]
    figures += _speed(shared / ARCHIVE)
    figures += _big()
    return Report(tuple(figures), tuple(misses))


def archive(path: Path) -> Iterator[Document]:
    """The files of the archive."""
    with tarfile.open(path) as files:
        for member in files:
            if (content := files.extractfile(member)) is not None:
                yield Document(member.name, content.read())


def _read_whole(documents: list[Document]) -> Iterator[Figure]:
    kinds = [found["kind"].lower() for document in documents for found in _HEAD.finditer(document.text)]
    entries = sum(kind not in _SILENT for kind in kinds)
    items = [item for document in documents for item in bibtex.read(document)]
    read = sum(isinstance(item, Reading) for item in items)
    refused = len(items) - read
    yield counted("entries read", read, entries, 1.0)
    yield counted("items that begin with @ and were not refused", len(kinds) - refused, len(kinds), 1.0)


def _round_trip(documents: list[Document], dump: Callable[..., Iterator[str]]) -> tuple[int, int, list[str]]:
    right = whole = 0
    misses: list[str] = []
    for document in documents:
        records = _records(document)
        back = _records(Document.from_text("".join(dump(records))))
        whole += len(records)
        if len(back) != len(records):
            misses.append(f"{document.name}: {len(records)} records came back as {len(back)}")
            continue
        for record, other in zip(records, back, strict=True):
            ours, theirs = carried(record), carried(other)
            differing = [name for name in FIELD_NAMES if getattr(ours, name) != getattr(theirs, name)]
            right += not differing
            where = f"{document.name}, {record.title[:40]!r}"
            misses += [
                f"{where}: {_difference(name, getattr(ours, name), getattr(theirs, name))}" for name in differing
            ]
    return right, whole, misses[:SHOWN]


def _difference(name: str, ours: object, theirs: object) -> str:
    if isinstance(ours, tuple) and isinstance(theirs, tuple):
        ours, theirs = [v for v in ours if v not in theirs], [v for v in theirs if v not in ours]
    return f"{name} {ours!r} came back as {theirs!r}"[:300]


def _records(document: Document) -> list[Record]:
    readings = (reading for reading in bibtex.read(document) if isinstance(reading, Reading))
    return [replace(reading.record, citation_key=f"k{n}") for n, reading in enumerate(readings)]


def carried(record: Record) -> Record:
    """*record* tidied, without what the writers say they do not carry.

    These are paragraphs, what points to other entries, a second value of a field, and doubts about a date where there
    is one ("circa 1034").
    """
    record = tidy(record)[0]
    extra: dict[str, str] = {}
    for name, value in record.extra:
        plain = name.partition(":")[2]
        twice = (record.issued and plain in ("date", "year")) or (record.url and plain == "url")
        if plain not in NOT_WRITTEN and not twice:
            extra.setdefault(name, squash(value))
    return replace(
        record, abstract=squash(record.abstract), note=squash(record.note), extra=tuple(sorted(extra.items())),
        marks=tuple(mark for mark in record.marks if mark.field == "title"),
    )  # fmt: skip


def _speed(path: Path) -> list[Figure]:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.quality.bibtex", "speed", str(path)],
        capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    rates = dict(zip(("in", "out as BibTeX", "out as BibLaTeX"), map(float, done.stdout.split()), strict=True))
    return [
        Figure(f"entries a second {way}", f"{rate:,.0f}", f"{asked:,}", rate >= asked)
        for (way, rate), asked in zip(rates.items(), (READ_RATE, WRITE_RATE, WRITE_RATE), strict=True)
    ]


def _big() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "big.bib"
        big_file(path)
        size = path.stat().st_size
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.quality.bibtex", "big", str(path)],
            capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2],
        )  # fmt: skip
    count, seconds, memory = map(float, done.stdout.split())
    return [
        counted(f"entries of a file of {size / 1e6:.0f} MB", int(count), BIG_ENTRIES, 1.0),
        Figure("peak memory over it", f"{memory:.0f} MB in {seconds:.0f} s", f"{BIG_MEMORY} MB", memory < BIG_MEMORY),
    ]


def big_file(path: Path) -> None:
    """A made-up file of 100,000 articles of 1,270 bytes, the same every time; a few letters in it take four bytes."""
    random = Random(4)
    pool = [" ".join(random.choices(WORDS, k=120)) for _ in range(500)]
    with path.open("w", encoding="utf-8") as file:
        for n in range(BIG_ENTRIES):
            text = pool[n % len(pool)]
            head = (
                f"@article{{key{n},\n  author = {{Mehta, Jal and {{Research Group {n}}} and van der Berg, Jan}},\n"
                f"  title = {{{text[:70].rsplit(' ', 1)[0]} in {{NAEP}} {n}}},\n  journal = {{Journal of Change}},\n"
                f"  year = {{{1950 + n % 70}}},\n  month = aug,\n  volume = {{{n % 90}}},\n  number = {{3}},\n"
                f"  pages = {{{n % 900}--{n % 900 + 12}}},\n  doi = {{10.1000/x_{n}}},\n  abstract = {{"
            )
            room = BIG_BYTES // BIG_ENTRIES - len(head.encode()) - 6
            body = ("“🎓” " * (n % 1000 == 0) + text * 2).encode()[:room].decode("utf-8", "ignore")
            file.write(f"{head}{body.ljust(room - len(body.encode()) + len(body), '.')}}},\n}}\n\n")


def _main(task: str, path: Path) -> None:
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    if task == "big":
        document = Document(path.name, path.read_bytes())
        start = time.process_time()
        count = sum(isinstance(item, Reading) for item in bibtex.read(document)) if bibtex.sniff(document) else 0
        seconds = time.process_time() - start
        print(count, seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
        return
    documents = list(archive(path))
    records: list[Record] = []

    def read() -> None:
        records[:] = [i.record for d in documents for i in bibtex.read(d) if isinstance(i, Reading)]

    ways: tuple[Callable[[], object], ...] = (
        read, lambda: sum(map(len, bibtex_write.dump(records))), lambda: sum(map(len, biblatex_write.dump(records))),
    )  # fmt: skip
    seconds_of = []
    for way in ways:
        times = []
        for _ in range(3):
            start = time.process_time()
            way()
            times.append(time.process_time() - start)
        seconds_of.append(min(times))
    print(*(len(records) / seconds for seconds in seconds_of))


if __name__ == "__main__":
    _main(sys.argv[1], Path(sys.argv[2]))
