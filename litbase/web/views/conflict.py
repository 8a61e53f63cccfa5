"""Two editors' versions of one record, side by side: what each made of it, and which of the two stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from litbase.library.forms import Settled, Side
from litbase.library.forms.fields import LABELS
from litbase.library.values import Revision, Stored
from litbase.record.kinds import BY_NAME as KINDS
from litbase.web.links import Links
from litbase.web.views import told
from litbase.web.views.compared import compared
from litbase.web.views.parts import plain_title

LONGEST: Final = 20_000  # characters of a text that is compared
Pieces = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ConflictRow:
    """One field that somebody changed."""

    name: str = told("The field")
    label: str = told("What it is called")
    mine: Pieces = told("What you typed, compared with what was before, in pieces: same, ins, del or break")
    theirs: Pieces = told("What stands now, compared with what was before, in the same way")
    before: str = told("What was before; empty for nothing")
    chosen: str = told("mine or theirs: which of the two stands unless another is chosen")
    disputed: bool = told("Whether both changed it, each otherwise")


@dataclass(frozen=True, slots=True)
class ConflictPage:
    """What to choose from where a record was changed while it was edited."""

    id: str = told("The record that is saved to")
    asked: str = told("The record that was edited; another where it was merged meanwhile")
    plain_title: str = told("Its title")
    kind: str = told("What was done to it: edit, import, merged, withdrawn and so on; empty when nobody knows")
    who: str = told("Who did it; empty for the program")
    at: str = told("When, UTC; empty when nobody knows")
    why: str = told("Why; empty where nobody said")
    version: int = told("The version that stands now")
    state: str = told("public, draft or withdrawn")
    record_url: str = told("The record as it stands")
    history_url: str = told("All that was done to it")
    action: str = told("Where the choice is posted")
    rows: tuple[ConflictRow, ...] = told("The fields that somebody changed, the disputed ones first")
    hidden: Pieces = told("All that was typed, which goes on with the choice")
    note: str = told("The note about the change that was typed")


def conflict_page(
    links: Links,
    stored: Stored,
    asked: str,
    last: Revision | None,
    settled: Settled,
    hidden: Iterable[tuple[str, str]],
    note: str,
) -> ConflictPage:
    """The page for *settled*, whose form was made for another version of *stored*, or for the record *asked*."""
    return ConflictPage(
        id=stored.id,
        asked=asked,
        plain_title=plain_title(stored.record),
        kind=last.kind if last else "",
        who=last.who if last else "",
        at=last.at if last else "",
        why=last.why if last else "",
        version=stored.version,
        state=stored.state,
        record_url=links.record(stored.id),
        history_url=links.history(stored.id),
        action=links.edit(stored.id),
        rows=tuple(_row(side) for side in sorted(settled.sides, key=lambda side: not side.disputed)),
        hidden=tuple(hidden),
        note=note,
    )


def _row(side: Side) -> ConflictRow:
    before, mine, theirs = (_said(side.field, text) for text in (side.before, side.mine, side.theirs))
    return ConflictRow(
        name=side.field,
        label=LABELS.get(side.field, side.field),
        mine=tuple(compared(before, mine)),
        theirs=tuple(compared(before, theirs)),
        before=before,
        chosen=side.chosen,
        disputed=side.disputed,
    )


def _said(field: str, text: str) -> str:
    if field == "type":
        return KINDS[text].label if text in KINDS else text
    return text[:LONGEST]
