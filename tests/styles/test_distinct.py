"""Works that would be cited alike: letters, more names, given names, titles."""

import pytest

from litbase.record.dates import PartialDate
from litbase.record.names import parse_name
from litbase.record.record import Record
from litbase.styles import STYLES, Cite, bibliography, in_text, plain
from litbase.styles.distinct import letter


def work(title: str, year: int, *authors: str) -> Record:
    names = tuple(name for name in map(parse_name, authors) if name)
    return Record(id=title, type="book", title=title, author=names, issued=PartialDate(year=year) if year else None)


def cited(style: str, *works: Record) -> str:
    return plain(in_text(STYLES[style], [Cite(one) for one in works], works))


ALIKE = work("Beta", 2019, "Lind, Maja"), work("Alpha", 2019, "Lind, Maja"), work("Gamma", 2018, "Lind, Maja")


@pytest.mark.parametrize(
    ("works", "apa", "mla"),
    [
        (ALIKE, "(Lind, 2018, 2019b, 2019a)", "(Lind, Beta; Lind, Alpha; Lind, Gamma)"),
        (
            (work("A", 2019, "Lind, Maja"), work("B", 2019, "Lind, Tomas")),
            "(M. Lind, 2019; T. Lind, 2019)", "(M. Lind; T. Lind)",
        ),
        (
            (work("A", 2019, "Lind, Maja"), work("B", 2019, "Lind, Mikael"), work("C", 2018, "Lind, Jane")),
            "(J. Lind, 2018; M. Lind, 2019a, 2019b)", "(Maja Lind; Mikael Lind; J. Lind)",
        ),
        (
            (work("A", 2020, "Lind, M", "Lee, B", "Kay, C"), work("B", 2020, "Lind, M", "Moe, B", "Kay, C")),
            "(Lind, Lee, et al., 2020; Lind, Moe, et al., 2020)", "(Lind, Lee, et al.; Lind, Moe, et al.)",
        ),
        (
            (work("A", 2020, "Lind, M", "Lee, B", "Kay, C"), work("B", 2020, "Lind, M", "Lee, B", "Kay, C")),
            "(Lind et al., 2020a, 2020b)", "(Lind et al., A; Lind et al., B)",
        ),
        ((work("A", 0, "Lind, Maja"), work("B", 0, "Lind, Maja")), "(Lind, n.d.-a, n.d.-b)", "(Lind, A; Lind, B)"),
        ((work("Same", 2019), work("Same", 2020)), "(Same, 2019, 2020)", "(Same; Same)"),
    ],
)  # fmt: skip
def test_works_are_cited_apart(works, apa, mla):
    assert cited("apa", *works) == apa
    assert cited("mla", *works) == mla


def test_letters_go_by_title_whatever_the_order_of_the_works():
    told = [plain(one.text) for one in bibliography(STYLES["apa"], ALIKE)]
    assert told == ["Lind, M. (2018). Gamma.", "Lind, M. (2019a). Alpha.", "Lind, M. (2019b). Beta."]


def test_mla_repeats_no_author():
    told = [plain(one.text) for one in bibliography(STYLES["mla"], ALIKE)]
    assert told == ["Lind, Maja. Alpha. 2019.", "———. Beta. 2019.", "———. Gamma. 2018."]


def test_an_author_with_others_is_another_author():
    works = work("A", 2019, "Lind, Maja"), work("B", 2019, "Lind, Maja", "Lee, Bo", "Kay, Cy")
    told = [plain(one.text) for one in bibliography(STYLES["mla"], works)]
    assert told == ["Lind, Maja. A. 2019.", "Lind, Maja, et al. B. 2019."]


def test_forty_works_of_a_year_have_forty_letters():
    works = [work(f"T{n:02}", 2019, "Lind, Maja") for n in range(40)]
    told = {plain(one.text).split(")")[0] for one in bibliography(STYLES["apa"], works)}
    assert len(told) == 40
    assert letter(39) == "an"
