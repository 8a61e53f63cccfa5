"""What the pages of a bulk edit show: its form, what it would change record by record, and what came of it."""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from litbase.errors import InvalidRecord
from litbase.library import Library
from litbase.library.bulk import MOST, Plan, Preview, said
from litbase.library.bulk_jobs import Report
from litbase.library.operations import FIELDS, Operation
from litbase.query.state import SearchState
from litbase.web.links import Links
from litbase.web.views import told
from litbase.web.views.compared import Change, differences
from litbase.web.views.details import LABELS
from litbase.web.views.parts import plain_title


@dataclass(frozen=True, slots=True)
class Asked:
    """What a form asks for: which records, and what is to be done to them."""

    ids: tuple[str, ...] = told("Records that are named; () for none")
    source: str = told("list for My list; else empty")
    state: SearchState = told("The search, where neither is given")
    action: str = dataclasses.field(default="", metadata={"help": "One of the actions of the form, or mend"})
    field: str = dataclasses.field(default="", metadata={"help": "The field, or the problem that is mended"})
    value: str = dataclasses.field(default="", metadata={"help": "The value, or what is there now"})
    new: str = dataclasses.field(default="", metadata={"help": "What takes its place"})
    words: bool = dataclasses.field(default=False, metadata={"help": "Whether only whole words are replaced"})
    overrule: bool = dataclasses.field(default=False, metadata={"help": "Whether what editors decided is changed too"})
    error: str = dataclasses.field(default="", metadata={"help": "Why nothing can be done"})

    def filled(self, action: str, name: str, value: str, new: str, words: bool, overrule: bool) -> "Asked":
        """The same, with what was typed."""
        return replace(self, action=action, field=name, value=value, new=new, words=words, overrule=overrule)

    def with_error(self, error: str) -> "Asked":
        """The same, and why nothing can be done."""
        return replace(self, error=error)

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Which records, as an address says it; named ones are in forms alone."""
        if self.ids:
            return [("id", id) for id in self.ids[:50]]
        return [("from", self.source)] if self.source else self.state.pairs()

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """Which records, as a form says it."""
        if self.ids:
            return [("id", id) for id in self.ids]
        return [("from", self.source)] if self.source else [("search", urlencode(self.state.pairs()))]


@dataclass(frozen=True, slots=True)
class FieldChoice:
    """A field that can be edited."""

    name: str = told("Its name")
    label: str = told("What it is called")


@dataclass(frozen=True, slots=True)
class BulkPage:
    """The form."""

    asked: Asked = told("What was typed so far")
    total: int = told("How many records it is about")
    most: int = told("How many it may be about")
    of: str = told("search, list or ids")
    query: str = told("What is searched; empty for every record, or no search")
    fields: tuple[FieldChoice, ...] = told("The fields, by what they are called")
    actions: tuple[str, ...] = told("What can be done")
    hidden: tuple[tuple[str, str], ...] = told("Which records, for the form")
    url: str = told("Where the form goes")
    back_url: str = told("The records themselves")


@dataclass(frozen=True, slots=True)
class Planned:
    """One record, and what would become of it."""

    id: str = told("Its id")
    title: str = told("Its title")
    url: str = told("Its page")
    changes: tuple[Change, ...] = told("The fields that would change, word by word")
    released: tuple[str, ...] = told("Fields that are given back to the sources")
    kept: tuple[str, ...] = told("Fields that stay because an editor decided them")
    error: str = told("Why it cannot be changed so; empty where it can")


@dataclass(frozen=True, slots=True)
class PreviewPage:
    """What would change."""

    sentence: str = told("What is to be done")
    total: int = told("How many records were looked at")
    affected: int = told("How many would change")
    unchanged: int = told("How many say already what they would say")
    kept: int = told("How many stay because an editor decided")
    overrule: bool = told("Whether what editors decided is changed too")
    first: tuple[Planned, ...] = told("The first records that would change")
    held: tuple[Planned, ...] = told("The first that stay because an editor decided")
    hidden: tuple[tuple[str, str], ...] = told("What was asked, for a form that asks it again")
    preview: str = told("Name of this preview; empty where nothing would change")
    preview_url: str = told("Where it is asked again")
    apply_url: str = told("Where it is done")
    back_url: str = told("The form")


@dataclass(frozen=True, slots=True)
class Left:
    """A record that was not changed."""

    id: str = told("Its id")
    url: str = told("Its page")
    status: str = told("conflict, refused, kept or same")
    reason: str = told("Why; empty where the status says it")


@dataclass(frozen=True, slots=True)
class ReportPage:
    """How far a run is, or what came of it."""

    run: int = told("Its number")
    state: str = told("working, interrupted, failed or done")
    percent: int = told("How much is done, 0 to 100")
    done: int = told("How many records are done")
    total: int = told("How many there are")
    counts: tuple[tuple[str, int], ...] = told("How many became what")
    left: tuple[Left, ...] = told("The first records that were not changed")
    who: str = told("Who did it")
    why: str = told("Why; empty where nobody said")
    said: str = told("What was done, in a line")
    can_go_on: bool = told("Whether it can be gone on with")
    is_undoable: bool = told("Whether it can be undone")
    undone_by: int = told("The run that has undone it; 0 where it counts")
    run_url: str = told("The page that names what of it is left to undo")
    continue_url: str = told("Where it is gone on with")
    progress_url: str = told("The same as JSON")
    here_url: str = told("This page")
    back_url: str = told("Where it was asked for")


def bulk_page(asked: Asked, total: int, links: Links) -> BulkPage:
    """The form for *total* records."""
    names = dict.fromkeys(name for fields in FIELDS.values() for name in fields)
    fields = sorted((FieldChoice(name, label_of(name)) for name in names), key=lambda one: one.label.casefold())
    back = links.my_list() if asked.source else links.search(asked.state)
    return BulkPage(
        asked=asked,
        total=total,
        most=MOST,
        of="ids" if asked.ids else asked.source or "search",
        query=asked.state.q,
        fields=tuple(fields),
        actions=tuple(FIELDS),
        hidden=tuple(asked.hidden),
        url=links.bulk("/preview"),
        back_url=back,
    )


def label_of(name: str) -> str:
    """What a field is called on these pages."""
    return LABELS.get(name, name.replace("_", " ").capitalize())


def preview_page(
    asked: Asked, operations: Sequence[Operation], found: Preview, place: str, back: str, links: Links
) -> PreviewPage:
    """What *found* says."""
    typed = [("action", asked.action), ("field", asked.field), ("value", asked.value), ("new", asked.new)]
    words = [("words", "1")] if asked.words else []
    return PreviewPage(
        sentence=said(operations),
        total=found.total,
        affected=len(found.seen),
        unchanged=found.unchanged,
        kept=found.left,
        overrule=asked.overrule,
        first=tuple(planned(plan, links) for plan in found.first),
        held=tuple(planned(plan, links) for plan in found.held),
        hidden=(*asked.hidden, *typed, *words),
        preview=place,
        preview_url=links.bulk("/preview"),
        apply_url=links.bulk("/apply"),
        back_url=back,
    )


def planned(plan: Plan, links: Links) -> Planned:
    """One record of a preview."""
    error, changes = "", tuple[Change, ...]()
    try:
        changes = differences(plan.stored.record, plan.after())
    except InvalidRecord as problem:
        error = str(problem)
    return Planned(
        id=plan.stored.id,
        title=plain_title(plan.stored.record),
        url=links.record(plan.stored.id),
        changes=changes,
        released=tuple(map(label_of, plan.releases)),
        kept=tuple(map(label_of, plan.kept)),
        error=error,
    )


def report_page(run: int, report: Report, library: Library, links: Links) -> ReportPage:
    """What came of a run so far."""
    return ReportPage(
        run=run,
        state=report.state,
        percent=100 * report.done // report.total if report.total else 100,
        done=report.done,
        total=report.total,
        counts=tuple((name, count) for name, count in report.counts.items() if count),
        left=tuple(Left(one.id, links.record(one.id), one.status, one.reason) for one in report.skipped),
        who=report.who,
        why=report.why,
        said=report.said,
        can_go_on=report.can_go_on,
        is_undoable=report.state != "working"
        and not report.undone_by
        and (report.can_go_on or report.counts.get("changed", 0) > 0),
        undone_by=report.undone_by,
        run_url=links.run(run),
        continue_url=links.bulk(f"/{run}/continue"),
        progress_url=links.bulk(f"/{run}.json"),
        here_url=links.bulk(f"/{run}"),
        back_url=report.back or links.review,
    )


def twin(page: ReportPage) -> dict[str, Any]:
    """The report for programs, and for the page that follows it."""
    state = "adding" if page.state == "working" else page.state
    return {
        "run": page.run, "state": state, "percent": page.percent, "done": page.done, "total": page.total,
        "counts": dict(page.counts), "who": page.who, "why": page.why,
        "left": [{"id": one.id, "status": one.status, "reason": one.reason} for one in page.left],
    }  # fmt: skip
