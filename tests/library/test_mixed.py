"""Several citation formats in one text: each entry is read by its reader, with the line it has in the text."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litbase.library import Library, open_library
from litbase.library.documents import Answer
from litbase.library.mixed import is_mixed
from litbase.library.origins import source_text
from litbase.library.reading import prepared, take
from litbase.record.notices import sentence
from litbase.record.reading import Document
from litbase.settings import Settings
from litbase.store.values import Incoming

BIBTEX = "@article{roe, author = {Roe, Ann}, title = {Boats of the Valley}, journal = {J}, year = {2001}}\n"
RIS = "TY  - JOUR\nTI  - Schools in Harbours\nAU  - Doe, Jo\nPY  - 2002\nER  - \n"
ERIC = (
    "ERIC Number: EJ1223055\nRecord Type: Journal\nPublication Date: 2019-Aug\nPages: 24\nAbstractor: As Provided\n"
    "ISBN: N/A\nISSN: EISSN-1573-1812\nEISSN: N/A\nMeadows of Meaning\nRoe, Ann; Doe, Jo\n"
    "Journal of Meadows, v20 n3 p327-350 Aug 2019\nWhat grows in meadows is read with care.\nDescriptors: Meadows\n"
)
NBIB = "PMID- 1234567\nTI  - Mountains of Letters\nAU  - Poe A\nDP  - 2003\n"
REFERENCES = (
    "Good, A. (2004). Rivers of reading. Journal of Reading, 3(2), 11-19.\n"
    "Hale, B. (2005). Lakes of learning. Journal of Learning, 4(1), 21-29.\n"
    "Moss, C. (2006). Ponds of pondering. Journal of Thought, 5(1), 31-39.\n"
)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    made = open_library(tmp_path / "library", Settings(), create=True)
    yield made
    made.close()


def read(library: Library, text: str) -> list[tuple[str, int, str]]:
    """What stands in *text*: the reader, the line, the title; of what is left out the reason."""
    return [
        (item.reader, item.line, item.record.title)
        if isinstance(item, Incoming)
        else ("", item.line, sentence(item.notices[-1]))
        for item in prepared(library, Answer(Document.from_text(text, "mixed.txt")))
    ]


ROWS = {
    "BibTeX before RIS": (
        f"{BIBTEX}\n{RIS}",
        [("bibtex", 1, "Boats of the Valley"), ("ris", 3, "Schools in Harbours")],
    ),
    "RIS before BibTeX": (
        f"{RIS}\n{BIBTEX}",
        [("ris", 1, "Schools in Harbours"), ("bibtex", 7, "Boats of the Valley")],
    ),
    "three formats, by turns": (
        f"{RIS}\n{NBIB}\n{BIBTEX}\n{RIS.replace('Harbours', 'Ports')}",
        [
            ("ris", 1, "Schools in Harbours"),
            ("nbib", 7, "Mountains of Letters"),
            ("bibtex", 12, "Boats of the Valley"),
            ("ris", 14, "Schools in Ports"),
        ],
    ),
    "numbers and stray text are left out, with reasons": (
        f"10.1007/s10833-019-09345-8\nEJ1223055\n{BIBTEX}\n{RIS}\nfor Monday\n",
        [
            ("", 1, "Numbers of works are not looked up in a file: 2 here, from 10.1007/s10833-019-09345-8 on"),
            ("bibtex", 3, "Boats of the Valley"),
            ("ris", 5, "Schools in Harbours"),
            ("", 11, "Lines that belong to no entry and are no references were left out: 1, from “for Monday” on"),
        ],
    ),
    "a page copied as text, before entries": (
        f"{ERIC}\n{BIBTEX}",
        [("eric", 1, "Meadows of Meaning"), ("bibtex", 15, "Boats of the Valley")],
    ),
    "a page copied as text, behind entries": (
        f"{BIBTEX}\n{ERIC}",
        [("bibtex", 1, "Boats of the Valley"), ("eric", 3, "Meadows of Meaning")],
    ),
    "a page copied as text, between those of two formats": (
        f"{RIS}\n{ERIC}\n{BIBTEX}",
        [("ris", 1, "Schools in Harbours"), ("eric", 7, "Meadows of Meaning"), ("bibtex", 21, "Boats of the Valley")],
    ),
    "references that stand as a comment between entries of one format": (
        f"{BIBTEX}\n{REFERENCES}",
        [("bibtex", 1, "Boats of the Valley")],
    ),
    "references between entries": (
        f"{BIBTEX}\n{REFERENCES}\n{RIS}",
        [
            ("bibtex", 1, "Boats of the Valley"),
            ("reference-list", 3, "Rivers of reading"),
            ("reference-list", 4, "Lakes of learning"),
            ("reference-list", 5, "Ponds of pondering"),
            ("ris", 7, "Schools in Harbours"),
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), ROWS.values(), ids=ROWS)
def test_each_entry_is_read_by_its_reader_at_its_line(library: Library, text: str, expected: object) -> None:
    assert read(library, text) == expected


def test_what_is_added_from_a_mixed_text_is_the_same_when_it_is_added_again(library: Library) -> None:
    document = Document.from_text(f"{BIBTEX}\n{RIS}\n{BIBTEX.replace('Boats', 'Ships').replace('roe', 'doe')}", "m.txt")
    first = list(take(library, [document], "add", {"who": "Ann"}, who="Ann"))
    again = list(take(library, [document], "add", {"who": "Ann"}, who="Ann"))
    assert [entry.status for entry in first] == ["new"] * 3
    assert [(entry.status, entry.id) for entry in again] == [("same", entry.id) for entry in first]


def test_a_page_or_a_table_is_no_part_of_a_mixed_text() -> None:
    assert is_mixed(["bibtex", "ris"])
    assert is_mixed(["bibtex", "eric"])
    assert not is_mixed(["vufind", "eric"])
    assert not is_mixed(["bibtex", "csv"])
    assert not is_mixed(["bibtex"])


PIECES = (BIBTEX, RIS, NBIB, REFERENCES, ERIC, "EJ1223055\n", "stray\n", "\n", "}\n", "@article{")


@given(st.lists(st.sampled_from(PIECES)))
def test_no_mixture_fails_and_lines_ascend(library_of_module: Library, pieces: list[str]) -> None:
    found = read(library_of_module, "".join(pieces))
    lines = [line for _, line, _ in found]
    assert lines == sorted(lines)


@pytest.fixture(scope="module")
def library_of_module(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    made = open_library(tmp_path_factory.mktemp("mixed") / "library", Settings(), create=True)
    yield made
    made.close()


def test_the_source_of_each_shows_its_own_lines(library: Library) -> None:
    document = Document.from_text(
        f"{BIBTEX}\n{RIS}\n@article{{, title=}}\n\n{BIBTEX.replace('Boats', 'Ships')}", "m.txt"
    )
    ids = [entry.id for entry in take(library, [document], "add", {}, who="Ann") if entry.status == "new"]
    readings = [library.store.readings(id)[0] for id in ids]
    shown = [[number for number, _ in source_text(library, reading).lines] for reading in readings]
    assert shown == [[1], [3, 4, 5, 6, 7], [11]]
