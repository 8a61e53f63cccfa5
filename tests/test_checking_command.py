"""The command that checks and mends: what it lists, counts and changes, and its exit codes."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from litbase.cli import main

Run = Callable[..., Result]
BOOK = "@book{{{key}, author={{One, Ann}}, title={{{title}}}, publisher={{Pub}}, year={year}}}\n"


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """run("check") runs a command on a library of three books, one shouted, one of the far future."""

    def command(*args: str) -> Result:
        return CliRunner().invoke(main, ["--library", str(tmp_path / "library"), *args])

    path = tmp_path / "three.bib"
    path.write_text(
        BOOK.format(key="loud", title="ALL ABOUT NETWORKS AND SCHOOLS", year=2020)
        + BOOK.format(key="plain", title="A Plain Book", year=2019)
        + BOOK.format(key="late", title="Things to Come", year=2090),
        encoding="utf-8",
    )
    assert command("add", str(path)).exit_code == 0
    return command


def loud(run: Run) -> dict:
    [line] = run("check", "--code", "shouting-title", "--json").stdout.splitlines()
    return json.loads(line)


def shown(run: Run, id: str) -> dict:
    return json.loads(run("show", id, "--json").stdout)


def test_check_lists_each_record_with_its_problems(run: Run) -> None:
    result = run("check")
    assert result.exit_code == 0
    assert "    warning: title: The title is all capitals  [fixable]" in result.stdout.splitlines()
    assert "    warning: issued: The year 2090 lies in the future" in result.stdout.splitlines()
    assert result.stderr == "2 of 3 records have problems\n"
    told = loud(run)
    assert told["problems"] == [
        {"code": "shouting-title", "field": "title", "severity": "warning", "text": "The title is all capitals",
         "fixable": True, "remedy": "Write the title in capitals and small letters"}
    ]  # fmt: skip
    assert run("check", "plain").stderr == "0 of 3 records have problems\n"


def test_a_dry_run_shows_what_would_be_and_changes_nothing(run: Run) -> None:
    id = loud(run)["id"]
    result = run("check", "--fix", "--dry-run")
    assert result.exit_code == 0
    assert (
        "    would fix title: 'ALL ABOUT NETWORKS AND SCHOOLS' -> 'All About Networks and Schools'"
        in result.stdout.splitlines()
    )
    assert result.stderr == "Would be: 1 mended\n"
    assert shown(run, id)["title"] == "ALL ABOUT NETWORKS AND SCHOOLS"


def test_fix_says_what_it_did_and_how_to_take_it_back(run: Run) -> None:
    id = loud(run)["id"]
    result = run("check", "--fix", "--why", "shouting", "--who", "ann")
    assert "    fixed title: 'ALL ABOUT NETWORKS AND SCHOOLS' -> 'All About Networks and Schools'" in result.stdout
    assert result.stderr == "1 mended\nRun 2; take this back with: litbase undo --run 2\n"
    assert shown(run, id)["title"] == "All About Networks and Schools"
    assert "ann: shouting" in run("history", id).stdout or "shouting" in run("history", id).stdout
    assert run("search", "problem:shouting-title").stdout.startswith("0 records")
    assert run("undo", "--run", "2").exit_code == 0
    assert shown(run, id)["title"] == "ALL ABOUT NETWORKS AND SCHOOLS"
    assert run("search", "problem:shouting-title").stdout.startswith("1 record\n")


def test_what_an_editor_decided_is_left_alone_and_told(run: Run) -> None:
    id = loud(run)["id"]
    run("edit", id, "title=IT REALLY IS WRITTEN LIKE THIS")
    result = run("check", "--fix")
    assert result.exit_code == 0
    assert "    left alone: an editor decided title" in result.stdout.splitlines()
    assert result.stderr == "0 mended, 1 left to the editors who decided\n"
    [told] = map(json.loads, run("check", "--fix", "--json").stdout.splitlines())
    assert (told["status"], told["fixed"], told["kept"]) == ("kept", {}, ["title"])


def test_a_conflict_is_told_and_is_exit_code_1(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from litbase.store.store import Store
    from litbase.store.values import Edit, Outcome

    def refuse(_: Store, edits: Sequence[Edit], **more: object) -> list[Outcome]:
        return [Outcome("conflict", one[0], 7) for one in edits]

    monkeypatch.setattr(Store, "edit_many", refuse)
    result = run("check", "--fix")
    assert result.exit_code == 1
    assert "    somebody changed this record meanwhile; check it again" in result.stdout.splitlines()
    assert result.stderr == "0 mended, 1 changed meanwhile\n"


def test_the_board_counts_each_problem_and_its_query_finds_them(run: Run) -> None:
    result = run("check", "--board")
    assert result.exit_code == 0
    first, second = result.stdout.splitlines()
    assert first.split() == ["1", "Title", "in", "capitals", "shouting-title", "[fixable]"]
    assert second.split() == ["1", "Year", "in", "the", "future", "year-future"]
    for row in map(json.loads, run("check", "--board", "--json").stdout.splitlines()):
        assert json.loads(run("search", row["query"], "--json").stdout)["total"] == row["count"]
        assert row["remedy"]


@pytest.mark.parametrize(
    "args", ["--board --fix", "--board x", "--dry-run", "--code no-such", "--fix --code year-future"]
)
def test_what_cannot_be_asked_is_refused(run: Run, args: str) -> None:
    result = run("check", *args.split())
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr
