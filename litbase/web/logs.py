"""The log: one line for each answer where the operator asks for it, and failures; what readers look for stays out.

Lines hold no address, no referrer and no cookie of a reader.
"""

import json
import logging
import sqlite3
import sys
import time
import traceback
from collections.abc import Iterable
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, TextIO

from werkzeug.wsgi import ClosingIterator

from litbase.errors import EngineError, LibraryError

OFF, PATH, QUERY = "off", "path", "query"
LONGEST = 500  # characters of a path or query in a line
TELLING = (OSError, sqlite3.Error, EngineError, LibraryError)  # their words are the machine's, never a reader's
access = logging.getLogger("litbase.access")


class Plain(logging.Formatter):
    """Formats failures by `trace`."""

    def formatException(
        self, ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
    ) -> str:
        """See logging.Formatter."""
        return trace(ei[1]) if ei[1] else ""


def set_up(mode: str, stream: TextIO | None = None) -> None:
    """Send what litbase and waitress log to standard error or *stream*; *mode* is the setting `access_log`."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(Plain("%(message)s"))
    for name in ("litbase", "waitress"):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [handler], False
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # it tells of every request that waits
    access.setLevel(logging.WARNING if mode == OFF else logging.INFO)


def trace(problem: BaseException) -> str:
    """Where *problem* and what led to it were raised; their words only where they cannot be a reader's."""
    told: list[str] = []
    seen: set[int] = set()
    current: BaseException | None = problem
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        words = f": {current}" if isinstance(current, TELLING) else ""
        told.append("".join(traceback.format_tb(current.__traceback__)) + type(current).__name__ + words)
        current = current.__cause__ or current.__context__
    return "\nafter\n".join(reversed(told))


def logged(application: Any, mode: str) -> Any:
    """The WSGI *application*, with a line of JSON for each answer unless *mode* is "off"."""
    if mode == OFF:
        return application

    def answer(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        begun, status = time.perf_counter(), ["500"]

        def start(line: str, headers: Any, exc_info: Any = None) -> Any:
            status[0] = line
            return start_response(line, headers, exc_info)

        def told() -> None:
            access.info(_line(environ, status[0], time.perf_counter() - begun, mode))

        return ClosingIterator(application(environ, start), told)

    return answer


def _line(environ: dict[str, Any], status: str, seconds: float, mode: str) -> str:
    line = {
        "at": datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "method": environ["REQUEST_METHOD"][:16],
        "path": _text(environ.get("SCRIPT_NAME", "") + environ.get("PATH_INFO", "")),
    }
    if mode == QUERY:
        line["query"] = _text(environ.get("QUERY_STRING", ""))
    return json.dumps({**line, "status": int(status[:3]), "ms": round(seconds * 1000, 1)})


def _text(wsgi: str) -> str:
    return wsgi.encode("latin-1", "replace").decode("utf-8", "replace")[:LONGEST]
