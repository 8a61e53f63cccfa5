"""The allow list over Whoosh's pickles, and segment names that no reseeding can repeat."""

import os
import pickle
import random
from pathlib import Path
from typing import Any

import pytest
import whoosh.codec.whoosh3
import whoosh.columns
import whoosh.formats
import whoosh.index
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex
from whoosh.query import Term as WhooshTerm

from litbase.errors import EngineUnavailable
from litbase.fields import IndexDocument
from litbase.index import Mark
from litbase.index.whoosh import guard
from litbase.index.whoosh.engine import WhooshEngine
from litbase.index.whoosh.storage import Entry, hash_of, read_manifest, write_manifest
from litbase.query.request import SearchRequest
from litbase.query.tree import Term

MARK = Mark("s", "e", 1)


class Attack:
    """Runs a command when it is unpickled."""

    def __init__(self, proof: Path):
        self.proof = proof

    def __reduce__(self) -> object:
        return os.system, (f"touch {self.proof}",)


def document(id: str, title: str = "Some words") -> IndexDocument:
    return IndexDocument(
        id, {"title": (title,), "descriptor": ("One", "Two words"), "doi": ("10.1/x",)}, "", "", (1, 0, 0, 0), False
    )


def filled(folder: Path) -> WhooshEngine:
    engine = WhooshEngine(folder)
    engine.write([document(f"d{n}") for n in range(30)], (), MARK)
    engine.write([document("d3", "Other words"), document("e")], ["d4"], MARK)
    return engine


@pytest.mark.parametrize("module", [whoosh.codec.whoosh3, whoosh.columns, whoosh.formats, whoosh.index.pickle])
def test_an_attack_is_refused(tmp_path: Path, module: Any) -> None:
    proof = tmp_path / "proof"
    with pytest.raises(pickle.UnpicklingError, match=r"refused posix\.system|refused nt\.system"):
        module.loads(pickle.dumps(Attack(proof)))
    assert not proof.exists()


@pytest.mark.parametrize(
    "name",
    [
        ("whoosh.compat", "loads"),
        ("builtins", "eval"),
        ("whoosh.fields", "Schema.items"),
        ("litbase.index.whoosh.codec", "unpack"),
    ],
)
def test_a_name_in_a_trusted_module_is_not_trusted_for_that(name: tuple[str, str]) -> None:
    module, attribute = (part.encode() for part in name)
    with pytest.raises(pickle.UnpicklingError, match="refused"):
        guard.loads(
            b"\x80\x04\x8c" + bytes([len(module)]) + module + b"\x8c" + bytes([len(attribute)]) + attribute + b"\x93."
        )


def test_an_attack_in_a_table_of_contents_that_the_manifest_vouches_for_is_refused(tmp_path: Path) -> None:
    folder, proof = tmp_path / "index", tmp_path / "proof"
    filled(folder).close()
    manifest = read_manifest(folder)
    assert manifest is not None
    [name] = [name for name in manifest.files if name.endswith(".toc")]
    path = folder / manifest.generation / name
    data = path.read_bytes()
    path.write_bytes(data[: data.rindex(b"\x80\x05\x95")] + pickle.dumps(Attack(proof)))
    files = {**manifest.files, name: Entry(path.stat().st_size, hash_of(path))}
    write_manifest(folder, manifest._replace(files=files))
    engine = WhooshEngine(folder)
    assert engine.mark() is None
    assert "refused" in engine.problems[0]
    assert not proof.exists()
    with pytest.raises(EngineUnavailable, match="rebuilt"):
        engine.search(SearchRequest())


def test_an_honest_index_names_the_globals_of_the_list_and_no_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: set[tuple[str, str]] = set()
    honest = guard.Guarded.find_class

    def noting(self: guard.Guarded, module: str, name: str) -> object:
        seen.add((module, name))
        return honest(self, module, name)

    monkeypatch.setattr(guard.Guarded, "find_class", noting)
    filled(tmp_path).close()
    engine = WhooshEngine(tmp_path)
    assert engine.search(SearchRequest(Term("", "words"))).total == 30
    with stock(tmp_path).searcher() as searcher:
        assert searcher.stored_fields(0)
    assert seen == guard.ALLOWED


def stock(folder: Path) -> FileIndex:
    """The index as Whoosh alone opens it, its schema unpickled."""
    manifest = read_manifest(folder)
    assert manifest is not None
    return FileIndex(FileStorage(str(folder / manifest.generation)), indexname="MAIN")


def test_stock_whoosh_reads_the_index(tmp_path: Path) -> None:
    filled(tmp_path).close()
    with stock(tmp_path).searcher() as searcher:
        found = searcher.search(WhooshTerm("title", "other"), limit=None)
        assert [hit["stored_id"] for hit in found] == ["d3"]
        assert len(searcher.search(WhooshTerm("title_exact", "words"), limit=None)) == 30
        assert len(searcher.search(WhooshTerm("title_exact", "some"), limit=None)) == 29


def test_segments_get_different_names_when_random_is_reseeded(tmp_path: Path) -> None:
    engine = WhooshEngine(tmp_path)
    for number in range(3):
        random.seed(1)
        engine.write([document(f"d{number}")], (), MARK)
    assert engine.search(SearchRequest()).total == 3
    assert len({path.name for path in tmp_path.rglob("*.seg")}) == 3
