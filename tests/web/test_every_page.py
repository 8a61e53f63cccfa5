"""What holds of every page without a browser: structure, validity, headers, weight, and that no link leads nowhere."""

import gzip
from collections import Counter
from itertools import pairwise
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit

import html5lib
import pytest

from litbase.web import CSP
from litbase.web.bundle import content
from litbase.web.pages import INERT
from tests.amount import amount
from tests.web.conftest import Page
from tests.web.every import EDITORS, EDITORS_OTHERS, OTHERS, PAGES, endpoint

HEAVIEST = 45_000  # bytes, packed: the page with its style and scripts
LEADING = {"a": "href", "link": "href", "script": "src", "img": "src", "form": "action", "use": "href"}
MOST_ALIKE = amount(2, 10_000)  # links that differ in the values of parameters alone
FILLED_LATER = {"cite-h"}  # the dialog comes with its heading


@pytest.fixture(scope="module")
def read(every):
    """Each page, fetched and parsed once."""
    held = {}
    for address, status in every.pages.items():
        answer = every.who(address).get(address)
        assert answer.status_code == status, address
        assert answer.mimetype == "text/html", address
        held[address] = Page(answer.get_data(as_text=True))
    return held


@pytest.fixture(params=[*PAGES, *EDITORS])
def address(request, every):
    return list(every.pages)[[*PAGES, *EDITORS].index(request.param)]


@pytest.fixture
def page(read, address):
    return read[address]


def test_every_page_is_in_the_list(every):
    known = {
        endpoint(every.app, address) for address in (*every.pages, *OTHERS, *EDITORS_OTHERS) if address != "/nosuchpage"
    }
    rules = {rule.endpoint for rule in every.app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    assert rules - known == set(), "a new page belongs into tests/web/every.py"


@pytest.mark.parametrize(("address", "kind"), (OTHERS | EDITORS_OTHERS).items())
def test_what_is_no_page_is_what_the_list_says(every, address, kind):
    with every.who(address).get(address) as answer:
        if kind.isdecimal():
            assert str(answer.status_code) == kind
        else:
            assert answer.status_code < 400
            assert answer.mimetype == kind.partition(" ")[0]
            assert b"<html" not in answer.get_data()


def test_a_page_is_valid_html(page):
    html5lib.HTMLParser(strict=True).parse(page.html)


def test_a_page_has_one_heading_one_main_and_one_title(page):
    assert len(page.all("h1")) == 1
    assert len(page.all("main")) == 1
    assert page.text("head > title")
    assert page.one("html")["lang"] == "en"
    levels = [int(each.name[1]) for each in page.all("h1, h2, h3, h4, h5, h6")]
    leaps = [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1]
    assert leaps == []


def test_ids_are_unique_and_what_refers_to_them_finds_them(page):
    ids = Counter(str(each["id"]) for each in page.all("[id]"))
    assert [id for id, count in ids.items() if count > 1] == []
    for attribute in ("for", "aria-labelledby", "aria-controls", "aria-describedby", "form"):
        wanted = {id for each in page.all(f"[{attribute}]") for id in str(each[attribute]).split()} - FILLED_LATER
        assert wanted <= set(ids), attribute
    assert {str(each["href"])[1:] for each in page.all("a[href^='#']")} <= set(ids)


def test_every_input_has_a_label(page):
    labelled = {label.get("for") for label in page.all("label[for]")}
    for field in page.all("input:not([type=hidden]), select, textarea"):
        assert field.find_parent("label") or field.get("id") in labelled or field.get("aria-label"), field
    for button in page.all("button, a[href], summary"):
        assert button.get_text(strip=True) or button.get("aria-label"), button


def test_a_page_has_no_inline_style_script_or_handler(page):
    assert page.all("[style], style, script:not([src]):not([type='application/ld+json'])") == []
    assert [each.name for each in page.soup.find_all(True) if any(name.startswith("on") for name in each.attrs)] == []


@pytest.mark.parametrize("address", [*PAGES, *OTHERS, *EDITORS, *EDITORS_OTHERS])
def test_the_security_headers_are_on_every_route(every, address):
    client = every.editor if every.is_for_editors(address) else every.app.test_client()
    with client.get(address) as answer:
        headers = answer.headers
    picture = address.startswith("/logo.")  # which has a stricter policy of its own
    assert headers["Content-Security-Policy"] == (INERT if picture else CSP)
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert "Set-Cookie" not in headers
    assert "Strict-Transport-Security" not in headers  # the library is at an http address


def test_a_page_is_light(page):
    files = {urlsplit(str(each.get("href") or each.get("src"))).path.rpartition("/")[2]
             for each in page.all("link[rel=stylesheet], script[src]")}  # fmt: skip
    assert "litbase.js" in files
    assert len(files & {"litbase.css", "desk.css"}) == 1
    whole = [page.html.encode(), *(content(name) for name in files)]
    assert sum(len(gzip.compress(data)) for data in whole) <= HEAVIEST


def test_every_link_on_every_page_is_answered(every, read):
    found = {
        (
            every.is_for_editors(here),
            urldefrag(urljoin(f"http://localhost{here}", str(each[LEADING[each.name]])))[0],
        ): here
        for here, page in read.items()
        for each in page.all(", ".join(f"{tag}[{name}]" for tag, name in LEADING.items()))
        if each.get("method") != "post"
        and not each.select("[required]")
        and here != "/components"  # which shows samples of records
    }
    ours = {(edits, url.removeprefix("http://localhost")): here for (edits, url), here in found.items()
            if urlsplit(url).netloc == "localhost"}  # fmt: skip
    assert len(ours) > 200
    broken, alike = {}, Counter()
    for (edits, address), here in ours.items():
        shape = (edits, urlsplit(address).path, *(name for name, _ in parse_qsl(urlsplit(address).query)))
        alike[shape] += 1
        if alike[shape] > MOST_ALIKE:
            continue
        with (every.editor if edits else every.client).get(address, follow_redirects=True) as answer:
            if answer.status_code >= 400 and every.pages.get(address, 200) < 400:
                broken[address] = (answer.status_code, here)
    assert broken == {}
