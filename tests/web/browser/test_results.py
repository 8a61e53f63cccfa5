"""What only a browser can tell of the page of results: keys, swaps, the drawer, the length of snippets."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")]
SEARCH = "/search?q=learning"
LINES = "all => all.map(one => Math.round(one.offsetHeight / parseFloat(getComputedStyle(one).lineHeight)))"


def held_back(page, pattern="**/search?**type=report**"):
    """Answers to requests of *pattern* come only when the function that is given back is called."""
    waiting = []
    page.route(pattern, lambda route: waiting.append(route))
    return lambda: [route.continue_() for route in waiting] and waiting.clear()


def current(page):
    return page.locator(".hit.is-current h2 a")


def test_j_and_k_walk_x_ticks_c_cites_l_keeps_and_escape_closes(visit):
    page = visit(SEARCH)
    press = page.keyboard.press
    for key in "jjjk":
        press(key)
    expect(page.locator(".hit").nth(1)).to_have_class("hit is-current")
    expect(current(page)).to_be_focused()
    press("x")
    expect(page.locator("[data-pick]").nth(1)).to_be_checked()
    expect(page.locator("[data-selcount]")).to_have_text("1 selected")
    press("x")
    expect(page.locator("[data-pick]").nth(1)).not_to_be_checked()
    press("c")
    expect(page.locator("#cite")).to_be_visible()
    press("j")  # stays a letter in a dialog
    expect(page.locator(".hit").nth(1)).to_have_class("hit is-current")
    press("Escape")
    expect(page.locator("#cite")).to_be_hidden()
    press("l")
    expect(page.locator(".hit [data-addlist]").nth(1)).to_have_attribute("aria-pressed", "true")
    press("?")
    expect(page.locator("#keys")).to_be_visible()
    press("x")
    press("Escape")
    expect(page.locator("#keys")).to_be_hidden()
    expect(page.locator("[data-pick]").nth(1)).not_to_be_checked()
    press("f")
    expect(page.locator("#filters")).to_be_focused()
    press("/")
    expect(page.locator("#q")).to_be_focused()


def test_f_opens_the_drawer_on_a_phone_and_escape_closes_it(visit):
    page = visit(SEARCH, 375)
    page.keyboard.press("f")
    expect(page.locator("#filters")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#filters")).to_be_hidden()


def test_keys_that_are_switched_off_do_nothing(visit):
    page = visit(SEARCH)
    page.keyboard.press("?")
    page.uncheck("[data-keys-on]")
    page.keyboard.press("Escape")
    page.reload()
    for key in "jxcf?":
        page.keyboard.press(key)
    expect(page.locator(".hit.is-current, [data-pick]:checked, dialog[open]")).to_have_count(0)


def test_a_slow_answer_shows_bars_after_a_while_and_a_quick_one_none(visit):
    page = visit(SEARCH)
    let_go = held_back(page)
    page.check("details[data-facet=type] input[value=report]")
    assert page.locator("#results").get_attribute("aria-busy") is None
    expect(page.locator("#results")).to_have_attribute("aria-busy", "true")
    expect(page.locator(".hit .snippet").first).to_have_css("color", "rgba(0, 0, 0, 0)")
    let_go()
    expect(page.locator("#res-h")).to_contain_text("30 records")
    expect(page.locator("#results")).not_to_have_attribute("aria-busy", "true")


def test_a_later_choice_wins_over_one_that_is_slow(visit):
    page = visit(SEARCH)
    let_go = held_back(page, re.compile(r"type=report(&undated=1)?$"))
    page.check("details[data-facet=type] input[value=report]")
    page.check("details[data-facet=type] input[value=chapter]")
    expect(page.locator("#res-h")).to_contain_text("31 records")
    let_go()
    page.wait_for_timeout(200)
    expect(page.locator("#res-h")).to_contain_text("31 records")
    assert page.url.endswith("type=report&type=chapter") or page.url.endswith("type=chapter&type=report")


def test_where_a_swap_fails_the_page_itself_is_asked_for(visit):
    page = visit(SEARCH)
    page.evaluate("window.same = true")
    page.route("**/search?**", lambda route: route.fulfill(status=404) if "x-fragment" in route.request.headers
               else route.continue_())  # fmt: skip
    page.check("details[data-facet=type] input[value=report]")
    page.wait_for_url("**type=report**")
    expect(page.locator("#res-h")).to_contain_text("30 records")
    assert page.evaluate("window.same") is None


def test_a_link_to_a_place_on_the_page_asks_for_nothing(visit):
    page = visit(SEARCH)
    asked = []
    page.on("request", lambda request: asked.append(request.url) if "search?" in request.url else None)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**#results")
    expect(page.locator("#results")).to_be_focused()
    page.go_back()
    page.wait_for_timeout(100)
    assert asked == []


def test_excluding_keeps_the_focus_beside_the_value(visit):
    page = visit(SEARCH)
    row = page.locator("details[data-facet=type] .opt", has=page.locator("input[value=report]"))
    box = row.locator("input")
    box.focus()
    expect(row.locator("a.not")).to_have_css("opacity", "1")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".filterchip.not")).to_have_count(1)
    expect(box).to_be_focused()
    expect(row.locator("a.not")).to_have_attribute("aria-label", "No longer exclude Report")


def test_excluding_is_always_in_view_on_touch(visit):
    page = visit(SEARCH, 375, has_touch=True, is_mobile=True)
    page.click("[data-filter-open]")
    expect(page.locator("details[data-facet=type] a.not").first).to_have_css("opacity", "1")


def test_a_year_typed_while_the_answer_is_on_its_way_is_not_lost(visit):
    page = visit(SEARCH)
    let_go = held_back(page, re.compile(r"from=1995(&undated=1)?$"))
    page.fill("#f-from", "1995")
    page.press("#f-from", "Tab")
    page.keyboard.type("20")
    let_go()
    expect(page.locator(".filterchip")).to_have_count(1)
    expect(page.locator("#f-to")).to_be_focused()
    page.keyboard.press("End")
    page.keyboard.type("00")
    page.keyboard.press("Tab")
    expect(page.locator(".filterchip")).to_contain_text("1995–2000")


def test_bars_outside_the_years_are_paler(visit):
    page = visit("/search?q=learning&from=1995&to=2000")
    inside, outside = page.locator(".histo rect.b.in"), page.locator(".histo rect.b:not(.in)")
    assert inside.count() == 6
    assert outside.count() > 6
    fill = "element => getComputedStyle(element).fill"
    assert inside.first.evaluate(fill) != outside.first.evaluate(fill)
    page.fill("#f-from", "1999")  # painted while it is typed
    expect(inside).to_have_count(2)


def test_the_drawer_opens_and_closes_by_its_links_without_scripts(visit):
    page = visit(SEARCH, 320, java_script_enabled=False)
    expect(page.locator("#filters")).to_be_hidden()
    page.click(".filter-open")
    expect(page.locator("#filters")).to_be_visible()
    page.fill("#f-from", "1995")
    page.fill("#f-to", "2000")
    page.check("#f-undated")
    page.click(".apply button")
    expect(page.locator(".filterchip")).to_contain_text("Year 1995–2000, or undated")
    page.click(".filter-open")
    page.click("#filters .close")
    expect(page.locator("#filters")).to_be_hidden()


def test_a_snippet_has_at_most_three_lines_beside_the_filters(visit):
    for query in ("learning", "teachers", "schools+tables", "leaders+OR+districts+OR+networks"):
        page = visit(f"/search?q={query}&per=25")
        lines = page.locator(".snippet").evaluate_all(LINES)
        assert lines
        assert max(lines) <= 3
