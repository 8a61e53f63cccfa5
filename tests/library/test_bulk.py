"""Bulk edits: what an operation does, what it would do before it does it, and that all of it can be taken back."""

from pathlib import Path

import pytest

from litbase.errors import BadInput, InvalidRecord
from litbase.library import Library, bring_level, bulk, is_level
from litbase.library.editing import edit
from litbase.library.operations import FIELDS, changes_of, operation
from litbase.library.undoing import undo_run
from litbase.query.state import SearchState
from litbase.record.dates import PartialDate
from litbase.record.names import Name
from litbase.record.record import Record
from litbase.store.values import Edit
from tests.library.small import RECORDS, small_library

LISTED = Record(
    title="The cat and the catalogue",
    author=(Name(family="Roe", given="A."),),
    publisher="Pub",
    language=("en",),
    keywords=("a", "b"),
    descriptors=("X", "Y"),
    major_descriptors=("X",),
)


@pytest.fixture
def library(tmp_path: Path):
    made = small_library(tmp_path / "library")
    yield made
    made.close()


@pytest.mark.parametrize(
    ("given", "changes"),
    [
        (("set", "publisher", "Other"), {"publisher": "Other"}),
        (("set", "publisher", "Pub"), {}),
        (("set", "issued", "2001-05"), {"issued": PartialDate(year=2001, month=5)}),
        (("set", "language", "German; fr"), {"language": ("de", "fr")}),
        (("clear", "publisher"), {"publisher": None}),
        (("clear", "note"), {}),
        (("add", "keywords", "b; c"), {"keywords": ("a", "b", "c")}),
        (("add", "keywords", "a"), {}),
        (("remove", "keywords", "b; c"), {"keywords": ("a",)}),
        (("remove", "keywords", "a; b"), {"keywords": None}),
        (("remove", "descriptors", "X"), {"descriptors": ("Y",), "major_descriptors": None}),
        (("rename", "descriptors", "X", "Z"), {"descriptors": ("Z", "Y"), "major_descriptors": ("Z",)}),
        (("rename", "descriptors", "X", "Y"), {"descriptors": ("Y",), "major_descriptors": ("Y",)}),
        (("rename", "descriptors", "no", "Y"), {}),
        (("rename", "author", "Roe, A.", "Roe, Ann"), {"author": (Name(family="Roe", given="Ann"),)}),
        (("rename", "publisher", "Pub", "Public"), {"publisher": "Public"}),
        (("rename", "publisher", "Pu", "Public"), {}),
        (("replace", "title", "cat", "dog"), {"title": "The dog and the dogalogue"}),
        (("replace", "title", "cat", "dog", True), {"title": "The dog and the catalogue"}),
        (("replace", "title", "c.t", "dog"), {}),
        (("replace", "title", "cat", r"\1\g<0>", True), {"title": r"The \1\g<0> and the catalogue"}),
        (("replace", "keywords", "a", ""), {"keywords": ("b",)}),
        (("set", "descriptors", "Y"), {"descriptors": ("Y",), "major_descriptors": None}),
        (("release", "title"), {}),
    ],
)
def test_an_operation_changes_just_what_it_says(given: tuple, changes: dict) -> None:
    assert changes_of(LISTED, operation(*given)) == changes


@pytest.mark.parametrize(
    "given",
    [
        ("drop", "title"), ("set", "nosuch", "x"), ("set", "citation_key", "x"), ("set", "doi", "10.1/x"),
        ("set", "title", " "), ("set", "issued", "someday"), ("set", "type", "spoon"), ("add", "title", "x"),
        ("clear", "type"), ("rename", "keywords", "a", ""), ("rename", "keywords", "a; b", "c"),
        ("replace", "title", ""), ("replace", "author", "A", "B"), ("set", "number_of_pages", "many"),
        ("set", "note", "x" * 20_001), ("add", "keywords", ";;"), ("release", "id"), ("mend", "entity-left"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_refused_before_anything_happens(given: tuple) -> None:
    with pytest.raises((BadInput, InvalidRecord)):
        operation(*given)


def test_every_action_has_fields() -> None:
    assert set(FIELDS) == {"set", "clear", "add", "remove", "rename", "replace", "release"}
    assert all(FIELDS.values())


def do(library: Library, which: object, *operations: object, **options: object) -> tuple[bulk.Preview, bulk.Applied]:
    seen = bulk.preview(library, which, operations, overrule=bool(options.get("overrule")))  # type: ignore[arg-type]
    applied = bulk.apply(library, seen.seen, operations, who="ann", **options)  # type: ignore[arg-type]
    return seen, applied


def test_a_preview_counts_and_the_edit_does_what_it_said_and_is_undone(library: Library) -> None:
    before = {stored.id: stored.record for stored in library.store.scan("", 500)}
    seen, applied = do(library, SearchState(q="statistics"), operation("add", "keywords", "Tables"))
    assert (seen.total, len(seen.seen), seen.unchanged, seen.left) == (40, 40, 0, 0)
    assert {one.status for one in applied.outcomes} == {"changed"}
    assert applied.tally == {"changed": 40}
    assert sum("Tables" in stored.record.keywords for stored in library.store.scan("", 500)) == 40
    again = bulk.preview(library, SearchState(q="statistics"), [operation("add", "keywords", "Tables")])
    assert (len(again.seen), again.unchanged) == (0, 40)
    assert len(list(undo_run(library, applied.number, who="ann").outcomes)) == 40
    assert {stored.id: stored.record for stored in library.store.scan("", 500)} == before
    assert bring_level(library)
    assert is_level(library)


def test_what_an_editor_decided_stays_unless_overruled(library: Library) -> None:
    one = next(iter(library.store.scan("", 1)))
    edit(library, one.id, {"publisher": "Mine"}, who="bob")
    given = operation("set", "publisher", "Theirs")
    seen, applied = do(library, None, given)
    assert (seen.left, [plan.stored.id for plan in seen.held]) == (1, [one.id])
    assert seen.held[0].kept == ("publisher",)
    assert len(list(applied.outcomes)) == len(RECORDS) - 1
    assert library.store.get(one.id).record.publisher == "Mine"
    seen, applied = do(library, [one.id], given, overrule=True)
    assert [became.status for became in applied.outcomes] == ["changed"]
    assert library.store.get(one.id).record.publisher == "Theirs"


def test_a_field_is_given_back_to_its_sources(library: Library) -> None:
    one = next(stored for stored in library.store.scan("", 100) if stored.record.descriptors)
    edit(library, one.id, {"descriptors": ("Mine",)}, who="bob")
    seen, applied = do(library, None, operation("release", "descriptors"))
    assert list(seen.seen) == [one.id]
    assert [became.status for became in applied.outcomes] == ["changed"]
    assert library.store.get(one.id).record.descriptors == one.record.descriptors
    assert library.store.edits(one.id) == ()


def test_a_record_changed_since_the_preview_is_passed_over_and_reported(library: Library) -> None:
    given = operation("set", "publisher", "Theirs")
    seen = bulk.preview(library, None, [given])
    ids = list(seen.seen)
    edit(library, ids[3], {"note": "seen"}, who="bob")
    library.store.merge([ids[5]], ids[6], "bob")
    became = {one.id: one.status for one in bulk.apply(library, seen.seen, [given], who="ann").outcomes}
    assert {id for id, status in became.items() if status == "conflict"} == {ids[3], ids[5], ids[6]}
    assert library.store.get(ids[3]).record.publisher != "Theirs"
    assert sum(status == "changed" for status in became.values()) == len(ids) - 3


def test_more_than_may_be_is_refused(library: Library) -> None:
    with pytest.raises(BadInput, match="At most 5"):
        bulk.preview(library, None, [operation("clear", "note")], most=5)


def test_mending_is_an_operation_too(library: Library) -> None:
    one = next(iter(library.store.scan("", 1)))
    edit(library, one.id, {"title": "A &amp; B"}, who="bob")
    mend = bulk.Operation("mend", "entity-left")
    assert bulk.preview(library, None, [mend]).left == 1
    seen, applied = do(library, None, mend, overrule=True)
    assert list(seen.seen) == [one.id]
    assert len(list(applied.outcomes)) == 1
    assert library.store.get(one.id).record.title == "A & B"


def test_operations_are_done_one_after_the_other(library: Library) -> None:
    some = [next(iter(library.store.scan("", 1))).id]
    _, applied = do(library, some, operation("add", "keywords", "a; b"), operation("rename", "keywords", "a", "c"))
    assert [one.status for one in applied.outcomes] == ["changed"]
    assert library.store.get(some[0]).record.keywords == ("c", "b")


def test_many_edits_are_each_by_themselves(library: Library) -> None:
    ids = [stored.id for stored in library.store.scan("", 10)]
    done = library.store.edit_many(
        [
            Edit(ids[0], {"note": "1"}, 1, why="because"),
            Edit(ids[1], {"note": "1"}, 7),
            Edit(ids[2], {"nosuch": "1"}, 1),
            Edit(ids[3], {"issued": "never"}, 1),
            Edit("nobody", {"note": "1"}),
            Edit(ids[4], {"citation_key": "x"}),
            Edit(ids[5], {"note": None}, 1),
            Edit(ids[0], {"note": "2"}, 1),
            Edit(ids[0], {"note": "3"}, 2),
        ],
        who="ann",
        why="all",
    )
    assert [one.status for one in done] == [
        "changed", "conflict", "refused", "refused", "conflict", "refused", "same", "conflict", "changed"]  # fmt: skip
    assert [one.why for one in library.store.history(ids[0])] == ["", "because", "all"]
    assert library.store.get(ids[0]).record.note == "3"
    assert [library.store.get(id).version for id in ids[1:6]] == [1] * 5
    assert library.store.edits(ids[5]) == ()
    assert library.store.audit.verify().fault is None


def test_a_transaction_ends_in_time_and_the_rest_follows(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    from litbase.store import edit as editing

    monkeypatch.setattr(editing, "HOLD", -1.0)
    ids = [stored.id for stored in library.store.scan("", 10)]
    done = library.store.edit_many([Edit(id, {"note": "n"}, 1) for id in ids], who="ann")
    assert [(one.id, one.status) for one in done] == [(id, "changed") for id in ids]
