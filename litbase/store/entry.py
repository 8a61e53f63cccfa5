"""A record while a transaction works on it: its readings and decisions beside it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from litbase.record.record import Record, from_json, replace, to_json
from litbase.record.text import clean
from litbase.store.compose import Composed, Decision, Statement, compose
from litbase.store.identity import identifiers_of, is_same
from litbase.store.naming import chunks
from litbase.store.schema import decisions, merges, readings, records

KEY = "citation_key"


def now(timespec: str = "milliseconds") -> str:
    """This instant, UTC, ISO 8601 with Z, with milliseconds or as *timespec* says."""
    return datetime.now(UTC).isoformat(timespec=timespec).replace("+00:00", "Z")


def decided(name: str, value: str) -> Any:
    """The value of the field *name* that the JSON *value* of a decision stands for; None where it clears the field."""
    return None if value == "null" else getattr(from_json(f'{{"{name}":{value}}}'), name)


@dataclass(slots=True)
class Row:
    """One reading of an entry: its column values, and its record; nr 0 while it is not stored."""

    nr: int
    values: dict[str, Any]
    record: Record

    @property
    def home(self) -> str:
        """Id of the record it was read for."""
        return str(self.values["home"])

    @property
    def is_undone(self) -> bool:
        """Whether the run that made it was taken back."""
        return bool(self.values["undone"])


@dataclass(slots=True)
class Member:
    """A record, what people decided on its fields, and the records that were merged into it."""

    id: str
    decisions: dict[str, Decision] = field(default_factory=dict)
    released: set[str] = field(default_factory=set)  # fields given back to the sources, whatever the merged ones say
    merged: list["Member"] = field(default_factory=list)

    def every(self) -> Iterator["Member"]:
        """This one, then all that were merged into it, and into those."""
        yield self
        for member in self.merged:
            yield from member.every()

    def in_force(self) -> dict[str, Decision]:
        """The decision on each field: its own, else the newest of the records merged into it."""
        found: dict[str, Decision] = {}
        for member in self.merged:
            for name, decision in member.in_force().items():
                if name not in self.released and (name not in found or found[name].nr < decision.nr):
                    found[name] = decision
        return found | self.decisions


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
    member: Member = field(default_factory=lambda: Member(""))
    is_new: bool = False
    named: tuple[tuple[str, str], ...] = ()  # its identifiers

    @property
    def is_read(self) -> bool:
        """Whether a reading stands behind it that was not undone."""
        return any(not row.is_undone for row in self.rows)

    def composed(self) -> Composed:
        """What the readings and decisions of this record add up to."""
        return compose(self._statements(), self.member.in_force())

    def undecided(self) -> Record:
        """What its readings alone add up to."""
        return compose(self._statements()).record

    def _statements(self) -> list[Statement]:
        """What counts, in the order of arrival; of sources trusted alike its own come after, and so before, others."""
        rows = _speaking(self.rows)
        return _statements([row for own in (False, True) for row in rows if (row.home == self.id) == own])

    def recompose(self) -> bool:
        """Make the record anew from its readings and decisions; whether that changed it."""
        sources = sorted({row.values["source"] for row in _speaking(self.rows)})
        self.record = replace(self.composed().record, id=self.id, citation_key=self.key, collection=tuple(sources))
        self.named = self._names()
        before, self.text = self.text, to_json(self.record)
        return self.text != before

    def alone(self) -> dict[str, Record]:
        """What it and each record merged into it say by themselves, by id; {} when none was merged into it."""
        if all(row.home == self.id for row in self.rows):
            return {}
        rows: dict[str, list[Row]] = {}
        for row in _speaking(self.rows):
            rows.setdefault(row.home, []).append(row)
        return {
            member.id: compose(_statements(rows[member.id]), member.decisions).record
            for member in self.member.every()
            if member.id in rows
        }

    def home_of(self, pair: tuple[str, str], record: Record) -> str:
        """Which of the records that make up this one the identifier *pair* of *record* names; "" for none."""
        if pair not in self.named:
            return ""
        for home, face in {**self.alone(), "": self.record}.items():
            if pair in identifiers_of(face) and is_same(pair[0], record, face):
                return home or self.id
        return ""

    def _names(self) -> tuple[tuple[str, str], ...]:
        faces = (self.record, *self.alone().values())
        return tuple(dict.fromkeys(pair for face in faces for pair in identifiers_of(face)))


def _speaking(rows: Sequence[Row]) -> Sequence[Row]:
    """The readings that count: those that were not undone, or all where nothing else is left to say what it was."""
    return [row for row in rows if not row.is_undone] or rows


def _statements(rows: Sequence[Row]) -> list[Statement]:
    return [Statement(row.record, row.values["source"], row.values["rank"], row.home) for row in rows]


def load(connection: Connection, ids: Iterable[str]) -> dict[str, Entry]:
    """The records *ids*, as they are spelled in the store, with readings and decisions; absent ones are left out."""
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
    members = _members(connection, found)
    for entry in found.values():
        entry.member = members[entry.id]
        if entry.member.merged:
            entry.named = entry._names()
    return found


def _members(connection: Connection, entries: Mapping[str, Entry]) -> dict[str, Member]:
    """The members of *entries*, each with those merged into it, by id."""
    merged = sorted({row.home for entry in entries.values() for row in entry.rows if row.home != entry.id})
    members = {record_id: Member(record_id) for record_id in (*entries, *merged)}
    for some in chunks(members):
        query = sa.select(decisions).where(decisions.c.record_id.in_(some), decisions.c.undone == 0)
        for row in connection.execute(query.order_by(decisions.c.nr)).mappings():
            _decide(members[row["record_id"]], row)
    for some in chunks(merged):
        edges = sa.select(merges.c.record_id, merges.c.into_id).where(merges.c.record_id.in_(some))
        for record_id, into in connection.execute(edges.where(merges.c.undone.is_(False)).order_by(merges.c.nr)):
            members[into].merged.append(members[record_id])
    return members


def _decide(member: Member, row: Mapping[Any, Any]) -> None:
    name, value = row["field"], row["value"]
    if name == KEY:
        return
    if value:
        decision = Decision(decided(name, value), row["overruled"], row["who"], row["why"], row["at"], row["nr"])
        member.decisions[name] = decision
        member.released.discard(name)
    else:
        member.decisions.pop(name, None)
        member.released.add(name)


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
