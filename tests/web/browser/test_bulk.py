"""Bulk edits in a browser: from the results to the preview, the run and its undoing, with scripts and without."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from litbase.library import Library
from litbase.web import create_app
from tests.web.browser.conftest import serving, violations
from tests.web.conftest import RECORDS, emptied, fill, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")]


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    made = emptied(tmp_path / "library")
    fill(made, RECORDS)
    yield made
    made.close()


@pytest.fixture
def sit(chromium: Browser, library: Library) -> Iterator[Callable[..., Page]]:
    """sit(path, width=1280, ...) is a page before an editor."""
    app = create_app(library)
    client = app.test_client()
    sign_in(client, library)
    cookie = client.get_cookie("litbase")
    assert cookie is not None
    contexts = []
    with serving(app) as address:

        def go(path: str, width: int = 1280, **options: object) -> Page:
            context = chromium.new_context(viewport={"width": width, "height": 900}, **options)  # type: ignore[arg-type]
            context.set_default_timeout(15_000)
            context.add_cookies([{"name": "litbase", "value": cookie.value, "url": address}])
            contexts.append(context)
            page = context.new_page()
            page.goto(f"{address}{path}")
            return page

        yield go
        for context in contexts:
            context.close()


@pytest.mark.parametrize("scripts", [True, False])
def test_from_results_to_a_run_that_is_undone(
    sit: Callable[..., Page], library: Library, axe: str, scripts: bool
) -> None:
    page = sit("/search?q=statistics", java_script_enabled=scripts)
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
    page.reload()
    expect(page.get_by_text("Undone").first).to_be_visible(timeout=20_000)
    assert library.store.get("ED100001").record.keywords == ()


@pytest.mark.parametrize("width", [320, 1280])
def test_a_preview_fits_its_window(sit: Callable[..., Page], width: int) -> None:
    page = sit("/bulk?q=statistics", width)
    page.get_by_label("What to do").select_option("set")
    page.get_by_label("Field", exact=True).select_option("publisher")
    page.get_by_label("Value", exact=True).fill("Unbroken" * 40)
    page.get_by_role("button", name="Show what would change").click()
    expect(page.get_by_text("Would change", exact=True)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
