"""Bad input: each gives a clear line in the report, the rest goes in, and nothing raises."""

import gzip
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from litbase.library import Library, open_library
from litbase.library.reading import Entry, add
from litbase.record.notices import sentence
from litbase.settings import Settings

GOOD = "@article{good2020, author = {Good, Ann}, title = {A Good One}, journal = {J}, year = {2020}}\n"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """An own empty library."""
    library = open_library(tmp_path / "library", Settings(), create=True)
    yield library
    library.close()


def told(entry: Entry) -> str:
    return " ".join(sentence(n) for n in (*entry.notices, *entry.problems))


def zipped(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


REFUSED = {
    "an empty file": (b"", "empty"),
    "nothing but blanks": (b" \n\t\n", "empty"),
    "a PDF": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3 1 0 obj", "a PDF"),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "a picture"),
    "random bytes": (bytes(range(256)) * 64, "binary data"),
    "prose": (b"Dear all,\n\nplease find the minutes of our meeting below.\n", "No reader knows this layout"),
    "a web page of no known site": (b"<html><body><h1>Hello</h1><p>World</p></body></html>", "No reader knows"),
    "a damaged zip": (b"PK\x03\x04" + b"\x00" * 40, "zip archive is damaged"),
    "an archive in an archive": (zipped(inner=zipped(x=b"y")), "archive inside an archive"),
    "an XML bomb": (
        b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
        b'<records xmlns:eric="http://www.eric.ed.gov"><record><dc:title>&b;</dc:title></record></records>',
        "",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_refused_with_a_reason(library: Library, tmp_path: Path, name: str) -> None:
    data, reason = REFUSED[name]
    bad, good = tmp_path / "1-bad.dat", tmp_path / "2-good.bib"
    bad.write_bytes(data)
    good.write_text(GOOD)
    entries = list(add(library, [str(bad), str(good)]))
    assert [e.status for e in entries] == ["refused", "new"]
    assert entries[0].line == 1
    assert entries[0].file.startswith(str(bad))
    assert reason in told(entries[0])


ENCODED = {
    "UTF-8 with a byte order mark": ("utf-8-sig", False),
    "UTF-16 with a byte order mark": ("utf-16", True),
    "UTF-16 little-endian without a mark": ("utf-16-le", True),
    "Windows-1252": ("cp1252", True),
    "Windows line ends": ("utf-8", False),
}


@pytest.mark.parametrize("name", ENCODED)
def test_every_encoding_gives_the_same_record(library: Library, tmp_path: Path, name: str) -> None:
    encoding, is_told = ENCODED[name]
    text = "@article{x, author = {Özgür, Ayşe}, title = {Schöne “Wörter”}, journal = {J}, year = {2020}}\n"
    text = text.replace("ş", "s") if encoding == "cp1252" else text
    text = text.replace("\n", "\r\n") if "line ends" in name else text
    path = tmp_path / "x.bib"
    path.write_bytes(text.encode(encoding))
    [entry] = add(library, [str(path)])
    stored = library.store.get(entry.id)
    assert stored is not None
    assert stored.record.title == "Schöne “Wörter”"
    assert stored.record.author[0].family == "Özgür"
    assert ("not UTF-8" in told(entry)) is is_told


def test_a_gzip_cut_short_gives_what_came_before(library: Library, tmp_path: Path) -> None:
    whole = "".join(
        GOOD.replace("good2020", f"good{n}").replace("A Good One", f"Number {n * 7919}") for n in range(3000)
    )
    path = tmp_path / "cut.bib.gz"
    packed = gzip.compress(whole.encode())
    path.write_bytes(packed[: len(packed) // 2])
    entries = list(add(library, [str(path)]))
    assert sum(e.status == "new" for e in entries) > 500
    assert any("ends in the middle" in told(e) for e in entries)


def test_an_api_answer_cut_short_gives_what_came_before(library: Library, tmp_path: Path) -> None:
    docs = [
        {"id": f"EJ{900000 + n}", "title": f"Study {n}", "author": ["A, B"], "publicationdateyear": 2001}
        for n in range(40)
    ]
    path = tmp_path / "cut.json"
    path.write_text(json.dumps({"response": {"numFound": 40, "start": 0, "docs": docs}}, indent=1)[:-900])
    entries = list(add(library, [str(path)]))
    assert sum(e.status == "new" for e in entries) >= 30
    assert entries[-1].line > 100


def test_a_folder_of_mixed_kinds_is_read_file_by_file(library: Library, tmp_path: Path) -> None:
    folder = tmp_path / "mixed"
    (folder / "deep").mkdir(parents=True)
    (folder / "a.bib").write_text(GOOD)
    (folder / "b.json").write_text(
        json.dumps({"response": {"docs": [{"id": "EJ900001", "title": "T", "publicationdateyear": 1999}]}})
    )
    (folder / "c.png").write_bytes(b"\x89PNG\r\n\x1a\n0000")
    (folder / "deep" / "d.zip").write_bytes(
        zipped(**{"x.bib": GOOD.replace("good2020", "zip2020").replace("A Good", "A Zipped").encode()})
    )
    (folder / ".hidden").write_text("nothing to see")
    entries = list(add(library, [str(folder)]))
    assert [(Path(e.file).name, e.status) for e in entries] == [
        ("a.bib", "new"), ("b.json", "new"), ("c.png", "refused"), ("x.bib", "new"),
    ]  # fmt: skip


def test_a_missing_file_is_refused_and_named(library: Library, tmp_path: Path) -> None:
    [entry] = add(library, [str(tmp_path / "nowhere.txt")])
    assert entry.status == "refused"
    assert "No such file" in told(entry)


def test_a_ten_megabyte_abstract_is_kept_and_flagged(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "long.bib"
    path.write_text(GOOD.replace("year =", "abstract = {" + "learning networks " * 560_000 + "}, year ="))
    [entry] = add(library, [str(path)])
    assert entry.status == "new"
    assert "longer than 1,000,000 characters" in told(entry)
    stored = library.store.get(entry.id)
    assert stored is not None
    assert len(stored.record.abstract) > 10_000_000


def test_a_hundred_thousand_authors_are_all_kept(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "many.bib"
    path.write_text(GOOD.replace("Good, Ann", " and ".join(f"Author{n}, A." for n in range(100_000))))
    [entry] = add(library, [str(path)])
    assert entry.status == "new"
    stored = library.store.get(entry.id)
    assert stored is not None
    assert len(stored.record.author) == 100_000


def test_a_million_descriptors_are_refused_with_the_limit(library: Library, tmp_path: Path) -> None:
    docs = [{"id": "EJ900001", "title": "T", "subject": [f"x{n}" for n in range(300_000)], "publicationdateyear": 1999}]
    path = tmp_path / "many.json"
    path.write_text(json.dumps({"response": {"docs": docs}}))
    [entry] = add(library, [str(path)])
    assert entry.status == "refused"
    assert "at most 200,000" in told(entry)


def test_a_record_without_title_goes_in_with_an_error_named(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "untitled.bib"
    path.write_text("\n\n@article{x, author = {Ann One}, journal = {J}, year = {2020}}\n" + GOOD)
    first, second = add(library, [str(path)])
    assert (first.line, first.status, second.status) == (3, "new", "new")
    assert [(p.code, p.field, p.severity) for p in first.problems if p.field == "title"] == [
        ("missing-title", "title", "error")
    ]


def test_an_article_without_journal_has_a_problem(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "x.bib"
    path.write_text("@article{x, author = {Ann One}, title = {Alone}, year = {2020}}\n")
    [entry] = add(library, [str(path)])
    assert ("missing-source", "container_title") in {(p.code, p.field) for p in entry.problems}


def test_control_characters_never_reach_the_store(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "x.bib"
    path.write_bytes(GOOD.replace("A Good One", "A\x00 \x1bGood\u200b One\ufffe").encode("utf-8"))
    [entry] = add(library, [str(path)])
    stored = library.store.get(entry.id)
    assert stored is not None
    assert stored.record.title == "A Good One"
