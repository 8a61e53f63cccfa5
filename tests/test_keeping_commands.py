"""The commands that keep a library: backup, restore, verify, export --all; what they print, and their exit codes."""

import json
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from litbase.cli import main

Run = Callable[..., Result]
ENTRY = "@article{{{key}, author={{Mehta, Jal}}, title={{Learning {key}}}, year=2019}}\n"


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """run("show", "one") runs a command on a library of five entries."""

    def command(*args: str) -> Result:
        return CliRunner().invoke(main, ["--library", str(tmp_path / "library"), *args])

    path = tmp_path / "five.bib"
    path.write_text("".join(ENTRY.format(key=key) for key in ("one", "two", "three", "four", "five")), "utf-8")
    assert command("add", str(path)).exit_code == 0
    return command


def test_a_backup_is_made_named_and_counted(run: Run, tmp_path: Path) -> None:
    result = run("backup")
    assert result.exit_code == 0, result.output
    [path] = (tmp_path / "library" / "backups").glob("litbase-*.zip")
    assert result.stdout == f"{path}: 5 records, change 5, {path.stat().st_size:,} bytes\n"
    told = json.loads(run("backup", str(tmp_path / "elsewhere"), "--json").stdout)
    assert Path(told["file"]).parent == tmp_path / "elsewhere"
    assert (told["records"], told["left_out"], told["removed"]) == ({"public": 5}, [], [])


def test_a_library_is_put_back_and_found_again(run: Run, tmp_path: Path) -> None:
    file = json.loads(run("backup", "--json").stdout)["file"]
    run("edit", "one", "title=Changed")
    assert "1 record\n" in run("search", "changed").stdout
    result = run("restore", file)
    assert result.exit_code == 0, result.output
    assert "5 records; before: 5 in all states" in result.stdout
    assert "What was there before is in " in result.stdout
    assert "0 records" in run("search", "changed").stdout
    assert run("search", "learning").stdout.startswith("5 records")
    assert run("verify").exit_code == 0


def test_a_file_that_is_no_backup_is_refused(run: Run, tmp_path: Path) -> None:
    result = run("restore", str(tmp_path / "five.bib"))
    assert result.exit_code == 1
    assert "five.bib is no backup of litbase" in result.stderr
    assert run("restore", str(tmp_path / "absent.zip")).exit_code == 1
    assert run("verify").exit_code == 0


def test_verify_says_what_is_wrong_and_mends_the_index(run: Run, tmp_path: Path) -> None:
    good = run("verify")
    assert good.exit_code == 0
    assert good.stdout == "5 records in the store, all whole, and the index is level with them.\n"
    for path in (tmp_path / "library" / "index").glob("gen-*/*.seg"):
        path.write_bytes(path.read_bytes()[:-10])
    bad = run("verify", "--json")
    assert bad.exit_code == 1
    assert json.loads(bad.stdout)["index"]
    assert "verify --repair" in run("verify").stdout
    mended = run("verify", "--repair")
    assert (mended.exit_code, "repaired: the index was built anew" in mended.stdout) == (0, True)
    assert run("verify").exit_code == 0


def test_verify_says_what_is_wrong_with_the_store(run: Run, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "library" / "litbase.db")) as store:
        store.execute("update records set current = 'x' where id like '%one'")
        store.commit()
    result = run("verify", "--repair")
    assert result.exit_code == 1
    assert "it cannot be read" in result.stdout
    assert "litbase restore FILE" in result.stdout


def test_the_whole_library_as_text_and_back(run: Run, tmp_path: Path) -> None:
    run("edit", "one", "volume=7", "--why", "misprint")
    whole = tmp_path / "whole"
    assert "5 records in all states" in run("export", "--all", str(whole)).stdout
    names = ["documents.jsonl", "library.json", "records-0001.jsonl", "runs.jsonl", "thesaurus.jsonl",
             "variants.jsonl"]  # fmt: skip
    assert sorted(path.name for path in whole.iterdir()) == names
    before = {path.name: path.read_bytes() for path in whole.iterdir()}

    def other(*args: str) -> Result:
        return CliRunner().invoke(main, ["--library", str(tmp_path / "other"), *args])

    assert other("add", "--dry-run", str(whole)).exit_code == 0
    assert not (tmp_path / "other").exists()
    assert "5 records in all states" in other("add", str(whole)).stdout
    assert other("search", "learning").stdout.startswith("5 records")
    assert other("export", "--all", str(whole)).exit_code == 0
    assert {path.name: path.read_bytes() for path in whole.iterdir()} == before
    again = other("add", str(whole))
    assert (again.exit_code, "read into an empty one" in again.stderr) == (1, True)
    assert run("export", "--all", str(whole), "learning").exit_code == 2


def test_an_export_that_shrinks_leaves_no_old_file(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from litbase.library import plain_export

    monkeypatch.setattr(plain_export, "IN_FILE", 2)
    run("export", "--all", str(tmp_path / "whole"))
    assert len(list((tmp_path / "whole").glob("records-*.jsonl"))) == 3
    monkeypatch.setattr(plain_export, "IN_FILE", 10)
    run("export", "--all", str(tmp_path / "whole"))
    assert len(list((tmp_path / "whole").glob("records-*.jsonl"))) == 1


@pytest.mark.parametrize("lost", ["records-0002.jsonl", "the last record", "the last document", "a record too many"])
def test_an_export_of_which_a_part_is_lost_is_refused(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lost: str
) -> None:
    from litbase.library import plain_export

    monkeypatch.setattr(plain_export, "IN_FILE", 2)
    whole = tmp_path / "whole"
    run("export", "--all", str(whole))
    if lost.endswith(".jsonl"):
        (whole / lost).unlink()
    else:
        path = whole / ("documents.jsonl" if "document" in lost else "records-0003.jsonl")
        lines = path.read_bytes().splitlines(keepends=True)
        more = lines[0].replace(b'"id":"', b'"id":"other-') if "too many" in lost else b""
        path.write_bytes(b"".join([*lines, more] if more else lines[:-1]))
    result = CliRunner().invoke(main, ["--library", str(tmp_path / "other"), "add", str(whole)])
    assert result.exit_code == 1
    assert re.search(r"has \d lines of (records|documents), and library.json says \d", result.stderr), result.stderr
    found = CliRunner().invoke(main, ["--library", str(tmp_path / "other"), "search", "learning"])
    assert "learning" not in found.stdout


def test_an_export_of_before_lines_were_told_is_read(run: Run, tmp_path: Path) -> None:
    whole = tmp_path / "whole"
    run("export", "--all", str(whole))
    mark = json.loads((whole / "library.json").read_text())
    assert mark.pop("lines")["records"] == 5
    (whole / "library.json").write_text(json.dumps(mark))
    result = CliRunner().invoke(main, ["--library", str(tmp_path / "other"), "add", str(whole)])
    assert "5 records in all states" in result.stdout
