"""Database: connections, transactions and their retries, on SQLite and PostgreSQL.

SQLite runs in WAL mode with synchronous=FULL (NORMAL may lose the last commits when the power fails); a writer
begins IMMEDIATE.  On both databases a writer holds the row of `meta` from its beginning, so writers take turns.
"""

import random
import re
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.pool import StaticPool

from litbase.errors import LibraryError, NotALibrary, NotSaved
from litbase.store import postgresql
from litbase.store.schema import meta
from litbase.store.trouble import OF_DRIVER, UNSURE, is_away, is_busy, is_ours, told

T = TypeVar("T")
BUSY_SECONDS: Final = 10
TRIES: Final = 6  # with the busy timeout about a minute
AWAY_SECONDS: Final = 3.0  # that somebody waits for a server which does not answer
PRAGMAS: Final = ("synchronous=full", "foreign_keys=on", "trusted_schema=off", "cache_size=-32000")  # 32 MB
NETWORK_DISKS: Final = frozenset(
    "nfs nfs3 nfs4 cifs smb smb2 smb3 smbfs afs ncpfs 9p ceph glusterfs lustre fuse.sshfs fuse.glusterfs".split()
)


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
            with _telling(write=True):
                connection.execute(sa.select(meta.c.last_change).with_for_update())
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
        with self.standing() as connection:
            self._held.reading = connection
            try:
                yield
            finally:
                self._held.reading = None

    @contextmanager
    def standing(self, alone: bool = False) -> Iterator[Connection]:
        """A connection in a transaction that sees one state; with *alone* nobody else writes until it ends.

        What is written in it is durable at the end, undone when it is left by an error.  Raises LibraryError.
        """
        with self._taking_turns(), self._begun(write=alone, of_one_state=not alone) as connection:
            with _telling(alone):
                transaction = connection.begin()
                if alone and sa.inspect(connection).has_table(meta.name):
                    connection.execute(sa.select(meta.c.last_change).with_for_update())
            with _telling(alone), transaction:
                yield connection

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
        held = self._held.connection if self.rehearsing else None if write else self._reading
        if held is not None:
            with _telling(write):
                return action(held)
        begun, attempt = time.monotonic(), 0
        while True:
            attempt, acted = attempt + 1, False
            try:
                with self._taking_turns(), self._connected(write) as connection, connection.begin():
                    answer, acted = action(connection), True
                return answer
            except OF_DRIVER as error:
                if is_ours(error):
                    raise
                away = is_away(error)
                if away and acted and write:  # it broke in the commit, and nobody here knows on which side of it
                    raise NotSaved(UNSURE) from error
                again = time.monotonic() < begun + AWAY_SECONDS if away else is_busy(error) and attempt < TRIES
                if not again:
                    raise told(error, write) from error
            time.sleep(min(random.uniform(0.01, 0.05) * 2**attempt, AWAY_SECONDS / 2))

    @contextmanager
    def _begun(self, write: bool, of_one_state: bool = False) -> Iterator[Connection]:
        with _telling(write):
            connection = self._connected(write)
        with connection:
            if of_one_state and not self.is_sqlite:
                connection.execution_options(isolation_level="REPEATABLE READ")
            yield connection

    def _connected(self, write: bool) -> Connection:
        return self.engine.connect().execution_options(write=write, origin=self.origin)

    @contextmanager
    def _taking_turns(self) -> Iterator[None]:
        if self._turn is None:
            yield
        else:
            with self._turn:
                yield


@contextmanager
def _telling(write: bool) -> Iterator[None]:
    """A stretch in which an error of the driver is told as what it means."""
    try:
        yield
    except OF_DRIVER as error:
        if is_ours(error):
            raise
        raise told(error, write) from error


def database(
    url: str,
    create: bool,
    *,
    allow_network_disk: bool = False,
    connect_args: Mapping[str, object] | None = None,
) -> Database:
    """The database at *url*; see `litbase.store.open_store`.  Raises LibraryError for what is no address of one."""
    address = parsed(url)
    arguments = dict(connect_args or {})
    if address.get_backend_name() == "postgresql":
        return Database(postgresql.engine(address, arguments))
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


def parsed(url: str) -> sa.URL:
    """The address *url* in its parts, of SQLite or PostgreSQL.  Raises LibraryError, in which no password stands."""
    try:
        address = sa.make_url(re.sub(r"^postgres(?:ql)?(?:\+psycopg)?://", "postgresql+psycopg://", url))
    except (sa.exc.ArgumentError, ValueError) as error:
        hidden = re.sub(r"//[^/]*@", "//***@", url)[:200]
        raise LibraryError(
            f"the address of a store is sqlite:///folder/litbase.db or postgresql://user@host/name, not {hidden!r}; in"
            " a password write @ : / as %40 %3A %2F"
        ) from error
    if (kind := address.get_backend_name()) not in ("sqlite", "postgresql"):
        raise LibraryError(f"a store is sqlite:///... or postgresql://..., not {kind}")
    return address


def shown(url: str) -> str:
    """The address *url* for people to see, its password as stars.

    >>> shown("postgresql://ann:secret@db.example/library")
    'postgresql://ann:***@db.example/library'
    """
    return parsed(url).render_as_string(hide_password=True).replace("postgresql+psycopg://", "postgresql://")


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
