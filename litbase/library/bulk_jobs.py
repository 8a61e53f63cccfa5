"""Bulk edits of the browser: a preview kept until somebody applies it, and the work done in the background.

A preview is a file under a random name in the library's folder, with the records it would change and the versions they
had; the run that applies it takes the file over.  A lock says whether somebody works on a run: when the process dies
the lock is free, the run is "interrupted", and can be gone on with or undone.
"""

import contextlib
import logging
import os
import re
import secrets
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

import msgspec

from litbase.errors import Conflict, LitbaseError, NotFound
from litbase.index.lock import locked
from litbase.library import Library, background, bulk, mending
from litbase.library.background import is_held
from litbase.library.bulk import Preview
from litbase.library.operations import Operation
from litbase.library.operations import operation as read_operation
from litbase.library.undoing import undone_by

FOLDER: Final = "edits"
KEPT: Final = 7 * 86_400  # seconds a preview, and what came of it, is kept
MOST: Final = 200  # previews that may wait
TOLD: Final = 200  # records that were not changed, named in a report
_PLACE: Final = re.compile(r"[0-9a-f]{32}")
log = logging.getLogger("litbase.bulk")


class Told(msgspec.Struct, frozen=True):
    """An operation as it was said."""

    action: str
    field: str
    said: str = ""
    instead: str = ""
    whole_words: bool = False


class Kept(msgspec.Struct, frozen=True):
    """A preview that waits, or was applied: what is to be done to which records in which version, and who asked."""

    operations: tuple[Told, ...]
    overrule: bool
    who: str
    seen: dict[str, int]
    back: str = ""

    def read(self) -> list[Operation]:
        """The operations."""
        return [_read(one) for one in self.operations]


class Skipped(msgspec.Struct, frozen=True):
    """A record that was not changed: its status as in `bulk.Became`, and why."""

    id: str
    status: str
    reason: str = ""


class Report(msgspec.Struct, frozen=True):
    """How far a run is: *state* is "working", "interrupted", "failed" or "done"; *counts* are by status.

    *undone_by* is the run that has undone it, 0 where it counts.
    """

    state: str
    done: int
    total: int
    counts: dict[str, int]
    skipped: tuple[Skipped, ...]
    who: str = ""
    said: str = ""
    why: str = ""
    back: str = ""
    can_go_on: bool = False
    undone_by: int = 0


class _Progress(msgspec.Struct, frozen=True):
    done: int = 0
    counts: dict[str, int] = {}
    skipped: tuple[Skipped, ...] = ()
    state: str = "working"
    why: str = ""


class _Work(NamedTuple):
    library: Library
    run: int
    kept: Kept
    who: str
    why: str


def keep(library: Library, found: Preview, operations: Sequence[Operation], overrule: bool, who: str, back: str) -> str:
    """Keep a preview until it is applied; its name.  What is older than a week is deleted, and so are too many."""
    _sweep(library)
    told = tuple(Told(one.action, one.field, one.said, one.instead, one.whole_words) for one in operations)
    place = secrets.token_hex(16)
    _write(_folder(library) / place, msgspec.json.encode(Kept(told, overrule, who, found.seen, back)))
    return place


def _read(told: Told) -> Operation:
    if told.action == "mend":
        return Operation("mend", told.field)
    return read_operation(told.action, told.field, told.said, told.instead, told.whole_words)


def begin(library: Library, place: str, who: str, why: str = "") -> int:
    """Apply a preview in the background; the number of the run.  Raises Conflict where it was applied, or is gone."""
    if not _PLACE.fullmatch(place):
        raise NotFound("There is no such preview.")
    path = _folder(library) / place
    try:
        kept = msgspec.json.decode(path.read_bytes(), type=Kept)
        taken = path.rename(path.with_suffix(".taken"))
    except OSError as problem:
        raise Conflict("This preview was applied already, or is older than a week. Look at it anew.", 0) from problem
    operations = kept.read()
    settings = {"who": who, "operations": bulk.said(operations)}
    run = library.store.start_run(bulk.command_of(operations), settings)
    taken.rename(_path(library, run))
    _start(_Work(library, run, kept, who, why))
    return run


def go_on(library: Library, run: int, who: str) -> None:
    """Go on with a run that was interrupted.  Raises NotFound, Conflict."""
    found = report(library, run)
    if found.undone_by:
        raise Conflict(f"Run {found.undone_by} has undone run {run}. Undo that first, or make the edit anew.", 0)
    if not found.can_go_on:
        raise Conflict(f"Run {run} was not interrupted.", 0)
    _start(_Work(library, run, _kept(library, run), who, _progress(library, run).why))


@contextlib.contextmanager
def at_rest(library: Library, run: int) -> Iterator[None]:
    """Let nobody go on with *run* inside the block, in which it is begun to be undone.

    Raises Conflict while somebody works on it: undone then, the rest of it would be done nevertheless.
    """
    lock = _lock(library, run)
    with locked(lock) if lock.exists() else contextlib.nullcontext(True) as held:
        if not held:
            raise Conflict(f"Run {run} is being done at this moment. Undo it when it has ended.", 0)
        yield


def report(library: Library, run: int) -> Report:
    """How far the run is, and what came of it.  Raises NotFound where it is none of a bulk edit."""
    found = library.store.imports.run(run)
    if found is None or found.command not in (bulk.COMMAND, mending.COMMAND):
        raise NotFound(f"There is no bulk edit {run}.")
    undone = next((by.id for by in undone_by(library, [found]).values()), 0)
    try:
        kept = _kept(library, run)
    except NotFound:
        total = sum(found.counts.values())
        return Report("done", total, total, found.counts, (), found.who, undone_by=undone)
    progress = _progress(library, run)
    if progress.state == "working" and not is_held(_lock(library, run)):
        progress = _progress(library, run)  # it may have ended between the two questions
        if progress.state == "working":
            progress = msgspec.structs.replace(progress, state="interrupted")
    return Report(
        progress.state, progress.done, len(kept.seen), progress.counts, progress.skipped, found.who,
        bulk.said(kept.read()), progress.why, kept.back, progress.state in ("interrupted", "failed") and not undone,
        undone,
    )  # fmt: skip


def _start(work: _Work) -> None:
    def failed(problem: Exception) -> None:
        log.error("bulk edit %s failed", work.run, exc_info=problem)
        with contextlib.suppress(OSError, LitbaseError):
            before = _progress(work.library, work.run)
            _note(work.library, work.run, msgspec.structs.replace(before, state="failed"))

    def begun() -> None:
        _note(work.library, work.run, _Progress(why=work.why))

    background.start(work.library, _lock(work.library, work.run), lambda: _apply(work), failed, begun)


def _apply(work: _Work) -> None:
    if report(work.library, work.run).undone_by:  # while it was asked to go on
        return
    kept, skipped = work.kept, list[Skipped]()
    applied = bulk.apply(
        work.library, kept.seen, kept.read(), who=work.who, why=work.why, overrule=kept.overrule, run=work.run
    )
    done = 0
    for done, one in enumerate(applied.outcomes, 1):
        if one.status != "changed" and len(skipped) < TOLD:
            skipped.append(Skipped(one.id, one.status, one.reason))
        if done % bulk.AT_ONCE == 0:
            _note(work.library, work.run, _Progress(done, dict(applied.tally), tuple(skipped), why=work.why))
    _note(work.library, work.run, _Progress(done, dict(applied.tally), tuple(skipped), "done", work.why))


def _kept(library: Library, run: int) -> Kept:
    try:
        return msgspec.json.decode(_path(library, run).read_bytes(), type=Kept)
    except OSError as problem:
        raise NotFound(f"There is no bulk edit {run}.") from problem


def _progress(library: Library, run: int) -> _Progress:
    try:
        return msgspec.json.decode(_path(library, run, "progress").read_bytes(), type=_Progress)
    except OSError:
        return _Progress()


def _note(library: Library, run: int, progress: _Progress) -> None:
    _write(_path(library, run, "progress"), msgspec.json.encode(progress))


def _write(path: Path, data: bytes) -> None:
    """Write *path* whole or not at all, for nobody but the owner."""
    part = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
    part.replace(path)


def _path(library: Library, run: int, suffix: str = "json") -> Path:
    return _folder(library) / f"run-{run}.{suffix}"


def _lock(library: Library, run: int) -> Path:
    return _path(library, run, "lock")


def _sweep(library: Library) -> None:
    """Delete what is older than a week, and the oldest previews where too many wait."""
    until = time.time() - KEPT
    files = sorted(_files(library), reverse=True)
    waiting = [path for _, path in files if _PLACE.fullmatch(path.name)]
    for at, path in files:
        if at < until or path in waiting[MOST:]:
            with contextlib.suppress(OSError):
                path.unlink()


def _files(library: Library) -> Iterator[tuple[float, Path]]:
    for path in _folder(library).iterdir():
        with contextlib.suppress(OSError):
            yield path.stat().st_mtime, path


def _folder(library: Library) -> Path:
    folder = library.folder / FOLDER
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
