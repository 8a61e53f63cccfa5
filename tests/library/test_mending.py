"""Mending: the board of problems, the fixes of one record, and of many in a run that can be taken back."""

from collections import Counter
from pathlib import Path

import pytest

from litbase.errors import BadInput
from litbase.library import Library, bring_level
from litbase.library import mending as mending_of
from litbase.library.editing import edit
from litbase.library.finding import count
from litbase.library.mending import board, fixes, listing, mend, problems_of
from litbase.library.undoing import undo_run
from litbase.query.state import SearchState
from litbase.record.dates import PartialDate
from litbase.record.names import Name
from litbase.record.record import Record
from litbase.vocabulary.problems import FIXABLE
from litbase.vocabulary.thesaurus import Entry, Thesaurus
from tests.library.small import small_library

ANN = Name(family="One", given="Ann")
LOUD = Record(
    type="book", title="ALL ABOUT &amp; AROUND SCHOOLS", author=(ANN,), publisher="Pub", issued=PartialDate(year=2020)
)
PAGES = Record(type="chapter", title="Pages", author=(ANN,), container_title="A &amp; B", publisher="Pub",
               issued=PartialDate(year=2020), page="pp. 3–9")  # fmt: skip
SUBJECT = Record(type="book", title="Subjects", author=(ANN,), publisher="Pub", issued=PartialDate(year=2020),
                 descriptors=("Racial Bias", "Marsh Birds"))  # fmt: skip
LATE = Record(type="book", title="Late", author=(ANN,), publisher="Pub", issued=PartialDate(year=9000))
GOOD = Record(type="book", title="Good", author=(ANN,), publisher="Pub", issued=PartialDate(year=2020))
KNOWN = Thesaurus((Entry("Racism", used_for=("Racial Bias",)),))


@pytest.fixture
def library(tmp_path: Path):
    """A library of records with problems, and a thesaurus."""
    made = small_library(tmp_path / "library", (LOUD, PAGES, SUBJECT, LATE, GOOD))
    made.store.put_thesaurus(KNOWN)
    assert bring_level(made)
    yield made
    made.close()


def id_of(library: Library, record: Record) -> str:
    return next(stored.id for stored in library.store.scan() if stored.record.author == record.author
                and stored.record.title.casefold()[:4] == record.title.casefold()[:4])  # fmt: skip


def test_the_board_counts_what_its_queries_find(library: Library) -> None:
    rows = board(library)
    assert {row.code: row.count for row in rows} == {
        "entity-left": 2, "shouting-title": 1, "page-form": 1, "descriptor-renamed": 1, "descriptor-unknown": 1,
        "year-future": 1}  # fmt: skip
    assert [row.count for row in rows] == sorted((row.count for row in rows), reverse=True)
    assert [count(library, SearchState(q=row.query)) for row in rows] == [row.count for row in rows]
    assert {row.code for row in rows if row.fixable} == {
        "entity-left",
        "shouting-title",
        "page-form",
        "descriptor-renamed",
    }
    assert all(row.label and row.label != row.code and row.remedy for row in rows)


def test_the_board_of_a_library_without_problems_is_empty(tmp_path: Path) -> None:
    library = small_library(tmp_path / "library", (GOOD,))
    assert board(library) == ()
    library.close()


def test_problems_are_counted_only_when_asked_for(library: Library) -> None:
    from litbase.library.finding import search

    assert "problem" not in {facet.name for facet in search(library, SearchState()).facets}
    assert count(library, SearchState().add("problem", "page-form")) == 1
    assert count(library, SearchState(q="problems: a survey")) == 0  # words of a title, which nothing here has


def test_fixes_are_the_fields_that_change(library: Library) -> None:
    loud = library.store.get(id_of(library, LOUD))
    assert fixes(library, loud) == {"title": "All About & Around Schools"}
    assert fixes(library, loud, ("entity-left",)) == {"title": "ALL ABOUT & AROUND SCHOOLS"}
    assert fixes(library, loud, ("page-form",)) == {}
    assert fixes(library, library.store.get(id_of(library, SUBJECT))) == {
        "descriptors": ("Racism", "Marsh Birds"),
        "keywords": ("Racial Bias",),
    }
    assert {one.code for one in problems_of(library, loud)} == {"shouting-title", "entity-left"}


def mended(library: Library, *args, **options):
    mending = mend(library, *args, who="ann", **options)
    return mending.number, {outcome.id: outcome for outcome in mending.outcomes}


def test_a_dry_run_shows_what_mending_does_and_changes_nothing(library: Library) -> None:
    mark = library.store.mark()
    number, planned = mended(library, dry_run=True)
    assert (number, library.store.mark()) == (0, mark)
    _, done = mended(library)
    assert {id: outcome.changes for id, outcome in planned.items()} == {id: one.changes for id, one in done.items()}
    assert {one.status for one in (*planned.values(), *done.values())} == {"changed"}
    for id, outcome in done.items():
        stored = library.store.get(id)
        assert stored.version == outcome.version == 2
        assert {field: getattr(stored.record, field) for field in outcome.changes} == {
            field: change.after for field, change in outcome.changes.items()
        }
    assert mended(library)[1] == {}


def test_a_mending_is_one_run_that_can_be_taken_back(library: Library) -> None:
    before = {stored.id: stored.record for stored in library.store.scan()}
    number, done = mended(library, why="spring cleaning")
    assert len(done) == 3
    revision = library.store.history(id_of(library, LOUD))[-1]
    assert (revision.run, revision.who, revision.why) == (number, "ann", "spring cleaning")
    assert Counter(one.status for one in undo_run(library, number, who="ann").outcomes) == {"changed": 3}
    assert {stored.id: stored.record for stored in library.store.scan()} == before
    bring_level(library)
    assert count(library, SearchState(q="problem:page-form")) == 1


def test_the_reason_names_what_was_mended(library: Library) -> None:
    mended(library)
    assert library.store.history(id_of(library, LOUD))[-1].why == "mended: Title in capitals, HTML entities left"


def test_only_the_codes_and_the_records_asked_for_are_mended(library: Library) -> None:
    _, one = mended(library, None, ["page-form"])
    assert {id: set(outcome.changes) for id, outcome in one.items()} == {id_of(library, PAGES): {"page"}}
    _, two = mended(library, SearchState(q="schools"))
    assert set(two) == {id_of(library, LOUD)}
    _, three = mended(library, [id_of(library, GOOD), id_of(library, SUBJECT), "no-such-record"])
    assert set(three) == {id_of(library, SUBJECT)}


def test_what_a_person_decided_is_left_alone(library: Library) -> None:
    loud, pages = id_of(library, LOUD), id_of(library, PAGES)
    library.store.edit(loud, {"title": "IT REALLY SHOUTS LIKE THIS"}, "bob")
    library.store.edit(pages, {"page": "pp. 5-6"}, "bob")
    _, done = mended(library)
    assert (done[loud].status, done[loud].kept, done[loud].changes) == ("kept", ("title",), {})
    assert (done[pages].status, done[pages].kept, set(done[pages].changes)) == (
        "changed",
        ("page",),
        {"container_title"},
    )
    assert library.store.get(loud).record.title == "IT REALLY SHOUTS LIKE THIS"
    assert library.store.get(pages).record.page == "pp. 5-6"


def test_what_was_mended_before_can_be_mended_further(library: Library) -> None:
    loud = id_of(library, LOUD)
    mended(library, None, ["entity-left"])
    assert library.store.get(loud).record.title == "ALL ABOUT & AROUND SCHOOLS"
    _, done = mended(library)
    assert (done[loud].status, done[loud].kept) == ("changed", ())
    assert library.store.get(loud).record.title == "All About & Around Schools"


def test_a_record_that_was_changed_meanwhile_is_passed_over(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mending_of, "TOGETHER", 1)
    mending = mend(library, who="ann")
    first = next(mending.outcomes)
    others = {id_of(library, each) for each in (LOUD, PAGES, SUBJECT)} - {first.id}
    changed = sorted(others)[0]
    edit(library, changed, {"note": "seen"}, who="bob")
    rest = {outcome.id: outcome for outcome in mending.outcomes}
    assert {id: one.status for id, one in rest.items()} == {
        id: "conflict" if id == changed else "changed" for id in others
    }
    assert rest[changed].version == 2
    assert fixes(library, library.store.get(changed))
    assert set(mended(library)[1]) == {changed}


def test_a_mending_that_is_given_up_keeps_what_it_did(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mending_of, "TOGETHER", 1)
    mending = mend(library, who="ann")
    next(mending.outcomes)
    mending.outcomes.close()
    assert len(mended(library)[1]) == 2
    assert [one.status for one in undo_run(library, mending.number, who="ann").outcomes] == ["changed"]


@pytest.mark.parametrize(
    ("codes", "said"), [(["no-such"], "no problem is called no-such"), (["missing-doi"], "nothing mends")]
)
def test_a_code_that_cannot_be_mended_is_refused_before_anything_is_done(library: Library, codes, said) -> None:
    with pytest.raises(BadInput, match=said):
        mend(library, None, codes, who="ann")
    assert library.store.start_run("next") == 2


def test_listing_is_of_the_codes_asked_for(library: Library) -> None:
    found = {stored.id: {one.code for one in told} for stored, told in listing(library, None, ["entity-left"])}
    assert found == {id_of(library, LOUD): {"entity-left"}, id_of(library, PAGES): {"entity-left"}}
    assert {stored.id for stored, _ in listing(library)} == {
        id_of(library, each) for each in (LOUD, PAGES, SUBJECT, LATE)
    }
    with pytest.raises(BadInput):
        list(listing(library, None, ["no-such"]))


def test_progress_is_told_to_the_end(library: Library) -> None:
    told: list[tuple[int, int]] = []
    list(mend(library, who="ann", dry_run=True, progress=lambda done, total: told.append((done, total))).outcomes)
    assert told[-1] == (5, 5)


def test_on_real_records_the_board_is_what_checking_each_finds(full) -> None:
    library, _ = full
    found: Counter[str] = Counter()
    for stored, told in listing(library):
        if stored.record.type != "cited":
            found.update({one.code for one in told})
    assert {row.code: row.count for row in board(library)} == dict(found)
    assert found["missing-doi"] > 5_000


def test_on_real_records_mending_settles_everything_it_plans(full) -> None:
    library, _ = full
    for outcome in mend(library, who="ann", dry_run=True).outcomes:
        assert outcome.changes
        assert {one.code for one in outcome.problems} <= FIXABLE
