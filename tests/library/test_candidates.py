"""Candidates: what a library's records say for and against two forms being one, and when they are listed."""

import time

import pytest

from litbase.library.candidates import Candidates, candidates, undecided
from litbase.library.variants import join, separate
from litbase.record.dates import PartialDate
from litbase.record.names import Name
from litbase.record.record import Record
from tests.library.small import small_library

BROWN = Name(family="Browning", given="Petra")
TOPICS = ("Phonology Instruction", "Whale Songs", "Tidal Pools")


def work(given: str, number: int, family: str = "Larkwood", year: int = 2001, **more: object) -> Record:
    fields = {"descriptors": ("Learning",), "container_title": "The Common Journal", **more}
    others = fields.pop("others", ())
    return Record(
        type="article-journal",
        title=f"Work {number}",
        author=(Name(family=family, given=given), *others),  # type: ignore[misc]
        issued=PartialDate(year=year),
        **fields,  # type: ignore[arg-type]
    )


FILLER = tuple(work("Xaver", n, f"Filler{chr(97 + n % 26)}{chr(97 + n // 26)}") for n in range(120))


@pytest.fixture
def found(tmp_path):
    """found(records, kind) is (preferred, form, codes) of each candidate in a library of them and 120 others."""
    opened = []

    def look(records, kind="author"):
        opened.append(small_library(tmp_path / str(len(opened)), (*records, *FILLER)))
        made = candidates(opened[-1], kind)
        return [(one.preferred, one.form, [reason.code for reason in one.likeness.reasons]) for one in made]

    yield look
    for library in opened:
        library.close()


def test_initials_alone_are_no_candidate(found):
    assert found([work("J.", 1), work("John", 2)]) == []
    assert found([work("J.", 1, year=1999), work("John A.", 2, year=2000)]) == []


def test_initials_and_somebody_both_wrote_with(found):
    pairs = found([work("J.", 1, others=(BROWN,)), work("John", 2, others=(Name(family="Browning", given="P."),))])
    codes = ["alike-initials", "alike-people", "alike-years"]
    assert pairs == [("Browning, Petra", "Browning, P.", codes), ("Larkwood, John", "Larkwood, J.", codes)]


def test_initials_and_what_few_write_about(found):
    seldom = {"descriptors": TOPICS, "container_title": "Seldom"}
    [(preferred, form, codes)] = found([work("J.", 1, **seldom), work("John", 2, **seldom)])
    assert (preferred, form) == ("Larkwood, John", "Larkwood, J.")
    assert codes == ["alike-initials", "alike-source", "alike-descriptors", "alike-years"]


def test_two_who_are_on_one_record_are_two(found):
    both = work("J.", 1, others=(Name(family="Larkwood", given="John"), BROWN))
    assert found([both, work("John", 2, others=(BROWN,))]) == []


def test_orcids_join_and_separate(found):
    def with_orcid(given, number, orcid):
        return work(given, number, extra=(("bibtex:orcid", orcid),))

    same = [with_orcid("J.", 1, "0000-0002-1825-0097"), with_orcid("John", 2, "0000-0002-1825-0097")]
    assert [codes[1] for _, _, codes in found(same)] == ["alike-orcid"]
    other = [with_orcid("John A.", 1, "0000-0002-1825-0097"), with_orcid("John", 2, "0000-0001-5109-3700")]
    assert found(other) == []


def test_half_a_century_between_them_is_too_long(found):
    assert found([work("John", 1, year=1950, others=(BROWN,)), work("John A.", 2, year=2020, others=(BROWN,))]) == []
    assert found([work("Ayşe", 1, "Özgür", year=1950), work("Ayse", 2, "Ozgur", year=2020)]) == []


def test_a_full_name_and_a_longer_one_where_nobody_else_is_called_so(found):
    [(_, _, codes)] = found([work("John", 1), work("John A.", 2)])
    assert codes[0] == "alike-longer"
    assert found([work("John", 1), work("John A.", 2), work("John B.", 3)]) == []  # which of the two?


def test_accents_need_nothing_else(found):
    pairs = found([work("Ayşe", 1, "Özgür"), work("Ayse", 2, "Ozgur")])
    assert [(one, two) for one, two, _ in pairs] == [("Özgür, Ayşe", "Ozgur, Ayse")]


def test_journals_with_one_issn(found):
    records = [
        work("A.", 1, "Ames", container_title="Learning Quarterly", issn=("1573-1812",)),
        work("B.", 2, "Bell", container_title="LQ: The Quarterly", issn=("1573-1812",)),
        work("C.", 3, "Cole", container_title="J. Phys. Edu.", issn=("0378-5955",)),
        work("D.", 4, "Dale", container_title="Journal of Physical Education", issn=("2049-3630",)),
    ]
    [(one, other, codes)] = found(records, "source")
    assert {one, other} == {"Learning Quarterly", "LQ: The Quarterly"}
    assert codes == ["alike-issn"]


@pytest.fixture
def library(tmp_path):
    records = [work("John", 1), work("John A.", 2), work("Ayşe", 3, "Özgür"), work("Ayse", 4, "Ozgur")]
    made = small_library(tmp_path / "library", (*records, *FILLER))
    yield made
    made.close()


def test_what_people_decided_is_not_listed_again(library):
    every = candidates(library, "author")
    assert len(every) == 2
    separate(library, "author", "Larkwood, John", "Larkwood, John A.", who="Ann")
    assert [one.form for one in undecided(every, library.store.variants())] == ["Ozgur, Ayse"]
    join(library, "author", ["Ozgur, Ayse"], "Özgür, Ayşe", who="Ann")
    assert list(undecided(every, library.store.variants())) == []


def test_they_are_found_in_the_background_and_kept(library, monkeypatch):
    kept = Candidates(library)
    until = time.monotonic() + 30
    while (first := kept.now("author")) is None and time.monotonic() < until:
        pass
    assert first is not None
    assert len(first) == 2
    monkeypatch.setattr("litbase.library.candidates.candidates", lambda *_: pytest.fail("found again"))
    assert kept.now("author") is first
