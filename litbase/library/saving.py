"""Searches that a reader saved, under the token of the reader's list; what is new in them; searches combined."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import parse_qsl, urlencode

from litbase.errors import BadInput
from litbase.library import Library
from litbase.library.finding import every
from litbase.library.listing import digest_of, is_token
from litbase.library.thesaurus import with_todays
from litbase.query.combine import Refused, combine
from litbase.query.operands import LIMITS
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
SENTENCES: Final = {
    "empty": "Write which searches to combine, as in #1 AND #2.",
    "words": "“{}” is not a search of the history. Write numbers with AND, OR, NOT and brackets, as in "
    "#1 AND (#2 OR #3).",
    "operator": "AND, OR and NOT stand between numbers, as in #1 AND NOT #2. One of them has nothing to join.",
    "unknown": "There is no search {} in the history.",
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


def saved(library: Library, token: str) -> tuple[SavedSearch, ...]:
    """The saved searches, the last saved first; () for an unknown token."""
    return library.store.searches.all(digest_of(token)) if is_token(token) else ()


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


def _count(library: Library, state: SearchState, ids: Sequence[str]) -> int:
    """How many of the records *ids* the search finds."""
    if not ids:
        return 0
    request = replace(every(state, library.store.thesaurus()), sort="title", limit=0)
    stretches = (ids[at : at + ASKED] for at in range(0, len(ids), ASKED))
    queries = (all_of((any_of(Term("id", id) for id in some), request.query)) for some in stretches)
    return sum(library.engine.search(replace(request, query=query)).total for query in queries)


def combined(library: Library, sets: str, searches: Mapping[int, SearchState]) -> SearchState:
    """The search for what *sets* says of *searches*; raises BadInput where they cannot be put together."""
    thesaurus = library.store.thesaurus()
    today = {number: with_todays(state, thesaurus)[0] for number, state in searches.items()}
    made = combine(sets[: LIMITS.length], today, thesaurus)
    if isinstance(made, Refused):
        raise BadInput(SENTENCES[made.code].format(made.what[:100]))
    return made


def _name(text: str) -> str:
    return squash(clean(text[: 2 * NAME]))[:NAME]
