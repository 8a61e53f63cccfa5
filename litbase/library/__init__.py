"""The verbs of litbase: reading, finding, editing, exporting, reporting; all that web and command line may do."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from litbase.errors import NotALibrary
from litbase.paths import MARKER
from litbase.settings import EXAMPLE, FILE, Settings

if TYPE_CHECKING:
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

    @property
    def lock(self) -> Path:
        """The file whose lock makes one process at a time the follower."""
        return self.folder / "index" / "follow.lock"

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
    from litbase.index.whoosh.engine import WhooshEngine
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
    url = settings.store or f"sqlite:///{folder / MARKER}"
    store = open_store(url, create=create, pattern=settings.key_pattern)
    return Library(folder, settings, store, WhooshEngine(folder / "index"))


def follower(library: Library) -> Follower:
    """A thread, not yet started, that keeps the index level with whatever any process writes into the store."""
    from litbase.index.follow import Follower

    return Follower(library.store, library.engine, library.lock)


def is_level(library: Library) -> bool:
    """Whether the index has followed the store to its last change."""
    library.engine.refresh()
    return library.engine.mark() == library.store.mark()


def bring_level(library: Library, rebuild: bool = False, progress: Progress | None = None) -> bool:
    """Bring the index level with the store, anew when *rebuild*; False while another process is doing it."""
    from litbase.index.follow import follow, wait_until

    if rebuild:
        library.engine.clear()
    if follow(library.store, library.engine, library.lock, progress):
        return True
    return wait_until(library.store, library.engine, library.store.mark()[2], READABLE_WITHIN)
