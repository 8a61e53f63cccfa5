"""One opened segment: its terms and posting lists from the mapped file, its columns as arrays; never changes."""

import io
import json
import mmap
import struct
import zlib
from array import array
from collections.abc import Iterator
from functools import cached_property
from itertools import groupby, repeat
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.whoosh3 import W3Codec, W3TermInfo, W3TermsReader
from whoosh.filedb.compound import CompoundStorage
from whoosh.filedb.structfile import BufferFile
from whoosh.reading import TermNotFound
from whoosh.system import unpack_ushort

from litbase.fields import FACETS
from litbase.index.whoosh.codec import HEADER, Bits, Ints, Postings, numbers, unpack

ROWS_EXT: Final = ".rows"
FIELD_NUMBER: Final = 2  # bytes of a term's key that name its field
OFFSET: Final = struct.Struct("!q")  # of the list, after the numbers of W3TermInfo
UNDATED: Final = np.iinfo(np.int64).min


class MappedFile(BufferFile):  # type: ignore[misc]
    """A part of the mapped segment file as Whoosh reads one; Whoosh's own would copy it into memory."""

    def __init__(self, mapped: mmap.mmap, offset: int, length: int):
        """The *length* bytes at *offset*."""
        self._buf = memoryview(mapped)[offset : offset + length]
        self._at = 0
        self.is_real, self.is_closed, self.onclose, self._name = False, False, None, None
        self.file = self

    def seek(self, place: int, whence: int = 0) -> int:
        """Go to *place*, counted as in files."""
        self._at = place + (0, self._at, len(self._buf))[whence]
        return self._at

    def tell(self) -> int:
        """The present place."""
        return self._at

    def read(self, count: int | None = None) -> bytes:
        """The next *count* bytes, all for None."""
        data = bytes(self._buf[self._at :][:count])
        self._at += len(data)
        return data

    def readline(self, count: int | None = None) -> bytes:
        """The bytes to the end of the line; unpickling asks for it."""
        line = io.BytesIO(self._buf[self._at :]).readline(count if count is not None else -1)
        self._at += len(line)
        return line


class Values:
    """The values of one facet and their ordinals, shared by all snapshots of an engine; it only ever grows."""

    def __init__(self) -> None:
        """No values yet."""
        self.names: list[str] = []
        self.ordinals: dict[str, int] = {}
        self._ranks: Ints = np.zeros(0, np.int64)

    def ordinal(self, name: str) -> int:
        """The ordinal of *name*, given now if it has none; only the thread that refreshes calls this."""
        found = self.ordinals.get(name)
        if found is None:
            found = len(self.names)
            self.names.append(name)
            self.ordinals[name] = found
        return found

    def ranks(self, count: int) -> Ints:
        """The place of each of the first *count* ordinals in the order of their names."""
        ranks = self._ranks
        if len(ranks) < count:
            names = self.names[:]
            ranks = np.empty(len(names), np.int64)
            ranks[sorted(range(len(names)), key=names.__getitem__)] = np.arange(len(names))
            self._ranks = ranks
        return ranks[:count]


class Facet(NamedTuple):
    """The values of a facet: entry by entry the document that has it and its ordinal."""

    owners: NDArray[np.int32]
    ordinals: NDArray[np.int32]


class Lists(NamedTuple):
    """The posting lists of one Whoosh field: its terms, how many documents each has, and all lists end to end."""

    field: str
    terms: list[str]
    documents: Ints
    postings: Postings


class Leaf:
    """A segment, opened once and used by every snapshot that has it; *values* gives the facets' ordinals."""

    def __init__(self, storage: Any, segment: Any, values: dict[str, Values]):
        """Raises what Whoosh raises when the file is damaged, and FileNotFoundError when it is gone."""
        name = segment.make_filename(segment.COMPOUND_EXT)
        directory = CompoundStorage(storage.open_file(name), use_mmap=False)
        try:
            with open(storage.path(name), "rb") as file:
                self._mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            terms, postings, rows = (
                directory.range(segment.make_filename(ext)) for ext in (W3Codec.TERMS_EXT, W3Codec.POSTS_EXT, ROWS_EXT)
            )
        finally:
            directory.close()
        self._terms = W3TermsReader(segment.codec(), MappedFile(self._mapped, *terms), terms[1], None)
        self._postings = memoryview(self._mapped)[postings[0] : postings[0] + postings[1]]
        self._rows = rows
        self.count: int = segment.doc_count_all()
        self._fill(values)

    def rows(self) -> list[Any]:
        """What is kept of each document: id, cited, title, author and date keys, facet values, field lengths."""
        offset, length = self._rows
        text = zlib.decompress(self._mapped[offset : offset + length]).decode("utf-8", "surrogatepass")
        rows: list[Any] = json.loads(text)
        return rows

    def live(self, segment: Any) -> Bits:
        """Which documents are not deleted, as *segment* of a table of contents says."""
        live = np.ones(self.count, np.bool_)
        live[np.fromiter(segment.deleted_docs(), np.int64)] = False
        return live

    def postings(self, field: str, term: str) -> Postings | None:
        """The posting list of *term* in the Whoosh field *field*; None when it does not occur."""
        try:
            info = self._terms.term_info(field, term.encode("utf-8", "surrogatepass"))
        except TermNotFound:
            return None
        return unpack(self._postings, info.extent()[0])

    def lists(self) -> Iterator[Lists]:
        """All posting lists, field by field, read in one go because merging is bound by them."""
        entries = self._terms._tindex.items()
        for number, group in groupby(entries, key=lambda entry: entry[0][:FIELD_NUMBER]):
            terms, documents, ids, counts, places = [], array("I"), bytearray(), array("I"), bytearray()
            widths = 1, 0
            for key, entry in group:
                at = OFFSET.unpack_from(entry, W3TermInfo._struct.size)[0]
                id_width, count_width, place_width, n, spots = HEADER.unpack_from(self._postings, at)
                at += HEADER.size
                ids += self._postings[at : at + n * id_width]
                at += n * id_width
                counts.extend(numbers(self._postings, count_width, n, at).tolist() if count_width else repeat(1, n))
                at += n * count_width
                places += self._postings[at : at + spots * place_width]
                terms.append(key[FIELD_NUMBER:].decode("utf-8", "surrogatepass"))
                documents.append(n)
                widths = id_width, place_width
            yield Lists(
                self._terms._fieldunmap[unpack_ushort(number)[0]],
                terms,
                np.array(documents, np.int64),
                Postings(
                    numbers(ids, widths[0], len(ids) // widths[0], 0),
                    np.array(counts, np.int64),
                    numbers(places, widths[1], len(places) // widths[1], 0) if widths[1] else None,
                ),
            )

    def beginning(self, field: str, prefix: str) -> Iterator[str]:
        """The terms of *field* that begin with *prefix*, in the order of their bytes."""
        begin = prefix.encode("utf-8", "surrogatepass")
        for name, term in self._terms.terms_from(field, begin):
            if name != field or not term.startswith(begin):
                return
            yield term.decode("utf-8", "surrogatepass")

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each document by its id; of two with one id the later."""
        return {id: number for number, id in enumerate(self.ids)}

    def _fill(self, values: dict[str, Values]) -> None:
        rows = self.rows()
        if len(rows) != self.count:
            raise ValueError(f"a segment of {self.count} documents has {len(rows)} rows")
        self.ids: list[str] = [row[0] for row in rows]
        self.cited = np.fromiter((row[1] for row in rows), np.bool_, len(rows))
        self.titles: list[str] = [row[2] for row in rows]
        self.authors: list[str] = [row[3] for row in rows]
        dates = (
            (UNDATED if missing else year * 10_000 + month * 100 + day)
            for missing, year, month, day in (r[4] for r in rows)
        )
        self.dates = np.fromiter(dates, np.int64, len(rows))
        years = (int(row[5]["year"][0]) if row[5]["year"][0] else UNDATED for row in rows)
        self.years = np.fromiter(years, np.int64, len(rows))
        self.facets = {name: _facet(rows, name, values[name]) for name in FACETS}
        self.lengths: dict[str, NDArray[np.int32]] = {}
        for number, row in enumerate(rows):
            for name, length in row[6].items():
                if name not in self.lengths:
                    self.lengths[name] = np.zeros(len(rows), np.int32)
                self.lengths[name][number] = length


def _facet(rows: list[Any], name: str, values: Values) -> Facet:
    owners, ordinals = [], []
    missing = [""] if name == "year" else []
    ordinal = values.ordinal
    for number, row in enumerate(rows):
        for value in row[5].get(name, missing):
            owners.append(number)
            ordinals.append(ordinal(value))
    return Facet(np.array(owners, np.int32), np.array(ordinals, np.int32))
