"""Which descriptors a text names."""

import pytest

from litbase.vocabulary.thesaurus import Entry, Thesaurus
from litbase.vocabulary.wording import scattered, standing, stems, wording

THESAURUS = Thesaurus(
    (
        Entry("Adaptability (Personality)"),
        Entry("Attitudes"),
        Entry("Gender Differences", used_for=("Sex Differences (1966 2004)",)),
        Entry("Student Attitudes", broader=("Attitudes",)),
        Entry("Students"),
    )
)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("The student's attitude", {"Student Attitudes"}),
        ("Attitudes of teachers and students", {"Attitudes", "Students"}),
        ("Sex differences in school", {"Gender Differences"}),
        ("Adaptability", {"Adaptability (Personality)"}),
        ("Student attitudes, and attitudes at large", {"Student Attitudes", "Attitudes"}),
        ("Nothing known", set()),
        ("", set()),
    ],
    ids=["any form", "apart", "retired name", "without brackets", "both", "none", "empty"],
)
def test_the_longest_names_that_stand_side_by_side_are_found(text, named):
    assert set(standing(wording(THESAURUS), stems(text))) == named


def test_another_name_is_told_from_its_own():
    found = standing(wording(THESAURUS), stems("Sex differences, student attitudes"))
    assert (found["Gender Differences"].name, found["Gender Differences"].own) == ("Sex Differences", False)
    assert (found["Student Attitudes"].name, found["Student Attitudes"].own) == ("Student Attitudes", True)


def test_words_apart_name_a_descriptor_of_several_words():
    assert set(scattered(wording(THESAURUS), stems("Attitudes of teachers and students"))) == {"Student Attitudes"}


def test_an_empty_thesaurus_names_nothing():
    assert standing(wording(Thesaurus()), stems("Students")) == {}
