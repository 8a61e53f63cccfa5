"""Chromium with the library in it; without the browser these tests skip and say how to get it."""

import re
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from litbase.library import Library
from litbase.web import acting, create_app
from tests.amount import LONG
from tests.web.conftest import sign_in

AXE = Path(__file__).parents[2] / "node" / "node_modules" / "axe-core" / "axe.min.js"
# The shell is Chromium without all that a screen needs: the same pages for half of the processor time.
CHROMIUM = next(filter(None, map(shutil.which, ("chromium-headless-shell", "chromium", "chromium-browser"))), None)
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--js-flags=--jitless",  # no page lives long enough for compiled scripts to be worth their compiling
]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block"]


class Quiet(WSGIRequestHandler):
    """Serves without a log."""

    def log(self, type: str, message: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """The address at which *app* answers."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def onward(page: Page, act: Callable[[], None]) -> None:
    """Do *act* and wait for the page to which it leads; a click alone waits only where the machine is quick."""
    with page.expect_navigation():
        act()


@pytest.fixture(scope="session")
def served(app: Flask) -> Iterator[str]:
    """The address of a running server."""
    with serving(app) as address:
        yield address


def violations(page: Page, axe: str, rules: list[str] = RULES) -> list[str]:
    """What axe-core finds on *page* by *rules* or sets of them, a line for each."""
    page.evaluate("document.fonts.ready")
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe)
    result = page.evaluate(
        # to preload would serve rules about sound and films, which no page has
        "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations'], preload: false})",
        rules,
    )
    return [
        f"{found['id']}: {found['nodes'][0]['target']} {found['nodes'][0].get('failureSummary', '')}"
        for found in result["violations"]
    ]


def violations_in_both(page: Page, axe: str) -> list[str]:
    """What axe-core finds on *page* in the light, and of its rules about colours in the dark."""
    found = []
    for scheme, rules in (("light", RULES), ("dark", COLOURS)):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        found += [f"{scheme} {said}" for said in violations(page, axe, rules)]
    return found


def violations_in_a_look(page: Page, axe: str) -> list[str]:
    """What axe-core finds on *page*: in the light where it is wide, in the dark where it is narrow.

    With LITBASE_LONG in both.  A test that uses it looks at the same things on a wide and on a narrow page.
    """
    if LONG:
        return violations_in_both(page, axe)
    wide = page.viewport_size is None or page.viewport_size["width"] > 600
    page.emulate_media(color_scheme="light" if wide else "dark")
    return violations(page, axe)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser."""
    if CHROMIUM is None:
        pytest.skip("Chromium is missing; install it with: sudo apt-get install chromium")
    expect.set_options(timeout=15_000)  # a slow machine may need more than the usual five seconds
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core."""
    if not AXE.is_file():
        pytest.skip("axe-core is missing; install it with: npm ci --prefix tests/node")
    return AXE.read_text("utf-8")


@pytest.fixture
def visit(chromium: Browser, served: str) -> Iterator[Callable[..., Page]]:
    """visit(address, width=1280, ...) is that page in a fresh browser; the console must stay silent."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def heard(text: str) -> None:
        if not re.match(r"Failed to load resource: .* status of 404", text):  # pages that are to be 404
            complaints.append(text)

    def go(address: str, width: int = 1280, **options: object) -> Page:
        context = chromium.new_context(viewport={"width": width, "height": 900}, **options)  # type: ignore[arg-type]
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: heard(message.text) if message.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: heard(str(error)))
        page.goto(served + address)
        return page

    yield go
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def editing(chromium: Browser, library: Library) -> Iterator[Callable[..., Page]]:
    """editing(address, name="Ann", ...) is that page in a browser of its own, in which *name* is signed in.

    The *library* is that of the test's module; pages and console must stay silent but for forms that are refused.
    """
    app = create_app(library)
    app.testing = False
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def heard(kind: str, text: str) -> None:
        if kind in ("error", "warning") and not re.search(r"status of 4(00|09|22)", text):
            complaints.append(text)

    with serving(app) as root:

        def begin(address: str, name: str = "Ann", width: int = 1280, **options: object) -> Page:
            client = app.test_client()
            sign_in(client, library, "editor", name)
            cookie = client.get_cookie(acting.COOKIE)
            assert cookie is not None
            size = {"width": width, "height": 900}
            context = chromium.new_context(viewport=size, reduced_motion="reduce", **options)  # type: ignore[arg-type]
            context.set_default_timeout(15_000)
            context.add_cookies([{"name": acting.COOKIE, "value": cookie.value, "url": root}])
            contexts.append(context)
            page = context.new_page()
            page.on("pageerror", lambda error: complaints.append(str(error)))
            page.on("console", lambda said: heard(said.type, said.text))
            page.goto(root + address)
            return page

        yield begin
        for context in contexts:
            context.close()
    assert complaints == []
