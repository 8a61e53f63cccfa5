"""Browsing: every value stands under its letter on just one leaf; names alike agree in what they say."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litbase.library import Library, bring_level, open_library
from litbase.library.browsing import LEAF, LETTERS, Wanted, begins, cut, letters, namesakes, shelf, starts
from litbase.library.facets import initial
from litbase.record.names import Name
from litbase.record.record import Record
from litbase.record.text import sort_form
from litbase.settings import Settings
from litbase.store.values import Incoming

WORDS = st.lists(st.text(alphabet="aBzÅЯ山1!- The", min_size=1, max_size=6), max_size=40, unique=True)
AUTHORS = (
    "Smith, Jane", "Smith, J.", "Smith, Jane A.", "Smith, Jane B.", "Smith, John",
    "Smith-Jones, Jane", "Smith", "Smythe, Jane",
    *(f"Author{n:03}, A." for n in range(LEAF + 30)),
)  # fmt: skip


def filed(values: list[str]) -> list[str]:
    return sorted(values, key=lambda value: (sort_form(value), value))


@given(WORDS)
def test_every_value_stands_under_its_letter(values):
    order = filed(values)
    sizes = letters(begins(order))
    assert sum(sizes.values()) == len(order)
    for letter in LETTERS:
        there = cut([(value, 1) for value in order], Wanted(letter=letter))
        assert [value for value, _ in there.values] == [value for value in order if initial(value) == letter]
        assert there.matching == sizes[letter]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    opened = open_library(tmp_path_factory.mktemp("browsing"), Settings(), create=True)
    records = [
        Record(title=text, author=(Name(family=text.partition(", ")[0], given=text.partition(", ")[2]),))
        for text in AUTHORS
    ]
    batch = [
        Incoming(record=record, source="test", key=record.title, reader="test", document="d") for record in records
    ]
    opened.store.put(batch, opened.store.start_run("test"))
    bring_level(opened)
    yield opened
    opened.close()


@pytest.mark.parametrize("wanted", [Wanted(by="name"), Wanted(), Wanted(letter="a"), Wanted(find="author")])
def test_the_leaves_hold_every_value_once(library, wanted):
    begun = starts(library, "author")
    first = shelf(library, "author", wanted, begun)
    second = shelf(library, "author", Wanted(wanted.find, wanted.letter, wanted.by, 2), begun)
    beyond = shelf(library, "author", Wanted(wanted.find, wanted.letter, wanted.by, 99), begun)
    assert beyond == second
    assert (first.first, second.first) == (0, LEAF)
    values = {value for value, _ in (*first.values, *second.values)}
    assert len(values) == first.matching == len(first.values) + len(second.values)


@pytest.mark.parametrize(
    ("author", "alike"),
    [
        ("Smith, Jane", {"Smith, J.", "Smith, Jane A.", "Smith, Jane B."}),
        ("Smith, Jane A.", {"Smith, J.", "Smith, Jane"}),
        ("Smith, J.", {"Smith, Jane", "Smith, Jane A.", "Smith, Jane B.", "Smith, John"}),
        ("Smith", set()),
        ("Smythe, Jane", set()),
    ],
)
def test_names_alike_have_one_family_and_no_given_name_that_contradicts(library, author, alike):
    assert {value for value, _ in namesakes(library, author)} == alike
