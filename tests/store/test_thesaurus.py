"""The thesaurus in the store: kept, replaced, noticed by others; and what another one does to the index."""

from functools import partial
from pathlib import Path

import pytest

from litbase.index.follow import follow
from litbase.index.lock import locked
from litbase.store import open_store
from litbase.vocabulary.thesaurus import NONE, Entry, Thesaurus
from tests.index.memory import MemoryEngine

FIRST = Thesaurus((Entry("Gender Differences", ("Sex Differences",), scope_note="Ünï—code"), Entry("Racism")))
SECOND = Thesaurus((Entry("Sex Differences"),))


def test_a_thesaurus_comes_back_as_it_went_in(store):
    assert store.thesaurus() == NONE
    assert store.put_thesaurus(FIRST, "eric.xml")
    assert store.thesaurus() == FIRST
    assert store.thesaurus() is store.thesaurus()


def test_the_same_again_changes_nothing_and_another_begins_an_epoch(store):
    store.put_thesaurus(FIRST)
    before = store.mark()
    assert not store.put_thesaurus(Thesaurus(FIRST.entries), "another.file")
    assert store.mark() == before
    assert store.put_thesaurus(SECOND)
    assert store.mark()[1] != before[1]
    assert (store.mark()[0], store.mark()[2]) == (before[0], before[2])
    assert store.thesaurus() == SECOND


def test_an_open_store_notices_what_another_one_loads(url):
    one, other = open_store(url, create=True), open_store(url)
    assert other.thesaurus() == NONE
    one.put_thesaurus(FIRST)
    assert other.thesaurus() == FIRST
    one.put_thesaurus(SECOND)
    assert other.thesaurus() == SECOND
    one.close()
    other.close()


def test_a_rehearsed_thesaurus_is_forgotten(store):
    store.put_thesaurus(FIRST)
    with store.rehearsal():
        store.put_thesaurus(SECOND)
        assert store.thesaurus() == SECOND
    assert store.thesaurus() == FIRST


@pytest.mark.parametrize("first", [NONE, FIRST])
def test_another_thesaurus_means_that_the_index_is_built_anew(store, incoming, tmp_path: Path, first):
    store.put_thesaurus(first)
    store.put([incoming(descriptors=("Sex Differences",))], 1)
    engine = MemoryEngine()
    follow(store, engine, partial(locked, tmp_path / "lock"))
    [document] = engine.documents.values()
    assert document.counted("descriptor") == (("Gender Differences",) if first else ("Sex Differences",))
    store.put_thesaurus(SECOND)
    follow(store, engine, partial(locked, tmp_path / "lock"))
    [document] = engine.documents.values()
    assert document.counted("descriptor") == ("Sex Differences",)
    assert engine.mark() == store.mark()
