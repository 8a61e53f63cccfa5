"""`litbase thesaurus` as a person runs it: what it prints, where, and with which exit code."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from litbase.cli import main

TABLE = """descriptor,used_for,broader,scope_note,status
Gender Differences,Sex Differences,Differences,How the sexes differ,
Kindergarten,Babies,,,
Young Children,Babies,Nowhere,,
Gone,,,,retired
Differences,,,,
"""
BIB = (
    "@article{a, title = {Girls}, keywords = {Sex Differences}, year = 2001}\n@article{b, title = {Sex differences}}\n"
)
Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """run("thesaurus", "show", "X") runs a command on an own library of two records."""
    (tmp_path / "terms.csv").write_text(TABLE, encoding="utf-8")
    (tmp_path / "two.bib").write_text(BIB, encoding="utf-8")

    def command(*args: str) -> Result:
        return CliRunner().invoke(main, ["--library", str(tmp_path / "library"), *args])

    command("add", str(tmp_path / "two.bib"))
    return command


def test_load_tells_what_there_is_and_what_was_left_out(run: Run, tmp_path: Path) -> None:
    file = str(tmp_path / "terms.csv")
    first, second = run("thesaurus", "load", file), run("thesaurus", "load", file)
    summary = "a table: 4 descriptors, 2 used for, 1 broader, 1 narrower, 0 related, 1 scope notes; 2 left out"
    assert (first.exit_code, first.stdout.splitlines()) == (0, [summary])
    assert first.stderr.splitlines() == [
        f"{file}:4: Young Children refers to Nowhere (broader), which the file does not describe; "
        "the reference was left out",
        f"{file}:5: Gone is retired and nothing takes its place; it was left out",
    ]
    assert second.stdout.splitlines() == [summary, "This thesaurus is loaded already; nothing was changed."]


def test_load_tells_programs_the_same(run: Run, tmp_path: Path) -> None:
    told = json.loads(run("thesaurus", "load", str(tmp_path / "terms.csv"), "--json").stdout)
    assert [entry["line"] for entry in told.pop("dropped")] == [4, 5]
    assert told == {
        "file": str(tmp_path / "terms.csv"), "layout": "a table", "status": "changed", "descriptors": 4, "used_for": 2,
        "broader": 1, "narrower": 1, "related": 0, "scope_notes": 1,
    }  # fmt: skip


def test_after_loading_searches_and_facets_know_it(run: Run, tmp_path: Path) -> None:
    assert json.loads(run("search", "sex differences", "--json").stdout)["total"] == 2
    run("thesaurus", "load", str(tmp_path / "terms.csv"))
    answer = json.loads(run("search", "gender differences", "--json").stdout)
    assert answer["total"] == 2
    assert answer["facets"]["descriptor"] == [["Gender Differences", 1]]
    assert "Gender Differences was also searched as Sex Differences" in run("search", "gender differences").stderr


def test_a_broken_file_is_one_line_and_exit_code_1(run: Run, tmp_path: Path) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text('{"A": {},\n"B": ', encoding="utf-8")
    result = run("thesaurus", "load", str(broken))
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(f"litbase: {broken}:2: expected JSON, found ")
    assert run("thesaurus", "load", str(tmp_path / "absent.xml")).exit_code == 1


def test_show_prints_what_is_used_today(run: Run, tmp_path: Path) -> None:
    assert run("thesaurus", "show", "anything").exit_code == 1
    run("thesaurus", "load", str(tmp_path / "terms.csv"))
    assert run("thesaurus", "show", "sex differences").stdout.splitlines() == [
        "sex differences: use Gender Differences",
        "Gender Differences",
        "    How the sexes differ",
        "    Broader: Differences",
        "    Also called: Sex Differences",
    ]
    assert run("thesaurus", "show", "babies").stdout.splitlines()[0] == "babies: use Kindergarten and Young Children"
    entry = json.loads(run("thesaurus", "show", "DIFFERENCES", "--json").stdout)["entries"][0]
    assert (entry["name"], entry["narrower"]) == ("Differences", ["Gender Differences"])
    missing = run("thesaurus", "show", "Marsh Birds")
    assert (missing.exit_code, "Marsh Birds" in missing.stderr) == (1, True)


def test_without_a_library_there_is_nothing_to_load_into(tmp_path: Path) -> None:
    command = ["--library", str(tmp_path / "none"), "thesaurus", "load", str(tmp_path / "x.xml")]
    assert CliRunner().invoke(main, command).exit_code == 3
