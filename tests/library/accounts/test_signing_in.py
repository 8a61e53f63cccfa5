"""Signing in: who is let in, what is told to whom, and what it costs."""

import statistics
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from litbase.library import accounts, passwords, throttle
from litbase.library.accounts import NotSignedIn
from litbase.store.schema_people import sessions
from tests.library.accounts.conftest import HOME, PASSWORD, log, signed_in, tried


def test_who_knows_the_password_is_signed_in(library):
    actor = accounts.actor_of(library, signed_in(library, " ANN "))
    assert (actor.name, actor.role, actor.way, actor.administers) == ("Ann", "admin", "password", True)
    (session,) = accounts.sessions(library, actor.nr)
    assert (session.origin, session.agent, session.way) == (HOME, "test", "password")
    assert log(library, "signed-in")[0].who == "Ann"


def test_the_token_is_nowhere_in_the_store(library):
    token = signed_in(library)
    assert len(token) == 43
    held = library.store._database.read(lambda c: str(c.execute(sessions.select()).all()))
    assert token not in held
    assert accounts.digest_of(token) in held


REFUSED = {
    "a wrong password": ("Ann", "wrong, all of it"),
    "no password": ("Ann", ""),
    "the hash itself": ("Ann", "scrypt:32768:8:3$"),
    "an unknown name": ("Zoe", PASSWORD),
    "no name": ("", PASSWORD),
    "a disabled account": ("Dan", PASSWORD),
    "an account without a password": ("Pat", ""),
    "a name that goes on": ("Ann\x00", "wrong, all of it"),
    "half a surrogate": ("Ann", "\ud800"),
    "a megabyte": ("Ann" * 300_000, PASSWORD * 60_000),
}


@pytest.mark.parametrize(("name", "password"), REFUSED.values(), ids=REFUSED)
def test_who_is_refused_is_told_the_same_sentence(library, hashes, name, password):
    accounts.add_account(library, "Dan", "editor", PASSWORD, who="tester")
    accounts.set_state(library, "Dan", "disabled", who="tester")
    accounts.add_account(library, "Pat", "editor", "", who="tester")
    hashes.clear()
    with pytest.raises(NotSignedIn, match=r"^The name or the password is not right\.$"):
        accounts.sign_in(library, name, password, origin=HOME)
    assert len(hashes) == 1
    assert len(hashes[0]) <= passwords.LONGEST + 1


def test_an_unknown_name_is_not_kept_for_it_may_be_a_password(library, hashes):
    tried(library, "my secret password")
    assert (log(library, "sign-in-failed")[0].subject, log(library, "sign-in-failed")[0].who) == ("", "")
    tried(library, "ann")
    assert log(library, "sign-in-failed")[0].subject == "Ann"
    assert "secret" not in str(library.store.audit.page(1000))


def test_a_password_is_the_same_on_every_keyboard(library):
    accounts.set_password(library, "Ann", "Grüße aus Köln", who="tester")
    assert tried(library, "Ann", "Gru\u0308ße aus Ko\u0308ln")


def test_a_weaker_hash_is_made_anew_and_nobody_is_signed_out(library):
    library.store.accounts.change("Ann", "tester", password=passwords.hashed(PASSWORD, cost=(2**14, 8, 1)))
    token = signed_in(library)
    assert not passwords.is_weaker(accounts.account(library, "Ann").password)
    assert accounts.actor_of(library, token).is_signed_in
    assert tried(library, "Ann", PASSWORD)


def test_unknown_and_known_names_take_the_same_time(library, monkeypatch):
    monkeypatch.setattr(throttle, "claim", lambda *_: None)
    monkeypatch.setattr(passwords, "COST", (2**14, 8, 3))
    kept = passwords.hashed(PASSWORD, cost=passwords.COST)
    library.store.accounts.change("Ann", "tester", password=kept)
    monkeypatch.setattr(passwords, "_NOBODYS", f"scrypt:16384:8:3${kept.split('$', 1)[1]}")

    def seconds(name):
        began = time.process_time()  # what others do at this moment does not count
        tried(library, name)
        return time.process_time() - began

    taken = [(seconds("Ann"), seconds("Nobody")) for _ in range(9)]
    ratio = statistics.median(known for known, _ in taken) / statistics.median(unknown for _, unknown in taken)
    assert 0.75 < ratio < 1.33


def test_the_first_unknown_name_takes_one_hash_as_well(library, hashes):
    tried(library, "Nobody")
    assert len(hashes) == 1


def test_four_hashes_are_made_at_once_and_no_more(library, monkeypatch):
    running, most, lock = [0], [0], threading.Lock()
    gathered = threading.Barrier(passwords.AT_ONCE)

    def counted(*_, **__):
        with lock:
            running[0] += 1
            most[0] = max(most[0], running[0])
        gathered.wait(timeout=10)
        time.sleep(0.02)
        with lock:
            running[0] -= 1
        return b"x" * 64

    monkeypatch.setattr(passwords.hashlib, "scrypt", counted)
    with ThreadPoolExecutor(20) as pool:
        assert list(pool.map(lambda n: tried(library, f"name{n}", origin=f"10.0.{n}.1"), range(20))) == [False] * 20
    assert most[0] == passwords.AT_ONCE


def test_who_finds_no_turn_comes_again_and_the_try_is_given_back(library, monkeypatch):
    monkeypatch.setattr(passwords, "PATIENCE", 0.01)
    for _ in range(passwords.AT_ONCE):
        passwords._turn.acquire()
    try:
        for _ in range(8):
            with pytest.raises(passwords.Busy):
                signed_in(library)
    finally:
        for _ in range(passwords.AT_ONCE):
            passwords._turn.release()
    assert tried(library, "Ann", PASSWORD)
