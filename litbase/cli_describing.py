"""The command that suggests descriptors; thin, as those of `cli`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from litbase.cli_library import asked, opens
from litbase.record.text import amount

if TYPE_CHECKING:
    from litbase.library import Library
    from litbase.library.describing import Suggestion
    from litbase.record.record import Record


@click.command()
@click.argument("query", nargs=-1, metavar="[ID|QUERY]...")
@click.option("--json", "as_json", is_flag=True, help="One JSON object for each record.")
@opens()
def suggest(library: Library, query: tuple[str, ...], as_json: bool) -> None:
    """Suggest descriptors, with reasons, for a record, for those QUERY finds, or for those that have none."""
    from litbase.console import say_level
    from litbase.library.describing import suggestions

    say_level(library)
    records = suggested = 0
    for record in _records(library, query):
        found = suggestions(library, record)
        records += 1
        suggested += bool(found)
        if as_json:
            click.echo(json.dumps(_as_json(record, found), ensure_ascii=False))
        elif found:
            click.echo("\n".join(_lines(record, found)))
    click.echo(f"suggestions for {suggested:,} of {amount(records)}", err=True)


def _records(library: Library, query: tuple[str, ...]) -> Iterator[Record]:
    """The record that *query* names alone, else those it finds; with none, those that have no descriptors."""
    from litbase.cli_library import found
    from litbase.errors import NotFound
    from litbase.library.walking import walk

    if len(query) == 1:
        try:
            yield found(library, query[0])
        except NotFound:
            pass
        else:
            return
    state = asked(query or ("-descriptor:*",))
    if state is not None:
        for page in walk(library, state).pages:
            yield from (stored.record for stored in page)


def _lines(record: Record, found: tuple[Suggestion, ...]) -> Iterator[str]:
    from litbase.record.notices import sentence

    yield f"{record.id}  {record.title}"
    for one in found:
        yield f"    {one.score:.2f}  {one.descriptor}: {'; '.join(map(sentence, one.reasons))}"


def _as_json(record: Record, found: tuple[Suggestion, ...]) -> dict[str, object]:
    from litbase.record.notices import sentence

    told = [
        {"descriptor": one.descriptor, "score": one.score, "reasons": [sentence(reason) for reason in one.reasons]}
        for one in found
    ]
    return {"id": record.id, "title": record.title, "suggestions": told}
