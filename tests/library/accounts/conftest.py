"""A library with one admin; trying to sign in, with a clock and hashes of our own."""

import hashlib
from datetime import datetime, timedelta

import pytest

from litbase.library import accounts, open_library, passwords, throttle
from litbase.library.accounts import NotSignedIn, Wait
from litbase.settings import Settings

PASSWORD = "a few plain words"
HOME = "192.0.2.7"


@pytest.fixture(scope="session")
def password_hash():
    """The hash of Ann's password, which takes longer to make than most tests."""
    return passwords.hashed(PASSWORD)


@pytest.fixture
def library(tmp_path, password_hash):
    made = open_library(tmp_path / "library", Settings(), create=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "hashed", {PASSWORD: password_hash}.__getitem__)
        accounts.add_account(made, "Ann", "admin", PASSWORD, who="tester")
    yield made
    made.close()


@pytest.fixture
def hashes(library, monkeypatch):
    """What was hashed, which takes no time."""
    made = []

    def cheap(data, *, salt, **_):
        made.append(data.decode("utf-8", "replace"))
        return hashlib.sha512(salt + data).digest()

    monkeypatch.setattr(passwords.hashlib, "scrypt", cheap)
    library.store.accounts.change("Ann", "tester", password=passwords.hashed(PASSWORD))
    made.clear()
    return made


def tried(library, name="Ann", password="wrong, all of it", origin=HOME):
    """Whether it was looked at the password; True where it was right."""
    try:
        return bool(accounts.sign_in(library, name, password, origin=origin))
    except NotSignedIn:
        return False
    except Wait:
        return None


def signed_in(library, name="Ann", password=PASSWORD, origin=HOME):
    return accounts.sign_in(library, name, password, origin=origin, agent="test")


def later(monkeypatch, **passed):
    """Let the clock of the rules be ahead."""

    class Clock(datetime):
        @classmethod
        def now(cls, zone=None):
            return datetime.now(zone) + timedelta(**passed)

    monkeypatch.setattr(accounts, "datetime", Clock)
    monkeypatch.setattr(throttle, "datetime", Clock)


def log(library, action):
    return library.store.audit.page(1000, action=action)
