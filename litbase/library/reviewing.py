"""What waits for editors, and the records that have one problem, each with its fix or with descriptors suggested."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from litbase.errors import BadInput, Conflict
from litbase.library import Library, drafts
from litbase.library.accounts import Actor
from litbase.library.describing import Suggestion, suggestions
from litbase.library.editing import edit
from litbase.library.finding import everything
from litbase.library.mending import board, mend, named
from litbase.query.state import SearchState
from litbase.record.notices import Problem
from litbase.record.record import Record
from litbase.store.values import Outcome, Stored
from litbase.vocabulary.problems import FIXABLE, mended, problems

BARE: Final = "no-descriptors"
"""What records without descriptors are listed under; it is no problem of a record, but something to do."""
_BARE: Final = "-descriptor:*"
PAGE: Final = 25  # records with one problem
FEW: Final = 10  # records for which descriptors are looked for
CHOSEN: Final = 50  # descriptors that can be accepted at once


@dataclass(frozen=True, slots=True)
class Waiting:
    """How much waits, by what it is."""

    duplicates: int
    problems: int
    corrections: int
    imports: int
    drafts: int


@dataclass(frozen=True, slots=True)
class Flawed:
    """A record with a problem: what is wrong, the record with that mended (None for no fix), what may describe it."""

    stored: Stored
    problems: tuple[Problem, ...]
    fixed: Record | None
    suggested: tuple[Suggestion, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of the records that have the problem *code*, and the query that finds them all."""

    code: str
    query: str
    total: int
    page: int
    pages: int
    records: tuple[Flawed, ...]


def waiting(library: Library, actor: Actor) -> Waiting:
    """What waits for whoever is signed in; problems are counted by their kinds."""
    return Waiting(
        duplicates=library.store.suspects_count(),
        problems=len(board(library)),
        corrections=library.store.corrections.count("waiting"),
        imports=len(library.store.imports.of_state(("read",))),
        drafts=len(drafts.drafts(library, actor)),
    )


def bare(library: Library) -> int:
    """How many records have no descriptor."""
    library.engine.refresh()
    return library.engine.search(replace(everything(library, SearchState(q=_BARE)), limit=0)).total


def listed(library: Library, code: str, number: int = 1) -> Listed:
    """The page *number* of the records with the problem *code*, or BARE; one past the end is the last.

    Raises BadInput for a code that is none.
    """
    query = _BARE if code == BARE else next((row.query for row in board(library) if row.code == code), "")
    if code != BARE:
        named([code])
    if not query:
        return Listed(code, f"problem:{code}", 0, 1, 1, ())
    library.engine.refresh()
    per = FEW if code == BARE else PAGE
    request = replace(everything(library, SearchState(q=query)), sort="newest", limit=per, offset=(number - 1) * per)
    result = library.engine.search(request)
    pages = max(1, -(-result.total // per))
    if number > pages:
        number = pages
        result = library.engine.search(replace(request, offset=(number - 1) * per))
    there = library.store.get_many(hit.id for hit in result.hits)
    flawed = tuple(_flawed(library, stored, code) for stored in there.values() if stored.state == "public")
    return Listed(code, query, result.total, number, pages, flawed)


def _flawed(library: Library, stored: Stored, code: str) -> Flawed:
    if code == BARE:
        return Flawed(stored, (), None, suggestions(library, stored.record))
    thesaurus = library.store.thesaurus()
    found = tuple(one for one in problems(stored.record, thesaurus) if one.code == code)
    fixed = mended(stored.record, thesaurus, [code]) if code in FIXABLE else stored.record
    return Flawed(stored, found, fixed if fixed is not stored.record and fixed != stored.record else None, ())


def fix(library: Library, id: str, codes: Sequence[str], *, who: str, seen: int) -> str:
    """Mend the problems *codes* of one record, all for (); "changed", "kept" where an editor decided, "" for nothing.

    Raises Conflict where the record moved on from the version *seen*.
    """
    _unmoved(library, id, seen)
    for outcome in mend(library, [id], codes, who=who).outcomes:
        if outcome.status == "conflict":
            raise Conflict("Somebody changed this record in the same moment.", outcome.version)
        return outcome.status
    return ""


def describe(library: Library, id: str, chosen: Sequence[str], *, who: str, seen: int) -> Outcome:
    """Add descriptors to a record, as a decision.  Raises Conflict, and BadInput for none or what is no descriptor."""
    stored = _unmoved(library, id, seen)
    thesaurus = library.store.thesaurus()
    wanted = [name for name in dict.fromkeys(chosen[:CHOSEN]) if name and (not thesaurus or thesaurus.find(name))]
    if not wanted or len(wanted) < len(set(chosen)):
        raise BadInput("Choose descriptors from those that are suggested. Nothing was changed.")
    changes: dict[str, Any] = {"descriptors": tuple(dict.fromkeys((*stored.record.descriptors, *wanted)))}
    return edit(library, id, changes, who=who, why="descriptors that were suggested", version=seen)


def _unmoved(library: Library, id: str, seen: int) -> Stored:
    stored = library.store.get(id)
    if stored is None or stored.state == "merged" or stored.version != seen:
        raise Conflict("Somebody changed this record since you saw it.", stored.version if stored else 0)
    return stored
