"""What only a browser can tell: accessibility, behaviour under the security policy, narrow screens, no scripts."""

import pytest
from playwright.sync_api import expect

from tests.web.browser.conftest import violations_in_a_look, violations_in_both

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")]
SEARCH = "/search?q=learning&not.language=de&from=1990"


def test_what_opens_is_accessible(visit, axe):
    page = visit(SEARCH, 1280, reduced_motion="reduce", bypass_csp=True)
    page.keyboard.press("c")
    expect(page.locator("#cite")).to_be_visible()
    assert violations_in_a_look(page, axe) == []  # test_cite.py looks at it in the dark
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    assert violations_in_both(page, axe) == []
    narrow = visit(SEARCH, 375, reduced_motion="reduce", bypass_csp=True)
    narrow.click("[data-filter-open]")
    assert violations_in_both(narrow, axe) == []


def focused(page):
    return page.evaluate("document.activeElement.id || document.activeElement.className")


def test_the_first_tab_stop_skips_to_the_content(visit):
    page = visit(SEARCH)
    page.keyboard.press("Tab")
    assert focused(page) == "skip"


def test_keys_move_through_results_and_stay_letters_in_fields(visit):
    page = visit(SEARCH)
    page.keyboard.press("/")
    assert focused(page) == "q"
    page.keyboard.type("j")
    assert page.input_value("#q").endswith("j")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator(".hit").nth(1)).to_have_class("hit is-current")
    page.keyboard.press("f")
    assert focused(page).startswith("filters")
    page.keyboard.press("o")
    page.wait_for_url("**/record/**")


def test_shortcuts_can_be_switched_off(visit):
    page = visit(SEARCH)
    page.keyboard.press("?")
    page.uncheck("[data-keys-on]")
    page.keyboard.press("Escape")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("/")
    assert focused(page) != "q"


def test_brackets_walk_through_the_search(visit):
    page = visit("/search?q=learning&not.type=report&sort=title")
    page.click(".hit h2 a >> nth=0")
    page.wait_for_url("**/record/**")
    page.keyboard.press("]")
    expect(page.locator(".crumbs")).to_contain_text("2 of")
    page.keyboard.press("[")
    expect(page.locator(".crumbs")).to_contain_text("1 of")


def test_copy_buttons_copy(visit):
    page = visit("/search?q=communities", permissions=["clipboard-read", "clipboard-write"])
    page.click("[data-copyfile] >> nth=0")
    expect(page.locator("[data-toast]")).to_have_text("Copied")
    assert "@article{mehta2019international" in page.evaluate("navigator.clipboard.readText()")
    page.goto(page.url.split("/search")[0] + "/record/EJ1223055")
    page.click("[aria-label='Copy ERIC EJ1223055']")
    expect(page.locator("[data-toast]")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == "EJ1223055"


def test_a_filter_swaps_the_results_and_keeps_focus_and_says_the_count(visit):
    page = visit("/search?q=learning")
    page.evaluate("window.same = true")
    box = page.locator("details[data-facet=type] input[value=report]")
    id = box.get_attribute("id")
    box.check()
    expect(page.locator("#res-h")).to_contain_text("30 records")
    assert page.url.endswith("/search?q=learning&type=report")
    assert page.evaluate("window.same") is True
    assert focused(page) == id
    expect(page.locator("[data-live]")).to_have_text("30 records")
    assert page.title().startswith("learning: 30 records")
    page.click("[aria-label='Remove filter: record type Report']")
    expect(page.locator(".filterchip")).to_have_count(0)
    page.go_back()
    expect(page.locator(".filterchip")).to_have_count(1)
    page.go_back()
    expect(page.locator(".filterchip")).to_have_count(0)
    assert page.evaluate("window.same") is True


def test_a_facet_that_was_opened_stays_open(visit):
    page = visit("/search?q=learning")
    page.click("details[data-facet=collection] summary")
    page.check("details[data-facet=type] input[value=report]")
    expect(page.locator("#res-h")).to_contain_text("30 records")
    expect(page.locator("details[data-facet=collection] .opts")).to_be_visible()


def test_order_and_pages_are_swapped(visit):
    page = visit("/search?q=learning")
    page.select_option("#f-sort", "title")
    page.wait_for_url("**sort=title**")
    page.click(".pager [rel=next]")
    page.wait_for_url("**page=2**")
    expect(page.locator(".toolbar")).to_contain_text("11–20 of")
    assert focused(page) == "results"


def test_dragging_over_the_years_sets_them(visit):
    page = visit("/search?q=learning")
    box = page.locator("[data-histo]").bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.02, box["y"] + 30)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.3, box["y"] + 30, steps=4)
    page.mouse.up()
    page.wait_for_url("**from=**")
    first, last = int(page.input_value("#f-from")), int(page.input_value("#f-to"))
    assert first <= 1990 < last < 2005
    assert page.locator(".filterchip").count() == 1


def test_a_bar_can_be_clicked(visit):
    page = visit("/search?q=learning")
    box = page.locator("[data-histo]").bounding_box()
    page.mouse.click(box["x"] + box["width"] - 2, box["y"] + box["height"] - 6)
    page.wait_for_url("**from=2020&to=2020**")
    expect(page.locator("#res-h")).to_contain_text("1 record")


def test_values_of_a_facet_are_found_while_typing(visit):
    page = visit("/search?q=learning")
    values = page.locator("details[data-facet=author] .opt")
    expect(values).to_have_count(6)
    page.fill("#find-author", "AUTHOR23")
    expect(values).to_have_count(1)
    expect(page.locator("[data-live]")).to_have_text("1 match")
    page.fill("#find-author", "")
    expect(values).to_have_count(6)
    page.fill("#find-author", "author23")
    expect(values).to_have_count(1)
    values.locator("input").click()  # and gone is the list that it was found in
    expect(page.locator("#res-h")).to_contain_text("1 record")
    assert page.url.endswith("/search?q=learning&author=Author23%2C+A.")
    page.fill("#find-author", "mehta")
    expect(values).to_have_count(2)  # the ticked one stays
    values.locator("input[value='Mehta, Jal']").click()
    expect(page.locator("#res-h")).to_contain_text("2 records")
    page.fill("#find-author", "author0")
    page.press("#find-author", "Enter")
    page.wait_for_url("**/facet/author?**find=author0**")


def test_values_are_found_ticked_and_applied_without_scripts(visit):
    page = visit("/search?q=learning", java_script_enabled=False)
    page.fill("#find-author", "author1")
    page.press("#find-author", "Enter")
    page.wait_for_url("**/facet/author?**find=author1**")
    page.check("input[value='Author12, A.']")
    page.fill("#find", "mehta")
    page.press("#find", "Enter")
    expect(page.locator("#find")).to_have_value("mehta")
    page.check("input[value='Mehta, Jal']")
    page.select_option("#by", "name")
    page.click("text=Show")
    page.wait_for_url("**by=name**")
    expect(page.locator(".opt input:checked")).to_have_count(2)
    page.click(".savebar button")
    page.wait_for_url("**/search?q=learning&author=Author12%2C+A.&author=Mehta%2C+Jal")
    expect(page.locator("#res-h")).to_contain_text("2 records")


def test_the_theme_is_remembered_by_the_server(visit):
    page = visit("/")
    page.click("[data-theme-toggle]")
    page.click("[data-theme-toggle]")
    assert page.get_attribute("html", "data-theme") == "dark"
    page.reload()
    assert page.get_attribute("html", "data-theme") == "dark"
    page.click("[data-theme-toggle]")
    page.reload()
    assert page.get_attribute("html", "data-theme") is None


def test_menus_open_and_close(visit):
    page = visit(SEARCH)
    page.click("summary:has-text('Export')")
    expect(page.locator(".toolbar >> text=CSL JSON")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".toolbar >> text=CSL JSON")).to_be_hidden()
    page.click("summary:has-text('Browse')")
    page.click(".nav-wide >> text=Authors")
    page.wait_for_url("**/authors")


def test_filters_are_a_drawer_on_a_phone(visit):
    page = visit("/search?q=learning", 375)
    expect(page.locator("#filters")).to_be_hidden()
    page.click("[data-filter-open]")
    expect(page.locator("#filters-h")).to_be_visible()
    page.check("details[data-facet=type] input[value=report]")
    expect(page.locator("#res-h")).to_contain_text("30 records")
    expect(page.locator("#filters-h")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#filters")).to_be_hidden()
    expect(page.locator("[data-filter-open]")).to_be_focused()


def test_everything_works_without_scripts(visit):
    page = visit("/search?q=learning", 375, java_script_enabled=False)
    page.click("[data-filter-open]")
    expect(page.locator("#filters-h")).to_be_visible()
    page.check("details[data-facet=type] input[value=report]")
    page.click(".apply button")
    expect(page.locator("#res-h")).to_contain_text("30 records")
    page.select_option("#f-sort", "title")
    page.click(".nojs")
    page.wait_for_url("**sort=title**")
    page.click("[data-cite] >> nth=0")
    page.wait_for_url("**/cite")
    expect(page.locator("[data-copy] >> nth=0")).to_be_hidden()
    expect(page.locator("pre").first).to_be_visible()
    page.go_back()
    page.click(".hit h2 a >> nth=0")
    expect(page.locator(".crumbs")).to_contain_text("1 of 30")
    expect(page.locator("[data-theme-toggle]")).to_be_hidden()
