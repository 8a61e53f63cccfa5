"""Undoing: the last decision on a record, or all that a run did; whatever is undone can be decided or read again."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from litbase.library import Library
from litbase.store.values import Outcome


@dataclass(frozen=True, slots=True)
class Undone:
    """A run that is being undone: the *number* of the run that does it, which can be undone itself; its outcomes.

    An outcome comes after its commit; its *status* is "withdrawn", "changed", "same" or the state brought back.
    """

    number: int
    outcomes: Iterator[Outcome]


def undo(
    library: Library, id: str, *, who: str, why: str = "", version: int | None = None, revision: int = 0
) -> Outcome:
    """Take back the last decision on a record, or that of one *revision*: edit, state, key, merge or verdict.

    What was decided later stands.  Once more, it takes back the one before.  *version* is the one the person saw.
    Raises NotFound, Conflict, and BadInput when there is nothing to undo.
    """
    return library.store.undo(id, who, why, version, revision)


def undo_run(library: Library, run: int, *, who: str, why: str = "") -> Undone:
    """Take back all that *run* did: what it read counts no longer, what only it had read is withdrawn.

    Nothing is done before the outcomes are asked for.  Raises NotFound for no such run, BadInput when nothing is left.
    """
    number = library.store.begin_undoing(run, who, why)
    return Undone(number, _outcomes(library, number, who, why))


def _outcomes(library: Library, number: int, who: str, why: str) -> Iterator[Outcome]:
    counts: Counter[str] = Counter()
    try:
        for outcome in library.store.undo_run(number, who, why):
            counts[outcome.status] += 1
            yield outcome
    finally:
        library.store.finish_run(number, counts)
