"""Ranking is Whoosh's own: stock Whoosh opens the index, asks the same and gives the same scores."""

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import query as wq
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex

from litbase.fields import BY_NAME, NAME, IndexDocument
from litbase.index import Mark
from litbase.index.whoosh import merging
from litbase.index.whoosh.engine import WhooshEngine
from litbase.index.whoosh.schema import ANY, exact
from litbase.index.whoosh.storage import read_manifest
from litbase.index.whoosh.words import LIFT
from litbase.query.request import SearchRequest, Visible
from litbase.query.tree import And, Boost, Or, Query, Term
from litbase.record.text import stem
from tests.amount import amount
from tests.index.libraries import writes

WORDS = ("school", "schools", "leader", "the", "of", "2019", "mueller", "absent")


def stock(folder: Path) -> FileIndex:
    """The index as Whoosh alone opens it, its schema unpickled."""
    manifest = read_manifest(folder)
    assert manifest is not None
    return FileIndex(FileStorage(str(folder / manifest.generation)), indexname="MAIN")


def as_whoosh(query: Query) -> wq.Query:
    """*query* in Whoosh's own classes."""
    match query:
        case Term(field, text, exactly):
            base = field or ANY
            written = wq.Term(exact(base), text)
            if exactly or (field and BY_NAME[field].kind == NAME):
                return written
            return wq.Or([wq.Term(base, stem(text)), wq.Term(exact(base), text, boost=LIFT)])
        case And(children):
            return wq.And([as_whoosh(child) for child in children])
        case Or(children):
            return wq.Or([as_whoosh(child) for child in children])
        case Boost(child, factor):
            inner = as_whoosh(child)
            return inner.accept(lambda q: q.with_boost(q.boost * factor) if isinstance(q, wq.Term) else q)
    raise AssertionError(query)


def theirs(folder: Path, query: Query) -> dict[str, float]:
    with stock(folder).searcher() as searcher:
        found = searcher.search(as_whoosh(query), limit=None)
        return {hit["stored_id"]: hit.score for hit in found}


def ours(engine: WhooshEngine, query: Query) -> dict[str, float]:
    found = engine.search(SearchRequest(query, visible=Visible(cited=True), limit=1000))
    return {hit.id: hit.score for hit in found.hits}


fields = st.sampled_from(("", "", "title", "descriptor", "abstract", "author"))
terms: st.SearchStrategy[Query] = st.builds(Term, fields, st.sampled_from(WORDS), st.booleans())
wanted = st.one_of(terms, st.builds(Boost, terms, st.sampled_from((0.5, 2.0))))
some = st.lists(wanted, min_size=2, max_size=4).map(tuple)
trees: st.SearchStrategy[Query] = st.one_of(
    wanted,
    st.builds(Or, some),
    st.builds(And, some),
    st.builds(lambda a, b: And((a, Or(b))), wanted, some),
)


@settings(max_examples=amount(10, 25), deadline=None)
@given(
    batches=st.lists(writes, min_size=1, max_size=6), asked=st.lists(trees, min_size=6, max_size=12), few=st.booleans()
)
def test_scores_are_those_of_whoosh(
    batches: list[tuple[list[IndexDocument], list[str]]], asked: list[Query], few: bool
):
    """With many small segments and with merged ones, after deletions and updates."""
    folder = Path(tempfile.mkdtemp())
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(merging, "FEW", 2 if few else 100)
            engine = WhooshEngine(folder)
            for change, (documents, deletions) in enumerate(batches, 1):
                engine.write(documents, deletions, Mark("s", "e", change))
        for query in asked:
            assert ours(engine, query) == pytest.approx(theirs(folder, query), rel=1e-4), query
    finally:
        shutil.rmtree(folder)


def test_long_texts_and_frequent_words_are_scored_alike(tmp_path: Path) -> None:
    """Lengths are rounded as Whoosh rounds them; a count beyond what fits a byte is kept whole."""
    engine = WhooshEngine(tmp_path)
    texts = [f"{'school ' * n}{'other ' * (n * n)}" for n in (1, 2, 7, 50, 254, 255, 300)]
    rows = [
        IndexDocument(f"d{n}", {"title": ("A title",), "abstract": (text,)}, "", "", (1, 0, 0, 0), False)
        for n, text in enumerate(texts)
    ]
    engine.write(rows, (), Mark("s", "e", 1))
    for query in (Term("", "schools"), Term("abstract", "school"), Term("", "title")):
        assert ours(engine, query) == pytest.approx(theirs(tmp_path, query), rel=1e-4)
