"""The review queue, verdicts, merges field by field, and what belongs to one work."""

import pytest

from litbase.errors import Conflict, InvalidRecord, NotFound
from litbase.library import bring_level, open_library
from litbase.library.duplicates import THIS, VERDICTS, Of, judge, merge, pair, parse_choices, queue
from litbase.library.reading import add
from litbase.library.related import related
from litbase.library.undoing import undo, undo_run
from litbase.library.works import MOST, works
from litbase.query.state import SearchState
from litbase.record.names import Name
from litbase.record.notices import notice, sentence
from litbase.record.record import Record, Reference
from litbase.settings import Settings
from litbase.store.judging import VERDICTS as OF_STORE
from litbase.store.values import Link
from tests.library.small import COMMUNITIES, OPINION, small_library

SAME = (notice("match-author-title"),)
WORK = Record(type="article-journal", title="Practice in the Open", author=(Name(family="Özgür", given="Ayşe"),))


@pytest.fixture
def library(tmp_path):
    """Four copies in a chain of likenesses, a version of the last, and one that has nothing to do with them."""
    records = (*(WORK for _ in range(4)), OPINION, COMMUNITIES)
    links = {
        1: (Link(0, "same", SAME, 0.99),), 2: (Link(1, "same", SAME, 0.97),), 3: (Link(2, "same", SAME, 0.95),),
        4: (Link(3, "version", SAME, 0.9),), 5: (Link(4, "related", SAME, 0.86),),
    }  # fmt: skip
    made = small_library(tmp_path / "library", records, links)
    yield made
    made.close()


@pytest.fixture
def ids(library):
    """The ids of its records, in order."""
    return [id for _, id in library.store.changes(0)]


def test_the_queue_is_paged_with_the_most_likely_first(library, ids):
    pairs = [{ids[n], ids[n + 1]} for n in range(5)]
    whole = queue(library)
    assert [{p.one.id, p.other.id} for p in whole.pairs] == pairs
    assert [(p.relation, p.score) for p in whole.pairs][:2] == [("same", 0.99), ("same", 0.97)]
    assert [sentence(reason) for reason in whole.pairs[0].reasons] == ["Same author, same title"]
    second = queue(library, page=2, per=2)
    assert [{p.one.id, p.other.id} for p in second.pairs] == pairs[2:4]
    assert (second.total, second.page, second.pages) == (5, 2, 3)
    assert queue(library, page=99, per=2).page == 3


def test_the_queue_of_a_search_has_the_pairs_of_its_records(library, ids):
    state = SearchState.from_args([("q", "title:learned")])[0]
    found = queue(library, state)
    assert [{p.one.id, p.other.id} for p in found.pairs] == [{ids[3], ids[4]}, {ids[4], ids[5]}]
    assert found.total == 2
    assert queue(library, SearchState.from_args([("q", "nothing")])[0]).pairs == ()


def test_a_pair_shows_what_differs_and_what_would_stand(library, ids):
    library.store.edit(ids[0], {"volume": "7", "page": "1-9"}, "ann")
    library.store.edit(ids[1], {"volume": "8"}, "bob")
    found = pair(library, ids[1], ids[0])
    assert found.into == ids[0]  # it says more
    told = {d.field: (d.one, d.other, d.value, d.stands, sentence(d.why)) for d in found.differences}
    assert told == {
        "volume": ("8", "7", "7", ids[0], "ann decided it"),
        "page": ("", "1-9", "1-9", ids[0], "ann decided it"),
    }
    assert pair(library, ids[0], ids[5]).relation == ""
    assert pair(library, ids[1], ids[0], into=ids[1]).into == ids[1]
    with pytest.raises(NotFound, match="nobody"):
        pair(library, ids[0], "nobody")


def test_sources_are_called_as_people_call_them(library, ids):
    rows = [(n, source, rank) for n, source, rank in ((0, "eric", 70), (1, "vufind", 60))]
    for n, source, rank in rows:
        library.store._database.write(
            lambda c, n=n, source=source, rank=rank: c.exec_driver_sql(
                f"update readings set source = '{source}', rank = {rank}, record = replace(record, 'Practice', '{n}')"
                f" where record_id = '{ids[n]}'"
            )
        )
        library.store.set_state(ids[n], "draft", "ann")
        library.store.edit(ids[n], {"volume": "1"}, "ann")
    [difference] = pair(library, ids[0], ids[1]).differences
    assert (difference.field, sentence(difference.why)) == ("title", "ERIC is trusted more than Library catalogue")


def test_a_judged_pair_leaves_the_queue_and_comes_back_when_that_is_undone(library, ids):
    assert set(VERDICTS) == set(OF_STORE)
    judge(library, ids[0], ids[1], "different", who="ann", why="two papers")
    assert {ids[0], ids[1]} not in [{p.one.id, p.other.id} for p in queue(library).pairs]
    undo(library, ids[1], who="ann")
    assert {ids[0], ids[1]} in [{p.one.id, p.other.id} for p in queue(library).pairs]


def test_what_a_person_set_apart_is_not_near_on_the_page(library, ids):
    assert ids[1] in {near.record.id for near in related(library, library.store.get(ids[0]).record)}
    judge(library, ids[0], ids[1], "different", who="ann")
    shown = {near.record.id: near for near in related(library, library.store.get(ids[0]).record)}
    assert ids[1] not in shown
    judge(library, ids[0], ids[5], "related", who="ann", why="the same school")
    near = {near.record.id: near for near in related(library, library.store.get(ids[0]).record)}[ids[5]]
    assert (near.relation, [sentence(n) for n in near.reasons]) == ("related", ["ann decided so: the same school"])


def test_adding_again_brings_no_judged_likeness_back(tmp_path):
    entry = (
        "@article{{{key}, author={{Özgür, Ayşe}}, title={{Practice in the Open}}, year=2001, journal={{Schools}},"
        " volume=3, pages={{1--9}}}}\n"
    )
    path = tmp_path / "two.bib"
    path.write_text(entry.format(key="one") + entry.format(key="two"), encoding="utf-8")
    library = open_library(tmp_path / "library", Settings(), create=True)
    one, two = add(library, [str(path)])
    assert [match.relation for match in two.matches] == ["same"]
    judge(library, one.id, two.id, "different", who="ann")
    path.write_text(path.read_text(encoding="utf-8") + entry.format(key="three"), encoding="utf-8")
    again = list(add(library, [str(path)]))
    assert [match.id for match in again[1].matches] == []
    assert {match.id for match in again[2].matches} == {one.id, two.id}
    assert {p.other.id for p in queue(library).pairs} | {p.one.id for p in queue(library).pairs} == {
        entry.id for entry in again
    }
    assert queue(library).total == 2
    judge(library, one.id, two.id, "version", who="ann")
    matches = {match.id: match.relation for match in list(add(library, [str(path)]))[1].matches}
    assert matches == {one.id: "version", again[2].id: "same"}
    library.close()


def test_a_merge_takes_the_choices_of_a_person(library, ids):
    library.store.edit(ids[0], {"volume": "7", "page": "1-9", "others": True}, "ann")
    library.store.edit(ids[1], {"volume": "8", "author": (Name(family="Other"),)}, "ann")
    choices = parse_choices(
        ["volume=this", "publisher=Wiley", "page=", "doi=https://doi.org/10.1000/X"], ids[1], ids[0]
    )
    assert choices == {"volume": Of(ids[1]), "publisher": "Wiley", "page": None, "doi": "https://doi.org/10.1000/X"}
    outcome = merge(library, [ids[1]], ids[0], choices | {"author": Of(ids[1])}, who="eve", why="twice")
    record = library.store.get(outcome.id).record
    assert (record.volume, record.publisher, record.page, record.doi) == ("8", "Wiley", "", "10.1000/X")
    assert (record.author, record.others) == ((Name(family="Other"),), False)
    assert {edit.who for edit in library.store.edits(ids[0]) if edit.field in choices} == {"eve"}


@pytest.mark.parametrize(
    ("text", "told"),
    [("volume", "expected FIELD=this"), ("colour=red", "expected FIELD=this"), ("references=x", "can only be this"),
     ("issued=someday", "expected a date")],
)  # fmt: skip
def test_a_choice_that_cannot_be_says_what_was_expected(text, told):
    with pytest.raises(InvalidRecord, match=told):
        parse_choices([text], "a", "b")
    assert THIS == "this"


def test_a_choice_of_a_stranger_or_of_an_old_copy_is_refused(library, ids):
    with pytest.raises(InvalidRecord, match="none of the records"):
        merge(library, [ids[1]], ids[0], {"volume": Of(ids[2])}, who="eve")
    with pytest.raises(Conflict):
        merge(library, [ids[1]], ids[0], who="eve", seen={ids[0]: 7})


def test_all_copies_of_a_work_are_found_along_the_chain(library, ids):
    first = library.store.get(ids[0]).record
    assert [(copy.record.id, copy.relation) for copy in works(library, first)] == [
        (ids[1], "same"), (ids[2], "same"), (ids[3], "same"), (ids[4], "version"),
    ]  # fmt: skip
    assert [near.relation for near in related(library, first)][:4] == ["same", "same", "same", "version"]
    judge(library, ids[0], ids[2], "different", who="ann")
    assert [copy.record.id for copy in works(library, first)] == [ids[1]]
    library.store.set_state(ids[1], "withdrawn", "ann")
    assert works(library, first) == ()
    assert works(library, library.store.get(ids[5]).record) == ()


def test_a_long_chain_of_copies_ends(tmp_path):
    count = MOST + 9
    links = {n: (Link(n - 1, "same"),) for n in range(1, count)}
    library = small_library(tmp_path / "library", tuple(WORK for _ in range(count)), links)
    first = library.store.get(next(id for _, id in library.store.changes(0))).record
    assert len(works(library, first)) == MOST
    library.close()


def test_who_cites_a_merged_record_cites_the_other(tmp_path):
    entry = Reference("Peterson, A., & Mehta, J. (2016). International learning communities: What can be learned.",
                      Record(title=OPINION.title, doi="10.1000/old"))  # fmt: skip
    citing = Record(type="report", title="The Role of Networks", references=(entry,))
    old = Record(type="article-journal", title=OPINION.title, author=OPINION.author, doi="10.1000/old")
    new = Record(type="article-journal", title="Another Title of It", author=OPINION.author, doi="10.1000/new")
    library = small_library(tmp_path / "library", (citing, old, new))
    first, second, third = [id for _, id in library.store.changes(0)]
    merge(library, [second], third, who="ann")
    assert bring_level(library)
    assert library.store.find("doi", "10.1000/old") == (third,)
    near = {near.record.id: near.relation for near in related(library, library.store.get(third).record)}
    assert near[first] == "cited-by"
    library.close()


def test_a_run_is_undone_and_so_is_that(library, ids):
    undone = undo_run(library, 1, who="ann", why="a test")
    assert {outcome.status for outcome in undone.outcomes} == {"withdrawn"}
    assert (library.store.count(), queue(library).total) == (0, 0)
    again = undo_run(library, undone.number, who="ann")
    assert sorted(outcome.id for outcome in again.outcomes) == sorted(ids)
    assert (library.store.count(), queue(library).total) == (6, 5)
