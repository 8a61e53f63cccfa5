"""Versions: a record brought back to what it said once; what was done last in the whole library."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from litbase.errors import BadInput, NotFound
from litbase.library import Library
from litbase.library.forms.typing import SOURCE as TYPED
from litbase.record.record import ASSIGNED, FIELD_NAMES, Record, default_of
from litbase.store.audit import AuditRow
from litbase.store.values import Outcome, Revision, Stored

UNDOABLE: Final = re.compile("edit|brought-back|merged|public|draft|withdrawn|judged-.*")  # kinds of revisions
RUNS: Final = "run-finished"
DEEDS: Final = (
    "edit", "brought-back", "undone", "public", "draft", "withdrawn", "merged", "unmerged", "judged-same",
    "judged-version", "judged-related", "judged-part-of", "judged-has-part", "judged-different", RUNS,
)  # fmt: skip
PAGE: Final = 50
_KEPT: Final = frozenset({*ASSIGNED, "collection", "inferred"})  # no decision makes them


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that was done: to the record *stored*, in its *revision*; or a run by its *command*, and its *counts*.

    A run in which one record was typed is told with that record.  *stored* and *revision* are None for any other, and
    where the record, or the change, is not for everyone.
    """

    row: AuditRow
    stored: Stored | None = None
    revision: Revision | None = None
    run: int = 0
    counts: tuple[tuple[str, int], ...] = ()
    command: str = ""


def is_undoable(revision: Revision) -> bool:
    """Whether a person can take back what *revision* did: a decision that still counts."""
    by_run = revision.kind == "undone" and revision.run != 0
    return revision.undone == 0 and (by_run or UNDOABLE.fullmatch(revision.kind) is not None)


def brought_back(revision: Revision) -> int:
    """The version whose words *revision* brought back; 0 where it did something else."""
    return int(revision.other) if revision.kind == "brought-back" else 0


def back_to(now: Record, then: Record) -> dict[str, Any]:
    """What must be decided of a record that says *now* so that it says *then*; None clears a field."""
    return {
        name: None if getattr(then, name) == default_of(name) else getattr(then, name)
        for name in FIELD_NAMES
        if name not in _KEPT and getattr(now, name) != getattr(then, name)
    }


def restore(library: Library, id: str, version: int, *, who: str, why: str = "", seen: int | None = None) -> Outcome:
    """Let a record say again what it said in *version*, by decisions on the fields that differ.

    *seen* is the version the person saw.  Raises NotFound for no such record or version, Conflict.
    """
    stored = library.store.get(id)
    revision = next((one for one in library.store.history(id) if one.version == version), None)
    if stored is None or revision is None:
        raise NotFound(f"there is no version {version} of {id}")
    changes = back_to(stored.record, revision.after)
    if not changes:
        raise BadInput(f"{stored.id} says today what it said in version {version}; nothing was changed")
    return library.store.edit(stored.id, changes, who=who, why=why, version=seen, brings_back=version)


def recent(
    library: Library, before: int = 0, *, who: str = "", action: str = "", everything: bool = False, n: int = PAGE
) -> tuple[list[Deed], int]:
    """What was done last, the newest first, below the number *before*; and the number to go on from, 0 at the end.

    What happened to records that are not public is left out, unless *everything* is asked for.
    """
    rows = library.store.audit.done(DEEDS, n + 1, before, who=who, action=action)
    more = rows[n - 1].nr if len(rows) > n else 0
    return list(_deeds(library, rows[:n], everything)), more


def _deeds(library: Library, rows: Sequence[AuditRow], everything: bool) -> Iterable[Deed]:
    details = {row.nr: row.told for row in rows}
    of_records = [row for row in rows if row.action != RUNS]
    commands = library.store.imports.commands(int(row.subject) for row in rows if row.action == RUNS)
    typed = library.store.imports.read_in(run for run, command in commands.items() if command == TYPED)
    stored = library.store.get_many(dict.fromkeys([*(row.subject for row in of_records), *typed.values()]))
    revisions = library.store.revisions([(row.subject, details[row.nr]["version"]) for row in of_records])
    for row in rows:
        if row.action == RUNS:
            counts = tuple((name, count) for name, count in details[row.nr].items() if count)
            run = int(row.subject)
            record = stored.get(typed.get(run, ""))
            if run not in typed or (record is not None and (everything or record.state == "public")):
                yield Deed(row, record, run=run, counts=counts, command=commands.get(run, ""))
            continue
        record = stored.get(row.subject)
        if record is not None and (everything or record.state == "public"):
            yield Deed(row, record, revisions.get((row.subject, details[row.nr]["version"])))
