"""Proposing: what merging two records would come to, field by field, with the reason for each value."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy.engine import Connection

from litbase.record.notices import Notice, notice
from litbase.record.record import FIELD_NAMES, default_of, stated
from litbase.store.compose import Composed
from litbase.store.entry import Entry, load
from litbase.store.merging import joined
from litbase.store.read import get_many
from litbase.store.values import Proposal, Standing

_LEFT_OUT = frozenset({"v", "id", "citation_key", "collection", "inferred", "marks"})
COMPARED = tuple(field for field in FIELD_NAMES if field not in _LEFT_OUT)


def propose(connection: Connection, pairs: Iterable[tuple[str, str]], into: str) -> list[Proposal]:
    """What merging each of *pairs* comes to; see `Store.proposals`."""
    wanted = tuple(pairs)
    ids = [record_id for pair in wanted for record_id in pair]
    entries, stored = load(connection, ids), get_many(connection, ids)
    found = []
    for one, other in wanted:
        if one in entries and other in entries:
            stays, goes = _in_order(entries[one], entries[other], into)
            whole = joined(goes, stays)
            found.append(Proposal(stored[one], stored[other], stays.id, whole.record, _standing(stays, goes, whole)))
    return found


def _in_order(one: Entry, other: Entry, into: str) -> tuple[Entry, Entry]:
    """The record that should stay, and the one that goes into it."""
    if into:
        return (one, other) if one.id == into else (other, one)
    stays, goes = sorted((one, other), key=_worth)
    return stays, goes


def _worth(entry: Entry) -> tuple[Any, ...]:
    """Smaller for the record that should stay: of the better source, with more fields, the older one."""
    best = max((row.values["rank"] for row in entry.rows if not row.is_undone), default=0)
    return entry.state != "public", -best, -len(stated(entry.record)), entry.created_at, entry.id


def _standing(stays: Entry, goes: Entry, whole: Entry) -> dict[str, Standing]:
    """Whose value stands in each field in which the two differ, and why."""
    composed, mine, theirs = whole.composed(), stays.composed(), goes.composed()
    found = {}
    for field in COMPARED:
        if getattr(stays.record, field) != getattr(goes.record, field):
            value = getattr(whole.record, field)
            side = next((entry for entry in (stays, goes) if getattr(entry.record, field) == value), None)
            winner, loser = (theirs, mine) if side is goes else (mine, theirs)
            why = _why(field, whole, composed, winner, loser)
            found[field] = Standing(side.id if side else "", why)
    return found


def _why(field: str, whole: Entry, composed: Composed, winner: Composed, loser: Composed) -> Notice:
    if decision := whole.member.in_force().get(field):
        return notice("stands-decided", who=decision.who or "somebody")
    lost = loser.speakers.get(field)
    if getattr(loser.record, field) == default_of(field) or lost is None:
        return notice("stands-alone")
    won = winner.speakers.get(field)
    if won is None:
        return notice("stands-together")
    if field in loser.record.inferred and field not in composed.record.inferred:
        return notice("stands-stated")
    if won.rank > lost.rank:
        return notice("stands-trusted", source=won.source, other=lost.source)
    return notice("stands-stays")
