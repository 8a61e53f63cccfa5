"""What every store does, on SQLite and on PostgreSQL."""

import pytest

from litbase.errors import NotFound
from litbase.record.dates import PartialDate
from litbase.record.match import block_keys
from litbase.record.names import Name
from litbase.record.notices import Notice
from litbase.record.reading import Leftover
from litbase.record.record import Record
from litbase.store import Absent, Link, open_store, write
from litbase.store import store as front
from litbase.store.naming import Names


def statuses(outcomes):
    return [outcome.status for outcome in outcomes]


def test_a_record_comes_back_as_it_went_in(store, incoming):
    run = store.start_run("add", {"path": "x"})
    [outcome] = store.put([incoming("Ünïcode: Title", abstract="é\n\tß", doi="10.1000/X")], run, who="ann")
    stored = store.get(outcome.id.upper())
    assert (outcome.status, outcome.version, stored.version, stored.state) == ("new", 1, 1, "public")
    assert stored.record.title == "Ünïcode: Title"
    assert stored.record.abstract == "é\n\tß"
    assert stored.record.id == stored.id == outcome.id == "doe-2019-unicode-title"
    assert stored.record.citation_key == "doe2019unicode"
    assert stored.record.collection == ("eric",)
    assert stored.created_at == stored.updated_at
    assert stored.created_at.endswith("Z")
    assert store.get_many([outcome.id, "nobody"]) == {outcome.id: stored}
    assert (store.count(), store.recent(5), store.scan()) == (1, [stored], [stored])
    store.finish_run(run, {"new": 1})


def test_the_same_readings_again_write_nothing(store, incoming):
    batch = [incoming(f"Title {n}", ordinal=n, links=(Link(0, "related"),)) for n in range(30)]
    first = store.put(batch, 1)
    before = (store.mark(), store.scan(), store.history(first[3].id), store.readings(first[3].id))
    again = store.put(batch, 2)
    assert statuses(again) == ["same"] * 30
    assert [outcome.id for outcome in again] == [outcome.id for outcome in first]
    assert (store.mark(), store.scan(), store.history(first[3].id), store.readings(first[3].id)) == before


def test_an_identical_reading_of_another_document_is_kept_and_changes_nothing(store, incoming):
    [one] = store.put([incoming()], 1)
    mark = store.mark()
    [other] = store.put([incoming(document="d2")], 1)
    assert (other.status, other.id, other.version) == ("same", one.id, 1)
    assert [reading.document for reading in store.readings(one.id)] == ["d1", "d2"]
    assert store.mark() == mark


def test_a_second_reading_in_the_batch_sees_the_first(store, incoming):
    outcomes = store.put([incoming(key="k"), incoming(key="k", volume="3", ordinal=1), incoming(key="k", ordinal=2)], 1)
    assert statuses(outcomes) == ["new", "changed", "same"]
    assert [outcome.version for outcome in outcomes] == [1, 2, 2]
    assert len(store.changes(0)) == 1
    assert [revision.version for revision in store.history(outcomes[0].id)] == [1, 2]


def test_an_answer_without_a_journal_does_not_wipe_the_journal(store, incoming):
    [one] = store.put([incoming(container_title="A Journal")], 1)
    [other] = store.put([incoming(document="d2", title="A Plain Title", key="A Plain Title", page="1-2")], 1)
    record = store.get(one.id).record
    assert (other.status, record.container_title, record.page) == ("changed", "A Journal", "1-2")


def test_a_better_reader_replaces_its_own_reading_only(store, incoming):
    [one] = store.put([incoming(volume="wrong", issue="1", reader_version=1)], 1)
    store.put([incoming(volume="7", document="d2", source="vufind", key="v", rank=60)], 1)
    [better] = store.put([incoming(issue="2", reader_version=2, ordinal=4)], 1)
    assert (better.status, better.id) == ("changed", one.id)
    assert (store.get(one.id).record.volume, store.get(one.id).record.issue) == ("", "2")
    assert [reading.reader_version for reading in store.readings(one.id)] == [2]
    [older] = store.put([incoming(issue="1", reader_version=1, ordinal=4)], 1)
    assert (older.status, store.get(one.id).record.issue) == ("same", "2")


def test_sources_are_the_collection_and_the_provenance(store, incoming):
    [one] = store.put([incoming(doi="10.1000/a", volume="1")], 1)
    [other] = store.put([incoming(source="vufind", key="v", rank=60, doi="10.1000/a", volume="2", abstract="B")], 1)
    record = store.get(one.id).record
    assert one.id == other.id
    assert (record.collection, record.volume) == (("eric", "vufind"), "1")
    assert store.provenance(one.id)["volume"] == "eric"
    assert store.provenance(one.id)["abstract"] == "vufind"


def test_ids_are_numbers_of_eric_or_made_and_never_the_same(store, incoming):
    batch = [incoming(key=f"k{n}", ordinal=n) for n in range(3)] + [incoming("Other", eric="EJ123456", ordinal=3)]
    first, second, third, fourth = store.put(batch[:2], 1) + store.put(batch[2:], 1)
    assert first.id == "doe-2019-plain-title"
    assert second.id.startswith("doe-2019-plain-title-")
    assert len(second.id) == len(first.id) + 7
    assert len({first.id, second.id, third.id}) == 3
    assert fourth.id == "EJ123456"
    assert store.get("ej123456").id == "EJ123456"


def test_a_record_without_a_name_in_ascii_gets_an_id_and_a_key(store, incoming):
    [one, other] = store.put([incoming("山田", key=k, author=(), issued=None) for k in "ab"], 1)
    assert one.id != other.id
    for outcome in (one, other):
        record = store.get(outcome.id).record
        assert record.citation_key
        assert store.resolve_key(record.citation_key) == outcome.id


def test_citation_keys_are_numbered_and_never_given_twice(store, incoming):
    batch = [incoming(key=f"k{n}", ordinal=n) for n in range(100)]
    outcomes = store.put(batch[:40], 1) + store.put(batch[40:], 1)
    keys = [store.get(outcome.id).record.citation_key for outcome in outcomes]
    assert keys[:4] == ["doe2019plain", "doe2019plaina", "doe2019plainb", "doe2019plainc"]
    assert keys[99] == "doe2019plaincu"
    assert len({key.lower() for key in keys}) == 100
    store.set_state(outcomes[1].id, "withdrawn", "ann", "twice")
    [late] = store.put([incoming(key="late")], 1)
    assert store.get(late.id).record.citation_key == "doe2019plaincv"


def test_a_key_of_the_source_is_kept_if_free_and_usable(store, incoming):
    own = store.put(
        [
            incoming("One", citation_key="Doe:2019", ordinal=0),
            incoming("Two", citation_key="doe:2019", ordinal=1),
            incoming("Three", citation_key="clé 3", ordinal=2),
        ],
        1,
    )
    keys = [store.get(outcome.id).record.citation_key for outcome in own]
    assert keys == ["Doe:2019", "doe2019two", "doe2019three"]
    assert [[notice.code for notice in outcome.notices] for outcome in own] == [[], ["key-taken"], ["key-unusable"]]
    assert [store.resolve_key(key) for key in ("DOE:2019", "clé 3", "nobody")] == [own[0].id, own[2].id, None]


def test_a_second_source_s_key_finds_the_record_too(store, incoming):
    [one] = store.put([incoming(doi="10.1000/a")], 1)
    [other] = store.put([incoming(source="bibtex", key="b", doi="10.1000/a", citation_key="mine")], 1)
    assert one.id == other.id
    assert store.resolve_key("mine") == one.id
    assert store.get(one.id).record.citation_key == "doe2019plain"


def test_what_is_not_there_is_absent(store):
    assert isinstance(store.resolve("nobody"), Absent)
    assert store.get("nobody") is None
    assert (store.history("x"), store.readings("x"), store.edits("x"), store.links("x")) == ((), (), (), ())
    assert (store.find("doi", "10.1000/x"), store.candidates(["x"]), store.document("x")) == ((), {}, None)
    with pytest.raises(NotFound):
        store.provenance("x")


@pytest.mark.parametrize("text", ["", "a\x00b", "\ud800", "x" * 9000, "%_'\"", "é\n"], ids=ascii)
def test_any_text_may_be_asked_for(store, incoming, text):
    [one] = store.put([incoming(key=f"k{text}")], 1, who=text)
    assert store.get(text) is store.resolve_key(text) is store.document(text) is None
    assert isinstance(store.resolve(text), Absent)
    assert store.find("doi", text) == store.find(text, "x") == store.history(text) == ()
    assert store.get_many([text]) == store.candidates([text]) == {}
    assert len(store.scan(after=text)) <= 1
    store.set_state(one.id, "draft", text, text)
    assert store.put([incoming(key=f"k{text}")], 1)[0].status == "same"


def test_identifiers_find_records_however_they_are_written(store, incoming):
    [one] = store.put([incoming(doi="10.1000/A(b)", issn=("0895-6855",), eissn=("1573-1812",), eric="EJ1223055")], 1)
    for scheme, value in [("doi", "https://doi.org/10.1000/a(B)"), ("issn", "ISSN-1573-1812"), ("eric", "ej1223055")]:
        assert store.find(scheme, value) == (one.id,)
    store.edit(one.id, {"doi": None}, "ann")
    assert store.find("doi", "10.1000/a(b)") == ()


def test_block_keys_find_candidates(store, incoming):
    [one, other] = store.put([incoming(), incoming("Other", ordinal=1)], 1)
    keys = block_keys(store.get(one.id).record)
    found = store.candidates([*keys, "nobody"])
    assert set(found) == set(keys)
    assert all(one.id in ids for ids in found.values())
    store.set_state(one.id, "withdrawn", "ann")
    assert one.id not in {i for ids in store.candidates(keys).values() for i in ids}
    assert other.id != one.id


def test_links_are_kept_once_and_seen_from_both_sides(store, incoming):
    why = (Notice("same-title"),)
    batch = [
        incoming("Book", type="book"),
        incoming("Chapter", ordinal=1, links=(Link(0, "part-of", why), Link(1, "same"), Link("nobody", "same"))),
    ]
    book, chapter = store.put(batch, 1)
    assert [(link.other_id, link.relation, link.reasons) for link in store.links(chapter.id)] == [
        (book.id, "part-of", why)
    ]
    assert [(link.other_id, link.relation) for link in store.links(book.id)] == [(chapter.id, "has-part")]
    store.put([incoming("Book", type="book", links=(Link(chapter.id.upper(), "related"),))], 1)
    assert [link.relation for link in store.links(book.id)] == ["has-part"]
    store.put([incoming("Chapter", ordinal=1, links=(Link(book.id, "related"),))], 1)
    assert [link.relation for link in store.links(book.id)] == ["related"]


def test_readings_tell_all_about_a_document(store, incoming):
    store.put_document("d1", "pages/one.txt", "utf-8", b"abc")
    assert store.document_name("d1") == "pages/one.txt"
    [one] = store.put([incoming(line=7, leftovers=(Leftover(8, "odd"),), furniture=3, notices=(Notice("no-date"),))], 1)
    [reading] = store.readings(one.id)
    assert (reading.source, reading.reader, reading.rank, reading.line) == ("eric", "eric", 70, 7)
    assert (reading.document, reading.document_name) == ("d1", "pages/one.txt")
    assert (reading.leftovers, reading.furniture) == ((Leftover(8, "odd"),), 3)
    assert reading.notices == (Notice("no-date"),)
    assert reading.record == Record(
        title="A Plain Title",
        type="article-journal",
        author=(Name(family="Doe", given="Ann"),),
        issued=PartialDate(year=2019),
    )


def test_documents_are_kept_once_and_as_received(store, monkeypatch):
    data = bytes(range(256)) * 40
    store.put_document("a" * 64, "one.bin", "latin-1", data)
    store.put_document("a" * 64, "two.bin", "latin-1", data)
    monkeypatch.setattr(front, "LARGEST_DOCUMENT", 100)
    store.put_document("b" * 64, "large.txt", "utf-8", data)
    store.finish_run(store.start_run("add"), {})
    assert tuple(store.document("a" * 64)) == ("one.bin", "latin-1", data)
    assert tuple(store.document("b" * 64)) == ("large.txt", "utf-8", None)


def test_a_record_that_is_too_large_is_refused_and_its_neighbours_go_in(store, incoming, monkeypatch):
    monkeypatch.setattr(write, "LARGEST", 2000)
    batch = [
        incoming("One", links=(Link(1, "same"),)),
        incoming("Huge", body="x" * 3000, ordinal=1),
        incoming("Two", ordinal=2),
    ]
    outcomes = store.put(batch, 1)
    assert statuses(outcomes) == ["new", "refused", "new"]
    assert (outcomes[1].id, outcomes[1].notices[0].code) == ("", "record-too-large")
    assert store.count() == 2


def test_text_is_cleaned_at_the_door(store, incoming):
    [one] = store.put([incoming("Bad\x00 \ud800title", key="k\x00", notices=(Notice("x", (("a", "\x00"),)),))], 1)
    assert store.get(one.id).record.title == "Bad title"
    assert [notice.code for notice in one.notices] == ["characters-dropped"]
    assert store.edit(one.id, {"title": "Worse\x07"}, "ann").notices
    assert store.get(one.id).record.title == "Worse"


def test_the_feed_names_each_record_once_in_the_order_of_its_last_change(store, incoming):
    assert store.changes(0) == []
    one, two, three = store.put([incoming(f"Title {n}", ordinal=n) for n in range(3)], 1)
    assert store.changes(0) == [(1, one.id), (2, two.id), (3, three.id)]
    store.edit(one.id, {"volume": "1"}, "ann")
    assert store.changes(0) == [(2, two.id), (3, three.id), (4, one.id)]
    assert store.changes(2, limit=1) == [(3, three.id)]
    store_id, epoch, last = store.mark()
    assert last == 4
    assert store.new_epoch() != epoch
    assert store.mark()[0] == store_id


def test_a_rehearsal_tells_what_would_happen_and_leaves_nothing(store, incoming):
    [one] = store.put([incoming()], 1)
    before = (store.mark(), store.scan(state=""))
    with store.rehearsal():
        run = store.start_run("add", {})
        store.put_document("dd", "x", "utf-8", b"x")
        rehearsed = store.put([incoming(volume="2", document="d2"), incoming("New", ordinal=1)], run)
        assert store.count() == 2
        assert store.put([incoming("New", ordinal=1)], run)[0].status == "same"
    assert statuses(rehearsed) == ["changed", "new"]
    assert (store.mark(), store.scan(state="")) == before
    assert (store.document("dd"), store.get(one.id).version) == (None, 1)
    assert statuses(store.put([incoming("New", ordinal=1)], 1)) == ["new"]


def test_a_batch_that_fails_leaves_nothing(store, incoming, monkeypatch):
    def broken(self):
        raise RuntimeError("power")

    with monkeypatch.context() as patch:
        patch.setattr(Names, "save", broken)
        with pytest.raises(RuntimeError):
            store.put([incoming()], 1)
    assert (store.count(), store.changes(0), store.mark()[2]) == (0, [], 0)
    assert statuses(store.put([incoming()], 1)) == ["new"]


def test_a_store_is_paged_by_id_whatever_the_case(store, incoming):
    store.put([incoming(f"Title {n}", eric=f"EJ10000{n}", ordinal=n) for n in range(5)], 1)
    store.put([incoming(f"title {n}", ordinal=n) for n in range(5)], 1)
    seen, after = [], ""
    while page := store.scan(after, limit=3):
        seen += [stored.id for stored in page]
        after = page[-1].id
    assert seen == sorted(seen)
    assert len(seen) == 10


def test_cited_works_are_not_counted(store, incoming):
    store.put([incoming(type="cited"), incoming("Other", ordinal=1)], 1)
    assert (store.count(), store.count(cited=True), len(store.recent(9)), len(store.scan())) == (1, 2, 1, 2)


def test_what_was_written_is_there_after_opening_again(url, incoming):
    store = open_store(url, create=True)
    [one] = store.put([incoming()], store.start_run("add"))
    mark = store.mark()
    store.close()
    again = open_store(url)
    assert (again.get(one.id).record.title, again.mark(), again.integrity()) == ("A Plain Title", mark, ())
    again.close()
