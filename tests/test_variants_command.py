"""`litbase variants` as a person runs it: candidates, preview, joining, separating, undoing."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from litbase.cli import main

BIB = """
@article{a, title={One}, author={Larkwood, John and Bell, Ida}, journal={Journal of Education}, year=2001}
@article{b, title={Two}, author={Larkwood, John A. and Bell, Ida}, journal={J. Educ.}, year=2002}
"""
Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """run("variants", ...) runs a command on an own library of two records."""
    (tmp_path / "two.bib").write_text(BIB, encoding="utf-8")

    def command(*args: str) -> Result:
        return CliRunner().invoke(main, ["--library", str(tmp_path / "library"), *args])

    command("add", str(tmp_path / "two.bib"))
    return command


def test_candidates_are_listed_with_reasons(run: Run) -> None:
    result = run("variants")
    assert result.exit_code == 0
    assert "Larkwood, John A. (1)  =?  Larkwood, John (1)" in result.stdout
    assert "Both wrote with Bell, Ida" in result.stdout
    assert "1 pair to look at; page 1 of 1" in result.stderr
    [told] = map(json.loads, run("variants", "--json").stdout.splitlines())
    assert (told["preferred"], told["form"], told["records"]) == ("Larkwood, John A.", "Larkwood, John", [1, 1])


def test_join_with_a_preview_first_and_undo(run: Run) -> None:
    asked = ("variants", "--join", "Larkwood, John", "--into", "Larkwood, John A.")
    assert run(*asked, "--dry-run").stdout.splitlines() == [
        "Larkwood, John: 1 record found under Larkwood, John A. instead of Larkwood, John",
        "Larkwood, John A., also printed as Larkwood, John",
    ]
    assert run("variants", "--decisions").stdout == ""
    done = run(*asked, "--who", "Ann", "--why", "same person")
    assert done.stdout == "decided; filed again: 1 record\n"
    assert "no record prints" not in done.stderr
    number = done.stderr.split()[-1]
    assert f"run {number}" in run("variants", "--decisions").stdout
    found = json.loads(run("search", 'author:"Larkwood, John"', "--json").stdout)
    assert (found["total"], found["facets"]["author"][1]) == (2, ["Larkwood, John A.", 2])
    assert "0 pairs" in run("variants").stderr
    undone = json.loads(run("variants", "--undo", number, "--json").stdout)
    assert undone["records"] in (1, 2)  # the other has the words of the joined form too
    assert "1 pair" in run("variants").stderr
    [step] = map(json.loads, run("variants", "--decisions", "--json").stdout.splitlines())
    assert (step["who"], step["why"], step["undone"]) == ("Ann", "same person", undone["run"])


def test_a_slip_of_typing_is_told(run: Run) -> None:
    asked = ("variants", "--join", "Larkwod, John", "--into", "Larkwood, John A.")
    assert run(*asked, "--dry-run").stdout.splitlines()[-1].startswith("no record prints Larkwod, John: a slip")
    assert json.loads(run(*asked, "--dry-run", "--json").stdout)["unprinted"] == ["Larkwod, John"]
    assert "no record prints Larkwod, John: a slip" in run(*asked).stderr


def test_separated_forms_are_not_listed_again(run: Run) -> None:
    assert run("variants", "source", "--json").stdout != ""
    told = run("variants", "source", "--separate", "J. Educ.", "Journal of Education", "--dry-run", "--json").stdout
    assert json.loads(told)["groups"] == [["J. Educ."], ["Journal of Education"]]
    assert run("variants", "source", "--separate", "J. Educ.", "Journal of Education").exit_code == 0
    assert run("variants", "source", "--json").stdout == ""


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (("--join", "a"), 2),
        (("--into", "a"), 2),
        (("--join", "a", "--into", "b", "--undo", "1"), 2),
        (("--dry-run",), 2),
        (("--undo", "1"), 1),
        (("--join", "a", "--into", "a"), 1),
        (("title",), 2),
    ],
)
def test_what_makes_no_sense_is_refused(run: Run, args: tuple[str, ...], code: int) -> None:
    assert run("variants", *args).exit_code == code
