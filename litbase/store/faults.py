"""Faults: what in a store contradicts what every write of it promises; found by reading all of it, page by page."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Final, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from litbase.errors import NewerRecord
from litbase.record.record import from_json
from litbase.store.connect import Database
from litbase.store.read import integrity
from litbase.store.schema import changes, meta, records, revisions

PAGE: Final = 500
STATES: Final = frozenset({"public", "draft", "withdrawn", "merged"})


class Fault(NamedTuple):
    """Something wrong: in which record, "" for the whole, and what."""

    id: str
    what: str

    @property
    def bars_reading(self) -> bool:
        """Whether an index made from this store would lack something: a record, or who knows what."""
        return not self.id or self.what.startswith(_UNREADABLE)


_UNREADABLE: Final = "it cannot be read"


def faults(database: Database, progress: Callable[[int], None] = lambda done: None) -> Iterator[Fault]:
    """Everything that is wrong with the store, as it is found; *progress* is told how many records were read.

    Each page of records is read in a transaction of its own, so others may write meanwhile.
    """
    if database.is_sqlite:
        yield from (Fault("", what) for what in database.read(integrity))
    after, done = "", 0
    while True:
        rows, found = database.read(partial(_page, after=after))
        yield from found
        if not rows:
            break
        after, done = rows[-1].id, done + len(rows)
        progress(done)
    yield from database.read(_of_feed)


_ROWS: Final = (
    sa.select(
        records.c.id, records.c.version, records.c.state, records.c.merged_into, records.c.current,
        revisions.c.record, changes.c.change,
    )
    .outerjoin(revisions, (revisions.c.record_id == records.c.id) & (revisions.c.version == records.c.version))
    .outerjoin(changes, changes.c.record_id == records.c.id)
    .order_by(records.c.id)
    .limit(PAGE)
)  # fmt: skip


def _page(connection: Connection, after: str) -> tuple[list[Any], list[Fault]]:
    rows = list(connection.execute(_ROWS.where(records.c.id > after)))
    ids = [row.id for row in rows]
    counted = sa.select(revisions.c.record_id, sa.func.count(), sa.func.min(revisions.c.version))
    counted = counted.where(revisions.c.record_id.in_(ids)).group_by(revisions.c.record_id)
    chains = {row[0]: (row[1], row[2]) for row in connection.execute(counted)}
    into = [row.merged_into for row in rows if row.merged_into]
    there = sa.select(records.c.id, records.c.state).where(records.c.id.in_(into))
    states: dict[str, str] = {row[0]: row[1] for row in connection.execute(there)}
    last = connection.scalar(sa.select(meta.c.last_change)) or 0
    return rows, [Fault(row.id, what) for row in rows for what in _of_record(row, chains.get(row.id), states, last)]


def _of_record(row: Any, chain: tuple[int, int] | None, states: dict[str, str], last: int) -> Iterator[str]:
    yield from _of_text(row)
    if chain != (row.version, 1):
        yield f"its revisions are not numbered from 1 to {row.version}"
    elif row.record != row.current:
        yield f"its last revision, {row.version}, is not what it says now"
    if row.change is None or row.change > last:
        yield "it is not in the list of changes"
    if row.state not in STATES:
        yield f"its state is {row.state!r}"
    if (row.state == "merged") != bool(row.merged_into):
        yield f"its state is {row.state}, and it is merged into {row.merged_into or 'nothing'}"
    elif row.merged_into and states.get(row.merged_into, "merged") == "merged":
        yield f"it is merged into {row.merged_into}, which is no record that stands for itself"


def _of_text(row: Any) -> Iterator[str]:
    try:
        record = from_json(row.current)
    except (ValueError, RecursionError, NewerRecord) as error:
        yield f"{_UNREADABLE}: {error}"
        return
    if record.id != row.id:
        yield f"it says that its id is {record.id!r}"


def _of_feed(connection: Connection) -> list[Fault]:
    last = connection.scalar(sa.select(meta.c.last_change)) or 0
    newest = connection.scalar(sa.select(sa.func.max(changes.c.change))) or 0
    return [Fault("", f"the last change is {newest}, {last} were counted")] if newest != last else []


def public_ids(connection: Connection, after: str, limit: int) -> list[str]:
    """The next *limit* ids of public records beyond the id *after*; [] at the end."""
    query = sa.select(records.c.id).where(records.c.id > after, records.c.state == "public")
    return list(connection.scalars(query.order_by(records.c.id).limit(limit)))
