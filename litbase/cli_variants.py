"""The command by which forms of a name are joined and separated; thin, as those of `cli`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import click

from litbase.cli_library import opens, signed
from litbase.record.text import amount

if TYPE_CHECKING:
    from litbase.library import Library
    from litbase.library.candidates import Candidate
    from litbase.library.variants import Done, Preview, Step

KINDS = ("author", "source", "publisher", "descriptor")


@click.command()
@click.argument("kind", type=click.Choice(KINDS), default="author")
@click.option("--join", "joined", multiple=True, metavar="FORM", help="A form to be found under --into; repeatable.")
@click.option("--into", metavar="FORM", help="With --join: the form under which all are found.")
@click.option("--separate", nargs=2, metavar="FORM FORM", help="Say that two forms are different.")
@click.option("--undo", "run", type=click.IntRange(1), metavar="RUN", help="Take back what this run decided.")
@click.option("--decisions", is_flag=True, help="List what was decided, the newest first.")
@click.option("--dry-run", is_flag=True, help="With --join or --separate: show what would change; change nothing.")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, 1000), help="Candidates on a page.")
@click.option("--page", default=1, show_default=True, type=click.IntRange(1), help="Which page.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object for each candidate, decision or preview.")
@signed
@opens()
def variants(
    library: Library,
    kind: str,
    joined: tuple[str, ...],
    into: str | None,
    separate: tuple[str, str] | None,
    run: int | None,
    decisions: bool,
    dry_run: bool,
    limit: int,
    page: int,
    as_json: bool,
    why: str,
    who: str,
) -> None:
    """List forms of a name that may be one, with reasons; join or separate them everywhere, with preview and undo."""
    from litbase.console import say_level

    if sum((bool(joined), separate is not None, run is not None, decisions)) > 1 or bool(joined) != (into is not None):
        raise click.UsageError("give --join with --into, or --separate, or --undo, or --decisions")
    if dry_run and not (joined or separate):
        raise click.UsageError("--dry-run belongs to --join or --separate")
    say_level(library)
    if joined or separate:
        _decide(library, kind, joined, into or "", separate, dry_run, as_json, who, why)
    elif run is not None:
        from litbase.library.variants import undo

        _print_done(library, undo(library, run, who=who, why=why), as_json)
    elif decisions:
        _print_steps(library, kind, as_json)
    else:
        _list(library, kind, limit, page, as_json)


def _decide(
    library: Library,
    kind: str,
    joined: tuple[str, ...],
    into: str,
    separate: tuple[str, str] | None,
    dry_run: bool,
    as_json: bool,
    who: str,
    why: str,
) -> None:
    from litbase.library import variants as deciding

    if dry_run:
        seen = (
            deciding.preview_separate(library, kind, *separate)
            if separate
            else deciding.preview_join(library, kind, joined, into)
        )
        click.echo(json.dumps(_as_json(seen), ensure_ascii=False) if as_json else "\n".join(_previewed(seen)))
        return
    lost = deciding.unprinted(library, kind, separate or (*joined, into))  # first: the index follows what is decided
    done = (
        deciding.separate(library, kind, *separate, who=who, why=why)
        if separate
        else deciding.join(library, kind, joined, into, who=who, why=why)
    )
    if lost:
        click.echo(_not_printed(lost), err=True)
    _print_done(library, done, as_json)


def _not_printed(forms: Iterable[str]) -> str:
    return f"no record prints {' or '.join(forms)}: a slip of typing? Otherwise this holds for records that come later"


def _print_done(library: Library, done: Done, as_json: bool) -> None:
    from litbase.console import say_level

    if as_json:
        click.echo(json.dumps({"run": done.run, "records": done.touched}))
    elif done.touched < 0:
        click.echo("decided; the index is built anew")
    else:
        click.echo(f"decided; filed again: {amount(done.touched)}")
    click.echo(f"Take this back with: litbase variants --undo {done.run}", err=True)
    say_level(library)


def _as_json(preview: Preview) -> dict[str, Any]:
    return {
        "kind": preview.kind,
        "records": preview.records,
        "moved": [
            {"form": one.form, "from": one.before, "to": one.after, "records": one.count} for one in preview.moved
        ],
        "groups": [list(group) for group in preview.groups],
        "unprinted": list(preview.unprinted),
    }


def _previewed(preview: Preview) -> Iterator[str]:
    for one in preview.moved:
        yield f"{one.form}: {amount(one.count)} found under {one.after} instead of {one.before}"
    for preferred, *others in preview.groups:
        yield f"{preferred}" + (f", also printed as {'; '.join(others)}" if others else ", by itself")
    if preview.unprinted:
        yield _not_printed(preview.unprinted)


def _print_steps(library: Library, kind: str, as_json: bool) -> None:
    from litbase.library.variants import steps

    for step in steps(library, kind):
        click.echo(json.dumps(_step(step), ensure_ascii=False) if as_json else _told(step))


def _step(step: Step) -> dict[str, Any]:
    names = ("run", "kind", "verdict", "who", "why", "at", "undone")
    return {name: getattr(step, name) for name in names} | {"pairs": [list(pair) for pair in step.pairs]}


def _told(step: Step) -> str:
    pairs = "; ".join(f"{form} {'=' if step.verdict == 'same' else '≠'} {other}" for form, other in step.pairs)
    undone = f", undone by run {step.undone}" if step.undone else ""
    return f"run {step.run}, {step.at[:10]}, {step.who}{undone}: {pairs}{f' ({step.why})' if step.why else ''}"


def _list(library: Library, kind: str, limit: int, page: int, as_json: bool) -> None:
    from litbase.library.candidates import candidates, undecided

    every = list(undecided(candidates(library, kind), library.store.variants()))
    start = (page - 1) * limit
    for number, one in enumerate(every[start : start + limit], start + 1):
        click.echo(json.dumps(_candidate(one), ensure_ascii=False) if as_json else "\n".join(_lines(number, one)))
    pairs = "pair" if len(every) == 1 else "pairs"
    click.echo(f"{len(every):,} {pairs} to look at; page {page} of {max(1, -(-len(every) // limit))}", err=True)


def _candidate(one: Candidate) -> dict[str, Any]:
    from litbase.record.notices import sentence

    return {
        "kind": one.kind,
        "score": round(one.score, 4),
        "preferred": one.preferred,
        "form": one.form,
        "records": list(one.counts),
        "reasons": [sentence(reason) for reason in one.likeness.reasons],
    }


def _lines(number: int, one: Candidate) -> Iterator[str]:
    from litbase.record.notices import sentence

    yield f"{number:>3}  {one.preferred} ({one.counts[0]:,})  =?  {one.form} ({one.counts[1]:,})  {one.score:.2f}"
    yield f"     {'; '.join(sentence(reason) for reason in one.likeness.reasons)}"
