"""One opened segment: its terms, postings and columns as arrays of the mapped file; it never changes."""

from functools import cached_property
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np

from litbase.index.whoosh.arrays import Array, ArrayFile
from litbase.index.whoosh.columns import Column, column_of
from litbase.index.whoosh.content import LENGTH_BITS, UNDATED, Bits, Content, Ints, Inverted
from litbase.index.whoosh.schema import faceted
from litbase.index.whoosh.strings import Strings, decoded, encoded, strings_of

SEGMENT_EXT: Final = ".seg"
NO_YEAR: Final = np.iinfo(np.int32).min


class Lexicon:
    """The terms of one Whoosh field in a segment, with their postings; an array is read when it is first needed."""

    def __init__(self, file: ArrayFile, name: str):
        """The field *name* of *file*, without terms when the segment has none."""
        self._file, self._name = file, name
        self.terms: Strings = strings_of(file, name)
        self.starts: Array = file[f"{name}.starts"] if len(self.terms) else np.zeros(1, np.uint8)
        self._starts = self.starts.data

    @cached_property
    def documents(self) -> Array:
        """The documents of all postings, term by term."""
        return self._file[f"{self._name}.documents"] if len(self.terms) else np.zeros(0, np.uint8)

    @cached_property
    def codes(self) -> Array | None:
        """The codes (content.py) of all postings; None where counts are not kept."""
        return self._file.get(f"{self._name}.codes")

    @cached_property
    def spots(self) -> Array | None:
        """Where the places of each term begin; None where places are not kept."""
        return self._file.get(f"{self._name}.spots")

    @cached_property
    def places(self) -> Array | None:
        """The places of all occurrences; None where they are not kept."""
        return self._file.get(f"{self._name}.places")

    @cached_property
    def stems(self) -> Array | None:
        """The ordinal of each word's stem; None where there are no stems."""
        return self._file.get(f"{self._name}.stems")

    def find(self, term: str) -> int:
        """The ordinal of *term*; -1 when it does not occur."""
        return self.terms.find(encoded(term))

    def span(self, first: int, last: int) -> slice:
        """Where the postings of the terms *first* to *last* (not included) lie, one after the other."""
        return slice(self._starts[first], self._starts[last])

    def df(self, ordinal: int) -> int:
        """In how many documents the term *ordinal* stands, deleted ones counted."""
        return int(self._starts[ordinal + 1] - self._starts[ordinal])

    @cached_property
    def dfs(self) -> Ints:
        """In how many documents each term stands, deleted ones counted."""
        starts = self.starts.astype(np.int64)
        found: Ints = starts[1:] - starts[:-1]
        return found

    def counts(self, span: slice) -> Array:
        """How often the term stands in each document of *span*."""
        return np.ones(span.stop - span.start, np.int64) if self.codes is None else self.codes[span] >> LENGTH_BITS


class Facet(NamedTuple):
    """A facet of a segment: its values with their documents, and for each document the ordinals of its values."""

    lexicon: Lexicon
    column: Column


class Leaf:
    """The segment file *path* with *count* documents; opened once and used by every snapshot that has it."""

    def __init__(self, path: Path, count: int):
        """Raises ValueError, KeyError or struct.error when the file is damaged, FileNotFoundError when it is gone."""
        self.file = ArrayFile(path)
        self.count = count
        self.ids = strings_of(self.file, "ids")
        if len(self.ids) != count:
            raise ValueError(f"{path.name} has {len(self.ids)} documents, not {count}")
        self.id_rank = self.file["id.rank"]
        self.cited: Bits = self.file["cited"].view(np.bool_)
        self.dates: Array = self.file["dates"]
        self.years: Array = np.where(self.dates == UNDATED, NO_YEAR, self.dates // 10_000)
        self._lexicons: dict[str, Lexicon] = {}
        self._facets: dict[str, Facet] = {}

    def lexicon(self, name: str) -> Lexicon:
        """The terms of the Whoosh field *name*."""
        found = self._lexicons.get(name)
        if found is None:
            found = self._lexicons[name] = Lexicon(self.file, name)
        return found

    def facet(self, name: str) -> Facet:
        """The facet *name*."""
        found = self._facets.get(name)
        if found is None:
            whole = faceted(name)
            found = self._facets[name] = Facet(self.lexicon(whole), column_of(self.file, whole, self.count))
        return found

    def id(self, document: int) -> str:
        """The id of *document*."""
        return decoded(self.ids[int(self.id_rank[document])])

    def number(self, id: str) -> int:
        """The document with that id; -1 when there is none."""
        at = self.ids.find(encoded(id))
        return int(self.file["id.order"][at]) if at >= 0 else -1

    def order(self, name: str) -> Array:
        """All documents in the order *name*: title, author, newest, oldest or id; ties by id, what is missing last."""
        return self.file[f"{name}.order"]

    def key(self, name: str, document: int) -> bytes:
        """By what *document* is filed in the order *name*, "title" or "author"."""
        return strings_of(self.file, f"{name}.keys")[int(self.file[f"{name}.ordinals"][document])]

    def lengths(self, field: str) -> Array:
        """How many words each document has in *field*."""
        name = f"{field}.lengths"
        return self.file[name] if name in self.file else np.zeros(self.count, np.uint8)

    def content(self) -> Content:
        """The segment in memory, as it was written."""
        names = [name.removesuffix(".starts") for name in self.file if name.endswith(".starts")]
        return Content(
            ids=[self.ids[rank] for rank in self.id_rank.tolist()],
            titles=self._keys("title"),
            authors=self._keys("author"),
            dates=self.dates,
            cited=self.file["cited"],
            lengths={n.removesuffix(".lengths"): self.file[n].astype(np.int64) for n in self._named(".lengths")},
            inverted={name: self._inverted(name) for name in names},
            facets=tuple(name.removesuffix(".rows") for name in self._named(".rows")),
        )

    def _named(self, ending: str) -> list[str]:
        return [name for name in self.file if name.endswith(ending)]

    def _keys(self, name: str) -> list[bytes]:
        known = list(strings_of(self.file, f"{name}.keys"))
        return [known[ordinal] for ordinal in self.file[f"{name}.ordinals"].tolist()]

    def _inverted(self, name: str) -> Inverted:
        found = self.lexicon(name)
        return Inverted(list(found.terms), found.starts.astype(np.int64), found.documents, found.codes, found.places,
                        found.stems)  # fmt: skip


def live_of(segment: Any) -> Bits:
    """Which documents of a Whoosh *segment* are not deleted."""
    live = np.ones(segment.doc_count_all(), np.bool_)
    deleted: Ints = np.fromiter(segment.deleted_docs(), np.int64)
    live[deleted] = False
    return live
