"""Unlogged: what the store holds that no row of the audit log tells, as where the last rows of the log were cut off.

Each change of a record but by a reading, and each sign-in, is written in one transaction with its row.  What was there
before the log began, or came with an export that was read back, has none.
"""

from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from litbase.store.schema import revisions
from litbase.store.schema_people import accounts, audit

READ_BACK: Final = "read-back"  # what the log says of an export that became this store


def unlogged(connection: Connection) -> str:
    """One thing that was done and that no row tells, as people say it; "" where there is none."""
    since = _since(connection)
    if since is None:
        name = connection.scalar(sa.select(accounts.c.name).limit(1))
        return f"there is an account {name}, and no row tells of it" if name else ""
    change = connection.execute(_changes(since).limit(1)).first()
    if change is not None:
        return (
            f"{change.who or 'somebody'} changed {change.record_id} (version {change.version}), and no row tells of it"
        )
    entry = connection.execute(_entries(since).limit(1)).first()
    return f"{entry.name} signed in at {entry.seen_at}, and no row tells of it" if entry else ""


def _since(connection: Connection) -> str | None:
    """From when on everything has its row; None for an empty log."""
    read_back = sa.select(audit.c.at).where(audit.c.action == READ_BACK).order_by(audit.c.nr.desc()).limit(1)
    found = connection.scalar(read_back) or connection.scalar(sa.select(audit.c.at).order_by(audit.c.nr).limit(1))
    return str(found) if found is not None else None


def _changes(since: str) -> sa.Select[Any]:
    """The revisions without a row, the newest first."""
    version = sa.cast(revisions.c.version, sa.Text)
    told = (sa.literal('%"version":') + version + sa.literal(end) for end in (",%", "}%"))
    row = sa.select(audit.c.nr).where(
        audit.c.subject == revisions.c.record_id, sa.or_(*(audit.c.detail.like(one) for one in told))
    )
    there = (revisions.c.kind != "import") & (revisions.c.at >= since)
    query = sa.select(revisions.c.record_id, revisions.c.version, revisions.c.who).where(there, ~row.exists())
    return query.order_by(revisions.c.at.desc(), revisions.c.record_id)


def _entries(since: str) -> sa.Select[Any]:
    """The accounts of which the last sign-in has no row."""
    row = sa.select(audit.c.nr).where(
        audit.c.subject == accounts.c.name, audit.c.action == "signed-in", audit.c.at >= accounts.c.seen_at
    )
    return sa.select(accounts.c.name, accounts.c.seen_at).where(accounts.c.seen_at >= since, ~row.exists())
