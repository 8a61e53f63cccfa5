"""Browsing: the values of a facet from A to Z and by count, those a thesaurus adds, and what stands near one value.

`starts` and `usage` read whole lists: they are for whoever keeps what they find until the index moves on, so that no
page does.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final, NamedTuple

from litbase.library import Library
from litbase.library.finding import Found, count, counts, search
from litbase.query.request import FacetRequest, FacetResult, Filter, SearchRequest
from litbase.query.show import show
from litbase.query.state import SearchState
from litbase.query.tree import Phrase
from litbase.record.text import fold, sort_form, tokens

LEAF: Final = 100  # values on one leaf
FREQUENT: Final = 5_000  # values that can be had by count; the others are found from A to Z
LETTERS: Final = "0abcdefghijklmnopqrstuvwxyz~"  # digits and signs, each letter, letters of other scripts
TOGETHER: Final = 10  # values that are told to stand often beside another
READ: Final = 25  # newest records of a value that are read
NAMESAKES: Final = 200  # names filed alike that are compared
ALIKE: Final = 8
PHRASE: Final = 32  # words of a value that its records are looked for by
Pairs = tuple[tuple[str, int], ...]


class Shelf(NamedTuple):
    """Some *values* with how many records have each, from number *first* (from 0) of the *matching* ones.

    *about* says that their number may be off by a little, as in FacetResult.
    """

    values: Pairs
    first: int
    matching: int
    about: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which values are wanted: leaf *number* of those that hold *find*, else of those under *letter*, else of all.

    *by* is count or name; under a letter values always go by name.
    """

    find: str = ""
    letter: str = ""
    by: str = "count"
    number: int = 1


def shelf(library: Library, name: str, wanted: Wanted, begun: Sequence[int]) -> Shelf:
    """The values of the facet *name* that are *wanted*; past the end the last ones.  *begun* is what `starts` says."""
    library.engine.refresh()
    if wanted.letter and not wanted.find:
        at = LETTERS.index(wanted.letter)
        first, matching = _on(wanted.number, begun[at + 1] - begun[at])
        asked = FacetRequest(name, min(LEAF, matching - first), begun[at] + first, order="value")
        return Shelf(_values(library, asked).values, first, matching)
    by = "count" if wanted.by == "count" else "value"
    first = (wanted.number - 1) * LEAF if by != "count" else min((wanted.number - 1) * LEAF, FREQUENT - LEAF)
    asked = FacetRequest(name, LEAF, first, wanted.find, by)
    found = _values(library, asked)
    if not found.values and found.total:
        first, _ = _on(wanted.number, found.total)
        found = _values(library, replace(asked, offset=first))
    return Shelf(found.values, first if found.total else 0, found.total, found.about)


def cut(values: Sequence[tuple[str, int]], wanted: Wanted) -> Shelf:
    """What is *wanted* of the *values* of a list at hand, which go from A to Z."""
    words = fold(wanted.find).split()
    kept = [pair for pair in values if all(word in fold(pair[0]) for word in words)] if words else values
    if wanted.letter and not words:
        begun, at = begins([value for value, _ in values]), LETTERS.index(wanted.letter)
        kept = values[begun[at] : begun[at + 1]]
    first, matching = _on(wanted.number, len(kept))
    return Shelf(tuple(kept[first : first + LEAF]), first, matching)


def _on(number: int, matching: int) -> tuple[int, int]:
    """Where leaf *number* of so many *matching* values begins, the last leaf past the end; and how many match."""
    return min(number - 1, max(0, matching - 1) // LEAF) * LEAF, matching


def letters(starts: Sequence[int]) -> dict[str, int]:
    """How many values are filed under each of LETTERS; *starts* says where each begins."""
    return {letter: stop - start for letter, (start, stop) in zip(LETTERS, pairwise(starts), strict=True)}


def begins(filed: Sequence[str]) -> tuple[int, ...]:
    """Where each of LETTERS begins among the values *filed* from A to Z, and how many values there are.

    >>> begins(["21st Century Skills", "Ability", "The Aged", "Zoos"])[:4]
    (0, 1, 3, 3)
    """
    first = ("", *LETTERS[1:-1], "{")  # "{" is what follows z
    return (*(bisect_left(filed, letter, key=sort_form) for letter in first), len(filed))


def starts(library: Library, name: str) -> tuple[int, ...]:
    """Where each of LETTERS begins among the values of the facet *name*; reads the whole list."""
    return begins([value for value, _ in _values(library, FacetRequest(name, order="value")).values])


def _values(library: Library, asked: FacetRequest) -> FacetResult:
    return library.engine.search(SearchRequest(facets=(asked,), limit=0)).facets[asked.name]


def usage(library: Library) -> dict[str, int]:
    """How many records have each descriptor of the thesaurus, 0 for none, from A to Z; {} without a thesaurus."""
    names = tuple(entry.name for entry in library.store.thesaurus().entries)
    request = SearchRequest(filters=(Filter("descriptor", names),), facets=(FacetRequest("descriptor", 0),), limit=0)
    used = dict(library.engine.search(request).facets["descriptor"].chosen) if names else {}
    return {name: used[name] for name in sorted(names, key=lambda name: (sort_form(name), name))}


def of_value(name: str, value: str) -> SearchState:
    """The search for every record with *value* of the facet *name*."""
    return SearchState().add(name, value)


def total(library: Library, name: str, value: str) -> int:
    """How many records have *value* of the facet *name*."""
    return count(library, of_value(name, value))


def newest(library: Library, name: str, value: str, facets: Sequence[FacetRequest]) -> Found:
    """The newest records with *value* of the facet *name*, and how all of them spread over *facets*.

    Cited works count only where there are no others.
    """
    state = of_value(name, value).with_per(READ)
    found = search(library, state, tuple(facets))
    return found if found.total else search(library, replace(state, cited=True), tuple(facets))


class Beside(NamedTuple):
    """A *value* that stands beside another in *total* records, which *state* finds."""

    value: str
    total: int
    state: SearchState


def together(library: Library, name: str, value: str, total: int) -> tuple[Beside, ...]:
    """The values of the facet *name* that most often stand beside *value*, which *total* records have.

    Values of one facet are ORed, so the search for two of them asks for one by its words.  Where other values hold the
    words of *value* too ("Learning" in "Cooperative Learning"), it asks for the other one so, and the records without
    *value* are taken off before the most frequent are chosen.
    """
    words = _worded(name, value)
    if not words:
        return ()
    state = SearchState(q=words, expand=False)
    beside = counts(library, state, (FacetRequest(name, TOGETHER + 1),))
    if beside.total == total:
        pairs = [(other.value, other.count) for other in beside.facets[0].values if other.value != value]
        return tuple(Beside(other, n, state.add(name, other)) for other, n in pairs[:TOGETHER])
    whole = (FacetRequest(name),)
    without = {v.value: v.count for v in counts(library, state.exclude(name, value), whole).facets[0].values}
    both = {v.value: v.count - without.get(v.value, 0) for v in counts(library, state, whole).facets[0].values}
    others = sorted((other for other in both if both[other] and other != value), key=lambda v: (-both[v], v))
    chosen = replace(of_value(name, value), expand=False)
    states = {other: chosen.with_q(_worded(name, other)) for other in others[:TOGETHER]}
    found = (Beside(other, count(library, both_of), both_of) for other, both_of in states.items())
    return tuple(sorted(found, key=lambda one: -one.total))


def _worded(name: str, value: str) -> str:
    """The query for records with the words of *value* side by side in the field *name*; "" when it has none."""
    words = [value[token.start : token.end] for token in tokens(value)][:PHRASE]
    comma = len(list(tokens(value.partition(",")[0]))) if name == "author" and "," in value else 0
    if 0 < comma < len(words):  # the name as it is filed
        words[comma - 1] += ","
    return show(Phrase(name, tuple(words))) if words else ""


def namesakes(library: Library, author: str) -> tuple[tuple[str, int], ...]:
    """Authors whose names may be other forms of *author*, "Mehta, J." for "Mehta, Jal", and how many records each has.

    Nothing says that they are the same person.
    """
    family, comma, given = author.partition(",")
    mine = _given(given)
    if not comma or not mine:
        return ()
    found = library.engine.suggest("author", f"{family} {mine[0][0]}", NAMESAKES)
    alike = [(value, n) for value, n in found if value != author and _agree(family, mine, value)]
    return tuple(alike[:ALIKE])


def _given(text: str) -> list[str]:
    return [token.forms[0] for token in tokens(text)]


def _agree(family: str, given: Sequence[str], other: str) -> bool:
    """Whether *other* has this family name, and no given name that contradicts *given*."""
    its_family, _, its_given = other.partition(",")
    theirs = _given(its_given)
    alike = all(one.startswith(two) or two.startswith(one) for one, two in zip(given, theirs, strict=False))
    return sort_form(its_family) == sort_form(family) and bool(theirs) and alike
