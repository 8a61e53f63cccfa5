"""A server killed at any moment of an import: nothing acknowledged is lost, and the import can go on or be undone."""

import http.client
import os
import random
import re
import time
from pathlib import Path

import pytest

from litbase.library import Library, importing, is_level, open_library
from litbase.library.accounts import form_token, sign_in_by_proxy
from litbase.settings import Settings
from tests.web.served import Served, running

KILLS = int(os.environ.get("LITBASE_KILLS", "2"))
RECORDS = 300
BOUNDARY = "boundary-of-parts"


def many(number: int) -> bytes:
    return "".join(
        f"@article{{k{n}, author = {{Roe{n % 300}, Ann}}, title = {{Part {n * 7919} of Town {number}}}, "
        f"journal = {{Journal {n % 40}}}, year = {{{1950 + n % 70}}}, abstract = {{{'Words on towns. ' * 10}}}}}\n"
        for n in range(RECORDS)
    ).encode()


class Editor:
    """Somebody who is signed in, at whatever server is running."""

    def __init__(self, library: Library):
        library.store.accounts.add("Ann", "editor", "", "tester")
        self.token = sign_in_by_proxy(library, "Ann", "", origin="192.0.2.7", agent="test")

    def ask(self, served: Served, method: str, path: str, body: bytes = b"", kind: str = "") -> tuple[int, str, bytes]:
        """Status, where it leads, and the body of the answer; raises OSError when the server is gone."""
        connection = served.connection()
        headers = {
            "Cookie": f"litbase={self.token}",
            "Sec-Fetch-Site": "same-origin",
            "X-Token": form_token(self.token),
        }
        try:
            connection.request(method, path, body, headers | ({"Content-Type": kind} if kind else {}))
            answer = connection.getresponse()
            return answer.status, answer.getheader("Location") or "", answer.read()
        except http.client.HTTPException as problem:
            raise OSError("the server is gone") from problem
        finally:
            connection.close()

    def send(self, served: Served, data: bytes) -> str:
        head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="files"; filename="many.bib"\r\n\r\n'
        body = head.encode() + data + f"\r\n--{BOUNDARY}--\r\n".encode()
        status, address, _ = self.ask(served, "POST", "/import", body, f"multipart/form-data; boundary={BOUNDARY}")
        assert status == 303
        return address

    def do(self, served: Served, address: str, action: str) -> int:
        return self.ask(served, "POST", f"{address}/{action}", b"", "application/x-www-form-urlencoded")[0]

    def wait(self, served: Served, address: str, *states: str) -> str:
        """The state of an import, once it is one of *states*."""
        until = time.monotonic() + 120
        while True:
            _, _, body = self.ask(served, "GET", f"{address}.json?records=0")
            state = re.search(rb'"state": ?"(\w+)"', body)
            assert state, body[:300]
            if state[1].decode() in states:
                return state[1].decode()
            assert time.monotonic() < until, body[:300]
            time.sleep(0.05)


def opened(folder: Path) -> Library:
    return open_library(folder, Settings(), create=True)


def acknowledged(library: Library, nr: int) -> set[str]:
    """The records that the import says it has added."""
    rows = library.store.imports.entries(nr, importing.STATUSES, RECORDS)
    return {row.record_id for row in rows if row.record_id}


@pytest.mark.slow
def test_a_kill_at_any_moment_loses_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    library = opened(folder)
    editor = Editor(library)
    library.close()
    dice = random.Random(5)
    for number in range(KILLS):
        with running(folder) as served:
            address = editor.send(served, many(number))
            nr = int(address.rpartition("/")[2])
            if number % 5 == 4:
                time.sleep(dice.uniform(0, 0.4))  # while it is read
            else:
                editor.wait(served, address, "read")
                assert editor.do(served, address, "add") == 303
                time.sleep(dice.uniform(0, 1.5))
            served.process.kill()
            served.process.wait()
        library = opened(folder)
        one = importing.get(library, nr)
        state, told = importing.state_of(library, one), acknowledged(library, nr)
        assert state in ("interrupted", "read", "added")
        assert told <= set(library.store.get_many(told))
        assert library.store.count() >= len(told)
        library.close()
        with running(folder) as served:
            if state == "interrupted":
                assert editor.do(served, address, "continue") == 303
            state = editor.wait(served, address, "read", "added")
            if state == "read":
                assert editor.do(served, address, "add") == 303
                editor.wait(served, address, "added")
            library = opened(folder)
            counts = library.store.imports.counts(nr)
            assert sum(counts.get(status, 0) for status in ("new", "review")) == RECORDS
            assert len(acknowledged(library, nr)) == library.store.count() == RECORDS
            assert told <= acknowledged(library, nr)
            until = time.monotonic() + 60
            while not is_level(library):
                assert time.monotonic() < until
                time.sleep(0.1)
            assert editor.do(served, address, "undo") == 303
            editor.wait(served, address, "undone")
            assert library.store.count() == 0
            library.close()


@pytest.mark.slow
def test_a_large_file_is_taken_from_an_editor_alone(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    library = opened(folder)
    editor = Editor(library)
    library.close()
    with running(folder) as served:
        data = many(1) + b"%" * (3 << 20)
        address = editor.send(served, data)
        assert editor.wait(served, address, "read") == "read"
        editor.token = "x" * 43
        head = f"POST /import HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {3 << 20}\r\n\r\n".encode()
        assert served.raw(head + b"x").startswith(b"HTTP/1.1 413")
    library = opened(folder)
    assert sum(importing.get(library, 1).counts.values()) == RECORDS
    library.close()
