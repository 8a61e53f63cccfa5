"""Copies of a store in an SQLite file: made while others write, counted, and put in the place of another.

From SQLite's documentation of its online backup interface, of WAL mode and of `locking_mode`.
"""

import hashlib
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Final
from uuid import uuid4

import msgspec

from litbase.errors import LibraryError

Progress = Callable[[int, int], None]
"""Called with what is done and what there is to do, in any unit."""

PAGES: Final = 2_000  # copied between two calls of the progress
BUSY_SECONDS: Final = 3.0
SHOWN: Final = 3  # faults in a message
_BESIDE: Final = ("-wal", "-shm", "-journal")


class Contents(msgspec.Struct, frozen=True):
    """What a store holds: *records* by state, *change* is the number of its last change.

    *digest* is over id, state and content of every record, by id.
    """

    schema_version: int
    store_id: str
    change: int
    records: dict[str, int]
    digest: str


class Unsound(LibraryError):
    """A file that is no sound store."""


class InUse(LibraryError):
    """Another process has the store open."""


def copy(source: Path, target: Path, progress: Progress | None = None) -> None:
    """Write the store *source* as it is at this moment into the new file *target*; others may go on writing.

    Raises Unsound when it is damaged, LibraryError when it cannot be read or the disk is full.
    """

    def told(_: int, remaining: int, total: int) -> None:
        if progress:
            progress(total - remaining, total)

    with _told(source), closing(_connect(source)) as store, closing(sqlite3.connect(target)) as out:
        store.execute("begin")
        store.execute("select count(*) from meta").fetchone()  # from here on one state is read
        store.backup(out, pages=PAGES, progress=told, sleep=0.01)
        out.execute("pragma journal_mode=delete")


def settle(path: Path) -> None:
    """Leave the store in the file *path*, which nobody has open, whole in that one file and on the disk."""
    with _told(path), closing(_connect(path)) as store:
        store.execute("pragma journal_mode=delete")
    sync(path)


def contents(path: Path) -> Contents:
    """What the store in the file *path* holds, after SQLite has checked all of it.  Raises Unsound."""
    try:
        with closing(_connect(path)) as store:
            store.execute("begin")
            if found := _faults(store):
                raise Unsound(f"{path.name} is damaged: {'; '.join(found[:SHOWN])}")
            return _contents(store)
    except (sqlite3.Error, ValueError, TypeError) as error:
        raise Unsound(f"{path.name} is no sound store: {error}") from error


def tally(path: Path) -> Contents:
    """As `contents`, without checking first; what cannot be read raises Unsound too."""
    try:
        with closing(_connect(path)) as store:
            return _contents(store)
    except (sqlite3.Error, ValueError, TypeError) as error:
        raise Unsound(f"{path.name} is no sound store: {error}") from error


def count(path: Path) -> int | None:
    """How many records the store in the file *path* holds; None when it is no readable store."""
    try:
        with closing(_connect(path)) as store:
            return int(store.execute("select count(*) from records").fetchone()[0])
    except sqlite3.Error:
        return None


def store_id(path: Path) -> str:
    """The id of the store in the file *path*.  Raises LibraryError when it is no readable store."""
    with _told(path), closing(_connect(path)) as store:
        row = store.execute("select store_id from meta").fetchone()
    return str(row[0]) if row else ""


def begin_epoch(path: Path) -> None:
    """Let every index that followed the store in the file *path*, or the one whose place it takes, be built anew."""
    with _told(path), closing(_connect(path)) as store:
        store.execute("update meta set epoch = ?", (uuid4().hex,))


def put_in_place(new: Path, path: Path) -> None:
    """Give the store at *path* what the file *new* holds: all of it durably, or nothing.

    A store that is there is overwritten in one transaction of SQLite, so no process ever sees a mixture; where there
    is none *new* is moved.  Raises InUse while another process has the store open.
    """
    if not path.exists():
        set_aside(path)
        sync(new)
        os.replace(new, path)
        sync(path.parent)
        return
    with _told(path), closing(_connect(new)) as source, _alone(path) as target:
        source.backup(target)
        target.execute("pragma wal_checkpoint(truncate)")


def check_unused(path: Path) -> None:
    """Raise InUse while another process has the store at *path* open; it is known by SQLite's own locks."""
    with suppress(sqlite3.DatabaseError), _alone(path):
        pass


def set_aside(path: Path) -> Path:
    """Move an unreadable store at *path*, and what SQLite left beside it, out of the way; where it lies now."""
    for number in range(1, 1000):
        aside = path.with_name(f"{path.name}.broken-{number}")
        if not any(aside.with_name(aside.name + end).exists() for end in ("", *_BESIDE)):
            break
    for end in ("", *_BESIDE):
        with suppress(FileNotFoundError):
            path.with_name(path.name + end).rename(aside.with_name(aside.name + end))
    return aside


def remove(path: Path) -> None:
    """Remove a store that was only for a while, with what SQLite may have left beside it."""
    for end in ("", *_BESIDE):
        with suppress(OSError):
            path.with_name(path.name + end).unlink()


def sync(path: Path) -> None:
    """Bring a file, or the names in a folder, to the disk."""
    if os.name == "nt" and path.is_dir():
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _alone(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection beside which there is no other, and none can be made; raises InUse when there is one."""
    with closing(_connect(path)) as store:
        try:
            store.execute("pragma locking_mode=exclusive")
            store.execute("begin exclusive")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error):
                raise
            raise InUse(
                f"another process has {path} open: stop `litbase serve` and other commands, then try again"
            ) from error
        store.execute("commit")
        yield store


def _connect(path: Path) -> sqlite3.Connection:
    """A connection to the file *path*, which is not made when it is absent; it begins nothing by itself."""
    address = f"{path.absolute().as_uri()}?mode=rw"
    store = sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS, isolation_level=None)
    for pragma in ("trusted_schema=off", "cell_size_check=on", "synchronous=full"):
        store.execute(f"pragma {pragma}")
    return store


def _faults(store: sqlite3.Connection) -> list[str]:
    found = [row[0] for row in store.execute("pragma integrity_check") if row[0] != "ok"]
    found += [f"a row of {row[0]} names a missing one of {row[2]}" for row in store.execute("pragma foreign_key_check")]
    strange = store.execute("select type, name from sqlite_master where type in ('trigger', 'view')")
    return [*map(str, found), *(f"it has a {kind} {name}, which no store has" for kind, name in strange)]


def _contents(store: sqlite3.Connection) -> Contents:
    row = store.execute("select schema_version, store_id, last_change from meta").fetchone()
    if row is None:
        raise ValueError("it has no row in meta")
    records = dict(store.execute("select state, count(*) from records group by state order by state").fetchall())
    digest = hashlib.sha256()
    for told in store.execute("select id, state, merged_into, current from records order by id"):
        digest.update("\0".join(told).encode("utf-8", "replace") + b"\n")
    return Contents(int(row[0]), str(row[1]), int(row[2]), records, digest.hexdigest())


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:
        raise LibraryError(f"{path} cannot be copied: {error}") from error
    except sqlite3.Error as error:
        raise Unsound(f"{path} is damaged: {error}") from error
