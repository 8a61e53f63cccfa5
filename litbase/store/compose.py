"""compose: what a record says now, from what its documents say and what people decided.

Pure.  Field by field: the edit, else the reading of highest rank that states the field, else the newest of those.
Absence never overrules presence, and what a reading worked out never overrules what another states.
"""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

import msgspec

from litbase.record.names import Name
from litbase.record.notices import Problem
from litbase.record.record import FIELD_NAMES, VERSION, Record, default_of, replace, stated

EDIT: Final = "edit"
SHOWN: Final = 200  # characters of a value quoted in a problem
# Fields that only mean something beside another: they come from the reading that gave that one.
_COMPANIONS: Final = {"others": "author"}
_PLACED: Final = frozenset({"marks", "inferred", *_COMPANIONS})


class Statement(NamedTuple):
    """What one document says: the record it states, the name of its source, how far that is trusted, and of whom."""

    record: Record
    source: str
    rank: int
    home: str = ""  # id of the record it was read for


class Decision(NamedTuple):
    """What a person decided for a field: the value, None for nothing, and the `digest` of the value this overruled.

    *nr* orders decisions, 0 for one that is not stored yet.
    """

    value: Any
    overruled: str
    who: str = ""
    why: str = ""
    at: str = ""
    nr: int = 0


class Composed(NamedTuple):
    """A record without id, key and collection, and how it came about.

    *provenance* names the source (or "edit") of each field, *speakers* the statement behind each that is not an edit;
    *contradictions* tell where sources contradict edits.
    """

    record: Record
    provenance: dict[str, str]
    contradictions: tuple[Problem, ...]
    speakers: dict[str, Statement]


class _Claim(NamedTuple):
    value: Any
    statement: Statement
    inferred: bool


def digest(value: object) -> str:
    """A short hash of a field's value, the same for equal values."""
    return hashlib.sha256(msgspec.json.encode(value)).hexdigest()[:32]


def compose(readings: Sequence[Statement], edits: Mapping[str, Decision] | None = None) -> Composed:
    """The record that *readings* (oldest first) and *edits* (by field) add up to."""
    decisions = edits or {}
    if len(readings) == 1 and not decisions and not (readings[0].record.inferred or readings[0].record.marks):
        return _alone(readings[0])
    ranked = sorted(enumerate(readings), key=lambda pair: (-pair[1].rank, -pair[0]))
    claims = _claims([statement for _, statement in ranked])
    fields: dict[str, Any] = {}
    provenance: dict[str, str] = {}
    for field in FIELD_NAMES:
        if field in decisions:
            value = decisions[field].value
            fields[field] = default_of(field) if value is None else value
            provenance[field] = EDIT
        elif field in claims:
            fields[field] = claims[field].value
            provenance[field] = claims[field].statement.source
    for companion, field in _COMPANIONS.items():
        if companion not in decisions and provenance.get(field) == EDIT:
            fields.pop(companion, None)
            provenance.pop(companion, None)
    if "marks" not in decisions:
        fields["marks"] = _marks(claims, decisions)
    fields["inferred"] = tuple(f for f in FIELD_NAMES if f in claims and claims[f].inferred and f not in decisions)
    speakers = {field: claims[field].statement for field in provenance if field not in decisions}
    return Composed(Record(**fields), provenance, _contradictions(claims, decisions), speakers)


def _alone(reading: Statement) -> Composed:
    """What one plain reading says: most records have no other, and need no weighing."""
    record = replace(reading.record, v=VERSION, id="", citation_key="", collection=())
    fields = stated(record)
    return Composed(record, dict.fromkeys(fields, reading.source), (), dict.fromkeys(fields, reading))


def _claims(best_first: Sequence[Statement]) -> dict[str, _Claim]:
    claims: dict[str, _Claim] = {}
    for statement in best_first:
        guesses = statement.record.inferred
        for field, value in stated(statement.record).items():
            inferred = field in guesses
            if field not in _PLACED and (field not in claims or (claims[field].inferred and not inferred)):
                claims[field] = _Claim(value, statement, inferred)
    for companion, field in _COMPANIONS.items():
        speakers = [claims[field].statement] if field in claims else best_first
        for statement in speakers:
            if (value := getattr(statement.record, companion)) != default_of(companion):
                claims[companion] = _Claim(value, statement, inferred=False)
                break
    return claims


def _marks(claims: Mapping[str, _Claim], decisions: Mapping[str, Decision]) -> tuple[object, ...]:
    """The emphasis of each field, from the reading that gave the field; an edited field has none."""
    found = []
    for field, claim in claims.items():
        if field not in decisions:
            found += [mark for mark in claim.statement.record.marks if mark.field == field]
    return tuple(sorted(found, key=lambda mark: (FIELD_NAMES.index(mark.field), mark.start, mark.stop)))


def _contradictions(claims: Mapping[str, _Claim], decisions: Mapping[str, Decision]) -> tuple[Problem, ...]:
    """A problem for each edited field whose sources now state something that the editor neither saw nor chose."""
    found = []
    for field, decision in decisions.items():
        claim = claims.get(field)
        if claim and not claim.inferred and digest(claim.value) not in (decision.overruled, digest(decision.value)):
            params = (
                ("source", claim.statement.source),
                ("theirs", _show(claim.value)),
                ("ours", _show(decision.value)),
            )
            found.append(Problem("edit-contradicted", params, field))
    return tuple(found)


def _show(value: object) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, tuple):
        text = "; ".join(_show(item) for item in value)
    elif isinstance(value, msgspec.Struct) and not isinstance(value, Name) and "__str__" not in type(value).__dict__:
        text = msgspec.json.encode(value).decode()
    else:
        text = str(value)
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"
