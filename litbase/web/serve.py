"""The application on a port, under waitress, with the thread that keeps the index level with the store."""

from contextlib import ExitStack
from typing import Protocol
from urllib.parse import urlsplit

from litbase.library import Library

THREADS = 8
CONNECTIONS = 200
IDLE = 60  # seconds before an idle connection is closed
BODY = 1024 * 1024  # bytes of a request that are taken


class Running(Protocol):
    """A thread that can be started and stopped, as `index.follow.Follower`."""

    def start(self) -> None:
        """Begin."""

    def stop(self) -> None:
        """End, and wait for it."""


def serve(library: Library, host: str, port: int, follower: Running | None = None) -> None:
    """Serve *library* until interrupted; *follower* runs meanwhile."""
    import waitress

    from litbase.web import create_app

    with ExitStack() as stack:
        if follower is not None:
            follower.start()
            stack.callback(follower.stop)
        waitress.serve(
            create_app(library),
            host=host,
            port=port,
            threads=THREADS,
            connection_limit=CONNECTIONS,
            channel_timeout=IDLE,
            max_request_body_size=BODY,
            url_prefix=urlsplit(library.settings.public_url).path.rstrip("/"),
            ident=None,
        )
