"""Searches that a reader saved, under the token of the reader's list; what is new in them; searches combined."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import parse_qsl, urlencode

from litbase.errors import BadInput
from litbase.library import Library
from litbase.library.filing import as_filed
from litbase.library.finding import count, everything
from litbase.library.listing import digest_of, is_token
from litbase.query.combine import Refused, combine
from litbase.query.operands import LIMITS
from litbase.query.request import SearchRequest
from litbase.query.show import show
from litbase.query.state import SearchState
from litbase.query.tree import Term, all_of, any_of
from litbase.record.text import clean, squash
from litbase.store.searches import Saved, SavedSearch

__all__ = ["Saved", "SavedSearch"]

MOST: Final = 200  # searches of a reader
LONGEST: Final = 4_000  # characters of a search as it stands in its address
NAME: Final = 200  # characters of a name
LOOKED_AT: Final = 400  # of the records added last: each search is asked which of them it finds
ASKED: Final = 200  # of them the engine is asked about at once
NAMED: Final = 40  # new records that a search for just them names
_ADDRESS: Final = re.compile(r"\A(?:https?:/)?/[^?#]*\bsearch(?:\?([^#]*))?(?:#.*)?", re.IGNORECASE)
SENTENCES: Final = {
    "empty": "Write which searches to combine, as in #1 AND #2.",
    "words": "“{}” is not a search of the history, nor a saved one. Write their numbers with AND, OR, NOT and "
    "brackets, as in #1 AND (#2 OR #3) or S1 NOT S2.",
    "operator": "AND, OR and NOT stand between numbers, as in #1 AND NOT #2. One of them has nothing to join.",
    "unknown": "There is no search {} in the history or among the saved ones.",
    "many": "At most {} searches can be combined at once.",
    "long": "Together these searches are longer than a query can be, so nothing was searched. Combine fewer of them, "
    f"or shorten them: a query can have {LIMITS.length:,} characters and {LIMITS.terms} words.",
}


@dataclass(frozen=True, slots=True)
class Fresh:
    """How many records a search finds that were added since; *more* when only the last ones added were looked at."""

    count: int = 0
    more: bool = False


def key(state: SearchState) -> str:
    """What tells a search from others, as it stands in an address: not its page, nor how many records a page has."""
    return urlencode(state.with_per(SearchState().per).pairs())


def state_of(query: str) -> SearchState:
    """The search that *query* says; raises BadInput for one that is too long or has too many parameters."""
    if len(query) > LONGEST:
        raise BadInput(f"A search can have {LONGEST:,} characters in its address; this one has {len(query):,}.")
    try:
        return SearchState.from_args(parse_qsl(query, max_num_fields=500))[0].with_page(1)
    except ValueError as problem:
        raise BadInput("This search has too many parameters.") from problem


def typed(text: str) -> SearchState:
    """The search in *text*, which is a query, or the address of a page of results; raises BadInput for none.

    >>> typed("https://library.example/search?q=school&type=book") == SearchState(q="school").add("type", "book")
    True
    """
    if not squash(clean(text)):
        raise BadInput("Write a query, or paste the address of a page of results.")
    address = _ADDRESS.fullmatch(text.strip())
    return state_of((address[1] or "") if address else urlencode({"q": text}))


def saved(library: Library, token: str) -> tuple[SavedSearch, ...]:
    """The saved searches, the last saved first; () for an unknown token."""
    return library.store.searches.all(digest_of(token)) if is_token(token) else ()


def named(searches: Sequence[SavedSearch]) -> dict[str, SavedSearch]:
    """*searches*, the last saved first, by what they are called where searches are put together: "S1" is the oldest."""
    return {f"S{number}": one for number, one in enumerate(reversed(searches), 1)}


def totals(library: Library, searches: Sequence[SavedSearch]) -> dict[int, int]:
    """How many records each of *searches* finds, by number."""
    return {one.nr: count(library, state_of(one.query)) for one in searches}


def save(library: Library, token: str, state: SearchState, name: str) -> Saved:
    """Save a search; one that is there stays as it is.  Raises BadInput when it is too long, or there is no room."""
    query = key(state)
    if len(query) > LONGEST:
        raise BadInput(f"A search can have {LONGEST:,} characters in its address to be saved; this has {len(query):,}.")
    done = library.store.searches.save(digest_of(token), _name(name), query, MOST)
    if not done.nr:
        raise BadInput(f"{MOST} searches are saved, and there is no room for more. Delete one of them first.")
    return done


def rename(library: Library, token: str, nr: int, name: str) -> bool:
    """Give a saved search another name; False when there is none.  Raises BadInput for an empty name."""
    if not _name(name):
        raise BadInput("A search needs a name. It keeps the one it has.")
    return library.store.searches.rename(digest_of(token), nr, _name(name))


def open_saved(library: Library, token: str, nr: int) -> SavedSearch | None:
    """The saved search, which is noted as opened now; None when there is none."""
    return library.store.searches.see(digest_of(token), nr) if is_token(token) else None


def delete(library: Library, token: str, nr: int) -> bool:
    """Delete a saved search; False when there is none."""
    return library.store.searches.delete(digest_of(token), nr)


def fresh(library: Library, searches: Sequence[SavedSearch]) -> dict[int, Fresh]:
    """What each of *searches* finds that was added after it was last opened, by number."""
    if not searches:
        return {}
    last = library.store.added_since(min(one.seen_at for one in searches), LOOKED_AT)
    library.engine.refresh()
    found = {}
    for one in searches:
        ids = [id for at, id in last if at > one.seen_at]
        found[one.nr] = Fresh(_count(library, state_of(one.query), ids), len(ids) == LOOKED_AT)
    return found


def only_new(library: Library, search: SavedSearch) -> SearchState | None:
    """The search for just those records that are new in *search*; None for none, and for more than a query can name."""
    state = state_of(search.query)
    library.engine.refresh()
    added = [id for _, id in library.store.added_since(search.seen_at, LOOKED_AT)]
    found = [id for request in _among(library, state, added) for id in library.engine.scan(request)]
    query = show(any_of(Term("id", id) for id in found)) if 0 < len(found) <= NAMED else ""
    return SearchState(q=query, cited=state.cited) if 0 < len(query) <= LIMITS.length else None


def _count(library: Library, state: SearchState, ids: Sequence[str]) -> int:
    """How many of the records *ids* the search finds."""
    return sum(library.engine.search(request).total for request in _among(library, state, ids))


def _among(library: Library, state: SearchState, ids: Sequence[str]) -> Iterator[SearchRequest]:
    """The requests that together find those of the records *ids* that the search finds."""
    if not ids:
        return
    request = replace(everything(library, state), sort="title", limit=0)
    for at in range(0, len(ids), ASKED):
        some = any_of(Term("id", id) for id in ids[at : at + ASKED])
        yield replace(request, query=all_of((some, request.query)))


def combined(library: Library, sets: str, searches: Mapping[str, SearchState]) -> SearchState:
    """The search for what *sets* says of *searches* by their names; raises BadInput where they cannot be combined."""
    thesaurus, variants = library.store.thesaurus(), library.store.variants()
    today = {name: as_filed(state, thesaurus, variants)[0] for name, state in searches.items()}
    made = combine(sets[: LIMITS.length], today, thesaurus)
    if isinstance(made, Refused):
        raise BadInput(SENTENCES[made.code].format(made.what[:100]))
    return made


def _name(text: str) -> str:
    return squash(clean(text[: 2 * NAME]))[:NAME]
