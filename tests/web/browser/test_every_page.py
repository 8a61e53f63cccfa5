"""Every page in a browser: accessible in both widths and colours, quiet, alone, narrow, and without scripts."""

import os
import re
from collections import Counter, defaultdict
from typing import NamedTuple

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.amount import LONG, amount
from tests.web.browser.conftest import COLOURS, RULES, serving, violations
from tests.web.every import EDITORS, PAGES, endpoint

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")]
WIDTHS = (1280, 768, 320, 375)
LARGE, SMALL = (1280, "light"), (375, "dark")  # each width and each scheme once; what opens is opened on the small one
LOOKS = (LARGE, SMALL)
OF_THE_SCREEN = [*COLOURS, "target-size"]  # what else there is in a page is there too where it is narrow and opened
EVERY_LOOK = (LARGE, (1280, "dark"), SMALL, (375, "light"))  # make looks
ALL_LOOKS = bool(os.environ.get("LITBASE_LOOKS"))
OPENED = "document.querySelectorAll('main details:not(.menu)').forEach((d) => { d.open = true; })"
MOST = 7  # requests of a first view, beside the icon of the tab, a library's own logo and letters of other alphabets
BESIDE = re.compile(r"/logo\.|/favicon\.|-(?:latin-ext|greek|cyrillic)-")
UNSEEN = """() => {
  if (!document.activeElement.matches(':focus-visible')) return ['Tab shows no focus'];
  const unseen = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')]
  .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.disabled && one.type !== 'hidden')
  .filter((one) => {
    one.focus();
    const ringed = (each) => each && !['none', 'hidden'].includes(getComputedStyle(each).outlineStyle)
      && parseFloat(getComputedStyle(each).outlineWidth) >= 2;
    return document.activeElement === one && !ringed(one) && !ringed(one.closest(':focus-within:is(form, label, div)'));
  })
  .map((one) => one.outerHTML.slice(0, 120));
  document.activeElement.blur();
  scrollTo(0, 0);
  return unseen;
}"""
IDLE = """() => [...document.querySelectorAll('button, input, select, textarea, a')]
  .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.disabled)
  .filter((one) => one.localName === 'a' ? ['', '#'].includes(one.getAttribute('href'))
    : one.localName === 'button' ? one.type === 'button' || !one.form
    : !one.form || ![...one.form.elements].some((each) => each.type === 'submit' && each.checkVisibility())
      && (one.tagName !== 'INPUT' || one.form.querySelectorAll('input:not([type=hidden])').length > 1))
  .map((one) => one.outerHTML.slice(0, 120))"""


def few(pages, of_each):
    """*of_each* page of a kind: of those whose addresses begin and end alike and that are answered alike."""
    seen, found = Counter(), []
    for address, status in pages.items():
        first, *between = re.split(r"[?#]", address)[0].strip("/").split("/")
        kind = (first, len(between), between[-1] if len(between) > 1 else "", status)
        seen[kind] += 1
        if seen[kind] <= of_each:
            found.append(address)
    return found


# What a page has of controls is written by a template that it shares with the others of its kind.
SCRIPTLESS = [address for pages in (PAGES, EDITORS) for address in few(pages, amount(2, len(pages)))]


@pytest.fixture(scope="module")
def root(every):
    with serving(every.app) as address:
        yield address


@pytest.fixture
def address(request, every):
    return list(every.pages)[[*PAGES, *EDITORS].index(request.param)]


@pytest.fixture(scope="module")
def browsing(chromium, root, every):
    """browsing(edits, **options) is a new context of the reader who has a list, or of the editor."""
    contexts = []

    def begin(edits, **options):
        context = chromium.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce", **options)
        context.add_cookies(
            [{"name": name, "value": value, "url": root} for name, value in every.cookies[edits].items()]
        )
        contexts.append(context)
        return context

    yield begin
    for context in contexts:
        context.close()


class Looker(NamedTuple):
    """A page that is used again and again; what its console *said* and whom it *asked* at the last address."""

    page: Page
    said: list[str]
    asked: list[str]

    def see(self, address: str) -> None:
        """Come to *address* on a large screen in the light, as if for the first time."""
        self.look(*LARGE)
        self.said.clear()
        self.asked.clear()
        self.page.goto(address)
        self.page.evaluate("document.fonts.ready")

    def look(self, width: int, scheme: str) -> None:
        """Have a screen of *width*, and colours of *scheme*."""
        self.page.set_viewport_size({"width": width, "height": 900})
        self.page.emulate_media(color_scheme=scheme)


def looker(context: BrowserContext) -> Looker:
    page, said, asked = context.new_page(), [], []
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    network.send("Network.setCacheDisabled", {"cacheDisabled": True})  # each page is a first view
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    return Looker(page, said, asked)


@pytest.fixture(scope="module")
def lookers(browsing):
    """One of the reader and one of the editor."""
    return [looker(browsing(edits)) for edits in (False, True)]


@pytest.fixture(scope="module")
def scriptless(browsing):
    return [browsing(edits, java_script_enabled=False).new_page() for edits in (False, True)]


@pytest.fixture
def without_scripts(scriptless, every, address):
    return scriptless[every.is_for_editors(address)]


@pytest.fixture(scope="module")
def looks(every):
    """The looks in which each page is checked: one in turn with others of its kind, both where there are no others."""
    kinds = defaultdict(list)
    for address, status in every.pages.items():
        kinds[every.is_for_editors(address), status == 404 or endpoint(every.app, address)].append(address)
    return {
        address: EVERY_LOOK if ALL_LOOKS else LOOKS if LONG or len(alike) == 1 else (LOOKS[place % 2],)
        for alike in kinds.values()
        for place, address in enumerate(alike)
    }


@pytest.mark.parametrize("address", [*PAGES, *EDITORS], indirect=True)
def test_a_page_is_quiet_fits_and_is_accessible(lookers, axe, root, address, every, looks):
    """On a large screen in the light as it comes, on a small one in the dark with all that can be opened in it."""
    one = lookers[every.is_for_editors(address)]
    one.see(root + address)
    is_quiet_and_asks_nobody_else(one, root, every.pages[address], own=every.is_for_editors(address))
    one.page.keyboard.press("Tab")  # from here on focus shows
    assert one.page.evaluate(UNSEEN) == []
    found = []
    for width in WIDTHS:
        one.page.set_viewport_size({"width": width, "height": 900})
        assert one.page.evaluate("document.documentElement.scrollWidth") <= width
        for look in looks[address]:
            if look[0] == width:
                is_whole = LONG or ALL_LOOKS or look == SMALL or len(looks[address]) == 1
                found += complaints(one, axe, look, RULES if is_whole else OF_THE_SCREEN)
    assert found == []


def is_quiet_and_asks_nobody_else(one, root, status, own):
    assert [text for text in one.said if status == 200 or f"status of {status}" not in text] == []
    assert [url for url in one.asked if not url.startswith(f"{root}/")] == []
    needed = [url for url in one.asked if not BESIDE.search(url)]
    assert root in needed[0]
    assert len(needed) <= MOST + own, "\n".join(needed)  # an editor's: a script, beside four requests and three fonts


def complaints(one, axe, look, rules):
    """What axe says of the page in this look, by these rules."""
    one.look(*look)
    if look[0] == SMALL[0]:
        one.page.evaluate(OPENED)
    return [f"{look} {said}" for said in violations(one.page, axe, rules)]


@pytest.mark.parametrize("address", SCRIPTLESS, indirect=True)
def test_a_page_works_without_scripts(without_scripts, root, address):
    """Each control that is seen leads somewhere, sends a form, or is in one that its button or Enter sends."""
    without_scripts.goto(root + address)
    expect(without_scripts.locator("h1")).to_be_visible()
    assert address == "/components" or without_scripts.evaluate(IDLE) == []  # but samples of parts
