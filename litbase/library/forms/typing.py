"""A record typed by hand: it enters the library as a reading of its own, so that it has a source, a run and an undo.

Its source is "typed" and its rank the highest, since somebody looked at the work; what is typed later are decisions.
"""

import hashlib
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from litbase.errors import InvalidRecord, NotSaved
from litbase.library import Library
from litbase.library.matching import linked
from litbase.record.checks import check
from litbase.record.notices import Notice
from litbase.record.record import Record, clean_record, replace, to_json
from litbase.record.text import clean
from litbase.store.values import Incoming, Outcome
from litbase.vocabulary.tidy import tidy

SOURCE: Final = "typed"
RANK: Final = 100
SCHEMES: Final = ("eric", "doi")  # that no two works share


@dataclass(frozen=True, slots=True)
class Known:
    """The record *id* that has the same identifier *value*, which the form holds in its *field*."""

    field: str
    value: str
    id: str
    title: str


def known(library: Library, record: Record, id: str = "") -> tuple[Known, ...]:
    """The records, but for *id*, that have an ERIC number or DOI of *record*, which can be only one work's."""
    found = []
    for scheme in SCHEMES:
        value = getattr(record, scheme)
        for other in library.store.find(scheme, value) if value else ():
            stored = library.store.get(other)
            if stored is not None and other != id and stored.state in ("public", "draft"):
                found.append(Known(scheme, value, other, stored.record.title))
    return tuple(found)


def typed_before(library: Library, record: Record, who: str, entry: str, ids: Iterable[str]) -> str:
    """Which of the records *ids* came of this very form, sent before; "" for none."""
    key = _key(_ready(record)[0], who, entry)
    sent = (
        id for id in ids for reading in library.store.readings(id) if (reading.source, reading.key) == (SOURCE, key)
    )
    return next(sent, "") if entry else ""


def add_typed(library: Library, record: Record, who: str, why: str = "", entry: str = "") -> Outcome:
    """Keep *record*, which *who* typed, and link it to what it is like; what became of it.

    *entry* names one form: the same sent twice is one record.  The outcome is "new", "same" for that, or "changed"
    where an identifier shows it to be a work that is known, to which the reading is added.  Raises InvalidRecord for a
    record with nothing in it.
    """
    record, notices = _ready(record)
    if record == replace(Record(), type=record.type, genre=record.genre):
        raise InvalidRecord("there is nothing in this record to keep", check(record))
    key = _key(record, who, entry)
    incoming = Incoming(record=record, source=SOURCE, key=key, reader=SOURCE, rank=RANK, notices=notices)
    run = library.store.start_run(SOURCE, {"who": who, "why": why})
    [outcome] = library.store.put(linked(library.store, [incoming]), run, who)
    with suppress(NotSaved):  # the record is kept; only the end of the run is not told
        library.store.finish_run(run, {outcome.status: 1})
    return outcome


def _ready(record: Record) -> tuple[Record, tuple[Notice, ...]]:
    """*record* as it is kept, and what was done to it."""
    return tidy(clean_record(replace(record, id="", collection=()))[0])


def _key(record: Record, who: str, entry: str) -> str:
    """The identity of what *who* typed: the form and all that was in it."""
    told = f"{who}\0{entry}\0{to_json(record)}".encode("utf-8", "replace")
    return f"{clean(who)}/{hashlib.sha256(told).hexdigest()[:32]}"
