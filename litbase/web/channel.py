"""Connections under waitress that nobody can hold: a request must arrive, and an answer be fetched, in time.

Waitress itself closes only what is silent between requests.  What it refuses by itself
gets a page of ours, made beforehand.
"""

import contextlib
import copy
import socket
import time
from collections.abc import Callable
from typing import Any, Final, NamedTuple

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser, ParsingError
from waitress.task import ErrorTask, WSGITask

from litbase.web.limits import WAITED

CONNECTIONS: Final = 800
IDLE: Final = 30.0  # seconds a connection may rest between requests
CROWDED_IDLE: Final = 2.0  # the same, while half of the connections are taken
ARRIVAL: Final = 20.0  # seconds in which a request must be whole
UPLOAD: Final = 900.0  # the same, of what is large and may be
STALLED: Final = 60.0  # seconds in which a client must take something of what waits for it
LINGER: Final = 5.0  # seconds in which the rest of a refused request is thrown away, so that its page arrives

Pages = dict[int, tuple[str, list[tuple[str, str]], bytes]]  # by status code: status line, headers, body


class Room(NamedTuple):
    """Who may send more: *is_for* decides by method, path and cookies; up to *size* bytes are taken then."""

    is_for: Callable[[str, str, str], bool]
    size: int


class Request(HTTPRequestParser):
    """A request that knows when it began to arrive and when it was whole."""

    adj: Any

    def __init__(self, adj: Any):
        super().__init__(adj)
        self.began = time.monotonic()
        self.came = 0.0
        self.patience = ARRIVAL

    def parse_header(self, header_plus: bytes) -> None:
        """See waitress; who sends much, and may, gets the room and the time for it."""
        super().parse_header(header_plus)
        # two lengths, or two hosts: a proxy before it may believe the other one, and send on what we would not
        if ("CONTENT_LENGTH" if self.chunked else "TRANSFER_ENCODING") in self.headers:
            raise ParsingError("Content-Length and Transfer-Encoding, or Transfer-Encoding in HTTP/1.0")
        if "," in self.headers.get("HOST", ""):
            raise ParsingError("more than one Host")
        room: Room | None = getattr(self.adj, "room", None)
        if room is None or self.content_length < self.adj.max_request_body_size:
            return
        if room.is_for(str(self.command), str(self.path), self.headers.get("COOKIE", "")):
            self.adj = copy.copy(self.adj)
            self.adj.max_request_body_size = room.size
            self.patience = UPLOAD

    def received(self, data: bytes) -> int:
        """See waitress."""
        taken: int = super().received(data)
        if self.completed and not self.came:
            self.came = time.monotonic()
        return taken


class Answer(WSGITask):
    """An answer of the application, which is told how long the request waited for a thread."""

    def get_environment(self) -> dict[str, Any]:
        """See waitress."""
        environ: dict[str, Any] = super().get_environment()
        environ[WAITED] = time.monotonic() - self.request.came
        return environ


class Refusal(ErrorTask):
    """What waitress refuses, on a page of ours."""

    def execute(self) -> None:
        """See waitress."""
        pages: Pages = self.channel.server.pages
        if self.request.error.code not in pages:
            super().execute()
            return
        self.channel.refused = True
        self.status, headers, body = pages[self.request.error.code]
        self.response_headers.extend(headers)
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body)


class Channel(HTTPChannel):
    """A connection with deadlines; waitress asks every connection at least once a second whether it is readable."""

    parser_class = Request
    task_class = Answer
    error_task_class = Refusal
    refused = close_when_flushed = False
    lingers = 0.0  # since when, 0.0 before

    def readable(self) -> bool:
        """See waitress; a connection past a deadline is closed."""
        if self._is_late(time.monotonic()):
            self.handle_close()
            return False
        return bool(self.lingers or super().readable())

    def writable(self) -> bool:
        """See waitress."""
        return bool(self.connected and super().writable())

    def received(self, data: bytes) -> bool:
        """See waitress; what comes after a refusal is thrown away."""
        return False if self.lingers else bool(super().received(data))

    def handle_write(self) -> None:
        """See waitress; closing with unread bytes would take the page of a refusal back, so they are read first."""
        if not (self.refused and self.close_when_flushed):
            super().handle_write()
            return
        self._flush_exception(self._flush_some)
        if not self.total_outbufs_len:
            self.close_when_flushed, self.lingers = False, time.monotonic()
            with contextlib.suppress(OSError):
                self.socket.shutdown(socket.SHUT_WR)

    @property
    def is_busy(self) -> bool:
        """Whether an answer is being made or sent."""
        return bool(self.requests or self.total_outbufs_len)

    def _is_late(self, now: float) -> bool:
        if self.lingers:
            return now - self.lingers > LINGER
        silent = time.time() - self.last_activity
        if self.total_outbufs_len:
            return silent > STALLED
        if self.requests:
            return False
        if self.request is not None:
            return now - self.request.began > self.request.patience
        return silent > (CROWDED_IDLE if len(self.server.active_channels) > CONNECTIONS // 2 else IDLE)
