"""The commands about people: user and audit; what they print, their exit codes, and that no password is an argument."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from litbase.cli import main
from litbase.cli_people import audit, user
from litbase.library import accounts, auditing, open_library
from litbase.settings import Settings

pytestmark = pytest.mark.usefixtures("quick_hashes")
Run = Callable[..., Result]
PASSWORD = "a few plain words\n"
ENTRY = "@article{one, author={Mehta, Jal}, title={Learning}, year=2019}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "one.bib").write_text(ENTRY, "utf-8")
    return tmp_path / "library"


@pytest.fixture
def run(folder: Path) -> Run:
    """run("user", "list", input="...") runs a command on a library of one entry."""

    def command(*args: str, input: str = "") -> Result:
        return CliRunner().invoke(main, ["--library", str(folder), *args], input=input)

    assert command("add", str(folder.parent / "one.bib")).exit_code == 0
    return command


def added(run: Run, name: str = "Ann", role: str = "admin") -> Result:
    return run("user", "add", name, "--role", role, "--password-stdin", input=PASSWORD)


def test_no_command_takes_a_password_as_an_argument() -> None:
    for group in (user, audit):
        for command in group.commands.values():
            names = {name for option in command.params for name in option.opts}
            assert names & {"--password", "password"} == set()


def test_an_account_is_made_by_a_password_typed_twice(run: Run) -> None:
    result = run("user", "add", "Ann", "--role", "admin", input=PASSWORD * 2)
    assert result.exit_code == 0, result.output
    assert result.stdout.endswith("Ann: admin\n")
    assert "plain" not in result.output
    assert run("user", "add", "Ben", "--role", "admin", input=PASSWORD + "another\n").exit_code != 0


def test_or_read_from_input_or_not_at_all(run: Run) -> None:
    assert added(run).stdout == "Ann: admin\n"
    assert run("user", "add", "ben@example.org", "--role", "editor", "--no-password").exit_code == 0
    [ann, ben] = [json.loads(line) for line in run("user", "list", "--json").stdout.splitlines()]
    assert (ann["name"], ann["role"], ann["state"], ann["password"]) == ("Ann", "admin", "active", "password")
    assert (ben["password"], ben["seen_at"], ben["sessions"]) == ("no password", "", 0)
    assert "scrypt" not in run("user", "list").output + run("user", "list", "--json").output


REFUSED = {
    "no role": (["user", "add", "Zoe", "--no-password"], 2),
    "no such role": (["user", "add", "Zoe", "--role", "emperor", "--no-password"], 2),
    "no name": (["user", "add", "a b", "--role", "reader", "--no-password"], 1),
    "there already": (["user", "add", "ANN", "--role", "reader", "--no-password"], 1),
    "an empty password": (["user", "add", "Zoe", "--role", "reader", "--password-stdin"], 2),
    "both": (["user", "add", "Zoe", "--role", "reader", "--password-stdin", "--no-password"], 2),
    "an empty new password": (["user", "password", "Ann", "--password-stdin"], 1),
    "nobody": (["user", "role", "Zoe", "reader"], 1),
    "nobody's sessions": (["user", "sessions", "Zoe"], 1),
    "nobody to enable": (["user", "enable", "Zoe"], 1),
    "the last admin": (["user", "disable", "Ann"], 1),
    "no digest": (["audit", "verify", "--head", "abc"], 2),
}


@pytest.mark.parametrize(("command", "code"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_is_refused(run: Run, command: list[str], code: int) -> None:
    added(run)
    result = run(*command)
    assert result.exit_code == code, result.output
    assert result.stderr
    assert len(run("user", "list").stdout.splitlines()) == 1


def test_an_account_is_changed_and_signed_out(run: Run, folder: Path) -> None:
    added(run)
    added(run, "Ben", "editor")

    def sign_in() -> None:
        library = open_library(folder, Settings())
        accounts.sign_in_by_proxy(library, "Ben", "", origin="192.0.2.7", agent="x\x1b[31m\ny\u202e")
        library.close()

    for command in (
        ("role", "Ben", "admin"),
        ("disable", "Ben"),
        ("enable", "Ben"),
        ("password", "Ben", "--password-stdin"),
    ):
        if command[0] != "enable":
            sign_in()
        assert run("user", *command, input="other plain words\n").exit_code == 0
        assert run("user", "sessions", "Ben").stdout == ""
    sign_in()
    shown = run("user", "sessions", "Ben").stdout
    assert shown.count("\n") == 1
    assert "192.0.2.7" in shown
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert run("user", "sessions", "Ben", "--end").stdout.endswith("1 sessions ended\n")
    assert run("user", "sessions", "Ben").stdout == ""


def test_the_log_is_proved_and_its_head_found_again(run: Run) -> None:
    added(run)
    first = run("audit", "verify")
    assert first.exit_code == 0
    rows, head = first.stdout.splitlines()
    assert rows == "3 rows, all as they were written"
    digest = head.removeprefix("head: ")
    run("user", "add", "Ben", "--role", "editor", "--no-password")
    again = run("audit", "verify", "--head", digest)
    assert again.exit_code == 0
    assert "the head noted is that of row 3" in again.stdout
    missing = run("audit", "verify", "--head", "0" * 64)
    assert missing.exit_code == 1
    assert "no row has the head noted" in missing.stdout


TAMPERED = {
    "changed": ("update audit set who = 'Ben' where nr = 2", "row 2: it is not what was written; 1 rows before"),
    "taken out": ("delete from audit where nr = 2", "row 3: row 2 is missing; 1 rows before"),
    "made a number": ("update audit set detail = 7 where nr = 3", "row 3: it is not what was written"),
    "made nothing of": ("update audit set who = x'ff00' where nr = 3", "row 3: it is not what was written"),
}


@pytest.mark.parametrize(("statement", "told"), TAMPERED.values(), ids=TAMPERED)
def test_a_log_that_was_tampered_with_names_the_row(run: Run, folder: Path, statement: str, told: str) -> None:
    added(run)
    with closing(sqlite3.connect(folder / "litbase.db")) as store, store:
        store.execute(statement)
    result = run("audit", "verify")
    assert result.exit_code == 1
    assert told in result.stdout


def test_a_log_that_was_cut_off_shows_by_the_head(run: Run, folder: Path) -> None:
    added(run)
    digest = run("audit", "verify").stdout.split()[-1]
    with closing(sqlite3.connect(folder / "litbase.db")) as store, store:
        store.execute("delete from audit where nr = 3")
    assert run("audit", "verify").exit_code == 0
    assert run("audit", "verify", "--head", digest).exit_code == 1


def test_the_log_is_listed_by_person_action_and_subject(run: Run) -> None:
    added(run)
    run("edit", "mehta-2019-learning", "volume=2", "--who", "Ben\n7\tforged")
    lines = run("audit", "list").stdout.splitlines()
    assert [line.split("\t")[0] for line in lines] == ["4", "3", "2", "1"]
    assert lines[0].split("\t")[2] == "Ben 7 forged"
    told = [json.loads(line) for line in run("audit", "list", "--action", "edit", "--json").stdout.splitlines()]
    assert [(row["nr"], row["subject"], len(row["chain"])) for row in told] == [(4, "mehta-2019-learning", 64)]
    assert run("audit", "list", "--subject", "Ann").stdout.count("\n") == 1
    assert run("audit", "list", "--who", "nobody").stdout == ""
    assert run("audit", "list", "--limit", "2").stdout.count("\n") == 2


def test_a_restore_signs_everybody_out_and_says_so_and_keeps_accounts_and_log(run: Run, folder: Path) -> None:
    added(run)
    library = open_library(folder, Settings())
    token = accounts.sign_in_by_proxy(library, "Ann", "", origin="192.0.2.7")
    library.close()
    file = json.loads(run("backup", "--json").stdout)["file"]
    run("user", "add", "Ben", "--role", "editor", "--no-password")
    assert run("restore", file).exit_code == 0
    library = open_library(folder, Settings())
    assert not accounts.actor_of(library, token).is_signed_in
    assert [one.name for one in accounts.every(library)] == ["Ann"]
    row = auditing.page(library, 1)[0]
    assert (row.action, row.subject) == ("restored", Path(file).name)
    assert json.loads(row.detail)["sessions"] == 1
    assert auditing.verify(library).fault is None
    library.close()


def test_a_backup_is_noted_and_an_export_as_text_has_nobody_in_it(run: Run, folder: Path) -> None:
    added(run)
    run("backup")
    assert run("audit", "list", "--action", "backup").stdout.count("litbase-") == 1
    whole = folder.parent / "whole"
    assert run("export", "--all", str(whole)).exit_code == 0
    text = "".join(path.read_text("utf-8") for path in whole.rglob("*") if path.is_file())
    assert "scrypt" not in text
    assert '"Ann"' not in text


def test_a_large_export_on_the_command_line_is_noted(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(auditing, "MANY", 0)
    run("export", "learning", "--format", "ris")
    assert "learning" in run("audit", "list", "--action", "exported").stdout
