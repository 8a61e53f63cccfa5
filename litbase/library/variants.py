"""Joining and separating forms of a name everywhere: what it would change, doing it, undoing it, and what was decided.

No record is changed.  A join says that records that print one form are found under another; facets, lists and pages of
authors, sources and descriptors, and statistics follow, because the index does.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import groupby, islice
from typing import Final

from litbase.errors import BadInput, Conflict, EngineError, NotFound
from litbase.fields import BY_NAME as FIELDS
from litbase.library import Library
from litbase.query.request import SearchRequest, Visible
from litbase.query.tree import Phrase, Query, Value, all_of, any_of
from litbase.record.record import Record
from litbase.record.text import clean, squash
from litbase.store.variants import Decided, Key, Printing, StoredDecision
from litbase.vocabulary.thesaurus import words_of
from litbase.vocabulary.variants import (
    DIFFERENT,
    KINDS,
    SAME,
    Decision,
    Variants,
    changed,
    filed,
    variants_of,
)

LONGEST: Final = 500  # characters of a form that is joined
AT_ONCE: Final = 100  # forms
READ: Final = 50  # records
WORDS: Final = 32  # of a form by which its records are looked for
TRIES: Final = 20  # while others decide at the same moment


@dataclass(frozen=True, slots=True)
class Moved:
    """That *count* records print *form*, which is found under *before* now, and would be under *after*."""

    form: str
    before: str
    after: str
    count: int


@dataclass(frozen=True, slots=True)
class Preview:
    """What a decision comes to: the forms that move, and the groups there are then, each with its preferred form first.

    *unprinted* are those of the named forms that no record prints: expected later, or slips of typing.  *seen* is to
    be given back with the decision, so that it fails when somebody else's came between.
    """

    kind: str
    moved: tuple[Moved, ...]
    groups: tuple[tuple[str, ...], ...]
    unprinted: tuple[str, ...]
    seen: str

    @property
    def records(self) -> int:
        """How many records are found elsewhere then; one that prints several of the forms counts for each."""
        return sum(one.count for one in self.moved)


@dataclass(frozen=True, slots=True)
class Done:
    """A decision: its *run*, by which it is undone, and how many records it *touched*; -1: the index is built anew."""

    run: int
    touched: int


@dataclass(frozen=True, slots=True)
class Step:
    """What one run decided: *pairs* of (form, preferred); *undone* by that run, 0 while it is in force."""

    run: int
    kind: str
    verdict: str
    pairs: tuple[tuple[str, str], ...]
    who: str
    why: str
    at: str
    undone: int


def preview_join(library: Library, kind: str, forms: Iterable[str], into: str) -> Preview:
    """What joining *forms* into *into* comes to; raises as `join` does."""
    return _preview(library, kind, _joining(library, kind, forms, into))


def preview_separate(library: Library, kind: str, one: str, other: str) -> Preview:
    """What separating the two forms comes to; raises as `separate` does."""
    return _preview(library, kind, _separating(library, kind, one, other))


def join(
    library: Library, kind: str, forms: Iterable[str], into: str, *, who: str, why: str = "", seen: str = ""
) -> Done:
    """Let records that print one of *forms* be found under *into*, now and when they are read later.

    Raises BadInput for forms that cannot be joined, or are already; Conflict when people set two of them apart, or,
    with *seen* of a preview, when somebody decided about them since.
    """
    made = _joining(library, kind, forms, into)
    return _decide(library, kind, made, "variants-joined", who, why, seen)


def separate(library: Library, kind: str, one: str, other: str, *, who: str, why: str = "", seen: str = "") -> Done:
    """Let two forms be found each under itself, and never be listed as candidates; what else was joined stays.

    Raises BadInput for what is decided already, and Conflict as `join` does.
    """
    made = _separating(library, kind, one, other)
    return _decide(library, kind, made, "variants-separated", who, why, seen)


def undo(library: Library, run: int, *, who: str, why: str = "") -> Done:
    """Take back what *run* decided, or, where that run took something back, decide it once more.

    Raises NotFound where the run decided nothing about names, BadInput when it is undone already.
    """
    for _ in range(TRIES):
        key, every = library.store.joins.all()
        theirs = [decision for decision in every if decision.run == run]
        taken = [decision for decision in every if decision.undone == run]
        if not theirs and not taken:
            raise NotFound(f"run {run} decided nothing about names")
        numbers = [decision.nr for decision in theirs if not decision.undone]
        again = [] if numbers else [decision.said for decision in taken]
        if not numbers and not again:
            raise BadInput(f"run {run} is undone already, by run {theirs[0].undone}")
        after = _after(every, again, numbers)
        if done := _try(library, after, again, numbers, key, "variants-undone", who, why):
            return Done(done.run, done.touched)
    raise Conflict("others decide about names at this moment; try again")


def steps(library: Library, kind: str = "") -> tuple[Step, ...]:
    """What was decided about *kind* ("" for all), the newest first."""
    _, every = library.store.joins.all()
    chosen = [decision for decision in every if not kind or decision.kind == kind]
    made = [_step(tuple(some)) for _, some in groupby(chosen, key=lambda one: (one.run, one.kind, one.verdict))]
    return tuple(reversed(made))


def _step(some: Sequence[StoredDecision]) -> Step:
    first = some[0]
    pairs = tuple((one.form, one.preferred) for one in some)
    undone = min(one.undone for one in some)
    return Step(first.run, first.kind, first.verdict, pairs, first.who, first.why, first.at, undone)


def count(library: Library, kind: str, form: str) -> int:
    """How many records print *form*."""
    variants = library.store.variants()
    request = _printing(library, kind, form, variants)
    if len(variants.group(kind, form)) == 1:
        return library.engine.search(request).total
    return sum(1 for _ in _prints(library, kind, form, library.engine.scan(request)))


def unprinted(library: Library, kind: str, forms: Iterable[str]) -> tuple[str, ...]:
    """Those of *forms* that no record prints; none while the index cannot tell."""
    with suppress(EngineError):
        return tuple(form for form in dict.fromkeys(map(_form, forms)) if not examples(library, kind, form, 1))
    return ()


def examples(library: Library, kind: str, form: str, limit: int) -> tuple[Record, ...]:
    """The *limit* newest records that print *form*, cited works among them."""
    variants = library.store.variants()
    request = _printing(library, kind, form, variants)
    if len(variants.group(kind, form)) > 1:
        return tuple(islice(_prints(library, kind, form, library.engine.scan(request)), limit))
    ids = [hit.id for hit in library.engine.search(replace(request, limit=limit)).hits]
    return tuple(stored.record for stored in library.store.get_many(ids).values())


def _prints(library: Library, kind: str, form: str, ids: Iterator[str]) -> Iterator[Record]:
    """Those of the records *ids* that print just *form*: the index only knows its words."""
    of = FIELDS[kind].of
    while some := list(islice(ids, READ)):
        yield from (s.record for s in library.store.get_many(some).values() if form in of(s.record))


def _joining(library: Library, kind: str, forms: Iterable[str], into: str) -> list[Decision]:
    _check_kind(kind)
    target = _form(into)
    wanted = [form for form in dict.fromkeys(map(_form, forms)) if form != target]
    if not wanted:
        raise BadInput("name at least one form to join, and another to join it into")
    if len(wanted) > AT_ONCE:
        raise BadInput(f"{len(wanted)} forms were given; at most {AT_ONCE} are joined at once")
    if kind == "descriptor":
        thesaurus = library.store.thesaurus()
        for form in wanted:
            if form in thesaurus:
                raise BadInput(f"{form} is a descriptor of the thesaurus; join others into it, not it into others")
    return [Decision(kind, form, target) for form in wanted]


def _separating(library: Library, kind: str, one: str, other: str) -> list[Decision]:
    _check_kind(kind)
    one, other = _form(one), _form(other)
    if one == other:
        raise BadInput(f"{one} cannot be separated from itself")
    return [Decision(kind, one, other, DIFFERENT)]


def _check_kind(kind: str) -> None:
    if kind not in KINDS:
        raise BadInput(f"there are no variants of {kind or 'nothing'}; there are of {', '.join(KINDS)}")


def _form(text: str) -> str:
    form = squash(clean(text))
    if not form:
        raise BadInput("a form cannot be empty")
    if len(form) > LONGEST:
        raise BadInput(f"{form[:40]}... has {len(form)} characters; forms of up to {LONGEST} are joined")
    return form


def _check(made: Sequence[Decision], before: Variants, after: Variants) -> None:
    """Raises Conflict where a join would bring together what people set apart, BadInput where nothing would change."""
    for one in made:
        left, right = (before.group(one.kind, form) for form in (one.form, one.preferred))
        if one.verdict == SAME and len({after.of(one.kind, form) for form in (*left, *right)}) > 1:
            two = after.apart(one.kind, left, right)
            who = f"{two.one} and {two.other}" if two else f"{one.form} and {one.preferred}"
            raise Conflict(f"{who} were set apart; take that back first, or join just these two")
    if before == after:
        raise BadInput("that is decided already")


def _preview(library: Library, kind: str, made: Sequence[Decision]) -> Preview:
    library.engine.refresh()
    _, every = library.store.joins.all()
    before, after = _after(every, (), ()), _after(every, made, ())
    _check(made, before, after)
    named = dict.fromkeys(form for one in made for form in (one.form, one.preferred))
    moved = tuple(
        Moved(form, was, after.of(kind, form), count(library, kind, form))
        for of, form, was in changed(before, after)
        if of == kind
    )
    groups = dict.fromkeys(after.group(kind, form) for form in (*named, *(one.form for one in moved)))
    return Preview(kind, moved, tuple(groups), unprinted(library, kind, named), before.standing(kind, named))


def _decide(library: Library, kind: str, made: Sequence[Decision], action: str, who: str, why: str, seen: str) -> Done:
    forms = [form for one in made for form in (one.form, one.preferred)]
    for _ in range(TRIES):
        key, every = library.store.joins.all()
        before, after = _after(every, (), ()), _after(every, made, ())
        if seen and before.standing(kind, forms) != seen:
            raise Conflict("somebody decided about these names meanwhile; look at them again")
        _check(made, before, after)
        if done := _try(library, after, made, (), key, action, who, why):
            return Done(done.run, done.touched)
    raise Conflict("others decide about names at this moment; try again")


def _after(every: Sequence[StoredDecision], made: Iterable[Decision], undone: Iterable[int]) -> Variants:
    gone = frozenset(undone)
    return variants_of((*(one.said for one in every if not one.undone and one.nr not in gone), *made))


def _try(
    library: Library,
    after: Variants,
    made: Sequence[Decision],
    undone: Sequence[int],
    key: Key,
    action: str,
    who: str,
    why: str,
) -> Decided | None:
    """Decide, unless the decisions are no longer those of *key*; the records are looked for first, without a lock."""
    before = library.store.variants()
    library.engine.refresh()
    mark = library.engine.mark()  # first: what the index learns after it is touched as well
    ids: dict[str, None] = {}
    for kind, form, _ in changed(before, after) if mark else ():
        ids |= dict.fromkeys(library.engine.scan(_printing(library, kind, form, before)))
    return library.store.joins.decide(made, undone, key, Printing(mark, tuple(ids)), who, why, action)


def _printing(library: Library, kind: str, form: str, variants: Variants) -> SearchRequest:
    """The request for the records that print *form*, while forms are joined as *variants* say; perhaps a few more."""
    values = filed(kind, form, variants, library.store.thesaurus())
    query: Query = any_of(Value(kind, value) for value in values)
    words = words_of(form)[:WORDS]
    if words and (values != (form,) or variants.joined(kind, form)):
        query = all_of((query, Phrase(kind, words)))
    return SearchRequest(query, visible=Visible(cited=True), sort="newest", limit=0)


def listed(library: Library, kind: str, form: str) -> Iterator[tuple[str, int]]:
    """The other forms under which records of the preferred *form* print it, and how many records print each."""
    for other in library.store.variants().joined(kind, form):
        yield other, count(library, kind, other)
