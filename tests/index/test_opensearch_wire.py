"""Trouble on the way to OpenSearch: each kind has one clear message, leaves what works alone, and ends by itself."""

import re
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from litbase.errors import EngineError, EngineUnavailable, LibraryError, Unsupported
from litbase.fields import IndexDocument, index_document
from litbase.index import Mark
from litbase.index.opensearch import commit, wire
from litbase.index.opensearch import engine as engines
from litbase.index.opensearch import search as searching
from litbase.index.opensearch.address import parse
from litbase.index.opensearch.engine import OpenSearchEngine
from litbase.index.patience import within
from litbase.query.request import FacetRequest, SearchRequest
from litbase.record.record import Record
from tests.index import pretended
from tests.index.pretended import Pretended, failed, in_part, pretending

SECRET = "correct-horse-battery"
PART = SearchRequest(partial=True)


def documents(*ids: str) -> list[IndexDocument]:
    return [index_document(Record(id=id, title="Words")) for id in ids]


def mark(change: int) -> Mark:
    return Mark("s", "e", change)


@pytest.fixture
def server() -> Iterator[Pretended]:
    with pretending() as made:
        yield made


@pytest.fixture
def reach() -> Iterator[Callable[..., OpenSearchEngine]]:
    """reach(address, user, password file, certificates) is an engine that is closed after the test."""
    made: list[OpenSearchEngine] = []

    def reached(*given: str) -> OpenSearchEngine:
        made.append(OpenSearchEngine(parse(*given)))
        return made[-1]

    yield reached
    for one in made:
        one.close()


@pytest.fixture
def engine(server: Pretended, reach: Callable[..., OpenSearchEngine]) -> OpenSearchEngine:
    """An engine with the records a, b and c."""
    made = reach(server.address())
    made.write(documents("a", "b", "c"), (), mark(1))
    return made


@pytest.fixture
def hurried(server: Pretended, engine: OpenSearchEngine, reach: Callable[..., OpenSearchEngine]) -> OpenSearchEngine:
    """Another engine with these records, that waits for half a second only."""
    made = reach(server.address("timeout=0.5"))
    assert made.mark() == mark(1)
    return made


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pauses that are short."""
    monkeypatch.setattr(engines, "LOOK_AGAIN", 0.2)
    monkeypatch.setattr(wire, "LONGEST_PAUSE", 0.05)
    monkeypatch.setattr(searching, "PATIENCE", 0.5)
    monkeypatch.setattr(searching, "PAUSE", 0.01)


def said(action: Callable[[], object], kind: type[EngineError] = EngineUnavailable) -> str:
    """The one line of why *action* fails."""
    with pytest.raises(kind) as caught:
        action()
    text = str(caught.value)
    assert "\n" not in text
    assert "object at 0x" not in text
    assert SECRET not in text
    return text


def until(action: Callable[[], bool], seconds: float = 5) -> None:
    """Wait for what happens by itself."""
    end = time.monotonic() + seconds
    while not action():
        assert time.monotonic() < end
        time.sleep(0.02)


ADDRESSES = {
    "another scheme": ("http://a:9200/x", "begins otherwise"),
    "no host": ("opensearch:///x", "begins otherwise"),
    "a secret in it": (f"opensearch://me:{SECRET}@a/x", "settings of their own"),
    "a secret behind it": (f"opensearch://a/x?password={SECRET}", "not 'password'"),
    "a capital letter": ("opensearch://a/X", "small letters"),
    "a letter of elsewhere": ("opensearch://a/é", "small letters"),
    "a deeper path": ("opensearch://a/x/y", "small letters"),
    "a name that begins with a line": ("opensearch://a/_x", "small letters"),
    "no number for a port": ("opensearch://a:https/x", "no host with a port"),
    "a port that is too high": ("opensearch://a:65536/x", "no host with a port"),
    "a host that is left out": ("opensearch://a,,b/x", "no host with a port"),
    "half an IPv6 address": ("opensearch://[::1/x", "no host with a port"),
    "neither yes nor no": ("opensearch://a/x?tls=maybe", "tls of an index is 1 or 0, not 'maybe'"),
    "no time at all": ("opensearch://a/x?timeout=0", "a number of seconds, not '0'"),
    "no number for a time": ("opensearch://a/x?timeout=nan", "a number of seconds, not 'nan'"),
    "no parts": ("opensearch://a/x?shards=0", "a number of parts from 1, not '0'"),
    "fewer copies than none": ("opensearch://a/x?replicas=-1", "a number of copies from 0, not '-1'"),
    "something unknown": ("opensearch://a/x?colour=red", "tls, timeout, shards, replicas"),
}


@pytest.mark.parametrize("name", ADDRESSES)
def test_an_address_that_cannot_be_read_says_what_is_wrong(name: str) -> None:
    """In one line, without what may be a password."""
    address, why = ADDRESSES[name]
    with pytest.raises(LibraryError) as caught:
        parse(address)
    assert why in str(caught.value)
    assert SECRET not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_addresses_that_are_right() -> None:
    """All that can be told."""
    plain, whole = (
        parse("opensearch://a"),
        parse("opensearch://[::1]:9201,b/lit-2?tls=1&timeout=2.5&shards=2&replicas=0"),
    )
    assert (plain.hosts, plain.name, plain.tls, plain.timeout) == ((("a", 9200),), "litbase", False, 10.0)
    assert (whole.hosts, whole.name, whole.tls) == ((("::1", 9201), ("b", 9200)), "lit-2", True)
    assert (whole.timeout, whole.shards, whole.replicas) == (2.5, 2, 0)


def test_files_of_an_address_that_cannot_be_used(tmp_path: Path) -> None:
    """A password that is not there or not text, without its user, and certificates that are none."""
    odd, good = tmp_path / "odd", tmp_path / "good"
    odd.write_bytes(b"\xff\xfe")
    good.write_text(f"{SECRET}\n")
    cases = {
        "No such file": ("me", str(tmp_path / "none")),
        "not UTF-8": ("me", str(odd)),
        "needs both": ("", str(good)),
        "without a colon": ("me:you", str(good)),
        "not in PEM": ("", "", str(good)),
        f"{tmp_path / 'none'}: No such file": ("", "", str(tmp_path / "none")),
    }
    for why, given in cases.items():
        with pytest.raises(LibraryError) as caught:
            parse("opensearch://a", *given)
        assert why in str(caught.value)
        assert SECRET not in str(caught.value)
    right = parse("opensearch://a", "me", str(good))
    assert (right.password, SECRET in repr(right), SECRET in right.shown) == (SECRET, False, False)


def closed_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


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


def test_a_user_who_may_not(server: Pretended, engine: OpenSearchEngine) -> None:
    """What is not allowed is named."""
    why = "no permissions for [indices:data/write/bulk] and User [name=me, backend_roles=[], requestedTenant=null]"
    server.say("POST /x-.*_bulk", failed(403, "security_exception", why))
    told = said(lambda: engine.write(documents("d"), (), mark(2)))
    assert "does not let the user of litbase do this: no permissions for [indices:data/write/bulk]" in told
    item = {"index": {"_id": "d", "status": 403, "error": {"type": "security_exception", "reason": why}}}
    server.say("POST /x-.*_bulk", (200, {"items": [item]}))
    assert "takes no documents at the moment: no permissions" in said(lambda: engine.write(documents("d"), (), mark(2)))
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


def suppressed(action: Callable[[], object]) -> str:
    """Why it fails; "" when it does not."""
    try:
        action()
    except EngineUnavailable as error:
        return str(error)
    return ""


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


def searched(server: Pretended) -> pretended.Told:
    """The answer of a server to which nothing has happened."""
    return lambda body, _: pretended.search(server, body)


def rejected(id: str, status: int, type: str, reason: str) -> dict[str, object]:
    return {"index": {"_index": "x", "_id": id, "status": status, "error": {"type": type, "reason": reason}}}


def taken(id: str) -> dict[str, object]:
    return {"index": {"_index": "x", "_id": id, "status": 201, "result": "created"}}


def test_documents_there_is_no_room_for_are_sent_again(
    server: Pretended, engine: OpenSearchEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only those; where there never is any, nothing is taken as written."""
    busy = (429, "rejected_execution_exception", "rejected execution of primary operation")
    sent: list[list[str]] = []

    def bulk(*items: dict[str, object]) -> pretended.Told:
        def answer(body: str, _: str) -> pretended.Answer:
            sent.append(re.findall(r'"_id": "(.)"', body))
            return 200, {"items": list(items)}

        return answer

    server.say("POST /x-.*_bulk", bulk(taken("d"), rejected("e", *busy)), bulk(taken("e")))
    engine.write(documents("d", "e"), (), mark(2))
    assert engine.mark() == mark(2)
    assert sent == [["d", "e"], ["e"]]
    monkeypatch.setattr(commit, "CALM", 1.0)
    server.say("POST /x-.*_bulk", (200, {"items": [rejected("f", *busy)]}))
    told = said(lambda: engine.write(documents("f"), (), mark(3)))
    assert told.endswith("at the moment: no room for 1 documents: rejected execution of primary operation")
    assert engine.mark() == mark(2)


def test_a_document_that_is_not_taken_leaves_its_neighbours_and_is_named(
    server: Pretended, engine: OpenSearchEngine, reach: Callable[..., OpenSearchEngine]
) -> None:
    """With the reason, in every process, until it is written rightly or is gone."""
    reason = "failed to parse field [key.date] of type [integer] in document with id 'e'.\nPreview: 'x'"
    answer = {"items": [taken("d"), rejected("e", 400, "mapper_parsing_exception", reason)]}
    server.say("POST /x-.*_bulk", (200, answer))
    engine.write(documents("d", "e"), (), mark(2))
    assert engine.mark() == mark(2)
    ((id, why),) = engine.refused
    assert (id, "key.date" in why, "\n" in why) == ("e", True, False)
    server.recover()
    other = reach(server.address("timeout=1"))
    assert other.mark() == mark(2)
    assert other.refused == engine.refused
    engine.write(documents("f"), (), mark(3))
    assert [id for id, _ in engine.refused] == ["e"]
    engine.write(documents("e"), (), mark(4))
    assert engine.refused == ()


def test_a_newer_document_that_is_there_is_as_good(server: Pretended, engine: OpenSearchEngine) -> None:
    """Another process was quicker."""
    reason = "[a]: version conflict, current version [5] is higher than the one provided [2]"
    server.say("POST /x-.*_bulk", (200, {"items": [rejected("a", 409, "version_conflict_engine_exception", reason)]}))
    engine.write(documents("a"), (), mark(2))
    assert (engine.mark(), engine.refused) == (mark(2), ())


def test_full_disks_stop_writing_only(server: Pretended, engine: OpenSearchEngine) -> None:
    """At once, with what to do; it goes on when there is room."""
    server.say("POST /x-.*_bulk", (200, {"items": [rejected("d", 429, "cluster_block_exception", pretended.FLOOD)]}))
    server.seen.clear()
    told = said(lambda: engine.write(documents("d"), (), mark(2)))
    assert "takes no more writes, as its disks are nearly full; make room there" in told
    assert len([line for line in server.seen if "_bulk" in line]) == 1
    server.say("POST /x-.*_refresh", pretended.BLOCKED)
    server.say("POST /x-.*_bulk", (200, {"items": [taken("d")]}))
    assert "make room there" in said(lambda: engine.write(documents("d"), (), mark(2)))
    assert (engine.search(SearchRequest()).total, engine.mark(), engine.refused) == (3, mark(1), ())
    server.recover()
    engine.write(documents("d"), (), mark(2))
    assert (engine.search(SearchRequest()).total, engine.mark()) == (4, mark(2))


def test_parts_without_a_living_copy_stop_writing_only(
    server: Pretended, engine: OpenSearchEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The items say so, not the whole."""
    monkeypatch.setattr(commit, "CALM", 0.5)
    reason = "[x][0] primary shard is not active Timeout: [1m]"
    server.say("POST /x-.*_bulk", (200, {"items": [rejected("d", 503, "unavailable_shards_exception", reason)]}))
    assert "primary shard is not active" in said(lambda: engine.write(documents("d"), (), mark(2)))
    assert (engine.search(SearchRequest()).total, engine.mark(), engine.refused) == (3, mark(1), ())


def test_no_cluster_manager_stops_writing_only(server: Pretended, engine: OpenSearchEngine) -> None:
    """Parts that live answer."""
    server.say("POST /x-.*_bulk|PUT", pretended.NO_MANAGER)
    assert "cannot answer now" in said(lambda: engine.write(documents("d"), (), mark(2)))
    assert engine.search(SearchRequest()).total == 3


def test_a_new_index_that_cannot_be_filled_does_not_stay(server: Pretended, engine: OpenSearchEngine) -> None:
    """Else every try would leave one; the old one answers."""
    (old,) = [index for index in server.indexes if index != "x-marks"]
    engine.clear()
    server.say("POST /x-.*_bulk", (200, {"items": [rejected("d", 429, "cluster_block_exception", pretended.FLOOD)]}))
    for _ in range(3):
        assert "make room" in said(lambda: engine.write(documents("d"), (), mark(2)))
    assert set(server.indexes) == {old, "x-marks"}
    assert engine.search(SearchRequest()).total == 3
    server.recover()
    engine.write(documents("d"), (), mark(2))
    assert (engine.search(SearchRequest()).total, engine.mark()) == (1, mark(2))


IN_PART = {
    "no living copy, and no failure listed": (2, False, (2, 3)),
    "only one of them": (1, False, (1, 3)),
    "out of time": (3, True, (2, 3)),
}


@pytest.mark.parametrize("name", IN_PART)
def test_an_answer_in_part_says_so_or_is_refused(server: Pretended, engine: OpenSearchEngine, name: str) -> None:
    """Only who can say so to readers is given it."""
    good, timed_out, answered = IN_PART[name]
    server.say("POST /x-.*_search$", in_part(good, timed_out=timed_out))
    found = engine.search(SearchRequest(facets=(FacetRequest("author", 5),), partial=True))
    assert (found.answered, found.total) == (answered, 1)
    assert "allow_partial_search_results=true" in server.seen[-1]
    assert f"only {answered[0]} of 3 parts" in said(lambda: engine.search(SearchRequest()))
    assert "allow_partial_search_results=false" in server.seen[-1]
    server.recover()
    assert engine.search(PART).answered is None


def test_no_part_answers(server: Pretended, engine: OpenSearchEngine) -> None:
    """The index is red."""
    server.say("POST /x-.*_search", pretended.NO_SHARD)
    assert said(lambda: engine.search(PART)).endswith("cannot answer now: all shards failed")
    server.say("POST /x-.*_search", pretended.NOT_WHOLE)
    assert "Search rejected due to missing shards" in said(lambda: list(engine.scan(SearchRequest())))
    assert engine.mark() == mark(1)


def test_a_query_of_too_many_words(server: Pretended, engine: OpenSearchEngine) -> None:
    """Is the reader's to mend."""
    server.say("POST /x-.*_search", pretended.TOO_MANY)
    assert said(lambda: engine.search(SearchRequest()), Unsupported).startswith("the query stands for too many words")


def test_a_walk_that_loses_its_place_goes_on(
    server: Pretended, engine: OpenSearchEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody is left out or given twice; where it never finds it again, it says so."""
    monkeypatch.setattr(searching, "PAGE", 2)
    usual = searched(server)
    for sort in ("title", "best"):
        server.say("POST /_search", usual, pretended.LOST_PLACE, usual)
        assert list(engine.scan(SearchRequest(sort=sort))) == ["a", "b", "c"]
    server.say("POST /_search", usual, pretended.LOST_PLACE)
    walk = engine.scan(SearchRequest(sort="title"))
    assert [next(walk), next(walk)] == ["a", "b"]
    said(lambda: next(walk))


def test_the_alias_is_lost(server: Pretended, engine: OpenSearchEngine) -> None:
    """It is for people: the marks say which index is asked."""
    for made in server.indexes.values():
        made["aliases"].discard("x")
    assert (engine.search(SearchRequest()).total, engine.mark()) == (3, mark(1))


LOST = {"the index": lambda name: name != "x-marks", "the marks": lambda name: name == "x-marks", "all": lambda _: True}


@pytest.mark.parametrize("name", LOST)
def test_what_is_lost_is_made_anew(server: Pretended, engine: OpenSearchEngine, name: str) -> None:
    """The mark is gone with it, so that whoever follows the store begins again, and OpenSearch makes none by itself."""
    for index in [index for index in server.indexes if LOST[name](index)]:
        server.lose(index)
    with suppress(EngineUnavailable):
        engine.search(SearchRequest())
    until(lambda: not engine.refresh() and engine.mark() is None)
    assert engine.search(SearchRequest()).total == 0
    engine.write(documents("a", "b"), (), mark(2))
    assert (engine.search(SearchRequest()).total, engine.mark()) == (2, mark(2))


def test_an_index_that_is_lost_says_so(server: Pretended, engine: OpenSearchEngine) -> None:
    """To the reader who meets it, and to a write that was on its way: nothing is written into another one."""
    (old,) = [index for index in server.indexes if index != "x-marks"]
    server.lose(old)
    assert "is gone (a running server builds it anew by itself" in said(lambda: engine.search(SearchRequest()))
    until(engine.refresh)
    engine.write(documents("a"), (), mark(2))

    def lost() -> Iterator[IndexDocument]:
        yield from documents("b")
        for index in [index for index in server.indexes if index != "x-marks"]:
            server.lose(index)

    assert "is gone" in said(lambda: engine.write(lost(), (), mark(3)))
    until(engine.refresh)
    assert engine.mark() is None


def test_an_index_that_is_lost_is_noticed_unasked(server: Pretended, engine: OpenSearchEngine) -> None:
    """When the index is looked over."""
    server.lose(next(index for index in server.indexes if index != "x-marks"))
    assert engine.inspect() is False
    assert engine.mark() is None


def test_marks_of_another_program(server: Pretended, engine: OpenSearchEngine) -> None:
    """Are none."""
    server.indexes["x-marks"]["docs"]["x"] = {"index": "y"}
    until(engine.refresh)
    assert engine.mark() is None


def test_searches_are_answered_while_an_index_is_written(server: Pretended, engine: OpenSearchEngine) -> None:
    """A large write takes minutes."""
    going, done = threading.Event(), threading.Event()

    def slowly() -> Iterator[IndexDocument]:
        going.set()
        done.wait(5)
        yield from documents("d")

    writing = threading.Thread(target=engine.write, args=(slowly(), (), mark(2)))
    writing.start()
    going.wait(5)
    begun = time.monotonic()
    time.sleep(0.06)
    engine.refresh()
    assert (engine.search(SearchRequest()).total, engine.mark()) == (3, mark(1))
    assert time.monotonic() - begun < 4
    done.set()
    writing.join()
    assert engine.mark() == mark(2)


def test_a_server_that_starts_anew_is_asked_again(server: Pretended, engine: OpenSearchEngine) -> None:
    """Connections that rested are made anew; nobody has to do anything."""
    server.stop()
    time.sleep(0.06)
    engine.refresh()
    assert "cannot be reached" in said(engine.mark)
    again = Pretended(port=server.port)
    again.indexes = server.indexes
    try:
        until(lambda: not suppressed(engine.mark))
        assert engine.search(SearchRequest()).total == 3
    finally:
        again.stop()
