"""Citing in a browser: tabs by keyboard, what lands on the clipboard, what is remembered; and no scripts at all."""

import json
import re
import shutil
import subprocess

import pytest
from playwright.sync_api import expect

from litbase.styles import STYLES, Cite, bibliography, entry, html, in_text, note, plain
from tests.web.browser.conftest import violations_in_a_look

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")]
MAY = {"permissions": ["clipboard-read", "clipboard-write"]}
CHAPTER = "gomez-2020-learning-boundaries"
MANY = f"/cite?id=EJ1223055&id={CHAPTER}&id=iperg-2013-improving-practice"
WALK = (
    *(("ArrowDown", "mla"), ("ArrowRight", "chicago"), ("ArrowUp", "mla"), ("ArrowLeft", "apa")),
    *(("ArrowUp", "more"), ("ArrowDown", "apa"), ("End", "more"), ("Home", "apa"), ("ArrowDown", "mla")),
)
OPEN = """address => {
  const link = Object.assign(document.createElement('a'), { href: address, textContent: 'Cite the selected' });
  link.dataset.cite = '';
  document.querySelector('main').prepend(link);
}"""


def clipboard(page):
    """What is on the clipboard, by type."""
    return page.evaluate("""async () => {
      const [item] = await navigator.clipboard.read();
      const read = async (type) => [type, await (await item.getType(type)).text()];
      return Object.fromEntries(await Promise.all(item.types.map(read)));
    }""")


def copied(page, button):
    """What lands on the clipboard when *button* is pressed."""
    page.evaluate("document.querySelector('[data-toast]').textContent = ''")
    page.click(button)
    expect(page.locator("[data-toast]")).to_have_text("Copied")
    return clipboard(page)


def opened(page, link=".rec-actions [data-cite]"):
    page.click(link)
    expect(page.locator("#cite")).to_be_visible()
    return page


def select_several(page):
    """Opens the dialog of several records, as a page with a selection does."""
    page.evaluate(OPEN, MANY)
    return opened(page, "text=Cite the selected")


@pytest.fixture
def article(web_library):
    return web_library.store.get("EJ1223055").record


@pytest.mark.parametrize("width", [1280, 375])
def test_the_dialogs_are_accessible(visit, axe, width):
    page = visit("/record/EJ1223055", width, reduced_motion="reduce", bypass_csp=True)
    opened(page)
    for tab in ("apa", "chicago-notes", "bibtex", "more"):
        page.click(f"#tab-{tab}")
        assert violations_in_a_look(page, axe) == [], tab
    page.click("#pan-more summary >> nth=0")
    assert violations_in_a_look(page, axe) == []
    page.keyboard.press("Escape")
    select_several(page)
    for tab in ("apa", "ieee", "files"):
        page.click(f"#tab-{tab}")
        assert violations_in_a_look(page, axe) == [], tab


def test_the_dialog_fills_a_phone(visit):
    page = opened(visit("/record/EJ1223055", 375, reduced_motion="reduce"))
    box = page.locator("#cite").bounding_box()
    assert (box["x"], box["y"], box["width"], box["height"]) == (0, 0, 375, 900)
    tops = {tab.bounding_box()["y"] for tab in page.locator("#cite [role=tab]").all()}
    assert len(tops) > 2  # the tabs wrap
    assert page.evaluate("document.querySelector('#cite').scrollWidth") <= 375


def test_the_tabs_are_used_by_keyboard_alone(visit):
    page = visit("/record/EJ1223055")
    page.focus(".rec-actions [data-cite]")
    page.keyboard.press("Enter")
    expect(page.locator("#tab-apa")).to_be_focused()
    for key, tab in WALK:
        page.keyboard.press(key)
        expect(page.locator(f"#tab-{tab}")).to_be_focused()
        expect(page.locator(f"#pan-{tab}")).to_be_visible()
        expect(page.locator(".tabpanel:visible")).to_have_count(1)
        assert page.get_attribute(f"#tab-{tab}", "aria-selected") == "true"
    page.keyboard.press("Tab")
    expect(page.locator("#pan-mla")).to_be_focused()
    for _ in range(8):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('[data-copy]')"):
            break
    assert page.evaluate("document.activeElement.matches('#pan-mla .btn.primary')")
    page.keyboard.press("Enter")
    expect(page.locator("[data-toast]")).not_to_be_empty()
    page.keyboard.press("Escape")
    expect(page.locator("#cite")).to_be_hidden()
    expect(page.locator(".rec-actions [data-cite]")).to_be_focused()


@pytest.mark.parametrize("way", ["Escape", "Close", "backdrop"])
def test_focus_returns_however_the_dialog_is_closed(visit, way):
    page = opened(visit("/search?q=communities"), ".hit [data-cite] >> nth=0")
    if way == "Escape":
        page.keyboard.press("Escape")
    elif way == "Close":
        page.click("#cite [data-close]")
    else:
        page.mouse.click(5, 5)
    expect(page.locator("#cite")).to_be_hidden()
    expect(page.locator(".hit [data-cite]").first).to_be_focused()


@pytest.mark.parametrize("name", STYLES)
def test_a_reference_is_copied_as_text_and_with_its_italics(visit, article, name):
    page = opened(visit("/record/EJ1223055", **MAY))
    page.click(f"#tab-{name}")
    held = copied(page, f"#pan-{name} .btn.primary")
    assert held["text/plain"] == plain(entry(STYLES[name], article))
    assert html(entry(STYLES[name], article)) in held["text/html"]
    assert "<i>Journal of Educational Change" in held["text/html"] or "<i>J Educ Change" in held["text/html"]


def test_words_for_the_text_are_copied_with_the_page_that_is_typed(visit, article):
    page = opened(visit("/record/EJ1223055", **MAY))
    page.fill("[data-place]", "pp. 12-14")
    cite = Cite(article, "12-14")
    expect(page.locator("[data-said=apa-parenthetical]")).to_have_text(plain(in_text(STYLES["apa"], [cite])))
    expect(page.locator("[data-live]")).to_have_text(plain(in_text(STYLES["apa"], [cite])))
    assert copied(page, "[aria-label='Copy APA 7, in the sentence']")["text/plain"] == plain(
        in_text(STYLES["apa"], [cite], narrative=True)
    )
    page.keyboard.press("Escape")
    page.click(".rec-actions [data-cite]")
    page.fill("[data-place]", "3")
    page.press("[data-place]", "Enter")  # stays in the dialog
    expect(page.locator("[data-said=apa-narrative]")).to_have_text("Mehta and Peterson (2019, p. 3)")
    expect(page.locator("#cite")).to_be_visible()
    page.click("#tab-chicago-notes")
    assert copied(page, "[aria-label='Copy Chicago notes, first note']")["text/plain"] == plain(
        note(STYLES["chicago-notes"], Cite(article, "3"))
    )


def test_the_bibtex_of_a_chapter_is_copied_whole(visit):
    if not shutil.which("pandoc"):
        pytest.skip("pandoc is not installed: apt-get install -y pandoc")
    page = opened(visit(f"/record/{CHAPTER}", **MAY))
    page.click("#tab-bibtex")
    held = copied(page, "#pan-bibtex [data-copy]")
    assert set(held) == {"text/plain"}
    done = subprocess.run(
        ["pandoc", "-f", "bibtex", "-t", "csljson"], input=held["text/plain"], capture_output=True, text=True
    )
    (item,) = json.loads(done.stdout)
    assert done.stderr == ""
    assert item["DOI"] == "10.4324/9780203774977-25"
    assert item["container-title"].casefold() == "handbook of the cultural foundations of learning"  # pandoc's case
    assert re.sub("[–-]+", "-", item["page"]) == "365-384"
    assert [name["family"] for name in item["author"]] == ["Gomez", "Biag", "Imig"]


def test_more_formats_are_copied_too(visit):
    page = opened(visit("/record/EJ1223055", **MAY))
    page.click("#tab-more")
    page.click("#pan-more summary:has-text('NBIB')")
    assert (
        "TI  - International Learning Communities" in copied(page, "#pan-more details[open] [data-copy]")["text/plain"]
    )


def test_a_page_without_a_clipboard_still_copies(visit):
    page = visit("/record/EJ1223055/cite")
    page.evaluate("""() => {
      Object.defineProperty(navigator, 'clipboard', { value: undefined });
      document.execCommand = (command) => { window.asked = [command, getSelection().toString()]; return true; };
    }""")
    page.click("#style-apa .btn[data-copy]")
    expect(page.locator("[data-toast]")).to_have_text("Copied")
    command, selected = page.evaluate("window.asked")
    assert command == "copy"
    assert selected.startswith("Mehta, J., & Peterson, A. (2019).")


def test_the_last_choice_is_remembered(visit):
    page = opened(visit("/record/EJ1223055"))
    page.click("#tab-ieee")
    page.goto(page.url.replace("/record/EJ1223055", "/search?q=boundaries"))
    opened(page, ".hit [data-cite] >> nth=0")
    expect(page.locator("#tab-ieee")).to_be_focused()
    page.click("#tab-ris")
    page.keyboard.press("Escape")
    opened(page, ".hit [data-cite] >> nth=0")
    expect(page.locator("#tab-ris")).to_be_focused()
    page.goto(page.url.partition("/search")[0] + f"/record/{CHAPTER}")
    expect(page.locator("#cite-style")).to_have_value("ieee")  # the last style; RIS is none
    expect(page.locator("aside .cite-text")).to_contain_text("L. M. Gomez")


def test_a_style_that_is_asked_for_opens_before_the_remembered_one(visit):
    page = opened(visit("/record/EJ1223055"))
    page.click("#tab-bibtex")
    page.keyboard.press("Escape")
    page.select_option("#cite-style", "mla")
    expect(page.locator("aside .cite-text")).to_contain_text("vol. 20")
    opened(page, "text=All styles and formats")
    expect(page.locator("#tab-mla")).to_be_focused()


def test_the_panel_changes_its_style_in_place(visit, article):
    page = visit("/record/EJ1223055?q=communities&at=1", **MAY)
    page.evaluate("window.same = true")
    expect(page.locator("aside form button")).to_be_hidden()
    for name in ("ama", "harvard"):
        page.select_option("#cite-style", name)
        expect(page.locator("aside .cite-text")).to_have_text(plain(entry(STYLES[name], article)))
    expect(page.locator("[data-live]")).to_have_text(plain(entry(STYLES["harvard"], article)))
    assert html(entry(STYLES["harvard"], article)) in copied(page, "aside [data-copy]")["text/html"]
    assert page.evaluate("window.same") is True
    page.reload()
    expect(page.locator("#cite-style")).to_have_value("harvard")
    expect(page.locator("aside .cite-text")).to_have_text(plain(entry(STYLES["harvard"], article)))


def test_several_records_are_one_bibliography_in_the_dialog(visit, web_library):
    page = select_several(visit("/search?q=learning", **MAY))
    records = [web_library.store.get(id).record for id in ("EJ1223055", CHAPTER, "iperg-2013-improving-practice")]
    for name in ("mla", "ieee"):
        page.click(f"#tab-{name}")
        told = bibliography(STYLES[name], records)
        held = copied(page, f"#pan-{name} .btn.primary")
        assert held["text/plain"] == "\n".join(plain(one.text) for one in told)
        assert "".join(f"<p>{html(one.text)}</p>" for one in told) in held["text/html"]
    page.click("#tab-files")
    assert copied(page, "#pan-files [data-copyfile] >> nth=0")["text/plain"].count("\n@") == 2
    page.keyboard.press("Escape")
    expect(page.locator("text=Cite the selected")).to_be_focused()


def test_all_of_it_works_without_scripts(visit):
    page = visit("/record/EJ1223055?q=communities&at=1", 375, java_script_enabled=False)
    page.select_option("#cite-style", "mla")
    page.click("aside form button")
    page.wait_for_url("**/record/EJ1223055?q=communities&at=1&style=mla")
    expect(page.locator("aside .cite-text")).to_contain_text("vol. 20, no. 3")
    expect(page.locator(".crumbs")).to_contain_text("1 of")
    expect(page.locator("aside [data-copy]")).to_be_hidden()
    page.click("text=All styles and formats")
    page.wait_for_url("**/record/EJ1223055/cite?style=mla#style-mla")
    expect(page.locator("#style-mla")).to_be_in_viewport()
    expect(page.locator("#style-apa .cite-text").first).to_be_visible()
    expect(page.locator("[data-copy] >> nth=0")).to_be_hidden()
    page.fill("[data-place]", "12")
    page.click("[data-placing] button")
    page.wait_for_url("**/cite?page=12&style=mla")
    expect(page.locator("[data-said=mla-parenthetical]")).to_have_text("(Mehta and Peterson 12)")
    page.click(".cite-nav >> text=RIS")
    expect(page.locator("#file-ris pre")).to_be_in_viewport()
    with page.expect_download() as download:
        page.click("#file-ris a.btn")
    assert download.value.suggested_filename == "EJ1223055.ris"
    several = visit(MANY, 375, java_script_enabled=False)
    several.click(".cite-nav >> text=IEEE")
    expect(several.locator(".bibliography p").first).to_contain_text("[1]")
