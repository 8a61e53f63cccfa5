"""Merging: one record goes into another, which speaks for both from then on; and unmerging, which takes it out again.

A merge moves no value.  Each reading keeps the record it was read for (its home), each decision its record; the record
that stays is composed from all of them, its own decisions first, and a merged one again from its own when it is taken
out.  What happened to the record that stays in between, stays with it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from litbase.errors import BadInput, Conflict, InvalidRecord
from litbase.store.edit import checked, decide
from litbase.store.entry import KEY, Entry
from litbase.store.naming import chunks
from litbase.store.schema import merges, readings, records, revisions
from litbase.store.states import settle, withdraw_unread
from litbase.store.values import Outcome
from litbase.store.work import Work, take_back


def merge(
    connection: Connection,
    ids: Sequence[str],
    into: str,
    choices: Mapping[str, Any],
    who: str,
    why: str,
    seen: Mapping[str, int],
) -> Outcome:
    """Let the record *into* take over the readings, decisions and names of others; see `Store.merge`."""
    if KEY in choices:
        raise InvalidRecord("a merge chooses no citation key: each record's finds the other; change it with an edit")
    values, notices = checked(choices)
    work = Work(connection, who, why)
    other = work.open(into, seen.get(into))
    if other.state == "withdrawn":
        raise Conflict(f"{other.id} is withdrawn; make it public before others are merged into it", other.version)
    for record_id in ids:
        entry = work.open(record_id, seen.get(record_id))
        if entry.id == other.id:
            raise BadInput(f"{entry.id} cannot be merged into itself")
        other = _absorb(work, entry, other, values if record_id == ids[-1] else {})
    work.save()
    return Outcome("changed", other.id, other.version, notices)


def joined(entry: Entry, other: Entry) -> Entry:
    """What *other* is when *entry* has been merged into it; neither is changed."""
    rows = sorted([*other.rows, *entry.rows], key=lambda row: row.nr)
    member = replace(other.member, merged=[*other.member.merged, entry.member])
    result = replace(other, rows=rows, member=member)
    result.recompose()
    return result


def _absorb(work: Work, entry: Entry, other: Entry, values: Mapping[str, Any]) -> Entry:
    connection = work.connection
    connection.execute(readings.update().where(readings.c.record_id == entry.id).values(record_id=other.id))
    connection.execute(records.update().where(records.c.merged_into == entry.id).values(merged_into=other.id))
    result = work.entries[other.id] = joined(entry, other)
    decide(work, result, values)
    result.recompose()
    entry.state, entry.reason, entry.merged_into = "merged", work.why, other.id
    entry.rows = []
    work.change(entry, "merged", other=other.id)
    work.change(result, "merged", other=entry.id)
    row = {"record_id": entry.id, "into_id": other.id, "version": entry.version, "into_version": result.version}
    connection.execute(merges.insert().values(**row, undone=False))
    return result


def unmerge(connection: Connection, record_id: str, who: str, why: str, version: int | None) -> Outcome:
    """Take the record *record_id* out of the one it was merged into; see `Store.unmerge`."""
    work = Work(connection, who, why)
    entry = work.find(record_id)
    if version is not None and version != entry.version:
        raise Conflict(f"{entry.id} has version {entry.version}; your copy is version {version}", entry.version)
    return take_out(connection, entry.id, who, why)


def take_out(connection: Connection, record_id: str, who: str, why: str) -> Outcome:
    """As `unmerge`, of the record spelled *record_id*: all is put right in the tables, then composed anew."""
    edge = _edge(connection, record_id)
    way = tuple(_way_up(connection, edge.into_id))
    versions = _versions(connection, (record_id, *way))
    connection.execute(merges.update().where(merges.c.nr == edge.nr).values(undone=True))
    take_back(connection, record_id, revisions.c.version == edge.version, versions[record_id] + 1)
    take_back(connection, edge.into_id, revisions.c.version == edge.into_version, versions[edge.into_id] + 1)
    below = tuple(_below(connection, record_id))
    for some in chunks((record_id, *below)):
        theirs = (readings.c.record_id == way[-1]) & readings.c.home.in_(some)
        connection.execute(readings.update().where(theirs).values(record_id=record_id))
        there = records.c.id.in_([name for name in some if name != record_id])
        connection.execute(records.update().where(there).values(merged_into=record_id))
    work = Work(connection, who, why)
    work.load((record_id, *way))
    entry, root = work.entries[record_id], work.entries[way[-1]]
    entry.merged_into = ""
    settle(work, entry)
    entry.recompose()
    work.change(entry, "unmerged", other=edge.into_id)
    for between in way[:-1]:
        _show(work, root, work.entries[between], record_id)
    root.recompose()
    work.change(root, "unmerged", other=record_id)
    withdraw_unread(work, entry)
    withdraw_unread(work, root)
    work.save()
    return Outcome("changed", entry.id, entry.version)


def _show(work: Work, root: Entry, between: Entry, gone: str) -> None:
    """Note in *between*, which is merged into *root* itself, that *gone* is no longer part of it."""
    member = next(member for member in root.member.every() if member.id == between.id)
    inside = {member.id for member in member.every()}
    seen = replace(between, rows=[row for row in root.rows if row.home in inside], member=member)
    seen.recompose()
    between.record, between.text = seen.record, seen.text
    work.change(between, "unmerged", other=gone)


def merged_by(connection: Connection, record_id: str, version: int) -> str:
    """The record that was merged in the revision *version* of *record_id*: itself, or one that went into it."""
    gone = (merges.c.record_id == record_id) & (merges.c.version == version)
    taken = (merges.c.into_id == record_id) & (merges.c.into_version == version)
    found = connection.scalar(sa.select(merges.c.record_id).where(gone | taken, merges.c.undone.is_(False)))
    if found is None:
        raise Conflict(f"{record_id} was merged by an older litbase, which did not keep what was whose")
    return str(found)


def _edge(connection: Connection, record_id: str) -> Any:
    query = sa.select(merges).where(merges.c.record_id == record_id, merges.c.undone.is_(False))
    edge = connection.execute(query).first()
    if edge is None:
        raise Conflict(f"{record_id} is not merged into any record")
    if not edge.version:
        raise Conflict(f"{record_id} was merged by an older litbase, which did not keep what was whose")
    return edge


def _way_up(connection: Connection, record_id: str) -> Iterator[str]:
    """*record_id*, the record it was merged into, and so on to the one that stands for all."""
    step = sa.select(merges.c.into_id).where(merges.c.undone.is_(False))
    into: str | None = record_id
    while into is not None:
        yield into
        into = connection.scalar(step.where(merges.c.record_id == into))


def _below(connection: Connection, record_id: str) -> Iterator[str]:
    """All that was merged into *record_id*, and into that."""
    step = sa.select(merges.c.record_id).where(merges.c.undone.is_(False))
    for merged in connection.scalars(step.where(merges.c.into_id == record_id)).all():
        yield merged
        yield from _below(connection, merged)


def _versions(connection: Connection, ids: Sequence[str]) -> dict[str, int]:
    query = sa.select(records.c.id, records.c.version).where(records.c.id.in_(ids))
    return {row[0]: row[1] for row in connection.execute(query)}
