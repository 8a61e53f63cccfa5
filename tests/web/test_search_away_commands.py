"""Commands while the search server is away or answers in part: saved is saved, and what cannot be searched says so."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from litbase.cli import main
from tests.index import pretended
from tests.index.pretended import Pretended, in_part, pretending
from tests.web.test_search_away import BIB, REFUSED, closed_port


@pytest.fixture
def server() -> Iterator[Pretended]:
    with pretending() as made:
        yield made


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """run(port, command...) is what a command of a library says whose index is at *port*."""

    def command(port: int, *args: str) -> Result:
        monkeypatch.setenv("LITBASE_INDEX", f"opensearch://127.0.0.1:{port}/x?timeout=2")
        return CliRunner().invoke(main, ["--library", str(tmp_path / "library"), *args])

    return command


def test_commands_save_what_is_saved_and_say_in_one_line_what_cannot_be_searched(
    server: Pretended, run: Callable[..., Result], tmp_path: Path
) -> None:
    """Adding has done what it was for; searching and comparing have not."""
    file, port = tmp_path / "one.bib", closed_port()
    file.write_text(BIB, encoding="utf-8")
    added = run(port, "add", "--json", str(file))
    assert added.exit_code == 0
    assert json.loads(added.stdout.splitlines()[0])["status"] == "new"
    assert "Saved; searchable when the index can be written again: the search server at" in added.stderr
    for command in (("search", "words"), ("index",), ("index", "--rebuild"), ("export", "words", "--format", "bibtex")):
        failed = run(port, *command)
        assert (failed.exit_code, failed.stdout) == (1, ""), command
        (line,) = failed.stderr.splitlines()
        assert line == f"litbase: the search server at opensearch://127.0.0.1:{port}/x {REFUSED}"
    failed = run(port, "verify")
    assert failed.exit_code == 1
    (line,) = failed.output.splitlines()
    assert line.startswith("1 record in the store, all whole; the index was not compared: the search server at")
    found = run(server.port, "search", "words")
    assert (found.exit_code, found.stderr) == (0, "")
    assert "Words at Sea" in found.stdout
    assert run(server.port, "verify").exit_code == 0


def test_a_command_searches_though_the_index_cannot_be_written(
    server: Pretended, run: Callable[..., Result], tmp_path: Path
) -> None:
    """It says that something may be missing; and so it does of results in part."""
    file = tmp_path / "one.bib"
    file.write_text(BIB, encoding="utf-8")
    assert run(server.port, "add", str(file)).exit_code == 0
    file.write_text(BIB.replace("one,", "two,").replace("Sea", "Land"), encoding="utf-8")
    server.say("POST /x-.*_bulk", pretended.BLOCKED)
    assert "make room there" in run(server.port, "add", str(file)).stderr
    found = run(server.port, "search", "words")
    assert found.exit_code == 0
    assert "What was saved last is searchable when the index can be written again" in found.stderr
    server.recover()
    assert run(server.port, "index").exit_code == 0
    server.say("POST /x-.*_search$", in_part(1))
    assert "Only 1 of 3 parts of the index answer" in run(server.port, "search", "words").stderr
    assert json.loads(run(server.port, "search", "--json", "words").stdout)["partial"] == {"answered": 1, "parts": 3}
