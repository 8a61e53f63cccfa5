"""What a record that is being written may be: identifiers, or title, year and first author, and nothing less."""

import pytest

from litbase.library import open_library
from litbase.library.duplicates import judge
from litbase.library.same_work import corrections, like, settle, unanswered
from litbase.record.dates import PartialDate
from litbase.record.names import Name
from litbase.record.notices import sentence
from litbase.record.record import Record, replace, to_json
from litbase.settings import Settings
from litbase.store.values import Incoming

ROE = Name(family="Roe", given="Ann B.")
POE = Name(family="Poe", given="Ed")
ARTICLE = Record(
    type="article-journal", title="What Pupils Say about Schools", author=(ROE, POE), issued=PartialDate(year=2015),
    container_title="Journal of Examples", volume="4", page="10-19", doi="10.5555/example.1",
    descriptors=("Pupils",), abstract="Pupils say much.",
)  # fmt: skip
BOOK = Record(
    type="book", title="A Book of Examples", author=(ROE,), issued=PartialDate(year=2014), isbn=("9780415839051",),
    publisher="Example Press",
)  # fmt: skip
CITED = Record(type="cited", title="Schools That Nobody Visits", author=(ROE,), issued=PartialDate(year=2003))
NUMBERED = Record(type="report", title="On Rooms", eric="ED123456", issued=PartialDate(year=2001))
PAGE = Record(type="webpage", title="Rooms Online", url="https://example.org/rooms", issued=PartialDate(year=2020))
STORED = (ARTICLE, BOOK, CITED, NUMBERED, PAGE)


def put(library, *records):
    run = library.store.start_run("test", {})
    batch = [Incoming(record=one, source="test", key=to_json(one), reader="test") for one in records]
    outcomes = library.store.put(batch, run, "tester")
    assert {outcome.status for outcome in outcomes} == {"new"}
    return [outcome.id for outcome in outcomes]


@pytest.fixture
def library(tmp_path):
    made = open_library(tmp_path / "library", Settings(), create=True)
    yield made
    made.close()


@pytest.fixture
def ids(library):
    return dict(zip(("article", "book", "cited", "numbered", "page"), put(library, *STORED), strict=True))


ALIKE = {
    "a DOI alone": (Record(doi="10.5555/EXAMPLE.1"), "article", "Same DOI", False),
    "a DOI under the same kind": (Record(type="article-journal", doi="10.5555/example.1"), "article", "Same DOI", True),
    "a DOI under another title": (
        replace(ARTICLE, title="Something Else Altogether", author=(POE,)), "article", "Same DOI", False,
    ),
    "an ERIC number alone": (Record(eric="ed123456"), "numbered", "Same ERIC number", True),
    "the ISBN of a book": (Record(type="book", isbn=("9780415839051",)), "book", "Same ISBN", True),
    "the ISBN of a report": (Record(type="report", isbn=("9780415839051",)), "book", "Same ISBN", False),
    "title, year and first author": (
        Record(type="report", title="what pupils say about schools.", author=(ROE,), issued=PartialDate(year=2015)),
        "article", "same title", False,
    ),
    "a work known from a list": (
        Record(type="book", title="Schools That Nobody Visits", author=(ROE,), issued=PartialDate(year=2003)),
        "cited", "same title", False,
    ),
    "the address of a page": (
        Record(type="webpage", title="Rooms Online", url="http://www.example.org/rooms/"), "page", "", True,
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", ALIKE)
def test_what_is_the_same_is_told(library, ids, case):
    record, name, why, certain = ALIKE[case]
    [found] = like(library, record)
    assert (found.other.id, found.relation, found.certain) == (ids[name], "same", certain)
    assert why in "; ".join(map(sentence, found.reasons))
    assert all("?" not in sentence(one) and sentence(one) != one.code for one in found.reasons)


UNLIKE = {
    "nothing": Record(),
    "a title alone": Record(type="article-journal", title="What Pupils Say about Schools"),
    "title and year": Record(type="report", title="On Rooms", issued=PartialDate(year=2001), author=(POE,)),
    "another year": Record(
        type="report", title="What Pupils Say about Schools", author=(ROE,), issued=PartialDate(year=1999)
    ),
    "a chapter of the book": Record(
        type="chapter", title="The Third Example", author=(POE,), container_title="A Book of Examples",
        isbn=("9780415839051",), issued=PartialDate(year=2014),
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", UNLIKE)
def test_less_than_that_is_not(library, ids, case):
    assert like(library, UNLIKE[case]) == ()


def test_where_the_two_differ_is_told_field_by_field(library, ids):
    entry = replace(ARTICLE, page="10-20", abstract="", doi="10.5555/EXAMPLE.1", descriptors=("Pupils", "Schools"))
    [found] = like(library, entry)
    assert [(each.field, each.entry, each.record) for each in found.differences] == [
        ("page", "10-20", "10-19"),
        ("abstract", "", "Pupils say much."),
        ("descriptors", ("Pupils", "Schools"), ("Pupils",)),
    ]


def test_corrections_take_nothing_away(library, ids):
    entry = replace(ARTICLE, page="10-20", abstract="", author=(ROE,), descriptors=("Schools",), type="report", doi="")
    assert corrections(entry, ARTICLE) == {"page": "10-20", "descriptors": ("Pupils", "Schools")}
    assert corrections(replace(CITED, type="book", publisher="Example Press"), CITED) == {
        "type": "book", "publisher": "Example Press",
    }  # fmt: skip


def test_of_a_record_that_is_edited_only_what_is_new_is_told(library, ids):
    [twin] = put(library, replace(ARTICLE, doi="", title="What Pupils Say", abstract="Other."))
    assert [one.other.id for one in like(library, ARTICLE, twin)] == [ids["article"]]
    judge(library, twin, ids["article"], "different", who="Ann")
    assert like(library, ARTICLE, twin) == ()
    assert like(library, ARTICLE, ids["article"]) == ()


@pytest.mark.parametrize("state", ["draft", "withdrawn"])
def test_what_is_not_public_is_told_to_editors(library, ids, state):
    library.store.set_state(ids["article"], state, "Ann", "why")
    [found] = like(library, ARTICLE)
    assert (found.other.id, found.other.state) == (ids["article"], state)


def test_what_was_merged_is_not(library, ids):
    library.store.merge(ids["cited"], ids["book"], "Ann")
    entry = Record(type="book", title=CITED.title, author=(ROE,), issued=CITED.issued)
    assert ids["cited"] not in [one.other.id for one in like(library, entry)]


def test_an_answer_is_kept_as_a_verdict_and_asked_for_no_more(library, ids):
    entry = Record(type="report", title=ARTICLE.title, author=(ROE,), issued=ARTICLE.issued, publisher="Elsewhere")
    likes = like(library, entry)
    assert unanswered(likes, ()) == likes
    assert unanswered(likes, {ids["article"]}) == ()
    [mine] = put(library, replace(entry, note="mine"))
    assert settle(library, mine, likes, {ids["article"], "no-such-record"}, who="Ann") == 1
    verdict = library.store.verdicts([mine])[mine, ids["article"]]
    assert (verdict.verdict, verdict.who) == ("different", "Ann")
    assert like(library, entry, mine) == ()


def test_what_an_identifier_shows_cannot_be_answered(library, ids):
    likes = like(library, replace(ARTICLE, volume="5"))
    assert unanswered(likes, {ids["article"]}) == likes


def test_what_was_merged_meanwhile_is_not_judged(library, ids):
    entry = Record(type="report", title=ARTICLE.title, author=(ROE,), issued=ARTICLE.issued)
    likes = like(library, entry)
    [mine] = put(library, replace(entry, note="mine", title="Mine"))
    library.store.merge(ids["article"], ids["book"], "Ben")
    assert settle(library, mine, likes, {ids["article"]}, who="Ann") == 0


def test_a_title_that_everybody_has_says_nothing(library):
    put(library, *(Record(type="article-journal", title=f"Editorial {n}") for n in range(3)))
    assert like(library, Record(type="article-journal", title="Editorial")) == ()
