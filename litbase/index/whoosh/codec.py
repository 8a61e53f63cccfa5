"""The codec: how Whoosh itself reads these segments, so that any program with Whoosh can open and search the index.

litbase's own evaluator goes straight to the arrays (segment.py); here they are served
through Whoosh's interfaces: terms, posting lists, lengths, stored ids.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.codec.base import FieldCursor, PerDocumentReader, TermsReader
from whoosh.codec.whoosh3 import W3Codec, W3Segment
from whoosh.matching import ListMatcher
from whoosh.reading import TermInfo, TermNotFound
from whoosh.util.numeric import byte_to_length

from litbase.index.whoosh.content import LENGTH_BITS, length_bytes
from litbase.index.whoosh.segment import SEGMENT_EXT, Leaf, Lexicon


class FlatCodec(W3Codec):  # type: ignore[misc]
    """The one class of litbase that an index file names; it only reads, for litbase writes segments by itself."""

    def terms_reader(self, storage: Any, segment: Any) -> "FlatTerms":
        """The terms of *segment*."""
        return FlatTerms(_leaf(storage, segment))

    def per_document_reader(self, storage: Any, segment: Any) -> "FlatDocuments":
        """The documents of *segment*."""
        return FlatDocuments(_leaf(storage, segment), segment)

    def new_segment(self, storage: Any, indexname: str) -> W3Segment:
        """An entry for the table of contents."""
        return W3Segment(self, indexname)


def segment_file(segment: Any) -> str:
    """The name of the file of a Whoosh *segment*."""
    return str(segment.make_filename(SEGMENT_EXT))


def _leaf(storage: Any, segment: Any) -> Leaf:
    return Leaf(Path(storage.folder, segment_file(segment)), segment.doc_count_all())


class FlatTerms(TermsReader):  # type: ignore[misc]
    """The terms of a segment as Whoosh asks for them: (field, bytes)."""

    def __init__(self, leaf: Leaf):
        self._leaf = leaf
        self._fields = sorted(n.removesuffix(".starts") for n in leaf.file if n.endswith(".starts"))

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        field, text = term
        return field in self._fields and self._leaf.lexicon(field).terms.find(text) >= 0

    def indexed_field_names(self) -> list[str]:
        """The Whoosh fields that have terms."""
        return self._fields

    def terms(self) -> Iterator[tuple[str, bytes]]:
        """Every term, field by field."""
        return ((field, term) for field in self._fields for term in self._leaf.lexicon(field).terms)

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        """The terms of a field from *prefix* on, and those of the fields after it."""
        for field in self._fields:
            if field >= fieldname:
                terms = self._leaf.lexicon(field).terms
                first = terms.lower(prefix) if field == fieldname else 0
                yield from ((field, terms[n]) for n in range(first, len(terms)))

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """Every term with its statistics."""
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """The terms from one on, with their statistics."""
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def cursor(self, fieldname: str, fieldobj: Any) -> "FlatCursor":
        """A cursor over the terms of a field."""
        return FlatCursor(self._leaf.lexicon(fieldname))

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        """The statistics of a term; raises TermNotFound."""
        lexicon, ordinal = self._place(fieldname, text)
        span = lexicon.span(ordinal, ordinal + 1)
        counts, documents = lexicon.counts(span), lexicon.documents[span]
        lengths = [1, 1] if lexicon.codes is None else lexicon.codes[span] & ((1 << LENGTH_BITS) - 1)
        return TermInfo(
            weight=float(counts.sum()),
            df=len(documents),
            minlength=byte_to_length(int(np.min(lengths))),
            maxlength=byte_to_length(int(np.max(lengths))),
            maxweight=float(counts.max()),
            minid=int(documents[0]),
            maxid=int(documents[-1]),
        )

    def frequency(self, fieldname: str, text: bytes) -> float:
        """How often a term stands anywhere; 0 for none."""
        return float(self.term_info(fieldname, text).weight()) if (fieldname, text) in self else 0.0

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        """In how many documents a term stands; 0 for none."""
        return int(self.term_info(fieldname, text).doc_frequency()) if (fieldname, text) in self else 0

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> ListMatcher:
        """A matcher over the posting list of a term."""
        lexicon, ordinal = self._place(fieldname, text)
        span = lexicon.span(ordinal, ordinal + 1)
        counts, values = lexicon.counts(span), None
        if lexicon.places is not None and lexicon.spots is not None:
            first, last = lexicon.spots[ordinal : ordinal + 2].tolist()
            places = np.split(lexicon.places[first:last], np.cumsum(counts)[:-1])
            values = [format_.encode(one.tolist()) for one in places]
        return ListMatcher(lexicon.documents[span].tolist(), counts.astype(float).tolist(), values, format_,
                           scorer=scorer, term=(fieldname, text), terminfo=self.term_info(fieldname, text))  # fmt: skip

    def _place(self, field: str, text: bytes) -> tuple[Lexicon, int]:
        lexicon = self._leaf.lexicon(field)
        ordinal = lexicon.terms.find(text)
        if ordinal < 0:
            raise TermNotFound(f"No term {field}:{text!r}")
        return lexicon, ordinal


class FlatCursor(FieldCursor):  # type: ignore[misc]
    """A place among the terms of a field."""

    def __init__(self, lexicon: Lexicon):
        self._terms, self._at = lexicon.terms, 0

    def first(self) -> str | None:
        """Go to the first term."""
        self._at = 0
        return self.text()

    def find(self, term: Any) -> str | None:
        """Go to the first term that is not before *term*."""
        self._at = self._terms.lower(term if isinstance(term, bytes) else term.encode())
        return self.text()

    def next(self) -> str | None:
        """Go to the next term."""
        self._at += 1
        return self.text()

    def text(self) -> str | None:
        """The present term; None behind the last."""
        return self._terms[self._at].decode("utf-8", "surrogatepass") if self.is_valid() else None

    def is_valid(self) -> bool:
        """Whether there is a present term."""
        return self._at < len(self._terms)

    term = text


class FlatDocuments(PerDocumentReader):  # type: ignore[misc]
    """The documents of a segment as Whoosh asks for them."""

    def __init__(self, leaf: Leaf, segment: Any):
        self._leaf, self._segment = leaf, segment
        self._bytes: dict[str, list[int]] = {}

    def doc_count(self) -> int:
        """Live documents."""
        return int(self._segment.doc_count())

    def doc_count_all(self) -> int:
        """All documents."""
        return self._leaf.count

    def has_deletions(self) -> bool:
        """Whether some are deleted."""
        return bool(self._segment.has_deletions())

    def is_deleted(self, docnum: int) -> bool:
        """Whether this one is."""
        return bool(self._segment.is_deleted(docnum))

    def deleted_docs(self) -> Iterator[int]:
        """The deleted ones."""
        return iter(self._segment.deleted_docs())

    def supports_columns(self) -> bool:
        """Whether Whoosh's sorting may use the columns: it has its own form of them."""
        return False

    def has_column(self, fieldname: str) -> bool:
        """None of Whoosh's kind."""
        return False

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        """How many words a document has in a field, rounded as Whoosh rounds it."""
        base = _base(fieldname)
        if base not in self._bytes:
            self._bytes[base] = length_bytes(self._leaf.lengths(base).astype(np.int64)).tolist()
        return int(byte_to_length(self._bytes[base][docnum])) or default

    def field_length(self, fieldname: str) -> int:
        """All words of a field."""
        return int(self._leaf.lengths(_base(fieldname)).sum(dtype=np.int64))

    def min_field_length(self, fieldname: str) -> int:
        """The least words of a document."""
        return int(self._leaf.lengths(_base(fieldname)).min(initial=0))

    def max_field_length(self, fieldname: str) -> int:
        """The most words of a document."""
        return int(self._leaf.lengths(_base(fieldname)).max(initial=0))

    def has_vector(self, docnum: int, fieldname: str) -> bool:
        """None are kept."""
        return False

    def stored_fields(self, docnum: int) -> dict[str, str]:
        """The id."""
        return {"stored_id": self._leaf.id(docnum)}


def _base(fieldname: str) -> str:
    return fieldname.removesuffix("_exact")
