"""Sorted byte strings as arrays: the words of a field, the values of a facet, ids and titles.

Three arrays: all bytes end to end, where each string ends, and the first eight bytes of
each as one number, which a binary search compares without touching the strings.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from itertools import pairwise
from typing import Final

import numpy as np

from litbase.index.whoosh.arrays import Array, ArrayFile, ArrayWriter, packed

KEY: Final = 8  # bytes of a string that its number holds


def encoded(text: str) -> bytes:
    """*text* as it is stored and compared: in the order of its code points."""
    return text.encode("utf-8", "surrogatepass")


def decoded(data: bytes) -> str:
    """The text stored as *data*."""
    return data.decode("utf-8", "surrogatepass")


def digest(data: bytes) -> int:
    """A number that stands for *data*; two of a million different strings share one once in forty million libraries."""
    return int.from_bytes(blake2b(data, digest_size=8).digest(), "little")


class Strings(Sequence[bytes]):
    """Different strings in the order of their bytes, each known by its place (its ordinal)."""

    def __init__(self, data: Array, ends: Array, keys: Array):
        """The arrays as `put_strings` makes them."""
        self._data, self._ends, self._keys = data.data, ends.data, keys.data

    def __len__(self) -> int:
        return len(self._keys)

    def __getitem__(self, ordinal: int) -> bytes:  # type: ignore[override]
        return bytes(self._data[self._ends[ordinal] : self._ends[ordinal + 1]])

    def __iter__(self) -> Iterator[bytes]:
        data, ends = bytes(self._data), self._ends.tolist()
        return (data[first:last] for first, last in pairwise(ends))

    def lower(self, text: bytes) -> int:
        """The ordinal of the first string that is not before *text*."""
        key = int.from_bytes(text[:KEY].ljust(KEY, b"\0"), "big")
        low = bisect_left(self._keys, key)
        high = bisect_right(self._keys, key, low)
        return bisect_left(self, text, low, high) if low < high else low

    def find(self, text: bytes) -> int:
        """The ordinal of *text*; -1 when it is not there."""
        at = self.lower(text)
        return at if at < len(self) and self[at] == text else -1

    def under(self, prefix: bytes) -> range:
        """The ordinals of the strings that begin with *prefix*, which is UTF-8."""
        if not prefix:
            return range(len(self))
        return range(self.lower(prefix), self.lower(prefix[:-1] + bytes([prefix[-1] + 1])))


NONE: Final = Strings(np.zeros(0, np.uint8), np.zeros(1, np.uint8), np.zeros(0, np.uint64))


def put_strings(file: ArrayWriter, name: str, strings: Sequence[bytes]) -> None:
    """Write *strings*, which are sorted and different."""
    keys = np.frombuffer(b"".join(s[:KEY].ljust(KEY, b"\0") for s in strings), ">u8").astype(np.uint64)
    file.put(f"{name}.data", np.frombuffer(b"".join(strings), np.uint8))
    file.put(f"{name}.ends", packed(np.cumsum([0, *map(len, strings)])))
    file.put(f"{name}.keys", keys)


def strings_of(file: ArrayFile, name: str) -> Strings:
    """The strings that were written under *name*; none when nothing was."""
    if f"{name}.keys" not in file:
        return NONE
    return Strings(file[f"{name}.data"], file[f"{name}.ends"], file[f"{name}.keys"])
