"""FIELDS as Whoosh sees them, and how the values of a field become terms.

A TEXT field has its stems under its own name and the words as written, with
positions, under `<name>_exact`; a NAME field has only the latter; an ID field
its whole folded values; a facet its values as they are under `<name>_facet`.  What is
searched when no field is named stands once more in `text`, a title's words counting
twice, and in `text_exact`.  Terms arrive analysed (record.text), so the pickled
schema names Whoosh's classes only.
"""

import hashlib
from collections.abc import Iterator
from typing import Final

from whoosh import fields, formats

from litbase.fields import FIELDS, ID, NAME, TEXT
from litbase.index.analysis import GAP, LONGEST, whole
from litbase.record.text import tokens

FORMAT: Final = 4  # of segments and analysis: raise it when any of them changes, and indexes are rebuilt
ANY: Final = (
    "text"  # the Whoosh field with the words of all default fields: what a word without a field is looked up in
)
LATER: Final = 1 << 20  # the second value of a field begins here; the first has at most a million words
MANY: Final = "\x01"  # among identifiers: the field has several values; before one: it is the first of them


def exact(name: str) -> str:
    """The Whoosh field that holds the words of *name* as written."""
    return f"{name}_exact"


def faceted(name: str) -> str:
    """The Whoosh field that holds the values of the facet *name*, untouched."""
    return f"{name}_facet"


def identifiers(values: tuple[str, ...]) -> list[str]:
    """The terms of *values*, which belong to an ID field, each once."""
    terms = [whole(value) for value in values]
    if len(terms) > 1:
        terms += [MANY, MANY + terms[0]]
    return [term for term in dict.fromkeys(terms) if term]


def _columns() -> Iterator[tuple[str, fields.FieldType]]:
    yield "stored_id", fields.STORED()
    yield ANY, fields.FieldType(formats.Frequency(), None, scorable=True)
    yield exact(ANY), fields.FieldType(formats.Positions(), None, scorable=True)
    for field in FIELDS:
        if field.kind == TEXT:
            yield field.name, fields.FieldType(formats.Frequency(), None, scorable=True)
        if field.kind in (TEXT, NAME):
            yield exact(field.name), fields.FieldType(formats.Positions(), None, scorable=True)
        if field.kind == ID:
            yield field.name, fields.FieldType(formats.Existence(), None)
        if field.facet:
            yield faceted(field.name), fields.FieldType(formats.Existence(), None)


def whoosh_schema() -> fields.Schema:
    """The Whoosh schema made from FIELDS."""
    return fields.Schema(**dict(_columns()))


def fingerprint() -> str:
    """What an index was made with; one that says otherwise is rebuilt."""
    rows = [(f.name, f.kind, f.facet, f.default, f.weight) for f in FIELDS]
    sample = [
        (t.forms, t.stem) for t in tokens("Müller’s naïve Æsop, 教育 K-12 leadership generalizations 'round O'Neill")
    ]
    return hashlib.sha256(repr((FORMAT, rows, sample, LATER, GAP, LONGEST)).encode()).hexdigest()
