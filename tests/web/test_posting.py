"""What may be posted, by the headers browsers send, on every route that takes a form; and where forms lead back."""

import pytest
from werkzeug.datastructures import Headers

from litbase.web import posting
from litbase.web.posting import is_our_page, is_sent_by_us

HTTP, HTTPS = "http://127.0.0.1:8000", "https://lib.example/refs"
MATRIX = (  # what is sent, the public address, the host asked, accepted
    ("nothing", {}, HTTP, "127.0.0.1:8000", False),
    ("same-origin", {"Sec-Fetch-Site": "same-origin"}, HTTP, "127.0.0.1:8000", True),
    ("same-origin and any Origin", {"Sec-Fetch-Site": "same-origin", "Origin": "null"}, HTTP, "x", True),
    ("same-site", {"Sec-Fetch-Site": "same-site", "Origin": HTTP}, HTTP, "127.0.0.1:8000", False),
    ("cross-site", {"Sec-Fetch-Site": "cross-site", "Origin": HTTP}, HTTP, "127.0.0.1:8000", False),
    ("nonsense", {"Sec-Fetch-Site": "same-origin, none", "Origin": HTTP}, HTTP, "127.0.0.1:8000", False),
    ("none alone", {"Sec-Fetch-Site": "none"}, HTTP, "127.0.0.1:8000", False),
    ("none with Origin", {"Sec-Fetch-Site": "none", "Origin": HTTP}, HTTP, "127.0.0.1:8000", True),
    ("none with another's Origin", {"Sec-Fetch-Site": "none", "Origin": "http://evil.example"}, HTTP, "x", False),
    ("none with Referer only", {"Sec-Fetch-Site": "none", "Referer": HTTP + "/"}, HTTP, "127.0.0.1:8000", False),
    ("Origin of the public address", {"Origin": "https://lib.example"}, HTTPS, "127.0.0.1:8000", True),
    ("with its port", {"Origin": "https://lib.example:443"}, HTTPS, "127.0.0.1:8000", True),
    ("in other letters", {"Origin": "https://LIB.example"}, HTTPS, "127.0.0.1:8000", True),
    ("without its s", {"Origin": "http://lib.example"}, HTTPS, "lib.example", False),
    ("on another port", {"Origin": "https://lib.example:444"}, HTTPS, "lib.example", False),
    ("Origin of the host asked", {"Origin": "http://localhost:9000"}, HTTP, "localhost:9000", True),
    ("Origin of another port of it", {"Origin": "http://localhost:9001"}, HTTP, "localhost:9000", False),
    ("Origin of an IPv6 host", {"Origin": "http://[::1]:8000"}, HTTP, "[::1]:8000", True),
    ("another's Origin", {"Origin": "https://evil.example"}, HTTPS, "lib.example", False),
    ("an Origin that begins like ours", {"Origin": "https://lib.example.evil.example"}, HTTPS, "lib.example", False),
    ("an Origin with a name before the host", {"Origin": "https://lib.example@evil.example"}, HTTPS, "x", False),
    ("no origin at all", {"Origin": "null"}, HTTP, "null", False),
    ("a file", {"Origin": "file://"}, HTTP, "127.0.0.1:8000", False),
    ("no sense", {"Origin": "http://[::1"}, HTTP, "127.0.0.1:8000", False),
    ("no port", {"Origin": "http://127.0.0.1:99999999"}, HTTP, "127.0.0.1:8000", False),
    ("Referer of ours", {"Referer": HTTP + "/search?q=x"}, HTTP, "127.0.0.1:8000", True),
    ("another's Referer", {"Referer": "http://evil.example/?http://127.0.0.1:8000"}, HTTP, "127.0.0.1:8000", False),
    ("Origin counts before Referer", {"Origin": "http://evil.example", "Referer": HTTP}, HTTP, "127.0.0.1:8000", False),
    ("an empty Origin", {"Origin": "", "Referer": HTTP}, HTTP, "127.0.0.1:8000", True),
)


@pytest.mark.parametrize(("headers", "public", "host", "accepted"), [m[1:] for m in MATRIX], ids=[m[0] for m in MATRIX])
def test_only_what_our_pages_send_is_accepted(headers, public, host, accepted):
    assert is_sent_by_us(Headers(headers), host, public) is accepted


def test_every_route_that_takes_a_form_refuses_other_sites(app):
    client = app.test_client()
    rules = [rule for rule in app.url_map.iter_rules() if rule.methods - posting.READING]
    assert {"/list/add", "/settings/theme"} <= {rule.rule for rule in rules}
    for rule in rules:
        address = rule.rule.replace("<", "").replace(">", "")
        for method in rule.methods - posting.READING:
            for headers in ({}, {"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
                assert client.open(address, method=method, headers=headers).status_code == 403, address


def test_a_refusal_says_what_to_do(client, opened):
    answer = client.post("/list/add", data={"only": "EJ1223055"})
    page = opened(answer)
    assert answer.status_code == 403
    assert "Set-Cookie" not in answer.headers
    assert page.text("h1") == "This was not sent from a page of this site"
    assert "Origin: http://127.0.0.1:8000" in page.text()
    told = client.post("/list/add", headers={"Accept": "application/json"}).get_json()
    assert (told["error"]["status"], told["error"]["kind"]) == (403, "foreign")


OURS = ("/", "/list", "/search?q=a%2F%2Fb&page=2", "/record/EJ1223055?q=x&at=1#h", "/search?q=//evil.example",
        "/search?q=http://evil.example/", "/help", "/doi/10.1000/x.y")  # fmt: skip
OTHERS = ("", "list", "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example", "/%2f%2fevil.example",
          "/%2F/evil.example", "/%252f%252fevil.example", "/%5cevil.example", "http://evil.example",
          "https:evil.example", "http:/list", "javascript:alert(1)", "/list\r\nSet-Cookie: a=b", "/list\n", "/\tlist",
          " /list", "/list ", "/list\x00", "/nosuchpage", "/list/add", "//localhost/list", "/search\\..\\x",
          "/search?q=" + "x" * 9000, "/[", "//[", "/%0d%0aX:1")  # fmt: skip


@pytest.mark.parametrize("address", OURS)
def test_forms_lead_back_to_our_pages(app, address):
    with app.test_request_context():
        assert is_our_page(address)


@pytest.mark.parametrize("address", OTHERS)
def test_forms_lead_nowhere_else(app, address):
    with app.test_request_context():
        assert not is_our_page(address)
    if not address:
        return
    data = {"theme": "dark", "next": address}
    answer = app.test_client().post("/settings/theme", data=data, headers={"Origin": "http://localhost"})
    assert answer.status_code == 400
    assert "Location" not in answer.headers
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize(("theme", "shown"), [("dark", "dark"), ("light", "light"), ("auto", None)])
def test_a_theme_can_be_chosen_by_a_form(app, opened, theme, shown):
    client = app.test_client()
    client.set_cookie("litbase-theme", "dark")
    data = {"theme": theme, "next": "/search?q=learning"}
    answer = client.post("/settings/theme", data=data, headers={"Origin": "http://localhost"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/search?q=learning")
    page = opened(client.get("/help"))
    assert page.one("html").get("data-theme") == shown
    assert page.one(f".theme button[value={theme}]")["aria-pressed"] == "true"
    assert page.one(".theme input[name=next]")["value"] == "/help"


def test_a_theme_that_is_none_is_refused(client):
    answer = client.post("/settings/theme", data={"theme": "<b>"}, headers={"Origin": "http://localhost"})
    assert answer.status_code == 400


@pytest.mark.parametrize(
    "address", ["/", "/search?q=a+b&q=%C3%A9%2F", "/record/EJ1223055?q=x&at=1", "/facet/author?by=name"]
)
def test_every_form_of_a_page_leads_back_to_it(app, opened, address):
    page = opened(app.test_client().get(address))
    ways = {str(field["value"]) for field in page.all("input[name=next]")}
    assert ways == {address}
    with app.test_request_context():
        assert is_our_page(address)
