"""Moving: a whole store, row by row, from one database into another, compared afterwards and only then kept.

Everything is written in one transaction of the target, the row of `meta` last: a move that is broken off, in whatever
way, leaves no store behind, and is begun anew.  Which tables there are is read from the schema.
"""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, NamedTuple
from uuid import uuid4

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from litbase.errors import LibraryError, NewerSchema
from litbase.store import copying
from litbase.store.connect import Database, database
from litbase.store.postgresql import check_encoding
from litbase.store.schema import SCHEMA_VERSION, insert_rows, meta
from litbase.store.schema_people import metadata
from litbase.store.trouble import OF_DRIVER, told

Progress = Callable[[int, int, str], None]
"""Called with the rows done, the rows to do, and the name of the table."""

FIRST: Final = 16  # rows read at first; then as many as make BYTES
MOST: Final = 1_000
BYTES: Final = 4 << 20
WIDE: Final = 4  # rows of a table with whole documents


class Tally(NamedTuple):
    """What a table holds: how many *rows*, and the *digest* of all of them by primary key."""

    table: str
    rows: int
    digest: str


class Moved(NamedTuple):
    """What was moved, table by table, and the number of the last change in it."""

    tables: tuple[Tally, ...]
    change: int


def count(source: Database) -> dict[str, int]:
    """How many rows each table of the store has, in the order in which they are moved."""
    with source.standing() as connection:
        return _counts(connection, metadata)


def move(source: Database, target: Database, progress: Progress = lambda done, total, table: None) -> Moved:
    """Make the empty database *target* the same store as *source*, in an epoch of its own, and compare every row.

    While it lasts others read *source*, and those who write it wait, then are told to try again; *source* stays as it
    is.  Raises LibraryError, with nothing in *target*, when there is something already, or the two are not the same.
    """
    with source.standing(alone=True) as reading, target.standing(alone=True) as writing:
        _check_empty(reading, writing)
        return _moved(reading, writing, progress)


def check_target(source: Database, target: Database) -> None:
    """Raise LibraryError where *target* cannot take the store *source*: it holds something, or may not be written."""
    with source.standing() as reading, target.standing(alone=True) as writing:
        _check_empty(reading, writing)
        if target.is_sqlite:
            return
        with _telling("meta"):  # who may make one table may make all
            meta.create(writing)
            meta.drop(writing)


def _moved(reading: Connection, writing: Connection, progress: Progress) -> Moved:
    with _telling("meta"):
        for table in metadata.sorted_tables:
            writing.execute(sa.schema.CreateTable(table))
    tables = _copied(reading, writing, metadata, uuid4().hex, progress)
    if writing.dialect.name == "postgresql":
        for table in metadata.sorted_tables:  # without it the first questions are answered by looking through all
            writing.execute(sa.text(f"analyze {_quoted(writing, table)}"))
    return Moved(tables, int(writing.scalar(sa.select(meta.c.last_change)) or 0))


def to_file(source: Database, path: Path, progress: Progress = lambda done, total, table: None) -> None:
    """Write the store as it is at this moment into the new SQLite file *path*; others may go on writing.

    A store of an older version is written as it is.  Raises LibraryError when it cannot be read or written.
    """
    target = database(f"sqlite:///{path}", create=True, allow_network_disk=True)
    try:
        with source.standing() as reading, target.standing(alone=True) as writing:
            version = reading.scalar(sa.select(meta.c.schema_version)) or 0
            tables = metadata if version == SCHEMA_VERSION else as_found(reading)
            with _telling("meta"):
                for table in tables.sorted_tables:
                    writing.execute(sa.schema.CreateTable(table))
            _copied(reading, writing, tables, "", progress)
        target.close()
        copying.settle(path)
    except BaseException:
        target.close()
        copying.remove(path)
        raise


def replace(source: Database, target: Database, progress: Progress = lambda done, total, table: None) -> None:
    """Make the store *target*, in PostgreSQL and of this version, what *source* is, epoch and all; or nothing.

    Who reads or writes meanwhile waits, and then finds the new one.
    """
    with source.standing() as reading, target.standing(alone=True) as writing:
        names = ", ".join(_quoted(writing, table) for table in metadata.sorted_tables)
        with _telling("meta"):
            for table in metadata.sorted_tables:
                for index in table.indexes:
                    index.drop(writing)
            writing.execute(sa.text(f"truncate {names}"))
        _copied(reading, writing, metadata, "", progress)


def as_found(connection: Connection) -> sa.MetaData:
    """The tables that a store of any version has, as they are made in SQLite."""
    found = sa.MetaData()
    sa.event.listen(found, "column_reflect", _as_in_sqlite)
    found.reflect(connection)
    for table in found.tables.values():
        for constraint in table.constraints:
            constraint.name = None
    return found


def _as_in_sqlite(_inspector: object, _table: sa.Table, column: Any) -> None:
    of = {sa.Boolean: sa.Boolean, sa.Integer: sa.Integer, sa.Float: sa.Double, sa.LargeBinary: sa.LargeBinary}
    column["type"] = next((kind for found, kind in of.items() if isinstance(column["type"], found)), sa.Text)()
    if "nextval" in str(column.get("default")):
        column["default"] = None


def _check_empty(reading: Connection, writing: Connection) -> None:
    """Raise LibraryError unless there is nothing of a store where *writing* leads to."""
    if writing.dialect.name == "postgresql":
        check_encoding(writing)
    there = set(sa.inspect(writing).get_table_names())
    if "meta" in there and {"records", "changes"} <= there:
        raise _is_taken(reading, writing)
    if ours := sorted(there & set(metadata.tables)):
        raise LibraryError(
            f"the target has a table {ours[0]} that is not litbase's; nothing was changed.  Name an empty database"
        )


def _is_taken(reading: Connection, writing: Connection) -> LibraryError:
    asked = sa.select(meta.c.store_id, meta.c.schema_version, meta.c.last_change)
    store_id, version, last = writing.execute(asked).one()
    if version > SCHEMA_VERSION:
        return NewerSchema(
            f"the target holds a library of schema version {version}, this litbase knows {SCHEMA_VERSION}; nothing was"
            " changed.  Name an empty database"
        )
    ours = reading.execute(sa.select(meta.c.store_id, meta.c.last_change)).one()
    same = "this same library" if store_id == ours[0] else "another library"
    return LibraryError(
        f"the target holds {same} already (change {last}; here it is {ours[1]}); nothing was changed.  Name an empty"
        " database, or use that one by setting `store`"
    )


def _copied(
    reading: Connection, writing: Connection, tables: sa.MetaData, epoch: str, progress: Progress
) -> tuple[Tally, ...]:
    """Copy all rows into empty *tables*, in which a new *epoch* begins where one is named; compare; what they hold."""
    counts = _counts(reading, tables)
    total, done = 2 * sum(counts.values()), 0
    ordered = _ordered(tables)
    written, found = [], []
    for table in ordered:
        told_of = _telling_from(progress, done, total, table.name)
        written.append(_poured(reading, writing, table, epoch if table.name == meta.name else "", told_of))
        done += counts[table.name]
    for table in ordered:
        with _telling(table.name):
            for index in sorted(table.indexes, key=lambda index: str(index.name)):
                writing.execute(sa.schema.CreateIndex(index))
            _number_on(writing, table)
        found.append(tally(writing, table, _telling_from(progress, done, total, table.name)))
        done += counts[table.name]
    if wrong := [one.table for one, other in zip(written, found, strict=True) if one != other]:
        raise LibraryError(
            f"the copy was read back and {', '.join(wrong)} is not the same; nothing of it was kept.  Look at the disks"
            " of both, then do it again"
        )
    return tuple(found)


def _ordered(tables: sa.MetaData) -> list[sa.Table]:
    """All tables, those that others refer to first, `meta` last."""
    return sorted(tables.sorted_tables, key=lambda table: table.name == meta.name)


def _counts(connection: Connection, tables: sa.MetaData) -> dict[str, int]:
    counted = {}
    for table in _ordered(tables):
        with _telling(table.name):
            counted[table.name] = connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0
    return counted


def _poured(
    reading: Connection, writing: Connection, table: sa.Table, epoch: str, progress: Callable[[int], None]
) -> Tally:
    digest, done = hashlib.sha256(), 0
    for rows in _batches(reading, table):
        given = [dict(row._mapping) | ({"epoch": epoch} if epoch else {}) for row in rows]
        for row in given:
            digest.update(_encoded(tuple(row.values())))
        with _telling(table.name):
            insert_rows(writing, table, given)
        done += len(rows)
        progress(done)
    return Tally(table.name, done, digest.hexdigest())


def tally(connection: Connection, table: sa.Table, progress: Callable[[int], None] = lambda done: None) -> Tally:
    """What *table* holds."""
    digest, done = hashlib.sha256(), 0
    for rows in _batches(connection, table):
        for row in rows:
            digest.update(_encoded(tuple(row)))
        done += len(rows)
        progress(done)
    return Tally(table.name, done, digest.hexdigest())


def _batches(connection: Connection, table: sa.Table) -> Iterator[list[sa.Row[Any]]]:
    """All rows by primary key, as many at once as make some megabytes, never held all."""
    wide = any(isinstance(column.type, sa.LargeBinary) for column in table.c)
    query = sa.select(table).order_by(*table.primary_key.columns)
    size = WIDE if wide else FIRST
    with _telling(table.name):
        result = connection.execute(query, execution_options={"stream_results": True})
        while rows := list(result.fetchmany(size)):
            yield rows
            heavy = max(len(_encoded(tuple(row))) for row in rows)
            size = max(1, min(WIDE if wide else MOST, BYTES // max(heavy, 1)))


def _encoded(row: tuple[Any, ...]) -> bytes:
    return msgspec.msgpack.encode(row)


def _number_on(connection: Connection, table: sa.Table) -> None:
    """Let PostgreSQL number the next row of *table* after the last; SQLite does so by itself."""
    column = table.autoincrement_column
    if column is None or connection.dialect.name != "postgresql":
        return
    sequence = sa.func.pg_get_serial_sequence(_quoted(connection, table), column.name)
    last = sa.select(sa.func.max(column)).scalar_subquery()
    connection.execute(sa.select(sa.func.setval(sequence, sa.func.coalesce(last, 1), last.is_not(None))))


def _quoted(connection: Connection, table: sa.Table) -> str:
    return connection.dialect.identifier_preparer.format_table(table)


def _telling_from(progress: Progress, begin: int, total: int, table: str) -> Callable[[int], None]:
    return lambda done: progress(begin + done, total, table)


@contextmanager
def _telling(table: str) -> Iterator[None]:
    try:
        yield
    except OF_DRIVER as error:
        meant = told(error, write=True)
        raise type(meant)(f"{meant}; it happened at the table {table}, and nothing of the copy was kept") from error
