"""Where words stand: phrases, NEAR and first values, on sorted numbers document << 32 | place."""

from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np

from litbase.index.whoosh.arrays import Array
from litbase.index.whoosh.content import LENGTH_BITS, Bits, Ints
from litbase.index.whoosh.schema import LATER
from litbase.index.whoosh.segment import Lexicon

NOWHERE = np.zeros(0, np.int64)
Slot = Sequence[range]  # the ordinals of the words that may stand in one place, those of one beginning in one range
Joining = Callable[[Iterator[Ints]], Ints]  # one word after the other: the places of sixty are too much at once


def written(lexicon: Lexicon, words: Iterable[str]) -> Slot:
    """The ordinals of those of *words* that occur."""
    return [range(at, at + 1) for at in map(lexicon.find, words) if at >= 0]


def together(
    lexicon: Lexicon, slots: Sequence[Slot], size: int, join: Joining, within: Bits | None = None
) -> tuple[Ints, Array]:
    """The documents, ascending, in which *join* leaves places of the *slots*; and the codes (content.py) of how many.

    *size* is how many documents the segment has; only those *within* are looked at, None for all.
    """
    candidates = within
    for slot in slots:
        there = np.zeros(size, np.bool_)
        for run in slot:
            there[lexicon.documents[lexicon.span(run.start, run.stop)]] = True
        candidates = there if candidates is None else candidates & there
        if not candidates.any():
            return NOWHERE, NOWHERE
    if candidates is None:
        return NOWHERE, NOWHERE
    found = join(_places(lexicon, slot, candidates) for slot in slots)
    documents, counts = np.unique(found >> 32, return_counts=True)
    return documents, (counts << LENGTH_BITS) | _length_bytes(lexicon, slots[0], documents, size)


def _places(lexicon: Lexicon, slot: Slot, candidates: Bits) -> Ints:
    """All places of the words of *slot* in the *candidates*, ascending."""
    assert lexicon.spots is not None
    assert lexicon.places is not None
    found = []
    for run in slot:
        span = lexicon.span(run.start, run.stop)
        documents, counts = lexicon.documents[span], lexicon.counts(span)
        places = lexicon.places[int(lexicon.spots[run.start]) : int(lexicon.spots[run.stop])]
        wanted = np.flatnonzero(candidates[documents])
        if len(wanted) < len(documents):
            ends = np.cumsum(counts, dtype=np.int64)
            documents, counts, ends = documents[wanted], counts[wanted], ends[wanted]
            taken = np.cumsum(counts, dtype=np.int64)
            places = places[np.repeat(ends - taken, counts) + np.arange(taken[-1] if len(taken) else 0)]
        found.append((np.repeat(documents.astype(np.int64), counts) << 32) | places)
    if len(slot) == 1 and len(slot[0]) == 1:
        return found[0]
    return np.unique(np.concatenate(found)) if found else NOWHERE


def _length_bytes(lexicon: Lexicon, slot: Slot, documents: Ints, size: int) -> Ints:
    """The length bytes of *documents*, each of which has a word of *slot*."""
    assert lexicon.codes is not None
    known = np.zeros(size, np.int64)
    for run in slot:
        span = lexicon.span(run.start, run.stop)
        known[lexicon.documents[span]] = lexicon.codes[span] & (1 << LENGTH_BITS) - 1
    return known[documents]


def side_by_side(places: Iterator[Ints]) -> Ints:
    """The places where a phrase begins, given the places of each of its words."""
    starts = next(places)
    for offset, here in enumerate(places, 1):
        starts = _shared(starts, here - offset)
    return starts


def first_only(places: Iterator[Ints]) -> Ints:
    """The places where a phrase begins in the first value of a field."""
    starts = side_by_side(places)
    return starts[(starts & 0xFFFFFFFF) < LATER]


def within(distance: int) -> Joining:
    """The places of the last word that a chain of words reaches, each at most *distance* words from the one before."""

    def join(places: Iterator[Ints]) -> Ints:
        reached = next(places)
        for here in places:
            before = _next(reached, here - distance) <= here - 1
            after = _next(reached, here + 1) <= here + distance
            reached = here[before | after]
        return reached

    return join


def _next(numbers: Ints, wanted: Ints) -> Ints:
    """For each of *wanted* the first of *numbers* that is not below it; a number beyond all for none."""
    padded = np.append(numbers, np.iinfo(np.int64).max)
    return padded[np.searchsorted(numbers, wanted)]


def _shared(one: Ints, other: Ints) -> Ints:
    """The numbers that are in both, each ascending and without repetition."""
    if len(one) > len(other):
        one, other = other, one
    return one[_next(other, one) == one]
