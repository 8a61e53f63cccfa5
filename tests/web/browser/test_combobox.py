"""The search box as a combobox: keys, pointer, screen readers; and a plain field without a script."""

import pytest
from playwright.sync_api import expect

from tests.web.browser.conftest import LONG, violations_in_a_look

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")]


def test_arrows_choose_and_enter_goes_there(visit):
    page = visit("/")
    box = page.locator("#q")
    expect(box).to_have_attribute("role", "combobox")
    expect(box).to_have_attribute("aria-expanded", "false")
    box.press_sequentially("international lea")
    expect(page.locator("#suggest [role=option]")).to_have_count(1)
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(page.locator("[data-live]")).to_have_text("1 suggestion")
    assert box.get_attribute("aria-activedescendant") is None
    box.press("ArrowDown")
    chosen = page.locator("#suggest [aria-selected=true]")
    assert box.get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    assert page.evaluate("document.activeElement.id") == "q"
    box.press("Enter")
    page.wait_for_url("**/record/EJ1223055")


def test_enter_without_a_choice_searches_for_what_is_typed(visit):
    page = visit("/")
    page.locator("#q").press_sequentially("author0")
    expect(page.locator("#suggest [role=option]")).to_have_count(8)
    page.locator("#q").press("Enter")
    page.wait_for_url("**/search?q=author0")


def test_arrows_go_round_and_back_to_the_field(visit):
    page = visit("/search?q=learning")
    box = page.locator("#q")
    box.fill("author0")
    options = page.locator("#suggest [role=option]")
    expect(options).to_have_count(8)
    box.press("ArrowUp")
    expect(options.nth(7)).to_have_attribute("aria-selected", "true")
    box.press("ArrowDown")
    expect(page.locator("#suggest [aria-selected=true]")).to_have_count(0)
    box.press("ArrowDown")
    expect(options.nth(0)).to_have_attribute("aria-selected", "true")


def test_escape_closes_the_popup_first_and_keeps_what_is_typed(visit):
    page = visit("/")
    box = page.locator("#q")
    box.press_sequentially("commun")
    expect(page.locator("#suggest")).to_be_visible()
    box.press("Escape")
    expect(page.locator("#suggest")).to_be_hidden()
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_value("commun")
    box.press("ArrowDown")
    expect(page.locator("#suggest [aria-selected=true]")).to_have_count(1)


def test_the_popup_shuts_when_focus_leaves_and_when_nothing_fits(visit):
    page = visit("/")
    box = page.locator("#q")
    box.press_sequentially("commun")
    expect(page.locator("#suggest")).to_be_visible()
    box.press_sequentially("zzz")
    expect(page.locator("#suggest")).to_be_hidden()
    box.fill("commun")
    expect(page.locator("#suggest")).to_be_visible()
    page.locator("h1").click()
    expect(page.locator("#suggest")).to_be_hidden()


def test_a_line_can_be_clicked(visit):
    page = visit("/search?q=learning")
    page.locator("#q").fill("learning author:meh")
    page.locator("#suggest [role=option]").click()
    page.wait_for_url("**/search?q=learning+author*")
    expect(page.locator("#q")).to_have_value('learning author:"Mehta Jal"')


def test_a_later_letter_overtakes_an_earlier_answer(visit):
    page = visit("/")
    held = []
    page.route("**/suggest?q=author0", lambda route: held.append(route))
    box = page.locator("#q")
    with page.expect_request("**/suggest?q=author0"):
        box.fill("author0")
    box.fill("commun")
    expect(page.locator("#suggest [role=option]")).to_have_count(1)
    assert len(held) == 1


@pytest.mark.parametrize("width", [1280, 375, 320])
def test_the_open_popup_is_accessible_and_fits(visit, axe, width):
    page = visit("/search?q=learning", width, reduced_motion="reduce", bypass_csp=True)
    page.locator("#q").fill("le")
    expect(page.locator("#suggest")).to_be_visible()
    page.locator("#q").press("ArrowDown")
    if LONG or width != 320:  # which looks like 375
        assert violations_in_a_look(page, axe) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_without_a_script_it_is_a_plain_field(visit):
    page = visit("/", java_script_enabled=False)
    assert page.locator("#q").get_attribute("role") is None
    page.locator("#q").fill("commun")
    expect(page.locator("#suggest")).to_be_hidden()
    page.locator("#q").press("Enter")
    page.wait_for_url("**/search?q=commun")
