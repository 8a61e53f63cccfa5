"""Damaged files of every layout, sent as uploads are: each record is read, or refused with its file and line."""

import os
import random
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from litbase.library import Library, findings, importing, uploads
from tests.mutated import layouts, mutated
from tests.web.conftest import ARTICLE, BARE, CHAPTER, emptied

TIMES = int(os.environ.get("LITBASE_MUTATIONS", "4"))  # of each layout; make long: 1,000
TOGETHER = 40
FILES = layouts([ARTICLE, CHAPTER, BARE])


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    made = emptied(tmp_path / "library")
    yield made
    made.close()


def settled(library: Library, nr: int) -> str:
    until = time.monotonic() + 300
    while uploads.is_worked_on(library, nr):
        assert time.monotonic() < until
        time.sleep(0.02)
    return importing.state_of(library, importing.get(library, nr))


@pytest.mark.parametrize("layout", FILES)
def test_each_damaged_file_is_read_or_refused_with_file_and_line(library: Library, layout: str) -> None:
    name, whole = FILES[layout]
    dice, tally = random.Random(layout), Counter[str]()
    for first in range(0, TIMES, TOGETHER):
        files = {f"{n}-{name}": mutated(whole, dice) for n in range(first, min(first + TOGETHER, TIMES))}
        nr = importing.begin(library, files.items(), "Ann")
        assert (settled(library, nr), importing.get(library, nr).message) == ("read", "")
        found = [findings.of_json(one.entry) for one in library.store.imports.entries(nr, importing.STATUSES, 99_999)]
        assert {one.file for one in found} == set(files)
        for one in found:
            assert 1 <= one.line <= max(1, len(files[one.file].splitlines()) + 1), one
            assert one.notices or one.status != "refused", one
        if first == 0:
            importing.add(library, nr, "Ann")
            assert settled(library, nr) == "added"
        tally.update("read" if one.status != "refused" else "refused" for one in found)
    print(
        f"\n{layout}: {TIMES} damaged files, {tally['read']} records read, {tally['refused']} refusals, 0 crashes",
        flush=True,
    )
