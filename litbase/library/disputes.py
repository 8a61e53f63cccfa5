"""Disputes: where a source says today what an editor neither saw nor chose, and what people make of it.

A decision always stands above what is read; that a source disagrees is only told, until somebody looks at it.
"""

from dataclasses import dataclass
from typing import Final

from litbase.errors import BadInput
from litbase.library import Library
from litbase.library.labels import value_label
from litbase.record.notices import Problem
from litbase.store.values import Outcome

KEEP: Final = "keep"
TAKE: Final = "take"
CODE: Final = "edit-contradicted"


@dataclass(frozen=True, slots=True)
class Dispute:
    """A field that a *source* gives as *theirs* and a person decided to be *ours*, both cut where they are long.

    *who*, *at* and *why* are those of the decision.
    """

    field: str
    source: str
    theirs: str
    ours: str
    who: str
    at: str
    why: str


def contradictions(library: Library, id: str) -> tuple[Problem, ...]:
    """The problems of a record by which sources contradict what people decided, the sources as people call them."""
    return tuple(
        Problem(CODE, tuple((name, _called(name, value)) for name, value in problem.params), problem.field)
        for problem in library.store.problems(id)
        if problem.code == CODE
    )


def _called(name: str, value: str) -> str:
    return value_label("collection", value) if name == "source" else value


def disputes(library: Library, id: str) -> tuple[Dispute, ...]:
    """Where sources contradict what people decided about a record; () when they do not."""
    found = contradictions(library, id)
    if not found:
        return ()
    decided = {edit.field: edit for edit in library.store.edits(id)}
    disputed = []
    for problem in found:
        params, edit = dict(problem.params), decided.get(problem.field)
        who, at, why = (edit.who, edit.at, edit.why) if edit else ("", "", "")
        disputed.append(
            Dispute(problem.field, str(params["source"]), str(params["theirs"]), str(params["ours"]), who, at, why)
        )
    return tuple(disputed)


def settle(
    library: Library, id: str, field: str, verb: str, *, who: str, why: str = "", version: int | None = None
) -> Outcome:
    """End the dispute about a *field*: KEEP what was decided, or TAKE what the source says, which speaks from then on.

    *version* is the one the person saw.  Raises NotFound, Conflict, and BadInput for a field without a dispute.
    """
    if field not in {one.field for one in disputes(library, id)} or verb not in (KEEP, TAKE):
        raise BadInput(f"no source contradicts what was decided about {field[:40] or 'no field'}; nothing was changed")
    called = value_label("field", field)
    if verb == KEEP:
        return library.store.confirm(id, [field], who, why or f"kept: {called}", version)
    return library.store.release(id, [field], who, why or f"given back to its source: {called}", version)
