"""Descriptors suggested for ERIC's records whose own are hidden: how many are right, and whether scores mean it.

A thousand records stand in the library without descriptors, none of which the weights were fitted to.
"""

import time
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import Final, NamedTuple

from benchmarks.describing import hidden, library_of, right, split
from benchmarks.quality import Figure, Report, counted
from litbase.library.describing import PROBABLE, Suggestion, suggestions

TITLE = "Descriptors suggested (ERIC, hidden)"
FIRST: Final = 3
ANY: Final = 0.05  # so that the first three are known though none may be probable
MILLISECONDS: Final = 60
PARTS: Final = (0.5, 0.6, 0.7, 0.8, 0.9, 1.01)
OLD: Final = 1995
JOURNALS: Final = 4


class Asked(NamedTuple):
    """What was suggested for a record, what its indexer gave, and year and journal of the record."""

    found: tuple[Suggestion, ...]
    given: frozenset[str]
    year: int
    journal: str

    @property
    def shown(self) -> tuple[Suggestion, ...]:
        """Those that a person would see."""
        return tuple(one for one in self.found if one.score >= PROBABLE)


def measure(shared: Path) -> Report:
    """Precision of the first three, precision and recall of those shown, and what they cost."""
    parts = split(shared)
    records = parts.records | {name: hidden(parts.records[name]) for name in parts.held}
    asked: list[Asked] = []
    with library_of(shared, records) as (library, stored):
        suggestions(library, stored[parts.held[0]])  # the thesaurus is read
        began = time.process_time()
        for name in parts.held:
            suggestions(library, stored[name])
        each = 1000 * (time.process_time() - began) / len(parts.held)
        for name in parts.held:
            given = right(library.store.thesaurus(), parts.records[name])
            found = suggestions(library, stored[name], least=ANY)
            asked.append(Asked(found, given, parts.records[name].year or 0, parts.records[name].container_title))
    shown = [(one, each_of.given) for each_of in asked for one in each_of.shown]
    figures = (
        _precise("precision of the first", asked, 1, 0.6),
        _precise(f"precision of the first {FIRST}", asked, FIRST, 0.6),
        counted(f"precision of those shown (score {PROBABLE} and more)", _hits(shown), len(shown), PROBABLE),
        _told("recall of those shown", _hits(shown), sum(len(one.given) for one in asked)),
        counted("records with something shown", sum(bool(one.shown) for one in asked), len(asked), 0.8),
        *_by_score(shown),
        *_by_kind(asked),
        Figure("time of one core for a record", f"{each:.0f} ms", f"{MILLISECONDS} ms", each <= MILLISECONDS),
    )
    return Report(figures)


def _precise(name: str, asked: Iterable[Asked], first: int, least: float) -> Figure:
    firsts = [(one, each.given) for each in asked for one in each.found[:first]]
    return counted(name, _hits(firsts), len(firsts), least)


def _told(name: str, part: int, whole: int) -> Figure:
    """A figure that nothing is asked of."""
    return counted(name, part, whole, 0)._replace(asked="-")


def _hits(found: Iterable[tuple[Suggestion, frozenset[str]]]) -> int:
    return sum(one.descriptor in given for one, given in found)


def _by_score(shown: list[tuple[Suggestion, frozenset[str]]]) -> Iterable[Figure]:
    """How many of those with a score are right: as many as it says, where it means what it says."""
    for low, high in pairwise(PARTS):
        some = [(one, given) for one, given in shown if low <= one.score < high]
        said = sum(one.score for one, _ in some) / len(some) if some else 0
        yield _told(f"right of those scored {low} and more, {said:.2f} on average", _hits(some), len(some))


def _by_kind(asked: list[Asked]) -> Iterable[Figure]:
    """The same for old and new records, and for journals with many: whether a score means the same everywhere."""
    journals = [name for name, _ in Counter(one.journal for one in asked if one.journal).most_common(JOURNALS)]
    kinds = [(f"from before {OLD}", [one for one in asked if one.year < OLD])]
    kinds += [(f"from {OLD} on", [one for one in asked if one.year >= OLD])]
    kinds += [(f"in the {name}", [one for one in asked if one.journal == name]) for name in journals]
    kinds += [("in no journal that is known", [one for one in asked if not one.journal])]
    for name, some in kinds:
        shown = [(one, each.given) for each in some for one in each.shown]
        said = sum(one.score for one, _ in shown) / len(shown) if shown else 0
        yield _told(f"right of those shown for records {name}, scored {said:.2f} on average", _hits(shown), len(shown))
