"""Opening: a database becomes a store, made where there is none, brought up to this version where it is older."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Final
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from litbase.errors import LibraryError, NotALibrary
from litbase.store import migrations
from litbase.store.connect import Database
from litbase.store.entry import now
from litbase.store.migrations import Migration
from litbase.store.schema import SCHEMA_VERSION, meta, metadata

_TRIES: Final = 3


def ready(database: Database, create: bool, steps: Sequence[Migration] | None = None) -> None:
    """Make sure *database* holds a store of this version, by *steps* (the shipped migrations) where it is older.

    An SQLite file is copied beside itself before it is migrated.  Raises NotALibrary, NewerSchema.
    """
    steps = migrations.shipped() if steps is None else steps
    version = database.read(_version)
    if version is None:
        if not create:
            raise NotALibrary(f"{_name(database)} holds no library; `litbase add` or `litbase serve` make one")
        _make(database)
        version = SCHEMA_VERSION
    if not migrations.pending(version, steps):
        return
    _copy(database, version)
    database.write(lambda connection: migrations.run(connection, migrations.pending(_version(connection) or 1, steps)))


def _version(connection: Connection) -> int | None:
    """The schema version of the store there; None when there is none."""
    if not sa.inspect(connection).has_table("meta"):
        return None
    return connection.scalar(sa.select(meta.c.schema_version))


def _make(database: Database) -> None:
    for attempt in range(1, _TRIES + 1):
        try:
            database.create(_create)
        except (sa.exc.IntegrityError, sa.exc.ProgrammingError):  # PostgreSQL: another process makes it just now
            if attempt == _TRIES:
                raise
        else:
            return


def _create(connection: Connection) -> None:
    if _version(connection) is not None:
        return
    metadata.create_all(connection)
    row = {"one": 1, "store_id": uuid4().hex, "epoch": uuid4().hex, "last_change": 0}
    connection.execute(meta.insert().values(**row, schema_version=SCHEMA_VERSION, created_at=now()))


def _copy(database: Database, version: int) -> None:
    """Keep the SQLite file as it was, as "litbase.db.version-1"."""
    name = database.engine.url.database
    if not database.is_sqlite or not name or name == ":memory:":
        return
    copy = Path(name).with_name(f"{Path(name).name}.version-{version}")
    try:
        copy.unlink(missing_ok=True)
        with closing(sqlite3.connect(name)) as connection:
            connection.execute("VACUUM INTO ?", (str(copy),))
    except (OSError, sqlite3.Error) as error:
        raise LibraryError(f"{name} could not be copied before its migration: {error}") from error


def _name(database: Database) -> str:
    return database.engine.url.render_as_string(hide_password=True)
