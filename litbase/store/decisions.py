"""Decisions: the half of Store that people decide by; every method says who and why, and can be undone."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, TypeVar

from sqlalchemy.engine import Connection

from litbase.record.keys import KeyPattern
from litbase.record.text import clean
from litbase.store import corrections, edit, judging, merging, states, undoing
from litbase.store.connect import Database
from litbase.store.naming import chunks
from litbase.store.values import Edit, Outcome, Renewed

T = TypeVar("T")
TOGETHER: Final = 200  # records that are decided about in one transaction, at most


class Decisions(ABC):
    """What people decide about records and pairs of records; see `Store`.

    *version* is the one the person saw, None for whichever.  Every method raises NotFound for an unknown record, and
    Conflict when *version* is not the stored one or the record was merged.
    """

    _database: Database
    _pattern: KeyPattern

    @abstractmethod
    def _write(self, action: Callable[[Connection], T]) -> T:
        """What *action* gives, done in one transaction."""

    def edit(
        self,
        record_id: str,
        changed: Mapping[str, Any],
        who: str,
        why: str = "",
        version: int | None = None,
        run: int = 0,
        brings_back: int = 0,
    ) -> Outcome:
        """Decide the value of each field in *changed*, None for nothing, over whatever the sources say.

        A new citation key leaves the old one as an alias.  What is decided in a *run* is undone with it;
        *brings_back* is the version that the record says again.  Raises InvalidRecord for a field that is not edited,
        a value of the wrong form, or a citation key by which another record is found.
        """
        return self._write(
            lambda c: edit.edit(c, self._pattern, record_id, changed, clean(who), clean(why), version, run, brings_back)
        )

    def edit_many(self, edits: Sequence[Edit], *, run: int = 0, who: str, why: str = "") -> list[Outcome]:
        """Decide about many records, as `edit` and `release` do about one; one outcome for each, in their order.

        They are written some hundred at a time, a transaction never working much longer than a quarter of a second.
        No record keeps others from being changed: one that moved on from its version, was merged or is not there is a
        "conflict", one whose values have the wrong form, or a citation key, is "refused".
        """
        outcomes: list[Outcome] = []
        author, note = clean(who), clean(why)
        given = [one._replace(why=clean(one.why)) for one in edits]
        while some := given[len(outcomes) : len(outcomes) + TOGETHER]:
            outcomes += self._edit_some(some, author, note, run)
        return outcomes

    def _edit_some(self, some: Sequence[Edit], who: str, why: str, run: int) -> list[Outcome]:
        return self._write(lambda c: edit.edit_many(c, some, who, why, run))

    def accept(
        self, correction: int, record_id: str, changed: Mapping[str, Any], who: str, note: str, why: str, version: int
    ) -> Outcome:
        """Do what a waiting *correction* asks, as `edit` does with *note*, and decide it for *why*: both or neither.

        Raises Conflict also where somebody has decided the correction before.
        """

        def accepted(connection: Connection) -> Outcome:
            outcome = edit.edit(connection, self._pattern, record_id, changed, clean(who), clean(note), version)
            corrections.decide(connection, correction, "accepted", who, why)
            return outcome

        return self._write(accepted)

    def release(
        self, record_id: str, fields: Iterable[str], who: str, why: str = "", version: int | None = None
    ) -> Outcome:
        """Take the decisions on *fields* back, so that the sources speak again."""
        given = tuple(fields)
        return self._write(lambda c: edit.release(c, record_id, given, clean(who), clean(why), version))

    def confirm(
        self, record_id: str, fields: Iterable[str], who: str, why: str = "", version: int | None = None
    ) -> Outcome:
        """Decide again what is decided of *fields*: what the sources say now is seen, and contradicts it no longer."""
        given = tuple(fields)
        return self._write(lambda c: edit.confirm(c, record_id, given, clean(who), clean(why), version))

    def set_state(self, record_id: str, state: str, who: str, why: str = "", version: int | None = None) -> Outcome:
        """Make a record "public", a "draft" or "withdrawn"; *why* is shown in its place."""
        return self._write(lambda c: states.set_state(c, record_id, state, clean(who), clean(why), version))

    def merge(
        self,
        ids: str | Sequence[str],
        into: str,
        who: str,
        why: str = "",
        choices: Mapping[str, Any] | None = None,
        seen: Mapping[str, int] | None = None,
    ) -> Outcome:
        """Merge records into another, which speaks for all of them from now on; the outcome is the other's.

        Its fields are composed from the readings and decisions of all, its own decisions first; *choices* decide
        fields beside, as `edit` does.  Ids and keys of the merged ones lead to it.  *seen* has the versions the person
        saw.  Raises BadInput for a record and itself.
        """
        merged = [ids] if isinstance(ids, str) else list(ids)
        chosen, versions = choices or {}, seen or {}
        return self._write(lambda c: merging.merge(c, merged, into, chosen, clean(who), clean(why), versions))

    def unmerge(self, record_id: str, who: str, why: str = "", version: int | None = None) -> Outcome:
        """Take a merged record out again: both are as they were, but for what was changed since then.

        What its documents have said since, it takes along.  Raises Conflict when it is not merged.
        """
        return self._write(lambda c: merging.unmerge(c, record_id, clean(who), clean(why), version))

    def judge(
        self,
        record_id: str,
        other_id: str,
        verdict: str,
        who: str,
        why: str = "",
        seen: Mapping[str, int] | None = None,
    ) -> Outcome:
        """Decide how two records belong together: "same", "version", "related", "part-of" or "different".

        It stands above whatever comparing finds, now and later.  Raises BadInput for another verdict.
        """
        versions = seen or {}
        return self._write(lambda c: judging.judge(c, record_id, other_id, verdict, clean(who), clean(why), versions))

    def undo(self, record_id: str, who: str, why: str = "", version: int | None = None, revision: int = 0) -> Outcome:
        """Take the last decision on a record back, or that of one *revision*: an edit, a state, a merge, a verdict.

        What was decided later stands.  Again, it takes back the one before.  Raises BadInput where there is none.
        """
        return self._write(lambda c: undoing.undo(c, record_id, clean(who), clean(why), version, revision))

    def left_to_undo(self, run: int, limit: int) -> list[str]:
        """The ids of the first *limit* records in which undoing *run* would do something; [] where nothing is left.

        Raises NotFound for no such run, BadInput for one that decided about names.
        """
        return self._database.read(lambda c: undoing.touched(c, undoing.meant(c, run), limit))

    def begin_undoing(self, run: int, who: str, why: str = "") -> int:
        """The number of a new run that takes back what *run* did; `undo_run` then does it.

        Raises NotFound for no such run, BadInput where nothing is left to undo.
        """
        return self._write(lambda c: undoing.begin(c, run, clean(who), clean(why)))

    def undo_run(self, number: int, who: str, why: str = "") -> Iterator[Outcome]:
        """Do what the run *number* of `begin_undoing` is to do; one outcome for each record, after its commit.

        Records lose the readings of the run that is undone, and get back those that these had replaced; one that
        nothing else has read is withdrawn, until it is read again.  Decisions of the run are taken back.  Undoing the
        new run lets all that count again.  The *status* of an outcome is "changed", "same", or the new state.
        """
        who, why = clean(who), clean(why)
        task = self._database.read(lambda c: undoing.undoing_of(c, number))
        while ids := self._database.read(lambda c: undoing.touched(c, task)):
            for some in chunks(ids):
                yield from self._undo_some(some, task, who, why)

    def _undo_some(self, ids: Sequence[str], task: undoing.Undoing, who: str, why: str) -> list[Outcome]:
        return self._write(lambda c: undoing.take_back_run(c, ids, task, who, why))

    def renew_keys(self, ids: Sequence[str], run: int, who: str, why: str = "") -> list[Renewed]:
        """Give each of the records *ids* a key by the pattern where it has another; the old one still finds it."""
        return self._write(lambda c: edit.renew_keys(c, self._pattern, ids, run, clean(who), clean(why)))
