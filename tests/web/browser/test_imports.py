"""Importing in a browser: files and an archive are sent, read, added and undone, with scripts and without."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from litbase.library import Library
from tests.web.browser.conftest import violations
from tests.web.conftest import emptied

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")]
BIB = b"@article{good2020, author = {Good, Ann}, title = {A Good One}, journal = {J}, year = {2020}}\n"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    made = emptied(tmp_path / "library")
    yield made
    made.close()


def zipped() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("inside/a.bib", BIB)
        archive.writestr("b.txt", b"Nothing anybody reads.")
    return buffer.getvalue()


def files(shared: Path) -> list[dict[str, object]]:
    seeds = [
        {"name": p.name, "mimeType": "text/plain", "buffer": p.read_bytes()}
        for p in sorted((shared / "seeds").iterdir())
    ]
    return [*seeds, {"name": "more.zip", "mimeType": "application/zip", "buffer": zipped()}]


@pytest.mark.parametrize("scripts", [True, False])
def test_seeds_and_an_archive_are_read_added_and_undone(
    editing: Callable[..., Page], library: Library, shared: Path, scripts: bool
) -> None:
    page = editing("/import", java_script_enabled=scripts)
    page.set_input_files("#files", files(shared))  # type: ignore[arg-type]
    page.click("text=Read and report")
    expect(page.locator("h1")).to_have_text("Import of 6 files")
    expect(page.get_by_role("button", name="Add 6 records")).to_be_visible()
    expect(page.locator(".tally dd")).to_have_text(["5", "1", "0", "0", "1", "8"])
    first = page.locator(".filecard").first
    expect(first).to_have_attribute("open", "")
    expect(first).to_contain_text("Hargreaves (2010)")
    expect(first.locator(".drop").first).to_have_text("Search the ECER Programme")
    card = page.locator(".filecard", has_text="more.zip/b.txt")
    expect(card).to_contain_text("No reader knows this layout")
    assert library.store.count() == 0
    page.get_by_role("button", name="Add 6 records").click()
    expect(page.get_by_role("button", name="Undo this import")).to_be_visible()
    assert library.store.count() == 6
    page.get_by_role("link", name="Only those that need review").click()
    expect(page.locator(".filecard")).to_have_count(2)
    page.get_by_role("link", name="All records").click()
    page.get_by_role("button", name="Undo this import").click()
    undone = re.compile(r"^\s*Undone")  # not "Being undone"
    expect(page.locator(".badge", has_text=undone)).to_be_visible(timeout=20_000)
    assert library.store.count() == 0


def test_files_are_dropped_on_the_form(editing: Callable[..., Page]) -> None:
    page = editing("/import")
    transfer = page.evaluate_handle(
        "() => { const all = new DataTransfer();"
        " all.items.add(new File(['@book{a, title={On Towns}}'], 'a.bib')); return all; }"
    )
    page.dispatch_event("[data-dropzone]", "drop", {"dataTransfer": transfer})
    expect(page.locator("[data-live]")).to_have_text("1 file chosen")
    page.click("text=Read and report")
    expect(page.locator("h1")).to_have_text("Import of a.bib")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 375, 320])
def test_the_report_is_accessible_and_fits(
    editing: Callable[..., Page], axe: str, shared: Path, width: int, scheme: str
) -> None:
    page = editing("/import", width=width, color_scheme=scheme, bypass_csp=True)
    assert violations(page, axe) == []
    page.set_input_files("#files", files(shared))  # type: ignore[arg-type]
    page.click("text=Read and report")
    expect(page.get_by_role("button", name="Drop it")).to_be_visible()
    closed = page.locator(".filecard:not([open]) > summary")
    while closed.count():
        closed.first.click()
    assert violations(page, axe) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
