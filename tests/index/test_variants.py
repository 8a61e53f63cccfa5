"""Documents filed under preferred forms: every engine counts and filters by these, and finds the words of both."""

import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from litbase.fields import IndexDocument, index_document
from litbase.index import Mark
from litbase.index.whoosh.engine import WhooshEngine
from litbase.query.request import SearchRequest
from litbase.record.names import Name
from litbase.record.record import Record
from litbase.vocabulary.thesaurus import Entry, Thesaurus
from litbase.vocabulary.variants import Decision, Variants, filed, variants_of
from tests.amount import amount
from tests.index.libraries import COMMON, NAMES, documents, requests
from tests.index.memory import MemoryEngine
from tests.index.test_oracle import agree

joins = st.lists(
    st.one_of(
        st.builds(Decision, st.just("author"), st.sampled_from(NAMES), st.sampled_from((*NAMES, "Müller, Anna"))),
        st.builds(
            Decision, st.sampled_from(("source", "descriptor")), st.sampled_from(COMMON), st.sampled_from(COMMON)
        ),
    ),
    max_size=4,
).map(variants_of)


def as_filed(document: IndexDocument, variants: Variants) -> IndexDocument:
    """*document* as `index_document` makes it of a record with these values."""
    values, facets = dict(document.values), {}
    for kind in ("author", "source", "descriptor"):
        printed = document.values.get(kind, ())
        found = tuple(dict.fromkeys(one for value in printed for one in filed(kind, value, variants)))
        if found != printed:
            facets[kind] = found
            values[kind] = tuple(dict.fromkeys((*printed, *found)))
    return replace(document, values=values, facets=facets)


@settings(max_examples=amount(12, 30), deadline=None)
@given(st.lists(documents(), min_size=1, max_size=8), joins, joins, st.lists(requests, min_size=6, max_size=12))
def test_every_answer_is_the_oracles(
    some: list[IndexDocument], before: Variants, after: Variants, asked: list[SearchRequest]
) -> None:
    """After decisions, and after others, with which the documents are written again."""
    folder = Path(tempfile.mkdtemp())
    try:
        memory, whoosh = MemoryEngine(), WhooshEngine(folder)
        for change, variants in enumerate((before, after), 1):
            filed_now = [as_filed(document, variants) for document in some]
            for engine in (memory, whoosh):
                engine.write(filed_now, (), Mark("s", "e", change))
            for request in asked:
                agree(whoosh, memory, request)
    finally:
        shutil.rmtree(folder)


RECORD = Record(
    id="r1",
    author=(Name(family="Smith", given="J."), Name(family="Roe", given="Ann")),
    editor=(Name(family="Smith", given="John"),),
    container_title="J. Educ.",
    publisher="Press",
    descriptors=("Teaching Styles", "teaching techniques"),
)
VARIANTS = variants_of([
    Decision("author", "Smith, J.", "Smith, John"),
    Decision("source", "J. Educ.", "Journal of Education"),
    Decision("descriptor", "teaching techniques", "Teaching Styles"),
])  # fmt: skip


def test_a_document_is_counted_under_the_preferred_forms_and_has_the_words_of_both() -> None:
    document = index_document(RECORD, variants=VARIANTS)
    assert document.counted("author") == ("Smith, John", "Roe, Ann")
    assert document.values["author"] == ("Smith, J.", "Roe, Ann", "Smith, John")
    assert document.counted("source") == ("Journal of Education",)
    assert document.values["source"] == ("J. Educ.", "Journal of Education")
    assert document.counted("publisher") == ("Press",)
    assert "publisher" not in document.facets
    assert document.counted("descriptor") == ("Teaching Styles",)
    assert document.author_key == index_document(RECORD).author_key


def test_the_thesaurus_has_the_last_word_on_descriptors() -> None:
    thesaurus = Thesaurus((Entry("Teaching Methods", ("Teaching Styles",)),))
    document = index_document(RECORD, thesaurus, VARIANTS)
    assert document.counted("descriptor") == ("Teaching Methods",)
    assert document.values["descriptor"] == ("Teaching Styles", "teaching techniques", "Teaching Methods")


def test_without_decisions_nothing_is_different() -> None:
    assert index_document(RECORD, variants=variants_of(())) == index_document(RECORD)
