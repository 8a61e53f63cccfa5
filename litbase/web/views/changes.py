"""The changes of the whole library: what was done, by whom, to which record, with the words that changed."""

from collections.abc import Sequence
from dataclasses import dataclass

from litbase.formats.plain import one_line
from litbase.library import Library, rights
from litbase.library.forms.typing import SOURCE as TYPED
from litbase.library.labels import RUNS
from litbase.library.versions import DEEDS, Deed, brought_back
from litbase.web.links import Links
from litbase.web.views import told
from litbase.web.views.compared import Change, differences
from litbase.web.views.parts import Linked, plain_title

NEVER = "1970-01-01T00:00:00Z"  # when a feed without entries changed


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One change."""

    nr: int = told("Its number in the log")
    kind: str = told("edit, undone, merged and so on as in a history; of runs, typed, or run-finished for others")
    at: str = told("When, UTC")
    who: str = told("Who; empty for the program")
    why: str = told("Why; empty where nobody said")
    record: Linked | None = told("The record; None for a run")
    title: str = told("Its title today; empty where it has none")
    history_url: str = told("What was done to it; empty for a run")
    version: int = told("The version it made; 0 for a run")
    run: int = told("Number of the run; 0 for none")
    counts: tuple[tuple[str, int], ...] = told("What came of a run of many records")
    label: str = told("What a run is called; empty for a change of one record")
    brought_back: int = told("The version that a record was brought back to; 0 for none")
    changes: tuple[Change, ...] = told("The fields that changed")
    link: str = told("Where a feed leads: the record's history, or this page, absolute")
    tag: str = told("A name for feeds that never changes")


@dataclass(frozen=True, slots=True)
class ChangesPage:
    """A page of changes, the newest first."""

    changes: tuple[ChangeView, ...] = told("The changes")
    who: str = told("Whose changes these are; empty for everybody's")
    kind: str = told("Of which kind; empty for any")
    kinds: tuple[str, ...] = told("The kinds that can be asked for")
    url: str = told("The page, for its form")
    all_url: str = told("Changes of everybody and of every kind")
    next_url: str = told("The older ones; empty at the end")
    json_url: str = told("The same as JSON")
    feed_url: str = told("The same as a feed, absolute")
    page_url: str = told("This page, absolute")
    site: str = told("Name of the library")
    updated: str = told("When the last change was made, UTC")


def changes_page(deeds: Sequence[Deed], more: int, who: str, kind: str, library: Library, links: Links) -> ChangesPage:
    """The page of *deeds*; *more* is the number from which older ones go on."""
    chosen = {"who": who, "kind": kind}
    return ChangesPage(
        changes=tuple(_view(deed, library, links) for deed in deeds),
        who=who,
        kind=kind,
        kinds=DEEDS,
        url=links.changes(),
        all_url=links.changes(),
        next_url=links.changes(**chosen, before=str(more)) if more else "",
        json_url=links.changes(".json", **chosen),
        feed_url=links.absolute(links.changes(".atom", **chosen)),
        page_url=links.absolute(links.changes(**chosen)),
        site=one_line(library.settings.name),
        updated=deeds[0].row.at if deeds else NEVER,
    )


def _view(deed: Deed, library: Library, links: Links) -> ChangeView:
    row, settings, revision = deed.row, library.settings, deed.revision
    id = deed.stored.id if deed.stored else ""
    before = rights.shown(revision.before, settings) if revision and revision.before else None
    after = rights.shown(revision.after, settings) if revision else None
    return ChangeView(
        nr=row.nr,
        kind=TYPED if deed.command == TYPED else row.action,
        at=row.at,
        who=row.who,
        why=revision.why if revision else "",
        record=Linked(id, links.record(id)) if id else None,
        title=plain_title(rights.shown(deed.stored.record, settings)) if deed.stored else "",
        history_url=links.history(id) if id else "",
        version=revision.version if revision else 0,
        label=RUNS.get(deed.command, ""),
        brought_back=brought_back(revision) if revision else 0,
        run=deed.run or (revision.run if revision else 0),
        counts=() if deed.stored else deed.counts,
        changes=differences(before, after) if before and after else (),
        link=links.absolute(links.history(id) if id else links.changes()),
        tag=f"{links.absolute(links.changes())}#{row.nr}",
    )
