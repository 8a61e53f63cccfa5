"""Nothing half-written is ever seen: failures at every step, killed writers, rotten bits, missing files."""

import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from litbase.errors import EngineUnavailable
from litbase.fields import IndexDocument
from litbase.index import Mark
from litbase.index.whoosh import merging, schema, storage
from litbase.index.whoosh.engine import WhooshEngine
from litbase.query.request import FacetRequest, SearchRequest
from litbase.query.tree import Phrase, Prefix, Term

KILLS = int(os.environ.get("LITBASE_KILLS", "10"))
ROOT = Path(__file__).resolve().parents[2]


def document(number: int, word: str = "first") -> IndexDocument:
    values = {
        "title": (f"{word} words of number {number}",),
        "descriptor": (f"D{number % 3}",),
        "year": (str(2000 + number % 9),),
    }
    return IndexDocument(f"d{number}", values, f"t{number}", "", (0, 2000 + number % 9, 0, 0), False)


def mark(change: int) -> Mark:
    return Mark("s", "e", change)


def answers(engine: WhooshEngine, sort: str = "best") -> tuple[object, ...]:
    """Enough of an index's answers to tell two states apart; in another *sort* without scores."""
    asked = (Term("", "word"), Phrase("title", ("words", "of")), Prefix("title", "sec"), Term("title", "first"))
    facets = (FacetRequest("descriptor"), FacetRequest("year"))
    return engine.mark(), *(engine.search(SearchRequest(q, facets=facets, sort=sort, limit=100)) for q in asked)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An index of two writes."""
    engine = WhooshEngine(tmp_path / "index")
    engine.write([document(n) for n in range(20)], (), mark(1))
    engine.write([document(3, "second")], ["d4"], mark(2))
    engine.close()
    return tmp_path / "index"


def files(folder: Path) -> list[Path]:
    """What the manifest names."""
    manifest = storage.read_manifest(folder)
    assert manifest is not None
    return [folder / manifest.generation / name for name in sorted(manifest.files)]


class Fails:
    """A function that fails from its *nth* call on."""

    def __init__(self, real: Callable[..., object], nth: int):
        self.real, self.left = real, nth

    def __call__(self, *args: object, **kwargs: object) -> object:
        self.left -= 1
        if self.left < 0:
            raise OSError(28, "No space left on device")
        return self.real(*args, **kwargs)


@pytest.mark.parametrize("how", ["added to", "begun anew", "tidied"])
@pytest.mark.parametrize("step", ["fsync", "replace", "create_file", "rename_file"])
def test_a_change_that_fails_at_any_step_leaves_the_old_state_exactly(
    folder: Path, monkeypatch: pytest.MonkeyPatch, step: str, how: str
) -> None:
    monkeypatch.setattr(merging, "FEW", 2)
    sort = "title" if how == "tidied" else "best"  # a merge forgets deleted documents, which count in scores
    before = answers(WhooshEngine(folder), sort)
    home = os if hasattr(os, step) else storage.Folder
    for nth in range(20):
        engine = WhooshEngine(folder)
        if how == "begun anew":
            engine.clear()
        with monkeypatch.context() as patch:
            failing = Fails(getattr(home, step), nth)
            patch.setattr(home, step, failing if home is os else lambda *a, _f=failing, **k: _f(*a, **k))
            try:
                if how == "tidied":
                    engine.tidy()
                else:
                    engine.write([document(5, "second")], ["d6"], mark(3))
            except EngineUnavailable as error:
                told = str(error)
            else:
                break
        assert "No space left" in told
        manifest = storage.read_manifest(folder)
        assert manifest is not None
        if manifest.mark == mark(2):  # failing after the manifest was replaced, the new state is as good
            assert answers(WhooshEngine(folder), sort) == before
        else:
            assert WhooshEngine(folder).search(SearchRequest(Term("", "second"))).total == (
                1 if how == "begun anew" else 2
            )
            break
    assert nth > 0
    again = WhooshEngine(folder)
    again.write([document(5, "second")], ["d6"], mark(3))
    assert again.verify() == ()
    again.close()
    assert {path.name for path in files(folder)} == {path.name for path in next(folder.glob("gen-*")).iterdir()}


def test_an_error_in_the_documents_writes_nothing(folder: Path) -> None:
    engine = WhooshEngine(folder)
    before = answers(engine)

    def documents() -> object:
        yield document(50)
        raise KeyError("in the middle")

    with pytest.raises(KeyError):
        engine.write(documents(), ["d1"], mark(3))  # type: ignore[arg-type]
    assert answers(engine) == before == answers(WhooshEngine(folder))
    engine.write([document(50)], (), mark(3))
    assert engine.mark() == mark(3)


WRITER = """
import sys
from pathlib import Path
from litbase.index import Mark
from litbase.index.whoosh import commit, merging
from litbase.index.whoosh.engine import WhooshEngine
from tests.index.test_durability import document
commit.ROOM, merging.FEW = 0, 2  # writes put all merging off, and tidying does it
engine = WhooshEngine(Path(sys.argv[1]))
change = engine.mark().change if engine.mark() else 0
while True:
    change += 1
    fresh = [document(n, f"round{change}") for n in range(change % 7, 60, 7)]
    engine.write(fresh, [f"d{change % 60}"] if change % 3 == 0 else [], Mark("s", "e", change))
    print(change, flush=True)
    while change % 2 == 0 and engine.tidy():
        pass
"""


def test_a_killed_writer_loses_nothing_it_has_told_and_leaves_little(tmp_path: Path) -> None:
    chance = random.Random(KILLS)
    index, told = tmp_path / "index", 0
    for _ in range(KILLS):
        command = [sys.executable, "-c", WRITER, str(index)]
        environ = {**os.environ, "PYTHONPATH": str(ROOT)}
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environ)
        assert process.stdout is not None
        told = int(process.stdout.readline())
        time.sleep(chance.uniform(0, 0.15))
        process.kill()
        told = max([told, *map(int, process.stdout.read().split())])
        process.wait()
        process.stdout.close()
        engine = WhooshEngine(index)
        reached = engine.mark()
        assert reached is not None
        assert reached.change in (told, told + 1)
        assert engine.verify() == ()
        assert engine.search(SearchRequest(Term("title", "words"))).total == engine.search(SearchRequest()).total
    engine = WhooshEngine(index)
    last = engine.mark()
    assert last is not None
    engine.write([], [], last)
    fresh = WhooshEngine(tmp_path / "fresh")
    kept = sum(path.stat().st_size for path in files(index))
    engine.close()
    fresh.close()
    there = sum(path.stat().st_size for path in index.rglob("*") if path.is_file() and path.name != storage.MANIFEST)
    assert there <= 1.3 * kept


def test_every_flipped_bit_is_detected(folder: Path) -> None:
    chance = random.Random(1)
    for _ in range(50):
        path = chance.choice(files(folder))
        data = bytearray(path.read_bytes())
        place, bit = chance.randrange(len(data)), 1 << chance.randrange(8)
        data[place] ^= bit
        path.write_bytes(data)
        engine = WhooshEngine(folder)
        if path.suffix == ".toc":
            assert engine.mark() is None
        assert engine.verify()
        assert engine.mark() is None
        with pytest.raises(EngineUnavailable):
            engine.search(SearchRequest())
        data[place] ^= bit
        path.write_bytes(data)
    assert WhooshEngine(folder).verify() == ()


def test_searching_damaged_files_answers_or_says_that_it_cannot(folder: Path) -> None:
    """A size that is right keeps the damage from being seen on opening; whatever breaks is told as one error."""
    chance = random.Random(2)
    [segment, *_] = [path for path in files(folder) if path.suffix == ".seg"]
    sound = segment.read_bytes()
    for _ in range(30):
        data = bytearray(sound)
        for _ in range(40):
            data[chance.randrange(len(data))] ^= 255
        segment.write_bytes(data)
        engine = WhooshEngine(folder)
        for query in (Term("", "first"), Phrase("title", ("words", "of"))):
            try:
                engine.search(SearchRequest(query, facets=(FacetRequest("descriptor"),)))
            except EngineUnavailable:
                assert engine.mark() is None


@pytest.mark.parametrize("keep", [0, 1, 100])
@pytest.mark.parametrize("suffix", [".toc", ".seg"])
def test_a_cut_or_missing_file_is_seen_on_opening_and_a_write_begins_anew(folder: Path, suffix: str, keep: int) -> None:
    [path, *_] = [path for path in files(folder) if path.suffix == suffix]
    path.write_bytes(path.read_bytes()[:keep]) if keep != 1 else path.unlink()
    engine = WhooshEngine(folder)
    assert engine.mark() is None
    assert engine.problems
    with pytest.raises(EngineUnavailable, match="rebuilt"):
        engine.search(SearchRequest())
    engine.clear()
    engine.write([document(1)], (), mark(9))
    assert engine.search(SearchRequest()).total == 1
    engine.close()
    assert [path.name for path in folder.glob("gen-*")] == ["gen-000002"]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"check": "x"}', "null"])
def test_a_damaged_manifest_is_no_index(folder: Path, text: str) -> None:
    (folder / storage.MANIFEST).write_text(text)
    engine = WhooshEngine(folder)
    assert engine.mark() is None
    assert "damaged" in engine.problems[0]
    engine.write([document(1)], (), mark(9))
    assert answers(WhooshEngine(folder))[0] == mark(9)


def test_another_analysis_or_schema_means_a_new_index(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema, "FORMAT", schema.FORMAT + 1)
    engine = WhooshEngine(folder)
    assert engine.mark() is None
    assert "another version" in engine.problems[0]


def test_a_deleted_folder_is_an_empty_index(folder: Path) -> None:
    engine = WhooshEngine(folder)
    shutil.rmtree(folder)
    assert engine.refresh()
    assert engine.mark() is None
    engine.write([document(1)], (), mark(9))
    assert engine.search(SearchRequest()).total == 1


def test_a_pinned_answer_outlives_the_files(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storage, "GRACE", 0.0)
    reader, writer = WhooshEngine(folder, writable=False), WhooshEngine(folder)
    waiting = reader.scan(SearchRequest())
    for change in range(3, 30):
        writer.write([document(change)], (), mark(change))
    writer.clear()
    writer.write([document(1)], (), mark(40))
    assert len(list(waiting)) == 19
    assert reader.search(SearchRequest()).total == 19
    assert reader.refresh()
    assert not reader.refresh()
    assert reader.search(SearchRequest()).total == 1


def test_an_idle_refresh_is_one_stat(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine, calls = WhooshEngine(folder), []
    real = Path.stat
    monkeypatch.setattr(Path, "stat", lambda self, **options: calls.append(self) or real(self, **options))
    monkeypatch.setattr("builtins.open", lambda *a, **k: pytest.fail("a file was opened"))
    assert not engine.refresh()
    assert calls == [folder / storage.MANIFEST]


def test_a_reader_does_not_write(folder: Path) -> None:
    with pytest.raises(EngineUnavailable, match="reading only"):
        WhooshEngine(folder, writable=False).write([], [], mark(3))
