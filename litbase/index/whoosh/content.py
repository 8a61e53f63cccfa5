"""What a segment holds, as values in memory: made by the builder or by merging, written to one file.

Inverted: the terms of one Whoosh field in the order of their bytes, and for each its
documents.  Everything is arrays over all terms of a field, so writing, reading and
merging never loop over posting lists.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from whoosh.util.numeric import byte_to_length, length_to_byte

from litbase.index.whoosh.arrays import Array, ArrayWriter, packed
from litbase.index.whoosh.columns import put_column
from litbase.index.whoosh.strings import decoded, digest, encoded, put_strings
from litbase.record.text import sort_form

Ints = NDArray[np.int64]
Bits = NDArray[np.bool_]
UNDATED: Final = np.iinfo(np.int32).max
LENGTH_BITS: Final = 8  # of a code: the length of the field, as Whoosh rounds it to a byte; above it the count
SAFE: Final = 1 << 16  # lengths whose byte is looked up in a table
BYTE_OF: Final = np.array([length_to_byte(n) for n in range(SAFE)], np.uint8)
LENGTH_OF: Final = np.array([byte_to_length(n) for n in range(256)], np.float64)


class Inverted(NamedTuple):
    """The terms of a Whoosh field: *starts[t]* to *starts[t+1]* are the postings of term *t*, documents ascending.

    *codes* holds of each posting how often the term stands there and how long the field is (count << 8 | length byte);
    None where neither counts.  *places* holds the places of all occurrences, posting by posting; None where not kept.
    *stems* gives each word's ordinal in the field of stems.
    """

    terms: list[bytes]
    starts: Ints
    documents: Array
    codes: Array | None = None
    places: Array | None = None
    stems: Array | None = None


class Content(NamedTuple):
    """A segment: by document its id, sort keys, date (yyyymmdd or UNDATED) and whether it is a cited work.

    *lengths* has the words of each document by field, *inverted* the terms by Whoosh field, *facets* names those of
    them that are the values of a facet.
    """

    ids: list[bytes]
    titles: list[bytes]
    authors: list[bytes]
    dates: Array
    cited: Array
    lengths: dict[str, Ints]
    inverted: dict[str, Inverted]
    facets: tuple[str, ...]


def length_bytes(lengths: Ints) -> Array:
    """Field lengths as Whoosh keeps them: one byte each, rounded up on a growing scale."""
    return BYTE_OF[np.minimum(lengths, SAFE - 1)]


def inverted(
    terms: list[bytes],
    words: Array,
    documents: Array,
    lengths: Ints | None = None,
    weights: Array | None = None,
    places: Array | None = None,
) -> Inverted:
    """The occurrences of *words* (ordinals of *terms*), given document by document, term by term.

    A word may stand several times in a document; with *lengths* (of each document) that is counted, an occurrence as
    often as its weight says.  Places are kept of occurrences without weights.
    """
    # numbers of two bytes are sorted five times as fast
    order = np.argsort(words.astype(np.uint16) if len(terms) <= 1 << 16 else words, kind="stable")
    words, documents = words[order], documents[order]
    fresh = np.ones(len(words), np.bool_)
    fresh[1:] = (words[1:] != words[:-1]) | (documents[1:] != documents[:-1])
    begins = np.flatnonzero(fresh)
    starts = np.zeros(len(terms) + 1, np.int64)
    np.cumsum(np.bincount(words[begins], minlength=len(terms)), out=starts[1:])
    codes = None
    if lengths is not None:
        counts = np.diff(begins, append=len(words))
        if weights is not None:
            counts = np.add.reduceat(weights[order], begins, dtype=np.int64) if len(begins) else counts
        codes = packed((counts << LENGTH_BITS) | length_bytes(lengths)[documents[begins]])
    return Inverted(terms, starts, documents[begins], codes, None if places is None else places[order])


def write_content(file: ArrayWriter, content: Content) -> None:
    """Write *content* as the arrays of a segment (segment.py reads them)."""
    size = len(content.ids)
    by_id = np.array(sorted(range(size), key=content.ids.__getitem__), np.int64)
    put_strings(file, "ids", [content.ids[n] for n in by_id.tolist()])
    file.put("id.order", packed(by_id))
    rank = np.empty(size, np.int64)
    rank[by_id] = np.arange(size)
    file.put("id.rank", packed(rank))
    for name, keys in (("title", content.titles), ("author", content.authors)):
        known = sorted(set(keys))
        place = {key: n for n, key in enumerate(known)}
        ordinals = np.fromiter((place[key] for key in keys), np.int64, size)
        put_strings(file, f"{name}.keys", known)
        file.put(f"{name}.ordinals", packed(ordinals))
        missing = ordinals == place.get(b"", -1)
        file.put(f"{name}.order", packed(np.lexsort((rank, ordinals, missing))))
    undated = content.dates == UNDATED
    file.put("dates", content.dates.astype(np.int32))
    file.put("oldest.order", packed(np.lexsort((rank, content.dates))))
    file.put("newest.order", packed(np.lexsort((rank, -content.dates.astype(np.int64), undated))))
    file.put("cited", content.cited.astype(np.uint8))
    for name, lengths in content.lengths.items():
        file.put(f"{name}.lengths", packed(lengths))
    for name, field in content.inverted.items():
        _put_inverted(file, name, field)
    for name in content.facets:
        field = content.inverted[name]
        ordinals = np.repeat(np.arange(len(field.terms)), np.diff(field.starts))
        put_column(file, name, field.documents, ordinals, size, len(field.terms))
        _put_filed(file, name, field.terms)
        _put_digests(file, name, field.terms)


def _put_inverted(file: ArrayWriter, name: str, field: Inverted) -> None:
    put_strings(file, name, field.terms)
    file.put(f"{name}.starts", packed(field.starts))
    file.put(f"{name}.documents", packed(field.documents))
    if field.codes is not None:
        file.put(f"{name}.codes", field.codes)
    if field.places is not None and field.codes is not None:
        counts = np.zeros(len(field.documents) + 1, np.int64)
        np.cumsum(field.codes >> LENGTH_BITS, out=counts[1:])
        file.put(f"{name}.spots", packed(counts[field.starts]))
        file.put(f"{name}.places", packed(field.places))
    if field.stems is not None:
        file.put(f"{name}.stems", packed(field.stems))


def _put_digests(file: ArrayWriter, name: str, values: Sequence[bytes]) -> None:
    """The values by their digests, by which values.py knows them again in other segments."""
    digests = np.fromiter(map(digest, values), np.uint64, len(values))
    order = np.argsort(digests)
    file.put(f"{name}.digests", digests[order])
    file.put(f"{name}.digested", packed(order))


def _put_filed(file: ArrayWriter, name: str, values: Sequence[bytes]) -> None:
    """The values as they are filed, for suggestions: their sorted forms, and which value each belongs to."""
    filed = sorted((encoded(sort_form(decoded(value))), ordinal) for ordinal, value in enumerate(values))
    forms = sorted({form for form, _ in filed})
    place = {form: n for n, form in enumerate(forms)}
    put_strings(file, f"{name}.filed", forms)
    file.put(f"{name}.filed.form", packed(np.array([place[form] for form, _ in filed], np.int64)))
    file.put(f"{name}.filed.value", packed(np.array([ordinal for _, ordinal in filed], np.int64)))
