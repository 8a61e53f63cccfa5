"""Accounts: their names, roles and ends, and races between what changes them."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from litbase.errors import BadInput, Conflict, NotFound
from litbase.library import accounts, passwords
from litbase.settings import Settings
from tests.library.accounts.conftest import HOME, PASSWORD, signed_in, tried


def racing(monkeypatch, deed):
    """Let *deed* be done while a password is being looked at."""
    real = passwords.matches

    def slow(password, kept):
        found = real(password, kept)
        monkeypatch.setattr(passwords, "matches", real)
        deed()
        return found

    monkeypatch.setattr(passwords, "matches", slow)


def test_no_session_begins_by_a_password_that_was_changed_meanwhile(library, monkeypatch):
    racing(monkeypatch, lambda: accounts.set_password(library, "Ann", "other plain words", who="tester"))
    assert tried(library, "Ann", PASSWORD) is False
    assert accounts.sessions(library, 1) == ()


def test_none_for_an_account_that_was_disabled_meanwhile(library, monkeypatch):
    accounts.add_account(library, "Ben", "admin", "", who="tester")
    racing(monkeypatch, lambda: accounts.set_state(library, "Ann", "disabled", who="tester"))
    assert tried(library, "Ann", PASSWORD) is False


def test_a_password_that_an_admin_sets_is_not_overwritten_by_who_knew_the_old_one(library, monkeypatch):
    actor = accounts.actor_of(library, signed_in(library))
    racing(monkeypatch, lambda: accounts.set_password(library, "Ann", "set by the admin", who="tester"))
    with pytest.raises(Conflict):
        accounts.change_password(library, actor, PASSWORD, "chosen by the thief", origin=HOME)
    assert tried(library, "Ann", "set by the admin")


def test_a_hash_made_anew_does_not_bring_an_old_password_back(library):
    before = accounts.account(library, "Ann")
    accounts.set_password(library, "Ann", "other plain words", who="tester")
    library.store.accounts.rehash(before, passwords.hashed(PASSWORD))
    assert tried(library, "Ann", PASSWORD) is False


@pytest.mark.parametrize(
    "name",
    ["", " ", "-x", "_x", ".x", "a b", "a\nb", "a\tb", "<b>", "a/b", "a\x00", "a\u202eb", "a\u200bb", "x" * 65, "a'b",
     "a\r\nX: y", "\u0301a"],
)  # fmt: skip
def test_a_name_that_cannot_be(library, name):
    with pytest.raises(BadInput, match="is no name for an account"):
        accounts.add_account(library, name, "reader", "", who="tester")


@pytest.mark.parametrize("name", ["Bea", "b.roe+lib@example.org", "Özgür", "李", "x-1_2", "सीता", "x" * 64])
def test_a_name_that_can(library, name):
    assert accounts.add_account(library, name, "reader", "", who="tester").name == name


def test_a_letter_and_its_accent_are_one_letter(library):
    assert accounts.add_account(library, "Rene\u0301", "reader", "", who="tester").name == "Ren\u00e9"
    token = accounts.sign_in_by_proxy(library, "rene\u0301", "", origin=HOME)
    assert accounts.actor_of(library, token).name == "Ren\u00e9"


@pytest.mark.parametrize("name", ["Ann", "ANN", "ａｎｎ", "𝐀nn"])
def test_names_that_look_alike_are_one(library, name):
    with pytest.raises(Conflict):
        accounts.add_account(library, name, "admin", "", who="tester")


def test_two_requests_make_one_account(library):
    with ThreadPoolExecutor(8) as pool:
        tokens = list(pool.map(lambda _: accounts.sign_in_by_proxy(library, "new", "reader", origin=HOME), range(8)))
    assert {accounts.actor_of(library, token).name for token in tokens} == {"new"}


LAST = {
    "another role": lambda library, name: accounts.set_role(library, name, "editor", who="x"),
    "disabling": lambda library, name: accounts.set_state(library, name, "disabled", who="x"),
}


@pytest.mark.parametrize("change", LAST.values(), ids=LAST)
def test_the_last_admin_stays(library, change):
    for name in ("Ann", " ann", "an\u200bn"):
        with pytest.raises(BadInput, match="last admin"):
            change(library, name)
    accounts.add_account(library, "Ben", "admin", "", who="tester")
    accounts.set_state(library, "Ben", "disabled", who="tester")
    with pytest.raises(BadInput, match="last admin"):
        change(library, "Ann")


def test_two_admins_who_disable_each_other_leave_one(library):
    for _ in range(5):
        accounts.set_state(library, "Ann", "active", who="tester")
        if accounts.account(library, "Ben") is None:
            accounts.add_account(library, "Ben", "admin", "", who="tester")
        accounts.set_state(library, "Ben", "active", who="tester")

        def disable(name):
            try:
                accounts.set_state(library, name, "disabled", who="tester")
            except BadInput:
                return 0
            return 1

        with ThreadPoolExecutor(2) as pool:
            assert sum(pool.map(disable, ["Ann", "Ben"])) == 1


def test_what_is_done_to_accounts_is_logged(library):
    accounts.add_account(library, "Ben", "editor", "", who="Ann")
    accounts.set_role(library, "Ben", "reader", who="Ann")
    accounts.set_state(library, "Ben", "disabled", who="Ann")
    accounts.set_password(library, "Ben", "other plain words", who="Ann")
    told = [(row.action, row.subject, row.detail) for row in reversed(library.store.audit.page(4))]
    assert told == [
        ("account-added", "Ben", '{"role":"editor"}'),
        ("account-role", "Ben", '{"role":"reader","role_before":"editor"}'),
        ("account-state", "Ben", '{"state":"disabled","state_before":"active"}'),
        ("account-password", "Ben", "{}"),
    ]


def test_who_is_not_there_cannot_be_changed(library):
    for change in (
        lambda: accounts.set_role(library, "Zoe", "reader", who="x"),
        lambda: accounts.set_state(library, "Zoe", "disabled", who="x"),
        lambda: accounts.set_password(library, "Zoe", PASSWORD, who="x"),
        lambda: accounts.end_sessions(library, "Zoe", who="x"),
    ):
        with pytest.raises(NotFound):
            change()
    for change in (accounts.set_role, accounts.set_state):
        with pytest.raises(BadInput):
            change(library, "Ann", "emperor", who="x")


SAFE = {
    "http://127.0.0.1:8000": True,
    "http://localhost": True,
    "http://[::1]:8000": True,
    "https://library.example/refs": True,
    "http://library.example": False,
    "http://192.168.1.5:8000": False,
    "http://localhost.evil.example": False,
}


@pytest.mark.parametrize(("public_url", "safe"), SAFE.items(), ids=SAFE)
def test_where_passwords_may_travel(public_url, safe):
    assert accounts.is_safe(Settings(public_url=public_url)) is safe
    assert accounts.is_safe(Settings(public_url=public_url, insecure_login=True))
