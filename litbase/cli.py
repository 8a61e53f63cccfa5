"""The commands of litbase; thin: each opens the library, calls one verb and prints what came back.

Output for machines and results go to standard output, progress and errors to
standard error.  Everything heavy is imported inside the command that needs it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from litbase import __version__
from litbase.cli_bulk import edit
from litbase.cli_checking import check
from litbase.cli_convert import convert
from litbase.cli_decisions import COMMANDS
from litbase.cli_describing import suggest
from litbase.cli_fetching import COMMANDS as FETCHING
from litbase.cli_keeping import KEEPING, backed_up, export_whole, read_whole
from litbase.cli_library import chooses, found, opened, opens, person, rehearsed
from litbase.cli_moving import MOVING
from litbase.cli_people import PEOPLE
from litbase.cli_variants import variants
from litbase.errors import LibraryError, LitbaseError
from litbase.formats.options import Options
from litbase.paths import library_folder, shipped
from litbase.settings import load, setting_rows

if TYPE_CHECKING:
    from litbase.library import Library

SETTINGS_HELP = "\b\nSettings (litbase.toml in the library folder, or LITBASE_NAME):\n" + "\n".join(
    f"  {name:<11} {help} [{default or 'empty'}]" for name, default, help in setting_rows()
)


class Commands(click.Group):
    """The group that turns every litbase error into one line and its exit code."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; LitbaseError becomes a line on stderr, a closed pipe a quiet end."""
        try:
            return super().invoke(ctx)
        except LitbaseError as error:
            click.echo(f"litbase: {error}", err=True)
            ctx.exit(error.exit_code)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(0)


@click.group(cls=Commands, epilog=SETTINGS_HELP, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="litbase")
@click.option("--library", metavar="PATH", help="The library folder; else LITBASE_LIBRARY, the nearest one, or yours.")
@click.pass_context
def main(ctx: click.Context, library: str | None) -> None:
    """litbase: a literature and reference knowledge base that people host themselves."""
    ctx.obj = library


for _command in (*COMMANDS, *KEEPING, *MOVING, *FETCHING, *PEOPLE, convert, check, edit, suggest, variants):
    main.add_command(_command)


@main.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH|DOI|ISBN|URL|-...")
@click.option("--dry-run", is_flag=True, help="Read and report, change nothing.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object for each record read.")
@click.pass_context
def add(ctx: click.Context, paths: tuple[str, ...], dry_run: bool, as_json: bool) -> None:
    """Read files, folders, .gz, .zip, or - for standard input; look up a DOI, ISBN, ERIC number or web address."""
    from litbase.console_adding import add_documents
    from litbase.library.plain_export import is_export

    folder = library_folder(ctx.obj)
    settings = load(folder)
    with rehearsed(folder, settings) if dry_run else opened(ctx.obj, create=True) as library:
        if len(paths) == 1 and is_export(Path(paths[0])):
            read_whole(library, Path(paths[0]), dry_run, as_json)
            return
        tally = add_documents(library, list(paths), dry_run=dry_run, machine=as_json, who=person())
    if tally.statuses["refused"]:
        ctx.exit(1)


@main.command()
@click.argument("query", nargs=-1)
@click.option("--limit", default=10, show_default=True, type=click.IntRange(1, 1000), help="Hits on a page.")
@click.option("--page", default=1, show_default=True, type=click.IntRange(1), help="Which page.")
@click.option("--sort", type=click.Choice(["best", "newest", "oldest", "title", "author"]), default="best")
@click.option("--json", "as_json", is_flag=True, help="Total, hits, notices, top 100 values of each facet as JSON.")
@click.option("--format", "format_name", metavar="NAME", help="Print the hits in a citation format.")
@opens()
def search(
    library: Library, query: tuple[str, ...], limit: int, page: int, sort: str, as_json: bool, format_name: str | None
) -> None:
    """Search; the words of QUERY are joined, fields are written field:word."""
    from litbase.console import lateness, print_found
    from litbase.formats import by_name
    from litbase.library.finding import search as find
    from litbase.query.state import SearchState

    late = lateness(library)
    state, _ = SearchState.from_args([("q", " ".join(query)), ("sort", sort)])
    found = find(library, state.with_per(limit).with_page(page))
    if late:
        click.echo(f"What was saved last is searchable {late}", err=True)
    if format_name:
        _write(by_name(format_name).dump(hit.record for hit in found.hits), sys.stdout.write)
    else:
        print_found(found, as_json)


@main.command()
@click.argument("id")
@click.option("--format", "format_name", metavar="NAME", help="A citation format, as bibtex, ris, csl-json.")
@chooses
@click.option("--json", "as_json", is_flag=True, help="The whole record as JSON.")
@opens()
def show(library: Library, id: str, format_name: str | None, as_json: bool, options: Options) -> None:
    """Show one record."""
    from litbase.console import print_record
    from litbase.library.exporting import export_one

    record = found(library, id)
    if format_name:
        sys.stdout.write(export_one(library, record.id, format_name, options))
    else:
        print_record(library, record, as_json)


@main.command()
@click.argument("query", nargs=-1)
@click.option("--format", "format_name", default="bibtex", show_default=True, metavar="NAME")
@click.option("-o", "--output", type=click.Path(dir_okay=False), help="Write to a file instead of standard output.")
@click.option("--all", "whole", metavar="FOLDER", help="The whole library as text, with every state and decision.")
@chooses
@opens()
def export(
    library: Library,
    query: tuple[str, ...],
    format_name: str,
    output: str | None,
    whole: str | None,
    options: Options,
) -> None:
    """Export everything QUERY finds, or the whole library."""
    if whole is not None:
        if query or output:
            raise click.UsageError("--all writes the whole library into a folder; it takes no QUERY and no --output")
        export_whole(library, Path(whole))
        return
    from litbase.console import lateness
    from litbase.library import finding
    from litbase.library.auditing import exported as noted
    from litbase.library.exporting import export as export_all
    from litbase.query.state import SearchState

    late = lateness(library)
    state, _ = SearchState.from_args([("q", " ".join(query)), ("sort", "best" if query else "title")])
    noted(library, person(), finding.count(library, state), state.q, format_name)
    if late:
        click.echo(f"What was saved last is searchable {late}", err=True)
    pieces = export_all(library, state, format_name, options)
    if output is None:
        _write(pieces, sys.stdout.write)
        return
    part = Path(f"{output}.part")
    with part.open("w", encoding="utf-8", newline="") as file:  # never half a file under the name asked for
        _write(pieces, file.write)
    part.replace(output)


def _write(pieces: Any, write: Callable[[str], Any]) -> None:
    for piece in pieces:
        write(piece)


@main.command()
@click.argument("id")
@click.option("--json", "as_json", is_flag=True)
@opens()
def history(library: Library, id: str, as_json: bool) -> None:
    """Show what happened to a record, newest first."""
    from litbase.console import print_history

    print_history(library, found(library, id).id, as_json)


@main.command()
@click.argument("source", metavar="FILE|-|ID")
@click.option("--keep", is_flag=True, help="Keep those that are not in the library as cited works.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object for each reference.")
@opens()
def references(library: Library, source: str, keep: bool, as_json: bool) -> None:
    """Read a list of references, pasted or a record's: each with its parts and its match in the library."""
    from litbase.console import print_references, say_level
    from litbase.library import referencing

    citing = None if source == "-" or Path(source).exists() else found(library, source)
    listed = referencing.matched(library, citing.references if citing else referencing.pasted(source))
    if keep:
        listed = referencing.keep(library, listed, citing, person())
        say_level(library)
    print_references(listed, as_json)


@main.command()
@click.option("--rebuild", is_flag=True, help="Build it anew from the store.")
@opens()
def index(library: Library, rebuild: bool) -> None:
    """Bring the search index level with the store."""
    from litbase.console import index_records

    index_records(library, rebuild)


@main.group()
def thesaurus() -> None:
    """The thesaurus: which subject terms there are, and what else they are called."""


@thesaurus.command("load")
@click.argument("file")
@click.option("--json", "as_json", is_flag=True, help="What was loaded and left out as JSON.")
@opens()
def load_thesaurus(library: Library, file: str, as_json: bool) -> None:
    """Load a thesaurus in place of the present one: ERIC's XML or JSON, SKOS, or a table; also .gz."""
    from litbase.console import print_loaded, say_level
    from litbase.library.thesaurus import load as load_file

    print_loaded(load_file(library, file), as_json)
    say_level(library)


@thesaurus.command("show")
@click.argument("term")
@click.option("--json", "as_json", is_flag=True, help="The entries as JSON.")
@opens()
def show_term(library: Library, term: str, as_json: bool) -> None:
    """Show a descriptor, or the one that is used instead of TERM today."""
    from litbase.console import print_entries
    from litbase.library.thesaurus import shown

    print_entries(shown(library, term), term, as_json)


@main.command()
@click.option("--host", help="Address to listen on.")
@click.option("--port", type=int, help="Port to listen on.")
@click.option("--empty", is_flag=True, help="Do not fill a new library with the starter references.")
@click.pass_context
def serve(ctx: click.Context, host: str | None, port: int | None, empty: bool) -> None:
    """Serve the web application, creating and filling the library on the first start."""
    from litbase.console_adding import add_documents
    from litbase.library import exists, follower
    from litbase.web.serve import serve as serve_web

    folder = library_folder(ctx.obj)
    new = not exists(folder, load(folder))
    with opened(ctx.obj, create=True, host=host, port=port) as library, backed_up(library):
        if new and not empty:
            click.echo(f"A new library in {folder}; adding the starter references.", err=True)
            add_documents(library, [str(shipped("references"))], quiet=True, who="litbase")
        address = f"http://{library.settings.host}:{library.settings.port}"

        def listening() -> None:
            click.echo(f"litbase serves {folder} at {address} (stop with Ctrl+C)", err=True)

        try:
            serve_web(library, library.settings.host, library.settings.port, follower(library), listening)
        except OSError as error:
            raise LibraryError(f"cannot serve at {address}: {error.strerror}; choose another with --port") from error
