"""Capitals: what shouts, and how it would have been printed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litbase.record.casing import is_shouting, is_shouting_name, name_case, title_case

TITLES = {
    "small words": ("THE EFFECTS OF THE SCHOOL ON THE CHILD", "The Effects of the School on the Child"),
    "after a colon": ("READING: A STUDY OF METHODS", "Reading: A Study of Methods"),
    "acronyms": ("NAEP AND THE USA", "NAEP and the USA"),
    "no vowels": ("THE NCLB ACT OF 2001", "The NCLB Act of 2001"),
    "digits": ("K-12 SCHOOLS IN 1965", "K-12 Schools in 1965"),
    "initials": ("SCHOOLS OF THE U.S.A. TODAY", "Schools of the U.S.A. Today"),
    "it is a word": ("WHAT IT MEANS TO TEACH", "What It Means to Teach"),
    "Roman numbers": ("PAPERS OF THE XVI CONGRESS, PART XIV", "Papers of the XVI Congress, Part XIV"),
    "counted": ("SCHOOLS OF THE 1980S AND THE 21ST CENTURY", "Schools of the 1980s and the 21st Century"),
    "after a quotation": ('THE "CREATION" OF STATUS', 'The "Creation" of Status'),
    "in a quotation": ('TEACHERS AND "THE DANCER"', 'Teachers and "The Dancer"'),
    "after initials": ("SPENDING IN THE U.S. IN 1900", "Spending in the U.S. in 1900"),
    "a new sentence": ("SPENDING TODAY. IN THE SCHOOLS", "Spending Today. In the Schools"),
    "shortened": ("ST. PAUL VS. DR. MARX", "St. Paul vs. Dr. Marx"),
    "possessive": ("THE TEACHER'S ROLE", "The Teacher's Role"),
    "accents": ("ÉCOLES ET MÉTHODES", "Écoles Et Méthodes"),
}


@pytest.mark.parametrize(("text", "expected"), TITLES.values(), ids=TITLES)
def test_a_shouted_title_gets_title_case(text: str, expected: str) -> None:
    assert text.isupper()
    assert title_case(text) == expected
    assert not is_shouting(expected)


@pytest.mark.parametrize("text", ["NAEP 1992", "OECD", "Schools of Today", "PISA AND US", "山田太郎の学校について", ""])
def test_short_acronyms_and_other_scripts_do_not_shout(text: str) -> None:
    assert not is_shouting(text)


NAMES = {
    "plain": ("SMITH", "Smith"),
    "hyphen and Mc": ("MCDONALD-JONES", "McDonald-Jones"),
    "apostrophe": ("O'BRIEN", "O'Brien"),
    "particle": ("VAN DER BERG", "van der Berg"),
    "initials": ("J. P.", "J. P."),
    "unpointed initials": ("JP", "JP"),
    "given name and initial": ("HENRY B.", "Henry B."),
}


@pytest.mark.parametrize(("text", "expected"), NAMES.values(), ids=NAMES)
def test_a_shouted_name_is_written_as_names_are(text: str, expected: str) -> None:
    assert name_case(text) == expected
    assert not is_shouting_name(expected)


@given(st.text(max_size=80))
def test_case_is_all_that_changes(text: str) -> None:
    if text.isascii():
        assert title_case(text).lower() == text.lower()
        assert name_case(text).lower() == text.lower()
