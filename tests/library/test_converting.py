"""Converting a paste: what it is in the library, what was understood, what was not, and what is missing."""

import time

import pytest

from litbase.errors import BadInput
from litbase.formats import FORMATS, by_name
from litbase.library.converting import convert, each_converted, opened_document, written
from litbase.record.dates import PartialDate
from litbase.record.names import Name
from litbase.record.notices import sentence
from litbase.record.reading import Document
from litbase.record.record import Record
from tests.library.small import CITED, COMMUNITIES, PRACTICE, small_library

REPORT = Record(type="report", title="Rooms in Rural Schools", author=(Name(family="Poe", given="E."),),
                issued=PartialDate(year=1999), eric="ED123456", abstract="Rooms.")  # fmt: skip
CHAPTERS = tuple(
    Record(type="chapter", title=title, container_title="Handbook of Houses", isbn=("9780203774977",),
           author=(Name(family=family, given="A."),), issued=PartialDate(year=2010))
    for title, family in (("Houses and Their Doors", "Roe"), ("Gardens and Their Gates", "Lee"))
)  # fmt: skip
BOOK = Record(type="book", title="Whole Houses", isbn=("9780415839044",), author=(Name(family="Kay", given="B."),),
              issued=PartialDate(year=2011), publisher="Acme")  # fmt: skip
RECORDS = (COMMUNITIES, PRACTICE, REPORT, *CHAPTERS, BOOK, CITED)
MEHTA = (
    "Mehta, J., & Peterson, A. (2019). International learning communities: What happens when leaders learn. "
    "Journal of Educational Change, 20(3), 327–350."
)
DOE = "Doe, J. (2001). One thing after another. Journal of Things, 3(2), 1-20."
UNTITLED = "Brown, C. and Poortman, C. (forthcoming), (London, Routledge)."
BIBTEX = "@book{{{key}, title={{{title}}}, author={{Doe, Jane}}, year=2001, publisher={{Acme}}}}\n"


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    opened = small_library(tmp_path_factory.mktemp("converting") / "library", RECORDS)
    yield opened
    opened.close()


@pytest.fixture
def converted(library):
    """converted(text) are the entries of a text."""
    return lambda text, **bounds: convert(library, Document.from_text(text), **bounds).entries


def titles(entries):
    return [one.shown.title if one.shown else None for one in entries]


def said(entry):
    return [sentence(one) for one in (*entry.problems, *entry.notices)]


def test_the_paragraph_of_the_symposium_gives_eight_entries(converted, shared):
    text = (shared / "seeds" / "003_76934194af33fc50.txt").read_text("utf-8")
    (paragraph,) = [line for line in text.split("\n") if line.startswith("Borko")]
    entries = converted(paragraph)
    assert len(entries) == 8
    (untitled,) = [one for one in entries if not one.record.title]
    assert untitled.text == UNTITLED
    assert "Title is missing" in said(untitled)
    assert untitled.match is None
    assert len(list(written(entries))) == 8


def test_the_untitled_reference_is_not_completed(converted):
    (entry,) = converted(UNTITLED)
    assert (entry.record.title, entry.record.issued, entry.record.doi) == ("", None, "")
    assert [name.surname for name in entry.record.author] == ["Brown", "Poortman"]
    text = "".join(by_name("bibtex").dump(written([entry])))
    assert "title" not in text.lower()


NUMBERS = {
    "doi": ("https://doi.org/10.1007/S10833-019-0000-1", [COMMUNITIES.title], ["Same DOI"]),
    "eric": ("ERIC Number: ED123456", [REPORT.title], ["Same ERIC number"]),
    "isbn": ("978-0-415-83904-4", [BOOK.title], ["Same ISBN"]),
    "isbn of a book whose chapters are here": ("ISBN 9780203774977", [one.title for one in CHAPTERS], ["Same ISBN"]),
}


@pytest.mark.parametrize("name", NUMBERS)
def test_a_number_of_the_library_is_its_record(converted, name):
    text, expected, reasons = NUMBERS[name]
    entries = converted(text)
    assert sorted(titles(entries)) == sorted(expected)
    assert all([sentence(told) for told in one.match.reasons] == reasons for one in entries)
    assert all(one.record is None and one.known for one in entries)
    parts = name.endswith("here")
    assert all(("is the ISBN of the book that it is part of" in " ".join(said(one))) is parts for one in entries)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("10.9999/none", "No record here has the DOI 10.9999/none, and look-ups are not made here"),
        ("EJ9999999", "No record here has the ERIC number EJ9999999, and look-ups are not made here"),
        ("9780306406157", "No record here has the ISBN 9780306406157, and look-ups are not made here"),
        ("9780306406158", "9780306406158 is no ISBN: its check digit is wrong"),
        ("1573-1812", "1573-1812 is the ISSN of a journal, not the number of a work"),
    ],
)
def test_a_number_the_library_does_not_have_stays_a_number(converted, text, told):
    (entry,) = converted(text)
    assert (entry.shown, entry.match, said(entry)) == (None, None, [told])
    assert list(written([entry])) == []


def test_a_mixed_paste_goes_line_by_line(converted):
    numbers, book = "10.1007/s10833-019-0000-1\nED999999, ED123456", BIBTEX.format(key="k", title="A Book")
    text = f"{numbers}\n\n{MEHTA}\n{DOE}\n{book}nothing that anybody understands"
    entries = converted(text)
    assert [(one.line, one.kind) for one in entries] == [
        (1, "identifiers"), (2, "identifiers"), (2, "identifiers"), (4, "reference-list"), (5, "reference-list"),
        (6, "bibtex"), (7, "reference-list"),
    ]  # fmt: skip
    here = [one.match.id if one.match else "" for one in entries]
    assert here[0] == here[3] != ""
    assert [bool(id) for id in here] == [True, False, True, True, False, False, False]
    assert entries[-1].unread == ("nothing that anybody understands",)
    assert entries[-1].record is None
    assert entries[4].record.title == "One thing after another"


def test_a_missing_brace_leaves_the_neighbours_alone(converted):
    one, three = (BIBTEX.format(key=key, title=title) for key, title in (("a", "One"), ("c", "Three")))
    entries = converted(one + "@book{b, title={Two, author={Doe, Jane}, year=2001}\n\n" + three + "\nED123456\n")
    assert titles(entries)[0] == "One"
    assert titles(entries)[-2:] == ["Three", REPORT.title]
    assert [one.text for one in entries[:3]] == ["a", "b", "c"]


def test_a_match_gives_reasons_and_keeps_what_was_pasted(converted):
    (entry,) = converted(MEHTA)
    assert [sentence(told) for told in entry.match.reasons]
    assert entry.known.doi == COMMUNITIES.doi
    assert entry.record.doi == ""
    assert [record.doi for record in written([entry])] == [""]
    assert [record.doi for record in written([entry], from_library=True)] == [COMMUNITIES.doi]


def test_a_record_of_the_library_comes_once(converted):
    entries = converted("10.1007/s10833-019-0000-1\nED123456\n10.1007/s10833-019-0000-1")
    assert [one.title for one in written(entries)] == [COMMUNITIES.title, REPORT.title]
    assert len(list(written(converted(f"{DOE}\n{DOE}")))) == 2


def test_what_a_citation_needs_and_lacks_is_told(converted):
    (entry,) = converted("@article{a, title={One}, author={Doe, Jane}, year=2001}")
    assert "Journal is missing" in said(entry)
    assert {"Volume", "Issue", "Pages"} <= set(entry.lacks)
    assert not {"Abstract", "Descriptors", "Journal"} & set(entry.lacks)


BAD = {
    "empty": (b"", "The file is empty"),
    "blank": (b" \n\n", "The file is empty"),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "found a picture"),
    "binary": (bytes(range(32)) * 100, "found binary data"),
    "web page": (b"<!doctype html><html><body><p>Hello</p></body></html>", "No reader knows this layout"),
    "json": (b'{"a": 1}', "No reader knows this layout"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_nobody_reads_is_refused_in_a_sentence(library, name):
    data, told = BAD[name]
    with pytest.raises(BadInput, match=told):
        convert(library, Document("-", data))


@pytest.mark.parametrize("text", ["Nothing of this is a reference at all", "scrawl", "12345"])
def test_words_are_not_understood_and_shown(converted, text):
    (entry,) = converted(text)
    assert entry.record is None
    assert entry.unread == (text,)


def test_only_the_first_are_read_and_that_is_told(library):
    document = Document.from_text("\n".join(f"Doe, J. ({1950 + n % 60}). Thing {n}. London: Acme." for n in range(30)))
    whole, cut = convert(library, document), convert(library, document, most=7)
    assert (len(whole.entries), whole.is_cut) == (30, False)
    assert (len(cut.entries), cut.is_cut) == (7, True)
    assert convert(library, document, most=30).is_cut is False
    assert convert(library, document, seconds=-1).is_cut is True
    assert len(list(each_converted(library, document))) == 30


@pytest.mark.parametrize("format", FORMATS, ids=lambda format: format.name)
def test_a_mixture_is_written_in_every_format(converted, format):
    entries = converted(f"ED123456\n{MEHTA}\n{UNTITLED}\n{BIBTEX.format(key='k', title='Café & Garden')}")
    assert "".join(format.dump(written(entries)))


def test_nothing_is_saved(library, converted):
    before = (library.store.count(cited=True), library.store.mark())
    converted(f"ED123456\n{MEHTA}\n{DOE}")
    assert (library.store.count(cited=True), library.store.mark()) == before


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(BadInput, match="could not be read"):
        list(opened_document(str(tmp_path / "none.bib")))


HOSTILE = {
    "references": f"{DOE}\n" * 13_000, "numbers": "10.1234/abc\n" * 80_000, "braces": "{" * 1_000_000,
    "openings": "@article{" * 110_000, "types": "TY  - JOUR\n" * 90_000, "short lines": "x\n" * 490_000,
    "digits": "1. 2. 3. " * 110_000, "one line": f"{DOE} " * 13_000, "links": "https://doi.org/10.1234/" * 40_000,
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_a_megabyte_of_anything_is_read_in_time(library, name):
    begun = time.process_time()
    try:
        found = convert(library, Document.from_text(HOSTILE[name]))
        assert len(found.entries) <= 1_000
    except BadInput:
        pass
    assert time.process_time() - begun < 60
