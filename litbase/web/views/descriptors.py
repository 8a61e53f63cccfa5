"""What a thesaurus adds to the pages of descriptors: the tree, a descriptor's place in it, and other names."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from litbase.library.slugs import words_of
from litbase.record.text import fold, sort_form
from litbase.vocabulary.thesaurus import Entry, Thesaurus, without_years
from litbase.web.links import Links
from litbase.web.views import told
from litbase.web.views.browse import Branch, Item, Other, item
from litbase.web.views.parts import Linked

DRAWN: Final = 900  # descriptors in the tree of one page; what is below the others is on their own pages
DEEPEST: Final = 12  # steps below a root; ERIC's thesaurus has nine
OTHERS: Final = 50
SIBLINGS: Final = 8  # that stand open beside a descriptor


@dataclass(frozen=True, slots=True)
class Kin:
    """A broader descriptor and what stands below it."""

    broader: Item = told("The broader descriptor")
    before: tuple[Item, ...] = told("Narrower ones before the nearest, from A to Z")
    near: tuple[Item, ...] = told("The nearest ones and the descriptor of the page among them")
    after: tuple[Item, ...] = told("Narrower ones after the nearest")


@dataclass(frozen=True, slots=True)
class Position:
    """The place of a descriptor in the tree."""

    me: Item = told("The descriptor")
    kin: tuple[Kin, ...] = told("Under each of its broader descriptors; () for a broadest one")
    narrower: tuple[Item, ...] = told("Its narrower descriptors")


def roots(thesaurus: Thesaurus, find: str = "") -> tuple[str, ...]:
    """The descriptors with no broader one or, where something is looked for, those whose names hold it, from A to Z."""
    words = fold(find).split()
    entries = thesaurus.entries
    if words:
        names = [entry.name for entry in entries if all(word in fold(entry.name) for word in words)]
    else:
        names = [entry.name for entry in entries if not entry.broader]
    return tuple(sorted(names, key=lambda name: (sort_form(name), name)))


def branches(names: Sequence[str], thesaurus: Thesaurus, used: Mapping[str, int], links: Links) -> tuple[Branch, ...]:
    """The tree below each of *names*; *used* says how many records have each.

    A descriptor stands below each of its broader ones.  What would go round in a circle, or past DRAWN and
    DEEPEST, is not drawn.
    """
    left, entries = DRAWN, {entry.name: entry for entry in thesaurus.entries}

    def branch(name: str, above: tuple[str, ...]) -> Branch:
        nonlocal left
        below = [one for one in entries[name].narrower if one in entries and one not in above]
        open_ = len(below) <= left and len(above) <= DEEPEST
        left -= len(below) if open_ else 0
        drawn = tuple(branch(one, (*above, one)) for one in below) if open_ else ()
        return Branch(item("descriptor", name, used.get(name, 0), links), drawn, len(below) - len(drawn))

    return tuple(branch(name, (name,)) for name in names)


def position(entry: Entry, thesaurus: Thesaurus, used: Mapping[str, int], links: Links) -> Position:
    """The place of *entry* in the tree."""

    def one(name: str) -> Item:
        return item("descriptor", name, used.get(name, 0), links)

    def kin(name: str) -> Kin:
        broader = thesaurus.find(name)
        siblings = tuple(map(one, broader.narrower)) if broader else ()
        at = next((n for n, sibling in enumerate(siblings) if sibling.text == entry.name), 0)
        start = max(0, min(at - SIBLINGS // 2, len(siblings) - SIBLINGS))
        return Kin(one(name), siblings[:start], siblings[start : start + SIBLINGS], siblings[start + SIBLINGS :])

    return Position(one(entry.name), tuple(map(kin, entry.broader)), tuple(map(one, entry.narrower)))


def other_names(thesaurus: Thesaurus, find: str, links: Links) -> Iterator[Other]:
    """Names that hold what is looked for and are no descriptors, with what is used instead."""
    words = fold(find).split()
    names = {name for entry in thesaurus.entries for name in entry.used_for if _holds(name, words)} if words else set()
    for name in sorted(names, key=lambda name: (sort_form(name), name))[:OTHERS]:
        yield Other(name, tuple(Linked(one, links.descriptor(one)) for one in thesaurus.today(name)))


def _holds(name: str, words: Sequence[str]) -> bool:
    text = fold(name)
    return all(word in text for word in words)


def called(entry: Entry, words: str) -> str:
    """The other name of *entry* whose address has these *words*; "" for none."""
    return next((name for name in entry.used_for if words_of(name) == words_of(words)), "") if words else ""


def is_retired(name: str) -> bool:
    """Whether *name* says until when ERIC used it: "Parking Areas (1966 1980)"."""
    return without_years(name) != name
