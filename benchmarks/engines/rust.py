"""tantivy, the Rust engine, through its Python package; facets are its term aggregations over fast fields.

Its words are folded and stemmed as nearly as litbase's as its filters allow; there is no unstemmed twin.
"""

from collections.abc import Iterable
from functools import reduce
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final, NamedTuple

import tantivy
from tantivy import Filter, Occur, Order, Query, TextAnalyzerBuilder, Tokenizer

from benchmarks.engines import SEARCHED, Answer
from benchmarks.questions import COUNTED, HITS, LISTED, Question
from litbase.fields import IndexDocument
from litbase.query import tree

LABEL: Final = f"tantivy {version('tantivy')}"
HEAP: Final = 256_000_000  # bytes that its writer fills before it makes a segment
ENGLISH: Final = "english"


class Asked(NamedTuple):
    """A question as tantivy queries: the hits, and for each set of facets the query that counts them."""

    query: Query
    counting: tuple[tuple[Query, dict[str, Any]], ...]
    options: dict[str, Any]


def build(folder: Path, documents: Iterable[IndexDocument]) -> None:
    """With one thread, as the others are built."""
    index = tantivy.Index(_schema(), str(folder))
    index.register_tokenizer(ENGLISH, _analyzer())
    writer = index.writer(HEAP, num_threads=1)
    for document in documents:
        writer.add_document(_document(document))
    writer.commit()
    writer.wait_merging_threads()


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder().add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    for name in SEARCHED:
        builder.add_text_field(name, tokenizer_name=ENGLISH)
    for name in COUNTED:
        if name == "year":
            builder.add_integer_field("year_facet", indexed=True, fast=True)
        else:
            builder.add_text_field(f"{name}_facet", fast=True, tokenizer_name="raw", index_option="basic")
    return builder.add_integer_field("date", fast=True).build()


def _analyzer() -> tantivy.TextAnalyzer:
    filters = (Filter.lowercase(), Filter.ascii_fold(), Filter.stemmer("english"))
    return reduce(lambda builder, one: builder.filter(one), filters, TextAnalyzerBuilder(Tokenizer.simple())).build()


def _document(document: IndexDocument) -> tantivy.Document:
    words = {name: list(document.values[name]) for name in SEARCHED if name in document.values}
    facets: dict[str, list[Any]] = {f"{name}_facet": list(document.counted(name)) for name in COUNTED if name != "year"}
    years = [int(year) for year in document.values.get("year", ())]
    _, year, month, day = document.date_key
    return tantivy.Document(
        id=[document.id], date=[year * 10_000 + month * 100 + day], year_facet=years, **words, **facets
    )


class Opened:
    """An open tantivy index."""

    def __init__(self, folder: Path):
        """Open the index in *folder*."""
        self.index = tantivy.Index.open(str(folder))
        self.index.config_reader("manual")
        self.analyzer = _analyzer()
        self.index.register_tokenizer(ENGLISH, self.analyzer)
        self.schema = self.index.schema
        self.searcher = self.index.searcher()
        self.writer: tantivy.IndexWriter | None = None

    def prepare(self, question: Question) -> Asked:
        own = [f.name for f in question.request.filters] + (["year"] if question.years else [])
        alone = [name for name in COUNTED if name in own]
        sets = [("", [name for name in COUNTED if name not in own]), *((name, [name]) for name in alone)]
        counting = tuple((self._query(question, without), _aggregation(names)) for without, names in sets)
        options: dict[str, Any] = {"limit": HITS, "offset": (question.page - 1) * HITS}
        if question.sort == "newest":
            options |= {"order_by_field": "date", "order": Order.Desc}
        return Asked(counting[0][0], counting, options)

    def page(self, asked: Asked) -> Answer:
        found = self.searcher.search(asked.query, count=True, **asked.options)
        counted: dict[str, Any] = {}
        for query, aggregation in asked.counting:
            counted |= self.searcher.aggregate(query, aggregation)
        facets = {n: [(str(b["key"]), b["doc_count"]) for b in counted[n]["buckets"]] for n in COUNTED}
        total: int = found.count  # type: ignore[attr-defined]  # left out of its types
        return Answer(total, self._ids(found), facets)

    def top(self, asked: Asked) -> list[str]:
        return self._ids(self.searcher.search(asked.query, count=False, **asked.options))

    def change(self, old: IndexDocument, new: IndexDocument) -> None:
        if self.writer is None:
            self.writer = self.index.writer(HEAP, num_threads=1)
        self.writer.delete_documents_by_term("id", old.id)
        self.writer.add_document(_document(new))
        self.writer.commit()
        self.index.reload()
        self.searcher = self.index.searcher()

    def _ids(self, found: tantivy.SearchResult) -> list[str]:
        return [self.searcher.doc(address)["id"][0] for _, address in found.hits]

    def _query(self, question: Question, without: str) -> Query:
        """*question* as it is counted for the facet *without*, which does not narrow itself."""
        request = question.request
        parts = [] if request.query == tree.All() else [self._compiled(request.query)]
        for chosen in request.filters:
            if chosen.name != without:
                term = Query.term_query(self.schema, f"{chosen.name}_facet", chosen.include[0])
                parts.append(Query.const_score_query(term, 0.0))
        if request.years and without != "year":
            years = Query.range_query(
                self.schema, "year_facet", tantivy.FieldType.Integer, request.years.first, request.years.last
            )
            parts.append(Query.const_score_query(years, 0.0))
        return _boolean(Occur.Must, parts) if parts else Query.all_query()

    def _compiled(self, query: tree.Query) -> Query:
        match query:
            case tree.Term(field, text):
                return self._in_fields(field, lambda name: Query.term_query(self.schema, name, self._stems(text)[0]))
            case tree.Phrase(field, words):
                stems: list[Any] = self._stems(" ".join(words))
                return self._in_fields(field, lambda name: Query.phrase_query(self.schema, name, stems))
            case tree.Prefix(field, text):
                return self._in_fields(field, lambda name: Query.regex_query(self.schema, name, f"{text}.*"))
            case tree.Or(children):
                return _boolean(Occur.Should, [self._compiled(child) for child in children])
            case tree.And(children):
                negative = [self._compiled(child.child) for child in children if isinstance(child, tree.Not)]
                positive = [self._compiled(child) for child in children if not isinstance(child, tree.Not)]
                return Query.boolean_query(
                    [(Occur.Must, part) for part in positive] + [(Occur.MustNot, part) for part in negative]
                )
        raise ValueError(f"no question asks for {query}")

    def _stems(self, text: str) -> list[str]:
        return list(self.analyzer.analyze(text))

    def _in_fields(self, field: str, make: Any) -> Query:
        boosts = SEARCHED if field == "" else {field: 1.0}
        return _boolean(Occur.Should, [Query.boost_query(make(name), boost) for name, boost in boosts.items()])


def _boolean(occur: Occur, parts: list[Query]) -> Query:
    return parts[0] if len(parts) == 1 else Query.boolean_query([(occur, part) for part in parts])


def _aggregation(names: list[str]) -> dict[str, Any]:
    return {name: {"terms": {"field": f"{name}_facet", "size": LISTED}} for name in names}
