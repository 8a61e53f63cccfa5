"""My list in a browser: adding at once, the selection, keys, notes, order, sharing; without scripts; accessibility."""

import pytest
from playwright.sync_api import expect

from tests.web.browser.conftest import onward, violations

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")]
SEARCH = "/search?q=learning"


def toast(page, text):
    expect(page.locator("[data-toast]")).to_contain_text(text)


def filled(visit, *args, **options):
    """A browser whose list has the first three results of SEARCH, on that page."""
    page = visit(SEARCH, *args, **options)
    for place in range(3):
        page.click(f"[data-addlist] >> nth={place}")
        toast(page, f"{place + 1} record")
    return page


def go(page, address):
    page.goto(page.url.split("/", 3)[0] + "//" + page.url.split("/", 3)[2] + address)


def titles(page):
    return page.locator(".hit h3").all_inner_texts()


def test_a_record_is_added_and_taken_out_without_leaving_the_page(visit):
    page = visit(SEARCH)
    page.evaluate("window.same = true")
    button = page.locator("[data-addlist]").first
    expect(page.locator(".site-nav [data-listcount]")).to_be_hidden()
    button.click()
    toast(page, "Added. 1 record in My list")
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(button).to_contain_text("In My list")
    expect(page.locator(".site-nav [data-listcount]")).to_have_text("1")
    button.click()
    toast(page, "Removed. 0 records in My list")
    expect(button).to_have_attribute("aria-pressed", "false")
    expect(button).to_be_focused()
    assert page.evaluate("window.same") is True
    page.click("text=Add to list >> nth=1")
    toast(page, "Added. 1 record")
    page.reload()
    expect(page.locator("[aria-pressed=true][data-addlist]")).to_have_count(1)


def test_keys_add_and_tick(visit):
    page = visit(SEARCH)
    for _ in range(4):  # faster than any answer: none may be lost
        page.keyboard.press("j")
        page.keyboard.press("l")
    toast(page, "4 records in My list")
    page.keyboard.press("x")
    page.keyboard.press("k")
    page.keyboard.press("x")
    expect(page.locator("[data-selcount]")).to_have_text("2 selected")
    expect(page.locator("[data-live]")).to_have_text("2 records selected")
    page.keyboard.press("x")
    expect(page.locator("[data-selcount]")).to_have_text("1 selected")
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_contain_text("My list")
    page.keyboard.press("Escape")
    page.click(".hit h2 a >> nth=6")
    page.wait_for_url("**/record/**")
    page.keyboard.press("l")
    toast(page, "5 records in My list")
    expect(page.locator(".rec-actions [data-addlist]")).to_have_attribute("aria-pressed", "true")


def test_the_selection_bar(visit):
    page = visit(SEARCH)
    bar = page.locator("[data-selbar]")
    expect(bar).to_be_hidden()
    page.check(".hit .pick >> nth=1")
    page.check(".hit .pick >> nth=3")
    expect(bar).to_be_visible()
    assert page.evaluate("document.querySelector('[data-pickall]').indeterminate")
    page.click("[data-addpicked]")
    toast(page, "Added 2 records. 2 records in My list")
    expect(bar).to_be_hidden()
    page.check("[data-pickall]")
    expect(page.locator("[data-selcount]")).to_have_text("10 selected")
    with page.expect_download() as download:
        bar.locator("summary").click()
        bar.locator("button:has-text('RIS')").click()
    assert open(download.value.path(), encoding="utf-8").read().count("ER  - ") == 10  # noqa: SIM115
    page.click("[data-clearpicked]")
    expect(page.locator(".pick:checked")).to_have_count(0)
    page.check(".hit .pick >> nth=0")
    page.check(".hit .pick >> nth=1")
    page.click("[data-citepicked]")
    expect(page.locator("#cite")).to_be_visible()
    page.keyboard.press("Escape")
    page.select_option("#f-sort", "title")
    page.wait_for_url("**sort=title**")
    expect(bar).to_be_hidden()


def test_a_whole_search_is_added(visit):
    page = visit(SEARCH)
    page.click("[data-addall]")
    toast(page, "Added 35 records. 35 records in My list")
    expect(page.locator("[data-addlist][aria-pressed=true]")).to_have_count(10)


def test_the_page_of_the_list(visit):
    page = filled(visit, permissions=["clipboard-read", "clipboard-write"])
    onward(page, lambda: page.click(".site-nav a:has-text('My list')"))
    before = titles(page)
    page.evaluate("window.same = true")
    page.click("button:has-text('Down') >> nth=0")
    expect(page.locator("[data-live]")).to_have_text("Moved: No. 2")
    assert titles(page) == [before[1], before[0], before[2]]
    assert page.evaluate("document.activeElement.textContent").strip().startswith("Down")
    page.keyboard.press("Enter")
    expect(page.locator("[data-live]")).to_have_text("Moved: No. 3")
    assert titles(page) == [before[1], before[2], before[0]]
    page.fill("textarea >> nth=0", "Read <b>this</b>\nfirst")
    page.select_option(".entrynote select >> nth=0", "keep")
    toast(page, "Saved")
    expect(page.locator(".marks")).to_contain_text("Keep 1")
    expect(page.locator(".hit .badge >> nth=0")).to_have_text("Keep")
    page.click("[data-copying] [data-copy]")
    toast(page, "Copied")
    copied = page.evaluate(
        "navigator.clipboard.read().then(([item]) => item.getType('text/html')).then((blob) => blob.text())"
    )
    assert copied.count("<p") == 3
    assert "<i>" in copied
    page.click("[data-remove] >> nth=-1")
    toast(page, "Removed. 2 records in My list")
    assert titles(page) == [before[1], before[2]]
    assert page.evaluate("window.same") is True
    assert page.evaluate("document.activeElement !== document.body")
    page.reload()
    assert page.input_value("textarea >> nth=0") == "Read <b>this</b>\nfirst"
    page.click("[data-remove] >> nth=0")  # it has a note: a page asks
    expect(page.locator("h1")).to_have_text("Remove 1 record from My list?")
    onward(page, lambda: page.click("main button"))
    assert titles(page) == [before[2]]


def test_a_note_is_saved_while_it_is_typed(visit):
    page = filled(visit)
    go(page, "/list")
    with page.expect_response("**/list/note"):
        page.locator("textarea").first.press_sequentially("half a thou")
    other = page.context.new_page()
    other.goto(page.url)
    assert other.input_value("textarea >> nth=0") == "half a thou"
    assert page.evaluate("document.activeElement.value") == "half a thou"


def test_two_tabs_add_at_once_before_there_is_a_list(visit):
    page = visit(SEARCH)
    other = page.context.new_page()
    other.goto(page.url)
    page.evaluate("document.querySelectorAll('[data-addlist]').forEach((b, n) => { if (n < 5) b.click(); })")
    other.evaluate("document.querySelectorAll('[data-addlist]').forEach((b, n) => { if (n > 4) b.click(); })")
    toast(page, "in My list")
    expect(page.locator("[data-addlist][aria-pressed=true]")).to_have_count(5)
    expect(other.locator("[data-addlist][aria-pressed=true]")).to_have_count(5)
    go(page, "/list")
    expect(page.locator(".hit")).to_have_count(10)


def test_another_browser_opens_the_link(visit):
    page = filled(visit)
    go(page, "/list")
    page.click("button:has-text('Make a link')")
    link = page.get_attribute(".sharelink a", "href")
    other = visit(link)
    expect(other.locator(".hit")).to_have_count(3)
    other.click("button:has-text('Add all to my list')")
    other.wait_for_url("**/list")
    assert titles(other) == titles(page)
    page.click("button:has-text('End this link')")
    expect(page.locator(".sharelink")).to_have_count(0)
    other.goto(other.url.replace("/list", str(link)))
    expect(other.locator("h1")).to_have_text("This link leads to no list")


def test_everything_works_without_scripts(visit):
    page = visit(SEARCH, java_script_enabled=False)
    page.click(".hit [data-addlist] >> nth=0")
    expect(page.locator(".site-nav [data-listcount]")).to_have_text("1")
    assert page.url.endswith(SEARCH)
    page.check(".hit .pick >> nth=1")
    page.check(".hit .pick >> nth=2")
    page.click("[data-addpicked]")
    expect(page.locator(".site-nav [data-listcount]")).to_have_text("3")
    expect(page.locator("[data-pickall]")).to_be_hidden()
    page.click("[data-addall]")
    expect(page.locator(".site-nav [data-listcount]")).to_have_text("35")
    onward(page, lambda: page.click(".site-nav a:has-text('My list')"))
    before = titles(page)
    onward(page, lambda: page.click("button:has-text('Down') >> nth=0"))
    assert titles(page)[:2] == [before[1], before[0]]
    page.fill("textarea >> nth=0", "a note")
    page.select_option(".entrynote select >> nth=0", "seen")
    onward(page, lambda: page.click("button:has-text('Save') >> nth=0"))
    assert page.input_value("textarea >> nth=0") == "a note"
    page.select_option("#f-order", "title")
    page.click("button:has-text('Sort')")
    page.wait_for_url("**order=title**")
    page.select_option("#f-style", "mla")
    page.click("button:has-text('Make it')")
    expect(page.locator(".biblio p")).to_have_count(35)
    expect(page.locator("[data-copy]").first).to_be_hidden()
    page.click("text=Back to My list")
    page.check("[name=notes]")
    onward(page, lambda: page.click("button:has-text('Make a link')"))
    other = visit(str(page.get_attribute(".sharelink a", "href")), java_script_enabled=False)
    expect(other.locator(".readnote")).to_have_text("a note")
    other.click("button:has-text('Add all to my list')")
    expect(other.locator(".site-nav [data-listcount]")).to_have_text("35")
    page.click("button:has-text('Remove all')")
    onward(page, lambda: page.click("text=Keep them"))
    onward(page, lambda: page.click("button:has-text('Remove all')"))
    page.click("main button:has-text('Remove all')")
    expect(page.locator("main")).to_contain_text("Nothing is in your list yet")
    onward(page, lambda: page.click(".theme button:has-text('Dark')"))
    assert page.get_attribute("html", "data-theme") == "dark"
    assert page.url.endswith("/list")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 375])
def test_the_pages_are_accessible(visit, axe, width, scheme):
    options = {"color_scheme": scheme, "reduced_motion": "reduce", "bypass_csp": True}
    empty = visit("/list", width, **options)
    assert violations(empty, axe) == []
    page = filled(visit, width, **options)
    page.check(".hit .pick >> nth=1")
    expect(page.locator("[data-toast]")).to_be_empty()
    page.evaluate("scrollTo(0, document.body.scrollHeight)")  # elsewhere the bar lies over what is scrolled under it
    assert violations(page, axe) == []
    page.click("[data-selbar] summary")
    assert violations(page, axe) == []
    go(page, "/list")
    page.select_option(".entrynote select >> nth=0", "keep")
    page.select_option(".entrynote select >> nth=1", "drop")
    expect(page.locator(".marks")).to_contain_text("Drop 1")
    page.click("button:has-text('Make a link')")
    expect(page.locator(".sharelink")).to_be_visible()
    expect(page.locator("[data-toast]")).to_be_empty()
    assert violations(page, axe) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    link = str(page.get_attribute(".sharelink a", "href"))
    for address in (link, "/list?style=apa"):
        go(page, address)
        assert violations(page, axe) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    go(page, "/list")
    onward(page, lambda: page.click("button:has-text('Remove all')"))
    assert violations(page, axe) == []


def test_nothing_is_wider_than_320_pixels(visit):
    page = filled(visit, 320)
    page.check("[data-pickall]")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    for address in ("/list", "/list?style=apa"):
        go(page, address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
