"""What an editor is told, and keeps, when the store is busy or the disk full; and that it goes on by itself after."""

import os
import resource
import sqlite3
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from litbase.library import corrections
from litbase.store import connect
from tests.web.conftest import editor_of, emptied, fill, incoming, plain, post
from tests.web.editors import Answer, Editor
from tests.web.served import Served, running
from tests.web.whole import assert_good, level

FIELDS = {"version": "1", "type": "report", "note": "What I wrote"}
ROOM = 24 << 20  # bytes of a small disk


@contextmanager
def written(folder: Path) -> Iterator[None]:
    """A stretch in which another process writes into the store."""
    with closing(sqlite3.connect(folder / "litbase.db", isolation_level=None, check_same_thread=False)) as other:
        other.execute("begin immediate")
        yield
        other.execute("rollback")


@pytest.fixture
def hurried(monkeypatch):
    """A store that waits for others a moment only."""
    monkeypatch.setattr(connect, "BUSY_SECONDS", 0)
    monkeypatch.setattr(connect, "TRIES", 1)


@pytest.fixture
def library(tmp_path):
    made = emptied(tmp_path / "library")
    fill(made, (incoming(plain(1), "eric", "ED100001"),))
    yield made
    made.close()


@pytest.fixture
def client(library):
    return editor_of(library)


def test_a_save_waits_for_another_that_writes(library, client):
    begun, ready = time.monotonic(), threading.Event()

    def write():
        with written(library.folder):
            ready.set()
            time.sleep(1)

    other = threading.Thread(target=write)
    other.start()
    ready.wait()
    assert post(client, "/record/ED100001/edit", FIELDS).status_code == 303
    other.join()
    assert time.monotonic() - begun >= 1
    assert library.store.get("ED100001").record.note == "What I wrote"


@pytest.mark.usefixtures("hurried")
@pytest.mark.parametrize("path", ["/record/ED100001/edit", "/new"])
def test_a_form_that_cannot_be_saved_comes_back_with_all_that_was_typed(library, client, path):
    fields = FIELDS | {"title": "My very own title", "family": "Roe", "given": "Ann", "role": "author", "people": "1"}
    with written(library.folder):
        answer = post(client, path, fields)
        text = answer.get_data(as_text=True)
        page = BeautifulSoup(text, "html.parser")
        assert (answer.status_code, library.store.get("ED100001").version) == (503, 1)
        assert "Nothing was saved" in page.select_one("#problems").get_text()
        assert "written by another process" in page.select_one("#problems").get_text()
        assert page.select_one("[name=note]").get_text(strip=True) == "What I wrote"
        assert "My very own title" in text
        assert client.get("/record/ED100001").status_code == 200
    assert post(client, path, fields).status_code == 303


@pytest.mark.usefixtures("hurried")
@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/record/ED100001/state", {"state": "withdrawn", "why": "twice", "version": "2"}),
        ("/record/ED100001/history/undo", {"revision": "2", "seen": "2"}),
        ("/record/ED100001/history/restore", {"version": "1", "seen": "2"}),
        ("/corrections/1/accept", {"seen": "2"}),
        ("/drafts/save", {"title": "Mine", "type": "book"}),
        ("/record/ED100001/correct", {"f-title": "Better"}),
    ],
    ids=["state", "undo", "restore", "accept", "draft", "correct"],
)
def test_whatever_cannot_be_saved_is_said_so_with_when_to_come_back(library, client, path, fields):
    assert post(client, "/record/ED100001/edit", FIELDS).status_code == 303
    corrections.send(library, library.store.get("ED100001"), {"title": "A better title"})
    before = library.store.get("ED100001")
    with written(library.folder):
        answer = post(client, path, fields)
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")
        assert "Nothing was saved" in answer.get_data(as_text=True)
    assert library.store.get("ED100001") == before
    assert library.store.corrections.get(1).state == "waiting"
    assert library.store.drafts.all(1) == ()


@contextmanager
def filled(served: Served, folder: Path) -> Iterator[None]:
    """A stretch in which the disk of the library has no room."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            for size in (1 << 16, 1 << 9):
                while file.write(b"x" * size) == size:
                    pass
        except OSError:
            pass
    yield
    filler.unlink()


@contextmanager
def refused(served: Served, folder: Path) -> Iterator[None]:
    """A stretch in which the system lets the server write nothing beyond the first page of a file."""
    before = resource.prlimit(served.process.pid, resource.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY))
    yield
    resource.prlimit(served.process.pid, resource.RLIMIT_FSIZE, before)


@contextmanager
def small_disk(folder: Path) -> Iterator[None]:
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={ROOM}", "tmpfs", str(folder)], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def can_mount(folder: Path) -> bool:
    command = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)]
    if os.geteuid() or subprocess.run(command, capture_output=True).returncode:
        return False
    return subprocess.run(["umount", str(folder)]).returncode == 0


def goes_on(folder: Path, broken: Callable[[Served, Path], object], status: int, words: str) -> None:
    """Edit while there is room, while there is none, and again."""
    library = emptied(folder)
    [id] = fill(library, (incoming(plain(1), "eric", "ED100001"),))
    editor = Editor(library, "Ann")
    library.close()
    told: list[tuple[str, Answer]] = []

    def edit(seen: int) -> Answer:
        note = f"note {len(told)} " + "of many words " * 200
        told.append((note, editor.post(f"/record/{id}/edit", FIELDS | {"version": str(seen), "note": note})))
        return told[-1][1]

    with running(folder, rate_limit="0") as served, closing(editor.at(served)):
        version = 1
        assert edit(version).status == 303
        level(served)
        with broken(served, folder):  # type: ignore[attr-defined]
            while (answer := edit(version := version + 1)).status == 303:  # the log of the database may have room
                assert version < 400
            assert (answer.status, words in answer.text, "of many words" in answer.text) == (status, True, True)
            assert [edit(version).status for _ in range(3)] == [status] * 3
            assert editor.get(f"/record/{id}").status == 200
            assert editor.get(f"/record/{id}/edit").status == 200
            assert editor.post("/drafts/save", {"title": "Mine", "type": "book"}).status == status
        assert edit(version).status == 303
        level(served)
        assert_good(folder)
    library = emptied(folder)
    history = library.store.history(id)
    library.close()
    saved = [note.strip() for note, answer in told if answer.status == 303]
    assert [one.after.note for one in history[1:]] == saved


@pytest.mark.server
@pytest.mark.slow
def test_a_disk_that_refuses_to_write_loses_nothing_and_is_told(tmp_path):
    goes_on(tmp_path / "library", refused, 503, "refuses to write")


@pytest.mark.server
@pytest.mark.slow
def test_a_full_disk_is_told_to_the_editor_and_forgotten_when_there_is_room(tmp_path):
    folder = tmp_path / "library"
    folder.mkdir()
    if not can_mount(folder):
        pytest.skip("no file system may be mounted here")
    with small_disk(folder):
        goes_on(folder, filled, 507, "is full")
