"""Posting lists as flat arrays: document numbers, counts and positions of a term, read straight from the mapped file.

Layout of one list (little endian): widths of its three arrays in bytes (0: all
counts are 1; no positions), how many documents, how many positions; then the arrays.
"""

import struct
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.whoosh3 import W3Codec
from whoosh.matching import ListMatcher

Ints = NDArray[np.int64]
Bits = NDArray[np.bool_]
HEADER: Final = struct.Struct("<BBBxII")
_WIDTHS: Final[dict[int, type[np.unsignedinteger[Any]]]] = {1: np.uint8, 2: np.uint16, 4: np.uint32}


class Postings(NamedTuple):
    """The documents of a term, ascending, how often each has it, and where, document by document (None: not kept)."""

    ids: Ints
    counts: Ints
    positions: Ints | None


def width_of(largest: int) -> int:
    """The bytes a number up to *largest* takes."""
    return 1 if largest < 1 << 8 else 2 if largest < 1 << 16 else 4


def packed(numbers: Ints, width: int) -> bytes:
    """*numbers* as little-endian integers of *width* bytes."""
    return numbers.astype(np.dtype(_WIDTHS[width]).newbyteorder("<")).tobytes()


def unpack(data: memoryview | bytes, offset: int = 0) -> Postings:
    """The posting list at *offset* of *data*; raises ValueError or struct.error when there is none."""
    id_width, count_width, place_width, documents, places = HEADER.unpack_from(data, offset)
    offset += HEADER.size
    ids = numbers(data, id_width, documents, offset)
    offset += id_width * documents
    counts = numbers(data, count_width, documents, offset) if count_width else np.ones(documents, np.int64)
    offset += count_width * documents
    return Postings(ids, counts, numbers(data, place_width, places, offset) if place_width else None)


def numbers(data: memoryview | bytes | bytearray, width: int, count: int, offset: int) -> Ints:
    """The *count* integers of *width* bytes at *offset*; raises ValueError for another width or too few bytes."""
    if width not in _WIDTHS:
        raise ValueError(f"no posting list: {width} bytes a number")
    return np.frombuffer(data, np.dtype(_WIDTHS[width]).newbyteorder("<"), count, offset).astype(np.int64)


class FlatCodec(W3Codec):  # type: ignore[misc]
    """Whoosh's own codec with these posting lists; the one class of litbase that an index file names."""

    def postings_reader(self, dbfile: Any, terminfo: Any, format_: Any, term: Any = None, scorer: Any = None) -> Any:
        """A Whoosh matcher over one posting list, so that stock Whoosh reads the index too."""
        offset, length = terminfo.extent()
        if isinstance(length, tuple):  # as Whoosh 2.7.4 reads it back
            [length] = length
        ids, counts, positions = unpack(dbfile.get(offset, length))
        values = None
        if positions is not None:
            values = [format_.encode(places.tolist()) for places in np.split(positions, np.cumsum(counts)[:-1])]
        return ListMatcher(
            ids.tolist(), counts.astype(float).tolist(), values, format_, scorer=scorer, term=term, terminfo=terminfo
        )
