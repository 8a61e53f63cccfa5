"""Publisher, place and date, extent and dissertation note of a MARC record."""

import pytest

from litbase.formats.marc.record import to_record
from litbase.record.record import Record
from tests.formats.marc.marc_records import ARTICLE, BOOK, record


def read(leader: str, *lines: str) -> Record:
    return to_record(record(leader, *lines))[0]


IMPRINTS = {
    "AACR2": (["260 ## $a New York :$b Wiley,$c 1999."], ("New York", "Wiley", "1999")),
    "RDA": (["264 #1 $a New York :$b Wiley,$c [2011]", "264 #4 $c ©2010"], ("New York", "Wiley", "2011")),
    "copyright date alone": (["264 #1 $a New York :$b Wiley", "264 #4 $c ©2010"], ("New York", "Wiley", "2010")),
    "two places": (["260 ## $a Oxford ;$a New York :$b OUP,$c 2005."], ("Oxford; New York", "OUP", "2005")),
    "two publishers": (["260 ## $a London :$b A ;$a Paris :$b B,$c 2005."], ("London", "A", "2005")),
    "in brackets": (["260 ## $a [Berlin :$b Springer],$c 2005"], ("Berlin", "Springer", "2005")),
    "unknown": (["260 ## $a [S.l.] :$b [s.n.],$c 2003."], ("", "", "2003")),
    "unknown in RDA": (
        ["264 #1 $a [Place of publication not identified] :$b [publisher not identified],$c 2003"],
        ("", "", "2003"),
    ),
    "abbreviated state": (
        ["260 ## $a Northridge, Calif. :$b Assoc.,$c 2003"],
        ("Northridge, Calif.", "Assoc.", "2003"),
    ),
    "production": (["264 #0 $a Nagasaki,$c 1903"], ("Nagasaki", "", "1903")),
    "008 alone": (["008 880726s1687    sp bf         000 0cspa d"], ("", "", "1687")),
    "month of 008": (["008 010101e20060815xx", "260 ## $c 2006."], ("", "", "2006-08-15")),
}


@pytest.mark.parametrize(("lines", "expected"), IMPRINTS.values(), ids=IMPRINTS)
def test_place_publisher_and_date(lines: list[str], expected: tuple[str, str, str]) -> None:
    found = read(BOOK, *lines)
    assert (found.publisher_place, found.publisher, str(found.issued)) == expected


EXTENTS = {
    "xii, 384 p. :": 384,
    "188p.": 188,
    "1 online resource (xi, 234 pages)": 234,
    "[24], 432 p., [1] folded leaf": 432,
    "XIII, 514 S.": 514,
    "417 Seiten": 417,
    "2 p. l., 256 p.": 256,
    "ix, 196 leaves": 196,
    "3 v.": None,
    "1 videocassette (128 min.)": None,
    "v. <1>": None,
}


@pytest.mark.parametrize("text", EXTENTS)
def test_pages_are_counted(text: str) -> None:
    assert read(BOOK, f"300 ## $a {text}").number_of_pages == EXTENTS[text]


def test_pages_of_a_part_are_its_pages() -> None:
    assert read(ARTICLE, "300 ## $a p. 45-67 :$b ill.").page == "45-67"


THESES = {
    "Thesis (Ph. D.)--Harvard University, 1998.": ("Harvard University", "1998", "Doctoral dissertation"),
    "Thesis (Ph.D.) -- Temple University, 1972.": ("Temple University", "1972", "Doctoral dissertation"),
    "Thesis (doctoral) - Universität, Neuchâtel, 1998.": ("Universität, Neuchâtel", "1998", "Doctoral dissertation"),
    "Honors essay: Department of Sociology, 1983.": ("Department of Sociology", "1983", "Bachelor's thesis"),
    "München, Univ., Diss., 2005": ("Univ. München", "2005", "Doctoral dissertation"),
    "Thesis--Indiana University.": ("Indiana University", "None", ""),
}


@pytest.mark.parametrize("text", THESES)
def test_a_dissertation_note_names_university_year_and_degree(text: str) -> None:
    found = read(BOOK, "245 10 $a T", f"502 ## $a {text}")
    assert (found.publisher, str(found.issued), found.genre) == THESES[text]
