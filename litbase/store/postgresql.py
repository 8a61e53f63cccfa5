"""PostgreSQL: how it is connected to, and the locks by which one process of all machines does something.

From the documentation of libpq (connection parameters), of `pg_try_advisory_lock` and of the settings for clients.
"""

import hashlib
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from litbase.errors import LibraryError
from litbase.store.trouble import OF_DRIVER, told

OLDEST: Final = 15
CONNECTIONS: Final = 20  # of one process at once; who needs one more waits
_WAIT: Final = 10  # seconds for one of them
_PAUSE: Final = 0.02
# of libpq, where the address does not say otherwise: a server that is gone is noticed within half a minute
_DEFAULTS: Final[Mapping[str, object]] = {
    "connect_timeout": 10,
    "fallback_application_name": "litbase",
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
    "client_encoding": "utf8",
}
# of the session, as of SQLite: who waits for a lock gives up, and a client that is gone keeps no lock for hours
_SESSION: Final = (
    "select set_config('lock_timeout', '10s', false), set_config('tcp_keepalives_idle', '30', false),"
    " set_config('tcp_keepalives_interval', '10', false), set_config('tcp_keepalives_count', '3', false)"
)


def engine(address: sa.URL, given: Mapping[str, object]) -> Engine:
    """The connections to the database at *address*, none made yet; *given* go to the driver.

    Raises LibraryError where the driver is not installed; a connection raises it where the server is too old.
    """
    arguments = {name: value for name, value in _DEFAULTS.items() if name not in address.query} | dict(given)
    try:
        made = sa.create_engine(
            address,
            connect_args=arguments,
            pool_pre_ping=True,
            pool_size=5,
            max_overflow=CONNECTIONS - 5,
            pool_timeout=_WAIT,
        )
    except ModuleNotFoundError as error:
        raise LibraryError("a store in PostgreSQL needs: pip install 'litbase[postgres]'") from error
    sa.event.listen(made, "connect", _on_connect)
    return made


def _on_connect(connection: Any, _record: object) -> None:
    if (version := connection.info.server_version) < OLDEST * 10_000:
        raise LibraryError(
            f"the database server is PostgreSQL {version // 10_000}; litbase needs {OLDEST} or newer: upgrade the"
            " server, or name another one"
        )
    connection.autocommit = True
    connection.execute(_SESSION)
    connection.autocommit = False


def check_encoding(connection: Connection) -> None:
    """Raise LibraryError where the database cannot hold every character."""
    found = connection.scalar(sa.text("show server_encoding"))
    if found != "UTF8":
        raise LibraryError(
            f"the database has the encoding {found}, which does not hold every character; make one with: createdb"
            " --encoding=UTF8 --template=template0 NAME"
        )


@contextmanager
def alone(connections: Engine, name: str, timeout: float = 0.0) -> Iterator[bool]:
    """Hold the lock *name* of the database inside the block; False when another has it for longer than *timeout* s.

    It belongs to a connection of its own, so the server frees it when the process, its machine or the connection dies.
    """
    key = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big", signed=True)
    try:
        connection = connections.connect().execution_options(isolation_level="AUTOCOMMIT")
    except OF_DRIVER as error:
        raise told(error, write=False) from error
    with connection:
        held = _taken(connection, key, time.monotonic() + timeout)
        try:
            yield held
        finally:
            if held:
                _freed(connection, key)


def _taken(connection: Connection, key: int, until: float) -> bool:
    asked = sa.select(sa.func.pg_try_advisory_lock(key))
    try:
        while not (held := bool(connection.scalar(asked))) and time.monotonic() < until:
            time.sleep(_PAUSE)
    except OF_DRIVER as error:
        raise told(error, write=False) from error
    return held


def _freed(connection: Connection, key: int) -> None:
    try:
        connection.execute(sa.select(sa.func.pg_advisory_unlock(key)))
    except OF_DRIVER:
        connection.invalidate()  # the lock went with the connection, or goes with it now
