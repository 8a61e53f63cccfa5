"""Segments into one: which, and how their arrays become those of the new segment without reading a record again."""

import itertools
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import numpy as np

from litbase.index.whoosh.arrays import Array, packed
from litbase.index.whoosh.builder import DOCUMENTS
from litbase.index.whoosh.content import LENGTH_BITS, Bits, Content, Ints, Inverted

FEW: Final = 4  # segments of one size that are merged when there are as many
SMALL: Final = 1_000  # documents up to which segments count as of one size


class Chosen(NamedTuple):
    """A segment to be merged, and how many documents of it are alive."""

    segment: Any
    alive: int


def groups(segments: Sequence[Any], room: int) -> list[list[Any]]:
    """The segments that should become one, group by group; those that stay as they are are in none.

    *room* is how many documents may be written anew.  A segment mostly deleted is written anew too, alone if need be.
    """
    chosen = sorted((Chosen(s, s.doc_count_all() - s.deleted_count()) for s in segments), key=lambda c: c.alive)
    found = []
    for _, same in itertools.groupby(chosen, key=lambda c: _size(c.alive)):
        crowd = list(same)
        hollow = [c for c in crowd if c.alive * 2 < c.segment.doc_count_all()]
        wanted = crowd if len(crowd) >= FEW else hollow
        group: list[Chosen] = []
        for one in wanted:
            if sum(c.alive for c in group) + one.alive > min(DOCUMENTS, room):
                break
            group.append(one)
        if len(group) > 1 or any(one in hollow for one in group):
            room -= sum(c.alive for c in group)
            found.append([c.segment for c in group])
    return found


def _size(alive: int) -> int:
    """The class of size: 0 up to SMALL, then one for every factor of FEW; a full segment is in a class of its own."""
    if alive * FEW > DOCUMENTS * (FEW - 1):
        return DOCUMENTS + alive
    size = 0
    while alive > SMALL:
        alive //= FEW
        size += 1
    return size


def merged(parts: Sequence[tuple[Content, Bits]]) -> Content:
    """One segment of the live documents of all *parts*, in their order."""
    bases = np.cumsum([0, *(int(live.sum()) for _, live in parts)])
    numbers = [np.where(live, np.cumsum(live) - 1 + base, -1) for (_, live), base in zip(parts, bases, strict=False)]
    names = dict.fromkeys(name for content, _ in parts for name in content.inverted)
    inverted = {}
    for name in names:
        pieces = [(content.inverted.get(name), at) for (content, _), at in zip(parts, numbers, strict=True)]
        inverted[name] = _inverted([(field, at) for field, at in pieces if field is not None])
    _link_stems(parts, inverted)
    inverted = {name: field for name, field in inverted.items() if field.terms}
    facets = dict.fromkeys(name for content, _ in parts for name in content.facets)
    return Content(
        ids=_kept([(content.ids, live) for content, live in parts]),
        titles=_kept([(content.titles, live) for content, live in parts]),
        authors=_kept([(content.authors, live) for content, live in parts]),
        dates=np.concatenate([content.dates[live] for content, live in parts]),
        cited=np.concatenate([content.cited[live] for content, live in parts]),
        lengths=_lengths(parts),
        inverted=inverted,
        facets=tuple(name for name in facets if name in inverted),
    )


def _kept(pieces: list[tuple[list[bytes], Bits]]) -> list[bytes]:
    return [one for column, live in pieces for one in itertools.compress(column, live.tolist())]


def _lengths(parts: Sequence[tuple[Content, Bits]]) -> dict[str, Ints]:
    names = dict.fromkeys(name for content, _ in parts for name in content.lengths)
    return {
        name: np.concatenate(
            [content.lengths.get(name, np.zeros(len(live), np.int64))[live] for content, live in parts]
        )
        for name in names
    }


def _inverted(pieces: list[tuple[Inverted, Ints]]) -> Inverted:
    """The postings of several segments in one; with each the new numbers of its documents, -1 for none."""
    terms = sorted(set().union(*(field.terms for field, _ in pieces)))
    at = {term: n for n, term in enumerate(terms)}
    words, documents, codes, places, spots = [], [], [], [], []
    for field, numbers in pieces:
        ordinals = np.fromiter(map(at.__getitem__, field.terms), np.int64, len(field.terms))
        each = np.repeat(ordinals, np.diff(field.starts))
        found = numbers[field.documents]
        alive = found >= 0
        words.append(each[alive])
        documents.append(found[alive])
        if field.codes is not None:
            codes.append(field.codes[alive])
            if field.places is not None:
                counts = field.codes >> LENGTH_BITS
                places.append(field.places[np.repeat(alive, counts)])
                spots.append(np.repeat(each, counts)[np.repeat(alive, counts)])
    word = np.concatenate(words)
    order = np.argsort(word, kind="stable")
    per = np.bincount(word, minlength=len(terms))
    kept = np.flatnonzero(per)
    return Inverted(
        terms=[terms[n] for n in kept.tolist()],
        starts=np.concatenate(([0], np.cumsum(per[kept]))),
        documents=packed(np.concatenate(documents)[order]),
        codes=packed(np.concatenate(codes)[order]) if codes else None,
        places=_in_order(np.concatenate(places), np.concatenate(spots)) if places else None,
    )


def _in_order(places: Array, words: Array) -> Array:
    return packed(places[np.argsort(words, kind="stable")])


def _link_stems(parts: Sequence[tuple[Content, Bits]], inverted: dict[str, Inverted]) -> None:
    """Give the words of the merged fields the ordinals of their stems among the merged stems."""
    for name, field in inverted.items():
        stem_of: dict[bytes, bytes] = {}
        stems_name = name.removesuffix("_exact")
        for content, _ in parts:
            words = content.inverted.get(name)
            if words is not None and words.stems is not None:
                known = content.inverted[stems_name].terms
                stem_of |= zip(words.terms, (known[n] for n in words.stems.tolist()), strict=True)
        if stem_of and field.terms:
            at = {stem: n for n, stem in enumerate(inverted[stems_name].terms)}
            stems = np.fromiter((at[stem_of[word]] for word in field.terms), np.int64, len(field.terms))
            inverted[name] = field._replace(stems=packed(stems))
