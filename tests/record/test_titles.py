"""Titles as they are compared."""

import time

import pytest

from litbase.record.titles import read_title

GENERIC = ("Editorial", "Book Reviews", "Editor's Comments", "Introduction to the Special Issue", "Editorial 3", "")


@pytest.mark.parametrize("title", GENERIC)
def test_a_title_that_says_nothing_is_generic(title: str) -> None:
    assert read_title(title).generic


def test_a_title_that_says_something_is_not() -> None:
    assert not read_title("Introduction to Sociology").generic


SUBJECTS = {
    "answer behind": ("Racial Segregation among Schools: A Response.", "racial segregation among schools"),
    "answer to someone": ("Racial Segregation: A Reply to Coleman and Hoffer", "racial segregation"),
    "correction before": ("Correction to: Learning in Networks", "learning in networks"),
    "review before": ("Review of Learning in Networks", "learning in networks"),
    "a work of its own": ("Learning in Networks", ""),
    "a review article": ("A Review", ""),
}


@pytest.mark.parametrize(("title", "subject"), SUBJECTS.values(), ids=SUBJECTS)
def test_what_a_title_answers_is_seen(title: str, subject: str) -> None:
    assert read_title(title).subject == subject


NUMBERS = {
    "year": ("The Condition of Education 2015", ("2015",)),
    "roman volume": ("American Journal of Education. Volume V", ("v",)),
    "part in words": ("Research on College Impact, Part Two", ("two",)),
    "roman part": ("Learning, Part I", ("i",)),
    "no number": ("I Am a Teacher", ()),
}


@pytest.mark.parametrize(("title", "numbers"), NUMBERS.values(), ids=NUMBERS)
def test_numbers_of_a_title_are_read(title: str, numbers: tuple[str, ...]) -> None:
    assert read_title(title).numbers == numbers


def test_entities_case_and_remarks_do_not_count() -> None:
    assert read_title("LEARNING &amp; DOING. [Review] [50 refs]") == read_title("Learning and doing")


@pytest.mark.parametrize("unit", ["a ", " comment", "[", " [", "]", "i", "1", " to a"])
def test_long_titles_are_read_in_time(unit: str) -> None:
    started = time.perf_counter()
    read_title(unit * (100_000 // len(unit)))
    assert time.perf_counter() - started < 0.5
