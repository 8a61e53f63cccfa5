"""Every page in a browser: accessible in both widths and colours, quiet, alone, narrow, and without scripts."""

import os
import re

import pytest
from playwright.sync_api import expect

from tests.web.browser.conftest import RULES, serving, violations
from tests.web.every import EDITORS, PAGES

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")]
WIDTHS = (320, 375, 768, 1280)
LOOKS = ((1280, "light"), (375, "dark"))  # each width and each scheme once; what opens is opened on the small one
EVERY_LOOK = ((1280, "light"), (1280, "dark"), (375, "dark"), (375, "light"))  # make looks
OPENED = "document.querySelectorAll('main details:not(.menu)').forEach((d) => { d.open = true; })"
MOST = 7  # requests of a first view, beside the icon of the tab, a library's own logo and letters of other alphabets
BESIDE = re.compile(r"/logo\.|/favicon\.|-(?:latin-ext|greek|cyrillic)-")
UNSEEN = """() => [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')]
  .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.disabled && one.type !== 'hidden')
  .filter((one) => {
    one.focus();
    const ringed = (each) => each && !['none', 'hidden'].includes(getComputedStyle(each).outlineStyle)
      && parseFloat(getComputedStyle(each).outlineWidth) >= 2;
    return document.activeElement === one && !ringed(one) && !ringed(one.closest(':focus-within:is(form, label, div)'));
  })
  .map((one) => one.outerHTML.slice(0, 120))"""
IDLE = """() => [...document.querySelectorAll('button, input, select, textarea, a')]
  .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.disabled)
  .filter((one) => one.localName === 'a' ? ['', '#'].includes(one.getAttribute('href'))
    : one.localName === 'button' ? one.type === 'button' || !one.form
    : !one.form || ![...one.form.elements].some((each) => each.type === 'submit' && each.checkVisibility())
      && (one.tagName !== 'INPUT' || one.form.querySelectorAll('input:not([type=hidden])').length > 1))
  .map((one) => one.outerHTML.slice(0, 120))"""


@pytest.fixture(scope="module")
def root(every):
    with serving(every.app) as address:
        yield address


@pytest.fixture(params=[*PAGES, *EDITORS])
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


@pytest.fixture(scope="module")
def lookers(browsing):
    """A page for axe, of the reader and of the editor, used again and again."""
    return [browsing(edits, bypass_csp=True).new_page() for edits in (False, True)]


@pytest.fixture
def looked_at(lookers, every, address):
    return lookers[every.is_for_editors(address)]


@pytest.fixture(scope="module")
def scriptless(browsing):
    return [browsing(edits, java_script_enabled=False).new_page() for edits in (False, True)]


@pytest.fixture
def without_scripts(scriptless, every, address):
    return scriptless[every.is_for_editors(address)]


def test_a_page_is_accessible(looked_at, axe, root, address):
    """As it comes on a large screen in the light, and with all that can be opened in it on a small one in the dark."""
    looked_at.set_viewport_size({"width": 1280, "height": 900})
    looked_at.emulate_media(color_scheme="light")
    looked_at.goto(root + address)
    found = []
    for width, scheme in EVERY_LOOK if os.environ.get("LITBASE_LOOKS") else LOOKS:
        looked_at.set_viewport_size({"width": width, "height": 900})
        looked_at.emulate_media(color_scheme=scheme)
        if width == 375:
            looked_at.evaluate(OPENED)
        found += [f"{width} {scheme} {said}" for said in violations(looked_at, axe, RULES)]
    assert found == []


def test_a_page_is_quiet_and_fits_and_asks_nobody_else(browsing, root, address, every):
    context = browsing(every.is_for_editors(address))
    page = context.new_page()
    said, asked = [], []
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(root + address)
    page.evaluate("document.fonts.ready")
    status = every.pages[address]
    assert [text for text in said if status == 200 or f"status of {status}" not in text] == []
    assert [url for url in asked if not url.startswith(f"{root}/")] == []
    needed = [url for url in asked if not BESIDE.search(url)]
    own = 1 if every.is_for_editors(address) else 0  # a script, beside four requests and three fonts
    assert len(needed) <= MOST + own, "\n".join(needed)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.keyboard.press("Tab")  # from here on focus shows
    assert page.evaluate("document.activeElement.matches(':focus-visible')")
    assert page.evaluate(UNSEEN) == []
    context.close()


def test_a_page_works_without_scripts(without_scripts, root, address):
    """Each control that is seen leads somewhere, sends a form, or is in one that its button or Enter sends."""
    without_scripts.goto(root + address)
    expect(without_scripts.locator("h1")).to_be_visible()
    assert address == "/components" or without_scripts.evaluate(IDLE) == []  # but samples of parts
