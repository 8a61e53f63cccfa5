"""Whole entries, bibliographies, citations and notes, held to what the reference processor prints for the same works.

`node tests/node/citeproc.mjs STYLES LOCALES < tests/styles/works.json > tests/styles/golden.json` prints them anew,
given the folders of CSL style and locale files.
"""

import re

import pytest

from litbase.styles import STYLES, Cite, bibliography, entry, html, in_text, note, plain
from tests.styles.golden import citations, printed, works

every_style = pytest.mark.parametrize("name", STYLES)
ENTRIES = [(name, key) for name in STYLES for key in works() if printed()[name]["alone"][key]]


def as_ours(markup: str) -> str:
    """The reference's HTML with named entities, one space behind a number, and italics within italics closed."""
    for number, name in (("38", "amp"), ("60", "lt"), ("62", "gt")):
        markup = markup.replace(f"&#{number};", f"&{name};")
    markup = re.sub(r"^(\[\d+\]|\d+\.)\s*", r"\1 ", markup)
    return re.sub(r'<span style="font-style:normal;">(.*?)</span>', r"</i>\1<i>", markup).replace("<i></i>", "")


@pytest.mark.parametrize(("name", "key"), ENTRIES)
def test_a_work_alone_is_as_the_reference_prints_it(name, key):
    assert plain(entry(STYLES[name], works()[key])) == printed()[name]["alone"][key]


@pytest.mark.parametrize(("name", "key"), ENTRIES)
def test_its_html_is_as_the_reference_prints_it(name, key):
    assert html(entry(STYLES[name], works()[key])) == as_ours(printed()[name]["html"][key])


@every_style
def test_a_bibliography_is_as_the_reference_prints_it(name):
    told = [[one.record.citation_key, plain(one.text)] for one in bibliography(STYLES[name], works().values())]
    assert told == [pair for pair in printed()[name]["bibliography"] if pair[1]]


@pytest.mark.parametrize(("name", "place"), [(name, place) for name in STYLES for place in range(len(citations()))])
def test_a_citation_is_as_the_reference_prints_it(name, place):
    cites = [
        Cite(works()[cite["id"]], cite.get("locator", ""), cite.get("label", "page")) for cite in citations()[place]
    ]
    style = STYLES[name]
    if style.note:
        told = [plain(note(style, cite)).rstrip(".") for cite in cites]
        assert "; ".join(told) == printed()[name]["citations"][place].rstrip(".")
    else:
        assert plain(in_text(style, cites, works().values())) == printed()[name]["citations"][place]
