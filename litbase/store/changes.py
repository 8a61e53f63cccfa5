"""The change feed: the latest change of each record, numbered without gaps that a follower could fall into.

A writer holds the counter row from its beginning to its commit (`Database.write`), so a number becomes visible only
after every smaller one.
"""

from collections.abc import Collection, Sequence
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from litbase.store.naming import chunks
from litbase.store.schema import changes, insert_rows, meta


def touch(connection: Connection, ids: Sequence[str], new: Collection[str] = ()) -> None:
    """Give each of *ids* the next change number; *new* are those without one.  The counter is written last."""
    if not ids:
        return
    last = connection.scalar(sa.select(meta.c.last_change)) or 0
    for some in chunks(i for i in ids if i not in new):
        connection.execute(changes.delete().where(changes.c.record_id.in_(some)))
    rows = [{"record_id": record_id, "change": last + place} for place, record_id in enumerate(ids, 1)]
    insert_rows(connection, changes, rows)
    connection.execute(meta.update().values(last_change=last + len(rows)))


def mark(connection: Connection) -> tuple[str, str, int]:
    """(store id, epoch, number of the last change)."""
    row = connection.execute(sa.select(meta.c.store_id, meta.c.epoch, meta.c.last_change)).one()
    return row[0], row[1], row[2]


def since(connection: Connection, change: int, limit: int) -> list[tuple[int, str]]:
    """(change, record id) of the first *limit* records changed after *change*, ascending; each record once."""
    query = sa.select(changes.c.change, changes.c.record_id).where(changes.c.change > change)
    return [(row[0], row[1]) for row in connection.execute(query.order_by(changes.c.change).limit(limit))]


def count_since(connection: Connection, change: int) -> int:
    """How many records changed after *change*."""
    return connection.scalar(sa.select(sa.func.count()).where(changes.c.change > change)) or 0


def new_epoch(connection: Connection) -> str:
    """Begin an epoch, after which every index is built anew; its name."""
    epoch = uuid4().hex
    connection.execute(meta.update().values(epoch=epoch))
    return epoch
