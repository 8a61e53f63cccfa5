"""The names of a MARC record and what they did."""

import pytest

from litbase.formats.marc.codes import role_of
from litbase.formats.marc.record import to_record
from litbase.record.record import Record
from tests.formats.marc.marc_records import BOOK, record


def read(leader: str, *lines: str) -> Record:
    return to_record(record(leader, *lines))[0]


PEOPLE = {
    "main entry": (["100 1# $a Roe, Ann,$d 1937-"], {"author": ["Roe, Ann"]}),
    "initial keeps its stop": (["100 1# $a Roe, A."], {"author": ["Roe, A."]}),
    "a name loses its stop": (["100 1# $a Roe, Ann."], {"author": ["Roe, Ann"]}),
    "suffix": (["100 1# $a Roe, Ann,$c Jr.,$d 1937-"], {"author": ["Roe, Ann, Jr."]}),
    "particle": (["100 1# $a van der Berg, Jan"], {"author": ["van der Berg, Jan"]}),
    "a person called Group": (["100 1# $a Group, Ann"], {"author": ["Group, Ann"]}),
    "ruler": (["100 0# $a John Paul$b II,$c Pope"], {"author": ["John Paul II"]}),
    "editor by code": (["700 1# $a Roe, Ann$4 edt"], {"editor": ["Roe, Ann"]}),
    "editor by word": (["700 1# $a Roe, Ann,$e Herausgeber"], {"editor": ["Roe, Ann"]}),
    "editor by address": (["700 1# $a Roe, Ann$4 http://id.loc.gov/vocabulary/relators/edt"], {"editor": ["Roe, Ann"]}),
    "editor in the name": (["700 1# $a Roe, Ann, ed."], {"editor": ["Roe, Ann"]}),
    "editor by the statement": (["245 00 $a T$c edited by Ann Roe", "700 1# $a Roe, Ann"], {"editor": ["Roe, Ann"]}),
    "editor by what follows": (["245 00 $a T$c A. Roe, E. Poe (eds.)", "700 1# $a Roe, Ann"], {"editor": ["Roe, Ann"]}),
    "translator by the statement": (
        ["100 1# $a Camus, Albert", "245 00 $a T$c Albert Camus ; translated by Ann Roe", "700 1# $a Roe, Ann"],
        {"author": ["Camus, Albert"], "translator": ["Roe, Ann"]},
    ),
    "two verbs": (
        [
            "245 00 $a T$c edited with an introduction by Ann Roe, translated by E. Poe",
            "700 1# $a Roe, Ann",
            "700 1# $a Poe, E.",
        ],
        {"editor": ["Roe, Ann"], "translator": ["Poe, E."]},
    ),
    "second author": (["100 1# $a Roe, Ann", "700 1# $a Poe, E."], {"author": ["Roe, Ann", "Poe, E."]}),
    "actor is no author": (["700 1# $a Roe, Ann,$e actor."], {}),
    "preface is no authorship": (
        ["100 1# $a Roe, A.", "245 00 $a T$c A. Roe ; preface by E. Poe", "700 1# $a Poe, E."],
        {"author": ["Roe, A."]},
    ),
    "related work": (["100 1# $a Roe, Ann", "700 12 $a Poe, E.$t Rooms"], {"author": ["Roe, Ann"]}),
    "body": (
        ["110 1# $a United States.$b Department of Education."],
        {"author": ["United States. Department of Education"]},
    ),
    "body beside a person": (
        ["100 1# $a Roe, Ann", "710 2# $a Rand Corporation."],
        {"author": ["Roe, Ann"], "institution": ["Rand Corporation"]},
    ),
    "body alone": (["710 2# $a White House Web Team."], {"author": ["White House Web Team"]}),
    "publisher": (["100 1# $a Roe, Ann", "710 2# $a Klinkhardt$4 pbl"], {"author": ["Roe, Ann"]}),
    "sponsor": (
        ["100 1# $a Roe, Ann", "710 2# $a Ford Foundation,$e sponsor."],
        {"author": ["Roe, Ann"], "sponsor": ["Ford Foundation"]},
    ),
    "contributors alone": (["700 1# $a Roe, Ann$4 ctb"], {"author": ["Roe, Ann"]}),
    "meeting": (
        ["111 2# $a Conference on rooms$n (4th :$d 1988 :$c San Diego, Calif.)"],
        {"event_title": "Conference on rooms", "event_place": "San Diego, Calif."},
    ),
}


@pytest.mark.parametrize(("lines", "expected"), PEOPLE.values(), ids=PEOPLE)
def test_names_and_what_they_did(lines: list[str], expected: dict[str, object]) -> None:
    found = read(BOOK, *lines)
    roles = ("author", "editor", "translator", "institution", "sponsor", "event_title", "event_place")
    shown = {name: list(map(str, v)) if isinstance(v := getattr(found, name), tuple) else v for name in roles}
    assert {name: value for name, value in shown.items() if value} == expected


def test_more_authors_than_are_named_are_said_to_be_there() -> None:
    assert read(BOOK, "245 00 $a T$c Ann Roe ... [et al.]", "700 1# $a Roe, Ann").others
    assert not read(BOOK, "245 00 $a T$c Ann Roe", "700 1# $a Roe, Ann").others


@pytest.mark.parametrize(
    ("relator", "sort", "role"),
    [
        ("aut", "a", "author"),
        ("cmp.", "c", "author"),
        ("editor of compilation.", "a", "editor"),
        ("Übers.", "a", "translator"),
        ("Verfasser", "a", "author"),
        ("author of introduction", "a", ""),
        ("film director.", "g", "author"),
        ("film director.", "a", ""),
        ("film editor.", "g", ""),
        ("prf", "j", "author"),
        ("prf", "a", ""),
        ("wizard", "a", ""),
    ],
)
def test_relators(relator: str, sort: str, role: str) -> None:
    assert role_of(relator, sort) == role
