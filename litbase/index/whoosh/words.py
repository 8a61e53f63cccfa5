"""Words as functions of one segment: which documents have them, and how well they match.

A word scores as in Whoosh's own BM25F, an identifier or the beginning of a word 1 for
every document, as in Whoosh.  A phrase is as rare as its words together.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from litbase.fields import BY_NAME, DEFAULT, FACETS, ID, NAME, NUMBER, Field
from litbase.index.analysis import LIFT, forms_of, stems_of, whole
from litbase.index.whoosh.arrays import Array
from litbase.index.whoosh.content import Bits
from litbase.index.whoosh.places import Joining, Slot, first_only, side_by_side, together, within, written
from litbase.index.whoosh.schema import ANY, MANY, exact
from litbase.index.whoosh.segment import NO_YEAR, Leaf, Lexicon
from litbase.index.whoosh.snapshot import Floats, Part, Snapshot
from litbase.index.whoosh.strings import encoded

Words = tuple[str, ...]


class Found(NamedTuple):
    """Which documents of a segment match; *scores* are 0 where none does, None for 0 everywhere."""

    mask: Bits
    scores: Floats | None = None


Matcher = Callable[[Part, bool], Found | None]
"""Gives what matches in a segment, None for nothing; scores only when asked for."""


class Listed(NamedTuple):
    """The posting list of *term* in the Whoosh field *name*, and what it weighs."""

    name: str
    term: str
    weight: float


def nothing(part: Part, scored: bool) -> None:
    """Matches nowhere."""
    return None


def any_of(children: Sequence[Matcher]) -> Matcher:
    """What any of *children* matches, their scores added up."""

    def run(part: Part, scored: bool) -> Found | None:
        mask, scores = None, None
        for child in children:
            found = child(part, scored)
            if found is not None:
                mask = found.mask if mask is None else mask | found.mask
                scores = summed(scores, found.scores)
        return None if mask is None else Found(mask, scores)

    return run


def summed(one: Floats | None, other: Floats | None) -> Floats | None:
    """Scores added up; None stands for 0 everywhere."""
    return other if one is None else one if other is None else one + other


def _named(name: str) -> Field | None:
    return BY_NAME.get(name)


def _in_each(name: str, make: Callable[[Field], Matcher]) -> Matcher:
    """What *make* matches in the field *name*, or in any default field for ""."""
    fields = DEFAULT if name == "" else [BY_NAME[name]] if name in BY_NAME else []
    return any_of([make(field) for field in fields])


def term(name: str, text: str, exactly: bool, first: bool, snapshot: Snapshot) -> Matcher:
    """One word of the field *name* (of the default fields for ""): in any form, or *exactly*; see tree.Term."""
    field = _named(name)
    if field is not None and field.kind in (ID, NUMBER):
        return _identified(field, text, first)
    slots = forms_of(text)
    if len(slots) != 1:
        return _phrased(name, slots, first, snapshot)
    if first:
        stemmed = not exactly
        return _in_each(name, lambda f: _first(f, slots[0], stemmed and f.kind != NAME, snapshot))
    if name and field is None:
        return nothing
    base = name or ANY
    words = [Listed(exact(base), form, 1.0) for form in slots[0]]
    if exactly or (field is not None and field.kind == NAME):
        return _listed(base, words, snapshot)
    stems = [Listed(base, stem, 1.0) for stem in stems_of(slots[0])]
    return _listed(base, [*stems, *(word._replace(weight=LIFT) for word in words)], snapshot)


def _listed(base: str, lists: Sequence[Listed], snapshot: Snapshot) -> Matcher:
    """The documents of any of *lists*, BM25F of each added up."""
    weighed = [one._replace(weight=one.weight * snapshot.idf(one.name, one.term)) for one in lists]

    def run(part: Part, scored: bool) -> Found | None:
        there = []
        for name, term, weight in weighed:
            lexicon = part.leaf.lexicon(name)
            if (at := lexicon.find(term)) >= 0:
                there.append((lexicon, lexicon.span(at, at + 1), weight))
        if not there:
            return None
        if not scored:
            mask = np.zeros(part.leaf.count, np.bool_)
            for lexicon, span, _ in there:
                mask[lexicon.documents[span]] = True
            return Found(mask)
        scores = np.zeros(part.leaf.count, np.float32)
        for lexicon, span, weight in there:
            assert lexicon.codes is not None
            weights = snapshot.weights(base, lexicon.codes[span])
            weights *= np.float32(weight)
            np.add.at(scores, lexicon.documents[span], weights)
        return Found(scores > 0, scores)

    return run


def _scored(base: str, part: Part, documents: Array, codes: Array, weight: float, snapshot: Snapshot) -> Found | None:
    """Documents found otherwise than by a posting list, scored as if they had one with *codes*."""
    if not len(documents):
        return None
    scores = np.zeros(part.leaf.count, np.float32)
    scores[documents] = snapshot.weights(base, codes.astype(np.uint32)) * np.float32(weight)
    return Found(scores > 0, scores)


def phrase(name: str, words: Words, first: bool, snapshot: Snapshot) -> Matcher:
    """*words* side by side; see tree.Phrase."""
    field = _named(name)
    if field is not None and field.kind in (ID, NUMBER):
        return _identified(field, " ".join(words), first)
    return _phrased(name, [slot for word in words for slot in forms_of(word)], first, snapshot)


def _phrased(name: str, slots: Sequence[Words], first: bool, snapshot: Snapshot) -> Matcher:
    if not slots:
        return nothing
    if name == "" and not first:
        return _joined(ANY, [_written(slot) for slot in slots], side_by_side, slots, snapshot)
    join = first_only if first else side_by_side
    return _in_each(name, lambda f: _joined(f.name, [_written(slot) for slot in slots], join, slots, snapshot))


def near(name: str, words: Words, distance: int, snapshot: Snapshot) -> Matcher:
    """*words* near each other; see tree.Near."""
    slots = [slot for word in words for slot in forms_of(word)]
    if not slots or (name and (name not in BY_NAME or BY_NAME[name].kind in (ID, NUMBER))):
        return nothing
    base = name or ANY
    stemmed = name == "" or BY_NAME[name].kind != NAME
    finders = [_in_any_form(base, slot) if stemmed else _written(slot) for slot in slots]
    return _joined(base, finders, within(distance), slots, snapshot)


def _first(field: Field, forms: Words, stemmed: bool, snapshot: Snapshot) -> Matcher:
    finder = _in_any_form(field.name, forms) if stemmed else _written(forms)
    return _joined(field.name, [finder], first_only, [forms], snapshot)


Finder = Callable[[Leaf, Lexicon], Slot]
"""Gives the ordinals of the words that may stand in one place, in the lexicon of words of a segment."""


def _written(forms: Words) -> Finder:
    return lambda leaf, lexicon: written(lexicon, forms)


def _in_any_form(base: str, forms: Words) -> Finder:
    """The words with the stem of one of *forms*."""

    def find(leaf: Leaf, lexicon: Lexicon) -> Slot:
        if lexicon.stems is None:
            return ()
        stems = [run.start for run in written(leaf.lexicon(base), stems_of(forms))]
        return [range(at, at + 1) for at in np.flatnonzero(np.isin(lexicon.stems, stems)).tolist()]

    return find


def _joined(base: str, finders: Sequence[Finder], join: Joining, slots: Sequence[Words], snapshot: Snapshot) -> Matcher:
    """Where *join* leaves places of the words that *finders* find; rare as its words together."""
    words = exact(base)
    weight = sum(min(snapshot.idf(words, form) for form in slot) for slot in slots)

    def run(part: Part, scored: bool) -> Found | None:
        lexicon = part.leaf.lexicon(words)
        found = [find(part.leaf, lexicon) for find in finders]
        if not all(map(len, found)):
            return None
        documents, codes = together(lexicon, found, part.leaf.count, join, part.within)
        return _scored(base, part, documents, codes, weight, snapshot)

    return run


def prefix(name: str, text: str, snapshot: Snapshot) -> Matcher:
    """The words that begin with *text*; see tree.Prefix."""
    field = _named(name)
    if name and field is None:
        return nothing
    if field is not None and field.kind == NUMBER:
        return _years_beginning(text)
    if field is not None and field.kind == ID:
        return _beginning(field.name, (whole(text),)) if whole(text) else nothing
    slots = forms_of(text)
    if not slots:
        return nothing
    base = name or ANY
    if len(slots) == 1:
        return _beginning(exact(base), slots[0])
    finders = [*(_written(slot) for slot in slots[:-1]), _begun(slots[-1])]
    return _joined(base, finders, side_by_side, slots[:-1], snapshot)


def _begun(prefixes: Words) -> Finder:
    return lambda leaf, lexicon: [run for run in map(lexicon.terms.under, map(encoded, prefixes)) if run]


def _beginning(whoosh_field: str, prefixes: Words) -> Matcher:
    """The documents with a term that begins so: their postings lie side by side.  Each scores 1, as in Whoosh."""

    def run(part: Part, scored: bool) -> Found | None:
        lexicon = part.leaf.lexicon(whoosh_field)
        mask = np.zeros(part.leaf.count, np.bool_)
        for prefix in prefixes:
            under = lexicon.terms.under(encoded(prefix))
            mask[lexicon.documents[lexicon.span(under.start, under.stop)]] = True
        return Found(mask, mask.astype(np.float32)) if mask.any() else None

    return run


def _identified(field: Field, text: str, first: bool) -> Matcher:
    """The documents of which a value of *field* is *text*, whole; each scores 1, as in Whoosh."""
    if field.kind == NUMBER:
        number = int(text) if text.strip().isdecimal() and len(text) < 10 else None
        return numbers(field.name, number, number) if number is not None else nothing
    value = whole(text)

    def run(part: Part, scored: bool) -> Found | None:
        lexicon = part.leaf.lexicon(field.name)
        mask = _having(part, lexicon, value)
        if mask is None:
            return None
        if first:
            several, leading = _having(part, lexicon, MANY), _having(part, lexicon, MANY + value)
            if several is not None:
                mask &= ~several if leading is None else ~several | leading
        return Found(mask, mask.astype(np.float32))

    return run if value else nothing


def _having(part: Part, lexicon: Lexicon, term: str) -> Bits | None:
    at = lexicon.find(term)
    if at < 0:
        return None
    mask = np.zeros(part.leaf.count, np.bool_)
    mask[lexicon.documents[lexicon.span(at, at + 1)]] = True
    return mask


def value(name: str, text: str) -> Matcher:
    """The documents that have just *text* in the facet *name*, which like a filter adds no score; see tree.Value."""

    def run(part: Part, scored: bool) -> Found | None:
        mask = _having(part, part.leaf.facet(name).lexicon, text)
        return None if mask is None else Found(mask)

    return run if text and name in FACETS else nothing


def numbers(name: str, low: int | None, high: int | None) -> Matcher:
    """The documents whose number in the field *name* lies from *low* to *high*; see tree.Range."""
    if name not in BY_NAME or BY_NAME[name].kind != NUMBER:
        return nothing
    return lambda part, scored: Found(in_range(part.leaf.years, low, high))


def given(name: str) -> Matcher:
    """The documents that have something in the field *name*; see tree.Given.  Lengths tell it without posting lists."""
    field = _named(name)
    if field is None:
        return nothing
    match field.kind:
        case kind if kind == NUMBER:
            return numbers(name, None, None)
        case kind if kind == ID:
            return _beginning(name, ("",))
    return lambda part, scored: Found(part.leaf.lengths(name) > 0)


def _years_beginning(text: str) -> Matcher:
    def run(part: Part, scored: bool) -> Found:
        wanted = [
            year for year in np.unique(part.leaf.years).tolist() if year != NO_YEAR and str(year).startswith(text)
        ]
        return Found(np.isin(part.leaf.years, wanted))

    return run if text else nothing


def in_range(years: Array, low: int | None, high: int | None) -> Bits:
    """Which of *years* lie from *low* to *high*; the undated never do."""
    inside: Bits = years != NO_YEAR
    if low is not None:
        inside &= years >= low
    if high is not None:
        inside &= years <= high
    return inside
