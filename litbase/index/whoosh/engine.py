"""WhooshEngine: the index in a folder, kept level by writes that happen durably or not at all."""

import contextlib
import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final

from whoosh import versionstring
from whoosh.index import TOC

from litbase.errors import EngineUnavailable, LitbaseError, Unsupported
from litbase.fields import FACETS, IndexDocument
from litbase.index import Mark
from litbase.index.lock import locked
from litbase.index.whoosh.arrays import Damaged
from litbase.index.whoosh.builder import DOCUMENTS
from litbase.index.whoosh.commit import NAME, commit, merge, opened
from litbase.index.whoosh.merging import groups
from litbase.index.whoosh.schema import fingerprint, whoosh_schema
from litbase.index.whoosh.search import scan, search
from litbase.index.whoosh.segment import Leaf
from litbase.index.whoosh.snapshot import Snapshot
from litbase.index.whoosh.storage import (
    MANIFEST,
    Attic,
    Folder,
    Manifest,
    damage,
    fault,
    next_generation,
    read_manifest,
    sweep,
    sync_file,
    sync_folder,
    write_manifest,
)
from litbase.index.whoosh.suggest import respell, suggest, titled
from litbase.index.whoosh.values import Values
from litbase.query.request import SearchRequest, SearchResult

PATIENCE: Final = 10.0  # seconds to wait for another writer
REBUILT: Final = "a running server builds it anew by itself, else: litbase index"
TRIES: Final = 10  # to open an index that a writer in another process changes meanwhile


class WhooshEngine:
    """The engine over the index in *folder*, which is made when something is written.

    A damaged or outdated index is never opened: `mark` is then None, `problems` says
    why, searching raises EngineUnavailable, and the next write begins a new one.
    """

    can: frozenset[str] = frozenset({"near"})
    refused: tuple[tuple[str, str], ...] = ()

    def __init__(self, folder: Path, writable: bool = True):
        """Open what there is; never raises for the state of the index."""
        self.folder = Path(folder)
        self.writable = writable
        self.problems: tuple[str, ...] = ()
        self._manifest: Manifest | None = None
        self._values = {name: Values(name) for name in FACETS}
        self._leaves: dict[str, Leaf] = {}
        self._snapshot = Snapshot(())
        self._seen: tuple[int, ...] | None = None
        self._cleared = False
        self._closed = False
        self._attic = Attic()
        self._unread: list[str] = []  # files that `inspect` has still to read
        self._bad: dict[tuple[str, str], str] = {}  # what is wrong with files found damaged, by generation and name
        self._lock = threading.RLock()
        self.refresh()

    def mark(self) -> Mark | None:
        """The mark of the last write; None for an empty, damaged, outdated or just cleared index."""
        manifest = self._manifest
        return None if manifest is None or self.problems or self._cleared else manifest.mark

    def search(self, request: SearchRequest) -> SearchResult:
        """The answer to *request*; raises Unsupported and EngineUnavailable."""
        with self._guarded():
            return search(request, self._pinned(), self._values)

    def scan(self, request: SearchRequest) -> Iterator[str]:
        """The ids of every hit of *request*, in its order, all of one moment."""
        with self._guarded():
            ids = scan(request, self._pinned())
        return self._watched(ids)

    def _watched(self, ids: Iterator[str]) -> Iterator[str]:
        with self._guarded():
            yield from ids

    def suggest(self, field: str, start: str, limit: int) -> tuple[tuple[str, int], ...]:
        """See Engine; raises Unsupported for a field that is no facet."""
        if field not in FACETS:
            raise Unsupported(f"{field!r} is no facet; facets are {', '.join(FACETS)}")
        with self._guarded():
            return suggest(start, limit, self._pinned(), self._values[field])

    def titled(self, start: str, limit: int) -> tuple[str, ...]:
        """See Engine."""
        with self._guarded():
            return titled(start, limit, self._pinned())

    def respell(self, word: str, field: str = "") -> tuple[tuple[str, int], ...]:
        """See Engine."""
        with self._guarded():
            return respell(word, field, self._pinned())

    def refresh(self) -> bool:
        """See what was written since; True when there was anything.  One stat when there was not."""
        if self._stat() == self._seen:
            if not self.problems and (cut := [leaf.file.name for leaf in self._leaves.values() if leaf.file.is_cut()]):
                self.problems = (f"{', '.join(cut)} became shorter while it was used",)
            return False
        with self._lock:
            seen = self._stat()
            if seen == self._seen:
                return False
            self._open()
            self._seen = seen
            return True

    def verify(self) -> tuple[str, ...]:
        """What is wrong with the index, every byte read; () when nothing.  Damage makes it unusable until rebuilt."""
        self.refresh()
        while (manifest := self._manifest) is not None and not self.problems:
            found = damage(self.folder, manifest, full=True)
            if not self.refresh() and self._manifest is manifest:  # else files may have been merged away meanwhile
                self.problems = found
                break
        return self.problems

    def inspect(self) -> bool:
        """Read every byte of the next file; True when there are more.  Searching and writing go on meanwhile."""
        manifest = self._manifest
        if manifest is None or self.problems:
            self._unread = []
            return False
        self._unread = [name for name in self._unread or sorted(manifest.files) if name in manifest.files]
        name = self._unread.pop() if self._unread else ""
        if name and (found := fault(self.folder, manifest, name, full=True)):
            self._distrust(name, found, manifest.generation)
        return bool(self._unread)

    def _distrust(self, name: str, why: str, generation: str) -> None:
        """Use no index with the file *name*, neither this one nor what a writer who does not know makes of it."""
        self.refresh()
        self._bad[generation, name] = why
        now = self._manifest
        if now is not None and now.generation == generation and name in now.files and not self.problems:
            self.problems = (why,)

    def clear(self) -> None:
        """Begin an empty index with the next write; the present one answers until then."""
        self._cleared = True

    def close(self) -> None:
        """Give back the files; the engine is not used afterwards."""
        with self._lock:
            self._closed = True
            self._attic.clear(now=True)
            self._leaves = {}
            self._snapshot = Snapshot(())

    def write(self, documents: Iterable[IndexDocument], deletions: Iterable[str], mark: Mark) -> None:
        """Add or replace *documents*, then drop the ids *deletions* that are not among them, and remember *mark*.

        *documents* is read to its end before *deletions* is.  All of it happens durably
        or none; raises EngineUnavailable when another writer does not finish or the disk
        fails.
        """
        with self._writing():
            begin = self._manifest is None or self._cleared or bool(self.problems)
            leaves = {} if begin else self._leaves
            self._change(mark, begin, lambda storage: commit(storage, leaves, documents, deletions))

    def tidy(self) -> bool:
        """Merge a few segments that writes have left small; True when there may be more to merge."""
        with self._writing():
            mark = self.mark()
            if mark is None or not groups([segment for _, segment in self._snapshot.entries], DOCUMENTS):
                return False
            self._change(mark, False, merge)
            return True

    @contextlib.contextmanager
    def _writing(self) -> Iterator[None]:
        """Hold the lock of writers, the index swept and up to date, before and after."""
        if not self.writable:
            raise EngineUnavailable(f"the index in {self.folder} was opened for reading only")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with self._lock, locked(self.folder / "write.lock", PATIENCE) as held:
                if not held:
                    raise EngineUnavailable(f"another process has been writing {self.folder} for {PATIENCE:.0f} s")
                self.refresh()
                self._attic.clear()
                sweep(self.folder, self._manifest, self._attic)
                with self._guarded():
                    yield
                self.refresh()
                self._pinned()
        except OSError as error:
            raise EngineUnavailable(f"the index in {self.folder} cannot be written: {error}") from error

    def _stat(self) -> tuple[int, ...]:
        try:
            found = (self.folder / MANIFEST).stat()
        except OSError:
            return ()
        return found.st_mtime_ns, found.st_size, found.st_ino

    def _pinned(self) -> Snapshot:
        if self._closed or self.problems:
            why = "; ".join(self.problems) or "it was closed"
            raise EngineUnavailable(f"the index in {self.folder} cannot answer until it is rebuilt ({REBUILT}): {why}")
        return self._snapshot

    @contextlib.contextmanager
    def _guarded(self) -> Iterator[None]:
        """Turn a failure that comes from damaged files into EngineUnavailable, and stop trusting them."""
        manifest = self._manifest
        try:
            yield
        except (LitbaseError, OSError):  # the operating system says itself what is wrong
            raise
        except Damaged as error:
            if manifest is not None:
                self._distrust(error.name, str(error), manifest.generation)
            raise EngineUnavailable(f"the index in {self.folder} is damaged ({REBUILT}): {error}") from error
        except Exception as error:  # bytes that changed after they were checked raise whatever they like
            if self.verify():
                why = "; ".join(self.problems)
                raise EngineUnavailable(f"the index in {self.folder} is damaged ({REBUILT}): {why}") from error
            raise

    def _open(self) -> None:
        """Look at the folder anew, leaving an index that is not whole or not ours alone."""
        for attempt in range(TRIES):
            manifest = None
            try:
                manifest = read_manifest(self.folder)
                found = self._faults(manifest)
                if manifest is not None and not found:
                    self._load(manifest)
            except Exception as error:  # see _guarded
                found = (f"{type(error).__name__}: {error}",)
            if not found or attempt + 1 == TRIES or manifest == _quietly(self.folder):
                break
        if manifest is None or found:
            self._snapshot, self._leaves = Snapshot(()), {}
        if manifest is not None and (self._manifest is None or manifest.generation != self._manifest.generation):
            self._cleared = False  # another process was asked to begin anew too, and did
        self._manifest, self.problems = manifest, found

    def _faults(self, manifest: Manifest | None) -> tuple[str, ...]:
        if manifest is None:
            return ()
        made = manifest.fingerprint, manifest.whoosh
        if made != (fingerprint(), versionstring()):
            return ("it was made by another version of litbase or Whoosh",)
        bad = (self._bad.get((manifest.generation, name)) for name in manifest.files)
        return tuple(filter(None, bad)) or damage(self.folder, manifest, full=False)

    def _load(self, manifest: Manifest) -> None:
        folder = self.folder / manifest.generation
        with contextlib.closing(Folder(folder, set(manifest.files))) as storage:
            segments = TOC.read(storage, NAME, schema=whoosh_schema()).segments
        leaves = {s.segment_id(): self._leaves.get(s.segment_id()) or opened(folder, s) for s in segments}
        snapshot = Snapshot([(leaves[s.segment_id()], s) for s in segments])
        if snapshot.count != manifest.records:
            raise ValueError(f"{snapshot.count} records are there, {manifest.records} were written")
        self._leaves, self._snapshot = leaves, snapshot
        for values in self._values.values():
            values.forget({leaf.file.name for leaf in leaves.values()})

    def _change(self, mark: Mark, begin: bool, commit: Callable[[Folder], int]) -> None:
        """Let *commit* change the index, in a new generation if *begin*; all of it becomes durable or none."""
        old = self._manifest
        generation = next_generation(self.folder) if begin or old is None else old.generation
        files = {} if begin or old is None else old.files
        storage = Folder(self.folder / generation, set(files))
        try:
            if begin:  # where all was deleted, numbers begin again: what was bad in a generation of this name is gone
                self._bad = {place: why for place, why in self._bad.items() if place[0] != generation}
                storage.create()
                TOC.create(storage, whoosh_schema(), NAME)
            count = commit(storage)
            kept = {name: files[name] for name in storage.names & storage.before}
            entries = kept | {name: sync_file(storage.path(name)) for name in sorted(storage.created)}
            sync_folder(storage.path("."))
            if begin:
                sync_folder(self.folder)
            write_manifest(self.folder, Manifest(generation, entries, mark, fingerprint(), versionstring(), count))
        except BaseException:
            storage.close()
            with contextlib.suppress(ValueError, OSError):  # the manifest may be the new one, when the last step failed
                sweep(self.folder, read_manifest(self.folder), self._attic)
            raise
        storage.close()
        for name in storage.before - storage.names:
            self._attic.note(storage.path(name))
        if begin and old is not None:
            self._attic.note(self.folder / old.generation)
        self._cleared = False
        self._attic.clear()


def _quietly(folder: Path) -> Manifest | None:
    with contextlib.suppress(ValueError, OSError):
        return read_manifest(folder)
    return None
