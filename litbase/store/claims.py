"""Claims: what only one record can have - its ERIC number, its DOI, its citation key - and who has it already.

A new record that somebody types is compared and kept in one transaction, so that of many who type the same work at
once, one alone makes a record of it.
"""

from typing import Final, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from litbase.errors import Conflict
from litbase.record.keys import KeyPattern
from litbase.record.record import Record
from litbase.store import write
from litbase.store.naming import holder
from litbase.store.read import find
from litbase.store.schema import readings, records
from litbase.store.values import Outcome

SCHEMES: Final = ("eric", "doi")  # that no two works share
_STANDING: Final = ("public", "draft")


class Claim(NamedTuple):
    """Another record, *id*, has the *value* that a record gives in its *field*."""

    field: str
    value: str
    id: str


def claims(connection: Connection, record: Record, but: str = "") -> tuple[Claim, ...]:
    """What of *record* other records than *but* have: those that stand an ERIC number or DOI, any at all a key.

    A citation key is taken too when it is another record's id, since records are found by both.
    """
    found = []
    for scheme in SCHEMES:
        value = getattr(record, scheme)
        ids = [id for id in find(connection, scheme, value) if id != but] if value else []
        states = dict(connection.execute(sa.select(records.c.id, records.c.state).where(records.c.id.in_(ids))).all())
        found += [Claim(scheme, value, id) for id in ids if states[id] in _STANDING]
    key = record.citation_key
    if key and (other := holder(connection, key, but)):
        found.append(Claim("citation_key", key, other))
    return tuple(found)


def put_alone(connection: Connection, item: write.Prepared, run: int, who: str, pattern: KeyPattern) -> Outcome:
    """What became of a reading that is to be a record of its own; see `Store.put_alone`."""
    there = sa.select(readings.c.nr).where(readings.c.source == item.place[0], readings.c.key_compared == item.place[1])
    is_known = connection.scalar(there.limit(1)) is not None
    if not is_known and (taken := claims(connection, item.incoming.record)):
        raise Conflict(f"{taken[0].id} has {taken[0].value} already")
    [outcome] = write.put(connection, [item], run, who, pattern)
    if not is_known and outcome.status in ("changed", "same"):
        raise Conflict(f"{outcome.id} is this work already")
    return outcome
