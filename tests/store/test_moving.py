"""Moving a store from one database to the other and back: every row of every table, or nothing at all."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from litbase.errors import LibraryError, NewerSchema, NotSaved
from litbase.store import archive, connect, moving, open_store, opening
from litbase.store.connect import Database, database
from litbase.store.migrations import Migration
from litbase.store.schema import SCHEMA_VERSION, meta, runs
from litbase.store.schema_people import metadata
from tests.store import every_table, version_2
from tests.store.conftest import new_schema

pytestmark = pytest.mark.server
NEXT = SCHEMA_VERSION + 1


@pytest.fixture(params=["to postgresql", "to sqlite", "sqlite to sqlite"])
def way(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, str]:
    """From which URL to which."""
    files = [f"sqlite:///{tmp_path / name}.db" for name in ("one", "two")]
    if request.param == "sqlite to sqlite":
        return files[0], files[1]
    server = new_schema(request.getfixturevalue("postgres"))
    return (files[0], server) if request.param == "to postgresql" else (server, files[0])


@pytest.fixture
def opened() -> Iterator[Callable[[str], Database]]:
    """opened(url) is the database there, closed at the end."""
    made: list[Database] = []

    def open_at(url: str) -> Database:
        made.append(database(url, create=True))
        return made[-1]

    yield open_at
    for one in made:
        one.close()


def _tables(database: Database) -> set[str]:
    return database.read(lambda c: set(sa.inspect(c).get_table_names()))


def test_every_row_of_every_table_arrives_and_comes_back(way, opened, other_place):
    source, target, back = every_table.make(way[0], rows=40), opened(way[1]), opened(other_place)
    before = every_table.rows(source)
    assert all(len(rows) == (1 if name == "meta" else 40) for name, rows in before.items())
    told: list[tuple[int, int, str]] = []
    moved = moving.move(source, target, lambda *step: told.append(step))
    moving.move(target, back)
    assert {one.table: one.rows for one in moved.tables} == {name: len(rows) for name, rows in before.items()}
    assert set(before) == _tables(source) == _tables(target) == set(metadata.tables)
    assert moved.tables[-1].table == "meta"
    assert told[-1][0] == told[-1][1] == 2 * sum(map(len, before.values()))
    [store_id, epoch] = before["meta"][0][1:3]
    for other in (every_table.rows(target), every_table.rows(back)):
        [row] = other.pop("meta")
        assert row[1] == store_id
        assert row[2] != epoch
        assert other == {name: rows for name, rows in before.items() if name != "meta"}
    assert every_table.rows(source) == before
    source.close()


@pytest.fixture
def other_place(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'back.db'}"


def test_the_schema_is_that_of_a_fresh_store(postgres, tmp_path, opened):
    from tests.store.test_connect import _schema

    source, target = every_table.make(f"sqlite:///{tmp_path / 'one.db'}"), opened(new_schema(postgres))
    moving.move(source, target)
    source.close()
    moved, fresh = open_store(str(_url(target))), open_store(new_schema(postgres), create=True)
    assert _schema(moved) == _schema(fresh)
    moved.close()
    fresh.close()


def _url(database: Database) -> str:
    return database.engine.url.render_as_string(hide_password=False)


def test_the_moved_store_is_worked_on_and_numbers_go_on(way, incoming):
    with closing(open_store(way[0], create=True)) as store:
        [one] = store.put([incoming()], store.start_run("add"))
        store.edit(one.id, {"volume": "7"}, "ann")
        mark = store.mark()
        source = database(way[0], create=False)
        target = database(way[1], create=True)
        moving.move(source, target)
        source.close()
        target.close()
    with closing(open_store(way[1])) as store:
        assert store.start_run("add") == 2
        assert (store.mark()[0], store.mark()[2]) == (mark[0], mark[2])
        assert store.mark()[1] != mark[1]
        assert store.put([incoming("Another", key="k2")], 2)[0].status == "new"
        assert store.edit(one.id, {"volume": "8"}, "bob").status == "changed"
        assert list(store.faults()) == []
        assert store.audit.verify().fault is None


@pytest.mark.parametrize("fails", ["in the middle", "in the comparison"])
def test_a_move_that_breaks_off_leaves_nothing_and_is_begun_anew(way, opened, monkeypatch, fails):
    source, target = every_table.make(way[0]), opened(way[1])
    before = every_table.rows(source)
    real = moving.tally if fails == "in the comparison" else moving._poured

    def broken(*given, **more):
        if any(isinstance(one, sa.Table) and one.name == "readings" for one in given):
            raise RuntimeError("power")
        return real(*given, **more)

    monkeypatch.setattr(moving, real.__name__, broken)
    with pytest.raises(RuntimeError, match="power"):
        moving.move(source, target)
    assert _tables(target) == set()
    monkeypatch.undo()
    moving.move(source, target)
    assert _tables(target) == set(metadata.tables)
    assert every_table.rows(source) == before
    source.close()


def test_a_row_that_changes_on_its_way_is_noticed(way, opened, monkeypatch):
    source, target = every_table.make(way[0]), opened(way[1])
    real = moving.insert_rows

    def worse(connection, table, rows):
        real(connection, table, [row | {"message": "other"} if table.name == "corrections" else row for row in rows])

    monkeypatch.setattr(moving, "insert_rows", worse)
    with pytest.raises(LibraryError, match="corrections is not the same"):
        moving.move(source, target)
    assert _tables(target) == set()
    source.close()


def test_while_it_is_moved_others_read_and_whoever_writes_is_told_to_wait(way, opened, incoming, monkeypatch):
    monkeypatch.setattr(connect, "TRIES", 1)
    monkeypatch.setattr(connect, "BUSY_SECONDS", 0)
    with closing(open_store(way[0], create=True)) as store:
        [one] = store.put([incoming()], 1)
        source, target = database(way[0], create=False), opened(way[1])
        seen = []

        def look(done: int, total: int, table: str) -> None:
            if not seen:
                if way[0].startswith("postgresql"):
                    store._database.read(lambda c: c.exec_driver_sql("set lock_timeout = '100ms'"))
                seen.append(store.get(one.id).id)
                with pytest.raises(NotSaved, match="another process"):
                    store.edit(one.id, {"volume": "1"}, "ann")

        moving.move(source, target, look)
        assert seen == [one.id]
        assert store.edit(one.id, {"volume": "1"}, "ann").status == "changed"
        source.close()


def test_a_target_that_holds_something_is_refused_and_left_alone(way, opened):
    source, target = every_table.make(way[0]), every_table.make(way[1], rows=1)
    there = every_table.rows(target)
    with pytest.raises(LibraryError, match="another library already"):
        moving.move(source, target)
    assert every_table.rows(target) == there
    target.write(lambda c: c.execute(meta.update().values(schema_version=99)))
    with pytest.raises(NewerSchema, match="99"):
        moving.check_target(source, target)
    source.close()
    target.close()


def test_a_second_move_says_that_it_is_there_already(way, opened):
    source, target = every_table.make(way[0]), opened(way[1])
    moving.move(source, target)
    with pytest.raises(LibraryError, match="this same library already"):
        moving.move(source, target)
    source.close()


def test_a_table_of_somebody_else_is_not_touched(way, opened):
    source, target = every_table.make(way[0]), opened(way[1])
    target.create(lambda c: c.exec_driver_sql("create table accounts (amount integer)"))
    with pytest.raises(LibraryError, match="accounts that is not litbase's"):
        moving.move(source, target)
    assert _tables(target) == {"accounts"}
    source.close()


def test_a_user_who_may_make_no_tables_is_told_what_to_do(postgres, tmp_path, opened):
    url = new_schema(postgres)
    target = opened(url)
    target.create(lambda c: c.exec_driver_sql("create role guest login"))
    schema = url.rpartition("%3D")[2]
    target.create(lambda c: c.exec_driver_sql(f"grant usage on schema {schema} to guest"))
    source = every_table.make(f"sqlite:///{tmp_path / 'one.db'}")
    guest = opened(url.replace("litbase@", "guest@"))
    for act in (moving.check_target, moving.move):
        with pytest.raises(LibraryError, match="alter schema public owner"):
            act(source, guest)
    assert _tables(target) == set()
    source.close()


def test_text_that_postgresql_cannot_hold_is_named(postgres, tmp_path, opened):
    source = every_table.make(f"sqlite:///{tmp_path / 'one.db'}")
    source.write(lambda c: c.execute(runs.update().values(command="a\x00b")))
    target = opened(new_schema(postgres))
    with pytest.raises(LibraryError, match="table runs"):
        moving.move(source, target)
    assert _tables(target) == set()
    source.close()


def test_batches_are_small_where_rows_are_large(tmp_path):
    source = every_table.make(f"sqlite:///{tmp_path / 'one.db'}")
    large = "x" * (1 << 20)
    insert = runs.insert()
    source.write(lambda c: c.execute(insert, [{"command": large, "settings": "", "started_at": ""} for _ in range(60)]))
    sizes = source.read(lambda c: [len(rows) for rows in moving._batches(c, runs)])
    assert sum(sizes) == 63
    assert max(sizes[1:]) <= moving.BYTES // len(large)
    source.close()


@pytest.mark.parametrize("version", [2, SCHEMA_VERSION])
def test_a_store_is_kept_in_a_file_of_its_version(url, tmp_path, version):
    if version == 2:
        version_2.make(url)
    else:
        every_table.make(url).close()
    source = database(url, create=False)
    moving.to_file(source, tmp_path / "kept.db")
    source.close()
    with closing(sqlite3.connect(tmp_path / "kept.db")) as kept:
        assert kept.execute("select schema_version from meta").fetchone() == (version,)
        assert kept.execute("pragma integrity_check").fetchall() == [("ok",)]
        assert kept.execute("pragma journal_mode").fetchone() == ("delete",)
    if version == 2:
        from tests.store.test_connect import _schema

        migrated = open_store(f"sqlite:///{tmp_path / 'kept.db'}")
        fresh = open_store(f"sqlite:///{tmp_path / 'fresh.db'}", create=True)
        assert _schema(migrated) == _schema(fresh)
        assert [stored.id for stored in migrated.scan()] == ["one", "three"]
        migrated.close()
        fresh.close()


def test_an_older_store_in_postgresql_is_migrated_after_a_backup(postgres, tmp_path):
    url = new_schema(postgres)
    version_2.make(url)
    opened = database(url, create=False)
    assert opening.foresee(opened).steps[0] == "0003_decisions"
    assert opening.mark(opened)[1] == 2
    opened.close()
    open_store(url, backups=tmp_path / "backups").close()
    [path] = (tmp_path / "backups").iterdir()
    assert path.name == f"before-schema-{SCHEMA_VERSION}.zip"
    assert archive.check(path, tmp_path / "x.db").store.schema_version == 2


def test_what_a_dry_run_meets_is_undone(url):
    every_table.make(url).close()
    opened = database(url, create=False)
    add = Migration(NEXT, "next_colour", lambda c: c.execute(sa.text("alter table records add column colour text")))
    for _ in range(2):
        assert opening.foresee(opened, [add]) == (SCHEMA_VERSION, NEXT, ("next_colour",))
    assert opening.mark(opened)[1] == SCHEMA_VERSION
    opened.close()


def test_a_snapshot_sees_one_state_while_others_write(store, url, incoming):
    with closing(open_store(url)) as other, store.snapshot():
        before = store.count()
        thread = threading.Thread(target=lambda: other.put([incoming()], 1))
        thread.start()
        thread.join()
        assert store.count() == before == 0
    assert store.count() == 1
