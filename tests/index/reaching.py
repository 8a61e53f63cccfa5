"""What tests of the way to OpenSearch share: a pretended server, engines that reach it, and what they say."""

import socket
import time
from collections.abc import Callable, Iterator

import pytest

from litbase.errors import EngineError, EngineUnavailable
from litbase.fields import IndexDocument, index_document
from litbase.index import Mark
from litbase.index.opensearch import engine as engines
from litbase.index.opensearch import search as searching
from litbase.index.opensearch import wire
from litbase.index.opensearch.address import parse
from litbase.index.opensearch.engine import OpenSearchEngine
from litbase.query.request import SearchRequest
from litbase.record.record import Record
from tests.index import pretended
from tests.index.pretended import Pretended, pretending

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


def closed_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def suppressed(action: Callable[[], object]) -> str:
    """Why it fails; "" when it does not."""
    try:
        action()
    except EngineUnavailable as error:
        return str(error)
    return ""


def searched(server: Pretended) -> pretended.Told:
    """The answer of a server to which nothing has happened."""
    return lambda body, _: pretended.search(server, body)
