"""A store on each database: SQLite always, PostgreSQL from the Debian package where it is installed."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from litbase.record.dates import PartialDate
from litbase.record.names import Name
from litbase.record.record import Record
from litbase.store import Incoming, open_store
from litbase.store.store import Store

INSTALL = "PostgreSQL is not installed: apt-get install -y --no-install-recommends postgresql"


def _binaries() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return found[-1].parent if found else None


def _run(*command: object) -> None:
    # initdb and the server refuse to run as root
    user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    done = subprocess.run([*user, *map(str, command)], capture_output=True, text=True, cwd="/", timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of a PostgreSQL server of our own, up to the name of a schema; it listens on a socket only."""
    binaries = _binaries()
    if binaries is None or pytest.importorskip("psycopg", reason="psycopg is not installed") is None:
        pytest.skip(INSTALL)
    folder = Path(tempfile.mkdtemp(prefix="litbase-pg-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    _run(binaries / "initdb", "-D", folder / "data", "-U", "litbase", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
    control(folder, "start")
    try:
        yield f"postgresql://litbase@/postgres?host={folder}&options=-csearch_path%3D"
    finally:
        control(folder, "stop", "-m", "immediate")
        shutil.rmtree(folder, ignore_errors=True)


def control(folder: Path, *verb: str) -> None:
    """Start, stop, restart or reload the server in *folder*, and wait until it is done."""
    binaries = _binaries()
    assert binaries
    options = f"-k {folder} -c listen_addresses='' -c fsync=off"
    given = {"start": ("-o", options, "-l", folder / "log"), "restart": ("-l", folder / "log")}.get(verb[0], ())
    _run(binaries / "pg_ctl", "-D", folder / "data", *given, "-w", *verb)


_names = count()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.server)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a database in which there is no store yet."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'litbase.db'}"
    return new_schema(request.getfixturevalue("postgres"))


@pytest.fixture
def other_url(request: pytest.FixtureRequest, url: str, tmp_path: Path) -> str:
    """The URL of a second database of the same kind."""
    if url.startswith("sqlite"):
        return f"sqlite:///{tmp_path / 'other.db'}"
    return new_schema(request.getfixturevalue("postgres"))


def new_schema(server: str) -> str:
    """The URL of an empty schema, which is to PostgreSQL what an empty database is, only sooner made."""
    import psycopg

    name = f"store{next(_names)}"
    with psycopg.connect(server + "public", autocommit=True) as connection:
        connection.execute(f"create schema {name}")
    return server + name


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """An empty store on each database."""
    opened = open_store(url, create=True)
    yield opened
    opened.close()


@pytest.fixture
def memory() -> Iterator[Store]:
    """An empty store in memory."""
    opened = open_store("sqlite://", create=True)
    yield opened
    opened.close()


Maker = Callable[..., Incoming]


@pytest.fixture(scope="session")
def incoming() -> Maker:
    """incoming(title, ...) is a reading; what is not said is plain, and the key is the title."""

    def make(title: str = "A Plain Title", **given: object) -> Incoming:
        about = {name: given.pop(name) for name in list(given) if name in Incoming.__struct_fields__}
        about = {"source": "eric", "key": title, "reader": "eric", "rank": 70, "document": "d1", **about}
        fields = {"type": "article-journal", "author": (Name(family="Doe", given="Ann"),), **given}
        fields.setdefault("issued", PartialDate(year=2019))
        return Incoming(record=Record(title=title, **fields), **about)  # type: ignore[arg-type]

    return make
