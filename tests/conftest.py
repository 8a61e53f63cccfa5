"""What all tests share: the seeds, a closed network, a throw-away home, and no silent skips in CI."""

import os
import pickle
import shutil
import socket
from collections import Counter
from collections.abc import Callable, Iterator
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from litbase.library import Library, bring_level, is_level, open_library
from litbase.library.reading import Entry, add
from litbase.record.reading import Document
from litbase.settings import Settings
from tests.amount import LONG, amount
from tests.cluster.running import cluster as cluster
from tests.sooner import begin_in_memory, built_once
from tests.sooner import pytest_collection_finish as pytest_collection_finish
from tests.sooner import quick_hashes as quick_hashes
from tests.sooner import statements_compiled_once as statements_compiled_once
from tests.sooner import tables_compiled_once as tables_compiled_once

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


def pytest_configure(config: pytest.Config) -> None:
    """Begin before the first temporary folder is made."""
    begin_in_memory(config)


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
    ready = built_once(tmp_path_factory, "full-template", lambda folder: _add_all(folder, shared))
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


LONGER = (
    *(
        "kill",
        "real",
        "process",
        "together",
        "everywhere",
        "every_page",
        "serving",
        "latex_programs",
        "hostile",
        "layers",
    ),
    *("guides", "benchmarks", "_rot.", "bulk_command", "importing", "webpage", "machine", "over_http", "styles.py"),
)


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
