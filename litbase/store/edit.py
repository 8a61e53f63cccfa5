"""What people decide: fields edited, records withdrawn, brought back or merged."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from litbase.errors import BadInput, Conflict, InvalidRecord, NotFound
from litbase.record.keys import citation_key as base_key
from litbase.record.keys import is_key
from litbase.record.notices import Notice
from litbase.record.record import FIELD_NAMES, Record, clean_record, default_of, to_builtins
from litbase.store.compose import Decision, digest
from litbase.store.entry import Entry, Work, to_text
from litbase.store.naming import Names, fold_id, fold_key
from litbase.store.schema import aliases, edits, readings, records
from litbase.store.values import Outcome

STATES: Final = ("public", "draft", "withdrawn")
_NEVER: Final = frozenset({"v", "id", "collection"})


def edit(
    connection: Connection, record_id: str, changed: Mapping[str, Any], who: str, why: str, version: int | None
) -> Outcome:
    """Decide the value of each field in *changed*, None for nothing; see `Store.edit`."""
    values, notices = _checked(changed)
    work = Work(connection, who, why)
    entry = _open(work, record_id, version)
    key_before = entry.key
    if "citation_key" in values:
        _give_key(work, entry, values.pop("citation_key"))
    theirs = entry.undecided()
    values.pop("inferred", None)  # a decided field is not inferred, and no other changes its ground
    for field, value in values.items():
        entry.decisions[field] = Decision(value, digest(getattr(theirs, field)))
    if not entry.recompose():
        return Outcome("same", entry.id, entry.version, notices)
    if entry.key.lower() != key_before.lower():
        earlier = (aliases.c.kind == "key") & (aliases.c.folded == fold_key(key_before))
        connection.execute(aliases.delete().where(earlier))
        work.add_alias("key", key_before, entry.id)
    _save_decisions(work, entry, values, who, why)
    work.change(entry, "edit")
    work.save()
    return Outcome("changed", entry.id, entry.version, notices)


def release(
    connection: Connection, record_id: str, fields: Iterable[str], who: str, why: str, version: int | None
) -> Outcome:
    """Give *fields* back to the sources; see `Store.release`."""
    work = Work(connection, who, why)
    entry = _open(work, record_id, version)
    released = [field for field in fields if entry.decisions.pop(field, None) is not None]
    if released:
        of_field = (edits.c.record_id == entry.id) & edits.c.field.in_(released)
        connection.execute(edits.delete().where(of_field))
    if not entry.recompose():
        return Outcome("same", entry.id, entry.version)
    work.change(entry, "edit")
    work.save()
    return Outcome("changed", entry.id, entry.version)


def set_state(connection: Connection, record_id: str, state: str, who: str, why: str, version: int | None) -> Outcome:
    """Make a record public, a draft or withdrawn; see `Store.set_state`."""
    if state not in STATES:
        raise BadInput(f"a record is made {', '.join(STATES)}, not {state}")
    work = Work(connection, who, why)
    entry = _open(work, record_id, version)
    if (entry.state, entry.reason) == (state, why):
        return Outcome("same", entry.id, entry.version)
    entry.state, entry.reason = state, why
    work.change(entry, state)
    work.save()
    return Outcome("changed", entry.id, entry.version)


def merge(connection: Connection, record_id: str, into: str, who: str, why: str, version: int | None) -> Outcome:
    """Let the record *into* take over the readings and names of another; see `Store.merge`."""
    work = Work(connection, who, why)
    entry, other = _open(work, record_id, version), _open(work, into, None)
    if entry is other:
        raise BadInput(f"{entry.id} cannot be merged into itself")
    connection.execute(readings.update().where(readings.c.record_id == entry.id).values(record_id=other.id))
    other.rows = sorted([*other.rows, *entry.rows], key=lambda row: row.nr)
    entry.state, entry.reason, entry.merged_into = "merged", why, other.id
    work.change(entry, "merged")
    other.recompose()
    work.change(other, "merged")
    earlier = records.c.merged_into == entry.id
    connection.execute(records.update().where(earlier).values(merged_into=other.id))
    work.save()
    return Outcome("changed", other.id, other.version)


def _open(work: Work, record_id: str, version: int | None) -> Entry:
    """The record *record_id* at work; raises NotFound, and Conflict when it moved on from *version* or was merged."""
    query = sa.select(records.c.id).where(records.c.id_folded == fold_id(record_id))
    found = work.connection.scalar(query)
    if found is None:
        raise NotFound(f"there is no record {record_id}")
    work.load([found])
    entry = work.entries[found]
    if version is not None and version != entry.version:
        raise Conflict(f"{found} has version {entry.version}; your copy is version {version}", entry.version)
    if entry.state == "merged":
        raise Conflict(f"{found} was merged into {entry.merged_into}; change that record", entry.version)
    return entry


def _save_decisions(work: Work, entry: Entry, fields: Iterable[str], who: str, why: str) -> None:
    rows = [
        {
            "record_id": entry.id,
            "field": field,
            "value": to_text(entry.decisions[field].value),
            "overruled": entry.decisions[field].overruled,
            "who": who,
            "why": why,
            "at": work.at,
        }
        for field in fields
    ]
    if rows:
        earlier = (edits.c.record_id == entry.id) & edits.c.field.in_([row["field"] for row in rows])
        work.connection.execute(edits.delete().where(earlier))
        work.connection.execute(edits.insert(), rows)


def _checked(changed: Mapping[str, Any]) -> tuple[dict[str, Any], tuple[Notice, ...]]:
    """The values of an edit as a record holds them, cleaned; what is absent is None."""
    if wrong := [field for field in changed if field not in FIELD_NAMES or field in _NEVER]:
        raise InvalidRecord(f"no such field to edit: {', '.join(wrong)}")
    given = {field: to_builtins(value) for field, value in changed.items() if value is not None}
    try:
        record, notices = clean_record(msgspec.convert(given, Record))
    except msgspec.ValidationError as error:
        raise InvalidRecord(f"a value has the wrong form: {error}") from error
    values = {field: getattr(record, field) for field in changed}
    return {field: None if value == default_of(field) else value for field, value in values.items()}, notices


def _give_key(work: Work, entry: Entry, key: str | None) -> None:
    """Another citation key for *entry*; None makes one anew.  Raises InvalidRecord when it is taken or unusable."""
    names = Names(work.connection)
    if key is None:
        entry.key = names.give_key("", base_key(entry.record) or entry.id, entry.id)
        names.save()
    elif key.lower() == entry.key.lower():
        entry.key = key
    elif not is_key(key):
        raise InvalidRecord(f"{key} is no citation key: use ASCII letters, digits and : . _ + / -")
    elif names.holder(key) not in ("", entry.id):
        raise InvalidRecord(f"the citation key {key} belongs to {names.holder(key)}")
    else:
        entry.key = key
