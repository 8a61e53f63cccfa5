"""Foreseeing: what it says of each reading is what adding then does, however the readings fall into batches."""

import gzip
import os
import tempfile
import threading
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litbase.library import Library, open_library
from litbase.library.documents import Answer, open_bytes
from litbase.library.foreseeing import Foresight
from litbase.library.matching import linked
from litbase.library.reading import prepared
from litbase.record.names import Name
from litbase.record.reading import Document
from litbase.record.record import Record
from litbase.settings import Settings
from litbase.store.values import Incoming

TITLES = ("Learning to Teach", "Learning to teach: A Study", "Schools in Context", "Editorial", "")
DOIS = ("", "", "10.1/a", "10.1/b")
ERIC = ("", "", "EJ1", "EJ2")


@st.composite
def readings(draw: st.DrawFn) -> Incoming:
    """Readings of a handful of works, by four sources, that meet by key, by identifiers or not at all."""
    record = Record(
        type=draw(st.sampled_from(["article-journal", "book"])),
        title=draw(st.sampled_from(TITLES)),
        author=(Name(family=draw(st.sampled_from(["Roe", "Doe"]))),),
        doi=draw(st.sampled_from(DOIS)),
        eric=draw(st.sampled_from(ERIC)),
        isbn=draw(st.sampled_from([(), (), ("9780415839044",)])),
        volume=draw(st.sampled_from(["", "1", "2"])),
        citation_key=draw(st.sampled_from(["", "roe2020"])),
    )
    return Incoming(
        record=record,
        source=draw(st.sampled_from(["eric", "bibtex"])),
        key=draw(st.sampled_from(["1", "2", "3", "4", "5", "6"])),
        reader="test",
        reader_version=draw(st.sampled_from([1, 2])),
        rank=draw(st.sampled_from([10, 50])),
        document=draw(st.sampled_from(["a" * 64, "b" * 64])),
        ordinal=draw(st.integers(0, 9)),
    )


def opened() -> Library:
    return open_library(Path(tempfile.mkdtemp()) / "library", Settings(), create=True)


def place(incoming: Incoming) -> tuple[str, int]:
    """Where it stands; a run reads no place twice."""
    return incoming.document, incoming.ordinal


EXAMPLES = 300 if os.environ.get("LITBASE_KILLS") else 20


@settings(max_examples=EXAMPLES, deadline=None)
@given(
    st.lists(readings(), max_size=6, unique_by=place),
    st.lists(readings(), max_size=14, unique_by=place),
    st.integers(1, 4),
    st.booleans(),
)
def test_what_is_foreseen_is_what_happens(
    there: list[Incoming], new: list[Incoming], size: int, is_undone: bool
) -> None:
    library = opened()
    first = library.store.start_run("test")
    library.store.put(there, first, "a")
    if there and is_undone:
        number = library.store.begin_undoing(first, "a", "")
        list(library.store.undo_run(number, "a", ""))
    mark = library.store.mark()
    foresight = Foresight(library.store)
    batches = [list(enumerate(new))[at : at + size] for at in range(0, len(new), size)]
    foreseen = [one.outcome.status for batch in batches for one in foresight.foresee(batch)]
    foresight.close()
    assert library.store.mark() == mark
    run = library.store.start_run("test")
    happened = [o.status for batch in batches for o in library.store.put([one for _, one in batch], run, "a")]
    assert foreseen == happened
    library.close()


def all_of(library: Library, documents: list[Document]) -> list[Incoming]:
    return [
        item for document in documents for item in prepared(library, Answer(document)) if isinstance(item, Incoming)
    ]


def test_so_it_is_with_real_records_twice_over(shared: Path) -> None:
    paths = sorted((shared / "data" / "eric" / "api").glob("*.json.gz"), key=lambda path: path.stat().st_size)[:2]
    documents = []
    for path in paths:
        text = gzip.decompress(path.read_bytes())
        documents += [Document("a", text), Document("b", text.replace(b"Education", b"Schooling"))]
    library = opened()
    new = all_of(library, documents)[:1500]
    foreseen = []
    with closing(Foresight(library.store)) as foresight:
        for at in range(0, len(new), 100):
            foreseen += [f.outcome.status for f in foresight.foresee(list(enumerate(new))[at : at + 100])]
    run = library.store.start_run("test")
    happened = [o.status for at in range(0, len(new), 500) for o in library.store.put(new[at : at + 500], run, "a")]
    assert len(foreseen) > 500
    assert foreseen == happened
    library.close()


def test_a_likeness_in_an_earlier_batch_is_seen() -> None:
    def one(number: int, title: str, year: str = "7") -> Incoming:
        record = Record(type="article-journal", title=title, author=(Name(family="Roe", given="Ann"),), volume=year,
                        container_title="Journal of Towns", page="1-20")  # fmt: skip
        return Incoming(record=record, source="bibtex", key=str(number), reader="test", document="a" * 64)

    library = opened()
    before, after = one(0, "Squares and Streets of Old Towns"), one(2, "Squares and streets of old towns")
    with closing(Foresight(library.store)) as foresight:
        foresight.foresee([(0, before), (1, one(1, "Something Else Entirely"))])
        [found] = foresight.foresee([(2, after)])
    assert found.outcome.status == "new"
    assert [(like.relation, like.ordinal, like.id) for like in found.likenesses] == [("same", 0, "")]
    together = linked(library.store, [before, after])
    assert [link.relation for link in together[1].links] == ["same"]
    library.close()


def test_nothing_is_written_and_nobody_waits(tmp_path: Path) -> None:
    library = opened()
    [document] = open_bytes("x.bib", b"@book{a, title={A Book on Learning}, author={Roe, Ann}, year={2001}}")
    assert isinstance(document, Document)
    with library.store.rehearsal():  # another writer holds the store
        found: list[str] = []

        def foresee() -> None:
            with closing(Foresight(library.store)) as foresight:
                found.extend(f.outcome.status for f in foresight.foresee(list(enumerate(all_of(library, [document])))))

        thread = threading.Thread(target=foresee)
        thread.start()
        thread.join(5)
        assert found == ["new"]
    assert library.store.count() == 0
    library.close()


@pytest.mark.parametrize("count", [1, 600])
def test_a_crowd_of_the_same_is_bounded(count: int) -> None:
    library = opened()
    record = Record(type="book", title="A Book", doi="10.1/x")
    batch = [
        (n, Incoming(record=record, source="s", key=str(n), reader="t", document="a" * 64, ordinal=n))
        for n in range(count)
    ]
    with closing(Foresight(library.store)) as foresight:
        found = [f.outcome.status for at in range(0, count, 100) for f in foresight.foresee(batch[at : at + 100])]
    assert found.count("new") == 1
    library.close()
