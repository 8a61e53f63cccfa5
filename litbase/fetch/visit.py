"""One exchange with one host: the name is resolved once, the address checked and connected to, the answer bounded.

requests speaks HTTP and verifies certificates for the name; the connection under it is made here, so that no second
look-up can lead elsewhere ("DNS rebinding").  Whatever a server does, the exchange ends at its time: a watch shuts the
connection, also in the middle of a handshake or of a header that drips.
"""

import errno
import socket
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import Any, Final, Self

import requests
import urllib3
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from litbase.fetch.addresses import PORTS, Place, is_public
from litbase.fetch.values import Failure, Limits, Reply
from litbase.record.notices import notice

CHUNK: Final = 1 << 16
ENCODINGS: Final = "gzip, deflate"
_WINDOWS: Final = {"gzip": (31,), "x-gzip": (31,), "deflate": (15, -15)}  # zlib's, and raw as some servers send it


class _RefusedAddress(Exception):
    """The name leads to an address that is not public."""


class _NoSuchHost(OSError):
    """The name has no address, or nobody can be asked for it."""


class _TooSlow(OSError):
    """The time for the exchange is over."""


class _TooLarge(Exception):
    """The answer is larger than allowed."""


class _Watch:
    """The time of one exchange: makes its connections, and shuts them when it is over."""

    def __init__(self, limits: Limits):
        self.limits = limits
        total = max(0.0, min(limits.total, limits.until - time.monotonic()))
        self.ends = time.monotonic() + total
        self.seconds = round(total, 1)
        self.is_over = False
        self._lines: list[socket.socket] = []
        self._timer = threading.Timer(total, self._end)
        self._timer.daemon = True
        self._timer.start()

    @property
    def left(self) -> float:
        """Seconds that are left; raises when there are none."""
        left = self.ends - time.monotonic()
        if left <= 0:
            raise _TooSlow
        return left

    def close(self) -> None:
        """Stop watching."""
        self._timer.cancel()
        for line in self._lines:
            line.close()

    def connected(self, host: str, port: int) -> socket.socket:
        """A socket to a public address of *host*; every address of the name must be one, unless it is `inside`."""
        is_inside = f"{host}:{port}" in self.limits.inside
        if not is_inside and port not in PORTS.values():
            raise _RefusedAddress
        found = self._resolved(host, port)
        if not is_inside and not all(is_public(str(info[4][0])) for info in found):
            raise _RefusedAddress
        failed: OSError = _NoSuchHost(host)
        for family, kind, protocol, _, address in found:
            line = socket.socket(family, kind, protocol)
            try:
                line.settimeout(min(self.limits.connect, self.left))
                line.connect(address)
            except OSError as error:
                failed = error
                line.close()
                continue
            line.settimeout(min(self.limits.read, self.left))
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._lines.append(line.dup())  # TLS takes the socket itself over
            return line
        raise failed

    def _resolved(self, host: str, port: int) -> list[Any]:
        """The addresses of *host*, asked for once, in a thread that can be left behind when no answer comes."""
        answers: SimpleQueue[list[Any] | OSError] = SimpleQueue()

        def ask() -> None:
            try:
                answers.put(socket.getaddrinfo(host, port, 0, socket.SOCK_STREAM))
            except (OSError, UnicodeError) as error:  # UnicodeError: a label of more than 63 letters
                answers.put(_NoSuchHost(str(error)))

        threading.Thread(target=ask, daemon=True).start()
        try:
            answer = answers.get(timeout=min(self.limits.read, self.left))
        except Empty as error:
            raise _NoSuchHost("no answer from the name servers") from error
        if isinstance(answer, OSError):
            raise answer
        if not answer:
            raise _NoSuchHost(host)
        return answer

    def _end(self) -> None:
        self.is_over = True
        for line in self._lines:
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)


class _Adapter(HTTPAdapter):
    """requests' adapter, with connections made by a watch."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __init__(self, watch: _Watch):
        self._watch = watch
        super().__init__(max_retries=0, pool_connections=1, pool_maxsize=1)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """Make the pools from classes whose connections ask the watch."""
        super().init_poolmanager(*args, **kwargs)
        watch = self._watch

        class Plain(HTTPConnection):
            def _new_conn(self) -> socket.socket:
                return watch.connected(self._dns_host, self.port or 80)

        class Secure(HTTPSConnection):
            def _new_conn(self) -> socket.socket:
                return watch.connected(self._dns_host, self.port or 443)

        class PlainPool(HTTPConnectionPool):
            ConnectionCls = Plain

        class SecurePool(HTTPSConnectionPool):
            ConnectionCls = Secure

        self.poolmanager.pool_classes_by_scheme = {"http": PlainPool, "https": SecurePool}


def visit(url: str, place: Place, accept: str, limits: Limits) -> Reply | Failure:
    """What the host at *place* answers to a request for *url*, redirects not followed; never raises."""
    watch = _Watch(limits)
    try:
        return _exchange(url, accept, watch)
    except _TooLarge:
        return Failure(url, "large", notice("fetch-large", host=place.host, limit=f"{limits.most:,} bytes"))
    except Exception as error:
        failure = _failure(url, place, error, watch)
        if failure is None:
            raise
        return failure
    finally:
        watch.close()


def _exchange(url: str, accept: str, watch: _Watch) -> Reply:
    """The answer to one request, sent without a session: one would take a redirect's body in, however large it is."""
    headers = {"User-Agent": watch.limits.agent, "Accept": accept, "Accept-Encoding": ENCODINGS, "Connection": "close"}
    request = requests.Request("GET", url, headers=headers).prepare()
    times = (min(watch.limits.connect, watch.left), min(watch.limits.read, watch.left))
    with _Adapter(watch) as adapter, adapter.send(request, stream=True, timeout=times, proxies={}) as response:
        encoding = response.headers.get("Content-Encoding", "").strip().lower()
        data = b"" if response.is_redirect else b"".join(_pieces(response.raw, encoding, watch))
        _ = watch.left  # a connection that was shut looks like one that ended
        return Reply(response.status_code, {k.lower(): v for k, v in response.headers.items()}, data)


def _pieces(raw: urllib3.BaseHTTPResponse, encoding: str, watch: _Watch) -> Iterator[bytes]:
    """The decoded body, counted while it is read; a packed one is unpacked no further than the limit."""
    most, size = watch.limits.most, 0
    unpack, windows = None, list(_WINDOWS.get(encoding, ()))
    if encoding not in ("", "identity") and not windows:
        raise zlib.error(f"the unknown packing {encoding[:40]}")
    while piece := raw.read1(CHUNK, decode_content=False):
        _ = watch.left
        if windows and unpack is None:
            unpack, piece = _opened(windows, piece, most + 1)
        elif unpack is not None:
            piece = unpack.decompress(piece, most + 1 - size)
        size += len(piece)
        if size > most:
            raise _TooLarge
        yield piece
    if unpack is not None and not unpack.eof:
        raise zlib.error("the packed answer ends too early")


def _opened(windows: list[int], piece: bytes, most: int) -> tuple[Any, bytes]:
    """An unpacker that understands the first *piece*, and what it made of it."""
    for place, window in enumerate(windows):
        unpack = zlib.decompressobj(window)
        try:
            return unpack, unpack.decompress(piece, most)
        except zlib.error:
            if place == len(windows) - 1:
                raise
    raise zlib.error("nothing to unpack")


def _failure(url: str, place: Place, error: Exception, watch: _Watch) -> Failure | None:
    """The Failure that an exception stands for, by what caused it; None for one that is no failure of the network."""
    causes = list(_causes(error))
    host = place.host

    def caused(*kinds: type[BaseException]) -> bool:
        return any(isinstance(cause, kinds) for cause in causes)

    if caused(_RefusedAddress):
        return Failure(url, "refused", notice("fetch-refused", host=host))
    if caused(_NoSuchHost):
        return Failure(url, "offline", notice("fetch-no-host", host=host))
    if watch.is_over or caused(_TooSlow, TimeoutError, requests.Timeout, urllib3.exceptions.TimeoutError):
        return Failure(url, "slow", notice("fetch-slow", host=host, seconds=f"{watch.seconds:g}"))
    if caused(requests.exceptions.SSLError, urllib3.exceptions.SSLError):
        return Failure(url, "broken", notice("fetch-certificate", host=host, reason=str(causes[-1])[:200]))
    if caused(requests.exceptions.InvalidURL, urllib3.exceptions.LocationValueError, UnicodeError):
        return Failure(url, "address", notice("fetch-address", url=url[:200], reason="it is no web address"))
    if caused(ConnectionRefusedError) or any(isinstance(c, OSError) and c.errno in _UNREACHABLE for c in causes):
        reason = next((c.strerror for c in causes if isinstance(c, OSError) and c.strerror), "no connection")
        return Failure(url, "offline", notice("fetch-offline", host=host, reason=reason))
    if caused(requests.RequestException, urllib3.exceptions.HTTPError, OSError, zlib.error):
        return Failure(url, "broken", notice("fetch-broken", host=host))
    return None


_UNREACHABLE: Final = frozenset({errno.ENETDOWN, errno.ENETUNREACH, errno.EHOSTDOWN, errno.EHOSTUNREACH})


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    seen = 0
    while error is not None and seen < 20:
        yield error
        for inner in error.args:
            if isinstance(inner, BaseException):
                yield inner
                yield from filter(None, (inner.__cause__, inner.__context__, getattr(inner, "reason", None)))
        error, seen = error.__cause__ or error.__context__, seen + 1
