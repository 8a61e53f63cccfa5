"""Whoosh 2.7.4 as it comes, in a process of its own: litbase lets Whoosh unpickle its own classes only.

Words are stemmed without stop words; facets are counted with `groupedby` over sortable keyword columns; no query is cut
short by the reader, so the total is what Whoosh says it is.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final, NamedTuple

from whoosh import fields, query, versionstring
from whoosh.analysis import CharsetFilter, LowercaseFilter, RegexTokenizer, StemFilter
from whoosh.index import create_in, open_dir
from whoosh.sorting import Facets, FieldFacet
from whoosh.support.charset import accent_map

from benchmarks.engines import SEARCHED, Answer
from benchmarks.questions import COUNTED, HITS, LISTED, Question
from litbase.fields import IndexDocument
from litbase.query import tree

LABEL: Final = f"stock Whoosh {versionstring()}"
MEMORY: Final = 256  # MB that its writer fills before it sorts a run of postings on the disk
WORDS: Final = RegexTokenizer(r"[^\W_]+") | LowercaseFilter() | CharsetFilter(accent_map)
STEMS: Final = WORDS | StemFilter()


class Asked(NamedTuple):
    """A question as Whoosh queries: the hits, and for each facet with a filter of its own what it counts instead."""

    query: Any
    others: dict[str, Any]
    options: dict[str, Any]


def build(folder: Path, documents: Iterable[IndexDocument]) -> None:
    """In one writer, as one segment."""
    write(folder, _schema(), map(_document, documents))


def write(folder: Path, schema: fields.Schema, rows: Iterable[dict[str, str | int]]) -> None:
    """An index of *rows* in *folder*."""
    writer = create_in(str(folder), schema).writer(limitmb=MEMORY)
    for row in rows:
        writer.add_document(**row)
    writer.commit()


def keyword() -> fields.FieldType:
    """A column of whole values that can be counted."""
    return fields.KEYWORD(commas=True, sortable=True)


def joined(values: Iterable[str]) -> str:
    """*values* as one text of a keyword column, which takes commas for separators."""
    return ",".join(map(whole, values))


def whole(value: str) -> str:
    """One value in a keyword column."""
    return value.replace(",", ";").strip()


def _schema() -> fields.Schema:
    words = {name: fields.TEXT(analyzer=STEMS, field_boost=boost) for name, boost in SEARCHED.items()}
    counted = {f"{name}_facet": keyword() for name in COUNTED if name != "year"}
    numbers = {name: fields.NUMERIC(int, sortable=True) for name in ("year_facet", "date")}
    return fields.Schema(id=fields.ID(stored=True, unique=True), **words, **counted, **numbers)


def _document(document: IndexDocument) -> dict[str, str | int]:
    _, year, month, day = document.date_key
    row: dict[str, str | int] = {"id": document.id, "date": year * 10_000 + month * 100 + day}
    if year:
        row["year_facet"] = year
    row |= {name: "\n".join(document.values[name]) for name in SEARCHED if name in document.values}
    return row | {f"{name}_facet": joined(document.counted(name)) for name in COUNTED if name != "year"}


class Opened:
    """An open Whoosh index."""

    def __init__(self, folder: Path):
        """Open the index in *folder*."""
        self.index = open_dir(str(folder))
        self.searcher = self.index.searcher()

    def prepare(self, question: Question) -> Asked:
        request = question.request
        own = [f.name for f in request.filters] + (["year"] if request.years else [])
        options: dict[str, Any] = {"sortedby": "date", "reverse": True} if request.sort == "newest" else {}
        others = {name: _narrowed(question, name) for name in own if name in COUNTED}
        return Asked(_narrowed(question, ""), others, options | {"page": question.page})

    def page(self, asked: Asked) -> Answer:
        found = self._found(asked, [name for name in COUNTED if name not in asked.others])
        facets = {name: _frequent(found.groups(f"{name}_facet")) for name in COUNTED if name not in asked.others}
        for name, other in asked.others.items():
            groups = self.searcher.search(other, limit=1, groupedby=_facets([name])).groups(f"{name}_facet")
            facets[name] = _frequent(groups)
        return Answer(len(found), self._shown(found, asked), facets)

    def top(self, asked: Asked) -> list[str]:
        return self._shown(self._found(asked, []), asked)

    def change(self, old: IndexDocument, new: IndexDocument) -> None:
        writer = self.index.writer()
        writer.update_document(**_document(new))
        writer.commit()
        self.searcher = self.searcher.refresh()

    def _found(self, asked: Asked, names: list[str]) -> Any:
        options = dict(asked.options)
        limit = HITS * options.pop("page")
        return self.searcher.search(asked.query, limit=limit, groupedby=_facets(names) if names else None, **options)

    def _shown(self, found: Any, asked: Asked) -> list[str]:
        first = HITS * (asked.options["page"] - 1)
        return [hit["id"] for hit in found[first : first + HITS]]


def _facets(names: list[str]) -> Facets:
    facets = Facets()
    for name in names:
        facets.add_facet(f"{name}_facet", FieldFacet(f"{name}_facet", allow_overlap=name != "year"))
    return facets


def _frequent(groups: dict[Any, Any]) -> list[tuple[str, int]]:
    counts = [(str(value), len(members)) for value, members in groups.items() if value not in (None, "")]
    return sorted(counts, key=lambda pair: (-pair[1], pair[0]))[:LISTED]


def _narrowed(question: Question, without: str) -> Any:
    request = question.request
    parts = [_compiled(request.query)]
    for chosen in request.filters:
        if chosen.name != without:
            parts.append(query.ConstantScoreQuery(query.Term(f"{chosen.name}_facet", whole(chosen.include[0])), 0.0))
    if request.years and without != "year":
        parts.append(
            query.ConstantScoreQuery(query.NumericRange("year_facet", request.years.first, request.years.last), 0.0)
        )
    return query.And(parts) if len(parts) > 1 else parts[0]


def _compiled(node: tree.Query) -> Any:
    match node:
        case tree.All():
            return query.Every()
        case tree.Term(field, text):
            return _in_fields(field, lambda name: query.Term(name, _stems(text)[0]))
        case tree.Phrase(field, words):
            return _in_fields(field, lambda name: query.Phrase(name, _stems(" ".join(words))))
        case tree.Prefix(field, text):
            return _in_fields(field, lambda name: query.Prefix(name, text))
        case tree.Or(children):
            return query.Or([_compiled(child) for child in children])
        case tree.And(children):
            negative = [_compiled(child.child) for child in children if isinstance(child, tree.Not)]
            positive = [_compiled(child) for child in children if not isinstance(child, tree.Not)]
            wanted = query.And(positive) if len(positive) > 1 else positive[0]
            # not AndNot, which finds 17 records for "reform NOT (school OR student)" where there are 16
            return query.And([wanted, query.Not(query.Or(negative))]) if negative else wanted
    raise ValueError(f"no question asks for {node}")


def _stems(text: str) -> list[str]:
    return [token.text for token in STEMS(text)]


def _in_fields(field: str, make: Any) -> Any:
    return make(field) if field else query.Or([make(name) for name in SEARCHED])
