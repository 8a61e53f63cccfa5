"""What was done last, for everybody; changes taken back and versions brought back by editors, from the history."""

import html5lib
import pytest

from litbase.library import bring_level
from litbase.library.duplicates import merge
from litbase.library.editing import edit
from litbase.library.forms import add_typed
from litbase.library.undoing import undo
from litbase.library.versions import back_to
from litbase.record.record import Record
from litbase.web import create_app
from tests.web.conftest import RECORDS, emptied, fill, post, sign_in

ID = "EJ1223055"


@pytest.fixture
def library(tmp_path):
    made = emptied(tmp_path / "library", name="Reading room")
    fill(made, RECORDS)
    made.store.finish_run(1, {"new": len(RECORDS)})
    edit(made, ID, {"volume": "21", "issue": None}, who="Ben", why="from the journal's page")
    edit(made, ID, {"volume": "22", "publisher": "Wiley"}, who="Cid")
    bring_level(made)
    yield made
    made.close()


@pytest.fixture
def client(library):
    app = create_app(library)
    app.testing = False
    return app.test_client()


def now(library, id=ID):
    return library.store.get(id)


def history(client, opened, id=ID):
    return opened(client.get(f"/record/{id}/history"))


def test_readers_see_changes_and_no_buttons(client, opened):
    page = opened(client.get("/changes"))
    assert page.texts(".timeline b") == ["Edited by Cid: 2 fields", "Edited by Ben: 2 fields", "Import or other run"]
    assert page.texts(".timeline dd")[0] == "2122"
    assert page.all("main form[method=post]") == []
    assert history(client, opened).all("main form") == []


def test_changes_are_chosen_by_person_and_kind(client, opened):
    assert opened(client.get("/changes?who=Ben")).texts(".timeline b") == ["Edited by Ben: 2 fields"]
    assert opened(client.get("/changes?kind=run-finished")).texts(".timeline b") == ["Import or other run"]
    assert "Nothing like that" in opened(client.get("/changes?who=Nobody")).text()
    assert len(opened(client.get("/changes?kind=nosuch&before=x")).texts(".timeline b")) == 3


def test_older_changes_follow(client, library, opened):
    for n in range(60):
        edit(library, ID, {"volume": str(n)}, who="Ann")
    page = opened(client.get("/changes"))
    assert len(page.texts(".timeline b")) == 50
    older = opened(client.get(page.link("Older changes")))
    assert older.texts(".timeline b")[-1] == "Import or other run"
    assert len(older.texts(".timeline b")) == 13


def test_the_same_as_json_and_as_a_feed(client, library):
    told = client.get("/changes.json").get_json()["changes"]
    assert [(one["kind"], one["who"], one["id"], one["version"]) for one in told] == [
        ("edit", "Cid", ID, 3), ("edit", "Ben", ID, 2), ("run-finished", "", "", 0),
    ]  # fmt: skip
    answer = client.get("/changes.atom")
    assert answer.mimetype == "application/atom+xml"
    assert answer.get_data(as_text=True).count("<entry>") == len(told)
    assert "Edited by Cid: International Learning Communities" in answer.get_data(as_text=True)


def test_what_happened_to_hidden_records_is_for_editors(client, library, opened):
    library.store.set_state(ID, "withdrawn", "Ben", "not ours")
    assert opened(client.get("/changes")).texts(".timeline b") == ["Import or other run"]
    assert client.get("/changes.atom").get_data(as_text=True).count(ID) == 0
    assert client.get(f"/record/{ID}").status_code == 410
    sign_in(client, library)
    assert len(opened(client.get("/changes")).texts(".timeline b")) == 4
    assert "This record was withdrawn. not ours" in opened(client.get(f"/record/{ID}")).text()
    assert client.get("/changes.atom").get_data(as_text=True).count(ID) == 0


def test_an_editor_takes_back_one_change_and_what_came_later_stands(client, library, opened):
    sign_in(client, library)
    assert post(client, f"/record/{ID}/history/undo", {"revision": 2, "seen": 3}).status_code == 303
    record = now(library).record
    assert (record.volume, record.issue, record.publisher) == ("22", "3", "Wiley")
    page = history(client, opened)
    assert page.texts(".timeline b")[0].startswith("Taken back by Ann")
    assert "Taken back by version 4" in page.text()
    assert [row.who for row in library.store.audit.page(1)] == ["Ann"]


def test_an_editor_restores_a_version(client, library, opened):
    sign_in(client, library)
    before = library.store.history(ID)[0].after
    assert post(client, f"/record/{ID}/history/restore", {"version": 1, "seen": 3}).status_code == 303
    assert back_to(now(library).record, before) == {}
    assert now(library).version == 4
    told = "Restored by Ann from version 1: 3 fields"
    assert history(client, opened).texts(".timeline b")[0] == told
    assert opened(client.get("/changes")).texts(".timeline b")[0] == told
    assert len(opened(client.get("/changes?kind=brought-back")).texts(".timeline b")) == 1
    assert post(client, f"/record/{ID}/history/undo", {"revision": 4, "seen": 4}).status_code == 303
    assert now(library).record.publisher == "Wiley"


def test_a_record_typed_in_is_told_as_one(client, library, opened):
    made = add_typed(library, Record(type="book", title="Schools of the Town"), "Ann")
    page = opened(client.get("/changes"))
    assert page.texts(".timeline b")[0] == "Added by hand by Ann"
    assert page.link("Schools of the Town") == f"/record/{made.id}"
    [told, *_] = client.get("/changes.json").get_json()["changes"]
    assert (told["kind"], told["who"], told["id"], told["counts"]) == ("typed", "Ann", made.id, {})
    assert "Added by hand by Ann: Schools of the Town" in client.get("/changes.atom").get_data(as_text=True)
    library.store.set_state(made.id, "draft", "Ann")
    assert made.id not in client.get("/changes").get_data(as_text=True)


def test_a_merge_is_taken_back_from_the_history(client, library):
    merge(library, ["EJ1223055"], "iperg-2013-improving-practice", who="Ben")
    sign_in(client, library)
    into = now(library, "iperg-2013-improving-practice")
    address = f"/record/{into.id}/history/undo"
    assert post(client, address, {"revision": into.version, "seen": into.version}).status_code == 303
    assert now(library).state == "public"
    assert library.store.merged_into(into.id) == ()


def test_a_withdrawn_record_is_brought_back(client, library, opened):
    library.store.set_state(ID, "withdrawn", "Ben", "not ours")
    sign_in(client, library)
    assert "Take this change back" in history(client, opened).text()
    assert post(client, f"/record/{ID}/history/undo", {"revision": 4, "seen": 4}).status_code == 303
    assert now(library).state == "public"


@pytest.mark.parametrize("verb", ["undo", "restore"])
def test_who_saw_an_older_version_changes_nothing(client, library, opened, verb):
    sign_in(client, library)
    answer = post(client, f"/record/{ID}/history/{verb}", {"revision": 2, "version": 2, "seen": 2})
    assert answer.status_code == 409
    assert opened(answer).text("h1") == "Somebody else was quicker"
    assert now(library).version == 3


@pytest.mark.parametrize(
    ("verb", "data", "status"),
    [
        ("undo", {"revision": 1, "seen": 3}, 400),
        ("undo", {"revision": "x", "seen": 3}, 400),
        ("undo", {"seen": 3}, 400),
        ("undo", {"revision": 99, "seen": 3}, 400),
        ("restore", {"version": 3, "seen": 3}, 400),
        ("restore", {"version": 99, "seen": 3}, 404),
        ("restore", {"version": "-1", "seen": 3}, 400),
    ],
)
def test_what_cannot_be_is_said_and_changes_nothing(client, library, verb, data, status):
    sign_in(client, library)
    assert post(client, f"/record/{ID}/history/{verb}", data).status_code == status
    assert now(library).version == 3


def test_an_unknown_record_has_no_history_to_take_back(client, library):
    sign_in(client, library)
    assert post(client, "/record/nosuch/history/undo", {"revision": 2, "seen": 2}).status_code == 404


def test_titles_cannot_break_out_of_the_page_or_the_feed(client, library):
    evil = "<script>alert(1)</script>]]>&amp;"
    edit(library, ID, {"title": evil}, who="<b>Eve</b>", why="<i>why</i>")
    page = client.get("/changes").get_data(as_text=True)
    feed = client.get("/changes.atom").get_data(as_text=True)
    assert "<script>alert" not in page + feed
    assert "<b>Eve" not in page + feed
    html5lib.HTMLParser(strict=True).parse(page)


def test_what_brings_a_record_back_is_only_what_differs():
    then, today = Record(title="A", volume="1"), Record(title="B", volume="1", issue="2")
    assert back_to(today, then) == {"title": "A", "issue": None}


def test_undoing_twice_takes_back_the_one_before(library):
    undo(library, ID, who="Ben")
    undo(library, ID, who="Ben")
    assert (now(library).record.volume, now(library).record.publisher) == ("20", "Springer")
