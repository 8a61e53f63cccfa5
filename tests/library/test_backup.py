"""Backups of a library in use, killed, thinned and put back."""

import os
import random
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from litbase.errors import BadInput
from litbase.library import backup as backups
from litbase.library.backup import KEEP, Daily, Keep, backup, last_made, parse_keep, thin
from litbase.library.restoring import restore
from litbase.settings import EXAMPLE, Settings
from litbase.store import archive, copying, open_store
from tests.store import version_2, writer

KILLS = int(os.environ.get("LITBASE_KILLS", "4"))
ROOT = Path(__file__).resolve().parents[2]
PLAIN = Settings()


def library(folder: Path, records: int = 30) -> Path:
    folder.mkdir()
    (folder / "litbase.toml").write_text(EXAMPLE)
    fill(folder, 0, records)
    return folder


def fill(folder: Path, first: int, last: int) -> None:
    opened = open_store(f"sqlite:///{folder / 'litbase.db'}", create=True)
    opened.put([writer.reading(n) for n in range(first, last)], 1)
    opened.close()


def held(folder: Path) -> copying.Contents:
    return copying.contents(folder / "litbase.db")


def good(folder: Path, scratch: Path) -> list[archive.Manifest]:
    """The manifests of all backups in *folder*, each of which must be good."""
    found = []
    for path in sorted((folder / "backups").glob("*.zip")):
        found.append(archive.check(path, scratch / "scratch.db"))
        copying.remove(scratch / "scratch.db")
    return found


def test_a_backup_holds_the_store_and_the_files_of_the_library(tmp_path):
    folder = library(tmp_path / "library")
    for name in ("styles/ours.csl", "pages/about.md", "logo.svg", "notes.txt", "index/x"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(name)
    (folder / "pages" / "outside").symlink_to("/etc/hostname")
    made = backup(folder, Settings(logo="logo.svg", about="pages/about.md"))
    wanted = {"files/litbase.toml", "files/logo.svg", "files/pages/about.md", "files/styles/ours.csl", "litbase.db"}
    assert set(made.manifest.files) == wanted
    assert made.left_out == ("pages/outside",)
    assert made.manifest.store == held(folder)
    assert made.path.parent == folder / "backups"


def test_a_backup_while_two_write_is_the_library_of_one_moment(tmp_path):
    folder = library(tmp_path / "library", 1)
    command = [sys.executable, "-m", "tests.store.writer", f"sqlite:///{folder / 'litbase.db'}", "add"]
    running = [
        subprocess.Popen([*command, str(n), str(n + 400)], cwd=ROOT, stdout=subprocess.DEVNULL) for n in (1000, 2000)
    ]
    made = []
    while any(process.poll() is None for process in running):
        made.append(backup(folder, PLAIN, keep=None))
    assert [process.returncode for process in running] == [0, 0]
    opened = open_store(f"sqlite:///{folder / 'litbase.db'}")
    changes = opened.changes(0, 10_000)
    opened.close()
    seen = set()
    for one in made:
        archive.check(one.path, tmp_path / "copy.db")
        opened = open_store(f"sqlite:///{tmp_path / 'copy.db'}")
        ids = {stored.id for stored in opened.scan("", 10_000, "")}
        mark = opened.mark()[2]
        assert list(opened.faults()) == []
        opened.close()
        copying.remove(tmp_path / "copy.db")
        assert mark == one.manifest.store.change
        assert ids == {id for change, id in changes if change <= mark}
        seen.add(mark)
    assert len(seen) > 1


def test_what_is_restored_elsewhere_is_the_same(tmp_path):
    folder = library(tmp_path / "library")
    (folder / "pages").mkdir()
    (folder / "pages" / "about.md").write_text("About")
    made = backup(folder, PLAIN)
    restored = restore(tmp_path / "other", PLAIN, made.path)
    assert held(tmp_path / "other") == held(folder)
    assert (restored.before, restored.safety) == (0, None)
    assert set(restored.files) == {"litbase.toml", "pages/about.md"}


def test_what_was_there_is_backed_up_and_the_epoch_is_new(tmp_path):
    folder = library(tmp_path / "library")
    made = backup(folder, PLAIN)
    fill(folder, 30, 40)
    before = held(folder)
    opened = open_store(f"sqlite:///{folder / 'litbase.db'}")
    epoch = opened.mark()[1]
    opened.close()
    restored = restore(folder, PLAIN, made.path)
    assert restored.before == 40
    assert held(folder) == made.manifest.store
    assert restored.safety is not None
    assert archive.check(restored.safety, tmp_path / "x.db").store == before
    opened = open_store(f"sqlite:///{folder / 'litbase.db'}")
    assert opened.mark()[1] != epoch
    opened.close()
    assert not list(folder.glob("*.restoring*"))


def test_a_backup_of_few_records_is_restored_only_by_force(tmp_path):
    folder = library(tmp_path / "library", 10)
    made = backup(folder, PLAIN)
    fill(folder, 10, 21)
    before = held(folder)
    with pytest.raises(BadInput, match=r"10 records, the library has 21.*--force"):
        restore(folder, PLAIN, made.path)
    assert held(folder) == before
    restore(folder, PLAIN, made.path, force=True)
    assert held(folder) == made.manifest.store


def test_nothing_is_restored_while_another_has_the_library_open(tmp_path):
    folder = library(tmp_path / "library")
    made = backup(folder, PLAIN)
    fill(folder, 30, 31)
    opened = open_store(f"sqlite:///{folder / 'litbase.db'}")
    with pytest.raises(copying.InUse, match="stop `litbase serve`"):
        restore(folder, PLAIN, made.path)
    assert opened.count() == 31
    opened.close()
    restore(folder, PLAIN, made.path)


def test_a_damaged_store_is_moved_aside_and_restored(tmp_path):
    folder = library(tmp_path / "library")
    made = backup(folder, PLAIN)
    data = bytearray((folder / "litbase.db").read_bytes())
    data[4096:60_000] = b"\xff" * (60_000 - 4096)
    (folder / "litbase.db").write_bytes(data)
    restored = restore(folder, PLAIN, made.path)
    assert restored.aside is not None
    assert restored.aside.read_bytes() == data
    assert held(folder) == made.manifest.store


def test_an_older_backup_is_migrated(tmp_path):
    version_2.make(f"sqlite:///{tmp_path / 'old.db'}")
    archive.keep(tmp_path / "old.db", tmp_path / "old.zip")
    restore(tmp_path / "library", PLAIN, tmp_path / "old.zip")
    assert held(tmp_path / "library").schema_version == archive.SCHEMA_VERSION
    assert list((tmp_path / "library" / "backups").glob("*.zip")) == []


PROGRAM = """
import sys
from pathlib import Path
from litbase.library.{module} import {verb}
from litbase.settings import Settings
print("begun", flush=True)
{verb}(Path(sys.argv[1]), Settings(), *map(Path, sys.argv[2:]))
"""


def killed(module: str, verb: str, *args: Path, after: float) -> None:
    command = [sys.executable, "-c", PROGRAM.format(module=module, verb=verb), *map(str, args)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    process.communicate()


def test_a_backup_that_is_killed_leaves_nothing_that_is_called_good(tmp_path):
    folder, dice = library(tmp_path / "library", 300), random.Random(1)
    begun = time.monotonic()
    backup(folder, PLAIN)
    took = time.monotonic() - begun
    for _ in range(KILLS):
        killed("backup", "backup", folder, after=dice.uniform(0, took))
        assert good(folder, tmp_path)
    backup(folder, PLAIN)
    names = [path.name for path in (folder / "backups").iterdir()]
    assert [name for name in names if name.startswith(".")] == [".lock"]


def test_a_restore_that_is_killed_leaves_the_old_library_or_the_new(tmp_path):
    folder, dice = library(tmp_path / "library", 300), random.Random(2)
    made = backup(folder, PLAIN, tmp_path / "kept")
    fill(folder, 300, 320)
    new = made.manifest.store
    begun = time.monotonic()
    restore(folder, PLAIN, made.path)
    took = time.monotonic() - begun
    for _ in range(KILLS):
        if held(folder) == new:
            fill(folder, 300, 320)
        old = held(folder)
        killed("restoring", "restore", folder, made.path, after=dice.uniform(0, took))
        now = held(folder)
        assert now in (old, new)
        opened = open_store(f"sqlite:///{folder / 'litbase.db'}")
        assert list(opened.faults()) == []
        opened.close()
        good(folder, tmp_path)
    restore(folder, PLAIN, made.path)
    assert held(folder) == new


def test_a_full_disk_leaves_the_library_as_it_was(tmp_path):
    folder = library(tmp_path / "library", 100)
    made = backup(folder, PLAIN, tmp_path / "kept")
    fill(folder, 100, 150)
    before = held(folder)
    size = (folder / "litbase.db").stat().st_size
    for limit in (10_000, size // 2):
        program = (
            "import resource, sys; from pathlib import Path; from litbase.errors import LibraryError\n"
            "from litbase.library.restoring import restore; from litbase.settings import Settings\n"
            f"resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))\n"
            "try:\n    restore(Path(sys.argv[1]), Settings(), Path(sys.argv[2]))\n"
            "except LibraryError as error:\n    print('refused', error)\n"
        )
        command = [sys.executable, "-c", program, str(folder), str(made.path)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
        assert done.stdout.startswith("refused"), done.stderr
        assert held(folder) == before


NOW = (datetime.now(UTC) - timedelta(minutes=30)).replace(minute=30, second=0, microsecond=0)  # the last half past


def named(ago: timedelta, library: str = "abcd") -> str:
    return f"litbase-{library}-{(NOW - ago).strftime('%Y%m%dT%H%M%SZ')}.zip"


def test_backups_are_thinned(tmp_path):
    every = [named(timedelta(minutes=20 * n)) for n in range(3 * 24 * 60)]
    others = ["before-schema-4.zip", "mine.zip", named(timedelta(days=300), "other")]
    for name in (*every, *others):
        (tmp_path / name).touch()
    newest = named(timedelta())
    thin(tmp_path, newest, KEEP)
    left = {path.name for path in tmp_path.iterdir()} - set(others)
    assert newest in left
    assert {path.name for path in tmp_path.iterdir()} >= set(others)
    assert 24 + 5 <= len(left) <= 24 + 7 + 4 + 4  # days and weeks overlap, and the last hour has four
    assert thin(tmp_path, newest, KEEP) == ()
    thin(tmp_path, newest, Keep(0, 0, 0))
    young = {path.name for path in tmp_path.iterdir()} - set(others)
    assert newest in young
    assert len(young) <= 4


@pytest.mark.parametrize("text", ["", "1,2", "a,b,c", "1,2,3,4", "-1,2,3"])
def test_what_is_no_three_numbers_is_refused(text):
    with pytest.raises(BadInput, match="24,7,4"):
        parse_keep(text)


def test_a_served_library_is_backed_up_once_a_day(tmp_path, monkeypatch):
    folder = library(tmp_path / "library")
    monkeypatch.setattr(backups, "AGAIN", 0.05)
    told: list[str] = []
    daily = Daily(folder, PLAIN, told.append, first=0.01)
    daily.start()
    until = time.monotonic() + 30
    while last_made(folder / "backups") is None and time.monotonic() < until:
        time.sleep(0.05)
    time.sleep(0.3)
    daily.stop()
    daily.join(10)
    assert not daily.is_alive()
    assert told == []
    assert len(good(folder, tmp_path)) == 1


def test_a_daily_backup_that_fails_is_told(tmp_path):
    told: list[str] = []
    daily = Daily(tmp_path / "nothing", PLAIN, told.append, first=0.01)
    daily.start()
    until = time.monotonic() + 10
    while not told and time.monotonic() < until:
        time.sleep(0.02)
    daily.stop()
    daily.join(10)
    assert told[0].startswith("the daily backup was not made: there is no library")
