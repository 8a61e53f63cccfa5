"""Descriptors, authors and sources as lists: by count, from A to Z, as a tree, and those no record has yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from litbase.library.browsing import FREQUENT, LEAF, LETTERS, Shelf, Wanted
from litbase.library.facets import initial
from litbase.web.links import Links
from litbase.web.views import told
from litbase.web.views.parts import Linked

ORDERS: Final = ("count", "name")
THESAURUS_ORDERS: Final = ("tree", "unused")  # what a thesaurus adds


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter of the row from A to Z."""

    letter: str = told("a to z, 0 for digits and signs, ~ for letters of other scripts")
    count: int = told("How many values are filed under it")
    url: str = told("These values; empty where there is none")
    current: bool = told("Whether this is their page")


@dataclass(frozen=True, slots=True)
class Order:
    """One way to go through the values."""

    name: str = told("count, name, tree or unused")
    url: str = told("Where it begins")
    current: bool = told("Whether this is it")


@dataclass(frozen=True, slots=True)
class Item:
    """One value."""

    text: str = told("What is read")
    count: int = told("How many records have it")
    url: str = told("Its page")


@dataclass(frozen=True, slots=True)
class Group:
    """Values filed under one letter; all of them, under no letter, when they go by count."""

    letter: str = told("The letter, or empty")
    items: tuple[Item, ...] = told("The values")


@dataclass(frozen=True, slots=True)
class Branch:
    """A descriptor in the tree."""

    item: Item = told("The descriptor")
    narrower: tuple["Branch", ...] = told("Its narrower ones, from A to Z")
    more: int = told("How many narrower ones are left for its own page")


@dataclass(frozen=True, slots=True)
class Other:
    """A name that is no descriptor, and what is used instead."""

    name: str = told("The other name")
    today: tuple[Linked, ...] = told("The descriptors")


@dataclass(frozen=True, slots=True)
class BrowsePage:
    """One list of values."""

    name: str = told("descriptor, author or source")
    url: str = told("Where the form goes")
    find: str = told("What the values must hold")
    letter: str = told("The letter they are filed under, or empty")
    by: str = told("Their order: count, name, tree or unused")
    orders: tuple[Order, ...] = told("The ways to go through them")
    letters: tuple[Letter, ...] = told("The row from A to Z")
    groups: tuple[Group, ...] = told("The values of this leaf; () for a tree")
    tree: tuple[Branch, ...] = told("The broadest descriptors of this leaf with all below them")
    others: tuple[Other, ...] = told("Other names that hold what is looked for")
    notices: tuple[str, ...] = told("What could not be read in the address, as sentences")
    matching: int = told("How many values there are")
    about: bool = told("Whether that number may be off by a little")
    first: int = told("Number of the first one here")
    last: int = told("Number of the last one here")
    leaf: int = told("Number of this leaf")
    leaves: int = told("How many leaves there are")
    previous_url: str = told("The leaf before; empty for the first")
    next_url: str = told("The leaf after; empty for the last")
    cut: bool = told("Whether the rarest values are found from A to Z only")
    thesaurus: bool | None = told("Whether a thesaurus is loaded; None where none is expected")
    json_url: str = told("The same as JSON")


def item(name: str, value: str, count: int, links: Links) -> Item:
    """One value of the facet *name*."""
    return Item(value, count, links.value(name, value))


def alphabet(name: str, sizes: dict[str, int], current: str, links: Links, by: str = "") -> tuple[Letter, ...]:
    """The row from A to Z, with digits and other letters where there are any; *sizes* says how many each has."""
    return tuple(
        Letter(one, sizes[one], links.browse(name, letter=one, by=by) if sizes[one] else "", one == current)
        for one in LETTERS
        if sizes[one] or one.isalpha()
    )


def browse_page(
    name: str,
    wanted: Wanted,
    shelf: Shelf,
    sizes: dict[str, int],
    links: Links,
    notices: Sequence[str] = (),
    tree: Sequence[Branch] = (),
    others: Sequence[Other] = (),
    thesaurus: bool | None = None,
) -> BrowsePage:
    """The page of the values on *shelf*, which are those *wanted*; *sizes* says how many are under each letter."""
    number = shelf.first // LEAF + 1
    reachable = min(shelf.matching, FREQUENT) if wanted.by == "count" and not wanted.letter else shelf.matching
    leaves = max(1, -(-reachable // LEAF))
    by = "" if wanted.by == "count" else wanted.by
    kept = {"find": wanted.find, "letter": wanted.letter, "by": by}

    def leaf(to: int) -> str:
        return links.browse(name, **kept, leaf="" if to == 1 else str(to)) if 1 <= to <= leaves else ""

    filed = wanted.by != "count" or bool(wanted.letter)
    groups = groupby(shelf.values, key=lambda pair: initial(pair[0]) if filed else "")
    return BrowsePage(
        name=name,
        url=links.browse(name),
        find=wanted.find,
        letter=wanted.letter,
        by=wanted.by,
        orders=tuple(
            Order(order, links.browse(name, by="" if order == "count" else order, find=wanted.find), order == wanted.by)
            for order in (*ORDERS, *(THESAURUS_ORDERS if thesaurus else ()))
        ),
        letters=alphabet(name, sizes, wanted.letter, links, by if by in THESAURUS_ORDERS else ""),
        groups=() if tree else tuple(Group(g, tuple(item(name, v, n, links) for v, n in some)) for g, some in groups),
        tree=tuple(tree),
        others=tuple(others),
        notices=tuple(notices),
        matching=shelf.matching,
        about=shelf.about,
        first=shelf.first + 1 if shelf.values else 0,
        last=shelf.first + len(shelf.values),
        leaf=number,
        leaves=leaves,
        previous_url=leaf(number - 1),
        next_url=leaf(number + 1),
        cut=reachable < shelf.matching and number == leaves,
        thesaurus=thesaurus,
        json_url=links.browse(name, ".json", **kept, leaf="" if number == 1 else str(number)),
    )


def twin(page: BrowsePage) -> dict[str, Any]:
    """*page* as JSON: the values of this leaf, or the branches of the tree."""
    return {
        "list": page.name,
        "find": page.find,
        "letter": page.letter,
        "by": page.by,
        "total": page.matching,
        "about": page.about,
        "first": page.first,
        "last": page.last,
        "leaf": page.leaf,
        "leaves": page.leaves,
        "letters": {letter.letter: letter.count for letter in page.letters},
        "values": [_twin(one) for group in page.groups for one in group.items],
        "tree": [_branch(branch) for branch in page.tree],
        "others": [{"name": other.name, "today": [one.text for one in other.today]} for other in page.others],
    }


def _twin(one: Item) -> dict[str, Any]:
    return {"value": one.text, "count": one.count, "url": one.url}


def _branch(branch: Branch) -> dict[str, Any]:
    return _twin(branch.item) | {"narrower": [_branch(below) for below in branch.narrower], "more": branch.more}
