"""A record while a transaction works on it: its readings and edits beside it, and what must be written at the end."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from litbase.record.match import block_keys
from litbase.record.record import Record, from_json, replace, to_json
from litbase.record.text import clean
from litbase.store.changes import touch
from litbase.store.compose import Composed, Decision, Statement, compose
from litbase.store.identity import identifiers_of
from litbase.store.naming import chunks, fold_key
from litbase.store.schema import (
    aliases,
    compared,
    edits,
    identifiers,
    insert_rows,
    match_keys,
    readings,
    records,
    revisions,
)


def now() -> str:
    """This instant, UTC, ISO 8601 with milliseconds and Z."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def decided(name: str, value: str) -> Any:
    """The value of the field *name* that the JSON *value* of an edit stands for; None where it clears the field."""
    return None if value == "null" else getattr(from_json(f'{{"{name}":{value}}}'), name)


@dataclass(slots=True)
class Row:
    """One reading of an entry: its column values, and its record; nr 0 while it is not stored."""

    nr: int
    values: dict[str, Any]
    record: Record


@dataclass(slots=True)
class Entry:
    """A record at work.  *text* is its JSON as stored, "" for one that is new in this transaction."""

    id: str
    key: str
    record: Record
    version: int = 0
    state: str = "public"
    reason: str = ""
    merged_into: str = ""
    created_at: str = ""
    text: str = ""
    rows: list[Row] = field(default_factory=list)
    decisions: dict[str, Decision] = field(default_factory=dict)
    is_new: bool = False
    named: tuple[tuple[str, str], ...] = ()  # its identifiers

    def composed(self) -> Composed:
        """What the readings and edits of this record add up to."""
        return compose([_statement(row) for row in self.rows], self.decisions)

    def undecided(self) -> Record:
        """What its readings alone add up to."""
        return compose([_statement(row) for row in self.rows]).record

    def recompose(self) -> bool:
        """Make the record anew from its readings and edits; whether that changed it."""
        sources = sorted({row.values["source"] for row in self.rows})
        self.record = replace(self.composed().record, id=self.id, citation_key=self.key, collection=tuple(sources))
        self.named = identifiers_of(self.record)
        before, self.text = self.text, to_json(self.record)
        return self.text != before


def _statement(row: Row) -> Statement:
    return Statement(row.record, row.values["source"], row.values["rank"])


def load(connection: Connection, ids: Iterable[str]) -> dict[str, Entry]:
    """The records *ids*, as they are spelled in the store, with readings and edits; absent ones are left out."""
    found: dict[str, Entry] = {}
    for some in chunks(ids):
        for row in connection.execute(sa.select(records).where(records.c.id.in_(some))).mappings():
            record = from_json(row["current"])
            found[row["id"]] = Entry(
                row["id"], record.citation_key, record, row["version"], row["state"], row["reason"],
                row["merged_into"], row["created_at"], row["current"], named=identifiers_of(record),
            )  # fmt: skip
        query = sa.select(readings).where(readings.c.record_id.in_(some)).order_by(readings.c.nr)
        for row in connection.execute(query).mappings():
            found[row["record_id"]].rows.append(Row(row["nr"], dict(row), from_json(row["record"])))
        for row in connection.execute(sa.select(edits).where(edits.c.record_id.in_(some))).mappings():
            decision = Decision(decided(row["field"], row["value"]), row["overruled"])
            found[row["record_id"]].decisions[row["field"]] = decision
    return found


class Work:
    """What one transaction writes, gathered so that each table is written once."""

    def __init__(self, connection: Connection, who: str, why: str = "", run: int = 0):
        self.connection = connection
        self.at = now()
        self._author = {"at": self.at, "who": who, "why": why, "run": run}
        self.entries: dict[str, Entry] = {}
        self._changed: dict[str, Entry] = {}
        self._new_rows: list[tuple[Entry, Row]] = []
        self._dropped: list[int] = []
        self._revisions: list[dict[str, Any]] = []
        self._aliases: list[dict[str, str]] = []

    def load(self, ids: Iterable[str]) -> None:
        """Take the records *ids* in hand."""
        self.entries |= load(self.connection, [i for i in ids if i not in self.entries])

    def add_row(self, entry: Entry, row: Row) -> None:
        """Give *entry* a reading, newer than all it has."""
        entry.rows.append(row)
        self._new_rows.append((entry, row))

    def drop_rows(self, entry: Entry, rows: Sequence[Row]) -> None:
        """Take readings away from *entry*, because better ones replace them."""
        for row in rows:
            entry.rows.remove(row)
            if row.nr:
                self._dropped.append(row.nr)
            else:
                self._new_rows = [pair for pair in self._new_rows if pair[1] is not row]

    def add_alias(self, kind: str, alias: str, record_id: str) -> None:
        """Let *alias* name the record too."""
        row = {"kind": kind, "folded": fold_key(alias), "alias": alias, "record_id": record_id}
        self._aliases.append(row)

    def change(self, entry: Entry, kind: str) -> None:
        """Note that *entry* has changed: a new version and its revision."""
        entry.version += 1
        self._changed[entry.id] = entry
        self._revisions.append(
            {"record_id": entry.id, "version": entry.version, "kind": kind, "record": entry.text, **self._author}
        )

    def save(self) -> None:
        """Write everything; the change feed last."""
        changed = list(self._changed.values())
        new = [entry for entry in changed if entry.is_new]
        old = [entry for entry in changed if not entry.is_new]
        self._insert(records, [self._record_row(entry) for entry in new])
        self._update_records(old)
        for some in chunks(self._dropped):
            self.connection.execute(readings.delete().where(readings.c.nr.in_(some)))
        self._insert(readings, [{**row.values, "record_id": entry.id} for entry, row in self._new_rows])
        self._insert(revisions, self._revisions)
        self._insert(aliases, self._aliases)
        self._refresh_lookups(new, old)
        touch(self.connection, [entry.id for entry in changed], new={entry.id for entry in new})

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

    def _refresh_lookups(self, new: Sequence[Entry], old: Sequence[Entry]) -> None:
        for some in chunks(entry.id for entry in old):
            self.connection.execute(identifiers.delete().where(identifiers.c.record_id.in_(some)))
            self.connection.execute(match_keys.delete().where(match_keys.c.record_id.in_(some)))
        named, keyed = [], []
        for entry in (*new, *old):
            if entry.state != "merged":
                named += [{"scheme": scheme, "value": value, "record_id": entry.id} for scheme, value in entry.named]
                keys = dict.fromkeys(compared(key) for key in block_keys(entry.record))
                keyed += [{"key": key, "record_id": entry.id} for key in keys]
        self._insert(identifiers, named)
        self._insert(match_keys, keyed)

    def _insert(self, table: sa.Table, rows: Sequence[Mapping[str, Any]]) -> None:
        insert_rows(self.connection, table, rows)


def to_text(value: object) -> str:
    """*value* as JSON text, its own texts cleaned."""
    return msgspec.json.encode(_cleaned(msgspec.to_builtins(value))).decode()


def _cleaned(value: Any) -> Any:
    match value:
        case str():
            return clean(value)
        case list() | tuple():
            return [_cleaned(item) for item in value]
        case dict():
            return {name: _cleaned(item) for name, item in value.items()}
    return value
