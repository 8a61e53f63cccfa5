"""The review of duplicates in a browser, with JavaScript and without: three pairs, a choice, undoing, two editors."""

import re

import pytest
from playwright.sync_api import expect

from litbase.library.duplicates import queue
from tests.web.browser.conftest import onward, violations
from tests.web.conftest import emptied, fill
from tests.web.duplicates.conftest import ID, RECORDS, A, B

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")]
QUEUE = "/review/duplicates"


@pytest.fixture
def library(tmp_path):
    made = emptied(tmp_path / "library")
    fill(made, RECORDS)
    yield made
    made.close()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_three_pairs_are_reviewed(editing, library, scripts):
    page = editing(QUEUE, java_script_enabled=scripts)
    page.get_by_role("link", name=f"Merge… {A} and {B}").click()
    page.get_by_role("radio", name=re.compile(f"This record stays.*{A}")).check()
    page.get_by_role("button", name="Show what that makes").click()
    expect(page.locator(".cite-text")).to_contain_text("Squares and streets. Journal of Towns, 1.")
    page.get_by_role("row", name=re.compile("^Volume")).get_by_role("radio").last.check()
    onward(page, page.get_by_role("button", name="Show what that makes").click)
    expect(page.locator(".cite-text")).to_contain_text("Squares and streets. Journal of Towns, 2.")
    page.get_by_label(re.compile("Note about this decision")).fill("one work")
    page.get_by_role("button", name="Merge", exact=True).click()
    expect(page.locator("#done")).to_contain_text(f"Merged: {B} and {A}.")
    assert library.store.get(A).record.volume == "2"
    page.locator("#done").get_by_role("button", name=re.compile("Undo")).click()
    expect(page.locator("#p1 h2")).to_contain_text(f"{A} and {B}")
    assert library.store.get(A).record.volume == "1"
    page.get_by_role("link", name=f"Skip {A} and {B}").click()
    page.wait_for_url("**#p2")
    page.get_by_role("button", name=re.compile(f"They are different.*{ID(2)} and {ID(3)}")).click()
    expect(page.locator("#done")).to_contain_text("Said to be different")
    page.locator("#p2 summary").filter(has_text="Something else").click()
    page.locator("#p2").get_by_role("button", name="They are versions of one work").click()
    expect(page.locator("#done")).to_contain_text("Said to be versions of one work")
    assert [(pair.one.id, pair.other.id) for pair in queue(library).pairs] == [(A, B)]


def test_two_editors_at_once_and_the_second_is_told(editing, library):
    ann, ben = editing(f"{QUEUE}/{A}/{B}"), editing(f"{QUEUE}/{A}/{B}", "Ben")
    ann.get_by_role("button", name="They are different").click()
    expect(ann.locator("#done")).to_be_visible()
    ben.get_by_role("button", name="Merge", exact=True).click()
    expect(ben.get_by_role("heading", level=1)).to_have_text("Somebody else was quicker")
    assert library.store.get(A).state == library.store.get(B).state == "public"


def test_ticked_pairs_are_merged_at_once(editing, library):
    page = editing(QUEUE)
    page.get_by_role("link", name="Tick all on this page").click()
    page.get_by_role("checkbox", name=f"Tick {ID(2)} and {ID(3)}").uncheck()
    page.get_by_role("button", name="Ticked: merge…").click()
    page.get_by_role("button", name="Merge them").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("2 pairs merged")
    assert queue(library).total == 1


def test_keys_go_from_pair_to_pair(editing):
    page = editing(QUEUE)
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("o")
    page.wait_for_url(re.compile(f"{ID(2)}/{ID(3)}"))


@pytest.mark.parametrize("width", [1280, 375, 320])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_are_accessible_and_narrow(editing, axe, width, scheme):
    for address in (QUEUE, f"{QUEUE}/{A}/{B}", f"{QUEUE}/several?do=merge&pair={A}+{B}", f"{QUEUE}/find?one={A}"):
        page = editing(address, width=width, color_scheme=scheme, bypass_csp=True)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        assert violations(page, axe) == [], address
