"""Opening: a database becomes a store, made where there is none, brought up to this version where it is older."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from litbase.errors import NotALibrary
from litbase.store import archive, migrations
from litbase.store.connect import Database
from litbase.store.entry import now
from litbase.store.migrations import Migration
from litbase.store.schema import SCHEMA_VERSION, meta
from litbase.store.schema_people import metadata

_TRIES: Final = 3
BACKUPS: Final = "backups"  # the folder of archives, beside an SQLite file


def ready(
    database: Database, create: bool, steps: Sequence[Migration] | None = None, *, is_backup: bool = False
) -> None:
    """Make sure *database* holds a store of this version, by *steps* (the shipped migrations) where it is older.

    An SQLite file is backed up before it is migrated, unless it *is_backup* itself.  Raises NotALibrary, NewerSchema,
    and LibraryError, with nothing changed, where the backup cannot be made.
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

    def migrate(connection: Connection) -> None:  # of several processes that come at once one finds something to do
        version = _version(connection) or 1
        if needed := migrations.pending(version, steps):
            if not is_backup:
                _back_up(database, needed[-1].number)
            migrations.run(connection, needed)

    database.write(migrate)


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


def _back_up(database: Database, wanted: int) -> None:
    """Keep the SQLite file as it was before the schema *wanted*, as "backups/before-schema-5.zip".

    Where there is one already, after a restore, the instant is in the name too.
    """
    name = database.engine.url.database
    if not database.is_sqlite or not name or name == ":memory:":
        return
    path = Path(name).with_name(BACKUPS) / f"before-schema-{wanted}.zip"
    if path.exists():
        path = path.with_stem(f"{path.stem}-{re.sub(r'[-:.]', '', now())}")
    archive.keep(Path(name), path)


def _name(database: Database) -> str:
    return database.engine.url.render_as_string(hide_password=True)
