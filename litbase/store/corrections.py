"""Corrections that readers sent in: what fields of a record should say, waiting for an editor to decide."""

from collections.abc import Mapping
from typing import Any, Final

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from litbase.errors import Conflict, NotFound
from litbase.record.text import clean
from litbase.store.audit import Deed, append
from litbase.store.connect import Database
from litbase.store.entry import now
from litbase.store.schema_people import corrections

WAITING: Final = "waiting"
STATES: Final = (WAITING, "accepted", "declined")


class Correction(msgspec.Struct, frozen=True):
    """What somebody says is wrong with a record: *values* are texts by field, as they were typed.

    *version* is that of the record they saw.  *who*, *why* and *decided_at* are of the decision, "" before it.
    """

    nr: int
    record_id: str
    version: int
    values: dict[str, str]
    message: str
    name: str
    contact: str
    sent_at: str
    state: str
    who: str
    why: str
    decided_at: str


_FIELDS: Final = Correction.__struct_fields__


class Corrections:
    """The corrections of one store; each method is one transaction."""

    def __init__(self, database: Database):
        self._database = database

    def send(
        self, record_id: str, version: int, values: Mapping[str, str], message: str, name: str, contact: str
    ) -> int:
        """Keep a correction; its number."""
        row = {"record_id": record_id, "version": version, "message": clean(message), "name": clean(name)}
        told = msgspec.json.encode({field: clean(text) for field, text in values.items()}).decode()
        more = {"contact": clean(contact), "values": told, "sent_at": now(), "state": WAITING}
        blank = {"who": "", "why": "", "decided_at": ""}
        statement = corrections.insert().values(**row, **more, **blank).returning(corrections.c.nr)

        def work(connection: Connection) -> int:
            nr = int(connection.execute(statement).scalar_one())
            append(connection, [Deed("", "correction-sent", record_id, detail={"correction": nr})])
            return nr

        return self._database.write(work)

    def get(self, nr: int) -> Correction | None:
        """The correction with this number; None when there is none."""
        query = sa.select(corrections).where(corrections.c.nr == nr)
        row = self._database.read(lambda c: c.execute(query).mappings().first())
        return _correction(row) if row else None

    def page(self, state: str, limit: int, offset: int = 0) -> list[Correction]:
        """Some of the corrections in *state*: those that wait, the oldest first; the others, the last decided first."""
        order = corrections.c.nr if state == WAITING else corrections.c.decided_at.desc()
        query = sa.select(corrections).where(corrections.c.state == state).order_by(order).limit(limit).offset(offset)
        return self._database.read(lambda c: [_correction(row) for row in c.execute(query).mappings()])

    def count(self, state: str = WAITING, record_id: str = "") -> int:
        """How many there are in *state*, of one record where it is named."""
        query = sa.select(sa.func.count()).select_from(corrections).where(corrections.c.state == state)
        if record_id:
            query = query.where(corrections.c.record_id == record_id)
        return int(self._database.read(lambda c: c.scalar(query)) or 0)

    def decide(self, nr: int, state: str, who: str, why: str = "") -> Correction:
        """Note that a waiting correction is "accepted" or "declined".

        Raises NotFound, and Conflict where somebody has decided it before.
        """

        return self._database.write(lambda c: decide(c, nr, state, who, why))


def decide(connection: Connection, nr: int, state: str, who: str, why: str = "") -> Correction:
    """Note what was decided, in a transaction that may do it too; see `Corrections.decide`."""
    query = sa.select(corrections).where(corrections.c.nr == nr)
    row = connection.execute(query).mappings().first()
    if row is None:
        raise NotFound(f"there is no correction {nr}")
    if row["state"] != WAITING:
        raise Conflict(f"{row['who']} has {row['state']} this correction already")
    values = {"state": state, "who": clean(who), "why": clean(why), "decided_at": now()}
    connection.execute(corrections.update().where(corrections.c.nr == nr).values(values))
    told = {"correction": nr, "why": clean(why)}
    append(connection, [Deed(who, f"correction-{state}", row["record_id"], detail=told)])
    return _correction({**row, **values})


def _correction(row: Mapping[Any, Any]) -> Correction:
    plain: dict[str, Any] = {name: row[name] for name in _FIELDS}
    return Correction(**plain | {"values": msgspec.json.decode(row["values"], type=dict[str, str])})
