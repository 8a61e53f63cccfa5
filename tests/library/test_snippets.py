"""Snippets: what is marked is what matched, in the text that is shown."""

import pytest

from litbase.library.snippets import LENGTH, found_in, snippet, title_marks, wanted
from litbase.query.tree import And, Not, Or, Phrase, Prefix, Query, Term
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
        ("a beginning", Prefix("", "commun"), ["Communities"]),
        ("another field", Term("abstract", "learning"), []),
        ("what is excluded", And((Term("", "leaders"), Not(Term("", "learning")))), ["Leaders"]),
        ("either", Or((Term("", "leader"), Term("", "nothing"))), ["Leaders"]),
    ],
)
def test_the_title_marks_are_the_wanted_words(name: str, query: Query, expected: list[str]) -> None:
    assert marked(RECORD.title, title_marks(wanted(query), RECORD)) == expected, name


def test_the_snippet_shows_the_place_of_the_words() -> None:
    found = snippet(wanted(Term("", "network")), RECORD)
    assert found is not None
    assert found.field == "abstract"
    assert marked(found.text, found.marks) == ["Networks"]
    assert found.text.startswith("… Networks of teachers")
    assert found.text.endswith(" …")
    assert len(found.text) <= LENGTH + 4


def test_without_a_match_the_snippet_is_the_beginning() -> None:
    found = snippet(wanted(Term("author", "muller")), RECORD)
    assert found is not None
    assert found.text.startswith("Nothing of interest")
    assert found.marks == ()
    assert snippet(wanted(Term("", "x")), Record(title="Bare")) is None


def test_found_in_names_the_fields_that_match() -> None:
    query = Or((Term("", "communities"), Term("", "networks"), Term("author", "mueller")))
    assert found_in(wanted(query), RECORD) == ("Title", "Author", "Descriptor", "Abstract")
