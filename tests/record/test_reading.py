"""Documents: bytes to text, whatever the bytes are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litbase.record.decoding import decoding, stretches, whole
from litbase.record.reading import Document

TEXT = "Özgür – “Learning”\nsecond line\n"
ENCODINGS = {  # bytes, encoding, told
    "UTF-8": (TEXT.encode(), "utf-8", False),
    "UTF-8 with mark": (b"\xef\xbb\xbf" + TEXT.encode(), "utf-8", False),
    "UTF-16 little with mark": (b"\xff\xfe" + TEXT.encode("utf-16-le"), "utf-16-le", True),
    "UTF-16 big with mark": (b"\xfe\xff" + TEXT.encode("utf-16-be"), "utf-16-be", True),
    "UTF-16 little without mark": (TEXT.encode("utf-16-le"), "utf-16-le", True),
    "UTF-16 big without mark": (TEXT.encode("utf-16-be"), "utf-16-be", True),
    "Windows-1252": (TEXT.encode("cp1252"), "cp1252", True),
    "CRLF": (TEXT.replace("\n", "\r\n").encode(), "utf-8", False),
    "CR only": (TEXT.replace("\n", "\r").encode(), "utf-8", False),
}


@pytest.mark.parametrize(("data", "encoding", "told"), ENCODINGS.values(), ids=ENCODINGS)
def test_the_same_text_comes_out_of_every_encoding(data: bytes, encoding: str, told: bool) -> None:
    document = Document("x.txt", data)
    assert (document.text, document.encoding) == (TEXT, encoding)
    assert [notice.code for notice in document.notices] == ["encoding-guessed"] * told
    assert document.lines == ["Özgür – “Learning”", "second line", ""]
    assert document.binary == ""


def test_the_charset_a_page_declares_is_used() -> None:
    page = '<html><head><meta charset="iso-8859-2"></head><body>Łódź'.encode("iso-8859-2")
    document = Document("x.html", page)
    assert document.encoding == "iso-8859-2"
    assert document.text.endswith("Łódź")


@pytest.mark.parametrize(
    "charset", [b"idna", b"undefined", b"hex", b"utf-8", b"no-such-charset", b"utf-7", b"punycode"]
)
def test_a_charset_that_cannot_be_used_is_passed_over(charset: bytes) -> None:
    document = Document("x.html", b'<html><meta charset="' + charset + b'">\xd6zg\xfcr \xff')
    assert "zg" in document.text


def test_bytes_that_mean_nothing_are_counted() -> None:
    document = Document("x.txt", "ä".encode() * 100 + b"\x81")
    assert document.text.count("\ufffd") == 1
    assert [(notice.code, notice.params) for notice in document.notices][1:] == [("bytes-replaced", (("count", "1"),))]


BINARIES = {
    "PDF": (b"%PDF-1.7\n%\xe2\xe3", "a PDF"),
    "picture": (b"\x89PNG\r\n\x1a\n", "a picture"),
    "zip": (b"PK\x03\x04abc", "a zip archive"),
    "unknown": (bytes(range(32)) * 40, "binary data"),
    "nothing": (b"", ""),
    "text": (b"ERIC Number: EJ1223055\n", ""),
}


@pytest.mark.parametrize(("data", "what"), BINARIES.values(), ids=BINARIES)
def test_binary_files_are_named_for_what_they_are(data: bytes, what: str) -> None:
    assert Document("x", data).binary == what


MARC = b"00044nam a2200037 a 450024500050000\x1e  \x1faR\x1e\x1d"
MARCS = {
    "a record": (MARC, True),
    "a record of bytes that are no text": (MARC.replace(b"R", bytes((0, 1, 2, 255)) * 9), True),
    "a blank line first": (b"\r\n" + MARC, True),
    "a number": (b"00044 things", False),
    "a record in the middle": (b"text" + MARC, False),
    "text with a separator": (b"00044 a\x1eb", False),
    "nothing": (b"", False),
}


@pytest.mark.parametrize(("data", "is_marc"), MARCS.values(), ids=MARCS)
def test_marc_records_are_known_by_their_bytes_and_are_no_binary_file(data: bytes, is_marc: bool) -> None:
    document = Document("x", data)
    assert document.is_marc == is_marc
    assert not (is_marc and document.binary)
    assert not (is_marc and document.notices)


SHAPES = {  # text, is_html, is_xml
    "page": ("<!DOCTYPE html><html><body>x", True, False),
    "xml": ('<?xml version="1.0"?><record/>', False, True),
    "xml without declaration": ("  <response><result/></response>", False, True),
    "page with an xml declaration": ('<?xml version="1.0"?><html xmlns="x">', True, False),
    "text": ("a < b and c > d", False, False),
    "angle bracket in BibTeX": ("@article{a, title={<b>}}", False, False),
}


@pytest.mark.parametrize(("text", "is_html", "is_xml"), SHAPES.values(), ids=SHAPES)
def test_pages_and_xml_are_told_apart(text: str, is_html: bool, is_xml: bool) -> None:
    document = Document.from_text(text)
    assert (document.is_html, document.is_xml) == (is_html, is_xml)


@given(st.binary(max_size=400))
def test_decoding_never_fails(data: bytes) -> None:
    document = Document("x", data)
    assert "\r" not in document.text
    assert len(document.sha256) == 64
    assert document.binary is not None
    assert document.head == document.text[:8000].lstrip("\ufeff")


@given(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\r\ufeff")))
def test_text_goes_in_and_comes_out(text: str) -> None:
    if "\x00" not in text:
        assert Document.from_text(text).text == text


LETTERS = st.text(alphabet=st.sampled_from("aö–𝔸\r\n\ufeff\ufffd "), max_size=40)
CODES = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1")


@given(
    st.builds(lambda text, code: text.encode(code, "replace"), LETTERS, st.sampled_from(CODES))
    | st.binary(max_size=60),
    st.integers(1, 9),
)
def test_stretches_of_any_size_join_to_the_text(data: bytes, size: int) -> None:
    way = decoding(data)
    text = whole(data, way)
    assert "".join(stretches(data, way, size)) == text
    assert (way.newlines, way.lost) == (text.count("\n"), text.count("\ufffd"))


@given(LETTERS, st.integers(0, 50))
def test_the_beginning_is_the_beginning_of_the_text(text: str, length: int) -> None:
    data = (text * 9).encode()
    assert Document("x", data).beginning(length) == Document("x", data).text[:length]
