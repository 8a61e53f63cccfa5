"""Drafts of one browser in several tabs: each keeps its own, and what was left in a closed one comes back."""

import re

import pytest
from playwright.sync_api import expect

from tests.web.conftest import ARTICLE, emptied, fill, incoming

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")]
ID = "EJ1223055"


@pytest.fixture
def library(tmp_path):
    made = emptied(tmp_path / "library")
    fill(made, (incoming(ARTICLE, "eric", ID),))
    yield made
    made.close()


def typed(page, title):
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_label("Title").fill(title)
    expect(page.locator("[data-draft-state]")).to_contain_text("draft kept in this browser")


def closed(*pages):
    for page in pages:
        page.close()


@pytest.mark.parametrize(("address", "before"), [("/new", ""), (f"/record/{ID}/edit", ARTICLE.title)])
def test_another_tab_with_the_same_form_takes_nothing_from_the_first(editing, address, before):
    first = editing(address)
    typed(first, "Typed in the first tab")
    second = first.context.new_page()
    second.goto(first.url)
    second.wait_for_timeout(600)  # in which it would be filled
    expect(second.get_by_label("Title")).to_have_value(before)
    expect(second.locator("[data-restored]")).to_be_hidden()


def test_what_was_typed_in_two_tabs_comes_back_one_after_the_other(editing):
    first = editing("/new")
    second, third = first.context.new_page(), first.context.new_page()
    second.goto(first.url)
    typed(second, "Typed in the second tab")
    typed(first, "Typed in the first tab")
    closed(second, first)
    third.goto(first.url)
    expect(third.get_by_label("Title")).to_have_value("Typed in the first tab")
    third.get_by_role("button", name="Discard it").click()
    expect(third.get_by_label("Title")).to_have_value("Typed in the second tab")


def test_two_tabs_save_two_records(editing):
    first = editing("/new")
    second = first.context.new_page()
    second.goto(first.url)
    for page, title in ((first, "Schools of the Valley"), (second, "Boats and Harbours")):
        typed(page, title)
    for page in (first, second):
        page.get_by_role("button", name="Save record").last.click()
        page.wait_for_url(re.compile(r"/record/[^/]+$"))
    assert first.url != second.url
    second.goto(first.url.rpartition("/record/")[0] + "/new")
    assert second.evaluate("localStorage.getItem('litbase.drafts')") == "{}"
