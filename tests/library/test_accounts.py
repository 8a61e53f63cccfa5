"""Accounts: signing in, how failures are slowed down, sessions and their ends, races between them."""

import hashlib
import statistics
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litbase.errors import BadInput, Conflict, NotFound
from litbase.library import accounts, open_library, passwords, throttle
from litbase.library.accounts import NOBODY, NotSignedIn, Wait
from litbase.settings import Settings
from litbase.store.accounts import MOST, Tries
from litbase.store.schema_people import attempts, sessions

PASSWORD = "a few plain words"
HOME = "192.0.2.7"


@pytest.fixture
def library(tmp_path):
    made = open_library(tmp_path / "library", Settings(), create=True)
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


# signing in


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

    def counted(*_, **__):
        with lock:
            running[0] += 1
            most[0] = max(most[0], running[0])
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


# failures


def test_a_thousand_tries_on_one_account_from_many_networks(library, hashes):
    for n in range(1000):
        tried(library, origin=f"10.{n // 250}.{n % 250}.9")
    assert len(hashes) <= 5 + 8  # a wait of one second may pass, one of 128 does not


def test_a_thousand_tries_from_one_network_on_many_accounts(library, hashes):
    for n in range(1000):
        tried(library, f"name{n}", origin=f"10.0.0.{n % 250}")
    assert len(hashes) <= 20 + 8


def test_an_account_of_ones_own_forgives_no_network(library, hashes):
    accounts.add_account(library, "Eve", "reader", PASSWORD, who="tester")
    hashes.clear()
    for n in range(200):
        tried(library, f"name{n}")
        tried(library, "Eve", PASSWORD)
    assert sum(one.startswith("wrong") for one in hashes) <= 20 + 8


def test_many_at_once_are_no_more_than_many_in_a_row(library, hashes):
    with ThreadPoolExecutor(16) as pool:
        list(pool.map(lambda n: tried(library, origin=f"10.0.{n}.9"), range(64)))
    assert len(hashes) <= 5 + 4


def test_failures_count_in_all_processes_and_after_a_restart(library, hashes):
    program = (
        "import sys, pathlib\n"
        "from litbase.library import open_library, accounts\n"
        "from litbase.settings import Settings\n"
        "library = open_library(pathlib.Path(sys.argv[1]), Settings())\n"
        "for n in range(8):\n"
        "    try: accounts.sign_in(library, 'Ann', 'wrong, all of it', origin=f'10.1.{n}.9')\n"
        "    except accounts.BadInput as error: print(type(error).__name__)\n"
    )
    command = [sys.executable, "-c", program, str(library.folder)]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    told = [line for process in running for line in process.communicate(timeout=60)[0].split()]
    assert len(told) == 16
    assert told.count("NotSignedIn") <= 5 + 4
    [tries] = library.store.accounts.tries([throttle._account("Ann")])
    assert tries.failures == told.count("NotSignedIn")


def test_who_waits_is_told_how_long_and_may_then_try(library, hashes, monkeypatch):
    while tried(library) is not None:
        pass
    with pytest.raises(Wait) as refusal:
        signed_in(library)
    assert 1 <= refusal.value.seconds <= 900
    assert refusal.value.status == 429
    assert throttle.duration(refusal.value.seconds) in str(refusal.value)
    later(monkeypatch, seconds=refusal.value.seconds)
    assert tried(library, "Ann", PASSWORD)
    later(monkeypatch, seconds=0)
    assert tried(library) is False


def test_who_runs_the_library_forgives_at_once(library, hashes):
    for forgiving in (
        lambda: accounts.set_state(library, "Ann", "active", who="tester"),
        lambda: accounts.set_password(library, "ANN", PASSWORD, who="tester"),
    ):
        while tried(library, origin="10.0.0.1") is not None:
            pass
        forgiving()
        assert tried(library, "Ann", PASSWORD)


@given(st.lists(st.floats(0, 3600), min_size=1, max_size=300))
def test_nobody_gets_more_than_the_free_tries_and_one_a_quarter(pauses):
    now, held, made = datetime(2026, 1, 1, tzinfo=UTC), Tries("account:x"), 0
    began = now

    class Clock(datetime):
        @classmethod
        def now(cls, zone=None):
            return now

    real, throttle.datetime = throttle.datetime, Clock
    try:
        for pause in pauses:
            now += timedelta(seconds=pause)
            counted, wait = throttle.judge(held)
            if not wait:
                held, made = Tries(held.key, counted + 1, now.isoformat()), made + 1
    finally:
        throttle.datetime = real
    assert made <= 5 + 11 + (now - began).total_seconds() / 450


@pytest.mark.parametrize("origin", ["", "unix:", "999.1.1.1", "fe80::1%eth0", "::1", "x" * 10_000])
def test_any_address_is_a_network(origin):
    assert isinstance(throttle.network_of(origin), str)


# sessions


def test_a_session_ends_after_eight_hours_without_use(library, monkeypatch):
    token = signed_in(library)
    later(monkeypatch, hours=7.9)
    assert accounts.actor_of(library, token).is_signed_in
    later(monkeypatch, hours=8.1)
    library.store._database.write(lambda c: c.execute(sessions.update().values(used_at=sessions.c.created_at)))
    assert accounts.actor_of(library, token) == NOBODY
    assert accounts.sessions(library, 1) == ()


def test_a_session_that_is_used_ends_after_seven_days(library, monkeypatch):
    token = signed_in(library)
    ahead = (datetime.now(UTC) + timedelta(days=6.85)).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    library.store._database.write(lambda c: c.execute(sessions.update().values(used_at=ahead)))
    later(monkeypatch, days=6.9)
    assert accounts.actor_of(library, token).is_signed_in
    later(monkeypatch, days=7.1)
    assert accounts.actor_of(library, token) == NOBODY


def test_old_sessions_and_tries_are_swept_away(library, hashes):
    tried(library)
    signed_in(library)
    old = "2020-01-01T00:00:00.000Z"
    library.store._database.write(lambda c: c.execute(sessions.update().values(used_at=old)))
    library.store._database.write(lambda c: c.execute(attempts.insert().values(key="x", failures=9, last_at=old)))
    signed_in(library)
    assert library.store._database.read(lambda c: len(c.execute(sessions.select()).all())) == 1
    assert library.store.accounts.tries(["x"]) == (Tries("x"),)


ENDING = {
    "signing out": lambda library, actor: accounts.sign_out(library, actor),
    "another password": lambda library, _: accounts.set_password(library, "Ann", "other plain words", who="x"),
    "another role": lambda library, _: accounts.set_role(library, "Ann", "editor", who="x"),
    "disabling": lambda library, _: accounts.set_state(library, "Ann", "disabled", who="x"),
    "ending it": lambda library, actor: accounts.end_sessions(library, "Ann", who="x", digest=actor.session),
    "ending all": lambda library, _: accounts.end_sessions(library, "ann", who="x"),
}


@pytest.mark.parametrize("end", ENDING.values(), ids=ENDING)
def test_a_session_ends_by(library, end):
    accounts.add_account(library, "Ben", "admin", "", who="tester")
    token = signed_in(library)
    end(library, accounts.actor_of(library, token))
    assert accounts.actor_of(library, token) == NOBODY


def test_only_ones_own_session_is_ended_by_its_number(library):
    accounts.add_account(library, "Ben", "admin", PASSWORD, who="tester")
    token = signed_in(library, "Ben")
    ben = accounts.actor_of(library, token)
    assert accounts.end_sessions(library, "Ann", who="Ann", digest=ben.session) == 0
    assert accounts.actor_of(library, token) == ben


def test_all_sessions_but_one_are_ended(library, hashes):
    tokens = [signed_in(library) for _ in range(4)]
    actor = accounts.actor_of(library, tokens[1])
    assert accounts.end_sessions(library, "Ann", who="Ann", but=actor.session) == 3
    assert [accounts.actor_of(library, token).is_signed_in for token in tokens] == [False, True, False, False]


def test_an_account_has_a_bounded_number_of_sessions(library):
    tokens = [accounts.sign_in_by_proxy(library, "Ann", "", origin=HOME) for _ in range(MOST + 3)]
    assert len(accounts.sessions(library, 1)) == MOST
    assert accounts.actor_of(library, tokens[-1]).is_signed_in


@pytest.mark.parametrize(
    "token", ["", "x", "x" * 43, "ü" * 43, "'; drop table sessions; --", "x" * 100_000, "\x00" * 43]
)
def test_a_token_that_is_none_is_nobody(library, token):
    assert accounts.actor_of(library, token) == NOBODY


def test_who_changes_the_password_keeps_one_new_session(library):
    before = [signed_in(library) for _ in range(2)]
    actor = accounts.actor_of(library, before[0])
    token = accounts.change_password(library, actor, PASSWORD, "other plain words", origin=HOME)
    assert [accounts.actor_of(library, one) for one in before] == [NOBODY, NOBODY]
    assert accounts.actor_of(library, token).name == "Ann"
    assert tried(library, "Ann", "other plain words")
    assert tried(library, "Ann", PASSWORD) is False


def test_without_the_old_password_there_is_no_new_one(library, hashes):
    actor = accounts.actor_of(library, signed_in(library))
    for wrong in range(30):
        with pytest.raises((NotSignedIn, Wait)):
            accounts.change_password(library, actor, f"wrong {wrong}", "other plain words", origin=HOME)
    assert sum(one.startswith("wrong") for one in hashes) <= 5 + 4


# races


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


# accounts


@pytest.mark.parametrize(
    "name",
    ["", " ", "-x", "_x", ".x", "a b", "a\nb", "a\tb", "<b>", "a/b", "a\x00", "a\u202eb", "a\u200bb", "x" * 65, "a'b",
     "a\r\nX: y"],
)  # fmt: skip
def test_a_name_that_cannot_be(library, name):
    with pytest.raises(BadInput, match="is no name for an account"):
        accounts.add_account(library, name, "reader", "", who="tester")


@pytest.mark.parametrize("name", ["Bea", "b.roe+lib@example.org", "Özgür", "李", "x-1_2"])
def test_a_name_that_can(library, name):
    assert accounts.add_account(library, name, "reader", "", who="tester").name == name


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


def test_a_session_ends_where_the_clock_is_set_back(library, monkeypatch):
    token = accounts.sign_in(library, "Ann", PASSWORD, origin=HOME)
    later(monkeypatch, minutes=-4)
    assert accounts.actor_of(library, token).name == "Ann"
    later(monkeypatch, minutes=-6)
    assert accounts.actor_of(library, token) == NOBODY


def test_nobody_waits_for_the_clock_where_it_is_set_back(library, hashes, monkeypatch):
    while tried(library) is not None:
        pass
    later(monkeypatch, days=-400)
    assert tried(library, "Ann", PASSWORD)
