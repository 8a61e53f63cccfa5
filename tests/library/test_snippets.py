"""Snippets: what is marked is what matched, in the text that is shown."""

import pytest

from litbase.library.snippets import LENGTH, found_in, places, snippet, title_marks, wanted
from litbase.query.tree import And, Boost, Near, Not, Or, Phrase, Prefix, Query, Range, Term
from litbase.record.names import Name
from litbase.record.record import Record

FAR = (
    "Nothing of interest is said in this first sentence of the text. " * 12
    + "Networks of teachers last. "
    + "More. " * 90
)
RECORD = Record(
    title="Learning Communities: How Leaders Learn",
    author=(Name(family="Müller", given="Ann"),),
    abstract=FAR,
    descriptors=("Communities of Practice",),
)


def marked(text: str, spans: tuple[tuple[int, int], ...]) -> list[str]:
    return [text[start:stop] for start, stop in spans]


@pytest.mark.parametrize(
    ("name", "query", "expected"),
    [
        ("any form of a word", Term("", "learned"), ["Learning", "Learn"]),
        ("this form only", Term("", "learn", exact=True), ["Learn"]),
        ("a phrase", Phrase("title", ("learning", "communities")), ["Learning", "Communities"]),
        ("words that do not stand as the phrase", Phrase("title", ("communities", "learning")), []),
        ("another form than the phrase's", Phrase("title", ("learning", "community")), []),
        ("a beginning", Prefix("", "commun"), ["Communities"]),
        ("words near each other in any form", Near("", ("leader", "learned"), 1), ["Leaders", "Learn"]),
        ("no form of the word", Near("title", ("leads", "how"), 1), []),
        ("near backwards", Near("title", ("leader", "how"), 1), ["How", "Leaders"]),
        ("nearer than they stand", Near("title", ("communities", "leaders"), 1), []),
        ("as near as they stand", Near("title", ("communities", "leaders"), 2), ["Communities", "Leaders"]),
        ("a chain", Near("title", ("communities", "how", "leaders"), 1), ["Communities", "How", "Leaders"]),
        ("a word beside itself", Near("title", ("how", "how"), 9), []),
        ("near in another field", Near("abstract", ("leaders", "learn"), 1), []),
        ("another field", Term("abstract", "learning"), []),
        ("what is excluded", And((Term("", "leaders"), Not(Term("", "learning")))), ["Leaders"]),
        ("either", Or((Term("", "leader"), Term("", "nothing"))), ["Leaders"]),
    ],
)
def test_the_title_marks_are_the_wanted_words(name: str, query: Query, expected: list[str]) -> None:
    assert marked(RECORD.title, title_marks(places(wanted(query), RECORD))) == expected, name


def test_the_snippet_shows_the_place_of_the_words() -> None:
    found = snippet(places(wanted(Term("", "network")), RECORD), RECORD)
    assert found is not None
    assert found.field == "abstract"
    assert marked(found.text, found.marks) == ["Networks"]
    assert found.text.startswith("… Networks of teachers")
    assert found.text.endswith(" …")
    assert len(found.text) <= LENGTH + 4


def test_without_a_match_the_snippet_is_the_beginning() -> None:
    found = snippet(places(wanted(Term("author", "muller")), RECORD), RECORD)
    assert found is not None
    assert found.text.startswith("Nothing of interest")
    assert found.marks == ()
    bare = Record(title="Bare")
    assert snippet(places(wanted(Term("", "x")), bare), bare) is None


def test_found_in_names_the_fields_that_match() -> None:
    query = Or((Term("", "communities"), Term("", "networks"), Term("author", "mueller")))
    assert found_in(places(wanted(query), RECORD)) == ("Title", "Author", "Descriptor", "Abstract")


def test_a_word_of_the_phrase_is_not_marked_where_it_stands_alone() -> None:
    record = Record(title="Learning to lead learning communities by learning", abstract="Communities. Learning.")
    title = title_marks(places(wanted(Phrase("", ("learning", "communities"))), record))
    assert title == ((17, 25), (26, 37))
    assert found_in(places(wanted(Phrase("", ("learning", "communities"))), record)) == ("Title",)


def test_only_the_words_that_are_near_are_marked() -> None:
    abstract = "Teachers far away. Nothing else is said here about schools. The network of teachers helps networks."
    record = Record(title="x", abstract=abstract)
    found = snippet(places(wanted(Near("", ("network", "teacher"), 2)), record), record)
    assert found is not None
    assert marked(found.text, found.marks) == ["network", "teachers", "networks"]
    assert found.marks[0][0] == abstract.index("network")


@pytest.mark.parametrize(
    ("name", "query", "labels"),
    [
        ("the first author", Term("author", "mueller", first=True), ("Author",)),
        ("not the second", Term("author", "smith", first=True), ()),
        ("the second as an author", Term("author", "smith"), ("Author",)),
        ("the second as a phrase", Phrase("author", ("smith", "bo"), first=True), ()),
        ("no form of a name", Term("author", "smiths"), ()),
        ("two authors are not near", Near("author", ("ann", "smith"), 3), ()),
        ("one author's names are", Near("author", ("ann", "muller"), 1), ("Author",)),
        ("a value that is compared whole", Term("language", "de"), ("Language",)),
        ("not part of it", Term("type", "article"), ()),
        ("its beginning", Prefix("type", "article"), ("Record type",)),
        ("a year says nothing", Range("year", 2019, None), ()),
        ("an excluded word says nothing", Not(Term("title", "learning")), ()),
        ("a boosted one does", Boost(Term("", "practices"), 0.5), ("Descriptor",)),
        ("an umlaut written out", Prefix("author", "muel"), ("Author",)),
    ],
)
def test_found_in_is_where_it_matches(name: str, query: Query, labels: tuple[str, ...]) -> None:
    record = Record(
        type="article-journal",
        title=RECORD.title,
        author=(*RECORD.author, Name(family="Smith", given="Bo")),
        descriptors=RECORD.descriptors,
        language=("de",),
    )
    assert found_in(places(wanted(query), record)) == labels, name
