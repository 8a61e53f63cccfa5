"""The commands that fetch: harvest; thin, as those of `cli`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from litbase.cli_library import opens, person
from litbase.record.text import amount

if TYPE_CHECKING:
    from litbase.library import Library
    from litbase.library.harvesting import Harvest


@click.group()
def harvest() -> None:
    """Fetch many records: from ERIC, or from a repository that speaks OAI-PMH."""


@harvest.command()
@click.argument("query")
@click.option("--max", "most", type=click.IntRange(1), help="At most so many now; the next run goes on behind them.")
@click.option("--again", is_flag=True, help="Begin anew, not where the last run stopped.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object for each record read.")
@opens(create=True)
def eric(library: Library, query: str, most: int | None, again: bool, as_json: bool) -> None:
    """Fetch what ERIC finds for QUERY, written as in its API: subject:"Gifted" AND publicationdateyear:2019."""
    from litbase.library.harvesting import of_eric
    from litbase.library.network import network

    begun = of_eric(library, query, network(library.settings), most=most, again=again, who=person())
    _report(library, begun, as_json)


@harvest.command()
@click.argument("url")
@click.option("--set", "set_", default="", metavar="SET", help="Only this set of the repository.")
@click.option("--from", "since", default="", metavar="DATE", help="Only what changed since; else since the last run.")
@click.option("--until", default="", metavar="DATE", help="Only what changed until then.")
@click.option(
    "--prefix", default="oai_dc", show_default=True, help="The layout: oai_dc, or one of MARC (marcxml, marc21)."
)
@click.option("--again", is_flag=True, help="Everything, not only what changed since the last run.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object for each record read.")
@opens(create=True)
def oai(library: Library, url: str, set_: str, since: str, until: str, prefix: str, again: bool, as_json: bool) -> None:
    """Fetch the records of the repository at URL by OAI-PMH; what it deleted is withdrawn."""
    from litbase.library.network import network
    from litbase.library.repositories import Asked, of_repository

    asked = Asked(url, prefix, set_, since, until)
    _report(library, of_repository(library, asked, network(library.settings), again=again, who=person()), as_json)


def _report(library: Library, begun: Harvest, as_json: bool) -> None:
    from litbase.console_adding import report

    if begun.before:
        click.echo(f"Going on behind the first {amount(begun.before)}.", err=True)
    tally = report(library, "Harvesting", begun.total, begun.entries, machine=as_json)
    if tally.statuses["refused"]:
        click.get_current_context().exit(1)


COMMANDS = (harvest,)
