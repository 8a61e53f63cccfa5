"""Facets as people read them: values by their labels, found and filed by them, the chosen ones always there.

An engine knows stored values only.  The facets whose values people read under another name ("en" is English) are small,
so they are asked for whole, and found, ordered and cut here.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from litbase.fields import BY_NAME as FIELDS
from litbase.fields import FACETS, ID, LISTED, NUMBER
from litbase.library.labels import value_label
from litbase.query.request import FacetRequest, FacetResult
from litbase.query.state import SearchState
from litbase.record.text import fold, sort_form

TWIN: Final = 100  # values of a facet that programs are given with a search
_WHOLE: Final = frozenset(name for name in FACETS if FIELDS[name].kind in (ID, NUMBER))


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet: how often it occurs now, and whether it is chosen or excluded."""

    value: str
    label: str
    count: int
    selected: bool = False
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """The values of a facet that were asked for, how many there are in all, and the chosen and excluded, at 0 too.

    *total* may be off by a little when *about*, as an engine on several machines counts values.
    """

    name: str
    label: str
    values: tuple[FacetValue, ...]
    total: int = 0
    chosen: tuple[FacetValue, ...] = ()
    about: bool = False


def most_frequent(limit: int, names: Sequence[str] = LISTED) -> tuple[FacetRequest, ...]:
    """A request for the *limit* most frequent values of each facet in *names*."""
    return tuple(FacetRequest(name, limit) for name in names)


def of_engine(asked: FacetRequest) -> FacetRequest:
    """What an engine has to be asked, so that `facet` can give what was *asked*."""
    return FacetRequest(asked.name) if asked.name in _WHOLE else asked


def facet(asked: FacetRequest, result: FacetResult, state: SearchState) -> Facet:
    """The facet that was *asked* for in *state*, from what the engine gave for `of_engine(asked)`."""
    chosen, excluded = state.chosen(asked.name), state.excluded(asked.name)

    def labelled(pairs: Sequence[tuple[str, int]]) -> tuple[FacetValue, ...]:
        return tuple(FacetValue(v, value_label(asked.name, v), n, v in chosen, v in excluded) for v, n in pairs)

    label, values, marked = FIELDS[asked.name].label, labelled(result.values), labelled(result.chosen)
    made = Facet(asked.name, label, values, result.total, marked, result.about)
    return _cut(made, asked) if asked.name in _WHOLE else made


def _cut(whole: Facet, asked: FacetRequest) -> Facet:
    wanted = fold(asked.find).split()
    values = [value for value in whole.values if all(word in fold(value.label) for word in wanted)]
    if asked.order == "value":
        values.sort(key=lambda value: (sort_form(value.label), value.value))
    end = None if asked.limit is None else asked.offset + asked.limit
    return replace(whole, values=tuple(values[asked.offset : end]), total=len(values))


def listed(facet: Facet) -> tuple[FacetValue, ...]:
    """The values of *facet* and, after them, the chosen and excluded ones that are not among them."""
    there = {value.value for value in facet.values}
    return (*facet.values, *(value for value in facet.chosen if value.value not in there))


def initial(label: str) -> str:
    """The letter under which *label* is filed: a to z; "0" for digits and signs, "~" for all other letters.

    >>> [initial(label) for label in ("The Özgür Papers", "2001 Report", "Ökologie", "Я")]
    ['o', '0', 'o', '~']
    """
    first = sort_form(label)[:1]
    return "0" if first < "a" else first if first <= "z" else "~"


def place(filed: Sequence[FacetValue], letter: str) -> int:
    """How many of the values *filed* from A to Z come before those under *letter*, which is as `initial` gives it."""
    return bisect_left(filed, "" if letter == "0" else letter, key=lambda value: sort_form(value.label))
