"""The advanced search and the history of searches in a browser: at once, without scripts; accessibility."""

import re

import pytest
from playwright.sync_api import expect

from tests.web.browser.conftest import onward, violations

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")]
FORM = "/search/advanced?q=title:learning+-author:mehta&type=chapter"


def go(page, address):
    page.goto("/".join(page.url.split("/", 3)[:3]) + address)


def active(page):
    return page.evaluate("document.activeElement.id")


def searched(visit, *args, **options):
    """A browser in which three searches were made, on the page of the last one."""
    page = visit("/search?q=learning", *args, **options)
    go(page, "/search?q=mehta&not.type=report")
    go(page, "/search?q=statistics&page=2")
    return page


def test_the_query_follows_what_is_typed_and_rows_come_and_go(visit):
    page = visit(FORM)
    page.evaluate("window.same = true")
    expect(page.locator("#preview code")).to_have_text("title:learning NOT author:mehta")
    page.fill("#words-1", "boundaries")
    expect(page.locator("#preview code")).to_have_text("title:boundaries NOT author:mehta")
    expect(page.locator("#preview .found")).to_have_text("1 record")
    expect(page.locator("[data-live]")).to_have_text("1 record")
    page.select_option("#join-2", "or")
    expect(page.locator("#preview code")).to_have_text("title:boundaries OR author:mehta")
    page.uncheck("[name=type][value=chapter]")
    expect(page.locator("#preview .told")).to_have_count(0)
    page.click("#add-row")
    expect(page.locator("[data-row]")).to_have_count(3)
    expect(page.locator("#words-3")).to_be_focused()
    page.keyboard.type("networks")
    expect(page.locator("#preview code")).to_have_text("(title:boundaries OR author:mehta) AND networks")
    page.focus("#remove-2")
    page.keyboard.press("Enter")
    expect(page.locator("[data-row]")).to_have_count(2)
    assert active(page) == "words-2"
    assert page.input_value("#words-2") == "networks"
    page.click("#remove-2")
    expect(page.locator("[data-row]")).to_have_count(1)
    assert active(page) == "words-1"
    assert page.evaluate("window.same") is True
    page.focus("#words-1")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=title%3Aboundaries")
    page.click("text=Edit in advanced search")
    assert page.input_value("#words-1") == "boundaries"


def test_what_is_typed_while_a_row_comes_is_kept(visit):
    page = visit("/search/advanced")
    page.route("**/search/advanced?*do=add*", lambda route: (page.wait_for_timeout(300), route.continue_()))
    page.evaluate("document.querySelector('#add-row').click(); document.querySelector('#words-2').value = 'meanwhile'")
    expect(page.locator("[data-row]")).to_have_count(3)
    assert page.input_value("#words-2") == "meanwhile"


def test_the_form_works_without_scripts(visit):
    page = visit(FORM, java_script_enabled=False)
    onward(page, lambda: page.click("#add-row"))
    page.fill("#words-3", "life in school")
    page.select_option("#way-3", "phrase")
    page.select_option("#join-3", "or")
    page.click("#do-preview")
    expect(page.locator("#preview code")).to_have_text('(title:learning NOT author:mehta) OR "life in school"')
    assert page.input_value("#words-3") == "life in school"
    onward(page, lambda: page.click("#remove-1"))
    assert page.input_value("#words-1") == "mehta"
    assert page.is_checked("[name=type][value=chapter]")
    page.press("#words-1", "Enter")
    page.wait_for_url("**/search?q=%28NOT+author**")
    expect(page.locator(".filterchip")).to_contain_text("Book chapter")


def test_the_history_has_what_was_searched(visit):
    page = searched(visit)
    page.click("#filters-form input[name=type] >> nth=0")
    page.wait_for_url("**type=report**")
    expect(page.locator(".filterchip")).to_be_visible()
    go(page, "/search?q=learning&sort=title")  # the same as the first
    go(page, "/searches")
    rows = page.locator("[data-history-list] > li")
    expect(rows.locator(".eyebrow b")).to_have_text(["#1", "#4", "#3", "#2"])
    expect(rows.locator("h3")).to_have_text(["learning", "statistics", "statistics", "mehta"])
    expect(rows.nth(1)).to_contain_text("Record type Report")
    expect(rows.nth(3)).to_contain_text("Not Report")
    expect(rows.nth(0).locator("[data-h-total]")).to_have_text(re.compile(r"^\d+ records$"))
    page.click("[data-h-remove] >> nth=1")
    expect(rows).to_have_count(3)
    expect(page.locator("[data-h-remove] >> nth=1")).to_be_focused()
    rows.nth(2).locator("h3 a").click()
    page.wait_for_url("**/search?q=mehta&not.type=report")
    go(page, "/search?q=new")
    go(page, "/searches")
    expect(rows.nth(0).locator(".eyebrow b")).to_have_text("#5")
    page.click("[data-history-clear]")
    expect(rows).to_have_count(4)
    page.click("[data-history-clear]:has-text('Really clear 4 searches?')")
    expect(page.locator("[data-history-none]")).to_be_visible()
    page.reload()
    expect(page.locator("[data-history-none]")).to_be_visible()
    assert page.evaluate("JSON.parse(localStorage['litbase.searches']).all.length") == 0


def test_the_server_is_not_told_the_history(visit):
    page = searched(visit)
    asked = []
    page.on("request", lambda request: asked.append(request.url + (request.post_data or "")))
    go(page, "/searches")
    expect(page.locator("[data-history-list] > li")).to_have_count(3)
    assert not [one for one in asked if "mehta" in one or "statistics" in one]


def test_searches_are_combined_by_numbers(visit):
    page = searched(visit)
    page.fill("#q", "#1 AND NOT #3")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=learning+-statistics")
    go(page, "/searches")
    page.fill("#sets", "(#1 OR #2) not #9")
    page.click("text=Combine >> nth=-1")
    expect(page.locator("#sets-error")).to_have_text("There is no search #9 in the history.")
    expect(page.locator("#sets")).to_be_focused()
    page.fill("#sets", "#1 and #2")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=learning+mehta+-type*")
    page.fill("#q", "#7 AND #8")  # there are none: words like others
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=%237+AND+%238")


def test_a_search_is_saved_without_leaving_its_results(visit):
    page = searched(visit)
    page.evaluate("window.same = true")
    page.click("text=Save this search")
    expect(page.locator("[data-toast]")).to_have_text("Saved. 1 saved search")
    page.click("text=Save this search")
    expect(page.locator("[data-toast]")).to_have_text("Saved before. 1 saved search")
    assert page.evaluate("window.same") is True
    go(page, "/searches")
    page.click("[data-savesearch] button >> nth=-1")
    page.wait_for_url("**/searches#search-*")
    expect(page.locator("ol.searches >> nth=0").locator("h3")).to_have_text(["learning", "statistics"])
    page.click(".rename summary >> nth=0")
    page.fill(".rename input[name=name] >> nth=0", "Mine")
    page.keyboard.press("Enter")
    expect(page.locator(".searches h3 >> nth=0")).to_have_text("Mine")


def test_saved_searches_work_without_scripts(visit):
    page = visit("/search?q=learning", java_script_enabled=False)
    page.click("text=Save this search")
    expect(page.locator(".searches h3")).to_have_text("learning")
    expect(page.locator("main")).to_contain_text("without JavaScript there is no history")
    expect(page.locator("[data-history]")).to_be_hidden()
    page.click(".rename summary")
    page.fill(".rename input[name=name]", "Mine")
    page.click(".rename button")
    expect(page.locator(".searches h3")).to_have_text("Mine")
    page.click(".searches h3 a")
    page.wait_for_url("**/search?q=learning")
    page.go_back()
    page.click("button:has-text('Delete')")
    expect(page.locator("main")).to_contain_text("Nothing is saved yet")


def test_searches_are_added_counted_and_combined_without_scripts(visit):
    page = visit("/searches", java_script_enabled=False)
    for text in ("learning", "/search?q=mehta&not.type=report", "statistics"):
        page.fill("#typed", text)
        page.press("#typed", "Enter")
        page.wait_for_url("**/searches#search-*")
    rows = page.locator(".searches > li:visible")
    expect(rows.locator(".eyebrow b")).to_have_text(["S3", "S2", "S1"])
    expect(rows.locator("h3")).to_have_text(["statistics", "mehta · Record type: not Report", "learning"])
    expect(rows.locator(".eyebrow span:has(.num)")).to_have_text([re.compile(r"^\d+ records?$")] * 3)
    page.fill("#saved-sets", "(S1 OR S3) AND NOT s2")
    page.click("button:has-text('Combine saved searches')")
    page.wait_for_url("**/search?q=%28learning+OR+statistics%29*")
    page.click("text=Save this search")
    expect(rows.locator(".eyebrow b >> nth=0")).to_have_text("S4")


def test_saved_searches_are_combined_with_the_history(visit):
    page = searched(visit)
    page.click("text=Save this search")
    expect(page.locator("[data-toast]")).to_have_text("Saved. 1 saved search")
    go(page, "/searches")
    page.fill("#saved-sets", "#1 AND NOT S1")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=learning+-statistics")
    page.fill("#q", "#2 or s1")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=%28mehta+-type*")
    go(page, "/searches")
    page.fill("#saved-sets", "S1 AND #9")
    page.keyboard.press("Enter")
    expect(page.locator("#saved-sets-error")).to_have_text("There is no search #9 in the history.")
    expect(page.locator("#saved-sets")).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 375])
def test_the_pages_are_accessible(visit, axe, width, scheme):
    options = {"color_scheme": scheme, "reduced_motion": "reduce", "bypass_csp": True}
    page = visit(FORM, width, **options)
    assert violations(page, axe) == []
    go(page, "/search/advanced?q=a1+NEAR/5+b1&author=Nobody&not.language=en")
    assert violations(page, axe) == []
    page = searched(visit, width, **options)
    page.click("text=Save this search")
    expect(page.locator("[data-toast]")).to_contain_text("Saved")
    expect(page.locator("[data-toast]")).to_be_empty()
    assert violations(page, axe) == []
    go(page, "/searches")
    page.click(".rename summary >> nth=0")
    page.fill("#sets", "#77")
    page.click("text=Combine >> nth=-1")
    expect(page.locator("#sets-error")).not_to_be_empty()
    assert violations(page, axe) == []
    go(page, "/searches?again=1")
    assert violations(page, axe) == []


def test_nothing_is_wider_than_320_pixels(visit):
    page = searched(visit, 320)
    page.click("text=Save this search")
    for address in (FORM, "/search/advanced?q=" + "x" * 300, "/search?q=" + "y" * 300, "/searches"):
        go(page, address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, address
