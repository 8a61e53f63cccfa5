"""Database: connections, transactions and their retries, on SQLite and PostgreSQL.

SQLite runs in WAL mode with synchronous=FULL (NORMAL may lose the last commits when the power fails); a writer
begins IMMEDIATE.  On both databases a writer holds the row of `meta` from its beginning, so writers take turns.
"""

import random
import re
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.pool import StaticPool

from litbase.errors import DiskFull, LibraryError, NotALibrary, NotSaved
from litbase.store.schema import meta

T = TypeVar("T")
BUSY_SECONDS: Final = 10
TRIES: Final = 6  # with the busy timeout about a minute
PRAGMAS: Final = ("synchronous=full", "foreign_keys=on", "trusted_schema=off", "cache_size=-32000")  # 32 MB
NETWORK_DISKS: Final = frozenset(
    "nfs nfs3 nfs4 cifs smb smb2 smb3 smbfs afs ncpfs 9p ceph glusterfs lustre fuse.sshfs fuse.glusterfs".split()
)
_BUSY: Final = "the store is being written by another process; try again later"
_OF_DRIVER: Final = (sa.exc.DatabaseError, sqlite3.DatabaseError)  # the latter comes bare from _on_connect
_OURS: Final = (sa.exc.IntegrityError, sa.exc.ProgrammingError, sa.exc.DataError)  # mistakes of this program
_TRANSIENT_STATES: Final = frozenset({"40001", "40P01", "55P03"})  # serialization, deadlock, lock not available
_FULL: Final = ("disk is full", "53100")  # what SQLite says, and PostgreSQL's sqlstate
_REFUSED: Final = ("disk I/O error", "readonly database", "25006", "58030")


class Database:
    """One database, used from any thread; `read` and `write` run a function in a transaction of its own."""

    def __init__(self, engine: Engine):
        self.engine = engine
        self._held = threading.local()  # the connection of a rehearsal in this thread
        # in memory all threads share one connection and take turns
        self._turn = threading.RLock() if isinstance(engine.pool, StaticPool) else None

    @property
    def is_sqlite(self) -> bool:
        """Whether this is SQLite."""
        return self.engine.dialect.name == "sqlite"

    def read(self, action: Callable[[Connection], T]) -> T:
        """The answer of *action*, which only reads."""
        return self._tried(action, write=False)

    def write(self, action: Callable[[Connection], T]) -> T:
        """The answer of *action*, whose changes are durable when this returns and undone when it raises.

        *action* is run again from its beginning when the database was busy.  Raises NotSaved when it stays busy or the
        disk cannot be written, DiskFull when it has no room.
        """

        def locked(connection: Connection) -> T:
            connection.execute(sa.select(meta.c.last_change).with_for_update())
            return action(connection)

        return self._tried(locked, write=True)

    def create(self, action: Callable[[Connection], T]) -> T:
        """As `write`, before there are tables."""
        return self._tried(action, write=True)

    @contextmanager
    def rehearsal(self) -> Iterator[None]:
        """A stretch of this thread in which everything is one transaction, undone at the end."""
        with self._taking_turns(), self._begun(write=True) as connection:
            try:
                connection.execute(sa.select(meta.c.last_change).with_for_update())
            except sa.exc.OperationalError as error:
                raise _told(error, write=True) from error
            self._held.connection = connection
            try:
                yield
            finally:
                self._held.connection = None
                connection.rollback()

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """A stretch of this thread in which everything is read on one connection, as it stood at its beginning.

        Nothing is written in it.
        """
        if self.rehearsing or self._reading:
            yield
            return
        with self._taking_turns(), self._begun(write=False) as connection, connection.begin():
            self._held.reading = connection
            try:
                yield
            finally:
                self._held.reading = None

    @contextmanager
    def acting(self, origin: str) -> Iterator[None]:
        """A stretch of this thread in which what is written is done from the network address *origin*."""
        before = self.origin
        self._held.origin = origin
        try:
            yield
        finally:
            self._held.origin = before

    @property
    def origin(self) -> str:
        """The network address that this thread acts from, "" for none."""
        found: str = getattr(self._held, "origin", "")
        return found

    @property
    def _reading(self) -> Connection | None:
        found: Connection | None = getattr(self._held, "reading", None)
        return found

    @property
    def rehearsing(self) -> bool:
        """Whether this thread is inside `rehearsal`."""
        return getattr(self._held, "connection", None) is not None

    def close(self) -> None:
        """Give the connections back."""
        self.engine.dispose()

    def _tried(self, action: Callable[[Connection], T], write: bool) -> T:
        if self.rehearsing:
            return action(self._held.connection)
        if self._reading and not write:
            return action(self._reading)
        for attempt in range(1, TRIES + 1):
            try:
                with self._taking_turns(), self._begun(write) as connection, connection.begin():
                    return action(connection)
            except _OF_DRIVER as error:
                if isinstance(error, _OURS):
                    raise
                if attempt == TRIES or not _is_transient(error):
                    raise _told(error, write) from error
            time.sleep(random.uniform(0.01, 0.05) * 2**attempt)
        raise AssertionError("unreachable")

    @contextmanager
    def _begun(self, write: bool) -> Iterator[Connection]:
        with self.engine.connect() as connection:
            yield connection.execution_options(write=write, origin=self.origin)

    @contextmanager
    def _taking_turns(self) -> Iterator[None]:
        if self._turn is None:
            yield
        else:
            with self._turn:
                yield


def database(
    url: str,
    create: bool,
    *,
    allow_network_disk: bool = False,
    connect_args: Mapping[str, object] | None = None,
) -> Database:
    """The database at *url*; see `litbase.store.open_store`."""
    address = sa.make_url(re.sub(r"^postgres(?:ql)?://", "postgresql+psycopg://", url))
    arguments = dict(connect_args or {})
    if address.get_backend_name() == "postgresql":
        return Database(sa.create_engine(address, pool_pre_ping=True, connect_args=arguments))
    if address.get_backend_name() != "sqlite":
        raise LibraryError(f"a store is sqlite:///... or postgresql://..., not {address.get_backend_name()}")
    if address.database in (None, "", ":memory:"):
        engine = sa.create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
    else:
        _check_place(Path(str(address.database)), create, allow_network_disk)
        # as many connections as there are threads: one that waits to write keeps no reader out
        arguments = {"timeout": BUSY_SECONDS, **arguments}
        engine = sa.create_engine(address, connect_args=arguments, max_overflow=-1)
    sa.event.listen(engine, "connect", _on_connect)
    sa.event.listen(engine, "begin", _on_begin)
    return Database(engine)


def _check_place(path: Path, create: bool, allow_network_disk: bool) -> None:
    if not path.is_file() and not create:
        raise NotALibrary(f"{path} holds no library; `litbase add` or `litbase serve` make one")
    if not path.parent.is_dir():
        raise NotALibrary(f"the folder {path.parent} is not there")
    if not allow_network_disk and (kind := network_disk(path)):
        raise LibraryError(
            f"{path} lies on a network disk ({kind}), where SQLite's locks cannot be trusted and data may be lost; "
            "move the library to a local disk, or keep the store in PostgreSQL (LITBASE_STORE=postgresql://...)"
        )


def network_disk(path: Path, mounts: str | None = None) -> str:
    """The kind of network disk *path* lies on, "nfs4" or "cifs"; "" for a local one, or where the system does not say.

    *mounts* is text in the form of Linux's /proc/mounts, by default that file.
    """
    if mounts is None:
        try:
            mounts = Path("/proc/mounts").read_text("utf-8", "replace")
        except OSError:
            return ""
    place, best, kind = path.resolve(), -1, ""
    for line in mounts.splitlines():
        parts = line.split()
        if len(parts) < 3:
            continue
        point = Path(re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), parts[1]))  # "\040" is a space
        if place.is_relative_to(point) and len(point.parts) >= best:
            best, kind = len(point.parts), parts[2]
    return kind if kind in NETWORK_DISKS else ""


def _on_connect(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver begins nothing by itself; _on_begin does
    connection.execute(f"pragma busy_timeout={BUSY_SECONDS * 1000}")
    if connection.execute("pragma journal_mode").fetchone()[0] not in ("wal", "memory"):
        connection.execute("pragma journal_mode=wal")
    for pragma in PRAGMAS:
        connection.execute(f"pragma {pragma}")


def _on_begin(connection: Connection) -> None:
    write = connection.get_execution_options().get("write")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


def _is_transient(error: Exception) -> bool:
    """Whether trying again may help: another process holds the lock."""
    cause = getattr(error, "orig", error)
    return "is locked" in str(cause) or getattr(cause, "sqlstate", None) in _TRANSIENT_STATES


def _told(error: Exception, write: bool) -> LibraryError:
    """What *error* of the driver means to whoever wanted to read, or to *write*."""
    if _is_transient(error):
        return NotSaved(_BUSY)
    first, state = _first_line(error), str(getattr(getattr(error, "orig", error), "sqlstate", ""))
    if any(sign in first or sign == state for sign in _FULL):
        return DiskFull(f"the disk of the store is full ({first}); make room, then do it again")
    if write and any(sign in first or sign == state for sign in _REFUSED):
        return NotSaved(f"the disk of the store refuses to write ({first})")
    return LibraryError(f"the store cannot be used: {first}")


def _first_line(error: Exception) -> str:
    return str(getattr(error, "orig", error)).strip().split("\n")[0]
