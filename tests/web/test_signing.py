"""Signing in and out in a browser, and by a reverse proxy: what an attacker tries, and what people need."""

import re

import pytest

from litbase.library import accounts, throttle
from litbase.library.accounts import actor_of
from litbase.web import create_app
from tests.web.conftest import Page, emptied, post, served, sign_in

PASSWORD = "a few plain words"
pytestmark = pytest.mark.usefixtures("quick_hashes")
OURS = {"Origin": "http://127.0.0.1:8000"}


@pytest.fixture
def opening(tmp_path):
    """opening(**settings) is a library in which Ann is an admin, and its application."""
    opened = []

    def begin(**settings):
        library = emptied(tmp_path / f"library{len(opened)}", **settings)
        opened.append(library)
        accounts.add_account(library, "Ann", "admin", PASSWORD, who="tester")
        app = create_app(library)
        app.testing = False
        return library, app

    yield begin
    for library in opened:
        library.close()


@pytest.fixture
def library(opening):
    return opening()[0]


@pytest.fixture
def app(library):
    return served(library)


@pytest.fixture
def client(app):
    return app.test_client()


def enter(client, name="Ann", password=PASSWORD, origin=OURS, **more):
    return client.post("/login", data={"name": name, "password": password, **more}, headers=origin)


def cookie(client):
    found = client.get_cookie("litbase")
    return found.value if found else ""


def test_a_person_signs_in_is_named_on_every_page_and_signs_out(client, library):
    answer = enter(client, next="/search?q=x")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/search?q=x")
    page = Page(client.get("/search?q=x").get_data(as_text=True))
    assert page.texts(".site-nav .who") == ["Ann"]
    assert page.link("Ann admin") == "/account"
    assert "Sign in" not in page.text("footer")
    answer = post(client, "/logout")
    assert answer.status_code == 303
    assert "litbase=;" in answer.headers["Set-Cookie"]
    assert "/login?next=%2F" in client.get("/").get_data(as_text=True)
    assert [row.action for row in library.store.audit.page(3)] == ["signed-out", "signed-in", "account-added"]


def test_the_form_is_one_that_password_managers_fill(client):
    page = Page(client.get("/login?next=/stats").get_data(as_text=True))
    assert page.one("[name=name]")["autocomplete"] == "username"
    assert page.one("[name=password]")["autocomplete"] == "current-password"
    assert page.one("[name=password]")["type"] == "password"
    assert page.one("main [name=next]")["value"] == "/stats"
    assert not re.search("onpaste|autocomplete=.off. .*password", str(page.one("main form")))


def test_the_password_is_never_given_back(client):
    answer = enter(client, password="hush hush hush hush")
    assert answer.status_code == 401
    assert "hush" not in answer.get_data(as_text=True)
    assert Page(answer.get_data(as_text=True)).one("[name=name]")["value"] == "Ann"


REFUSED = [("Ann", "wrong"), ("Zoe", PASSWORD), ("Dan", PASSWORD), ("", ""), ("Pat", ""), ("Ann", "x" * 100_000)]


def test_every_refusal_is_the_same_page(client, library):
    accounts.add_account(library, "Dan", "editor", PASSWORD, who="tester")
    accounts.set_state(library, "Dan", "disabled", who="tester")
    accounts.add_account(library, "Pat", "editor", "", who="tester")
    pages = set()
    for name, password in REFUSED:
        answer = enter(client, name, password)
        text = answer.get_data(as_text=True)
        pages.add((answer.status_code, text.replace(f'value="{name}"', 'value=""'), "Set-Cookie" in answer.headers))
    assert len(pages) == 1
    assert next(iter(pages))[0] == 401
    assert next(iter(pages))[2] is False


def test_after_many_failures_one_is_told_how_long_to_wait(client):
    answers = [enter(client, password="wrong") for _ in range(12)]
    last = answers[-1]
    assert last.status_code == 429
    seconds = int(last.headers["Retry-After"])
    assert 1 <= seconds <= 900
    assert throttle.duration(seconds) in Page(last.get_data(as_text=True)).text("#problem")
    assert enter(client).status_code == 429  # the right one does not help


def test_unknown_names_wait_just_as_known_ones(client):
    told = [[enter(client, name, "wrong").status_code for _ in range(6)] for name in ("Ann", "Zoe")]
    assert told[0] == told[1]


def test_a_token_from_before_is_not_taken_over(client, library):
    client.set_cookie("litbase", "f" * 43)
    enter(client)
    first = cookie(client)
    assert first != "f" * 43
    enter(client)
    assert cookie(client) not in ("", first)
    assert not actor_of(library, first).is_signed_in
    assert len(accounts.sessions(library, 1)) == 1


def test_an_ended_session_is_a_reader_again(client, library):
    enter(client)
    accounts.end_sessions(library, "Ann", who="tester")
    answer = client.get("/account")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/login?next=%2Faccount")
    assert "You are not signed in" in post(client, "/account/sessions", {"end": "others"}).get_data(as_text=True)


FOREIGN = {
    "none": {},
    "another site": {"Origin": "https://evil.example"},
    "null": {"Origin": "null"},
    "by its own word": {"Sec-Fetch-Site": "cross-site", "Origin": "http://127.0.0.1:8000"},
    "a site beside it": {"Sec-Fetch-Site": "same-site"},
}


@pytest.mark.parametrize("headers", FOREIGN.values(), ids=FOREIGN)
def test_nobody_is_signed_in_or_out_by_another_site(client, library, headers):
    assert enter(client, origin=headers).status_code == 403
    assert cookie(client) == ""
    token = sign_in(client, library, "admin").form_token
    assert client.post("/logout", data={"token": token}, headers=headers).status_code == 403
    assert accounts.sessions(library, 1)


def test_signing_out_needs_the_token_unless_nobody_is_signed_in(client, library):
    assert client.post("/logout", headers=OURS).status_code == 303
    sign_in(client, library)
    assert client.post("/logout", data={"token": "x"}, headers=OURS).status_code == 403
    assert accounts.sessions(library, 1)


AWAY = [
    "//evil.example", "/\\evil.example", "https://evil.example/", "http:evil.example", "/%2f%2fevil.example",
    "javascript:alert(1)",
    "/search\r\nSet-Cookie: x=y", "/nosuchpage", "/logout", "\x00", "/" * 9_000,
]  # fmt: skip


@pytest.mark.parametrize("address", AWAY)
def test_nobody_is_led_away(client, address):
    form = Page(client.get("/login", query_string={"next": address[:4000]}).get_data(as_text=True))
    assert form.one("main [name=next]")["value"] == "/"
    answer = enter(client, next=address)
    assert answer.status_code == 400
    assert cookie(client) == ""


def test_who_is_signed_in_needs_no_form(client, library):
    sign_in(client, library)
    assert client.get("/login?next=/stats").headers["Location"] == "/stats"
    assert client.get("/login?next=//evil.example").headers["Location"] == "/"


COOKIES = {
    "http, loopback": ("http://127.0.0.1:8000", "litbase=", False),
    "https": ("https://lib.example", "__Host-litbase=", True),
    "https, below a path": ("https://lib.example/refs", "__Host-litbase=", True),
}


@pytest.mark.parametrize(("public_url", "name", "secure"), COOKIES.values(), ids=COOKIES)
def test_the_cookie_is_strict_and_ends_with_the_browser(opening, public_url, name, secure):
    _, app = opening(public_url=public_url)
    host = public_url.split("/")[2]
    path = "/refs/login" if public_url.endswith("/refs") else "/login"
    answer = app.test_client().post(
        path,
        data={"name": "Ann", "password": PASSWORD},
        headers={"Origin": public_url.removesuffix("/refs"), "Host": host},
    )
    assert answer.status_code == 303, answer.get_data(as_text=True)
    said = answer.headers["Set-Cookie"]
    parts = {part.strip() for part in said.split(";")[1:]}
    assert said.startswith(name)
    assert parts == {"HttpOnly", "Path=/", "SameSite=Lax", *(["Secure"] if secure else [])}
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_over_plain_http_nobody_signs_in_and_the_page_says_why(opening):
    library, app = opening(public_url="http://lib.example")
    client, headers = app.test_client(), {"Origin": "http://lib.example", "Host": "lib.example"}
    page = Page(client.get("/login", headers=headers).get_data(as_text=True))
    assert "insecure_login = true" in page.text()
    assert page.all("main form") == []
    assert enter(client, origin=headers).status_code == 403
    assert accounts.sessions(library, 1) == ()
    _, app = opening(public_url="http://lib.example", insecure_login=True)
    assert enter(app.test_client(), origin=headers).status_code == 303


# single sign-on


def asked(client, path="/stats", name="Ann", peer="127.0.0.1", method="GET", **headers):
    return client.open(
        path, method=method, headers={"X-Remote-User": name, **headers}, environ_base={"REMOTE_ADDR": peer}
    )


def who(answer):
    return Page(answer.get_data(as_text=True)).texts(".site-nav .who")


def test_a_proxy_that_is_trusted_signs_people_in(opening):
    library, app = opening(sso_header="X-Remote-User")
    client = app.test_client()
    answer = asked(client)
    assert who(answer) == ["Ann"]
    assert answer.headers["Cache-Control"] == "private, no-store"
    (session,) = accounts.sessions(library, 1)
    assert session.way == "proxy"
    assert accounts.digest_of(cookie(client)) == session.digest
    assert who(asked(client, name="ann")) == ["Ann"]
    assert len(accounts.sessions(library, 1)) == 1
    assert "Sign out" not in Page(asked(client).get_data(as_text=True)).text("header")
    assert asked(client, "/login?next=/stats").headers["Location"] == "/stats"


IGNORED = {
    "off, as it is by default": ({}, "127.0.0.1", {}),
    "from elsewhere": ({"sso_header": "X-Remote-User"}, "192.0.2.9", {}),
    "from elsewhere that says it is the proxy": (
        {"sso_header": "X-Remote-User"}, "192.0.2.9", {"X-Forwarded-For": "127.0.0.1"}
    ),
    "the same, through a proxy that is believed about addresses": (
        {"sso_header": "X-Remote-User", "trusted_proxies": 1}, "192.0.2.9", {"X-Forwarded-For": "127.0.0.1"}
    ),
    "from a neighbour": ({"sso_header": "X-Remote-User", "sso_from": "10.0.0.5"}, "10.0.0.6", {}),
    "from nowhere": ({"sso_header": "X-Remote-User"}, "", {}),
    "another header": ({"sso_header": "X-Other"}, "127.0.0.1", {}),
    "over plain http": ({"sso_header": "X-Remote-User", "public_url": "http://lib.example"}, "127.0.0.1", {}),
}  # fmt: skip


@pytest.mark.parametrize(("settings", "peer", "headers"), IGNORED.values(), ids=IGNORED)
def test_the_header_is_ignored(opening, settings, peer, headers):
    library, app = opening(**settings)
    assert who(asked(app.test_client(), peer=peer, **headers)) == []
    assert accounts.sessions(library, 1) == ()


BELIEVED = {
    "a network": ("10.0.0.0/24", "10.0.0.9"),
    "mapped": ("127.0.0.1", "::ffff:127.0.0.1"),
    "ipv6": ("::1", "::1"),
}


@pytest.mark.parametrize(("believed", "peer"), BELIEVED.values(), ids=BELIEVED)
def test_the_proxy_is_known_by_its_connection(opening, believed, peer):
    _, app = opening(sso_header="X-Remote-User", sso_from=believed, trusted_proxies=1)
    assert who(asked(app.test_client(), peer=peer, **{"X-Forwarded-For": "192.0.2.9"})) == ["Ann"]


def test_another_name_in_the_header_ends_the_session(opening):
    library, app = opening(sso_header="X-Remote-User")
    accounts.add_account(library, "Ben", "editor", "", who="tester")
    client = app.test_client()
    asked(client)
    before = cookie(client)
    assert who(asked(client, name="Ben")) == ["Ben"]
    assert not actor_of(library, before).is_signed_in
    assert who(asked(client, name="nobody-here")) == []
    assert [accounts.sessions(library, nr) for nr in (1, 2)] == [(), ()]
    assert cookie(client) == ""


def test_who_signed_out_at_the_proxy_is_signed_in_no_longer(opening):
    """Such a person has no button Sign out, and the next one at this browser would be them."""
    _, app = opening(sso_header="X-Remote-User")
    client = app.test_client()
    assert who(asked(client)) == ["Ann"]
    assert who(asked(client, name="")) == []
    assert asked(client, "/account", name="").status_code == 302
    assert who(client.get("/stats")) == []
    assert who(asked(client, peer="192.0.2.9")) == []
    assert who(asked(client)) == ["Ann"]


def test_who_gave_a_password_needs_no_header(opening):
    library, app = opening(sso_header="X-Remote-User")
    client = app.test_client()
    client.set_cookie("litbase", accounts.sign_in(library, "Ann", PASSWORD, origin="127.0.0.1"))
    assert who(client.get("/stats")) == ["Ann"]


def test_a_new_name_gets_an_account_only_where_the_settings_say_so(opening):
    library, app = opening(sso_header="X-Remote-User")
    page = Page(asked(app.test_client(), "/login", name="zoe@example.org").get_data(as_text=True))
    assert "zoe@example.org" in page.text("main .note")
    assert accounts.account(library, "zoe@example.org") is None
    library, app = opening(sso_header="X-Remote-User", sso_role="reader")
    assert who(asked(app.test_client(), name="zoe@example.org")) == ["zoe@example.org"]
    assert accounts.account(library, "zoe@example.org").role == "reader"


ODD = ["Ann, Ben", "<script>alert(1)</script>", "Ann Ben", "../Ann", "x" * 3000, "Ann\x7f", "\xc3(", "-", "'; --"]


@pytest.mark.parametrize("name", ODD)
def test_what_is_no_name_is_nobody_and_no_fault(opening, name):
    library, app = opening(sso_header="X-Remote-User", sso_role="editor")
    answer = asked(app.test_client(), "/login", name=name)
    assert answer.status_code == 200
    assert who(answer) == []
    assert "<script>alert" not in answer.get_data(as_text=True)
    assert len(accounts.every(library)) == 1


def test_a_disabled_account_is_not_signed_in_by_the_proxy_either(opening):
    library, app = opening(sso_header="X-Remote-User", sso_role="editor")
    accounts.add_account(library, "Dan", "editor", "", who="tester")
    accounts.set_state(library, "Dan", "disabled", who="tester")
    assert who(asked(app.test_client(), name="Dan")) == []


def test_the_header_alone_posts_nothing(opening):
    """A form of another site comes with the header too: the proxy adds it."""
    _, app = opening(sso_header="X-Remote-User")
    answer = asked(app.test_client(), "/account/sessions", method="POST", **OURS)
    assert answer.status_code == 403
    assert "from another session" in answer.get_data(as_text=True)


def test_programs_without_cookies_do_not_fill_the_store(opening):
    library, app = opening(sso_header="X-Remote-User")
    for _ in range(60):
        asked(app.test_client(use_cookies=False))
    assert len(accounts.sessions(library, 1)) <= 50
