"""Kinds: CSL types with their names, and what ERIC's publication types make of a record."""

import pytest

from litbase.record.kinds import BY_NAME, CSL_TYPES, KINDS, eric_type, kind_of
from litbase.record.record import Record

KIND_OF = {
    "opinion": (Record(type="article-newspaper", genre="Opinion"), "opinion"),
    "letter": (Record(type="article-newspaper", genre="Letter"), "opinion"),
    "news": (Record(type="article-newspaper", genre="Report"), "article-newspaper"),
    "symposium": (Record(type="paper-conference", genre="Symposium"), "symposium"),
    "paper": (Record(type="paper-conference"), "paper-conference"),
    "proceedings": (Record(type="book", genre="Proceedings"), "proceedings"),
    "cited": (Record(type="cited"), "cited"),
    "nobody knows it": (Record(type="hologram"), "document"),
}


@pytest.mark.parametrize(("record", "name"), KIND_OF.values(), ids=KIND_OF)
def test_type_and_genre_make_the_kind(record: Record, name: str) -> None:
    assert kind_of(record).name == name


ERIC = {
    "journal article": ("EJ1", ("Journal Articles", "Reports - Research"), ("article-journal", "")),
    "journal article by number alone": ("EJ1", (), ("article-journal", "")),
    "dissertation": ("ED1", ("Dissertations/Theses - Doctoral Dissertations",), ("thesis", "Doctoral dissertation")),
    "master": ("ED1", ("Dissertations/Theses - Masters Theses",), ("thesis", "Master's thesis")),
    "paper before report": ("ED1", ("Reports - Research", "Speeches/Meeting Papers"), ("paper-conference", "")),
    "proceedings": ("ED1", ("Collected Works - Proceedings",), ("book", "Proceedings")),
    "book": ("ED1", ("Books", "Guides - Non-Classroom"), ("book", "")),
    "data alone": ("ED1", ("Numerical/Quantitative Data",), ("dataset", "")),
    "data and report": ("ED1", ("Numerical/Quantitative Data", "Reports - Research"), ("report", "")),
    "anything else": ("ED1", ("Opinion Papers",), ("report", "")),
}


@pytest.mark.parametrize(("number", "types", "expected"), ERIC.values(), ids=ERIC)
def test_eric_types_give_a_csl_type_and_genre(number: str, types: tuple[str, ...], expected: tuple[str, str]) -> None:
    assert eric_type(number, types) == expected


def test_the_table_is_whole() -> None:
    assert len(BY_NAME) == len(KINDS)
    assert all(all(row) for row in KINDS)
    assert {kind.csl for kind in KINDS} <= CSL_TYPES
