"""Whoosh 2.7.4 as it comes, asked to index all that litbase does: what the ratio of indexing speeds is taken from.

Every text field stemmed and once more as written with positions, names and identifiers, and a sortable column for each
facet and each order.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from whoosh import fields

from benchmarks.engines import stock
from litbase.fields import FACETS, FIELDS, ID, NAME, TEXT, IndexDocument

LABEL: Final = f"{stock.LABEL}, litbase's fields"
SORTS: Final = ("date", "title_key", "author_key")


def build(folder: Path, documents: Iterable[IndexDocument]) -> None:
    """In one writer, as one segment."""
    stock.write(folder, _schema(), map(_document, documents))


def _schema() -> fields.Schema:
    stems = {f.name: fields.TEXT(analyzer=stock.STEMS, phrase=False) for f in FIELDS if f.kind == TEXT}
    words = {f"{f.name}_exact": fields.TEXT(analyzer=stock.WORDS) for f in FIELDS if f.kind in (TEXT, NAME)}
    identifiers = {f.name: fields.KEYWORD(commas=True) for f in FIELDS if f.kind == ID}
    counted = {f"{name}_facet": stock.keyword() for name in FACETS}
    sorts = {name: fields.ID(sortable=True) for name in SORTS}
    return fields.Schema(stored_id=fields.STORED(), **stems, **words, **identifiers, **counted, **sorts)


def _document(document: IndexDocument) -> dict[str, str | int]:
    date = "".join(f"{part:04d}" for part in document.date_key)
    row: dict[str, str | int] = {"stored_id": document.id, "date": date}
    row |= {"title_key": document.title_key, "author_key": document.author_key}
    for field in FIELDS:
        values = document.values.get(field.name, ())
        if values and field.kind == ID:
            row[field.name] = stock.joined(values)
        elif values and field.kind in (TEXT, NAME):
            row[f"{field.name}_exact"] = "\n".join(values)
            if field.kind == TEXT:
                row[field.name] = "\n".join(values)
    return row | {f"{name}_facet": stock.joined(document.counted(name)) for name in FACETS if document.counted(name)}
