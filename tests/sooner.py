"""What saves time and changes nothing of what is proved: work that is the same for all tests is done once."""

import fcntl
import gc
import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from litbase.library import passwords
from litbase.store.schema_people import metadata

MEMORY = Path("/dev/shm")  # a disk that is none, on Linux
NEEDED = 3_000_000_000  # bytes of it; a whole run takes a part of that
LEFT = 5_000_000_000  # and of memory altogether


def begin_in_memory(config: pytest.Config) -> None:
    """Keep temporary files in memory during the run, where there is plenty and the caller named no place in TMPDIR.

    A store waits for the disk at each commit, as it must; and thousands are made here, most of them in a moment else.
    """
    if hasattr(config, "workerinput") or "TMPDIR" in os.environ or not _is_roomy():
        return
    _remove_what_is_left()
    folder = MEMORY / f"lit-{os.getpid()}"  # short, as sockets stand in it
    folder.mkdir()
    folder.chmod(0o711)  # a server of another user has its own folder there
    os.environ["TMPDIR"] = tempfile.tempdir = str(folder)

    def end() -> None:
        del os.environ["TMPDIR"]
        tempfile.tempdir = None
        shutil.rmtree(folder, ignore_errors=True)

    config.add_cleanup(end)


def _remove_what_is_left() -> None:
    """Of runs that were killed before their end."""
    for folder in MEMORY.glob("lit-*"):
        number = folder.name.removeprefix("lit-")
        if number.isdecimal() and not Path("/proc", number).is_dir():
            shutil.rmtree(folder, ignore_errors=True)


def _is_roomy() -> bool:
    try:
        free = re.search(r"^MemAvailable: +(\d+) kB$", Path("/proc/meminfo").read_text("ascii"), re.M)
        return bool(free) and int(free[1]) * 1024 > LEFT and shutil.disk_usage(MEMORY).free > NEEDED
    except OSError:
        return False


def built_once(made: pytest.TempPathFactory, name: str, build: Callable[[Path], None]) -> Path:
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
def tables_compiled_once() -> Iterator[None]:
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


@pytest.fixture(scope="session", autouse=True)
def statements_compiled_once() -> Iterator[None]:
    """What one store on SQLite compiled is not compiled again for the next.

    Otherwise each has a dialect of its own, and with it a cache of its own.
    """
    make, held = sa.create_engine, list[tuple[Any, Any]]()

    def create_engine(*url: Any, **more: Any) -> Engine:
        made = make(*url, **more)
        if made.dialect.name == "sqlite":
            if not held:
                held.append((made.dialect, made._compiled_cache))
            made.dialect, made._compiled_cache = held[0]
        return made

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sa, "create_engine", create_engine)
        yield


@pytest.fixture
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashes of passwords take no time; how strong they are is tested elsewhere."""
    monkeypatch.setattr(passwords.hashlib, "scrypt", lambda data, *, salt, **_: hashlib.sha512(salt + data).digest())


def pytest_collection_finish() -> None:
    """What is known now is never looked through again for garbage: that takes as long as what some tests measure."""
    gc.collect()
    gc.freeze()
