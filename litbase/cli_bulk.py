"""The command that corrects records: one by its id, or all that a search finds, in one run that can be taken back."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from litbase.cli_library import asked, found, opens, signed

if TYPE_CHECKING:
    from litbase.library import Library
    from litbase.library.bulk import Plan
    from litbase.library.operations import Operation

TOLD = {
    "changed": "changed",
    "conflict": "changed meanwhile",
    "refused": "refused",
    "kept": "left to the editors who decided",
    "same": "as they were",
}


@click.command()
@click.argument("words", nargs=-1, metavar="[ID] FIELD=VALUE...")
@click.option("--where", default=None, metavar="QUERY", help="Every record QUERY finds, in place of ID; “*” is all.")
@click.option("--add", multiple=True, metavar="FIELD=VALUE", help="With --where: add to a list, as keywords=schools.")
@click.option("--remove", multiple=True, metavar="FIELD=VALUE", help="With --where: take out of a list.")
@click.option("--rename", multiple=True, nargs=3, metavar="FIELD OLD NEW", help="With --where: another whole value.")
@click.option("--replace", multiple=True, nargs=3, metavar="FIELD OLD NEW", help="With --where: other words in a text.")
@click.option("--words", "whole_words", is_flag=True, help="With --replace: only where OLD stands as whole words.")
@click.option("--release", multiple=True, metavar="FIELD", help="With --where: give a field back to the sources.")
@click.option("--overrule", is_flag=True, help="With --where: change what editors decided, too.")
@click.option("--dry-run", is_flag=True, help="With --where: show what it would do; change nothing.")
@click.option("--json", "as_json", is_flag=True, help="With --where: one JSON object for each record.")
@signed
@click.option("--version", "of_version", type=int, default=None, help="Refuse unless this is still the version.")
@opens()
def edit(
    library: Library, words: tuple[str, ...], where: str | None, whole_words: bool, overrule: bool, dry_run: bool,
    as_json: bool, why: str, who: str, of_version: int | None, **given: Any,
) -> None:  # fmt: skip
    """Correct a record, or all of a search; FIELD= clears one, lists are separated by semicolons."""
    if where is not None:
        if of_version is not None:
            raise click.UsageError("--version belongs to one record; leave out --where")
        operations = list(_operations(words, given, whole_words))
        if not operations:
            raise click.UsageError("say what to change: FIELD=VALUE, --add, --remove, --rename, --replace or --release")
        _many(library, where, operations, overrule, dry_run, as_json, who, why)
        return
    if any(given.values()) or whole_words or overrule or dry_run or as_json:
        raise click.UsageError("these options belong to --where QUERY")
    if len(words) < 2:
        raise click.UsageError("expected ID FIELD=VALUE..., or --where QUERY FIELD=VALUE...")
    _one(library, words[0], words[1:], who, why, of_version)


def _one(
    library: Library, id: str, assignments: tuple[str, ...], who: str, why: str, version: int | None
) -> None:  # fmt: skip
    from litbase.console import say_level
    from litbase.library.editing import edit as decide
    from litbase.library.editing import parse_assignments

    changes = parse_assignments(assignments)
    record = found(library, id)
    outcome = decide(library, record.id, changes, who=who, why=why, version=version)
    click.echo(f"{outcome.status} {outcome.id} (version {outcome.version})")
    say_level(library)


def _operations(words: tuple[str, ...], given: dict[str, Any], whole_words: bool) -> Iterator[Operation]:
    from litbase.library.operations import operation

    for action, texts in (("set", words), ("add", given["add"]), ("remove", given["remove"])):
        for text in texts:
            name, sign, value = text.partition("=")
            if not sign:
                raise click.UsageError(f"expected FIELD=VALUE, found {text!r}")
            yield operation(action if value.strip() or action != "set" else "clear", name, value)
    for field, old, new in given["rename"]:
        yield operation("rename", field, old, new)
    for field, old, new in given["replace"]:
        yield operation("replace", field, old, new, whole_words)
    for field in given["release"]:
        yield operation("release", field)


def _many(
    library: Library, where: str, operations: list[Operation], overrule: bool, dry_run: bool, as_json: bool, who: str,
    why: str,
) -> None:  # fmt: skip
    from litbase.console import progress_bar, say_level
    from litbase.library.bulk import apply, preview

    say_level(library)
    with progress_bar("Looking", None) as bar:
        seen = preview(library, asked((where,)), operations, overrule=overrule,
                       progress=lambda done, total: bar.advance(done, done, ""))  # fmt: skip
    counts = Counter({"changed": len(seen.seen), "kept": seen.left, "same": seen.unchanged})
    if dry_run:
        for plan in (*seen.first, *seen.held):
            click.echo(json.dumps(_as_json(plan), ensure_ascii=False) if as_json else "\n".join(_lines(plan)))
        if (more := len(seen.seen) - len(seen.first)) > 0 and not as_json:
            click.echo(f"and {more:,} more")
        click.echo(f"Would be: {_told(counts)}", err=True)
        return
    applied = apply(library, seen.seen, operations, who=who, why=why, overrule=overrule) if seen.seen else None
    with progress_bar("Editing", len(seen.seen)) as bar:
        for done, one in enumerate(applied.outcomes if applied else (), 1):
            if as_json:
                bar.echo(json.dumps({"id": one.id, "status": one.status, "reason": one.reason}, ensure_ascii=False))
            elif one.status in ("conflict", "refused"):
                bar.echo(f"{one.id}  {TOLD[one.status]}{': ' if one.reason else ''}{one.reason}")
            bar.advance(done, done, "")
    tally = applied.tally if applied else Counter[str]()
    counts = Counter({"kept": seen.left, "same": seen.unchanged}) + tally
    click.echo(_told(counts), err=True)
    if applied is not None and tally["changed"]:
        say_level(library)
        click.echo(f"Run {applied.number}; take this back with: litbase undo --run {applied.number}", err=True)
    if tally["conflict"] or tally["refused"]:
        raise click.exceptions.Exit(1)


def _told(counts: Counter[str]) -> str:
    return ", ".join(
        f"{counts[status]:,} {text}" for status, text in TOLD.items() if counts[status] or status == "changed"
    )


def _lines(plan: Plan) -> Iterator[str]:
    from litbase.console import plain_value

    yield f"{plan.stored.id}  {plan.stored.record.title[:80]}"
    for field, value in plan.changes.items():
        before = plain_value(getattr(plan.stored.record, field))
        yield f"    would change {field}: {before[:300]!r} -> {plain_value('' if value is None else value)[:300]!r}"
    for field in plan.releases:
        yield f"    would give {field} back to the sources"
    for field in plan.kept:
        yield f"    left alone: an editor decided {field}"


def _as_json(plan: Plan) -> dict[str, Any]:
    from litbase.record.record import to_builtins

    record = plan.stored.record
    changes = {
        name: [to_builtins(getattr(record, name)), None if value is None else to_builtins(value)]
        for name, value in plan.changes.items()
    }
    return {"id": record.id, "title": record.title, "version": plan.stored.version, "changes": changes,
            "releases": list(plan.releases), "kept": list(plan.kept)}  # fmt: skip
