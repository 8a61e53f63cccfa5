"""Answers: what a store says when it is asked for records, their history and how they hang together."""

from collections.abc import Iterable

from litbase.record.notices import Problem
from litbase.store import linking, proposing, read
from litbase.store.connect import Database
from litbase.store.values import (
    Absent,
    Found,
    MovedTo,
    Proposal,
    Revision,
    Stored,
    StoredEdit,
    StoredLink,
    StoredReading,
    Suspects,
    Verdict,
    Withdrawn,
)


class Answers:
    """The part of a store that is read by id, key, identifier and state.

    Each method is one transaction.  Ids are found in any case.  Raises LibraryError when the database cannot be used.
    """

    _database: Database

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

    def revisions(self, wanted: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Revision]:
        """The changes that made these versions of records, by (id, version); absent ones are left out."""
        pairs = tuple(wanted)
        return self._database.read(lambda c: read.revisions_of(c, pairs))

    def readings(self, record_id: str, undone: bool = False) -> tuple[StoredReading, ...]:
        """What each document says about a record, the newest last; () for an unknown record.

        With *undone* also what runs had read that were undone since.
        """
        return self._database.read(lambda c: read.readings_of(c, record_id, undone))

    def edits(self, record_id: str) -> tuple[StoredEdit, ...]:
        """The decisions in force on a record; () when there are none."""
        return self._database.read(lambda c: read.edits_of(c, record_id))

    def edits_of_many(self, ids: Iterable[str]) -> dict[str, tuple[StoredEdit, ...]]:
        """The decisions in force on each of the records *ids*, as the store spells them; absent ones are left out."""
        wanted = tuple(ids)
        return self._database.read(lambda c: read.edits_of_many(c, wanted))

    def done_in(self, run: int, ids: Iterable[str]) -> set[str]:
        """Those of the records *ids* about which something was decided in *run*, and still counts."""
        wanted = tuple(ids)
        return self._database.read(lambda c: read.done_in(c, run, wanted))

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
