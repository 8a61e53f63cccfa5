"""FIELDS as Whoosh sees them, and how the values of a field become terms.

A TEXT field has its stems under its own name and the words as written, with
positions, under `<name>_exact`; a NAME field has only the latter; an ID field
its whole folded values.  Terms arrive analysed (record.text), so the pickled
schema names Whoosh's classes only.
"""

import hashlib
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from whoosh import fields, formats

from litbase.fields import FIELDS, ID, NAME, TEXT, Field
from litbase.record.text import fold, squash, stem, tokens

FORMAT: Final = 1  # of postings, rows and analysis: raise it when any of them changes, and indexes are rebuilt
LATER: Final = 1 << 20  # the second value of a field begins here; the first has at most a million words
GAP: Final = 1000  # between further values, so that phrases never span two
LONGEST: Final = 200  # letters of a word, and four times as many of an identifier, that are told apart
MANY: Final = "\x01"  # among stems and identifiers: the field has several values; before one: the first value has it


class Analysed(NamedTuple):
    """The terms of one field of one document: words and their places, stems, and how many words there are."""

    words: list[str]
    places: list[int]
    stems: list[str]
    length: int


def exact(name: str) -> str:
    """The Whoosh field that holds the words of *name* as written."""
    return f"{name}_exact"


def whole(value: str) -> str:
    """An identifier as it is compared."""
    return fold(squash(value))[: 4 * LONGEST]


def identifiers(values: tuple[str, ...]) -> set[str]:
    """The terms of *values*, which belong to an ID field."""
    terms = {whole(value) for value in values}
    if len(values) > 1:
        terms |= {MANY, MANY + whole(values[0])}
    return terms - {""}


def forms_of(text: str) -> list[tuple[str, ...]]:
    """The words of *text* as they are looked up: for each its folded spellings, the plain one first."""
    found = [token.forms for token in tokens(text)]
    return [forms if len(forms[0]) <= LONGEST else tuple(form[:LONGEST] for form in forms) for forms in found]


@lru_cache(maxsize=1 << 16)
def stems_of(forms: tuple[str, ...]) -> tuple[str, ...]:
    """The different stems of the spellings of one word."""
    return tuple(dict.fromkeys(stem(form) for form in forms))


def analyse(field: Field, values: tuple[str, ...]) -> Analysed:
    """The terms of *values*, which belong to *field*, a TEXT or NAME field."""
    words: list[str] = []
    places: list[int] = []
    stems: list[str] = []
    stemmed, base, length = field.kind == TEXT, 0, 0
    if stemmed and len(values) > 1:
        leading = {MANY + s for forms in forms_of(values[0]) for s in stems_of(forms)}
        stems += [MANY, *sorted(leading)]
    for value in values:
        found = forms_of(value)
        for place, forms in enumerate(found, base):
            words += forms
            places += [place] * len(forms)
        if stemmed:
            for forms in found:
                stems += stems_of(forms)
        length += len(found)
        base = LATER if base == 0 else base + len(found) + GAP
    return Analysed(words, places, stems, length)


def _columns() -> Iterator[tuple[str, fields.FieldType]]:
    yield "stored_id", fields.STORED()
    for field in FIELDS:
        if field.kind in (TEXT, ID):
            yield field.name, fields.FieldType(formats.Existence(), None)
        if field.kind in (TEXT, NAME):
            yield exact(field.name), fields.FieldType(formats.Positions(), None)


def whoosh_schema() -> fields.Schema:
    """The Whoosh schema made from FIELDS."""
    return fields.Schema(**dict(_columns()))


def fingerprint() -> str:
    """What an index was made with; one that says otherwise is rebuilt."""
    rows = [(f.name, f.kind, f.facet) for f in FIELDS]
    sample = [
        (t.forms, t.stem) for t in tokens("Müller’s naïve Æsop, 教育 K-12 leadership generalizations 'round O'Neill")
    ]
    return hashlib.sha256(repr((FORMAT, rows, sample, LATER, GAP, LONGEST)).encode()).hexdigest()
