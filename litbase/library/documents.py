"""From paths to documents: files, folders, gzip and zip archives and standard input, all bounded.

Bounds: 500 MB unpacked, counted while reading, 1,000 members, no archive inside an archive, no links, no members that
share their bytes or grow more than a hundredfold.  Names of members are only shown: nothing is unpacked to the disk.
"""

import gzip
import io
import os
import stat
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import IO, NamedTuple, cast

from litbase.paths import MARKER
from litbase.record.notices import Notice, notice
from litbase.record.reading import Document, Reader

MAX_BYTES = 500 * 1024 * 1024
MAX_MEMBERS = 1000
MAX_LISTED = 20_000  # members, folders and all, of an archive that is looked into at all
MAX_GROWTH = 100  # times the size of a compressed member
SMALL = 1 << 20  # bytes of a member whose growth nobody minds
CHUNK = 1 << 20


class Unreadable(NamedTuple):
    """A file that gave no document, and why."""

    name: str
    notice: Notice


class Answer(NamedTuple):
    """A document that a service gave: its *reader* (None for whoever claims it), and what its records count as.

    *source* "" and *rank* 0 are those of the reader.
    """

    document: Document
    reader: Reader | None = None
    source: str = ""
    rank: int = 0


def open_paths(paths: Iterable[str], stdin: IO[bytes] | None = None) -> Iterator[Document | Unreadable]:
    """The documents at *paths* ("-" is *stdin*), folders searched through in the order of their names; never raises.

    Hidden files and library folders are passed over.
    """
    for path in paths:
        if path == "-":
            yield from _open("-", (stdin or sys.stdin.buffer).read)
        else:
            for file in files(Path(path)):
                yield from _open(str(file), file.read_bytes, file)


def files(path: Path) -> list[Path]:
    """The files at or below *path*, sorted; *path* itself when it is no folder (even when it is missing)."""
    if not path.is_dir():
        return [path]
    found = []
    for folder, folders, names in os.walk(path):
        if MARKER in names:
            folders.clear()
            continue
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        found += [Path(folder, name) for name in sorted(names) if not name.startswith(".")]
    return found


def total_size(paths: Iterable[str]) -> int:
    """The bytes of all files at *paths*, for a progress bar; what cannot be measured counts nothing."""
    size = 0
    for path in paths:
        for file in files(Path(path)) if path != "-" else ():
            try:
                size += file.stat().st_size
            except OSError:
                continue
    return size


def _open(name: str, read: Callable[[], bytes], file: Path | None = None) -> Iterator[Document | Unreadable]:
    try:
        if file is not None and file.stat().st_size > MAX_BYTES:
            yield Unreadable(name, notice("too-large-file", limit="500 MB"))
            return
        data = read()
    except OSError as error:
        yield Unreadable(name, notice("unreadable", reason=error.strerror or str(error)))
        return
    yield from open_bytes(name, data)


def open_bytes(name: str, data: bytes) -> Iterator[Document | Unreadable]:
    """The documents in *data*, called *name*: one, or the members of an archive; never raises."""
    if data.startswith(b"\x1f\x8b"):
        most = min(MAX_BYTES, max(SMALL, MAX_GROWTH * len(data)))
        content, trouble = _unpack(gzip.GzipFile(fileobj=io.BytesIO(data)), most)
        if trouble and not content and most < MAX_BYTES and trouble.code == "too-large-file":
            trouble = _grows()
        if content:
            yield Document(name, content, (trouble,) if trouble else (), packed=len(data))
        else:
            yield Unreadable(name, trouble or notice("empty"))
    elif data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        yield from _members(name, data)
    else:
        yield Document(name, data)


def _members(name: str, data: bytes) -> Iterator[Document | Unreadable]:
    if (listed := data.count(b"PK\x01\x02")) > MAX_LISTED:
        yield Unreadable(name, notice("too-many", what="The archive's members", count=listed, limit=MAX_MEMBERS))
        return
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        yield Unreadable(name, notice("unreadable", reason=f"the zip archive is damaged ({error})"))
        return
    members = [member for member in archive.infolist() if not member.is_dir()]
    left, shared = MAX_BYTES, _sharing(members)
    for number, member in enumerate(members):
        inside = f"{name}/{member.filename}"
        if number == MAX_MEMBERS:
            yield Unreadable(
                name, notice("too-many", what="The archive's members", count=len(members), limit=MAX_MEMBERS)
            )
            return
        if Path(member.filename).name.startswith(".") or member.filename.startswith("__MACOSX/"):
            continue
        if trouble := _odd(member, shared, left):
            yield Unreadable(inside, trouble)
            continue
        try:
            with archive.open(member) as stream:
                content, trouble = _unpack(cast(io.BufferedIOBase, stream), left)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, zlib.error) as error:
            yield Unreadable(inside, notice("unreadable", reason=str(error)))
            continue
        left -= len(content)
        if content.startswith((b"PK\x03\x04", b"\x1f\x8b")):
            yield Unreadable(inside, notice("unreadable", reason="an archive inside an archive; unpack it first"))
        elif trouble and not content:
            yield Unreadable(inside, trouble)
        else:
            yield Document(inside, content, (trouble,) if trouble else (), packed=member.compress_size)
        if left <= 0:
            return


def _sharing(members: list[zipfile.ZipInfo]) -> set[int]:
    """Where those members begin that reach into the next one."""
    ordered = sorted(members, key=lambda member: member.header_offset)
    return {
        one.header_offset
        for member, following in pairwise(ordered)
        if member.header_offset + member.compress_size >= following.header_offset
        for one in (member, following)
    }


def _odd(member: zipfile.ZipInfo, shared: set[int], left: int) -> Notice | None:
    """Why a member of an archive is not read, of which *left* bytes may be unpacked still; None for most."""
    if member.file_size > left:
        return notice("too-large-file", limit="500 MB")
    reason = ""
    if stat.S_ISLNK(member.external_attr >> 16):
        reason = "it is a link to another file"
    elif member.header_offset in shared:
        reason = "it shares its bytes with another member of the archive"
    elif member.file_size > max(SMALL, MAX_GROWTH * member.compress_size):
        return _grows()
    return notice("unreadable", reason=reason) if reason else None


def _grows() -> Notice:
    return notice("unreadable", reason=f"it would grow more than {MAX_GROWTH}-fold when it is unpacked")


def _unpack(stream: io.BufferedIOBase, limit: int = MAX_BYTES) -> tuple[bytes, Notice | None]:
    """The bytes of a compressed stream, as far as they can be read, and what went wrong."""
    parts: list[bytes] = []
    size = 0
    try:
        while chunk := stream.read1(CHUNK):
            parts.append(chunk)
            size += len(chunk)
            if size > limit:
                return b"", notice("too-large-file", limit="500 MB")
    except EOFError:
        return b"".join(parts), notice("truncated", what="a compressed file")
    except (OSError, zlib.error, zipfile.BadZipFile) as error:
        return b"".join(parts), notice("unreadable", reason=f"the compressed data are damaged ({error})")
    return b"".join(parts), None
