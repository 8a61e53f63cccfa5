"""The commands as a person runs them: what they print, where, and with which exit code."""

import contextlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from litbase.cli import main
from litbase.paths import shipped

ARTICLE = """@article{{{key},
  author = {{{author}}},
  title = {{{title}}},
  journal = {{Journal of Tests}},
  year = {{2020}}
}}
"""
Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """run("add", "x.bib") runs a command on an own library."""

    def command(*args: str, stdin: str | bytes | None = None, library: str = "library") -> Result:
        return CliRunner().invoke(main, ["--library", str(tmp_path / library), *args], input=stdin)

    return command


@pytest.fixture
def bib(tmp_path: Path) -> Path:
    """A file of two articles."""
    path = tmp_path / "two.bib"
    path.write_text(
        ARTICLE.format(key="one2020first", author="One, Ann", title="First Things")
        + ARTICLE.format(key="two2020second", author="Two, Bob", title="Second Thoughts"),
        encoding="utf-8",
    )
    return path


def added(result: Result) -> list[dict]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_the_second_run_of_add_changes_nothing(run: Run, bib: Path) -> None:
    first, second = added(run("add", "--json", str(bib))), added(run("add", "--json", str(bib)))
    assert [e["status"] for e in first] == ["new", "new"]
    assert [e["status"] for e in second] == ["same", "same"]
    assert [e["id"] for e in first] == [e["id"] for e in second]


def test_the_same_file_elsewhere_is_the_same_records(run: Run, bib: Path, tmp_path: Path) -> None:
    run("add", str(bib))
    (tmp_path / "elsewhere").mkdir()
    copy = tmp_path / "elsewhere" / "copy.bib"
    copy.write_bytes(bib.read_bytes())
    assert [e["status"] for e in added(run("add", "--json", str(copy)))] == ["same", "same"]


def test_a_changed_file_changes_its_record_and_keeps_its_id(run: Run, bib: Path) -> None:
    [one, _] = added(run("add", "--json", str(bib)))
    bib.write_text(bib.read_text(encoding="utf-8").replace("First Things", "First Things First"), encoding="utf-8")
    [again, other] = added(run("add", "--json", str(bib)))
    assert (again["status"], again["id"], other["status"]) == ("changed", one["id"], "same")
    assert json.loads(run("show", one["id"], "--json").stdout)["title"] == "First Things First"


def test_a_dry_run_reports_and_leaves_no_trace(run: Run, bib: Path, tmp_path: Path) -> None:
    dry = run("add", "--dry-run", "--json", str(bib))
    assert [e["status"] for e in added(dry)] == ["new", "new"]
    assert not (tmp_path / "library").exists()
    run("add", str(bib))
    (tmp_path / "third.bib").write_text(ARTICLE.format(key="x", author="Three, C", title="Third"), encoding="utf-8")
    assert added(run("add", "--dry-run", "--json", str(tmp_path / "third.bib")))[0]["status"] == "new"
    assert json.loads(run("search", "--json").stdout)["total"] == 2


def test_add_reads_standard_input(run: Run, bib: Path) -> None:
    result = run("add", "--json", "-", stdin=bib.read_bytes())
    assert [(e["file"], e["line"], e["kind"], e["status"]) for e in added(result)] == [
        ("-", 1, "bibtex", "new"),
        ("-", 7, "bibtex", "new"),
    ]


def test_a_refused_input_gives_exit_code_1_and_the_rest_goes_in(run: Run, bib: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("")
    result = run("add", "--json", str(tmp_path / "empty.txt"), str(bib))
    assert result.exit_code == 1
    assert [e["status"] for e in added(result)] == ["refused", "new", "new"]


def test_the_report_tells_the_shares_of_each_source(run: Run, bib: Path) -> None:
    lines = run("add", str(bib)).stdout.splitlines()
    assert "2 new, 0 changed, 0 same, 0 refused" in lines
    assert "bibtex: 2 records; have container 100%, volume 0%, pages 0%, doi 0%" in lines


def test_search_prints_the_documented_json(run: Run, bib: Path) -> None:
    run("add", str(bib))
    answer = json.loads(run("search", "thoughts", "--json").stdout)
    assert answer["total"] == 1
    assert set(answer) == {"total", "hits", "facets", "notices", "partial"}
    assert answer["hits"][0]["title"] == "Second Thoughts"
    assert set(answer["hits"][0]) == {"id", "score", "title"}
    assert answer["facets"]["author"] == [["Two, Bob", 1]]


def test_a_repaired_query_is_answered_and_says_so(run: Run, bib: Path) -> None:
    run("add", str(bib))
    answer = json.loads(run("search", '"second thoughts', "--json").stdout)
    assert answer["total"] == 1
    assert answer["notices"]


def test_show_knows_ids_in_any_case_and_citation_keys(run: Run, bib: Path) -> None:
    [one, _] = added(run("add", "--json", str(bib)))
    for name in (one["id"], one["id"].upper(), "one2020first", "ONE2020First"):
        assert json.loads(run("show", name, "--json").stdout)["id"] == one["id"], name
    missing = run("show", "nobody-1900-nothing")
    assert (missing.exit_code, missing.stdout) == (1, "")
    assert "there is no record nobody-1900-nothing" in missing.stderr


def test_export_gives_back_what_was_added(run: Run, bib: Path, tmp_path: Path) -> None:
    run("add", str(bib))
    exported = run("export", "--format", "bibtex").stdout
    assert re.findall(r"^@article\{(\w+),", exported, re.M) == ["one2020first", "two2020second"]
    out = tmp_path / "out.ris"
    assert run("export", "second", "--format", "ris", "-o", str(out)).exit_code == 0
    assert "TI  - Second Thoughts" in out.read_text(encoding="utf-8")
    refused = run("export", "--format", "docx")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "bibtex" in refused.stderr


def test_an_edit_is_searchable_recorded_and_outlives_a_re_read(run: Run, bib: Path) -> None:
    [one, _] = added(run("add", "--json", str(bib)))
    edited = run("edit", one["id"], "title=Zeroth Things", "volume=7", "--why", "misread", "--who", "Eve")
    assert (edited.exit_code, "version 2" in edited.stdout) == (0, True)
    assert json.loads(run("search", "zeroth", "--json").stdout)["total"] == 1
    run("add", str(bib))
    assert json.loads(run("show", one["id"], "--json").stdout)["title"] == "Zeroth Things"
    latest = json.loads(run("history", one["id"], "--json").stdout.splitlines()[0])
    assert (latest["who"], latest["why"], latest["version"]) == ("Eve", "misread", 2)
    assert latest["changes"]["title"] == {"before": "First Things", "after": "Zeroth Things"}


@pytest.mark.parametrize(
    ("assignment", "expected"),
    [
        ("titel=x", "did you mean title"),
        ("issued=someday", "expected a date"),
        ("number_of_pages=many", "expected a number"),
        ("type=poem", "expected one of"),
        ("title", "expected field=value"),
        ("id=other", "there is no field 'id' to edit"),
    ],
)
def test_an_edit_that_cannot_be_says_what_was_expected(run: Run, bib: Path, assignment: str, expected: str) -> None:
    [one, _] = added(run("add", "--json", str(bib)))
    result = run("edit", one["id"], assignment)
    assert result.exit_code == 1
    assert expected in result.stderr


def test_an_edit_of_an_older_version_is_refused(run: Run, bib: Path) -> None:
    [one, _] = added(run("add", "--json", str(bib)))
    run("edit", one["id"], "volume=1")
    assert run("edit", one["id"], "volume=2", "--version", "1").exit_code == 1
    assert json.loads(run("show", one["id"], "--json").stdout)["volume"] == "1"


def test_check_lists_problems_and_mends_what_it_can(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "loud.bib"
    path.write_text(
        "@article{x, author={Ann One}, title={ALL ABOUT NETWORKS AND SCHOOLS}, year={2020}}", encoding="utf-8"
    )
    [loud] = added(run("add", "--json", str(path)))
    codes = {p["code"] for p in loud["problems"]}
    assert {"missing-source", "shouting-title"} <= codes
    [told] = [json.loads(line) for line in run("check", "--fix", "--json").stdout.splitlines()]
    assert "title" in told["fixed"]
    assert json.loads(run("show", loud["id"], "--json").stdout)["title"] == "All About Networks and Schools"


@pytest.mark.parametrize(
    "command", [["search", "x"], ["show", "x"], ["export"], ["check"], ["index"], ["history", "x"]]
)
def test_commands_other_than_add_and_serve_make_no_library(run: Run, tmp_path: Path, command: list[str]) -> None:
    result = run(*command)
    assert result.exit_code == 3
    assert "there is no library" in result.stderr
    assert not (tmp_path / "library").exists()


def test_a_wrong_option_is_a_usage_error(run: Run) -> None:
    assert run("search", "--nonsense").exit_code == 2


def test_a_deleted_index_is_rebuilt_by_the_next_command(run: Run, bib: Path, tmp_path: Path) -> None:
    import shutil

    run("add", str(bib))
    shutil.rmtree(tmp_path / "library" / "index")
    assert run("index").exit_code == 0
    assert json.loads(run("search", "--json").stdout)["total"] == 2


def test_index_rebuild_changes_no_answer(run: Run, bib: Path) -> None:
    run("add", str(bib))
    before = run("search", "things", "--json").stdout
    assert run("index", "--rebuild").exit_code == 0
    assert run("search", "things", "--json").stdout == before


def test_the_starter_references_all_go_in(run: Run) -> None:
    result = run("add", "--json", str(shipped("references")))
    entries = added(result)
    assert result.exit_code == 0, [e for e in entries if e["status"] == "refused"]
    assert {e["kind"] for e in entries} == {"eric", "eric-api", "eric-xml", "vufind", "ecer", "edweek", "bibtex"}
    assert not [e for e in entries if e["leftovers"]]


def test_a_setting_that_is_wrong_names_the_file(run: Run, bib: Path, tmp_path: Path) -> None:
    run("add", str(bib))
    (tmp_path / "library" / "litbase.toml").write_text("port = 'many'\n")
    result = run("search", "x")
    assert result.exit_code == 3
    assert "litbase.toml" in result.stderr
    assert "port must be a number" in result.stderr


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="this system has no terminals to imitate")
def test_a_bar_on_the_terminal_leaves_the_lines_for_a_file_alone(bib: Path, tmp_path: Path) -> None:
    """Standard error on a terminal, standard output in a file: rich must not draw one into the other."""
    master, slave = os.openpty()
    command = [sys.executable, "-m", "litbase", "--library", str(tmp_path / "library"), "add", "--json", str(bib)]
    with (tmp_path / "out.jsonl").open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=slave)
        os.close(slave)
        drawn = b""
        with contextlib.suppress(OSError):  # the end of a terminal is an error on Linux
            while piece := os.read(master, 4096):
                drawn += piece
        assert process.wait(60) == 0
    os.close(master)
    lines = (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["status"] for line in lines] == ["new", "new"]
    assert b"Reading" in drawn


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="this system has no terminals to imitate")
def test_on_one_terminal_the_lines_stand_above_the_bar(bib: Path, tmp_path: Path) -> None:
    """A bar that was drawn and a line of the report once shared a line of the screen."""
    master, slave = os.openpty()
    command = [sys.executable, "-m", "litbase", "--library", str(tmp_path / "library"), "add", str(bib)]
    process = subprocess.Popen(command, stdout=slave, stderr=slave, env=os.environ | {"TERM": "xterm"})
    os.close(slave)
    drawn = b""
    with contextlib.suppress(OSError):
        while piece := os.read(master, 4096):
            drawn += piece
    assert process.wait(60) == 0
    os.close(master)
    before = drawn.decode().split("new     one-2020")[0]
    assert before.endswith(("\r\n", "\x1b[2K")), before[-40:]


LIST = """References

One, A. (2020). First things. Journal of Tests.
Roe, A. (2001). Rooms and doors. Oxford: Acme Press.
Ibid.
"""


def test_a_pasted_list_is_read_and_matched(run: Run, bib: Path) -> None:
    run("add", str(bib))
    result = run("references", "-", "--json", stdin=LIST)
    assert result.exit_code == 0
    first, second, third = added(result)
    assert first["match"]["reasons"]
    assert first["record"]["title"] == "First things"
    assert second["match"] is None
    assert second["kept"] == ""
    assert third["record"] is None
    assert third["not_understood"] == ["Ibid."]


def test_what_is_not_in_the_library_is_kept_when_asked(run: Run, bib: Path, tmp_path: Path) -> None:
    run("add", str(bib))
    path = tmp_path / "list.txt"
    path.write_text(LIST, encoding="utf-8")
    result = run("references", str(path), "--keep")
    assert result.exit_code == 0
    assert "kept as cited work roe-2001-rooms-doors" in result.output
    assert "3 references, 1 in the library, 1 kept as cited works" in result.output
    assert json.loads(run("search", "--json").stdout)["total"] == 2
    assert json.loads(run("show", "roe-2001-rooms-doors", "--json").stdout)["type"] == "cited"


def test_the_list_of_a_record_is_read_by_its_id(run: Run) -> None:
    [entry] = added(run("add", "--json", str(shipped("references") / "ecer-symposium.txt")))
    result = run("references", entry["id"], "--keep", "--json")
    kept = [one["kept"] for one in added(result)]
    assert len(kept) == 8
    assert f"cites: {kept[0]}" in run("show", entry["id"]).output


def test_a_list_that_is_not_there_is_a_line_and_an_exit_code(run: Run, bib: Path) -> None:
    run("add", str(bib))
    result = run("references", "nowhere.txt")
    assert result.exit_code == 1
    assert "nowhere.txt" in result.output
