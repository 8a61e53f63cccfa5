"""What the commands print: results and records for people and for machines, and progress bars."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from litbase.errors import EngineUnavailable
from litbase.library import Library, bring_level, is_level
from litbase.library.finding import Found, tallies
from litbase.record.kinds import kind_of
from litbase.record.notices import notice, sentence
from litbase.record.record import FIELD_NAMES, Record, field_help, to_builtins
from litbase.record.text import amount
from litbase.vocabulary.thesaurus import Entry as Term
from litbase.vocabulary.thesaurus import plain

if TYPE_CHECKING:  # who only prints them need not load all that reads
    from litbase.library.referencing import Referenced
    from litbase.library.thesaurus import Loaded


class Bar(NamedTuple):
    """A progress bar: *advance* is told what is done, a count and a name; *echo* prints a line beside it."""

    advance: Callable[[int, int, str], None]
    echo: Callable[[str], None]


def _print_json(value: Any) -> None:
    click.echo(json.dumps(value, ensure_ascii=False))


@contextmanager
def progress_bar(what: str, total: int | None, unit: str = "records") -> Iterator[Bar]:
    """A progress bar on a terminal, nothing elsewhere; *total* None is not known, *unit* is what is counted."""
    if not sys.stderr.isatty():
        yield Bar(lambda done, count, name: None, click.echo)
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn(f"{{task.fields[count]:,}} {unit}"),
               TimeRemainingColumn())  # fmt: skip

    def above(line: str) -> None:
        console.print(line, markup=False, highlight=False, emoji=False, soft_wrap=True)

    with Progress(*columns, console=console, transient=True, redirect_stdout=False) as progress:
        task = progress.add_task(what, total=total or None, count=0)
        # a line for the same terminal goes above the bar, one for a file or pipe past it
        yield Bar(
            lambda done, count, name: progress.update(task, completed=done, count=count),
            above if sys.stdout.isatty() else click.echo,
        )


def say_level(library: Library) -> None:
    """Bring the index level when it is not, with a bar; say so when it is not level then.

    What was saved is saved: that it cannot be searched yet is no failure of the command.
    """
    if late := lateness(library):
        click.echo(f"Saved; searchable {late}", err=True)


def lateness(library: Library) -> str:
    """Bring the index level when it is not, with a bar; says when it will be, "" when it is."""
    try:
        if is_level(library):
            return ""
        with progress_bar("Indexing", None) as bar:
            level = bring_level(library, progress=lambda done, total: bar.advance(done, done, ""))
    except EngineUnavailable as error:
        return f"when the index can be written again: {error}"
    return "" if level else "in a moment."


def index_records(library: Library, rebuild: bool) -> None:
    """Bring the index level, anew if a byte of it has changed, and say how many records it follows."""
    while not rebuild and library.engine.inspect():
        pass
    with progress_bar("Indexing", library.store.count() if rebuild else None) as bar:
        level = bring_level(library, rebuild, lambda done, total: bar.advance(done, done, ""))
    state = "is level with the store" if level else "is being brought level by another process"
    click.echo(f"The index {state}: {amount(library.store.count())}, change {library.store.mark()[2]}.")


def print_found(found: Found, machine: bool) -> None:
    """A page of results: as one JSON object for programs, or as text."""
    if machine:
        _print_json(
            {
                "total": found.total,
                "hits": [{"id": h.record.id, "score": round(h.score, 4), "title": h.record.title} for h in found.hits],
                "facets": tallies(found),
                "notices": [sentence(told) for told in found.notices],
                "partial": dict(zip(("answered", "parts"), found.answered, strict=True)) if found.answered else None,
            }
        )
        return
    for told in found.notices:
        click.echo(sentence(told), err=True)
    if found.answered:
        click.echo("Only {} of {} parts of the index answer: there may be more.".format(*found.answered), err=True)
    for added in found.expanded.added:
        names = [*added.others, *filter(None, (" and ".join(added.today),))][::-1]
        click.echo(sentence(notice("also-searched", name=added.name, others=", ".join(names))), err=True)
    click.echo(amount(found.total))
    first = (found.state.page - 1) * found.state.per + 1
    for number, hit in enumerate(found.hits, first):
        click.echo(f"\n{number:>3}  {hit.record.title or '[Untitled]'}")
        click.echo(f"     {_people(hit.record)}{_source(hit.record)}")
        click.echo(f"     {hit.record.id}")


def _people(record: Record) -> str:
    names = [name.display for name in record.author]
    return ", ".join(names[:6]) + (f" and {len(names) - 6} more" if len(names) > 6 else "") + (". " if names else "")


def _source(record: Record) -> str:
    place = record.container_title or record.event_title or record.publisher
    date = record.issued.display if record.issued else "n.d."
    return ", ".join(filter(None, (kind_of(record).label, place, date)))


def print_record(library: Library, record: Record, machine: bool) -> None:
    """A record: as JSON, or its fields with labels, then its links."""
    if machine:
        _print_json(to_builtins(record))
        return
    labels = {name: label for name, label, _, _ in field_help()}
    for name in FIELD_NAMES:
        value = getattr(record, name)
        if name not in ("v", "references", "marks") and value not in ("", (), None, False):
            inferred = "  (worked out)" if name in record.inferred else ""
            click.echo(f"{labels[name]}: {plain_value(value)}{inferred}")
    for number, reference in enumerate(record.references, 1):
        click.echo(f"Reference {number}: {reference.text}")
    for link in library.store.links(record.id):
        click.echo(f"{link.relation}: {link.other_id} ({'; '.join(sentence(r) for r in link.reasons)})")


def plain_value(value: Any) -> str:
    """The *value* of a field on one line."""
    if isinstance(value, tuple):
        return "; ".join(": ".join(item) if isinstance(item, tuple) else str(item) for item in value)
    return {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)


def print_references(listed: Sequence[Referenced], machine: bool) -> None:
    """Each reference of a list: as written, what was understood, what was not, and the record it is."""
    labels = {name: label for name, label, _, _ in field_help()}
    for number, one in enumerate(listed, 1):
        work = one.reference.parsed
        if machine:
            match = (
                {"id": one.match.id, "reasons": [sentence(told) for told in one.match.reasons]} if one.match else None
            )
            remarks = [sentence(told) for told in one.reference.notices]
            _print_json({"text": one.reference.text, "record": to_builtins(work) if work else None, "match": match,
                         "kept": one.kept, "not_understood": list(one.unread), "notices": remarks})  # fmt: skip
            continue
        click.echo(f"{number:>3}  {one.reference.text}")
        if work:
            click.echo(f"       {labels['type']}: {kind_of(work).label}")
        for name in FIELD_NAMES if work else ():
            if name not in ("v", "type") and (value := getattr(work, name)) not in ("", (), None, False):
                click.echo(f"       {labels[name]}: {plain_value(value)}")
        for told in one.reference.notices if work else (notice("reference-not-understood"),):
            click.echo(f"       ! {sentence(told)}")
        if one.match:
            click.echo(f"       = {one.match.id}: {'; '.join(sentence(told) for told in one.match.reasons)}")
        elif one.kept:
            click.echo(f"       + kept as cited work {one.kept}")
    known, kept = sum(one.match is not None for one in listed), sum(bool(one.kept) for one in listed)
    click.echo(f"{len(listed):,} references, {known:,} in the library, {kept:,} kept as cited works", err=machine)


def print_history(library: Library, id: str, machine: bool) -> None:
    """The revisions of a record, newest first, each with the fields it changed."""
    for revision in sorted(library.store.history(id), key=lambda r: -r.version):
        changed = [
            (name, getattr(revision.before, name) if revision.before else None, getattr(revision.after, name))
            for name in FIELD_NAMES
            if name != "v" and (not revision.before or getattr(revision.before, name) != getattr(revision.after, name))
        ]
        if machine:
            fields = {name: {"before": to_builtins(old), "after": to_builtins(new)} for name, old, new in changed}
            _print_json({"version": revision.version, "at": revision.at, "who": revision.who, "why": revision.why,
                         "kind": revision.kind, "run": revision.run, "other": revision.other,
                         "undone": bool(revision.undone), "changes": fields})  # fmt: skip
            continue
        other = f" with {revision.other}" if revision.other else ""
        run = f" in run {revision.run}" if revision.run else ""
        why = f": {revision.why}" if revision.why else ""
        undone = "  [undone]" if revision.undone else ""
        who = revision.who or "litbase"
        click.echo(f"version {revision.version}  {revision.at}  {revision.kind}{other} by {who}{run}{why}{undone}")
        if revision.before:
            for name, old, new in changed:
                click.echo(f"    {name}: {plain_value(old or '')!r} -> {plain_value(new or '')!r}")


LEFT_OUT = 50  # reasons printed for people; --json has all
ENTRY = (("broader", "Broader"), ("narrower", "Narrower"), ("related", "Related"), ("used_for", "Also called"))


def print_loaded(loaded: Loaded, machine: bool) -> None:
    """What a thesaurus file held, and what of it was left out, with lines."""
    if machine:
        dropped = [{"code": told.code, "line": told.line, "text": sentence(told)} for told in loaded.dropped]
        _print_json({"file": loaded.file, "layout": loaded.layout, "status": "changed" if loaded.changed else "same",
                     **loaded.counts, "dropped": dropped})  # fmt: skip
        return
    for told in loaded.dropped[:LEFT_OUT]:
        click.echo(f"{loaded.file}:{f'{told.line}:' if told.line else ''} {sentence(told)}", err=True)
    if len(loaded.dropped) > LEFT_OUT:
        click.echo(f"{loaded.file}: and {len(loaded.dropped) - LEFT_OUT:,} more; --json lists all", err=True)
    counts = ", ".join(f"{count:,} {part.replace('_', ' ')}" for part, count in loaded.counts.items())
    click.echo(f"{loaded.layout}: {counts}; {len(loaded.dropped):,} left out")
    if not loaded.changed:
        click.echo("This thesaurus is loaded already; nothing was changed.")


def print_entries(entries: tuple[Term, ...], asked: str, machine: bool) -> None:
    """Descriptors, each with what hangs together with it; before them what was *asked* when it is another name."""
    if machine:
        _print_json({"asked": asked, "entries": [asdict(entry) for entry in entries]})
        return
    if [plain(entry.name) for entry in entries] != [plain(asked)]:
        click.echo(f"{asked}: use {' and '.join(entry.name for entry in entries)}")
    for entry in entries:
        click.echo(entry.name)
        if entry.scope_note:
            click.echo(f"    {entry.scope_note}")
        for part, label in ENTRY:
            if names := getattr(entry, part):
                click.echo(f"    {label}: {'; '.join(names)}")
