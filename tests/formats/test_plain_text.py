"""Bibliographies as plain text."""

import pytest

from litbase.errors import BadInput
from litbase.formats import by_name
from litbase.formats.options import STYLES, Options
from litbase.formats.plain_text import MOST
from litbase.record.dates import PartialDate
from litbase.record.names import Name
from litbase.record.record import Record
from litbase.styles import STYLES as WRITTEN
from tests.formats.csl_style.written import full, kept


def paper(title: str, family: str = "Fullan", year: int = 2019) -> Record:
    author = (Name(family=family, given="Michael"),)
    return Record(type="article-journal", title=title, author=author, issued=PartialDate(year=year),
                  container_title="Journal of Educational Change", volume="20", page="1-9")  # fmt: skip


def text(records: list[Record], style: str = "apa") -> list[str]:
    return "".join(by_name("text").dump(records, Options(style=style))).splitlines()


def test_the_choices_of_a_style_are_the_styles_there_are():
    assert tuple(WRITTEN) == STYLES


def test_works_cited_alike_are_told_apart():
    assert text([paper("Schools at work"), paper("Change at school")]) == [
        "Fullan, M. (2019a). Change at school. Journal of Educational Change, 20, 1–9.",
        "Fullan, M. (2019b). Schools at work. Journal of Educational Change, 20, 1–9.",
    ]


@pytest.mark.parametrize("style", STYLES)
def test_every_style_writes_one_line_for_each_work(style):
    lines = text([paper("Schools at work"), paper("Change", "Ng", 2020), Record(title="Two\nlines")], style)
    assert len(lines) == 3
    assert sum("2020" in line for line in lines) == 1


def test_a_style_file_is_refused_more_than_a_bibliography(tmp_path):
    file = kept(tmp_path, full())
    with pytest.raises(BadInput, match="at most 5,000 records"):
        list(by_name("text").dump((paper(f"Study {n}") for n in range(MOST + 1)), Options(style="own", file=file)))


def test_a_list_too_long_for_a_bibliography_comes_as_the_records_do():
    lines = text([paper(f"Study {MOST - n}") for n in range(MOST + 1)])
    assert len(lines) == MOST + 1
    assert "(2019)" in lines[0]
    assert f"Study {MOST}." in lines[0]
