"""The page of searches: those the reader saved, with what is new in each; the history is written by the browser."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from litbase.library.saving import LONGEST, MOST, NAME, NAMED, Fresh, SavedSearch, state_of
from litbase.query.state import SearchState
from litbase.web.links import Links
from litbase.web.views import told
from litbase.web.views.said import asked_for, filters_said
from litbase.web.views.search import PageLink, numbered

PER = 20  # saved searches on a page: each is asked what is new in it


@dataclass(frozen=True, slots=True)
class SavedRow:
    """A saved search."""

    nr: int = told("Its number")
    set: str = told("What it is called where searches are put together: S1, S2 and so on, the oldest first")
    renamed: bool = told("Whether the reader gave it the name, which then does not say what is searched")
    name: str = told("What the reader calls it")
    q: str = told("The query as typed")
    filters: tuple[str, ...] = told("Its filters, as lines")
    total: int = told("How many records it finds")
    url: str = told("The search")
    open_url: str = told("The search, noted as opened")
    advanced_url: str = told("The search in the advanced search")
    feed_url: str = told("What was added last to it, as a feed")
    created_at: str = told("When it was saved, UTC")
    seen_at: str = told("When it was last opened from here, UTC")
    new: int = told("How many records it finds that were added since then")
    more: bool = told("Whether that is only what was found among the records added last")
    new_url: str = told("Just those records; empty where there are none, or more than a query can name")


@dataclass(frozen=True, slots=True)
class SearchesPage:
    """The searches of a reader."""

    saved: tuple[SavedRow, ...] = told("The saved searches of this page, the last saved first")
    total: int = told("How many are saved")
    pager: tuple[PageLink, ...] = told("Pages to go to; () for a single page")
    most: int = told("How many can be saved")
    name_most: int = told("How many characters a name can have")
    longest: int = told("How many characters a search can have in its address")
    again: int = told("Number of a search that was to be saved and is saved already; 0 for none")


@dataclass(frozen=True, slots=True)
class Counted:
    """Of each search of a page, by its number, how many records it finds and what is fresh in it."""

    totals: Mapping[int, int]
    fresh: Mapping[int, Fresh]


def searches_page(
    saved: Sequence[SavedSearch], sets: Mapping[int, str], counted: Counted, links: Links, page: int = 1, again: int = 0
) -> SearchesPage:
    """The *page* that has *saved* of the searches that are called *sets* by their numbers."""
    return SearchesPage(
        saved=tuple(_row(one, sets[one.nr], counted, links) for one in saved),
        total=len(sets),
        pager=tuple(
            PageLink(n, links.searches(page=str(n) if n > 1 else "") if n else "", n == page)
            for n in numbered(page, -(-len(sets) // PER))
        ),
        most=MOST,
        name_most=NAME,
        longest=LONGEST,
        again=again,
    )


def _row(one: SavedSearch, name: str, counted: Counted, links: Links) -> SavedRow:
    state, fresh = state_of(one.query), counted.fresh.get(one.nr, Fresh())
    return SavedRow(
        nr=one.nr,
        set=name,
        renamed=one.name != name_of(state),
        name=one.name,
        q=state.q,
        filters=tuple(filters_said(state)),
        total=counted.totals[one.nr],
        url=links.search(state),
        open_url=links.saved(one.nr),
        advanced_url=links.advanced(state.pairs()),
        feed_url=links.search(replace(state, sort="best"), ".atom"),
        created_at=one.created_at,
        seen_at=one.seen_at,
        new=fresh.count,
        more=fresh.more,
        new_url=links.saved(one.nr, only_new=True) if 0 < fresh.count <= NAMED and not fresh.more else "",
    )


def name_of(state: SearchState) -> str:
    """What a search is called until the reader calls it something."""
    return " · ".join(asked_for(state))[:NAME].strip() or "Every record"
