"""What all tests share: the seeds, a closed network, a throw-away home, and no silent skips in CI."""

import fcntl
import gc
import hashlib
import os
import pickle
import shutil
import socket
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import hypothesis
import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from litbase.library import Library, bring_level, is_level, open_library, passwords
from litbase.library.reading import Entry, add
from litbase.record.reading import Document
from litbase.settings import Settings
from litbase.store.schema_people import metadata
from tests.amount import LONG, amount
from tests.cluster.running import cluster as cluster

SHARED = Path(__file__).resolve().parents[2] / "shared"
IN_CI = os.environ.get("CI") == "true"

EXAMPLES = amount(40, 100)
hypothesis.settings.register_profile("local", deadline=None, max_examples=EXAMPLES)
hypothesis.settings.register_profile(
    "unshrunk",
    deadline=None,
    max_examples=EXAMPLES,
    phases=(hypothesis.Phase.explicit, hypothesis.Phase.generate),
)
hypothesis.settings.register_profile("ci", deadline=None, max_examples=EXAMPLES, derandomize=True, print_blob=True)
hypothesis.settings.load_profile("ci" if IN_CI else "local")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of full documents beside the checkout."""
    if not SHARED.is_dir():
        pytest.skip("the folder of full documents, ../shared, is not here")
    return SHARED


@pytest.fixture(scope="session")
def seed(shared: Path) -> Callable[[int], Document]:
    """seed(n) is the nth seed document: 0 ERIC, 1 newspaper, 2 catalogue, 3 conference, 4 newspaper."""

    def document(n: int) -> Document:
        [path] = (shared / "seeds").glob(f"{n:03d}_*.txt")
        return Document(path.name, path.read_bytes())

    return document


@pytest.fixture(scope="session")
def full(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Library, list[Entry]]]:
    """A library of the seeds and the ERIC answers, and the report of adding them; nobody may change it."""
    ready = _built_once(tmp_path_factory, "full-template", lambda folder: _add_all(folder, shared))
    folder = shutil.copytree(ready / "library", tmp_path_factory.mktemp("full") / "library")
    library = open_library(folder, Settings())
    assert is_level(library)
    yield library, pickle.loads((ready / "entries").read_bytes())
    library.close()


def _add_all(folder: Path, shared: Path) -> None:
    library = open_library(folder / "library", Settings(), create=True)
    entries = list(add(library, [str(shared / "seeds"), str(shared / "data" / "eric" / "api")]))
    assert bring_level(library)
    library.close()
    (folder / "entries").write_bytes(pickle.dumps(entries))


def _built_once(made: pytest.TempPathFactory, name: str, build: Callable[[Path], None]) -> Path:
    """The folder *name* that the first of the workers who needs it builds; the others wait for it."""
    base = made.getbasetemp()
    ready = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / name
    with ready.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not ready.is_dir():
            half = ready.with_suffix(".half")
            shutil.rmtree(half, ignore_errors=True)  # of a worker that failed
            half.mkdir()
            build(half)
            half.rename(ready)
    return ready


@pytest.fixture(scope="session", autouse=True)
def _nobody(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A home without a library, so that no test can touch a person's."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for variable in [name for name in os.environ if name.startswith("LITBASE_") and name != "LITBASE_KILLS"]:
            patch.delenv(variable)
        patch.setenv("HOME", str(home))
        patch.setenv("XDG_DATA_HOME", str(home / "data"))
        patch.setenv("LITBASE_LIBRARY", str(home / "library"))
        yield


@pytest.fixture(scope="session", autouse=True)
def _tables_are_compiled_once() -> Iterator[None]:
    """The first store on each database is made as always; in the later ones what was executed then is executed again.

    Compiling 57 statements would take longer than most of what is tested with a store of its own.
    """
    create, held = metadata.create_all, dict[str, list[str]]()

    def create_all(bind: Connection, **more: Any) -> None:
        if more or sa.inspect(bind).get_table_names():
            return create(bind, **more)
        statements = held.get(bind.dialect.name)
        if statements is None:
            heard: list[str] = []
            with _heard(bind, heard):
                create(bind)
            held[bind.dialect.name] = [said for said in heard if said.startswith("CREATE ")]
        else:
            for statement in ["; ".join(statements)] if bind.dialect.name == "postgresql" else statements:
                bind.exec_driver_sql(statement)
        return None

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(metadata, "create_all", create_all)
        yield


@contextmanager
def _heard(bind: Connection, statements: list[str]) -> Iterator[None]:
    def listen(*said: Any) -> None:
        statements.append(said[2].strip())

    sa.event.listen(bind, "before_cursor_execute", listen)
    try:
        yield
    finally:
        sa.event.remove(bind, "before_cursor_execute", listen)


@pytest.fixture
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashes of passwords take no time; how strong they are is tested elsewhere."""
    monkeypatch.setattr(passwords.hashlib, "scrypt", lambda data, *, salt, **_: hashlib.sha512(salt + data).digest())


class OutsideRefused(RuntimeError):
    """A test tried to leave this machine."""


def _is_outside(address: Any) -> bool:
    if not isinstance(address, tuple):  # a path or an abstract name: a unix socket
        return False
    host = str(address[0])
    try:
        return not ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return host not in ("localhost", "")


@pytest.fixture(scope="session", autouse=True)
def _closed_network() -> Iterator[None]:
    """Sockets connect to loopback and unix addresses only."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex"):
            patch.setattr(socket.socket, name, _guarded(getattr(socket.socket, name)))
        yield


def _guarded(connect: Callable[..., Any]) -> Callable[..., Any]:
    def guarded(self: socket.socket, address: Any) -> Any:
        if _is_outside(address):
            raise OutsideRefused(f"tests do not reach {address!r}")
        return connect(self, address)

    return guarded


# Of these the first tests run here, the others with LITBASE_LONG (make long).
SHORTENED = {
    "browser/test_start.py": 4,
    "browser/test_edit.py": 6,
    "browser/test_duplicates.py": 4,
    "browser/test_imports.py": 4,
    "browser/test_accounts.py": 4,
    "web/test_xss_edit.py": 2,
}
ELSEWHERE_TOO = ("test_mylist.py::test_the_pages_are_accessible", "test_searches.py::test_the_pages_are_accessible")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What takes long comes first, or at the end one core would wait for the other: browsers, kills, hostile texts."""
    items.sort(key=lambda item: not _is_long(item.path))
    if LONG or len({item.path for item in items}) < 50:  # somebody asks for some tests
        return
    seen: Counter[str] = Counter()
    left = []
    for item in items:
        name = "/".join(item.path.parts[-2:])
        seen[name] += 1
        if seen[name] > SHORTENED.get(name, seen[name]) or any(part in item.nodeid for part in ELSEWHERE_TOO):
            left.append(item)
    config.hook.pytest_deselected(items=left)
    gone = set(left)
    items[:] = [item for item in items if item not in gone]


def pytest_collection_finish() -> None:
    """What is known now is never looked through again for garbage: that takes as long as what some tests measure."""
    gc.collect()
    gc.freeze()


LONGER = ("kill", "real", "process", "together", "everywhere", "every_page", "serving", "latex", "hostile", "layers")


def _is_long(path: Path) -> bool:
    return path.parent.name == "browser" or any(word in path.name for word in LONGER)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    report = yield
    return _refuse_skip(report)


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Any:
    report = yield
    return _refuse_skip(report)


def _refuse_skip(report: Any) -> Any:
    """In continuous integration a skipped test is a failed one: what is missing there must be installed."""
    if IN_CI and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"CI=true allows no skips: {reason}"
    return report
