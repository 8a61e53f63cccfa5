"""Any sequence of adding, deciding and undoing: nothing acknowledged is lost, undo restores, every name resolves."""

import contextlib
from collections.abc import Callable
from typing import NamedTuple

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from litbase.errors import BadInput, Conflict
from litbase.record.names import Name
from litbase.record.record import Record, to_json
from litbase.store import Found, Incoming, Link, MovedTo, Outcome, Withdrawn, open_store
from litbase.store.entry import load
from litbase.store.judging import VERDICTS
from tests.amount import amount
from tests.store.conftest import new_schema

place = st.integers(0, 7)
field = st.sampled_from(["title", "volume", "issue", "doi"])
value = st.sampled_from([None, "1", "2", "10.1000/a", "10.1000/b"])
choices = st.dictionaries(field, value, max_size=2)
reading = st.builds(
    Incoming,
    record=st.builds(
        Record,
        type=st.just("article-journal"),
        title=st.sampled_from(["Learning to Teach", "Learning to Teach in Cities", "Schools in Context"]),
        author=st.just((Name(family="Doe", given="Ann"),)),
        volume=st.sampled_from(["", "1", "2"]),
        issue=st.sampled_from(["", "8"]),
        doi=st.sampled_from(["", "", "", "10.1000/a", "10.1000/b"]),
        citation_key=st.sampled_from(["", "", "own"]),
    ),
    source=st.sampled_from(["eric", "vufind"]),
    key=st.sampled_from("abcdef"),
    reader=st.just("r"),
    reader_version=st.integers(1, 2),
    rank=st.sampled_from([50, 70]),
    document=st.sampled_from(["d1", "d2"]),
    ordinal=st.integers(0, 1),
    links=st.lists(
        st.builds(Link, target=st.just(0), relation=st.sampled_from(["same", "version", "related"]),
                  score=st.just(0.9)), max_size=1,
    ).map(tuple),
)  # fmt: skip


class Act(NamedTuple):
    """What a decision is made of; each kind takes its part."""

    other: int
    changed: dict[str, str | None]
    state: str
    key: str | None
    verdict: str


acts = st.builds(
    Act, place, choices, st.sampled_from(["public", "draft", "withdrawn"]), st.sampled_from(["k1", "K1", "k2", None]),
    st.sampled_from(VERDICTS),
)  # fmt: skip


def changes(before: dict[str, object], after: dict[str, object]) -> list[tuple[str, object, object]]:
    """(id, before, after) of what is not the same."""
    return [(i, before.get(i), after.get(i)) for i in {**before, **after} if before.get(i) != after.get(i)]


class Decisions(RuleBasedStateMachine):
    """One store, and what was acknowledged."""

    new_store: Callable[[], str]

    def __init__(self) -> None:
        super().__init__()
        self.store = open_store(self.new_store(), create=True)
        self.home: dict[tuple[str, str], str] = {}  # of each (source, key)
        self.ids: list[str] = []
        self.keys: dict[str, str] = {}  # every key there ever was, in small letters, and whose it was
        self.versions: dict[str, int] = {}
        self.runs: list[int] = []
        self.undone: list[Outcome] = []  # by the last run undone
        self.in_parts = False  # whether a run was undone for one record and not for another
        self.merged: dict[str, Record] = {}  # records merged, as they were, while nothing was read or undone since

    def teardown(self) -> None:
        assert self.store.integrity() == ()
        self.store.close()

    def root(self, record_id: str) -> str:
        found = self.store.resolve(record_id)
        assert isinstance(found, Found | MovedTo | Withdrawn), record_id
        if isinstance(found, MovedTo):
            assert self.store.get(found.id).state != "merged"
            return found.id
        return record_id

    def pick(self, number: int, roots: bool = True) -> str:
        ids = [i for i in self.ids if not roots or self.store.get(i).state != "merged"]
        return ids[number % len(ids)]

    def shown(self, *without: str) -> dict[str, object]:
        """What is seen of every record, but for versions and instants, and for the reasons of states.

        Where all its readings are undone, any of them may tell what it was, and reading it once more and undoing that
        withdraws it even if a person had made it public.
        """
        found: dict[str, object] = {}
        known = {i for i in self.ids if self.store.readings(i)} - {*without}
        every = self.store.links_of(self.ids)
        for record_id, stored in self.store.get_many(self.ids).items():
            if record_id not in without:
                decided = [(e.field, e.value, e.who, e.why) for e in self.store.edits(record_id)]
                record = to_json(stored.record) if record_id in known else None
                named = record and known.intersection(self.store.find("doi", stored.record.doi or "x"))
                links = every[record_id]
                state = stored.state if record_id in known else stored.state == "merged"
                found[record_id] = (state, record, decided, stored.merged_into, named, links)
        return found

    def readings(self) -> dict[str, object]:
        return {i: [r.record for r in self.store.readings(i)] for i in self.ids}

    # what happens

    def _put(self, batch: list[Incoming]) -> int:
        run = self.store.start_run("add")
        self.runs.append(run)
        for item, outcome in zip(batch, self.store.put(batch, run), strict=True):
            known = self.home.get((item.source, item.key))
            assert known is None or outcome.id == self.root(known)
            if outcome.id not in self.ids:
                assert outcome.status == "new"
                self.ids.append(outcome.id)
        for entry in self.store._database.read(lambda c: load(c, self.ids)).values():
            for row in entry.rows:  # a new one may be for a record that was merged into the one it came to
                self.home.setdefault((row.values["source"], row.values["key"]), row.home)
        self.merged.clear()
        return run

    def _undo_run(self, run: int) -> int:
        """The run that undid *run*; 0 when nothing was left."""
        try:
            undoing = self.store.begin_undoing(run, "ann", "wrong")
        except BadInput:
            return 0
        self.runs.append(undoing)
        self.merged.clear()
        self.undone = list(self.store.undo_run(undoing, "ann", "wrong"))
        return undoing

    @rule(batch=st.lists(reading, min_size=1, max_size=3))
    def add(self, batch: list[Incoming]) -> None:
        self._put(batch)

    @precondition(lambda self: self.ids)
    @rule(batch=st.lists(reading, min_size=1, max_size=3))
    def add_and_undo(self, batch: list[Incoming]) -> None:
        """What was there before is as it was, and what the run made is withdrawn."""
        before = self.shown()
        self._undo_run(self._put(batch))
        new = set(self.ids) - before.keys()
        assert new <= {outcome.id for outcome in self.undone if outcome.status == "withdrawn"}
        assert changes(before, self.shown(*new)) == []

    @precondition(lambda self: self.runs)
    @rule(number=place, again=st.booleans())
    def undo_run(self, number: int, again: bool) -> None:
        before, readings = self.shown(), self.readings()
        if (undoing := self._undo_run(self.runs[number % len(self.runs)])) and again:
            self._undo_run(undoing)
            if not self.in_parts:
                assert changes(before, self.shown()) == changes(readings, self.readings()) == []

    def _edit(self, record_id: str, act: "Act") -> bool:
        return self.store.edit(record_id, act.changed, "ann", "seen").status == "changed"

    def _release(self, record_id: str, act: "Act") -> bool:
        return self.store.release(record_id, list(act.changed), "bob").status == "changed"

    def _set_state(self, record_id: str, act: "Act") -> bool:
        return self.store.set_state(record_id, act.state, "ann", "so").status == "changed"

    def _rekey(self, record_id: str, act: "Act") -> bool:
        try:
            return self.store.edit(record_id, {"citation_key": act.key}, "ann").status == "changed"
        except BadInput:  # it belongs to another record
            return False

    def _judge(self, record_id: str, act: "Act") -> bool:
        other = self.pick(act.other)
        return other != record_id and self.store.judge(record_id, other, act.verdict, "ann").status == "changed"

    def _merge(self, record_id: str, act: "Act") -> bool:
        stays = self.pick(act.other)
        if stays == record_id or self.store.get(stays).state == "withdrawn":
            return False
        before = self.store.get(record_id).record
        self.store.merge(record_id, stays, "ann", "twice", choices=act.changed)
        self.merged[record_id] = before
        return True

    ACTS = (_edit, _release, _set_state, _rekey, _judge, _merge)

    @precondition(lambda self: self.ids)
    @rule(number=place, act=acts, kind=st.sampled_from(ACTS))
    def decide(self, number: int, act: "Act", kind: Callable[..., bool]) -> None:
        kind(self, self.pick(number), act)

    @precondition(lambda self: self.ids)
    @rule(number=place, act=acts, kind=st.sampled_from(ACTS))
    def decide_and_undo(self, number: int, act: "Act", kind: Callable[..., bool]) -> None:
        record_id, before, readings = self.pick(number), self.shown(), self.readings()
        if kind(self, record_id, act):
            self.note_names()
            self.store.undo(record_id, "eve")
            self.merged.pop(record_id, None)
            assert changes(before, self.shown()) == changes(readings, self.readings()) == []

    @precondition(lambda self: self.ids)
    @rule(number=place)
    def unmerge(self, number: int) -> None:
        record_id = self.pick(number, roots=False)
        before = self.merged.pop(record_id, None)
        if self.store.get(record_id).state != "merged":
            with pytest.raises(Conflict):
                self.store.unmerge(record_id, "ann")
            return
        self.store.unmerge(record_id, "ann")
        if before is not None:
            assert self.store.get(record_id).record == before

    @precondition(lambda self: self.ids)
    @rule(number=place)
    def undo(self, number: int) -> None:
        self.merged.clear()
        record_id = self.pick(number, roots=False)
        with contextlib.suppress(BadInput, Conflict):  # nothing is left, or it was merged
            self.store.undo(record_id, "eve")
            last = self.versions[record_id] + 1
            self.in_parts |= any(r.undone == last and r.run for r in self.store.history(record_id))

    # what holds at all times

    def note_names(self) -> None:
        for record_id, stored in self.store.get_many(self.ids).items():
            self.keys.setdefault(stored.record.citation_key.lower(), record_id)

    @invariant()
    def nothing_is_lost_and_every_name_resolves(self) -> None:
        self.note_names()
        stored = self.store.get_many(self.ids)
        root = {record_id: one.merged_into or record_id for record_id, one in stored.items()}
        assert set(root) == set(self.ids)
        assert all(stored[end].state != "merged" for end in root.values())
        for key, record_id in self.keys.items():
            assert self.store.resolve_key(key) == root[record_id], key
        keys = {one.record.citation_key.lower() for one in stored.values()}
        assert len(keys) == len(self.ids)
        for record_id, one in stored.items():
            history = self.store.history(record_id)
            assert [revision.version for revision in history] == list(range(1, one.version + 1))
            assert one.version >= self.versions.get(record_id, 0)
            assert all(revision.undone <= one.version for revision in history)
            self.versions[record_id] = one.version
        assert sorted(record_id for _, record_id in self.store.changes(0)) == sorted(self.ids)

    @invariant()
    def what_is_stored_is_what_readings_and_decisions_add_up_to(self) -> None:
        entries = self.store._database.read(lambda c: load(c, self.ids))
        there = {}
        for entry in entries.values():
            there |= {(row.values["source"], row.values["key"]): (entry.id, row.home) for row in entry.rows}
            if entry.state != "merged":
                assert not entry.recompose(), entry.id
        assert {known: home for known, (_, home) in there.items()} == self.home
        assert all(record_id == self.root(home) for record_id, home in there.values())

    @invariant()
    def links_are_seen_from_both_sides_and_judged_pairs_are_not_asked_about(self) -> None:
        roots = [record_id for record_id, one in self.store.get_many(self.ids).items() if not one.merged_into]
        links = {i: {link.other_id for link in some} for i, some in self.store.links_of(roots).items()}
        assert all(one in links[other] for one, others in links.items() for other in others)
        pairs = {(suspects.one, suspects.other) for suspects in self.store.suspects(99)}
        assert len(pairs) == self.store.suspects_count()
        assert not pairs & self.store.verdicts(self.ids).keys()
        assert {name for pair in pairs for name in pair} <= set(roots)


@pytest.mark.slow
def test_any_sequence_of_decisions_on_sqlite() -> None:
    Decisions.new_store = staticmethod(lambda: "sqlite://")
    often = settings(max_examples=amount(15, 40), stateful_step_count=25, deadline=None)
    run_state_machine_as_test(Decisions, settings=often)


@pytest.mark.slow
@pytest.mark.server
def test_any_sequence_of_decisions_on_postgresql(postgres: str) -> None:
    Decisions.new_store = staticmethod(lambda: new_schema(postgres))
    often = settings(max_examples=amount(3, 20), stateful_step_count=15, deadline=None)
    run_state_machine_as_test(Decisions, settings=often)
