"""The application on a port, under waitress, with the thread that keeps the index level with the store."""

import gc
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from types import FrameType
from typing import Any, Final, Protocol

from flask import Flask
from waitress import wasyncore
from waitress.server import BaseWSGIServer, create_server

from litbase.library import Library, listing
from litbase.web import channel, frame, imports, logs
from litbase.web.limits import CORES

THREADS: Final = 8 + 4 * CORES  # more than searches at once, so that records are answered while searches wait
BODY: Final = 1024 * 1024  # bytes of a request that are taken, but for what editors send to be imported
HEAD: Final = 64 * 1024  # bytes of its first line and headers
GRACE: Final = 20.0  # seconds in which answers under way are finished when the server is stopped
REFUSED: Final = {  # what waitress refuses by itself, and what the page says
    400: "What arrived is not a request of HTTP.",
    413: f"More than {BODY:,} bytes were sent.",
    431: f"Address and headers together are longer than {HEAD:,} bytes. Send fewer search terms, or delete the cookies"
    " of this site.",
    501: "The request is packed in a way that is not understood here.",
}


class Running(Protocol):
    """A thread that can be started and stopped, as `index.follow.Follower`."""

    @property
    def progress(self) -> tuple[int, int] | None:
        """(Changes done, changes there were) while it works."""
        ...

    @property
    def error(self) -> Exception | None:
        """Why it cannot bring the index level; None when all is well."""
        ...

    def start(self) -> None:
        """Begin."""

    def stop(self) -> None:
        """End, and wait for it."""


def serve(
    library: Library,
    host: str,
    port: int,
    follower: Running | None = None,
    listening: Callable[[], None] = lambda: None,
) -> None:
    """Serve *library* until SIGTERM or Ctrl+C; *follower* runs meanwhile, *listening* is called when the port is open.

    Answers under way are finished within GRACE seconds; a second signal ends at once.  Raises OSError where the port
    cannot be had.
    """
    from litbase.web import create_app

    logs.set_up(library.settings.access_log)
    listing.forget_unused(library)
    app = create_app(library, follower)
    sockets: dict[int, Any] = {}
    server = create_server(
        app,
        map=sockets,
        host=host,
        port=port,
        threads=THREADS,
        connection_limit=channel.CONNECTIONS,
        channel_timeout=int(channel.IDLE),
        max_request_header_size=HEAD,
        max_request_body_size=BODY,
        asyncore_use_poll=True,
        clear_untrusted_proxy_headers=not library.settings.trusted_proxies,
        log_socket_errors=False,
        ident=None,
    )
    servers = [one for one in sockets.values() if isinstance(one, BaseWSGIServer)]
    pages = _pages(app)
    room = channel.Room(partial(imports.is_upload, library), imports.ROOM)
    for one in servers:
        one.channel_class, one.pages, one.adj.room = channel.Channel, pages, room
    with ExitStack() as stack:
        if follower is not None:
            follower.start()
            stack.callback(follower.stop)
        stopping = stack.enter_context(_stopped_by_signals(servers[0].pull_trigger))
        library.store.thesaurus()
        gc.collect()
        gc.freeze()  # what is here now stays: to look it through takes 70 ms, each time in the middle of some page
        listening()
        _run(sockets, servers, stopping)
        server.task_dispatcher.shutdown(timeout=1)


def _pages(app: Flask) -> channel.Pages:
    pages: channel.Pages = {}
    for code, detail in REFUSED.items():
        with app.test_request_context("/"):
            response = app.process_response(frame.error(code, "input", detail=detail))
            pages[code] = (response.status, list(response.headers), response.get_data())
    return pages


@contextmanager
def _stopped_by_signals(wake: Callable[[], None]) -> Iterator[threading.Event]:
    """An event that the first SIGTERM or SIGINT sets, waking the loop; the second does what it always does."""
    stopping = threading.Event()

    def stop(signum: int, _: FrameType | None) -> None:
        signal.signal(signum, signal.SIG_DFL if signum == signal.SIGTERM else signal.default_int_handler)
        stopping.set()
        wake()

    before = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield stopping
    finally:
        for number, action in before.items():
            signal.signal(number, action)


def _run(sockets: dict[int, Any], servers: list[Any], stopping: threading.Event) -> None:
    """Answer until *stopping* is set; then take no new connection, and finish what is under way."""
    while not stopping.is_set():
        wasyncore.loop(timeout=1, use_poll=True, map=sockets, count=1)
    for server in servers:
        wasyncore.dispatcher.close(server)
    until = time.monotonic() + GRACE
    while time.monotonic() < until:
        open_ones = [each for each in sockets.values() if isinstance(each, channel.Channel)]
        for each in open_ones:
            each.will_close = each.will_close or not each.is_busy
        if not open_ones:
            return
        wasyncore.loop(timeout=0.1, use_poll=True, map=sockets, count=1)
