"""Two titles side by side: what is one title misspelled, and what are two titles."""

import pytest

from litbase.record.match.titles import in_two_languages, is_of_the_journal, likeness, same_words, under_a_rubric
from litbase.record.titles import read_title

ONE = {
    "a letter": ("Learning across Boundaries", "Learning accross Boundaries"),
    "American and British": ("The Use of Grayscale in the Center", "The use of grey scale in the centre"),
    "an article in front": ("A System for Typesetting", "System for Typesetting"),
    "a small word": ("Typecase Foundry for Macintosh", "Typecase Foundry for the Macintosh"),
    "words joined": ("Font and Size Invariant Recognition", "Font- and Sizeinvariant Recognition"),
    "words in another order": ("Teaching of Reading, a Handbook", "Handbook: A Teaching of Reading"),
    "a plural": ("Virtual Environments", "Virtual Environment"),
    "one of two languages": ("Rural Schools = Écoles rurales", "Écoles rurales"),
}
TWO = {
    "another word": ("User's Guide to the IdxTeX Program", "User's Guide to the GloTeX Program"),
    "boys and girls": ("Effects of Tutoring on Boys", "Effects of Tutoring on Girls"),
    "men and women": ("Screening in Men", "Screening in Women"),
    "male and female": ("Reading of Male Students", "Reading of Female Students"),
    "a word more": ("Racial Segregation", "Racial Segregation Again"),
    "not": ("Classes that Work", "Classes that Do Not Work"),
    "parts by letter": ("LaTeX Made Easy, Part A", "LaTeX Made Easy, Part B"),
    "Chinese numerals": ("中国教育研究的方法与实践一", "中国教育研究的方法与实践二"),
    "nothing": ("", "Learning"),
}


@pytest.mark.parametrize(("one", "other"), ONE.values(), ids=ONE)
def test_misspellings_and_small_words_make_no_other_title(one: str, other: str) -> None:
    assert same_words(read_title(one), read_title(other))
    assert same_words(read_title(other), read_title(one))


@pytest.mark.parametrize(("one", "other"), TWO.values(), ids=TWO)
def test_a_telling_word_makes_another_title(one: str, other: str) -> None:
    assert not same_words(read_title(one), read_title(other))
    assert not same_words(read_title(other), read_title(one))


def test_likeness_is_that_of_the_nearest_language() -> None:
    assert (
        likeness(read_title("Grenzenloses Lernen [Learning without Bounds]"), read_title("Learning without Bounds"))
        == 1
    )


TONGUES = {
    "German and English": ("Arbeiten in der Crowd und auf dem Markt", "The Crowd and the Market at Work", True),
    "Russian and English": ("Международные сообщества", "International Communities", True),
    "one language": ("The Crowd and the Market", "Markets of the World", False),
    "no small words": ("Crowdwork", "Plattformarbeit", False),
    "no letters": ("1984", "The Crowd", False),
}


@pytest.mark.parametrize(("one", "other", "expected"), TONGUES.values(), ids=TONGUES)
def test_two_languages_are_seen_when_they_are_sure(one: str, other: str, expected: bool) -> None:
    assert in_two_languages(read_title(one), read_title(other)) is expected


def test_a_rubric_is_shorter_than_what_stands_under_it() -> None:
    title = "Comparing Teacher Mentoring across Rural Districts"
    assert under_a_rubric(read_title(title), read_title("Viewpoint: " + title))
    assert not under_a_rubric(read_title("Teacher Mentoring"), read_title("Viewpoint: Teacher Mentoring"))


def test_a_title_of_nothing_but_its_journal_is_seen() -> None:
    assert is_of_the_journal(read_title("Remarks from MIS Quarterly Editor"), "MIS Quarterly")
    assert not is_of_the_journal(read_title("MIS Quarterly and Its Readership Since 1990"), "MIS Quarterly")
    assert not is_of_the_journal(read_title("Remarks from MIS Quarterly Editor"), "")
