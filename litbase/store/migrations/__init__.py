"""Migrations: modules `NNNN_name.py` in this folder, each with `up(connection)` that brings the schema to version NNNN.

They are written in SQLAlchemy Core, run in order in one transaction, and are never changed once released.  Version 1
is the first schema, so the first migration is 0002.
"""

import pkgutil
import re
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Final, NamedTuple

from sqlalchemy.engine import Connection

from litbase.errors import NewerSchema
from litbase.store.schema import SCHEMA_VERSION, meta

_MODULE: Final = re.compile(r"(\d{4})_\w+")


class Migration(NamedTuple):
    """One step: *up* brings the schema from version number - 1 to *number*."""

    number: int
    name: str
    up: Callable[[Connection], None]


def shipped() -> tuple[Migration, ...]:
    """The migrations of this litbase, in order."""
    names = sorted(found.name for found in pkgutil.iter_modules(__path__) if _MODULE.fullmatch(found.name))
    return tuple(Migration(int(name[:4]), name, import_module(f"{__name__}.{name}").up) for name in names)


def pending(found: int, migrations: Sequence[Migration]) -> tuple[Migration, ...]:
    """The migrations a store of version *found* still needs; raises NewerSchema when it is newer than all of them."""
    known = max([SCHEMA_VERSION, *(migration.number for migration in migrations)])
    if found > known:
        raise NewerSchema(f"the store has schema version {found}, this litbase knows {known}; update litbase")
    return tuple(migration for migration in migrations if migration.number > found)


def run(connection: Connection, migrations: Sequence[Migration]) -> None:
    """Take the schema through *migrations*, in the transaction of *connection*."""
    for migration in migrations:
        migration.up(connection)
        connection.execute(meta.update().values(schema_version=migration.number))
