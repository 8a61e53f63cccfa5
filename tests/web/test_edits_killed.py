"""A server killed while people edit: what they were told is there, whole, and everything goes on by itself."""

import json
import os
import random
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from litbase.cli import main
from litbase.library import open_library
from litbase.settings import Settings
from tests.web.conftest import emptied, fill, incoming, plain
from tests.web.editors import Editor, Told, send_new, work
from tests.web.served import ROOT, Served, running
from tests.web.whole import assert_good, level

pytestmark = [pytest.mark.server, pytest.mark.slow]
KILLS = int(os.environ.get("LITBASE_KILLS", "4"))
RECORDS, EDITORS, READ_AGAIN = 200, 6, 30
# `litbase add`, which says when all that it needs is loaded.
READING = """
import sys
from litbase import library, store
from litbase.cli import main
from litbase.index.whoosh import engine
from litbase.library import documents, matching
print("ready", flush=True)
main(["--library", sys.argv[1], "add", sys.argv[2]])
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "library"


def numbered(number: int) -> Any:
    return incoming(plain(number), "eric", f"ED1000{number:02d}")


def test_a_server_killed_while_people_edit_loses_nothing_it_told(folder: Path, capsys: Any) -> None:
    library = emptied(folder)
    told = Told(dict.fromkeys(fill(library, tuple(map(numbered, range(RECORDS)))), 1))
    editors = [Editor(library, f"Editor{number}") for number in range(EDITORS)]
    library.close()
    dice, level_after, begun = random.Random(23), [], time.monotonic()
    for number in range(KILLS + 1):
        with running(folder, rate_limit="0") as served:
            level_after.append(level(served))
            assert_there(folder, served, editors, told)
            assert_good(folder)
            if number == KILLS:
                break
            send_again(served, editors, told)
            kill_amidst(folder, served, editors, told, dice, beside=number % 2 == 0)
        assert told.odd == []
    read_again = assert_each_made_once(folder, told)
    assert CliRunner().invoke(main, ["--library", str(folder), "verify"]).exit_code == 0
    done = {what for what, status in told.answers if status < 400} - {"brought-back"}  # for which few kills are too few
    assert done == {"edit", "undone", "correct", "new", "draft"}
    with capsys.disabled():
        print(
            f"\n{KILLS} kills in {time.monotonic() - begun:.0f} s while {EDITORS} people edited: "
            f"{len(told.changes)} changes and {len(told.made)} new records acknowledged, 0 lost; "
            f"{read_again} records read again beside them; "
            f"{sum(n for (_, status), n in told.answers.items() if status == 409)} conflicts; "
            f"index level again {max(level_after):.1f} s after the start at most"
        )


def send_again(served: Served, editors: list[Editor], told: Told) -> None:
    """Send the forms of new records that were not answered again, as a browser does that is asked to."""
    named = {editor.name: editor for editor in editors}
    for title, (name, _) in list(told.unanswered.items()):
        with closing(named[name].at(served)) as editor:
            send_new(editor, told, title)


def kill_amidst(
    folder: Path, served: Served, editors: list[Editor], told: Told, dice: random.Random, beside: bool
) -> None:
    """Let the *editors* work, perhaps *beside* a command, and kill the server and the command at a random moment."""
    seeds = [dice.random() for _ in editors]
    threads = [
        threading.Thread(target=work, args=(editor.at(served), told, random.Random(seed)))
        for editor, seed in zip(editors, seeds, strict=True)
    ]
    with reading(folder, dice) if beside else nullcontext() as command:
        for thread in threads:
            thread.start()
        time.sleep(dice.uniform(0.05, 1.5))
        served.process.kill()
        if command:
            command.kill()
    served.process.wait()
    for thread in threads:
        thread.join()


@contextmanager
def reading(folder: Path, dice: random.Random) -> Iterator[subprocess.Popen[str]]:
    """A command that begins to read some of the records again, whose source says something else now."""
    source = folder.parent / "answer.json"
    docs = [
        {"id": f"ED1000{n:02d}", "title": f"Report {n} on School Statistics", "description": f"{dice.random()}"}
        for n in range(READ_AGAIN)
    ]
    source.write_text(json.dumps({"response": {"numFound": len(docs), "start": 0, "docs": docs}}))
    command = [sys.executable, "-c", READING, str(folder), str(source)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
        time.sleep(dice.uniform(0, 1))
        yield process


def assert_there(folder: Path, served: Served, editors: list[Editor], told: Told) -> None:
    """Everything *told* is in the store, and whoever was signed in still is."""
    with closing(sqlite3.connect(f"file:{folder / 'litbase.db'}?mode=ro", uri=True)) as connection:
        connection.row_factory = sqlite3.Row
        assert_told(connection, told)
    for editor in editors:
        with closing(editor.at(served)):
            assert editor.get("/account").status == 200


def assert_told(connection: sqlite3.Connection, told: Told) -> None:
    revisions = {(row["record_id"], row["version"]): row for row in connection.execute("select * from revisions")}
    for change in told.changes:
        row = revisions[change.id, change.version]
        assert (row["who"], row["kind"]) == (change.who, change.kind), change
        assert change.text in row["record"] + row["why"], change
    titles = dict(connection.execute("select id, json_extract(current, '$.title') from records"))
    assert {id: titles.get(id) for id in told.made.values()} == {id: title for title, id in told.made.items()}
    drafts = {str(nr): form for nr, form in connection.execute("select nr, form from drafts")}
    for nr, texts in told.drafts.values():
        assert not nr or any(text in drafts[nr] for text in texts), texts


def assert_each_made_once(folder: Path, told: Told) -> int:
    """A form that was sent again after a kill is one record; how often a record was read again."""
    library = open_library(folder, Settings())
    made = library.store.count() - RECORDS
    assert made == len(told.made)
    assert len(set(told.made.values())) == made
    past = [one for n in range(READ_AGAIN) for one in library.store.history(f"ED1000{n:02d}")]
    library.close()
    return sum(one.kind == "import" and one.version > 1 for one in past)
