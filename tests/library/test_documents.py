"""Documents: files, folders and archives open in order, bounded, and never raise."""

import io
import zipfile
from pathlib import Path

import pytest

from litbase.library import documents
from litbase.library.documents import Unreadable, open_paths, total_size
from litbase.record.notices import sentence
from litbase.record.reading import Document


def test_a_folder_opens_in_the_order_of_names_without_hidden_files_and_libraries(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", ".hidden", "deep/c.txt", "mine/litbase.db", "mine/x.txt", ".git/y"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    opened = [d for d in open_paths([str(tmp_path)]) if isinstance(d, Document)]
    assert [Path(d.name).name for d in opened] == ["a.txt", "b.txt", "c.txt"]
    assert total_size([str(tmp_path)]) == len("a.txtb.txtdeep/c.txt")


def test_standard_input_is_one_document() -> None:
    [document] = open_paths(["-"], io.BytesIO(b"hello"))
    assert isinstance(document, Document)
    assert (document.name, document.text) == ("-", "hello")


def test_a_bomb_is_refused_before_it_fills_the_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "MAX_BYTES", 10_000_000)
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros", b"0" * 50_000_000)
    assert path.stat().st_size < 100_000
    [refused] = open_paths([str(path)])
    assert isinstance(refused, Unreadable)
    assert "larger than" in sentence(refused.notice)


def test_an_archive_of_too_many_members_stops_at_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "MAX_MEMBERS", 3)
    path = tmp_path / "many.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(9):
            archive.writestr(f"{number}.txt", str(number))
    *first, last = open_paths([str(path)])
    assert [d.name for d in first] == [f"{path}/{n}.txt" for n in range(3)]
    assert isinstance(last, Unreadable)
