"""A real server process: deadlines, limits, what it refuses by itself, how it starts and how it stops."""

import http.client
import json
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time

import pytest

from litbase.web import HEADERS
from litbase.web.serve import BODY, HEAD
from tests.library.small import small_library
from tests.web.conftest import emptied
from tests.web.served import ROOT, running

pytestmark = [pytest.mark.server, pytest.mark.slow]
HURRIED = """
import sys
from litbase.cli import main
from litbase.web import channel
channel.ARRIVAL, channel.IDLE, channel.STALLED = 0.5, 1.0, 1.0
main(["--library", sys.argv[1], "serve", "--port", sys.argv[2]])
"""
# A server whose answers take a second, and whose index is never made.
SLOW = """
import sys, time
from litbase.cli import main
from litbase.library import finding
search = finding.search
def slow(*arguments, **more):
    time.sleep(1)
    return search(*arguments, **more)
finding.search = slow
main(["--library", sys.argv[1], "serve", "--port", sys.argv[2]])
"""
IDLE_FOLLOWER = """
import sys
from litbase.cli import main
from litbase.index import follow
follow.Follower.run = lambda self: None
main(["--library", sys.argv[1], "serve", "--port", sys.argv[2]])
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("served") / "library"
    small_library(made).close()
    return made


@pytest.fixture(scope="module")
def served(folder):
    with running(folder, access_log="path", rate_limit="0") as server:
        yield server


@pytest.fixture(scope="module")
def program(folder):
    """program(text) runs a server by that program."""
    return lambda text, **settings: running(folder, sys.executable, "-c", text, str(folder), "PORT", **settings)


@pytest.fixture(scope="module")
def hurried(program):
    """A server that waits for nobody for long."""
    with program(HURRIED, rate_limit="0") as server:
        yield server


def head(answer):
    """Status line, headers with small names, and body of raw bytes."""
    first, _, rest = answer.partition(b"\r\n")
    lines, _, body = rest.partition(b"\r\n\r\n")
    return first.decode(), {k.lower(): v for k, v in (x.decode().split(": ", 1) for x in lines.split(b"\r\n"))}, body


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"GET /search?q=" + b"a" * 1_000_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n", "431"),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nCookie: a=" + b"b" * 100_000 + b"\r\n\r\n", "431"),
        (b"GET /search?" + b"a=1&" * 100_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n", "431"),
        (b"GET /search?q=" + b"a" * 20_000 + b" HTTP/1.0\r\nHost: localhost\r\n\r\n", "414"),
        (b"GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n", "400"),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nConnection: close\r\n\r\n", "400"),
        (b"nonsense\r\n\r\n", "400"),
        (b"GET / HTTP/1.1\r\nno colon\r\n\r\n", "400"),
        (b"POST /list/add HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n" % (BODY + 1), "413"),
        (b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: gzip\r\n\r\n", "501"),
        (b"GET /static/..%2f..%2fserve.py HTTP/1.0\r\nHost: localhost\r\n\r\n", "404"),
        (b"GET /../../etc/passwd HTTP/1.0\r\nHost: localhost\r\n\r\n", "404"),
        (b"GET /record/%00 HTTP/1.0\r\nHost: localhost\r\n\r\n", "404"),
        (b"GET http://evil.example/search HTTP/1.0\r\nHost: localhost\r\n\r\n", "200"),
    ],
    ids=["1 MB query", "100 kB cookie", "100,000 parameters", "20 kB query", "other host", "two hosts", "nonsense",
         "no header", "body", "encoding", "dots", "dots in the path", "null", "absolute"],
)  # fmt: skip
def test_hostile_requests_get_a_page_with_safe_headers(served, sent, status):
    first, headers, body = head(served.raw(sent))
    assert first.split()[1] == status
    assert {name: headers.get(name.lower()) for name in HEADERS} == HEADERS
    assert b"<h1" in body or headers["content-type"].startswith("text/plain")
    assert "server" not in headers
    assert served.get("/healthz")[0] == 200


CHUNKED = b"Transfer-Encoding: chunked\r\n"
SECOND = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"


@pytest.mark.parametrize(
    "sent",
    [
        b"POST / HTTP/1.1\r\nContent-Length: %d\r\n" + CHUNKED,
        b"POST / HTTP/1.1\r\n" + CHUNKED + b"Content-Length: %d\r\n",
        b"POST / HTTP/1.1\r\n" + CHUNKED.lower() + b"content-length: %d\r\n",
        b"POST / HTTP/1.0\r\nConnection: keep-alive\r\nContent-Length: %d\r\n" + CHUNKED,
        b"POST / HTTP/1.1\r\nContent-Length: %d\r\nContent-Length: 0\r\n",
    ],
    ids=["length first", "length last", "other letters", "HTTP/1.0", "two lengths"],
)
def test_a_request_of_two_lengths_is_refused_and_nothing_behind_it_is_taken_for_another(served, sent):
    body = b"0\r\n\r\n" + SECOND
    answer = served.raw(sent % len(body) + b"Host: localhost\r\n\r\n" + body)
    assert head(answer)[0].split()[1] == "400"
    assert answer.count(b"HTTP/1.") == 1


def test_a_body_in_pieces_is_taken(served):
    sent = (
        b"POST /convert HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\n"
    )
    assert head(served.raw(sent))[0].split()[1] not in ("400", "501")


def test_head_and_body_are_bounded_as_said(served):
    assert HEAD == 64 * 1024
    status, _, _ = served.get("/search", Cookie="a=" + "b" * 50_000)
    assert status == 200


def test_a_request_that_never_ends_is_cut_off(hurried):
    with socket.create_connection(("127.0.0.1", hurried.port), 10) as dripping:
        dripping.sendall(b"GET / HTTP/1.1\r\n")
        begun, closed = time.monotonic(), False
        while not closed:
            try:
                dripping.sendall(b"X-A: b\r\n")
            except OSError:
                closed = True
            time.sleep(0.05)
            assert time.monotonic() < begun + 8
    assert hurried.get("/healthz")[0] == 200


def test_idle_connections_are_closed_and_do_not_keep_others_out(hurried):
    idle = [socket.create_connection(("127.0.0.1", hurried.port), 10) for _ in range(50)]
    assert hurried.get("/search?q=school")[0] == 200
    assert [each.recv(1) for each in idle] == [b""] * 50
    for each in idle:
        each.close()


def test_a_reader_that_takes_nothing_is_let_go(folder, tmp_path):
    """The place of its export is free again."""
    endless = (
        "from litbase.library import exporting\nexporting.export = lambda *a, **k: ('x' * 100_000 for _ in range(999))"
    )
    program = HURRIED.replace("main([", f"{endless}\nmain([")
    with running(folder, sys.executable, "-c", program, str(folder), "PORT", rate_limit="0") as server:
        stuck = []
        for _ in range(4):
            client = socket.create_connection(("127.0.0.1", server.port), 20)
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            client.sendall(b"GET /search.bib HTTP/1.1\r\nHost: localhost\r\n\r\n")
            stuck.append(client)
        end, status = time.monotonic() + 20, 0
        while status != 200:
            assert time.monotonic() < end
            assert server.get("/search?q=school")[0] == 200
            connection = server.connection()
            connection.request("GET", "/search.ris")
            answer = connection.getresponse()
            status = answer.status
            assert status in (200, 503)
            connection.close()
        for client in stuck:
            client.close()


def test_answers_under_way_are_finished_when_it_is_stopped(program):
    with program(SLOW) as server:
        got = []
        threads = [threading.Thread(target=lambda: got.append(server.get("/search?q=school"))) for _ in range(3)]
        kept = server.connection()
        kept.request("GET", "/robots.txt")
        kept.getresponse().read()
        for thread in threads:
            thread.start()
        time.sleep(0.4)
        server.process.send_signal(signal.SIGTERM)
        for thread in threads:
            thread.join(20)
        kept.close()
        assert [status for status, _, _ in got] == [200] * 3
        assert all(b"</html>" in body for _, _, body in got)
        assert server.process.wait(10) == 0
        with pytest.raises((OSError, http.client.HTTPException)):
            server.get("/robots.txt")


def test_it_serves_at_once_and_says_what_cannot_be_searched_yet(program, folder, tmp_path):
    copy = tmp_path / "library"
    shutil.copytree(folder, copy)
    shutil.rmtree(copy / "index")
    with running(copy, sys.executable, "-c", IDLE_FOLLOWER, str(copy), "PORT") as server:
        status, headers, body = server.get("/search?q=school")
        assert status == 503
        assert headers["retry-after"]
        assert b"The search index is being rebuilt (0 of 4" in body
        status, _, body = server.get("/healthz")
        assert (status, json.loads(body)["status"]) == (503, "building")
    with running(copy) as server:
        end = time.monotonic() + 20
        while server.get("/healthz")[0] != 200:
            assert time.monotonic() < end
        assert json.loads(server.get("/healthz")[2])["index"] == "level"
        assert server.get("/search?q=teaching")[0] == 200


def test_a_library_that_is_behind_is_served_at_once_and_follows(folder, tmp_path):
    from litbase.library import open_library
    from litbase.settings import Settings

    copy = tmp_path / "library"
    shutil.copytree(folder, copy)
    library = open_library(copy, Settings())
    [stored] = library.store.recent(1)
    library.store.edit(stored.id, {"title": "Zymurgy"}, who="Ada", why="", version=None)
    library.close()
    with running(copy) as server:
        end = time.monotonic() + 20
        while json.loads(server.get("/search.json?q=zymurgy")[2])["total"] != 1:
            assert time.monotonic() < end


def test_the_log_holds_a_line_for_each_answer_and_no_words(served):
    served.get("/search?q=zymurgy", Referer="http://localhost/search?q=zymurgy")
    time.sleep(0.2)
    lines = [json.loads(line) for line in served.log.read_text().splitlines() if line.startswith("{")]
    assert any(line["path"] == "/search" and line["status"] == 200 for line in lines)
    assert "zymurgy" not in served.log.read_text()


def test_many_readers_at_once_get_answers_or_are_told_to_come_back(program):
    codes = []

    def ask(server, number):
        for _ in range(4):
            codes.append(server.get(f"/search?q=school&page={number}")[0])

    with program(SLOW.replace("sleep(1)", "sleep(0)"), rate_limit="240") as server:
        threads = [threading.Thread(target=ask, args=(server, n)) for n in range(60)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        assert server.get("/healthz")[0] == 200
    assert len(codes) == 240
    assert set(codes) <= {200, 302, 429, 503}
    assert codes.count(429) > 60


def test_gunicorn_serves_it_with_several_processes_of_which_one_follows(folder, tmp_path):
    pytest.importorskip("gunicorn")
    copy = tmp_path / "library"
    shutil.copytree(folder, copy)
    command = [sys.executable, "-m", "gunicorn", "--workers", "3", "--threads", "2", "--bind", "127.0.0.1:PORT",
               "litbase.web.wsgi:application()"]  # fmt: skip
    with running(copy, *command, public_url="http://127.0.0.1/library") as server:
        totals = {json.loads(server.get("/library/search.json?q=teaching")[2])["total"] for _ in range(12)}
        assert totals == {40}
        assert server.get("/healthz")[0] == 200  # a proxy may take the prefix off
        edit = [sys.executable, "-m", "litbase", "--library", str(copy), "edit"]
        id = json.loads(server.get("/search.json?q=teaching")[2])["hits"][0]["id"]
        done = subprocess.run([*edit, id, "title=Zymurgy"], cwd=ROOT, capture_output=True, text=True, check=True)
        assert id in done.stdout
        end = time.monotonic() + 20
        while {json.loads(server.get("/search.json?q=zymurgy")[2])["total"] for _ in range(12)} != {1}:
            assert time.monotonic() < end
        server.process.terminate()
        assert server.process.wait(20) == 0
        assert "Traceback" not in server.log.read_text()


def test_the_header_of_a_proxy_comes_once_and_spelled_as_it_is(tmp_path):
    """Headers with _ look the same to an application; several of one name are joined, which is nobody's name."""
    library = emptied(tmp_path / "library")
    for name in ("Ann", "Ben"):
        library.store.accounts.add(name, "admin", "", "tester")
    library.close()
    with running(tmp_path / "library", sso_header="X-Remote-User") as server:
        for headers, who in {
            b"X-Remote-User: Ann": b'"name":"Ann"',
            b"X-Remote-User: Ann\r\nX_Remote_User: Ben": b'"name":"Ann"',
            b"X_Remote_User: Ann": b"/login",
            b"X-Remote-User: Ann\r\nX-Remote-User: Ben": b"/login",
            b"X-Remote-User: Ann\r\n Ben": b"/login",
            b"X-Remote-User:": b"/login",
        }.items():
            request = b"GET /account.json HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n" + headers + b"\r\n\r\n"
            assert who in server.raw(request).replace(b'": "', b'":"'), headers
