"""The commands move-store and migrate; backup and restore of a store in PostgreSQL: what they say, and what is true."""

import json
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from litbase.cli import main
from litbase.library import backup as backups
from litbase.settings import Settings
from litbase.store import open_store
from litbase.store.schema import SCHEMA_VERSION
from litbase.store.schema_people import metadata
from tests.store import version_2
from tests.store.conftest import new_schema

pytestmark = pytest.mark.server
Run = Callable[..., Result]
ENTRY = "@article{{{key}, author={{Mehta, Jal}}, title={{Learning {key}}}, year=2019}}\n"


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """run("show", "one", store=URL) runs a command on a library of five entries."""

    def command(*args: str, store: str = "") -> Result:
        environment = {"LITBASE_STORE": store or None}
        return CliRunner(env=environment).invoke(main, ["--library", str(tmp_path / "library"), *args])

    path = tmp_path / "five.bib"
    path.write_text("".join(ENTRY.format(key=key) for key in ("one", "two", "three", "four", "five")), "utf-8")
    assert command("add", str(path)).exit_code == 0
    return command


@pytest.fixture
def server(postgres: str) -> str:
    return new_schema(postgres)


def test_a_library_moves_to_postgresql_and_back(run: Run, server: str, tmp_path: Path) -> None:
    run("edit", "one", "title=Changed")
    would = run("move-store", server, "--dry-run")
    assert would.exit_code == 0, would.output
    assert would.stdout.splitlines()[-1].startswith("Would be moved to postgresql://litbase@/postgres")
    moved = run("move-store", server)
    assert moved.exit_code == 0, moved.output
    told = dict(line.split()[:2] for line in moved.stdout.splitlines()[:-1])
    assert (told["records"], told["revisions"], told["meta"]) == ("5", "6", "1")
    assert set(told) == set(metadata.tables)
    assert "tables, each compared, all the same" in moved.stdout
    assert "Now set store = " in moved.stderr
    assert run("search", "changed").stdout.startswith("1 record")
    assert run("edit", "two", "title=Elsewhere", store=server).exit_code == 0
    assert run("search", "elsewhere", store=server).stdout.startswith("1 record")
    assert run("verify", store=server).exit_code == 0
    assert run("search", "elsewhere").stdout.startswith("0 records")
    with closing(open_store(server)) as store:
        assert [row.subject for row in store.audit.page(100, action="moved")] == [
            f"sqlite:///{tmp_path}/library/litbase.db"
        ]
    (tmp_path / "library" / "litbase.db").rename(tmp_path / "old.db")
    back = run("move-store", f"sqlite:///{tmp_path / 'library' / 'litbase.db'}", "--json", store=server)
    assert back.exit_code == 0, back.output
    assert json.loads(back.stdout)["tables"]["records"]["rows"] == 5
    assert json.loads(back.stdout)["to_set"].startswith("take `store` out of")
    assert run("search", "elsewhere").stdout.startswith("1 record")
    assert run("audit", "verify").exit_code == 0


REFUSED = {
    "no address": ("nonsense", "the address of a store is"),
    "another kind of database": ("mysql://ann@h/x", "not mysql"),
    "no server": ("postgresql://ann:secret@127.0.0.1:1/x", "cannot be reached"),
    "no folder": ("sqlite:////nowhere/litbase.db", "the folder /nowhere is not there"),
    "where it is": ("sqlite:///{folder}/litbase.db", "is at sqlite:///"),
    "in memory": ("sqlite://", "in memory"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_target_that_cannot_be_used_is_one_line_and_exit_code_3(run: Run, tmp_path: Path, case: str) -> None:
    url, said = REFUSED[case]
    for more in ((), ("--dry-run",)):
        result = run("move-store", url.format(folder=tmp_path / "library"), *more)
        assert result.exit_code == 3
        assert said in result.stderr
        assert result.stderr.count("\n") == 1
        assert "secret" not in result.output
    assert run("search").stdout.startswith("5 records")


def test_a_file_made_for_nothing_goes_again(run: Run, server: str, tmp_path: Path) -> None:
    assert run("move-store", f"sqlite:///{tmp_path / 'new.db'}", "--dry-run").exit_code == 0
    assert not (tmp_path / "new.db").exists()
    assert run("move-store", f"sqlite:///{tmp_path / 'new.db'}").exit_code == 0
    assert "this same library already" in run("move-store", f"sqlite:///{tmp_path / 'new.db'}").stderr
    assert (tmp_path / "new.db").exists()


def test_a_store_in_postgresql_is_backed_up_and_put_back(run: Run, server: str, tmp_path: Path) -> None:
    assert run("move-store", server).exit_code == 0
    made = run("backup", "--json", store=server)
    assert made.exit_code == 0, made.output
    told = json.loads(made.stdout)
    assert (told["records"], told["change"]) == ({"public": 5}, 5)
    run("edit", "one", "title=Changed", store=server)
    with closing(open_store(server)) as serving:
        before = serving.mark()
        serving.audit.note("ann", "signed-in", "ann")
        back = run("restore", told["file"], store=server)
        assert back.exit_code == 0, back.output
        assert "5 records; before: 5 in all states" in back.stdout
        after = serving.mark()
        assert (after[0], after[2]) == (before[0], 5)
        assert after[1] != before[1]
        assert (
            serving.edit("one" if serving.get("one") else serving.scan()[0].id, {"volume": "1"}, "ann").status
            == "changed"
        )
        assert list(serving.faults()) == []
    assert run("search", "changed", store=server).stdout.startswith("0 records")
    assert run("search", "learning", store=server).stdout.startswith("5 records")
    kept = [path for path in (tmp_path / "library" / "backups").glob("*.zip") if str(path) != told["file"]]
    assert len(kept) == 1
    assert run("restore", str(kept[0]), store=server).exit_code == 0
    assert run("search", "changed", store=server).stdout.startswith("1 record")


def test_a_backup_of_one_database_is_put_into_the_other(run: Run, server: str) -> None:
    file = json.loads(run("backup", "--json").stdout)["file"]
    back = run("restore", file, store=server)
    assert back.exit_code == 0, back.output
    assert run("search", "learning", store=server).stdout.startswith("5 records")
    over = json.loads(run("backup", "--json", store=server).stdout)["file"]
    assert run("restore", over).exit_code == 0
    assert run("search", "learning").stdout.startswith("5 records")


def test_a_restore_that_breaks_off_leaves_the_store_in_postgresql_as_it_was(
    run: Run, server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("move-store", server).exit_code == 0
    file = json.loads(run("backup", "--json", store=server).stdout)["file"]
    run("edit", "one", "title=Changed", store=server)
    real = backups.moving.tally

    def broken(connection, table, *more):
        if connection.dialect.name == "postgresql" and table.name == "readings":
            raise ValueError("power")
        return real(connection, table, *more)

    monkeypatch.setattr(backups.moving, "tally", broken)
    assert isinstance(run("restore", file, store=server).exception, ValueError)
    monkeypatch.undo()
    assert run("search", "changed", store=server).stdout.startswith("1 record")
    assert run("verify", store=server).exit_code == 0


def test_a_library_of_an_older_litbase_is_migrated_after_a_dry_run(server: str, tmp_path: Path) -> None:
    version_2.make(server)
    (tmp_path / "library").mkdir()

    def command(*args: str) -> Result:
        return CliRunner(env={"LITBASE_STORE": server}).invoke(main, ["--library", str(tmp_path / "library"), *args])

    refused = command("move-store", f"sqlite:///{tmp_path / 'new.db'}")
    assert refused.exit_code == 3
    assert "litbase migrate" in refused.stderr
    would = command("migrate", "--dry-run")
    assert would.exit_code == 0, would.output
    assert would.stdout.startswith(f"Would be brought from schema version 2 to {SCHEMA_VERSION}, by 0003_decisions, ")
    told = json.loads(command("migrate", "--json").stdout)
    assert (told["from"], told["to"]) == (2, SCHEMA_VERSION)
    assert Path(told["backup"]).name == f"before-schema-{SCHEMA_VERSION}.zip"
    assert (
        command("migrate").stdout == f"The store has schema version {SCHEMA_VERSION}, which is that of this litbase.\n"
    )
    assert command("restore", told["backup"]).exit_code == 0
    assert command("search", "--json").exit_code == 0


def test_a_served_library_in_postgresql_is_not_copied_every_day() -> None:
    assert not backups.can_be_daily(Settings(store="postgresql://litbase@/x"))
