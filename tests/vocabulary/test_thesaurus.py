"""The thesaurus as a value: what names mean today, how a reader's words are matched, what lies below."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litbase.vocabulary.thesaurus import MOST_NARROWER, NONE, Entry, Thesaurus

KNOWN = Thesaurus(
    (
        Entry("Ability", narrower=("Leadership", "Skills")),
        Entry("Academically Gifted", used_for=("Able Students", "Gifted Students")),
        Entry("Credit (Finance)", used_for=("Interest (1967 1981)",)),
        Entry("Educational History", used_for=("History of Education",)),
        Entry("Gender Differences", used_for=("Sex Differences",)),
        Entry("History Instruction", used_for=("History Education",)),
        Entry("Interests"),
        Entry("Kindergarten", used_for=("Kindergarten Children",)),
        Entry("Leadership", broader=("Ability",)),
        Entry("Müller Method"),
        Entry("Right to Work"),
        Entry("Skills", broader=("Ability",), narrower=("Thinking Skills",)),
        Entry("Thinking Skills", broader=("Skills",)),
        Entry("Young Children", used_for=("Kindergarten Children",)),
    )
)


@pytest.mark.parametrize(
    ("name", "today"),
    [
        ("Gender Differences", ("Gender Differences",)),
        ("gender  DIFFERENCES", ("Gender Differences",)),
        ("Sex Differences", ("Gender Differences",)),
        ("sex-differences", ("Gender Differences",)),
        ("muller method", ("Müller Method",)),
        ("Kindergarten Children", ("Kindergarten", "Young Children")),
        ("Interest (1967 1981)", ("Credit (Finance)",)),
        ("Interest", ("Credit (Finance)",)),
        ("Interests", ("Interests",)),
        ("Marsh Birds", ("Marsh Birds",)),
        ("", ("",)),
        ("—", ("—",)),
    ],
)
def test_a_name_means_today(name: str, today: tuple[str, ...]) -> None:
    assert KNOWN.today(name) == today


def test_only_a_descriptor_of_today_has_an_entry() -> None:
    assert KNOWN.find("academically gifted") == KNOWN.entries[1]
    assert KNOWN.find("Gifted Students") is None
    assert KNOWN.find("Marsh Birds") is None
    assert not NONE
    assert NONE.today("Skills") == ("Skills",)


def test_a_descriptor_that_is_also_another_name_means_itself() -> None:
    both = Thesaurus((Entry("A", used_for=("B",)), Entry("B")))
    assert both.today("b") == ("B",)


def test_narrower_descriptors_come_level_by_level() -> None:
    assert KNOWN.exploded("ability") == ("Leadership", "Skills", "Thinking Skills")
    assert KNOWN.exploded("Thinking Skills") == ()
    assert KNOWN.exploded("Sex Differences") == ()


def test_a_circle_is_walked_once() -> None:
    circle = Thesaurus((Entry("A", narrower=("B",)), Entry("B", narrower=("C",)), Entry("C", narrower=("A", "C"))))
    assert circle.exploded("A") == ("B", "C")
    assert circle.exploded("C") == ("A", "B")


def test_no_more_than_so_many_are_exploded() -> None:
    names = [f"T{n}" for n in range(MOST_NARROWER + 50)]
    wide = Thesaurus((Entry("Top", narrower=tuple(names)), *map(Entry, names)))
    assert len(wide.exploded("Top")) == MOST_NARROWER


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("gifted students", "Gifted Students"),
        ("gifted student", "Gifted Students"),
        ("skill", "Skills"),
        ("credit finance", "Credit (Finance)"),
        ("right work", "Right to Work"),
        ("interest", "Interest (1967 1981)"),
        ("history education", ""),
        ("leaders", ""),
        ("the", ""),
    ],
)
def test_typed_words_spell(words: str, name: str) -> None:
    assert KNOWN.spelled(words.split()) == name


def test_quoted_words_keep_their_stop_words() -> None:
    assert KNOWN.spelled(("history", "of", "education"), quoted=True) == "History of Education"
    assert KNOWN.spelled(("history", "education"), quoted=True) == "History Education"
    assert KNOWN.longest == 2


@given(st.lists(st.text(max_size=12), max_size=4), st.text(max_size=20))
def test_nothing_a_reader_types_fails(words: list[str], name: str) -> None:
    assert KNOWN.spelled(words) in {"", *(name for entry in KNOWN.entries for name in (entry.name, *entry.used_for))}
    assert KNOWN.today(name)
    assert KNOWN.exploded(name) == () or KNOWN.find(name)
