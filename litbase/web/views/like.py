"""The note that the work in the form may be here already: which records it may be, and where they differ."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from litbase.library.same_work import Like
from litbase.record.kinds import kind_of
from litbase.record.notices import sentence
from litbase.record.record import Record
from litbase.web.links import Links
from litbase.web.views import told
from litbase.web.views.compared import differences
from litbase.web.views.parts import Badge, badge, plain_title

LONGEST: Final = 400  # characters of a value in the table
AROUND: Final = 60  # characters before the first difference in one that is cut
TITLE: Final = 300
FEW: Final = 4  # fields that only the record has, and that are shown all the same
Pieces = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class LikeRow:
    """A field in which the two differ."""

    label: str = told("What the field is called")
    mine: Pieces = told("What the form says, in pieces, each same or ins; () for nothing")
    theirs: Pieces = told("What the record says, in pieces, each same or del; () for nothing")


@dataclass(frozen=True, slots=True)
class LikeRecord:
    """A record that the work may be."""

    id: str = told("Its id")
    url: str = told("Its page")
    title: str = told("Its title; empty when it has none")
    badge: Badge = told("Its type")
    state: str = told("public, draft or withdrawn")
    reasons: tuple[str, ...] = told("Why it may be the same, as sentences")
    rows: tuple[LikeRow, ...] = told("The fields in which the two differ")
    besides: tuple[str, ...] = told("Labels of fields that only the record has, where they are too many for rows")
    corrects_url: str = told("Where the form is posted to correct this record by it; empty where that cannot be")
    answered: bool = told("Whether somebody said that it is a different work")
    certain: bool = told("Whether an identifier says that it is this one, so that only another identifier helps")


@dataclass(frozen=True, slots=True)
class LikeView:
    """The records that the work may be, the likeliest first."""

    records: tuple[LikeRecord, ...] = told("The records; there is at least one")
    open: int = told("Of how many nobody has said that they are different works")


@dataclass(frozen=True, slots=True)
class LikeFragment:
    """The note alone, for a page that shows the form already."""

    like: LikeView | None = told("The note; None for none")


def like_view(
    links: Links, record: Record, likes: Sequence[Like], answers: Collection[str] = (), new: bool = True
) -> LikeView | None:
    """The note about *likes* of *record*; None without any.  *answers* are ids of different works."""
    if not likes:
        return None
    records = tuple(_record(links, record, one, one.other.id in answers, new) for one in likes)
    return LikeView(records, sum(not one.answered for one in records))


def _record(links: Links, record: Record, one: Like, answered: bool, new: bool) -> LikeRecord:
    other = one.other.record
    named = {each.field for each in one.differences}
    changes = [change for change in differences(other, record) if change.field in named]
    only_theirs = [change for change in changes if all(kind == "del" for kind, _ in change.pieces)]
    if len(only_theirs) > FEW:
        changes = [change for change in changes if change not in only_theirs]
    title = plain_title(other)
    return LikeRecord(
        id=one.other.id,
        url=links.record(one.other.id),
        title=title if len(title) <= TITLE else f"{title[:TITLE]} …",
        badge=badge(kind_of(other)),
        state=one.other.state,
        reasons=tuple(map(sentence, one.reasons)),
        rows=tuple(LikeRow(change.label, side(change.pieces, "ins"), side(change.pieces, "del")) for change in changes),
        besides=tuple(change.label for change in only_theirs) if len(only_theirs) > FEW else (),
        corrects_url=links.new("corrections") if new and one.other.state != "withdrawn" else "",
        answered=answered and not one.certain,
        certain=one.certain,
    )


def side(pieces: Pieces, kind: str) -> Pieces:
    """What one of the two says: what both say, and what only it does; a long text from its first difference on."""
    side = [(each, text) for each, text in pieces if each in ("same", kind)]
    if sum(len(text) for _, text in side) <= LONGEST:
        return tuple(side)
    if side[0][0] == "same" and len(side[0][1]) > AROUND:
        side[0] = ("same", f"… {side[0][1][-AROUND:]}")
    shown, left = [], LONGEST
    for each, text in side:
        if left <= 0:
            break
        shown.append((each, text if len(text) <= left else f"{text[:left]} …"))
        left -= len(text)
    return tuple(shown)
