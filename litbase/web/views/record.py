"""The page of one record: everything it says, what is missing, where it comes from, and what stands near it."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from litbase.formats import FORMATS
from litbase.library import Library, rights
from litbase.library.labels import value_label
from litbase.library.related import Near, related
from litbase.library.values import Stored, StoredReading
from litbase.record.checks import check, completeness, pages_agree
from litbase.record.identifiers import doi_link
from litbase.record.kinds import kind_of
from litbase.record.notices import Problem, sentence
from litbase.record.record import Record, Reference, to_json
from litbase.web.links import Links, outward
from litbase.web.views import Html, paragraphs, rich, told
from litbase.web.views.details import Row, rows
from litbase.web.views.head import citation_tags, json_ld
from litbase.web.views.outward import Way, ways_out
from litbase.web.views.parts import (
    Badge,
    Linked,
    Place,
    Summary,
    badge,
    dashed,
    foreign,
    person,
    place,
    plain_title,
    summary,
)
from litbase.web.views.search import Download, download, lacking, linked
from litbase.web.views.sized import LeftOut, page_sized

FIND_WORDS = 8  # of a reference's title, for the search that looks for it
TEXTS = ("abstract", "contribution", "method", "outcomes", "body")
TELLING = frozenset({"date-after"})  # notices that say what is known of a missing date
TOLD_ELSEWHERE = frozenset({"missing", "container-inferred"})  # by the amber note and by the details


@dataclass(frozen=True, slots=True)
class Text:
    """One text of the record."""

    name: str = told("abstract, summary, contribution, method, outcomes or article")
    paragraphs: tuple[Html, ...] = told("Its paragraphs")
    by: str = told("Who wrote it, as the source signs it; empty where it does not")
    cut: bool = told("Whether only its beginning may be shown")


@dataclass(frozen=True, slots=True)
class ReferenceView:
    """One entry of the reference list."""

    text: str = told("The entry as it is written")
    kind: str = told("Where the link goes: doi, page, record or find")
    url: str = told("The link")
    notices: tuple[str, ...] = told("What is odd about it")


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
class Origin:
    """One document the record was read from."""

    source: str = told("The source, as people call it")
    read_at: str = told("When, UTC")
    document: str = told("Name of the file; empty where it is not kept")
    line: int = told("Line on which the record begins")
    notices: tuple[str, ...] = told("What the reader noticed, as sentences")
    leftovers: tuple[tuple[int, str], ...] = told("Lines it did not understand: number and text")


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
    title: Html = told("The title; first words where it has none")
    plain_title: str = told("The title without markup")
    untitled: bool = told("Whether it has no title")
    language: str = told("Language of the title as a tag; empty for English")
    badge: Badge = told("Its type")
    date: str = told("Its date in words; empty when undated")
    numbers: tuple[str, ...] = told("Accession number or session code")
    authors: tuple[Linked, ...] = told("Authors, else editors; () when the source names neither")
    editors: bool = told("Whether these are editors")
    others: bool = told("Whether the source left authors out")
    place: Place = told("Where it appeared")
    ways: tuple[Way, ...] = told("Links out, best first")
    lacks: tuple[str, ...] = told("What a citation needs and the source does not give: author, date")
    lacks_told: tuple[str, ...] = told("What the readers could tell about that")
    problems: tuple[str, ...] = told("What is wrong with the record, as sentences")
    texts: tuple[Text, ...] = told("Abstract, contribution, article")
    descriptors: tuple[Linked, ...] = told("Terms of the thesaurus")
    main_descriptors: frozenset[str] = told("Those of them that are its main subjects")
    keywords: tuple[Linked, ...] = told("Free subject words")
    rows: tuple[Row, ...] = told("The details")
    left_out: tuple[LeftOut, ...] = told("What is too long for a page")
    references: tuple[ReferenceView, ...] = told("Its reference list")
    related: tuple[Related, ...] = told("Records near this one, each with reasons")
    checks: tuple[Check, ...] = told("What a record of its type should have")
    filled: int = told("How many of the checks hold")
    pages_agree: tuple[str, str] | None = told("Number of pages and range, where they agree")
    origins: tuple[Origin, ...] = told("Where it was read from")
    downloads: tuple[Download, ...] = told("The record as a file")
    json_url: str = told("The record as JSON")
    cite_url: str = told("Its citations")
    history_url: str = told("What was done to it")
    canonical: str = told("Its permanent address")
    tags: tuple[tuple[str, str], ...] = told("citation_* tags")
    json_ld: dict[str, Any] = told("The record in schema.org's words")
    context: Context | None = told("The search the reader comes from; None without one")
    version: int = told("Version of the stored record")
    created_at: str = told("When it came in, UTC")
    updated_at: str = told("When it last changed, UTC")
    record: dict[str, Any] = told("The record itself, for the JSON twin")


def record_page(stored: Stored, library: Library, links: Links, context: Context | None = None) -> RecordPage:
    """The page of *stored*, its text cut to what its sources let be shown."""
    whole, allowed = stored.record, rights.shown(stored.record, library.settings)
    record, left_out = page_sized(allowed)
    readings = library.store.readings(record.id)
    gauges = tuple(Check(gauge.field, gauge.label, gauge.filled) for gauge in completeness(whole))
    marks = [mark for mark in record.marks if mark.field == "title"]
    return RecordPage(
        id=record.id,
        title=rich(record.title, marks, (), dashed(record)) if record.title else rich(plain_title(record)),
        plain_title=plain_title(record),
        untitled=not record.title,
        language=foreign(record),
        badge=badge(kind_of(record)),
        date=record.issued.display if record.issued else "",
        numbers=tuple(filter(None, (f"ERIC {record.eric}" if record.eric else "", record.session))),
        authors=tuple(person(name, links) for name in record.author or record.editor),
        editors=bool(record.editor and not record.author),
        others=record.others,
        place=place(record, links),
        ways=ways_out(record),
        lacks=lacking(record),
        lacks_told=tuple(dict.fromkeys(sentence(n) for r in readings for n in r.notices if n.code in TELLING)),
        problems=_problems((*check(whole), *library.store.problems(record.id))),
        texts=tuple(text for name in TEXTS if (text := _text(record, name, allowed.body != whole.body))),
        descriptors=linked(record.descriptors, "descriptor", links),
        main_descriptors=frozenset(record.major_descriptors),
        keywords=linked(record.keywords, "descriptor", links),
        rows=rows(record, links),
        left_out=left_out,
        references=tuple(_reference(one, links, library.store.find) for one in record.references),
        related=tuple(_related(near, links) for near in related(library, whole)),
        checks=gauges,
        filled=sum(gauge.filled for gauge in gauges),
        pages_agree=(str(whole.number_of_pages), whole.page) if pages_agree(whole) else None,
        origins=tuple(_origin(reading) for reading in readings),
        downloads=tuple(download(links.record_file(record.id, f.suffix), f) for f in FORMATS),
        json_url=links.record_file(record.id, ".json"),
        cite_url=links.cite(record.id),
        history_url=links.history(record.id),
        canonical=links.absolute(links.record(record.id)),
        tags=citation_tags(record, links),
        json_ld=json_ld(record, links),
        context=context,
        version=stored.version,
        created_at=stored.created_at,
        updated_at=stored.updated_at,
        record=json.loads(to_json(allowed)),
    )


def _problems(problems: Sequence[Problem]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(sentence(problem) for problem in problems if problem.code not in TOLD_ELSEWHERE))


def _text(record: Record, name: str, cut: bool) -> Text | None:
    text = getattr(record, name)
    if not text:
        return None
    marks = [mark for mark in record.marks if mark.field == name]
    called = {"abstract": "summary" if "vufind" in record.collection else "abstract", "body": "article"}.get(name, name)
    by = record.abstractor if name == "abstract" else ""
    return Text(called, paragraphs(text, marks, dashed(record)), by, cut and name == "body")


def _reference(reference: Reference, links: Links, find: Callable[[str, str], tuple[str, ...]]) -> ReferenceView:
    notices = tuple(sentence(notice) for notice in reference.notices)
    parsed = reference.parsed
    if parsed is None:
        return ReferenceView(reference.text, "", "", notices)
    if parsed.doi and (ids := find("doi", parsed.doi)):
        return ReferenceView(reference.text, "record", links.record(ids[0]), notices)
    if parsed.doi:
        return ReferenceView(reference.text, "doi", doi_link(parsed.doi), notices)
    if url := outward(parsed.url):
        return ReferenceView(reference.text, "page", url, notices)
    if not parsed.title:
        return ReferenceView(reference.text, "", "", notices)
    words = " ".join(parsed.title.replace('"', " ").split()[:FIND_WORDS])
    return ReferenceView(reference.text, "find", links.typed(f'title:"{words}"'), notices)


def _related(near: Near, links: Links) -> Related:
    return Related(summary(near.record, links), near.relation, tuple(sentence(reason) for reason in near.reasons))


def _origin(reading: StoredReading) -> Origin:
    return Origin(
        source=value_label("collection", reading.source),
        read_at=reading.read_at,
        document=reading.document_name.rsplit("/", 1)[-1],
        line=reading.line,
        notices=tuple(dict.fromkeys(sentence(notice) for notice in reading.notices)),
        leftovers=tuple((left.line, left.text) for left in reading.leftovers),
    )
