"""The commands about people: user and audit; thin, as those of `cli`."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from litbase.cli_library import opens, person

if TYPE_CHECKING:
    from litbase.library import Library
    from litbase.library.accounts import Account, Session
    from litbase.library.auditing import AuditRow

ROLES = ("reader", "editor", "admin")
DIGEST = re.compile(r"[0-9a-f]{64}")
from_stdin = click.option("--password-stdin", is_flag=True, help="Take the password from the first line of input.")


@click.group()
def user() -> None:
    """The people who may sign in, and where they are signed in."""


@user.command("add")
@click.argument("name")
@click.option("--role", type=click.Choice(ROLES), required=True, help="Each may do what those before it may.")
@from_stdin
@click.option("--no-password", is_flag=True, help="For one whom only a reverse proxy signs in.")
@opens()
def add_user(library: Library, name: str, role: str, password_stdin: bool, no_password: bool) -> None:
    """Make an account; its password is asked for."""
    from litbase.library.accounts import add_account

    if no_password and password_stdin:
        raise click.UsageError("--no-password and --password-stdin do not go together")
    password = "" if no_password else _password(password_stdin)
    if not (no_password or password):
        raise click.UsageError("the password is empty; for an account without one say --no-password")
    made = add_account(library, name, role, password, who=person())
    click.echo(f"{made.name}: {made.role}")


@user.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON object for each account.")
@opens()
def list_users(library: Library, as_json: bool) -> None:
    """List the accounts."""
    from litbase.library.accounts import every, sessions

    for one in every(library):
        told = _account(one, len(sessions(library, one.nr)))
        click.echo(json.dumps(told, ensure_ascii=False) if as_json else _line(told))


@user.command("role")
@click.argument("name")
@click.argument("role", type=click.Choice(ROLES))
@opens()
def set_role(library: Library, name: str, role: str) -> None:
    """Give an account another role; it is signed out."""
    from litbase.library.accounts import set_role as decide

    changed = decide(library, name, role, who=person())
    click.echo(f"{changed.name}: {changed.role}")


@user.command("password")
@click.argument("name")
@from_stdin
@opens()
def set_password(library: Library, name: str, password_stdin: bool) -> None:
    """Give an account another password, which is asked for; it is signed out everywhere."""
    from litbase.library.accounts import set_password as decide

    changed = decide(library, name, _password(password_stdin), who=person())
    click.echo(f"{changed.name}: the password was changed")


@user.command("disable")
@click.argument("name")
@opens()
def disable(library: Library, name: str) -> None:
    """Let an account sign in no more; it is signed out everywhere."""
    _set_state(library, name, "disabled")


@user.command("enable")
@click.argument("name")
@opens()
def enable(library: Library, name: str) -> None:
    """Let an account sign in again, at once even after failures."""
    _set_state(library, name, "active")


@user.command("sessions")
@click.argument("name")
@click.option("--end", is_flag=True, help="End all of them.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object for each session.")
@opens()
def list_sessions(library: Library, name: str, end: bool, as_json: bool) -> None:
    """Show where an account is signed in."""
    from litbase.errors import NotFound
    from litbase.library.accounts import account, end_sessions, sessions

    found = account(library, name)
    if found is None:
        raise NotFound(f"there is no account {name}")
    for one in sessions(library, found.nr):
        told = _session(one)
        click.echo(json.dumps(told, ensure_ascii=False) if as_json else _line(told))
    if end:
        click.echo(f"{end_sessions(library, name, who=person())} sessions ended", err=as_json)


@click.group()
def audit() -> None:
    """The log of who did what, when and from where."""


@audit.command("verify")
@click.option("--head", default="", metavar="DIGEST", help="Prove that the row with this digest is still there.")
@opens()
def verify_log(library: Library, head: str) -> None:
    """Read the whole log and prove that nothing in it was changed; the exit code is 1 when something was."""
    from litbase.console import progress_bar
    from litbase.library import auditing

    if head and not DIGEST.fullmatch(head):
        raise click.UsageError("--head takes the 64 digits that `litbase audit verify` printed")
    with progress_bar("Reading", auditing.head(library)[0], "rows") as bar:
        found = auditing.verify(library, head, lambda done: bar.advance(done, done, ""))
    if found.fault:
        click.echo(
            f"row {found.fault.nr:,}: {found.fault.what}; {found.rows:,} rows before it are as they were written"
        )
    else:
        click.echo(f"{found.rows:,} rows, all as they were written")
        click.echo(f"head: {found.chain or '(the log is empty)'}")
    if found.noted:
        click.echo(f"the head noted is that of row {found.noted:,}, with all rows before it")
    elif head:
        click.echo(
            "no row has the head noted: rows were cut off at the end, or an older backup was restored"
            " (litbase audit list --action restored)"
        )
    if found.fault or (head and not found.noted):
        click.get_current_context().exit(1)


@audit.command("list")
@click.option("--who", default="", help="What this person did.")
@click.option("--action", default="", help="Only this, as signed-in, edit, exported.")
@click.option("--subject", default="", help="What was done to this record or account.")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1, 1_000_000), help="How many rows.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object for each row.")
@opens()
def list_log(library: Library, who: str, action: str, subject: str, limit: int, as_json: bool) -> None:
    """Show what was done, the newest first."""
    from litbase.library import auditing

    before = 0
    while limit and (rows := auditing.page(library, min(limit, 1000), before, who=who, action=action, subject=subject)):
        for row in rows:
            click.echo(json.dumps(_row(row)) if as_json else _line(_row(row)))
        limit, before = limit - len(rows), rows[-1].nr


PEOPLE = (user, audit)


def _password(from_input: bool) -> str:
    if from_input:
        return sys.stdin.readline().rstrip("\r\n")
    prompt: Callable[..., str] = click.prompt
    return prompt("Password", hide_input=True, confirmation_prompt="Password, once more")


def _set_state(library: Library, name: str, state: str) -> None:
    from litbase.library.accounts import set_state

    changed = set_state(library, name, state, who=person())
    click.echo(f"{changed.name}: {changed.state}")


def _account(one: Account, sessions: int) -> dict[str, Any]:
    password = "password" if one.password else "no password"
    return {"name": one.name, "role": one.role, "state": one.state, "password": password,
            "created_at": one.created_at, "seen_at": one.seen_at, "sessions": sessions}  # fmt: skip


def _session(one: Session) -> dict[str, Any]:
    return {"used_at": one.used_at, "created_at": one.created_at, "way": one.way, "origin": one.origin,
            "agent": one.agent}  # fmt: skip


def _row(row: AuditRow) -> dict[str, Any]:
    return {"nr": row.nr, "at": row.at, "who": row.who, "origin": row.origin, "action": row.action,
            "subject": row.subject, "before": row.before, "after": row.after, "detail": row.detail,
            "chain": row.chain}  # fmt: skip


def _line(told: dict[str, Any]) -> str:
    """The values between tabs, hashes left out; no letter of them moves the cursor or turns the line round."""
    shown = (str(value) or "-" for name, value in told.items() if name not in ("before", "after", "chain"))
    return "\t".join(map(_printed, shown))


def _printed(text: str) -> str:
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)
