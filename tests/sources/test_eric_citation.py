"""ERIC's source lines: the grammar, case by case."""
# ruff: noqa: E501  (one case a line)

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litbase.sources.eric_citation import Citation, is_citation, numbers, parse_citation

LINES = {
    "volume issue pages month": ("Journal of Educational Change, v20 n3 p327-350 Aug 2019", {"name": "Journal of Educational Change", "volume": "20", "issue": "3", "page": "327-350", "issued": "2019-08"}),
    "article number": ("Rooms, v9 Article 10 2019", {"name": "Rooms", "volume": "9", "number": "10", "issued": "2019"}),
    "double issue, two page ranges, winter": ("Rooms, v32 n1-2 p12-34, 40 Win 1999-2000", {"name": "Rooms", "volume": "32", "issue": "1-2", "page": "12-34, 40", "issued": "1999-24/2000-24"}),
    "no pages": ("Rooms, v4 n1 2018", {"name": "Rooms", "volume": "4", "issue": "1", "issued": "2018"}),
    "special issue": ("Rooms, v113 spec iss p1-9", {"name": "Rooms", "volume": "113", "issue": "spec iss", "page": "1-9"}),
    "dissertation": ("ProQuest LLC, Ph.D. Dissertation, Drexel University", {"name": "ProQuest LLC", "school": "Drexel University", "degree": "Doctoral dissertation"}),
    "dissertation alone": ("Ph.D. Dissertation, Drexel University", {"school": "Drexel University", "degree": "Doctoral dissertation"}),
    "dissertation with campus and year": ("Ed.D. Dissertation, University of California, Los Angeles, 2015", {"school": "University of California, Los Angeles", "degree": "Doctoral dissertation", "issued": "2015"}),
    "master's thesis": ("M.A. Thesis, Example College", {"school": "Example College", "degree": "Master's thesis"}),
    "commas in the name": ("Learning, Media and Technology, v45 n1 p1-12 2020", {"name": "Learning, Media and Technology", "volume": "45", "issue": "1", "page": "1-12", "issued": "2020"}),
    "a name that begins like a token": ("Reading, Naturally", {"name": "Reading, Naturally"}),
    "issuer and year": ("US Department of Education, 2015", {"name": "US Department of Education", "issued": "2015"}),
    "issuer alone": ("RAND Corporation", {"name": "RAND Corporation"}),
    "a span of months": ("Rooms, v30 n5 p4-9 May-Jun 1998", {"name": "Rooms", "volume": "30", "issue": "5", "page": "4-9", "issued": "1998-05/1998-06"}),
    "over the new year": ("Rooms, v5 n2 p90-99 Dec 1999-Jan 2000", {"name": "Rooms", "volume": "5", "issue": "2", "page": "90-99", "issued": "1999-12/2000-01"}),
    "a day": ("Rooms, v9 n4 p7-9 Apr 30 1972", {"name": "Rooms", "volume": "9", "issue": "4", "page": "7-9", "issued": "1972-04-30"}),
    "no volume": ("Rooms, n45 p12-15 Feb 2003", {"name": "Rooms", "issue": "45", "page": "12-15", "issued": "2003-02"}),
    "supplement": ("Rooms, v12 n3 suppl 1 pS5-S12 Spr 2003", {"name": "Rooms", "volume": "12", "issue": "3 suppl 1", "page": "S5-S12", "issued": "2003-21"}),
    "roman pages": ("Rooms, v12 n4 pxi-xiv 2010", {"name": "Rooms", "volume": "12", "issue": "4", "page": "xi-xiv", "issued": "2010"}),
    "pages that go on": ("Rooms, v12 n4 p12+ 2010", {"name": "Rooms", "volume": "12", "issue": "4", "page": "12+", "issued": "2010"}),
    "a year after a comma is no page": ("Rooms, v5 n2 p90-99, 2001", {"name": "Rooms", "volume": "5", "issue": "2", "page": "90-99", "issued": "2001"}),
    "spelled with dots": ("Rooms, Vol. 35, No. 2, pp. 3-12, Sum 2011", {"name": "Rooms", "volume": "35", "issue": "2", "page": "3-12", "issued": "2011-22"}),
    "year as volume": ("Rooms, v2014 n163 p25-32 Fall 2014", {"name": "Rooms", "volume": "2014", "issue": "163", "page": "25-32", "issued": "2014-23"}),
    "letters in the article number": ("Rooms, v1 n1 Article e12 Sep 2019", {"name": "Rooms", "volume": "1", "issue": "1", "number": "e12", "issued": "2019-09"}),
    "meeting paper": ("Online Submission, Paper presented at the Annual Meeting of the Example Society (93rd, San Francisco, CA, Apr 27-May 1, 2013)", {"name": "Online Submission", "event": "Annual Meeting of the Example Society", "place": "San Francisco, CA", "issued": "2013-04"}),
    "meeting with a short name": ("Grantee Submission, Paper presented at the International Conference on Rooms (ICR) (11th, Porto, Portugal, Oct 25-27, 2014)", {"name": "Grantee Submission", "event": "International Conference on Rooms (ICR)", "place": "Porto, Portugal", "issued": "2014-10"}),
    "meeting without place": ("Paper presented at the Meeting of Rooms", {"event": "Meeting of Rooms"}),
    "no comma before the volume": ("Grantee Submission, Rooms v47 n2 p127-135 2019", {"name": "Grantee Submission, Rooms", "volume": "47", "issue": "2", "page": "127-135", "issued": "2019"}),
    "what is not understood": ("Rooms, v61 n2 p123-130 2019 (first draft)", {"name": "Rooms", "volume": "61", "issue": "2", "page": "123-130", "issued": "2019", "rest": "(first draft)"}),
    "nothing": ("", {}),
}  # fmt: skip


def said(citation: Citation) -> dict[str, str]:
    return {name: str(value) for name, value in citation._asdict().items() if value}


@pytest.mark.parametrize(("line", "expected"), LINES.values(), ids=LINES)
def test_source_lines(line: str, expected: dict[str, str]) -> None:
    assert said(parse_citation(line)) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("v20 n3 p327-350 Aug 2019", {"volume": "20", "issue": "3", "page": "327-350", "issued": "2019-08"}),
        ("v33 n1 Jan 1998", {"volume": "33", "issue": "1", "issued": "1998-01"}),
        ("Article 10 2019", {"number": "10", "issued": "2019"}),
        ("2019", {"issued": "2019"}),
        ("n.d.", {"rest": "n.d."}),
    ],
)
def test_tokens_without_a_name(line: str, expected: dict[str, str]) -> None:
    assert said(numbers(line)) == expected


@pytest.mark.parametrize(
    ("line", "sure"),
    [
        ("Journal of Educational Change, v20 n3 p327-350 Aug 2019", True),
        ("Ph.D. Dissertation, Drexel University", True),
        ("US Department of Education, 2015", True),
        ("Mehta, Jal; Peterson, Amelia", False),
        ("RAND Corporation", False),
        ("", False),
        ("x" * 5000 + ", v1 n1", False),
    ],
)
def test_what_is_surely_a_source_line(line: str, sure: bool) -> None:
    assert is_citation(line) is sure


@given(st.integers(1, 400), st.integers(1, 12), st.integers(1, 900), st.integers(0, 80), st.integers(1950, 2025))
def test_what_is_written_in_the_grammar_is_read_back(volume: int, issue: int, first: int, more: int, year: int) -> None:
    pages = f"{first}-{first + more}" if more else str(first)
    found = parse_citation(f"A Journal, of Sorts, v{volume} n{issue} p{pages} {year}")
    assert said(found) == {
        "name": "A Journal, of Sorts",
        "volume": str(volume),
        "issue": str(issue),
        "page": pages,
        "issued": str(year),
    }


@given(st.text(alphabet="vnpArticle 0123456789-,.;JanWi()–", max_size=200))
def test_any_line_is_read(line: str) -> None:
    parse_citation(line)
    is_citation(line)
