"""Starting from something, the note about likenesses and drafts, in Chromium, with scripts and without."""

import time

import pytest
from playwright.sync_api import expect

from litbase.library import network
from tests.elsewhere import Said, elsewhere
from tests.library.test_lookup import CROSSREF
from tests.web.browser.conftest import violations
from tests.web.conftest import RECORDS, emptied, fill

TITLE = RECORDS[0].record.title


@pytest.fixture
def server(monkeypatch):
    with elsewhere() as found:
        found.says("/works/", Said(CROSSREF))
        monkeypatch.setattr(network, "SERVICES", found.network().services)
        yield found


@pytest.fixture
def library(tmp_path, server):
    made = emptied(tmp_path / "library", fetch_inside=server.name)
    fill(made, RECORDS[:1])
    made.store.accounts.add("Ann", "editor", "", "test")
    yield made
    made.close()


def waited(answers, seconds=10):
    """Whether *answers* says yes within that time."""
    until = time.monotonic() + seconds
    while not (found := answers()) and time.monotonic() < until:
        time.sleep(0.05)
    return found


SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])


@SCRIPTS
def test_enter_in_the_field_looks_up_and_fills_the_form(editing, scripts):
    page = editing("/new", java_script_enabled=scripts)
    page.fill("#given", "10.5555/Example.1")
    page.press("#given", "Enter")
    page.wait_for_selector("#start .good")
    assert page.input_value("#f-title") == "Schools & their pupils"
    assert page.input_value("#given") == ""


@SCRIPTS
def test_one_of_several_pasted_entries_is_chosen_and_saved(editing, library, scripts):
    page = editing("/new", java_script_enabled=scripts)
    page.click("text=Paste BibTeX")
    text = "@book{a, title={One}, author={Roe, Ann}, year=2001}\n\n@book{b, title={Two}, author={Poe, Ed}, year=2002}"
    page.fill("#pasted", text)
    page.click("text=Read this text")
    page.click("#entries li:nth-child(2) button")
    page.wait_for_selector("#start .good")
    assert page.input_value("#f-title") == "Two"
    page.click(".savebar button[value=save]")
    page.wait_for_url("**/record/**")
    assert library.store.count() == 2


@SCRIPTS
def test_a_duplicate_asks_first_and_is_saved_with_an_answer(editing, library, scripts):
    page = editing("/new?type=report", java_script_enabled=scripts)
    page.fill("#f-title", TITLE)
    page.fill("#f-issued", "2019")
    page.fill("#edit input[name=family] >> nth=0", "Mehta")
    page.fill("#edit input[name=given] >> nth=0", "Jal")
    if scripts:
        page.wait_for_selector("#like .note")  # while it is typed
    page.click(".savebar button[value=save]")
    page.wait_for_selector("#problems")
    assert library.store.count() == 1
    page.check("#like input[name=different]")
    page.click(".savebar button[value=save]")
    page.wait_for_url("**/record/**")
    assert library.store.count() == 2
    assert [verdict.verdict for verdict in library.store.verdicts(["EJ1223055"]).values()] == ["different"]


@SCRIPTS
def test_corrections_go_to_the_record_that_is_here(editing, library, scripts):
    page = editing("/new", java_script_enabled=scripts)
    page.fill("#f-title", TITLE)
    page.fill("#f-page", "327-351")
    page.fill("#f-doi", RECORDS[0].record.doi)
    if not scripts:
        page.click(".savebar button[value=save]")
    page.wait_for_selector("#like .note")
    page.click("text=Add my corrections to it")
    page.wait_for_selector("#edit[action='/record/EJ1223055/edit']")
    assert page.input_value("#f-page") == "327-351"
    assert page.input_value("#f-volume") == "20"
    page.click(".savebar button[value=save]")
    page.wait_for_url("**/new?saved=EJ1223055")
    assert "Saved. Open the record" in page.inner_text("main .note.ok")
    record = library.store.get("EJ1223055").record
    assert (record.page, record.volume) == ("327-351", "20")


def test_the_note_goes_when_what_was_typed_is_another(editing):
    page = editing("/new")
    page.fill("#f-doi", RECORDS[0].record.doi)
    page.wait_for_selector("#like .note")
    page.fill("#f-doi", "10.5555/another")
    page.wait_for_selector("#like .note", state="detached")


@SCRIPTS
def test_a_draft_is_saved_found_again_and_gone_when_it_is_saved(editing, library, scripts):
    page = editing("/new", java_script_enabled=scripts)
    page.fill("#f-title", "Half a Title")
    page.click("[data-keep]")
    drafts = library.store.drafts
    nr = library.store.accounts.get("Ann").nr
    assert waited(lambda: drafts.all(nr))
    page = editing("/drafts", java_script_enabled=scripts)
    page.click("text=Half a Title")
    page.wait_for_selector("#edit")
    assert page.input_value("#f-title") == "Half a Title"
    page.fill("#f-title", "A Whole Title")
    page.click(".savebar button[value=save]")
    page.wait_for_url("**/record/**")
    assert drafts.all(nr) == ()


def test_a_draft_that_comes_back_is_called_one(editing, library):
    page = editing("/new")
    page.on("dialog", lambda dialog: dialog.accept())
    page.fill("#f-title", "Half a Title")
    page.click("[data-keep]")
    expect(page.locator("#edit [name=draft]")).to_have_value("1")
    page.goto(page.url)
    page.wait_for_selector("[data-restored]:visible")
    assert "“Half a Title”, one of your drafts and no record yet, is back" in page.inner_text("[data-restored]")
    assert page.input_value("#f-title") == "Half a Title"
    page.fill("#f-title", "A Whole Title")
    page.click("[data-keep]")
    nr = library.store.accounts.get("Ann").nr
    assert waited(lambda: [one.title for one in library.store.drafts.all(nr)] == ["A Whole Title"])


def test_what_is_typed_is_kept_on_the_server_from_time_to_time(editing, library):
    page = editing("/")
    page.clock.install()
    page.goto(page.url + "new")
    page.fill("#f-title", "Typed and left")
    nr = library.store.accounts.get("Ann").nr
    assert library.store.drafts.all(nr) == ()
    page.clock.fast_forward(31_000)
    assert waited(lambda: [one.title for one in library.store.drafts.all(nr)]) == ["Typed and left"]
    expect(page.locator("#edit [name=draft]")).to_have_value("1")
    page.clock.fast_forward(31_000)
    page.fill("#f-title", "Typed and gone on")
    page.clock.fast_forward(31_000)
    assert waited(lambda: [one.title for one in library.store.drafts.all(nr)] == ["Typed and gone on"])


def test_a_look_up_that_fails_takes_nothing_of_what_was_typed(editing, server):
    page = editing("/new")
    page.fill("#f-title", "Typed before")
    page.fill("#given", "http://10.0.0.1/")
    page.click("#start >> text=Look up")
    page.wait_for_selector("#start-e")
    assert page.input_value("#f-title") == "Typed before"
    assert page.input_value("#given") == "http://10.0.0.1/"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
def test_the_pages_are_for_everybody(editing, library, axe, width, scheme):
    page = editing("/new?from=EJ1223055", width=width, color_scheme=scheme)
    found = {"here": violations(page, axe)}
    page.fill("#f-doi", RECORDS[0].record.doi)
    page.wait_for_selector("#like .note")
    found["like"] = violations(page, axe)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.click("[data-keep]")
    nr = library.store.accounts.get("Ann").nr
    assert waited(lambda: library.store.drafts.all(nr))
    page.click("text=Paste BibTeX")
    page.fill("#pasted", "@book{a, title={One}, author={Roe, Ann}}\n\n@book{b, title={Two}}\n\nscribble")
    page.click("text=Read this text")
    page.wait_for_selector("#entries")
    found["several"] = violations(page, axe)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page = editing("/drafts", width=width, color_scheme=scheme)
    found["drafts"] = violations(page, axe)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert {name: told for name, told in found.items() if told} == {}
