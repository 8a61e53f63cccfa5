"""The form of a record in a browser: rows and terms in place, what is beside it, drafts, and two browsers at once."""

import re

import pytest
from playwright.sync_api import expect

from litbase.library.thesaurus import load
from tests.web.browser.conftest import onward
from tests.web.conftest import ARTICLE, CHAPTER, emptied, fill, incoming

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")]
ID = "EJ1223055"
FORM = f"/record/{ID}/edit"
WORDS = "descriptor,used_for\nCommunities of Practice,Learning Communities\nLearning,\nLearning Analytics,\n"


@pytest.fixture
def library(tmp_path):
    made = emptied(tmp_path / "library")
    (tmp_path / "terms.csv").write_text(WORDS, "utf-8")
    load(made, str(tmp_path / "terms.csv"))
    fill(made, (incoming(ARTICLE, "eric", ID), incoming(CHAPTER, "vufind", "c")))
    yield made
    made.close()


def rows(page):
    return page.eval_on_selector_all(
        "#people .author[role=group]",
        "all => all.map((one) => [...one.querySelectorAll('input')].map((each) => each.value).join('|'))",
    )


def saved(page):
    page.get_by_role("button", name="Save record").last.click()
    page.wait_for_url(re.compile(r"/record/[^/]+$"))


def kept(page):
    expect(page.locator("[data-draft-state]")).to_contain_text("draft kept in this browser")


def test_rows_come_go_and_move_in_place(editing, library):
    page = editing(FORM)
    page.get_by_role("button", name="Add a person or group").click()
    page.keyboard.type("Reading Group")
    page.get_by_role("button", name="Move Reading Group up").click()
    expect(page.locator("[data-live]")).to_have_text("Reading Group is now 2 of 3")
    page.get_by_role("button", name="Remove Mehta").click()
    assert rows(page) == ["Reading Group|", "Peterson|Amelia"]
    saved(page)
    assert [str(name) for name in library.store.get(ID).record.author] == ["Reading Group", "Peterson, Amelia"]


def test_several_people_pasted_into_the_first_box_become_rows(editing):
    page = editing("/new")
    box = page.get_by_label("Family name or group").first
    box.fill("Roe, Ann; Jal Mehta; The Reading Group")
    page.keyboard.press("Tab")
    expect(page.locator("#people .author[role=group]")).to_have_count(3)
    assert rows(page) == ["Roe|Ann", "Mehta|Jal", "The Reading Group|"]


def test_descriptors_are_tokens_of_the_thesaurus(editing, library):
    page = editing(FORM)
    field = page.get_by_role("combobox", name=re.compile("^Descriptors"))
    page.get_by_role("button", name="Remove Best Practices").click()
    field.fill("learn")
    options = page.get_by_role("listbox", name="Descriptors").get_by_role("option")
    expect(options.last).to_contain_text("Communities of Practice")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator(".token").last).to_contain_text("Learning Analytics")
    field.fill("Learning Communities")
    page.keyboard.press("Enter")
    expect(page.locator("[data-field=descriptors]")).to_contain_text("is called Communities of Practice")
    field.fill("Lerning")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Keep as keyword").click()
    saved(page)
    record = library.store.get(ID).record
    assert "Learning Analytics" in record.descriptors
    assert "Best Practices" not in record.descriptors
    assert record.keywords == ("Lerning",)


def test_the_citation_and_the_list_follow_what_is_typed(editing):
    page = editing(FORM)
    page.get_by_label("Title").fill("Schools of tomorrow")
    expect(page.locator("#preview .cite-text")).to_contain_text("Schools of tomorrow")
    page.get_by_label("Pages", exact=True).fill("350-327")
    page.keyboard.press("Tab")
    expect(page.locator("#f-page-e")).to_contain_text("Did you mean 327–350?")
    expect(page.locator("#preview mark")).to_have_text("350–327")
    expect(page.locator("[data-draft-state]")).to_contain_text("1 field needs attention")
    page.get_by_role("button", name="Write 327-350").click()
    expect(page.locator("#f-page-e .err")).to_have_count(0)
    expect(page.locator("#preview mark")).to_have_count(0)
    page.get_by_label("Citation style").select_option("mla")
    expect(page.locator("#preview .cite-text")).to_contain_text("Mehta, Jal, and Amelia Peterson")


def test_another_type_shows_its_fields_at_once(editing):
    page = editing(FORM)
    page.get_by_label("Title").fill("Typed")
    page.locator("label", has_text="Book chapter").click()
    expect(page.get_by_label("Book title")).to_have_value("Journal of Educational Change")
    expect(page.get_by_label("Title", exact=False).first).to_have_value("Typed")
    assert page.evaluate("document.activeElement.value") == "chapter"


def test_a_form_that_fails_says_why_and_takes_the_focus(editing):
    page = editing(FORM)
    page.get_by_label("Pages", exact=True).fill("350-327")
    page.get_by_role("button", name="Save record").last.click()
    alert = page.get_by_role("alert")
    expect(alert).to_be_focused()
    alert.get_by_role("link", name="Pages").click()
    assert page.evaluate("document.activeElement.id") == "f-page"


def test_what_is_typed_survives_a_reload_and_is_gone_once_saved(editing, library):
    page = editing(FORM)
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_label("Title").fill("Half typed")
    page.get_by_role("button", name="Add a person or group").click()
    page.keyboard.type("Third")
    kept(page)
    page.reload()
    expect(page.locator("[data-restored]")).to_contain_text("“Half typed”, typed here")
    expect(page.get_by_label("Title")).to_have_value("Half typed")
    assert rows(page)[-1] == "Third|"
    saved(page)
    assert library.store.get(ID).record.title == "Half typed"
    page.goto(page.url + "/edit")
    expect(page.locator("[data-restored]")).to_be_hidden()
    assert page.evaluate("localStorage.getItem('litbase.drafts')") == "{}"


def test_a_new_record_survives_the_crash_of_the_browser(editing):
    page = editing("/new")
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_label("Title").fill("Begun")
    kept(page)
    other = page.context.new_page()
    page.close()  # without a word
    other.goto(page.url)
    expect(other.get_by_label("Title")).to_have_value("Begun")
    other.get_by_role("button", name="Discard it").click()
    expect(other.get_by_label("Title")).to_have_value("")


def test_leaving_with_changes_asks(editing):
    page = editing(FORM)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.get_by_role("link", name="Cancel").click()
    page.wait_for_url(re.compile(rf"/record/{ID}$"))
    page.go_back()
    page.get_by_label("Title").fill("Typed")
    page.get_by_role("link", name="Cancel").click(no_wait_after=True)
    page.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    expect(page.get_by_label("Title")).to_have_value("Typed")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_two_browsers_at_once(editing, library, scripts):
    hers, his = editing(FORM, "Ann", java_script_enabled=scripts), editing(FORM, "Ben", java_script_enabled=scripts)
    hers.get_by_label("Title").fill("Hers")
    hers.get_by_label("Volume", exact=True).fill("21")
    his.get_by_label("Title").fill("His")
    saved(his)
    hers.get_by_role("button", name="Save record").last.click()
    expect(hers.get_by_role("heading", level=1)).to_have_text("This record was changed while you edited it")
    expect(hers.get_by_role("alert")).to_contain_text("Ben changed it")
    hers.get_by_label("Take theirs: Title").check()
    hers.get_by_role("button", name="Save with these choices").click()
    hers.wait_for_url(re.compile(rf"/record/{ID}$"))
    record = library.store.get(ID).record
    assert (record.title, record.volume) == ("His", "21")


def test_without_scripts_every_button_works(editing, library):
    page = editing("/new?type=book", java_script_enabled=False)
    page.get_by_label("Title").fill("Schools")
    page.get_by_label("Family name or group").fill("Roe, Ann; The Reading Group")
    onward(page, page.get_by_role("button", name="Add a person or group").click)
    assert rows(page) == ["Roe|Ann", "The Reading Group|", "|"]
    onward(page, page.get_by_role("button", name="Move The Reading Group up").click)
    page.get_by_label("Descriptors", exact=True).fill("Learning Communities; Lerning")
    onward(page, page.get_by_role("button", name="Use the thesaurus").click)
    page.get_by_label("Thesis").check(force=True)
    onward(page, page.get_by_role("button", name="Show the fields of this type").click)
    page.get_by_label("University").fill("Oslo")
    page.get_by_role("button", name="Save record").last.click()
    page.wait_for_url(re.compile(r"/record/[^/]+$"))
    record = library.store.get(page.url.rpartition("/")[2]).record
    assert (record.type, record.title, record.publisher) == ("thesis", "Schools", "Oslo")
    assert [str(name) for name in record.author] == ["The Reading Group", "Roe, Ann"]
    assert (record.descriptors, record.keywords) == (("Communities of Practice",), ("Lerning",))


def test_the_keyboard_is_enough(editing, library):
    page = editing(f"/record/{ID}")
    page.keyboard.press("e")
    page.wait_for_url(re.compile(r"/edit$"))
    page.get_by_label("Title").focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("By keys alone")
    page.get_by_role("combobox", name=re.compile("^Descriptors")).focus()
    page.keyboard.type("Learning Analytics")
    page.keyboard.press("Enter")
    expect(page.locator(".token").last).to_contain_text("Learning Analytics")
    page.keyboard.press("Backspace")
    page.get_by_label("Note about this change").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(rf"/record/{ID}$"))
    record = library.store.get(ID).record
    assert record.title == "By keys alone"
    assert "Learning Analytics" not in record.descriptors


@pytest.mark.parametrize("width", [320, 1280])
def test_the_page_of_a_conflict_fits_and_is_accessible(editing, axe, library, width):
    from litbase.library.editing import edit
    from tests.web.browser.conftest import violations

    page = editing(FORM, bypass_csp=True)
    page.set_viewport_size({"width": width, "height": 900})
    page.get_by_label("Title").fill("Unbroken" * 40)
    edit(library, ID, {"title": "Other" * 60, "note": "N"}, who="Ben", why="w")
    page.get_by_role("button", name="Save record").last.click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert violations(page, axe) == []
