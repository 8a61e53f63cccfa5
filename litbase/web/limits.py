"""Limits: how long an address may be, how often one client may ask, how many searches and exports run at once.

What is over a limit gets a page that says when to come back: 414, 429 or 503.  All limits hold within one process;
several processes have them each.
"""

import os
import threading
import time
import weakref
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from ipaddress import IPv6Address, ip_address
from typing import Final

from flask import Flask, Response, current_app, g, request

from litbase.errors import EngineUnavailable
from litbase.library.level import beside
from litbase.settings import Settings
from litbase.web import frame

LONGEST: Final = 16_000  # characters of path and query
CORES: Final = os.cpu_count() or 1
SEARCHES: Final = 2 * CORES  # at once
EXPORTS: Final = max(2, CORES)  # at once
PATIENCE: Final = 2.0  # seconds a request waits for its turn
WITHOUT: Final = {  # where the index stands when it cannot be searched
    "missing": "The search index is being built.", "away": "The search server does not answer.",
}  # fmt: skip
STALE: Final = 5.0  # seconds in the queue of the server after which a request is refused at once
WAITED: Final = "litbase.waited"  # in the WSGI environment: seconds in that queue
CLIENTS: Final = 10_000  # remembered at once
# The tables below name blueprints and endpoints.
FREE: Final = {"static", "health"}  # what a page brings along, and monitors, are not counted
OPEN: Final = {  # made from the store alone and soon done: they never wait
    "static", "health", "record", "past", "changes", "corrections", "theme", "pages", "unapi", "mylist", "crawlers",
    "cite.one", "cite.one_json", "home.help", "home.favicon", "convert.form", "signing", "account", "users", "audit",
    "start", "drafts", "edit",
}  # fmt: skip
WHOLE: Final = {  # the whole of something
    "export", "mylist.file", "cite.many_files", "crawlers.records", "convert.made", "convert.made_json",
}  # fmt: skip
PRINTING: Final = {  # as costly, where the address names a style file of the library: that starts its engine
    "record.show", "cite.one", "cite.one_json", "cite.many", "cite.many_json", "mylist.show", "mylist.shared",
}  # fmt: skip
REDUCED: Final = {"home.index"}  # shows what the store knows, while the search server is away
SEARCHING: Final = {"search", "suggest", "export", "home.index", "stats", "browse", "feeds"}  # nothing without an index
COSTLY: Final = 5.0  # what these cost; every other request costs 1
COSTS: Final = {"suggest": 0.2, "corrections.send": 60.0, "edit.follow": 0.1, "edit.check": 0.1, "edit.suggest": 0.1}


class Buckets:
    """A bucket of tokens for each client: *per_minute* drip in, half as many fit in; 0 counts nothing."""

    def __init__(self, per_minute: float, now: Callable[[], float] = time.monotonic):
        self._rate = per_minute / 60
        self._size = max(per_minute / 2, 5.0)
        self._now = now
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()  # client: tokens, and when they were counted
        self._lock = threading.Lock()

    def take(self, client: str, cost: float = 1.0) -> float:
        """Take *cost* tokens: 0.0, or in how many seconds there will be enough."""
        if not self._rate:
            return 0.0
        now, cost = self._now(), min(cost, self._size)
        with self._lock:
            tokens, at = self._left.pop(client, (self._size, now))
            tokens = min(self._size, tokens + (now - at) * self._rate)
            wait = max(0.0, (cost - tokens) / self._rate)
            self._left[client] = (tokens if wait else tokens - cost, now)
            if len(self._left) > CLIENTS:
                self._left.popitem(last=False)
        return wait


class Turn:
    """A place among those that run at once; given back once, however often it is left."""

    def __init__(self, places: threading.BoundedSemaphore):
        self._places = places
        self._left = False

    def leave(self) -> None:
        """Give the place to the next."""
        if not self._left:
            self._left = True
            self._places.release()


class Limits:
    """The limits of one application; *patience* is how long a request waits for its turn, in seconds."""

    def __init__(
        self, settings: Settings, searches: int = SEARCHES, exports: int = EXPORTS, patience: float = PATIENCE
    ):
        self.buckets = Buckets(settings.rate_limit)
        self.patience = patience
        self._places = {
            "search": threading.BoundedSemaphore(searches),
            "export": threading.BoundedSemaphore(exports),
        }

    def turn(self, kind: str) -> Turn | None:
        """A place among the searches or exports; None when none became free in time."""
        places = self._places[kind]
        return Turn(places) if places.acquire(timeout=self.patience) else None


def init_app(app: Flask, limits: Limits) -> None:
    """Hold *limits* over every request to *app*."""
    app.extensions["litbase.limits"] = limits
    app.before_request(_admit)
    app.after_request(_hand_over)
    app.teardown_request(_leave)


def client(address: str | None) -> str:
    """Who counts as one client: an IPv4 address, the first half of an IPv6 one.

    >>> client("192.0.2.1"), client("2001:db8::1") == client("2001:db8::2"), client("::ffff:192.0.2.1")
    ('192.0.2.1', True, '192.0.2.1')
    """
    try:
        found = ip_address((address or "").partition("%")[0])
    except ValueError:
        return address or ""
    if isinstance(found, IPv6Address):
        return str(found.ipv4_mapped or IPv6Address(int(found) >> 64 << 64))
    return str(found)


def _is(table: set[str]) -> bool:
    return request.blueprint in table or request.endpoint in table


def _admit() -> Response | None:
    limits: Limits = current_app.extensions["litbase.limits"]
    length = len(request.environ.get("PATH_INFO", "")) + len(request.environ.get("QUERY_STRING", ""))
    if length > LONGEST:
        detail = f"The address is longer than {LONGEST:,} characters. Send fewer or shorter search terms."
        return frame.error(414, "input", detail=detail)
    if request.endpoint is None or _is(FREE):
        return None
    whole = _is(WHOLE) or (request.endpoint in PRINTING and frame.own_style())
    cost = COSTLY if whole else COSTS.get(request.endpoint, COSTS.get(request.blueprint or "", 1.0))
    if wait := limits.buckets.take(client(request.remote_addr), cost):
        return _come_back(429, "often", int(wait) + 1)
    if _is(OPEN) and not whole:
        g.beside = ExitStack()
        g.beside.enter_context(beside())
        return None
    if request.environ.get(WAITED, 0.0) > STALE:
        return _come_back(503, "busy", 5)
    if _is(SEARCHING) and (state := frame.level().state) in WITHOUT and not (state == "away" and _is(REDUCED)):
        raise EngineUnavailable(WITHOUT[state])
    turn = limits.turn("export" if whole else "search")
    if turn is None:
        return _come_back(503, "busy", 3)
    g.turn = turn
    return None


def _come_back(status: int, kind: str, seconds: int) -> Response:
    response = frame.error(status, kind, retry=seconds)
    response.headers["Retry-After"] = str(seconds)
    return response


def _hand_over(response: Response) -> Response:
    """A stream keeps its place until its end."""
    turn: Turn | None = g.get("turn")
    if turn is not None and response.is_streamed:
        g.pop("turn")
        response.response = _to_the_end(iter(response.response), turn)  # type: ignore[arg-type]
        response.call_on_close(turn.leave)  # a stream that was never begun
        weakref.finalize(response, turn.leave)  # nor closed
    return response


def _to_the_end(pieces: Iterator[bytes], turn: Turn) -> Iterator[bytes]:
    try:
        yield from pieces
    finally:
        turn.leave()


def _leave(_: BaseException | None) -> None:
    added: ExitStack | None = g.pop("beside", None)
    if added is not None:
        added.close()
    turn: Turn | None = g.pop("turn", None)
    if turn is not None:
        turn.leave()
