"""Store: the front of this room; one object for a database, used from any thread."""

import threading
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, TypeVar

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from litbase.record.keys import DEFAULT_PATTERN, KeyPattern, key_pattern
from litbase.record.record import Record
from litbase.record.text import clean
from litbase.store import changes, read, write
from litbase.store import thesaurus as thesauri
from litbase.store.accounts import Accounts
from litbase.store.answers import Answers
from litbase.store.audit import Audit, Deed, append
from litbase.store.claims import Claim, claims, put_alone
from litbase.store.connect import Database, database
from litbase.store.corrections import Corrections
from litbase.store.decisions import Decisions
from litbase.store.drafts import Drafts
from litbase.store.entry import now
from litbase.store.faults import Fault, faults, public_ids
from litbase.store.imports import Imports
from litbase.store.lists import Lists
from litbase.store.naming import chunks
from litbase.store.opening import ready
from litbase.store.plain import Plain
from litbase.store.postgresql import alone
from litbase.store.schema import documents, runs
from litbase.store.searches import Searches
from litbase.store.values import Incoming, Outcome, StoredDocument
from litbase.store.variants import Joins
from litbase.vocabulary.thesaurus import Thesaurus
from litbase.vocabulary.variants import Variants

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
    backups: Path | None = None,
) -> "Store":
    """The store at *url*; see `litbase.store.open_store`."""
    keys = key_pattern(pattern)
    opened = database(url, create, allow_network_disk=allow_network_disk, connect_args=connect_args)
    try:
        ready(opened, create, backups=backups)
    except BaseException:
        opened.close()
        raise
    return Store(opened, keys)


class Store(Answers, Decisions):
    """Every record, every reading it was made from and every decision about it.

    Each method is one transaction; one that writes returns after its commit.  Ids are found in any case.  Raises
    LibraryError when the database cannot be used.
    """

    def __init__(self, opened: Database, pattern: KeyPattern):
        self._database = opened
        self._pattern = pattern
        self.accounts = Accounts(opened)
        self.audit = Audit(opened)
        self.corrections = Corrections(opened)
        self.joins = Joins(opened)
        self.imports = Imports(opened)
        self.drafts = Drafts(opened)
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
        given = dict(settings or {})
        return self._write(lambda c: _start_run(c, command, given))

    def finish_run(self, run: int, counts: Mapping[str, int]) -> None:
        """Note that a run has ended, and what came of it."""
        self._write(lambda c: _finish_run(c, run, counts))

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

    def put_alone(self, incoming: Incoming, command: str, settings: Mapping[str, str]) -> Outcome:
        """Keep a reading as a record of its own, in a run of its own; all of it, or nothing when this raises.

        *settings* of the run say "who".  The same reading again is the "same" record, or brings it back.  Raises
        Conflict where another record has its ERIC number, DOI or citation key, or is shown to be the same work.
        """
        prepared, given = write.prepare(incoming), dict(settings)

        def whole(connection: Connection) -> Outcome:
            run = _start_run(connection, command, given)
            outcome = put_alone(connection, prepared, run, clean(given.get("who", "")), self._pattern)
            _finish_run(connection, run, {outcome.status: 1})
            return outcome

        return self._write(whole)

    def claims(self, record: Record, but: str = "") -> tuple[Claim, ...]:
        """What of *record* can be only one record's and is another's than *but*: ERIC number, DOI, citation key."""
        return self._database.read(lambda c: claims(c, record, but))

    def foresee(self, batch: Sequence[Incoming]) -> list[Outcome]:
        """What `put` would make of *batch* now; nothing is written, and no writer waits.

        A new record has the id it would get.
        """
        prepared = [write.prepare(incoming) for incoming in batch]
        return self._database.read(lambda c: write.foresee(c, prepared, self._pattern))

    @contextmanager
    def rehearsal(self) -> Iterator[None]:
        """A stretch in which everything this thread writes is undone at its end; other writers wait for it."""
        self._flush()
        with self._database.rehearsal():
            yield

    @contextmanager
    def acting(self, origin: str) -> Iterator[None]:
        """A stretch in which what this thread writes is done from the network address *origin*, as the log will say."""
        with self._database.acting(origin):
            yield

    @property
    def origin(self) -> str:
        """The network address that this thread acts from, "" for none."""
        return self._database.origin

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

    def thesaurus(self) -> Thesaurus:
        """The thesaurus, read again only when another epoch has begun; an empty one where none was loaded."""

        def current(connection: Connection) -> tuple[str, Thesaurus]:
            epoch = thesauri.epoch(connection)
            if self._thesaurus is not None and self._thesaurus[0] == epoch:
                return self._thesaurus
            return epoch, thesauri.get(connection)

        self._thesaurus = self._database.read(current)
        return self._thesaurus[1]

    def variants(self) -> Variants:
        """Which printed forms of names people joined; false where none are."""
        return self.joins.variants()

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

    @property
    def is_shared(self) -> bool:
        """Whether processes on other machines may have it open too (PostgreSQL)."""
        return not self._database.is_sqlite

    @contextmanager
    def alone(self, name: str, timeout: float = 0.0) -> Iterator[bool]:
        """Hold, of a shared store, the lock *name* inside the block; False when any process has it for *timeout* s."""
        with alone(self._database.engine, f"{self.mark()[0]} {name}", timeout) as held:
            yield held

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


def _start_run(connection: Connection, command: str, given: Mapping[str, str]) -> int:
    row = {"command": clean(command), "settings": _json(given), "started_at": now()}
    run = int(connection.execute(runs.insert().values(row).returning(runs.c.id)).scalar_one())
    append(connection, [Deed(given.get("who", ""), "run-started", str(run), detail={"command": command})])
    return run


def _finish_run(connection: Connection, run: int, counts: Mapping[str, int]) -> None:
    row = {"finished_at": now(), "counts": _json(dict(counts))}
    of_run = sa.select(runs.c.settings).where(runs.c.id == run)
    given = msgspec.json.decode(connection.scalar(of_run) or "{}", type=dict[str, Any])
    connection.execute(runs.update().where(runs.c.id == run).values(row))
    append(connection, [Deed(str(given.get("who", "")), "run-finished", str(run), detail=counts)])


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
