"""The browse pages in a browser: targets, the menu, without scripts."""

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")]


def test_links_and_controls_are_large_enough_to_hit(visit):
    for address in ("/descriptors", "/authors/mehta-jal"):
        page = visit(address, 375)
        sizes = page.evaluate(
            "[...document.querySelectorAll('.az a, .seg a, .values a, .bars a, .tree a')].filter(a => a.offsetParent)"
            ".map(a => [a.textContent, a.getBoundingClientRect().width, a.getBoundingClientRect().height])"
        )
        assert sizes
        assert [size for size in sizes if size[2] < 23.9 or size[1] < 23.9] == []


def test_without_scripts_one_finds_a_value_and_its_records(visit):
    page = visit("/authors", java_script_enabled=False)
    page.fill("#find", "mehta")
    page.click(".finder button")
    page.click(".values a")
    expect(page.locator("h1")).to_have_text("Jal Mehta")
    page.click(".rec-actions .primary")
    expect(page.locator("#res-h")).to_contain_text("1 record")


def test_the_menu_leads_to_the_lists(visit):
    page = visit("/")
    page.click("nav.site-nav summary:has-text('Browse')")
    page.click("nav.site-nav a:has-text('Descriptors') >> visible=true")
    expect(page.locator("h1")).to_have_text("Descriptors")
