"""Many editors of one record at a real server, and commands beside them: every change is saved once or refused."""

import json
import os
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from litbase.library import open_library
from litbase.settings import Settings
from litbase.store.values import Revision
from tests.web.conftest import emptied, fill, incoming, plain
from tests.web.editors import Answer, Editor
from tests.web.served import ROOT, Served, running
from tests.web.whole import assert_good, level

pytestmark = [pytest.mark.server, pytest.mark.slow]
EDITORS = 50
LONG = int(os.environ.get("LITBASE_KILLS", "0")) >= 100  # SAFETY.md C1 in full where time is given
TIMES, ROUNDS = (20, 2) if LONG else (2, 1)
PAUSE = 0.1


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "library"


class Work:
    """What editors of one record were told."""

    def __init__(self, id: str, kind: str, field: str):
        self.id, self.kind, self.field = id, kind, field
        self.saved: dict[str, int] = {}  # what was sent: the version that it made
        self.answers: Counter[int] = Counter()
        self.odd: list[Answer] = []

    def edit(self, editor: Editor, text: str, seen: int) -> int:
        """The version to go on from, after *text* was sent as a change of the version *seen*."""
        fields = {"version": str(seen), "type": self.kind, self.field: text}
        answer = editor.post(f"/record/{self.id}/edit", fields)
        self.answers[answer.status] += 1
        if answer.status == 303:
            self.saved[text] = seen + 1
            return seen + 1
        if answer.status != 409 or text not in answer.text:
            self.odd.append(answer)
        return self.version(editor)

    def version(self, editor: Editor) -> int:
        """The version that stands now."""
        known = json.loads(editor.get(f"/record/{self.id}/history.json").text)["revisions"]
        return max(one["version"] for one in known)


def together(served: Served, editors: list[Editor], work: Work, times: int, until: threading.Event) -> None:
    """Let each of *editors* edit *times*, and on until the event is set."""
    begin = threading.Barrier(len(editors))

    def edit(editor: Editor) -> None:
        with closing(editor.at(served)):
            begin.wait()
            seen, n = work.version(editor), 0
            while n < times or not until.is_set():
                seen = work.edit(editor, f"{editor.name} writes {n}", seen)
                n += 1
                time.sleep(PAUSE if n >= times else 0)

    threads = [threading.Thread(target=edit, args=(editor,)) for editor in editors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def past(folder: Path, id: str) -> tuple[Revision, ...]:
    library = open_library(folder, Settings())
    stored, history = library.store.get(id), library.store.history(id)
    library.close()
    assert stored is not None
    assert [one.version for one in history] == list(range(1, stored.version + 1))
    return tuple(history)


def test_the_version_counts_the_changes_saved_over_http(folder: Path) -> None:
    library = emptied(folder)
    [id] = fill(library, (incoming(plain(1), "eric", "ED100001"),))
    editors = [Editor(library, f"Editor{number}") for number in range(EDITORS)]
    library.close()
    work, at_once = Work(id, "report", "note"), threading.Event()
    at_once.set()
    with running(folder, rate_limit="0") as served:
        together(served, editors, work, TIMES, at_once)
        level(served)
        assert_good(folder)
    assert work.odd == []
    assert work.answers[303] + work.answers[409] == EDITORS * TIMES
    history = past(folder, id)
    assert len(history) == work.answers[303] + 1
    assert {one.after.note: one.version for one in history[1:]} == work.saved


def test_of_many_who_type_one_work_at_once_one_makes_a_record(folder: Path) -> None:
    library = emptied(folder)
    editors = [Editor(library, f"Editor{number}") for number in range(12)]
    library.close()
    answers: dict[tuple[int, str], Answer] = {}
    begin = threading.Barrier(len(editors))

    def type_in(editor: Editor, number: int) -> None:
        with closing(editor.at(served)):
            for turn, title in enumerate(("Schools of the Town, as {} Has It", "Schools of the Country")):
                form = {"type": "article-journal", "title": title.format(editor.name), "doi": f"10.1000/turn-{turn}",
                        "container_title": "Schools", "issued": "2020", "entry": f"{number:032x}"}  # fmt: skip
                begin.wait()
                answers[turn, editor.name] = editor.post("/new", form)

    with running(folder, rate_limit="0") as served:
        threads = [threading.Thread(target=type_in, args=each) for each in zip(editors, range(99), strict=False)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert_good(folder)
    library = open_library(folder, Settings())
    for turn in (0, 1):
        [id] = library.store.find("doi", f"10.1000/turn-{turn}")
        told = [answer for (of, _), answer in answers.items() if of == turn]
        assert [answer.location for answer in told if answer.status == 303] == [f"/record/{id}"]
        assert {answer.status for answer in told} <= {303, 409, 422}  # 422: it was there when it was looked for
        assert all(id in answer.text and "Nothing was saved yet" in answer.text for answer in told
                   if answer.status != 303)  # fmt: skip
        assert library.store.get(id).version == 1
    assert sum(1 for _ in library.store.scan()) == 2
    library.close()


def shouting(path: Path, number: int) -> None:
    """An answer of ERIC's API, whose titles are in capitals and say *number*."""
    docs = [
        {"id": f"EJ{900000 + n}", "title": f"THE TOWNS AND SCHOOLS OF COUNTY {n}, REPORT {number}",
         "author": [f"Author{n}, A."], "publicationdateyear": 2000 + n, "description": f"Towns, {number}."}
        for n in range(20)
    ]  # fmt: skip
    path.write_text(json.dumps({"response": {"numFound": len(docs), "start": 0, "docs": docs}}))


def litbase(folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "litbase", "--library", str(folder), *args]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)


def test_what_editors_decide_stands_while_commands_read_and_mend(folder: Path, tmp_path: Path) -> None:
    source, id = tmp_path / "answer.json", "EJ900007"
    shouting(source, 0)
    library = emptied(folder)
    editors = [Editor(library, name) for name in ("Ann", "Bob", "Cyn")]
    library.close()
    assert litbase(folder, "add", str(source)).returncode == 0
    work, done, told = Work(id, "article-journal", "title"), threading.Event(), []
    with running(folder, rate_limit="0") as served:
        editing = threading.Thread(target=together, args=(served, editors, work, 5, done))
        editing.start()
        for number in range(1, ROUNDS + 1):
            shouting(source, number)
            told += [litbase(folder, "add", str(source)), litbase(folder, "check", "--fix")]
        done.set()
        editing.join()
        level(served)
        assert_good(folder)
    assert [one.stderr for one in told if one.returncode] == []
    assert work.odd == []
    history = past(folder, id)
    assert {one.after.title: one.version for one in history if one.who in ("Ann", "Bob", "Cyn")} == work.saved
    first = min(work.saved.values())
    assert {one.after.title for one in history if one.version >= first} == set(work.saved)
    assert f"Towns, {ROUNDS}." in history[-1].after.abstract
