"""Clearing: one decision about many pairs of records, each in a transaction of its own.

Records that are merged on the way are followed, so that three copies of a work become one whichever pairs are named.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from litbase.errors import BadInput, Conflict, NotFound
from litbase.library import Library
from litbase.library.duplicates import judge, merge
from litbase.store.values import Outcome

MOST: Final = 50  # pairs at once
MERGE: Final = "merge"
DIFFERENT: Final = "different"


class Ticked(NamedTuple):
    """A pair, the one that stays first, and the versions that the person saw."""

    into: str
    other: str
    into_version: int
    other_version: int


@dataclass(frozen=True, slots=True)
class Cleared:
    """What became of a pair: *status* is "changed", "same" where nothing was left to do, or "conflict", told by *why*.

    The decision is the revision *version* of the record *id*.
    """

    pair: Ticked
    status: str
    id: str = ""
    version: int = 0
    why: str = ""


def clear(library: Library, pairs: Sequence[Ticked], verb: str, *, who: str, why: str = "") -> Iterator[Cleared]:
    """Merge each of *pairs* with the proposed values, or say that they are different; an outcome after each commit.

    What cannot be done is told and the others go on.  Raises BadInput for too many and for another *verb*.
    """
    if len(pairs) > MOST:
        raise BadInput(f"at most {MOST} pairs are decided at once; {len(pairs)} were ticked")
    if verb not in (MERGE, DIFFERENT):
        raise BadInput(f"ticked pairs are merged or said to be different, not {verb[:40] or 'nothing'}")
    return _clear(library, pairs, verb, who, why)


def _clear(library: Library, pairs: Sequence[Ticked], verb: str, who: str, why: str) -> Iterator[Cleared]:
    gone: dict[str, str] = {}  # what was merged here, into what
    made: dict[str, tuple[int, int]] = {}  # of what was changed here: the version the person saw, and the one now
    for pair in pairs:
        into, other = _standing(pair.into, gone), _standing(pair.other, gone)
        if into == other:
            yield Cleared(pair, "same", into)
            continue
        saw = {pair.into: pair.into_version, pair.other: pair.other_version}
        saw = {one: saw[one] if one in saw else made[one][0] for one in (into, other)}
        seen = {one: made[one][1] if made.get(one, (0, 0))[0] == saw[one] else saw[one] for one in saw}
        try:
            outcome = _decide(library, into, other, verb, seen, who, why)
        except (Conflict, NotFound, BadInput) as problem:
            yield Cleared(pair, "conflict", into, why=str(problem))
            continue
        if verb == MERGE:
            gone[other] = into
        if outcome.status == "changed":
            made[into] = (saw[into], outcome.version)
            made[other] = (saw[other], seen[other] + 1)  # a verdict is a change of both
        yield Cleared(pair, outcome.status, outcome.id, outcome.version)


def _decide(library: Library, into: str, other: str, verb: str, seen: dict[str, int], who: str, why: str) -> Outcome:
    if verb == MERGE:
        return merge(library, [other], into, who=who, why=why, seen=seen)
    return judge(library, into, other, DIFFERENT, who=who, why=why, seen=seen)


def _standing(id: str, gone: dict[str, str]) -> str:
    while id in gone:
        id = gone[id]
    return id
