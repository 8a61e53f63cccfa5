"""get: fetch one address politely: one request at a time for each host, redirects checked, failures tried again.

Sources: RFC 9110 (redirects, Retry-After, status codes); what Crossref, DataCite and Open Library ask of programs.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from typing import Final
from urllib.parse import quote, urljoin

from litbase.fetch.addresses import place_of
from litbase.fetch.values import LIMITS, Failure, Fetched, Limits, Reply
from litbase.record.notices import notice

ANYTHING: Final = "*/*"
REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
PASSING: Final = frozenset({429, 500, 502, 503, 504})
"""Answers that may be another one a little later."""
_SAFE: Final = "%/:?#[]@!$&'()*+,;=~-._"

_turns: dict[str, threading.Lock] = {}
_turning: Final = threading.Lock()


def get(url: str, *, accept: str = ANYTHING, limits: Limits = LIMITS) -> Fetched | Failure:
    """What is at *url*, or why nothing came back; never raises for anything a network or a server does.

    At most `limits.redirects` redirects are followed, each checked like the first address.  What may pass (429, 5xx, a
    broken connection) is tried again up to `limits.retries` times; a server that says when to come back is heeded as
    far as `limits.patience` goes.  After `limits.until` nothing is waited for or tried.
    """
    at, allowed = url, limits
    for _ in range(limits.redirects + 1):
        place = place_of(at, allowed.inside)
        if isinstance(place, str):
            return Failure(url, "address", notice("fetch-address", url=at[:200], reason=place))
        if place.name not in allowed.inside:
            allowed = allowed._replace(inside=frozenset())  # from a stranger no way leads inside
        with _turn(place.host, allowed.until) as has_come:
            answer = _insisting(at, accept, allowed) if has_come else _crowded(at, place.host)
        if isinstance(answer, Failure):
            return answer._replace(url=url)
        if answer.status not in REDIRECTS or not answer.headers.get("location"):
            return _taken(url, at, place.host, answer)
        at = _joined(at, answer.headers["location"])
    return Failure(url, "redirects", notice("fetch-redirects", url=url[:200], count=limits.redirects))


@contextmanager
def _turn(host: str, until: float) -> Iterator[bool]:
    """Wait until no other thread of this program asks *host*; False when that took until *until*."""
    with _turning:
        lock = _turns.setdefault(host.casefold(), threading.Lock())
    has_come = lock.acquire(timeout=min(max(0.0, until - time.monotonic()), threading.TIMEOUT_MAX))
    try:
        yield has_come
    finally:
        if has_come:
            lock.release()


def _crowded(url: str, host: str) -> Failure:
    return Failure(url, "busy", notice("fetch-busy", host=host))


def _insisting(url: str, accept: str, limits: Limits) -> Reply | Failure:
    """The answer of one host, tried again while it may become a better one."""
    from litbase.fetch.visit import visit  # requests is heavy

    pause = limits.pause
    for tries in range(limits.retries + 1):
        place = place_of(url, limits.inside)
        assert not isinstance(place, str)
        answer = visit(url, place, accept, limits)
        if isinstance(answer, Failure):
            if answer.kind != "broken" or answer.notice.code != "fetch-broken":
                return answer
            wait = pause
        elif answer.status not in PASSING:
            return answer
        else:
            asked = seconds_in(answer.headers.get("retry-after", ""))
            if asked > limits.patience:
                return Failure(url, "busy", notice("fetch-busy-long", host=place.host, seconds=round(asked)))
            wait = max(asked, pause)
        if time.monotonic() + wait >= limits.until:
            return answer
        if tries < limits.retries:
            time.sleep(wait)
            pause *= 2
    return answer


def seconds_in(retry_after: str) -> float:
    """The seconds that a Retry-After header asks for, 0 when it asks for none or is unreadable.

    >>> seconds_in("120"), seconds_in("Wed, 21 Oct 2015 07:28:00 GMT"), seconds_in("soon")
    (120.0, 0.0, 0.0)
    """
    text = retry_after.strip()
    if text.isascii() and text.isdigit():
        return float(min(int(text[:9]), 10**8))
    try:
        when = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return 0.0
    if when.tzinfo is None:
        when = when.replace(tzinfo=UTC)
    return max(0.0, (when - datetime.now(UTC)).total_seconds())


def _joined(url: str, location: str) -> str:
    """Where *location* leads from *url*; a header comes as Latin-1, and servers write UTF-8 into it."""
    with suppress(UnicodeError):
        location = location.encode("latin-1").decode("utf-8")
    location = quote(location, safe=_SAFE).partition("#")[0]
    try:
        return urljoin(url, location)
    except ValueError:
        return location


def _taken(url: str, final: str, host: str, answer: Reply) -> Fetched | Failure:
    match answer.status:
        case 200 | 203:
            kind = Message()
            kind["content-type"] = answer.headers.get("content-type", "")[:500]
            named = kind.get_content_type() if answer.headers.get("content-type") else ""
            charset = str(kind.get_content_charset("") or "")
            return Fetched(url, final, named, charset, answer.data, f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}")
        case 404 | 410:
            return Failure(url, "missing", notice("fetch-missing", host=host))
        case 429 | 503:
            return Failure(url, "busy", notice("fetch-busy", host=host))
    return Failure(url, "status", notice("fetch-status", host=host, status=answer.status))
