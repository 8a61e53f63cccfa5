"""Store: the front of this room; one object for a database, used from any thread."""

import threading
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final, TypeVar

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from litbase.record.keys import DEFAULT_PATTERN, KeyPattern, key_pattern
from litbase.record.notices import Problem
from litbase.record.text import clean
from litbase.store import changes, linking, proposing, read, write
from litbase.store import thesaurus as thesauri
from litbase.store.connect import Database, database
from litbase.store.decisions import Decisions
from litbase.store.entry import now
from litbase.store.faults import Fault, faults, public_ids
from litbase.store.lists import Lists
from litbase.store.naming import chunks
from litbase.store.opening import ready
from litbase.store.plain import Plain
from litbase.store.schema import documents, runs
from litbase.store.searches import Searches
from litbase.store.values import (
    Absent,
    Found,
    Incoming,
    MovedTo,
    Outcome,
    Proposal,
    Revision,
    Stored,
    StoredDocument,
    StoredEdit,
    StoredLink,
    StoredReading,
    Suspects,
    Verdict,
    Withdrawn,
)
from litbase.vocabulary.thesaurus import Thesaurus

T = TypeVar("T")
LARGEST_DOCUMENT: Final = 64 << 20  # bytes; of a larger one only name, size and hash are kept
WAITING: Final = 8 << 20  # compressed bytes of documents that wait for the next write


def open_store(
    url: str,
    create: bool = False,
    *,
    allow_network_disk: bool = False,
    connect_args: Mapping[str, object] | None = None,
    pattern: str = DEFAULT_PATTERN,
) -> "Store":
    """The store at *url*; see `litbase.store.open_store`."""
    keys = key_pattern(pattern)
    opened = database(url, create, allow_network_disk=allow_network_disk, connect_args=connect_args)
    try:
        ready(opened, create)
    except BaseException:
        opened.close()
        raise
    return Store(opened, keys)


class Store(Decisions):
    """Every record, every reading it was made from and every decision about it.

    Each method is one transaction; one that writes returns after its commit.  Ids are found in any case.  Raises
    LibraryError when the database cannot be used.
    """

    def __init__(self, opened: Database, pattern: KeyPattern):
        self._database = opened
        self._pattern = pattern
        self.lists = Lists(opened)
        self.plain = Plain(opened)
        self.searches = Searches(opened)
        self._waiting: dict[str, dict[str, Any]] = {}
        self._lock = threading.Lock()
        self._thesaurus: tuple[str, Thesaurus] | None = None  # and the epoch it belongs to

    def close(self) -> None:
        """Write what waits and give the connections back."""
        self._flush()
        self._database.close()

    # runs and documents

    def start_run(self, command: str, settings: Mapping[str, str] | None = None) -> int:
        """Note that a command begins; the number of the run."""
        row = {"command": clean(command), "settings": _json(dict(settings or {})), "started_at": now()}
        return self._write(lambda c: int(c.execute(runs.insert().values(row).returning(runs.c.id)).scalar_one()))

    def finish_run(self, run: int, counts: Mapping[str, int]) -> None:
        """Note that a run has ended, and what came of it."""
        row = {"finished_at": now(), "counts": _json(dict(counts))}
        self._write(lambda c: c.execute(runs.update().where(runs.c.id == run).values(row)))

    def put_document(self, sha256: str, name: str, encoding: str, data: bytes) -> None:
        """Keep a document; one that is known already stays as it is.

        It is written with the next `put`, or at the latest with `finish_run` or `close`.
        """
        known = sa.select(documents.c.sha256).where(documents.c.sha256 == sha256)
        if sha256 in self._waiting or self._database.read(lambda c: c.scalar(known)):
            return
        content = zlib.compress(data) if len(data) <= LARGEST_DOCUMENT else None
        row = {"sha256": sha256, "name": clean(name), "encoding": encoding, "size": len(data), "content": content}
        with self._lock:
            self._waiting[sha256] = {**row, "added_at": now()}
            full = sum(len(row["content"] or b"") for row in self._waiting.values()) > WAITING
        if full or self._database.rehearsing:
            self._flush()

    def document(self, sha256: str) -> StoredDocument | None:
        """The document with this hash; None when it is not in the store."""
        if sha256 in self._waiting:
            self._flush()
        return self._database.read(lambda c: read.document(c, sha256))

    def document_name(self, sha256: str) -> str:
        """The name the document with this hash was first read under; "" when it is not in the store."""
        if sha256 in self._waiting:
            return str(self._waiting[sha256]["name"])
        return self._database.read(lambda c: read.document_name(c, sha256))

    # writing

    def put(self, batch: Sequence[Incoming], run: int, who: str = "") -> list[Outcome]:
        """What became of each reading of *batch*, in its order; all of it durable, or none when this raises.

        A reading of a known (source, key), or with a strong identifier of a known record, adds to that record; any
        other makes a new one.  The same readings again write nothing.  A record beyond 32 MB is refused.
        """
        prepared = [write.prepare(incoming) for incoming in batch]
        return self._write(lambda c: write.put(c, prepared, run, clean(who), self._pattern))

    @contextmanager
    def rehearsal(self) -> Iterator[None]:
        """A stretch in which everything this thread writes is undone at its end; other writers wait for it."""
        self._flush()
        with self._database.rehearsal():
            yield

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """A stretch in which this thread reads one state of the store, and more cheaply; it writes nothing there."""
        with self._database.snapshot():
            yield

    def put_thesaurus(self, thesaurus: Thesaurus, name: str = "") -> bool:
        """Keep *thesaurus* as the one of this store and begin an epoch; False, and nothing changes, for the same again.

        *name* says where it is from.
        """
        return self._write(lambda c: thesauri.put(c, thesaurus, name))

    # reading

    def thesaurus(self) -> Thesaurus:
        """The thesaurus, read again only when another epoch has begun; an empty one where none was loaded."""

        def current(connection: Connection) -> tuple[str, Thesaurus]:
            epoch = thesauri.epoch(connection)
            if self._thesaurus is not None and self._thesaurus[0] == epoch:
                return self._thesaurus
            return epoch, thesauri.get(connection)

        self._thesaurus = self._database.read(current)
        return self._thesaurus[1]

    def get(self, record_id: str) -> Stored | None:
        """The record, in whatever state; None when there is none."""
        return self._database.read(lambda c: read.get(c, record_id))

    def get_many(self, ids: Iterable[str]) -> dict[str, Stored]:
        """The records *ids*, spelled as the store spells them, by id and in that order; absent ones are left out."""
        wanted = tuple(ids)
        return self._database.read(lambda c: read.get_many(c, wanted))

    def resolve(self, record_id: str) -> Found | MovedTo | Withdrawn | Absent:
        """What became of the record once known by this id."""
        return self._database.read(lambda c: read.resolve(c, record_id))

    def resolve_key(self, key: str) -> str | None:
        """The id of the record that is or was cited as *key*; None for none."""
        return self._database.read(lambda c: read.resolve_key(c, key))

    def find(self, scheme: str, value: str) -> tuple[str, ...]:
        """The ids of the records with an identifier ("doi", "isbn", "issn", "eric", "url"), public ones first."""
        return self._database.read(lambda c: read.find(c, scheme, value))

    def candidates(self, block_keys: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """The ids of the records under each block key of `record.match`; keys without any are left out."""
        wanted = tuple(block_keys)
        return self._database.read(lambda c: read.candidates(c, wanted))

    def history(self, record_id: str) -> tuple[Revision, ...]:
        """Every change of a record, the first first; () for an unknown record."""
        return self._database.read(lambda c: read.history(c, record_id))

    def readings(self, record_id: str, undone: bool = False) -> tuple[StoredReading, ...]:
        """What each document says about a record, the newest last; () for an unknown record.

        With *undone* also what runs had read that were undone since.
        """
        return self._database.read(lambda c: read.readings_of(c, record_id, undone))

    def edits(self, record_id: str) -> tuple[StoredEdit, ...]:
        """The decisions in force on a record; () when there are none."""
        return self._database.read(lambda c: read.edits_of(c, record_id))

    def provenance(self, record_id: str) -> dict[str, str]:
        """The source of each field of a record, "edit" for a decided one.  Raises NotFound."""
        return self._database.read(lambda c: read.entry(c, record_id)).composed().provenance

    def problems(self, record_id: str) -> tuple[Problem, ...]:
        """Where sources contradict the decisions on a record ("edit-contradicted"); () for an unknown one."""
        return self._database.read(lambda c: read.problems(c, record_id))

    def links(self, record_id: str) -> tuple[StoredLink, ...]:
        """The likenesses of a record to others and who cites whom, by the other's id, from whichever side it was found.

        A likeness is as a person judged it; there is none to what a person set apart.
        """
        stored = self.get(record_id)
        return self.links_of([stored.id])[stored.id] if stored else ()

    def links_of(self, ids: Iterable[str]) -> dict[str, tuple[StoredLink, ...]]:
        """The `links` of each of the records *ids*, spelled as the store spells them."""
        wanted = tuple(dict.fromkeys(ids))
        return self._database.read(lambda c: linking.links_of(c, wanted))

    def verdicts(self, ids: Iterable[str]) -> dict[tuple[str, str], Verdict]:
        """What people decided about pairs of one of *ids* and another record, by (that one, the other)."""
        wanted = tuple(dict.fromkeys(ids))
        return self._database.read(lambda c: linking.verdicts_of(c, wanted))

    def suspects(self, limit: int, offset: int = 0) -> list[Suspects]:
        """Pairs of public or draft records that may be one work and that nobody has judged, the most likely first."""
        return self._database.read(lambda c: linking.suspects(c, limit, offset))

    def suspects_count(self) -> int:
        """How many such pairs there are."""
        return self._database.read(linking.suspects_count)

    def proposals(self, pairs: Iterable[tuple[str, str]], into: str = "") -> list[Proposal]:
        """What merging each of *pairs* comes to, into the better known of the two unless *into* names one.

        Ids are spelled as the store spells them; a pair of which one is absent is left out.
        """
        wanted = tuple(pairs)
        return self._database.read(lambda c: proposing.propose(c, wanted, into))

    def merged_into(self, record_id: str) -> tuple[Stored, ...]:
        """The records that were merged into this one, as they were then; () for none."""
        return self._database.read(lambda c: read.merged_into(c, record_id))

    def scan(self, after: str = "", limit: int = 500, state: str = "public") -> list[Stored]:
        """The next *limit* records in *state* ("" for any) by id, beyond the id *after*; [] at the end."""
        return self._database.read(lambda c: read.scan(c, after, limit, state))

    def count(self, cited: bool = False) -> int:
        """How many public records there are, with cited works or without."""
        return self._database.read(lambda c: read.count(c, cited))

    def recent(self, n: int) -> list[Stored]:
        """The *n* public records added last, the newest first, without cited works."""
        return self._database.read(lambda c: read.recent(c, n))

    def recent_ids(self, n: int, offset: int = 0) -> list[str]:
        """The ids of the *n* records added last, from the *offset*-th on, whatever they are; [] at the end."""
        return self._database.read(lambda c: read.recent_ids(c, n, offset))

    def added_since(self, instant: str, n: int) -> list[tuple[str, str]]:
        """(instant at which it was added, id) of the *n* public records added last, after *instant*; newest first."""
        return self._database.read(lambda c: read.added_since(c, instant, n))

    def added(self, ids: Iterable[str]) -> list[tuple[str, str]]:
        """(instant at which it was added, id) of each of the records *ids*, the newest first, as `recent` has them."""
        wanted = tuple(ids)
        return self._database.read(lambda c: read.added(c, wanted))

    def every_nth(self, n: int) -> list[str]:
        """The first id of all records, whatever their state, and every *n*-th one after it; [] for an empty store."""
        return self._database.read(lambda c: read.every_nth(c, n))

    def dated(self, first: str, n: int) -> list[tuple[str, str]]:
        """(id, instant of the last change) of the public works among the *n* records from the id *first* on, by id."""
        return self._database.read(lambda c: read.dated(c, first, n))

    # following

    def mark(self) -> tuple[str, str, int]:
        """(store id, epoch, number of the last change)."""
        return self._database.read(changes.mark)

    def changes(self, since: int, limit: int = 500) -> list[tuple[int, str]]:
        """(change, id) of the first *limit* records changed after *since*, ascending; each record once."""
        return self._database.read(lambda c: changes.since(c, since, limit))

    def count_changes(self, since: int) -> int:
        """How many records changed after *since*."""
        return self._database.read(lambda c: changes.count_since(c, since))

    def new_epoch(self) -> str:
        """Begin an epoch, so that every index is built anew (after a restore or a copy); its name."""
        return self._database.write(changes.new_epoch)

    def integrity(self) -> tuple[str, ...]:
        """What the database finds wrong with itself; () when it is sound, or checks itself (PostgreSQL)."""
        if not self._database.is_sqlite:
            return ()
        return self._database.read(read.integrity)

    def faults(self, progress: Callable[[int], None] = lambda done: None) -> Iterator[Fault]:
        """Everything that contradicts what writing promises, found by reading all; *progress* hears of records read."""
        return faults(self._database, progress)

    def public_ids(self, after: str = "", limit: int = 5_000) -> list[str]:
        """The next *limit* ids of public records beyond the id *after*, read without the records; [] at the end."""
        return self._database.read(lambda c: public_ids(c, after, limit))

    def _write(self, action: Callable[[Connection], T]) -> T:
        """The answer of *action*, with the documents that wait written before it in the same transaction."""
        with self._lock:
            waiting = dict(self._waiting)

        def whole(connection: Connection) -> T:
            _add_documents(connection, waiting)
            return action(connection)

        answer = self._database.write(whole)
        with self._lock:
            for sha256 in waiting:
                self._waiting.pop(sha256, None)
        return answer

    def _flush(self) -> None:
        if self._waiting:
            self._write(lambda _: None)


def _add_documents(connection: Connection, rows: Mapping[str, dict[str, Any]]) -> None:
    for some in chunks(rows):
        query = sa.select(documents.c.sha256).where(documents.c.sha256.in_(some))
        known = set(connection.scalars(query))
        if new := [rows[sha256] for sha256 in some if sha256 not in known]:
            connection.execute(documents.insert(), new)


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
