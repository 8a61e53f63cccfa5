"""Every answer, whatever was asked, has the headers that keep a reader safe; and nothing asked is a failure."""

import re
from dataclasses import replace

import pytest
from werkzeug.routing import AnyConverter

from litbase.web import CSP, HEADERS, create_app
from litbase.web.serve import REFUSED, _pages

VALUES = {
    "name": "EJ1223055",
    "id": "EJ1223055",
    "suffix": "bib",
    "scheme": "doi",
    "value": "10.1007/s10833-019-0000-1",
}
HOSTILE = (
    "..",
    "../../etc/passwd",
    "%00",
    "%FF%FE",
    "a" * 5000,
    "<script>",
    "%0d%0aSet-Cookie:%20a=b",
    "💥",
    "-1",
    ".",
)


def addresses(app):
    """An address for every rule of the application that can be read, with values that are there."""
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()):
            continue
        values = {name: VALUES.get(name, "1") for name in rule.arguments}
        if rule.endpoint == "static.file":
            values = {"name": "litbase.css"}
        if rule.endpoint.startswith("search.facet"):
            values = {"name": "type"}
        for name, converter in rule._converters.items():
            if isinstance(converter, AnyConverter) and values[name] not in converter.items:
                values[name] = min(converter.items)
        yield app.url_map.bind("127.0.0.1").build(rule.endpoint, values)


@pytest.fixture(scope="module")
def every(app):
    return sorted(set(addresses(app)))


def unsafe(answer):
    """The headers that are missing or other than they should be."""
    return [name for name, value in HEADERS.items() if answer.headers.get(name) != value]


def test_every_address_of_the_application_has_them(app, every):
    client, codes = app.test_client(), {}
    for address in every:
        with client.get(address) as answer:
            codes[address] = answer.status_code
            assert unsafe(answer) == [], address
    assert [address for address, code in codes.items() if code >= 500] == []
    assert len(every) > 15


def test_other_methods_errors_and_answers_without_a_body_have_them(app, every):
    client = app.test_client()
    tag = client.get("/static/litbase.css").headers["ETag"]
    answers = [client.get("/static/litbase.css", headers={"If-None-Match": tag}), client.get("/nosuchpage"),
               client.get("/search", headers={"Host": "evil.example"}), client.get("/search?page=99"),
               client.get("/favicon.ico"), client.get("/search?q=" + "a" * 20_000)]  # fmt: skip
    assert [a.status_code for a in answers] == [304, 404, 400, 302, 302, 414]
    for address in every:
        for method in ("HEAD", "OPTIONS", "POST", "PUT", "DELETE", "TRACE", "PROPFIND"):
            answers.append(client.open(address, method=method, buffered=True))
            assert answers[-1].status_code < 500, (method, address)
    assert [(a.request.path, a.status_code) for a in answers if unsafe(a)] == []


def test_an_https_library_says_so_everywhere(web_library, every):
    settings = replace(web_library.settings, public_url="https://library.example")
    client = create_app(replace(web_library, settings=settings)).test_client()
    for address in every:
        with client.get(address, headers={"Host": "library.example"}) as answer:
            assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains", address


def test_what_the_server_itself_refuses_gets_a_page_with_them(app):
    pages = _pages(app)
    assert set(pages) == set(REFUSED)
    for code, (status, headers, body) in pages.items():
        assert status.startswith(str(code))
        assert dict(headers)["Content-Security-Policy"] == CSP
        assert body.count(b"<h1>") == 1
        assert b"</html>" in body


@pytest.mark.parametrize("host", ["evil.example", "", "127.0.0.1.evil.example", "127.0.0.1@evil.example", "a b", "[::1",
                                  "../..", "localhost:99999999999", "\x00", "é", "a" * 5000])  # fmt: skip
def test_a_hostile_host_is_refused_or_without_effect(client, host):
    answer = client.get("/search?q=learning", headers={"Host": host.encode("utf-8").decode("latin-1")})
    assert answer.status_code in (200, 400)
    assert b"evil" not in answer.data
    assert unsafe(answer) == []


def test_hostile_values_in_every_address_and_parameter_are_no_failure(app, every):
    client, failed = app.test_client(), []
    for hostile in HOSTILE:
        for rule in app.url_map.iter_rules():
            address = re.sub(r"<any\((\w+)[^>]*>", r"\1", rule.rule)  # the first of a choice
            address = re.sub(r"<[^>]*>", hostile.replace("\\", r"\\"), address)
            with client.get(address) as answer:
                if answer.status_code >= 500:
                    failed.append((answer.status_code, address))
        for address in every:
            with client.get(f"{address}?q={hostile}&page={hostile}&from={hostile}&type={hostile}&{hostile}={hostile}"
                            f"&find={hostile}&leaf={hostile}&style={hostile}&sort={hostile}") as answer:  # fmt: skip
                if answer.status_code >= 500:
                    failed.append((answer.status_code, f"{address}?{hostile}"))
    assert failed == []


@pytest.mark.parametrize("parameters", ["a&" * 7000, "type=book&" * 1500, "not.descriptor=a&" * 900, "=" * 15_000,
                                        "q=" + "%28" * 5000, "&" * 15_000])  # fmt: skip
def test_thousands_of_parameters_are_answered(client, parameters):
    answer = client.get(f"/search?{parameters}")
    assert answer.status_code in (200, 302)
    assert unsafe(answer) == []


def test_a_cookie_of_a_hundred_kilobytes_is_no_failure(client):
    for name in ("litbase-theme", "litbase-list", "any"):
        assert client.get("/search", headers={"Cookie": f"{name}={'a' * 100_000}"}).status_code == 200
