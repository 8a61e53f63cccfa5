"""Audit: who did what, when and from where; rows are only ever added, each chained to the one before.

A row is written in the transaction of what it tells.  Its chain is the sha256 of the row and of the chain before it,
so that none can be changed, taken out or put in between without breaking all that follow; what is cut off at the end
shows by what it told of (`unlogged`), and when the newest chain was noted elsewhere.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from litbase.record.text import clean, squash
from litbase.store.connect import Database
from litbase.store.entry import now
from litbase.store.schema import insert_rows
from litbase.store.schema_people import audit
from litbase.store.unlogged import unlogged

PAGE: Final = 1_000
_BODY: Final = ("nr", "at", "who", "origin", "action", "subject", "before", "after", "detail")


class Deed(NamedTuple):
    """One thing done: *subject* is a record, an account or a run; *before* and *after* are of the record's text."""

    who: str
    action: str
    subject: str = ""
    before: str = ""
    after: str = ""
    detail: Mapping[str, Any] = {}


class AuditRow(msgspec.Struct, frozen=True):
    """A row of the log: instants are UTC with Z, hashes sha256 in hex, *detail* is JSON."""

    nr: int
    at: str
    who: str
    origin: str
    action: str
    subject: str
    before: str
    after: str
    detail: str
    chain: str

    @property
    def told(self) -> dict[str, Any]:
        """What *detail* says."""
        found: dict[str, Any] = msgspec.json.decode(self.detail)
        return found


class AuditFault(NamedTuple):
    """Where the log stops being what was written: the number of the row, and what is wrong with it."""

    nr: int
    what: str


class Checked(NamedTuple):
    """What checking the log found: how many rows are good, the chain of the last of them, and the first fault.

    *noted* is the number of the good row whose chain was looked for, 0 for none.
    """

    rows: int
    chain: str
    fault: AuditFault | None
    noted: int = 0


def append(connection: Connection, deeds: Iterable[Deed]) -> None:
    """Add *deeds* to the log, in the transaction of *connection*, which no other writer shares."""
    deeds = list(deeds)
    if not deeds:
        return
    last = connection.execute(sa.select(audit.c.nr, audit.c.chain).order_by(audit.c.nr.desc()).limit(1)).first()
    nr, chain = (last[0], last[1]) if last else (0, "")
    origin, at, rows = clean(str(connection.get_execution_options().get("origin", ""))), now(), []
    for nr, deed in enumerate(deeds, nr + 1):  # noqa: B020 - counts on from the last row
        told = msgspec.json.encode(dict(deed.detail), order="sorted").decode()
        who, subject = squash(clean(deed.who)), squash(clean(deed.subject))
        body = (nr, at, who, origin, deed.action, subject, deed.before, deed.after, told)
        chain = link(chain, body)
        rows.append(dict(zip((*_BODY, "chain"), (*body, chain), strict=True)))
    insert_rows(connection, audit, rows)


def link(chain: str, body: Iterable[Any]) -> str:
    """The chain of the row *body*, that follows the row with *chain*."""
    return hashlib.sha256(msgspec.json.encode([chain, *body])).hexdigest()


def digest_of(text: str) -> str:
    """The hash of a record's text, as it stands in the log."""
    return hashlib.sha256(text.encode()).hexdigest()


class Audit:
    """The log of one store."""

    def __init__(self, database: Database):
        self._database = database

    def note(self, who: str, action: str, subject: str = "", **detail: Any) -> None:
        """Add one deed that changes no record: a sign-in, a refusal, an export."""
        self._database.write(lambda c: append(c, [Deed(who, action, subject, detail=detail)]))

    def page(
        self, limit: int, before: int = 0, *, who: str = "", action: str = "", subject: str = ""
    ) -> list[AuditRow]:
        """The *limit* newest rows (below the number *before*, where it is not 0), of one person, action or subject."""
        query = sa.select(audit).order_by(audit.c.nr.desc()).limit(limit)
        if before:
            query = query.where(audit.c.nr < before)
        for column, wanted in ((audit.c.who, who), (audit.c.action, action), (audit.c.subject, subject)):
            if wanted:
                query = query.where(column == squash(clean(wanted)))
        return self._database.read(lambda c: [AuditRow(*row) for row in c.execute(query)])

    def done(
        self, actions: Sequence[str], limit: int, before: int = 0, *, who: str = "", action: str = ""
    ) -> list[AuditRow]:
        """As `page`, of any of *actions*."""
        query = sa.select(audit).where(audit.c.action.in_(actions)).order_by(audit.c.nr.desc()).limit(limit)
        if before:
            query = query.where(audit.c.nr < before)
        for column, wanted in ((audit.c.who, who), (audit.c.action, action)):
            if wanted:
                query = query.where(column == squash(clean(wanted)))
        return self._database.read(lambda c: [AuditRow(*row) for row in c.execute(query)])

    def head(self) -> tuple[int, str]:
        """Number and chain of the last row; 0 and "" where there is none."""
        rows = self.page(1)
        return (rows[0].nr, rows[0].chain) if rows else (0, "")

    def verify(self, progress: Callable[[int], None] = lambda rows: None, head: str = "") -> Checked:
        """Read the whole log and follow its chain to what was done last, looking for the row whose chain is *head*.

        *progress* hears of rows read.
        """
        chain, expected, after, noted = "", 1, 0, 0
        while rows := self._database.read(lambda c, after=after: _after(c, after)):  # type: ignore[misc]
            for row in rows:
                body = tuple(getattr(row, name) for name in _BODY)
                if row.nr != expected:
                    return Checked(expected - 1, chain, AuditFault(row.nr, f"row {expected} is missing"), noted)
                if row.chain != link(chain, body):
                    return Checked(expected - 1, chain, AuditFault(row.nr, "it is not what was written"), noted)
                chain, expected, after = row.chain, expected + 1, row.nr
                noted = row.nr if head and chain == head else noted
            progress(after)
        missing = self._database.read(unlogged)
        return Checked(
            expected - 1, chain, AuditFault(expected, f"it is missing: {missing}") if missing else None, noted
        )


def _after(connection: Connection, nr: int) -> list[AuditRow]:
    query = sa.select(audit).where(audit.c.nr > nr).order_by(audit.c.nr).limit(PAGE)
    return [AuditRow(*row) for row in connection.execute(query)]
