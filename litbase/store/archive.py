"""Archives: a store and the files beside it in one zip, which is checked whole before it counts, and again on return.

    litbase.json      the manifest: what made it and when, what the store holds, size and sha256 of each member
    litbase.db        the store, a file of SQLite
    files/...         files of the library folder, under their names there

An archive may come from anywhere: only what its manifest names is read, no more of it than the manifest says, and
nothing is written under a name that it gives before `members` has looked at all of them.
"""

import errno
import hashlib
import os
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import IO, Final

import msgspec

from litbase.errors import BadInput, LibraryError, NewerSchema
from litbase.store import copying
from litbase.store.copying import Contents, Progress
from litbase.store.entry import now
from litbase.store.schema import SCHEMA_VERSION

MANIFEST: Final = "litbase.json"
STORE: Final = "litbase.db"
FILES: Final = "files/"
LARGEST_MANIFEST: Final = 4 << 20
LARGEST_FILE: Final = 64 << 20  # of the files beside the store
MOST: Final = 2_000  # files
PIECE: Final = 1 << 20
RATIO: Final = 200  # of a store's size to what it is packed into; text is packed to about a fifth
_END: Final = (1 << 16) + 22 + 20 + 56  # bytes in which the end of a zip stands
SPARE: Final = 32 << 20  # bytes of the disk that are left free
_PLAIN: Final = re.compile(r"[^\x00-\x1f\\:*?\"<>|/]{1,255}(?:/[^\x00-\x1f\\:*?\"<>|/]{1,255}){0,15}")


Copier = Callable[[Path, Progress | None], None]
"""Writes a store into the new file that it is given, and tells the progress."""


class Member(msgspec.Struct, frozen=True):
    """A file in an archive."""

    size: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True):
    """What an archive says of itself; *store* is what the store holds, *files* are all members but this one by name."""

    litbase: str
    created_at: str
    store: Contents
    files: dict[str, Member]


def keep(
    store: Path | Copier, path: Path, files: Mapping[str, Path] | None = None, progress: Progress | None = None
) -> Manifest:
    """Make an archive at *path* of the store and *files* (by their names in the library); its manifest.

    *store* is an SQLite file, or what writes a copy of a store elsewhere into a new one.

    It is made beside *path*, brought to the disk, read back and compared, and only then gets its name; *path* must be
    free.  Raises copying.Unsound for a damaged store, LibraryError when the disk is full; then nothing is left behind.
    """
    copied, part = path.with_name(f".{path.name}.db"), path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        copying.remove(copied)
        copy = partial(copying.copy, store) if isinstance(store, Path) else store
        copy(copied, progress)
        _write(part, copied, copying.tally(copied), files or {})
        copying.remove(copied)
        manifest = check(part, copied)
        if path.exists():
            raise LibraryError(f"{path} is there already; nothing is written over")
        os.rename(part, path)
        copying.sync(path.parent)
        return manifest
    except BadInput as error:
        kind = copying.Unsound if isinstance(error.__cause__, copying.Unsound) else LibraryError
        raise kind(f"the backup was read back and is not good, it was not kept: {error}") from error
    except OSError as error:
        raise LibraryError(f"the backup {path} could not be written: {_reason(error)}") from error
    finally:
        copying.remove(copied)
        with suppress(OSError):
            part.unlink()


def sweep(folder: Path) -> None:
    """Remove what archives named litbase-... that were never finished left in *folder*; nobody may be making one."""
    for pattern in (".litbase-*.zip.part", ".litbase-*.zip.db*"):
        for path in folder.glob(pattern):
            with suppress(OSError):
                path.unlink()


def check(path: Path, unpacked: Path) -> Manifest:
    """The manifest of the archive at *path*, every byte of it compared, the store opened, checked and counted.

    The store is left at *unpacked*, which must be free.  Raises BadInput saying what is wrong with the archive,
    NewerSchema when a newer litbase made it, LibraryError when there is no room.
    """
    with _opened(path) as archive:
        manifest = _manifest(archive)
        _check_room(archive, manifest, unpacked.parent)
        for name, member in manifest.files.items():
            if name == STORE:
                with unpacked.open("xb") as file:
                    _unpack(archive, name, member, file)
            else:
                _unpack(archive, name, member, None)
    try:
        held = copying.contents(unpacked)
    except copying.Unsound as error:
        raise BadInput(f"{path.name} is no good backup: {error}") from error
    if held != manifest.store:
        raise BadInput(f"{path.name} is no good backup: the store in it holds something else than its manifest says")
    return manifest


def unpack_files(path: Path, manifest: Manifest, folder: Path) -> list[str]:
    """Write the files beside the store into *folder*, each whole or not at all; the names of those that are new there.

    Raises BadInput for a file that would leave the folder through a link.
    """
    written = []
    with _opened(path) as archive:
        for name in [name for name in manifest.files if name != STORE]:
            target = folder / name.removeprefix(FILES)
            if not target.resolve().is_relative_to(folder.resolve()):
                raise BadInput(f"{target} leads out of the library folder; nothing is written there")
            digest = manifest.files[name].sha256
            if target.is_file() and hashlib.sha256(target.read_bytes()).hexdigest() == digest:
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            part = target.with_name(f".{target.name}.part")
            with part.open("wb") as file:
                _unpack(archive, name, manifest.files[name], file)
            os.replace(part, target)
            written.append(name.removeprefix(FILES))
    return written


def _write(part: Path, store: Path, held: Contents, files: Mapping[str, Path]) -> None:
    members: dict[str, Member] = {}
    with part.open("wb") as out:
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            for name, path in {STORE: store, **{FILES + name: path for name, path in files.items()}}.items():
                members[name] = _pack(archive, name, path)
            manifest = Manifest(_version(), now(), held, members)
            archive.writestr(MANIFEST, msgspec.json.format(msgspec.json.encode(manifest), indent=1))
        out.flush()
        os.fsync(out.fileno())


def _pack(archive: zipfile.ZipFile, name: str, path: Path) -> Member:
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file, archive.open(name, "w", force_zip64=True) as member:
        while piece := file.read(PIECE):
            digest.update(piece)
            size += len(piece)
            member.write(piece)
    return Member(size, digest.hexdigest())


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """The archive at *path*; whatever a damaged or foreign file makes of that is a BadInput."""
    if not path.is_file():
        raise BadInput(f"there is no backup {path}")
    try:
        with path.open("rb") as file:
            _check_list(file)
            with zipfile.ZipFile(file) as archive:
                yield archive
    except OSError as error:
        if error.errno is None:  # the packed bytes make no sense to zlib's readers
            raise BadInput(f"{path.name} is damaged: {error}") from error
        raise LibraryError(f"{path} could not be unpacked: {_reason(error)}") from error
    except (BadInput, LibraryError):
        raise
    except Exception as error:  # zipfile raises whatever it meets: struct.error, zlib.error, KeyError, RuntimeError
        raise BadInput(f"{path.name} is no backup of litbase, or damaged: {error}") from error


def _check_list(file: IO[bytes]) -> None:
    """Refuse a zip whose list of members is longer than any of ours, before it is read (APPNOTE 4.3.14, 4.3.16)."""
    start = max(0, file.seek(0, os.SEEK_END) - _END)
    file.seek(start)
    end = file.read()
    ended = end.rfind(b"PK\x05\x06")
    size = int.from_bytes(end[ended + 12 : ended + 16], "little") if ended >= 0 else 0
    locator = end[max(0, ended - 20) : max(0, ended)]
    if locator.startswith(b"PK\x06\x07"):
        file.seek(min(int.from_bytes(locator[8:16], "little"), start + ended))
        size = int.from_bytes(file.read(56)[40:48], "little")
    if size > LARGEST_MANIFEST:
        raise BadInput("the list of members in it is too long for a backup")
    file.seek(0)


def _manifest(archive: zipfile.ZipFile) -> Manifest:
    with archive.open(MANIFEST) as file:
        text = file.read(LARGEST_MANIFEST + 1)
    if len(text) > LARGEST_MANIFEST:
        raise BadInput(f"{MANIFEST} in it is larger than {LARGEST_MANIFEST:,} bytes")
    manifest = msgspec.json.decode(text, type=Manifest)
    if manifest.store.schema_version > SCHEMA_VERSION:
        raise NewerSchema(
            f"the backup was made by litbase {manifest.litbase[:40]} with schema version"
            f" {manifest.store.schema_version}, this litbase knows {SCHEMA_VERSION}; update litbase"
        )
    if STORE not in manifest.files:
        raise BadInput("there is no store in it")
    if len(manifest.files) > MOST:
        raise BadInput(f"there are {len(manifest.files):,} files in it, at most {MOST:,} are taken")
    for name, member in manifest.files.items():
        if name != STORE and not (name.startswith(FILES) and is_plain(name.removeprefix(FILES))):
            raise BadInput(f"the name {name[:100]!r} in it is none of a file in a library")
        if member.size < 0 or (name != STORE and member.size > LARGEST_FILE):
            raise BadInput(f"{name} in it is larger than {LARGEST_FILE:,} bytes")
    return manifest


def is_plain(name: str) -> bool:
    """Whether the path *name* stays inside a library folder on any system, and means no store and no index of it."""
    parts = name.split("/")
    odd = any(part != part.strip(" .") or part.startswith(STORE) for part in parts)
    return bool(_PLAIN.fullmatch(name)) and not odd and parts[0] not in ("index", "backups")


def _check_room(archive: zipfile.ZipFile, manifest: Manifest, folder: Path) -> None:
    packed, size = archive.getinfo(STORE).compress_size, manifest.files[STORE].size
    if size > LARGEST_FILE and size > packed * RATIO:
        raise BadInput(f"the store in it claims to be {size:,} bytes, packed into {packed:,}; that is no honest backup")
    if (free := shutil.disk_usage(folder).free) < size + min(size, SPARE):
        raise LibraryError(f"{folder} has {free:,} bytes free; the store needs {size + min(size, SPARE):,}")


def _unpack(archive: zipfile.ZipFile, name: str, member: Member, out: IO[bytes] | None) -> None:
    """Read a member to the size it must have, and into *out*; raises BadInput when it is another."""
    digest, left = hashlib.sha256(), member.size
    with archive.open(name) as file:
        while left and (piece := file.read(min(PIECE, left))):
            digest.update(piece)
            left -= len(piece)
            if out is not None:
                out.write(piece)
        if left or file.read(1) or digest.hexdigest() != member.sha256:
            raise BadInput(f"{name} in it is damaged: it is not what the manifest says")
    if out is not None:
        out.flush()
        os.fsync(out.fileno())


def _reason(error: OSError) -> str:
    full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
    return f"{error.strerror}; make room and try again" if full else str(error)


def _version() -> str:
    try:
        return version("litbase")
    except PackageNotFoundError:
        return "unknown"
