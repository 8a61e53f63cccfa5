"""What the store knows: records, their readings and edits, their history and other names.  Nothing here writes."""

import zlib
from collections.abc import Iterable, Sequence
from typing import Any, Final

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from litbase.errors import NotFound
from litbase.record.notices import Notice, Problem
from litbase.record.reading import Leftover
from litbase.record.record import from_json
from litbase.record.text import clean
from litbase.store.compose import Decision
from litbase.store.entry import Entry, load
from litbase.store.identity import normal
from litbase.store.naming import chunks, fold_id, fold_key
from litbase.store.schema import (
    aliases,
    compared,
    decisions,
    documents,
    identifiers,
    match_keys,
    merges,
    readings,
    records,
    revisions,
    runs,
)
from litbase.store.values import (
    Absent,
    Found,
    MovedTo,
    Revision,
    Stored,
    StoredDocument,
    StoredEdit,
    StoredReading,
    Withdrawn,
)

_STORED = (
    records.c.id, records.c.version, records.c.state, records.c.reason, records.c.merged_into,
    records.c.created_at, records.c.updated_at, records.c.current,
)  # fmt: skip


def get(connection: Connection, record_id: str) -> Stored | None:
    """The record *record_id*, in any case and any state; None when there is none."""
    row = connection.execute(_GET, {"folded": fold_id(record_id)}).first()
    return _stored(row) if row else None


# The queries of every page are made once: making one costs as much as asking it.
_FOLDED: Final[sa.BindParameter[str]] = sa.bindparam("folded")
_GET: Final = sa.select(*_STORED).where(records.c.id_folded == _FOLDED)


def get_many(connection: Connection, ids: Iterable[str]) -> dict[str, Stored]:
    """The records *ids* (spelled as the store spells them) by id, in that order; absent ones are left out."""
    wanted = list(dict.fromkeys(map(clean, ids)))
    found: dict[str, Stored] = {}
    for some in chunks(wanted):
        for row in connection.execute(_MANY, {"ids": some}):
            found[row[0]] = _stored(row)
    return {record_id: found[record_id] for record_id in wanted if record_id in found}


_IDS: Final[sa.BindParameter[Any]] = sa.bindparam("ids", expanding=True)
_MANY: Final = sa.select(*_STORED).where(records.c.id.in_(_IDS))


def resolve(connection: Connection, record_id: str) -> Found | MovedTo | Withdrawn | Absent:
    """What became of the record once known as *record_id*."""
    stored = get(connection, record_id)
    if stored is None:
        query = sa.select(aliases.c.record_id)
        other = connection.scalar(query.where(aliases.c.kind == "id", aliases.c.folded == fold_key(record_id)))
        return MovedTo(other) if other else Absent()
    match stored.state:
        case "merged":
            return MovedTo(stored.merged_into)
        case "withdrawn":
            return Withdrawn(stored.id, stored.record.title, stored.reason)
    return Found(stored)


def resolve_key(connection: Connection, key: str) -> str | None:
    """The id of the record that is, or was, cited as *key*; where it was merged, the id of the other; None for none."""
    folded = fold_key(key)
    held = sa.select(records.c.id, records.c.merged_into)
    row = connection.execute(held.where(records.c.key_folded == folded)).first()
    if row is None:
        named = held.join(aliases, aliases.c.record_id == records.c.id)
        row = connection.execute(named.where(aliases.c.kind == "key", aliases.c.folded == folded)).first()
    return (row[1] or row[0]) if row else None


def merged_into(connection: Connection, record_id: str) -> tuple[Stored, ...]:
    """The records that were merged into *record_id*, as they were then."""
    return tuple(_stored(row) for row in connection.execute(_MERGED, {"into": record_id}))


_INTO: Final[sa.BindParameter[str]] = sa.bindparam("into")
_MERGED: Final = sa.select(*_STORED).where(records.c.merged_into == _INTO).order_by(records.c.id)


def find(connection: Connection, scheme: str, value: str) -> tuple[str, ...]:
    """The ids of the records that carry the identifier, public ones first; () when there are none."""
    wanted = (identifiers.c.scheme == compared(scheme.lower())) & (identifiers.c.value == normal(scheme.lower(), value))
    query = sa.select(records.c.state, records.c.id).join(identifiers, identifiers.c.record_id == records.c.id)
    rows = sorted((row[0] != "public", row[1]) for row in connection.execute(query.where(wanted)))
    return tuple(record_id for _, record_id in rows)


def candidates(connection: Connection, block_keys: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The ids of the public and draft records under each of *block_keys*; keys without any are left out."""
    spelled = {compared(key): key for key in block_keys}
    found: dict[str, list[str]] = {}
    for some in chunks(spelled):
        for key, record_id in connection.execute(_CANDIDATES, {"keys": some}):
            found.setdefault(spelled[key], []).append(record_id)
    return {key: tuple(ids) for key, ids in found.items()}


_KEYS: Final[sa.BindParameter[Any]] = sa.bindparam("keys", expanding=True)
_CANDIDATES: Final = (
    sa.select(match_keys.c.key, match_keys.c.record_id)
    .join(records)
    .where(match_keys.c.key.in_(_KEYS), records.c.state.in_(("public", "draft")))
    .order_by(match_keys.c.record_id)
)


def scan(connection: Connection, after: str, limit: int, state: str) -> list[Stored]:
    """The next *limit* records in *state* ("" for any) by id, beyond the id *after*; [] at the end."""
    query = sa.select(*_STORED).where(records.c.id > clean(after))
    if state:
        query = query.where(records.c.state == state)
    return [_stored(row) for row in connection.execute(query.order_by(records.c.id).limit(limit))]


def count(connection: Connection, cited: bool) -> int:
    """How many public records there are, cited works among them or not."""
    query = sa.select(sa.func.count()).select_from(records).where(records.c.state == "public")
    return connection.scalar(query if cited else query.where(records.c.cited.is_(False))) or 0


def recent(connection: Connection, n: int) -> list[Stored]:
    """The *n* public records added last, the newest first, without cited works."""
    query = sa.select(*_STORED).where(records.c.state == "public", records.c.cited.is_(False))
    query = query.order_by(records.c.created_at.desc(), records.c.id).limit(n)
    return [_stored(row) for row in connection.execute(query)]


def recent_ids(connection: Connection, n: int, offset: int) -> list[str]:
    """The ids of `recent` from the *offset*-th on; cited works are among them, and records that are not public."""
    query = sa.select(records.c.id).order_by(records.c.created_at.desc(), records.c.id)
    return list(connection.scalars(query.limit(n).offset(offset)))


def added_since(connection: Connection, instant: str, n: int) -> list[tuple[str, str]]:
    """(instant at which it was added, id) of the *n* public records added last, after *instant*; newest first."""
    query = sa.select(records.c.created_at, records.c.id).where(records.c.created_at > instant)
    query = query.where(records.c.state == "public").order_by(records.c.created_at.desc(), records.c.id).limit(n)
    return [(row[0], row[1]) for row in connection.execute(query)]


def added(connection: Connection, ids: Iterable[str]) -> list[tuple[str, str]]:
    """(instant at which it was added, id) of each of *ids*, the newest first, as `recent` has them."""
    found: list[tuple[str, str]] = []
    for some in chunks(ids):
        query = sa.select(records.c.created_at, records.c.id).where(records.c.id.in_(some))
        found += [(row[0], row[1]) for row in connection.execute(query)]
    found.sort(key=lambda pair: pair[1])
    return sorted(found, key=lambda pair: pair[0], reverse=True)


def every_nth(connection: Connection, n: int) -> list[str]:
    """The first id of all records, whatever their state, and every *n*-th one after it; [] for an empty store."""
    place = sa.func.row_number().over(order_by=records.c.id).label("place")
    numbered = sa.select(records.c.id, place).subquery()
    query = sa.select(numbered.c.id).where(numbered.c.place % n == 1 % n).order_by(numbered.c.id)
    return list(connection.scalars(query))


def dated(connection: Connection, first: str, n: int) -> list[tuple[str, str]]:
    """(id, instant of the last change) of the public works among the *n* records from the id *first* on, by id.

    Cited works are left out.
    """
    here = sa.select(records.c.id).where(records.c.id >= clean(first)).order_by(records.c.id).limit(n).subquery()
    query = sa.select(records.c.id, records.c.updated_at).join(here, here.c.id == records.c.id)
    query = query.where(records.c.state == "public", records.c.cited.is_(False)).order_by(records.c.id)
    return [(row[0], row[1]) for row in connection.execute(query)]


def history(connection: Connection, record_id: str) -> tuple[Revision, ...]:
    """Every change of a record, the first first; () when there is no such record."""
    query = sa.select(revisions).join(records).where(records.c.id_folded == fold_id(record_id))
    found: list[Revision] = []
    for row in connection.execute(query.order_by(revisions.c.version)).mappings():
        before = found[-1].after if found else None
        after = from_json(row["record"])
        plain = {name: row[name] for name in ("version", "at", "who", "why", "kind", "run", "other", "undone")}
        found.append(Revision(before=before, after=after, **plain))
    return tuple(found)


def revisions_of(connection: Connection, wanted: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Revision]:
    """The changes that made these versions of records, by (id, version), for a page; absent ones are left out."""
    pairs = tuple(dict.fromkeys(wanted))
    both = dict.fromkeys((id, number) for id, version in pairs for number in (version - 1, version))
    there = sa.tuple_(revisions.c.record_id, revisions.c.version).in_(list(both))
    found = connection.execute(sa.select(revisions).where(there)).mappings()
    rows = {(row["record_id"], row["version"]): row for row in found}
    told = {}
    for id, version in pairs:
        if (row := rows.get((id, version))) is not None:
            before = rows.get((id, version - 1))
            plain = {name: row[name] for name in ("version", "at", "who", "why", "kind", "run", "other", "undone")}
            past = from_json(before["record"]) if before is not None else None
            told[id, version] = Revision(before=past, after=from_json(row["record"]), **plain)
    return told


def readings_of(connection: Connection, record_id: str, undone: bool) -> tuple[StoredReading, ...]:
    """What each document says about a record, the newest reading last; see `Store.readings`."""
    found = connection.execute(_READINGS if undone else _STANDING, {"folded": fold_id(record_id)})
    return tuple(_reading(row) for row in found.mappings())


_READINGS: Final = (
    sa.select(readings, documents.c.name.label("document_name"))
    .join(records, records.c.id == readings.c.record_id)
    .outerjoin(documents, documents.c.sha256 == readings.c.document)
    .where(records.c.id_folded == _FOLDED)
    .order_by(readings.c.nr)
)
_STANDING: Final = _READINGS.where(readings.c.undone == 0)


def edits_of(connection: Connection, record_id: str) -> tuple[StoredEdit, ...]:
    """The decisions in force on a record, by field, those on records merged into it too; () when there are none."""
    stored = get(connection, record_id)
    return edits_of_many(connection, [stored.id])[stored.id] if stored else ()


def edits_of_many(connection: Connection, ids: Iterable[str]) -> dict[str, tuple[StoredEdit, ...]]:
    """The same for each of *ids*, as the store spells them; absent records are left out."""
    wanted = list(dict.fromkeys(ids))
    there = {id for some in chunks(wanted) for id in connection.scalars(_THESE, {"ids": some})}
    some_decided = {id for some in chunks(there) for id in connection.scalars(_TOUCHED, {"ids": some})}
    found: dict[str, dict[str, Decision]] = {id: {} for id in wanted if id in there}
    found |= {id: entry.member.in_force() for id, entry in load(connection, some_decided).items()}
    numbers = [decision.nr for in_force in found.values() for decision in in_force.values()]
    commands = _commands(connection, numbers)
    return {
        id: tuple(
            StoredEdit(field, decision.value, decision.who, decision.why, decision.at, decision.overruled,
                       commands.get(decision.nr, ""))
            for field, decision in sorted(in_force.items())
        )
        for id, in_force in found.items()
    }  # fmt: skip


_THESE: Final = sa.select(records.c.id).where(records.c.id.in_(_IDS))
_TOUCHED: Final = sa.union(
    sa.select(decisions.c.record_id).where(decisions.c.record_id.in_(_IDS), decisions.c.undone == 0),
    sa.select(merges.c.into_id).where(merges.c.into_id.in_(_IDS), merges.c.undone.is_(False)),
)
"""The records about which something was decided, or into which others were merged, whose decisions count too."""


def done_in(connection: Connection, run: int, ids: Iterable[str]) -> set[str]:
    """Those of the records *ids* about which something was decided in *run*, and still counts."""
    query = sa.select(revisions.c.record_id).where(revisions.c.run == run, revisions.c.undone == 0)
    return {id for some in chunks(ids) for id in connection.scalars(query.where(revisions.c.record_id.in_(some)))}


def _commands(connection: Connection, numbers: Sequence[int]) -> dict[int, str]:
    """The commands of the runs in which the decisions with these *numbers* were made; those of no run are left out."""
    made = (revisions.c.record_id == decisions.c.record_id) & (revisions.c.version == decisions.c.version)
    query = sa.select(decisions.c.nr, runs.c.command).join(revisions, made).join(runs, runs.c.id == revisions.c.run)
    found = (connection.execute(query.where(decisions.c.nr.in_(some))).all() for some in chunks(numbers))
    return {number: command for rows in found for number, command in rows}


def entry(connection: Connection, record_id: str) -> Entry:
    """The record with its readings and edits; raises NotFound."""
    stored = get(connection, record_id)
    if stored is None:
        raise NotFound(f"there is no record {record_id}")
    return load(connection, [stored.id])[stored.id]


def problems(connection: Connection, record_id: str) -> tuple[Problem, ...]:
    """Where sources contradict the decisions on a record; () when they do not, or there is no such record."""
    found = connection.scalar(_DECIDED, {"folded": fold_id(record_id)})
    return () if found is None else load(connection, [found])[found].composed().contradictions


_THERE: Final = sa.select(records.c.id).where(records.c.id_folded == _FOLDED).scalar_subquery()
_DECIDED: Final = (
    sa.select(_THERE)
    .select_from(decisions.join(records, records.c.id == decisions.c.record_id))
    .where((records.c.id == _THERE) | (records.c.merged_into == _THERE))
    .limit(1)
)
"""The id of the record asked for, where something was decided about it or about one that was merged into it."""


def document(connection: Connection, sha256: str) -> StoredDocument | None:
    """The document with this hash; None when it is not in the store."""
    query = sa.select(documents.c.name, documents.c.encoding, documents.c.content)
    row = connection.execute(query.where(documents.c.sha256 == clean(sha256))).first()
    return StoredDocument(row[0], row[1], zlib.decompress(row[2]) if row[2] is not None else None) if row else None


def document_name(connection: Connection, sha256: str) -> str:
    """The name of the document with this hash; "" when it is not in the store."""
    return connection.scalar(sa.select(documents.c.name).where(documents.c.sha256 == clean(sha256))) or ""


def integrity(connection: Connection) -> tuple[str, ...]:
    """What SQLite finds wrong with its file; () when it is sound."""
    found: list[str] = []
    for pragma in ("integrity_check", "foreign_key_check"):
        rows = connection.exec_driver_sql(f"pragma {pragma}").fetchall()
        found += [" ".join(map(str, row)) for row in rows if row[0] != "ok"]
    return tuple(found)


def _stored(row: Any) -> Stored:
    return Stored(row[0], row[1], row[2], row[3], row[4], row[5], row[6], from_json(row[7]))


def _reading(row: Any) -> StoredReading:
    plain = {name: row[name] for name in StoredReading.__struct_fields__ if name not in _DECODED}
    return StoredReading(
        **plain,
        is_undone=bool(row["undone"]),
        document_name=row["document_name"] or "",
        leftovers=msgspec.json.decode(row["leftovers"], type=tuple[Leftover, ...]),
        notices=msgspec.json.decode(row["notices"], type=tuple[Notice, ...]),
        record=from_json(row["record"]),
    )


_DECODED = frozenset({"is_undone", "document_name", "leftovers", "notices", "record"})
