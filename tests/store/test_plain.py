"""Plain export: the same library gives the same lines, one edit changes one, and reading them gives the library."""

import json
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litbase.errors import BadInput, Conflict
from litbase.store import open_store
from litbase.store.plain import HEADS, Line
from litbase.store.store import Store
from litbase.vocabulary.thesaurus import NONE
from tests.strategies import records as any_record


def lines(store: Store) -> list[bytes]:
    return list(store.plain.records())


def read_back(store: Store, texts: list[bytes], heads: dict[str, list[bytes]]) -> int:
    numbered = [Line(text, f"records-0001.jsonl:{n}") for n, text in enumerate(texts, 1)]
    return store.plain.read_back(
        {name: [Line(text, f"{name}.jsonl:{n}") for n, text in enumerate(some, 1)] for name, some in heads.items()},
        lambda: numbered,
    )


def heads(store: Store) -> dict[str, list[bytes]]:
    return {name: store.plain.head(name) for name in HEADS}


def lived(store: Store, incoming: Callable) -> None:
    """Everything that can happen to a library."""
    run = store.start_run("add", {"paths": "x"})
    store.put_document("d" * 64, "x.ris", "utf-8", b"text")
    titles = ("One", "Two", "Three", "Four", "Five", "Six")
    ids = [o.id for o in store.put([incoming(title, citation_key=f"{title}key") for title in titles], run)]
    store.finish_run(run, {"new": 6})
    store.put([incoming("One", volume="9", citation_key="other")], run)
    store.edit(ids[0], {"volume": "8", "citation_key": "mine"}, "ann", "a misprint")
    store.release(ids[0], ["volume"], "ann")
    store.edit(ids[1], {"volume": None}, "bob")
    store.merge(ids[2], ids[1], "ann")
    store.merge(ids[1], ids[0], "ann")
    store.set_state(ids[3], "withdrawn", "ann", "a copy")
    store.judge(ids[4], ids[5], "different", "ann", "another year")
    store.edit(ids[4], {"title": 'Fünf \u2028 "quoted"'}, "ann")


@pytest.fixture
def full(store: Store, incoming: Callable) -> Store:
    lived(store, incoming)
    return store


@pytest.fixture
def other(other_url: str):
    opened = open_store(other_url, create=True)
    yield opened
    opened.close()


def test_reading_an_export_gives_the_library(full, other):
    assert read_back(other, lines(full), heads(full)) == 6
    assert lines(other) == lines(full)
    assert heads(other) == heads(full)
    assert other.scan("", 100, "") == full.scan("", 100, "")
    for stored in full.scan("", 100, ""):
        assert other.history(stored.id) == full.history(stored.id)
        assert other.edits(stored.id) == full.edits(stored.id)
        assert other.readings(stored.id, True) == full.readings(stored.id, True)
        assert other.resolve(stored.id) == full.resolve(stored.id)
        assert other.links(stored.id) == full.links(stored.id)
        for key in (stored.record.citation_key, "other", "Onekey", "Twokey"):
            assert other.resolve_key(key) == full.resolve_key(key)
    assert list(other.faults()) == []


def test_the_library_goes_on_after_reading(full, other, incoming):
    read_back(other, lines(full), heads(full))
    ids = [stored.id for stored in full.scan("", 100, "")]
    for store in (full, other):
        run = store.start_run("add")
        outcome = store.put([incoming("Seven"), incoming("One", volume="10")], run)
        assert [one.status for one in outcome] == ["new", "changed"]
        store.edit(outcome[0].id, {"volume": "1"}, "ann")
        store.judge(outcome[0].id, outcome[1].id, "related", "ann")
        merged = next(record_id for record_id in ids if store.get(record_id).state == "merged")
        store.unmerge(merged, "ann")
        assert list(store.faults()) == []
    assert [(s.id, s.state, s.record) for s in other.scan("", 100, "")] == [
        (s.id, s.state, s.record) for s in full.scan("", 100, "")
    ]


def test_one_edit_changes_one_line(full):
    before = lines(full)
    assert lines(full) == before
    one = next(stored for stored in full.scan())
    full.edit(one.id, {"publisher": "Ours"}, "ann")
    assert sum(a != b for a, b in zip(before, lines(full), strict=True)) == 1
    assert all(list(json.loads(line)) == sorted(json.loads(line)) for line in before)


def test_an_export_is_read_into_an_empty_library_only(full):
    with pytest.raises(Conflict, match="empty"):
        read_back(full, lines(full), heads(full))


@pytest.mark.parametrize(
    ("meddle", "why"),
    [
        pytest.param(lambda some: [*some[:1], b"{", *some[1:]], "records-0001.jsonl:2", id="no JSON"),
        pytest.param(lambda some: [some[0].replace(b'"version":', b'"verzion":')], ":1: ", id="another key"),
        pytest.param(lambda some: [some[0].replace(b'"version":1', b'"version":"1"', 1)], ":1: ", id="no number"),
        pytest.param(lambda some: [*some, some[0]], "records", id="one twice"),
        pytest.param(
            lambda some: some[:1], "readings|merges|revisions|verdicts|foreign", id="what it names is missing"
        ),
        pytest.param(lambda some: [b"[" * 100_000], ":1: ", id="deep"),
        pytest.param(
            lambda some: [some[0].replace(b'"title":"', b'"title":7,"x":"')], ":1: .* cannot be read", id="odd"
        ),
    ],
)
def test_what_is_not_good_is_refused_whole(full, other, meddle, why):
    some = sorted(lines(full), key=lambda line: b'"state":"merged"' not in line)
    with pytest.raises(BadInput, match=why):
        read_back(other, meddle(some), heads(full))
    assert other.scan("", 10, "") == []
    assert other.thesaurus() == NONE
    assert read_back(other, lines(full), heads(full)) == 6


@settings(max_examples=30)
@given(st.lists(any_record(), min_size=1, max_size=5))
def test_any_records_come_back(found):
    from litbase.store import Incoming

    one, two = open_store("sqlite://", create=True), open_store("sqlite://", create=True)
    try:
        one.put(
            [Incoming(record=record, source="made", key=str(n), reader="made") for n, record in enumerate(found)], 1
        )
        read_back(two, lines(one), heads(one))
        assert lines(two) == lines(one)
        assert two.scan("", 10, "") == one.scan("", 10, "")
    finally:
        one.close()
        two.close()
