"""A record typed by hand: it enters the library as a reading of its own, so that it has a source, a run and an undo.

Its source is "typed" and its rank the highest, since somebody looked at the work; what is typed later are decisions.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from litbase.errors import InvalidRecord
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


@dataclass(frozen=True, slots=True)
class Known:
    """The record *id* that has the same *value*, an identifier or a citation key, which the form has in *field*."""

    field: str
    value: str
    id: str
    title: str


def known(library: Library, record: Record, id: str = "") -> tuple[Known, ...]:
    """The records, but for *id*, that have the ERIC number, DOI or citation key of *record*, only one record's each."""
    taken = library.store.claims(record, id)
    stored = library.store.get_many([one.id for one in taken]) if taken else {}
    return tuple(Known(*one, stored[one.id].record.title) for one in taken if one.id in stored)


def typed_before(library: Library, record: Record, who: str, entry: str, ids: Iterable[str]) -> str:
    """Which of the records *ids* came of this very form, sent before; "" for none."""
    key = _key(_ready(record)[0], who, entry)
    sent = (
        id for id in ids for reading in library.store.readings(id) if (reading.source, reading.key) == (SOURCE, key)
    )
    return next(sent, "") if entry else ""


def add_typed(library: Library, record: Record, who: str, why: str = "", entry: str = "") -> Outcome:
    """Keep *record*, which *who* typed, and link it to what it is like; what became of it.

    *entry* names one form: the same sent twice is one record, and the outcome then "same", otherwise "new".  Raises
    InvalidRecord for a record with nothing in it, and Conflict where another record is this work by its identifiers,
    or has its citation key.
    """
    record, notices = _ready(record)
    if record == replace(Record(), type=record.type, genre=record.genre):
        raise InvalidRecord("there is nothing in this record to keep", check(record))
    key = _key(record, who, entry)
    incoming = Incoming(record=record, source=SOURCE, key=key, reader=SOURCE, rank=RANK, notices=notices)
    [ready] = linked(library.store, [incoming])
    return library.store.put_alone(ready, SOURCE, {"who": who, "why": why})


def _ready(record: Record) -> tuple[Record, tuple[Notice, ...]]:
    """*record* as it is kept, and what was done to it."""
    return tidy(clean_record(replace(record, id="", collection=()))[0])


def _key(record: Record, who: str, entry: str) -> str:
    """The identity of what *who* typed: the form and all that was in it."""
    told = f"{who}\0{entry}\0{to_json(record)}".encode("utf-8", "replace")
    return f"{clean(who)}/{hashlib.sha256(told).hexdigest()[:32]}"
