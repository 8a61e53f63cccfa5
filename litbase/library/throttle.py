"""Throttle: how often signing in may fail for an account and for a network, in all processes and after a restart.

OWASP's ASVS 5.0, 6.3.1: five failures of an account are free, twenty of a network, behind which there may be a whole
house; each one more doubles the wait, up to a quarter of an hour, and each quarter of an hour forgives one.
"""

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Final

from litbase.errors import BadInput
from litbase.library import Library
from litbase.store.accounts import Tries, folded

LONGEST_WAIT: Final = 900  # seconds
FREE: Final = {"account": 5, "network": 20}  # failures


class Wait(BadInput):
    """Too many sign-ins have failed; *seconds* is how long to wait."""

    status = 429

    def __init__(self, seconds: int):
        super().__init__(f"Too many sign-ins have failed. Try again in {duration(seconds)}.")
        self.seconds = seconds


def claim(library: Library, name: str, origin: str) -> None:
    """Count a try to sign in as *name* from the address *origin*, before it is made.  Raises Wait."""
    keys = (_account(name), _network(origin))
    store = library.store.accounts
    if seconds := max(judge(tries)[1] for tries in store.tries(keys)):  # whoever must wait keeps no writer waiting
        raise Wait(seconds)
    if seconds := store.claim(keys, judge):
        raise Wait(seconds)


def succeeded(library: Library, name: str, origin: str) -> None:
    """Forget the failures of the account; of the network only this try, or one's own account would forgive all."""
    library.store.accounts.forgive([_account(name)], [_network(origin)])


def unmade(library: Library, name: str, origin: str) -> None:
    """Give a try back that was counted and could not be made."""
    library.store.accounts.forgive((), [_account(name), _network(origin)])


def forgive(library: Library, names: Iterable[str]) -> None:
    """Forget the failures of accounts."""
    library.store.accounts.forgive(map(_account, names))


def judge(tries: Tries) -> tuple[int, int]:
    """How many of *tries* still count, and for how many seconds more nobody may try."""
    if not tries.last_at:
        return 0, 0
    # where the clock was set back, the last try lies ahead: as far ahead as behind, or everybody would wait for it
    passed = abs(datetime.now(UTC) - datetime.fromisoformat(tries.last_at)) / timedelta(seconds=1)
    wait = waiting(tries.failures - FREE[tries.key.partition(":")[0]])
    return max(0, tries.failures - int(passed // LONGEST_WAIT)), max(0, -int((passed - wait) // 1))


def waiting(beyond: int) -> int:
    """The seconds of a wait after as many failures *beyond* the free ones.

    >>> [waiting(beyond) for beyond in (-1, 0, 1, 9, 10, 1000)]
    [0, 1, 2, 512, 900, 900]
    """
    return 0 if beyond < 0 else min(LONGEST_WAIT, 2 ** min(beyond, 10))


def network_of(origin: str) -> str:
    """The network of an address: the first three numbers of IPv4, the first half of IPv6.

    >>> network_of("192.0.2.7"), network_of("::ffff:192.0.2.7"), network_of("2001:db8::1:2")
    ('192.0.2.0', '192.0.2.0', '2001:db8::')
    """
    try:
        found = ip_address(origin.partition("%")[0])
    except ValueError:
        return origin
    if isinstance(found, IPv6Address) and found.ipv4_mapped is None:
        return str(IPv6Address(int(found) >> 64 << 64))
    number = int(found.ipv4_mapped or found) if isinstance(found, IPv6Address) else int(found)
    return str(IPv4Address(number >> 8 << 8))


def duration(seconds: int) -> str:
    """*seconds* as people say it.

    >>> duration(1), duration(45), duration(61), duration(900)
    ('1 second', '45 seconds', '2 minutes', '15 minutes')
    """
    if seconds > 60:
        return f"{-(-seconds // 60)} minutes"
    return f"{seconds} second{'s' if seconds != 1 else ''}"


def _account(name: str) -> str:
    return f"account:{hashlib.sha256(folded(name).encode()).hexdigest()}"


def _network(origin: str) -> str:
    return f"network:{network_of(origin)}"
