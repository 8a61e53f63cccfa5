"""Pages beside the records in a browser: of an empty library, with a logo, without scripts."""

import pytest
from playwright.sync_api import expect

from litbase.web import create_app
from tests.web.browser.conftest import serving, violations
from tests.web.conftest import RECORDS, emptied, fill

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")]
IMPRINT = """# Imprint

The *Reading* Room\\
Main Street 1

## Contact

- <desk@library.example>
- https://library.example/
"""
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="600" height="200"><script>document.title = "run"</script>'
    '<rect width="600" height="200" fill="teal" onclick="document.title = \'run\'"/></svg>'
)
EMPTY = ("/", "/stats", "/help")


@pytest.fixture(scope="module")
def branded(tmp_path_factory):
    """A library with a logo, an imprint and a contact."""
    folder = tmp_path_factory.mktemp("branded") / "library"
    folder.mkdir()
    (folder / "imprint.md").write_text(IMPRINT, "utf-8")
    (folder / "logo.svg").write_text(SVG, "utf-8")
    library = emptied(
        folder,
        name="The Reading Room of the Learned Society",
        tagline="Find what was written",
        logo="logo.svg",
        imprint="imprint.md",
        contact="desk@library.example",
        debug=True,
    )
    fill(library, RECORDS)
    with serving(create_app(library)) as address:
        yield address
    library.close()


@pytest.fixture(scope="module")
def bare(tmp_path_factory):
    """A library without records."""
    library = emptied(tmp_path_factory.mktemp("bare") / "library")
    with serving(create_app(library)) as address:
        yield address
    library.close()


@pytest.fixture
def at(chromium):
    """at(url, width, **options) is that page in a fresh browser."""
    contexts = []

    def go(url, width=1280, **options):
        contexts.append(chromium.new_context(viewport={"width": width, "height": 900}, **options))
        page = contexts[-1].new_page()
        page.goto(url)
        return page

    yield go
    for context in contexts:
        context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", EMPTY)
def test_an_empty_library_is_accessible(at, bare, axe, address, scheme):
    page = at(bare + address, 375, color_scheme=scheme, reduced_motion="reduce", bypass_csp=True)
    assert violations(page, axe) == []


def test_the_logo_is_small_and_nothing_in_it_runs(at, branded):
    page = at(branded)
    box = page.locator(".brand img").bounding_box()
    assert 0 < box["height"] <= 40
    assert 0 < box["width"] <= 160
    page.goto(branded + "/logo.svg")
    page.mouse.click(100, 100)
    assert page.title() != "run"


def test_the_numbers_are_there_without_scripts(at, branded):
    page = at(f"{branded}/stats", java_script_enabled=False)
    page.click("summary:has-text('Show as a table')")
    expect(page.locator("table").first).to_be_visible()
    page.click(".heat td a >> nth=0")
    page.wait_for_url("**/search**")
    page.goto(f"{branded}/help")
    page.click("text=Try it >> nth=0")
    expect(page.locator("h1")).to_contain_text("record")


def test_bars_of_the_chart_lead_to_their_years(at, branded):
    page = at(f"{branded}/stats")
    page.click(".chart a >> nth=-1")
    page.wait_for_url("**from=**")
    expect(page.locator(".hit").first).to_be_visible()
