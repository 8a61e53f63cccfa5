"""All values of one filter in a search: found by what they hold, by count or from A to Z, a leaf at a time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from string import ascii_lowercase

from litbase.library.facets import Facet, FacetValue, initial, listed
from litbase.library.finding import Counts
from litbase.query.request import FacetRequest
from litbase.web.links import Links
from litbase.web.views import told
from litbase.web.views.facets import Option, option

LEAF = 100  # values on one leaf
LETTERS = f"0{ascii_lowercase}"  # what one can jump to: digits, then each letter
ORDERS = {"count": "count", "name": "value"}  # in the address, and as an engine is asked


@dataclass(frozen=True, slots=True)
class Leaf:
    """Which values of a filter: leaf *number* of those whose label holds *find*, in the order *by*."""

    find: str = ""
    by: str = "count"
    number: int = 1
    size: int = LEAF

    def of(self, name: str) -> FacetRequest:
        """What the library is asked for these values of the facet *name*."""
        return FacetRequest(name, self.size, (self.number - 1) * self.size, self.find, ORDERS[self.by])

    def args(self) -> dict[str, str]:
        """Its part of an address; what is as by default is left out."""
        by, number = "" if self.by == "count" else self.by, "" if self.number == 1 else str(self.number)
        return {"find": self.find, "by": by, "leaf": number}


@dataclass(frozen=True, slots=True)
class Group:
    """Values that are filed under one letter; all of them, under no letter, when they go by count."""

    letter: str = told("a to z, 0 for digits, ~ for other letters; empty when values go by count")
    begins: bool = told("Whether its first value is here")
    options: tuple[Option, ...] = told("Its values")


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter to jump to."""

    letter: str = told("a to z, 0 for digits")
    where: str = told("here, elsewhere (on another leaf, if anywhere) or nowhere")


@dataclass(frozen=True, slots=True)
class FacetPage:
    """All values of one filter in one search."""

    name: str = told("Key of the filter")
    label: str = told("What it is called")
    q: str = told("The query")
    narrowed: bool = told("Whether this is about a search; else about the whole library")
    total: int = told("Records of the search")
    search_url: str = told("Back to the results")
    url: str = told("Where the form goes to find, to order and to turn the leaf")
    hidden: tuple[tuple[str, str], ...] = told("What the form carries on")
    find: str = told("What the labels must hold")
    by: str = told("Their order: count or name")
    chosen: tuple[Option, ...] = told("The chosen and excluded values that are not on this leaf")
    letters: tuple[Letter, ...] = told("Letters to jump to; () when values go by count")
    groups: tuple[Group, ...] = told("The values of this leaf")
    matching: int = told("How many values hold the text looked for")
    about: bool = told("Whether that number may be off by a little")
    first: int = told("Number of the first value on this leaf")
    last: int = told("Number of the last")
    leaf: int = told("Number of this leaf")
    leaves: int = told("How many leaves there are")


def leaves(facet: Facet, leaf: Leaf) -> int:
    """How many leaves like *leaf* the values of *facet* fill; at least one."""
    return max(1, -(-facet.total // leaf.size))


def facet_page(counted: Counts, links: Links, leaf: Leaf) -> FacetPage:
    """The page of the only facet of *counted*, which has the values of *leaf*."""
    facet, state = counted.facets[0], counted.state.with_page(1)
    many = leaves(facet, leaf)
    start = (leaf.number - 1) * leaf.size
    groups = tuple(
        Group(letter, number > 0 or leaf.number == 1, tuple(option(state, facet.name, v, links) for v in values))
        for number, (letter, values) in enumerate(_grouped(facet.values, leaf.by))
    )
    rest = listed(facet)[len(facet.values) :]
    chosen = tuple(option(state, facet.name, value, links) for value in rest)
    here = {(made.name, made.value) for made in (*chosen, *(o for group in groups for o in group.options))}
    return FacetPage(
        name=facet.name,
        label=facet.label,
        q=state.q,
        narrowed=bool(state.pairs()),
        total=counted.total,
        search_url=links.search(state),
        url=links.facet(facet.name),
        hidden=tuple(pair for pair in state.pairs() if pair not in here),
        find=leaf.find,
        by=leaf.by,
        chosen=chosen,
        letters=tuple(_letters(groups, leaf.number, many)) if leaf.by == "name" and groups else (),
        groups=groups,
        matching=facet.total,
        about=facet.about,
        first=start + 1 if groups else 0,
        last=start + len(facet.values),
        leaf=leaf.number,
        leaves=many,
    )


def _grouped(values: Sequence[FacetValue], by: str) -> Iterator[tuple[str, Iterator[FacetValue]]]:
    return groupby(values, key=lambda value: initial(value.label) if by == "name" else "")


def _letters(groups: Sequence[Group], leaf: int, many: int) -> Iterator[Letter]:
    """Where each letter is; what is filed on other leaves is not known here."""
    begun = {group.letter for group in groups if group.begins}
    first, last = groups[0].letter, groups[-1].letter
    for letter in LETTERS:
        before = letter < first or (letter == first and not groups[0].begins)
        outside = (before and leaf > 1) or (letter > last and leaf < many)
        yield Letter(letter, "here" if letter in begun else "elsewhere" if outside else "nowhere")
