"""Checks: what is wrong, what mends it, how complete a record is."""
# ruff: noqa: E501 (one case per line)

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litbase.record.checks import CODES, DATED, LACKING, MENDS, check, completeness, fix, pages_agree
from litbase.record.dates import PartialDate
from litbase.record.names import Name
from litbase.record.notices import REMEDIES, SENTENCES, sentence
from litbase.record.record import Mark, Record, replace
from tests.amount import amount
from tests.strategies import records

TODAY = date(2026, 6, 1)
MEHTA = Name(family="Mehta", given="Jal")
GOOD = Record(
    type="article-journal",
    title="International Learning Communities",
    author=(MEHTA, Name(family="Peterson", given="Amelia")),
    container_title="Journal of Educational Change",
    issued=PartialDate(year=2019, month=8),
    volume="20",
    issue="3",
    page="327-350",
    number_of_pages=24,
    doi="10.1007/s10833-018-9324-0",
    eissn=("1573-1812",),
    url="https://eric.ed.gov/?id=EJ1223055",
    citation_key="mehta2019international",
)


def test_a_good_record_has_no_problem() -> None:
    assert check(GOOD, TODAY) == ()
    assert fix(GOOD) is GOOD


PROBLEMS = {  # change, code, field, severity, fixable
    "no journal": ({"container_title": ""}, "missing-source", "container_title", "error", False),
    "no title": ({"title": ""}, "missing-title", "title", "error", False),
    "no author": ({"author": ()}, "missing-author", "author", "warning", False),
    "no date": ({"issued": None}, "missing-year", "issued", "warning", False),
    "journal worked out": ({"inferred": ("container_title",)}, "container-inferred", "container_title", "info", False),
    "date worked out": ({"inferred": ("issued",)}, "date-inferred-problem", "issued", "info", False),
    "far future": ({"issued": PartialDate(year=2028)}, "year-future", "issued", "warning", False),
    "before printing": ({"issued": PartialDate(year=1219)}, "year-odd", "issued", "warning", False),
    "page with a dash": ({"page": "327–350"}, "page-form", "page", "warning", True),
    "full-width page": ({"page": "３２７-３５０"}, "page-form", "page", "warning", True),
    "no DOI given": ({"doi": ""}, "missing-doi", "doi", "info", False),
    "no pages given": ({"page": "", "number_of_pages": None}, "missing-pages", "page", "info", False),
    "no volume": ({"volume": ""}, "missing-volume", "volume", "info", False),
    "no page at all": ({"page": "n. pag.", "number_of_pages": None}, "page-odd", "page", "warning", False),
    "pages backwards": ({"page": "350-327"}, "page-backwards", "page", "warning", False),
    "pages disagree": ({"number_of_pages": 30}, "pages-disagree", "number_of_pages", "info", False),
    "DOI as URL": ({"doi": "https://doi.org/10.1007/x"}, "identifier-form", "doi", "warning", True),
    "no DOI": ({"doi": "12.3/x"}, "doi-form", "doi", "warning", False),
    "ISBN set aside": ({"identifiers": (("isbn-raw", "9780415839045"),)}, "isbn-wrong", "isbn", "warning", False),
    "wrong ISSN": ({"issn": ("1573-1813",)}, "issn-wrong", "issn", "warning", False),
    "ISBN-10": ({"isbn": ("041583905X",)}, "identifier-form", "isbn", "warning", True),
    "wrong ORCID": ({"extra": (("bibtex:orcid", "0000-0002-1825-0098"),)}, "orcid-wrong", "author", "warning", False),
    "script": ({"url": "javascript:alert(1)"}, "url-scheme", "url", "warning", False),
    "bare host": ({"url": "www.oecd.org/education"}, "url-bare", "url", "warning", True),
    "shouted title": ({"title": "THE EFFECTS OF SCHOOLS"}, "shouting-title", "title", "warning", True),
    "shouted name": ({"author": (Name(family="MEHTA", given="JAL"),)}, "shouting-name", "author", "warning", True),
    "two people in one": ({"author": (Name(family="Vrooman", given="J. C. and Dronkers J."),)}, "name-odd", "author", "warning", False),
    "digits in a name": ({"author": (Name(family="Mehta2", given="Jal"),)}, "name-odd", "author", "warning", False),
    "list in a literal": ({"author": (Name(literal="Mehta; Peterson"),)}, "name-odd", "author", "warning", False),
    "entity": ({"title": "Learning &amp; Doing"}, "entity-left", "title", "warning", True),
    "entity too deep": ({"title": "A &amp;amp;amp;amp; B"}, "entity-left", "title", "warning", False),
    "entity of a lost character": ({"title": "La foi couronn&#xFFFD;ee"}, "entity-left", "title", "warning", False),
    "entity in a main descriptor": ({"major_descriptors": ("Arts &amp; Crafts",)}, "entity-left", "major_descriptors", "warning", True),
    "double entity": ({"abstract": "say &amp;quot;what&amp;quot;"}, "entity-left", "abstract", "warning", True),
    "entity in a name": ({"author": (Name(family="Bront&euml;", given="A."),)}, "entity-left", "author", "warning", True),
    "key with a brace": ({"citation_key": "mehta{2019}"}, "key-form", "citation_key", "warning", False),
}  # fmt: skip


@pytest.mark.parametrize(("change", "code", "field", "severity", "fixable"), PROBLEMS.values(), ids=PROBLEMS)
def test_a_flaw_is_one_problem(change: dict[str, object], code: str, field: str, severity: str, fixable: bool) -> None:
    [problem] = check(replace(GOOD, **change), TODAY)
    assert (problem.code, problem.field, problem.severity, problem.fixable) == (code, field, severity, fixable)
    assert "?" not in sentence(problem)


NONE = {
    "an acronym in the family's place": {"author": (Name(family="UNESCO"),)},
    "a group in capitals cut as a name": {"author": (Name(family="SIGGRAPH", given="ACM/"),)},
    "a title of acronyms": {"title": "NAEP, PISA, TIMSS"},
    "an article number": {"page": "", "number": "e12", "number_of_pages": None},
    "the length of a book": {"type": "book", "page": "xviii + 459", "publisher": "X", "number_of_pages": None},
    "a paper that was read out": {"type": "paper-conference", "container_title": "", "event_title": "ECER", "page": "", "number_of_pages": None},
    "an ORCID": {"extra": (("bibtex:orcid", "0000-0002-1825-0097"),)},
}  # fmt: skip


@pytest.mark.parametrize("change", NONE.values(), ids=NONE)
def test_what_only_looks_wrong_is_no_problem(change: dict[str, object]) -> None:
    assert check(replace(GOOD, **change), TODAY) == ()
    assert fix(replace(GOOD, **change)) == replace(GOOD, **change)


GROUPS = (
    "Smith and Sons & Co.",
    "Council for Science and Technology",
    "Project 2061 Group",
    "OECD",
    "MINISTRY",
    "山田太郎",
)


@pytest.mark.parametrize("literal", GROUPS)
def test_a_group_is_no_odd_name(literal: str) -> None:
    assert check(replace(GOOD, author=(Name(literal=literal),)), TODAY) == ()


MENDED = {
    "title": ({"title": "THE EFFECTS OF NAEP: A STUDY"}, {"title": "The Effects of NAEP: A Study"}),
    "entities": ({"title": "A &amp;amp; B &lt;i&gt;"}, {"title": "A & B <i>"}),
    "shouted, with an entity": ({"title": "ARTS &amp; CRAFTS OF SCHOOLS"}, {"title": "Arts & Crafts of Schools"}),
    "a lost character stays": ({"title": "La foi couronn&#xFFFD;ee"}, {"title": "La foi couronn&#xFFFD;ee"}),
    "AT&T is no entity": ({"title": "AT&T; a history"}, {"title": "AT&T; a history"}),
    "pages": ({"page": "pp. 327–50"}, {"page": "327-350"}),
    "DOI": ({"doi": "https://doi.org/10.1007/x"}, {"doi": "10.1007/x"}),
    "ISBN": ({"isbn": ("0415839041", "9780415839044")}, {"isbn": ("9780415839044",)}),
    "wrong ISBN stays": ({"isbn": ("9780415839045",)}, {"isbn": ("9780415839045",)}),
    "bare host": ({"url": "www.oecd.org/education"}, {"url": "http://www.oecd.org/education"}),
    "script stays, unlinked": ({"url": "javascript:alert(1)"}, {"url": "javascript:alert(1)"}),
    "name": ({"author": (Name(family="VAN DER BERG", given="JAN B."),)}, {"author": (Name(family="Berg", given="Jan B.", particle="van der"),)}),
    "acronym group stays": ({"author": (Name(literal="OECD"),)}, {"author": (Name(literal="OECD"),)}),
}  # fmt: skip


@pytest.mark.parametrize(("change", "expected"), MENDED.values(), ids=MENDED)
def test_fix_mends_what_it_can(change: dict[str, object], expected: dict[str, object]) -> None:
    assert fix(replace(GOOD, **change)) == replace(GOOD, **expected)


def test_emphasis_of_a_text_that_changed_its_length_is_dropped() -> None:
    marks = (Mark("title", 0, 1, "i"), Mark("abstract", 0, 1, "i"))
    assert fix(replace(GOOD, title="A &amp; B", marks=marks)).marks == marks[1:]
    assert fix(replace(GOOD, title="THE EFFECTS OF SCHOOLS", marks=marks)).marks == marks


SPOILED = (
    {"title": "ARTS &amp; CRAFTS OF SCHOOLS"}, {"title": "&#1;"}, {"title": "A &amp;amp;amp;amp; B"}, {"abstract": "&lt;i&gt;"},
    {"author": (Name(family="BRONT&Euml;", given="A."),)}, {"author": (Name(family="VAN DER BERG", given="J&amp;J"),)},
    {"page": "pp. 327–50"}, {"page": "350-27"}, {"url": "<www.oecd.org/x>"}, {"doi": "https://doi.org/10.1007/x"},
    {"isbn": ("0415839041", "9780415839044", "1")}, {"issn": ("issn 15731812",)}, {"descriptors": ("A &amp; B", "A & B")}, {},
)  # fmt: skip
spoiled = st.builds(lambda record, change: replace(record, **change), records(), st.sampled_from(SPOILED))
days = st.dates(date(1950, 1, 1))
chosen = st.sets(st.sampled_from(sorted(MENDS)))


@settings(max_examples=amount(40, 100))
@given(spoiled)
def test_fix_leaves_no_fixable_problem_and_does_nothing_twice(record: Record) -> None:
    mended = fix(record)
    assert [problem for problem in check(mended, TODAY) if problem.fixable] == []
    assert fix(mended) == mended


@settings(max_examples=amount(40, 100))
@given(spoiled, chosen)
def test_fixing_some_codes_adds_no_problem_and_leaves_none_of_these(record: Record, codes: set[str]) -> None:
    mended = fix(record, codes)
    before, after = ({(p.code, p.field) for p in check(each, TODAY)} for each in (record, mended))
    assert after <= before
    assert fix(mended, codes) == mended
    assert not codes or [p for p in check(mended, TODAY) if p.fixable and p.code in codes] == []


@settings(max_examples=amount(20, 50))
@given(spoiled)
def test_nothing_is_mended_that_is_no_problem(record: Record) -> None:
    fixable = {problem.code for problem in check(record, TODAY) if problem.fixable}
    assert (fix(record) != record) == bool(fixable)
    assert fix(record, fixable or {"none"}) == fix(record)


@settings(max_examples=amount(20, 50))
@given(spoiled)
def test_every_problem_has_a_known_code_and_a_sentence(record: Record) -> None:
    assert {problem.code for problem in check(record, TODAY)} <= set(CODES)


def test_every_code_has_a_sentence_and_a_remedy() -> None:
    assert set(CODES) <= set(SENTENCES)
    assert set(CODES) <= set(REMEDIES) <= set(SENTENCES)
    assert set(MENDS) | LACKING | DATED <= set(CODES)


@settings(max_examples=amount(20, 50))
@given(records(), days, days)
def test_only_dated_problems_depend_on_the_day(record: Record, one: date, other: date) -> None:
    first, second = ([p for p in check(record, day) if p.code not in DATED] for day in (one, other))
    assert first == second


AGREEMENT = {
    "24 pages agrees with 327-350": (Record(page="327-350", number_of_pages=24), True),
    "23 does not": (Record(page="327-350", number_of_pages=23), False),
    "no number": (Record(page="327-350"), None),
    "article number": (Record(page="e12", number_of_pages=9), None),
    "two ranges": (Record(page="12-34, 40", number_of_pages=24), True),
}


@pytest.mark.parametrize(("record", "expected"), AGREEMENT.values(), ids=AGREEMENT)
def test_length_and_pages_are_compared(record: Record, expected: bool | None) -> None:
    assert pages_agree(record) is expected


def test_completeness_lists_what_a_citation_of_the_kind_needs() -> None:
    gauges = completeness(replace(GOOD, issue=""))
    assert [gauge.label for gauge in gauges] == [
        "Title", "Author", "Journal", "Date", "Volume", "Issue", "Pages", "Identifier or link", "Abstract", "Descriptors"]  # fmt: skip
    assert [gauge.field for gauge in gauges if not gauge.filled] == ["issue", "abstract", "descriptors"]


@pytest.mark.parametrize(
    ("record", "label"),
    [(Record(type="chapter"), "Book"), (Record(type="article-newspaper", genre="Opinion"), "Newspaper"),
     (Record(type="paper-conference", genre="Symposium"), "Conference"), (Record(type="thesis"), "Publisher")],
)  # fmt: skip
def test_the_container_is_called_what_it_is(record: Record, label: str) -> None:
    assert label in [gauge.label for gauge in completeness(record)]
    assert not any(gauge.filled for gauge in completeness(record))
