"""Undoing: a decision on a record is taken back, or everything that a run did.

Nothing is deleted.  What is undone is marked so and counts no longer; every record is then composed from what is left,
so decisions made later stand whatever is undone before them.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from litbase.errors import BadInput, Conflict, NotFound
from litbase.store import judging, merging, variants
from litbase.store.audit import Deed, append
from litbase.store.entry import Entry, load, now, to_text
from litbase.store.naming import chunks
from litbase.store.schema import decisions, links, past_readings, readings, records, revisions, runs
from litbase.store.states import STATES, UNDONE, Left, bring_back, left_of, settle, withdraw_unread
from litbase.store.values import Outcome
from litbase.store.work import Work, retire, revive, take_back

COMMAND: Final = "undo"
LARGEST_RUN: Final = 2**31 - 1  # that a column of whole numbers holds
_BY_UNDOING: Final = (UNDONE, "withdrawn")  # kinds of what a run leaves that undoes another
_DECIDED: Final = ("edit", "brought-back", "merged", *STATES, *judging.KINDS)


class Place(NamedTuple):
    """A reading, past or not, as far as it matters which of several counts."""

    nr: int
    is_past: bool
    group: tuple[str, str, str]  # source, key, document
    ordinal: int
    reader_version: int
    undone: int


class Undoing(NamedTuple):
    """A run *number* that takes back what *run* did, or, *is_back*, lets it count again; 0 where that needs no run."""

    number: int
    run: int
    is_back: bool


def undo(connection: Connection, record_id: str, who: str, why: str, version: int | None, revision: int) -> Outcome:
    """Take back the last decision on a record, or that of *revision*; see `Store.undo`."""
    work = Work(connection, who, why)
    entry = work.find(record_id)
    if version is not None and version != entry.version:
        raise Conflict(f"{entry.id} has version {entry.version}; your copy is version {version}", entry.version)
    row = _decision(connection, entry.id, revision)
    if row.kind == "merged":
        return merging.take_out(connection, merging.merged_by(connection, entry.id, row.version), who, why)
    if row.kind in judging.KINDS:
        return judging.take_out(connection, entry.id, row.version, who, why)
    if entry.state == "merged":
        raise Conflict(f"{entry.id} was merged into {entry.merged_into}; undo that first", entry.version)
    if row.run and row.kind in _BY_UNDOING:
        return _undo_undoing(connection, entry, row.run, who, why)
    take_back(connection, entry.id, revisions.c.version == row.version, entry.version + 1)
    work = Work(connection, who, why)
    work.load([entry.id])
    entry = work.entries[entry.id]
    settle(work, entry)
    entry.recompose()
    work.change(entry, UNDONE)
    work.save()
    return Outcome("changed", entry.id, entry.version)


def _decision(connection: Connection, record_id: str, revision: int) -> Any:
    """The last revision of the record that can be undone, or the one of that number.  Raises BadInput."""
    by_run = (revisions.c.kind == UNDONE) & (revisions.c.run != 0)
    query = sa.select(revisions.c.version, revisions.c.kind, revisions.c.run)
    query = query.where(revisions.c.record_id == record_id, revisions.c.undone == 0)
    query = query.where(revisions.c.kind.in_(_DECIDED) | by_run)
    if revision:
        query = query.where(revisions.c.version == revision)
    row = connection.execute(query.order_by(revisions.c.version.desc()).limit(1)).first()
    if row is None:
        what = f"version {revision} of {record_id} is no decision" if revision else f"nothing decided on {record_id} is"
        raise BadInput(f"{what} that could be undone; what a run read is undone with the run")
    return row


def _undo_undoing(connection: Connection, entry: Entry, number: int, who: str, why: str) -> Outcome:
    """Undo for this record what the undoing run *number* did to it."""
    done = undoing_of(connection, number)
    new = 0 if not done.is_back else _new_run(connection, done.run, False, who, why)
    theirs = (revisions.c.run == number) & revisions.c.kind.in_(_BY_UNDOING)
    take_back(connection, entry.id, theirs, entry.version + 1)
    undoing = Undoing(new, done.run, not done.is_back)
    [outcome] = take_back_run(connection, [entry.id], undoing, who, why, {entry.id})
    return outcome


def begin(connection: Connection, run: int, who: str, why: str) -> int:
    """The number of a new run that undoes *run*.  Raises NotFound, and BadInput where nothing is left to undo."""
    undoing = meant(connection, run)
    if not touched(connection, undoing, 1):
        raise BadInput(f"nothing that run {run} did is left to undo")
    number = _new_run(connection, undoing.run, undoing.is_back, who, why)
    theirs = links.update().where(links.c.run == undoing.run, _left(links, undoing.is_back))
    connection.execute(theirs.values(undone=0 if undoing.is_back else number))
    return number


def meant(connection: Connection, run: int) -> Undoing:
    """What undoing *run* is to do, without a number yet.  Raises NotFound, and BadInput for a run about names."""
    command = connection.scalar(sa.select(runs.c.command).where(runs.c.id == min(run, LARGEST_RUN)))
    if command is None:
        last = connection.scalar(sa.select(sa.func.max(runs.c.id))) or 0
        raise NotFound(f"there is no run {run}; the last is {last}")
    if command == variants.COMMAND:
        raise BadInput(f"run {run} decided about names; take it back with: litbase variants --undo {run}")
    done = undoing_of(connection, run) if command == COMMAND else Undoing(0, run, True)
    return Undoing(0, done.run, not done.is_back)


def _new_run(connection: Connection, run: int, is_back: bool, who: str, why: str) -> int:
    settings = to_text({"run": run, "back": is_back, "who": who, "why": why})
    row = {"command": COMMAND, "settings": settings, "started_at": now()}
    number = int(connection.execute(runs.insert().values(row).returning(runs.c.id)).scalar_one())
    told = {"command": COMMAND, "run": run, **({"again": True} if is_back else {})}
    append(connection, [Deed(who, "run-started", str(number), detail=told)])
    return number


def undoing_of(connection: Connection, number: int) -> Undoing:
    """What the run *number*, which undoes another, is about."""
    settings = msgspec.json.decode(connection.scalar(sa.select(runs.c.settings).where(runs.c.id == number)) or "{}")
    return Undoing(number, settings["run"], settings["back"])


def touched(connection: Connection, undoing: Undoing, limit: int | None = None) -> list[str]:
    """The ids of the (first *limit*) records in which something is left to do; of merged ones the ids of the others."""
    found: dict[str, None] = {}
    for table, record_id in ((readings, readings.c.record_id), (past_readings, past_readings.c.home)):
        there = sa.select(record_id).where(table.c.run == undoing.run, _left(table, undoing.is_back))
        found |= dict.fromkeys(connection.scalars(there.distinct().limit(limit)))
    there = sa.select(revisions.c.record_id).where(_decided_by(undoing))
    found |= dict.fromkeys(connection.scalars(there.distinct().limit(limit)))
    return _standing(connection, found)[:limit]


def _standing(connection: Connection, ids: Iterable[str]) -> list[str]:
    """*ids*, with the other's in place of each that was merged."""
    found: dict[str, None] = {}
    for some in chunks(ids):
        query = sa.select(records.c.id, records.c.merged_into).where(records.c.id.in_(some))
        found |= dict.fromkeys(into or record_id for record_id, into in connection.execute(query))
    return list(found)


def _left(table: sa.Table, is_back: bool) -> sa.ColumnElement[bool]:
    return table.c.undone != 0 if is_back else table.c.undone == 0


def _decided_by(undoing: Undoing) -> sa.ColumnElement[bool]:
    """The revisions that must change: those of the run that are in force, or that a run has undone."""
    in_force = revisions.c.undone < 0 if undoing.is_back else revisions.c.undone == 0
    return (revisions.c.run == undoing.run) & (revisions.c.kind == "edit") & in_force


def take_back_run(
    connection: Connection,
    ids: Iterable[str],
    undoing: Undoing,
    who: str,
    why: str,
    changed: Collection[str] = (),
) -> list[Outcome]:
    """Do *undoing* to the records *ids*, of which some are *changed* already; see `Store.undo_run`."""
    before = load(connection, _standing(connection, ids))  # one may have been merged since it was looked up
    root_of = {home: entry.id for entry in before.values() for home in (entry.id, *(row.home for row in entry.rows))}
    marked = {*changed, *_mark_decisions(connection, root_of, undoing)}
    _mark_readings(connection, root_of, undoing)
    _put_right(connection, root_of)
    work = Work(connection, who, why, undoing.number)
    work.load(before)
    left = left_of(connection, work.entries)
    outcomes = [_after(work, entry, entry.id in marked, left[entry.id]) for entry in work.entries.values()]
    work.save()
    return outcomes


def _mark_decisions(connection: Connection, root_of: Mapping[str, str], undoing: Undoing) -> set[str]:
    """Mark the decisions of the run as undone, or as in force again; the records that show it."""
    made: list[dict[str, Any]] = []
    for some in chunks(root_of):
        query = sa.select(revisions.c.record_id, revisions.c.version)
        rows = connection.execute(query.where(revisions.c.record_id.in_(some), _decided_by(undoing)))
        made += [{"of": home, "by": version} for home, version in rows]
    for table in (revisions, decisions) if made else ():
        there = (table.c.record_id == sa.bindparam("of")) & (table.c.version == sa.bindparam("by"))
        undone = 0 if undoing.is_back else -undoing.number
        connection.execute(table.update().where(there).values(undone=undone), made)
    return {root_of[row["of"]] for row in made}


def _mark_readings(connection: Connection, root_of: Mapping[str, str], undoing: Undoing) -> None:
    for table in (readings, past_readings):
        for some in chunks(root_of):
            theirs = table.c.home.in_(some) & (table.c.run == undoing.run) & _left(table, undoing.is_back)
            undone = 0 if undoing.is_back else undoing.number
            connection.execute(table.update().where(theirs).values(undone=undone))


def _put_right(connection: Connection, root_of: Mapping[str, str]) -> None:
    """Let past readings take the places of those that were undone, and the other way round."""
    places = [place for some in chunks(root_of) for place in _places(connection, some)]
    past = {place.group for place in places if place.is_past}
    groups: dict[tuple[str, str, str], list[Place]] = {}
    for place in sorted(places):
        if place.group in past:
            groups.setdefault(place.group, []).append(place)
    counting = {place.nr for group in groups.values() for place in in_effect(group)}
    ended = {group for group, some in groups.items() if not any(place.nr in counting for place in some)}
    shown = [place for group, some in groups.items() if group not in ended for place in some]
    for numbers in chunks(place.nr for place in shown if not place.is_past and place.nr not in counting):
        retire(connection, numbers)
    for numbers in chunks(place.nr for place in shown if place.is_past and place.nr in counting):
        revive(connection, numbers)
        for home, root in root_of.items():
            theirs = readings.c.nr.in_(numbers) & (readings.c.home == home)
            connection.execute(readings.update().where(theirs).values(record_id=root))


def _places(connection: Connection, homes: Sequence[str]) -> Iterator[Place]:
    for table in (readings, past_readings):
        query = sa.select(
            table.c.nr, table.c.source, table.c.key_compared, table.c.document, table.c.ordinal,
            table.c.reader_version, table.c.undone,
        )  # fmt: skip
        for nr, source, key, document, *rest in connection.execute(query.where(table.c.home.in_(homes))):
            yield Place(nr, table is past_readings, (source, key, document), *rest)


def in_effect(places: Sequence[Place]) -> list[Place]:
    """Which readings of one source, key and document count, of all there ever were, the oldest first.

    A newer one replaces that of the same place, unless an older reader made it, and those of older readers at any
    place; as if what was undone had never been.
    """
    counting: list[Place] = []
    for new in places:
        there = [old for old in counting if old.ordinal == new.ordinal]
        if new.undone or any(old.reader_version > new.reader_version for old in there):
            continue
        kept = (old for old in counting if old not in there and old.reader_version >= new.reader_version)
        counting = [*kept, new]
    return counting


def _after(work: Work, entry: Entry, is_marked: bool, left: Left) -> Outcome:
    """Compose *entry* from what is left, and note what that changed; *left* is known from before it is brought back."""
    state, version = entry.state, entry.version
    is_back = bring_back(work, entry)
    is_settled = settle(work, entry, None if is_back else left)
    if entry.recompose() or is_back or is_settled or is_marked:
        work.change(entry, UNDONE)
    withdraw_unread(work, entry)
    status = "same" if entry.version == version else "changed" if entry.state == state else entry.state
    return Outcome(status, entry.id, entry.version)
