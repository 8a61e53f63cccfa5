"""Backups: the store and the files of a library in one checked file, made while it is in use; old ones are thinned."""

import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple

from litbase.errors import BadInput, LibraryError
from litbase.index.lock import locked
from litbase.paths import BACKUPS, MARKER
from litbase.settings import FILE, FILES, Settings, file_of
from litbase.store import archive, copying, moving, opening
from litbase.store.archive import Manifest
from litbase.store.connect import Database, database
from litbase.store.copying import Progress

FOLDERS: Final = ("pages", "styles")  # of the library folder, in a backup with all that is in them
PATIENCE: Final = 600.0  # seconds to wait for another process that makes a backup
FRESH: Final = timedelta(hours=1)  # backups younger than this are never removed
DAILY: Final = timedelta(hours=24)
FIRST: Final = 60.0  # seconds after its start until a server looks whether a backup is due
AGAIN: Final = 900.0  # and until it looks again
_NAME: Final = re.compile(r"litbase-([0-9a-z]{1,8})-(\d{8}T\d{6}Z)\.zip")
_TIME: Final = "%Y%m%dT%H%M%SZ"


class Keep(NamedTuple):
    """How many backups stay: the last one of each of so many hours, days and weeks that have one."""

    hours: int = 24
    days: int = 7
    weeks: int = 4


KEEP: Final = Keep()


class Made(NamedTuple):
    """A backup: where it is, what is in it, which files could not go in, and the names of those it made superfluous."""

    path: Path
    manifest: Manifest
    left_out: tuple[str, ...]
    removed: tuple[str, ...]


def parse_keep(text: str) -> Keep:
    """What "24,7,4" says: hours, days, weeks.  Raises BadInput.

    >>> parse_keep("48,14,8")
    Keep(hours=48, days=14, weeks=8)
    """
    if not re.fullmatch(r"\d{1,4},\d{1,4},\d{1,4}", text):
        raise BadInput(f"expected three numbers, hours, days and weeks, as 24,7,4; found {text!r}")
    return Keep(*map(int, text.split(",")))


def store_file(folder: Path, settings: Settings) -> Path | None:
    """The SQLite file of the library in *folder*, which need not exist; None where the store is in PostgreSQL."""
    if not settings.store:
        return folder / MARKER
    if settings.store.startswith("sqlite:///"):
        return Path(settings.store.removeprefix("sqlite:///"))
    return None


def backup(
    folder: Path,
    settings: Settings,
    into: Path | None = None,
    keep: Keep | None = KEEP,
    progress: Progress | None = None,
) -> Made:
    """Back the library in *folder* up *into* a folder, by default its own "backups"; others may go on writing.

    It has been read back and its records counted when this returns.  Then those of the same library that *keep* does
    not ask for are removed (none for None).  Raises LibraryError, with nothing changed, when it cannot be made.
    """
    store = store_file(folder, settings)
    if store is not None and not store.is_file():
        raise LibraryError(f"there is no library in {folder}")
    target = into or folder / BACKUPS
    with alone(target):
        archive.sweep(target)
        return make(folder, settings, target, keep, progress)


@contextmanager
def alone(target: Path) -> Iterator[None]:
    """A stretch in which no other process makes a backup in the folder *target*.  Raises LibraryError."""
    try:
        target.mkdir(parents=True, exist_ok=True)
        with locked(target / ".lock", PATIENCE) as held:
            if not held:
                raise LibraryError(f"another process has been making a backup in {target} for {PATIENCE:.0f} s")
            yield
    except OSError as error:
        raise LibraryError(f"{target} cannot be used: {error}") from error


def make(folder: Path, settings: Settings, target: Path, keep: Keep | None, progress: Progress | None = None) -> Made:
    """As `backup`, by who is `alone` in the folder *target*."""
    files, left_out = _files(folder, settings)
    with _source(folder, settings) as (store, store_id):
        free = _free_name(target, store_id)
        manifest = archive.keep(store, free, files, progress)
    removed = thin(target, free.name, keep) if keep is not None else ()
    return Made(free, manifest, left_out, removed)


@contextmanager
def _source(folder: Path, settings: Settings) -> Iterator[tuple[Path | archive.Copier, str]]:
    """What the store is copied from, and its id."""
    if store := store_file(folder, settings):
        yield store, copying.store_id(store)
        return
    opened = database(settings.store, create=False)
    try:
        yield partial(_written, opened), opening.mark(opened)[0]
    finally:
        opened.close()


def _written(opened: Database, path: Path, progress: Progress | None) -> None:
    moving.to_file(opened, path, lambda done, total, _: progress(done, total) if progress else None)


def _free_name(target: Path, store_id: str) -> Path:
    """A name of this second that no backup has; after at most a second."""
    library = re.sub(r"[^0-9a-z]", "", store_id.lower())[:8] or "0"
    while (path := target / f"litbase-{library}-{datetime.now(UTC).strftime(_TIME)}.zip").exists():
        time.sleep(0.05)
    return path


def _files(folder: Path, settings: Settings) -> tuple[dict[str, Path], tuple[str, ...]]:
    """What goes in beside the store, by name in *folder*, and the names of what cannot."""
    found = {FILE: folder / FILE} if (folder / FILE).is_file() else {}
    named = [given for name in FILES if (given := getattr(settings, name))]
    for given in named:
        if path := file_of(folder, given):
            found[path.relative_to(folder.resolve()).as_posix()] = path
    for path in (path for name in FOLDERS for path in sorted((folder / name).rglob("*")) if path.is_file()):
        found.setdefault(path.relative_to(folder).as_posix(), path)
    left_out = [name for name, path in found.items() if not _fits(folder, name, path)]
    return {name: path for name, path in found.items() if name not in left_out}, tuple(left_out)


def _fits(folder: Path, name: str, path: Path) -> bool:
    inside = path.resolve().is_relative_to(folder.resolve())
    return inside and archive.is_plain(name) and path.stat().st_size <= archive.LARGEST_FILE


def thin(target: Path, newest: str, keep: Keep) -> tuple[str, ...]:
    """Remove the backups in *target*, of the library of *newest*, that *keep* does not ask for; their names.

    Only files named as `backup` names them are touched, never *newest* and never one younger than an hour.
    """
    mine = _NAME.fullmatch(newest)
    of_library = {
        path.name: datetime.strptime(match[2], _TIME).replace(tzinfo=UTC)
        for path in target.iterdir()
        if mine and (match := _NAME.fullmatch(path.name)) and match[1] == mine[1]
    }
    wanted = {newest, *_wanted(of_library, keep)}
    young = datetime.now(UTC) - FRESH
    removed = tuple(sorted(name for name, at in of_library.items() if name not in wanted and at < young))
    for name in removed:
        (target / name).unlink(missing_ok=True)
    return removed


def _wanted(made: dict[str, datetime], keep: Keep) -> Iterator[str]:
    """The names of the last backup of each hour, day and week that *keep* asks for."""
    newest_first = sorted(made, key=lambda name: made[name], reverse=True)
    for count, form in zip(keep, ("%Y%m%d%H", "%Y%m%d", "%G%V"), strict=True):
        last: dict[str, str] = {}
        for name in newest_first:
            last.setdefault(made[name].strftime(form), name)
        yield from list(last.values())[:count]


def last_made(target: Path) -> datetime | None:
    """When the last backup in *target* was made; None when there is none."""
    names = (_NAME.fullmatch(path.name) for path in target.glob("litbase-*.zip"))
    times = [datetime.strptime(name[2], _TIME).replace(tzinfo=UTC) for name in names if name]
    return max(times, default=None)


class Daily(threading.Thread):
    """A thread that backs a library up while it is served, when the last backup is older than a day.

    It first looks a minute after the start, and *told* hears of every failure, which is tried again later.
    """

    def __init__(self, folder: Path, settings: Settings, told: Callable[[str], None], first: float = FIRST):
        """Started with `start`, ended with `stop`; *first* is how many seconds after the start it looks."""
        super().__init__(name="litbase-backup", daemon=True)
        self._parts = folder, settings
        self._told = told
        self._first = first
        self._stopping = threading.Event()

    def run(self) -> None:
        """Look whether a backup is due, again and again."""
        folder, settings = self._parts
        pause = self._first
        while not self._stopping.wait(pause):
            pause = AGAIN
            try:
                last = last_made(folder / BACKUPS)
                if last is None or datetime.now(UTC) - last > DAILY:
                    backup(folder, settings, progress=self._gives_up)
            except LibraryError as error:
                if not self._stopping.is_set():
                    self._told(f"the daily backup was not made: {error}")

    def _gives_up(self, done: int, total: int) -> None:
        if self._stopping.is_set():
            raise LibraryError("litbase is being stopped")

    def stop(self) -> None:
        """End the thread; a copy that is being made is given up."""
        self._stopping.set()


def can_be_daily(settings: Settings) -> bool:
    """Whether a served library is to be backed up every day: not one in PostgreSQL, which several may be serving."""
    return settings.backups and (not settings.store or settings.store.startswith("sqlite:///"))


def total(records: dict[str, int]) -> int:
    """How many records there are, of counts by state."""
    return sum(records.values())
