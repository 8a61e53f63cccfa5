"""Opening a store: where, which version, and what is said when it cannot be."""

import threading
import time
from pathlib import Path

import pytest
import sqlalchemy as sa

from litbase.errors import Conflict, DiskFull, LibraryError, NewerSchema, NotALibrary, NotSaved, StoreAway
from litbase.store import MovedTo, archive, connect, migrations, open_store
from litbase.store.connect import database, network_disk
from litbase.store.migrations import Migration
from litbase.store.opening import ready
from litbase.store.schema import SCHEMA_VERSION, metadata
from litbase.vocabulary.thesaurus import NONE
from tests.store import version_2


def test_opening_makes_nothing_unless_told_to(url):
    with pytest.raises(NotALibrary):
        open_store(url)
    open_store(url, create=True).close()
    open_store(url).close()


def test_a_file_that_is_no_database_is_refused(tmp_path):
    path = tmp_path / "litbase.db"
    path.write_text("This is a text file, much longer than the header of a database would be. " * 30)
    with pytest.raises(LibraryError, match="not a database"):
        open_store(f"sqlite:///{path}", create=True)
    assert path.read_text().startswith("This is")


def test_a_folder_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(NotALibrary, match="folder"):
        open_store(f"sqlite:///{tmp_path / 'no' / 'litbase.db'}", create=True)


def test_another_database_is_refused():
    with pytest.raises(LibraryError, match="mysql"):
        open_store("mysql://localhost/x")


def test_a_server_that_does_not_answer_is_said_to(tmp_path):
    with pytest.raises(StoreAway, match="cannot be reached"):
        open_store(f"postgresql://nobody@/x?host={tmp_path}")


def test_sqlite_is_durable_and_strict(tmp_path):
    store = open_store(f"sqlite:///{tmp_path / 'litbase.db'}", create=True)

    def pragmas(connection):
        names = ("journal_mode", "synchronous", "busy_timeout", "foreign_keys", "trusted_schema")
        return [connection.exec_driver_sql(f"pragma {name}").scalar() for name in names]

    assert store._database.read(pragmas) == ["wal", 2, 10_000, 1, 0]
    store.close()


def test_a_newer_schema_is_refused_and_left_alone(url):
    store = open_store(url, create=True)
    store._database.write(lambda c: c.execute(sa.text("update meta set schema_version = 99")))
    store.close()
    with pytest.raises(NewerSchema, match="99"):
        open_store(url)


def test_the_schema_version_is_that_of_the_last_migration():
    shipped = migrations.shipped()
    assert [step.number for step in shipped] == list(range(2, SCHEMA_VERSION + 1))


NEXT = SCHEMA_VERSION + 1


def _schema(store):
    def reflected(connection):
        inspector = sa.inspect(connection)
        return {
            table: (
                sorted(
                    (c["name"], str(c["type"]), c["nullable"], bool(c.get("autoincrement") is True))
                    for c in inspector.get_columns(table)
                ),
                inspector.get_pk_constraint(table)["constrained_columns"],
                sorted(map(str, inspector.get_unique_constraints(table))),
                sorted(str(index["column_names"]) for index in inspector.get_indexes(table)),
                sorted(str(key["constrained_columns"]) for key in inspector.get_foreign_keys(table)),
            )
            for table in inspector.get_table_names()
        }

    return store._database.read(reflected)


@pytest.mark.parametrize("version", [1, 2])
def test_an_older_store_is_migrated_to_the_schema_of_a_fresh_one(url, other_url, version):
    version_2.make(url, version)
    migrated, fresh = open_store(url), open_store(other_url, create=True)
    assert _schema(migrated) == _schema(fresh)
    assert set(_schema(fresh)) == set(metadata.tables)
    assert migrated.thesaurus() == NONE
    assert [stored.id for stored in migrated.scan()] == ["one", "three"]
    migrated.close()
    fresh.close()


def test_after_the_migration_to_version_3_what_was_done_before_can_be_undone(url):
    version_2.make(url)
    store = open_store(url)
    assert [(edit.field, edit.value, edit.who) for edit in store.edits("one")] == [("volume", "7", "ann")]
    assert store.links("one")[0].other_id == "three"
    store.undo("one", "bob", revision=2)
    assert (store.edits("one"), store.get("one").record.volume) == ((), "")
    outcomes = list(store.undo_run(store.begin_undoing(1, "bob"), "bob"))
    assert {outcome.id: outcome.status for outcome in outcomes}["three"] == "withdrawn"
    assert store.integrity() == ()
    store.close()


def test_a_merge_of_an_older_litbase_stays_and_says_why(url):
    version_2.make(url)
    store = open_store(url)
    assert store.resolve("two") == MovedTo("one")
    with pytest.raises(Conflict, match="older litbase"):
        store.unmerge("two", "ann")
    with pytest.raises(Conflict, match="older litbase"):
        store.undo("two", "ann")
    store.merge("one", "three", "ann")
    assert store.resolve("two") == MovedTo("three")
    store.unmerge("one", "ann")
    assert (store.resolve("two"), store.get("one").record.volume) == (MovedTo("one"), "7")
    store.close()


def _up(connection):
    connection.execute(sa.text("alter table records add column colour text"))
    connection.execute(sa.text("update records set colour = 'red'"))


def _fail(connection):
    connection.execute(sa.text("alter table records add column size text"))
    raise RuntimeError("power")


def test_an_older_store_is_migrated_once_after_a_backup(url, incoming, tmp_path):
    store = open_store(url, create=True)
    store.put([incoming()], 1)
    store.close()
    steps = (Migration(NEXT, "next_colour", _up),)
    opened = database(url, create=False)
    for _ in range(2):
        ready(opened, create=False, steps=steps)
    version = sa.text("select schema_version, colour from meta, records")
    assert opened.read(lambda c: tuple(c.execute(version).one())) == (NEXT, "red")
    opened.close()
    with pytest.raises(NewerSchema):
        open_store(url)
    if url.startswith("sqlite"):
        manifest = archive.check(tmp_path / "backups" / f"before-schema-{NEXT}.zip", tmp_path / "copy.db")
        assert manifest.store.schema_version == SCHEMA_VERSION
        assert manifest.store.records == {"public": 1}
        assert len(list((tmp_path / "backups").iterdir())) == 1


def test_a_migration_that_fails_leaves_the_store_as_it_was(url):
    open_store(url, create=True).close()
    opened = database(url, create=False)
    steps = (Migration(NEXT, "next_colour", _up), Migration(NEXT + 1, "next_size", _fail))
    with pytest.raises(RuntimeError):
        ready(opened, create=False, steps=steps)
    columns = opened.read(lambda c: {column["name"] for column in sa.inspect(c).get_columns("records")})
    assert columns == {column.name for column in metadata.tables["records"].c}
    opened.close()
    open_store(url).close()


MOUNTS = """\
overlay / overlay rw 0 0
server:/home /home nfs4 rw 0 0
/dev/sdb /home/ann/local\\040disk ext4 rw 0 0
//server/share /mnt/share cifs rw 0 0
odd
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/ann/library/litbase.db", "nfs4"),
        ("/home/ann/local disk/litbase.db", ""),
        ("/mnt/share/x.db", "cifs"),
        ("/mnt/shared/x.db", ""),
        ("/var/x.db", ""),
    ],
)
def test_network_disks_are_known(path, kind):
    assert network_disk(Path(path), MOUNTS) == kind


def test_a_store_on_a_network_disk_is_refused_unless_allowed(tmp_path, monkeypatch):
    monkeypatch.setattr("litbase.store.connect.network_disk", lambda path: "nfs4")
    url = f"sqlite:///{tmp_path / 'litbase.db'}"
    with pytest.raises(LibraryError, match="network disk"):
        open_store(url, create=True)
    open_store(url, create=True, allow_network_disk=True).close()


def test_a_full_disk_is_said_clearly_and_leaves_the_store_whole(tmp_path, incoming):
    store = open_store(f"sqlite:///{tmp_path / 'litbase.db'}", create=True)
    [one] = store.put([incoming()], 1)
    pages = store._database.read(lambda c: c.exec_driver_sql("pragma page_count").scalar())
    sa.event.listen(store._database.engine, "begin", lambda c: c.exec_driver_sql(f"pragma max_page_count={pages + 5}"))
    with pytest.raises(DiskFull, match="full"):
        store.put([incoming("Large", key="l", body="x" * 200_000)], 1)
    assert store.integrity() == ()
    assert store.edit(one.id, {"volume": "2"}, "ann").status == "changed"
    store.close()


def test_a_store_that_stays_busy_saves_nothing_and_says_so(tmp_path, incoming, monkeypatch):
    monkeypatch.setattr(connect, "BUSY_SECONDS", 0)
    monkeypatch.setattr(connect, "TRIES", 2)
    store, other = (open_store(f"sqlite:///{tmp_path / 'litbase.db'}", create=True) for _ in range(2))
    with other._database.rehearsal(), pytest.raises(NotSaved, match="another process"):
        store.put([incoming()], 1)
    assert store.count() == 0
    assert store.put([incoming()], 1)[0].status == "new"
    for one in (store, other):
        one.close()


def test_many_who_wait_to_write_keep_nobody_from_reading(tmp_path, incoming):
    """There are more of them than SQLAlchemy keeps connections for."""
    store, other = (open_store(f"sqlite:///{tmp_path / 'litbase.db'}", create=True) for _ in range(2))
    [one] = store.put([incoming()], 1)
    failed = []

    def write(number):
        try:
            store.put([incoming(f"Title {number}", key=f"k{number}")], 1)
        except Exception as error:
            failed.append(error)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(40)]
    with other._database.rehearsal():
        for thread in threads:
            thread.start()
        time.sleep(0.5)
        begun = time.monotonic()
        assert store.get(one.id) is not None
        assert time.monotonic() - begun < 10
    for thread in threads:
        thread.join()
    assert failed == []
    assert store.count() == 41
    for each in (store, other):
        each.close()


def test_threads_share_a_store(store, incoming):
    failed = []

    def work(first):
        try:
            for n in range(first, first + 10):
                store.put([incoming(f"Title {n}", key=f"k{n}")], 1)
                store.scan()
        except Exception as error:
            failed.append(error)

    threads = [threading.Thread(target=work, args=(n * 10,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert store.count() == 40


def test_threads_share_a_store_in_memory(memory, incoming):
    test_threads_share_a_store(memory, incoming)
