"""What the commands that add print: an entry for each record, then the tally and the shares of each source."""

import json
from collections.abc import Callable, Iterator

import click

from litbase.console import progress_bar, say_level
from litbase.library import Library
from litbase.library.documents import total_size
from litbase.library.reading import Entry, Progress, add
from litbase.library.reporting import PARTS, Tally, as_json
from litbase.record.notices import sentence
from litbase.record.text import amount


def add_documents(
    library: Library, paths: list[str], *, dry_run: bool = False, machine: bool = False, quiet: bool = False, who: str
) -> Tally:
    """Add *paths*, printing an entry for each record, then the tally and the shares of each source."""

    def read(progress: Progress) -> Iterator[Entry]:
        return add(library, paths, dry_run=dry_run, progress=progress, who=who)

    return report(library, "Reading", total_size(paths), read, dry_run=dry_run, machine=machine, quiet=quiet)


def report(
    library: Library,
    what: str,
    total: int | None,
    read: Callable[[Progress], Iterator[Entry]],
    *,
    dry_run: bool = False,
    machine: bool = False,
    quiet: bool = False,
) -> Tally:
    """Print an entry for each record that *read* stores, then the tally and the shares of each source."""
    tally = Tally()
    with progress_bar(what, total) as bar:
        for entry in read(bar.advance):
            tally.count(entry)
            for line in () if quiet else _lines(entry, machine):
                bar.echo(line)
    if not dry_run:
        say_level(library)
    aside = machine or quiet
    click.echo(f"{'Would be: ' if dry_run else ''}{tally.summary()}", err=aside)
    if not quiet:
        for source, records, shares in tally.shares():
            parts = ", ".join(f"{part} {shares[part]:.0%}" for part in PARTS)
            click.echo(f"{source}: {amount(records)}; have {parts}", err=aside)
        if not dry_run and tally.statuses["new"] + tally.statuses["changed"]:
            click.echo(f"Take this back with: litbase undo --run {tally.run}", err=True)
    return tally


def _lines(entry: Entry, machine: bool) -> Iterator[str]:
    """What is printed of *entry*: one line of JSON, or a line and its remarks."""
    if machine:
        yield json.dumps(as_json(entry), ensure_ascii=False)
        return
    place = f"{entry.file}:{entry.line}"
    yield f"{entry.status:<8}{entry.id or '-'}  {place}  {entry.kind}  {entry.title[:80]}".rstrip()
    for told in entry.notices:
        yield f"        {entry.file}:{told.line or entry.line}: {sentence(told)}"
    for problem in entry.problems:
        if problem.severity != "info":
            yield f"        {problem.severity}: {problem.field}: {sentence(problem)}"
    for match in entry.matches:
        yield f"        {match.relation} {match.id}: {'; '.join(sentence(reason) for reason in match.reasons)}"
    for left in entry.leftovers:
        yield f"        {entry.file}:{left.line}: left over: {left.text[:100]}"
