"""The page readers on texts made to be slow, huge or cut: they answer in time, and with a reading or a refusal."""

import time

import pytest

from litbase.record.reading import Document, Reading, Refusal
from litbase.sources import ecer, edweek, vufind
from tests.amount import amount

READERS = {"vufind": vufind, "ecer": ecer, "edweek": edweek}
HEADS = {
    "vufind": "A title\n\nBibliographic Details\nMain Author: Roe, Ann\nFormat: Book\nPublished in: ",
    "ecer": "Session Information\n15 SES 09, Rooms\nPaper Session\nChair: A Roe\nContribution\nText.\nReferences\n",
    "edweek": "Opinion\nFederal Opinion\n\nA Title\n\nBy A & B — May 1, 2019 2 min read\n  • Save to favorites\n",
}
PART = amount(4, 1)  # a fourth is made in every run, in a fourth of the time
WORST = {
    "one long line": "word " * (200_000 // PART),
    "many lines": "line\n" * (100_000 // PART),
    "labels": "Format: Book\n" * (20_000 // PART),
    "sessions": "15 SES 09, Rooms\n- Paper\nA Roe B Poe C Doe D Loe\n" * (2_000 // PART),
    "references": "Roe, A. & Poe, E. (2001). Rooms. London: Acme. " * (3_000 // PART),
    "markers": "Vol. 1; no. 2; pp. 3 - 4; " * (5_000 // PART),
    "brackets": "(a) " * (50_000 // PART),
    "names": "Roe, Ann, " * (20_000 // PART),
    "bylines": "By A & B — May 1, 2019\n" * (5_000 // PART),
    "colons": ": " * (100_000 // PART),
    "spaces": " \t" * (200_000 // PART),
    "odd letters": "\u0000\u202e\ufeff\ud800é" * (20_000 // PART),
    "nothing": "",
}


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("text", WORST.values(), ids=WORST)
def test_nothing_takes_long(name: str, text: str) -> None:
    reader = READERS[name]
    for whole in (HEADS[name] + text, f"<html><body><h1>A title</h1><p>{HEADS[name]}{text}</body>"):
        document = Document.from_text(whole)
        started = time.process_time()
        assert 0 <= reader.sniff(document) <= 100
        items = list(reader.read(document))
        assert time.process_time() - started < 40 / PART
        assert items
        assert all(isinstance(item, Reading | Refusal) for item in items)


@pytest.mark.parametrize("name", READERS)
def test_every_beginning_of_a_document_is_read(name: str) -> None:
    head = HEADS[name]
    for end in range(len(head)):
        items = list(READERS[name].read(Document.from_text(head[:end])))
        assert items


@pytest.mark.parametrize("name", READERS)
def test_binary_data_are_not_claimed(name: str) -> None:
    for data in (
        b"%PDF-1.4 15 SES 09 Education Week Bibliographic Details",
        b"PK\x03\x04" + b"\x00" * 100,
        b"\x00\x01" * 500,
    ):
        assert READERS[name].sniff(Document("x", data)) == 0
