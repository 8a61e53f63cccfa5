"""The query tree: what a search means, whoever typed it and whichever engine answers.

Frozen nodes; engines compile them with one `match`.  *field* names a row of
FIELDS, or is "" for all fields that are searched by default.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class All:
    """Every record."""


@dataclass(frozen=True, slots=True)
class None_:
    """No record."""


@dataclass(frozen=True, slots=True)
class Term:
    """One word: in any form of it, or just as written (*exact*); *first* means in the first value of the field only."""

    field: str
    text: str
    exact: bool = False
    first: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words side by side in one value of a field, unstemmed; *first* as in Term.

    A word of a name may end in a comma, which says that the name is written as it is filed ("Mehta, Jal").
    """

    field: str
    words: tuple[str, ...]
    first: bool = False


@dataclass(frozen=True, slots=True)
class Prefix:
    """Words that begin with *text*, unstemmed."""

    field: str
    text: str


@dataclass(frozen=True, slots=True)
class Near:
    """Words in each other's neighbourhood: a place of every one of *words* can be chosen in one value of one field.

    From each chosen place to the next, in the order of *words*, it is 1 to *distance* words forward or back; places are
    the positions of `tokens`, so that 1 is side by side.  With "" each default field is tried by itself.  In TEXT
    fields a word stands for all its forms, in NAME fields for itself.  At least two words.
    """

    field: str
    words: tuple[str, ...]
    distance: int


@dataclass(frozen=True, slots=True)
class Range:
    """A number from *low* to *high*, both included, None open; records without the number do not match."""

    field: str
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Given:
    """Records in which *field* is not empty: it has a word, a value or a number that can be searched."""

    field: str


@dataclass(frozen=True, slots=True)
class Value:
    """Records that have just *text* among the values of the facet *field*, letter by letter, as a filter asks."""

    field: str
    text: str


@dataclass(frozen=True, slots=True)
class Not:
    """Every record that *child* does not match."""

    child: Query


@dataclass(frozen=True, slots=True)
class And:
    """Records that all *children* match."""

    children: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Records that any of the *children* matches."""

    children: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Boost:
    """*child*, its score multiplied; made by expansion only."""

    child: Query
    factor: float


Query = All | None_ | Term | Phrase | Prefix | Near | Range | Given | Value | Not | And | Or | Boost


def all_of(children: Iterable[Query]) -> Query:
    """What all *children* match, in normal form: flat, without All, never an And of one; All when there are none."""
    flat: list[Query] = []
    for child in children:
        match child:
            case None_():
                return None_()
            case And(inner):
                flat += inner
            case All():
                continue
            case _:
                flat.append(child)
    return And(tuple(flat)) if len(flat) > 1 else flat[0] if flat else All()


def any_of(children: Iterable[Query]) -> Query:
    """What any of *children* matches, in normal form: flat, without None_, never an Or of one; None_ for none."""
    flat: list[Query] = []
    for child in children:
        match child:
            case All():
                return All()
            case Or(inner):
                flat += inner
            case None_():
                continue
            case _:
                flat.append(child)
    return Or(tuple(flat)) if len(flat) > 1 else flat[0] if flat else None_()


def none_of(child: Query) -> Query:
    """What *child* does not match, in normal form: never a Not of a Not."""
    match child:
        case All():
            return None_()
        case None_():
            return All()
        case Not(inner):
            return inner
    return Not(child)


def with_leaves(query: Query, change: Callable[[Query], Query]) -> Query:
    """*query* with each node that has none below it as *change* gives it, in normal form."""
    match query:
        case And(children):
            return all_of(with_leaves(child, change) for child in children)
        case Or(children):
            return any_of(with_leaves(child, change) for child in children)
        case Not(child):
            return none_of(with_leaves(child, change))
        case Boost(child, factor):
            return Boost(with_leaves(child, change), factor)
    return change(query)
