"""Whoosh against the oracle: small random libraries, several writes, random questions; same ids, totals and counts."""

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litbase.fields import IndexDocument
from litbase.index import Mark
from litbase.index.whoosh import builder, commit, merging
from litbase.index.whoosh.engine import WhooshEngine
from litbase.index.whoosh.storage import read_manifest
from litbase.query.request import SearchRequest
from litbase.query.tree import Prefix
from tests.amount import amount
from tests.index.libraries import requests, writes
from tests.index.memory import MemoryEngine

Writes = list[tuple[list[IndexDocument], list[str]]]


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Merge early, so that small libraries see it."""
    monkeypatch.setattr(merging, "FEW", 2)


def filled(engine: WhooshEngine | MemoryEngine, batches: Writes) -> None:
    """Make the *batches* one after the other."""
    for change, (documents, deletions) in enumerate(batches, 1):
        engine.write(documents, deletions, Mark("s", "e", change))


def agree(whoosh: WhooshEngine, memory: MemoryEngine, request: SearchRequest) -> None:
    """Compare every part of an answer."""
    ours, theirs = whoosh.search(request), memory.search(request)
    assert ours.total == theirs.total
    assert ours.facets == theirs.facets
    assert ours.left_out == theirs.left_out
    ids, expected = list(whoosh.scan(request)), list(memory.scan(request))
    if request.sort == "best":
        assert sorted(ids) == sorted(expected)
        scores = [(-hit.score, hit.id) for hit in ours.hits]
        assert scores == sorted(scores)
    else:
        assert ids == expected
    assert [hit.id for hit in ours.hits] == ids[request.offset : request.offset + request.limit]


@pytest.mark.usefixtures("few")
@settings(max_examples=amount(16, 40), deadline=None)
@given(batches=st.lists(writes, min_size=1, max_size=5), asked=st.lists(requests, min_size=8, max_size=16))
def test_every_answer_is_the_oracles(batches: Writes, asked: list[SearchRequest]) -> None:
    """Through the writer, through a reader that refreshes, and after opening again."""
    folder = Path(tempfile.mkdtemp())
    try:
        memory, writer, reader = MemoryEngine(), WhooshEngine(folder), WhooshEngine(folder, writable=False)
        for change, (documents, deletions) in enumerate(batches, 1):
            for engine in (memory, writer):
                engine.write(documents, deletions, Mark("s", "e", change))
            reader.refresh()
            for request in asked[:2]:
                agree(reader, memory, request)
        reopened = WhooshEngine(folder)
        assert reopened.mark() == memory.mark()
        for request in asked:
            agree(writer, memory, request)
            agree(reopened, memory, request)
        assert reopened.verify() == ()
    finally:
        shutil.rmtree(folder)


@pytest.mark.usefixtures("few")
@settings(max_examples=15, deadline=None)
@given(batches=st.lists(writes, min_size=1, max_size=5), asked=st.lists(requests, min_size=3, max_size=5))
def test_an_index_made_bit_by_bit_answers_like_one_made_at_once(batches: Writes, asked: list[SearchRequest]) -> None:
    """With the same scores too."""
    folder = Path(tempfile.mkdtemp())
    try:
        memory, grown, rebuilt = MemoryEngine(), WhooshEngine(folder / "grown"), WhooshEngine(folder / "rebuilt")
        filled(memory, batches)
        filled(grown, batches)
        rebuilt.write(memory.documents.values(), (), Mark("s", "e", 1))
        for request in asked:
            ours, theirs = grown.search(request), rebuilt.search(request)
            assert [hit.id for hit in ours.hits] == [hit.id for hit in theirs.hits]
            assert [hit.score for hit in ours.hits] == pytest.approx([hit.score for hit in theirs.hits])
    finally:
        shutil.rmtree(folder)


@pytest.fixture
def put_off(few: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Writes merge nothing, so that all of it is left to tidying."""
    monkeypatch.setattr(commit, "ROOM", 0)


@pytest.mark.usefixtures("put_off")
@settings(max_examples=amount(8, 20), deadline=None)
@given(batches=st.lists(writes, min_size=3, max_size=7), asked=st.lists(requests, min_size=3, max_size=6))
def test_tidying_changes_no_answer(batches: Writes, asked: list[SearchRequest]) -> None:
    """Neither after one merge nor after all, for the engine that does it nor for a reader."""
    folder = Path(tempfile.mkdtemp())
    try:
        memory, writer, reader = MemoryEngine(), WhooshEngine(folder), WhooshEngine(folder, writable=False)
        filled(memory, batches)
        filled(writer, batches)
        more = True
        while more:
            reader.refresh()
            for request in asked:
                agree(writer, memory, request)
                agree(reader, memory, request)
            more = writer.tidy()
        assert writer.mark() == memory.mark()
        assert writer.verify() == ()
    finally:
        shutil.rmtree(folder)


@settings(max_examples=amount(8, 20), deadline=None)
@given(batches=st.lists(writes, min_size=1, max_size=3), asked=st.lists(requests, min_size=3, max_size=6))
def test_a_write_of_several_segments_keeps_of_each_id_the_last(batches: Writes, asked: list[SearchRequest]) -> None:
    """However far apart in the write its documents are."""
    folder = Path(tempfile.mkdtemp())
    try:
        memory, whoosh = MemoryEngine(), WhooshEngine(folder)
        filled(memory, batches)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(builder, "DOCUMENTS", 2)
            filled(whoosh, batches)
        for request in asked:
            agree(whoosh, memory, request)
    finally:
        shutil.rmtree(folder)


def test_a_beginning_stands_for_all_words_that_have_it(tmp_path: Path) -> None:
    """However many, in every segment."""
    engine = WhooshEngine(tmp_path)
    for half in (0, 1):
        rows = (
            IndexDocument(f"d{n:04}", {"title": (f"w{n:04}",)}, "", "", (1, 0, 0, 0), False)
            for n in range(half, 1300, 2)
        )
        engine.write(rows, (), Mark("s", "e", half))
    found = list(engine.scan(SearchRequest(Prefix("title", "w"), sort="oldest")))
    assert found == [f"d{n:04}" for n in range(1300)]


@pytest.mark.parametrize("size", [1, 40])
def test_many_small_writes_leave_few_segments(tmp_path: Path, size: int) -> None:
    """Merging keeps the number of segments bounded, and loses nothing."""
    engine = WhooshEngine(tmp_path)
    for change in range(60):
        rows = (
            IndexDocument(f"d{change % 50}-{n}", {"title": (f"word {change}",)}, "", "", (1, 0, 0, 0), False)
            for n in range(size)
        )
        engine.write(rows, (), Mark("s", "e", change))
    manifest = read_manifest(tmp_path)
    assert manifest is not None
    assert len([name for name in manifest.files if name.endswith(".seg")]) <= 2 * merging.FEW
    assert engine.search(SearchRequest()).total == 50 * size
