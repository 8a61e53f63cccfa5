"""Exporting: any number of records, streamed, in any format of the table."""

from collections.abc import Iterable, Iterator
from itertools import islice

from litbase.errors import NotFound
from litbase.formats import by_name
from litbase.formats.options import PLAIN, Options
from litbase.library import Library
from litbase.library.finding import everything
from litbase.library.rights import shown
from litbase.query.state import SearchState
from litbase.record.record import Record
from litbase.store.values import Found, Stored

PAGE = 500


def export(
    library: Library, state: SearchState, format_name: str, options: Options = PLAIN, public: bool = False
) -> Iterator[str]:
    """The whole result set of *state* in a format, piece by piece; *public* obeys the sources' display rights.

    Raises UnknownFormat before the first piece.
    """
    dump = by_name(format_name).dump
    library.engine.refresh()
    return dump(_records(library, library.engine.scan(everything(library, state)), public), options)


def export_one(library: Library, id: str, format_name: str, options: Options = PLAIN, public: bool = False) -> str:
    """One record in a format.  Raises NotFound and UnknownFormat."""
    dump = by_name(format_name).dump
    found = library.store.resolve(id)
    if not isinstance(found, Found):
        raise NotFound(f"there is no record {id}")
    record = found.stored.record
    return "".join(dump([shown(record, library.settings) if public else record], options))


def export_ids(library: Library, ids: Iterable[str], format_name: str, options: Options = PLAIN) -> Iterator[str]:
    """The public records *ids* in a format, piece by piece, in that order, as far as may be shown.

    Raises UnknownFormat before the first piece.
    """
    return by_name(format_name).dump(public_records(library, ids), options)


def public_records(library: Library, ids: Iterable[str]) -> Iterator[Record]:
    """The public records *ids*, each once, as far as may be shown; for a merged one comes that it was merged into."""
    seen: set[str] = set()
    ids = iter(ids)
    while page := list(islice(ids, PAGE)):
        known = found_as(library, page)
        for id in page:
            stored = known.get(id)
            stored = known.get(stored.merged_into) if stored and stored.state == "merged" else stored
            if stored and stored.state == "public" and stored.id not in seen:
                seen.add(stored.id)
                yield shown(stored.record, library.settings)


def found_as(library: Library, ids: Iterable[str]) -> dict[str, Stored]:
    """The records *ids* in whatever state, by id, and those that the merged ones among them were merged into."""
    known = library.store.get_many(ids)
    others = [stored.merged_into for stored in known.values() if stored.state == "merged"]
    return known | library.store.get_many(others) if others else known


def _records(library: Library, ids: Iterable[str], public: bool) -> Iterator[Record]:
    ids = iter(ids)
    while page := list(islice(ids, PAGE)):
        stored = library.store.get_many(page)
        for id in page:
            if id in stored:
                record = stored[id].record
                yield shown(record, library.settings) if public else record
