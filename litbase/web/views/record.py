"""The page of one record: what it says, how complete it is, where it comes from, and what stands near it."""

from collections.abc import Sequence
from dataclasses import dataclass

from litbase.formats import FORMATS
from litbase.library import Library, rights
from litbase.library.disputes import contradictions
from litbase.library.related import Near, neighbours
from litbase.library.values import Stored, StoredReading
from litbase.record.checks import LACKING, check, completeness, pages_agree
from litbase.record.notices import Problem, sentence
from litbase.record.record import Record
from litbase.web.links import Links
from litbase.web.views import told
from litbase.web.views.cite import CitePanel
from litbase.web.views.disputes import DisputeView, dispute_views
from litbase.web.views.head import Head, head
from litbase.web.views.origins import Origin, origins
from litbase.web.views.outward import Way, ways_out
from litbase.web.views.parts import Summary, plain_title, summary
from litbase.web.views.search import Download, download, lacking
from litbase.web.views.sized import page_sized
from litbase.web.views.work import Work, work

CITING_SHOWN = 10  # of the records that cite this one, the rest behind a click
TOLD_ELSEWHERE = frozenset({*LACKING, "container-inferred"})  # by the amber note and by the details


@dataclass(frozen=True, slots=True)
class Related:
    """A record that stands near this one."""

    record: Summary = told("The record")
    relation: str = told("same, version, part-of, has-part, cites, cited-by, related, references or descriptors")
    reasons: tuple[str, ...] = told("Why it stands here, as sentences")


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the completeness panel."""

    field: str = told("The field")
    label: str = told("What it is called")
    filled: bool = told("Whether the record has it")


@dataclass(frozen=True, slots=True)
class Context:
    """The search the reader comes from."""

    q: str = told("The query")
    total: int = told("Records it finds")
    at: int = told("Number of this record among them")
    url: str = told("Back to the page of results")
    previous_url: str = told("The record before; empty for the first")
    next_url: str = told("The record after; empty for the last")


@dataclass(frozen=True, slots=True)
class RecordPage:
    """The page of one record."""

    id: str = told("The record's id")
    plain_title: str = told("The title without markup")
    work: Work = told("What the record says")
    state: str = told("public, or for editors draft or withdrawn")
    reason: str = told("Why it was withdrawn; empty where nobody said")
    came_from: str = told("The id that was asked for, where it was merged into this record; else empty")
    ways: tuple[Way, ...] = told("Links out, best first")
    lacks: tuple[str, ...] = told("What a citation needs and the source does not give: author, date")
    written_after: tuple[str, ...] = told("Days after which it was written, where the source gives no date")
    problems: tuple[str, ...] = told("What is wrong with the record, as sentences")
    fixable: bool = told("Whether some of it can be mended without asking")
    disputes: tuple[DisputeView, ...] = told("Where sources say today what no editor chose, for editors")
    cited_by: tuple[Summary, ...] = told("The records of this library that cite it, the first ten")
    more_cited_by: tuple[Summary, ...] = told("The further ones, at most forty")
    near: tuple[Related, ...] = told("Records near this one, each with reasons, for the JSON twin")
    related: tuple[Related, ...] = told("Those of them that do not only cite it, which are told already")
    checks: tuple[Check, ...] = told("What a record of its type should have")
    filled: int = told("How many of the checks hold")
    pages_agree: tuple[str, str] | None = told("Number of pages and range, where they agree")
    origins: tuple[Origin, ...] = told("Where it was read from")
    downloads: tuple[Download, ...] = told("The record as a file")
    json_url: str = told("The record as JSON")
    cite_url: str = told("Its citations")
    history_url: str = told("What was done to it")
    correct_url: str = told("Where readers say what is wrong with it")
    source_url: str = told("The text it was read from; empty where it was typed in")
    canonical: str = told("Its permanent address")
    head: Head = told("What programs are told of it")
    panel: CitePanel | None = told("Its citation in one style; None for the JSON twin")
    context: Context | None = told("The search the reader comes from; None without one")
    version: int = told("Version of the stored record")
    created_at: str = told("When it came in, UTC")
    updated_at: str = told("When it last changed, UTC")
    record: Record = told("The record itself, as far as it may be shown, for the JSON twin")


def record_page(
    stored: Stored,
    library: Library,
    links: Links,
    context: Context | None = None,
    panel: CitePanel | None = None,
    came_from: str = "",
) -> RecordPage:
    """The page of *stored*, its text cut to what its sources let be shown."""
    whole, allowed = stored.record, rights.shown(stored.record, library.settings)
    record, _ = page_sized(allowed)
    readings, found = library.store.readings(record.id), check(record)
    gauges = tuple(Check(gauge.field, gauge.label, gauge.filled) for gauge in completeness(whole))
    around = neighbours(library, whole)
    near = tuple(_related(one, links) for one in around.near)
    citing = tuple(summary(other, links) for other in around.citing)
    disputed = contradictions(library, record.id)
    return RecordPage(
        id=record.id,
        state=stored.state,
        reason=stored.reason,
        plain_title=plain_title(record),
        work=work(whole, library, links, [notice for reading in readings for notice in reading.notices]),
        came_from=came_from,
        ways=ways_out(record, links),
        lacks=lacking(record),
        written_after=_written_after(readings),
        problems=_problems((*found, *disputed)),
        fixable=any(problem.fixable for problem in found),
        disputes=dispute_views(stored, library, links) if disputed else (),
        cited_by=citing[:CITING_SHOWN],
        more_cited_by=citing[CITING_SHOWN:],
        near=near,
        related=tuple(one for one, other in zip(near, around.near, strict=True) if not other.only_cites),
        checks=gauges,
        filled=sum(gauge.filled for gauge in gauges),
        pages_agree=(str(whole.number_of_pages), whole.page) if pages_agree(whole) else None,
        origins=origins(readings, library.settings),
        downloads=tuple(download(links.record_file(record.id, f.suffix), f) for f in FORMATS),
        json_url=links.record_file(record.id, ".json"),
        cite_url=links.cite(record.id),
        correct_url=links.correct(record.id),
        history_url=links.history(record.id),
        source_url=links.source(record.id) if any(reading.document for reading in readings) else "",
        canonical=links.absolute(links.record(record.id)),
        head=head(record, links, library.settings.name),
        panel=panel,
        context=context,
        version=stored.version,
        created_at=stored.created_at,
        updated_at=stored.updated_at,
        record=allowed,
    )


def _problems(problems: Sequence[Problem]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(sentence(problem) for problem in problems if problem.code not in TOLD_ELSEWHERE))


def _written_after(readings: Sequence[StoredReading]) -> tuple[str, ...]:
    told = (dict(notice.params) for reading in readings for notice in reading.notices if notice.code == "date-after")
    return tuple(dict.fromkeys(params["date"] for params in told if "date" in params))


def _related(near: Near, links: Links) -> Related:
    return Related(summary(near.record, links), near.relation, tuple(sentence(reason) for reason in near.reasons))
