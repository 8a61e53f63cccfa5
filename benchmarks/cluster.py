"""The index in the folder beside the index on three nodes: the same records, questions and protocol, in one run.

The nodes are processes of this machine and share its cores, so the ratios say what the second door costs, not what more
machines bring.  Needs Java and Maven, as `make test-cluster` does.
"""

import argparse
import os
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Final, NamedTuple

from benchmarks import publish, records
from benchmarks.questions import QUESTIONS
from benchmarks.tables import percentile, table
from litbase.errors import EngineError
from litbase.fields import IndexDocument
from litbase.index import Engine, Mark
from litbase.index.follow import REBUILD
from litbase.index.opensearch.address import parse
from litbase.index.opensearch.engine import OpenSearchEngine
from litbase.index.whoosh.engine import WhooshEngine
from litbase.query.request import SearchRequest
from tests.cluster.cluster import HEAP, Cluster, prepare

SIZES: Final = (100_000,)
CHANGES: Final = 20
READERS: Final = 4
LOSS: Final = 20.0  # seconds that the cluster is read before a node is lost, while it is, and after


class Engines(NamedTuple):
    """What is compared."""

    folder: Engine
    cluster: Engine


def main(arguments: list[str]) -> int:
    """Measure and print."""
    options = argparse.ArgumentParser(prog="python -m benchmarks cluster", description=__doc__)
    options.add_argument("sizes", nargs="*", type=int, default=SIZES, help="how many records; 100000 unless given")
    options.add_argument("--rounds", type=int, default=3, help="how often a question is asked")
    options.add_argument("--seconds", type=float, default=LOSS, help="of reading before, during and after a loss")
    asked = options.parse_args(arguments)
    base, text = records.base(), []
    for size in asked.sizes:
        with tempfile.TemporaryDirectory(prefix="litbase-bench-") as name:
            text.append(_at(size, base, Path(name), asked.rounds, asked.seconds))
            publish.keep("cluster", "\n\n".join(text))
    print("\n\n".join(text))
    return 0


def _at(size: int, base: records.Base, folder: Path, rounds: int, seconds: float) -> str:
    file = folder / "records.jsonl"
    records.write(file, records.documents(size, base))
    load = os.getloadavg()[0]
    cluster = _started(folder / "cluster")
    try:
        address = parse(f"{cluster.address}bench?timeout=60")
        engines = Engines(WhooshEngine(folder / "index"), OpenSearchEngine(address))
        rows = [_indexing(size, engines, file)]
        cluster.wait()
        rows += [*_pages(engines, rounds), _visible(engines, file), _bytes(size, cluster, folder / "index")]
        lost = _loss(cluster, OpenSearchEngine(replace(address, timeout=6.0)), seconds)
    finally:
        cluster.stop()
    head = ("", "in the folder", "three nodes", "ratio")
    said = f"{size:,} records ({base.origin}), {os.cpu_count()} cores for all, load {load:.1f} at the start"
    met = ("one node lost under load", "answers", "p50", "p95", "partial", "refused")
    return f"**{said}**\n\n{table(head, rows)}\n\n{table(met, lost)}"


def _started(folder: Path) -> Cluster:
    """Three nodes as people run them, with more memory than those of tests and compiled as well as Java can."""
    options = [
        option.replace(HEAP, "1g") for option in prepare() if "Tiered" not in option and "Compiler" not in option
    ]
    cluster = Cluster(folder, options, nodes=3)
    for n in range(3):
        cluster.start_node(n)
    cluster.wait()
    return cluster


def _row(what: str, folder: float, cluster: float, unit: str) -> tuple[str, ...]:
    return what, f"{folder:,.1f} {unit}", f"{cluster:,.1f} {unit}", f"{cluster / folder:.2f}"


def _indexing(size: int, engines: Engines, file: Path) -> tuple[str, ...]:
    def fill(engine: Engine) -> None:
        waiting, change = iter(records.read(file)), 0
        while some := list(islice(waiting, 1)):
            change += 1
            engine.write(_with(some[0], islice(waiting, REBUILD - 1)), (), Mark("b", "", change))
        while engine.tidy():
            pass

    return _row("indexing, records a second", *(size / _seconds(lambda e=e: fill(e)) for e in engines), "/s")  # type: ignore[misc]


def _with(first: IndexDocument, others: Iterable[IndexDocument]) -> Iterator[IndexDocument]:
    yield first
    yield from others


def _pages(engines: Engines, rounds: int) -> Iterator[tuple[str, ...]]:
    """Pages that nobody asked for before, and the next page of each."""
    new: list[list[float]] = []
    following: list[list[float]] = []
    for engine in engines:
        for question in QUESTIONS:
            engine.search(_varied(question.request, 0))
        asked = [[_varied(question.request, n) for n in range(1, rounds + 1)] for question in QUESTIONS]
        new.append([_median(engine, requests) for requests in asked])
        following.append(
            [_median(engine, [replace(one, offset=one.offset + one.limit) for one in requests]) for requests in asked]
        )
    for what, times in (("page", new), ("the next page", following)):
        for percent in (50, 95):
            yield _row(
                f"{what} of {len(QUESTIONS)} questions, p{percent}", *(percentile(row, percent) for row in times), "ms"
            )


def _varied(request: SearchRequest, n: int) -> SearchRequest:
    """*request* with *n* more values of each facet: as much work, and another question to whoever remembers answers."""
    return replace(request, facets=tuple(replace(facet, limit=(facet.limit or 0) + n) for facet in request.facets))


def _median(engine: Engine, requests: Iterable[SearchRequest]) -> float:
    return statistics.median(_seconds(lambda r=r: engine.search(r)) for r in requests) * 1000  # type: ignore[misc]


def _visible(engines: Engines, file: Path) -> tuple[str, ...]:
    some = list(records.read(file, CHANGES))

    def change(engine: Engine) -> float:
        found = []
        for number, document in enumerate(some):
            mark = Mark("b", "", 1_000 + number)
            found.append(_seconds(lambda: engine.write([document], (), mark)) * 1000)  # noqa: B023
        return statistics.median(found)

    return _row(f"update to visible, median of {CHANGES}", *map(change, engines), "ms")


def _bytes(size: int, cluster: Cluster, folder: Path) -> tuple[str, ...]:
    ours_ = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    stats = cluster.call("GET", "/bench/_stats/store")["_all"]["primaries"]["store"]["size_in_bytes"]
    return _row("index, bytes a record (one copy)", ours_ / size, stats / size, "B")


def _loss(cluster: Cluster, engine: OpenSearchEngine, seconds: float) -> list[tuple[str, ...]]:
    """Readers who ask on and on: before, while a node is killed and away, and after it came back."""
    rows = [_read("before", engine, seconds)]
    cluster.kill(2)
    rows.append(_read("node killed", engine, seconds))
    cluster.start_node(2)
    rows.append(_read("node coming back", engine, seconds))
    cluster.wait()
    cluster.freeze(1)
    rows.append(_read("node frozen", engine, seconds))
    cluster.thaw(1)
    rows.append(_read("node thawed", engine, seconds))
    return rows


def _read(what: str, engine: OpenSearchEngine, seconds: float) -> tuple[str, ...]:
    times: list[float] = []
    partial, refused, until = [], [], time.monotonic() + seconds

    def read(first: int) -> None:
        for question in (*QUESTIONS[first:], *QUESTIONS) * 100:
            if time.monotonic() > until:
                return
            begun = time.perf_counter()
            try:
                if engine.search(question.request).answered:
                    partial.append(question)
            except EngineError as error:
                refused.append(error)
            times.append((time.perf_counter() - begun) * 1000)
            time.sleep(0.2)

    threads = [threading.Thread(target=read, args=(n * 11,)) for n in range(READERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    p50, p95 = (f"{percentile(times, percent):,.0f} ms" for percent in (50, 95))
    return what, f"{len(times):,}", p50, p95, f"{len(partial)}", f"{len(refused)}"


def _seconds(action: Callable[[], object]) -> float:
    begun = time.perf_counter()
    action()
    return time.perf_counter() - begun
