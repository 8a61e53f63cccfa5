"""A server process on a free port, and what it answers; for tests and measurements."""

import http.client
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class Served:
    """A running server; *log* is where its standard error goes."""

    def __init__(self, process: subprocess.Popen[bytes], port: int, log: Path):
        self.process, self.port, self.log = process, port, log

    def connection(self, timeout: float = 30) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)

    def get(self, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
        """Status, headers with small names, body."""
        connection = self.connection()
        try:
            connection.request("GET", path, headers={name.replace("_", "-"): v for name, v in headers.items()})
            answer = connection.getresponse()
            return answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read()
        finally:
            connection.close()

    def raw(self, sent: bytes, timeout: float = 10) -> bytes:
        """What comes back for *sent*, until the server closes."""
        with socket.create_connection(("127.0.0.1", self.port), timeout) as client:
            client.sendall(sent)
            got = b""
            while piece := client.recv(65536):
                got += piece
            return got


@contextmanager
def running(folder: Path, *program: str, port: int | None = None, **environ: str) -> Iterator[Served]:
    """A server over the library *folder*: `litbase serve`, or *program* with "PORT" in place of the port."""
    if port is None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
    command = [each.replace("PORT", str(port)) for each in program] or [
        sys.executable, "-m", "litbase", "--library", str(folder), "serve", "--port", str(port)
    ]  # fmt: skip
    log = folder.parent / f"served-{port}.log"
    settings = {"LITBASE_LIBRARY": str(folder), **{f"LITBASE_{name.upper()}": v for name, v in environ.items()}}
    with log.open("wb") as file:
        process = subprocess.Popen(command, cwd=ROOT, stdout=file, stderr=file, env={**os.environ, **settings})
    served = Served(process, port, log)
    try:
        end = time.monotonic() + 60
        while not _listens(served):
            assert process.poll() is None, re.sub(r"\s+", " ", log.read_text())[-2000:]
            assert time.monotonic() < end, "it does not listen"
            time.sleep(0.05)
        yield served
    finally:
        process.terminate()
        process.wait(40)


def _listens(served: Served) -> bool:
    try:
        served.get("/robots.txt")
    except OSError:
        return False
    return True
