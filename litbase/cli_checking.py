"""The command that says what is wrong with the records, how many have it, and mends what can be mended."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import click

from litbase.cli_library import asked, opens, signed

if TYPE_CHECKING:
    from litbase.library import Library
    from litbase.library.mending import Mended, Row
    from litbase.record.notices import Problem

STATUSES = {"changed": "mended", "kept": "left to the editors who decided", "conflict": "changed meanwhile"}
LABEL = 36  # letters of the label of a problem


@click.command()
@click.argument("query", nargs=-1)
@click.option("--fix", is_flag=True, help="Mend what can be mended, as recorded edits of one run.")
@click.option("--dry-run", is_flag=True, help="With --fix: show what it would do; change nothing.")
@click.option("--code", "codes", multiple=True, metavar="CODE", help="Only this problem, as missing-doi; repeatable.")
@click.option("--board", is_flag=True, help="How many records of the library have each problem.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object for each record, or for each problem.")
@signed
@opens()
def check(
    library: Library,
    query: tuple[str, ...],
    fix: bool,
    dry_run: bool,
    codes: tuple[str, ...],
    board: bool,
    as_json: bool,
    who: str,
    why: str,
) -> None:
    """List what is wrong with the records, or with those QUERY finds; --fix mends it."""
    if board and (fix or query or codes):
        raise click.UsageError("--board counts the whole library; give it without QUERY, --fix and --code")
    if dry_run and not fix:
        raise click.UsageError("--dry-run belongs to --fix")
    _name(codes, fix)
    if query or board:
        from litbase.console import say_level

        say_level(library)
    if board:
        _print_board(library, as_json)
    elif fix:
        _mend(library, query, codes, dry_run, as_json, who, why)
    else:
        _list(library, query, codes, as_json)


def _name(codes: tuple[str, ...], fix: bool) -> None:
    from litbase.errors import BadInput
    from litbase.library.mending import named

    try:
        named(codes, to_mend=fix)
    except BadInput as error:
        raise click.UsageError(str(error)) from error


def _list(library: Library, query: tuple[str, ...], codes: tuple[str, ...], as_json: bool) -> None:
    from litbase.library.mending import listing

    count = 0
    for stored, found in listing(library, asked(query), codes):
        count += 1
        if as_json:
            _print_json({"id": stored.id, "title": stored.record.title, "problems": _told(found), "fixed": {}})
        else:
            click.echo("\n".join((f"{stored.id}  {stored.record.title[:80]}", *_lines(found))))
    click.echo(f"{count:,} of {library.store.count():,} records have problems", err=True)


def _mend(
    library: Library, query: tuple[str, ...], codes: tuple[str, ...], dry_run: bool, as_json: bool, who: str, why: str
) -> None:
    from litbase.console import progress_bar, say_level
    from litbase.library.mending import mend

    tally: Counter[str] = Counter()
    with progress_bar("Checking", library.store.count(cited=True) if not query else None) as bar:
        mending = mend(library, asked(query), codes, who=who, why=why, dry_run=dry_run,
                       progress=lambda done, total: bar.advance(done, done, ""))  # fmt: skip
        for outcome in mending.outcomes:
            tally[outcome.status] += 1
            bar.echo(
                json.dumps(_as_json(outcome), ensure_ascii=False) if as_json else "\n".join(_mended(outcome, dry_run))
            )
    if tally["changed"] and not dry_run:
        say_level(library)
    parts = [f"{tally[status]:,} {told}" for status, told in STATUSES.items() if tally[status] or status == "changed"]
    click.echo(f"{'Would be: ' if dry_run else ''}{', '.join(parts)}", err=True)
    if tally["changed"] and not dry_run:
        click.echo(f"Run {mending.number}; take this back with: litbase undo --run {mending.number}", err=True)
    if tally["conflict"]:
        raise click.exceptions.Exit(1)


def _mended(outcome: Mended, dry_run: bool) -> Iterator[str]:
    from litbase.console import plain_value

    yield f"{outcome.id}  {outcome.title[:80]}"
    yield from _lines(outcome.problems)
    done = {"conflict": "not fixed"}.get(outcome.status, "would fix" if dry_run else "fixed")
    for field, change in outcome.changes.items():
        yield f"    {done} {field}: {plain_value(change.before)!r} -> {plain_value(change.after)!r}"
    for field in outcome.kept:
        yield f"    left alone: an editor decided {field}"
    if outcome.status == "conflict":
        yield "    somebody changed this record meanwhile; check it again"


def _lines(found: Iterable[Problem]) -> Iterator[str]:
    from litbase.record.notices import sentence

    for problem in found:
        yield f"    {problem.severity}: {problem.field}: {sentence(problem)}{'  [fixable]' * problem.fixable}"


def _told(found: Iterable[Problem]) -> list[dict[str, Any]]:
    from litbase.record.notices import REMEDIES, sentence

    return [
        {"code": p.code, "field": p.field, "severity": p.severity, "text": sentence(p), "fixable": p.fixable,
         "remedy": REMEDIES.get(p.code, "")}
        for p in found
    ]  # fmt: skip


def _as_json(outcome: Mended) -> dict[str, Any]:
    from litbase.record.record import to_builtins

    fixed = {
        field: [to_builtins(change.before), to_builtins(change.after)] for field, change in outcome.changes.items()
    }
    return {"id": outcome.id, "title": outcome.title, "problems": _told(outcome.problems), "status": outcome.status,
            "fixed": fixed, "kept": list(outcome.kept), "version": outcome.version}  # fmt: skip


def _print_board(library: Library, as_json: bool) -> None:
    from dataclasses import asdict

    from litbase.library.mending import board

    rows = board(library)
    for row in rows:
        if as_json:
            _print_json(asdict(row))
        else:
            click.echo(_board_line(row))
    if not rows:
        click.echo("No record has a problem.", err=True)
    elif not as_json:
        click.echo(
            "List them with: litbase check --code CODE; mend what is [fixable] with: --fix --code CODE", err=True
        )


def _board_line(row: Row) -> str:
    return f"{row.count:>9,}  {row.label:<{LABEL}}  {row.code:<22}{'  [fixable]' * row.fixable}".rstrip()


def _print_json(value: Any) -> None:
    click.echo(json.dumps(value, ensure_ascii=False))
