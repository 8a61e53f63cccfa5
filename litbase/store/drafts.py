"""Drafts: what people began to write and have not saved, each under its account; nobody else ever sees one.

They are no part of the library, so that neither the log of what was done nor the index knows them.
"""

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from litbase.record.text import clean
from litbase.store.connect import Database
from litbase.store.entry import now
from litbase.store.schema_people import drafts

LARGEST_NR = 2**62


class DraftLine(msgspec.Struct, frozen=True):
    """A draft without its form: *record_id* is "" for a new record, *version* that of the record when it was begun."""

    nr: int
    record_id: str
    version: int
    title: str
    saved_at: str


class Draft(msgspec.Struct, frozen=True):
    """A draft; *form* is JSON."""

    nr: int
    record_id: str
    version: int
    title: str
    saved_at: str
    form: str


_LINE = tuple(drafts.c[name] for name in DraftLine.__struct_fields__)
_DRAFT = tuple(drafts.c[name] for name in Draft.__struct_fields__)


class Drafts:
    """The drafts of one store; each method is one transaction."""

    def __init__(self, database: Database):
        self._database = database

    def all(self, account_nr: int) -> tuple[DraftLine, ...]:
        """The drafts of an account, the last saved first."""
        query = sa.select(*_LINE).where(drafts.c.account_nr == account_nr)
        query = query.order_by(drafts.c.saved_at.desc(), drafts.c.nr.desc())
        return self._database.read(lambda c: tuple(DraftLine(*row) for row in c.execute(query)))

    def get(self, account_nr: int, nr: int) -> Draft | None:
        """The draft with this number; None when the account has none."""
        query = sa.select(*_DRAFT).where(_mine(account_nr, nr))
        row = self._database.read(lambda c: c.execute(query).first())
        return Draft(*row) if row else None

    def save(
        self, account_nr: int, nr: int, record_id: str, version: int, title: str, form: str, most: int
    ) -> DraftLine | None:
        """Keep a draft in place of that with the number *nr*, as a new one where there is none; None without room."""
        record_id, title = clean(record_id), clean(title)
        row = {"record_id": record_id, "version": version, "title": title, "form": form}

        def saved(connection: Connection) -> DraftLine | None:
            at, mine = now("microseconds"), _mine(account_nr, nr)  # two can be kept within a millisecond
            if connection.execute(drafts.update().where(mine).values(**row, saved_at=at)).rowcount:
                return DraftLine(nr, record_id, version, title, at)
            held = sa.select(sa.func.count()).select_from(drafts).where(drafts.c.account_nr == account_nr)
            if (connection.scalar(held) or 0) >= most:
                return None
            made = drafts.insert().values(**row, account_nr=account_nr, saved_at=at).returning(drafts.c.nr)
            number = int(connection.execute(made).scalar_one())
            return DraftLine(number, record_id, version, title, at)

        return self._database.write(saved)

    def delete(self, account_nr: int, nr: int) -> bool:
        """Delete a draft; False when the account has none with this number."""
        return self._database.write(lambda c: c.execute(drafts.delete().where(_mine(account_nr, nr))).rowcount == 1)


def _mine(account_nr: int, nr: int) -> sa.ColumnElement[bool]:
    return (drafts.c.account_nr == account_nr) & (drafts.c.nr == min(nr, LARGEST_NR))
