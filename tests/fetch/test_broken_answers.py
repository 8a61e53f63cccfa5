"""Answers that break off are tried again, and those that may come later are waited for, but not for long."""

import socket
import struct
import threading
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from litbase.fetch.get import seconds_in
from litbase.record.notices import sentence
from tests.elsewhere import Said
from tests.fetch.test_get import HEAD, failed, got


def cut(line: socket.socket) -> None:
    line.sendall(HEAD + b"Content-Length: 1000\r\n\r\nhalf of it")


def cut_in_chunks(line: socket.socket) -> None:
    line.sendall(HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n40\r\nno")


def reset(line: socket.socket) -> None:
    line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    line.close()


def nonsense(line: socket.socket) -> None:
    line.sendall(b"SSH-2.0-OpenSSH_9.2\r\n")


BREAKS = pytest.mark.parametrize("raw", [cut, cut_in_chunks, reset, nonsense, lambda line: None])


@BREAKS
def test_a_broken_answer_is_tried_again_three_times(server, raw):
    server.says("/x", Said(raw=raw))
    assert failed(server).kind == "broken"
    assert len(server.asked) == 4


@BREAKS
def test_a_broken_answer_may_be_whole_the_next_time(server, raw):
    server.says("/x", Said(raw=raw), Said("whole"))
    assert got(server).data == b"whole"


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_what_may_pass_is_tried_again(server, status):
    server.says("/x", Said("", status), Said("", status), Said("whole"))
    assert got(server).data == b"whole"


@pytest.mark.parametrize(("status", "kind"), [(429, "busy"), (503, "busy"), (500, "status"), (504, "status")])
def test_what_does_not_pass_is_said(server, status, kind):
    server.says("/x", Said("", status))
    assert failed(server).kind == kind
    assert len(server.asked) == 4


@pytest.mark.parametrize(("status", "kind"), [(404, "missing"), (410, "missing"), (403, "status"), (401, "status"),
                                              (204, "status"), (304, "status")])  # fmt: skip
def test_what_will_not_change_is_asked_once(server, status, kind):
    server.says("/x", Said("", status))
    assert failed(server).kind == kind
    assert len(server.asked) == 1


def test_retry_after_is_heeded(server):
    server.says("/x", Said("", 429, headers={"Retry-After": "1"}), Said("whole"))
    begun = time.monotonic()
    assert got(server).data == b"whole"
    assert time.monotonic() - begun >= 1


def test_who_asks_for_more_patience_than_there_is_gets_no_second_request(server):
    server.says("/x", Said("", 429, headers={"Retry-After": "3600"}))
    told = failed(server)
    assert told.kind == "busy"
    assert "3600 seconds" in sentence(told.notice)
    assert len(server.asked) == 1


def test_retry_after_may_be_a_date():
    later = datetime.now(UTC) + timedelta(seconds=90)
    assert 80 < seconds_in(format_datetime(later, usegmt=True)) <= 90


@pytest.mark.parametrize("text", ["", "soon", "-5", "1e9", "٣", "Wed, 99 Foo 2000", "9" * 5000])
def test_an_odd_retry_after_does_no_harm(text):
    assert 0 <= seconds_in(text) <= 10**9


def test_one_host_is_asked_one_thing_at_a_time(server):
    busy, most = 0, 0
    lock = threading.Lock()

    def answer(_: object) -> Said:
        nonlocal busy, most
        with lock:
            busy += 1
            most = max(most, busy)
        time.sleep(0.05)
        with lock:
            busy -= 1
        return Said("x")

    server.answers["/x"] = answer
    threads = [threading.Thread(target=lambda: got(server)) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (most, len(server.asked)) == (1, 5)
