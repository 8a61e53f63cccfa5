"""Undoing: the last decision on a record, or all that a run did; whatever is undone can be decided or read again."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from litbase.errors import NotFound
from litbase.library import Library
from litbase.store.imports import StoredRun
from litbase.store.values import Outcome
from litbase.store.variants import COMMAND as NAMES

SHOWN: Final = 10  # records that a run would touch, as far as they are named


@dataclass(frozen=True, slots=True)
class Undone:
    """A run that is being undone: the *number* of the run that does it, which can be undone itself; its outcomes.

    An outcome comes after its commit; its *status* is "withdrawn", "changed", "same" or the state brought back.
    """

    number: int
    outcomes: Iterator[Outcome]


@dataclass(frozen=True, slots=True)
class Remainder:
    """What undoing a *run* would do: *ids* of the first records that it would touch, *more* where there are others.

    *undone_by* is the run that has undone it, or let it count again where it was an undoing itself; None where none
    has.  One *is_about_names* where it joined or separated them, which `variants.undo` takes back.
    """

    run: StoredRun
    ids: tuple[str, ...]
    more: bool
    undone_by: StoredRun | None
    is_about_names: bool


def remainder(library: Library, number: int) -> Remainder:
    """What undoing the run *number* would do, and whether that was done before.  Raises NotFound for no such run."""
    run = library.store.imports.run(number)
    if run is None:
        raise NotFound(f"There is no run {number}.")
    is_about_names = run.command == NAMES
    ids = [] if is_about_names else library.store.left_to_undo(number, SHOWN + 1)
    by = undone_by(library, [run]).get(number)
    return Remainder(run, tuple(ids[:SHOWN]), len(ids) > SHOWN, by, is_about_names)


def undone_by(library: Library, runs: Sequence[StoredRun]) -> dict[int, StoredRun]:
    """The run that has undone each of *runs*, by their numbers; left out those that still count."""
    last = {one.of: one for one in library.store.imports.undoings(min((one.id for one in runs), default=0))}
    found = ((one, last.get(one.of or one.id)) for one in runs)
    return {one.id: by for one, by in found if by and by.id > one.id and by.is_back == bool(one.of and not one.is_back)}


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
