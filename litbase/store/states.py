"""States: a record is public, a draft or withdrawn, as was decided last and not undone.

One whose readings were all undone is withdrawn, until it is read again.
"""

from typing import Final

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from litbase.errors import BadInput
from litbase.store.entry import KEY, Entry
from litbase.store.schema import decisions, revisions
from litbase.store.values import Outcome
from litbase.store.work import Work, take_back

STATES: Final = ("public", "draft", "withdrawn")
UNDONE: Final = "undone"  # kind of the revision that undoes another


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


def state_of(connection: Connection, record_id: str) -> tuple[str, str]:
    """The state of a record that is not merged, and the reason: what was decided last and is not undone."""
    query = sa.select(revisions.c.kind, revisions.c.why)
    query = query.where(revisions.c.record_id == record_id, revisions.c.kind.in_(STATES), revisions.c.undone == 0)
    row = connection.execute(query.order_by(revisions.c.version.desc()).limit(1)).first()
    return (row[0], row[1]) if row else ("public", "")


def settle(work: Work, entry: Entry) -> bool:
    """Give *entry* the citation key and the state that are left after something was undone; whether they are others."""
    before = entry.key, entry.state, entry.reason
    work.rename(entry, _key_of(work.connection, entry))
    entry.state, entry.reason = state_of(work.connection, entry.id)
    return before != (entry.key, entry.state, entry.reason)


def _key_of(connection: Connection, entry: Entry) -> str:
    """The citation key decided last, else the first there was."""
    query = sa.select(decisions.c.value, decisions.c.overruled, decisions.c.undone)
    query = query.where(decisions.c.record_id == entry.id, decisions.c.field == KEY).order_by(decisions.c.nr)
    rows = connection.execute(query).all()
    in_force = [str(msgspec.json.decode(row.value)) for row in rows if not row.undone]
    return in_force[-1] if in_force else str(rows[0].overruled) if rows else entry.key


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
    entry.state, entry.reason = state_of(work.connection, entry.id)
    return True
