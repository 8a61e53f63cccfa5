"""From words as they are written to the terms of a field, on arrays: spellings, stems, places and lengths."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from itertools import repeat
from typing import NamedTuple

import numpy as np

from litbase.index.analysis import GAP, LONGEST
from litbase.index.whoosh.arrays import Array, packed
from litbase.index.whoosh.content import Ints, Inverted, inverted
from litbase.index.whoosh.strings import encoded
from litbase.record.text import spellings, stem


class Numbers(dict[str, int]):
    """Numbers for strings, given in the order they are asked for."""

    def __missing__(self, text: str) -> int:
        """The next number, for a *text* not seen before."""
        self[text] = number = len(self)
        return number


class Written(dict[str, int]):
    """Numbers for words as they are written; by number their first and second spelling, -1 for none."""

    def __init__(self) -> None:
        """No words yet."""
        super().__init__()
        self.forms = Numbers()
        self.first, self.second = array("i"), array("i")

    def __missing__(self, word: str) -> int:
        """The next number, for a *word* not seen before."""
        forms = spellings(word)
        self.first.append(self.forms[forms[0][:LONGEST]] if forms[0] else -1)
        self.second.append(self.forms[forms[1][:LONGEST]] if len(forms) > 1 else -1)
        self[word] = number = len(self)
        return number


class Texts:
    """The values of a field of words: for each its document, its words by their numbers, and how much they weigh."""

    def __init__(self, later: int):
        """No values yet; the second value of a document begins at place *later*."""
        self.later = later
        self.values: list[array[int]] = []
        self.documents = array("I")
        self.weights = array("B")  # left empty where every word counts once


class Spelled(NamedTuple):
    """All spellings in order; *first* and *second* give those of a written word, *stem_of* gives the stem of one."""

    terms: list[bytes]
    first: Array
    second: Array
    stems: list[bytes]
    stem_of: Array


class Occurrences(NamedTuple):
    """The occurrences of one field, document by document, and its weighed length in each document."""

    words: Array
    documents: Array
    places: Array
    weights: Array | None
    lengths: Ints


def spelled(written: Written) -> Spelled:
    """The spellings of all words that were *written*, sorted once for all fields."""
    forms = list(written.forms)
    terms = [encoded(form) for form in forms]
    order, rank = in_order(terms)
    stems = [encoded(stem(forms[n])) for n in order.tolist()]
    known = sorted(set(stems))
    place = {text: n for n, text in enumerate(known)}
    ranked = np.append(rank, -1).astype(np.int32)  # so that -1, no spelling, stays -1
    return Spelled(
        terms=[terms[n] for n in order.tolist()],
        first=ranked[np.array(written.first, np.int32)],
        second=ranked[np.array(written.second, np.int32)],
        stems=known,
        stem_of=np.fromiter(map(place.__getitem__, stems), np.int64, len(stems)),
    )


def text_field(texts: Texts, known: Spelled, size: int) -> tuple[Ints, Inverted, Inverted]:
    """The lengths of a field in *size* documents, its words as written, and their stems."""
    found = _occurrences(texts, known, size)
    terms, words = _used(known.terms, found.words)
    whole = inverted(
        [known.terms[n] for n in terms.tolist()], words, found.documents, found.lengths, None, found.places
    )
    stems, stem_of = _used(known.stems, known.stem_of[terms])
    stemmed = inverted(
        [known.stems[n] for n in stems.tolist()], stem_of[words], found.documents, found.lengths, found.weights
    )
    return found.lengths, whole._replace(stems=stem_of), stemmed


def _used(known: Sequence[bytes], numbers: Array) -> tuple[Ints, Array]:
    """Which of *known* stand in *numbers*, and *numbers* as places among these."""
    used = np.zeros(len(known), np.bool_)
    used[numbers] = True
    return np.flatnonzero(used), (np.cumsum(used) - 1).astype(np.uint32)[numbers]


def _occurrences(texts: Texts, known: Spelled, size: int) -> Occurrences:
    """Every spelling of every word with its document and place; a word with two spellings has both at one place."""
    written = np.frombuffer(b"".join(texts.values), np.uint32)
    sizes = np.fromiter(map(len, texts.values), np.int64, len(texts.values))
    owners = np.array(texts.documents, np.int64)
    words = known.first[written]
    if (dropped := words < 0).any():  # words that fold to nothing take no place
        values = np.repeat(np.arange(len(sizes)), sizes)
        sizes = np.bincount(values[~dropped], minlength=len(sizes))
        written, words = written[~dropped], words[~dropped]
    starts = np.cumsum(sizes) - sizes
    places = np.arange(len(written)) - np.repeat(starts - _bases(owners, sizes, texts.later), sizes)
    documents = np.repeat(packed(owners), sizes)
    value_weights = np.array(texts.weights, np.uint8) if texts.weights else np.ones(len(sizes), np.uint8)
    weights = np.repeat(value_weights, sizes) if texts.weights else None
    second = known.second[written]
    if (twice := second >= 0).any():
        again = np.repeat(np.arange(len(written)), 1 + twice)
        last = np.cumsum(1 + twice) - 1
        words, documents, places = words[again], documents[again], places[again]
        words[last[twice]] = second[twice]
        weights = None if weights is None else weights[again]
    lengths = np.bincount(owners, sizes * value_weights, size).astype(np.int64)
    return Occurrences(words, documents, packed(places), weights, lengths)


def _bases(owners: Ints, sizes: Ints, later: int) -> Ints:
    """Where each value begins: the first of a document at 0, the second from *later* on, each GAP behind the last."""
    begins = np.ones(len(owners), np.bool_)
    begins[1:] = owners[1:] != owners[:-1]
    steps = np.where(begins, np.maximum(later, sizes + GAP), sizes + GAP)
    before = np.cumsum(steps) - steps
    bases: Ints = before - np.repeat(before[begins], np.diff(np.flatnonzero(begins), append=len(owners)))
    return bases


class Keys:
    """Terms of documents that are kept whole: identifiers, or the values of a facet."""

    def __init__(self) -> None:
        """No terms yet."""
        self.terms = Numbers()
        self.numbers, self.documents = array("I"), array("I")

    def add(self, document: int, terms: Sequence[str]) -> None:
        """The different *terms* of the next document."""
        self.numbers.extend(map(self.terms.__getitem__, terms))
        self.documents.extend(repeat(document, len(terms)))


def key_field(keys: Keys) -> Inverted:
    """The terms of *keys* with their documents."""
    terms = [encoded(term) for term in keys.terms]
    order, rank = in_order(terms)
    words = rank[np.array(keys.numbers, np.int64)]
    return inverted([terms[n] for n in order.tolist()], words, packed(np.array(keys.documents, np.uint32)))


def in_order(terms: list[bytes]) -> tuple[Ints, Ints]:
    """The order of *terms* by their bytes, and the rank of each."""
    order = np.array(sorted(range(len(terms)), key=terms.__getitem__), np.int64)
    rank = np.empty(len(terms), np.int64)
    rank[order] = np.arange(len(terms))
    return order, rank
