"""Readers' lists: records in an order of the reader's, each with a note and a mark, found by the digest of a token.

The tokens themselves are never here.  A list is made by the first record that is put into it, or by the first search
that is saved beside it (`store.searches`).
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final, TypeVar

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from litbase.record.text import clean
from litbase.store.connect import Database
from litbase.store.entry import now
from litbase.store.naming import chunks, fold_id
from litbase.store.schema import insert_rows, list_entries, lists, records, searches

T = TypeVar("T")
MARKS: Final = ("seen", "keep", "drop")
WAYS: Final = ("up", "down", "first", "last")


class ListEntry(msgspec.Struct, frozen=True):
    """A record in a list: *position* counts upwards in the reader's own order, *mark* is one of MARKS or ""."""

    record_id: str
    position: int
    added_at: str
    note: str
    mark: str


class StoredList(msgspec.Struct, frozen=True):
    """A list without its entries; *nonce* is "" when it is not shared, *touched_at* the last day it was used."""

    nr: int
    size: int
    nonce: str
    with_notes: bool
    created_at: str
    touched_at: str


class Put(msgspec.Struct, frozen=True):
    """What became of records on their way into a list of *size* now; *over* found no room."""

    added: tuple[str, ...]
    already: tuple[str, ...]
    unknown: tuple[str, ...]
    over: tuple[str, ...]
    size: int


_LIST = tuple(lists.c[name] for name in StoredList.__struct_fields__)
_ENTRY = tuple(list_entries.c[name] for name in ListEntry.__struct_fields__)


class Lists:
    """The lists of one store; each method is one transaction, and writers take turns, so that none loses anything."""

    def __init__(self, database: Database):
        self._database = database

    def glance(self, digest: str, ids: Sequence[str] = ()) -> tuple[int, frozenset[str]]:
        """The size of a list and which of *ids* are in it, by one query; (0, nothing) for an unknown list."""
        inside = (list_entries.c.list_nr == lists.c.nr) & list_entries.c.record_id.in_(list(map(clean, ids)))
        query = sa.select(lists.c.size, list_entries.c.record_id).outerjoin(list_entries, inside)
        rows = self._database.read(lambda c: c.execute(query.where(lists.c.digest == digest)).all())
        return (rows[0][0] if rows else 0), frozenset(row[1] for row in rows if row[1] is not None)

    def find(self, digest: str) -> StoredList | None:
        """The list of a token; None when there is none."""
        return self._found(lists.c.digest == digest)

    def find_shared(self, digest: str) -> StoredList | None:
        """The list that a token of sharing shows; None when there is none, or no longer."""
        return self._found(lists.c.shared == digest)

    def _found(self, condition: sa.ColumnElement[bool]) -> StoredList | None:
        row = self._database.read(lambda c: c.execute(sa.select(*_LIST).where(condition)).first())
        return StoredList(*row) if row else None

    def entries(self, nr: int) -> tuple[ListEntry, ...]:
        """What is in the list number *nr*, in the reader's own order."""
        query = sa.select(*_ENTRY).where(list_entries.c.list_nr == nr).order_by(list_entries.c.position)
        return tuple(ListEntry(*row) for row in self._database.read(lambda c: c.execute(query).all()))

    def put(self, digest: str, ids: Sequence[str], most: int) -> Put:
        """Put the public records *ids* at the end of a list that holds *most*; the list is made when absent.

        Ids are found in any case; in the place of a record that was merged comes the one it was merged into.
        """

        def act(connection: Connection) -> Put:
            nr = connection.scalar(sa.select(lists.c.nr).where(lists.c.digest == digest))
            meant = _meant(connection, ids)
            wanted = dict.fromkeys(meant[fold_id(id)] for id in ids if fold_id(id) in meant)
            held, last = _held(connection, nr)
            new = [id for id in wanted if id not in held]
            taken = new[: max(0, most - len(held))]
            if nr is None and taken:
                nr = new_list(connection, digest)
            at = now()
            rows = [_row(nr, id, last + place, at) for place, id in enumerate(taken, 1)]
            insert_rows(connection, list_entries, rows)
            _resize(connection, nr)
            unknown = tuple(dict.fromkeys(id for id in ids if fold_id(id) not in meant))
            already = tuple(id for id in wanted if id in held)
            return Put(tuple(taken), already, unknown, tuple(new[len(taken) :]), len(held) + len(taken))

        return self._database.write(act)

    def remove(self, digest: str, ids: Iterable[str]) -> int:
        """Take the records *ids* out of a list; how many were in it."""
        wanted = tuple(map(clean, ids))

        def take(connection: Connection, nr: int) -> int:
            here = list_entries.c.list_nr == nr
            removals = (
                list_entries.delete().where(here, list_entries.c.record_id.in_(some)) for some in chunks(wanted)
            )
            return sum(connection.execute(removal).rowcount for removal in removals)

        return self._change(digest, take, 0)

    def clear(self, digest: str) -> int:
        """Take everything out of a list; how much there was."""
        everything = list_entries.delete()
        return self._change(digest, lambda c, nr: c.execute(everything.where(list_entries.c.list_nr == nr)).rowcount, 0)

    def note(self, digest: str, record_id: str, note: str | None = None, mark: str | None = None) -> bool:
        """Write the note or mark of a record, None leaves one as it is; False when the record is not in the list."""
        values = {name: value for name, value in (("note", note), ("mark", mark)) if value is not None}

        def write(connection: Connection, nr: int) -> bool:
            here = (list_entries.c.list_nr == nr) & (list_entries.c.record_id == clean(record_id))
            if not values:
                return connection.scalar(sa.select(list_entries.c.position).where(here)) is not None
            return connection.execute(list_entries.update().where(here).values(values)).rowcount == 1

        return self._change(digest, write, otherwise=False)

    def move(self, digest: str, record_id: str, way: str) -> bool:
        """Move a record *way*, one of WAYS; False when it is not in the list."""
        return self._change(digest, lambda c, nr: _moved(c, nr, clean(record_id), way), otherwise=False)

    def share(self, digest: str, shared: str | None, nonce: str, with_notes: bool) -> bool:
        """Let the token with the digest *shared* read a list, None ends that; False when there is no such list."""
        values = {"shared": shared, "nonce": nonce, "with_notes": with_notes}

        def write(connection: Connection, nr: int) -> bool:
            connection.execute(lists.update().where(lists.c.nr == nr).values(values))
            return True

        return self._change(digest, write, otherwise=False)

    def touch(self, found: StoredList) -> None:
        """Note that a list was used today; nothing is written where that is noted already."""
        if found.touched_at[:10] != now()[:10]:
            self._database.write(lambda c: touch(c, found.nr))

    def forget(self, days: int) -> int:
        """Delete the lists that nobody has used for *days*; how many there were."""
        edge = (datetime.now(UTC) - timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%S.000Z")
        old = sa.select(lists.c.nr).where(lists.c.touched_at < edge)
        if self._database.read(lambda c: c.scalar(old.limit(1))) is None:
            return 0

        def act(connection: Connection) -> int:
            for table in (list_entries, searches):
                connection.execute(table.delete().where(table.c.list_nr.in_(old)))
            return connection.execute(lists.delete().where(lists.c.touched_at < edge)).rowcount

        return self._database.write(act)

    def _change(self, digest: str, act: Callable[[Connection, int], T], otherwise: T) -> T:
        """The answer of *act* on a list, whose size and last use are noted after it; *otherwise* for an unknown one."""

        def whole(connection: Connection) -> T:
            nr = connection.scalar(sa.select(lists.c.nr).where(lists.c.digest == digest))
            if nr is None:
                return otherwise
            answer = act(connection, nr)
            _resize(connection, nr)
            return answer

        return self._database.write(whole)


def _meant(connection: Connection, ids: Iterable[str]) -> dict[str, str]:
    """The ids of the public records meant by *ids*, as the store spells them, by the folded id that was given."""
    found: dict[str, str] = {}
    state = records.c.state
    meant = sa.case((state == "merged", records.c.merged_into), else_=records.c.id)
    for some in chunks(map(fold_id, ids)):
        query = sa.select(records.c.id_folded, meant).where(records.c.id_folded.in_(some))
        rows = connection.execute(query.where(state.in_(("public", "merged"))))
        found.update((row[0], row[1]) for row in rows)
    return found


def _held(connection: Connection, nr: int | None) -> tuple[set[str], int]:
    """The ids in a list and the last position taken."""
    query = sa.select(list_entries.c.record_id, list_entries.c.position).where(list_entries.c.list_nr == nr)
    rows = connection.execute(query).all() if nr is not None else []
    return {row[0] for row in rows}, max((row[1] for row in rows), default=0)


def new_list(connection: Connection, digest: str) -> int:
    """The number of a new, empty list."""
    at = now()
    row: dict[str, Any] = {"digest": digest, "size": 0, "nonce": "", "with_notes": False}
    made = lists.insert().values(**row, created_at=at, touched_at=at).returning(lists.c.nr)
    return int(connection.execute(made).scalar_one())


def _row(nr: int | None, record_id: str, position: int, at: str) -> dict[str, Any]:
    return {"list_nr": nr, "record_id": record_id, "position": position, "added_at": at, "note": "", "mark": ""}


def _resize(connection: Connection, nr: int | None) -> None:
    size = sa.select(sa.func.count()).select_from(list_entries).where(list_entries.c.list_nr == nr).scalar_subquery()
    connection.execute(lists.update().where(lists.c.nr == nr).values(size=size, touched_at=now()))


def touch(connection: Connection, nr: int) -> None:
    """Note that the list *nr* was used now."""
    connection.execute(lists.update().where(lists.c.nr == nr).values(touched_at=now()))


def _moved(connection: Connection, nr: int, record_id: str, way: str) -> bool:
    here = list_entries.c.list_nr == nr
    position = list_entries.c.position
    mine = connection.scalar(sa.select(position).where(here, list_entries.c.record_id == record_id))
    if mine is None:
        return False
    if way in ("first", "last"):
        edge = sa.func.min(position) if way == "first" else sa.func.max(position)
        end = connection.scalar(sa.select(edge).where(here)) or 0
        _place(connection, nr, record_id, mine if end == mine else end - 1 if way == "first" else end + 1)
        return True
    beyond = position < mine if way == "up" else position > mine
    order = position.desc() if way == "up" else position
    query = sa.select(list_entries.c.record_id, position).where(here, beyond).order_by(order).limit(1)
    other = connection.execute(query).first()
    if other is not None:
        _place(connection, nr, other[0], mine)
        _place(connection, nr, record_id, other[1])
    return True


def _place(connection: Connection, nr: int, record_id: str, position: int) -> None:
    here = (list_entries.c.list_nr == nr) & (list_entries.c.record_id == record_id)
    connection.execute(list_entries.update().where(here).values(position=position))
