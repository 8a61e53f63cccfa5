"""Opening: a database becomes a store, made where there is none, brought up to this version where it is older."""

import re
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from litbase.errors import NotALibrary
from litbase.paths import BACKUPS
from litbase.store import archive, migrations, moving
from litbase.store.connect import Database, shown
from litbase.store.entry import now
from litbase.store.migrations import Migration
from litbase.store.postgresql import check_encoding
from litbase.store.schema import SCHEMA_VERSION, meta
from litbase.store.schema_people import metadata

_TRIES: Final = 3


class Foreseen(NamedTuple):
    """What opening would do with a store: which version it has, which it would get, and the names of the steps."""

    version: int
    wanted: int
    steps: tuple[str, ...]


def ready(
    database: Database,
    create: bool,
    steps: Sequence[Migration] | None = None,
    *,
    is_backup: bool = False,
    backups: Path | None = None,
) -> None:
    """Make sure *database* holds a store of this version, by *steps* (the shipped migrations) where it is older.

    It is backed up before it is migrated, unless it *is_backup* itself: an SQLite file into the folder beside it, a
    store in PostgreSQL into *backups* (not at all for None).  Raises NotALibrary, NewerSchema, and LibraryError, with
    nothing changed, where the backup cannot be made.
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
                _back_up(database, needed[-1].number, backups)
            migrations.run(connection, needed)

    database.write(migrate)


def foresee(database: Database, steps: Sequence[Migration] | None = None) -> Foreseen:
    """What `ready` would do with the store in *database*; it is tried to the end, and undone.

    Raises NotALibrary, NewerSchema, and whatever a step raises.
    """
    steps = migrations.shipped() if steps is None else steps
    version = database.read(_version)
    if version is None:
        raise NotALibrary(f"{_name(database)} holds no library")
    if needed := migrations.pending(version, steps):
        with database.rehearsal():
            database.write(lambda connection: migrations.run(connection, needed))
    return Foreseen(version, max([version, *(step.number for step in needed)]), tuple(step.name for step in needed))


def mark(database: Database) -> tuple[str, int, int]:
    """(store id, schema version, last change) of the store in *database*, of any version.  Raises NotALibrary."""

    def asked(connection: Connection) -> tuple[str, int, int]:
        if _version(connection) is None:
            raise NotALibrary(f"{_name(database)} holds no library; `litbase add` or `litbase serve` make one")
        return tuple(connection.execute(sa.select(meta.c.store_id, meta.c.schema_version, meta.c.last_change)).one())  # type: ignore[return-value]

    return database.read(asked)


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
    if connection.dialect.name == "postgresql":
        check_encoding(connection)
    metadata.create_all(connection)
    row = {"one": 1, "store_id": uuid4().hex, "epoch": uuid4().hex, "last_change": 0}
    connection.execute(meta.insert().values(**row, schema_version=SCHEMA_VERSION, created_at=now()))


def _back_up(database: Database, wanted: int, backups: Path | None) -> None:
    """Keep the store as it was before the schema *wanted*, as "backups/before-schema-5.zip".

    Where there is one already, after a restore, the instant is in the name too.
    """
    name = database.engine.url.database
    if database.is_sqlite and name and name != ":memory:":
        store: Path | archive.Copier = Path(name)
        backups = Path(name).with_name(BACKUPS)
    else:
        store = partial(_written, database)
    if backups is None:
        return
    path = backups / f"before-schema-{wanted}.zip"
    if path.exists():
        path = path.with_stem(f"{path.stem}-{re.sub(r'[-:.]', '', now())}")
    archive.keep(store, path)


def _written(database: Database, path: Path, _: object) -> None:
    moving.to_file(database, path)


def _name(database: Database) -> str:
    return shown(database.engine.url.render_as_string(hide_password=True))
