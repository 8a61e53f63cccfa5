"""What every engine promises, told as small stories; run for the oracle and for each engine."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from litbase.fields import index_document
from litbase.index import Engine, Mark
from litbase.index.whoosh.engine import WhooshEngine
from litbase.query.request import FacetRequest, FacetResult, Filter, SearchRequest, Visible, Years
from litbase.query.tree import All, And, Boost, Not, Or, Phrase, Prefix, Query, Range, Term
from litbase.record.dates import PartialDate
from litbase.record.names import Name
from litbase.record.record import Record, Reference
from tests.index.memory import MemoryEngine

MARK = Mark("store", "epoch", 1)
RECORDS = (
    Record(
        id="EJ1",
        type="article-journal",
        title="Leading schools through change",
        author=(Name(family="Özgür", given="Ann"), Name(family="Mehta", given="Jal")),
        issued=PartialDate(year=2010, month=4),
        container_title="School Leadership",
        abstract="A study of educational policy.",
        descriptors=("Higher Education", "Policy Formation"),
        language=("en",),
        collection=("eric",),
        doi="10.1/AbC",
    ),
    Record(
        id="EJ2",
        type="article-journal",
        title="The school of leaders",
        author=(Name(family="Mehta", given="Jal"),),
        issued=PartialDate(year=2012),
        container_title="Policy Review",
        descriptors=("Education Policy", "Higher Education"),
        language=("en", "de"),
        collection=("eric", "bibtex"),
    ),
    Record(
        id="paper",
        type="chapter",
        title="Müller on apprenticeship",
        author=(Name(family="Müller", given="Ida"),),
        issued=PartialDate(year=2012, month=8),
        container_title="School Leadership",
        language=("de",),
        collection=("vufind",),
        references=(Reference("Dewey, Democracy"), Reference("Experience"), Reference("Nature")),
    ),
    Record(
        id="undated",
        type="paper-conference",
        title="A note without a date",
        contribution="Democracy in schools",
        collection=("ecer",),
    ),
    Record(
        id="cited-1",
        type="cited",
        title="Democracy and education",
        author=(Name(family="Dewey", given="John"),),
        issued=PartialDate(year=1916),
    ),
)
QUERIES: dict[str, tuple[Query, set[str]]] = {
    "a word in any form": (Term("", "leaders"), {"EJ2"}),
    "a stem meets its other forms": (Term("title", "lead"), {"EJ1"}),
    "exactly as written": (Term("title", "school", exact=True), {"EJ2"}),
    "accents fold": (Term("author", "ozgur"), {"EJ1"}),
    "an umlaut is found by its spelled-out form": (Term("", "Mueller"), {"paper"}),
    "a plain spelling finds the umlaut": (Term("title", "muller", exact=True), {"paper"}),
    "a phrase is not stemmed": (Phrase("title", ("schools", "through")), {"EJ1"}),
    "a phrase keeps stop words": (Phrase("title", ("school", "of", "leaders")), {"EJ2"}),
    "a phrase does not span two values": (Phrase("descriptor", ("education", "policy")), {"EJ2"}),
    "nor the first and second": (Phrase("references", ("democracy", "experience")), set()),
    "nor the second and third": (Phrase("references", ("experience", "nature")), set()),
    "the first of a field with one value, in any form": (Term("title", "lead", first=True), {"EJ1"}),
    "not the second, in any form": (Term("descriptor", "formations", first=True), set()),
    "the first author": (Term("author", "Mehta", first=True), {"EJ2"}),
    "any author": (Term("author", "Mehta"), {"EJ1", "EJ2"}),
    "the first descriptor, in any form": (Term("descriptor", "educational", first=True), {"EJ1", "EJ2"}),
    "a phrase in the first descriptor": (Phrase("descriptor", ("higher", "education"), first=True), {"EJ1"}),
    "a beginning, unstemmed": (Prefix("abstract", "educat"), {"EJ1"}),
    "years": (Range("year", 2011, None), {"EJ2", "paper"}),
    "one year as a word": (Term("year", "2010"), {"EJ1"}),
    "an identifier whole and without case": (Term("doi", "10.1/abc"), {"EJ1"}),
    "half an identifier is none": (Term("doi", "10.1"), set()),
    "not": (Not(Term("source", "school")), {"EJ2", "undated"}),
    "a word of a reference list is found there only": (Term("references", "democracy"), {"paper"}),
    "and not by default": (Term("", "democracy"), {"undated"}),
    "everything": (All(), {"EJ1", "EJ2", "paper", "undated"}),
    "and": (And((Term("", "school"), Term("", "policy"))), {"EJ1", "EJ2"}),
    "or": (Or((Term("title", "note"), Term("title", "müller"))), {"paper", "undated"}),
    "a boost changes no result": (Boost(Term("title", "note"), 3.0), {"undated"}),
    "no such field": (Term("nowhere", "school"), set()),
    "no word at all": (Term("", "—"), set()),
    "and of nothing": (And(()), {"EJ1", "EJ2", "paper", "undated"}),
    "or of nothing": (Or(()), set()),
}


@pytest.fixture(params=["memory", "whoosh"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """Each engine, empty."""
    makers: dict[str, Callable[[], Engine]] = {
        "memory": MemoryEngine,
        "whoosh": lambda: WhooshEngine(tmp_path / "index"),
    }
    made = makers[request.param]()
    yield made
    made.close()


@pytest.fixture
def filled(engine: Engine) -> Engine:
    """Each engine with RECORDS."""
    engine.write(map(index_document, RECORDS), (), MARK)
    return engine


def found(engine: Engine, **parts: object) -> list[str]:
    """The ids a request finds, in order."""
    return [hit.id for hit in engine.search(SearchRequest(**parts)).hits]  # type: ignore[arg-type]


def counting(*names: str) -> tuple[FacetRequest, ...]:
    """All values of the facets *names*."""
    return tuple(map(FacetRequest, names))


@pytest.mark.parametrize("case", QUERIES)
def test_a_query_finds(filled: Engine, case: str) -> None:
    """One row of QUERIES."""
    query, expected = QUERIES[case]
    assert set(found(filled, query=query)) == expected
    assert set(filled.scan(SearchRequest(query))) == expected


def test_an_empty_index_answers_with_nothing(engine: Engine) -> None:
    """Before anything was written."""
    assert engine.mark() is None
    result = engine.search(SearchRequest(facets=counting("type", "year")))
    assert (result.total, result.hits, result.facets) == (0, (), dict.fromkeys(("type", "year"), FacetResult()))


def test_cited_works_are_seen_only_on_request(filled: Engine) -> None:
    """In hits, totals and facets."""
    assert found(filled, query=Term("", "dewey")) == []
    assert found(filled, query=Term("", "dewey"), visible=Visible(cited=True)) == ["cited-1"]
    assert "cited" not in dict(filled.search(SearchRequest(facets=counting("type"))).facets["type"].values)


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("newest", ["paper", "EJ2", "EJ1", "undated"]),
        ("oldest", ["EJ1", "EJ2", "paper", "undated"]),
        ("title", ["EJ1", "paper", "undated", "EJ2"]),
        ("author", ["EJ2", "paper", "EJ1", "undated"]),
        ("best", ["EJ1", "EJ2", "paper", "undated"]),
    ],
)
def test_sorts_put_what_is_missing_last(filled: Engine, sort: str, expected: list[str]) -> None:
    """Undated records both ways, records without author; ties by id."""
    assert found(filled, sort=sort) == expected
    assert list(filled.scan(SearchRequest(sort=sort))) == expected


def test_values_of_a_facet_are_alternatives_and_facets_narrow(filled: Engine) -> None:
    """OR inside, AND across, and exclusion."""
    assert found(filled, filters=(Filter("language", ("en", "de")),)) == ["EJ1", "EJ2", "paper"]
    assert found(filled, filters=(Filter("language", ("en", "de")), Filter("type", ("chapter",)))) == ["paper"]
    assert found(filled, filters=(Filter("language", ("de",), ("en",)),)) == ["paper"]
    assert found(filled, filters=(Filter("language", (), ("en",)),)) == ["paper", "undated"]
    assert found(filled, filters=(Filter("descriptor", ("higher education",)),)) == []


def test_a_facet_is_counted_without_its_own_filter(filled: Engine) -> None:
    """And with those of the others."""
    chosen = (Filter("language", ("de",)), Filter("source", ("School Leadership",)))
    result = filled.search(SearchRequest(filters=chosen, facets=counting("language", "source", "collection")))
    assert result.total == 1
    assert result.facets["language"].values == (("de", 1), ("en", 1))
    assert result.facets["source"].values == (("Policy Review", 1), ("School Leadership", 1))
    assert result.facets["collection"].values == (("vufind", 1),)


def test_years_are_counted_without_the_range_and_the_undated_are_told(filled: Engine) -> None:
    """The undated stay in a range only when asked for."""
    result = filled.search(SearchRequest(years=Years(2011, 2020), facets=counting("year", "type")))
    assert (result.total, result.facets["year"].values) == (2, (("2012", 2), ("", 1), ("2010", 1)))
    assert dict(result.facets["type"].values) == {"article-journal": 1, "chapter": 1}
    assert found(filled, years=Years(2011, 2020, undated=True)) == ["EJ2", "paper", "undated"]


def test_pages_of_hits_follow_each_other(filled: Engine) -> None:
    """Offset and limit; the total is that of all."""
    pages = [filled.search(SearchRequest(offset=n, limit=2, sort="title")) for n in (0, 2, 4)]
    assert [[hit.id for hit in page.hits] for page in pages] == [["EJ1", "paper"], ["undated", "EJ2"], []]
    assert {page.total for page in pages} == {4}
    assert filled.search(SearchRequest(limit=0)).total == 4


def test_writing_again_replaces_and_deletes(filled: Engine) -> None:
    """The mark goes on; unknown ids to delete are nothing."""
    changed = replace(index_document(RECORDS[0]), values={"title": ("Something else",)})
    filled.write([changed], ["EJ2", "never-there"], MARK._replace(change=2))
    assert filled.mark() == MARK._replace(change=2)
    assert found(filled, query=Term("", "leading")) == []
    assert found(filled, query=Term("", "something")) == ["EJ1"]
    assert set(found(filled)) == {"EJ1", "paper", "undated"}


def test_a_document_without_a_single_word_is_kept(engine: Engine) -> None:
    """Found by hypothesis: a title of one dash left a field without terms."""
    engine.write([index_document(Record(id="x", title="—"))], (), MARK)
    assert found(engine) == ["x"]


def test_the_later_of_two_documents_with_one_id_wins(engine: Engine) -> None:
    """Within one write."""
    first, second = (index_document(Record(id="x", title=title)) for title in ("First words", "Second words"))
    engine.write([first, second], (), MARK)
    assert found(engine, query=Term("", "first")) == []
    assert engine.search(SearchRequest(Term("", "words"))).total == 1


def test_documents_are_read_before_deletions(engine: Engine) -> None:
    """A follower learns what is gone while it reads the documents."""
    engine.write([index_document(Record(id="old"))], (), MARK)
    gone: list[str] = []

    def documents() -> Iterator[object]:
        yield index_document(Record(id="new"))
        gone.append("old")

    engine.write(documents(), gone, MARK)  # type: ignore[arg-type]
    assert found(engine) == ["new"]


def test_clearing_shows_in_the_mark_at_once_and_in_answers_with_the_next_write(filled: Engine) -> None:
    """The old index answers until then."""
    filled.clear()
    assert filled.mark() is None
    assert filled.search(SearchRequest()).total == 4
    filled.write([index_document(RECORDS[1])], (), MARK)
    assert (found(filled), filled.mark()) == (["EJ2"], MARK)
