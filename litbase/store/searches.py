"""Searches that readers saved, each with a name and the instant it was last opened, under the digest of a token."""

from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from litbase.record.text import clean
from litbase.store.connect import Database
from litbase.store.entry import now
from litbase.store.lists import new_list, touch
from litbase.store.schema import lists, searches


class SavedSearch(msgspec.Struct, frozen=True):
    """A search as it stands in its address; *seen_at* is when the reader last opened it."""

    nr: int
    name: str
    query: str
    created_at: str
    seen_at: str


class Saved(msgspec.Struct, frozen=True):
    """What became of a search: its number, 0 where there was no room; *new* unless it was there already."""

    nr: int
    new: bool
    size: int


_SAVED = tuple(searches.c[name] for name in SavedSearch.__struct_fields__)


class Searches:
    """The saved searches of one store; each method is one transaction.  One reader's stand beside the reader's list."""

    def __init__(self, database: Database):
        self._database = database

    def all(self, digest: str) -> tuple[SavedSearch, ...]:
        """The searches of a token, those saved last first; () for an unknown one."""
        query = sa.select(*_SAVED).join(lists).where(lists.c.digest == digest).order_by(searches.c.nr.desc())
        return tuple(SavedSearch(*row) for row in self._database.read(lambda c: c.execute(query).all()))

    def save(self, digest: str, name: str, query: str, most: int) -> Saved:
        """Save a search of a reader who may have *most*; one that is there already stays as it is."""
        row = {"name": clean(name), "query": clean(query)}

        def act(connection: Connection) -> Saved:
            list_nr = connection.scalar(sa.select(lists.c.nr).where(lists.c.digest == digest))
            if list_nr is None:
                list_nr = new_list(connection, digest)
            here = searches.c.list_nr == list_nr
            held = {text: nr for nr, text in connection.execute(sa.select(searches.c.nr, searches.c.query).where(here))}
            touch(connection, list_nr)
            if row["query"] in held:
                return Saved(held[row["query"]], False, len(held))
            if len(held) >= most:
                return Saved(0, False, len(held))
            at = now()
            made = searches.insert().values(**row, list_nr=list_nr, created_at=at, seen_at=at).returning(searches.c.nr)
            return Saved(int(connection.execute(made).scalar_one()), True, len(held) + 1)

        return self._database.write(act)

    def rename(self, digest: str, nr: int, name: str) -> bool:
        """Give a search another name; False when the reader has none with this number."""
        return self._update(digest, nr, name=clean(name))

    def see(self, digest: str, nr: int) -> SavedSearch | None:
        """The search as it was, which is noted as opened now; None when the reader has none with this number."""
        found = next((one for one in self.all(digest) if one.nr == nr), None)
        return found if found and self._update(digest, nr, seen_at=now()) else None

    def delete(self, digest: str, nr: int) -> bool:
        """Delete a search; False when the reader has none with this number."""
        return self._database.write(lambda c: c.execute(searches.delete().where(*_one(digest, nr))).rowcount == 1)

    def _update(self, digest: str, nr: int, **values: Any) -> bool:
        def act(connection: Connection) -> bool:
            connection.execute(lists.update().where(lists.c.digest == digest).values(touched_at=now()))
            return connection.execute(searches.update().where(*_one(digest, nr)).values(values)).rowcount == 1

        return self._database.write(act)


def _one(digest: str, nr: int) -> tuple[sa.ColumnElement[bool], ...]:
    mine = sa.select(lists.c.nr).where(lists.c.digest == digest).scalar_subquery()
    return searches.c.nr == min(nr, 2**62), searches.c.list_nr == mine
