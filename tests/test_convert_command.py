"""`litbase convert` as a person runs it: what goes to the file, what is told beside it, and the exit code."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from litbase.cli import main

BIBTEX = "@book{doe, title={Houses and Their Doors}, author={Doe, Jane}, year=2001, publisher={Acme}}\n"
DOE = "Doe, J. (2001). One thing after another. Journal of Things, 3(2), 1-20.\n"
UNTITLED = "Brown, C. and Poortman, C. (forthcoming), (London, Routledge).\n"


@pytest.fixture
def run(tmp_path):
    """run("convert", "-", stdin=text) runs a command on an own library."""

    def command(*args, stdin=None, library="library"):
        return CliRunner().invoke(main, ["--library", str(tmp_path / library), *args], input=stdin)

    return command


def test_it_needs_no_library_and_makes_none(run, tmp_path):
    result = run("convert", "-", "--to", "ris", stdin=BIBTEX + DOE)
    assert (result.exit_code, result.stdout.count("ER  - ")) == (0, 2)
    assert "TI  - Houses and Their Doors" in result.stdout
    assert result.stderr.splitlines()[-1] == "2 entries, 0 in the library, 0 without a record"
    assert list(tmp_path.iterdir()) == []


def test_a_file_becomes_another_and_the_library_stays(run, tmp_path):
    path = tmp_path / "one.bib"
    path.write_text(BIBTEX, "utf-8")
    run("add", str(path))
    before = run("history", "doe-2001-houses-their-doors", "--json").stdout
    result = run("convert", str(path), "--to", "text", "--style", "mla")
    assert result.stdout == "Doe, Jane. Houses and Their Doors. Acme, 2001.\n"
    assert "line 1: this is doe-2001-houses-their-doors" in result.stderr
    assert run("history", "doe-2001-houses-their-doors", "--json").stdout == before


def test_what_is_missing_or_not_understood_is_told_beside_the_file(run):
    result = run("convert", "-", stdin=f"EJ9999999\n\n{UNTITLED}\nnothing that anybody understands\n")
    assert result.exit_code == 1
    assert "line 1: No record here has the ERIC number EJ9999999" in result.stderr
    assert "line 3: Title is missing" in result.stderr
    assert "line 5: not understood: nothing that anybody understands" in result.stderr
    assert result.stderr.splitlines()[-1] == "3 entries, 0 in the library, 2 without a record"
    assert result.stdout.count("@") == 1
    assert " title" not in result.stdout


def test_the_library_answers_for_a_number(run, tmp_path):
    (tmp_path / "one.bib").write_text(BIBTEX.replace("year", "doi={10.1234/abc}, year"), "utf-8")
    run("add", str(tmp_path / "one.bib"))
    result = run("convert", "-", "--to", "jsonl", stdin="https://doi.org/10.1234/ABC\n")
    assert json.loads(result.stdout)["title"] == "Houses and Their Doors"
    (told,) = [json.loads(line) for line in run("convert", "-", "--json", stdin="10.1234/abc").stdout.splitlines()]
    assert told["match"] == {"id": "doe-2001-houses-their-doors", "reasons": ["Same DOI"]}
    assert told["record"]["title"] == "Houses and Their Doors"


@pytest.mark.parametrize(
    ("args", "stdin", "told"),
    [
        (("convert", "-"), "", "The file is empty"),
        (("convert", "-"), "<!doctype html><html><body></body></html>", "No reader knows this layout"),
        (("convert", "nosuchfile.bib"), None, "could not be read"),
        (("convert", "-", "--to", "zip"), BIBTEX, "there is no format 'zip'"),
    ],
)
def test_what_cannot_be_converted_is_one_line_and_exit_code_one(run, args, stdin, told):
    result = run(*args, stdin=stdin)
    assert (result.exit_code, result.stdout) == (1, "")
    assert told in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_every_entry_is_converted_however_many(run, tmp_path):
    many = Path(tmp_path / "many.ris")
    many.write_text("".join(f"TY  - BOOK\nTI  - Book {n}\nER  - \n" for n in range(1_300)), "utf-8")
    result = run("convert", str(many), "--to", "csv")
    assert result.stdout.count("Book ") == 1_300
