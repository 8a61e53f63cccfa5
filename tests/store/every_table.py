"""A store with rows in every table of the schema, made from the schema: a new table is in it by itself."""

from typing import Any

import sqlalchemy as sa

from litbase.store.connect import Database, database
from litbase.store.opening import ready
from litbase.store.schema import insert_rows, meta
from litbase.store.schema_people import metadata

ODD = "Ünï—code 𝔘 \"quoted\" 'x' \\ \t\n %s :name ١٢"


def make(url: str, rows: int = 3) -> Database:
    """A store at *url* in whose every table are *rows* rows that mean nothing, and differ in every column."""
    opened = database(url, create=True)
    ready(opened, create=True)

    def fill(connection: sa.Connection) -> None:
        for table in metadata.sorted_tables:
            if table.name != meta.name:
                insert_rows(connection, table, [_row(table, n) for n in range(1, rows + 1)])
        connection.execute(meta.update().values(last_change=rows))

    opened.write(fill)
    return opened


def rows(opened: Database) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables, by name, in the order of their keys."""

    def read(connection: sa.Connection) -> dict[str, list[tuple[Any, ...]]]:
        found = {}
        for table in metadata.sorted_tables:
            query = sa.select(table).order_by(*table.primary_key.columns)
            found[table.name] = [tuple(row) for row in connection.execute(query)]
        return found

    return opened.read(read)


def _row(table: sa.Table, n: int) -> dict[str, Any]:
    return {column.name: _value(column, n) for column in table.c}


def _value(column: sa.Column[Any], n: int) -> Any:
    if column.foreign_keys:
        [key] = column.foreign_keys
        return _value(key.column, n)
    if column.nullable and n == 1:
        return None
    if isinstance(column.type, sa.Boolean):
        return n % 2 == 0
    if isinstance(column.type, sa.Double):
        return n / 7
    if isinstance(column.type, sa.LargeBinary):
        return bytes(range(256)) * n
    if isinstance(column.type, sa.BigInteger):
        return n if column.primary_key else n * 10_000_000_000
    return f"{column.name} {n} {ODD}"
