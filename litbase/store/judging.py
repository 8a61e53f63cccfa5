"""Judging: what a person decides about two records, which no machine overrules, and taking that back."""

from collections.abc import Mapping
from typing import Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from litbase.errors import BadInput
from litbase.store.linking import DIFFERENT, reversed_relation, verdicts_of
from litbase.store.schema import revisions, verdicts
from litbase.store.states import UNDONE
from litbase.store.values import Outcome
from litbase.store.work import Work, take_back

VERDICTS: Final = ("same", "version", "related", "part-of", DIFFERENT)
KINDS: Final = tuple(f"judged-{verdict}" for verdict in (*VERDICTS, "has-part"))


def judge(
    connection: Connection, record_id: str, other_id: str, verdict: str, who: str, why: str, seen: Mapping[str, int]
) -> Outcome:
    """Decide how two records belong together; see `Store.judge`."""
    if verdict not in VERDICTS:
        raise BadInput(f"a pair is judged {', '.join(VERDICTS)}, not {verdict}")
    work = Work(connection, who, why)
    one, other = work.open(record_id, seen.get(record_id)), work.open(other_id, seen.get(other_id))
    if one.id == other.id:
        raise BadInput(f"{one.id} cannot be judged beside itself")
    known = verdicts_of(connection, [one.id]).get((one.id, other.id))
    if known and known.verdict == verdict:
        return Outcome("same", one.id, one.version)
    work.change(one, f"judged-{verdict}", other=other.id)
    work.change(other, f"judged-{reversed_relation(verdict)}", other=one.id)
    row = {"record_id": one.id, "other_id": other.id, "verdict": verdict, "who": who, "why": why, "at": work.at}
    connection.execute(verdicts.insert().values(**row, version=one.version, other_version=other.version, undone=False))
    work.save()
    return Outcome("changed", one.id, one.version)


def take_out(connection: Connection, record_id: str, version: int, who: str, why: str) -> Outcome:
    """Take back the verdict that the revision *version* of a record tells of."""
    mine = (verdicts.c.record_id == record_id) & (verdicts.c.version == version)
    theirs = (verdicts.c.other_id == record_id) & (verdicts.c.other_version == version)
    row = connection.execute(sa.select(verdicts).where(mine | theirs)).one()
    connection.execute(verdicts.update().where(verdicts.c.nr == row.nr).values(undone=True))
    work = Work(connection, who, why)
    sides = ((row.record_id, row.version, row.other_id), (row.other_id, row.other_version, row.record_id))
    for name, made, beside in sides:
        entry = work.find(name)
        take_back(connection, name, revisions.c.version == made, entry.version + 1)
        work.change(entry, UNDONE, other=beside)
    work.save()
    return Outcome("changed", record_id, work.entries[record_id].version)
