"""Mending: what is wrong with the records of a library, how many have it, and fixes for many that can be taken back.

Counts are those of the index, by the field `problem`.  A fix is a decision like any other, and all of one mending are
one run; what a person decided about a field stands above it.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final, NamedTuple

from litbase.errors import BadInput
from litbase.library import Library
from litbase.library.finding import count, counts
from litbase.library.labels import value_label
from litbase.library.walking import Which, walk
from litbase.query.request import FacetRequest
from litbase.query.state import SearchState
from litbase.record.checks import DATED
from litbase.record.notices import REMEDIES, Problem
from litbase.record.record import ASSIGNED, FIELD_NAMES
from litbase.store.values import Edit, Outcome, Stored, StoredEdit
from litbase.vocabulary.problems import CODES, FIXABLE, mended, problems
from litbase.vocabulary.thesaurus import Thesaurus

COMMAND: Final = "mend"  # of the runs
TOGETHER: Final = 200  # records that are mended at a time
_BESIDE: Final = ASSIGNED | {"marks"}  # emphasis of an edited field goes by itself
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the health board: a problem, how many public records have it, and the *query* that finds them.

    *remedy* says what to do about it; *fixable* ones `mend` can mend without asking, in all or nearly all records.
    """

    code: str
    label: str
    remedy: str
    count: int
    fixable: bool
    query: str


class Change(NamedTuple):
    """The value of a field before a fix and after it."""

    before: Any
    after: Any


class _Task(NamedTuple):
    """A record with something to mend, how, and the problems that mends."""

    stored: Stored
    changes: dict[str, Change]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Mended:
    """What became of one record with something to mend.

    *status* is "changed" (in a dry run: would be), "kept" where people decided every such field, or "conflict" where
    it was changed meanwhile, so that nothing was done.  *changes* are by field, those of a conflict too; *kept* are the
    fields that were left alone because a person decided them; *problems* those that were to be mended.
    """

    id: str
    title: str
    status: str
    version: int
    changes: dict[str, Change]
    kept: tuple[str, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Mending:
    """A mending under way: the *number* of its run, to be undone by (0 in a dry run), and its outcomes, one by one.

    Nothing is done before the outcomes are asked for; each comes after its commit.
    """

    number: int
    outcomes: Iterator[Mended]


def problems_of(library: Library, stored: Stored) -> tuple[Problem, ...]:
    """What is wrong with a record, also in the eyes of the thesaurus and of its sources; () when nothing is."""
    return problems(stored.record, library.store.thesaurus()) + library.store.problems(stored.id)


def listing(
    library: Library, which: Which = None, codes: Collection[str] = ()
) -> Iterator[tuple[Stored, tuple[Problem, ...]]]:
    """Every such record that has problems (of *codes*, where some are named), with them; see `mend` for *which*.

    Raises BadInput for an unknown code.
    """
    wanted = named(codes)
    for page in walk(library, which).pages:
        for stored in page:
            if found := tuple(one for one in problems_of(library, stored) if not wanted or one.code in wanted):
                yield stored, found


def board(library: Library) -> tuple[Row, ...]:
    """How many public records have each problem, the most frequent first; problems that no record has are left out.

    Contradictions between sources and editors are not counted.
    """
    [facet] = counts(library, SearchState(), (FacetRequest("problem"),)).facets
    found = {value.value: (value.count, f"problem:{value.value}") for value in facet.values}
    for code, query in _dated(date.today()).items():
        found[code] = count(library, SearchState(q=query)), query
    rows = (_row(code, number, query) for code, (number, query) in found.items() if number)
    return tuple(sorted(rows, key=lambda row: (-row.count, row.code)))


def _dated(today: date) -> dict[str, str]:
    """The queries for what depends on the day, and so is in no index."""
    queries = {"year-future": f"year:{today.year + 2}.."}
    return {code: queries[code] for code in sorted(DATED)}


def _row(code: str, number: int, query: str) -> Row:
    return Row(code, value_label("problem", code), REMEDIES.get(code, ""), number, code in FIXABLE, query)


def fixes(library: Library, stored: Stored, codes: Collection[str] = ()) -> dict[str, Any]:
    """The fields of *stored* that can be mended (of *codes*, where some are named), with their mended values.

    {} when there is nothing to mend.  It does not ask who decided a field; `mend` does.
    """
    changes = _changes(stored, library.store.thesaurus(), codes)
    return {field: change.after for field, change in changes.items()}


def _changes(stored: Stored, thesaurus: Thesaurus, codes: Collection[str]) -> dict[str, Change]:
    before, after = stored.record, mended(stored.record, thesaurus, codes)
    if after is before:
        return {}
    pairs = {name: Change(getattr(before, name), getattr(after, name)) for name in FIELD_NAMES if name not in _BESIDE}
    return {name: change for name, change in pairs.items() if change.before != change.after}


def mend(
    library: Library,
    which: Which = None,
    codes: Collection[str] = (),
    *,
    who: str,
    why: str = "",
    dry_run: bool = False,
    progress: Progress = lambda done, total: None,
) -> Mending:
    """Mend what can be mended, of *codes* or all, in the records of a search, of given ids, or of the whole library.

    Records with nothing to mend are passed over.  *progress* is told how many records were looked at, and of how many.
    Raises BadInput for a code that is none or that nothing mends.
    """
    wanted = named(codes, to_mend=True)
    number = 0 if dry_run else library.store.start_run(COMMAND, {"codes": " ".join(sorted(wanted)), "who": who})
    return Mending(number, _mend(library, which, wanted, number, who, why, progress))


def _mend(
    library: Library, which: Which, codes: Collection[str], run: int, who: str, why: str, progress: Progress
) -> Iterator[Mended]:
    tally: Counter[str] = Counter()
    thesaurus = library.store.thesaurus()
    total, pages = walk(library, which)
    done = 0
    try:
        for page in pages:
            rows = list(page)
            for at in range(0, len(rows), TOGETHER):
                tasks = list(_mendable(rows[at : at + TOGETHER], thesaurus, codes))
                outcomes = _decide(library, tasks, run, who, why)
                tally.update(outcome.status for outcome in outcomes)
                yield from outcomes
            done += len(page)
            progress(done, total)
    finally:
        if run:
            library.store.finish_run(run, tally)


def _fixable(stored: Stored, thesaurus: Thesaurus, codes: Collection[str]) -> tuple[Problem, ...]:
    found = problems(stored.record, thesaurus)
    return tuple(one for one in found if one.fixable and (not codes or one.code in codes))


def _mendable(some: Iterable[Stored], thesaurus: Thesaurus, codes: Collection[str]) -> Iterator[_Task]:
    for stored in some:
        if changes := _changes(stored, thesaurus, codes):
            yield _Task(stored, changes, _fixable(stored, thesaurus, codes))


def _decide(library: Library, tasks: Sequence[_Task], run: int, who: str, why: str) -> list[Mended]:
    """Do *tasks* in *run* (0: only say what would be done), but for the fields that a person decided."""
    edits = library.store.edits_of_many(task.stored.id for task in tasks)
    planned = [_planned(task, edits[task.stored.id]) for task in tasks]
    if not run:
        return planned
    free = [one for one in planned if one.changes]
    # what is cleared is None to the store; a fix never leaves nothing, but it may leave an empty list
    given = [
        Edit(one.id, {field: change.after or None for field, change in one.changes.items()}, one.version,
             why=why or _why(one.problems))
        for one in free
    ]  # fmt: skip
    done = {outcome.id: outcome for outcome in library.store.edit_many(given, run=run, who=who)}
    return [_became(one, done[one.id]) if one.id in done else one for one in planned]


def _planned(task: _Task, edits: Iterable[StoredEdit]) -> Mended:
    stored, changes, found = task
    decided = {edit.field for edit in edits if edit.command != COMMAND}
    kept = tuple(field for field in changes if field in decided)
    free = {field: change for field, change in changes.items() if field not in decided}
    status = "changed" if free else "kept"
    return Mended(stored.id, stored.record.title, status, stored.version, free, kept, found)


def _became(one: Mended, outcome: Outcome) -> Mended:
    status = "conflict" if outcome.status == "conflict" else one.status
    return replace(one, status=status, version=outcome.version or one.version)


def _why(found: Sequence[Problem]) -> str:
    return "mended: " + ", ".join(dict.fromkeys(value_label("problem", problem.code) for problem in found))


def named(codes: Collection[str], to_mend: bool = False) -> frozenset[str]:
    """*codes* as a set.  Raises BadInput for one that names no problem or, *to_mend*, none that can be mended."""
    known = (*CODES, "edit-contradicted")
    if unknown := sorted(set(codes).difference(known)):
        raise BadInput(f"no problem is called {', '.join(unknown)}; there are {', '.join(known)}")
    if to_mend and (stubborn := sorted(set(codes) - FIXABLE)):
        raise BadInput(f"nothing mends {', '.join(stubborn)}; what can be mended: {', '.join(sorted(FIXABLE))}")
    return frozenset(codes)
