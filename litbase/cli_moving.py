"""The commands that change where and how the store is kept: move-store and migrate; thin, as those of `cli`."""

from __future__ import annotations

import json

import click

from litbase.cli_library import person
from litbase.paths import library_folder
from litbase.settings import load


@click.command("move-store")
@click.argument("url")
@click.option("--dry-run", is_flag=True, help="Say what would be moved, and whether it can be; move nothing.")
@click.option("--json", "as_json", is_flag=True, help="Rows and digest of each table as JSON.")
@click.pass_context
def move_store(ctx: click.Context, url: str, dry_run: bool, as_json: bool) -> None:
    """Move the whole store into the empty database URL, as postgresql://user@host/name, and compare every row."""
    from litbase.console import progress_bar
    from litbase.library import moving

    folder = library_folder(ctx.obj)
    settings = load(folder)
    if dry_run:
        rows = moving.foresee(folder, settings, url)
        if as_json:
            click.echo(json.dumps({"target": moving.shown(url), "rows": rows}))
            return
        click.echo("\n".join(f"{table:<20} {count:>12,}" for table, count in rows.items()))
        click.echo(f"Would be moved to {moving.shown(url)}: {sum(rows.values()):,} rows of {len(rows)} tables")
        return
    with progress_bar("Moving and comparing", 100, "rows") as bar:
        moved = moving.move(
            folder, settings, url, lambda done, total, _: bar.advance(done * 100 // max(total, 1), done, ""), person()
        )
    to_set = moving.to_set(folder, url)
    if as_json:
        tables = {one.table: {"rows": one.rows, "digest": one.digest} for one in moved.tables}
        told = {"target": moving.shown(url), "change": moved.change, "tables": tables, "to_set": to_set}
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    click.echo("\n".join(f"{one.table:<20} {one.rows:>12,}  {one.digest[:16]}" for one in moved.tables))
    total = sum(one.rows for one in moved.tables)
    click.echo(
        f"Moved to {moving.shown(url)}: {total:,} rows of {len(moved.tables)} tables, each compared, all the same"
    )
    click.echo(
        f"Now {to_set}; start every litbase anew.  What is still written to the old store is not in the new one.",
        err=True,
    )


@click.command()
@click.option("--dry-run", is_flag=True, help="Try it and undo it; change nothing.")
@click.option("--json", "as_json", is_flag=True, help="Versions, steps and the backup as JSON.")
@click.pass_context
def migrate(ctx: click.Context, dry_run: bool, as_json: bool) -> None:
    """Bring a library of an older litbase to this one, after a backup; every command does so when it opens one."""
    from litbase.library import moving

    folder = library_folder(ctx.obj)
    settings = load(folder)
    if dry_run:
        migrated = moving.Migrated(moving.foresee_migration(folder, settings), None)
    else:
        migrated = moving.migrate(folder, settings)
    foreseen = migrated.foreseen
    if as_json:
        told = {"from": foreseen.version, "to": foreseen.wanted, "steps": foreseen.steps}
        click.echo(json.dumps(told | {"backup": str(migrated.backup or ""), "dry_run": dry_run}))
    elif not foreseen.steps:
        click.echo(f"The store has schema version {foreseen.version}, which is that of this litbase.")
    else:
        verb = "Would be brought" if dry_run else "Brought"
        click.echo(
            f"{verb} from schema version {foreseen.version} to {foreseen.wanted}, by {', '.join(foreseen.steps)}"
            + ("; every step was tried, and undone" if dry_run else "")
        )
        if migrated.backup:
            click.echo(f"What was there before is in {migrated.backup}")


MOVING = (move_store, migrate)
