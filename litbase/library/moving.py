"""Moving: the store of a library into another database; and bringing a store of an older litbase to this version."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from litbase.errors import LibraryError
from litbase.library import store_url
from litbase.paths import BACKUPS, MARKER
from litbase.settings import FILE, Settings
from litbase.store import copying, moving, opening
from litbase.store.audit import Audit
from litbase.store.connect import Database, database, parsed, shown
from litbase.store.moving import Moved, Progress, Tally
from litbase.store.opening import Foreseen
from litbase.store.schema import SCHEMA_VERSION

__all__ = [
    "Foreseen",
    "Migrated",
    "Moved",
    "Tally",
    "foresee",
    "foresee_migration",
    "migrate",
    "move",
    "shown",
    "to_set",
]


class Migrated(NamedTuple):
    """From which version a store was brought to which, by which steps, and where it is kept as it was."""

    foreseen: Foreseen
    backup: Path | None


def move(
    folder: Path, settings: Settings, url: str, progress: Progress = lambda done, total, table: None, who: str = ""
) -> Moved:
    """Move the store of the library in *folder* into the empty database at *url*; what was moved, as it was compared.

    Meanwhile the library can be read, and who writes is told to try again.  The old store and the settings stay as
    they are; the audit log of the new one says *who* moved it.  Raises LibraryError, with nothing kept in the target.
    """
    with _both(folder, settings, url) as (source, target):
        moving.check_target(source, target)
        moved = moving.move(source, target, progress)
        Audit(target).note(who, "moved", shown(store_url(folder, settings))[:500], change=moved.change)
        return moved


def foresee(folder: Path, settings: Settings, url: str) -> dict[str, int]:
    """How many rows of each table `move` would move to *url*.  Raises LibraryError where it could not."""
    with _both(folder, settings, url) as (source, target):
        moving.check_target(source, target)
        return moving.count(source)


def to_set(folder: Path, url: str) -> str:
    """What to set so that the library in *folder* uses the store at *url*, in words; a password is stars."""
    address = parsed(url)
    if address.get_backend_name() == "sqlite" and Path(str(address.database)).resolve() == (folder / MARKER).resolve():
        return f"take `store` out of {folder / FILE}, and LITBASE_STORE out of the environment"
    return f'set store = "{shown(url)}" in {folder / FILE}, or LITBASE_STORE={shown(url)}'


def foresee_migration(folder: Path, settings: Settings) -> Foreseen:
    """What opening would do with the store of the library in *folder*, tried to the end and undone."""
    with _opened(store_url(folder, settings)) as store:
        return opening.foresee(store)


def migrate(folder: Path, settings: Settings) -> Migrated:
    """Bring the store of the library in *folder* to this version, after a backup."""
    before = _backups(folder)
    with _opened(store_url(folder, settings)) as store:
        foreseen = opening.foresee(store)
        opening.ready(store, create=False, backups=folder / BACKUPS)
    made = sorted(_backups(folder) - before)
    return Migrated(foreseen, made[0] if made else None)


def _backups(folder: Path) -> set[Path]:
    return set((folder / BACKUPS).glob("before-schema-*.zip"))


@contextmanager
def _opened(url: str, create: bool = False) -> Iterator[Database]:
    opened = database(url, create)
    try:
        yield opened
    finally:
        opened.close()


@contextmanager
def _both(folder: Path, settings: Settings, url: str) -> Iterator[tuple[Database, Database]]:
    """The databases of the library and of *url*; a file that was made for the latter goes again if it gets no store."""
    there, wanted = store_url(folder, settings), parsed(url)
    if parsed(there) == wanted:
        raise LibraryError(f"the library is at {shown(url)} already")
    file = Path(str(wanted.database)) if wanted.get_backend_name() == "sqlite" else None
    if file is not None and wanted.database in (None, "", ":memory:"):
        raise LibraryError("a store in memory is gone with the command; name a file: sqlite:////folder/litbase.db")
    was_there = file is None or file.exists()
    try:
        with _opened(there) as source, _opened(url, create=True) as target:
            version = opening.mark(source)[1]
            if version < SCHEMA_VERSION:
                raise LibraryError(
                    f"the store has schema version {version}; bring it to this one with: litbase migrate"
                )
            yield source, target
    finally:
        if file is not None and not was_there and not copying.count(file):
            copying.remove(file)
