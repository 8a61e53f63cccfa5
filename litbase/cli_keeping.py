"""The commands by which a library is kept: backup, restore, verify; thin, as those of `cli`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from litbase.cli_library import opened, opens, person
from litbase.errors import LibraryError
from litbase.paths import library_folder
from litbase.record.text import amount
from litbase.settings import load

if TYPE_CHECKING:
    from litbase.library import Library
    from litbase.library.restoring import Restored
    from litbase.library.verifying import Verified

SHOWN = 20  # faults and ids


@click.command()
@click.argument("folder", required=False, type=click.Path(file_okay=False))
@click.option(
    "--keep", default="24,7,4", show_default=True, metavar="H,D,W", help="How many hours, days and weeks stay."
)
@click.option("--json", "as_json", is_flag=True, help="What was made and removed as JSON.")
@click.pass_context
def backup(ctx: click.Context, folder: str | None, keep: str, as_json: bool) -> None:
    """Back the library up while it is in use: one checked file in FOLDER, or in backups/ of the library."""
    from litbase.console import progress_bar
    from litbase.library.backup import backup as back_up
    from litbase.library.backup import parse_keep

    library, wanted = library_folder(ctx.obj), parse_keep(keep)
    into = Path(folder).absolute() if folder else None
    with progress_bar("Copying", 100, "pages") as bar:
        made = back_up(
            library, load(library), into, wanted, lambda done, total: bar.advance(done * 100 // max(total, 1), done, "")
        )
    _note_backup(ctx.obj, made.path)
    held = made.manifest.store
    if as_json:
        told = {"file": str(made.path), "bytes": made.path.stat().st_size, "records": held.records}
        more = {"change": held.change, "digest": held.digest, "left_out": made.left_out, "removed": made.removed}
        click.echo(json.dumps(told | more, ensure_ascii=False))
        return
    click.echo(f"{made.path}: {_counts(held.records)}, change {held.change}, {made.path.stat().st_size:,} bytes")
    for name in made.left_out:
        click.echo(f"left out: {name} (too large, or not inside the library folder)", err=True)
    for name in made.removed:
        click.echo(f"removed: {name}", err=True)


@click.command()
@click.argument("file", type=click.Path(dir_okay=False))
@click.option("--force", is_flag=True, help="Even if it has less than half of the records that are there now.")
@click.option("--json", "as_json", is_flag=True, help="What was changed as JSON.")
@click.pass_context
def restore(ctx: click.Context, file: str, force: bool, as_json: bool) -> None:
    """Make the library what the backup FILE holds, after a backup of what is there; nothing may be serving it."""
    from litbase.console import say_level
    from litbase.library.restoring import restore as put_back

    folder = library_folder(ctx.obj)
    restored = put_back(folder, load(folder), Path(file), force, who=person())
    if as_json:
        click.echo(json.dumps(_restored(restored), ensure_ascii=False))
    else:
        click.echo("\n".join(_told(restored, file)))
    with opened(ctx.obj, create=False) as library:
        say_level(library)


@click.command()
@click.option("--repair", is_flag=True, help="Bring the index in line with the store.")
@click.option("--json", "as_json", is_flag=True, help="What was found and done as JSON.")
@opens()
def verify(library: Library, repair: bool, as_json: bool) -> None:
    """Read the whole store and index and say what is wrong; the exit code is 1 when something is."""
    from litbase.console import progress_bar
    from litbase.library.verifying import verify as look

    with progress_bar("Reading", library.store.count(cited=True)) as bar:
        found = look(library, repair, bar.advance)
    if as_json:
        click.echo(json.dumps(_verified(found), ensure_ascii=False))
    else:
        click.echo("\n".join(_report(found)))
    if not found.is_good:
        click.get_current_context().exit(1)


def export_whole(library: Library, folder: Path) -> None:
    """Write the whole library as text into *folder*, and say how many records that are."""
    from litbase.console import progress_bar
    from litbase.library import auditing
    from litbase.library.plain_export import export_all

    with progress_bar("Writing", library.store.count(cited=True)) as bar:
        count = export_all(library, folder, lambda done: bar.advance(done, done, ""))
    auditing.exported(library, person(), count, "all", "jsonl")
    click.echo(f"{folder}: {amount(count)} in all states; read back into an empty library with: litbase add {folder}")


def read_whole(library: Library, folder: Path, dry_run: bool, as_json: bool) -> None:
    """Make the empty library what an export in *folder* says, or see whether that can be done."""
    from litbase.console import progress_bar, say_level
    from litbase.library.plain_export import read_back

    with progress_bar("Reading", None) as bar:
        count = read_back(library, folder, dry_run, lambda done: bar.advance(done, done, ""), person())
    click.echo(json.dumps({"records": count}) if as_json else f"{folder}: {amount(count)} in all states, as exported")
    if not dry_run:
        say_level(library)


KEEPING = (backup, restore, verify)


@contextmanager
def backed_up(library: Library) -> Iterator[None]:
    """A stretch in which *library* is backed up every day, by a thread, if the settings want it."""
    from litbase.library.backup import Daily, can_be_daily

    if not can_be_daily(library.settings):
        yield
        return
    daily = Daily(library.folder, library.settings, lambda why: click.echo(f"litbase: {why}", err=True))
    daily.start()
    try:
        yield
    finally:
        daily.stop()


def _note_backup(given: str | None, path: Path) -> None:
    """Let the audit log say who made a backup; one that was made is good without."""
    from litbase.library.auditing import note

    try:
        with opened(given, create=False) as library:
            note(library, person(), "backup", path.name)
    except LibraryError as error:
        click.echo(f"not noted in the audit log: {error}", err=True)


def _counts(records: dict[str, int]) -> str:
    other = ", ".join(f"{count:,} {state}" for state, count in sorted(records.items()) if state != "public")
    return amount(records.get("public", 0)) + (f" ({other})" if other else "")


def _restored(restored: Restored) -> dict[str, Any]:
    held = restored.manifest.store
    return {
        "made": restored.manifest.created_at,
        "records": held.records,
        "before": restored.before,
        "kept": str(restored.safety or restored.aside or ""),
        "files": restored.files,
    }


def _told(restored: Restored, file: str) -> Iterator[str]:
    before = "an unreadable store" if restored.before is None else f"{restored.before:,} in all states"
    now = _counts(restored.manifest.store.records)
    yield f"Restored {file} of {restored.manifest.created_at}: {now}; before: {before}"
    if restored.safety:
        yield f"What was there before is in {restored.safety}"
    if restored.aside:
        yield f"What was there before is damaged and lies in {restored.aside}"
    if restored.files:
        yield f"Written: {', '.join(restored.files)}"


def _verified(found: Verified) -> dict[str, Any]:
    return {
        "good": found.is_good,
        "records": found.records,
        "store": [fault._asdict() for fault in found.store_faults],
        "index": found.index_faults,
        "missing": found.missing,
        "extra": found.extra,
        "repaired": found.repaired,
        "refused": [{"id": id, "reason": reason} for id, reason in found.refused],
        "away": found.away,
    }


def _report(found: Verified) -> Iterator[str]:
    for fault in found.store_faults[:SHOWN]:
        yield f"store: {fault.id + ': ' if fault.id else ''}{fault.what}"
    if len(found.store_faults) > SHOWN:
        yield f"store: and {len(found.store_faults) - SHOWN:,} more"
    yield from (f"index: {what}" for what in found.index_faults)
    for name, ids in (("not in the index", found.missing), ("only in the index", found.extra)):
        if ids:
            more = f" and {len(ids) - SHOWN:,} more" if len(ids) > SHOWN else ""
            yield f"index: {name}: {', '.join(ids[:SHOWN])}{more}"
    yield from (f"index: refused: {id}: {reason}" for id, reason in found.refused[:SHOWN])
    yield from (f"repaired: {what}" for what in found.repaired)
    if found.store_faults:
        yield "The store is damaged; the last good backup is put back with: litbase restore FILE"
    elif found.away:
        yield f"{amount(found.records)} in the store, all whole; the index was not compared: {found.away}"
    elif found.refused:
        yield "The records are whole; those that are refused are found again once they are changed as the reason says."
    elif found.index_faults and not found.repaired:
        yield "The records are whole, the index is not; mend it with: litbase verify --repair"
    else:
        yield f"{amount(found.records)} in the store, all whole, and the index is level with them."
