"""Runs: what was done to many records at once, and the page on which one of them is undone."""

from collections.abc import Sequence
from dataclasses import dataclass

from litbase.library import Library
from litbase.library.importing import StoredRun
from litbase.library.labels import value_label
from litbase.library.undoing import remainder, undone_by
from litbase.web.links import Links
from litbase.web.views import told


@dataclass(frozen=True, slots=True)
class RunRow:
    """Something that was done as a whole."""

    id: int = told("Its number")
    command: str = told("What did it")
    label: str = told("What that is called")
    of: int = told("For an undoing, the run that it undid or brought back; else 0")
    who: str = told("Who, where that is known")
    at: str = told("When it began, UTC")
    finished: bool = told("Whether it came to its end")
    counts: tuple[tuple[str, int], ...] = told("What came of it")
    undone_by: int = told("The run that has undone it; 0 where it counts")
    undoable: bool = told("Whether there may be something to undo")
    url: str = told("Its page, on which it is undone")


@dataclass(frozen=True, slots=True)
class TouchedRow:
    """One record that undoing a run would touch."""

    id: str = told("Its id")
    title: str = told("Its title; empty where it has none, or is gone")
    url: str = told("Its history")


@dataclass(frozen=True, slots=True)
class RunPage:
    """One run, and what undoing it would do."""

    run: RunRow = told("The run")
    of_url: str = told("The page of the run that it undid or brought back; empty for other runs")
    brings_back: bool = told("Whether undoing it lets count again what another run did")
    undone_url: str = told("The page of the run that has undone it; empty where it counts")
    records: tuple[TouchedRow, ...] = told("The first records that undoing it would touch")
    more: bool = told("Whether there are more")
    names_url: str = told("Where a decision about names is undone; empty for other runs")
    undo_url: str = told("Where the form is posted that undoes it")
    list_url: str = told("All runs")


def run_rows(library: Library, links: Links, runs: Sequence[StoredRun]) -> tuple[RunRow, ...]:
    """The rows of *runs*."""
    undone = undone_by(library, runs)
    return tuple(_row(one, undone.get(one.id), links) for one in runs)


def run_page(library: Library, links: Links, number: int) -> RunPage:
    """The page of the run *number*.  Raises NotFound where there is none."""
    left = remainder(library, number)
    run, by, known = left.run, left.undone_by, library.store.get_many(left.ids)
    titles = {id: stored.record.title for id, stored in known.items()}
    return RunPage(
        run=_row(run, by, links),
        of_url=links.run(run.of) if run.of else "",
        brings_back=bool(run.of and not run.is_back),
        undone_url=links.run(by.id) if by else "",
        records=tuple(TouchedRow(id, titles.get(id, ""), links.history(id)) for id in left.ids),
        more=left.more,
        names_url=links.variants("/decided") if left.is_about_names else "",
        undo_url=links.undo_run,
        list_url=links.imports() + "#runs",
    )


def _row(one: StoredRun, by: StoredRun | None, links: Links) -> RunRow:
    counts = tuple((status, count) for status, count in one.counts.items() if count)
    is_undone = bool(by and by.finished_at)
    return RunRow(
        id=one.id,
        command=one.command,
        label="Bringing back of a run" if one.is_back else value_label("run", one.command),
        of=one.of,
        who=one.who,
        at=one.started_at,
        finished=bool(one.finished_at),
        counts=counts,
        undone_by=by.id if by else 0,
        undoable=not is_undone and (bool(counts) or not one.finished_at),
        url=links.run(one.id),
    )
