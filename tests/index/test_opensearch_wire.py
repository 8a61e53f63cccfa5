"""Trouble on the way to OpenSearch: each kind has one clear message, leaves what works alone, and ends by itself."""

import shutil
import socket
import ssl
import subprocess
import threading
import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from litbase.errors import EngineUnavailable
from litbase.index.opensearch.engine import OpenSearchEngine
from litbase.index.patience import within
from litbase.query.request import SearchRequest
from tests.index import pretended
from tests.index.pretended import Pretended, failed, pretending
from tests.index.reaching import SECRET, closed_port, documents, mark, said, searched, suppressed, until
from tests.index.reaching import _quick as _quick
from tests.index.reaching import engine as engine
from tests.index.reaching import hurried as hurried
from tests.index.reaching import reach as reach
from tests.index.reaching import server as server


def test_nobody_listens(reach: Callable[..., OpenSearchEngine]) -> None:
    """Every question says so at once."""
    engine = reach(f"opensearch://127.0.0.1:{closed_port()},127.0.0.1:{closed_port()}/x")
    begun = time.monotonic()
    for ask in (engine.mark, lambda: engine.search(SearchRequest()), lambda: list(engine.scan(SearchRequest())),
                lambda: engine.suggest("author", "a", 3), lambda: engine.titled("a", 3), lambda: engine.respell("a"),
                engine.inspect, lambda: engine.write(documents("a"), (), mark(1))):  # fmt: skip
        assert said(ask).endswith("/x cannot be reached: Connection refused")
    assert engine.refresh() is False
    engine.clear()
    assert time.monotonic() - begun < 5


def test_a_name_that_nobody_knows(reach: Callable[..., OpenSearchEngine], monkeypatch: pytest.MonkeyPatch) -> None:
    """It is named."""

    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert said(reach("opensearch://search.example/x").mark).endswith("the name search.example is not known")


def test_there_is_no_way(reach: Callable[..., OpenSearchEngine], monkeypatch: pytest.MonkeyPatch) -> None:
    """As where a cable is out."""

    def unreachable(*_: object) -> None:
        raise OSError(113, "No route to host")

    monkeypatch.setattr(socket.socket, "connect", unreachable)
    assert said(reach("opensearch://127.0.0.1:1/x").mark).endswith("cannot be reached: No route to host")


def test_a_wrong_password_and_a_right_one(
    server: Pretended, reach: Callable[..., OpenSearchEngine], tmp_path: Path
) -> None:
    """Neither is ever told."""
    file = tmp_path / "password"
    file.write_text(f"{SECRET}ß\n", encoding="utf-8")
    engine = reach(server.address(), "me", str(file))
    server.say(".*", (401, "Unauthorized"))
    assert "refuses the user or the password (LITBASE_INDEX_USER" in said(engine.mark)
    server.recover()
    until(lambda: not suppressed(engine.mark))
    assert "authorization: Basic bWU6Y29ycmVjdC1ob3JzZS1iYXR0ZXJ5w58=" in server.headers[-1]


def test_a_password_that_was_changed_is_read_anew(
    server: Pretended, reach: Callable[..., OpenSearchEngine], tmp_path: Path
) -> None:
    """From its file, when the one before is refused; what cannot be read there changes nothing."""

    def refuse(*_: str) -> tuple[int, str]:
        server.recover()
        return 401, "Unauthorized"

    file = tmp_path / "password"
    file.write_text("before", encoding="utf-8")
    engine = reach(server.address(), "me", str(file))
    assert suppressed(engine.mark) == ""
    file.write_text("after", encoding="utf-8")
    server.say(".*", refuse)
    engine.inspect()
    assert f"Basic {b64encode(b'me:after').decode()}" in server.headers[-1]
    file.unlink()
    server.say(".*", refuse)
    assert "refuses the user or the password" in said(engine.inspect)


def test_a_password_is_asked_for(server: Pretended, reach: Callable[..., OpenSearchEngine]) -> None:
    """Where none is given."""
    server.say(".*", (401, "Unauthorized"))
    assert "asks for a user and a password (LITBASE_INDEX_USER" in said(reach(server.address()).mark)


def test_a_user_who_may_not(server: Pretended, engine: OpenSearchEngine) -> None:
    """What is not allowed is named."""
    why = "no permissions for [indices:data/write/bulk] and User [name=me, backend_roles=[], requestedTenant=null]"
    server.say("POST /x-.*_bulk", failed(403, "security_exception", why))
    told = said(lambda: engine.write(documents("d"), (), mark(2)))
    assert told.endswith(
        "does not let the user of litbase do this: no permissions for [indices:data/write/bulk];"
        " docs/scale.md has the role that it needs"
    )
    why = why.replace("write/bulk]", "write/bulk[s]]")
    item = {"index": {"_id": "d", "status": 403, "error": {"type": "security_exception", "reason": why}}}
    server.say("POST /x-.*_bulk", (200, {"items": [item]}))
    assert said(lambda: engine.write(documents("d"), (), mark(2))) == told.replace("write/bulk]", "write/bulk[s]]")
    assert (engine.refused, engine.mark()) == ((), mark(1))
    assert engine.search(SearchRequest()).total == 3


SERVERS = {
    "Elasticsearch": (
        {"version": {"number": "8.11.0", "build_flavor": "default"}},
        "is no OpenSearch, but a version 8.11.0",
    ),
    "too old": ({"version": {"distribution": "opensearch", "number": "2.9.0"}}, "is OpenSearch 2.9.0"),
    "something else": ({"hello": "world"}, "is no OpenSearch;"),
    "odd": ({"version": "1"}, "is no OpenSearch;"),
}


@pytest.mark.parametrize("name", SERVERS)
def test_a_server_that_is_not_what_litbase_needs(
    server: Pretended, reach: Callable[..., OpenSearchEngine], name: str
) -> None:
    """It is told which it is; once it is another, all goes on."""
    root, why = SERVERS[name]
    server.say("GET /$", (200, root))
    engine = reach(server.address())
    told = said(engine.mark)
    assert why in told
    assert told.endswith("litbase needs OpenSearch 2.11 or later")
    server.recover()
    until(lambda: not suppressed(engine.mark))


ANSWERS = {
    "a page of a proxy": (200, "<html><h1>Sign in to the network</h1></html>", "is not one of OpenSearch"),
    "a page of a proxy that is away": (502, "<html><h1>Bad Gateway</h1></html>", "cannot answer now"),
    "half of an answer": (200, '{"_source": {"index": "x', "is not one of OpenSearch"),
    "a list": (200, [1, 2], "is not one of OpenSearch"),
    "nothing": (200, "", "is not one of OpenSearch"),
    "a body that is too large": (413, "<html>413</html>", "takes no request of 5 MB"),
    "no cluster manager": (*pretended.NO_MANAGER, "cannot answer now: cluster_manager_not_discovered_exception"),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_answers_that_say_nothing(server: Pretended, engine: OpenSearchEngine, name: str) -> None:
    """One line, whatever it was."""
    status, body, why = ANSWERS[name]
    server.say("GET /x-marks|POST /x-.*_search", (status, body))
    assert why in said(lambda: engine.search(SearchRequest()))
    assert why in said(engine.inspect)
    server.recover()
    until(lambda: not suppressed(engine.mark))
    assert engine.search(SearchRequest()).total == 3


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate of 127.0.0.1 that only it itself vouches for, and its key."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("needs openssl: sudo apt-get install openssl")
    folder = tmp_path_factory.mktemp("tls")
    made = folder / "certificate.pem", folder / "key.pem"
    subprocess.run(
        [openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-out", made[0], "-keyout", made[1]],
        check=True, capture_output=True,
    )  # fmt: skip
    return made


@pytest.fixture
def secure(certificate: tuple[Path, Path]) -> Iterator[Pretended]:
    """A server that speaks TLS."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    with pretending(context) as made:
        yield made


def test_a_certificate_is_trusted_by_the_file_that_has_it(
    secure: Pretended, reach: Callable[..., OpenSearchEngine], certificate: tuple[Path, Path]
) -> None:
    """And else is not."""
    told = said(reach(secure.address("tls=1&timeout=2")).mark)
    assert "shows a certificate that is not trusted (self" in told
    assert told.endswith("see LITBASE_INDEX_CA_FILE")
    engine = reach(secure.address("tls=1&timeout=2"), "", "", str(certificate[0]))
    engine.write(documents("a"), (), mark(1))
    assert engine.search(SearchRequest()).total == 1


def test_a_certificate_of_another_name_is_told_from_one_that_is_not_trusted(
    secure: Pretended, reach: Callable[..., OpenSearchEngine], certificate: tuple[Path, Path]
) -> None:
    """The file of trusted ones would not help."""
    address = secure.address("tls=1&timeout=2").replace("127.0.0.1", "localhost")
    told = said(reach(address, "", "", str(certificate[0])).mark)
    assert told.endswith(
        "shows a certificate that is not one of localhost; name it in LITBASE_INDEX as its certificate does"
    )


def test_a_certificate_that_has_expired(
    reach: Callable[..., OpenSearchEngine], certificate: tuple[Path, Path], tmp_path: Path
) -> None:
    """Here too nothing that litbase is told would help."""
    old, key = tmp_path / "old.pem", certificate[1]
    subprocess.run(
        ["openssl", "x509", "-in", certificate[0], "-signkey", key, "-days", "-1", "-out", old],
        check=True,
        capture_output=True,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(old, key)
    with pretending(context) as server:
        told = said(reach(server.address("tls=1&timeout=2"), "", "", str(old)).mark)
    assert told.endswith("shows a certificate that has expired: its node needs a new one")


def test_who_speaks_tls_with_whom(server: Pretended, secure: Pretended, reach: Callable[..., OpenSearchEngine]) -> None:
    """The address is what is wrong, and that is said."""
    assert "without TLS its address has no tls=1" in said(reach(server.address("tls=1&timeout=2")).mark)
    assert "with TLS its address ends in ?tls=1" in said(reach(secure.address("timeout=2")).mark)


def test_a_server_that_hangs_is_not_waited_for_long(
    server: Pretended, engine: OpenSearchEngine, reach: Callable[..., OpenSearchEngine]
) -> None:
    """The first to ask waits as long as the address says; while one looks again, the others are told at once."""
    engine = reach(server.address("timeout=1.5"))
    assert engine.mark() == mark(1)
    server.hang = True
    begun = time.monotonic()
    assert "did not answer within 1.5 s" in said(engine.inspect)
    assert 1.4 < time.monotonic() - begun < 6
    waits: list[float] = []

    def ask() -> None:
        begun = time.monotonic()
        with suppress(EngineUnavailable):
            engine.refresh()
            engine.search(SearchRequest())
        waits.append(time.monotonic() - begun)

    time.sleep(0.25)
    threads = [threading.Thread(target=ask) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(waits)[-2] < 1.2
    server.recover()
    until(lambda: not suppressed(engine.mark))
    assert engine.search(SearchRequest()).total == 3


def test_another_node_answers_for_one_that_hangs(server: Pretended, reach: Callable[..., OpenSearchEngine]) -> None:
    """Within the same time; then the one that hangs is left aside."""
    with pretending() as other:
        other.indexes = server.indexes
        engine = reach(server.address("timeout=2", other=f"127.0.0.1:{other.port},"))
        engine.write(documents("a"), (), mark(1))
        other.seen.clear()
        other.hang = True
        begun = time.monotonic()
        for _ in range(20):
            assert engine.search(SearchRequest()).total == 1
        assert time.monotonic() - begun < 15
        assert len(other.seen) <= 5  # what was asked of it before it was left aside


def test_a_question_that_is_late_is_sent_to_another_node_too(
    server: Pretended, reach: Callable[..., OpenSearchEngine]
) -> None:
    """Long before its time is up; what writes is sent once at a time."""
    with pretending() as other:
        other.indexes = server.indexes
        engine = reach(server.address("timeout=60", other=f"127.0.0.1:{other.port},"))
        engine.write(documents("a"), (), mark(1))
        other.hang = True
        begun = time.monotonic()
        assert [engine.search(SearchRequest()).total for _ in range(3)] == [1] * 3
        assert time.monotonic() - begun < 20


def test_a_page_that_has_little_time_takes_no_more(
    server: Pretended, engine: OpenSearchEngine, reach: Callable[..., OpenSearchEngine]
) -> None:
    """Of all its questions together; and what it found out in a hurry is not held against the server."""
    engine = reach(server.address("timeout=5"))
    server.hang = True
    begun = time.monotonic()
    with within(0.3):
        for _ in range(3):
            engine.refresh()
            assert "did not answer" in said(lambda: engine.search(SearchRequest()))
    assert time.monotonic() - begun < 4
    server.recover()
    assert engine.search(SearchRequest()).total == 3


def test_what_is_busy_is_asked_again(server: Pretended, engine: OpenSearchEngine, hurried: OpenSearchEngine) -> None:
    """A few times; for ever it is not."""
    server.say("POST /x-.*_search", pretended.BUSY, pretended.BUSY, searched(server))
    assert engine.search(SearchRequest()).total == 3
    server.say("POST /x-.*_search", pretended.BUSY)
    begun = time.monotonic()
    assert said(lambda: hurried.search(SearchRequest())).endswith("is too busy; try again in a moment")
    assert time.monotonic() - begun < 5
