"""Imports: the list of them, and the report of one with a card for each record."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from litbase.library import Library, importing
from litbase.library.findings import Finding, of_json
from litbase.library.importing import ENDED, KEPT, STATUSES, TOLD, ImportEntry, StoredImport
from litbase.library.mending import problems_of
from litbase.library.uploads import LARGEST
from litbase.record.notices import sentence
from litbase.record.record import to_builtins
from litbase.web.links import Links
from litbase.web.views import told
from litbase.web.views.findings import Card, Context, beside_of, card
from litbase.web.views.runs import RunRow, run_rows

PAGE: Final = 50  # cards, and imports of the list
BESIDE: Final = 10  # cards on one page that show the source text beside the record
OPEN: Final = 8  # cards that are open without being asked for
BUSY: Final = ("reading", "adding", "undoing")
ONLY: Final = ("review", "refused")  # what "only those that need review" shows


@dataclass(frozen=True, slots=True)
class Count:
    """One number of the tally."""

    name: str = told("new, review, changed, same, refused or cited; of an undoing what became of records")
    count: int = told("How many")


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One import in the list."""

    nr: int = told("Its number")
    title: str = told("What it is")
    state: str = told("reading, read, adding, added, undoing, undone, dropped, failed or interrupted")
    who: str = told("Who sent it")
    at: str = told("When it was sent, UTC")
    percent: int = told("How much of the work under way is done")
    counts: tuple[Count, ...] = told("What was found, those that are not 0")
    url: str = told("Its report")


@dataclass(frozen=True, slots=True)
class ImportsPage:
    """The list of imports and runs, and the form to send files."""

    url: str = told("Where files are sent")
    largest: str = told("How much can be sent at once")
    problem: str = told("Why nothing could be done, as a sentence; empty when all is well")
    text: str = told("What stands in the box for pasted text")
    imports: tuple[ImportRow, ...] = told("The imports, the newest first")
    total: int = told("How many imports there are")
    page: int = told("Number of this page")
    previous_url: str = told("Newer imports; empty on the first page")
    next_url: str = told("Older imports; empty on the last page")
    runs: tuple[RunRow, ...] = told("The runs, the newest first")
    older_runs_url: str = told("Older runs; empty at the end")
    json_url: str = told("The same as JSON")


@dataclass(frozen=True, slots=True)
class ImportPage:
    """The report of one import."""

    nr: int = told("Its number")
    title: str = told("What it is")
    state: str = told("reading, read, adding, added, undoing, undone, dropped, failed or interrupted")
    was: str = told("What was interrupted: reading, adding or undoing; else the state")
    who: str = told("Who sent it")
    at: str = told("When, UTC")
    took: str = told("How long the work took; empty while it goes on")
    message: str = told("Why it failed or was dropped; empty otherwise")
    percent: int = told("How much of the work under way is done")
    working: bool = told("Whether work is under way, so that the page is to be looked at again")
    waits_for: str = told("What is worked on before it; empty where it does not wait")
    waits_for_url: str = told("The report of that")
    run: int = told("The run that added it; 0 for none")
    keeps: int = told("For how many days it is kept when nobody adds it")
    gone: bool = told("Whether the records of this report were deleted, because it is old")
    told_for: int = told("For how many days they are kept")
    takes_back: bool = told("Whether it takes another run back, and nothing was sent")
    tally: tuple[Count, ...] = told("What was found")
    review: int = told("How many records need review")
    addable: int = told("How many records adding would add or change")
    only: bool = told("Whether only those are shown that need review")
    only_url: str = told("Only those, or all again")
    cards: tuple[Card, ...] = told("The records of this page, those to review first")
    opened: int = told("How many of the first cards are open")
    shown: int = told("How many records there are to show")
    page: int = told("Number of this page")
    pages: int = told("How many pages there are")
    previous_url: str = told("The page before; empty on the first")
    next_url: str = told("The page after; empty on the last")
    actions: str = told("Where forms are posted, to which /add, /drop, /undo or /continue is added")
    list_url: str = told("All imports")
    here_url: str = told("This page, to be looked at again")
    upload_url: str = told("Where more files are sent")
    largest: str = told("How much can be sent at once")
    json_url: str = told("The same as JSON")
    progress_url: str = told("How far it is, as JSON without records")


@dataclass(frozen=True, slots=True)
class EntryPage:
    """One record of an import."""

    title: str = told("What the import is")
    card: Card = told("The record, its source text beside it")
    report_url: str = told("The whole report")
    previous_url: str = told("The record before; empty for the first")
    next_url: str = told("The record after; empty for the last")


def imports_page(
    library: Library, links: Links, number: int = 1, runs_before: int = 0, problem: str = "", text: str = ""
) -> ImportsPage:
    """The list: page *number* of the imports, and the runs before a number, 0 for the last ones."""
    total = library.store.imports.count()
    found = library.store.imports.page(PAGE, (number - 1) * PAGE)
    runs = library.store.imports.runs(PAGE + 1, runs_before)
    more = str(runs[PAGE - 1].id) if len(runs) > PAGE else ""
    return ImportsPage(
        url=links.imports(),
        largest=f"{LARGEST >> 20} MB",
        problem=problem,
        text=text,
        imports=tuple(_row(library, links, one) for one in found),
        total=total,
        page=number,
        previous_url=links.imports(page=str(number - 1)) if number > 1 else "",
        next_url=links.imports(page=str(number + 1)) if number * PAGE < total else "",
        runs=run_rows(library, links, runs[:PAGE]),
        older_runs_url=links.imports(runs=more) + "#runs" if more else "",
        json_url=links.imports(".json"),
    )


def _row(library: Library, links: Links, one: StoredImport) -> ImportRow:
    counts = tuple(count for count in _tally(one, one.counts) if count.count)
    state = importing.state_of(library, one)
    return ImportRow(
        one.nr, title_of(one), state, one.who, one.started_at, _percent(one), counts, links.import_report(one.nr)
    )


def title_of(one: StoredImport) -> str:
    """What an import is called: by its file, or by how many there are."""
    if not one.files:
        return f"Undoing of run {one.run}"
    return f"Import of {one.files[0].name}" if len(one.files) == 1 else f"Import of {len(one.files):,} files"


def _tally(one: StoredImport, counts: dict[str, int]) -> tuple[Count, ...]:
    if not one.files:  # it took another run back
        return tuple(Count(name, one.counts[name]) for name in sorted(one.counts))
    return tuple(Count(name, counts.get(name, 0)) for name in ("new", "review", "changed", "same", "refused", "cited"))


def _percent(one: StoredImport) -> int:
    return min(100, round(100 * one.done / one.total)) if one.total else 0


def import_page(library: Library, links: Links, one: StoredImport, number: int, only: bool) -> ImportPage:
    """The report of an import: page *number* of its records, or of *only* those that need review."""
    state = importing.state_of(library, one)
    there = library.store.imports.counts(one.nr)
    gone = bool(one.files) and not there and state in ENDED and any(one.counts.get(status) for status in STATUSES)
    counts = {"cited": one.counts.get("cited", 0)} | there
    wanted = ONLY if only else STATUSES
    shown = sum(counts.get(status, 0) for status in wanted)
    pages = max(1, -(-shown // PAGE))
    number = min(number, pages)
    entries = library.store.imports.entries(one.nr, wanted, PAGE, (number - 1) * PAGE)
    findings = [(entry, of_json(entry.entry)) for entry in entries]
    context = _context(library, links, one, state, entries, [finding for _, finding in findings])
    beside, before = len(findings) <= BESIDE, importing.waits_for(library, one)
    chosen = "review" if only else ""

    def turned(to: int) -> str:
        return links.import_report(one.nr, only=chosen, page=str(to) if to > 1 else "")

    return ImportPage(
        nr=one.nr,
        title=title_of(one),
        state=state,
        was=one.state,
        who=one.who,
        at=one.started_at,
        took=_took(one) if state in ("read", "added", "undone") else "",
        message=one.message,
        percent=_percent(one),
        working=state in BUSY,
        waits_for=title_of(before) if before else "",
        waits_for_url=links.import_report(before.nr) if before else "",
        run=one.run,
        keeps=KEPT.days,
        gone=gone,
        told_for=TOLD.days,
        takes_back=not one.files,
        tally=_tally(one, one.counts if gone else counts),
        review=counts.get("review", 0),
        addable=sum(counts.get(status, 0) for status in ("review", "new", "changed")),
        only=only,
        only_url=links.import_report(one.nr, only="" if only else "review"),
        cards=tuple(card(finding, entry.ordinal, entry.record_id, context, beside) for entry, finding in findings),
        opened=min(OPEN, sum(finding.status in ONLY for _, finding in findings)),
        shown=shown,
        page=number,
        pages=pages,
        previous_url=turned(number - 1) if number > 1 else "",
        next_url=turned(number + 1) if number < pages else "",
        actions=links.import_report(one.nr),
        list_url=links.imports(),
        here_url=turned(number),
        upload_url=links.imports(),
        largest=f"{LARGEST >> 20} MB",
        json_url=links.import_report(one.nr, ".json", only=chosen, page=str(number) if number > 1 else ""),
        progress_url=links.import_report(one.nr, ".json", records="0"),
    )


def entry_page(library: Library, links: Links, one: StoredImport, ordinal: int) -> EntryPage | None:
    """One record of an import; None for none."""
    entry = library.store.imports.entry(one.nr, ordinal)
    if entry is None:
        return None
    finding = of_json(entry.entry)
    context = _context(library, links, one, importing.state_of(library, one), [entry], [finding])
    after = library.store.imports.statuses(one.nr, [ordinal + 1])
    return EntryPage(
        title=title_of(one),
        card=card(finding, ordinal, entry.record_id, context, beside=True),
        report_url=links.import_report(one.nr),
        previous_url=links.import_entry(one.nr, ordinal - 1) if ordinal else "",
        next_url=links.import_entry(one.nr, ordinal + 1) if after else "",
    )


def _context(
    library: Library, links: Links, one: StoredImport, state: str, entries: Sequence[ImportEntry],
    findings: Sequence[Finding],
) -> Context:  # fmt: skip
    ids_added = [entry.record_id for entry in entries]
    ids = {like.id for finding in findings for like in finding.likenesses[:10] if like.id}
    titles = {id: stored.record.title for id, stored in library.store.get_many(ids).items()}
    is_added = bool(one.run) and state not in ("undone", "undoing")
    several = library.store.imports.several(one.nr, {finding.file for finding in findings})
    there = library.store.get_many({id for id in ids_added if id}) if is_added else {}
    still = {id: {problem.code for problem in problems_of(library, stored)} for id, stored in there.items()}
    return Context(links, one.nr, several, titles, is_added, still)


def _took(one: StoredImport) -> str:
    try:
        seconds = (datetime.fromisoformat(one.finished_at) - datetime.fromisoformat(one.started_at)).total_seconds()
    except ValueError:
        return ""
    return f"{seconds:.1f} s" if seconds < 60 else f"{seconds / 60:,.0f} min"


def twin(library: Library, one: StoredImport, page: ImportPage, with_records: bool = True) -> dict[str, Any]:
    """The report as JSON: its numbers, and the records of this page as the cards show them, with their text."""
    wanted = ONLY if page.only else STATUSES
    most = PAGE if with_records else 0
    entries = library.store.imports.entries(one.nr, wanted, most, (page.page - 1) * PAGE)
    return {
        "nr": page.nr,
        "title": page.title,
        "state": page.state,
        "who": page.who,
        "at": page.at,
        "message": page.message,
        "percent": page.percent,
        "run": page.run,
        "files": [{"name": file.name, "size": file.size, "sha256": file.sha256} for file in one.files],
        "counts": {count.name: count.count for count in page.tally},
        "page": page.page,
        "pages": page.pages,
        "next": page.next_url and page.json_url.partition("?")[0] + "?" + page.next_url.partition("?")[2],
        "records": [_told(of_json(e.entry), e.ordinal, e.record_id, e.status) for e in entries],
    }


def _told(finding: Finding, ordinal: int, record_id: str, status: str) -> dict[str, Any]:
    record = finding.read()
    beside = beside_of(finding, record)
    return {
        "ordinal": ordinal,
        "status": status,
        "id": record_id,
        "file": finding.file,
        "line": finding.line,
        "layout": finding.kind,
        "title": finding.title,
        "problems": [
            {"code": p.code, "field": p.field, "severity": p.severity, "text": sentence(p)} for p in finding.problems
        ],
        "notices": [{"code": n.code, "line": n.line, "text": sentence(n)} for n in finding.notices],
        "leftovers": [{"line": left.line, "text": left.text} for left in finding.leftovers],
        "likenesses": [
            {"id": like.id, "ordinal": like.ordinal, "relation": like.relation,
             "reasons": list(map(sentence, like.reasons))}
            for like in finding.likenesses
        ],
        "record": to_builtins(record) if record else None,
        "source": [{"line": line.number, "parts": [[s.text, s.mark] for s in line.spans]} for line in beside.lines],
        "source_more": beside.more,
    }  # fmt: skip


def list_twin(page: ImportsPage) -> dict[str, Any]:
    """The list as JSON."""
    return {
        "imports": [
            {"nr": one.nr, "title": one.title, "state": one.state, "who": one.who, "at": one.at, "percent": one.percent,
             "counts": {count.name: count.count for count in one.counts}, "url": one.url}
            for one in page.imports
        ],
        "total": page.total,
        "runs": [
            {"run": one.id, "command": one.command, "who": one.who, "at": one.at, "finished": one.finished,
             "counts": dict(one.counts), "undone_by": one.undone_by}
            for one in page.runs
        ],
    }  # fmt: skip
