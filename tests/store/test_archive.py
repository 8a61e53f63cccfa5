"""Archives: whole or refused, whatever was done to the file."""

import hashlib
import json
import random
import sqlite3
import struct
import subprocess
import sys
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from litbase.errors import BadInput, LibraryError, NewerSchema
from litbase.store import archive, copying, open_store
from tests.store import version_2, writer


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of forty records and two files; nobody may change it."""
    folder = tmp_path_factory.mktemp("made")
    opened = open_store(f"sqlite:///{folder / 'litbase.db'}", create=True)
    opened.put([writer.reading(n) for n in range(40)], 1)
    opened.close()
    (folder / "litbase.toml").write_text('name = "Ours"\n')
    (folder / "about.md").write_text("# About\n" * 50)
    archive.keep(
        folder / "litbase.db",
        folder / "made.zip",
        {"litbase.toml": folder / "litbase.toml", "pages/about.md": folder / "about.md"},
    )
    return folder / "made.zip"


def test_an_archive_says_what_is_in_it(made, tmp_path):
    manifest = archive.check(made, tmp_path / "x.db")
    assert manifest.store == copying.contents(made.parent / "litbase.db")
    assert manifest.store.records == {"public": 40}
    assert set(manifest.files) == {"litbase.db", "files/litbase.toml", "files/pages/about.md"}
    assert sorted(p.name for p in made.parent.iterdir() if "litbase.db" not in p.name) == [
        "about.md", "litbase.toml", "made.zip"]  # fmt: skip


def test_files_are_written_once(made, tmp_path):
    manifest = archive.check(made, tmp_path / "x.db")
    assert archive.unpack_files(made, manifest, tmp_path) == ["litbase.toml", "pages/about.md"]
    assert (tmp_path / "pages" / "about.md").read_text().startswith("# About")
    assert archive.unpack_files(made, manifest, tmp_path) == []


def test_a_link_that_leads_out_is_not_followed(made, tmp_path):
    library = tmp_path / "library"
    library.mkdir()
    (tmp_path / "elsewhere").mkdir()
    (library / "pages").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(BadInput, match="leads out of the library folder"):
        archive.unpack_files(made, archive.check(made, tmp_path / "x.db"), library)
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_every_truncation_is_refused(made, tmp_path):
    data, dice = made.read_bytes(), random.Random(5)
    for size in [0, 1, len(data) - 1, *(dice.randrange(len(data)) for _ in range(40))]:
        (tmp_path / "cut.zip").write_bytes(data[:size])
        with pytest.raises(BadInput, match=r"cut\.zip"):
            archive.check(tmp_path / "cut.zip", tmp_path / f"{size}.db")


def test_no_flipped_bit_changes_what_comes_out(made, tmp_path):
    """A bit outside the members may say nothing (a time, a flag); then what comes out is what went in."""
    data, dice, refused = bytearray(made.read_bytes()), random.Random(6), 0
    inside = [place for first, last in _packed(made) for place in range(first, last)]
    wanted = archive.check(made, tmp_path / "whole.db")
    for place in [*dice.sample(inside, 40), *dice.sample(range(len(data)), 20)]:
        data[place] ^= 1 << dice.randrange(8)
        (tmp_path / "bit.zip").write_bytes(data)
        data = bytearray(made.read_bytes())
        try:
            found = archive.check(tmp_path / "bit.zip", tmp_path / "bit.db")
        except (BadInput, NewerSchema):
            refused += 1
        else:
            assert found.store == wanted.store
        copying.remove(tmp_path / "bit.db")
    assert refused >= 39  # the last bits of a member may be padding


def _packed(archived: Path) -> list[tuple[int, int]]:
    """Where the packed bytes of each member begin and end; 30 bytes, the name and the extra field are before them."""
    data = archived.read_bytes()
    with zipfile.ZipFile(archived) as opened:
        begins = [(one.header_offset + 30 + sum(struct.unpack_from("<HH", data, one.header_offset + 26)), one)
                  for one in opened.infolist()]  # fmt: skip
    return [(begin, begin + one.compress_size) for begin, one in begins]


def _rewritten(made: Path, path: Path, change) -> Path:
    """The archive *made* anew at *path*, after change(manifest as JSON, members) has been at it."""
    with zipfile.ZipFile(made) as old:
        members = {name: old.read(name) for name in old.namelist()}
    manifest = json.loads(members.pop(archive.MANIFEST))
    change(manifest, members)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in members.items():
            new.writestr(name, data)
        new.writestr(archive.MANIFEST, json.dumps(manifest))
    return path


def _member(data: bytes) -> dict:
    return {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}


def _add(name: str, data: bytes = b"x"):
    def change(manifest: dict, members: dict) -> None:
        members[name] = data
        manifest["files"][name] = _member(data)

    return change


def _bomb(manifest: dict, members: dict) -> None:
    members["litbase.db"] = b"\0" * (80 << 20)
    manifest["files"]["litbase.db"] = _member(members["litbase.db"])


def _says_less(manifest: dict, members: dict) -> None:
    members["files/litbase.toml"] += b"\0" * 10_000_000


def _newer(manifest: dict, members: dict) -> None:
    manifest["store"]["schema_version"] = 99


def _counts_wrong(manifest: dict, members: dict) -> None:
    manifest["store"]["records"]["public"] = 41


def _with_sql(sql: str):
    def change(manifest: dict, members: dict) -> None:
        with closing(sqlite3.connect(":memory:")) as store:
            store.deserialize(members["litbase.db"])
            store.execute(sql)
            store.commit()
            members["litbase.db"] = store.serialize()
        manifest["files"]["litbase.db"] = _member(members["litbase.db"])

    return change


@pytest.mark.parametrize(
    ("change", "why"),
    [
        pytest.param(_add("files/../../outside.txt"), "none of a file in a library", id="slips out"),
        pytest.param(_add("files//etc/passwd"), "none of a file", id="absolute"),
        pytest.param(_add("files/C:\\x"), "none of a file", id="a drive"),
        pytest.param(_add("files/litbase.db"), "none of a file", id="another store"),
        pytest.param(_add("files/index/manifest.json"), "none of a file", id="an index"),
        pytest.param(_add("other/x"), "none of a file", id="another folder"),
        pytest.param(lambda m, _: m["files"].pop("litbase.db"), "no store in it", id="no store"),
        pytest.param(lambda _, m: m.pop("litbase.db"), "no backup of litbase, or damaged", id="store is missing"),
        pytest.param(_bomb, "no honest backup", id="a bomb"),
        pytest.param(_says_less, "not what the manifest says", id="more than it says"),
        pytest.param(_counts_wrong, "something else than its manifest says", id="another count"),
        pytest.param(_with_sql("delete from records where id like '%1%'"), "no good backup", id="records taken out"),
        pytest.param(
            _with_sql("create trigger t after update on meta begin delete from records; end"),
            "has a trigger t",
            id="a trigger",
        ),
        pytest.param(lambda m, _: m.pop("store"), "no backup of litbase", id="half a manifest"),
    ],
)
def test_an_archive_that_was_meddled_with_is_refused(made, tmp_path, change, why):
    path = _rewritten(made, tmp_path / "x.zip", change)
    with pytest.raises(BadInput, match=why):
        archive.check(path, tmp_path / "x.db")
    assert not (tmp_path.parent / "outside.txt").exists()


def test_an_archive_of_a_newer_litbase_is_refused(made, tmp_path):
    with pytest.raises(NewerSchema, match="99"):
        archive.check(_rewritten(made, tmp_path / "x.zip", _newer), tmp_path / "x.db")


def test_a_list_of_a_hundred_thousand_members_is_not_read(made, tmp_path, monkeypatch):
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as many:
        for n in range(100_000):
            many.writestr(f"files/{n}", b"")
    monkeypatch.setattr(zipfile, "ZipFile", None)
    with pytest.raises(BadInput, match="list of members in it is too long"):
        archive.check(tmp_path / "x.zip", tmp_path / "x.db")


@pytest.mark.parametrize("data", [b"", b"PK", b"not a zip at all" * 100, b"PK\x05\x06" + b"\0" * 18])
def test_a_foreign_file_is_refused(tmp_path, data):
    (tmp_path / "x.zip").write_bytes(data)
    with pytest.raises(BadInput, match=r"x\.zip is no backup of litbase"):
        archive.check(tmp_path / "x.zip", tmp_path / "x.db")


def test_a_damaged_store_is_not_archived(made, tmp_path):
    store = tmp_path / "litbase.db"
    data = bytearray((made.parent / "litbase.db").read_bytes())
    data[8192:40960] = b"\xff" * 32768
    store.write_bytes(data)
    with pytest.raises(copying.Unsound):
        archive.keep(store, tmp_path / "x.zip")
    assert {p.name for p in tmp_path.iterdir()} <= {"litbase.db", "litbase.db-wal", "litbase.db-shm"}


@pytest.mark.parametrize("limit", [4096, 40_000, 150_000, 250_000])
def test_a_full_disk_leaves_no_archive_and_says_so(made, tmp_path, limit):
    program = (
        "import resource, sys; from pathlib import Path\n"
        "from litbase.errors import LibraryError; from litbase.store import archive\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))\n"
        "try:\n    archive.keep(Path(sys.argv[1]), Path(sys.argv[2]))\n"
        "except LibraryError as error:\n    print('refused', error)\n"
    )
    store, target = made.parent / "litbase.db", tmp_path / "x.zip"
    done = subprocess.run([sys.executable, "-c", program, store, target], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("refused")
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_written_over(made):
    with pytest.raises(LibraryError, match="there already"):
        archive.keep(made.parent / "litbase.db", made)
    assert archive.check(made, made.parent / "y.db").store.records == {"public": 40}
    copying.remove(made.parent / "y.db")


@pytest.mark.parametrize("version", [1, 2])
def test_an_older_store_is_archived_before_it_is_migrated(tmp_path, version):
    url = f"sqlite:///{tmp_path / 'litbase.db'}"
    version_2.make(url, version)
    before = copying.tally(tmp_path / "litbase.db")
    open_store(url).close()
    [path] = (tmp_path / "backups").iterdir()
    assert path.name == f"before-schema-{archive.SCHEMA_VERSION}.zip"
    assert archive.check(path, tmp_path / "back.db").store == before
    assert before.schema_version == version
