"""Exporting: any number of records, streamed, in any format of the table."""

from collections.abc import Iterable, Iterator
from itertools import islice

from litbase.errors import NotFound
from litbase.formats import by_name
from litbase.formats.options import PLAIN, Options
from litbase.library import Library
from litbase.library.finding import every
from litbase.library.rights import shown
from litbase.query.state import SearchState
from litbase.record.record import Record
from litbase.store.values import Found

PAGE = 500


def export(
    library: Library, state: SearchState, format_name: str, options: Options = PLAIN, public: bool = False
) -> Iterator[str]:
    """The whole result set of *state* in a format, piece by piece; *public* obeys the sources' display rights.

    Raises UnknownFormat before the first piece.
    """
    dump = by_name(format_name).dump
    library.engine.refresh()
    return dump(_records(library, library.engine.scan(every(state, library.store.thesaurus())), public), options)


def export_one(library: Library, id: str, format_name: str, options: Options = PLAIN, public: bool = False) -> str:
    """One record in a format.  Raises NotFound and UnknownFormat."""
    dump = by_name(format_name).dump
    found = library.store.resolve(id)
    if not isinstance(found, Found):
        raise NotFound(f"there is no record {id}")
    record = found.stored.record
    return "".join(dump([shown(record, library.settings) if public else record], options))


def _records(library: Library, ids: Iterable[str], public: bool) -> Iterator[Record]:
    ids = iter(ids)
    while page := list(islice(ids, PAGE)):
        stored = library.store.get_many(page)
        for id in page:
            if id in stored:
                record = stored[id].record
                yield shown(record, library.settings) if public else record
