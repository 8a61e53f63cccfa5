"""Variants in the store: what people decided about forms of names, in order; nothing is deleted.

Records stay as they are.  What the index holds of them depends on the decisions (`fields.index_document`), so each
touches, in its own transaction, the records that print a form it concerns.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Final, NamedTuple

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from litbase.record.text import clean
from litbase.store import changes
from litbase.store.audit import Deed, append
from litbase.store.connect import Database
from litbase.store.entry import now
from litbase.store.naming import chunks
from litbase.store.schema import compared, meta, records, runs
from litbase.store.schema_people import variants as table
from litbase.vocabulary.variants import Decision, Variants, variants_of

COMMAND: Final = "variants"
MOST: Final = 20_000  # records that are touched; beyond, the index is built anew


class StoredDecision(msgspec.Struct, frozen=True):
    """A decision, who made it and why; *run* is that which made it, *undone* that which took it back, 0 for none."""

    nr: int
    kind: str
    form: str
    preferred: str
    verdict: str
    who: str
    why: str
    at: str
    run: int
    undone: int

    @property
    def said(self) -> Decision:
        """What it says."""
        return Decision(self.kind, self.form, self.preferred, self.verdict)


class Key(NamedTuple):
    """How far the decisions have come: the last one, and the last run that took some back."""

    nr: int = 0
    undone: int = 0


class Printing(NamedTuple):
    """The *ids* of the records that print a form, as an index at *mark* knew them; None where there is no index."""

    mark: tuple[str, str, int] | None
    ids: tuple[str, ...]


class Decided(NamedTuple):
    """The number of the run of a decision, and how many records it touched; -1 where the index is built anew."""

    run: int
    touched: int


_NOW = sa.select(
    meta.c.epoch,
    sa.select(sa.func.max(table.c.nr)).scalar_subquery(),
    sa.select(sa.func.max(table.c.undone)).scalar_subquery(),
)
_COLUMNS = tuple(table.c[name] for name in StoredDecision.__struct_fields__)


class Joins:
    """The decisions of one store; each method is one transaction."""

    def __init__(self, database: Database):
        self._database = database
        self._known: tuple[tuple[str, Key], Variants] | None = None  # with the epoch, which a restored store begins

    def variants(self) -> Variants:
        """What the decisions come to, worked out again only when there are others."""

        def current(connection: Connection) -> tuple[tuple[str, Key], Variants]:
            epoch, nr, undone = connection.execute(_NOW).one()
            at = epoch, Key(nr or 0, undone or 0)
            if self._known is not None and self._known[0] == at:
                return self._known
            in_force = _decisions(connection, table.c.undone == 0)
            return at, variants_of(decision.said for decision in in_force)

        found = self._database.read(current)
        if not self._database.rehearsing:  # what is rehearsed is forgotten, and its numbers are given again
            self._known = found
        return found[1]

    def all(self) -> tuple[Key, tuple[StoredDecision, ...]]:
        """Every decision there ever was, the first first, and how far they have come."""
        return self._database.read(lambda c: (_key(c), _decisions(c)))

    def decide(
        self,
        made: Sequence[Decision],
        undone: Sequence[int],
        key: Key,
        printing: Printing,
        who: str,
        why: str = "",
        action: str = "variants-decided",
    ) -> Decided | None:
        """Make decisions, and take back those numbered *undone*; None, and nothing done, when others came since *key*.

        Touched are the records that print a form, and all that changed after the mark of the index that found them.
        """
        return self._database.write(
            lambda c: _decide(c, made, undone, key, printing, clean(who), clean(why), clean(action))
        )


def _key(connection: Connection) -> Key:
    row = connection.execute(sa.select(sa.func.max(table.c.nr), sa.func.max(table.c.undone))).one()
    return Key(row[0] or 0, row[1] or 0)


def _decisions(connection: Connection, *conditions: sa.ColumnElement[bool]) -> tuple[StoredDecision, ...]:
    rows = connection.execute(sa.select(*_COLUMNS).where(*conditions).order_by(table.c.nr))
    return tuple(StoredDecision(*row) for row in rows)


def _decide(
    connection: Connection,
    made: Sequence[Decision],
    undone: Sequence[int],
    key: Key,
    printing: Printing,
    who: str,
    why: str,
    action: str,
) -> Decided | None:
    if _key(connection) != key:
        return None
    at = now()
    told = msgspec.json.encode({"who": who, "why": why, "action": action}).decode()
    run = int(
        connection.execute(
            runs.insert()
            .values(command=COMMAND, settings=told, started_at=at, finished_at=at, counts="{}")
            .returning(runs.c.id)
        ).scalar_one()
    )
    rows = [_row(one, nr, who, why, at, run) for nr, one in enumerate(made, key.nr + 1)]
    if rows:
        connection.execute(table.insert(), rows)
    for some in chunks(undone):
        connection.execute(table.update().where(table.c.nr.in_(some), table.c.undone == 0).values(undone=run))
    touched = _touch(connection, printing)
    counts = msgspec.json.encode({"touched": touched}).decode()
    connection.execute(runs.update().where(runs.c.id == run).values(counts=counts))
    detail = {"run": run, "made": [list(one) for one in made], "undone": list(undone), "why": why}
    append(connection, [Deed(who, action, str(run), detail=detail)])
    return Decided(run, touched)


def _row(decision: Decision, nr: int, who: str, why: str, at: str, run: int) -> dict[str, Any]:
    form, preferred = clean(decision.form), clean(decision.preferred)
    return {
        "nr": nr, "kind": decision.kind, "form": form, "preferred": preferred,
        "preferred_compared": compared(preferred), "verdict": decision.verdict,
        "who": who, "why": why, "at": at, "run": run, "undone": 0,
    }  # fmt: skip


def _touch(connection: Connection, printing: Printing) -> int:
    store_id, epoch, last = changes.mark(connection)
    mark = printing.mark
    if mark is None or mark[:2] != (store_id, epoch) or mark[2] > last:
        changes.new_epoch(connection)  # whatever is being built knows the old decisions
        return -1
    later = changes.count_since(connection, mark[2])
    if len(printing.ids) + later > MOST:
        changes.new_epoch(connection)
        return -1
    ids = dict.fromkeys(printing.ids)
    ids |= dict.fromkeys(id for _, id in changes.since(connection, mark[2], later))
    there = tuple(_there(connection, ids))
    changes.touch(connection, there)
    return len(there)


def _there(connection: Connection, ids: Iterable[str]) -> Iterable[str]:
    for some in chunks(ids):
        yield from connection.scalars(sa.select(records.c.id).where(records.c.id.in_(some)))
