"""What the review of duplicates shows: the queue of pairs, two records beside each other, what a merge makes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from litbase.formats.options import STYLES
from litbase.library import Library, citing
from litbase.library.clearing import MOST
from litbase.library.duplicates import OTHER, THIS, Difference, Pair, Queue
from litbase.library.values import Revision, Stored
from litbase.query.state import SearchState
from litbase.record.kinds import kind_of
from litbase.record.notices import sentence
from litbase.record.record import Record
from litbase.web.links import Links
from litbase.web.views import Html, cited, told
from litbase.web.views.cite import citable
from litbase.web.views.compared import differences
from litbase.web.views.like import Pieces, side
from litbase.web.views.parts import Badge, badge, plain_title, summary

BOTH: Final = "both"  # for a value that is made up of those of two records
TITLE: Final = 300  # characters
FEW: Final = 7  # fields of a pair in the queue
LONGEST: Final = 1_000  # characters of a field of what a merge makes
_WORDS: Final = {
    "same": "Said to be one work",
    "version": "Said to be versions of one work",
    "related": "Said to be related",
    "part-of": "Said that one is part of the other",
    "has-part": "Said that one is part of the other",
    "different": "Said to be different",
}


@dataclass(frozen=True, slots=True)
class One:
    """One of two records."""

    id: str = told("Its id")
    url: str = told("Its page")
    title: str = told("Its title; empty when it has none")
    byline: str = told("Its authors and year")
    badge: Badge = told("Its type")
    collections: tuple[str, ...] = told("Where it was read from")
    state: str = told("public, draft, withdrawn or merged")
    version: int = told("The version that is seen")


@dataclass(frozen=True, slots=True)
class PairRow:
    """A field in which two records differ."""

    field: str = told("The field")
    label: str = told("What it is called")
    one: Pieces = told("What the first says, in pieces, each same or del; () for nothing")
    other: Pieces = told("What the second says, in pieces, each same or ins; () for nothing")
    both: str = told("What a merge makes of both, where it keeps the value of neither; else empty")
    kept: str = told("this, other or both: whose value a merge keeps")
    why: str = told("Why")
    chosen: str = told("this, other or both: what is chosen")


@dataclass(frozen=True, slots=True)
class PairView:
    """Two records that may be one work."""

    number: int = told("Its place in the queue, from 1; 0 outside of it")
    ticked_as: str = told("How it is named among the ticked ones")
    one: One = told("The first")
    other: One = told("The second")
    into: str = told("The id of the one into which the other would go")
    percent: int = told("How likely they are one work, 0 to 100; 0 when nothing links them")
    reasons: tuple[str, ...] = told("Why they may be one work, as sentences")
    rows: tuple[PairRow, ...] = told("The fields in which the two differ")
    more: int = told("In how many further fields they differ")
    url: str = told("Both beside each other, where a decision is posted too")
    skip_url: str = told("The next pair")


@dataclass(frozen=True, slots=True)
class Decision:
    """The decision just made."""

    text: str = told("What was decided")
    one: One = told("The record it was made on")
    other: str = told("The id of the other record")
    revision: int = told("The version it made")
    undo_url: str = told("Where it is taken back")
    back_url: str = told("Where that leads to")


@dataclass(frozen=True, slots=True)
class QueuePage:
    """The pairs that nobody has judged."""

    q: str = told("The search whose pairs are shown")
    narrowed: bool = told("Whether only pairs of a search are shown")
    hidden: Pieces = told("What else that search has, beside the query")
    unread: tuple[str, ...] = told("What of the address was not understood, as sentences")
    pairs: tuple[PairView, ...] = told("The pairs of this page, the most likely first")
    total: int = told("How many there are")
    page: int = told("Which page this is")
    pages: int = told("How many pages there are")
    more_url: str = told("As many on a page as can be ticked at once; empty where that makes no difference")
    all_ticked: bool = told("Whether all pairs of this page are ticked")
    tick_url: str = told("This page with all ticked, or with none")
    before_url: str = told("The page before; empty on the first")
    next_url: str = told("The next page; empty on the last")
    search_url: str = told("The records of the search; empty for all pairs")
    several_url: str = told("Where ticked pairs are looked at before they are decided")
    decision: Decision | None = told("The decision just made; None for none")
    at: int = told("Before which pair it is told")


@dataclass(frozen=True, slots=True)
class PairPage:
    """Two records beside each other, and what a merge makes of them."""

    pair: PairView = told("The pair")
    queue_url: str = told("Back to the queue, at this pair")
    preview: Html = told("The citation of the merged record")
    fields: Pieces = told("What the merged record says, each with its label")
    why: str = told("The note that was typed")
    held: bool = told("Whether a merge was asked for, the other way round than what was shown")
    changed: int = told("How many fields have another value than the proposed one")


@dataclass(frozen=True, slots=True)
class FindPage:
    """The record that another is to be merged with, and which that may be."""

    one: One = told("The record")
    given: str = told("What was typed to name the other")
    others: tuple[tuple[One, str], ...] = told("Records that it names, each with the page of the pair")
    url: str = told("Where it is asked again")


def queue_page(
    queue: Queue,
    state: SearchState,
    narrowed: bool,
    unread: Sequence[str],
    ticked: bool,
    decision: Decision | None,
    at: int,
    links: Links,
) -> QueuePage:
    """The page of *queue*, which was asked for by *state*."""
    begin = (queue.page - 1) * state.per
    here = state.with_page(queue.page)
    numbers = [begin + place for place in range(1, len(queue.pairs) + 1)]
    return QueuePage(
        q=state.q,
        narrowed=narrowed,
        hidden=tuple(pair for pair in state.with_page(1).pairs() if pair[0] != "q"),
        unread=tuple(unread),
        pairs=tuple(
            _pair(pair, number, here, len(queue.pairs) + begin, links)
            for pair, number in zip(queue.pairs, numbers, strict=True)
        ),
        total=queue.total,
        page=queue.page,
        pages=queue.pages,
        more_url=links.duplicates(state.with_per(MOST)) if queue.pages > 1 and state.per < MOST else "",
        all_ticked=ticked,
        tick_url=links.duplicates(here, tick="" if ticked else "all"),
        before_url=links.duplicates(state.with_page(queue.page - 1)) if queue.page > 1 else "",
        next_url=links.duplicates(state.with_page(queue.page + 1)) if queue.page < queue.pages else "",
        search_url=links.search(state.with_page(1)) if narrowed else "",
        several_url=links.duplicates(None, "/several"),
        decision=decision,
        at=at if at in numbers else 0,
    )


def _pair(pair: Pair, number: int, state: SearchState, last: int, links: Links) -> PairView:
    following = state if number < last else state.with_page(state.page + 1)
    return pair_view(
        pair,
        number,
        {},
        links.pair(pair.one.id, pair.other.id, state, at=str(number)),
        f"{links.duplicates(following)}#p{number + 1}",
        links,
        FEW,
    )


def pair_view(
    pair: Pair, number: int, chosen: Mapping[str, str], url: str, skip: str, links: Links, most: int = 1_000
) -> PairView:
    """*pair* with at most so many of its differences; *chosen* names the side that was chosen for a field."""
    changes = {change.field: change for change in differences(pair.one.record, pair.other.record)}
    rows = [_row(one, pair, changes[one.field].label, changes[one.field].pieces, chosen) for one in pair.differences]
    goes = pair.other.id if pair.into == pair.one.id else pair.one.id
    return PairView(
        number=number,
        ticked_as=f"{pair.into} {goes}",
        one=one_of(pair.one, links),
        other=one_of(pair.other, links),
        into=pair.into,
        percent=round(100 * pair.score),
        reasons=tuple(map(sentence, pair.reasons)),
        rows=tuple(rows[:most]),
        more=len(rows[most:]),
        url=url,
        skip_url=skip,
    )


def _row(one: Difference, pair: Pair, label: str, pieces: Pieces, chosen: Mapping[str, str]) -> PairRow:
    stands = kept(one, pair)
    asked = chosen.get(one.field, "")
    return PairRow(
        field=one.field,
        label=label,
        one=side(pieces, "del") if any(kind != "ins" for kind, _ in pieces) else (),
        other=side(pieces, "ins") if any(kind != "del" for kind, _ in pieces) else (),
        both=_said(one.field, one.value) if stands == BOTH else "",
        kept=stands,
        why=sentence(one.why),
        chosen=asked if asked in (THIS, OTHER) or (asked == BOTH and stands == BOTH) else stands,
    )


def kept(one: Difference, pair: Pair) -> str:
    """Whose value a merge of *pair* keeps: this, other or both."""
    return {pair.one.id: THIS, pair.other.id: OTHER}.get(one.stands, BOTH)


def _said(field: str, value: Any) -> str:
    return fields_of(Record(**{field: value}))[0][1] if value else ""


def one_of(stored: Stored, links: Links) -> One:
    """*stored*, enough to know it by."""
    record = summary(stored.record, links)
    title = plain_title(stored.record)
    names = [person.text for person in record.authors]
    people = ", ".join(names[:3]) + (" and others" if len(names) > 3 or record.more_authors or record.others else "")
    return One(
        id=stored.id,
        url=record.url,
        title=title if len(title) <= TITLE else f"{title[:TITLE]} …",
        byline=", ".join(filter(None, (people, record.year))),
        badge=badge(kind_of(stored.record)),
        collections=record.collections,
        state=stored.state,
        version=stored.version,
    )


def fields_of(record: Record) -> Pieces:
    """What *record* says, each with its label, texts cut where they are long."""
    found = differences(Record(), record)
    texts = ((change.label, "".join(text for kind, text in change.pieces if kind != "del")) for change in found)
    return tuple((label, text if len(text) <= LONGEST else f"{text[:LONGEST]} …") for label, text in texts)


def pair_page(
    pair: Pair,
    merged: Record,
    chosen: Mapping[str, str],
    number: int,
    state: SearchState,
    why: str,
    held: bool,
    library: Library,
    links: Links,
) -> PairPage:
    """*pair* with what is *chosen*, of which a merge makes *merged*; it is *number* in the queue of *state*."""
    at = {"at": str(number)} if number else {}
    skip = f"{links.duplicates(state)}#p{number + 1}" if number else links.duplicates(state)
    view = pair_view(pair, number, chosen, links.pair(pair.one.id, pair.other.id, state, **at), skip, links)
    style = next(iter(STYLES))
    return PairPage(
        pair=view,
        queue_url=links.duplicates(state) + (f"#p{number}" if number else ""),
        preview=cited(citing.entry_in(citing.styles(library)[style], citable(merged))),
        fields=fields_of(merged),
        why=why,
        held=held,
        changed=sum(row.chosen != row.kept for row in view.rows),
    )


def decision_view(stored: Stored, made: Revision, back: str, links: Links) -> Decision | None:
    """The decision that *made* tells of, on *stored*; None where it is none about a pair, or was taken back."""
    if made.undone or not made.other:
        return None
    if made.kind == "merged":
        text = "Merged"
    elif made.kind.removeprefix("judged-") in _WORDS:
        text = _WORDS[made.kind.removeprefix("judged-")]
    else:
        return None
    return Decision(
        text=text,
        one=one_of(stored, links),
        other=made.other,
        revision=made.version,
        undo_url=links.history(stored.id, "/undo"),
        back_url=back,
    )


def find_page(one: Stored, given: str, others: Sequence[Stored], links: Links) -> FindPage:
    """The question which record *one* is to be merged with, for which *given* named *others*."""
    found = tuple((one_of(other, links), links.pair(one.id, other.id)) for other in others)
    return FindPage(one_of(one, links), given, found, links.duplicates(None, "/find"))
