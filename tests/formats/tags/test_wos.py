"""Web of Science's tagged text, and what other data bases write in the same form."""

import pytest

from litbase.formats.tags import ris, wos
from litbase.record.dates import PartialDate
from litbase.record.names import Name
from litbase.record.reading import Document, Reading, Refusal
from litbase.record.record import Record

WHOLE = """FN Clarivate Analytics Web of Science
VR 1.0
PT J
AU Lind, AM
   Ek, B
AF Lind, Ada M.
   Ek, Bo
TI Rain and the concentration of pupils: what
   four schools saw
SO JOURNAL OF WEATHER
LA English
DT Article
DE rain; windows, open;
   clouds
ID CONCENTRATION; SCHOOL
AB Rain falls.
   Pupils look.
C1 [Lind, Ada M.; Ek, Bo] Univ Oslo, Oslo, Norway.
CR Lind A, 2001, J WEATHER, V1, P2
   Ek B, 1999, BOOK RAIN
NR 2
PU UMBRELLA PRESS
PI OSLO
SN 0222-6666
EI 1999-7777
J9 J WEATHER
PD AUG
PY 2019
VL 12
IS 3
BP 1035
EP 1047
DI 10.1000/rain.7
UT WOS:000400000000001
PM 31000001
ER

EF
"""


def readings(text: str) -> list[Reading | Refusal]:
    return list(wos.read(Document.from_text(text)))


def record(*lines: str, pt: str = "J") -> Record:
    [reading] = readings("\n".join(("FN X", "VR 1.0", f"PT {pt}", *lines, "ER", "", "EF")))
    return reading.record


DAMAGED = {
    "as it should be": WHOLE, "byte order mark": "\ufeff" + WHOLE, "carriage returns": WHOLE.replace("\n", "\r\n"),
    "no end": WHOLE.replace("ER\n\nEF\n", ""), "wrapped without blanks": WHOLE.replace("   four", "four"),
}  # fmt: skip


@pytest.mark.parametrize("text", DAMAGED.values(), ids=DAMAGED)
def test_a_record(text):
    [reading] = readings(text)
    found = reading.record
    assert wos.sniff(Document.from_text(text)) == 95
    assert ris.sniff(Document.from_text(text)) == 0
    assert (reading.key, reading.leftovers, reading.notices) == ("doi:10.1000/rain.7", (), ())
    assert found.title == "Rain and the concentration of pupils: what four schools saw"
    assert found.author == (Name(family="Lind", given="Ada M."), Name(family="Ek", given="Bo"))
    assert (found.type, found.genre, found.container_title) == ("article-journal", "", "JOURNAL OF WEATHER")
    assert (found.volume, found.issue, found.page) == ("12", "3", "1035-1047")
    assert found.issued == PartialDate(year=2019, month=8)
    assert (found.issn, found.eissn, found.language) == (("0222-6666",), ("1999-7777",), ("English",))
    assert found.keywords == ("rain", "windows, open", "clouds", "CONCENTRATION", "SCHOOL")
    assert [reference.text for reference in found.references] == [
        "Lind A, 2001, J WEATHER, V1, P2",
        "Ek B, 1999, BOOK RAIN",
    ]
    assert set(found.identifiers) == {("pmid", "31000001"), ("wos", "WOS:000400000000001")}
    assert (found.publisher, found.publisher_place) == ("UMBRELLA PRESS", "OSLO")
    assert ("wos:J9", "J WEATHER") in found.extra


FIELDS = {
    "a paper of a conference": ("C", ["DT Proceedings Paper", "SO WEATHER DAYS", "CT 3rd Weather Days", "CL Oslo"],
        {"type": "paper-conference", "event_title": "3rd Weather Days", "event_place": "Oslo",
            "container_title": "WEATHER DAYS"}),
    "a chapter": ("B", ["DT Article; Book Chapter", "SO THE BOOK", "BN 978-3-86490-311-3"],
        {"type": "chapter", "container_title": "THE BOOK", "isbn": ("978-3-86490-311-3",)}),
    "a review": ("J", ["DT Review"], {"type": "article-journal", "genre": "Review"}),
    "a patent": ("P", ["PN XX1-A", "AE UNIV OSLO"], {"type": "document", "genre": "Patent", "number": "XX1-A"}),
    "an article number": ("J", ["AR e12"], {"number": "e12"}),
    "short names alone": ("J", ["AU Lind, AM", "   Ek, B"],
        {"author": (Name(family="Lind", given="AM"), Name(family="Ek", given="B"))}),
    "a group": ("J", ["CA Weather Study Grp"], {"author": (Name(literal="Weather Study Grp"),)}),
    "small figures": ("J", ["TI LiNbO/sub 3/ and x/sup 2/ and/or"], {"title": "LiNbO₃ and x² and/or"}),
    "months": ("J", ["PY 2010", "PD JAN-FEB"],
        {"issued": PartialDate(year=2010, month=1, end=PartialDate(year=2010, month=2))}),
    "pages in one": ("J", ["PS 411-22"], {"page": "411-422"}),
}  # fmt: skip


@pytest.mark.parametrize(("pt", "lines", "expected"), FIELDS.values(), ids=FIELDS)
def test_a_tag_is_read_as_its_programs_mean_it(pt, lines, expected):
    given = () if any(line.startswith("TI ") for line in lines) else ("TI T",)
    found = record(*given, *lines, pt=pt)
    assert {field: getattr(found, field) for field in expected} == expected


def test_what_nobody_understands_is_left_over_with_its_line():
    text = WHOLE.replace("\nEF", "\nsee you\nEF")
    [reading] = readings(text)
    assert [leftover.text for leftover in reading.leftovers] == ["see you"]
    assert text.splitlines()[reading.leftovers[0].line - 1] == "see you"


@pytest.mark.parametrize("text", ["", "PT J\n", "FN X\nVR 1.0\nEF\n", "TY  - JOUR\nTI  - A\n", "PMID- 1\nTI  - A\n"])
def test_what_is_not_of_the_web_of_science_is_not_taken_for_it(text):
    assert wos.sniff(Document.from_text(text)) == 0


@pytest.mark.parametrize("text", ["", "nothing\n", "FN X\nVR 1.0\nEF\n"])
def test_a_file_without_a_record_is_refused(text):
    [refusal] = readings(text)
    assert isinstance(refusal, Refusal)
