"""Work: what one transaction writes, gathered so that each table is written once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from litbase.errors import Conflict, NotFound
from litbase.record.match import block_keys
from litbase.store.audit import Deed, append, digest_of
from litbase.store.changes import touch
from litbase.store.compose import Decision
from litbase.store.entry import KEY, Entry, Row, load, now, to_text
from litbase.store.naming import chunks, fold_id, fold_key
from litbase.store.schema import (
    aliases,
    compared,
    decisions,
    identifiers,
    insert_rows,
    match_keys,
    past_readings,
    readings,
    records,
    revisions,
)


class Work:
    """The records in hand, and what must be written of them at the end; of a trial, nothing."""

    def __init__(self, connection: Connection, who: str, why: str = "", run: int = 0, is_trial: bool = False):
        self.connection = connection
        self.why = why
        self.run = run
        self.is_trial = is_trial
        self.at = now()
        self._author: dict[str, Any] = {"who": who, "why": why, "at": self.at}
        self.entries: dict[str, Entry] = {}
        self._changed: dict[str, Entry] = {}
        self._new_rows: list[tuple[Entry, Row]] = []
        self._dropped: list[int] = []
        self._revisions: list[dict[str, Any]] = []
        self._decisions: list[dict[str, Any]] = []
        self._aliases: dict[tuple[str, str], dict[str, str]] = {}

    def because(self, why: str) -> None:
        """Say *why* of what is done from here on."""
        self.why = why
        self._author = {**self._author, "why": why}

    @contextmanager
    def unless_changed(self, entry: Entry) -> Iterator[None]:
        """A stretch that decides about *entry*; what it decided is forgotten when `change` was not called in it."""
        version, count = entry.version, len(self._decisions)
        member = dict(entry.member.decisions), set(entry.member.released)
        yield
        if entry.version == version:
            del self._decisions[count:]
            entry.member.decisions, entry.member.released = member

    def load(self, ids: Iterable[str]) -> None:
        """Take the records *ids* in hand."""
        self.entries |= load(self.connection, [i for i in ids if i not in self.entries])

    def open(self, record_id: str, version: int | None = None) -> Entry:
        """The record *record_id*, in any case, in hand and ready to be changed.

        Raises NotFound, and Conflict when it moved on from *version* or was merged.
        """
        entry = self.entries.get(record_id) or self.find(record_id)
        if version is not None and version != entry.version:
            raise Conflict(f"{entry.id} has version {entry.version}; your copy is version {version}", entry.version)
        if entry.state == "merged":
            raise Conflict(f"{entry.id} was merged into {entry.merged_into}; change that record", entry.version)
        return entry

    def find(self, record_id: str) -> Entry:
        """The record *record_id*, in any case and any state, in hand.  Raises NotFound."""
        found = self.connection.scalar(sa.select(records.c.id).where(records.c.id_folded == fold_id(record_id)))
        if found is None:
            raise NotFound(f"there is no record {record_id}")
        self.load([found])
        return self.entries[found]

    def add_row(self, entry: Entry, row: Row) -> None:
        """Give *entry* a reading, newer than all it has."""
        entry.rows.append(row)
        self._new_rows.append((entry, row))

    def drop_rows(self, entry: Entry, rows: Sequence[Row]) -> None:
        """Take readings away from *entry*, because better ones replace them; they are kept as past ones."""
        for row in rows:
            entry.rows.remove(row)
            if row.nr:
                self._dropped.append(row.nr)
            else:
                self._new_rows = [pair for pair in self._new_rows if pair[1] is not row]

    def add_alias(self, kind: str, alias: str, record_id: str) -> None:
        """Let *alias* name the record too."""
        folded = fold_key(alias)
        self._aliases[kind, folded] = {"kind": kind, "folded": folded, "alias": alias, "record_id": record_id}

    def rename(self, entry: Entry, key: str) -> None:
        """Give *entry* another citation key; the old one still finds it."""
        before, entry.key = entry.key, key
        if fold_key(before) != fold_key(key):
            self.add_alias("key", before, entry.id)

    def decide(self, entry: Entry, field: str, value: Any, overruled: str) -> None:
        """Note the decision on a *field*, None for nothing; `change` must follow.  A citation key is given beside."""
        if field != KEY:
            entry.member.decisions[field] = Decision(value, overruled, **self._author)
            entry.member.released.discard(field)
        self._note(entry, field, to_text(value), overruled)

    def release(self, entry: Entry, field: str) -> None:
        """Note that *field* is given back to the sources; `change` must follow."""
        entry.member.decisions.pop(field, None)
        entry.member.released.add(field)
        self._note(entry, field, "", "")

    def _note(self, entry: Entry, field: str, value: str, overruled: str) -> None:
        row = {"record_id": entry.id, "field": field, "value": value, "overruled": overruled, "undone": 0}
        self._decisions.append({**row, **self._author, "version": entry.version + 1})

    def change(self, entry: Entry, kind: str, *, other: str = "", why: str | None = None, run: int = 0) -> None:
        """Note that *entry* has changed: a new version and its revision; *other* is the other record of a pair."""
        entry.version += 1
        self._changed[entry.id] = entry
        told = self._author if why is None else {**self._author, "why": why}
        row = {"record_id": entry.id, "version": entry.version, "kind": kind, "record": entry.text}
        self._revisions.append({**row, **told, "run": run or self.run, "other": other, "undone": 0})

    def save(self) -> None:
        """Write everything; the change feed last."""
        changed = list(self._changed.values())
        new = [entry for entry in changed if entry.is_new]
        old = [entry for entry in changed if not entry.is_new]
        self._log()
        self._insert(records, [self._record_row(entry) for entry in new])
        self._update_records(old)
        self._save_readings()
        self._insert(revisions, self._revisions)
        self._insert(decisions, self._decisions)
        self._save_aliases()
        self.refresh_lookups(new, old)
        touch(self.connection, [entry.id for entry in changed], new={entry.id for entry in new})

    def _log(self) -> None:
        """Tell the audit log what people did, before records are overwritten; what a run read, its own row tells."""
        done = [row for row in self._revisions if row["kind"] != "import"]
        texts: dict[str, str] = {}
        for some in chunks(dict.fromkeys(row["record_id"] for row in done)):
            query = sa.select(records.c.id, records.c.current).where(records.c.id.in_(some))
            texts |= {row[0]: row[1] for row in self.connection.execute(query)}
        deeds = []
        for row in done:
            id, after = row["record_id"], row["record"]
            before = digest_of(texts[id]) if id in texts else ""
            detail = {name: row[name] for name in ("version", "why", "run", "other") if row[name]}
            deeds.append(Deed(row["who"], row["kind"], id, before, digest_of(after), detail))
            texts[id] = after
        append(self.connection, deeds)

    def _save_readings(self) -> None:
        for some in chunks(self._dropped):
            retire(self.connection, some)
        if self._new_rows:
            first = next_reading(self.connection)
            numbered = enumerate(self._new_rows, first)
            self._insert(readings, [{**row.values, "nr": nr, "record_id": entry.id} for nr, (entry, row) in numbered])

    def _save_aliases(self) -> None:
        for kind in dict.fromkeys(kind for kind, _ in self._aliases):
            for some in chunks(folded for of_kind, folded in self._aliases if of_kind == kind):
                self.connection.execute(aliases.delete().where(aliases.c.kind == kind, aliases.c.folded.in_(some)))
        self._insert(aliases, list(self._aliases.values()))

    def _record_row(self, entry: Entry) -> dict[str, Any]:
        return {
            "id": entry.id,
            "id_folded": entry.id.lower(),
            "key_folded": fold_key(entry.key),
            "version": entry.version,
            "state": entry.state,
            "reason": entry.reason,
            "merged_into": entry.merged_into,
            "cited": entry.record.type == "cited",
            "created_at": entry.created_at or self.at,
            "updated_at": self.at,
            "current": entry.text,
        }

    def _update_records(self, entries: Sequence[Entry]) -> None:
        if not entries:
            return
        rows = [{f"new_{name}": value for name, value in self._record_row(entry).items()} for entry in entries]
        values: dict[str, Any] = {
            column.name: sa.bindparam(f"new_{column.name}") for column in records.c if column.name != "id"
        }
        self.connection.execute(records.update().where(records.c.id == sa.bindparam("new_id")).values(values), rows)

    def refresh_lookups(self, new: Sequence[Entry], old: Sequence[Entry]) -> None:
        """Write by what identifiers and match keys entries are found; *old* are those that were before."""
        for some in chunks(entry.id for entry in old):
            self.connection.execute(identifiers.delete().where(identifiers.c.record_id.in_(some)))
            self.connection.execute(match_keys.delete().where(match_keys.c.record_id.in_(some)))
        named, keyed = [], []
        for entry in (*new, *old):
            if entry.state != "merged":
                named += [{"scheme": scheme, "value": value, "record_id": entry.id} for scheme, value in entry.named]
                faces = (entry.record, *entry.alone().values())
                keys = dict.fromkeys(compared(key) for face in faces for key in block_keys(face))
                keyed += [{"key": key, "record_id": entry.id} for key in keys]
        self._insert(identifiers, named)
        self._insert(match_keys, keyed)

    def _insert(self, table: sa.Table, rows: Sequence[Mapping[str, Any]]) -> None:
        insert_rows(self.connection, table, rows)


def take_back(
    connection: Connection, record_id: str, which: sa.ColumnElement[bool], by: int, is_trial: bool = False
) -> tuple[int, ...]:
    """Mark the revisions *which* of a record, and the decisions they made, as undone *by* a version; their versions.

    With *is_trial* nothing is marked.
    """
    in_force = (revisions.c.record_id == record_id) & (revisions.c.undone == 0)
    made = tuple(connection.scalars(sa.select(revisions.c.version).where(in_force, which)))
    for some in chunks(made if not is_trial else ()):
        for table in (revisions, decisions):
            there = (table.c.record_id == record_id) & table.c.version.in_(some)
            connection.execute(table.update().where(there).values(undone=by))
    return made


def next_reading(connection: Connection) -> int:
    """The number of the next reading; none is given twice, because past ones may come back."""
    newest = (connection.scalar(sa.select(sa.func.max(table.c.nr))) or 0 for table in (readings, past_readings))
    return max(newest) + 1


def retire(connection: Connection, numbers: Sequence[int]) -> None:
    """Make past readings of those with these *numbers*."""
    columns = [column.name for column in past_readings.c]
    there = sa.select(*(readings.c[name] for name in columns)).where(readings.c.nr.in_(numbers))
    connection.execute(past_readings.insert().from_select(columns, there))
    connection.execute(readings.delete().where(readings.c.nr.in_(numbers)))


def revive(connection: Connection, numbers: Sequence[int]) -> None:
    """Make readings again of the past ones with these *numbers*, each of its own home for now."""
    columns = [column.name for column in past_readings.c]
    there = sa.select(*(past_readings.c[name] for name in columns), past_readings.c.home)
    there = there.where(past_readings.c.nr.in_(numbers))
    connection.execute(readings.insert().from_select([*columns, "record_id"], there))
    connection.execute(past_readings.delete().where(past_readings.c.nr.in_(numbers)))
