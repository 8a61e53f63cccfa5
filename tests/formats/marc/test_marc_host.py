"""What an article or chapter of a MARC record is in, and where."""

import pytest

from litbase.formats.marc.host import related
from litbase.formats.marc.record import to_record
from litbase.record.record import Record
from tests.formats.marc.marc_records import ARTICLE, CHAPTER, record


def read(leader: str, *lines: str) -> Record:
    return to_record(record(leader, *lines))[0]


RELATED = {
    "Vol. 12, no. 3 (Mar. 1999), p. 45-67": ("12", "3", "45-67", "1999-03"),
    "v12 n3 p45-67 Fall 1998": ("12", "3", "45-67", "1998-23"),
    "p45-67 Fall 1998": ("", "", "45-67", "1998-23"),
    "12(1999), 3, Seite 45-67": ("12", "3", "45-67", "1999"),
    "volume:12; year:2010; number:3; pages:45-67": ("12", "3", "45-67", "2010"),
    "Jg. 12 (1999), H. 3, S. 45-67": ("12", "3", "45-67", "1999"),
    "Bd. 45.1998, 2, S. 145 - 167": ("45", "2", "145-167", "1998"),
    "Vol. 5, n.º 2 (2004), p. 3-9": ("5", "2", "3-9", "2004"),
    "38:2 (2005), 101-120": ("38", "2", "101-120", "2005"),
    "45(2), 1999, pp. 12-15": ("45", "2", "12-15", "1999"),
    "vol. 25, no. 4 (Oct.-Dec. 2001), pp. A1-A20": ("25", "4", "A1-A20", "2001-10/2001-12"),
    "vol. XVIII, 7th memoir, 1 p. l., p. 157-174.": ("XVIII", "", "157-174", "None"),
    "p. 12-34, 40": ("", "", "12-34, 40", "None"),
    "Vol. 1, no. 1 (Apr. 2023)": ("1", "1", "", "2023-04"),
    "Temple University, Philadelphia, Pa.": ("", "", "", "None"),
}


@pytest.mark.parametrize("text", RELATED)
def test_the_place_in_a_host_is_understood_in_the_forms_catalogues_print(text: str) -> None:
    found = related(text)
    parts = tuple(found.get(name, "") for name in ("volume", "issue", "page"))
    assert (*parts, str(found.get("issued"))) == RELATED[text]


def test_an_article_has_all_that_its_host_says() -> None:
    found = read(
        ARTICLE,
        "100 1# $a Mehta, Jal$4 aut",
        "245 14 $a The title$b subtitle",
        "264 #1 $c 2019",
        "773 08 $i In$t Journal of educational change$d Dordrecht [u.a.] : Springer, 2000"
        "$g 20(2019), 3, Seite 327-350$x 1389-2843",
        "773 18 $g volume:20$g year:2019$g number:3$g pages:327-350",
        "773 08 $i Online version:$t Journal of educational change$x 1573-1812",
        "856 40 $u https://doi.org/10.1007/s10833-019-09344-3",
        "024 7# $a 10.1007/s10833-019-09344-3$2 doi",
    )
    assert (found.container_title, found.volume, found.issue, found.page) == (
        "Journal of educational change",
        "20",
        "3",
        "327-350",
    )
    assert (str(found.issued), found.issn, found.eissn) == ("2019", ("1389-2843",), ("1573-1812",))
    assert (found.publisher, found.publisher_place, found.doi) == (
        "Springer",
        "Dordrecht [u.a.]",
        "10.1007/s10833-019-09344-3",
    )


def test_a_chapter_has_the_editors_publisher_and_isbn_of_its_book() -> None:
    found = read(
        CHAPTER,
        "100 1# $a Roe, A.",
        "245 10 $a Rooms",
        "773 0# $t Handbook of houses / edited by John Doe and Ann Poe.$d New York : Routledge, 2010"
        "$g p. 45-67$z 9780415839051",
    )
    assert (found.type, found.container_title, found.page, found.isbn) == (
        "chapter",
        "Handbook of houses",
        "45-67",
        ("9780415839051",),
    )
    assert (found.publisher_place, found.publisher, str(found.issued)) == ("New York", "Routledge", "2010")
    assert list(map(str, found.editor)) == ["Doe, John", "Poe, Ann"]


def test_a_title_with_a_slash_is_no_statement_of_responsibility() -> None:
    assert read(ARTICLE, "245 10 $a T", "773 0# $t Forum / Foro$x 1389-2843").container_title == "Forum / Foro"
