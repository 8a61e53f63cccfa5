"""The query tree as a function of one segment: which documents match, and how well.

Every document is looked at, so totals are exact; there are no shortcuts for the best few,
which Whoosh gets wrong.  A tree scores as Whoosh's And and Or do, which add up: so does
Whoosh itself on this index (a test compares them).
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import assert_never

import numpy as np

from litbase.index.whoosh.snapshot import Part, Snapshot
from litbase.index.whoosh.words import (
    Found,
    Matcher,
    any_of,
    given,
    near,
    nothing,
    numbers,
    phrase,
    prefix,
    summed,
    term,
    value,
)
from litbase.query.tree import All, And, Boost, Given, Near, None_, Not, Or, Phrase, Prefix, Query, Range, Term, Value


def compiled(query: Query, snapshot: Snapshot) -> Matcher:
    """What *query* matches in a segment of *snapshot*."""
    times = Counter(_phrases(query))
    return _compiled(query, snapshot, {each: _once(_phrase(each, snapshot)) for each in times if times[each] > 1})


def _compiled(query: Query, snapshot: Snapshot, known: Mapping[Phrase, Matcher]) -> Matcher:
    match query:
        case All():
            return lambda part, scored: Found(np.ones(part.leaf.count, np.bool_))
        case None_():
            return nothing
        case Term(field, text, exactly, first):
            return term(field, text, exactly, first, snapshot)
        case Phrase():
            return known[query] if query in known else _phrase(query, snapshot)
        case Prefix(field, text):
            return prefix(field, text, snapshot)
        case Near(field, words, distance):
            return near(field, words, distance, snapshot)
        case Range(field, low, high):
            return numbers(field, low, high)
        case Given(field):
            return given(field)
        case Value(field, text):
            return value(field, text)
        case Not(child):
            return _not(_compiled(child, snapshot, known))
        case And(children):
            return _all_of([_compiled(child, snapshot, known) for child in children])
        case Or(children):
            return any_of([_compiled(child, snapshot, known) for child in children])
        case Boost(child, factor):
            return _boosted(_compiled(child, snapshot, known), factor)
    assert_never(query)


def _phrase(query: Phrase, snapshot: Snapshot) -> Matcher:
    return phrase(query.field, query.words, query.first, snapshot)


def _phrases(query: Query) -> Iterator[Phrase]:
    match query:
        case Phrase():
            yield query
        case And(children) | Or(children):
            for child in children:
                yield from _phrases(child)
        case Not(child) | Boost(child):
            yield from _phrases(child)


def _once(child: Matcher) -> Matcher:
    """*child*, which stands in several places of a tree, asked once for each segment: for all of its documents."""
    known: dict[tuple[int, bool], Found | None] = {}

    def run(part: Part, scored: bool) -> Found | None:
        asked = id(part.leaf), scored
        if asked not in known:
            known[asked] = child(part._replace(within=None), scored)
        return known[asked]

    return run


def _not(child: Matcher) -> Matcher:
    def run(part: Part, scored: bool) -> Found:
        found = child(part, False)
        return Found(np.ones(part.leaf.count, np.bool_) if found is None else ~found.mask)

    return run


def _boosted(child: Matcher, factor: float) -> Matcher:
    def run(part: Part, scored: bool) -> Found | None:
        found = child(part, scored)
        return found if found is None or found.scores is None else Found(found.mask, found.scores * np.float32(factor))

    return run


def _all_of(children: Sequence[Matcher]) -> Matcher:
    def run(part: Part, scored: bool) -> Found | None:
        mask, scores = np.ones(part.leaf.count, np.bool_), None
        for child in children:
            found = child(part, scored)
            if found is None:
                return None
            mask &= found.mask
            part = part._replace(within=mask)
            scores = summed(scores, found.scores)
        if not mask.any():
            return None
        return Found(mask, None if scores is None else scores * mask)

    return run
