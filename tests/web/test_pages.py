"""What holds of every page: its structure, its validity, its headers, and that no link leads nowhere."""

import gzip
import re
from collections import Counter
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

import html5lib
import pytest
from flask import template_rendered

from litbase.web import CSP
from litbase.web.frame import ErrorPage, Site
from litbase.web.links import STATIC
from litbase.web.views.cite import CitePage
from litbase.web.views.help import HelpPage
from litbase.web.views.history import HistoryPage
from litbase.web.views.home import HomePage
from litbase.web.views.record import RecordPage
from litbase.web.views.search import SearchPage
from litbase.web.views.values import FacetPage

PAGES = (
    "/",
    "/help",
    "/search",
    "/search?q=learning",
    "/search?q=learning&type=chapter&not.language=de&from=1990&to=2020&undated=1&sort=title&per=25",
    "/search?q=nothinglikethis+learning",
    "/search?q=nothinglikethis",
    "/search?page=2",
    "/search?cited=1&q=print",
    "/facet/descriptor",
    "/facet/author?q=learning&by=name&find=a",
    "/facet/descriptor?find=nosuchvalue",
    "/record/EJ1223055",
    "/record/EJ1223055?q=learning+communities&at=1",
    "/record/role-nd-professional-learning-networks",
    "/record/iperg-2013-improving-practice",
    "/record/ozgur-1988-ozgur-lernen-schule-stadt",
    "/record/EJ1223055/cite",
    "/record/EJ1223055/history",
)
ERRORS = {
    "/nosuchpage": 404,
    "/record/EJ1223O55": 404,
    "/doi/10.9999/none": 404,
    "/facet/title": 404,
    "/record/EJ1223055.zip": 404,
}
OTHERS = ("/search.json", "/record/EJ1223055.json", "/record/EJ1223055.bib", "/search.ris?q=learning",
          "/facet/type.json", "/record/EJ1223055/history.json", "/healthz", "/robots.txt", "/opensearch.xml",
          "/favicon.ico", "/static/litbase.css", "/search?page=99", "/doi/10.1007/s10833-019-0000-1")  # fmt: skip


@pytest.fixture(scope="module")
def fetched(app, opened):
    """Each page as it is read, fetched and parsed once."""
    client, pages = app.test_client(), {}

    def get(address):
        if address not in pages:
            answer = client.get(address)
            assert answer.status_code == ERRORS.get(address, 200)
            pages[address] = opened(answer)
        return pages[address]

    return get


@pytest.fixture(params=[*PAGES, *ERRORS])
def page(request, fetched):
    return fetched(request.param)


def test_a_page_is_valid_html(page):
    html5lib.HTMLParser(strict=True).parse(page.html)


def test_a_page_has_one_heading_one_main_and_one_title(page):
    assert len(page.all("h1")) == 1
    assert len(page.all("main")) == 1
    assert page.text("head > title")
    assert page.one("html")["lang"] == "en"


def test_ids_are_unique_and_what_refers_to_them_finds_them(page):
    ids = Counter(str(each["id"]) for each in page.all("[id]"))
    assert [id for id, count in ids.items() if count > 1] == []
    filled_later = {"cite-h"}  # the dialog comes with its heading
    for attribute in ("for", "aria-labelledby", "aria-controls", "form"):
        wanted = {str(each[attribute]) for each in page.all(f"[{attribute}]")} - filled_later
        assert wanted <= set(ids), attribute


def test_every_input_has_a_label(page):
    labelled = {label.get("for") for label in page.all("label[for]")}
    for field in page.all("input:not([type=hidden]), select, textarea"):
        assert field.find_parent("label") or field.get("id") in labelled or field.get("aria-label"), field
    for button in page.all("button, a[href], summary"):
        assert button.get_text(strip=True) or button.get("aria-label"), button


def test_a_page_has_no_inline_style_script_or_handler(page):
    assert page.all("[style], style, script:not([src]):not([type='application/ld+json'])") == []
    assert [each.name for each in page.soup.find_all(True) if any(name.startswith("on") for name in each.attrs)] == []


@pytest.mark.parametrize("address", [*PAGES, *ERRORS, *OTHERS])
def test_the_security_headers_are_on_every_route(client, address):
    with client.get(address) as answer:
        headers = answer.headers
    assert headers["Content-Security-Policy"] == CSP
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert "Set-Cookie" not in headers
    assert "Strict-Transport-Security" not in headers  # the library is at an http address


def test_the_policy_is_the_one_that_was_decided():
    assert CSP == (
        "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; "
        "trusted-types litbase"
    )


LEADING = {"a": "href", "link": "href", "script": "src", "form": "action", "use": "href"}


class Leading(HTMLParser):
    """Collects every address that a page leads to, by links, forms, files and pictures."""

    def __init__(self, here):
        super().__init__()
        self.here, self.found = f"http://localhost{here}", []

    def handle_starttag(self, tag, attrs):
        target = dict(attrs).get(LEADING.get(tag))
        url = urldefrag(urljoin(self.here, target or "#"))[0]
        if target and urlsplit(url).hostname == "localhost":
            self.found.append(url.removeprefix("http://localhost"))


def test_every_link_from_the_first_page_on_is_answered(client):
    """Breadth first; of addresses that differ in their values only, some of each shape are followed."""
    waiting, seen, shapes, broken = ["/"], {"/"}, Counter(), {}
    while waiting:
        address = waiting.pop(0)
        answer = client.get(address, follow_redirects=True)
        answer.close()
        if answer.status_code >= 400:
            broken[address] = answer.status_code
        if answer.mimetype != "text/html":
            continue
        leading = Leading(address)
        leading.feed(answer.get_data(as_text=True))
        for found in leading.found:
            parts = urlsplit(found)
            shape = (
                re.sub(r"/record/[^/.?]+", "/record/*", parts.path),
                *sorted(re.findall(r"(?:^|&)([^=]+)=", parts.query)),
            )
            if found not in seen and shapes[shape] < 2 and len(seen) < 250:
                shapes[shape] += 1
                seen.add(found)
                waiting.append(found)
    assert broken == {}
    assert len(seen) > 60


CONTEXTS = {
    "/": HomePage,
    "/help": HelpPage,
    "/search": SearchPage,
    "/facet/type": FacetPage,
    "/record/EJ1223055": RecordPage,
    "/record/EJ1223055/cite": CitePage,
    "/record/EJ1223055/history": HistoryPage,
    "/nosuchpage": ErrorPage,
}


@pytest.mark.parametrize(("address", "kind"), CONTEXTS.items())
def test_a_template_gets_its_documented_view_model_and_the_site(app, client, address, kind):
    seen = []
    with template_rendered.connected_to(lambda sender, template, context, **_: seen.append(context), app):
        client.get(address)
    assert isinstance(seen[0]["page"], kind)
    assert isinstance(seen[0]["site"], Site)
    own = set(seen[0]) - {"page", "site", "request", "session", "g"}
    assert own == set()
    for field in kind.__dataclass_fields__.values():
        assert field.metadata["help"], field.name


def test_a_fragment_is_the_page_without_its_frame(client):
    answer = client.get("/search?q=learning", headers={"X-Fragment": "results"})
    html = answer.get_data(as_text=True)
    assert "<html" not in html
    for id in ("res-head", "filters-body", "results"):
        assert f'id="{id}"' in html
    assert "X-Fragment" in answer.headers["Vary"]
    assert "X-Fragment" in client.get("/search?q=learning").headers["Vary"]


@pytest.mark.parametrize(("cookie", "theme"), [("dark", "dark"), ("light", "light"), ("", None), ('"><script>', None)])
def test_the_theme_comes_from_the_cookie(app, opened, cookie, theme):
    client = app.test_client()
    client.set_cookie("litbase-theme", cookie)
    assert opened(client.get("/")).one("html").get("data-theme") == theme


def test_another_host_name_is_refused(client):
    answer = client.get("/", headers={"Host": "evil.example"})
    assert answer.status_code == 400
    assert "evil.example" not in answer.get_data(as_text=True)
    for host in ("localhost:8000", "127.0.0.1", "[::1]:8000"):
        assert client.get("/", headers={"Host": host}).status_code == 200


def test_a_page_of_results_is_light(client):
    html = client.get("/search?q=learning").get_data()
    files = [(STATIC / name).read_bytes() for name in ("litbase.css", "litbase.js")]
    assert sum(len(gzip.compress(data)) for data in (html, *files)) <= 45_000
