"""People in two records: one author in the forms that databases give."""

import time

import pytest

from litbase.record.match.people import person, shared
from litbase.record.names import Name, parse_name

ONE = {
    "initials": ("Mehta, Jal", "Mehta, J."),
    "two initials, one known": ("Brenna, S M F", "Brenna, S"),
    "initials without stops": ("Smith, JA", "Smith, John A."),
    "accents off": ("Özgür, Ayşe", "Ozgur, A."),
    "umlauts spelled out": ("Brüggemann-Klein, A.", "Brueggemann-Klein, Anne"),
    "a letter lost": ("Östensson, E", "Stensson, E"),
    "a letter in place of an accent": ("Syrjänen, K", "Syrj?nen, K"),
    "a misspelling": ("Hiessl, Christina", "Hiess, C."),
    "half of a double name": ("Darling-Hammond, Linda", "Hammond, L."),
    "a particle left out": ("van den Brule, A J", "Brule, A. J. C."),
    "a double name taken apart": ("Bar-Am, A", "Bar, Am A"),
    "a suffix in the family name": ("Wright Jr., T C", "Wright, Jr"),
    "family and given swapped": ("Carignani, Andrea", "Andrea, C."),
    "all names swapped": ("Santos, A L", "Luis Ferreira, Santos A"),
    "a group with its parent": ("National Statistics Center", "Department of Education, National Statistics Center"),
}  # fmt: skip
TWO = {
    "another first name": ("Lee, Ann", "Lee, Bob"),
    "a short name misspelled": ("Lee, A.", "Lea, A."),
    "two letters differ": ("Peterson, A.", "Petersen, B."),
    "only the given name is the same": ("Smith, Ann", "Jones, Ann"),
    "names that begin alike": ("Li, Na", "Lin, A"),
}


@pytest.mark.parametrize(("one", "other"), ONE.values(), ids=ONE)
def test_one_person_in_two_forms_is_one(one: str, other: str) -> None:
    assert _shared([one], [other]) == 1


@pytest.mark.parametrize(("one", "other"), TWO.values(), ids=TWO)
def test_two_people_are_two(one: str, other: str) -> None:
    assert _shared([one], [other]) == 0


def test_each_person_counts_once() -> None:
    assert _shared(["Lee, A.", "Lee, B."], ["Lee, A."]) == 1
    assert _shared(["Lee, A.", "Ng, C."], ["Ng, C.", "Lee, A.", "Roe, D."]) == 2


@pytest.mark.parametrize("text", ["Anonymous", "[Anonymous]", "Anon.", "N.N.", "No author listed"])
def test_a_name_that_names_nobody_is_nobody(text: str) -> None:
    assert person(Name(literal=text)) is None


def test_thousands_of_people_are_compared_in_time() -> None:
    many = [f"Family{n % 7}, A{n}" for n in range(3000)]
    started = time.process_time()
    _shared(many[:60], many[60:120])
    assert time.process_time() - started < 2


def _shared(one: list[str], other: list[str]) -> int:
    first, second = (
        [found for text in texts if (name := parse_name(text)) and (found := person(name))] for texts in (one, other)
    )
    assert shared(first, second) == shared(second, first)
    return shared(first, second)
