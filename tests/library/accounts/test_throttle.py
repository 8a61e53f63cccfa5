"""Failures: slowed down for accounts and networks, in all processes, whatever the clock does."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litbase.library import accounts, throttle
from litbase.library.accounts import Wait
from litbase.store.accounts import Tries
from tests.library.accounts.conftest import PASSWORD, later, signed_in, tried


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


def test_nobody_waits_for_the_clock_where_it_is_set_back(library, hashes, monkeypatch):
    while tried(library) is not None:
        pass
    later(monkeypatch, days=-400)
    assert tried(library, "Ann", PASSWORD)
