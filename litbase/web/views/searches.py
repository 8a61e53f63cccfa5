"""The page of searches: those the reader saved, with what is new in each; the history is written by the browser."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from litbase.library.saving import MOST, NAME, Fresh, SavedSearch, state_of
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
    renamed: bool = told("Whether the reader gave it the name, which then does not say what is searched")
    name: str = told("What the reader calls it")
    q: str = told("The query as typed")
    filters: tuple[str, ...] = told("Its filters, as lines")
    url: str = told("The search")
    open_url: str = told("The search, noted as opened")
    advanced_url: str = told("The search in the advanced search")
    feed_url: str = told("What was added last to it, as a feed")
    created_at: str = told("When it was saved, UTC")
    seen_at: str = told("When it was last opened from here, UTC")
    new: int = told("How many records it finds that were added since then")
    more: bool = told("Whether that is only what was found among the records added last")


@dataclass(frozen=True, slots=True)
class SearchesPage:
    """The searches of a reader."""

    saved: tuple[SavedRow, ...] = told("The saved searches of this page, the last saved first")
    total: int = told("How many are saved")
    pager: tuple[PageLink, ...] = told("Pages to go to; () for a single page")
    most: int = told("How many can be saved")
    name_most: int = told("How many characters a name can have")
    again: int = told("Number of a search that was to be saved and is saved already; 0 for none")


def searches_page(
    saved: Sequence[SavedSearch], fresh: Mapping[int, Fresh], links: Links, total: int, page: int = 1, again: int = 0
) -> SearchesPage:
    """The *page* that has *saved* of the *total*, with what is *fresh* in each by its number."""
    return SearchesPage(
        saved=tuple(_row(one, fresh.get(one.nr, Fresh()), links) for one in saved),
        total=total,
        pager=tuple(
            PageLink(n, links.searches(page=str(n) if n > 1 else "") if n else "", n == page)
            for n in numbered(page, -(-total // PER))
        ),
        most=MOST,
        name_most=NAME,
        again=again,
    )


def _row(one: SavedSearch, fresh: Fresh, links: Links) -> SavedRow:
    state = state_of(one.query)
    return SavedRow(
        nr=one.nr,
        renamed=one.name != name_of(state),
        name=one.name,
        q=state.q,
        filters=tuple(filters_said(state)),
        url=links.search(state),
        open_url=links.saved(one.nr),
        advanced_url=links.advanced(state.pairs()),
        feed_url=links.search(replace(state, sort="best"), ".atom"),
        created_at=one.created_at,
        seen_at=one.seen_at,
        new=fresh.count,
        more=fresh.more,
    )


def name_of(state: SearchState) -> str:
    """What a search is called until the reader calls it something."""
    return " · ".join(asked_for(state))[:NAME].strip() or "Every record"
