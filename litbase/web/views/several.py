"""Pairs that were ticked: what one decision would do to each of them, and what it did."""

from collections.abc import Sequence
from dataclasses import dataclass

from litbase.library.clearing import MOST, Cleared, Ticked
from litbase.library.duplicates import Pair
from litbase.library.values import Stored
from litbase.web.links import Links
from litbase.web.views import told
from litbase.web.views.duplicates import One, PairView, one_of, pair_view

ROWS = 12  # fields that are shown of each pair


@dataclass(frozen=True, slots=True)
class TickedPair:
    """A pair that was ticked."""

    view: PairView = told("The pair")
    stays: One = told("The one that stays")
    goes: One = told("The one that goes into it")
    sent_as: str = told("How it is sent with the decision, with the versions that are seen")


@dataclass(frozen=True, slots=True)
class SeveralPage:
    """What one decision would do to the ticked pairs."""

    action: str = told("merge or different")
    pairs: tuple[TickedPair, ...] = told("The pairs")
    dropped: int = told("How many of those ticked are no pairs any more")
    most: int = told("How many can be decided at once")
    url: str = told("Where the decision is posted")
    back_url: str = told("Back to the queue")


@dataclass(frozen=True, slots=True)
class ClearedPair:
    """What became of a pair."""

    status: str = told("changed, same or conflict")
    into: str = told("The id of the one that stays first")
    other: str = told("The id of the other")
    into_url: str = told("The page of the first")
    other_url: str = told("The page of the other")
    why: str = told("Why it was not done; else empty")
    pair_url: str = told("Both beside each other")
    undo_url: str = told("Where it is taken back; empty where nothing was done")
    revision: int = told("The version it made")
    version: int = told("The present version of the record")


@dataclass(frozen=True, slots=True)
class ClearedPage:
    """What one decision did to the ticked pairs."""

    action: str = told("merge or different")
    pairs: tuple[ClearedPair, ...] = told("The pairs, those that were not done first")
    done: int = told("How many were decided")
    conflicts: int = told("How many were not")
    back_url: str = told("Back to the queue")


def several_page(pairs: Sequence[Pair], action: str, dropped: int, back: str, links: Links) -> SeveralPage:
    """What *action* would do to *pairs*."""
    return SeveralPage(
        action=action,
        pairs=tuple(_ticked(pair, links) for pair in pairs),
        dropped=dropped,
        most=MOST,
        url=links.duplicates(None, "/several"),
        back_url=back,
    )


def _ticked(pair: Pair, links: Links) -> TickedPair:
    stays, goes = (pair.one, pair.other) if pair.into == pair.one.id else (pair.other, pair.one)
    sent = Ticked(stays.id, goes.id, stays.version, goes.version)
    view = pair_view(pair, 0, {}, links.pair(pair.one.id, pair.other.id), "", links, ROWS)
    return TickedPair(view, one_of(stays, links), one_of(goes, links), " ".join(map(str, sent)))


def cleared_page(
    cleared: Sequence[Cleared], now: dict[str, Stored], action: str, back: str, links: Links
) -> ClearedPage:
    """What *action* did; *now* has the records as they are."""
    rows = sorted(cleared, key=lambda one: one.status != "conflict")
    return ClearedPage(
        action=action,
        pairs=tuple(_cleared(one, now, links) for one in rows),
        done=sum(one.status == "changed" for one in cleared),
        conflicts=sum(one.status == "conflict" for one in cleared),
        back_url=back,
    )


def _cleared(one: Cleared, now: dict[str, Stored], links: Links) -> ClearedPair:
    stored = now.get(one.id)
    undoable = one.status == "changed" and stored is not None
    return ClearedPair(
        status=one.status,
        into=one.pair.into,
        other=one.pair.other,
        into_url=links.record(one.pair.into),
        other_url=links.record(one.pair.other),
        why=one.why,
        pair_url=links.pair(one.pair.into, one.pair.other),
        undo_url=links.history(one.id, "/undo") if undoable else "",
        revision=one.version,
        version=stored.version if stored else 0,
    )
