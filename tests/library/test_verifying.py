"""Verifying: a sound library is called sound, and each kind of damage is found and, in the index, mended."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from litbase.index import Mark
from litbase.library import Library, bring_level, open_library
from litbase.library.verifying import verify
from litbase.settings import Settings
from tests.library.small import small_library
from tests.store import writer


@pytest.fixture
def library(tmp_path):
    opened = open_library(tmp_path / "library", Settings(), create=True)
    opened.store.put([writer.reading(n) for n in range(20)], 1)
    ids = [stored.id for stored in opened.store.scan()]
    opened.store.edit(ids[0], {"volume": "8"}, "ann")
    opened.store.merge(ids[1], ids[2], "ann")
    opened.store.set_state(ids[3], "withdrawn", "ann", "a copy")
    assert bring_level(opened)
    yield opened
    opened.close()


def meddle(library: Library, sql: str) -> None:
    library.store._database.write(lambda c: c.execute(sa.text(sql)))


def first(library: Library) -> str:
    return library.store.scan()[0].id


def test_a_sound_library_is_good(library):
    found = verify(library)
    assert found.is_good
    assert (found.records, found.store_faults, found.index_faults) == (20, (), ())


def test_the_small_library_is_good(tmp_path):
    opened = small_library(tmp_path / "library")
    assert verify(opened).is_good
    opened.close()


def test_an_empty_library_is_good(tmp_path):
    opened = open_library(tmp_path / "library", Settings(), create=True)
    assert verify(opened).is_good
    opened.close()


@pytest.mark.parametrize(
    ("sql", "what"),
    [
        ("update records set current = '{\"title\":' where id = :id", "it cannot be read"),
        ('update records set current = replace(current, \'"volume":"8"\', \'"volume":"9"\')', "is not what it says"),
        ("delete from revisions where version = 1 and record_id = :id", "not numbered from 1 to 2"),
        ("delete from changes where record_id = :id", "not in the list of changes"),
        ("update meta set last_change = last_change + 1", "were counted"),
        ("update records set state = 'odd' where id = :id", "its state is 'odd'"),
        ("update records set merged_into = '' where state = 'merged'", "merged into nothing"),
        ("update records set merged_into = id where state = 'merged'", "no record that stands for itself"),
    ],
)
def test_each_fault_of_the_store_is_found_and_left_alone(library, sql, what):
    one = next(stored.id for stored in library.store.scan() if stored.version > 1)
    meddle(library, sql.replace(":id", f"'{one}'"))
    for repair in (False, True):
        found = verify(library, repair)
        assert not found.is_good
        assert any(what in fault.what for fault in found.store_faults), found.store_faults


def test_a_missing_row_is_found(library):
    def without_keys(connection):
        connection.connection.driver_connection.execute("pragma foreign_keys=off")

    one = first(library)
    with library.store._database.engine.connect() as connection:
        without_keys(connection)
        connection.exec_driver_sql(f"delete from records where id = '{one}'")
        connection.commit()
        connection.connection.driver_connection.execute("pragma foreign_keys=on")
    assert any("foreign" in f.what or one in f.what or "records" in f.what for f in verify(library).store_faults)


def test_records_the_index_lacks_or_should_not_have_are_mended(library):
    from litbase.fields import index_document
    from litbase.record.record import replace

    mark = Mark(*library.store.mark())
    one, stray = library.store.scan()[0], replace(library.store.scan()[1].record, id="stray")
    library.engine.write([index_document(stray, library.store.thesaurus())], [one.id], mark)
    found = verify(library)
    assert not found.is_good
    assert (found.missing, found.extra) == ((one.id,), ("stray",))
    mended = verify(library, repair=True)
    assert mended.is_good
    assert mended.repaired == ("1 record indexed, 1 taken out",)
    assert verify(library).index_faults == ()


def test_an_index_that_is_behind_is_brought_level(library):
    library.store.edit(first(library), {"volume": "9"}, "ann")
    assert "the index is at change" in verify(library).index_faults[0]
    assert verify(library, repair=True).repaired == ("the index was brought level with the store",)
    assert verify(library).index_faults == ()


def test_an_index_of_another_time_is_built_anew(library):
    library.store.new_epoch()
    assert "before it was restored" in verify(library).index_faults[0]
    assert verify(library, repair=True).is_good
    assert verify(library).index_faults == ()


def _largest(library: Library) -> Path:
    return max((library.folder / "index").glob("gen-*/*.seg"), key=lambda path: path.stat().st_size)


def test_a_damaged_index_is_built_anew(library):
    path = _largest(library)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 4
    path.write_bytes(data)
    found = verify(library)
    assert not found.is_good
    assert path.name in found.index_faults[0]
    assert verify(library, repair=True).repaired == ("the index was built anew",)
    assert verify(library).is_good


def test_a_missing_index_is_built_anew(library):
    library.engine.close()
    reopened = open_library(library.folder, Settings())
    for path in (library.folder / "index").rglob("*"):
        if path.is_file():
            path.unlink()
    assert not verify(reopened).is_good
    assert verify(reopened, repair=True).is_good
    reopened.close()
