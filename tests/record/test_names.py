"""Names: people in parts, groups whole, from the lines they really come in."""
# ruff: noqa: E501 (one case per line)

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litbase.record.names import Name, is_group, parse_byline, parse_name, parse_names, role_of
from tests.strategies import names

PEOPLE = {
    "family and given": ("Mehta, Jal", Name(family="Mehta", given="Jal")),
    "spoken": ("Jal Mehta", Name(family="Mehta", given="Jal")),
    "particle": ("van der Berg, Jan", Name(family="Berg", given="Jan", particle="van der")),
    "capital particle stays family": ("Van Houtte, Mieke", Name(family="Van Houtte", given="Mieke")),
    "particle and suffix": ("de la Cruz, Juan, Jr.", Name(family="Cruz", given="Juan", particle="de la", suffix="Jr.")),
    "spoken particle": ("Ludwig van Beethoven", Name(family="Beethoven", given="Ludwig", particle="van")),
    "suffix II": ("Lott, Joe, II", Name(family="Lott", given="Joe", suffix="II")),
    "suffix with a full stop": ("Kramer, Dennis A., II.", Name(family="Kramer", given="Dennis A.", suffix="II")),
    "stray comma before an initial": ("Brown, Byron, W.", Name(family="Brown", given="Byron W.")),
    "stray comma and suffix": ("Camblin, Lanthan, D., Jr.", Name(family="Camblin", given="Lanthan D.", suffix="Jr.")),
    "suffix before the given name": (
        "Thomas, Jr., William L.",
        Name(family="Thomas", given="William L.", suffix="Jr."),
    ),
    "comma at the end": ("Moore, Kristin A,", Name(family="Moore", given="Kristin A")),
    "role": ("Barnard, Henry, Ed.", Name(family="Barnard", given="Henry")),
    "V. is an initial": ("Petrov, V.", Name(family="Petrov", given="V.")),
    "M.D. alone are initials": ("Smith, M.D.", Name(family="Smith", given="M.D.")),
    "M.D. after a name is a degree": ("Smith, John, M.D.", Name(family="Smith", given="John", suffix="M.D.")),
    "a person called Others": ("Others, Ann", Name(family="Others", given="Ann")),
    "a person called School": ("School, Ann", Name(family="School", given="Ann")),
    "a person called Staff": ("Staff, Jeremy", Name(family="Staff", given="Jeremy")),
    "a person called Bank": ("Bank, Barbara J.", Name(family="Bank", given="Barbara J.")),
    "a given name that is a group word": ("Bishop, National", Name(family="Bishop", given="National")),
    "apostrophe": ("O'Brien, Siân", Name(family="O'Brien", given="Siân")),
}
GROUPS = (
    "International Perspectives on Education Reform Group",
    "OECD",
    "U.S. Department of Education",
    "Center for Education Policy Research, Harvard University",
    "The Learning First Alliance",
    "National Research Council",
    "RAND Corporation, Santa Monica",
    "Westat, Inc.",
    "Smith and Sons & Co.",
    "World Bank",
    "Madonna",
    "山田太郎",
)


@pytest.mark.parametrize(("text", "expected"), PEOPLE.values(), ids=PEOPLE)
def test_a_person_is_parsed_into_parts(text: str, expected: Name) -> None:
    assert parse_name(text) == expected


@pytest.mark.parametrize("text", GROUPS)
def test_a_group_or_a_single_name_stays_whole(text: str) -> None:
    assert parse_name(text) == Name(literal=text)


@pytest.mark.parametrize(
    "text", ["", "  ", "And Others", "And Others.", "and others", "AND OTHERS", "et al.", "Others"]
)
def test_others_and_nothing_are_no_name(text: str) -> None:
    assert parse_name(text) is None


def test_and_others_with_a_full_stop_was_a_person_called_others() -> None:
    assert parse_names("Smith, Ann, And Others.") == (Name(family="Smith", given="Ann"),)


SPOKEN = {
    "person": (
        Name(family="Berg", given="Jan", particle="van der", suffix="Jr."),
        "van der Berg, Jan, Jr.",
        "Jan van der Berg, Jr.",
    ),
    "group": (Name(literal="OECD"), "OECD", "OECD"),
    "no given name": (Name(family="Plato"), "Plato", "Plato"),
}


@pytest.mark.parametrize(("name", "filed", "spoken"), SPOKEN.values(), ids=SPOKEN)
def test_a_name_is_written_as_filed_and_as_spoken(name: Name, filed: str, spoken: str) -> None:
    assert (str(name), name.display) == (filed, spoken)


@given(names())
def test_a_filed_name_parses_back(name: Name) -> None:
    assert parse_name(str(name)) == name


@given(st.text(max_size=80))
def test_parsing_never_fails_and_gives_no_empty_name(text: str) -> None:
    for name in (parse_name(text), *parse_names(text), *parse_byline(text)):
        assert name is None or str(name).strip()


LINES = {
    "catalogue line": (
        "Gomez, Louis M., Biag, Manuelito, Imig, David G.",
        ["Gomez, Louis M.", "Biag, Manuelito", "Imig, David G."],
    ),
    "suffix swallowed": ("Lott, Joe, II, Smith, Ann", ["Lott, Joe, II", "Smith, Ann"]),
    "group among people": (
        "Smith, Ann, National Research Council, Jones, Bo",
        ["Smith, Ann", "National Research Council", "Jones, Bo"],
    ),
    "one group": ("OECD", ["OECD"]),
    "odd part out": ("Smith, Ann, Jones", ["Smith, Ann", "Jones"]),
    "empty": ("", []),
}


@pytest.mark.parametrize(("text", "expected"), LINES.values(), ids=LINES)
def test_a_comma_joined_line_is_cut_into_names(text: str, expected: list[str]) -> None:
    assert [str(name) for name in parse_names(text)] == expected


BYLINES = {
    "ampersand": ("Amelia Peterson & Jal Mehta", ["Amelia Peterson", "Jal Mehta"]),
    "comma and and": ("By Ann Lee, Bo Jones and Cy Ng", ["Ann Lee", "Bo Jones", "Cy Ng"]),
    "oxford comma": ("Ann Lee, Bo Jones, and Cy Ng", ["Ann Lee", "Bo Jones", "Cy Ng"]),
    "suffix": ("Ann Lee, Jr. & Bo Jones", ["Ann Lee, Jr.", "Bo Jones"]),
    "group with on inside": ("International Perspectives on Education Reform Group", ["International Perspectives on Education Reform Group"]),
    "group with a comma": ("Center for Education Policy Research, Harvard University", ["Center for Education Policy Research, Harvard University"]),
    "group with and inside": ("Council for Science and Technology", ["Council for Science and Technology"]),
    "person and staff": ("Ann Lee & Education Week Staff", ["Ann Lee", "Education Week Staff"]),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), BYLINES.values(), ids=BYLINES)
def test_a_byline_is_cut_into_names(text: str, expected: list[str]) -> None:
    assert [name.display for name in parse_byline(text)] == expected


@pytest.mark.parametrize(
    ("text", "role"),
    [("Barnard, Henry, Ed.", "editor"), ("Lee, Ann, Trans.", "translator"), ("Lee, Ann", ""), ("OECD", "")],
)
def test_the_role_after_a_name_is_read(text: str, role: str) -> None:
    assert role_of(text) == role


def test_group_words_are_whole_words() -> None:
    assert is_group("Reform Group")
    assert not is_group("Groupe, Anne")


def test_every_author_of_real_eric_answers_is_a_person_with_a_family_and_a_given_name(shared: Path) -> None:
    given = {
        author
        for path in (shared / "data" / "eric" / "api").glob("*.json.gz")
        for record in json.loads(gzip.decompress(path.read_bytes()))["response"]["docs"]
        for author in record.get("author", ())
    }
    assert len(given) > 9000
    parsed = {text: parse_name(text) for text in given}
    assert {text for text, name in parsed.items() if name is None} == {"And Others", "And Others."}
    people = [name for name in parsed.values() if name]
    assert not [name for name in people if name.literal or not name.family or not name.given]
    assert {name.suffix for name in people} == {"", "Jr.", "II", "III"}
    assert {name.particle for name in people} >= {"van der", "de la", "van den", "von", "van de"}
