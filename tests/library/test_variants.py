"""Joining and separating forms of a name everywhere: what follows, what stays, undoing, and others who decide too."""

import subprocess
import sys
import threading

import pytest

from litbase.errors import BadInput, Conflict, NotFound
from litbase.library import bring_level, is_level, open_library, variants
from litbase.library.exporting import export
from litbase.library.finding import count, counts, search
from litbase.library.plain_export import export_all, read_back
from litbase.library.slugs import meant
from litbase.library.variants import join, preview_join, preview_separate, separate, steps, undo
from litbase.library.verifying import verify
from litbase.query.request import FacetRequest
from litbase.query.state import SearchState
from litbase.record.dates import PartialDate
from litbase.record.names import Name
from litbase.record.record import Record
from litbase.settings import Settings
from litbase.store.values import Incoming
from litbase.vocabulary.thesaurus import Entry, Thesaurus
from tests.library.small import small_library

WHO = {"who": "Ann"}
J, JOHN, JANE = "Smith, J.", "Smith, John A.", "Smith, Jane"


def record(given: str, number: int, **more: object) -> Record:
    return Record(
        type="article-journal",
        title=f"Work {number} of Smith",
        author=(Name(family="Smith", given=given), Name(family="Roe", given="Ann")),
        issued=PartialDate(year=2000 + number),
        **more,  # type: ignore[arg-type]
    )


RECORDS = (
    record("J.", 1, container_title="J. Educ.", publisher="Press, Inc.", descriptors=("Teaching Method",)),
    record("John A.", 2, container_title="Journal of Education", publisher="Press", descriptors=("Teaching Methods",)),
    record("John A.", 3, container_title="Journal of Education"),
    record("Jane", 4, container_title="Journal of Education Policy"),
    Record(type="cited", title="A Cited Work", author=(Name(family="Smith", given="J."),)),
)


@pytest.fixture
def library(tmp_path):
    made = small_library(tmp_path / "library", RECORDS)
    yield made
    made.close()


def facet(library, name):
    [found] = counts(library, SearchState(), (FacetRequest(name),)).facets
    return {value.value: value.count for value in found.values}


def found(library, query, **filters):
    state = SearchState(q=query)
    for name, value in filters.items():
        state = state.add(name, value)
    return count(library, state)


def test_a_join_moves_facets_searches_filters_and_addresses_and_no_record(library):
    before = {stored.id: stored for stored in library.store.scan()}
    done = join(library, "author", [J], JOHN, **WHO)
    assert done.touched == 2  # the cited work prints it too
    assert not is_level(library)
    bring_level(library)
    assert facet(library, "author") == {JOHN: 3, JANE: 1, "Roe, Ann": 4}
    assert found(library, "", author=JOHN) == found(library, "", author=J) == 3
    assert found(library, f'author:"{J}"') == found(library, f'author:"{JOHN}"') == 3
    assert found(library, 'author:"J. Smith"') == 3  # as it is spoken
    assert found(library, f'author:"{JANE}"') == 1
    assert meant(library, "author", "smith-j").value == JOHN
    assert library.engine.suggest("author", "smith j", 5) == ((JOHN, 3), (JANE, 1))
    assert {stored.id: stored for stored in library.store.scan()} == before
    assert "Smith, J." in "".join(export(library, SearchState(q="title:1"), "bibtex"))


def test_a_reader_is_told_that_another_form_is_filtered_by(library):
    join(library, "author", [J], JOHN, **WHO)
    bring_level(library)
    result = search(library, SearchState().add("author", J).exclude("source", "J. Educ."), ())
    assert [(told.code, dict(told.params)["preferred"]) for told in result.notices] == [("value-joined", JOHN)]
    assert result.state.chosen("author") == (JOHN,)


@pytest.mark.parametrize(
    ("kind", "form", "into"),
    [
        ("source", "J. Educ.", "Journal of Education"),
        ("publisher", "Press, Inc.", "Press"),
        ("descriptor", "Teaching Method", "Teaching Methods"),
    ],
)
def test_the_other_kinds_are_joined_alike(library, kind, form, into):
    before = facet(library, kind)
    join(library, kind, [form], into, **WHO)
    bring_level(library)
    after = facet(library, kind)
    assert after == {value: n for value, n in before.items() if value != form} | {into: before[into] + before[form]}
    assert found(library, f'{kind}:"{form}"') >= after[into]
    assert found(library, "", **{kind: form}) == after[into]


def test_undoing_brings_everything_back_and_can_be_undone(library):
    before = facet(library, "author")
    done = join(library, "author", [J], JOHN, **WHO)
    bring_level(library)
    back = undo(library, done.run, **WHO)
    bring_level(library)
    assert facet(library, "author") == before
    assert [(step.run, step.undone) for step in steps(library)] == [(done.run, back.run)]
    with pytest.raises(BadInput, match=f"undone already, by run {back.run}"):
        undo(library, done.run, **WHO)
    undo(library, back.run, **WHO)
    bring_level(library)
    assert facet(library, "author")[JOHN] == 3
    with pytest.raises(NotFound):
        undo(library, 999, **WHO)
    with pytest.raises(BadInput, match=f"litbase variants --undo {done.run}"):
        library.store.begin_undoing(done.run, "Ann")


def test_importing_again_and_more_of_the_same_brings_no_joined_form_back(library):
    join(library, "author", [J], JOHN, **WHO)
    new = record("J.", 9)
    batch = [
        Incoming(record=one, source="test", key=str(n), reader="test", document="d2") for n, one in enumerate(RECORDS)
    ] + [Incoming(record=new, source="test", key="new", reader="test", document="d2")]
    library.store.put(batch, library.store.start_run("again", {}))
    bring_level(library)
    assert facet(library, "author") == {JOHN: 4, JANE: 1, "Roe, Ann": 5}
    library.engine.clear()
    bring_level(library)
    assert facet(library, "author") == {JOHN: 4, JANE: 1, "Roe, Ann": 5}


def test_a_preview_says_what_would_move_and_changes_nothing(library):
    before = library.store.mark(), library.store.audit.page(100)
    seen = preview_join(library, "author", [J], JOHN)
    assert [(one.form, one.before, one.after, one.count) for one in seen.moved] == [(J, J, JOHN, 2)]
    assert (seen.groups, seen.records, seen.unprinted) == (((JOHN, J),), 2, ())
    assert (library.store.mark(), library.store.audit.page(100)) == before
    join(library, "author", [J], JOHN, seen=seen.seen, **WHO)
    bring_level(library)
    apart = preview_separate(library, "author", J, JOHN)
    assert [(one.form, one.before, one.after, one.count) for one in apart.moved] == [(J, JOHN, J, 2)]
    assert set(apart.groups) == {(JOHN,), (J,)}


def test_a_preview_names_the_forms_that_no_record_prints(library):
    assert preview_join(library, "author", [J, "Laarkwood, J."], JOHN).unprinted == ("Laarkwood, J.",)
    assert preview_join(library, "author", [J], "Larkwod, John").unprinted == ("Larkwod, John",)
    join(library, "author", ["Larkwood, Jon"], JOHN, **WHO)
    bring_level(library)
    assert preview_separate(library, "author", "Larkwood, Jon", JOHN).unprinted == ("Larkwood, Jon",)


def test_two_editors_the_second_learns_that_somebody_decided_meanwhile(library):
    seen = preview_join(library, "author", [J], JOHN).seen
    other = preview_join(library, "author", ["Roe, Ann"], "Roe, A.").seen
    join(library, "author", [J], JANE, seen=preview_join(library, "author", [J], JANE).seen, who="Ben")
    with pytest.raises(Conflict, match="meanwhile"):
        join(library, "author", [J], JOHN, seen=seen, **WHO)
    join(library, "author", ["Roe, Ann"], "Roe, A.", seen=other, **WHO)  # that was about others
    assert library.store.variants().of("author", J) == JANE


def test_many_at_once_lose_nothing_and_leave_the_index_level(library):
    errors = []

    def work(n: int) -> None:
        try:
            join(library, "author", [f"Form {n}"], JOHN, who=str(n))
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert len(library.store.variants().joined("author", JOHN)) == 8


def test_same_then_different_then_another_join(library):
    join(library, "author", [J], JOHN, **WHO)
    separate(library, "author", J, JOHN, **WHO)
    join(library, "author", [JANE], JOHN, **WHO)
    bring_level(library)
    assert facet(library, "author") == {JOHN: 3, J: 1, "Roe, Ann": 4}
    with pytest.raises(Conflict, match="set apart"):  # J is not John, and Jane is John
        preview_join(library, "author", [J], JANE)
    with pytest.raises(Conflict, match="set apart"):
        join(library, "author", [J], JANE, **WHO)
    join(library, "author", [J], JOHN, **WHO)  # just these two: somebody thought better of it
    bring_level(library)
    assert facet(library, "author") == {JOHN: 4, "Roe, Ann": 4}


def test_what_cannot_be_decided_is_refused(library):
    library.store.put_thesaurus(Thesaurus((Entry("Teaching Methods"),)))
    refused = [
        ("author", [J], J),
        ("author", [], JOHN),
        ("author", ["  "], JOHN),
        ("author", ["x" * 501], JOHN),
        ("author", [str(n) for n in range(101)], JOHN),
        ("title", ["a"], "b"),
        ("descriptor", ["Teaching Methods"], "Pedagogy"),
    ]
    for kind, forms, into in refused:
        with pytest.raises(BadInput):
            join(library, kind, forms, into, **WHO)
    with pytest.raises(BadInput):
        separate(library, "author", J, J, **WHO)
    separate(library, "author", J, JOHN, **WHO)
    with pytest.raises(BadInput, match="already"):
        separate(library, "author", JOHN, J, **WHO)
    assert len(steps(library)) == 1


KILLED = """
import os, pathlib, sys
from litbase.library import open_library, variants
from litbase.settings import Settings
library = open_library(pathlib.Path(sys.argv[1]), Settings())
variants.join(library, "author", ["Smith, J."], "Smith, John A.", who="Ann")
os._exit(9)
"""


def test_killed_right_after_the_decision_the_index_follows_by_itself(library):
    subprocess.run([sys.executable, "-c", KILLED, str(library.folder)], timeout=60, check=False)
    assert not is_level(library)
    bring_level(library)
    assert facet(library, "author")[JOHN] == 3
    assert verify(library).is_good


def test_killed_while_deciding_nothing_is_decided(library, monkeypatch):
    before = library.store.mark(), library.store.joins.all(), library.store.audit.page(100)

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("litbase.store.variants.append", die)
    with pytest.raises(KeyboardInterrupt):
        join(library, "author", [J], JOHN, **WHO)
    monkeypatch.undo()
    assert (library.store.mark(), library.store.joins.all(), library.store.audit.page(100)) == before
    assert is_level(library)


def test_a_record_that_the_index_has_not_seen_yet_is_filed_right(library):
    late = record("J.", 8)
    library.store.put([Incoming(record=late, source="test", key="late", reader="test")], 1)
    join(library, "author", [J], JOHN, **WHO)
    bring_level(library)
    assert facet(library, "author")[JOHN] == 4


def test_an_export_carries_the_decisions_and_brings_them_back(library, tmp_path):
    join(library, "author", [J], JOHN, why="same ORCID", **WHO)
    separate(library, "author", JANE, JOHN, **WHO)
    export_all(library, tmp_path / "text")
    other = open_library(tmp_path / "other", Settings(), create=True)
    read_back(other, tmp_path / "text")
    bring_level(other)
    assert other.store.variants() == library.store.variants()
    assert other.store.joins.all() == library.store.joins.all()
    assert facet(other, "author") == {JOHN: 3, JANE: 1, "Roe, Ann": 4}
    export_all(other, tmp_path / "again")
    assert (tmp_path / "again" / "variants.jsonl").read_bytes() == (tmp_path / "text" / "variants.jsonl").read_bytes()
    other.close()


def test_examples_and_counts_tell_the_printed_form(library):
    join(library, "author", [J], JOHN, **WHO)
    bring_level(library)
    assert variants.count(library, "author", J) == 2
    assert variants.count(library, "author", JOHN) == 2
    assert [one.title for one in variants.examples(library, "author", JOHN, 5)] == [
        "Work 3 of Smith",
        "Work 2 of Smith",
    ]
