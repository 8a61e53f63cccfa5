"""Accounts in a browser: signing in, two browsers at once, another password, the other's session; without scripts."""

import pytest
from playwright.sync_api import expect

from litbase.library import accounts
from litbase.web import create_app
from tests.web.browser.conftest import onward, serving
from tests.web.conftest import emptied

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.usefixtures("quick_hashes"),
]
PASSWORD, OTHER = "a few plain words", "some other plain words"


@pytest.fixture
def library(tmp_path):
    made = emptied(tmp_path / "library")
    accounts.add_account(made, "Ann", "admin", PASSWORD, who="tester")
    accounts.add_account(made, "Ben", "editor", PASSWORD, who="tester")
    yield made
    made.close()


@pytest.fixture
def root(library):
    app = create_app(library)
    app.testing = False
    with serving(app) as address:
        yield address


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def browser(request, chromium, root):
    """browser() is a page in a new browser."""
    contexts = []

    def begin():
        context = chromium.new_context(java_script_enabled=request.param, base_url=root)
        context.set_default_timeout(10_000)
        contexts.append(context)
        return context.new_page()

    yield begin
    for context in contexts:
        context.close()


def enter(page, name="Ann", password=PASSWORD, at="/"):
    page.goto(at)
    page.click("footer a:has-text('Sign in')")
    page.fill("#name", name)
    page.fill("#password", password)
    onward(page, lambda: page.click("main button:has-text('Sign in')"))


def test_signing_in_leads_back_and_signing_out_ends_it(browser):
    page = browser()
    enter(page, password="wrong, all of it", at="/stats")
    expect(page.locator("#problem")).to_have_text("The name or the password is not right.")
    expect(page.locator("#name")).to_have_value("Ann")
    page.fill("#password", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/stats")
    page.click(".site-nav summary:has-text('Ann')")
    page.click(".site-nav .nav-wide button:has-text('Sign out')")
    expect(page.locator("footer a:has-text('Sign in')")).to_be_visible()
    page.goto("/account")
    expect(page.locator("h1")).to_have_text("Sign in")


def test_two_browsers_one_ends_the_other_and_changes_the_password(browser):
    here, there = browser(), browser()
    enter(here)
    enter(there)
    here.goto("/account")
    expect(here.locator(".entries li")).to_have_count(2)
    here.click(".entries button:has-text('Sign out')")
    expect(here.locator(".entries li")).to_have_count(1)
    there.goto("/account")
    expect(there.locator("h1")).to_have_text("Sign in")
    there.fill("#name", "Ann")
    there.fill("#password", PASSWORD)
    there.click("main button:has-text('Sign in')")
    expect(there.locator("h1")).to_have_text("Ann")
    here.fill("#old", PASSWORD)
    here.fill("#new", OTHER)
    here.fill("#again", OTHER)
    here.click("main button:has-text('Change password')")
    here.wait_for_url("**/account#changed")
    expect(here.locator(".entries li")).to_have_count(1)
    there.reload()
    expect(there.locator("h1")).to_have_text("Sign in")
    enter(there, password=OTHER)
    there.goto("/account")
    expect(there.locator("h1")).to_have_text("Ann")


def test_an_admin_disables_an_editor_who_is_at_work(browser):
    admin, editor = browser(), browser()
    enter(admin)
    enter(editor, "Ben")
    expect(editor.locator(".site-nav .who")).to_have_text("Ben")
    admin.goto("/users")
    admin.click("button:has-text('Disable Ben')")
    expect(admin.locator(".entries li:has-text('Ben') .badge")).to_have_text("Disabled")
    editor.reload()
    expect(editor.locator(".site-nav .who")).to_have_count(0)
    enter(editor, "Ben")
    expect(editor.locator("#problem")).to_have_text("The name or the password is not right.")
    admin.goto("/audit?who=Ann&action=account-state")
    expect(admin.locator("tbody tr")).to_have_count(1)


def test_a_form_from_before_signing_in_again_is_not_taken_and_says_so(browser):
    page = browser()
    enter(page)
    page.goto("/account")
    other = page.context.new_page()
    page.context.clear_cookies()
    enter(other)
    page.fill("#old", PASSWORD)
    page.fill("#new", OTHER)
    page.fill("#again", OTHER)
    page.click("main button:has-text('Change password')")
    expect(page.locator("h1")).to_have_text("This form is from another session")
