"""A file of named arrays, read in place from the mapped file: what a segment is on the disk.

Layout, little endian: the arrays one after the other, each beginning at a multiple of
eight bytes; the directory as JSON, {name: [type, place, count, crc32]}; its place, its
length and its own crc32.  An array is checked against its sum when it is first asked for,
so nothing is answered from bytes that have changed since they were written.
"""

import json
import mmap
import struct
import threading
import zlib
from pathlib import Path
from typing import IO, Any, Final

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
TAIL: Final = struct.Struct("<QQI8s")
MAGIC: Final = b"litbase2"
TYPES: Final = frozenset({"u1", "u2", "u4", "u8", "i4", "i8"})


class Damaged(ValueError):
    """Bytes of the file *name* are not those that were written."""

    def __init__(self, name: str, array: str):
        super().__init__(f"{name}: {array} was changed after it was written")
        self.name = name


def smallest(largest: int) -> str:
    """The unsigned type that holds numbers up to *largest*."""
    return "u1" if largest < 1 << 8 else "u2" if largest < 1 << 16 else "u4" if largest < 1 << 32 else "u8"


def packed(numbers: Array) -> Array:
    """*numbers*, none of them negative, in the smallest unsigned type that holds them."""
    return numbers.astype(smallest(int(numbers.max()) if len(numbers) else 0))


class ArrayWriter:
    """Writes arrays to *file* as they come; `finish` writes the directory."""

    def __init__(self, file: IO[bytes]):
        """Begins at the beginning of *file*."""
        self._file, self._at = file, 0
        self._entries: dict[str, tuple[str, int, int, int]] = {}

    def put(self, name: str, array: Array) -> None:
        """Write *array* under *name*."""
        kind = f"{array.dtype.kind}{array.dtype.itemsize}"
        data = np.ascontiguousarray(array, array.dtype.newbyteorder("<")).view(np.uint8).data
        self._entries[name] = kind, self._at, len(array), zlib.crc32(data)
        self._write(data)
        self._write(bytes(-self._at % 8))

    def finish(self) -> None:
        """Write the directory; nothing is put afterwards."""
        data = json.dumps(self._entries).encode()
        tail = TAIL.pack(self._at, len(data), zlib.crc32(data), MAGIC)
        self._write(data)
        self._write(tail)

    def _write(self, data: bytes | memoryview) -> None:
        self._file.write(data)
        self._at += len(data)


class ArrayFile:
    """The arrays of the file *path*; raises ValueError, struct.error or OSError when it is no such file."""

    def __init__(self, path: Path):
        """Maps the file and reads its directory only."""
        with open(path, "rb") as file:
            self._data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._checked: dict[str, Array] = {}
        self._lock = threading.Lock()
        at, length, check, magic = TAIL.unpack_from(self._data, len(self._data) - TAIL.size)
        directory = self._data[at : at + length]
        if magic != MAGIC or zlib.crc32(directory) != check:
            raise ValueError(f"{path.name} is no segment, or its directory was changed after it was written")
        self._entries: dict[str, tuple[str, int, int, int]] = json.loads(directory)
        self.name = path.name

    def is_cut(self) -> bool:
        """Whether the file is shorter now than it was: the system ends a process that reads what is missing."""
        return self._data.size() < len(self._data)

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def __iter__(self) -> Any:
        return iter(self._entries)

    def __getitem__(self, name: str) -> Array:
        """The array *name*, read-only; raises KeyError when there is none, Damaged when its bytes were changed."""
        array = self._checked.get(name)
        if array is None:
            with self._lock:
                array = self._checked[name] = self._read(name)
        return array

    def get(self, name: str) -> Array | None:
        """The array *name*; None when there is none."""
        return self[name] if name in self._entries else None

    def _read(self, name: str) -> Array:
        kind, at, count, check = self._entries[name]
        if kind not in TYPES:
            raise ValueError(f"{self.name}: {name} has the unknown type {kind}")
        array = np.frombuffer(self._data, f"<{kind}", count, at)
        if zlib.crc32(array.view(np.uint8).data) != check:
            raise Damaged(self.name, name)
        return array
