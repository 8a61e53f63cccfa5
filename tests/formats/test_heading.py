"""What stands in front of an exported file: every reader passes over it, and nothing gets out of a comment."""

import shutil
import subprocess
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litbase.formats import FORMATS, by_name
from litbase.formats.bibtex import read as bibtex
from litbase.formats.heading import can_be_headed, headed
from litbase.formats.marc import xml_read as marcxml
from litbase.record.reading import Document, Reading
from litbase.record.record import Record

LINES = [
    "Reading room: 12 records", 'Query: "learning" @article{x, --> ]]> -- - %', "Filter: Type: @book{y, title={z}}",
    "Search: https://library.example/search?q=%40book%7By%2C&from=1990", "ends in a hyphen -", "} { \\ @string{a=b}",
]  # fmt: skip
RECORDS = [Record(type="book", title=f"Title {n}", citation_key=f"key{n}") for n in range(3)]
HEADED = [format.name for format in FORMATS if can_be_headed(format.name)]


def written(name, lines=LINES, records=RECORDS):
    return "".join(headed(name, by_name(name).dump(records), lines))


def test_formats_with_comments_are_these():
    assert HEADED == ["bibtex", "biblatex", "dc", "marcxml"]


@pytest.mark.parametrize("name", [format.name for format in FORMATS if format.name not in HEADED])
def test_a_format_without_comments_stays_as_it_is(name):
    assert written(name) == "".join(by_name(name).dump(RECORDS))


@pytest.mark.parametrize("name", HEADED)
def test_the_lines_are_in_front_and_nothing_without_lines(name):
    assert written(name).index("Reading room: 12 records") < written(name).index("Title 0")
    assert written(name, []) == "".join(by_name(name).dump(RECORDS))
    assert "Reading room" in written(name, records=[])


@pytest.mark.parametrize("name", ["bibtex", "biblatex"])
def test_our_own_reader_passes_over_them(name):
    document = Document.from_text(written(name), "x.bib")
    assert bibtex.sniff(document) == 95
    read = list(bibtex.read(document))
    assert [one.record.title for one in read if isinstance(one, Reading)] == ["Title 0", "Title 1", "Title 2"]
    assert [(one.notices, one.leftovers) for one in read] == [((), ())] * 3


def test_our_reader_of_marcxml_passes_over_them():
    read = list(marcxml.read(Document.from_text(written("marcxml"), "x.xml")))
    assert [one.record.title for one in read if isinstance(one, Reading)] == ["Title 0", "Title 1", "Title 2"]


@pytest.mark.parametrize("name", ["dc", "marcxml"])
@given(lines=st.lists(st.text(max_size=40), max_size=4))
def test_xml_stays_whole(name, lines):
    root = ET.fromstring(written(name, lines).encode())
    assert len(root) == 3


@given(lines=st.lists(st.text(max_size=40), max_size=4))
def test_no_entry_comes_of_a_line(lines):
    text = written("bibtex", [*lines, "x"], records=[])
    assert "@" not in text
    assert all(line.startswith("%") for line in text.rstrip("\n").split("\n"))


@pytest.mark.skipif(not shutil.which("pandoc"), reason="pandoc is missing")
@pytest.mark.parametrize(("name", "reader"), [("bibtex", "bibtex"), ("biblatex", "biblatex")])
def test_pandoc_passes_over_them(name, reader):
    done = subprocess.run(
        ["pandoc", "-f", reader, "-t", "csljson"], input=written(name), capture_output=True, text=True, check=True
    )
    assert [done.stdout.count(f"Title {n}") for n in range(3)] == [1, 1, 1]
    assert done.stderr == ""
