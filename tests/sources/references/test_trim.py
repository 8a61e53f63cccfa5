"""What a stretch that is called a title holds beside the title."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litbase.sources.references.marks import Part
from litbase.sources.references.trim import trimmed

# The text, the stretch of it that was called the title, and the parts that stretch is.
CASES: dict[str, tuple[str, str, list[tuple[str, str]]]] = {
    "nothing else": ("Roe, A. Rooms. Acme", "Rooms.", [("title", "Rooms.")]),
    "a revised edition": (
        "Roe, A. Rooms. Revised edition. Acme",
        "Rooms. Revised edition.",
        [("title", "Rooms."), ("edition", "Revised edition.")],
    ),
    "an enlarged one": (
        "Rooms. Revised and expanded. Acme",
        "Rooms. Revised and expanded.",
        [("title", "Rooms."), ("edition", "Revised and expanded.")],
    ),
    "a director": (
        "Rooms. Dir. Ann Roe. Acme, 1996.",
        "Rooms. Dir. Ann Roe.",
        [("title", "Rooms."), ("note", "Dir. Ann Roe.")],
    ),
    "editors' sign": (
        "Rooms: a view, eds. A. Poe",
        "Rooms: a view, eds",
        [("title", "Rooms: a view"), ("lead", ", eds")],
    ),
    "a year": ("Rooms, 1976, New York: Acme.", "Rooms, 1976", [("title", "Rooms"), ("date", ", 1976")]),
    "a bracket left open": (
        "Rooms (Bureau of Doors special report). Acme",
        "Rooms (Bureau of Doors",
        [("title", "Rooms"), ("note", "(Bureau of Doors")],
    ),
    "another name": ("Roe, Joshua (Jed). Rooms. Acme", "Jed). Rooms.", [("title", "Rooms.")]),
    "a book it is in": (
        "Roe, A., 1996, in Rooms and Doors V, eds. B. Poe",
        "in Rooms and Doors V",
        [("container", "in Rooms and Doors V")],
    ),
    "a quotation that closes": (
        "Roe, A. “Rooms.” The Claim of Doors, 1979",
        "Rooms.” The Claim of Doors",
        [("title", "“Rooms.”"), ("container", "The Claim of Doors")],
    ),
    "a quotation and pages": (
        "Roe, A., ‘Rooms and doors’ (78-96) in",
        "Rooms and doors’ (78-96",
        [("title", "‘Rooms and doors’")],
    ),
    "a quotation in something": (
        'Roe, A., "Rooms" in Acme Doors, 1999',
        'Rooms" in Acme Doors',
        [("title", '"Rooms"'), ("container", "in Acme Doors")],
    ),
    "a quotation that closes later": (
        "ROE A., « La « salle » dans la maison. Vue », Revue des salles, 12",
        "La « salle",
        [("title", "« La « salle » dans la maison. Vue »")],
    ),
    "a quotation that reads on": (
        "Roe, A. “Rooms” and the doors. Acme",
        "“Rooms” and the doors.",
        [("title", "“Rooms” and the doors.")],
    ),
    "a short name": (
        "A. Roe and E. Poe, NE/SQP: A robust way, Math",
        "A robust way",
        [("title", "NE/SQP: A robust way")],
    ),
}


@pytest.mark.parametrize(("text", "stretch", "expected"), CASES.values(), ids=CASES)
def test_parts_of_a_title_s_stretch(text: str, stretch: str, expected: list[tuple[str, str]]) -> None:
    start = text.index(stretch)
    parts = trimmed(text, Part("title", start, start + len(stretch)))
    assert [(part.label, text[part.start : part.stop].strip()) for part in parts] == expected


def test_a_year_stays_where_the_date_stands_elsewhere() -> None:
    text = "Roe, A. (1970). Elections in Norway, 1968. Acme"
    title = Part("title", 16, 42)
    assert trimmed(text, title, {"date"}) == (title,)
    assert [part.label for part in trimmed(text, title)] == ["title", "date"]


@given(st.text(alphabet="Ab “”«»\"'’.,:;()[] in Dir. Rev. ed. 1968 series", min_size=1, max_size=120), st.data())
def test_no_part_leaves_the_text_or_overlaps_another(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    stop = data.draw(st.integers(start + 1, len(text)))
    parts = trimmed(text, Part("title", start, stop))
    assert parts[0].label in ("title", "container")
    places = [place for part in parts for place in (part.start, part.stop)]
    assert all(0 <= place <= len(text) for place in places)
    assert places == sorted(places)
