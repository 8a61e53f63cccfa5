"""Sessions: how long they last, and everything that ends them."""

from datetime import UTC, datetime, timedelta

import pytest

from litbase.library import accounts
from litbase.library.accounts import NOBODY, NotSignedIn, Wait
from litbase.store.accounts import MOST, Tries
from litbase.store.schema_people import attempts, sessions
from tests.library.accounts.conftest import HOME, PASSWORD, later, signed_in, tried


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


def test_a_session_ends_where_the_clock_is_set_back(library, monkeypatch):
    token = accounts.sign_in(library, "Ann", PASSWORD, origin=HOME)
    later(monkeypatch, minutes=-4)
    assert accounts.actor_of(library, token).name == "Ann"
    later(monkeypatch, minutes=-6)
    assert accounts.actor_of(library, token) == NOBODY
