"""Restoring: the library becomes what a backup holds; what was there before is backed up first."""

from pathlib import Path
from typing import Final, NamedTuple

from litbase.errors import BadInput, LibraryError
from litbase.library.backup import alone, make, store_file, total
from litbase.settings import Settings
from litbase.store import archive, copying
from litbase.store.accounts import Accounts
from litbase.store.archive import Manifest
from litbase.store.audit import Deed
from litbase.store.connect import database
from litbase.store.copying import Progress
from litbase.store.opening import BACKUPS, ready
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
    LibraryError while another process has the library open.
    """
    store = store_file(folder, settings)
    staged = store.with_name(f"{store.name}.restoring")
    with alone(folder / BACKUPS):
        try:
            copying.remove(staged)
            manifest = archive.check(file, staged)
            before = copying.count(store) if store.exists() else 0
            _check_size(file, manifest, before, force)
            if store.exists():
                copying.check_unused(store)
            if manifest.store.schema_version < SCHEMA_VERSION:
                _migrate(staged)
            _sign_out(staged, Deed(who, "restored", file.name, detail={"made": manifest.created_at}))
            copying.begin_epoch(staged)
            safety, aside = _keep_present(folder, settings, store, progress)
            files = archive.unpack_files(file, manifest, folder)
            copying.put_in_place(staged, store)
        finally:
            copying.remove(staged)
    return Restored(manifest, before, safety, aside, tuple(files))


def _check_size(file: Path, manifest: Manifest, before: int | None, force: bool) -> None:
    there = total(manifest.store.records)
    if before and there < before * LEAST and not force:
        raise BadInput(
            f"{file.name} of {manifest.created_at} has {there:,} records, the library has {before:,};"
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
    folder: Path, settings: Settings, store: Path, progress: Progress | None
) -> tuple[Path | None, Path | None]:
    """Keep what is there: as a backup, else, where it is too damaged for one, moved aside."""
    if not store.exists():
        return None, None
    try:
        return make(folder, settings, store, folder / BACKUPS, None, progress).path, None
    except copying.Unsound:
        return None, copying.set_aside(store)
    except LibraryError as error:
        raise LibraryError(f"what is there could not be backed up, and nothing was changed: {error}") from error
