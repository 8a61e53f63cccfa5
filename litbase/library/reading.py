"""Reading documents into the library: detect the layout, read, tidy, check, match, store, report.

This order is the life of a record; everything up to the store
happens outside the write transaction, and an entry is reported after its commit.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from typing import IO, Any

from litbase.errors import UnknownSource
from litbase.library import Library
from litbase.library.detecting import read
from litbase.library.documents import Answer, Unreadable
from litbase.library.labels import value_label
from litbase.library.lookup import open_given
from litbase.library.matching import linked, named
from litbase.library.network import network
from litbase.record.checks import check
from litbase.record.identifiers import web_address
from litbase.record.notices import Notice, Problem, notice
from litbase.record.reading import Document, Leftover, Reader, Reading, Refusal
from litbase.record.record import Record, clean_record, stated
from litbase.record.text import comparable
from litbase.store.values import Incoming, Outcome, Verdict
from litbase.vocabulary.tidy import tidy

BATCH = 500  # records in one transaction
BATCH_SECONDS = 2.0  # of reading before what is there is stored and reported
UPLOADED = "upload:"  # begins the name of a document that somebody sent; the name says nothing of where it is from
MAX_ITEMS = 200_000  # values of one field
MAX_TEXT = 32_000_000  # characters of one field
INDEXED_TEXT = 1_000_000

Progress = Callable[[int, int, str], None]
"""Called with bytes done (as they lie on the disk), records done and the name of the document."""


@dataclass(frozen=True, slots=True)
class Matched:
    """A likeness found while adding: the other record, how it is related and why."""

    id: str
    relation: str
    reasons: tuple[Notice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What became of one record of one document: new, changed, same or refused; *kind* is the reader's NAME.

    *run* is the number by which all that was added with it can be undone; 0 for what was refused.
    """

    file: str
    line: int
    status: str
    kind: str = ""
    source: str = ""
    id: str = ""
    title: str = ""
    problems: tuple[Problem, ...] = ()
    matches: tuple[Matched, ...] = ()
    notices: tuple[Notice, ...] = ()
    leftovers: tuple[Leftover, ...] = ()
    has: frozenset[str] = frozenset()
    run: int = 0


def add(
    library: Library,
    paths: Sequence[str],
    *,
    stdin: IO[bytes] | None = None,
    dry_run: bool = False,
    progress: Progress | None = None,
    who: str = "",
) -> Iterator[Entry]:
    """Read everything at *paths* into *library*; one Entry for each record, after its commit, and for each refusal.

    A path may be a DOI, ISBN, ERIC number or web address, which is looked up (`lookup.wanted`).  With *dry_run*
    everything is done inside one transaction that is rolled back.
    """
    settings = {"paths": " ".join(paths), "who": who}
    # nobody waits for the network inside a transaction
    documents = open_given(paths, stdin, network(library.settings), ahead=dry_run)
    yield from take(library, documents, "add", settings, dry_run=dry_run, progress=progress, who=who)


def take(
    library: Library,
    documents: Iterable[Document | Unreadable | Answer],
    command: str,
    settings: Mapping[str, str],
    *,
    dry_run: bool = False,
    progress: Progress | None = None,
    who: str = "",
    run: int = 0,
    at_once: int = BATCH,
) -> Iterator[Entry]:
    """Read *documents* into *library*, as `add` does, in a run of *command* with *settings*, or going on with *run*.

    The next document is asked for when all of the one before is stored.  *at_once* records are one transaction.
    """
    store = library.store
    with store.rehearsal() if dry_run else nullcontext():
        run = run or store.start_run(command, settings)
        counts: dict[str, int] = {}
        try:
            for entry in _entries(library, documents, run, progress, who, at_once):
                counts[entry.status] = counts.get(entry.status, 0) + 1
                yield entry
        finally:
            store.finish_run(run, counts)


def _entries(
    library: Library,
    documents: Iterable[Document | Unreadable | Answer],
    run: int,
    progress: Progress | None,
    who: str,
    at_once: int,
) -> Iterator[Entry]:
    progress = progress or _silent
    bytes_done = records_done = 0
    for opened in documents:
        if isinstance(opened, Unreadable):
            yield Entry(file=opened.name, line=1, status="refused", notices=(opened.notice,))
            continue
        answer = opened if isinstance(opened, Answer) else Answer(opened)
        document = answer.document
        waiting: list[Incoming | Entry] = []
        since = time.monotonic()
        for item in prepared(library, answer):
            waiting.append(item)
            if len(waiting) >= at_once or time.monotonic() - since > BATCH_SECONDS:
                yield from _store(library, document, waiting, run, who)
                records_done += len(waiting)
                progress(bytes_done + round(document.size * _share(document, item)), records_done, document.name)
                waiting, since = [], time.monotonic()
        yield from _store(library, document, waiting, run, who)
        records_done += len(waiting)
        bytes_done += document.size
        progress(bytes_done, records_done, document.name)


def _silent(bytes_done: int, records_done: int, name: str) -> None:
    """No progress is shown."""


def _share(document: Document, item: Incoming | Entry) -> float:
    """How far into its document a record stands, 0 to 1."""
    return min(1.0, item.line / (document.line_count + 1))


def prepared(library: Library, answer: Answer) -> Iterator[Incoming | Entry]:
    """The readings in a document, tidied and ready for the store, and an Entry for each refusal; nothing is stored."""
    document = answer.document
    if reason := _unreadable(document):
        yield _refused(document, None, 1, (*document.opened, reason))
        return
    try:
        reader, found = read(answer)
    except UnknownSource as error:
        yield _refused(document, None, 1, (_nobody(error),))
        return
    home = library.store.document_name(document.sha256) or _home(document.name)
    opened, nothing = document.notices, True
    for ordinal, (one, item) in enumerate(found):
        if isinstance(item, Refusal):
            yield _refused(document, one, item.line, (*opened, item.notice), id=item.key, title=item.text[:200])
        else:
            yield _prepared(answer, one, home, ordinal, item, opened)
        opened, nothing = (), False
    if nothing:
        yield _refused(document, reader, 1, (*opened, notice("no-record")))


def _unreadable(document: Document) -> Notice | None:
    if not document.data or document.data.isspace():
        return notice("empty")
    return notice("binary", what=document.binary) if document.binary else None


def _nobody(error: UnknownSource) -> Notice:
    nearest = ", ".join(f"{name} {score}" for name, score in error.candidates[:3]) or "none"
    return notice("ambiguous-source" if len(error.candidates) > 1 else "unknown-source", candidates=nearest)


def _refused(document: Document, reader: Reader | None, line: int, notices: tuple[Notice, ...], **more: Any) -> Entry:
    kind, source = (reader.NAME, reader.SOURCE) if reader else ("", "")
    return Entry(file=document.name, line=line, status="refused", kind=kind, source=source, notices=notices, **more)


def _prepared(
    answer: Answer, reader: Reader, home: str, ordinal: int, reading: Reading, opened: tuple[Notice, ...]
) -> Incoming | Entry:
    document = answer.document
    record, cleaning = clean_record(reading.record)
    record, tidying = tidy(record)
    furniture = (notice("furniture", count=reading.furniture),) if reading.furniture else ()
    notices = (*opened, *reading.notices, *furniture, *cleaning, *tidying, *_long_texts(record))
    if reason := _hopeless(record):
        known = {"id": reading.key, "title": record.title[:200], "leftovers": reading.leftovers}
        return _refused(document, reader, reading.line, (*notices, reason), **known)
    return Incoming(
        record=record,
        source=answer.source or reader.SOURCE,
        key=reading.key or _registered(answer, record) or _own_key(record, home),
        reader=reader.NAME,
        reader_version=reader.VERSION,
        rank=answer.rank or reader.RANK,
        document=document.sha256,
        ordinal=ordinal,
        line=reading.line,
        leftovers=reading.leftovers,
        furniture=reading.furniture,
        notices=notices,
    )


def _hopeless(record: Record) -> Notice | None:
    """Why *record* cannot go in: nothing to know it by, or more values than any work has; None when it can."""
    if not (record.title or record.author or record.abstract or record.eric or record.doi or record.isbn):
        return notice("refused-record", reason="it has no title, no author, no abstract and no identifier")
    for name, value in stated(record).items():
        if isinstance(value, tuple) and len(value) > MAX_ITEMS:
            return _more_than(f"{len(value):,} values of {value_label('field', name)}", MAX_ITEMS)
        if isinstance(value, str) and len(value) > MAX_TEXT:
            return _more_than(f"{value_label('field', name)} has {len(value):,} characters", MAX_TEXT)
    return None


def _more_than(found: str, limit: int) -> Notice:
    return notice("refused-record", reason=f"{found}, at most {limit:,} are accepted")


def _long_texts(record: Record) -> tuple[Notice, ...]:
    return tuple(
        notice("text-indexed-in-part", field=name, label=value_label("field", name), limit=f"{INDEXED_TEXT:,}")
        for name, value in stated(record).items()
        if isinstance(value, str) and len(value) > INDEXED_TEXT
    )


def _registered(answer: Answer, record: Record) -> str:
    """The identity that a service which registers DOIs knows a record by; "" for any other document."""
    return f"doi:{record.doi.lower()}" if answer.source and record.doi else ""


def _own_key(record: Record, home: str) -> str:
    """The identity of a record whose source gives none: its citation key in this file, else title, year and family.

    Two uploads of one name may be different files, so that there the key tells only together with the others.
    """
    if record.citation_key and not home.startswith(UPLOADED):
        return f"key:{home}#{record.citation_key.casefold()}"
    family = record.author[0].surname if record.author else ""
    known = f"{comparable(record.title)}|{record.year or ''}|{comparable(family)}"
    if record.citation_key:
        known = f"{record.citation_key.casefold()}|{known}"
    return "hash:" + hashlib.sha256(known.encode()).hexdigest()[:32]


def _home(name: str) -> str:
    """Where a document lives, the same from every working directory; "-" for standard input."""
    return name if name == "-" or name.startswith(UPLOADED) or web_address(name) else os.path.realpath(name)


def _store(
    library: Library, document: Document, waiting: list[Incoming | Entry], run: int, who: str
) -> Iterator[Entry]:
    batch = [item for item in waiting if isinstance(item, Incoming)]
    if batch:
        library.store.put_document(document.sha256, _home(document.name), document.encoding, document.data)
        batch = linked(library.store, batch)
    outcomes = library.store.put(batch, run, who) if batch else []
    verdicts = library.store.verdicts([outcome.id for item, outcome in zip(batch, outcomes, strict=True) if item.links])
    stored = iter(zip(batch, outcomes, strict=True))
    for item in waiting:
        if isinstance(item, Entry):
            yield item
            continue
        reading, outcome = next(stored)
        record = reading.record
        yield Entry(
            file=document.name,
            line=reading.line,
            status=outcome.status,
            kind=reading.reader,
            source=reading.source,
            id=outcome.id,
            title=record.title,
            problems=check(record),
            matches=tuple(_matches(reading, outcome, outcomes, verdicts)),
            notices=(*reading.notices, *outcome.notices),
            leftovers=reading.leftovers,
            has=frozenset(_has(record)),
            run=run,
        )


def _matches(
    reading: Incoming, outcome: Outcome, outcomes: Sequence[Outcome], verdicts: Mapping[tuple[str, str], Verdict]
) -> Iterator[Matched]:
    """What the record is like, each other record once, as far as people let that stand."""
    for id, link in dict(named(reading, outcome, outcomes)).items():
        verdict = verdicts.get((outcome.id, id))
        if verdict is None:
            yield Matched(id, link.relation, link.reasons)
        elif verdict.verdict != "different":
            yield Matched(id, verdict.verdict, link.reasons)


def _has(record: Record) -> Iterator[str]:
    if record.container_title or record.event_title:
        yield "container"
    for name, value in (("volume", record.volume), ("pages", record.page), ("doi", record.doi)):
        if value:
            yield name
