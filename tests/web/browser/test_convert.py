"""Converting in a browser: what is pasted, copied and downloaded, with scripts and without; accessibility."""

import pytest
from playwright.sync_api import expect

from tests.web.browser.conftest import violations_in_a_look
from tests.web.test_convert import MIXED

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")]
MAY = {"permissions": ["clipboard-read", "clipboard-write"]}
WIDE = "document.documentElement.scrollWidth <= innerWidth"


def converted(page, text=MIXED, **chosen):
    """*page* with what came of *text*."""
    page.fill("#c-text", text)
    for name, value in chosen.items():
        page.select_option(f"#c-{name}", value)
    page.click("#convert button.primary")
    expect(page.locator("#result")).to_be_visible()
    return page


@pytest.mark.parametrize("width", [1280, 375])
def test_the_page_is_accessible_before_and_after(visit, axe, width):
    page = visit("/convert", width, reduced_motion="reduce", bypass_csp=True)
    page.click("summary:has-text('Options')")
    assert violations_in_a_look(page, axe) == []
    assert page.evaluate(WIDE)
    for format in ("bibtex", "text"):
        converted(page, format=format)
        assert violations_in_a_look(page, axe) == []
        assert page.evaluate(WIDE)


def test_nothing_is_wider_than_320_pixels(visit):
    page = converted(visit("/convert", 320), MIXED + "\n" + "x" * 400 + "\nhttps://example.org/" + "y" * 300)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("scripts", [True, False])
def test_a_paste_is_converted_and_taken_away(visit, scripts):
    page = converted(visit("/convert", java_script_enabled=scripts), format="ris")
    assert page.url.endswith("/convert#result")
    expect(page.locator(".entries > li")).to_have_count(6)
    expect(page.locator("#result [data-copy]")).to_be_visible() if scripts else expect(
        page.locator("#result [data-copy]")
    ).to_be_hidden()
    shown = page.locator("#result pre").inner_text()
    with page.expect_download() as download:
        page.click("#result button:has-text('Download')")
    assert download.value.suggested_filename == "converted.ris"
    with open(download.value.path(), encoding="utf-8") as file:
        assert file.read().strip("\n") == shown.strip("\n")
    page.locator("#e1 a").click()
    page.wait_for_url("**/record/gomez-2020-learning-boundaries")


def test_a_file_is_sent_and_comes_back_in_the_box(visit):
    page = visit("/convert")
    ris = b"TY  - BOOK\r\nTI  - </textarea><b>A Book\r\nER  - \r\n"
    page.set_input_files("#c-file", {"name": "one.ris", "mimeType": "text/plain", "buffer": ris})
    page.click("#convert button.primary")
    expect(page.locator("#result")).to_contain_text("one.ris was read as RIS")
    assert "</textarea><b>A Book" in page.input_value("#c-text")
    page.select_option("#c-format", "csl-json")
    with page.expect_download() as download:
        page.click("#convert button:has-text('Download')")
    with open(download.value.path(), encoding="utf-8") as file:
        assert "A Book" in file.read()


def test_a_bibliography_is_copied_with_its_italics(visit):
    page = converted(visit("/convert", **MAY), "EJ1223055", format="text", style="mla")
    page.click("#result [data-copy]")
    expect(page.locator("[data-toast]")).to_have_text("Copied")
    copied = page.evaluate(
        "navigator.clipboard.read().then(([item]) => item.getType('text/html')).then((blob) => blob.text())"
    )
    assert "<i>Journal of Educational Change</i>" in copied
