"""Who may use which page: every endpoint says so, and what needs a role is refused without it, without the token, and
from other sites."""

import pytest
from werkzeug.routing import AnyConverter, IntegerConverter

from litbase.web import acting, create_app, permissions
from litbase.web.posting import READING
from tests.web.conftest import emptied, served, sign_in

JSON = {"Accept": "application/json"}
OURS = JSON | {"Origin": "http://127.0.0.1:8000"}


@pytest.fixture
def library(tmp_path):
    made = emptied(tmp_path / "library")
    yield made
    made.close()


@pytest.fixture
def app(library):
    return served(library)


def something(converter):
    """A value that *converter* takes."""
    match converter:
        case IntegerConverter():
            return 1
        case AnyConverter():
            return sorted(converter.items)[0]
    return "x"


def routes(app):
    """(Method, address, role) of every rule, with something in place of what is variable."""
    for rule in app.url_map.iter_rules():
        values = {name: something(rule._converters[name]) for name in rule.arguments}
        with app.test_request_context():
            address = rule.build(values, append_unknown=False)
        for method in sorted(rule.methods - {"HEAD", "OPTIONS"}):
            yield method, address[1] if address else rule.rule, permissions.needed(rule.endpoint), rule.endpoint


def test_every_endpoint_says_what_it_needs(app):
    roles = {permissions.OPEN, permissions.READER, permissions.EDITOR, permissions.ADMIN}
    assert [(endpoint, needed) for _, _, needed, endpoint in routes(app) if needed not in roles] == []


def test_the_table_names_only_what_there_is(app):
    there = {rule.endpoint for rule in app.url_map.iter_rules()}
    there |= {endpoint.partition(".")[0] for endpoint in there}
    assert set(permissions.NEEDED) - there == set()
    assert set(permissions.LARGEST) - there == set()


def protected(app, *roles):
    return [(method, address) for method, address, needed, _ in routes(app) if needed in roles]


def test_whoever_is_not_signed_in_is_led_to_the_door_or_refused(app):
    client = app.test_client()
    for method, address in protected(app, "reader", "editor", "admin"):
        answer = client.open(address, method=method, headers=OURS)
        if method in READING:
            assert answer.status_code == 302, address
            assert answer.headers["Location"].startswith("/login?next="), address
        else:
            assert answer.status_code == 403, address
            assert answer.get_json()["error"]["kind"] == "signed-out", address


def test_a_role_too_low_is_refused_and_logged(app, library):
    client = app.test_client()
    sign_in(client, library, "reader", "Rae")
    asked = protected(app, "editor", "admin")
    for method, address in asked:
        answer = client.open(address, method=method, headers=OURS)
        assert answer.status_code == 403, address
        assert any(said in answer.get_data(as_text=True) for said in ("not for every account", '"forbidden"')), address
    assert len(library.store.audit.page(1000, who="Rae", action="refused")) == len(asked)


def test_editors_are_not_admins(app, library):
    client = app.test_client()
    sign_in(client, library, "editor")
    for method, address in protected(app, "admin"):
        answer = client.open(address, method=method, headers=OURS)
        assert answer.status_code == 403, address


@pytest.mark.parametrize("token", ["", "x", "0" * 64, "ü", "another's"])
def test_nothing_is_posted_without_the_token_of_the_session(app, library, token):
    client, other = app.test_client(), app.test_client()
    sign_in(client, library, "admin")
    if token == "another's":
        token = sign_in(other, library, "admin", "Ben").form_token
    for method, address in protected(app, "reader", "editor", "admin"):
        if method not in READING:
            answer = client.open(address, method=method, data={"token": token}, headers=OURS)
            assert answer.status_code == 403, address
            assert answer.get_json()["error"]["kind"] == "token", address


def test_nor_from_another_site_even_with_it(app, library):
    client = app.test_client()
    token = sign_in(client, library, "admin").form_token
    for method, address in protected(app, "reader", "editor", "admin"):
        if method not in READING:
            for headers in ({}, {"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
                answer = client.open(address, method=method, data={"token": token}, headers=JSON | headers)
                assert answer.status_code == 403, address
                assert answer.get_json()["error"]["kind"] == "foreign", address


def test_pages_of_a_session_are_kept_nowhere(app, library):
    client = app.test_client()
    assert client.get("/").headers["Cache-Control"] == "no-cache"
    sign_in(client, library, "editor")
    for address in ("/", "/search", "/help", "/stats", "/nosuchpage"):
        answer = client.get(address)
        assert answer.headers["Cache-Control"] == "private, no-store", address
        assert "Cookie" in answer.headers["Vary"], address


def test_what_is_written_is_logged_with_the_address_it_came_from(app, library):
    client = app.test_client()
    sign_in(client, library, "reader", "Rae")
    method, address = protected(app, "editor", "admin")[0]
    client.open(address, method=method, headers=OURS)
    assert library.store.audit.page(1)[0].origin == "127.0.0.1"


@pytest.mark.parametrize("public_url", ["http://127.0.0.1:8000", "https://lib.example/refs"])
def test_the_cookie_is_as_strict_as_the_address_allows(tmp_path, public_url):
    library = emptied(tmp_path / "library", public_url=public_url)
    app = create_app(library)
    with app.test_request_context():
        said = acting.remember(app.make_response(""), "x" * 43).headers["Set-Cookie"]
    secure = public_url.startswith("https")
    assert said.startswith("__Host-litbase=" if secure else "litbase=")
    assert ("Secure" in said) is secure
    assert {"HttpOnly", "Path=/", "SameSite=Lax"} <= {part.strip() for part in said.split(";")}
    library.close()
