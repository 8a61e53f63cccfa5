"""The title of a MARC record: ISBD's punctuation made ours."""

import pytest

from litbase.formats.marc.titles import title_of
from tests.formats.marc.marc_records import line

TITLES = {
    "subtitle": ("$a Learning :$b a study /$c A. Roe.", "Learning: a study"),
    "subtitle without punctuation": ("$a Learning$b a study$c A. Roe", "Learning: a study"),
    "subtitle before ISBD": ("$a Learning;$b a study.$c A. Roe", "Learning: a study"),
    "another title": ("$a Rooms ;$b Doors /$c A. Roe", "Rooms; Doors"),
    "parallel title": ("$a Statistics =$b Statistiques.", "Statistics = Statistiques"),
    "question": ("$a What works? :$b a study", "What works? a study"),
    "part": ("$a Mathematics.$n Bd. 1,$p Linear algebra /$c A. Roe", "Mathematics. Bd. 1, Linear algebra"),
    "part without number": ("$a Databases.$p Newspapers$h [electronic resource].", "Databases. Newspapers"),
    "medium between": ("$a Rooms$h [microform] :$b a study", "Rooms: a study"),
    "abbreviation": ("$a Nutrition in the U.S. :$b a study", "Nutrition in the U.S.: a study"),
    "abbreviation at the end": ("$a Nutrition in the U.S.", "Nutrition in the U.S."),
    "supplied": ("$a [Letter to A. Roe]", "Letter to A. Roe"),
    "form alone": ("$k Papers.", "Papers"),
    "dates": ("$a Roe family papers,$f 1835-1900.", "Roe family papers, 1835-1900"),
    "punctuation inside": ("$a Rooms : a report / by A. Roe", "Rooms: a report"),
    "slash of its own": ("$a Male / female", "Male / female"),
    "nothing": ("$c A. Roe", ""),
}


@pytest.mark.parametrize(("text", "title"), TITLES.values(), ids=TITLES)
def test_a_title_has_its_punctuation_made_ours(text: str, title: str) -> None:
    assert title_of(line(f"245 10 {text}")) == title
