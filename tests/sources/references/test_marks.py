"""What a reference marks by itself, wherever it stands, and what only looks like a mark."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litbase.sources.references.marks import marks

FOUND = {
    "volume and issue": ("Journal of Rooms, 12(3), 4–9.", [("volume", "12(3)"), ("pages", "4–9")]),
    "volume in words": ("Rooms, Vol. 21, No. 6, pp. 624-640", [("volume", "Vol. 21, No. 6"), ("pages", "pp. 624-640")]),
    "volume with a year": (
        "Victorian Studies 42 (1999): 358-60",
        [("volume", "42"), ("date", "1999"), ("pages", "358-60")],
    ),
    "vancouver": ("J Rooms. 2010;12(3):1-9", [("date", "2010"), ("volume", "12(3)"), ("pages", "1-9")]),
    "commas": ("Doors, 24, 1, 80-91", [("volume", "24, 1"), ("pages", "80-91")]),
    "acs": ("Nano Lett. 2010, 10, 1012.", [("date", "2010"), ("volume", "10"), ("pages", "1012")]),
    "german": ("Jg. 57, H. 2, S. 202–224", [("volume", "Jg. 57, H. 2"), ("pages", "S. 202–224")]),
    "in brackets": ("Roe, A. (2016, May 3). Rooms", [("date", "2016, May 3")]),
    "forthcoming": ("Roe, A. (in press). Rooms", [("date", "in press")]),
    "a length": ("Oxford: Acme, 1988. 368 pp.", [("date", "1988"), ("pages", "368 pp")]),
    "doi": ("Rooms. doi: 10.1234/ab.5", [("doi", "doi: 10.1234/ab.5")]),
    "accessed": (
        "http://x.org/a (accessed 6 July 2016)",
        [("url", "http://x.org/a"), ("accessed", "(accessed 6 July 2016)")],
    ),
    "editors": ("In A. Roe (Eds.), Rooms", [("role", "(Eds.)")]),
    "edited by": ("In Rooms, edited by A. Roe", [("role", "edited by")]),
    "translators": ("Rooms (A. Roe, Trans.). Acme", [("role", "A. Roe, Trans.")]),
    "edition": ("Rooms (4th ed.). Acme", [("edition", "4th ed.")]),
    "german edition": ("Räume. 3., überarb. Aufl. Berlin", [("edition", "3., überarb. Aufl.")]),
    "thesis": ("Rooms (Doctoral dissertation). Acme", [("genre", "(Doctoral dissertation)")]),
    "report": ("Rooms. Technical Report TR-12, Acme", [("genre", "Technical Report TR-12")]),
    "isbn": ("Rooms. ISBN 978-0-415-83904-4", [("isbn", "ISBN 978-0-415-83904-4")]),
    "eric": ("Rooms. (ED123456)", [("eric", "ED123456")]),
    "nothing": ("Rooms and doors: A review of teaching", []),
    "initials": ("V. L. Roe and S. C. Poe", []),
    "transactions": ("IEEE Trans. Educ", []),
}


@pytest.mark.parametrize(("text", "expected"), FOUND.values(), ids=FOUND)
def test_marks(text: str, expected: list[tuple[str, str]]) -> None:
    found = [(mark.label, text[mark.start : mark.stop].strip(" .,")) for mark in marks(text)]
    assert [one for one in found if one[0] != "lead"] == [(label, part.strip(" .,")) for label, part in expected]


@given(st.text(alphabet='AZa ,.;:()[]0129&–-/\x00vpS"“”', max_size=120))
def test_marks_lie_in_the_text_and_never_over_each_other(text: str) -> None:
    found = marks(text)
    assert all(0 <= mark.start < mark.stop <= len(text) for mark in found)
    ordered = sorted(found, key=lambda mark: mark.start)
    assert all(one.stop <= other.start for one, other in pairwise(ordered))
