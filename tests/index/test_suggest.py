"""Suggestions and other spellings are the oracle's, on random libraries."""

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litbase.errors import Unsupported
from litbase.fields import IndexDocument
from litbase.index import Mark
from litbase.index.whoosh import merging
from litbase.index.whoosh.engine import WhooshEngine
from litbase.record.text import one_letter_away
from tests.amount import amount
from tests.index.libraries import writes
from tests.index.memory import MemoryEngine

Batches = list[tuple[list[IndexDocument], list[str]]]
STARTS = ("", "s", "sch", "the s", "The", "mu", "MÜ", "van der", "20", "教", "zz")
WRITTEN = ("school", "shool", "scholos", "leder", "the", "thee", "muler", "k", "201", "2019", "mullers", "")


@settings(max_examples=amount(16, 40), deadline=None)
@given(batches=st.lists(writes, min_size=1, max_size=5), limit=st.integers(0, 4), early=st.booleans())
def test_suggestions_are_the_oracles(batches: Batches, limit: int, early: bool) -> None:
    folder = Path(tempfile.mkdtemp())
    try:
        memory, engine = MemoryEngine(), WhooshEngine(folder)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(merging, "FEW", 2 if early else 100)
            for change, (documents, deletions) in enumerate(batches, 1):
                for each in (memory, engine):
                    each.write(documents, deletions, Mark("s", "e", change))
        for start in STARTS:
            assert engine.titled(start, limit) == memory.titled(start, limit)
            for field in ("author", "descriptor", "source", "network", "collection"):
                assert engine.suggest(field, start, limit) == memory.suggest(field, start, limit)
        for word in WRITTEN:
            for field in ("", "title", "author", "descriptor"):
                assert engine.respell(word, field) == memory.respell(word, field)
    finally:
        shutil.rmtree(folder)


@given(st.text("abc", max_size=5), st.text("abc", max_size=5))
def test_one_letter_away_is_symmetrical(one: str, other: str) -> None:
    assert one_letter_away(one, other) == one_letter_away(other, one)


def test_what_is_no_facet_is_not_suggested(tmp_path: Path) -> None:
    with pytest.raises(Unsupported, match="no facet"):
        WhooshEngine(tmp_path).suggest("abstract", "a", 3)
