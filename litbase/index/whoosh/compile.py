"""The query tree as a function of one segment: which documents match, and how well.

Every document is looked at, so totals are exact; there are no shortcuts for the best few,
which Whoosh gets wrong.  A tree scores as Whoosh's And and Or do, which add up: so does
Whoosh itself on this index (a test compares them).
"""

from collections.abc import Sequence
from typing import assert_never

import numpy as np

from litbase.index.whoosh.snapshot import Part, Snapshot
from litbase.index.whoosh.words import Found, Matcher, any_of, near, nothing, numbers, phrase, prefix, summed, term
from litbase.query.tree import All, And, Boost, Near, None_, Not, Or, Phrase, Prefix, Query, Range, Term


def compiled(query: Query, snapshot: Snapshot) -> Matcher:
    """What *query* matches in a segment of *snapshot*."""
    match query:
        case All():
            return lambda part, scored: Found(np.ones(part.leaf.count, np.bool_))
        case None_():
            return nothing
        case Term(field, text, exactly, first):
            return term(field, text, exactly, first, snapshot)
        case Phrase(field, words, first):
            return phrase(field, words, first, snapshot)
        case Prefix(field, text):
            return prefix(field, text, snapshot)
        case Near(field, words, distance):
            return near(field, words, distance, snapshot)
        case Range(field, low, high):
            return numbers(field, low, high)
        case Not(child):
            return _not(compiled(child, snapshot))
        case And(children):
            return _all_of([compiled(child, snapshot) for child in children])
        case Or(children):
            return any_of([compiled(child, snapshot) for child in children])
        case Boost(child, factor):
            return _boosted(compiled(child, snapshot), factor)
    assert_never(query)


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
