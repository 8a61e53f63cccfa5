"""A server on this machine that stands for the services elsewhere: it answers by a table, also badly."""

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from litbase.fetch.values import Limits
from litbase.library.network import Network, Services


@dataclass
class Asked:
    """One request: its path, its question and its headers (names in lower case)."""

    path: str
    query: dict[str, str]
    headers: dict[str, str]


@dataclass
class Said:
    """An answer; *raw* is called with the socket instead, to answer as no server should."""

    data: bytes | str = b""
    status: int = 200
    type: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)
    raw: Callable[[socket.socket], None] | None = None


Answers = Callable[[Asked], Said]


class Elsewhere:
    """The server: *answers* by path (the longest beginning counts), and what it was asked."""

    def __init__(self) -> None:
        self.answers: dict[str, Answers] = {}
        self.asked: list[Asked] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                with contextlib.suppress(OSError):
                    outer._answer(self)

            def log_message(self, *_: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=lambda: self._server.serve_forever(0.05), daemon=True)
        self._thread.start()
        self.port = self._server.server_port
        self.name = f"127.0.0.1:{self.port}"
        self.url = f"http://{self.name}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def says(self, path: str, *said: Said) -> None:
        """Answer requests under *path* with *said*, one after the other, the last for ever."""
        waiting = list(said)
        self.answers[path] = lambda asked: waiting.pop(0) if len(waiting) > 1 else waiting[0]

    def network(self, **limits: Any) -> Network:
        """The network on which every service is here."""
        services = Services(self.url, f"{self.url}/doi", self.url, f"{self.url}/eric/")
        return Network(services, self.limits(**limits))

    def limits(self, **changes: Any) -> Limits:
        quick = {"total": 5.0, "read": 2.0, "pause": 0.01, "inside": frozenset({self.name})}
        return Limits(**(quick | changes))

    def _answer(self, handler: BaseHTTPRequestHandler) -> None:
        parts = urlsplit(handler.path)
        query = {name: values[-1] for name, values in parse_qs(parts.query, keep_blank_values=True).items()}
        asked = Asked(parts.path, query, {k.lower(): v for k, v in handler.headers.items()})
        self.asked.append(asked)
        fitting = [path for path in self.answers if asked.path.startswith(path)]
        said = self.answers[max(fitting, key=len)](asked) if fitting else Said("{}", 404)
        handler.close_connection = True
        if said.raw:
            said.raw(handler.connection)
            return
        data = said.data.encode() if isinstance(said.data, str) else said.data
        handler.send_response(said.status)
        headers = {"Content-Type": said.type, "Content-Length": str(len(data)), **said.headers}
        for name, value in headers.items():
            if value:
                handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(data)


@contextlib.contextmanager
def elsewhere() -> Iterator[Elsewhere]:
    """The server, while it is needed."""
    server = Elsewhere()
    try:
        yield server
    finally:
        server.close()
