"""The commands by which people decide: duplicates, merge, judge, undo, keys; thin, as those of `cli`."""

from __future__ import annotations

import json
import textwrap
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from litbase.cli_library import asked, found, opens, signed

if TYPE_CHECKING:
    from litbase.library import Library
    from litbase.library.duplicates import Pair

VERDICTS = ("same", "version", "related", "part-of", "different")
SHOWN = 70  # characters of a value


@click.command()
@click.argument("query", nargs=-1)
@click.option("--limit", default=10, show_default=True, type=click.IntRange(1, 1000), help="Pairs on a page.")
@click.option("--page", default=1, show_default=True, type=click.IntRange(1), help="Which page.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object for each pair.")
@opens()
def duplicates(library: Library, query: tuple[str, ...], limit: int, page: int, as_json: bool) -> None:
    """List pairs of records that may be one work, the most likely first, with reasons and what differs."""
    from litbase.console import say_level
    from litbase.library.duplicates import queue

    say_level(library)
    some = queue(library, asked(query), page, limit)
    for number, pair in enumerate(some.pairs, (some.page - 1) * limit + 1):
        click.echo(json.dumps(_as_json(pair), ensure_ascii=False) if as_json else "\n".join(_lines(number, pair)))
    pairs = "pair" if some.total == 1 else "pairs"
    click.echo(f"{some.total:,} {pairs} to look at; page {some.page} of {some.pages}", err=True)


@click.command()
@click.argument("id")
@click.argument("into")
@click.argument("choices", nargs=-1, metavar="[FIELD=this|other|VALUE]...")
@signed
@opens()
def merge(library: Library, id: str, into: str, choices: tuple[str, ...], why: str, who: str) -> None:
    """Merge a record into another; FIELD=this keeps what ID says, FIELD=other what INTO says."""
    from litbase.console import say_level
    from litbase.library.duplicates import merge as decide
    from litbase.library.duplicates import parse_choices

    this, other = found(library, id).id, found(library, into).id
    outcome = decide(library, [this], other, parse_choices(choices, this, other), who=who, why=why)
    click.echo(f"merged {this} into {outcome.id} (version {outcome.version}); undo with: litbase undo {this}")
    say_level(library)


@click.command()
@click.argument("id")
@click.argument("other")
@click.argument("verdict", type=click.Choice(VERDICTS))
@signed
@opens()
def judge(library: Library, id: str, other: str, verdict: str, why: str, who: str) -> None:
    """Decide how two records belong together; no comparison overrules it."""
    from litbase.console import say_level
    from litbase.library.duplicates import VERDICTS as MEANINGS
    from litbase.library.duplicates import judge as decide

    one, two = found(library, id).id, found(library, other).id
    outcome = decide(library, one, two, verdict, who=who, why=why)
    click.echo(f"{outcome.status} {one} {two}: {MEANINGS[verdict]}")
    say_level(library)


@click.command()
@click.argument("id", required=False)
@click.option("--run", type=click.IntRange(1), help="Undo all that this run did; add, keys and undo tell their number.")
@click.option("--revision", type=click.IntRange(1), help="Undo what made this version of ID, instead of the last.")
@signed
@opens()
def undo(library: Library, id: str | None, run: int | None, revision: int | None, why: str, who: str) -> None:
    """Undo the last decision on a record (edit, state, key, merge, verdict), or a whole run."""
    from litbase.console import say_level
    from litbase.library import bulk_jobs, undoing

    if (id is None) == (run is None):
        raise click.UsageError("say which record, or which run with --run N")
    if id is not None:
        outcome = undoing.undo(library, _named(library, id), who=who, why=why, revision=revision or 0)
        click.echo(f"{outcome.status} {outcome.id} (version {outcome.version})")
    elif run is not None:
        with bulk_jobs.at_rest(library, run):
            undone = undoing.undo_run(library, run, who=who, why=why)
        counts: Counter[str] = Counter()
        for outcome in undone.outcomes:
            counts[outcome.status] += 1
            if outcome.status != "same":
                click.echo(f"{outcome.status:<10}{outcome.id}")
        click.echo(", ".join(f"{count:,} {status}" for status, count in sorted(counts.items())) or "nothing changed")
        click.echo(f"Take this back with: litbase undo --run {undone.number}", err=True)
    say_level(library)


@click.command()
@click.argument("query", nargs=-1)
@click.option("--renew", is_flag=True, help="Give keys by the pattern of the settings; the old ones still work.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object for each record.")
@signed
@opens()
def keys(library: Library, query: tuple[str, ...], renew: bool, as_json: bool, why: str, who: str) -> None:
    """List the citation keys that are not by the pattern of the settings, and what it would give; --renew gives it."""
    from litbase.console import say_level
    from litbase.library import keys as citing

    say_level(library)
    if not renew:
        for key in citing.keys(library, asked(query)):
            if as_json:
                click.echo(json.dumps({"id": key.id, "key": key.key, "wanted": key.wanted}))
            elif key.wanted:
                click.echo(f"{key.id}  {key.key} -> {key.wanted}")
        return
    run, renewed = citing.renew(library, asked(query), who=who, why=why)
    for change in renewed:
        told = {"id": change.id, "before": change.before, "key": change.key}
        click.echo(json.dumps(told) if as_json else f"{change.id}  {change.before} -> {change.key}")
    click.echo(f"{len(renewed):,} renewed; take this back with: litbase undo --run {run}", err=True)
    say_level(library)


COMMANDS = (duplicates, merge, judge, undo, keys)


def _named(library: Library, id: str) -> str:
    """The id of a record in whatever state, where it is one; else of the record it names."""
    stored = library.store.get(id)
    return stored.id if stored else found(library, id).id


def _as_json(pair: Pair) -> dict[str, Any]:
    from litbase.record.notices import sentence
    from litbase.record.record import to_builtins

    return {
        "one": {"id": pair.one.id, "title": pair.one.record.title},
        "other": {"id": pair.other.id, "title": pair.other.record.title},
        "relation": pair.relation,
        "score": round(pair.score, 4),
        "reasons": [sentence(reason) for reason in pair.reasons],
        "into": pair.into,
        "differs": [
            {"field": d.field, "one": to_builtins(d.one), "other": to_builtins(d.other),
             "merged": to_builtins(d.value), "from": d.stands, "why": sentence(d.why)}
            for d in pair.differences
        ],
    }  # fmt: skip


def _lines(number: int, pair: Pair) -> Iterator[str]:
    from litbase.console import plain_value
    from litbase.record.notices import sentence
    from litbase.record.record import field_help

    labels = {name: label for name, label, _, _ in field_help()}
    yield f"{number:>3}  {pair.relation} ({pair.score:.2f}): {'; '.join(sentence(reason) for reason in pair.reasons)}"
    for stored in (pair.one, pair.other):
        stays = "  (would stay)" if stored.id == pair.into else ""
        yield f"     {stored.id}  {textwrap.shorten(stored.record.title or '[Untitled]', SHOWN)}{stays}"
    for difference in pair.differences:
        yield f"     {labels[difference.field]}: {sentence(difference.why)}"
        for stored, value in ((pair.one, difference.one), (pair.other, difference.other)):
            mark = "*" if stored.id == difference.stands else " "
            yield f"       {mark} {stored.id}: {textwrap.shorten(plain_value(value or ''), SHOWN) or '-'}"
    yield ""
