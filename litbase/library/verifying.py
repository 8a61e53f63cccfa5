"""Verifying: is the store what its writes promised, and is the index what the store says; the index can be mended."""

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Final, NamedTuple

from litbase.errors import EngineError, EngineUnavailable
from litbase.fields import IndexDocument, index_document
from litbase.index import Mark
from litbase.library import Library, bring_level
from litbase.query.request import SearchRequest, Visible
from litbase.record.text import amount
from litbase.store.faults import Fault

Progress = Callable[[int, int, str], None]
"""Called with what is done, how many records were read, and the name of the step."""

SHOWN: Final = 20  # ids in a report
TRIES: Final = 3  # to see index and store at one change, while others write
PAGE: Final = 500
PATIENCE: Final = 10.0  # seconds to wait for a process that follows the store


class Verified(NamedTuple):
    """What was found: how many records were read, what is wrong with the store, and how the index stands to it.

    *index_faults* say in words what is wrong with the index, () for nothing; *missing* are ids of records it lacks,
    *extra* ids that it has and should not; *refused* are (id, reason) of records that it cannot take.  *repaired* says
    what was done about it.  *away* says why the index could not be compared at all, "" when it was.
    """

    records: int
    store_faults: tuple[Fault, ...]
    index_faults: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()
    repaired: tuple[str, ...] = ()
    refused: tuple[tuple[str, str], ...] = ()
    away: str = ""

    @property
    def is_good(self) -> bool:
        """Whether nothing is wrong now."""
        mended = not self.index_faults or bool(self.repaired)
        return not self.store_faults and mended and not self.refused and not self.away


def verify(library: Library, repair: bool = False, progress: Progress = lambda done, count, step: None) -> Verified:
    """Read all of *library*'s store and index; with *repair* bring an index that is wrong in line with the store.

    A store that is wrong is not touched: what it lost is in a backup.
    """
    read = 0

    def told(done: int) -> None:
        nonlocal read
        read = done
        progress(done, done, "Records")

    wrong = tuple(library.store.faults(told))
    unreadable = any(fault.bars_reading for fault in wrong)
    try:
        found = _index(library)
        repaired = _repair(library, found) if repair and found.index_faults and not unreadable else ()
    except EngineUnavailable as error:
        return Verified(read, wrong, away=str(error))
    return found._replace(records=read, store_faults=wrong, repaired=repaired, refused=library.engine.refused)


def _index(library: Library) -> Verified:
    engine, store = library.engine, library.store
    while engine.inspect():
        pass
    for _ in range(TRIES):
        engine.refresh()
        mark, now = engine.mark(), Mark(*store.mark())
        if mark is None and not store.count(cited=True):
            return Verified(0, ())
        if mark is None:
            return Verified(0, (), (_why(library),))
        if mark[:2] != now[:2] or mark.change > now.change:
            return Verified(0, (), ("the index followed another store, or this one before it was restored",))
        if mark.change < now.change:
            return Verified(0, (), (f"the index is at change {mark.change}, the store at {now.change}",))
        try:
            missing, extra = _compared(library)
        except EngineError as error:
            engine.mark()  # raises where nobody can be asked
            return Verified(0, (), (str(error),))
        engine.refresh()
        if engine.mark() == mark and Mark(*store.mark()) == now:
            break
    told = []
    if missing:
        told.append(f"{len(missing):,} records are not in the index")
    if extra:
        told.append(f"{len(extra):,} records are in the index and should not be")
    return Verified(0, (), tuple(told), tuple(missing), tuple(extra))


def _why(library: Library) -> str:
    try:
        library.engine.search(SearchRequest(limit=0))
    except EngineError as error:
        return str(error)
    return "there is no index"


def _compared(library: Library) -> tuple[list[str], list[str]]:
    """The ids that the index lacks, and those it has and should not."""
    indexed = set(library.engine.scan(SearchRequest(visible=Visible(cited=True))))
    missing: list[str] = []
    after = ""
    while page := library.store.public_ids(after):
        missing += [id for id in page if id not in indexed]
        indexed.difference_update(page)
        after = page[-1]
    return missing, sorted(indexed)


def _repair(library: Library, found: Verified) -> tuple[str, ...]:
    """Bring the index in line: by what differs where the rest is sound, else by following, else anew."""
    if found.missing or found.extra:
        if _mend(library, found):
            taken = len(set(found.missing) - dict(library.engine.refused).keys())
            return (f"{amount(taken)} indexed, {len(found.extra):,} taken out",)
        return ()
    anew = library.engine.mark() is None
    if not bring_level(library):
        return ()
    return ("the index was built anew" if anew else "the index was brought level with the store",)


def _mend(library: Library, found: Verified) -> bool:
    with library.alone(PATIENCE) as held:
        mark = library.engine.mark()
        if not held or mark is None:
            return False
        thesaurus, variants, gone = library.store.thesaurus(), library.store.variants(), list(found.extra)
        ids = iter((*found.missing, *found.extra))

        def documents() -> Iterator[IndexDocument]:
            while some := tuple(islice(ids, PAGE)):
                for stored in library.store.get_many(some).values():
                    if stored.state == "public":
                        yield index_document(stored.record, thesaurus, variants)

        library.engine.write(documents(), gone, mark)
        return True
