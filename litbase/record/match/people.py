"""The people of two records: who is in both, however databases write their names.

Sources: the forms one author has in PubMed, Embase, Scopus, CINAHL, ERIC and BibTeX files: initials or full names,
accents lost or spelled out, parts of a double name moved, family and given name swapped.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from rapidfuzz.distance import OSA

from litbase.record.names import Name
from litbase.record.text import fold

CLOSELY: Final = 20  # people of a list that are looked at one by one
SHORTEST: Final = 5  # letters of a family name that may be misspelled
NOBODY: Final = frozenset("anonymous anon unknown nn na none etal noauthor authorunknown noauthorlisted".split())
_WORDS: Final = re.compile(r"[^\W_]+")


class Person(NamedTuple):
    """A name as it is compared: *family* without blanks, its words, the given names' words and their *initials*."""

    family: str
    words: frozenset[str]
    given: tuple[str, ...]
    initials: frozenset[str]


@lru_cache(maxsize=32768)
def person(name: Name) -> Person | None:
    """*name* as it is compared; None for one that names nobody ("Anonymous").

    >>> sorted(person(Name(family="Brenna", given="S M F")).initials)
    ['f', 'm', 's']
    """
    words = tuple(_WORDS.findall(fold(name.surname)))
    family = "".join(words)
    if not family or (family in NOBODY and not name.given):
        return None
    given = tuple(_WORDS.findall(fold(name.given)))
    letters = given[0] if len(given) == 1 and len(given[0]) < 4 and name.given.isupper() else (w[0] for w in given)
    return Person(family, frozenset(words), given, frozenset(letters))


def exactly(one: Sequence[Person], other: Sequence[Person]) -> int:
    """How many family names two lists of people have in common."""
    return len({p.family for p in one} & {p.family for p in other})


def shared(one: Sequence[Person], other: Sequence[Person]) -> int:
    """How many people two lists have in common; each counts once.

    >>> def listed(*names): return [person(Name(family=f, given=g)) for f, g in names]
    >>> shared(listed(("Bar-Am", "A"), ("Östensson", "E")), listed(("Bar", "Am A"), ("Ostensson", "Ellinor")))
    2
    >>> shared(listed(("Lee", "Ann")), listed(("Lee", "Bob")))
    0
    """
    one, other = sorted((one, other), key=_order)
    count, left = 0, list(other)
    rest = []
    for known in one:
        place = next((n for n, p in enumerate(left) if p.family == known.family and not differ(known, p)), -1)
        if place < 0:
            rest.append(known)
        else:
            del left[place]
            count += 1
    left = left[:CLOSELY]
    for known in rest[:CLOSELY]:
        place = next((n for n, p in enumerate(left) if _alike(known, p)), -1)
        if place >= 0:
            del left[place]
            count += 1
    return count


def _order(people: Sequence[Person]) -> tuple[int, list[tuple[str, tuple[str, ...]]]]:
    """What decides which list is gone through, so that the order of the two makes no difference."""
    return len(people), [(each.family, each.given) for each in people]


def differ(one: Person, other: Person) -> bool:
    """Whether two given names cannot be of one person: both are known, and no initial is in both."""
    return bool(one.initials and other.initials) and not one.initials & other.initials


def _alike(one: Person, other: Person) -> bool:
    return (
        _swapped(one, other)
        or _swapped(other, one)
        or _joined(one, other)
        or (not differ(one, other) and (_doubled(one, other) or _misspelled(one, other)))
    )


def _swapped(one: Person, other: Person) -> bool:
    """Whether the family name of one stands among the given names of the other, and the rest fits.

    "Andrea, C." is "Carignani, Andrea", "Luis Ferreira, Santos A" is "Santos, A L".
    """
    return one.family in other.given and other.family[:1] in one.initials


def _joined(one: Person, other: Person) -> bool:
    """Whether a part of the family name became a given name: "Bar, Am A" is "Bar-Am, A"."""
    if one.family == other.family or min(len(one.family), len(other.family)) < 3:
        return False
    first, second = one.family + "".join(one.given), other.family + "".join(other.given)
    return first.startswith(other.family) and second.startswith(one.family)


def _doubled(one: Person, other: Person) -> bool:
    """Whether one has a part of the family name of the other: "Hammond" and "Darling-Hammond"."""
    fewer, more = sorted((one.words, other.words), key=len)
    return fewer < more and any(len(word) > 2 for word in fewer)


def _misspelled(one: Person, other: Person) -> bool:
    if min(len(one.family), len(other.family)) < SHORTEST or not (one.initials and other.initials):
        return False
    return OSA.distance(one.family, other.family, score_cutoff=1) <= 1
