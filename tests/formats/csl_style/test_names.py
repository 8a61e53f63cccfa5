"""Which style a person means."""

import pytest

from litbase.errors import BadInput
from litbase.formats.csl_style.names import Chosen, chosen, own, title
from tests.formats.csl_style.written import full, kept


@pytest.fixture
def library(tmp_path):
    """A library with two style files, one named as a style of litbase."""
    folder = tmp_path / "library" / "styles"
    folder.mkdir(parents=True)
    kept(folder, full(), "house.csl")
    kept(folder, full(), "apa.csl")
    (folder / "folder.csl").mkdir()
    return tmp_path / "library"


def test_the_files_of_a_library_are_styles_by_their_names(library):
    assert own(library) == {"house": library / "styles" / "house.csl"}
    assert chosen("house", library) == Chosen("house", library / "styles" / "house.csl")


def test_a_style_of_litbase_keeps_its_name(library):
    assert chosen("apa", library) == Chosen("apa")


def test_a_path_is_a_style(library, tmp_path):
    path = kept(tmp_path, full(), "mine.csl")
    assert chosen(str(path), library) == Chosen("mine", path)


@pytest.mark.parametrize(
    ("text", "said"), [("vancouver", "expected one of apa,.* ama, house, or the path"), ("no.csl", "no style file no")]
)
def test_an_unknown_style_says_what_there_is(library, text, said):
    with pytest.raises(BadInput, match=said):
        chosen(text, library)


def test_a_library_without_styles_offers_none(tmp_path):
    assert own(tmp_path) == {}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (full(), "T"),
        (full().replace("<title>T</title>", "<title>  Journal of &amp;\n Change </title>"), "Journal of & Change"),
        (full().replace("<title>T</title>", f"<title>{'x' * 500}</title>"), "x" * 100),
        (full().replace("<title>T</title>", ""), ""),
        ("<!DOCTYPE x>" + full(), ""),
        ("<!--" + "x" * 30_000 + "-->" + full(), ""),
        (b"\xff\xfe<", ""),
        ("", ""),
    ],
    ids=["plain", "escaped", "long", "none", "a DOCTYPE", "late", "not UTF-8", "empty"],
)
def test_a_style_is_called_by_its_title(tmp_path, text, told):
    assert title(kept(tmp_path, text)) == told


def test_a_title_is_read_again_when_the_file_changes(tmp_path):
    file = kept(tmp_path, full())
    assert title(file) == "T"
    kept(tmp_path, full().replace(">T<", ">New<"))
    assert title(file) == "New"
    file.unlink()
    assert title(file) == ""
