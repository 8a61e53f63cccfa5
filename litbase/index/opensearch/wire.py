"""What goes over the wire: one call, and what each kind of trouble means.

The client keeps connections to all nodes and leaves a node that does not answer aside for a while; the next one is
asked within the same time, as every call litbase makes may be made twice.  A node that is frozen answers neither what
it is asked nor what the others ask it for: a question is sent once more before its time is up.
"""

import base64
import logging
import math
import random
import re
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from itertools import count
from typing import Any, Final

from opensearchpy import ConnectionSelector, OpenSearch
from opensearchpy.exceptions import (
    ConnectionError as NoConnection,
)
from opensearchpy.exceptions import (
    ConnectionTimeout,
    OpenSearchException,
    SSLError,
    TransportError,
)

from litbase.errors import EngineUnavailable, LibraryError, Unsupported
from litbase.index.opensearch.address import Address, password_in
from litbase.index.opensearch.race import Spare, first_answer
from litbase.index.patience import left

OLDEST: Final = (2, 11)
LEAST: Final = 0.05  # seconds in which it is worth asking
UNKNOWN: Final = 401  # the user, or the password
AGAIN: Final = (502, 503, 504)  # what another node may answer better
LONGEST_PAUSE: Final = 8.0
LATE: Final = 0.4  # seconds after which another node is asked too
SPARE: Final = (0.2, 20)  # the share of questions that may be, and how many at once
Json = dict[str, Any]
logging.getLogger("opensearch").setLevel(logging.CRITICAL)  # each try of each call, with its address; we say it once
_FULL: Final = ("disk usage exceeded flood-stage", "read-only-allow-delete", "create-index blocked")
_TOO_LARGE: Final = ("too_many_clauses", "too_many_nested_clauses", "maxClauseCount", "nested depth")


class Turns(ConnectionSelector):
    """Each node in its turn, whichever thread asks; the client's own begins with the same one in every thread."""

    def __init__(self, opts: Sequence[Any]) -> None:
        """The first is any."""
        super().__init__(opts)
        self._turn = count(random.randrange(1 << 16))

    def select(self, connections: Sequence[Any]) -> Any:
        """The next of those that are not left aside."""
        return connections[next(self._turn) % len(connections)]


class Wire:
    """The connections to the nodes of one index."""

    def __init__(self, address: Address):
        """Nothing is sent yet; *version* is that of the server, once it has answered."""
        self.address = address
        self.version: tuple[int, ...] = ()
        self._spare = Spare(*SPARE)
        self._password = address.password
        self._client = OpenSearch(
            hosts=[{"host": host, "port": port} for host, port in address.hosts],
            use_ssl=address.tls,
            verify_certs=address.tls,
            ssl_show_warn=False,
            ca_certs=address.ca_file or None,
            timeout=address.timeout,
            max_retries=0,
            retry_on_timeout=True,  # else a node that runs out of time is not left aside
            pool_maxsize=16,
            selector_class=Turns,
        )

    def call(self, method: str, path: str, body: Any = None, timeout: float = 0.0, **params: str | int) -> Json:
        """The answer to one request, in *timeout* seconds or those of the address; what is busy is asked again in them.

        Raises EngineUnavailable that says what is the matter, Missing for what is not there, Unsupported for a query
        that is too large.
        """
        seconds = min(timeout or self.address.timeout, left())
        until = time.monotonic() + seconds
        for attempt in count():
            password = self._password
            try:
                self._check(until)
                return self._asked(method, path, body, until, params)
            except TransportError as error:
                if error.status_code == UNKNOWN and self._read_password() != password:
                    continue
                pause = min(LONGEST_PAUSE, 2.0**attempt / 2) * random.uniform(0.5, 1.0)
                if error.status_code != 429 or _is_full(error) or time.monotonic() + pause > until - LEAST:
                    raise self._why(error, seconds) from error
                time.sleep(pause)
            except (OpenSearchException, ValueError, TimeoutError) as error:
                raise self._why(error, seconds) from error
        raise AssertionError("unreachable")

    def _asked(self, method: str, path: str, body: Any, until: float, params: Mapping[str, Any]) -> Json:
        """The answer of one of the nodes: of another when one is out of reach, and what only reads when one is late."""
        nodes, turns = len(self.address.hosts), count(1)

        def once() -> Json:
            rest = max(LEAST, until - time.monotonic())
            return self._once(method, path, body, rest / 2 if next(turns) < nodes else rest, params)

        is_read = method == "GET" or path.endswith("/_search")
        if not is_read or nodes == 1:  # a connection that rested may have been closed: once more than there are nodes
            return first_answer(once, nodes + 1, math.inf, until, _is_of_a_node)
        self._spare.earn()  # a node that has met a frozen one asks others from then on: each is asked twice
        return first_answer(once, 2 * nodes + 1, LATE, until, _is_of_a_node, self._spare.spend)

    def _once(self, method: str, path: str, body: Any, seconds: float, params: Mapping[str, Any]) -> Json:
        asked = dict(params) | {"request_timeout": seconds}
        who = base64.b64encode(f"{self.address.user}:{self._password}".encode()).decode()
        headers = {"authorization": f"Basic {who}"} if self.address.user else None
        found = self._client.transport.perform_request(method, path, params=asked, body=body, headers=headers)
        if not isinstance(found, dict):
            raise ValueError("it is no JSON of OpenSearch")
        return found

    def _read_password(self) -> str:
        """The password, as its file has it by now; the one before where it cannot be read."""
        with suppress(LibraryError):
            self._password = password_in(self.address.password_file)
        return self._password

    def _check(self, until: float) -> None:
        """That the server is one litbase knows, once."""
        if self.version:
            return
        version = self._asked("GET", "/", None, until, {}).get("version")
        told = version if isinstance(version, dict) else {}
        number = str(told.get("number", ""))
        if told.get("distribution") != "opensearch" or _numbers(number) < OLDEST:
            is_ours = told.get("distribution") == "opensearch"
            what = (
                f"is OpenSearch {number}"
                if is_ours
                else f"is no OpenSearch{f', but a version {number}' * bool(number)}"
            )
            needed = f"litbase needs OpenSearch {OLDEST[0]}.{OLDEST[1]} or later"
            raise EngineUnavailable(f"the search server at {self.address.shown} {what}; {needed}")
        self.version = _numbers(number)

    def _why(self, error: Exception, seconds: float) -> Exception:
        """*error*, met within *seconds*, as litbase says it."""
        where = f"the search server at {self.address.shown}"
        match error:
            case SSLError() if name := _another_name(error):
                why = f"shows a certificate that is not one of {name}; name it in LITBASE_INDEX as its certificate does"
            case SSLError() if "certificate has expired" in str(error.info):
                why = "shows a certificate that has expired: its node needs a new one"
            case SSLError() if "CERTIFICATE_VERIFY_FAILED" in str(error.info):
                why = f"shows a certificate that is not trusted ({_certificate(error)}); see LITBASE_INDEX_CA_FILE"
            case SSLError():
                why = "does not speak TLS as it should; without TLS its address has no tls=1"
            case ConnectionTimeout() | TimeoutError():
                why = f"did not answer within {max(seconds, 0):.3g} s"
            case NoConnection() if "Connection aborted" in str(error.info) and not self.address.tls:
                why = "closes connections without a word; with TLS its address ends in ?tls=1"
            case NoConnection():
                why = f"cannot be reached: {_failure(error)}"
            case TransportError() if _is_too_large(error):
                return Unsupported("the query stands for too many words at once: add letters, or leave words out")
            case TransportError(status_code=401) if not self.address.user:
                why = "asks for a user and a password (LITBASE_INDEX_USER, LITBASE_INDEX_PASSWORD_FILE)"
            case TransportError(status_code=401):
                why = "refuses the user or the password (LITBASE_INDEX_USER, LITBASE_INDEX_PASSWORD_FILE)"
            case TransportError(status_code=404):
                return Missing(f"{where} has no such thing: {_reason(error)}")
            case TransportError() if _is_full(error):
                why = f"{FULL}: {_reason(error)}"
            case TransportError() if isinstance(error.info, dict) and is_closed(error.info.get("error")):
                why = CLOSED
            case TransportError(status_code=403):
                why = forbidden(_reason(error))
            case TransportError(status_code=413):
                why = "takes no request of 5 MB (http.max_content_length, or client_max_body_size of a proxy)"
            case TransportError(status_code=429):
                why = "is too busy; try again in a moment"
            case TransportError(status_code=int(status)) if status >= 500:
                why = f"cannot answer now: {_reason(error)}"
            case TransportError():
                why = f"refused a request ({error.status_code}): {_reason(error)}"
            case _:
                why = (
                    "gave an answer that is not one of OpenSearch: a proxy before it, or something else at its address"
                )
        return EngineUnavailable(f"{where} {why}")

    def close(self) -> None:
        """Give back the connections."""
        self._client.close()


class Missing(EngineUnavailable):
    """The index, the document or the point in time asked for is not there."""


FULL: Final = "takes no more writes, as its disks are nearly full; make room there"


CLOSED: Final = "has closed the index; open it there (POST /NAME-*/_open)"


def is_closed(error: object) -> bool:
    """Whether *error*, as OpenSearch tells it, is that somebody closed the index."""
    return isinstance(error, dict) and error.get("type") == "index_closed_exception"


def is_full(reason: str) -> bool:
    """Whether *reason* is that the disks of the server are nearly full."""
    return any(sign in reason for sign in _FULL)


def forbidden(reason: str) -> str:
    """That the user may not, and what, without all else that OpenSearch tells of the user in *reason*.

    What nobody may, because of a block that somebody set, is told so.
    """
    if "blocked by: [" in reason:
        return f"has a block set against this, which must be taken off there: {reason}"
    reason, is_of_a_role, _ = reason.partition(" and User [")
    role = "; docs/scale.md has the role that it needs" if is_of_a_role else ""
    return f"does not let the user of litbase do this: {reason}{role}"


def _is_full(error: TransportError) -> bool:
    return is_full(str(error.info))


def _is_of_a_node(error: Exception) -> bool:
    """Whether another node may answer better."""
    return isinstance(error, NoConnection) or (isinstance(error, TransportError) and error.status_code in AGAIN)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".")[:2] if part.isdecimal())


def _reason(error: TransportError) -> str:
    """Why, in the words of OpenSearch: the innermost reason that it gives; else its status."""
    info = error.info if isinstance(error.info, dict) else {}
    told = info.get("error")
    if not isinstance(told, dict):
        return _first_line(told) if told else f"status {error.status_code}"
    roots = told.get("root_cause")
    inner = told.get("caused_by") or (roots[0] if isinstance(roots, list) and roots else told)
    reasons = (part.get("reason") or part.get("type") for part in (inner, told) if isinstance(part, dict))
    return _first_line(next(filter(None, reasons), f"status {error.status_code}"))


def _is_too_large(error: TransportError) -> bool:
    return any(sign in str(error.info) for sign in _TOO_LARGE)


def _certificate(error: TransportError) -> str:
    found = re.search(r"certificate verify failed: ([^(\n]{1,200})", str(error.info))
    return found[1].strip() if found else "not verified"


def _another_name(error: TransportError) -> str:
    """The name that the certificate of a node is not for; "" when it is."""
    found = re.search(r"certificate is not valid for '([^'\n]{1,253})'", str(error.info))
    return found[1] if found else ""


def _failure(error: TransportError) -> str:
    """What the network says, without the names of objects."""
    told = _first_line(error.info)
    name = re.search(r"Failed to resolve '([^']{1,253})'", told)
    if name:
        return f"the name {name[1]} is not known"
    found = re.search(r"\[Errno -?[0-9]+\] ([^)]{1,200})|timed out|Connection aborted", told)
    return (found[1] or found[0]).strip(" '\"") if found else told


def _first_line(error: object) -> str:
    return (str(error).strip().splitlines() or ["no reason given"])[0][:300]
