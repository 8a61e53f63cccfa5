"""Lists of names in every way references write them: where they end, and who is in them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litbase.sources.references.names import names_in, people_at

LISTS = {
    "inverted initials": ("Roe, A., & Poe, E. (2001). Rooms.", "Roe, A., & Poe, E.", ["Roe, A.", "Poe, E."]),
    "inverted and spoken": ("Roe, Ann, and Edgar Poe. Rooms.", "Roe, Ann, and Edgar Poe", ["Roe, Ann", "Poe, Edgar"]),
    "vancouver": ("Roe AB, Poe E. Rooms. J Rooms.", "Roe AB, Poe E", ["Roe, A. B.", "Poe, E."]),
    "vancouver with stops": ("Roe A.B., Poe E., 2001, ApJ", "Roe A.B., Poe E.", ["Roe, A. B.", "Poe, E."]),
    "vancouver with blanks": ("ROE A B, POE E. Rooms", "ROE A B, POE E.", ["ROE, A. B.", "POE, E."]),
    "initials first": ("A. B. Roe and E. Poe, “Rooms,”", "A. B. Roe and E. Poe", ["Roe, A. B.", "Poe, E."]),
    "spoken": ("Ann Roe. Rooms and doors.", "Ann Roe", ["Roe, Ann"]),
    "spoken, three": ("Ann Roe, Edgar Poe, and Kim Moe. Rooms", "Ann Roe, Edgar Poe, and Kim Moe",
                      ["Roe, Ann", "Poe, Edgar", "Moe, Kim"]),
    "semicolons": ("Roe, Ann; Poe, Edgar (1995). Rooms", "Roe, Ann; Poe, Edgar", ["Roe, Ann", "Poe, Edgar"]),
    "particles": ("van der Berg, J., & de la Cruz, M. (2001)", "van der Berg, J., & de la Cruz, M.",
                  ["van der Berg, J.", "de la Cruz, M."]),
    "a particle inside": ("Buarque de Holanda, Sergio. Rooms.", "Buarque de Holanda, Sergio",
                          ["Buarque de Holanda, Sergio"]),
    "a suffix": ("Roe, A. B., Jr., & Poe, E. (2001)", "Roe, A. B., Jr., & Poe, E.", ["Roe, A. B., Jr.", "Poe, E."]),
    "hyphens": ("Smith-Jones, A.-M. (2001)", "Smith-Jones, A.-M.", ["Smith-Jones, A.-M."]),
    "double families": ("García Márquez, G. (1967).", "García Márquez, G.", ["García Márquez, G."]),
    "capitals in French": ("DUPONT Jean, MARTIN Marie, Les salles", "DUPONT Jean, MARTIN Marie", None),
    "initials in brackets": ("ROE (A.), POE (E.), « Salles »", "ROE (A.), POE (E.)", None),
    "Russian initials": ("A. Yu. Smirnov, Rooms", "A. Yu. Smirnov", ["Smirnov, A. Yu."]),
    "letters with accents": ("Łukasz, Ö., & Ñandú, É. (2001)", "Łukasz, Ö., & Ñandú, É.", ["Łukasz, Ö.", "Ñandú, É."]),
}  # fmt: skip


@pytest.mark.parametrize(("text", "names", "people"), LISTS.values(), ids=LISTS)
def test_a_list_of_names_ends_where_it_ends(text: str, names: str, people: list[str] | None) -> None:
    found = people_at(text)
    assert found is not None
    assert text[: found.stop].rstrip(" .") == names.rstrip(" .")
    if people is not None:
        assert [str(name) for name in names_in(names)[0]] == people


def test_et_al_says_there_are_more() -> None:
    for text in (
        "Roe, A., et al. (2001)",
        "Roe A, Poe E, et al. Rooms.",
        "A. Roe et al., Rooms",
        "Roe, A. and others. R",
    ):
        found = people_at(text)
        assert found is not None
        assert found.others
        assert names_in(text[: found.stop])[1]


TITLES = (
    "James Gleick, Chaos: Making a New Science", "Benedict Anderson, Imagined Communities: Reflections",
    "Bourdieu, Pierre, Homo Academicus, Peter Collier (trans.)",
)  # fmt: skip


@pytest.mark.parametrize("text", TITLES)
def test_a_title_that_looks_like_a_name_is_none(text: str) -> None:
    found = people_at(text)
    assert found is not None
    assert len(found.spans) == 1


def test_what_is_no_name_is_none() -> None:
    for text in ("The power of feedback.", "On doors", "2001. Rooms", "", "Learning and teaching in schools"):
        assert people_at(text) is None


GROUPS = {
    "World Health Organization": ["World Health Organization"],
    "Health and Retirement Study": ["Health and Retirement Study"],
    "In K. Moe & A. van Roe (Eds.),": ["Moe, K.", "van Roe, A."],
    "edited by Samuel Otter and Geoffrey Sanborn,": ["Otter, Samuel", "Sanborn, Geoffrey"],
    "hrsg. von A. Roe und E. Poe": ["Roe, A.", "Poe, E."],
    "Trans. W. D. Ross.": ["Ross, W. D."],
    "Roe, A. (Hrsg.)": ["Roe, A."],
    "Hinton G E, Osindero S, Teh Y W": ["Hinton, G. E.", "Osindero, S.", "Teh, Y. W."],
}


@pytest.mark.parametrize(("text", "names"), GROUPS.items(), ids=GROUPS)
def test_names_in_a_part(text: str, names: list[str]) -> None:
    assert [str(name) for name in names_in(text)[0]] == names


@given(st.text(alphabet="ABCabc ÄÖé.,;&-'()[] and et al", max_size=80))
def test_no_text_raises_and_a_list_lies_inside_it(text: str) -> None:
    found = people_at(text)
    if found:
        assert 0 < found.stop <= len(text)
        assert all(0 <= start < stop <= found.stop for start, stop in found.spans)
    names_in(text)
