"""What people decide about the fields of a record: edited, given back to the sources, another citation key."""

import time
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from litbase.errors import Conflict, InvalidRecord, NotFound
from litbase.record.keys import KeyPattern, is_key
from litbase.record.notices import Notice, notice
from litbase.record.record import FIELD_NAMES, Record, clean_record, default_of, to_builtins
from litbase.store.compose import digest
from litbase.store.entry import KEY, Entry
from litbase.store.naming import Names, chunks, holder
from litbase.store.schema import records
from litbase.store.values import Edit, Outcome, Renewed
from litbase.store.work import Work

HOLD: Final = 0.25  # seconds that one transaction works on many edits; then it ends, and others have their turn
_NEVER: Final = frozenset({"v", "id", "collection"})


def edit(
    connection: Connection,
    pattern: KeyPattern,
    record_id: str,
    changed: Mapping[str, Any],
    who: str,
    why: str,
    version: int | None,
    run: int = 0,
    brings_back: int = 0,
) -> Outcome:
    """Decide the value of each field in *changed*, None for nothing; see `Store.edit`."""
    values, notices = checked(changed)
    work = Work(connection, who, why, run)
    entry = work.open(record_id, version)
    before = entry.key
    key = _wanted_key(connection, pattern, entry, values.pop(KEY)) if KEY in values else before
    work.rename(entry, key)
    decide(work, entry, values)
    if not entry.recompose():
        return Outcome("same", entry.id, entry.version, notices)
    if key != before:
        work.decide(entry, KEY, key, before)
    if brings_back:
        work.change(entry, "brought-back", other=str(brings_back))
    else:
        work.change(entry, "edit")
    work.save()
    return Outcome("changed", entry.id, entry.version, notices)


def decide(work: Work, entry: Entry, values: Mapping[str, Any]) -> None:
    """Note the decision on each field of *values*, which `checked` has seen; `Work.change` must follow."""
    theirs = entry.undecided()
    for field, value in values.items():
        if field != "inferred":  # a decided field is not inferred, and no other changes its ground
            work.decide(entry, field, value, digest(getattr(theirs, field)))


def edit_many(connection: Connection, edits: Sequence[Edit], who: str, why: str, run: int) -> list[Outcome]:
    """Decide as many of *edits*, in their order, as there is time for, but one at least; see `Store.edit_many`.

    They are written together.  One that cannot be done says so and leaves its record as it is.
    """
    work, until = Work(connection, who, why, run), time.monotonic() + HOLD
    work.load(one.id for one in edits)
    outcomes: list[Outcome] = []
    for one in edits:
        if outcomes and time.monotonic() > until:
            break
        outcomes.append(_edit_one(work, one, why))
    work.save()
    return outcomes


def _edit_one(work: Work, one: Edit, why: str) -> Outcome:
    try:
        if KEY in one.changes:
            raise InvalidRecord("a citation key is given to one record at a time")
        values, notices = checked(one.changes)
        entry = work.entries.get(one.id) or work.find(one.id)
        entry = work.open(entry.id, one.version)
    except InvalidRecord as problem:
        return Outcome("refused", one.id, 0, (notice("edit-refused", reason=str(problem)),))
    except (Conflict, NotFound) as problem:
        return Outcome("conflict", one.id, getattr(problem, "current", 0) or 0)
    work.because(one.why or why)
    with work.unless_changed(entry):
        decide(work, entry, values)
        for field in dict.fromkeys(one.releases):
            if field in entry.member.in_force():
                work.release(entry, field)
        if not entry.recompose():
            return Outcome("same", entry.id, entry.version, notices)
        work.change(entry, "edit")
    return Outcome("changed", entry.id, entry.version, notices)


def release(
    connection: Connection, record_id: str, fields: Iterable[str], who: str, why: str, version: int | None
) -> Outcome:
    """Give *fields* back to the sources; see `Store.release`."""
    work = Work(connection, who, why)
    entry = work.open(record_id, version)
    decided = entry.member.in_force()
    released = [field for field in dict.fromkeys(fields) if field in decided]
    for field in released:
        work.release(entry, field)
    if not released:
        return Outcome("same", entry.id, entry.version)
    entry.recompose()
    work.change(entry, "edit")
    work.save()
    return Outcome("changed", entry.id, entry.version)


def confirm(
    connection: Connection, record_id: str, fields: Iterable[str], who: str, why: str, version: int | None
) -> Outcome:
    """Let the decisions on *fields* stand over what the sources say now; see `Store.confirm`."""
    work = Work(connection, who, why)
    entry = work.open(record_id, version)
    decided, theirs = entry.member.in_force(), entry.undecided()
    confirmed = [field for field in dict.fromkeys(fields) if field in decided]
    for field in confirmed:
        work.decide(entry, field, decided[field].value, digest(getattr(theirs, field)))
    if not confirmed:
        return Outcome("same", entry.id, entry.version)
    entry.recompose()
    work.change(entry, "edit")
    work.save()
    return Outcome("changed", entry.id, entry.version)


def renew_keys(
    connection: Connection, pattern: KeyPattern, ids: Sequence[str], run: int, who: str, why: str
) -> list[Renewed]:
    """Give the records *ids* keys by *pattern* where they have others; see `Store.renew_keys`."""
    work, names = Work(connection, who, why, run), Names(connection, pattern)
    for some in chunks(ids):
        there = sa.select(records.c.id).where(records.c.id.in_(some), records.c.state != "merged")
        work.load(connection.scalars(there).all())
    bases = {entry.id: pattern.base(entry.record, entry.id) for entry in work.entries.values()}
    names.look_up_keys(bases.values())
    renewed = []
    for entry in work.entries.values():
        if bases[entry.id] and not pattern.made(entry.key, entry.record, entry.id):
            before = entry.key
            work.rename(entry, names.renew_key(bases[entry.id], entry.id))
            entry.recompose()
            work.decide(entry, KEY, entry.key, before)
            work.change(entry, "edit")
            renewed.append(Renewed(entry.id, before, entry.key))
    work.save()
    names.save()
    return renewed


def checked(changed: Mapping[str, Any]) -> tuple[dict[str, Any], tuple[Notice, ...]]:
    """The values of an edit as a record holds them, cleaned; what is absent is None.  Raises InvalidRecord."""
    if wrong := [field for field in changed if field not in FIELD_NAMES or field in _NEVER]:
        raise InvalidRecord(f"no such field to edit: {', '.join(wrong)}")
    given = {field: to_builtins(value) for field, value in changed.items() if value is not None}
    try:
        record, notices = clean_record(msgspec.convert(given, Record))
    except msgspec.ValidationError as error:
        raise InvalidRecord(f"a value has the wrong form: {error}") from error
    values = {field: getattr(record, field) for field in changed}
    return {field: None if value == default_of(field) else value for field, value in values.items()}, notices


def _wanted_key(connection: Connection, pattern: KeyPattern, entry: Entry, key: str | None) -> str:
    """The citation key *key* for *entry*, None for one anew.  Raises InvalidRecord when it is taken or unusable."""
    if key is None:
        names = Names(connection, pattern)
        made = names.renew_key(names.pattern.base(entry.record, entry.id) or entry.id, entry.id)
        names.save()
        return made
    if key.lower() == entry.key.lower():
        return key
    if not is_key(key):
        raise InvalidRecord(f"{key} is no citation key: use ASCII letters, digits and : . _ + / -")
    if other := holder(connection, key, entry.id):
        raise InvalidRecord(f"the citation key {key} belongs to {other}")
    return key
