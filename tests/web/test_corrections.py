"""Corrections: sent by readers without an account, seen and decided by editors; nothing changes in between."""

import pytest

from litbase.library import corrections, rights
from litbase.library.editing import edit
from litbase.web import create_app
from tests.web.conftest import RECORDS, Page, emptied, fill, post, served, signed_in
from tests.web.vectors import vectors

ID = "EJ1223055"
FORM = f"/record/{ID}/correct"


@pytest.fixture
def library(tmp_path):
    made = emptied(tmp_path / "library", name="Reading room")
    fill(made, RECORDS)
    yield made
    made.close()


@pytest.fixture
def app(library):
    return served(library)


@pytest.fixture
def reader(app):
    return app.test_client()


@pytest.fixture
def editor(app, library):
    return signed_in(app, library)


def filled(opened, client, **changed):
    """The form as a browser sends it, with what was *changed*."""
    page = opened(client.get(FORM))
    fields = {one["name"]: one.get("value", "") for one in page.all("main input[name]")}
    fields |= {one["name"]: one.get_text().removeprefix("\n") for one in page.all("main textarea")}
    return {**fields, **changed}


def now(library):
    return library.store.get(ID)


def test_the_form_shows_what_the_record_says(reader, opened):
    fields = filled(opened, reader)
    assert fields["f-container_title"] == "Journal of Educational Change"
    assert fields["f-author"] == "Mehta, Jal\nPeterson, Amelia"
    assert fields["f-issued"] == "2019-08"
    assert "Correct it" in opened(reader.get(f"/record/{ID}")).text()


def test_what_a_reader_sends_waits_and_changes_nothing(reader, library, opened):
    data = filled(opened, reader, **{"f-volume": "21", "f-author": "Mehta, Jal\nPeterson, Amelia\nRoe, Ann"},
                  message="See the journal.", name="Rae", contact="rae@example.org")  # fmt: skip
    answer = post(reader, FORM, data)
    assert answer.status_code == 200
    assert opened(answer).text("h1") == "Thank you"
    assert now(library).version == 1
    [found], total = corrections.page(library)
    assert total == 1
    assert found.correction.values == {"volume": "21", "author": "Mehta, Jal\nPeterson, Amelia\nRoe, Ann"}
    assert (found.correction.message, found.correction.name) == ("See the journal.", "Rae")


def test_an_editor_accepts_and_the_history_says_whose_it_was(reader, editor, library, opened):
    post(reader, FORM, filled(opened, reader, **{"f-volume": "21"}, name="Rae"))
    page = opened(editor.get("/corrections"))
    assert page.texts("dd del") == ["20"]
    assert page.texts("dd ins") == ["21"]
    assert post(editor, "/corrections/1/accept", {"seen": 1}).status_code == 303
    assert now(library).record.volume == "21"
    [edited] = library.store.edits(ID)
    assert (edited.field, edited.who, edited.why) == ("volume", "Ann", "correction 1 by a reader")
    assert opened(editor.get("/corrections?state=accepted")).text("main article").startswith("International")
    assert [row.action for row in library.store.audit.page(2)] == ["correction-accepted", "edit"]


def test_an_editor_declines(reader, editor, library, opened):
    post(reader, FORM, filled(opened, reader, message="It is all wrong."))
    assert post(editor, "/corrections/1/decline", {"why": "It is not"}).status_code == 303
    assert now(library).version == 1
    assert "“It is not”" in opened(editor.get("/corrections?state=declined")).text()
    assert corrections.page(library)[1] == 0


def test_two_editors_decide_once(reader, editor, library, opened):
    post(reader, FORM, filled(opened, reader, **{"f-volume": "21"}))
    post(editor, "/corrections/1/decline")
    assert post(editor, "/corrections/1/accept", {"seen": 1}).status_code == 409
    assert post(editor, "/corrections/1/decline").status_code == 409
    assert now(library).version == 1


def test_a_record_that_moved_on_is_not_overwritten_unseen(reader, editor, library, opened):
    post(reader, FORM, filled(opened, reader, **{"f-volume": "21"}))
    edit(library, ID, {"volume": "22", "issue": "4"}, who="Ben")
    assert post(editor, "/corrections/1/accept", {"seen": 1}).status_code == 409
    page = opened(editor.get("/corrections"))
    assert "changed since the reader saw it" in page.text()
    assert page.texts("dd del") == ["22"]
    assert post(editor, "/corrections/1/accept", {"seen": 2}).status_code == 303
    assert (now(library).record.volume, now(library).record.issue) == ("21", "4")


def test_what_cannot_be_read_is_told_and_not_taken(reader, editor, library, opened):
    post(reader, FORM, filled(opened, reader, **{"f-issued": "the other year", "f-page": "350-327"}))
    page = opened(editor.get("/corrections"))
    assert len(page.texts(".err")) == 2
    assert "Accept" not in page.text("main article form")
    assert post(editor, "/corrections/1/accept", {"seen": 1}).status_code == 400
    assert now(library).version == 1


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, "Nothing was changed and nothing was written"),
        ({"f-volume": " 20 "}, "Nothing was changed"),
        ({"f-title": "x" * 20_001}, "has 20,001 characters"),
        ({"message": "x" * 5_001}, "has 5,001 characters"),
        ({"message": "m", "name": "x" * 201}, "has 201 characters"),
        ({"f-eric": "EJ1", "f-nosuch": "x"}, "Nothing was changed"),
    ],
)
def test_what_is_not_taken_says_why_and_keeps_what_was_typed(reader, library, opened, changed, said):
    answer = post(reader, FORM, filled(opened, reader, **changed))
    assert answer.status_code == 422
    page = opened(answer)
    assert said in page.text(".note.bad")
    for name, text in changed.items():
        if name in ("f-volume", "f-title"):
            assert text in answer.get_data(as_text=True)
    assert corrections.page(library)[1] == 0


def test_programs_that_fill_in_everything_are_thanked_and_forgotten(reader, library, opened):
    answer = post(reader, FORM, filled(opened, reader, message="buy", website="https://spam.example"))
    assert opened(answer).text("h1") == "Thank you"
    assert corrections.page(library)[1] == 0


def test_of_one_record_only_some_may_wait(reader, library, opened):
    for n in range(corrections.OF_RECORD + 1):
        last = post(reader, FORM, filled(opened, reader, message=f"message {n}"))
    assert last.status_code == 422
    assert corrections.page(library)[1] == corrections.OF_RECORD


def test_one_network_cannot_send_without_end(tmp_path):
    library = emptied(tmp_path / "limited", rate_limit=1200)
    fill(library, RECORDS)
    client = create_app(library).test_client()
    codes = [post(client, f"/record/ED1000{n:02d}/correct", {"message": "m"}).status_code for n in range(30)]
    assert codes[:5] == [200] * 5
    assert 429 in codes
    library.close()


def test_readers_do_not_see_what_others_sent(reader, editor, opened):
    post(reader, FORM, filled(opened, reader, message="between us"))
    assert reader.get("/corrections").status_code == 302
    assert post(reader, "/corrections/1/accept", {"seen": 1}).status_code == 403


@pytest.mark.parametrize("address", ["/record/nosuch/correct", "/corrections/99/decline"])
def test_what_is_not_there_is_not_found(editor, address):
    assert post(editor, address, {"message": "x"}).status_code == 404


def test_a_record_that_is_public_no_longer_cannot_be_corrected(reader, editor, library, opened):
    post(reader, FORM, filled(opened, reader, **{"f-volume": "21"}))
    library.store.set_state(ID, "withdrawn", "Ben", "not ours")
    assert reader.get(FORM).status_code == 410
    assert "public no longer" in opened(editor.get("/corrections")).text()
    assert post(editor, "/corrections/1/accept", {"seen": 2}).status_code == 400
    assert post(editor, "/corrections/1/decline").status_code == 303


def test_what_readers_send_shows_as_text(reader, editor, library):
    """No element or attribute comes of it that a correction in plain words does not have."""
    texts, size = vectors(), len(vectors()) // 10 + 1
    for start in range(0, len(texts), size):
        some = "\n".join(texts[start : start + size])
        values = {"title": some, "author": some, "container_title": some}
        corrections.send(library, now(library), values, message=some, name=texts[start], contact=texts[start])
    main = Page(editor.get("/corrections").get_data(as_text=True)).one("main")
    ours = "main div h1 p nav a article b br span time dl dt dd ins del form input label button svg use details summary"
    assert {tag.name for tag in main.find_all(True)} <= set(ours.split())
    assert [
        tag for tag in main.find_all(True) if any(name.startswith("on") or name == "style" for name in tag.attrs)
    ] == []


def test_the_texts_that_sources_restrict_are_never_asked_about(library):
    assert len(RECORDS) > 30
    for one in RECORDS:
        assert {field.name for field in corrections.asked(one.record)}.isdisjoint(rights.TEXTS)
