"""The whole archive of other programs' MARC and MARCXML: each record accounted for, and no word of a field lost."""

import re
import tarfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from litbase.formats.marc import read as marc
from litbase.formats.marc import record as marc_record
from litbase.formats.marc import xml_read as marcxml
from litbase.formats.marc.values import Marc
from litbase.library.detecting import detect
from litbase.record.notices import sentence
from litbase.record.reading import Document, Reading, Refusal
from litbase.record.record import Record, to_builtins
from litbase.vocabulary.tidy import tidy

READERS = {"marc": marc, "marcxml": marcxml}
CODED = frozenset("035a 100e 110e 700e 7004 041a 0242 6502".split())
"""Codes whose words a record has in another form: languages, roles, the schemes of numbers."""
REWORDED = frozenset(("[Place of publication not identified]", "Morris, Jonas C., ed.", "188p."))


@pytest.fixture(scope="module")
def documents(shared: Path) -> list[Document]:
    with tarfile.open(shared / "data" / "marc" / "marc_mit_apache.tar.gz") as archive:
        names = [name for name in archive.getnames() if name.endswith((".mrc", ".marc", ".xml"))]
        opened = ((name, archive.extractfile(name)) for name in names)
        return [Document(name, file.read()) for name, file in opened if file]


def is_marc(document: Document) -> bool:
    """Whether a file has MARC in it, by its bytes alone: not Dublin Core in an OAI record."""
    if b"\x1e" in document.data:
        return True
    return b"leader" in document.data or b"http://www.loc.gov/MARC21/slim" in document.data


def count(document: Document) -> int:
    """The records of a file, by their terminators or their tags."""
    if b"\x1e" in document.data:
        return sum(bool(piece.strip(b"\r\n\x00\x1a ")) for piece in document.data.split(b"\x1d"))
    return len(re.findall(rb"<(?:\w+:)?record(?=[\s>/])", document.data))


def test_every_record_is_read_or_refused_and_nothing_else_is_claimed(documents: list[Document]) -> None:
    told: Counter[str] = Counter()
    for document in documents:
        reader = detect(document) if is_marc(document) else None
        claims = {name for name, each in READERS.items() if each.sniff(document) >= 50}
        assert claims == ({reader.NAME} if reader else set()), document.name
        if reader is None:
            continue
        items = list(reader.read(document))
        assert len(items) == count(document), document.name
        for item in items:
            told[type(item).__name__] += 1
            if isinstance(item, Reading):
                assert tidy(item.record)[0].title or item.record.extra, (document.name, item.line)
            else:
                assert isinstance(item, Refusal)
                assert sentence(item.notice)
    assert told == {"Reading": 1147, "Refusal": 14}


def leaves(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from leaves(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from leaves(inner)
    else:
        yield str(value)


def letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).lower()


def test_no_word_of_a_field_is_lost(documents: list[Document], monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[Marc, Record]] = []
    made = marc_record.to_record

    def watched(fields: Marc) -> Any:
        result = made(fields)
        seen.append((fields, result[0]))
        return result

    monkeypatch.setattr(marc_record, "to_record", watched)
    for document in documents:
        for reader in READERS.values():
            if reader.sniff(document) >= 50:
                list(reader.read(document))
    lost = set()
    for fields, record in seen:
        whole = letters(" ".join(leaves(to_builtins(record))))
        for field in fields.fields:
            for code, value in field.subfields:
                if any(letters(word) not in whole for word in re.split(r"[\W_]+", value)):
                    lost.add((f"{field.tag}{code}", value))
    assert len(seen) == 1147
    assert {code for code, value in lost if value not in REWORDED} <= CODED
