"""The commands by which people decide: duplicates, merge, judge, undo, keys; what they print, and their exit codes."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from litbase.cli import main
from litbase.cli_decisions import VERDICTS
from litbase.library import duplicates

Run = Callable[..., Result]
ENTRY = "@article{{{key}, author={{Mehta, Jal}}, title={{International Learning Communities}}, year=2019, {more}}}\n"
ONE, TWO = "mehta-2019-international-learning-communities", "two"


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """run("show", "one") runs a command on a library of two entries for one article."""

    def command(*args: str) -> Result:
        return CliRunner().invoke(main, ["--library", str(tmp_path / "library"), *args])

    path = tmp_path / "two.bib"
    path.write_text(
        ENTRY.format(key="one", more="volume=20, journal={Journal of Educational Change}")
        + ENTRY.format(key="two", more="number=3, journal={J. Educ. Change}"),
        encoding="utf-8",
    )
    added = command("add", str(path))
    assert "Take this back with: litbase undo --run 1" in added.stderr
    return command


def shown(run: Run, name: str) -> dict:
    return json.loads(run("show", name, "--json").stdout)


def test_duplicates_shows_reasons_and_what_differs(run: Run) -> None:
    result = run("duplicates")
    lines = result.stdout.splitlines()
    assert lines[0] == "  1  same (1.00): Same author, same title; Same year"
    assert "     Published in: Both sources are trusted alike, and this record stays" in lines
    assert f"       * {ONE}: Journal of Educational Change" in lines
    assert f"         {ONE}: -" in lines
    assert result.stderr == "1 pair to look at; page 1 of 1\n"


def test_duplicates_prints_json(run: Run) -> None:
    [pair] = [json.loads(line) for line in run("duplicates", "--json").stdout.splitlines()]
    assert set(pair) == {"one", "other", "relation", "score", "reasons", "into", "differs"}
    assert (pair["into"], pair["relation"], pair["score"]) == (ONE, "same", 1.0)
    volume = next(difference for difference in pair["differs"] if difference["field"] == "volume")
    assert volume == {"field": "volume", "one": "20", "other": "", "merged": "20", "from": ONE,
                      "why": "Only this record has it"}  # fmt: skip
    assert run("duplicates", "title:nothing", "--json").stdout == ""


def test_merge_keeps_what_was_chosen_and_undo_takes_it_back(run: Run) -> None:
    before = [shown(run, name) for name in ("one", "two")]
    merged = run("merge", "two", "one", "container_title=this", "publisher=Springer", "--why", "twice", "--who", "Eve")
    assert (merged.exit_code, merged.stdout.startswith("merged ")) == (0, True)
    record = shown(run, "two")
    assert (record["id"], record["container_title"], record["volume"]) == (ONE, "J. Educ. Change", "20")
    assert (record["publisher"], record["issue"]) == ("Springer", "3")
    assert json.loads(run("search", "--json").stdout)["total"] == 1
    latest = json.loads(run("history", "one", "--json").stdout.splitlines()[0])
    assert (latest["kind"], latest["who"], latest["why"], latest["other"]) == (
        "merged", "Eve", "twice", before[1]["id"],
    )  # fmt: skip
    assert run("undo", before[1]["id"]).exit_code == 0
    assert [shown(run, name) for name in ("one", "two")] == before
    assert json.loads(run("search", "--json").stdout)["total"] == 2


def test_a_judged_pair_is_not_listed_again(run: Run) -> None:
    assert tuple(duplicates.VERDICTS) == VERDICTS
    judged = run("judge", "one", "two", "different", "--why", "two papers")
    assert judged.stdout.endswith("They have nothing to do with each other\n")
    assert run("duplicates").stdout == ""
    assert "judged-different with" in run("history", "two").stdout
    run("undo", "one")
    assert run("duplicates", "--json").stdout.count("\n") == 1
    assert "[undone]" in run("history", "two").stdout


def test_undo_goes_back_edit_by_edit(run: Run) -> None:
    run("edit", "one", "volume=21")
    run("edit", "one", "volume=22")
    assert run("undo", "one", "--revision", "2").exit_code == 0
    assert shown(run, "one")["volume"] == "22"
    run("undo", "one")
    assert shown(run, "one")["volume"] == "20"


def test_a_run_is_undone_and_brought_back(run: Run) -> None:
    undone = run("undo", "--run", "1", "--why", "the wrong file")
    assert undone.stdout.splitlines()[-1] == "2 withdrawn"
    assert undone.stderr == "Take this back with: litbase undo --run 2\n"
    missing = run("show", "one")
    assert (missing.exit_code, "run 1 was undone: the wrong file" in missing.stderr) == (1, True)
    assert run("undo", "--run", "2").stdout.splitlines()[-1] == "2 public"
    assert shown(run, "one")["volume"] == "20"


def test_keys_are_listed_and_renewed(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LITBASE_KEY_PATTERN", "{Family}{yy}")
    assert f"{ONE}  one -> Mehta19" in run("keys").stdout.splitlines()
    assert {json.loads(line)["wanted"] for line in run("keys", "--json").stdout.splitlines()} == {"Mehta19"}
    renewed = run("keys", "--renew")
    assert f"{ONE}  one -> Mehta19" in renewed.stdout.splitlines()
    assert renewed.stderr == "2 renewed; take this back with: litbase undo --run 2\n"
    assert run("keys").stdout == ""
    assert shown(run, "one")["citation_key"] == shown(run, "mehta19")["citation_key"] == "Mehta19"


@pytest.mark.parametrize(
    ("command", "code", "told"),
    [
        (["merge", "one", "one"], 1, "cannot be merged into itself"),
        (["merge", "one", "nobody"], 1, "there is no record nobody"),
        (["merge", "one", "two", "volume"], 1, "expected FIELD=this"),
        (["judge", "one", "two", "maybe"], 2, "maybe"),
        (["judge", "one", "one", "same"], 1, "cannot be judged beside itself"),
        (["undo", "one"], 1, "nothing decided on"),
        (["undo", "one", "--revision", "7"], 1, "is no decision"),
        (["undo", "--run", "7"], 1, "there is no run 7; the last is 1"),
        (["undo"], 2, "say which record"),
        (["undo", "one", "--run", "1"], 2, "say which record"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_an_exit_code(run: Run, command: list[str], code: int, told: str) -> None:
    result = run(*command)
    assert (result.exit_code, result.stdout) == (code, "")
    assert told in result.stderr
    assert code == 2 or result.stderr.count("\n") == 1


def test_a_wrong_pattern_opens_no_library(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LITBASE_KEY_PATTERN", "{famly}")
    result = run("search", "x")
    assert result.exit_code == 3
    assert "LITBASE_KEY_PATTERN: key_pattern '{famly}': there is no placeholder {famly}" in result.stderr


@pytest.mark.parametrize("command", [["duplicates"], ["keys"], ["undo", "x"], ["merge", "x", "y"]])
def test_they_make_no_library(tmp_path: Path, command: list[str]) -> None:
    result = CliRunner().invoke(main, ["--library", str(tmp_path / "none"), *command])
    assert (result.exit_code, "there is no library" in result.stderr) == (3, True)
