"""The form of a record as editors use it without scripts: added, changed, refused, put together, and nothing lost."""

import re

import pytest

from litbase.library import bring_level
from litbase.library.editing import edit
from litbase.library.forms import form_of
from litbase.record.names import Name
from litbase.web.sent import pairs_of
from tests.web.conftest import ARTICLE, CHAPTER, post
from tests.web.edit.conftest import FORM, ID, changed, fields, form, opened


def test_the_form_shows_the_record(ann):
    page = opened(ann.get(FORM))
    assert page.one("#f-title").get_text().strip() == ARTICLE.title
    assert page.one("#f-issued")["value"] == "2019-08"
    assert [each["value"] for each in page.all("[name=family]")] == ["Mehta", "Peterson"]
    assert page.one("[name=type][checked]")["value"] == "article-journal"
    assert page.one("#edit input[name=version]")["value"] == "1"
    assert "Mehta, J., & Peterson, A. (2019)" in page.text("#preview")


def test_nothing_changed_saves_nothing(ann, library):
    answer = post(ann, FORM, form(ann, FORM))
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/record/{ID}")
    assert library.store.get(ID).version == 1


def test_a_change_is_a_decision_on_just_that_field(ann, library):
    answer = post(ann, FORM, form(ann, FORM, title="Communities", why="as printed"))
    assert answer.status_code == 303
    stored = library.store.get(ID)
    assert (stored.version, stored.record.title) == (2, "Communities")
    assert [(e.field, e.who, e.why) for e in library.store.edits(ID)] == [("title", "Ann", "as printed")]
    assert stored.record.extra == ARTICLE.extra
    assert library.store.provenance(ID)["abstract"] == "eric"
    assert library.store.audit.page(1)[0].who == "Ann"


def test_only_editors_see_the_way_in(app, ann):
    reader = app.test_client()
    assert f'href="{FORM}"' in ann.get(f"/record/{ID}").get_data(as_text=True)
    assert f'href="{FORM}"' not in reader.get(f"/record/{ID}").get_data(as_text=True)
    assert 'href="/new"' in ann.get("/").get_data(as_text=True)
    assert 'href="/new"' not in reader.get("/").get_data(as_text=True)
    assert reader.get(FORM).status_code == 302
    assert post(reader, FORM, {"title": "x"}).status_code == 403


def test_a_new_record_is_typed_by_whoever_typed_it(ann, library):
    data = form(
        ann,
        "/new?type=book",
        title="Schools",
        issued="1915",
        publisher="Dutton",
        family=["Roe"],
        given=["Ann"],
        why="from the shelf",
    )
    answer = post(ann, "/new", data)
    assert answer.status_code == 303
    id = answer.headers["Location"].rpartition("/")[2]
    stored = library.store.get(id)
    assert (stored.version, stored.state, stored.record.type) == (1, "public", "book")
    assert stored.record.author == (Name(family="Roe", given="Ann"),)
    assert library.store.history(id)[0].who == "Ann"
    assert stored.record.collection == ("typed",)
    assert post(ann, "/new", data).headers["Location"] == f"/record/{id}"
    assert library.store.get(id).version == 1


def test_save_and_add_another(ann):
    answer = post(ann, "/new", form(ann, "/new", title="One", do="save-new"))
    assert answer.headers["Location"].startswith("/new?saved=")
    page = opened(ann.get(answer.headers["Location"]))
    assert "Saved. Open the record" in page.text()
    assert page.one("#f-title").get_text().strip() == ""


def test_the_browser_is_told_which_form_was_saved(ann):
    data = form(ann, "/new", title="One")
    said = post(ann, "/new", data).headers["Set-Cookie"]
    assert re.search(rf"litbase-saved={data['entry'][0]}; .*SameSite=Lax", said)


def test_a_form_that_is_wrong_comes_back_whole(ann, library):
    data = form(
        ann,
        FORM,
        page="350-327",
        isbn="9780203774978",
        note="N\r\nM",
        keywords="a\r\nb",
        family=["Mehta", "Third"],
        given=["Jal", "T."],
        role=["author", "editor"],
        why="w",
    )
    answer = post(ann, FORM, data)
    page = opened(answer)
    assert answer.status_code == 422
    alert = page.one("[role=alert]")
    assert "2 things have to be put right first" in page.text("[role=alert]")
    assert {a["href"] for a in alert.select("a")} == {"#f-page", "#f-isbn"}
    for field in ("page", "isbn"):
        shown = page.one(f"#f-{field}")
        assert (shown["aria-invalid"], shown["value"]) == ("true", data[field][0])
        assert f"f-{field}-e" in shown["aria-describedby"].split()
    assert "Did you mean 327–350?" in page.text("#f-page-e")
    again = changed(fields(page))
    assert {name: again[name] for name in data if name != "token"} == {
        name: data[name] for name in data if name != "token"
    }
    assert library.store.get(ID).version == 1


def test_the_doubtful_part_of_the_citation_is_marked(ann):
    page = opened(post(ann, FORM, form(ann, FORM, page="350-327")))
    assert page.text("#preview mark") == "350–327"


BUTTONS = {
    "add-person": [("Mehta", "author"), ("Peterson", "author"), ("", "author")],
    "remove-1": [("Peterson", "author")],
    "down-1": [("Peterson", "author"), ("Mehta", "author")],
    "up-2": [("Peterson", "author"), ("Mehta", "author")],
    "up-1": [("Mehta", "author"), ("Peterson", "author")],
    "remove-99": [("Mehta", "author"), ("Peterson", "author")],
    "type": [("Mehta", "author"), ("Peterson", "author")],
    "nonsense": [("Mehta", "author"), ("Peterson", "author")],
}


@pytest.mark.parametrize(("button", "rows"), BUTTONS.items())
def test_every_button_gives_all_of_the_form_back(ann, library, button, rows):
    data = form(ann, FORM, title="Typed", note="A\r\nB", type="chapter", why="w")
    answer = post(ann, FORM, {**data, "do": button})
    page = opened(answer)
    assert answer.status_code == 200
    again = changed(fields(page))
    assert list(zip(again["family"], again["role"], strict=True)) == rows
    assert (again["title"], again["note"], again["type"], again["why"]) == (["Typed"], ["A\r\nB"], ["chapter"], ["w"])
    assert again["version"] == ["1"]
    assert library.store.get(ID).version == 1


def test_another_type_shows_its_own_fields_and_keeps_the_rest(ann):
    page = opened(post(ann, FORM, {**form(ann, FORM, type="thesis"), "do": "type"}))
    place = page.all("section[aria-labelledby=place-h] [data-field]")
    assert [each["data-field"] for each in place][:2] == ["publisher", "publisher_place"]
    assert page.one("#more #f-container_title")["value"] == "Journal of Educational Change"


def test_people_pasted_into_one_box_become_rows(ann):
    data = form(ann, "/new", family=["Roe, Ann; Jal Mehta; The Reading Group"], given=[""])
    page = opened(post(ann, "/new", {**data, "do": "again"}))
    rows = [
        (f["value"], g["value"])
        for f, g in zip(page.all("#people [name=family]"), page.all("#people [name=given]"), strict=True)
    ]
    assert rows == [("Roe", "Ann"), ("Mehta", "Jal"), ("The Reading Group", "")]


def test_a_button_mends_what_can_be_mended(ann):
    page = opened(post(ann, FORM, form(ann, FORM, page="350-327")))
    assert page.one("button[name=mend][value=page]").get_text() == "Write 327-350"
    page = opened(post(ann, FORM, {**changed(fields(page)), "mend": "page"}))
    assert page.one("#f-page")["value"] == "327-350"
    assert not page.all("[aria-invalid]")


def test_a_number_that_is_another_records_is_told(ann, library):
    page_of = post(ann, "/new", form(ann, "/new", title="Something else entirely", doi=ARTICLE.doi))
    assert page_of.status_code == 422
    assert ID in opened(page_of).text("[role=alert]")


STATES = [
    ("draft", "", 303),
    ("withdrawn", "Entered twice", 303),
    ("withdrawn", " ", 400),
    ("merged", "x", 400),
    ("", "", 400),
]


@pytest.mark.parametrize(("state", "why", "status"), STATES)
def test_a_state_is_chosen_with_a_reason(ann, library, state, why, status):
    answer = post(ann, f"/record/{ID}/state", {"state": state, "why": why, "version": "1"})
    assert answer.status_code == status
    stored = library.store.get(ID)
    assert (stored.state, stored.version) == ((state, 2) if status == 303 else ("public", 1))


def test_a_withdrawn_record_comes_back(ann, library):
    post(ann, f"/record/{ID}/state", {"state": "withdrawn", "why": "Twice", "version": "1"})
    page = opened(ann.get(FORM))
    assert "withdrawn: Twice" in page.text()
    post(ann, f"/record/{ID}/state", {"state": "public", "version": "2"})
    assert ann.get(f"/record/{ID}").status_code == 200


def test_a_state_of_an_older_version_is_not_chosen(ann, library):
    edit(library, ID, {"title": "New"}, who="Ben")
    assert post(ann, f"/record/{ID}/state", {"state": "draft", "version": "1"}).headers["Location"] == FORM
    assert library.store.get(ID).state == "public"


def test_what_follows_the_form(ann):
    data = form(ann, FORM, page="350-327", issn="1389-2843")
    said = post(ann, "/edit/check.json", data).get_json()
    assert [(f["field"], f["blocks"], f["instead"]) for f in said["flaws"] if f["blocks"]] == [
        ("page", True, "327-350")
    ]
    assert said["good"]["issn"] == "The check digit is right"
    piece = opened(post(ann, "/edit/preview", {**data, "style": "mla"}))
    assert "Mehta, Jal, and Amelia Peterson." in piece.text("#preview .cite-text")
    assert piece.one("#style option[selected]")["value"] == "mla"
    assert ann.get("/edit/terms.json?q=learn").get_json()["checked"] is False


def test_the_fields_alone_are_given_to_a_script(ann):
    data = form(ann, FORM, type="book", do="type")
    client = ann
    cookie = client.get_cookie("litbase")
    assert cookie
    answer = client.post(
        FORM, data={**data, "token": data["token"]}, headers={"Origin": "http://127.0.0.1:8000", "X-Fragment": "fields"}
    )
    text = answer.get_data(as_text=True)
    assert "<html" not in text
    assert 'id="fields"' in text


ODD = {
    "nothing": {},
    "a version that is none": {"version": "x"},
    "a version to come": {"version": "99"},
    "a kind that is none": {"type": "nonsense"},
    "roles without names": {"role": ["editor"] * 3, "people": "1"},
    "a date that is none": {"issued": "yesterday"},
    "control characters": {"title": "A\0B\x1b"},
    "a button that is none": {"do": "remove-0"},
    "ten thousand rows": {"people": "1", "family": ["X"] * 10_000, "given": [""] * 10_000, "role": ["author"] * 10_000},
    "a long title": {"title": "x" * 200_000},
}


@pytest.mark.parametrize("sent", ODD.values(), ids=ODD)
@pytest.mark.parametrize("address", ["/new", FORM, "/edit/preview", "/edit/check.json"])
def test_odd_forms_get_a_clear_answer(ann, address, sent):
    assert post(ann, address, sent).status_code in (200, 303, 409, 422)


def test_a_form_that_is_too_large_is_refused(ann):
    assert post(ann, FORM, {"title": "x" * 2_000_000}).status_code == 413


@pytest.mark.parametrize("id", ["nosuch", "EJ1223O55", "x" * 200])
def test_a_record_that_is_not_there(ann, id):
    for answer in (
        ann.get(f"/record/{id}/edit"),
        post(ann, f"/record/{id}/edit", {"title": "x"}),
        post(ann, f"/record/{id}/state", {"state": "draft"}),
    ):
        assert answer.status_code == 404


def test_a_citation_key_that_is_anothers_is_told_at_its_field(ann, library):
    other = next(s for s in library.store.scan() if s.id != ID and s.record.citation_key)
    answer = post(ann, FORM, form(ann, FORM, citation_key=other.record.citation_key))
    page = opened(answer)
    assert answer.status_code == 422
    assert f"belongs to {other.id}" in page.text("[role=alert]")
    assert page.one("[role=alert] a")["href"] == "#f-citation_key"


@pytest.mark.parametrize("of", ["key", "id"])
@pytest.mark.parametrize("address", [FORM, "/new"])
def test_a_name_of_another_record_is_no_citation_key(ann, library, address, of):
    other = next(s for s in library.store.scan() if s.record.title == CHAPTER.title)
    key = other.id.upper() if of == "id" else other.record.citation_key
    before = len(list(library.store.scan()))
    answer = post(ann, address, form(ann, address, citation_key=key, title="Another Work Altogether"))
    page = opened(answer)
    assert answer.status_code == 422
    assert f"belongs to {other.id}, “{CHAPTER.title}”" in page.text("[role=alert]")
    assert page.one("[role=alert] a")["href"] == "#f-citation_key"
    assert len(list(library.store.scan())) == before
    sent = {"id": ID if address == FORM else "", "version": "1", "type": "book", "citation_key": key}
    assert [flaw["field"] for flaw in post(ann, "/edit/check.json", sent).json["flaws"] if flaw["blocks"]]


def test_a_form_is_sent_as_it_is_read():
    pairs = pairs_of(form_of(ARTICLE))
    assert [value for name, value in pairs if name == "family"] == ["Mehta", "Peterson"]
    assert dict(pairs)["type"] == "article-journal"


def test_a_saved_change_is_searchable(ann, library):
    post(ann, FORM, form(ann, FORM, title="Zymurgy for all"))
    bring_level(library)
    assert ID in ann.get("/search?q=zymurgy").get_data(as_text=True)
