"""Where two works were printed: journals by their names, volumes, issues and pages as databases write them."""
# ruff: noqa: E501 (one case per line)

import time
from typing import Any

import pytest

from litbase.record.dates import PartialDate
from litbase.record.match.places import AGREE, CLASH, SILENT, extents, journals, place
from litbase.record.match.view import view
from litbase.record.record import Record

ONE_JOURNAL = {
    "ampersand": ("Obstetrics & Gynecology", "Obstetrics and Gynecology"),
    "article": ("The Lancet Oncology", "Lancet Oncology"),
    "abbreviated": ("Am. J. Obstet. Gynecol.", "American Journal of Obstetrics and Gynecology"),
    "abbreviated in Latin": ("Acta Obstet Gynecol Scand", "Acta Obstetricia et Gynecologica Scandinavica"),
    "letters left out": ("J. Natl. Cancer Inst.", "Journal of the National Cancer Institute"),
    "a place by its letters": ("Ann NY Acad Sci", "Annals of the New York Academy of Sciences"),
    "acronym": ("BMJ", "British Medical Journal"),
    "beginning of an acronym": ("PNAS", "Proceedings of the National Academy of Sciences of the United States of America"),
    "with its society": ("IEEE Software", "IEEE Software : the magazine of the computer society"),
    "two languages": ("CMAJ: Canadian Medical Association Journal", "CMAJ : Canadian Medical Association journal = journal de l'Association"),
    "a slash": ("Pan American Journal of Public Health", "Revista Panamericana/Pan American Journal of Public Health"),
    "a subtitle": ("Industrielle Beziehungen", "Industrielle Beziehungen. Zeitschrift für Arbeit"),
    "electronic": ("PLoS ONE", "PLoS ONE [Electronic Resource]"),
    "a misspelling": ("Journal of Educational Change", "Journal of Educationel Change"),
    "a meeting and its number": ("Hawaii International Conference on System Sciences", "50th Annual Hawaii International Conference on System Sciences"),
    "a meeting by its letters": ("International Conference on Information Systems", "ICIS : Transforming Society"),
}  # fmt: skip
TWO_JOURNALS = {
    "another word before": ("Cancer Research", "Clinical Cancer Research"),
    "another word": ("Clinical Cancer Research", "Cancer Prevention Research"),
    "a word of an abbreviation": ("Change", "J. Educ. Change"),
    "other names": ("Phi Delta Kappan", "Journal of Educational Change"),
}
UNSURE = {
    "another word behind": ("Lancet", "The Lancet Oncology"),
    "nothing": ("", "Lancet"),
}


@pytest.mark.parametrize(("one", "other"), ONE_JOURNAL.values(), ids=ONE_JOURNAL)
def test_one_journal_is_known_by_its_names(one: str, other: str) -> None:
    assert _journals(one, other) == AGREE


@pytest.mark.parametrize(("one", "other"), TWO_JOURNALS.values(), ids=TWO_JOURNALS)
def test_two_journals_are_two(one: str, other: str) -> None:
    assert _journals(one, other) == CLASH


@pytest.mark.parametrize(("one", "other"), UNSURE.values(), ids=UNSURE)
def test_a_doubt_about_journals_is_left_open(one: str, other: str) -> None:
    assert _journals(one, other) == SILENT


def test_one_issn_is_one_journal() -> None:
    assert (
        journals(Record(container_title="A", issn=("0002-8312",)), Record(container_title="B", eissn=("0002-8312",)))
        == AGREE
    )


def _journals(one: str, other: str) -> int:
    a, b = Record(container_title=one), Record(container_title=other)
    assert journals(a, b) == journals(b, a)
    return journals(a, b)


HERE: dict[str, Any] = {"volume": "16", "issue": "3", "page": "327-350"}
PLACES = {  # the other place, then volume, issue, page, and whether both fill the same pages
    "the same": ({}, AGREE, AGREE, AGREE, True),
    "another volume": ({"volume": "17"}, CLASH, AGREE, AGREE, False),
    "volume in words": ({"volume": "Vol. 16"}, AGREE, AGREE, AGREE, True),
    "volume with its issue": ({"volume": "16(3)", "issue": ""}, AGREE, SILENT, AGREE, True),
    "volume in Roman": ({"volume": "XVI"}, AGREE, AGREE, AGREE, True),
    "volume of a series": ({"volume": "PAMI-16"}, AGREE, AGREE, AGREE, True),
    "volume that is the year": ({"volume": "2016-April"}, SILENT, AGREE, AGREE, True),
    "volume in press": ({"volume": "in press"}, SILENT, AGREE, AGREE, True),
    "double issue": ({"issue": "3/4"}, AGREE, AGREE, AGREE, True),
    "issue by its month": ({"issue": "Mar."}, AGREE, AGREE, AGREE, True),
    "another issue": ({"issue": "4"}, AGREE, CLASH, AGREE, False),
    "special issue": ({"issue": "3, SI"}, AGREE, AGREE, AGREE, True),
    "noughts in front": ({"page": "0327-0350"}, AGREE, AGREE, AGREE, True),
    "shortened end": ({"page": "327-50"}, AGREE, AGREE, AGREE, True),
    "first page and more": ({"page": "327+"}, AGREE, AGREE, AGREE, False),
    "first page, end unknown": ({"page": "327-??"}, AGREE, AGREE, AGREE, False),
    "another end": ({"page": "327-351"}, AGREE, AGREE, AGREE, False),
    "another page": ({"page": "328-350"}, AGREE, AGREE, CLASH, False),
    "an article number": ({"page": "e15"}, AGREE, AGREE, SILENT, False),
    "from page 1": ({"page": "1-24"}, AGREE, AGREE, SILENT, False),
    "a cover": ({"page": "Cover 3"}, AGREE, AGREE, SILENT, False),
}


@pytest.mark.parametrize(("change", "volume", "issue", "page", "fills"), PLACES.values(), ids=PLACES)
def test_places_are_compared_as_they_are_meant(
    change: dict[str, str], volume: int, issue: int, page: int, fills: bool
) -> None:
    article = {"type": "article-journal", "container_title": "TUGboat", "issued": PartialDate(year=2016)}
    one, other = Record(**article, **HERE), Record(**article, **{**HERE, **change})
    views = view(one), view(other)
    for found in (place(*views), place(*reversed(views))):
        assert (found.volume, found.issue, found.page, found.fills) == (volume, issue, page, fills)


def test_the_pages_of_a_book_are_its_length() -> None:
    one, other = (view(Record(type="book", title="A", page=page)) for page in ("384", "384"))
    assert place(one, other).page == SILENT
    assert extents(Record(page="xi + 361"), Record(number_of_pages=361)) == AGREE
    assert extents(Record(page="300"), Record(page="402")) == CLASH
    assert extents(Record(page="300"), Record()) == SILENT


@pytest.mark.parametrize("unit", ["a ", "a:", ". abcd", "(", " = ", "1", "-", "i"])
def test_long_names_and_numbers_are_compared_in_time(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    one, other = (
        view(Record(type="article-journal", container_title=text + end, volume=text, issue=text, page=text))
        for end in "xy"
    )
    started = time.process_time()
    place(one, other)
    assert time.process_time() - started < 2
