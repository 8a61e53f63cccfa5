"""From paths to documents: files, folders, gzip and zip archives and standard input, all bounded.

Bounds: 500 MB unpacked, counted while reading, 1,000 members, no archive inside an archive.
"""

import gzip
import io
import os
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, NamedTuple, cast

from litbase.paths import MARKER
from litbase.record.notices import Notice, notice
from litbase.record.reading import Document, Reader

MAX_BYTES = 500 * 1024 * 1024
MAX_MEMBERS = 1000
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
    if data.startswith(b"\x1f\x8b"):
        content, trouble = _unpack(gzip.GzipFile(fileobj=io.BytesIO(data)))
        if content:
            yield Document(name, content, (trouble,) if trouble else (), packed=len(data))
        else:
            yield Unreadable(name, trouble or notice("empty"))
    elif data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        yield from _members(name, data)
    else:
        yield Document(name, data)


def _members(name: str, data: bytes) -> Iterator[Document | Unreadable]:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        yield Unreadable(name, notice("unreadable", reason=f"the zip archive is damaged ({error})"))
        return
    members = [member for member in archive.infolist() if not member.is_dir()]
    left = MAX_BYTES
    for number, member in enumerate(members):
        inside = f"{name}/{member.filename}"
        if number == MAX_MEMBERS:
            yield Unreadable(
                name, notice("too-many", what="The archive's members", count=len(members), limit=MAX_MEMBERS)
            )
            return
        if Path(member.filename).name.startswith(".") or member.filename.startswith("__MACOSX/"):
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
