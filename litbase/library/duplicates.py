"""Duplicates: pairs of records that may be one work, for a person to look at, judge, and merge field by field."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from litbase.errors import InvalidRecord, NotFound
from litbase.library import Library
from litbase.library.editing import EDITABLE, parse_value, tidied
from litbase.library.finding import everything
from litbase.library.labels import value_label
from litbase.query.state import SearchState
from litbase.record.notices import Notice
from litbase.record.record import FIELD_NAMES, Record, default_of, replace
from litbase.record.text import clean
from litbase.store.values import Outcome, Proposal, Stored, Suspects

PAGE: Final = 500
THIS: Final = "this"
OTHER: Final = "other"
VERDICTS: Final = {
    "same": "They are one work",
    "version": "They are versions of one work",
    "related": "They are related works",
    "part-of": "The first is part of the second",
    "different": "They have nothing to do with each other",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """A field in which two records differ: both values, the one a merge keeps, whose that is ("" for neither's), why.

    Values are those of `Record`; an absent one is "", (), None or False.
    """

    field: str
    one: Any
    other: Any
    value: Any
    stands: str
    why: Notice


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records that may be one work: how they are linked and why, where they differ, and into which they would go.

    *relation* is "" and *score* 0 for a pair that nothing links; *source* is "machine" or "person".  *record* is what a
    merge without choices makes of them.
    """

    one: Stored
    other: Stored
    relation: str
    score: float
    source: str
    reasons: tuple[Notice, ...]
    into: str
    record: Record
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Queue:
    """A page of the pairs that nobody has judged, the most likely first, and how many there are in all."""

    pairs: tuple[Pair, ...]
    total: int
    page: int
    pages: int


class Of(NamedTuple):
    """The choice, in a merge, of the value that the record *id* has."""

    id: str


def queue(library: Library, state: SearchState | None = None, page: int = 1, per: int = 10) -> Queue:
    """The review queue: of the whole library, or the pairs of which a record is in the result set of *state*.

    A page past the end is the last one.
    """
    suspects = None if state is None else list(_among(library, state))
    total = library.store.suspects_count() if suspects is None else len(suspects)
    pages = max(1, -(-total // per))
    page = min(page, pages)
    begin = (page - 1) * per
    some = library.store.suspects(per, begin) if suspects is None else suspects[begin : begin + per]
    pairs = _pairs(library, [(found.one, found.other) for found in some])
    return Queue(tuple(pairs), total, page, pages)


def _among(library: Library, state: SearchState) -> Iterator[Suspects]:
    library.engine.refresh()
    ids = set(library.engine.scan(everything(library, state)))
    begin = 0
    while some := library.store.suspects(PAGE, begin):
        yield from (found for found in some if found.one in ids or found.other in ids)
        begin += PAGE


def pair(library: Library, one: str, other: str, into: str = "") -> Pair:
    """Two records side by side, whether or not anything links them; *into* says which one is to stay.

    Raises NotFound when one of them is not there.
    """
    found = list(_pairs(library, [(one, other)], into))
    if not found:
        missing = one if library.store.get(one) is None else other
        raise NotFound(f"there is no record {missing}")
    return found[0]


def _pairs(library: Library, ids: Sequence[tuple[str, str]], into: str = "") -> Iterator[Pair]:
    links = library.store.links_of(one for one, _ in ids)
    for proposal in library.store.proposals(ids, into):
        one, other = proposal.one, proposal.other
        between = (link for link in links[one.id] if link.other_id == other.id)
        link = next((link for link in between if link.relation not in ("cites", "cited-by")), None)
        relation, score, source = (link.relation, link.score, link.source) if link else ("", 0.0, "")
        reasons = link.reasons if link else ()
        differences = tuple(_differences(proposal))
        yield Pair(one, other, relation, score, source, reasons, proposal.into, proposal.record, differences)


def _differences(proposal: Proposal) -> Iterator[Difference]:
    for field, standing in proposal.standing.items():
        one, other = getattr(proposal.one.record, field), getattr(proposal.other.record, field)
        value = getattr(proposal.record, field)
        yield Difference(field, one, other, value, standing.id, _readable(standing.why))


def _readable(why: Notice) -> Notice:
    """*why* with the sources called as people call them."""
    params = ((name, value if name == "who" else value_label("collection", value)) for name, value in why.params)
    return Notice(why.code, tuple(params), why.field, why.line)


def judge(
    library: Library,
    one: str,
    other: str,
    verdict: str,
    *,
    who: str,
    why: str = "",
    seen: Mapping[str, int] | None = None,
) -> Outcome:
    """Decide how two records belong together; *verdict* is a key of VERDICTS.

    No comparison overrules it, now or when they are read again; `undoing.undo` does.  *seen* has the versions the
    person saw.  Raises NotFound, Conflict, and BadInput for another verdict.
    """
    return library.store.judge(one, other, verdict, who, why, seen)


def parse_choices(texts: Iterable[str], this: str, other: str) -> dict[str, Any]:
    """{field: choice} of "field=this", "field=other" or "field=value" texts, for `merge`; "field=" is nothing.

    *this* and *other* are the ids of the two records.  Raises InvalidRecord naming what was expected.
    """
    choices: dict[str, Any] = {}
    for text in texts:
        name, sign, value = text.partition("=")
        name, value = name.strip().replace("-", "_"), clean(value).strip()
        if not sign or name not in FIELD_NAMES:
            raise InvalidRecord(f"expected FIELD={THIS}, FIELD={OTHER} or FIELD=VALUE, found {text!r}")
        if value in (THIS, OTHER):
            choices[name] = Of(this if value == THIS else other)
        elif name in EDITABLE:
            choices[name] = parse_value(name, value) if value else None
        else:
            raise InvalidRecord(f"{name} can only be {THIS} or {OTHER}")
    return choices


def preview(pair: Pair, choices: Mapping[str, Any]) -> Record:
    """The record that merging *pair* with *choices* makes; see `merge`.  Raises InvalidRecord."""
    values = dict(_values(choices, {pair.one.id: pair.one.record, pair.other.id: pair.other.record}))
    given = {field: default_of(field) if value is None else value for field, value in values.items()}
    return replace(pair.record, **given) if given else pair.record


def merge(
    library: Library,
    ids: Sequence[str],
    into: str,
    choices: Mapping[str, Any] | None = None,
    *,
    who: str,
    why: str = "",
    seen: Mapping[str, int] | None = None,
) -> Outcome:
    """Merge the records *ids* into another, whose fields are then composed of all their readings and decisions.

    A choice is `Of` one of the records, a value, or None for nothing; it is recorded as an edit.  *seen* has the
    versions the person saw, else those of now are taken.  Raises NotFound, Conflict, BadInput.
    """
    stored = library.store.get_many([*ids, into])
    records = {id: one.record for id, one in stored.items()}
    values = dict(_values(choices or {}, records))
    versions = {id: one.version for id, one in stored.items()} | dict(seen or {})
    return library.store.merge(ids, into, who, why, values, versions)


def _values(choices: Mapping[str, Any], records: Mapping[str, Record]) -> Iterator[tuple[str, Any]]:
    given = {field: choice for field, choice in choices.items() if not isinstance(choice, Of)}
    yield from tidied(given).items()
    for field, choice in choices.items():
        if isinstance(choice, Of):
            if choice.id not in records:
                raise InvalidRecord(f"{field} of {choice.id}: that is none of the records to be merged")
            yield field, _value(records[choice.id], field)
            if field == "author" and "others" not in choices:  # the one says whether the other is complete
                yield "others", _value(records[choice.id], "others")


def _value(record: Record, field: str) -> Any:
    value = getattr(record, field)
    return None if value == default_of(field) else value
