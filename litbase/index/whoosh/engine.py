"""WhooshEngine: the index in a folder, kept level by writes that happen durably or not at all."""

import contextlib
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from whoosh import versionstring
from whoosh.index import TOC, FileIndex

from litbase.errors import EngineUnavailable, LitbaseError
from litbase.fields import BY_NAME, DEFAULT, FACETS, IndexDocument
from litbase.index import Mark
from litbase.index.lock import locked
from litbase.index.whoosh.schema import exact, fingerprint, whoosh_schema
from litbase.index.whoosh.search import scan, search
from litbase.index.whoosh.segment import Leaf, Values
from litbase.index.whoosh.snapshot import Snapshot
from litbase.index.whoosh.storage import (
    MANIFEST,
    Attic,
    Folder,
    Manifest,
    damage,
    next_generation,
    read_manifest,
    sweep,
    sync_file,
    sync_folder,
    write_manifest,
)
from litbase.index.whoosh.writer import ArrayWriter, merge_small
from litbase.query.request import FacetRequest, SearchRequest, SearchResult
from litbase.record.text import one_letter_away, sort_form

NAME: Final = "MAIN"
PATIENCE: Final = 10.0  # seconds to wait for another writer
TRIES: Final = 10  # to open an index that a writer in another process changes meanwhile


class WhooshEngine:
    """The engine over the index in *folder*, which is made when something is written.

    A damaged or outdated index is never opened: `mark` is then None, `problems` says
    why, searching raises EngineUnavailable, and the next write begins a new one.
    """

    can: frozenset[str] = frozenset()

    def __init__(self, folder: Path, writable: bool = True):
        """Open what there is; never raises for the state of the index."""
        self.folder = Path(folder)
        self.writable = writable
        self.problems: tuple[str, ...] = ()
        self._manifest: Manifest | None = None
        self._values = {name: Values() for name in FACETS}
        self._leaves: dict[str, Leaf] = {}
        self._snapshot = Snapshot((), self._values)
        self._seen: tuple[int, ...] | None = None
        self._cleared = False
        self._closed = False
        self._attic = Attic()
        self._lock = threading.RLock()
        self.refresh()

    def mark(self) -> Mark | None:
        """The mark of the last write; None for an empty, damaged, outdated or just cleared index."""
        manifest = self._manifest
        return None if manifest is None or self.problems or self._cleared else manifest.mark

    def search(self, request: SearchRequest) -> SearchResult:
        """The answer to *request*; raises Unsupported and EngineUnavailable."""
        with self._guarded():
            return search(request, self._pinned())

    def scan(self, request: SearchRequest) -> Iterator[str]:
        """The ids of every hit of *request*, in its order, all of one moment."""
        with self._guarded():
            snapshot = self._pinned()
            numbers = scan(request, snapshot)
        return (snapshot.ids[number] for number in numbers)

    def suggest(self, field: str, start: str, limit: int) -> tuple[tuple[str, int], ...]:
        """See Engine."""
        counts = self.search(SearchRequest(facets=(FacetRequest(field),), limit=0)).facets[field].values
        found = [pair for pair in counts if sort_form(pair[0]).startswith(sort_form(start))]
        return tuple(sorted(found, key=lambda pair: (-pair[1], sort_form(pair[0]), pair[0]))[:limit])

    def titled(self, start: str, limit: int) -> tuple[str, ...]:
        """See Engine."""
        keys = {id: t for part in self._snapshot.parts for id, t in zip(part.leaf.ids, part.leaf.titles, strict=True)}
        return tuple(
            id for id in self.scan(SearchRequest(sort="title")) if keys[id].startswith(sort_form(start)) and keys[id]
        )[:limit]

    def respell(self, word: str, field: str = "") -> tuple[tuple[str, int], ...]:
        """See Engine."""
        fields = [f for f in DEFAULT if f.kind != "id"] if field == "" else [BY_NAME[field]]
        counts: dict[str, int] = {}
        for f in fields:
            for other in self._snapshot.beginning(exact(f.name), "", 10**9):
                if one_letter_away(word, other):
                    counts[other] = counts.get(other, 0) + len(self._snapshot.postings(exact(f.name), other)[0])
        return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))

    def refresh(self) -> bool:
        """See what was written since; True when there was anything.  One stat when there was not."""
        if self._stat() == self._seen:
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
        with self._lock:
            self.refresh()
            if self._manifest is not None and not self.problems:
                self.problems = damage(self.folder, self._manifest, full=True)
            return self.problems

    def clear(self) -> None:
        """Begin an empty index with the next write; the present one answers until then."""
        self._cleared = True

    def close(self) -> None:
        """Give back the files; the engine is not used afterwards."""
        with self._lock:
            self._closed = True
            self._attic.clear(now=True)
            self._leaves = {}
            self._snapshot = Snapshot((), self._values)

    def write(self, documents: Iterable[IndexDocument], deletions: Iterable[str], mark: Mark) -> None:
        """Add or replace *documents*, then drop the ids *deletions* that are not among them, and remember *mark*.

        *documents* is read to its end before *deletions* is.  All of it happens durably
        or none; raises EngineUnavailable when another writer does not finish or the disk
        fails.
        """
        if not self.writable:
            raise EngineUnavailable(f"the index in {self.folder} was opened for reading only")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with self._lock, locked(self.folder / "write.lock", PATIENCE) as held:
                if not held:
                    raise EngineUnavailable(f"another process has been writing {self.folder} for {PATIENCE:.0f} s")
                self.refresh()
                sweep(self.folder, self._manifest, self._attic)
                self._write(documents, deletions, mark)
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
            raise EngineUnavailable(f"the index in {self.folder} cannot answer until it is rebuilt: {why}")
        return self._snapshot

    @contextlib.contextmanager
    def _guarded(self) -> Iterator[None]:
        """Turn a failure that comes from damaged files into EngineUnavailable, and stop trusting them."""
        try:
            yield
        except LitbaseError:
            raise
        except Exception as error:  # damaged files raise whatever they like: Whoosh has no class for it
            if self.verify():
                raise EngineUnavailable(f"the index in {self.folder} is damaged: {'; '.join(self.problems)}") from error
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
            self._snapshot, self._leaves = Snapshot((), self._values), {}
        if manifest is not None and (self._manifest is None or manifest.generation != self._manifest.generation):
            self._cleared = False  # another process was asked to begin anew too, and did
        self._manifest, self.problems = manifest, found

    def _faults(self, manifest: Manifest | None) -> tuple[str, ...]:
        if manifest is None:
            return ()
        made = manifest.fingerprint, manifest.whoosh
        if made != (fingerprint(), versionstring()):
            return ("it was made by another version of litbase or Whoosh",)
        return damage(self.folder, manifest, full=False)

    def _load(self, manifest: Manifest) -> None:
        with contextlib.closing(Folder(self.folder / manifest.generation, set(manifest.files))) as storage:
            segments = FileIndex(storage, schema=whoosh_schema(), indexname=NAME)._segments()
            leaves = {
                s.segment_id(): self._leaves.get(s.segment_id()) or Leaf(storage, s, self._values) for s in segments
            }
        snapshot = Snapshot([(leaves[s.segment_id()], s) for s in segments], self._values)
        if snapshot.count != manifest.records:
            raise ValueError(f"{snapshot.count} records are there, {manifest.records} were written")
        self._leaves, self._snapshot = leaves, snapshot

    def _write(self, documents: Iterable[IndexDocument], deletions: Iterable[str], mark: Mark) -> None:
        old = self._manifest
        begin = old is None or self._cleared or bool(self.problems)
        generation = next_generation(self.folder) if begin or old is None else old.generation
        files = {} if begin or old is None else old.files
        storage = Folder(self.folder / generation, set(files))
        try:
            if begin:
                storage.create()
                TOC.create(storage, whoosh_schema(), NAME)
            count = self._commit(storage, documents, deletions, {} if begin else self._leaves)
            kept = {name: files[name] for name in storage.names & storage.before}
            entries = kept | {name: sync_file(storage.path(name)) for name in sorted(storage.created)}
            sync_folder(storage.path("."))
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

    def _commit(
        self, storage: Folder, documents: Iterable[IndexDocument], deletions: Iterable[str], leaves: dict[str, Leaf]
    ) -> int:
        """Whoosh's part of a write; the number of live documents after it."""
        index = FileIndex(storage, schema=whoosh_schema(), indexname=NAME)
        writer = ArrayWriter(index, leaves)
        try:
            touched = False
            for document in documents:
                writer.add(document)
                touched |= _forget(writer, leaves, document.id)
            for id in deletions:
                if not writer.holds(id):
                    touched |= _forget(writer, leaves, id)
            if not (touched or writer.docnum):
                count = _records(writer.segments)
                writer.cancel()
                return count
            writer.commit(mergetype=merge_small)
        except BaseException:
            with contextlib.suppress(Exception):
                writer.cancel()
            raise
        return _records(index._segments())


def _records(segments: Iterable[Any]) -> int:
    return sum(int(segment.doc_count()) for segment in segments)


def _forget(writer: Any, leaves: dict[str, Leaf], id: str) -> bool:
    """Mark the old document *id* as deleted; False when there is none."""
    found = False
    for segment in writer.segments:
        number = leaves[segment.segment_id()].numbers.get(id)
        if number is not None and not segment.is_deleted(number):
            segment.delete_document(number)
            found = True
    return found


def _quietly(folder: Path) -> Manifest | None:
    with contextlib.suppress(ValueError, OSError):
        return read_manifest(folder)
    return None
