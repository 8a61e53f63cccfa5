"""Bulk edits in a browser: from the results to the preview, the run and its undoing, with scripts and without."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from litbase.library import Library
from tests.web.browser.conftest import violations
from tests.web.conftest import RECORDS, emptied, fill

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")]


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    made = emptied(tmp_path / "library")
    fill(made, RECORDS)
    yield made
    made.close()


@pytest.mark.parametrize("scripts", [True, False])
def test_from_results_to_a_run_that_is_undone(
    editing: Callable[..., Page], library: Library, axe: str, scripts: bool
) -> None:
    page = editing("/search?q=statistics", java_script_enabled=scripts)
    page.get_by_role("link", name="Edit these 30 records").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Edit 30 records")
    page.get_by_label("What to do").select_option(label="Add to a list")
    page.get_by_label("Field", exact=True).select_option("keywords")
    page.get_by_label("Value", exact=True).fill("Tables; <b>Figures</b>")
    page.get_by_role("button", name="Show what would change").click()
    expect(page.locator("ins").first).to_have_text("Tables; <b>Figures</b>")
    if scripts:
        assert violations(page, axe) == []
    page.get_by_label("Why").fill("as they are")
    page.get_by_role("button", name="Change 30 records").click()
    expect(page.locator(".tally dd").first).to_have_text("30", timeout=20_000)
    assert library.store.get("ED100001").record.keywords == ("Tables", "<b>Figures</b>")
    if scripts:
        assert violations(page, axe) == []
    page.get_by_role("button", name="Undo all of it").click()
    for _ in range(200):
        if library.store.get("ED100001").record.keywords == ():
            break
        page.wait_for_timeout(100)
    again = page.context.new_page()  # the first may just be loading itself anew
    again.goto(page.url)
    expect(again.get_by_text("Undone").first).to_be_visible(timeout=20_000)
    assert library.store.get("ED100001").record.keywords == ()


@pytest.mark.parametrize("width", [320, 1280])
def test_a_preview_fits_its_window(editing: Callable[..., Page], width: int) -> None:
    page = editing("/bulk?q=statistics", width=width)
    page.get_by_label("What to do").select_option("set")
    page.get_by_label("Field", exact=True).select_option("publisher")
    page.get_by_label("Value", exact=True).fill("Unbroken" * 40)
    page.get_by_role("button", name="Show what would change").click()
    expect(page.get_by_text("Would change", exact=True)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
