"""States: a record is public, a draft or withdrawn, as was decided last and not undone.

One whose readings were all undone is withdrawn, until it is read again.
"""

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from litbase.errors import BadInput
from litbase.store.entry import KEY, Entry
from litbase.store.naming import chunks
from litbase.store.schema import decisions, revisions
from litbase.store.values import Outcome
from litbase.store.work import Work, take_back

STATES: Final = ("public", "draft", "withdrawn")
UNDONE: Final = "undone"  # kind of the revision that undoes another


class Left(NamedTuple):
    """The state of a record, the reason of it, and its citation key, "" where nobody ever decided one."""

    state: str = "public"
    reason: str = ""
    key: str = ""


def set_state(connection: Connection, record_id: str, state: str, who: str, why: str, version: int | None) -> Outcome:
    """Make a record public, a draft or withdrawn; see `Store.set_state`."""
    if state not in STATES:
        raise BadInput(f"a record is made {', '.join(STATES)}, not {state}")
    work = Work(connection, who, why)
    entry = work.open(record_id, version)
    if (entry.state, entry.reason) == (state, why):
        return Outcome("same", entry.id, entry.version)
    entry.state, entry.reason = state, why
    work.change(entry, state)
    work.save()
    return Outcome("changed", entry.id, entry.version)


def left_of(connection: Connection, ids: Iterable[str]) -> dict[str, Left]:
    """What is left in force of the decisions on records that are not merged, for each of *ids*."""
    found: dict[str, Left] = {}
    for some in chunks(ids):
        found |= dict.fromkeys(some, Left())
        query = sa.select(revisions.c.record_id, revisions.c.kind, revisions.c.why)
        query = query.where(revisions.c.record_id.in_(some), revisions.c.kind.in_(STATES), revisions.c.undone == 0)
        for id, kind, why in connection.execute(query.order_by(revisions.c.version)):
            found[id] = found[id]._replace(state=kind, reason=why)
        keys: dict[str, list[tuple[str, str, int]]] = {}
        rows = sa.select(decisions.c.record_id, decisions.c.value, decisions.c.overruled, decisions.c.undone)
        rows = rows.where(decisions.c.record_id.in_(some), decisions.c.field == KEY)
        for id, value, overruled, undone in connection.execute(rows.order_by(decisions.c.nr)):
            keys.setdefault(id, []).append((value, overruled, undone))
        found |= {id: found[id]._replace(key=_key_of(given)) for id, given in keys.items()}
    return found


def _key_of(rows: Sequence[tuple[str, str, int]]) -> str:
    """The citation key decided last of (value, overruled, undone), else the first there was."""
    in_force = [str(msgspec.json.decode(value)) for value, _, undone in rows if not undone]
    return in_force[-1] if in_force else rows[0][1]


def settle(work: Work, entry: Entry, left: Left | None = None) -> bool:
    """Give *entry* the citation key and the state that are *left* after something was undone; whether they are others.

    They are looked up where they are not given.
    """
    before = entry.key, entry.state, entry.reason
    left = left or left_of(work.connection, [entry.id])[entry.id]
    work.rename(entry, left.key or entry.key)
    entry.state, entry.reason = left.state, left.reason
    return before != (entry.key, entry.state, entry.reason)


def withdraw_unread(work: Work, entry: Entry) -> None:
    """Withdraw *entry* when the runs that read it were all undone; what it said stays, for whoever looks for it."""
    if entry.is_read or not entry.rows or entry.state == "withdrawn":
        return
    runs = sorted({row.values["run"] for row in entry.rows})
    told = f"run {runs[0]} was" if len(runs) == 1 else f"runs {', '.join(map(str, runs))} were"
    entry.state, entry.reason = "withdrawn", f"{told} undone{f': {work.why}' if work.why else ''}"
    work.change(entry, "withdrawn", why=entry.reason, run=max(row.values["undone"] for row in entry.rows))


def bring_back(work: Work, entry: Entry) -> bool:
    """Undo the withdrawal of *entry* by `withdraw_unread`, now that it is read again; whether there was one.

    `Work.change` must follow.
    """
    if entry.state != "withdrawn" or not entry.is_read:
        return False
    by_run = (revisions.c.kind == "withdrawn") & (revisions.c.run != 0)
    if not take_back(work.connection, entry.id, by_run, entry.version + 1, work.is_trial):
        return False
    left = left_of(work.connection, [entry.id])[entry.id]
    entry.state, entry.reason = left.state, left.reason
    return True
