"""`litbase edit --where`: many records at once, seen before, taken back after; and killed in the middle."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from litbase.cli import main
from litbase.library import Library, bring_level, is_level, open_library
from litbase.library.undoing import undo_run
from litbase.record.dates import PartialDate
from litbase.record.names import Name
from litbase.record.record import Record
from litbase.settings import Settings
from tests.library.small import RECORDS, small_library

KILLS = int(os.environ.get("LITBASE_KILLS", "2"))
MANY = 2_000


@pytest.fixture
def run(tmp_path: Path):
    folder = tmp_path / "library"
    small_library(folder).close()

    def go(*args: str) -> Result:
        return CliRunner().invoke(main, ["--library", str(folder), *args], catch_exceptions=False)

    return go


def test_a_dry_run_shows_and_changes_nothing(run) -> None:
    shown = run("edit", "--where", "statistics", "--add", "keywords=Tables", "--dry-run")
    assert shown.exit_code == 0
    assert shown.output.count("would change keywords: '' -> 'Tables'") == 40
    assert "Would be: 40 changed" in shown.stderr
    rows = [json.loads(line) for line in
            run("edit", "--where", "*", "publisher=P", "--dry-run", "--json").stdout.splitlines()]  # fmt: skip
    assert all(row["changes"] == {"publisher": ["", "P"]} for row in rows)
    assert "40 changed" in run("edit", "--where", "statistics", "--add", "keywords=Tables", "--dry-run").stderr


def test_many_are_edited_in_a_run_that_is_undone(run) -> None:
    done = run("edit", "--where", "statistics", "--replace", "title", "School", "Town", "publisher=P", "--why", "moved")
    assert (done.exit_code, "40 changed" in done.stderr) == (0, True)
    assert "40" in run("search", "town statistics").output
    number = done.stderr.rsplit("--run ", 1)[1].strip()
    assert run("undo", "--run", number).exit_code == 0
    assert "0 changed, 40 as they were" in run("edit", "--where", "statistics", "publisher=").stderr


def test_what_an_editor_decided_is_left_alone(run) -> None:
    first = json.loads(run("search", "statistics", "--json").stdout.splitlines()[0])
    id = first["id"] if "id" in first else first["hits"][0]["id"]
    run("edit", id, "publisher=Mine")
    assert "39 changed, 1 left to the editors" in run("edit", "--where", "statistics", "publisher=P").stderr
    assert "1 changed, 39 as they were" in run("edit", "--where", "statistics", "publisher=P", "--overrule").stderr
    assert "40 changed" in run("edit", "--where", "statistics", "--release", "publisher").stderr


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (["--where", "*"], 2), (["--where", "*", "title"], 2), (["--where", "*", "--add", "keywords"], 2),
        (["--where", "*", "a=b", "--version", "1"], 2), (["one", "title=x", "--dry-run"], 2), (["one"], 2), ([], 2),
        (["--where", "*", "nosuch=1"], 1), (["--where", "*", "issued=someday"], 1),
        (["--where", "*", "--add", "title=x"], 1), (["--where", "zymurgist", "note=x"], 0),
    ],
)  # fmt: skip
def test_what_is_said_wrongly_is_refused(run, args: list[str], code: int) -> None:
    assert run("edit", *args).exit_code == code
    assert len(RECORDS) == 46


def part(number: int) -> Record:
    return Record(
        type="report",
        title=f"Part {number * 7919} of Town {number % 7}",
        author=(Name(family=f"Roe{number % 300}", given="A."),),
        issued=PartialDate(year=1950 + number % 70),
        abstract="Words on towns. " * 10,
    )


def filled(folder: Path) -> Library:
    return small_library(folder, tuple(map(part, range(MANY))))


@pytest.mark.slow
def test_a_kill_in_the_middle_leaves_each_record_changed_or_untouched(tmp_path: Path) -> None:
    folder, dice = tmp_path / "library", random.Random(3)
    library = filled(folder)
    before = {stored.id: stored for stored in library.store.scan("", MANY)}
    library.close()
    seen = Counter[str]()
    for number in range(KILLS):
        command = [sys.executable, "-m", "litbase", "--library", str(folder), "edit", "--where", "*", "--add",
                   f"keywords=k{number}", "--json"]  # fmt: skip
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        assert process.stdout is not None
        told = [process.stdout.readline()]  # the first batch is written
        time.sleep(dice.uniform(0, 1.0))
        process.send_signal(signal.SIGKILL)
        told += process.communicate()[0].splitlines()
        library = open_library(folder, Settings())
        run = max(one.id for one in library.store.imports.runs(50))
        changed = 0
        for id, was in before.items():
            now = library.store.get(id)
            last = library.store.history(id)[-1] if now.version != was.version else None
            done = f"k{number}" in now.record.keywords
            assert done == (last is not None and last.run == run and last.kind == "edit")
            assert done == any(edit.field == "keywords" for edit in library.store.edits(id))
            assert (now.record == was.record) == (not done)
            changed += done
        lines = [json.loads(line) for line in told if line.endswith("\n") or line.endswith("}")]
        assert sum(line["status"] == "changed" for line in lines) <= changed
        seen["partly" if changed < MANY else "whole"] += 1
        assert library.store.audit.verify().fault is None
        assert bring_level(library)
        assert is_level(library)
        assert len(list(undo_run(library, run, who="ann").outcomes)) == changed
        before = {stored.id: stored for stored in library.store.scan("", MANY)}
        assert not any(stored.record.keywords for stored in before.values())
        assert bring_level(library)
        assert not list(library.store.faults())
        library.close()
    assert seen["partly"], seen
