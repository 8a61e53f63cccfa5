"""Fetching from a server that does everything a server may do, and much that it may not."""

import gzip
import socket
import threading
import time
import zlib
from datetime import UTC, datetime, timedelta

import pytest

from litbase.fetch.get import get
from litbase.fetch.values import Failure, Fetched, Limits
from litbase.record.notices import sentence
from tests.elsewhere import Elsewhere, Said

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"


def failed(server: Elsewhere, path: str = "/x", **limits: object) -> Failure:
    told = get(server.url + path, limits=server.limits(**limits))
    assert isinstance(told, Failure)
    assert sentence(told.notice) != told.notice.code
    assert "?" not in sentence(told.notice)
    return told


def got(server: Elsewhere, path: str = "/x", **limits: object) -> Fetched:
    told = get(server.url + path, limits=server.limits(**limits))
    assert isinstance(told, Fetched), told
    return told


def test_an_answer_comes_with_its_address_type_charset_and_time(server):
    server.says("/x", Said("grün".encode("latin-1"), type="text/HTML; charset=ISO-8859-1"))
    told = got(server)
    assert told[:5] == (server.url + "/x", server.url + "/x", "text/html", "iso-8859-1", "grün".encode("latin-1"))
    assert datetime.fromisoformat(told.at) - datetime.now(UTC) < timedelta(minutes=1)


def test_a_request_says_who_asks_and_nothing_else(server, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    server.says("/x", Said("{}", headers={"Set-Cookie": "a=b"}), Said("{}"))
    got(server, agent="litbase/0 (+https://library.example; mailto:desk@library.example)")
    got(server)
    first, second = (asked.headers for asked in server.asked)
    assert first["user-agent"] == "litbase/0 (+https://library.example; mailto:desk@library.example)"
    assert set(second) == {"host", "user-agent", "accept", "accept-encoding", "connection"}


HOSTS = [
    "127.0.0.1",
    "localhost",
    "0x7f000001",
    "2130706433",
    "017700000001",
    "127.1",
    "[::ffff:127.0.0.1]",
    "[::1]",
    "0",
]


@pytest.mark.parametrize("host", [*HOSTS, "169.254.169.254", "100.64.0.1", "[64:ff9b:1::1]", "10.0.0.1", "[fd00::1]"])
def test_a_private_address_is_refused_however_it_is_written(host):
    told = get(f"http://{host}/")
    assert isinstance(told, Failure)
    assert told.kind == "refused"


@pytest.mark.parametrize("host", HOSTS)
def test_a_server_on_this_machine_is_not_reached_under_another_name(server, host):
    server.says("/", Said("secret"))
    told = get(f"http://{host}:{server.port}/", limits=server.limits(inside=frozenset()))
    assert isinstance(told, Failure)
    assert told.kind == "address"
    assert server.asked == []


def _answers(monkeypatch: pytest.MonkeyPatch, table: dict[str, list[list[str]]]) -> list[str]:
    """Answer look-ups of names by *table*, one list of addresses after the other; the names that were asked for."""
    asked: list[str] = []
    real = socket.getaddrinfo

    def fake(host: str, port: int, *rest: object, **more: object) -> list:
        if host not in table:
            return real(host, port, *rest, **more)  # type: ignore[arg-type]
        asked.append(host)
        found = table[host].pop(0) if len(table[host]) > 1 else table[host][0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port)) for ip in found]

    monkeypatch.setattr(socket, "getaddrinfo", fake)
    return asked


def test_a_name_is_asked_for_once_and_the_checked_address_connected_to(monkeypatch):
    tried: list[object] = []

    def connect(self: socket.socket, address: object) -> None:
        tried.append(address)
        raise ConnectionRefusedError(111, "Connection refused")

    asked = _answers(monkeypatch, {"rebind.example": [["93.184.216.34"], ["127.0.0.1"]]})
    monkeypatch.setattr(socket.socket, "connect", connect)
    told = get("http://rebind.example/")
    assert isinstance(told, Failure)
    assert (told.kind, asked, tried) == ("offline", ["rebind.example"], [("93.184.216.34", 80)])


@pytest.mark.parametrize("found", [["127.0.0.1"], ["93.184.216.34", "10.0.0.1"]], ids=["private", "one-of-two"])
def test_a_name_with_a_private_address_is_refused(monkeypatch, found):
    _answers(monkeypatch, {"inside.example": [found]})
    told = get("http://inside.example/")
    assert isinstance(told, Failure)
    assert told.kind == "refused"


@pytest.mark.parametrize("error", [socket.gaierror(-2, "Name or service not known"), socket.gaierror(-3, "Try again")])
def test_a_name_that_leads_nowhere_is_said_plainly(monkeypatch, error):
    def fake(*_: object, **__: object) -> list:
        raise error

    monkeypatch.setattr(socket, "getaddrinfo", fake)
    told = get("https://api.crossref.org/works/10.1/x")
    assert isinstance(told, Failure)
    assert told.kind == "offline"
    assert "api.crossref.org could not be reached" in sentence(told.notice)
    assert "offline" in sentence(told.notice)


def test_name_servers_that_do_not_answer_are_not_waited_for(monkeypatch):
    let_go = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: let_go.wait(20) and [])
    begun = time.monotonic()
    told = get("https://api.crossref.org/", limits=Limits(read=0.3))
    let_go.set()
    assert isinstance(told, Failure)
    assert told.kind == "offline"
    assert time.monotonic() - begun < 10


def test_nobody_at_the_port_is_offline():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        name = f"127.0.0.1:{free.getsockname()[1]}"
    told = get(f"http://{name}/", limits=Limits(inside=frozenset({name})))
    assert isinstance(told, Failure)
    assert told.kind == "offline"


# redirects


def test_redirects_are_followed_up_to_three(server):
    for step in range(3):
        server.says(f"/{step}", Said(status=302, headers={"Location": f"/{step + 1}"}))
    server.says("/3", Said("here"))
    told = got(server, "/0")
    assert (told.final_url, told.data) == (f"{server.url}/3", b"here")
    server.says("/3", Said(status=307, headers={"Location": "/4"}))
    assert failed(server, "/0").kind == "redirects"


@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_the_body_of_a_redirect_is_not_taken_in(server, encoding):
    def endless_redirect(line: socket.socket) -> None:
        head = f"HTTP/1.1 302 Found\r\nLocation: /y\r\nContent-Encoding: {encoding}\r\n\r\n"
        line.sendall(head.encode() + gzip.compress(b"0" * 10_000_000))
        endless(line)

    server.says("/x", Said(raw=endless_redirect))
    server.says("/y", Said("here"))
    begun = time.monotonic()
    assert got(server).data == b"here"
    assert time.monotonic() - begun < 2


def test_a_redirect_to_itself_ends(server):
    server.says("/x", Said(status=301, headers={"Location": "/x"}))
    assert failed(server).kind == "redirects"
    assert len(server.asked) == 4


@pytest.mark.parametrize(
    ("location", "kind"),
    [
        ("http://169.254.169.254/latest/meta-data/", "refused"),
        ("http://10.0.0.1/", "refused"),
        ("http://localhost/", "refused"),
        ("http://127.0.0.1:1/", "address"),
        ("file:///etc/passwd", "address"),
        ("ftp://example.org/", "address"),
        ("http://a:b@example.org/", "address"),
        ("//[::1]/", "refused"),
        ("http://[", "address"),
    ],
)
def test_a_redirect_is_checked_like_the_first_address(server, location, kind):
    server.says("/x", Said(status=302, headers={"Location": location}))
    assert failed(server).kind == kind


def test_from_a_stranger_no_redirect_leads_inside(server, monkeypatch):
    real = socket.socket.connect

    def connect(self: socket.socket, address: tuple[str, int]) -> None:
        real(self, ("127.0.0.1", server.port) if address[0] == "93.184.216.34" else address)

    _answers(monkeypatch, {"stranger.example": [["93.184.216.34"]]})
    monkeypatch.setattr(socket.socket, "connect", connect)
    server.says("/x", Said(status=302, headers={"Location": f"{server.url}/secret"}))
    server.says("/secret", Said("secret"))
    told = get("http://stranger.example/x", limits=server.limits())
    assert isinstance(told, Failure)
    assert told.kind == "address"
    assert [asked.path for asked in server.asked] == ["/x"]


# sizes and packings


@pytest.mark.parametrize("encoding", ["gzip", "x-gzip", "deflate", "raw"])
def test_a_packed_answer_is_unpacked(server, encoding):
    text = b"learning communities " * 5000
    raw = zlib.compressobj(wbits=-15)
    packed = {"deflate": zlib.compress(text), "raw": raw.compress(text) + raw.flush()}.get(
        encoding, gzip.compress(text)
    )
    named = "deflate" if encoding == "raw" else encoding
    server.says("/x", Said(packed, headers={"Content-Encoding": named}))
    assert got(server).data == text


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_a_bomb_is_counted_while_it_is_unpacked(server, encoding):
    packer = zlib.compressobj(9, wbits=31 if encoding == "gzip" else 15)
    bomb = b"".join(packer.compress(b"\0" * (1 << 20)) for _ in range(300)) + packer.flush()
    assert len(bomb) < 400_000
    server.says("/x", Said(bomb, headers={"Content-Encoding": encoding}))
    begun = time.process_time()
    assert failed(server).kind == "large"
    assert time.process_time() - begun < 10


def test_a_packing_that_was_not_asked_for_is_refused(server):
    server.says("/x", Said(b"\x0b\x02\x80hello\x03", headers={"Content-Encoding": "br"}))
    assert failed(server).kind == "broken"


def test_damaged_and_cut_packings_are_said(server):
    whole = gzip.compress(b"learning " * 10_000)
    server.says("/x", Said(whole[:-20], headers={"Content-Encoding": "gzip"}))
    assert failed(server).kind == "broken"
    server.says("/x", Said(b"no gzip at all", headers={"Content-Encoding": "gzip"}))
    assert failed(server).kind == "broken"


def test_the_largest_answer_is_taken_and_one_byte_more_is_not(server):
    server.says("/x", Said(b"a" * 5000))
    assert len(got(server, most=5000).data) == 5000
    assert failed(server, most=4999).kind == "large"


def endless(line: socket.socket) -> None:
    line.sendall(HEAD + b"\r\n")
    while True:
        line.sendall(b"a" * 65536)


def test_an_endless_answer_is_cut_off(server):
    server.says("/x", Said(raw=endless))
    assert failed(server).kind == "large"


def dripping(head: bytes) -> Said:
    def drip(line: socket.socket) -> None:
        line.sendall(head)
        for _ in range(200):
            line.sendall(b"a")
            time.sleep(0.05)

    return Said(raw=drip)


@pytest.mark.parametrize("head", [HEAD + b"Content-Length: 100000\r\n\r\n", HEAD + b"X-Long: ", b""],
                         ids=["body", "header", "status"])  # fmt: skip
def test_an_answer_that_drips_ends_in_time(server, head):
    server.says("/x", dripping(head))
    begun = time.monotonic()
    told = failed(server, total=1.0)
    assert told.kind == "slow"
    assert "1 seconds" in sentence(told.notice)
    assert time.monotonic() - begun < 8


def test_silence_ends_in_time(server):
    let_go = threading.Event()
    server.says("/x", Said(raw=lambda line: let_go.wait(8)))
    begun = time.monotonic()
    assert failed(server, read=0.5).kind == "slow"
    assert time.monotonic() - begun < 6
    let_go.set()


def test_a_handshake_that_never_ends_ends_in_time(server):
    told = get(server.url.replace("http:", "https:") + "/", limits=server.limits(total=1.0))
    assert isinstance(told, Failure)
    assert told.kind in ("broken", "slow")


def test_at_its_end_nothing_is_waited_for_or_tried(server):
    server.says("/x", Said("", 503))
    begun = time.monotonic()
    assert failed(server, pause=0.4, until=begun + 1).kind == "busy"
    assert len(server.asked) == 2
    let_go = threading.Event()
    server.says("/x", Said(raw=lambda line: let_go.wait(8)))
    assert failed(server, until=time.monotonic() + 0.5).kind == "slow"
    assert failed(server, until=begun).kind in ("slow", "busy")
    assert time.monotonic() - begun < 6
    let_go.set()


def test_a_turn_at_a_host_is_not_waited_for_beyond_the_end(server):
    let_go = threading.Event()
    server.says("/x", Said(raw=lambda line: let_go.wait(8)))
    other = threading.Thread(target=lambda: get(server.url + "/x", limits=server.limits(read=9)))
    other.start()
    while not server.asked:
        time.sleep(0.01)
    begun = time.monotonic()
    assert failed(server, until=begun + 0.3).kind == "busy"
    assert time.monotonic() - begun < 6
    let_go.set()
    other.join()
