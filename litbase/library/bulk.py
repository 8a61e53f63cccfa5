"""Bulk edits: one operation on many records, seen before it is done, done in batches of one run, undone with the run.

What an editor decided stands above it, unless the person says otherwise.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from litbase.errors import BadInput
from litbase.library import Library, mending
from litbase.library.finding import count
from litbase.library.labels import value_label
from litbase.library.operations import Operation, changes_of
from litbase.library.walking import Which, walk
from litbase.query.state import SearchState
from litbase.record.record import ASSIGNED, FIELD_NAMES, Record, default_of, replace
from litbase.store.edit import checked
from litbase.store.values import Edit, Stored, StoredEdit
from litbase.vocabulary.problems import mended
from litbase.vocabulary.thesaurus import Thesaurus

COMMAND: Final = "bulk-edit"  # of the runs
AT_ONCE: Final = 200  # records
MOST: Final = 50_000  # records of a bulk edit in the browser
SHOWN: Final = 50  # records of a preview
NAMED: Final = 100  # characters of a value in a sentence
STATUSES: Final = ("changed", "conflict", "refused", "kept", "same")
_TURNS: Final = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)))  # characters that turn what follows
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done with one record: new values by field (None for nothing), and fields to give back.

    *kept* are fields that stay because an editor decided them.
    """

    stored: Stored
    changes: Mapping[str, Any]
    releases: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing would change."""
        return not self.changes and not self.releases

    def after(self) -> Record:
        """The record as it would be, but for what is given back.  Raises InvalidRecord."""
        return replace(self.stored.record, **_filled(checked(self.changes)[0]))


@dataclass(frozen=True, slots=True)
class Preview:
    """What a bulk edit would do: of *total* records it changes those of *seen*, each with its version.

    *unchanged* say already what they would say, of *kept* an editor has decided a field (some of them may change in
    another).  *first* are the first records that would change, *held* the first of those that would not.
    """

    total: int
    unchanged: int
    kept: int
    seen: dict[str, int]
    first: tuple[Plan, ...]
    held: tuple[Plan, ...]

    @property
    def left(self) -> int:
        """How many records would change, had editors not decided."""
        return self.total - len(self.seen) - self.unchanged


@dataclass(frozen=True, slots=True)
class Became:
    """What became of one record: "changed", "same", "kept", "conflict" (it moved on) or "refused", with the reason."""

    id: str
    status: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Applied:
    """A bulk edit under way: the *number* of its run, and its outcomes; each comes after its commit."""

    number: int
    outcomes: Iterator[Became]
    tally: Counter[str] = field(default_factory=Counter)


def preview(
    library: Library,
    which: Which,
    operations: Sequence[Operation],
    *,
    overrule: bool = False,
    most: int = 0,
    progress: Progress = lambda done, total: None,
) -> Preview:
    """What *operations* would do to the records of a search, or to given ones; nothing is changed.

    *overrule* is whether the decisions of editors give way.  Raises BadInput for more records than *most*, 0 for any.
    """
    total, pages = walk(library, which)
    if most and total > most:
        raise BadInput(f"At most {most:,} records are edited at once here; these are {total:,}. Narrow the search.")
    met = unchanged = kept = 0
    seen: dict[str, int] = {}
    first: list[Plan] = []
    held: list[Plan] = []
    for page in pages:
        met += len(page)
        for plan in plans(library, list(page), operations, overrule):
            kept += bool(plan.kept)
            if plan.is_empty:
                unchanged += not plan.kept
                if plan.kept and len(held) < SHOWN:
                    held.append(plan)
                continue
            seen[plan.stored.id] = plan.stored.version
            if len(first) < SHOWN:
                first.append(plan)
        progress(met, total)
    return Preview(met, unchanged, kept, seen, tuple(first), tuple(held))


def plans(library: Library, some: Sequence[Stored], operations: Sequence[Operation], overrule: bool) -> list[Plan]:
    """What *operations*, one after the other, come to for each record of *some*; of merged ones there are none."""
    wanted = [stored for stored in some if stored.state != "merged"]
    thesaurus = library.store.thesaurus()
    edits = library.store.edits_of_many(stored.id for stored in wanted)
    return [_plan(stored, operations, overrule, edits.get(stored.id, ()), thesaurus) for stored in wanted]


def _plan(
    stored: Stored, operations: Sequence[Operation], overrule: bool, edits: Sequence[StoredEdit], thesaurus: Thesaurus
) -> Plan:
    record, changes, releases = stored.record, dict[str, Any](), list[str]()
    for one in operations:
        if one.action == "release":
            releases += [edit.field for edit in edits if edit.field == one.field]
            continue
        found = _mended(record, one, thesaurus) if one.action == "mend" else changes_of(record, one)
        record = replace(record, **_filled(found))
        changes |= found
    decided = {edit.field for edit in edits if edit.command != mending.COMMAND}
    kept = () if overrule else tuple(name for name in changes if name in decided)
    free = {name: value for name, value in changes.items() if name not in kept and name not in releases}
    return Plan(stored, free, tuple(dict.fromkeys(releases)), kept)


def _mended(record: Record, one: Operation, thesaurus: Thesaurus) -> dict[str, Any]:
    after = mended(record, thesaurus, [one.field] if one.field else ())
    changed = (name for name in FIELD_NAMES if name not in ASSIGNED and name != "marks")
    return {name: getattr(after, name) or None for name in changed if getattr(after, name) != getattr(record, name)}


def _filled(changes: Mapping[str, Any]) -> dict[str, Any]:
    """*changes* as a record holds them."""
    return {name: default_of(name) if value is None else value for name, value in changes.items()}


def how_many(library: Library, which: SearchState | Sequence[str]) -> int:
    """How many records a search finds, or are given."""
    return count(library, which) if isinstance(which, SearchState) else len(which)


def apply(
    library: Library,
    seen: Mapping[str, int],
    operations: Sequence[Operation],
    *,
    who: str,
    why: str = "",
    overrule: bool = False,
    run: int = 0,
) -> Applied:
    """Do *operations* to the records *seen*, each in the version it had, as parts of a new run, or go on with *run*.

    Nothing is done before the outcomes are asked for.
    """
    number = run or library.store.start_run(command_of(operations), {"who": who, "operations": said(operations)})
    tally: Counter[str] = Counter()
    return Applied(number, _apply(library, seen, operations, overrule, number, who, why, tally), tally)


def command_of(operations: Sequence[Operation]) -> str:
    """What the run is called: a mending is one wherever it is asked for."""
    return mending.COMMAND if all(one.action == "mend" for one in operations) else COMMAND


def said(operations: Iterable[Operation]) -> str:
    """The operations as people say them, for previews, runs and histories.

    >>> said([Operation("add", "keywords", ("Sea",), said="Sea"), Operation("clear", "pages")])
    'Add “Sea” to Keywords; Clear pages'
    """
    return "; ".join(map(_said, operations))


def _said(one: Operation) -> str:
    name, old, new = value_label("field", one.field), quoted(one.said), quoted(one.instead)
    return {
        "set": f"Set {name} to “{old}”",
        "clear": f"Clear {name}",
        "add": f"Add “{old}” to {name}",
        "remove": f"Take “{old}” out of {name}",
        "rename": f"In {name}, make “{old}” “{new}”",
        "replace": f"In {name}, replace {'the words ' if one.whole_words else ''}“{old}” with “{new}”",
        "release": f"Give {name} back to the sources",
        "mend": f"Mend: {value_label('problem', one.field)}" if one.field else "Mend all that can be mended",
    }[one.action]


def quoted(text: str) -> str:
    """The beginning of a value, to stand in a sentence that is not turned round by it.

    >>> quoted("\\u202eabc")
    'abc'
    """
    return text.translate(_TURNS)[:NAMED]


def _apply(
    library: Library, seen: Mapping[str, int], operations: Sequence[Operation], overrule: bool, run: int, who: str,
    why: str, tally: Counter[str],
) -> Iterator[Became]:  # fmt: skip
    ids = list(seen)
    try:
        for at in range(0, len(ids), AT_ONCE):
            for outcome in _some(library, ids[at : at + AT_ONCE], seen, operations, overrule, run, who, why):
                tally[outcome.status] += 1
                yield outcome
    finally:
        library.store.finish_run(run, tally)


def _some(
    library: Library, ids: Sequence[str], seen: Mapping[str, int], operations: Sequence[Operation], overrule: bool,
    run: int, who: str, why: str,
) -> Iterator[Became]:  # fmt: skip
    there = library.store.get_many(ids)
    fresh = [stored for stored in there.values() if stored.version == seen[stored.id]]
    done = library.store.done_in(run, [id for id in ids if id in there and there[id].version != seen[id]])
    planned = {plan.stored.id: plan for plan in plans(library, fresh, operations, overrule)}
    edits = [
        Edit(id, plan.changes, plan.stored.version, plan.releases) for id, plan in planned.items() if not plan.is_empty
    ]
    note = why or said(operations)
    became = {one.id: one for one in library.store.edit_many(edits, run=run, who=who, why=note)}
    for id in ids:
        if id in became:
            reason = next((dict(told.params).get("reason", "") for told in became[id].notices), "")
            yield Became(id, became[id].status, str(reason) if became[id].status == "refused" else "")
        elif id in done:
            yield Became(id, "changed")
        elif id in planned:
            yield Became(id, "kept" if planned[id].kept else "same")
        else:
            yield Became(id, "conflict")
