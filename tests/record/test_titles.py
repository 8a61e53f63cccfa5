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
    "a systematic review": ("Learning in Networks: A Systematic Review", ""),
    "a rubric": ("Review article: Learning in Networks", ""),
    "book review before": ("Book review: Learning in Networks", "learning in networks"),
    "review in brackets behind": ("Learning in Networks (review)", "learning in networks"),
    "a letter about it": ("Re: Learning in Networks", "learning in networks"),
    "not a letter": ("Re-imagining Learning in Networks", ""),
    "erratum with a dash": ("Erratum to - Learning in Networks", "learning in networks"),
    "retraction notice": ("Retraction notice to: Learning in Networks", "learning in networks"),
}


@pytest.mark.parametrize(("title", "subject"), SUBJECTS.values(), ids=SUBJECTS)
def test_what_a_title_answers_is_seen(title: str, subject: str) -> None:
    assert read_title(title).subject == subject


NUMBERS = {
    "year": ("The Condition of Education 2015", ("2015",)),
    "roman volume": ("American Journal of Education. Volume V", ("5",)),
    "part in words": ("Research on College Impact, Part Two", ("2",)),
    "roman part": ("Learning, Part I", ("1",)),
    "no number": ("I Am a Teacher", ()),
    "thousands apart": ("Cohort of 10 000 Women", ("10000",)),
    "thousands by comma": ("Cohort of 10,000 Women", ("10000",)),
    "in a word": ("p16INK4a and CIN2", ("16", "2", "4")),
    "a leading nought": ("Report 007", ("7",)),
    "second and II": ("Second Report, Series II", ("2", "2")),
}


@pytest.mark.parametrize(("title", "numbers"), NUMBERS.values(), ids=NUMBERS)
def test_numbers_of_a_title_are_read(title: str, numbers: tuple[str, ...]) -> None:
    assert read_title(title).numbers == numbers


def test_entities_case_and_remarks_do_not_count() -> None:
    assert read_title("LEARNING &amp; DOING. [Review] [50 refs]") == read_title("Learning and doing")


OTHERS = {
    "translation behind": ("Crowdwork: A Theory [Arbeiten in der Crowd]", ("arbeiten in der crowd",)),
    "parallel title": ("Rural Schools = Écoles rurales", ("ecoles rurales",)),
    "a comparison": ("Women Aged > or = 50 Years", ()),
    "a remark": ("Rural Schools [Review] [50 refs]", ()),
    "all in brackets": ("[Rural Schools in the North]", ()),
    "two words in brackets": ("Rural Schools [Sound Recording]", ()),
}


@pytest.mark.parametrize(("title", "others"), OTHERS.values(), ids=OTHERS)
def test_a_title_in_another_language_is_set_apart(title: str, others: tuple[str, ...]) -> None:
    assert read_title(title).others == others


def test_what_databases_add_in_round_brackets_is_left_out_and_nothing_else() -> None:
    assert read_title("Rural Schools (Structured abstract)").whole == "rural schools"
    assert read_title("RETRACTED ARTICLE: Rural Schools").whole == "rural schools"
    assert read_title("Rural Schools (1900 to 1950)").whole == "rural schools 1900 to 1950"


@pytest.mark.parametrize(
    "unit", ["a ", " comment", "[", " [", "]", "i", "1", " to a", ": a reply to x", " = ", "(", "1 000", "[]"]
)
def test_long_titles_are_read_in_time(unit: str) -> None:
    started = time.process_time()
    read_title(unit * (100_000 // len(unit)))
    assert time.process_time() - started < 2
