"""Importing: what people send is read for a report first, added when somebody says so, and can be taken back.

The work is done by a thread of whichever process was asked, one small and one large import at a time in a library.  All
of its state is in the store, and a lock says whether somebody works on it: when the process dies, the lock is free, the
import is "interrupted", and any process can go on with it.
"""

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from litbase.errors import BadInput, Conflict, LitbaseError, NotFound
from litbase.library import Library, background, bulk_jobs, uploads
from litbase.library.documents import Answer, Unreadable
from litbase.library.findings import Budget, failed, found_in
from litbase.library.foreseeing import Foresight
from litbase.library.reading import Entry, prepared, take
from litbase.library.undoing import undo_run
from litbase.record.reading import Document
from litbase.store.imports import ENDED, WORKING, ImportEntry, StoredImport, StoredRun
from litbase.store.values import Incoming

__all__ = ["ENDED", "ImportEntry", "StoredImport", "StoredRun"]

COMMAND: Final = "import"  # of the runs
KEPT: Final = timedelta(days=7)  # what nobody adds
TOLD: Final = timedelta(days=90)  # the records of a report, once the import has ended
ENTRIES: Final = 500_000  # records of all reports together
WAITING: Final = 20  # imports that are worked on or wait for their turn
STATUSES: Final = ("review", "refused", "new", "changed", "same")  # in the order of a report
AT_ONCE: Final = 100  # records of one transaction, so that who saves meanwhile hardly waits
TURN: Final = 7 * 86_400.0  # seconds an import waits for the one before
EXPIRED: Final = "Nobody added it within seven days."
log = logging.getLogger("litbase.imports")
_Work = Callable[[Library, StoredImport, str], None]  # with who asked for it
_Item = tuple[Incoming | Entry, int]  # with the line at which the next one begins


def begin(library: Library, documents: Iterable[tuple[str, bytes]], who: str) -> int:
    """Read *documents* (name, bytes) for a report, in the background; the number of the import.

    Nothing is added.  Raises BadInput when nothing is given, or too much.
    """
    sweep(library)
    if len(library.store.imports.of_state(WORKING)) >= WAITING:
        raise BadInput(f"{WAITING} imports are under way. Wait for one of them to end.")
    files = uploads.keep(library, documents)
    nr = library.store.imports.begin(who, files, sum(one.size for one in files))
    _start(library, nr, _read, who)
    return nr


def state_of(library: Library, one: StoredImport) -> str:
    """The state of an import: "interrupted" where it is being worked on and nobody does."""
    if one.state not in WORKING or uploads.is_worked_on(library, one.nr):
        return one.state
    state = get(library, one.nr).state  # it may have ended between the two questions
    return "interrupted" if state in WORKING else state


def get(library: Library, nr: int) -> StoredImport:
    """The import number *nr*.  Raises NotFound."""
    found = library.store.imports.get(nr)
    if found is None:
        raise NotFound(f"There is no import {nr}.")
    return found


def waits_for(library: Library, one: StoredImport) -> StoredImport | None:
    """The import that is worked on while *one* waits for its turn; None where it does not wait."""
    if one.state not in WORKING or one.done:
        return None
    for other in library.store.imports.of_state(WORKING):
        is_before = other.nr != one.nr and other.done and uploads.is_small(other.files) == uploads.is_small(one.files)
        if is_before and uploads.is_worked_on(library, other.nr):
            return other
    return None


def add(library: Library, nr: int, who: str) -> None:
    """Add what was read, in the background, in a run that can be undone.  Raises NotFound, Conflict."""
    _begin(library, nr, ("read",), "adding", who, _add)


def go_on(library: Library, nr: int, who: str) -> None:
    """Go on with an import that was interrupted or failed, where it was.  Raises NotFound, Conflict."""
    one = get(library, nr)
    if state_of(library, one) not in ("interrupted", "failed"):
        raise Conflict(f"Import {nr} is {one.state}, and was not interrupted.", 0)
    if one.state == "undoing":
        _begin(library, nr, ("undoing",), "undoing", who, _undo)
    elif one.run or one.state == "adding":
        _begin(library, nr, ("adding", "failed"), "adding", who, _add)
    else:
        _begin(library, nr, ("reading", "failed"), "reading", who, _read)


def undo(library: Library, nr: int, who: str) -> None:
    """Take back all that an import added, in the background.  Raises NotFound, Conflict."""
    one = get(library, nr)
    if not one.run:
        raise Conflict(f"Import {nr} added nothing, so there is nothing to undo.", 0)
    if one.state == "adding" and state_of(library, one) != "interrupted":
        raise Conflict(f"Import {nr} is being added.", 0)
    _begin(library, nr, ("added", "adding", "failed"), "undoing", who, _undo)


def undo_other(library: Library, run: int, who: str) -> int:
    """Take back all that *run* did, in the background; the number of the import under which that is done."""
    own = next((one for one in library.store.imports.of_state(("added", "adding", "failed")) if one.run == run), None)
    if own is not None:
        undo(library, own.nr, who)
        return own.nr
    if library.store.imports.run(run) is None:
        raise NotFound(f"There is no run {run}.")
    with bulk_jobs.at_rest(library, run):
        nr = library.store.imports.begin(who, (), 0)
        library.store.imports.move(nr, ("reading",), "undoing", who, run=run)
    _start(library, nr, _undo, who)
    return nr


def drop(library: Library, nr: int, who: str, message: str = "") -> None:
    """Add nothing of what was read, and delete it.  Raises NotFound, Conflict when it is being added, or was."""
    one = get(library, nr)
    if one.run or not library.store.imports.move(nr, ("reading", "read", "failed"), "dropped", who, message=message):
        raise Conflict(f"Import {nr} is {one.state}; what was added is undone, not dropped.", 0)
    _forget(library, one)


def sweep(library: Library) -> None:
    """Drop what nobody added within a week, and delete bytes that belong to no import, and the records of old reports.

    What an import came to, and its run, which can be undone, stay for good.
    """
    until = (datetime.now(UTC) - KEPT).isoformat()
    waiting = library.store.imports.of_state(("reading", "read", "adding", "failed"))
    for one in waiting:
        if one.started_at < until and one.files and not uploads.is_worked_on(library, one.nr):
            state = "failed" if one.run else "dropped"
            library.store.imports.move(one.nr, (one.state,), state, message=EXPIRED)
            _forget(library, one)
    known = [upload for one in waiting for upload in one.files]
    uploads.remove_strays(library, known, KEPT.total_seconds())
    library.store.imports.forget_old((datetime.now(UTC) - TOLD).isoformat(), ENTRIES)


def _forget(library: Library, one: StoredImport) -> None:
    uploads.remove(library, one.files)


def _begin(library: Library, nr: int, before: Sequence[str], state: str, who: str, work: _Work) -> None:
    one = get(library, nr)
    if uploads.is_worked_on(library, nr) or not library.store.imports.move(nr, before, state, who, done=0, message=""):
        raise Conflict(f"Import {nr} is {one.state} now: somebody else was faster.", 0)
    _start(library, nr, work, who)


def _start(library: Library, nr: int, work: _Work, who: str) -> None:
    """Let a thread do *work* on an import, when those before it are done."""

    def in_turn() -> None:
        with uploads.turn(library, get(library, nr).files, TURN):
            work(library, get(library, nr), who)

    background.start(library, uploads.lock(library, nr), in_turn, lambda problem: _fail(library, nr, problem))


def _fail(library: Library, nr: int, problem: Exception) -> None:
    log.error("import %s failed", nr, exc_info=problem)
    told = str(problem) if isinstance(problem, LitbaseError) else "Something went wrong on our side; the log says what."
    try:
        library.store.imports.move(nr, WORKING, "failed", message=told)
    except LitbaseError:
        log.exception("import %s cannot be noted as failed", nr)


def _read(library: Library, one: StoredImport, who: str) -> None:
    """Read the files of an import and keep what adding them would come to."""
    store = library.store.imports
    store.forget_entries(one.nr)
    foresight, budget = Foresight(library.store), Budget()
    counts, number, done = dict.fromkeys((*STATUSES, "cited"), 0), 0, 0
    try:
        for document, batch, share in _batches(library, one):
            readings = [(n, item) for n, (item, _) in enumerate(batch, number) if isinstance(item, Incoming)]
            foreseen = iter(foresight.foresee(readings))
            findings = [
                found_in(document, item, stop, next(foreseen), budget) if isinstance(item, Incoming) else failed(item)
                for item, stop in batch
            ]
            rows = [ImportEntry(n, f.status, f.file, "", f.to_json()) for n, f in enumerate(findings, number)]
            number, done = number + len(batch), max(done, round(share))
            for finding in findings:
                counts[finding.status] += 1
                counts["cited"] += finding.cited
            store.found(one.nr, rows, done)
            if get(library, one.nr).state != "reading":
                return
    finally:
        foresight.close()
    store.move(one.nr, ("reading",), "read", done=one.total, counts=counts)


def _batches(library: Library, one: StoredImport) -> Iterator[tuple[Document, list[_Item], float]]:
    """The readings and refusals of an import some at a time, with their document and the bytes read with them."""
    done = 0.0
    for opened in uploads.documents(library, one.files):
        if isinstance(opened, Unreadable):
            refused = Entry(file=opened.name, line=1, status="refused", notices=(opened.notice,))
            yield Document(opened.name, b""), [(refused, 0)], done
            continue
        batch: list[_Item] = []
        for item, stop in _with_stops(prepared(library, Answer(opened))):
            batch.append((item, stop))
            if len(batch) == AT_ONCE:
                yield opened, batch, done + opened.size * min(1.0, item.line / (opened.line_count + 1))
                batch = []
        done += opened.size
        yield opened, batch, done


def _with_stops(items: Iterable[Incoming | Entry]) -> Iterator[_Item]:
    """Each of *items*, and the line at which the next one begins, 0 for the last."""
    before: Incoming | Entry | None = None
    for item in items:
        if before is not None:
            yield before, item.line
        before = item
    if before is not None:
        yield before, 0


def _add(library: Library, one: StoredImport, who: str) -> None:
    """Add the files of an import, in its run, and note of each record what became of it."""
    store, is_resumed = library.store.imports, bool(one.run)
    settings = {"import": str(one.nr), "files": ", ".join(upload.name for upload in one.files), "who": who}
    run = one.run or library.store.start_run(COMMAND, settings)
    if not is_resumed:
        store.move(one.nr, ("adding",), "adding", run=run)
    done = 0

    def progress(bytes_done: int, records_done: int, name: str) -> None:
        nonlocal done
        done = bytes_done

    documents = uploads.documents(library, one.files)
    waiting: list[tuple[int, str, str]] = []
    added = take(library, documents, COMMAND, settings, progress=progress, who=who, run=run, at_once=AT_ONCE)
    for number, entry in enumerate(added):
        waiting.append((number, entry.status, entry.id if entry.status != "refused" else ""))
        if len(waiting) == AT_ONCE:
            _note(library, one, waiting, done, is_resumed)
            waiting = []
    _note(library, one, waiting, done, is_resumed)
    counts = dict.fromkeys((*STATUSES, "cited"), 0) | store.counts(one.nr) | {"cited": one.counts.get("cited", 0)}
    store.move(one.nr, ("adding",), "added", done=one.total, counts=counts)
    _forget(library, one)


def _note(
    library: Library, one: StoredImport, outcomes: Sequence[tuple[int, str, str]], done: int, is_resumed: bool
) -> None:
    """Keep what became of entries; what an interrupted run had added already stays as it was foreseen."""
    before = library.store.imports.statuses(one.nr, [number for number, _, _ in outcomes])
    rows = []
    for number, status, id in outcomes:
        foreseen, _ = before.get(number, (status, ""))
        is_kept = (status == "new" and foreseen == "review") or (status == "same" and is_resumed)
        rows.append((number, foreseen if is_kept else status, id))
    library.store.imports.became(one.nr, rows, done)


def _undo(library: Library, one: StoredImport, who: str) -> None:
    """Take back the run of an import; or of any other, where that is what it is for: its counts say what came of it."""
    store, outcomes = library.store.imports, Counter[str]()
    counts = store.counts(one.nr) or one.counts  # of an old report only these are left
    if not one.files:
        other = store.run(one.run)
        counts = other.counts if other else {}
    total = sum(count for status, count in counts.items() if status not in ("refused", "cited"))
    store.move(one.nr, ("undoing",), "undoing", total=total)
    message = ""
    why = f"import {one.nr} undone" if one.files else f"run {one.run} undone"
    try:
        with bulk_jobs.at_rest(library, one.run):
            undone = undo_run(library, one.run, who=who, why=why)
        for outcome in undone.outcomes:
            outcomes[outcome.status] += 1
            if outcomes.total() % AT_ONCE == 0:
                store.found(one.nr, (), outcomes.total())
    except BadInput as problem:  # nothing is left: it was undone elsewhere, or before the process died
        message = str(problem)
    told = one.counts if one.files else dict(outcomes)
    store.move(one.nr, ("undoing",), "undone", done=outcomes.total(), message=message, counts=told)
    _forget(library, one)
