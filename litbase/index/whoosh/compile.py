"""The query tree on a snapshot: which documents match, and how well.

Every matching document is found and scored, term by term, on sorted arrays;
there are no shortcuts for the best few, which Whoosh gets wrong (SEARCH 3).
Scores are BM25F: a word's counts over the fields, each weighed by boost and
length, saturate together.  Everything is counted over live documents, so that
the score does not depend on how the index came about.
"""

import math
from collections.abc import Callable, Iterable
from typing import Final, NamedTuple, assert_never

import numpy as np

from litbase.errors import Unsupported
from litbase.fields import BY_NAME, DEFAULT, ID, NAME, NUMBER, TEXT, Field
from litbase.index.whoosh.codec import Bits, Ints
from litbase.index.whoosh.schema import LATER, MANY, exact, forms_of, stems_of, whole
from litbase.index.whoosh.segment import UNDATED
from litbase.index.whoosh.snapshot import Floats, Snapshot
from litbase.query.tree import All, And, Boost, Near, None_, Not, Or, Phrase, Prefix, Query, Range, Term

K1: Final = 1.2
B: Final = 0.75
LIFT: Final = 0.3  # how much the word as written adds to its stem
EXPANSIONS: Final = 1024  # terms one prefix stands for at most (a bound on one query's work)


class Found(NamedTuple):
    """Matching documents, ascending, with their scores."""

    ids: Ints
    scores: Floats


class Counted(NamedTuple):
    """Documents that have something in one field, how often, and how much that weighs."""

    field: Field
    ids: Ints
    counts: Ints
    boost: float


NOTHING: Final = Found(np.zeros(0, np.int64), np.zeros(0, np.float64))
Slot = tuple[str, ...]  # spellings that may stand in one place of a phrase


def evaluate(query: Query, snapshot: Snapshot) -> Found:
    """What *query* matches among the live documents; raises Unsupported for Near."""
    match query:
        case All():
            return _plain(np.flatnonzero(snapshot.live))
        case None_():
            return NOTHING
        case Term(field, text, exactly, first):
            return _in_fields(field, snapshot, lambda f: _term(f, text, exactly, first, snapshot))
        case Phrase(field, words, first):
            return _in_fields(field, snapshot, lambda f: _phrase(f, words, first, snapshot))
        case Prefix(field, text):
            return _in_fields(field, snapshot, lambda f: _prefix(f, text, snapshot))
        case Range(field, low, high):
            return _range(field, low, high, snapshot)
        case Not(child):
            live = snapshot.live.copy()
            live[evaluate(child, snapshot).ids] = False
            return _plain(np.flatnonzero(live))
        case And(children):
            return _all_of([evaluate(child, snapshot) for child in children], snapshot)
        case Or(children):
            return _any_of([evaluate(child, snapshot) for child in children], snapshot)
        case Boost(child, factor):
            found = evaluate(child, snapshot)
            return Found(found.ids, found.scores * factor)
        case Near():
            raise Unsupported("NEAR is not answered by this engine; ask for AND or a phrase")
    assert_never(query)


def _plain(ids: Ints) -> Found:
    return Found(ids, np.zeros(len(ids)))


def _all_of(found: list[Found], snapshot: Snapshot) -> Found:
    if not found:
        return _plain(np.flatnonzero(snapshot.live))
    ids, scores = min(found, key=lambda one: len(one.ids))
    others = sorted((one for one in found if one.ids is not ids), key=lambda one: len(one.ids))
    for other in others:
        ids, mine, theirs = np.intersect1d(ids, other.ids, assume_unique=True, return_indices=True)
        scores = scores[mine] + other.scores[theirs]
    return Found(ids, scores)


def _any_of(found: Iterable[Found], snapshot: Snapshot) -> Found:
    found = [one for one in found if len(one.ids)]
    if len(found) < 2:
        return found[0] if found else NOTHING
    ids, total = _added([(one.ids, one.scores) for one in found], snapshot)
    return Found(ids, total)


def _added(parts: list[tuple[Ints, Floats]], snapshot: Snapshot) -> tuple[Ints, Floats]:
    """The documents of all *parts*, ascending, with their numbers added up."""
    if sum(len(ids) for ids, _ in parts) * 8 < snapshot.size:
        ids, where = np.unique(np.concatenate([ids for ids, _ in parts]), return_inverse=True)
        added: Floats = np.bincount(where, np.concatenate([numbers for _, numbers in parts]), len(ids)).astype(
            np.float64
        )
        return ids, added
    present, total = np.zeros(snapshot.size, np.bool_), np.zeros(snapshot.size)
    for ids, numbers in parts:
        present[ids] = True
        total[ids] += numbers
    ids = np.flatnonzero(present)
    return ids, total[ids]


def _in_fields(name: str, snapshot: Snapshot, count: Callable[[Field], list[Counted]]) -> Found:
    """What *count* finds in the field *name*, or in the default fields together for ""."""
    fields = DEFAULT if name == "" else (BY_NAME[name],) if name in BY_NAME else ()
    counted = [one for field in fields for one in count(field) if len(one.ids)]
    if not counted:
        return NOTHING
    weighed: list[tuple[Ints, Floats]] = []
    for field, ids, counts, boost in counted:
        weight: Floats = counts * np.float64(boost * (field.boost if name == "" else 1.0))
        if field.kind in (TEXT, NAME):
            words, mean = snapshot.lengths(field.name)
            weight = weight / (1 - B + B * words[ids] / mean)
        weighed.append((ids, weight))
    ids, total = _added(weighed, snapshot)
    rarity = math.log(1 + (snapshot.count - len(ids) + 0.5) / (len(ids) + 0.5))
    return Found(ids, rarity * total * (K1 + 1) / (total + K1))


def _term(field: Field, text: str, exactly: bool, first: bool, snapshot: Snapshot) -> list[Counted]:
    if field.kind in (ID, NUMBER):
        return _identified(field, text, first, snapshot)
    slots = forms_of(text)
    if len(slots) != 1:
        return _placed(field, slots, first, snapshot)
    words = _placed(field, slots, True, snapshot) if first else [_counted(field, exact(field.name), slots[0], snapshot)]
    if exactly or field.kind == NAME:
        return words
    stems = _led(field, stems_of(slots[0]), first, snapshot)
    return [stems, *(one._replace(boost=LIFT) for one in words)]


def _phrase(field: Field, words: tuple[str, ...], first: bool, snapshot: Snapshot) -> list[Counted]:
    if field.kind in (ID, NUMBER):
        return _identified(field, " ".join(words), first, snapshot)
    return _placed(field, [slot for word in words for slot in forms_of(word)], first, snapshot)


def _prefix(field: Field, text: str, snapshot: Snapshot) -> list[Counted]:
    if field.kind == NUMBER:
        years = np.unique(snapshot.years)
        wanted = [year for year in years.tolist() if year != UNDATED and str(year).startswith(text)]
        ids = np.flatnonzero(snapshot.live & np.isin(snapshot.years, wanted)) if text else NOTHING.ids
        return [Counted(field, ids, np.ones(len(ids), np.int64), 1.0)]
    if field.kind == ID:
        begin = whole(text)
        terms = tuple(snapshot.beginning(field.name, begin, EXPANSIONS)) if begin else ()
        return [_counted(field, field.name, terms, snapshot)]
    slots = forms_of(text)
    if not slots:
        return []
    name = exact(field.name)
    endings = (term for form in slots[-1] for term in snapshot.beginning(name, form, EXPANSIONS))
    slots[-1] = tuple(dict.fromkeys(endings))[:EXPANSIONS]
    return [_counted(field, name, slots[0], snapshot)] if len(slots) == 1 else _placed(field, slots, False, snapshot)


def _counted(field: Field, name: str, terms: Slot, snapshot: Snapshot) -> Counted:
    """The documents that have any of *terms* in the Whoosh field *name*."""
    found = [snapshot.postings(name, term) for term in terms]
    if len(found) == 1:
        return Counted(field, *found[0], 1.0)
    ids, counts = _added([(ids, counts.astype(np.float64)) for ids, counts in found], snapshot) if found else NOTHING
    return Counted(field, ids, counts.astype(np.int64), 1.0)


def _placed(field: Field, slots: list[Slot], first: bool, snapshot: Snapshot) -> list[Counted]:
    """The documents in which the *slots* stand side by side, in the first value only if *first*."""
    starts: Ints | None = None
    for offset, slot in enumerate(slots):
        places = [snapshot.places(exact(field.name), term) for term in slot]
        here = (
            places[0] if len(places) == 1 else np.unique(np.concatenate(places)) if places else NOTHING.ids
        ) - offset
        starts = here if starts is None else np.intersect1d(starts, here, assume_unique=True)
        if not len(starts):
            return []
    if starts is None:
        return []
    if first:
        starts = starts[(starts & 0xFFFFFFFF) < LATER]
    ids, counts = np.unique(starts >> 32, return_counts=True)
    alive = snapshot.live[ids]
    return [Counted(field, ids[alive], counts[alive], float(len(slots)))]


def _identified(field: Field, text: str, first: bool, snapshot: Snapshot) -> list[Counted]:
    """The documents of which a value is *text*, whole."""
    if field.kind == ID:
        return [_led(field, (whole(text),), first, snapshot)]
    number = text.strip()
    wanted = int(number) if number.isdecimal() and len(number) < 10 else UNDATED
    ids = np.flatnonzero(snapshot.live & (snapshot.years == wanted)) if wanted != UNDATED else NOTHING.ids
    return [Counted(field, ids, np.ones(len(ids), np.int64), 1.0)]


def _led(field: Field, terms: Slot, first: bool, snapshot: Snapshot) -> Counted:
    """The documents that have any of *terms* in the stems or identifiers of *field*, in the first value if *first*."""
    found = _counted(field, field.name, terms, snapshot)
    if not first:
        return found
    several, _ = snapshot.postings(field.name, MANY)
    leading = _counted(field, field.name, tuple(MANY + term for term in terms), snapshot).ids
    kept = ~np.isin(found.ids, several) | np.isin(found.ids, leading)
    return found._replace(ids=found.ids[kept], counts=found.counts[kept])


def _range(name: str, low: int | None, high: int | None, snapshot: Snapshot) -> Found:
    if name not in BY_NAME or BY_NAME[name].kind != NUMBER:
        return NOTHING
    return _plain(np.flatnonzero(snapshot.live & in_range(snapshot.years, low, high)))


def in_range(years: Ints, low: int | None, high: int | None) -> Bits:
    """Which of *years* lie from *low* to *high*; the undated never do."""
    inside: Bits = years != UNDATED
    if low is not None:
        inside &= years >= low
    if high is not None:
        inside &= years <= high
    return inside
