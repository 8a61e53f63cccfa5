"""What the web application costs: pages through a real `litbase serve` process on one core, their weight, and readers.

The library holds the real ERIC records of ../shared/data, else made-up ones of the same shape.  Times of pages are the
server's own (its access log: from the request to the last byte of the answer); those of readers are theirs.
"""

import argparse
import gzip
import json
import os
import platform
import random
import re
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

from benchmarks import publish
from benchmarks.adding import ANSWERS, _made_up
from benchmarks.questions import QUESTIONS
from benchmarks.tables import percentile, table
from litbase.library import bring_level, open_library
from litbase.library.reading import add
from litbase.settings import Settings
from tests.web.served import Served, running

SEARCHES: Final = 200
RECORDS: Final = 200
WORDS: Final = ("learning communities", "reading", "teacher education", "gifted students", "school reform", "bilingual",
                "mathematics achievement", "=learning", "network*", "author:smith", "title:reading",
                '"higher education"',
                "rural OR urban", "leadership -principals", "literacy NEAR/5 family",
                "descriptor:Teachers", "")  # fmt: skip
FILTERS: Final = ((), (("type", "article-journal"),), (("from", "1990"), ("to", "2010")), (("sort", "newest"),),
                  (("level", "Higher Education"),), (("has", "fulltext"),), (("not.type", "report"),), (("page", "3"),),
                  (("per", "25"),), (("peer", "yes"), ("sort", "title")))  # fmt: skip
THINK: Final = (3.0, 8.0)  # seconds between a reader's pages
WEIGHT: Final = 45 * 1000  # bytes of HTML, CSS and JS


def main(arguments: list[str]) -> int:
    """Print the table."""
    options = argparse.ArgumentParser(prog="python -m benchmarks web")
    options.add_argument("--seconds", type=float, default=60, help="how long readers read")
    options.add_argument("--searches", type=int, default=SEARCHES)
    asked = options.parse_args(arguments)
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="litbase-bench-") as name:
        folder = Path(name) / "library"
        count, origin, ids = _filled(folder, Path(name) / "answers")
        with running(folder, access_log="query", rate_limit="0") as served:
            for thread in Path(f"/proc/{served.process.pid}/task").iterdir():
                os.sched_setaffinity(int(thread.name), {max(os.sched_getaffinity(0))})
            rows = [*_times(served, asked.searches, ids), *_weights(served, ids[0])]
        with running(folder, rate_limit="0") as served:
            rows += _readers(served, 25, asked.seconds, ids)
        with running(folder) as served:
            rows += _readers(served, 250, asked.seconds / 2, ids)
    on = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}, load before {load:.2f}"
    found = f"{date.today()}, {on}\n\n" + table((f"{count:,} {origin}", "to reach", "measured", "reached"), rows)
    publish.keep("web", found)
    print(found)
    return 0


Row = tuple[str, str, str, str]


def _row(what: str, limit: float, value: float, unit: str) -> Row:
    return what, f"at most {limit:g} {unit}", f"{value:.1f} {unit}", "yes" if value <= limit else "no"


def _filled(folder: Path, made_up: Path) -> tuple[int, str, list[str]]:
    real = ANSWERS.is_dir()
    library = open_library(folder, Settings(), create=True)
    ids = [entry.id for entry in add(library, [str(ANSWERS if real else _made_up(made_up))]) if entry.status == "new"]
    bring_level(library)
    library.close()
    return len(ids), "real ERIC records" if real else "made-up records", ids


def _searches(count: int, dice: random.Random) -> Iterator[str]:
    words = [*WORDS, *(question.text for question in QUESTIONS if question.text)]
    for number in range(count):
        pairs = [("q", words[number % len(words)]), *dice.choice(FILTERS), *dice.choice(FILTERS[:3])]
        yield f"/search?{urlencode([pair for pair in dict(pairs).items() if pair[1]])}"


def _times(served: Served, count: int, ids: Sequence[str]) -> Iterator[Row]:
    dice = random.Random(1)
    searches = list(_searches(count, dice))
    records = [f"/record/{id}" for id in dice.sample(ids, min(RECORDS, len(ids)))]
    for address in (*searches[:20], *records[:20]):  # warm-up
        served.get(address, Accept_Encoding="gzip")
    for what, addresses, limit in (("search page", searches, 60), ("record page", records, 15)):
        before, spent = len(_log(served)), _processor(served)
        codes = Counter(served.get(address, Accept_Encoding="gzip")[0] for address in addresses)
        spent = _processor(served) - spent
        time.sleep(0.3)
        times = [line["ms"] for line in _log(served)[before:] if line["status"] == 200]
        assert set(codes) <= {200, 302}, codes
        yield _row(f"{what}, p95 of {len(times)} on one core (p50 {percentile(times, 50):.1f} ms; "
                   f"{spent * 1000 / len(addresses):.1f} ms of processor time each)",
                   limit, percentile(times, 95), "ms")  # fmt: skip


def _log(served: Served) -> list[dict[str, Any]]:
    return [json.loads(line) for line in served.log.read_text().splitlines() if line.startswith("{")]


def _processor(served: Served) -> float:
    """Seconds of processor time the server has used."""
    fields = Path(f"/proc/{served.process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _weights(served: Served, id: str) -> Iterator[Row]:
    pages = {
        "first page": "/", "results": "/search?q=learning+communities",
        "25 results": "/search?q=learning+communities&per=25", "50 results": "/search?q=learning+communities&per=50",
        "record": f"/record/{id}",
        "citations": f"/record/{id}/cite", "all values": "/facet/descriptor", "help": "/help",
        "descriptors": "/descriptors", "statistics": "/stats", "My list": "/list",
        "a page that is not there": "/nosuchpage",
    }  # fmt: skip
    for what, address in pages.items():
        status, headers, body = served.get(address, Accept_Encoding="gzip")
        if status == 404 and what != "a page that is not there":
            continue
        html = (gzip.decompress(body) if headers.get("content-encoding") == "gzip" else body).decode()
        styles = re.findall(r'<link rel="stylesheet" href="([^"]+)"', html)
        scripts = re.findall(r'<script src="([^"]+)"', html)
        weight = len(body) + sum(len(served.get(one, Accept_Encoding="gzip")[2]) for one in (*styles, *scripts))
        pictures = set(re.findall(r'<use href="([^"#]+)', html)) | set(re.findall(r'<img [^>]*?src="([^"]+)', html))
        icons = set(re.findall(r'<link rel="icon" href="([^"]+)"', html))
        fonts = _fonts(served, styles)
        requests = 1 + len({*styles, *scripts, *pictures, *icons}) + fonts
        yield (f"{what}: HTML, CSS and JS packed; requests of a first view", "at most 45 kB and 8",
               f"{weight / 1000:.1f} kB, {requests}",
               "yes" if weight <= WEIGHT and requests <= 8 else "no")  # fmt: skip


def _fonts(served: Served, styles: Sequence[str]) -> int:
    """Font files a page in English needs at most: those of plain Latin letters that are not slanted, and one more."""
    css = "".join(gzip.decompress(served.get(one, Accept_Encoding="gzip")[2]).decode() for one in styles)
    faces = [face for face in re.findall(r"@font-face\s*{([^}]*)}", css) if "U+0000" in face]
    upright = sum("italic" not in face for face in faces)
    return upright + (len(faces) > upright)


def _readers(served: Served, count: int, seconds: float, ids: Sequence[str]) -> Iterator[Row]:
    """Readers who search, look at records, filter and page, with time to think; each keeps its connection."""
    codes: Counter[str] = Counter()
    times: list[float] = []
    end = time.monotonic() + seconds
    threads = [threading.Thread(target=_reader, args=(served, n, end, ids, codes, times)) for n in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    said = ", ".join(f"{code} {number}" for code, number in sorted(codes.items()))
    if count > 25:
        fine = set(codes) <= {"200", "302", "304", "429", "503"}
        begun = time.monotonic()
        while served.get("/healthz")[0] != 200:
            assert time.monotonic() < begun + 60
        yield (
            f"{count} readers for {seconds:g} s: answers by status",
            "200, 304, 429, 503",
            said,
            "yes" if fine else "no",
        )
        return
    yield _row(
        f"{count} readers, {THINK[0]:g} to {THINK[1]:g} s between pages, {seconds:g} s: p95 of "
        f"{len(times)} pages (p50 {percentile(times, 50):.1f} ms)",
        400,
        percentile(times, 95),
        "ms",
    )
    yield f"{count} readers: answers by status", "no error", said, "yes" if set(codes) <= {"200", "302"} else "no"


def _reader(
    served: Served, number: int, end: float, ids: Sequence[str], codes: Counter[str], times: list[float]
) -> None:
    dice = random.Random(number)
    pages = list(_searches(50, dice))
    dice.shuffle(pages)
    connection = served.connection(timeout=60)
    time.sleep(dice.uniform(0, THINK[1]))
    while time.monotonic() < end:
        address = dice.choice(pages) if dice.random() < 0.6 else f"/record/{dice.choice(ids)}"
        begun = time.perf_counter()
        try:
            connection.request("GET", address, headers={"Accept-Encoding": "gzip"})
            answer = connection.getresponse()
            answer.read()
            codes[str(answer.status)] += 1
        except OSError as error:  # the connection rested too long, or the server is gone
            connection.close()
            codes[type(error).__name__] += 1
        else:
            times.append((time.perf_counter() - begun) * 1000)
        time.sleep(min(dice.uniform(*THINK), max(0.0, end - time.monotonic())))
    connection.close()
