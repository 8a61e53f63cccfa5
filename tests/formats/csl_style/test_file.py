"""CSL style files: which are taken, and what is said of the others."""

from pathlib import Path

import pytest

from litbase.errors import BadInput
from litbase.formats.csl_style.file import MOST_BYTES, read
from tests.formats.csl_style.written import TITLE, dependent, full, kept

LAUGHS = '<!DOCTYPE s [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'


def chain(length: int) -> str:
    """Macros that each call the next one twice."""
    macros = [f'<macro name="m{n}"><text macro="m{n + 1}"/><text macro="m{n + 1}"/></macro>' for n in range(length)]
    return "".join([*macros, f'<macro name="m{length}">{TITLE}</macro>'])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param(b"", "own.csl:1: this is no CSL style", id="nothing"),
        pytest.param("@book{a, title={T}}", "own.csl:1: this is no CSL style", id="no XML"),
        pytest.param("<html><style>p {}</style></html>", "expected a CSL style, which begins", id="a web page"),
        pytest.param(full()[:-20], "this is no CSL style", id="cut off"),
        pytest.param("\x00\xff\xfe".encode("latin-1"), "in UTF-8", id="bytes"),
        pytest.param(LAUGHS + full(), "without DOCTYPE", id="a document type"),
        pytest.param(full("<group>" * 200 + "</group>" * 200), "nested at most", id="deep"),
        pytest.param(full() + " " * MOST_BYTES, "at most 2,000,000 bytes", id="huge"),
        pytest.param(full().replace('version="1.0"', 'version="0.8"'), "CSL 1.0, found version '0.8'", id="old"),
        pytest.param(full().replace("bibliography", "other"), "no bibliography", id="no bibliography"),
        pytest.param(full(more=' default-locale="tlh"'), "language 'tlh' are not known", id="unknown language"),
        pytest.param(full('<text macro="x"/>'), "calls the macro x, which", id="no such macro"),
        pytest.param(
            full(macros='<macro name="a"><text macro="b"/></macro><macro name="b"><text macro="a"/></macro>'),
            "would never end, its macros call each other: a -> b", id="endless",
        ),
        pytest.param(full('<text macro="m0"/>', macros=chain(40)), "expected a style that prints at most", id="a bomb"),
        pytest.param(dependent("../../etc/passwd/.."), "address of the parent style", id="a path for a parent"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_used_says_why(tmp_path: Path, text, said):
    path = kept(tmp_path, text)
    with pytest.raises(BadInput) as raised:
        read(path)
    assert said in str(raised.value)
    assert str(path) in str(raised.value)


def test_a_style_brings_the_terms_of_a_language_nobody_knows(tmp_path):
    macros = '<locale xml:lang="tlh"><terms><term name="and">je</term></terms></locale>'
    assert read(kept(tmp_path, full(more=' default-locale="tlh"', macros=macros))).language == "tlh"


def test_a_dependent_style_is_its_parent_in_its_own_language(tmp_path):
    kept(tmp_path, full("<text value='parent'/>", more=' default-locale="en-US"'), "parent.csl")
    style = read(kept(tmp_path, dependent("parent", ' default-locale="de-DE"')))
    assert (style.name, style.language) == ("parent", "de-DE")


def test_a_dependent_style_without_its_parent_names_it_and_where_it_is(tmp_path):
    with pytest.raises(BadInput, match=r"styles/journal-of-x and keep it as .*journal-of-x\.csl"):
        read(kept(tmp_path, dependent("journal-of-x")))


def test_a_parent_is_a_full_style(tmp_path):
    kept(tmp_path, dependent("third"), "second.csl")
    with pytest.raises(BadInput, match="another name of the style 'third'"):
        read(kept(tmp_path, dependent("second")))
