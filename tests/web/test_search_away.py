"""While the search server is away, hangs or answers in part: what works goes on, what does not says so, and it ends."""

import re
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from litbase.errors import EngineError, EngineUnavailable
from litbase.index.opensearch import engine as engines
from litbase.index.opensearch.address import parse
from litbase.index.opensearch.engine import OpenSearchEngine
from litbase.library import Library, bring_level, follower
from litbase.library.verifying import verify
from litbase.query.request import SearchRequest
from litbase.record.record import Record
from litbase.web import create_app
from tests.index import pretended
from tests.index.pretended import Pretended, in_part, pretending
from tests.web.conftest import ARTICLE, CHAPTER, Every, Page, emptied, fill, incoming, post, sign_in
from tests.web.edit.conftest import fields
from tests.web.every import EDITORS, EDITORS_OTHERS, OTHERS, PAGES

# What cannot be made without the index; every other page of the lists is as it always is.
ASKING = (
    "/search", "/facet/", "/suggest", "/feed.atom", "/stats", "/descriptors", "/authors", "/sources", "/variants",
    "/review", "/bulk", "/healthz",
)  # fmt: skip
STORED = re.compile(
    r"/searches|/search/combine|/variants/decided|/variants/preview($|.*do=separate)|/review/duplicates($|/)|/bulk(/|\?id|\?from)"
)
ID = "EJ1223055"
REFUSED = "cannot be reached: Connection refused"
BIB = "@article{one, title = {Words at Sea}, author = {One, Ann}, year = {2020}, journal = {Tests}}\n"


def asks(address: str) -> bool:
    """Whether a page is made from the index."""
    return address.startswith(ASKING) and not STORED.match(address)


def closed_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture
def server() -> Iterator[Pretended]:
    with pretending() as made:
        yield made


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "LOOK_AGAIN", 0.3)


@pytest.fixture
def library(server: Pretended, tmp_path: Path) -> Iterator[Library]:
    """Two records; the index is on *server*, and has them."""
    made = emptied(tmp_path / "library", index=server.address("timeout=5"))
    fill(made, (incoming(ARTICLE, "eric", ID), incoming(CHAPTER, "vufind", "c")))
    yield made
    made.close()


@pytest.fixture
def client(library: Library) -> FlaskClient:
    """A reader of it."""
    app = create_app(library)
    app.testing = False
    return app.test_client()


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """What is done in it takes no longer."""
    begun = time.monotonic()
    yield
    assert time.monotonic() - begun < seconds


def until(action: Callable[[], bool], seconds: float = 10) -> None:
    """Wait for what happens by itself."""
    end = time.monotonic() + seconds
    while not action():
        assert time.monotonic() < end
        time.sleep(0.05)


def put(library: Library, title: str) -> str:
    """Let the store have one more record; its id."""
    [outcome] = library.store.put([incoming(Record(title=title), "bibtex", title)], library.store.start_run("test", {}))
    return outcome.id


def opened(answer: TestResponse) -> Page:
    return Page(answer.get_data(as_text=True))


def test_every_page_that_needs_no_search_is_there_and_the_others_say_why_not(every: Every) -> None:
    """All of them at once; none tells readers where the server is."""
    whole: Library = every.app.extensions["litbase"]
    port = closed_port()
    app = create_app(replace(whole, engine=OpenSearchEngine(parse(f"opensearch://127.0.0.1:{port}/x"))))
    app.testing = False
    wrong = []
    tables = [(PAGES, every.cookies[0]), (OTHERS, every.cookies[0]), (EDITORS, every.cookies[1]),
              (EDITORS_OTHERS, every.cookies[1])]  # fmt: skip
    for table, cookies in tables:
        client = app.test_client()
        for name, value in cookies.items():
            client.set_cookie(name, value)
        for address, usual in table.items():
            status = usual if isinstance(usual, int) else int(usual) if usual.isdecimal() else 200
            expected = 503 if asks(address) else status
            if "*" in address:
                continue
            begun = time.monotonic()
            answer = client.get(address.partition("#")[0])
            text, seconds = answer.get_data(as_text=True), time.monotonic() - begun
            says = expected != 503 or address == "/healthz" or (
                answer.headers.get("Retry-After") == "10" and "The search server does not answer." in text
            )  # fmt: skip
            if answer.status_code != expected or not says or str(port) in text or seconds > 3:
                wrong.append((address, expected, answer.status_code, says, round(seconds, 2)))
    assert wrong == []


def test_the_first_page_shows_what_the_store_knows(server: Pretended, library: Library) -> None:
    """The number of records and the newest; nothing that leads nowhere."""
    server.stop()
    client = create_app(library).test_client()
    until(lambda: client.get("/healthz").get_json()["index"] == "away")  # once the last look is old
    page = opened(client.get("/"))
    assert "2 records" in page.text(".hero")
    assert "the search server does not answer" in page.text(".note.away")
    assert len(page.all(".newest li")) == 2
    assert page.all(".types, .tries, .alltypes") == []
    assert not [a["href"] for a in page.all("main a[href]") if a["href"].startswith(("/search", "/stats", "/facet"))]


def test_records_are_edited_listed_and_exported_meanwhile(
    server: Pretended, library: Library, client: FlaskClient
) -> None:
    """A closed port takes no time."""
    server.stop()
    sign_in(client, library, "editor", "Ann")
    with at_most(8):
        page = opened(client.get(f"/record/{ID}/edit"))
        sent = dict(fields(page)) | {"title": "Words at Sea", "why": "corrected", "do": "save"}
        assert post(client, f"/record/{ID}/edit", sent).status_code == 303
        assert "Words at Sea" in opened(client.get(f"/record/{ID}")).text()
        assert b"Words at Sea" in client.get(f"/record/{ID}.bib").data
        assert client.get(f"/record/{ID}/history").status_code == 200
        assert post(client, "/list/add", {"id": ID}).status_code in (200, 302, 303)
        assert b"Words at Sea" in client.get("/list.bib").data
        sent = {"type": "book", "title": "Made Meanwhile", "do": "save"}
        made = post(client, "/new", dict(fields(opened(client.get("/new?type=book")))) | sent)
        assert made.status_code == 303
        assert "Made Meanwhile" in opened(client.get(made.location)).text()
    assert client.get("/changes").status_code == 200


def test_an_editor_does_not_wait_for_a_server_that_hangs(
    server: Pretended, library: Library, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor does who reads a record; a search takes no longer than the look at the server."""
    sign_in(client, library, "editor", "Ann")
    sent = dict(fields(opened(client.get(f"/record/{ID}/edit")))) | {"title": "Words at Sea", "do": "save"}
    server.hang = True
    with at_most(8):
        assert post(client, f"/record/{ID}/edit", sent).status_code == 303
    with at_most(8):
        assert "Words at Sea" in opened(client.get(f"/record/{ID}")).text()
    with at_most(8):
        assert client.get(f"/record/{ID}/edit").status_code == 200
    monkeypatch.setattr(engines, "LOOKING", 1.0)
    with at_most(8):
        assert client.get("/search?q=sea").status_code == 503
    with at_most(3):
        assert client.get("/search?q=sea").status_code == 503
        assert client.get(f"/record/{ID}").status_code == 200
        assert client.get("/healthz").get_json()["status"] == "search away"


def test_monitors_are_told_and_all_goes_on_when_it_is_back(server: Pretended, library: Library) -> None:
    """What was saved meanwhile is found within seconds; nobody has to do anything."""
    follows = follower(library)
    client = create_app(library, follows).test_client()
    follows.start()
    try:
        assert client.get("/healthz").get_json() == {"status": "ok", "index": "level", "records": 2, "waiting": 0,
                                                     "searchable": 2}  # fmt: skip
        server.stop()
        put(library, "While it was away")
        until(lambda: client.get("/search").status_code == 503)
        until(lambda: client.get("/healthz").get_json()["index"] == "away")  # once the last look is old
        health = client.get("/healthz")
        assert (health.status_code, health.get_json()["status"], health.get_json()["index"]) == (
            503,
            "search away",
            "away",
        )
        assert str(server.port) not in health.get_data(as_text=True)
        again = Pretended(port=server.port)
        again.indexes = server.indexes
        try:
            until(lambda: client.get("/healthz").get_json().get("searchable") == 3)
            assert client.get("/search").status_code == 200
        finally:
            again.stop()
    finally:
        follows.stop()


STRANGE = {"an earlier restoring": (1, "other"), "what is yet to come": (2, 99)}


@pytest.mark.parametrize("name", STRANGE)
def test_an_index_that_followed_something_else_is_made_anew(server: Pretended, library: Library, name: str) -> None:
    """The old one answers until then, and stays for a day."""
    place, other = STRANGE[name]
    server.indexes["x-marks"]["docs"]["x"]["mark"][place] = other
    before = set(server.indexes)
    until(library.engine.refresh)
    assert library.engine.search(SearchRequest()).total == 2
    assert bring_level(library)
    assert library.engine.mark() == library.store.mark()
    assert library.engine.search(SearchRequest()).total == 2
    assert len(set(server.indexes) - before) == 1


def test_an_index_of_another_library_is_left_to_it_until_it_is_taken_over(
    server: Pretended, library: Library, client: FlaskClient, tmp_path: Path
) -> None:
    """Both would find each other's records, and build it anew by turns."""
    other = emptied(tmp_path / "other", index=server.address("timeout=5"))
    try:
        for action in (other.engine.mark, lambda: other.engine.search(SearchRequest()), lambda: bring_level(other)):
            with pytest.raises(EngineError, match="is of another library: name one for this library alone"):
                action()
        there = create_app(other).test_client()
        assert there.get("/search?q=sea").status_code == 503
        assert put(other, "Kept in the Store")
        assert client.get("/search").status_code == 200
        assert library.engine.search(SearchRequest()).total == 2
        assert bring_level(other, rebuild=True)
        assert other.engine.search(SearchRequest()).total == 1
        until(library.engine.refresh)
        with pytest.raises(EngineError, match="or take it over with: litbase index --rebuild"):
            library.engine.search(SearchRequest())
    finally:
        other.close()


def test_indexes_that_are_lost_are_made_anew_by_a_running_server(server: Pretended, library: Library) -> None:
    """With their marks, as where somebody deleted all of them."""
    follows = follower(library)
    follows.start()
    try:
        until(lambda: follows.progress is None and library.engine.mark() is not None)
        server.indexes.clear()
        until(lambda: bool(server.indexes) and not unsearchable(library))
        assert library.engine.mark() == library.store.mark()
    finally:
        follows.stop()


def unsearchable(library: Library) -> bool:
    try:
        return library.engine.search(SearchRequest()).total != 2
    except EngineError:
        return True


def test_monitors_are_told_that_disks_are_full(
    server: Pretended, library: Library, caplog: pytest.LogCaptureFixture
) -> None:
    """Everything answers meanwhile; the log has it once; it goes on when there is room."""
    follows = follower(library)
    client = create_app(library, follows).test_client()
    server.say("POST /litbase|POST /x-.*_bulk", pretended.BLOCKED)
    put(library, "No room")
    follows.start()
    try:
        until(lambda: client.get("/healthz").get_json()["status"] == "not indexing")
        assert client.get("/healthz").get_json()["index"] == "behind"
        assert client.get("/search").status_code == 200
        time.sleep(0.5)
        lines = [line.getMessage() for line in caplog.records if "not brought level" in line.getMessage()]
        assert len(lines) == 1
        assert "make room there" in lines[0]
        server.recover()
        until(lambda: client.get("/healthz").get_json()["status"] == "ok")
        assert client.get("/healthz").get_json()["searchable"] == 3
    finally:
        follows.stop()


def test_a_record_that_the_server_refuses_is_told_to_who_looks_after_it(
    server: Pretended, library: Library, client: FlaskClient
) -> None:
    """Monitors how many, `verify` which and why; it ends with the next version that is taken."""
    error = {"type": "mapper_parsing_exception", "reason": "failed to parse field [key.date]"}
    id = put(library, "Odd")
    server.say("POST /x-.*_bulk", (200, {"items": [{"index": {"_id": id, "status": 400, "error": error}}]}))
    assert bring_level(library)
    health = client.get("/healthz")
    assert (health.status_code, health.get_json()["refused"], health.get_json()["index"]) == (200, 1, "level")
    server.recover()
    for repair in (False, True):
        if repair:
            server.say("POST /x-.*_bulk", (200, {"items": [{"index": {"_id": id, "status": 400, "error": error}}]}))
        found = verify(library, repair)
        assert found.refused == ((id, "failed to parse field [key.date]"),)
        assert not found.is_good
    assert found.repaired == ("0 records indexed, 0 taken out",)
    server.recover()
    library.store.edit(id, {"title": "Even"}, who="Ann", why="", version=None)
    assert bring_level(library)
    assert verify(library).is_good
    assert "refused" not in client.get("/healthz").get_json()


def test_results_of_some_parts_say_so_and_are_kept_by_nobody(
    server: Pretended, library: Library, client: FlaskClient
) -> None:
    """Counts and files refuse."""
    server.say("POST /x-.*_search$", in_strictness(good=2))
    answer = client.get("/search?q=words")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "private, no-store")
    assert answer.headers["X-Index-Parts"] == "2/3"
    assert "the results of 2 of 3 parts of the index" in opened(answer).text(".partial")
    answer = client.get("/search.json?q=words")
    assert answer.get_json()["partial"] == {"answered": 2, "parts": 3}
    assert (answer.headers["Cache-Control"], "ETag" in answer.headers) == ("private, no-store", False)
    for address in ("/search.bib?q=words", "/search.atom?q=words", "/facet/author", "/stats", "/suggest?q=words",
                    "/search/advanced.json?q=words"):  # fmt: skip
        answer = client.get(address)
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10"), address
    assert client.get("/healthz").get_json()["status"] == "search failing"
    assert client.get(f"/record/{ID}").status_code == 200
    server.recover()
    answer = client.get("/search?q=words")
    assert opened(answer).all(".partial") == []
    assert client.get("/search.json?q=words").get_json()["partial"] is None


def in_strictness(good: int) -> pretended.Told:
    """As OpenSearch where a part has no living copy: in part for who takes that, else refused."""

    def answer(body: str, query: str) -> pretended.Answer:
        strict = "allow_partial_search_results=false" in query
        return pretended.NOT_WHOLE if strict else in_part(good)(body, query)

    return answer


def test_an_index_that_is_level_and_refuses_is_not_said_to_be_prepared(
    library: Library, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(*_: object) -> None:
        raise EngineUnavailable("somebody has closed the index")

    monkeypatch.setattr(library.engine, "search", refuses)
    answer = client.get("/search?q=learning")
    assert answer.status_code == 503
    assert "The search index cannot be read." in opened(answer).text()
