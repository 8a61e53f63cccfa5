"""Records typed by hand, versions of two editors put together, and the terms that are found while they are typed."""

import pytest

from litbase.errors import Conflict
from litbase.library.forms import add_typed, changes, form_of, known, put_right, read, settle, terms
from litbase.library.undoing import undo_run
from litbase.record.dates import PartialDate
from litbase.record.names import Name
from litbase.record.record import Record, replace
from litbase.vocabulary.thesaurus import Entry, Thesaurus
from tests.web.conftest import emptied

ROE = Name(family="Roe", given="Ann")
WORDS = Thesaurus((Entry("Communities of Practice", used_for=("Learning Communities",)), Entry("Learning")))


@pytest.fixture
def library(tmp_path):
    made = emptied(tmp_path / "library")
    yield made
    made.close()


BEFORE = Record(type="book", title="Old", publisher="P", issued=PartialDate(year=2000), author=(ROE,))


def settled(typed, now, choices=None):
    return settle(form_of(BEFORE).with_values(**typed), BEFORE, replace(BEFORE, **now), choices or {})


def test_what_one_alone_changed_stands():
    done = settled({"title": "Mine"}, {"publisher": "Theirs"})
    assert [(side.field, side.chosen, side.disputed) for side in done.sides] == [
        ("title", "mine", False),
        ("publisher", "theirs", False),
    ]
    assert (done.form.text("title"), done.form.text("publisher")) == ("Mine", "Theirs")


def test_what_both_changed_is_chosen_and_nothing_typed_is_lost():
    typed, now = {"title": "Mine", "note": "N"}, {"title": "Theirs", "author": (Name(literal="G"),)}
    done = settled(typed, now)
    assert [(side.field, side.before, side.mine, side.theirs) for side in done.sides if side.disputed] == [
        ("title", "Old", "Mine", "Theirs")
    ]
    stands = replace(BEFORE, **now)
    assert changes(stands, read(done.form, stands).record) == {"title": "Mine", "note": "N"}
    other = settled(typed, now, {"choose-title": "theirs", "choose-author": "mine", "choose-note": "nonsense"})
    assert changes(stands, read(other.form, stands).record) == {"note": "N", "author": (ROE,)}


def test_the_same_change_twice_is_no_dispute():
    assert settled({"title": "New"}, {"title": "New"}).sides == ()


def test_a_typed_record_has_its_source_and_can_be_undone(library):
    outcome = add_typed(
        library, Record(type="book", title="Schools", author=(ROE,), isbn=("0-306-40615-2",)), "Ann", "seen", "e1"
    )
    assert (outcome.status, outcome.version) == ("new", 1)
    stored = library.store.get(outcome.id)
    assert (stored.record.collection, stored.record.isbn) == (("typed",), ("9780306406157",))
    assert stored.record.citation_key
    [revision] = library.store.history(outcome.id)
    assert (revision.who, revision.kind) == ("Ann", "import")
    assert set(library.store.provenance(outcome.id).values()) == {"typed"}
    list(undo_run(library, revision.run, who="Ben").outcomes)
    assert library.store.get(outcome.id).state == "withdrawn"


def test_the_same_form_sent_twice_is_one_record(library):
    record = Record(type="book", title="Twice", author=(ROE,))
    first, again = (add_typed(library, record, "Ann", entry="e") for _ in range(2))
    other = add_typed(library, record, "Ann", entry="f")
    assert (again.id, again.status, again.version) == (first.id, "same", 1)
    assert other.id != first.id
    assert [link.other_id for link in library.store.links(other.id)] == [first.id]


def test_an_identifier_that_is_here_already_is_told(library):
    there = add_typed(library, Record(title="Here", doi="10.1007/abc"), "Ann")
    [one] = known(library, Record(title="Another", doi="10.1007/ABC"))
    assert (one.field, one.id, one.title) == ("doi", there.id, "Here")
    assert known(library, Record(title="Here", doi="10.1007/abc"), there.id) == ()


WORKS = {
    "DOI": ({"doi": "10.1007/abc"}, {"doi": "10.1007/ABC", "title": "Under Another Title"}),
    "ERIC number": ({"eric": "EJ900001"}, {"eric": "EJ900001", "title": "Under Another Title"}),
    "citation key": ({"citation_key": "here2020"}, {"citation_key": "Here2020", "title": "Under Another Title"}),
    "ISBN": ({"type": "book", "isbn": ("9780306406157",)}, {"type": "book", "isbn": ("0-306-40615-2",)}),
}


@pytest.mark.parametrize("case", WORKS)
def test_what_only_one_record_can_have_makes_no_second_one(library, case):
    first, second = ({"title": "Here", **given} for given in WORKS[case])
    there = add_typed(library, Record(**first), "Ann", entry="a")
    runs = library.store.imports.runs(9)
    with pytest.raises(Conflict, match=there.id):
        add_typed(library, Record(**second), "Ben", entry="b")
    assert [stored.id for stored in library.store.scan()] == [there.id]
    assert (library.store.get(there.id).version, library.store.imports.runs(9)) == (1, runs)
    assert add_typed(library, Record(**first), "Ann", entry="a").status == "same"


def test_terms_are_found_by_any_of_their_names(library):
    library.store.put_thesaurus(WORDS)
    found = terms(library, "learn")
    assert [(term.name, term.other) for term in found.found] == [
        ("Learning", ""),
        ("Communities of Practice", "Learning Communities"),
    ]
    assert terms(library, "learning communities").exact == ("Communities of Practice",)
    assert terms(library, "lerning").exact == ()
    assert put_right(library, ("Learning Communities", "Lerning"), ("x",)) == (
        ("Communities of Practice",),
        ("x", "Lerning"),
    )
