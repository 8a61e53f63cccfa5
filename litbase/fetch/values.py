"""What is asked of the network and what comes back: Limits, Fetched, Failure."""

import math
from collections.abc import Mapping
from typing import Final, NamedTuple

from litbase import __version__
from litbase.record.notices import Notice

MOST: Final = 10 * 1024 * 1024  # decoded bytes of one answer
NAME: Final = f"litbase/{__version__}"


class Limits(NamedTuple):
    """How much one fetch may cost, who asks, and where it may go although addresses there are private.

    *inside* holds "host:port" of the operator's own network, from the settings, never from what somebody typed; it
    counts for the address that was asked for, not for one that a stranger's server redirects to.
    """

    connect: float = 5.0  # seconds
    read: float = 10.0  # seconds between two pieces
    total: float = 20.0  # seconds for one exchange
    most: int = MOST
    redirects: int = 3
    retries: int = 3
    pause: float = 1.0  # seconds before the first retry, doubled before each further one
    patience: float = 30.0  # seconds that a server may ask to be left alone
    until: float = math.inf  # on the monotonic clock: when all of it is over, redirects, waiting and retries included
    agent: str = NAME
    inside: frozenset[str] = frozenset()


LIMITS: Final = Limits()


class Reply(NamedTuple):
    """What a host answered in one exchange; *headers* by lower-case name, *data* decoded."""

    status: int
    headers: Mapping[str, str]
    data: bytes


class Fetched(NamedTuple):
    """An answer: *type* is its media type and *charset* what the server says, both lower-case, "" for nothing said.

    *at* is the instant it came, UTC.
    """

    url: str
    final_url: str
    type: str
    charset: str
    data: bytes
    at: str


class Failure(NamedTuple):
    """Why there is no answer.

    *kind* is "address", "refused", "offline", "slow", "broken", "large", "missing", "busy", "status" or "redirects".
    """

    url: str
    kind: str
    notice: Notice
