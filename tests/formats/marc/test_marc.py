"""Binary MARC: its encodings, what is mended, what is refused and with which ordinal, and files made to do harm."""

import sys
import time
import tracemalloc
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litbase.formats.marc import characters as marc_characters
from litbase.formats.marc import read as marc
from litbase.library import open_library
from litbase.library.reading import add
from litbase.record.notices import sentence
from litbase.record.reading import Document, Reading, Refusal
from litbase.record.record import Record
from litbase.settings import Settings
from tests.formats.marc.marc_records import BOOK, binary
from tests.strategies import damaged

MARC8 = "00000nam  2200000 i 4500"
ONE = binary(BOOK, "001 1", "100 1# $a Roe, Zoë", "245 10 $a Rooms ünd")
TWO = binary(BOOK, "001 2", "245 10 $a Doors")


def items(data: bytes) -> list[Reading | Refusal]:
    return list(marc.read(Document("x.mrc", data)))


def only(data: bytes) -> tuple[Record, list[str]]:
    [item] = items(data)
    assert isinstance(item, Reading), item
    return item.record, [told.code for told in item.notices]


def marc8(value: bytes) -> bytes:
    """A record in MARC-8 whose title is *value*."""
    whole = binary(MARC8, "245 10 $a " + "x" * len(value))
    return whole.replace(b"x" * len(value), value)


ENCODINGS = {
    "UTF-8": (binary(BOOK, "245 10 $a Zoë 山田"), "Zoë 山田", []),
    "UTF-8 that says it is MARC-8": (binary(MARC8, "245 10 $a Zoë 山田"), "Zoë 山田", []),
    "MARC-8 accents": (marc8(b"Zo\xe8e \xb2stlig"), "Zoë østlig", []),
    "MARC-8 Greek": (marc8(b"\x1b(SABD\x1b(B end"), "ΑΒΓ end", []),
    "MARC-8 Chinese": (marc8(b"\x1b$1!0!\x1b(B."), "一", []),
    "a character without a code": (marc8(b"Room &#x4E00; \xe2e"), "Room 一 é", []),
    "not in MARC-8": (marc8(b"Room \xff"), "Room", ["bytes-replaced"]),
    "Chinese cut short": (marc8(b"\x1b$1!0!!\x1b(Bx"), "一x", ["bytes-replaced"]),
    "an escape cut short": (marc8(b"Room\x1b$"), "Room$", []),
    "Windows-1252 that says it is UTF-8": (
        binary(BOOK, "245 10 $a Zoë", encoding="cp1252"),
        "Zoë",
        ["encoding-guessed"],
    ),
    "UTF-8 with a stray byte": (
        binary(BOOK, "245 10 $a Zoë x").replace(b" x", b" \xc0"),
        "Zoë \ufffd",
        ["bytes-replaced"],
    ),
}


@pytest.mark.parametrize(("data", "title", "notices"), ENCODINGS.values(), ids=ENCODINGS)
def test_encodings(data: bytes, title: str, notices: list[str]) -> None:
    record, told = only(data)
    assert (record.title, told) == (title, notices)


def oversize() -> bytes:
    """A record over 99,999 bytes: its directory has no figures for the lengths and places."""
    lines = ["245 10 $a Rooms", *(f"500 ## $a {'word ' * 2_500}" for _ in range(12)), "653 ## $a last"]
    parts = [binary(BOOK, line)[24 + 12 + 1 : -1] for line in lines]
    directory, place = b"", 0
    for line, part in zip(lines, parts, strict=True):
        directory += b"%s%04d%05d" % (line[:3].encode(), min(len(part), 9999), place % 100_000)
        place += len(part)
    return b"99999nam a22" + b"%05d i 4500" % (25 + len(directory)) + directory + b"\x1e" + b"".join(parts) + b"\x1d"


def unordered() -> bytes:
    """Two fields whose directory names the second one first."""
    base = binary(BOOK, "245 10 $a Rooms", "500 ## $a A note")
    return base[:24] + base[36:48] + base[24:36] + base[48:]


MENDED = {
    "a wrong base address": ONE[:12] + b"00013" + ONE[17:],
    "lengths counted in letters": binary(BOOK, "100 1# $a Roe, Zoë", "245 10 $a Rooms ünd", in_letters=True),
    "a line break inside": ONE.replace(b"Rooms ", b"Rooms\n "),
    "a directory in two lines": ONE[:40] + b"\r\n" + ONE[40:],
    "bytes written as letters": marc8(b"Rooms \xe8und").decode("latin-1").encode("utf-8"),
}


@pytest.mark.parametrize("data", MENDED.values(), ids=MENDED)
def test_what_can_be_mended_is_and_the_next_record_is_read(data: bytes) -> None:
    first, second = items(data + TWO)
    assert isinstance(first, Reading)
    assert (first.record.title, [told.code for told in first.notices]) == ("Rooms ünd", ["marc-mended"])
    assert isinstance(second, Reading)
    assert (second.record.title, second.line, second.notices) == ("Doors", 2, ())


def test_a_record_over_the_longest_length_is_read_whole() -> None:
    record, told = only(oversize())
    assert (record.title, record.keywords, len(record.note.split("\n")), told) == (
        "Rooms",
        ("last",),
        12,
        ["marc-mended"],
    )


def test_a_directory_out_of_order_is_no_fault() -> None:
    record, told = only(unordered())
    assert (record.title, record.note, told) == ("Rooms", "A note", [])


def test_a_wrong_length_in_the_leader_does_no_harm() -> None:
    assert [item.line for item in items(b"00999" + ONE[5:] + b"00030" + TWO[5:])] == [1, 2]


@pytest.mark.parametrize("between", [b"", b"\n", b"\r\n\r\n", b"\x00\x1a "])
def test_what_stands_between_records_is_passed_over(between: bytes) -> None:
    assert [item.line for item in items(between + ONE + between + TWO + between)] == [1, 2]


def test_a_last_record_without_its_terminator_is_read() -> None:
    assert only(ONE[:-1])[0].title == "Rooms ünd"


ODD_FIELDS = {
    "a code that is no letter": (
        ONE.replace(b"\x1faRooms", b"\x1f\xe2\xe2aRooms").replace(b"00122", b"00124"),
        "Rooms ünd",
    ),
    "no indicators": (binary(BOOK, "245 10 $a Rooms").replace(b"10\x1fa", b"\x1f\x1f\x1fa"), "Rooms"),
    "an empty subfield": (binary(BOOK, "245 10 $a Rooms$b", "500 ## $a"), "Rooms"),
}


@pytest.mark.parametrize(("data", "title"), ODD_FIELDS.values(), ids=ODD_FIELDS)
def test_odd_fields_are_read(data: bytes, title: str) -> None:
    assert only(data)[0].title == title


REFUSED = {
    "no leader": (b"0012\x1e\x1f garbage\x1d", "malformed"),
    "a leader cut short": (b"00122nam\x1d", "malformed"),
    "more fields than the directory names": (ONE.replace(b"Rooms", b"Ro\x1ems"), "malformed"),
    "a directory that is none": (ONE[:30] + b"zzzzzz" + ONE[36:], "malformed"),
    "no directory": (b"00026nam a2200025 i 4500\x1e\x1d", "malformed"),
}


@pytest.mark.parametrize(("data", "code"), REFUSED.values(), ids=REFUSED)
def test_a_broken_record_is_refused_with_its_ordinal_and_the_next_is_read(data: bytes, code: str) -> None:
    first, second, third = items(TWO + data + TWO)
    assert isinstance(second, Refusal)
    assert (second.line, second.notice.code) == (2, code)
    assert [isinstance(item, Reading) for item in (first, third)] == [True, True]


def test_a_record_cut_off_by_the_end_of_the_file_is_refused_as_truncated() -> None:
    last = items(TWO + ONE[:-20])[-1]
    assert isinstance(last, Refusal)
    assert (last.line, last.notice.code) == (2, "truncated")


def test_without_pymarc_only_marc8_is_refused_and_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pymarc.marc8", None)
    marc_characters._converter.cache_clear()
    first, second = items(marc8(b"Zo\xe8e") + ONE)
    marc_characters._converter.cache_clear()
    assert isinstance(first, Refusal)
    assert "pip install 'litbase[marc]'" in sentence(first.notice)
    assert isinstance(second, Reading)


@pytest.mark.parametrize(
    ("data", "sure"),
    [
        (ONE, 95),
        (b"\n" + ONE, 95),
        (b"12345 is a number\n", 0),
        (b"", 0),
        (b"@book{a, title={T}}", 0),
        (b"%PDF-1.4", 0),
    ],
)
def test_marc_is_known_by_its_terminators(data: bytes, sure: int) -> None:
    document = Document("x", data)
    assert marc.sniff(document) == sure
    assert not sure or (document.binary, document.notices) == ("", ())


def test_a_file_goes_into_a_library_and_what_is_broken_is_reported_with_its_ordinal(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.mrc"
    path.write_bytes(ONE + marc8(b"Zo\xe8e \xb2stlig") + b"00030nam a22000\x1e\x1d" + TWO)
    with closing(open_library(tmp_path / "library", Settings(), create=True)) as library:
        entries = list(add(library, [str(path)]))
    assert [(entry.status, entry.line, entry.kind) for entry in entries] == [
        ("new", 1, "marc"),
        ("new", 2, "marc"),
        ("refused", 3, "marc"),
        ("new", 4, "marc"),
    ]
    assert [entry.title for entry in entries if entry.status == "new"] == ["Rooms ünd", "Zoë østlig", "Doors"]


HOSTILE = {
    "claims of 99,999 bytes": b"99999nam a2200025 i 4500\x1e\x1f\x1d" * 3_000,
    "terminators of fields": ONE[:60] + b"\x1e" * 5_000_000 + b"\x1d",
    "terminators of records": b"00001\x1e\x1f" + b"\x1d" * 2_000_000,
    "delimiters": binary(BOOK, "245 10 $a T", "500 ## $a " + "x" * 5_000).replace(b"x", b"\x1f"),
    "a long field": oversize()[:-1].replace(b"word ", b"word " * 60) + b"\x1d",
    "figures": b"0" * 3_000_000 + b"\x1e\x1f",
    "escapes": marc8(b"\x1b$1" * 1_500),
    "nothing but blanks": b"00026\x1e\x1f" + b" " * 3_000_000,
    "a record of 30 MB": b"99999nam a2200025 i 4500\x1e\x1f" + b"x" * 30_000_000 + b"\x1d",
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_is_read_or_refused_in_time_and_memory(data: bytes) -> None:
    document = Document("x", data + TWO)
    tracemalloc.start()
    start = time.process_time()
    last = None
    for item in marc.read(document):
        last = item
    seconds = time.process_time() - start
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert last is not None
    assert seconds < 30
    assert peak < 50_000_000 + 6 * len(data)


@given(st.data())
def test_whatever_happens_to_a_file_nothing_raises(data: st.DataObject) -> None:
    for item in items(data.draw(damaged(ONE + TWO + marc8(b"Zo\xe8e \x1b$1!0!\x1b(B")))):
        assert isinstance(item, Reading | Refusal)
