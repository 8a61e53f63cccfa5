"""UNIMARC: titles, people, imprint and hosts under its own tags, and what has no place in MARC 21 kept under them."""

import pytest

from litbase.formats.marc.record import to_record
from litbase.formats.marc.unimarc import ROLES, is_unimarc, translated
from litbase.record.record import Record
from tests.formats.marc.marc_records import BOOK, record

BOOK_ = "00000nam a2200000   450 "
PART = "00000naa a2200000   450 "
TITLE = "200 1# $a Les salles$e étude$f Ann Roe"


def read(leader: str, *lines: str) -> Record:
    return to_record(record(leader, *lines))[0]


def extra(found: Record) -> dict[str, str]:
    return dict(found.extra)


def test_it_is_known_by_its_title() -> None:
    assert is_unimarc(record(BOOK_, TITLE))
    assert not is_unimarc(record(BOOK, "245 10 $a Rooms", "200 1# $a Salles"))
    assert not is_unimarc(record(BOOK, "246 10 $a Rooms"))


TITLES = {
    "with a subtitle": ("200 1# $a Les salles$e étude$f Ann Roe", "Les salles: étude"),
    "with a parallel title": ("200 1# $a Les salles$d The rooms$f Ann Roe", "Les salles = The rooms"),
    "of a part": ("200 1# $a Les salles$h Tome 2$i Les portes", "Les salles. Tome 2, Les portes"),
    "with its material": ("200 1# $a Les salles$b Texte imprimé$e étude", "Les salles: étude"),
}


@pytest.mark.parametrize(("line", "title"), TITLES.values(), ids=TITLES)
def test_titles(line: str, title: str) -> None:
    assert read(BOOK_, line).title == title


def test_a_book() -> None:
    found = read(
        BOOK_,
        "010 ## $a 978-2-07-036001-3",
        "100 ## $a 20050412d2005    m  y0frey50      ba",
        "101 0# $a fre",
        TITLE,
        "205 ## $a 2e éd.",
        "210 ## $a Paris$c Gallimard$d 2005",
        "215 ## $a 643 p.",
        "225 0# $a Folio",
        "330 ## $a Résumé.",
        "606 ## $a Histoire$y France$z 19e siècle",
        "856 4# $u https://rooms.example/1",
    )
    assert (found.type, found.title, found.edition, found.collection_title) == (
        "book",
        "Les salles: étude",
        "2e éd.",
        "Folio",
    )
    assert (found.publisher, found.publisher_place, str(found.issued)) == ("Gallimard", "Paris", "2005")
    assert (found.isbn, found.language, found.number_of_pages) == (("978-2-07-036001-3",), ("fr",), 643)
    assert (found.abstract, found.keywords) == ("Résumé.", ("Histoire--France--19e siècle",))
    assert found.url == "https://rooms.example/1"


PEOPLE = {
    "an author": ("700 #1 $a Hugo$b Victor$4 070", ["Hugo, Victor"], []),
    "an author by the field": ("701 #1 $a Hugo$b Victor", ["Hugo, Victor"], []),
    "an editor": ("702 #1 $a Roe$b Ann$4 340", [], ["Roe, Ann"]),
    "a group": ("710 02 $a Institut des salles$4 070", ["Institut des salles"], []),
    "a letter of preface": ("702 #1 $a Roe$b Ann$4 080", [], []),
}


@pytest.mark.parametrize(("line", "authors", "editors"), PEOPLE.values(), ids=PEOPLE)
def test_people_by_the_numbers_of_their_roles(line: str, authors: list[str], editors: list[str]) -> None:
    found = read(BOOK_, TITLE, line)
    assert list(map(str, found.author)) == authors
    assert list(map(str, found.editor)) == editors


@pytest.mark.parametrize("number", ROLES)
def test_a_role_is_a_number_of_three_figures_and_a_code_of_three_letters(number: str) -> None:
    assert len(number) == len(ROLES[number]) == 3
    assert number.isdigit()
    assert ROLES[number].isalpha()


HOSTS = {
    "a journal and its issue": (
        ("461 #0 $t Revue$x 1234-5678$v 12", "463 #0 $t Revue, mai 2011$v 3$p 45-67$d 2011"),
        ("Revue", "12", "3", "45-67", "2011"),
    ),
    "one field for both": (
        ("461 #0 $t Revue$v vol. 12, no. 3, p. 45-67$d 2011",),
        ("Revue", "12", "3", "45-67", "2011"),
    ),
    "the issue alone": (("463 #0 $t Revue$v 3$d 2011",), ("Revue", "", "3", "", "2011")),
}


@pytest.mark.parametrize(("lines", "expected"), HOSTS.values(), ids=HOSTS)
def test_what_an_article_is_in(lines: tuple[str, ...], expected: tuple[str, ...]) -> None:
    found = read(PART, TITLE, *lines)
    assert found.type == "article-journal"
    assert (found.container_title, found.volume, found.issue, found.page, str(found.issued)) == expected


def test_what_has_no_place_is_kept_under_its_own_tag_and_what_has_one_is_not() -> None:
    found = read(
        BOOK_, "001 7", TITLE, "210 ## $a Paris$c Gallimard$d 2005", "801 #0 $a FR$b BNF", "215 ## $a 643 p.$d 18 cm"
    )
    assert extra(found) == {
        "unimarc:leader": BOOK_,
        "unimarc:001": "7",
        "unimarc:200": "1# ‡a Les salles ‡e étude ‡f Ann Roe",
        "unimarc:801": "#0 ‡a FR ‡b BNF",
        "unimarc:215": "‡a 643 p. ‡d 18 cm",
    }


def test_a_thesis_names_its_university_and_year() -> None:
    found = read(BOOK_, TITLE, "328 #0 $b Thèse de doctorat$c Éducation$e Paris 8$d 2008")
    assert (found.type, found.genre, found.publisher, str(found.issued)) == (
        "thesis",
        "Doctoral dissertation",
        "Paris 8",
        "2008",
    )


def test_every_field_of_the_record_has_become_something_or_is_named_as_left() -> None:
    given = record(BOOK_, "001 7", TITLE, "801 #0 $a FR", "700 #1 $a Hugo", "463 #0 $t Revue", "461 #0 $t Revue")
    made, became = translated(given)
    assert became.keys() == set(given.fields)
    assert {each for each in became.values() if each} <= set(made.fields)
    assert [each.tag for each, it in became.items() if it is None] == ["801"]
