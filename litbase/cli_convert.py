"""The command that converts: a file or standard input, of any layout, into any format; nothing is saved."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import click

from litbase.cli_library import chooses, rehearsed
from litbase.formats import by_name
from litbase.formats.options import Options
from litbase.paths import library_folder
from litbase.settings import load

if TYPE_CHECKING:
    from litbase.library.converting import Converted
    from litbase.record.record import Record


@click.command()
@click.argument("source", metavar="FILE|-")
@click.option("--to", "format_name", default="bibtex", show_default=True, metavar="NAME", help="The format to write.")
@click.option("--from-library", is_flag=True, help="Take the library's record where it has the work.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object for each entry in place of the file.")
@chooses
@click.pass_context
def convert(
    ctx: click.Context, source: str, format_name: str, from_library: bool, as_json: bool, options: Options
) -> None:
    """Convert references of any kind: numbers, a pasted list, BibTeX, RIS; nothing is saved or looked up elsewhere."""
    from litbase.library.converting import each_converted, opened_document, written

    format = by_name(format_name)
    folder = library_folder(ctx.obj)
    with rehearsed(folder, load(folder)) as library:
        told = _Told(as_json)
        entries = told.each(
            entry for document in opened_document(source) for entry in each_converted(library, document)
        )
        if as_json:
            for entry in entries:
                click.echo(json.dumps(_as_json(entry), ensure_ascii=False))
        else:
            records: Iterator[Record] = written(entries, from_library)
            for piece in format.dump(records, options):
                sys.stdout.write(piece)
    click.echo(told.summary(), err=True)
    if told.lost:
        ctx.exit(1)


class _Told:
    """Says of each entry what was not understood, on standard error, and counts those that gave no record."""

    def __init__(self, quiet: bool):
        self.quiet = quiet
        self.entries = self.here = self.lost = 0

    def each(self, entries: Iterable[Converted]) -> Iterator[Converted]:
        """*entries*, each told of."""
        for entry in entries:
            self.entries += 1
            self.here += entry.match is not None
            self.lost += entry.shown is None
            for line in () if self.quiet else _remarks(entry):
                click.echo(line, err=True)
            yield entry

    def summary(self) -> str:
        """How many entries there were, and what became of them."""
        entries = "1 entry" if self.entries == 1 else f"{self.entries:,} entries"
        return f"{entries}, {self.here:,} in the library, {self.lost:,} without a record"


def _remarks(entry: Converted) -> Iterator[str]:
    from litbase.record.notices import sentence

    place = f"line {entry.line}: "
    if entry.match and entry.record:
        reasons = "; ".join(sentence(reason) for reason in entry.match.reasons)
        yield f"{place}this is {entry.match.id}: {reasons}"
    for stretch in entry.unread:
        yield f"{place}not understood: {stretch[:100]}"
    for told in entry.problems:
        yield f"{place}{sentence(told)}"
    for notice in entry.notices:
        yield f"{place}{sentence(notice)}"


def _as_json(entry: Converted) -> dict[str, object]:
    from litbase.record.notices import sentence
    from litbase.record.record import to_builtins

    match = entry.match and {"id": entry.match.id, "reasons": [sentence(told) for told in entry.match.reasons]}
    return {
        "line": entry.line,
        "kind": entry.kind,
        "text": entry.text,
        "record": to_builtins(entry.shown) if entry.shown else None,
        "match": match,
        "not_understood": list(entry.unread),
        "missing": [sentence(told) for told in entry.problems],
        "lacks": list(entry.lacks),
        "notices": [sentence(told) for told in entry.notices],
    }
