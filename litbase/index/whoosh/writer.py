"""The writer: one Whoosh segment per commit, its postings made by one sort per field; the merging of small segments."""

import json
import math
import zlib
from array import array
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import repeat
from typing import Any, Final

import numpy as np
from whoosh.codec.whoosh3 import W3TermInfo
from whoosh.system import pack_int, pack_long, pack_ushort
from whoosh.writing import SegmentWriter

from litbase.fields import BY_NAME, FACETS, ID, NAME, TEXT, IndexDocument
from litbase.index.whoosh.codec import HEADER, FlatCodec, Ints, packed, width_of
from litbase.index.whoosh.schema import analyse, exact, identifiers
from litbase.index.whoosh.segment import ROWS_EXT, Leaf, Lists

FEW: Final = 8  # segments of one size that are merged when there are as many
MERGED: Final = 20_000  # documents that one commit merges at most, so that a commit stays a matter of seconds


class Numbers(dict[str, int]):
    """Numbers for terms, given in the order they are asked for."""

    def __missing__(self, term: str) -> int:
        """The next number, for a *term* not seen before."""
        self[term] = number = len(self)
        return number


class Stream:
    """The occurrences of the terms of one Whoosh field, in the order they come."""

    def __init__(self) -> None:
        """An empty stream."""
        self.terms = Numbers()
        self._words, self._documents, self._places = array("I"), array("I"), array("I")
        self._merged: list[tuple[Ints, Ints, Ints]] = []

    def add(self, document: int, terms: Sequence[str], places: Sequence[int] | None = None) -> None:
        """The *terms* of one document, each at its place where places are kept."""
        self._words.extend(map(self.terms.__getitem__, terms))
        self._documents.extend(repeat(document, len(terms)))
        self._places.extend(repeat(0, len(terms)) if places is None else places)

    def merge(self, lists: Lists, numbers: Ints) -> None:
        """The lists of an older segment; *numbers* gives its documents' numbers here, after all others, -1 for none."""
        found = lists.postings
        terms = np.fromiter(map(self.terms.__getitem__, lists.terms), np.int64, len(lists.terms))
        words = np.repeat(np.repeat(terms, lists.documents), found.counts)
        documents = numbers[np.repeat(found.ids, found.counts)]
        places = np.zeros_like(documents) if found.positions is None else found.positions
        kept = documents >= 0
        self._merged.append((words[kept], documents[kept], places[kept]))

    def arrays(self) -> tuple[Ints, Ints, Ints]:
        """Term numbers, document numbers and places of all occurrences."""
        own = tuple(np.array(a, np.int64) for a in (self._words, self._documents, self._places))
        words, documents, places = (np.concatenate(parts) for parts in zip(own, *self._merged, strict=True))
        return words, documents, places


class ArrayWriter(SegmentWriter):  # type: ignore[misc]
    """Whoosh's segment writer for documents that arrive analysed; holds the occurrences in memory until the commit."""

    def __init__(self, index: Any, leaves: Mapping[str, Leaf]):
        """A writer on *index*, the lock being held by the caller; *leaves* are the opened present segments by name."""
        super().__init__(index, codec=FlatCodec(), _lk=False)
        self._leaves = leaves
        self._streams: defaultdict[str, Stream] = defaultdict(Stream)
        self._rows: list[Any] = []
        self._numbers: dict[str, int] = {}

    def add(self, document: IndexDocument) -> None:
        """Add *document*; one with the same id added before by this writer is dropped."""
        number = self._begin(document.id)
        lengths = {}
        for name, values in document.values.items():
            field = BY_NAME[name]
            if field.kind in (TEXT, NAME):
                words, places, stems, lengths[name] = analyse(field, values)
                self._put_terms(exact(name), number, words, places)
                self._put_terms(name, number, stems)
            elif field.kind == ID:
                self._put_terms(name, number, sorted(identifiers(values)))
        facets = {name: list(values) for name in FACETS if (values := document.counted(name))}
        keys = document.title_key, document.author_key, document.date_key
        self._rows.append([document.id, document.cited, *keys, facets, lengths])

    def _put_terms(self, name: str, number: int, terms: list[str], places: list[int] | None = None) -> None:
        if terms:
            self._streams[name].add(number, terms, places)

    def merge_leaf(self, leaf: Leaf, live: Any) -> None:
        """Take over the *live* documents of an older segment."""
        numbers = np.full(len(live), -1, np.int64)
        rows = leaf.rows()
        for local in np.flatnonzero(live).tolist():
            row = rows[local]
            numbers[local] = self._begin(row[0])
            self._rows.append(row)
        for lists in leaf.lists():
            self._streams[lists.field].merge(lists, numbers)

    def _begin(self, id: str) -> int:
        number: int = self.docnum
        if id in self._numbers:
            self.newsegment.delete_document(self._numbers[id])
        self._numbers[id] = number
        self.perdocwriter.start_doc(number)
        self.perdocwriter.add_field("stored_id", None, id, 0)
        self.perdocwriter.finish_doc()
        self.docnum += 1
        self._added = True
        return number

    def holds(self, id: str) -> bool:
        """Whether this writer adds the document *id*."""
        return id in self._numbers

    def _flush_segment(self) -> None:
        self.perdocwriter.close()
        for name in sorted(self._streams):
            self.fieldwriter.start_field(name, self.schema[name])
            for term, weight, documents, blob in self._lists(self._streams.pop(name), name):
                self._put(term, weight, documents, blob)
            self.fieldwriter.finish_field()
        self.fieldwriter.close()
        with self.newsegment.create_file(self.storage, ROWS_EXT) as file:
            file.write(zlib.compress(json.dumps(self._rows, ensure_ascii=False).encode("utf-8", "surrogatepass"), 1))

    def _put(self, term: bytes, weight: int, documents: int, blob: bytes) -> None:
        # a term's entry, as W3TermInfo reads it; lengths and weights serve Whoosh's shortcuts, which are not used
        writer = self.fieldwriter
        start = writer._postfile.tell()
        writer._postfile.write(blob)
        entry = W3TermInfo._struct.pack(0, float(weight), documents, 0, 255, float(weight), 0, self.docnum)
        writer._tindex.add(pack_ushort(writer._fieldid) + term, entry + pack_long(start) + pack_int(len(blob)))

    def _lists(self, stream: Stream, name: str) -> Iterator[tuple[bytes, int, int, bytes]]:
        """(term, occurrences, documents, posting list) of every term, in the order of their bytes."""
        terms = [term.encode("utf-8", "surrogatepass") for term in stream.terms]
        order = sorted(range(len(terms)), key=terms.__getitem__)
        rank = np.empty(len(terms), np.int64)
        rank[order] = np.arange(len(terms))
        words, documents, places = stream.arrays()
        if not len(words):
            return
        words = rank[words]
        by_term = np.argsort(words, kind="stable")
        words, documents, places = words[by_term], documents[by_term], places[by_term]
        fresh = np.ones(len(words), np.bool_)
        fresh[1:] = (words[1:] != words[:-1]) | (documents[1:] != documents[:-1])
        starts = np.flatnonzero(fresh)
        counts = np.diff(starts, append=len(words))
        edges = np.arange(len(terms) + 1)
        lists, spots = np.searchsorted(words[starts], edges).tolist(), np.searchsorted(words, edges).tolist()
        positional = name.endswith("_exact")
        id_width, count_width = width_of(self.docnum), width_of(int(counts.max()))
        place_width = width_of(int(places.max())) if positional else 0
        id_bytes, count_bytes = packed(documents[starts], id_width), packed(counts, count_width)
        place_bytes = packed(places, place_width) if positional else b""
        for number, term in enumerate(order):
            a, b, c, d = lists[number], lists[number + 1], spots[number], spots[number + 1]
            if a == b:  # all its documents were deleted
                continue
            width = count_width if d - c > b - a else 0
            head = HEADER.pack(id_width, width, place_width, b - a, d - c if positional else 0)
            ids = id_bytes[a * id_width : b * id_width]
            places_ = place_bytes[c * place_width : d * place_width]
            yield terms[term], d - c, b - a, head + ids + count_bytes[a * width : b * width] + places_


def merge_small(writer: ArrayWriter, segments: list[Any]) -> list[Any]:
    """Whoosh's merge policy: the segments that stay; the others went into *writer*.

    Segments without live documents go; eight of one size (in powers of eight) become one,
    and one that is mostly deleted is written anew, as far as MERGED allows.
    """
    alive = [segment for segment in segments if segment.doc_count()]
    sizes = defaultdict(list)
    for segment in alive:
        sizes[int(math.log(segment.doc_count(), FEW))].append(segment)
    merged, room = set(), MERGED
    for segment in sorted(alive, key=lambda s: s.doc_count()):
        crowd = sizes[int(math.log(segment.doc_count(), FEW))]
        if (len(crowd) >= FEW or segment.doc_count() * 2 < segment.doc_count_all()) and segment.doc_count() <= room:
            room -= segment.doc_count()
            merged.add(segment.segment_id())
            leaf = writer._leaves[segment.segment_id()]
            writer.merge_leaf(leaf, leaf.live(segment))
    return [segment for segment in alive if segment.segment_id() not in merged]
