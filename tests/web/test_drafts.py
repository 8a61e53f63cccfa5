"""Drafts in the browser: kept by a button, opened as they were, with the conflict where their record has moved on."""

import pytest

from litbase.library.editing import edit
from tests.web.conftest import RECORDS, Page, emptied, fill, post, served, sign_in, signed_in

FORM = {"type": "book", "people": "1", "title": "Half a Book", "family": ["Roe", "Poe"], "given": ["Ann", ""],
        "role": ["author", "editor"], "publisher": "Example Press", "why": "because", "different": "EJ1223055",
        "entry": "0123456789abcdef0123456789abcdef"}  # fmt: skip


@pytest.fixture
def library(tmp_path):
    made = emptied(tmp_path / "library")
    fill(made, RECORDS[:1])
    yield made
    made.close()


@pytest.fixture
def app(library):
    return served(library)


@pytest.fixture
def client(app, library):
    return signed_in(app, library)


def opened(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status, answer.get_data(as_text=True)[:2000]
    return Page(answer.get_data(as_text=True))


def kept(client, **more):
    answer = post(client, "/drafts/save", FORM | more)
    assert answer.status_code == 303
    return answer.headers["Location"]


def edited(client, library, **more):
    """The address of a draft of changes to the record that is here."""
    stored = library.store.get("EJ1223055")
    page = opened(client, "/record/EJ1223055/edit")
    fields = {"type": "article-journal", "people": "1"}
    for field in page.all("#edit input[name], #edit textarea[name]"):
        if field.get("type") not in ("checkbox", "radio") and field["name"] != "token":
            value = field.get_text().removeprefix("\n") if field.name == "textarea" else field.get("value", "")
            fields[field["name"]] = [*fields.get(field["name"], []), value] if field["name"] in fields else [value]
    fields["role"] = ["author"] * len(fields["family"])
    return kept(client, **fields | {"id": stored.id, "version": str(stored.version), **more})


def test_a_draft_of_a_new_record_opens_as_it_was(client, library):
    page = opened(client, kept(client))
    assert page.one("#f-title").get_text().strip() == "Half a Book"
    assert [field["value"] for field in page.all("#edit input[name=family]")] == ["Roe", "Poe"]
    assert page.one("#f-publisher")["value"] == "Example Press"
    assert page.one("#why")["value"] == "because"
    assert page.one("#edit input[name=entry]")["value"] == FORM["entry"]
    assert page.one("#edit input[name=draft]")["value"] == "1"
    assert page.one("#edit")["action"] == "/new"
    assert library.store.count() == 1


def test_kept_again_it_is_the_same_draft(client):
    first = kept(client)
    assert kept(client, draft="1", title="A Whole Book") == first
    assert "A Whole Book" in opened(client, "/drafts").text()
    assert len(opened(client, "/drafts").all("ol.searches > li")) == 1


def test_scripts_keep_them_too(client):
    cookieless = post(client, "/drafts/save", FORM, query_string={})
    assert cookieless.status_code == 303
    token = opened(client, "/new").one("#edit input[name=token]")["value"]
    headers = {"Origin": "http://127.0.0.1:8000", "Accept": "application/json"}
    answer = client.post("/drafts/save", data=FORM | {"token": token}, headers=headers)
    assert answer.get_json()["draft"] == 2
    answer = client.post("/drafts/save", data=FORM | {"token": token, "title": "a" * 600_000}, headers=headers)
    assert (answer.status_code, "500,000" in answer.get_json()["error"]["detail"]) == (400, True)


def test_the_list_leads_to_each_and_deletes_it(client, app, library):
    kept(client)
    edited(client, library, page="1-2")
    page = opened(client, "/drafts")
    assert page.texts("h2 a") == [RECORDS[0].record.title, "Half a Book"]
    assert "Changes to EJ1223055" in page.text()
    assert page.all("a[href='/drafts/1']")
    answer = post(client, "/drafts/delete", {"draft": "1"})
    assert "The draft was deleted" in opened(client, answer.headers["Location"]).text()
    assert opened(client, "/drafts").texts("h2 a") == [RECORDS[0].record.title]
    assert post(client, "/drafts/delete", {"draft": "1"}).status_code == 400
    opened(client, "/drafts/1", 404)


def test_the_form_for_a_new_record_leads_to_them(client):
    assert "Go on with a draft" not in opened(client, "/new").text()
    kept(client)
    assert "Half a Book" in opened(client, "/new").text("#start")
    assert opened(client, "/").link("Drafts") == "/drafts"


def test_another_editor_sees_none_of_it(client, app, library):
    kept(client)
    ben = app.test_client()
    sign_in(ben, library, name="Ben")
    assert "Half a Book" not in opened(ben, "/drafts").text()
    opened(ben, "/drafts/1", 404)
    assert post(ben, "/drafts/delete", {"draft": "1"}).status_code == 400
    assert opened(client, "/drafts/1")


def test_a_draft_of_changes_opens_over_the_record(client, library):
    page = opened(client, edited(client, library, page="1-2"))
    assert page.one("#edit")["action"] == "/record/EJ1223055/edit"
    assert page.one("#f-page")["value"] == "1-2"
    assert page.one("#edit input[name=version]")["value"] == "1"
    assert library.store.get("EJ1223055").version == 1


def test_where_the_record_has_moved_on_both_are_shown(client, library):
    address = edited(client, library, page="1-2")
    edit(library, "EJ1223055", {"page": "3-4"}, who="Ben")
    page = opened(client, address, 409)
    assert "1-2" in page.text()
    assert "3-4" in page.text()
    assert "Ben" in page.text()
    assert library.store.get("EJ1223055").record.page == "3-4"
    assert opened(client, "/drafts").texts("h2 a")


def test_saved_it_is_gone(client, library):
    kept(client)
    answer = post(client, "/new", FORM | {"draft": "1", "do": "save"})
    assert answer.status_code == 303, Page(answer.get_data(as_text=True)).text()
    assert opened(client, "/drafts").all("h2 a") == []
    address = edited(client, library, page="1-2")
    number = address.rpartition("/")[2]
    sent = {"type": "article-journal", "page": "1-2", "version": "1", "draft": number}
    answer = post(client, "/record/EJ1223055/edit", sent)
    assert answer.status_code == 303
    assert opened(client, "/drafts").all("h2 a") == []


def test_opening_one_saves_nothing_whatever_it_holds(client, library):
    """A draft holds what a form held, never which button to press."""
    address = kept(client, do="save", id="", mend="title", term="Schools", to="EJ1223055", asked="x", seen="1")
    before = library.store.mark()
    opened(client, address)
    address = edited(client, library, page="1-2", do="save", asked="EJ1223055", seen="1")
    opened(client, address)
    assert library.store.mark() == before


@pytest.mark.parametrize(
    "field", [{"version": "x"}, {"version": "9" * 30}, {"id": "nosuch", "version": "1"}, {"id": "\0" * 99}]
)
def test_odd_forms_do_no_harm(client, field):
    answer = post(client, "/drafts/save", FORM | field)
    assert answer.status_code in (303, 400)
    if answer.status_code == 303:
        assert client.get(answer.headers["Location"]).status_code in (200, 404, 409)


def test_more_than_there_is_room_for_is_said(client):
    for _ in range(100):
        kept(client)
    answer = post(client, "/drafts/save", FORM)
    assert answer.status_code == 400
    assert "there is no room for more" in Page(answer.get_data(as_text=True)).text()


def test_what_was_typed_is_only_text(client):
    vector = "</script><img src=x onerror=alert(1)>"
    address = kept(client, title=vector, family=[vector, ""])
    for page in (opened(client, address), opened(client, "/drafts"), opened(client, "/new")):
        assert page.all("img[onerror]") == []
        assert page.all("script:not([src])") == []
