"""Restoring: the library becomes what a backup holds; what was there before is backed up first."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple

from litbase.errors import BadInput, LibraryError
from litbase.library.backup import alone, make, store_file, total
from litbase.paths import BACKUPS, MARKER
from litbase.record.text import amount
from litbase.settings import Settings
from litbase.store import archive, copying, moving
from litbase.store.accounts import Accounts
from litbase.store.archive import Manifest
from litbase.store.audit import Deed
from litbase.store.connect import Database, database
from litbase.store.copying import Progress
from litbase.store.opening import ready
from litbase.store.schema import SCHEMA_VERSION

LEAST: Final = 0.5  # of the records that are there now must be in the backup


class Restored(NamedTuple):
    """What was done: from which backup, how many records there were *before* (None: unreadable), where they are kept.

    *safety* is the backup made of them, *aside* an unreadable or damaged store that was moved away; None for none.
    *files* are the names of the files beside the store that were written.
    """

    manifest: Manifest
    before: int | None
    safety: Path | None
    aside: Path | None
    files: tuple[str, ...]


def restore(
    folder: Path,
    settings: Settings,
    file: Path,
    force: bool = False,
    progress: Progress | None = None,
    who: str = "",
) -> Restored:
    """Make the library in *folder* what the backup *file* holds; nothing is changed before all of it was checked.

    The store is replaced last and in one step, and begins an epoch: the index is built anew from it.  Accounts and the
    audit log are those of the backup; nobody is signed in, and the log says *who* restored it.  Raises BadInput
    for a backup that is not good, or has less than half of the records that are there (unless *force*), NewerSchema,
    LibraryError while another process has the library open (an SQLite file; one in PostgreSQL may be in use).
    """
    store = store_file(folder, settings)
    name = store or folder / MARKER
    staged = name.with_name(f"{name.name}.restoring")
    with alone(folder / BACKUPS), _place(folder, settings, store) as place:
        try:
            copying.remove(staged)
            manifest = archive.check(file, staged)
            before = place.records()
            _check_size(file, manifest, before, force)
            place.check_unused()
            if manifest.store.schema_version < SCHEMA_VERSION:
                _migrate(staged)
            _sign_out(staged, Deed(who, "restored", file.name, detail={"made": manifest.created_at}))
            copying.begin_epoch(staged)
            safety, aside = _keep_present(folder, settings, store, progress)
            files = archive.unpack_files(file, manifest, folder)
            place.put(staged)
        finally:
            copying.remove(staged)
    return Restored(manifest, before, safety, aside, tuple(files))


class _Place(NamedTuple):
    """Where a store goes: how many records are there (None: unreadable), whether it is free, and how it gets there."""

    records: Callable[[], int | None]
    check_unused: Callable[[], None]
    put: Callable[[Path], None]


@contextmanager
def _place(folder: Path, settings: Settings, store: Path | None) -> Iterator[_Place]:
    """The place of the SQLite file *store*; None for PostgreSQL, which may be in use, as all is one transaction."""
    if store is not None:
        yield _Place(
            lambda: copying.count(store) if store.exists() else 0,
            lambda: copying.check_unused(store) if store.exists() else None,
            lambda staged: copying.put_in_place(staged, store),
        )
        return
    target = database(settings.store, create=True)
    try:
        ready(target, create=True, backups=folder / BACKUPS)
        yield _Place(lambda: moving.count(target)["records"], lambda: None, partial(_pour, target))
    finally:
        target.close()


def _pour(target: Database, staged: Path) -> None:
    source = database(f"sqlite:///{staged}", create=False, allow_network_disk=True)
    try:
        moving.replace(source, target)
    finally:
        source.close()


def _check_size(file: Path, manifest: Manifest, before: int | None, force: bool) -> None:
    there = total(manifest.store.records)
    if before and there < before * LEAST and not force:
        raise BadInput(
            f"{file.name} of {manifest.created_at} has {amount(there)}, the library has {before:,};"
            " nothing was changed.  Restore it nevertheless with --force"
        )


def _migrate(staged: Path) -> None:
    opened = database(f"sqlite:///{staged}", create=False, allow_network_disk=True)
    try:
        ready(opened, create=False, is_backup=True)
    finally:
        opened.close()


def _sign_out(staged: Path, deed: Deed) -> None:
    opened = database(f"sqlite:///{staged}", create=False, allow_network_disk=True)
    try:
        Accounts(opened).end_all(deed)
    finally:
        opened.close()


def _keep_present(
    folder: Path, settings: Settings, store: Path | None, progress: Progress | None
) -> tuple[Path | None, Path | None]:
    """Keep what is there: as a backup, else, where it is too damaged for one, moved aside."""
    if store is not None and not store.exists():
        return None, None
    try:
        return make(folder, settings, folder / BACKUPS, None, progress).path, None
    except copying.Unsound:
        if store is None:
            raise
        return None, copying.set_aside(store)
    except LibraryError as error:
        raise LibraryError(f"what is there could not be backed up, and nothing was changed: {error}") from error
