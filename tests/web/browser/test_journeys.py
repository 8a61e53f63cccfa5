"""Three ways through the real library, with and without scripts: a student, a researcher, a reader without a mouse."""

import json
import re
import shutil
import subprocess
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import ElementHandle, Locator, Page, expect

from litbase.library.finding import count
from litbase.query.state import SearchState
from litbase.web import create_app
from tests.web.browser.conftest import serving

pytestmark = [
    pytest.mark.slow,
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
SCRIPTS = {"with scripts": True, "without scripts": False}
CLIPBOARD = ["clipboard-read", "clipboard-write"]
STUDENT = "learning at the boundaries"
RESEARCHER = "school"
YEARS = ("1990", "2015")
MOST_TABS = 600
PATIENCE = 20_000  # milliseconds
SEEN = """goal => {
    const focused = document.activeElement, box = focused.getBoundingClientRect();
    const outlined = (element) => {
        const look = element && getComputedStyle(element);
        return look && look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) >= 2;
    };
    const there = box.width && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
    const seen = there && (outlined(focused) || outlined(focused.closest('.field')));
    return [focused === goal, seen ? '' : focused.outerHTML.slice(0, 200)];
}"""

WAY = """goal => {
    const focused = document.activeElement;
    if (focused === goal) return '';
    return focused.compareDocumentPosition(goal) & Node.DOCUMENT_POSITION_PRECEDING ? 'Shift+Tab' : 'Tab';
}"""


@pytest.fixture(scope="module")
def served(full):
    """The address of the real library; these tests use it in place of the small one."""
    app = create_app(full[0])
    with serving(app) as address:
        yield address


@pytest.fixture
def total(full):
    """total(page) is how many records its address finds."""
    return lambda page: count(full[0], state_of(page))


def state_of(page: Page) -> SearchState:
    return SearchState.from_args(parse_qsl(urlsplit(page.url).query))[0]


def said(page: Page) -> int:
    """The number in the heading."""
    return int(page.locator("#res-h .num").inner_text().replace(",", ""))


def changes(page: Page, act) -> None:
    """Do *act* and wait until the results are other ones."""
    head = page.locator("#res-head")
    before = head.get_attribute("data-url") or ""
    act()
    expect(head).not_to_have_attribute("data-url", before, timeout=PATIENCE)


def is_back_at(page: Page, place: float) -> None:
    """The page is scrolled to *place*; the browser takes a moment for it."""
    for _ in range(PATIENCE // 100):
        if page.evaluate("scrollY") == place:
            return
        page.wait_for_timeout(100)
    pytest.fail(f"scrolled to {page.evaluate('scrollY')}, not to {place}")


def entries(page: Page, link: Locator, act=None) -> str:
    """The text of the file that *link* leads to."""
    with page.expect_download() as download:
        (act or link.click)()
    return download.value.path().read_text("utf-8")


def as_pandoc_reads(bibtex: str) -> list[dict]:
    if not shutil.which("pandoc"):
        pytest.skip("pandoc is missing; install it with: sudo apt-get install pandoc")
    made = subprocess.run(
        ["pandoc", "-f", "bibtex", "-t", "csljson"], input=bibtex, capture_output=True, text=True, check=True
    )
    return json.loads(made.stdout)


def is_the_chapter(bibtex: str) -> None:
    """It is the catalogue's seed, with all that a citation of a chapter needs."""
    [item] = as_pandoc_reads(bibtex)
    assert item["type"] == "chapter"
    assert item["title"].lower().startswith(STUDENT)  # pandoc reads English titles as sentences
    assert item["DOI"] == "10.4324/9780203774977-25"
    assert item["container-title"].lower() == "handbook of the cultural foundations of learning"
    assert "{Handbook of the Cultural Foundations of Learning}" in bibtex
    assert item["page"] == "365-384"


def numbers_agree(page: Page, bibtex: str, total: int) -> None:
    """The file has as many entries as the heading said and the library finds."""
    assert len(re.findall(r"^@\w+\{", bibtex, re.M)) == said(page) == total > 20


@pytest.mark.parametrize("scripts", SCRIPTS.values(), ids=SCRIPTS)
def test_a_student_finds_a_chapter_and_takes_its_bibtex(visit, scripts):
    page = visit("/", permissions=CLIPBOARD, java_script_enabled=scripts)
    page.fill("#q", STUDENT)
    page.press("#q", "Enter")
    page.wait_for_url("**/search?q=learning+at+the+boundaries")
    link = page.locator(".hit").first.locator("[data-copyfile]")
    if not scripts:
        return is_the_chapter(entries(page, link))
    link.click()
    expect(page.locator("[data-toast]")).to_have_text("Copied")
    is_the_chapter(page.evaluate("navigator.clipboard.readText()"))


@pytest.mark.parametrize("scripts", SCRIPTS.values(), ids=SCRIPTS)
def test_a_researcher_narrows_reads_comes_back_and_exports(visit, total, scripts):
    page = visit(f"/search?q={RESEARCHER}", java_script_enabled=scripts)

    def apply() -> None:
        if not scripts:
            page.click(".apply button")

    boxes = [f"#{box.get_attribute('id')}" for box in page.locator("[data-facet=descriptor] .opt input").all()[:2]]
    found = [said(page)]
    for box in boxes:

        def tick(box: str = box) -> None:
            page.check(box)
            apply()

        changes(page, tick)
        found.append(said(page))
        assert found[-1] == total(page)
    everything, one, either = found
    assert one < either < everything

    row = page.locator("[data-facet=source] .opt").first
    name = row.locator("input").get_attribute("value")
    row.hover()
    changes(page, row.locator("a.not").click)
    expect(page.locator(".filterchip.not")).to_contain_text(f"Not {name}")
    assert said(page) < either

    def years() -> None:
        page.fill("#f-from", YEARS[0])
        page.fill("#f-to", YEARS[1])
        page.press("#f-to", "Enter")

    changes(page, years)
    expect(page.locator(".filterchip").last).to_contain_text("1990–2015")

    def newest() -> None:
        page.select_option("#f-sort", "newest")
        if not scripts:
            page.click("[data-order] button")

    changes(page, newest)
    changes(page, page.locator(".pager a", has_text=re.compile("^3$")).click)
    state = state_of(page)
    assert (state.page, state.sort, len(state.chosen("descriptor"))) == (3, "newest", 2)
    assert state.excluded("source") == (name,)
    assert said(page) == total(page)

    titles, address = page.locator(".hit h2").all_inner_texts(), page.url
    hit = page.locator(".hit h2 a").nth(6)
    hit.scroll_into_view_if_needed()
    place = page.evaluate("scrollY")
    hit.click()
    expect(page.locator(".crumbs")).to_contain_text(f"27 of {said_in_crumbs(page)}")
    page.go_back()
    assert page.url == address
    assert page.locator(".hit h2").all_inner_texts() == titles
    is_back_at(page, place)
    page.locator(".hit h2 a").nth(6).click()
    page.click(".crumbs a >> nth=0")
    expect(page.locator(".hit h2")).to_have_count(len(titles))  # the page comes in pieces
    assert (page.url, page.locator(".hit h2").all_inner_texts()) == (address, titles)

    page.click(".toolbar .menu summary")
    link = page.locator(".toolbar .menu-panel a", has_text="BibTeX")
    expect(page.locator(".toolbar .menu-note")).to_contain_text(f"All {said(page):,} records")
    numbers_agree(page, entries(page, link), total(page))


def said_in_crumbs(page: Page) -> str:
    return page.locator(".crumbs .num").first.inner_text().split()[0]


class Keyboard:
    """A reader without a mouse: after each key the focus must be seen."""

    def __init__(self, page: Page):
        self.page = page

    def press(self, key: str, goal: ElementHandle | None = None) -> bool:
        """Press *key*; what has the focus then is outlined and in view; whether it is *goal*."""
        self.page.keyboard.press(key)
        reached, unseen = self.page.evaluate(SEEN, goal)
        assert unseen == ""
        return bool(reached)

    def to(self, target: str) -> None:
        """Press Tab, or Shift and Tab where it stands before what has the focus, until *target* has it."""
        goal = self.page.locator(target).first.element_handle()
        way = goal.evaluate(WAY)
        for _ in range(MOST_TABS if way else 0):
            if self.press(way, goal):
                return
        assert not way, f"{target} cannot be reached by {way}"

    def act(self, key: str) -> None:
        """Press *key* where that may leave the page."""
        self.page.keyboard.press(key)


@pytest.mark.parametrize("scripts", SCRIPTS.values(), ids=SCRIPTS)
def test_a_student_without_a_mouse(visit, scripts):
    page = visit("/", permissions=CLIPBOARD, java_script_enabled=scripts, reduced_motion="reduce")
    keys = Keyboard(page)
    keys.press("Tab")
    expect(page.locator(".skip").first).to_be_focused()
    if scripts:
        keys.press("/")
    keys.to("#q")
    page.keyboard.type(STUDENT)
    keys.act("Enter")
    page.wait_for_url("**/search?q=learning+at+the+boundaries")
    if scripts:
        keys.press("j")
    keys.to(".hit [data-copyfile]")
    if not scripts:
        return is_the_chapter(entries(page, page.locator(".hit [data-copyfile]"), lambda: keys.act("Enter")))
    keys.press("Enter")
    expect(page.locator("[data-toast]")).to_have_text("Copied")
    is_the_chapter(page.evaluate("navigator.clipboard.readText()"))


@pytest.mark.parametrize("scripts", SCRIPTS.values(), ids=SCRIPTS)
def test_a_researcher_without_a_mouse(visit, total, scripts):
    page = visit("/", java_script_enabled=scripts, reduced_motion="reduce")
    keys = Keyboard(page)
    keys.to("#q")
    page.keyboard.type(RESEARCHER)
    keys.act("Enter")
    page.wait_for_url("**/search?q=school")

    def applied(act, focus: str) -> None:
        """Do *act* on what *focus* is; with scripts at once, and the focus stays; without them by the button."""

        def whole() -> None:
            act()
            if not scripts:
                keys.to(".apply button")
                keys.act("Enter")

        changes(page, whole)
        if scripts:
            expect(page.locator(focus)).to_be_focused()
            expect(page.locator("[data-live]")).to_have_text(f"{said(page):,} records")

    def years() -> None:
        page.keyboard.type(YEARS[0])
        keys.press("Tab")
        page.keyboard.type(YEARS[1])
        if scripts:
            keys.press("Enter")

    keys.to("#f-from")
    applied(years, "#f-to")
    expect(page.locator(".filterchip")).to_contain_text("1990–2015")
    ids = [box.get_attribute("id") for box in page.locator("[data-facet=descriptor] .opt input").all()[:2]]
    for id in ids:
        keys.to(f"#{id}")
        applied(lambda: keys.press(" "), f"#{id}")
    assert len(state_of(page).chosen("descriptor")) == 2

    row = page.locator("[data-facet=source] .opt").first
    name, id = row.locator("input").get_attribute("value"), row.locator("input").get_attribute("id")
    keys.to("[data-facet=source] a.not")
    expect(page.locator("[data-facet=source] a.not").first).to_have_css("opacity", "1")
    changes(page, lambda: keys.act("Enter"))
    assert state_of(page).excluded("source") == (name,)
    if scripts:
        expect(page.locator(f"#{id}")).to_be_focused()

    def newest() -> None:
        keys.press("ArrowDown")
        if not scripts:
            keys.to("[data-order] button")
            keys.act("Enter")

    keys.to("#f-sort")
    changes(page, newest)
    keys.to(".pager a[aria-label='Page 3']")
    changes(page, lambda: keys.act("Enter"))
    assert (state_of(page).page, state_of(page).sort, said(page)) == (3, "newest", total(page))
    address = page.url

    if scripts:
        keys.press("j")
        keys.press("j")
        keys.act("o")
    else:
        keys.to(".hit:nth-child(2) h2 a")
        keys.act("Enter")
    page.wait_for_url("**/record/**")
    expect(page.locator(".crumbs")).to_contain_text("22 of")
    keys.to(".crumbs a")
    keys.act("Enter")
    page.wait_for_url("**/search?**")
    assert page.url == address

    keys.to(".toolbar .menu summary")
    keys.press("Enter")
    link = ".toolbar .menu-panel a[href^='/search.bib']"
    keys.to(link)
    numbers_agree(page, entries(page, page.locator(link), lambda: keys.act("Enter")), total(page))
