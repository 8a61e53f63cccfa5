"""PostgreSQL that stops, starts, kills, refuses: one message each, nothing acknowledged lost, and no command needed."""

import shutil
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import psycopg
import pytest

from litbase.errors import LibraryError, NotALibrary, NotSaved, StoreAway
from litbase.library import open_library
from litbase.settings import Settings
from litbase.store import Incoming, connect, open_store, postgresql
from litbase.store.connect import database, parsed, shown
from litbase.store.store import Store
from tests.store.conftest import control, new_schema
from tests.store.writer import reading
from tests.web.conftest import fill, post, sign_in
from tests.web.conftest import incoming as typed

pytestmark = pytest.mark.server
WRITERS = 3
EACH = 40


class Server:
    """The server of the tests, which these tests treat badly."""

    def __init__(self, url: str):
        self.url = url
        self.folder = Path(url.partition("host=")[2].partition("&")[0])

    def do(self, *sql: str) -> None:
        """Run *sql* as the owner of all."""
        with psycopg.connect(self.url + "public", autocommit=True) as connection:
            for statement in sql:
                connection.execute(statement)

    def admit(self, *lines: str) -> None:
        """Put *lines* before the rules by which it admits users."""
        rules = self.folder / "data" / "pg_hba.conf"
        rules.write_text("\n".join(lines) + "\n" + rules.read_text())
        control(self.folder, "reload")

    def at(self, user: str = "litbase", name: str = "postgres", password: str = "") -> str:
        """The URL of a database of it."""
        return f"postgresql://{user}{f':{password}' if password else ''}@/{name}?host={self.folder}"


@pytest.fixture(scope="module")
def server(postgres: str) -> Iterator[Server]:
    """The server, running at the end whatever was done to it."""
    made = Server(postgres)
    yield made
    with suppress(AssertionError):
        control(made.folder, "start")


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    if "while_others" not in request.node.name:
        monkeypatch.setattr(connect, "AWAY_SECONDS", 0.2)


KILL = "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and usename = 'litbase'"


def test_what_was_acknowledged_is_there_though_backends_are_killed_and_the_server_restarts_while_others_write(server):
    url = new_schema(server.url)
    open_store(url, create=True).close()
    acknowledged: list[str] = []
    failed: list[BaseException] = []
    told: list[NotSaved] = []
    ended = threading.Event()

    def stubborn(action: Callable[[], object]) -> object:
        while True:
            try:
                return action()
            except NotSaved as error:
                told.append(error)
                time.sleep(0.05)

    def write(store: Store, first: int) -> None:
        for n in range(first, first + EACH):
            [outcome] = stubborn(lambda n=n: store.put([_numbered(n)], 1))  # type: ignore[misc]
            acknowledged.append(outcome.id)
            stubborn(lambda id=outcome.id, n=n: store.edit(id, {"note": f"of {n}"}, "ann"))  # type: ignore[misc]
            time.sleep(0.01)

    def read(store: Store) -> None:
        while not ended.is_set():
            stubborn(store.count)

    def watched(action: Callable[..., None], *given: object) -> threading.Thread:
        def run() -> None:
            try:
                action(*given)
            except BaseException as error:
                failed.append(error)

        thread = threading.Thread(target=run)
        thread.start()
        return thread

    with closing(open_store(url)) as store:
        reader = watched(read, store)
        writers = [watched(write, store, n * 1_000) for n in range(WRITERS)]
        for misfortune in (("kill",), ("kill",), ("restart", "-m", "immediate"), ("kill",), ("restart", "-m", "fast")):
            time.sleep(0.3)
            with suppress(psycopg.OperationalError):
                server.do(KILL) if misfortune == ("kill",) else control(server.folder, *misfortune)
        for thread in writers:
            thread.join()
        ended.set()
        reader.join()
        assert failed == []
        assert len(acknowledged) == len(set(acknowledged)) == WRITERS * EACH
        found = store.get_many(acknowledged)
        assert set(found) == set(acknowledged)
        assert all(stored.record.note.startswith("of ") for stored in found.values())
        assert list(store.faults()) == []
        assert len(store.changes(0, limit=1_000)) == store.count() == WRITERS * EACH


def _numbered(n: int) -> Incoming:
    return reading(n)


def test_a_save_whose_commit_breaks_says_that_nobody_knows(server, monkeypatch):
    with closing(open_store(new_schema(server.url), create=True)) as store:
        [one] = store.put([_numbered(1)], 1)
        real = store._database.engine.dialect.do_commit

        def broken(connection):
            monkeypatch.undo()
            server.do(KILL)
            real(connection)

        monkeypatch.setattr(store._database.engine.dialect, "do_commit", broken)
        with pytest.raises(NotSaved, match="look whether it was saved"):
            store.edit(one.id, {"volume": "77"}, "ann")
        assert store.get(one.id).record.volume == "1"
        assert store.edit(one.id, {"volume": "78"}, "ann").status == "changed"


def test_a_backend_killed_in_mid_transaction_is_replaced_and_the_write_done_once(server):
    with closing(open_store(new_schema(server.url), create=True)) as store:
        [one] = store.put([_numbered(1)], 1)
        tries = []

        def act(connection):
            tries.append(1)
            changed = connection.exec_driver_sql("update meta set created_at = created_at || '!'").rowcount
            if len(tries) == 1:
                server.do(KILL)
                connection.exec_driver_sql("select 1")
            return changed

        assert store._database.write(act) == 1
        made = store._database.read(lambda c: c.exec_driver_sql("select created_at from meta").scalar())
        assert (len(tries), made.count("!")) == (2, 1)
        assert store.get(one.id)


CASES = {
    "no such user": ("ghost", "postgres", "", "does not accept the user or the password"),
    "no password": ("locked", "postgres", "", "does not accept the user or the password"),
    "wrong password": ("locked", "postgres", "wrong", "does not accept the user or the password"),
    "no such database": ("litbase", "nothing", "", "createdb --owner"),
    "not let in": ("kept_out", "postgres", "", "pg_hba.conf"),
    "no connection left": ("few", "postgres", "", "raise max_connections"),
    "an encoding for some": ("litbase", "latin", "", "has the encoding LATIN1"),
}


@pytest.fixture(scope="module")
def strict(server: Server) -> Server:
    """The server, with users and databases that do not work."""
    server.do(
        "create role locked login password 'right'",
        "create role kept_out login",
        "create role few login connection limit 0",
        "create role viewer login",
        "create database latin encoding 'LATIN1' template template0 locale 'C'",
    )
    server.admit("local all locked scram-sha-256", "local all kept_out reject")
    return server


@pytest.mark.parametrize("case", CASES)
def test_each_trouble_has_a_message_that_says_what_to_do(strict, case, monkeypatch):
    monkeypatch.delenv("PGPASSWORD", raising=False)
    user, name, password, said = CASES[case]
    with pytest.raises(LibraryError) as raised:
        open_store(strict.at(user, name, password), create=True)
    text = str(raised.value)
    assert said in text
    assert "\n" not in text
    assert "wrong" not in text
    assert isinstance(raised.value, StoreAway) == (case == "no connection left")


def test_the_right_password_is_let_in(strict):
    with pytest.raises(NotALibrary):
        open_store(strict.at("locked", "postgres", "right") + "&options=-csearch_path%3Dnowhere")


def test_an_option_that_is_none_is_said(server):
    with pytest.raises(LibraryError, match="address of the database is not understood"):
        open_store(server.at() + "&bogus=1")


def test_no_route_is_said_and_the_address_without_its_password():
    with pytest.raises(StoreAway, match="cannot be reached"):
        open_store("postgresql://ann:secret@127.0.0.1:1/x")
    assert shown("postgresql://ann:secret@127.0.0.1:1/x") == "postgresql://ann:***@127.0.0.1:1/x"


@pytest.mark.parametrize("url", ["postgresql://a:se@cret:port/x", "postgres", "", "postgresql://a:secret@h:99x/y"])
def test_what_is_no_address_is_said_without_its_password(url):
    with pytest.raises(LibraryError, match="the address of a store is") as raised:
        parsed(url)
    assert ":se" not in str(raised.value)


def test_an_old_server_is_refused(server, monkeypatch):
    monkeypatch.setattr(postgresql, "OLDEST", 99)
    with pytest.raises(LibraryError, match="litbase needs 99 or newer"):
        open_store(new_schema(server.url), create=True)


def test_a_driver_that_is_not_installed_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(LibraryError, match=r"litbase\[postgres\]"):
        open_store("postgresql://litbase@/x")


def test_a_standby_is_read_and_a_save_says_where_to_write(strict):
    url = new_schema(strict.url)
    schema = url.rpartition("%3D")[2]
    with closing(open_store(url, create=True)) as store:
        [one] = store.put([_numbered(1)], 1)
    strict.do(
        f"grant usage on schema {schema} to viewer",
        f"grant select, insert, update, delete on all tables in schema {schema} to viewer",
        "alter role viewer set default_transaction_read_only = on",
    )
    with closing(open_store(url.replace("litbase@", "viewer@"))) as standby:
        assert standby.get(one.id).record.volume == "1"
        with pytest.raises(NotSaved, match="can only be read") as raised:
            standby.edit(one.id, {"volume": "2"}, "ann")
        assert not isinstance(raised.value, StoreAway)


def test_threads_that_find_no_connection_wait_and_then_are_told(server, monkeypatch):
    monkeypatch.setattr(postgresql, "_WAIT", 0.1)
    monkeypatch.setattr(postgresql, "CONNECTIONS", 5)
    monkeypatch.setattr(connect, "TRIES", 1)
    opened = database(new_schema(server.url), create=True)
    taken = [opened.engine.connect() for _ in range(5)]
    with pytest.raises(NotSaved, match="try again"):
        opened.read(lambda c: c.exec_driver_sql("select 1"))
    for one in taken:
        one.close()
    assert opened.read(lambda c: c.exec_driver_sql("select 1").scalar()) == 1
    opened.close()


def test_pages_say_503_while_the_server_is_down_and_go_on_by_themselves(server, tmp_path):
    from litbase.web import create_app

    library = open_library(tmp_path / "library", Settings(store=new_schema(server.url), rate_limit=0), create=True)
    [id] = fill(library, (typed(reading(1).record, "eric", "EJ1"),))
    app = create_app(library)
    client = app.test_client()
    sign_in(client, library)
    form = client.get(f"/record/{id}/edit")
    assert form.status_code == 200
    control(server.folder, "stop", "-m", "fast")
    try:
        page, saved = client.get(f"/record/{id}"), post(client, f"/record/{id}/edit", {"title": "Other"})
        sought, told, health = client.get("/?q=report"), client.get(f"/record/{id}.json"), client.get("/healthz")
    finally:
        control(server.folder, "start")
    assert [one.status_code for one in (page, saved, told)] == [503, 503, 503]
    assert sought.status_code in (200, 503)
    assert page.headers["Retry-After"] == saved.headers["Retry-After"] == "10"
    assert "The records cannot be read at the moment" in page.text
    assert "Nothing was saved" in saved.text
    assert "can be read meanwhile" not in saved.text
    assert told.json["error"]["kind"] == "away"
    assert told.json["error"]["detail"] == "The database of this library does not answer."
    assert (health.status_code, health.json) == (503, {"status": "store away"})
    assert str(server.folder) not in page.text + saved.text + told.text
    assert client.get(f"/record/{id}").status_code == 200
    library.close()
    shutil.rmtree(tmp_path / "library")
