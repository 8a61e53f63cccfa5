"""NEAR: what words joined by it ask for, and how what is not a single word is read beside it.

Near holds single words of one field at one distance.  Groups are spread over it: a word near (one or another) is near
one or near the other, a word near (one another) is near each.  A word without a field takes the field beside it, since
both stand in one text.  A chain whose distance changes is read pair by pair; phrases, beginnings, exact and excluded
words join as AND does.  The last two are told.  The spellings are those of ProQuest and Web of Science.
"""

import math
from collections.abc import Callable, Sequence
from typing import Final

from litbase.fields import BY_NAME, NAME, TEXT
from litbase.query.lexemes import is_sign
from litbase.query.show import show
from litbase.query.tree import And, Near, Or, Query, Term, all_of, any_of
from litbase.record.notices import Notice, notice

DISTANCE: Final = 5  # of a plain NEAR: about a clause
FARTHEST: Final = 99


def distance(sign: str, notices: list[Notice]) -> int:
    """How far apart the operator *sign* lets words be, 1 to 99; what had to be supposed is added to *notices*."""
    digits = sign.lstrip("NEARnear/")
    if not digits:
        notices.append(notice("near-default", distance=DISTANCE))
        return DISTANCE
    asked = int(digits.lstrip("0")[:6] or "0")
    allowed = min(max(asked, 1), FARTHEST)
    if allowed != asked:
        notices.append(notice("near-distance", typed=sign[:20], distance=allowed, limit=FARTHEST))
    return allowed


def joined(
    chain: Sequence[Query], distances: Sequence[int], spare: Callable[[int], bool], notices: list[Notice]
) -> Query:
    """What *chain* asks for, its members joined by NEAR at *distances*, one between every two.

    *spare* says whether so many further words may be used, as a group that is spread needs them.
    """
    counts = [_count(member) for member in chain]
    parts: list[Query] = []
    start = 0
    while start < len(chain):
        stop = start + 1
        while stop < len(chain) and counts[start] and counts[stop] and distances[stop - 1] == distances[start]:
            stop += 1
        run = chain[start:stop]
        if len(run) == 1:
            parts += run
            start = stop
            continue
        again = stop < len(chain) and counts[stop] > 0  # the last word begins the next pair at another distance
        words = math.prod(counts[start:stop]) * len(run)
        if spare(words - sum(counts[start : stop - again])):
            parts.append(_spread((), run, distances[start], notices))
        else:
            notices.append(notice("near-many"))
            parts += chain[start : stop - again]
        if again:
            notices.append(notice("near-pairs"))
        start = stop - again
    notices += [notice("near-as-and", text=show(chain[n]) or "*") for n, count in enumerate(counts) if not count]
    return all_of(parts)


def _count(query: Query) -> int:
    """How many words stand in *query* when it is a word or a group of words that NEAR can hold, else 0."""
    match query:
        case Term(field, _, exact, first):
            kind = BY_NAME[field].kind if field else TEXT
            return int(not first and (kind == NAME or (kind == TEXT and not exact)))
        case And(children) | Or(children):
            counts = [_count(child) for child in children]
            return sum(counts) if all(counts) else 0
    return 0


def _spread(words: tuple[Term, ...], rest: Sequence[Query], distance: int, notices: list[Notice]) -> Query:
    """*words*, then the words of *rest*, near each other: once for every choice that the groups of *rest* leave."""
    match rest:
        case [And(children), *others]:
            return all_of([_spread(words, [child, *others], distance, notices) for child in children])
        case [Or(children), *others]:
            return any_of([_spread(words, [child, *others], distance, notices) for child in children])
        case [Term() as word, *others]:
            return _spread((*words, word), others, distance, notices)
    named = {word.field for word in words if word.field}
    if len(named) > 1:
        notices.append(notice("near-as-and", text=" and ".join(show(word) for word in words if word.field)))
        return all_of(words)
    return Near("".join(named), tuple(_written(word.text) for word in words), distance)


def _written(word: str) -> str:
    """*word* so that it is not taken for an operator where NEAR is written out ("title:NOT NEAR/2 title:school")."""
    return word.lower() if is_sign(word) else word
