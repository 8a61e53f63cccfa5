"""The files of an index: generation folders, the manifest that names what counts, and durable writing.

    index/manifest.json     generation, files with size and sha256, mark, fingerprint, versions, record count
    index/gen-000001/       one .seg per segment and one .toc, Whoosh's table of contents
    index/write.lock

The manifest is the commit: what it does not name does not exist, whatever lies in
the folders.  It is replaced whole, after everything it names is on the disk.
"""

import contextlib
import hashlib
import json
import os
import shutil
import time
from pathlib import Path
from typing import Any, Final, NamedTuple

from whoosh.filedb.filestore import FileStorage

from litbase.index import Mark

MANIFEST: Final = "manifest.json"
GRACE: Final = 2.0  # seconds a file stays for readers that have just read the manifest before
CHUNK: Final = 1 << 20


class Entry(NamedTuple):
    """What a file of an index must be."""

    size: int
    sha256: str


class Manifest(NamedTuple):
    """The state of an index after a write."""

    generation: str
    files: dict[str, Entry]
    mark: Mark
    fingerprint: str
    whoosh: str
    records: int


def read_manifest(root: Path) -> Manifest | None:
    """The manifest of the index in *root*; None when there is no index; raises ValueError when it is damaged."""
    try:
        text = (root / MANIFEST).read_text("utf-8")
    except FileNotFoundError:
        return None
    try:
        found = json.loads(text)
        checked = found.pop("check")
        if hashlib.sha256(_canonical(found)).hexdigest() != checked:
            raise ValueError("its own check sum is wrong")
        files = {name: Entry(*entry) for name, entry in found.pop("files").items()}
        return Manifest(**found | {"files": files, "mark": Mark(*found["mark"])})
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise ValueError(f"{root / MANIFEST} is damaged: {error}") from error


def write_manifest(root: Path, manifest: Manifest) -> None:
    """Make *manifest* the state of the index in *root*, durably."""
    value: dict[str, Any] = {**manifest._asdict(), "files": {name: list(e) for name, e in manifest.files.items()}}
    value["mark"] = list(manifest.mark)
    value["check"] = hashlib.sha256(_canonical(value)).hexdigest()
    fresh = root / f"{MANIFEST}.new"
    with open(fresh, "wb") as file:
        file.write(_canonical(value))
        file.flush()
        os.fsync(file.fileno())
    os.replace(fresh, root / MANIFEST)
    sync_folder(root)


def _canonical(value: dict[str, Any]) -> bytes:
    return json.dumps(value, sort_keys=True, indent=1).encode()


def sync_file(path: Path) -> Entry:
    """Bring the file to the disk; its size and hash."""
    digest, size = hashlib.sha256(), 0
    with open(path, "r+b") as file:
        os.fsync(file.fileno())
        while block := file.read(CHUNK):
            digest.update(block)
            size += len(block)
    return Entry(size, digest.hexdigest())


def sync_folder(path: Path) -> None:
    """Bring the names in a folder to the disk; nothing where folders cannot be opened (Windows)."""
    if os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def hash_of(path: Path) -> str:
    """The sha256 of a file."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def damage(root: Path, manifest: Manifest, *, full: bool) -> tuple[str, ...]:
    """What is wrong with the files *manifest* names: sizes and the table of contents, and every byte if *full*."""
    found = (fault(root, manifest, name, full=full or name.endswith(".toc")) for name in manifest.files)
    return tuple(filter(None, found))


def fault(root: Path, manifest: Manifest, name: str, *, full: bool) -> str:
    """What is wrong with the file *name* of *manifest*, "" for nothing: its size, and every byte if *full*."""
    path, entry = root / manifest.generation / name, manifest.files[name]
    try:
        if (size := path.stat().st_size) != entry.size:
            return f"{name} has {size} bytes, not {entry.size}"
        if full and hash_of(path) != entry.sha256:
            return f"{name} was changed after it was written"
    except OSError as error:
        return f"{name} cannot be read: {error.strerror}"
    return ""


class Folder(FileStorage):  # type: ignore[misc]
    """A generation folder as a manifest shows it: other files are not listed, and deleting only notes the name."""

    def __init__(self, path: Path, names: set[str]):
        """The folder at *path*, of which *names* count."""
        super().__init__(str(path))
        self.before = frozenset(names)
        self.names = set(names)
        self._opened: list[Any] = []

    def path(self, name: str) -> Path:
        """Where the file *name* is."""
        return Path(self.folder, name)

    @property
    def created(self) -> set[str]:
        """The names that were made through this object and still count."""
        return self.names - self.before

    def list(self) -> list[str]:
        """The names that count."""
        return sorted(self.names)

    def create_file(self, name: str, excl: bool = False, mode: str = "wb", **options: Any) -> Any:
        """A new file, which counts from now on."""
        self.names.add(name)
        return self._noted(super().create_file(name, excl=excl, mode=mode, **options))

    def open_file(self, name: str, **options: Any) -> Any:
        """A file to read."""
        return self._noted(super().open_file(name, **options))

    def temp_storage(self, name: str | None = None) -> Any:
        """A folder for the time of one write, closed with this one."""
        return self._noted(Folder(self.path(name or "MAIN.tmp"), set()).create())

    def close(self) -> None:
        """Close what Whoosh left open, as it does when something fails."""
        for opened in self._opened:
            if not getattr(opened, "is_closed", False):
                with contextlib.suppress(Exception):
                    opened.close()
        self._opened = []

    def _noted(self, opened: Any) -> Any:
        self._opened = [other for other in self._opened if not getattr(other, "is_closed", False)]
        self._opened.append(opened)
        return opened

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        """Rename, over a leftover of the same name if need be."""
        os.replace(self.path(oldname), self.path(newname))
        self.names.discard(oldname)
        self.names.add(newname)

    def delete_file(self, name: str) -> None:
        """Let *name* count no more; it is removed at once only when no reader can have seen it."""
        self.names.discard(name)
        if name not in self.before:
            os.remove(self.path(name))


class Attic:
    """Files that no manifest names any more, kept for a grace period and then removed."""

    def __init__(self) -> None:
        """Nothing to remove yet."""
        self._due: dict[Path, float] = {}

    def note(self, path: Path) -> None:
        """Remove *path*, a file or a folder, when the grace period is over."""
        self._due.setdefault(path, time.monotonic() + GRACE)

    def clear(self, *, now: bool = False) -> None:
        """Remove what is due, everything if *now*; what another process still holds open is left for the next sweep."""
        moment = time.monotonic()
        for path in [path for path, due in self._due.items() if now or due <= moment]:
            del self._due[path]
            remove(path)

    def __contains__(self, path: Path) -> bool:
        return path in self._due


def remove(path: Path) -> None:
    """Remove a file or folder, if that is possible."""
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with contextlib.suppress(OSError):
            path.unlink()


def sweep(root: Path, manifest: Manifest | None, attic: Attic) -> None:
    """Remove what crashed writers left: generations, files and temporary folders the manifest does not name.

    Only the holder of the write lock may call this.
    """
    for path in root.iterdir():
        if path.name == f"{MANIFEST}.new":
            remove(path)
        elif path.name.startswith("gen-") and path not in attic:
            if manifest is None or path.name != manifest.generation:
                remove(path)
                continue
            for leftover in path.iterdir():
                if leftover.name not in manifest.files and leftover not in attic:
                    remove(leftover)


def next_generation(root: Path) -> str:
    """A name for a new generation folder."""
    taken = [int(p.name[4:]) for p in root.glob("gen-*") if p.name[4:].isdigit()]
    return f"gen-{max(taken, default=0) + 1:06d}"
