"""The verbs of litbase: reading, finding, editing, exporting, reporting; all that web and command line may do."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from litbase.errors import LibraryError, NotALibrary
from litbase.paths import BACKUPS, MARKER
from litbase.settings import EXAMPLE, FILE, Settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from litbase.index import Engine
    from litbase.index.follow import Follower, Progress
    from litbase.store.store import Store

READABLE_WITHIN = 5.0  # seconds a writer waits for the index before it says "searchable in a moment"


@dataclass(frozen=True, slots=True)
class Library:
    """An open library: its folder, its settings, the store that is the truth and the engine derived from it."""

    folder: Path
    settings: Settings
    store: Store
    engine: Engine

    def alone(self, timeout: float = 0.0) -> AbstractContextManager[bool]:
        """Be, inside the block, the one who writes the index; False when another is for longer than *timeout* seconds.

        An index in the library folder is guarded by a lock file beside it.  One on a server, which other machines may
        write too, is guarded by the store they share.
        """
        from litbase.index.lock import locked

        if self.settings.index and self.store.is_shared:
            return self.store.alone("index", timeout)
        return locked(self.folder / "index" / "follow.lock", timeout)

    def close(self) -> None:
        """Give back files and connections."""
        self.engine.close()
        self.store.close()


def exists(folder: Path, settings: Settings) -> bool:
    """Whether *folder* holds a library (or settings name a database elsewhere)."""
    return bool(settings.store) or (folder / MARKER).is_file()


def open_library(folder: Path, settings: Settings, create: bool = False) -> Library:
    """The library in *folder*; made when absent and *create*.

    Raises NotALibrary when absent, NewerSchema when a newer litbase wrote it, LibraryError when it cannot be opened.
    """
    from litbase.store import open_store

    if not exists(folder, settings) and not create:
        raise NotALibrary(f"there is no library in {folder}; make one with: litbase --library {folder} add PATH")
    if create:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if not (folder / FILE).exists():
                (folder / FILE).write_text(EXAMPLE, encoding="utf-8")
        except OSError as error:
            raise NotALibrary(f"a library cannot be made in {folder}: {error}") from error
    engine_of = _engine_of(folder, settings)
    store = open_store(
        store_url(folder, settings), create=create, pattern=settings.key_pattern, backups=folder / BACKUPS
    )
    return Library(folder, settings, store, engine_of(store.mark()[0]))


def store_url(folder: Path, settings: Settings) -> str:
    """Where the store of the library in *folder* is."""
    return settings.store or f"sqlite:///{folder / MARKER}"


def _engine_of(folder: Path, settings: Settings) -> Callable[[str], Engine]:
    """What gives the engine that *settings* name for a store's id; raises LibraryError for a wrong address."""
    if not settings.index:
        from litbase.index.whoosh.engine import WhooshEngine

        return lambda _: WhooshEngine(folder / "index")
    try:
        from litbase.index.opensearch.address import parse
        from litbase.index.opensearch.engine import OpenSearchEngine
    except ImportError as error:
        raise LibraryError("an index on OpenSearch needs: pip install 'litbase[opensearch]'") from error
    address = (settings.index, settings.index_user, settings.index_password_file, settings.index_ca_file)
    return partial(OpenSearchEngine, parse(*address), True)


def follower(library: Library) -> Follower:
    """A thread, not yet started, that keeps the index level with whatever any process writes into the store."""
    from litbase.index.follow import Follower

    return Follower(library.store, library.engine, library.alone)


def is_level(library: Library) -> bool:
    """Whether the index has followed the store to its last change."""
    library.engine.refresh()
    return library.engine.mark() == library.store.mark()


def bring_level(library: Library, rebuild: bool = False, progress: Progress | None = None) -> bool:
    """Bring the index level with the store, anew when *rebuild*; False while another process is doing it."""
    from litbase.index.follow import follow, wait_until

    if rebuild:
        library.engine.clear()
    if follow(library.store, library.engine, library.alone, progress):
        return True
    return wait_until(library.store, library.engine, library.store.mark()[2], READABLE_WITHIN)
