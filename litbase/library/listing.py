"""Lists: the records a reader has put aside, known by a random token that only the reader's browser keeps.

Whoever has the token reads and writes.  A second token, made from it, reads only, and can be ended.
"""

import base64
import hashlib
import hmac
import re
import secrets
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from litbase.errors import BadInput
from litbase.library import Library
from litbase.library.citing import Offered, styles, together
from litbase.library.exporting import found_as
from litbase.library.finding import count, everything
from litbase.query.state import SearchState
from litbase.record.dates import sort_key
from litbase.record.record import Record
from litbase.record.text import clean, sort_form
from litbase.store.lists import MARKS, WAYS, ListEntry, Put, StoredList
from litbase.store.values import Stored
from litbase.styles import Rich, entry

__all__ = ["MARKS", "MOST", "ORDERS", "WAYS", "Put", "Rich", "styles"]

MOST: Final = 5_000  # records of a list
NOTE: Final = 5_000  # characters of a note
KEPT_DAYS: Final = 400  # after its last use
ORDERS: Final = ("own", "added", "title", "author", "year")
NOT_MARKED: Final = "none"
_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{43}")


@dataclass(frozen=True, slots=True)
class ReaderList:
    """A list as somebody sees it: its entries, and the token that shows it to others where it is *shared*.

    *mine* is whether it was opened by the token that also writes; notes and marks are left out where they are not
    shared.
    """

    entries: tuple[ListEntry, ...]
    mine: bool
    shared: str = ""
    with_notes: bool = False

    @property
    def marks(self) -> dict[str, int]:
        """How many entries have each mark, those without one under "none"."""
        return Counter(one.mark or NOT_MARKED for one in self.entries)


@dataclass(frozen=True, slots=True)
class Item:
    """An entry with its record; *title* is what the record was called.

    *state* is "public", "merged" (*record* is then the one it was merged into), "withdrawn" (with a *reason*) or
    "gone".
    """

    entry: ListEntry
    state: str
    record: Record | None
    title: str = ""
    reason: str = ""


NOTHING: Final = ReaderList((), mine=True)


def new_token() -> str:
    """A token for a list that is not there yet: 256 random bits."""
    return secrets.token_urlsafe(32)


def is_token(text: str) -> bool:
    """Whether *text* has the form of a token."""
    return _TOKEN.fullmatch(text) is not None


def exists(library: Library, token: str) -> bool:
    """Whether there is a list of this token."""
    return is_token(token) and library.store.lists.find(digest_of(token)) is not None


def glance(library: Library, token: str, ids: Sequence[str] = ()) -> tuple[int, frozenset[str]]:
    """The size of the list and which of *ids* are in it; (0, nothing) for an unknown token."""
    return library.store.lists.glance(digest_of(token), ids) if is_token(token) else (0, frozenset())


def opened(library: Library, token: str) -> ReaderList | None:
    """The reader's own list; None when the token opens none."""
    found = library.store.lists.find(digest_of(token)) if is_token(token) else None
    if found is None:
        return None
    shared = _shared_token(token, found.nonce) if found.nonce else ""
    return ReaderList(_entries(library, found), mine=True, shared=shared, with_notes=found.with_notes)


def opened_shared(library: Library, token: str) -> ReaderList | None:
    """The list that somebody shared by *token*; None when there is none, or the sharing has ended."""
    found = library.store.lists.find_shared(digest_of(token)) if is_token(token) else None
    if found is None:
        return None
    entries = _entries(library, found)
    if not found.with_notes:
        entries = tuple(ListEntry(e.record_id, e.position, e.added_at, "", "") for e in entries)
    return ReaderList(entries, mine=False, shared=token, with_notes=found.with_notes)


def _entries(library: Library, found: StoredList) -> tuple[ListEntry, ...]:
    library.store.lists.touch(found)
    return library.store.lists.entries(found.nr)


def add(library: Library, token: str, ids: Sequence[str]) -> Put:
    """Put the records *ids* at the end of the list, as far as there is room; the list is made when absent."""
    return library.store.lists.put(digest_of(token), ids, MOST)


def ids_of_search(library: Library, state: SearchState) -> tuple[list[str], int]:
    """The ids of the result set of *state*, in its order, as many as a list can hold; and how many more there are."""
    library.engine.refresh()
    ids = list(islice(library.engine.scan(everything(library, state)), MOST + 1))
    return ids[:MOST], count(library, state) - MOST if len(ids) > MOST else 0


def remove(library: Library, token: str, ids: Iterable[str]) -> int:
    """Take the records *ids* out of the list; how many were in it."""
    return library.store.lists.remove(digest_of(token), ids)


def clear(library: Library, token: str) -> int:
    """Take everything out of the list; how much there was."""
    return library.store.lists.clear(digest_of(token))


def note(library: Library, token: str, id: str, text: str | None, mark: str | None) -> bool:
    """Write note or mark of a record, None leaves one as it is; False when it is not in the list.

    Raises BadInput for a note that is too long and a mark that is none.
    """
    if text is not None and len(text := clean(text.replace("\r\n", "\n")).strip()) > NOTE:
        raise BadInput(f"A note can have {NOTE:,} characters; this one has {len(text):,}. Nothing was saved.")
    if mark not in (None, "", *MARKS):
        raise BadInput(f"A mark is one of {', '.join(MARKS)}, or empty. Nothing was saved.")
    return library.store.lists.note(digest_of(token), id, text, mark)


def move(library: Library, token: str, id: str, way: str) -> bool:
    """Move a record "up", "down", to be the "first" or the "last"; False when it is not in the list.

    Raises BadInput for another way.
    """
    if way not in WAYS:
        raise BadInput(f"A record can be moved {', '.join(WAYS)}.")
    return library.store.lists.move(digest_of(token), id, way)


def share(library: Library, token: str, with_notes: bool) -> str:
    """A token that shows the list to others, another one each time; "" when there is no list."""
    nonce = secrets.token_hex(16)
    shared = _shared_token(token, nonce)
    return shared if library.store.lists.share(digest_of(token), digest_of(shared), nonce, with_notes) else ""


def end_sharing(library: Library, token: str) -> bool:
    """Show the list to nobody else; False when there is no list."""
    return library.store.lists.share(digest_of(token), None, "", with_notes=False)


def forget_unused(library: Library) -> int:
    """Delete the lists that nobody has used for 400 days; how many there were."""
    return library.store.lists.forget(KEPT_DAYS)


def arranged(library: Library, entries: Iterable[ListEntry], order: str = "own", mark: str = "") -> list[ListEntry]:
    """The *entries* with *mark* ("" for any, "none" for those without one) in one of ORDERS.

    Undated and nameless ones come last.
    """
    chosen = [one for one in entries if mark in ("", one.mark or NOT_MARKED)]
    if order == "added":
        return sorted(chosen, key=lambda one: (one.added_at, one.position), reverse=True)
    if order in _KEYS:
        key, stored = _KEYS[order], library.store.get_many(one.record_id for one in chosen)
        return sorted(chosen, key=lambda one: key(stored[one.record_id].record))
    return chosen


def _author(record: Record) -> tuple[bool, str]:
    names = record.author or record.editor
    return not names, sort_form(str(names[0])) if names else ""


_KEYS: Final[dict[str, Callable[[Record], Any]]] = {
    "title": lambda record: (not record.title, sort_form(record.title)),
    "author": _author,
    "year": lambda record: sort_key(record.issued, newest_first=True),
}


def items(library: Library, entries: Sequence[ListEntry]) -> tuple[Item, ...]:
    """The *entries* with their records, and what became of those that are no longer there."""
    known = found_as(library, [one.record_id for one in entries])
    return tuple(_item(one, known) for one in entries)


def _item(one: ListEntry, known: dict[str, Stored]) -> Item:
    stored = known.get(one.record_id)
    if stored is None:
        return Item(one, "gone", None)
    title = stored.record.title
    match stored.state:
        case "public":
            return Item(one, "public", stored.record, title)
        case "merged" if (other := known.get(stored.merged_into)) and other.state == "public":
            return Item(one, "merged", other.record, title)
        case "withdrawn":
            return Item(one, "withdrawn", None, title, stored.reason)
    return Item(one, "gone", None)


def cited(records: Iterable[Record], offered: Offered) -> Iterator[tuple[Record, Rich]]:
    """The bibliography of *records* in a style; what the style would not list comes last, so that none is missing.

    Raises BadInput where a style of a file cannot be printed.
    """
    made = together(offered, records)
    for one in made.entries:
        yield one.record, one.text
    if offered.style:  # a style of a file lists everything
        for number, record in enumerate(made.unlisted, len(made.entries) + 1):
            yield record, entry(offered.style, record, number)


def digest_of(token: str) -> str:
    """What the store keeps of *token*."""
    return hashlib.sha256(token.encode()).hexdigest()


def _shared_token(token: str, nonce: str) -> str:
    """The token of sharing that belongs to *nonce*; who has it learns nothing of *token*."""
    made = hmac.digest(token.encode(), f"share {nonce}".encode(), "sha256")
    return base64.urlsafe_b64encode(made).decode().rstrip("=")
