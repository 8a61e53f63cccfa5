"""Which descriptors of a thesaurus a text names: their words and those of their other names, in any form of the word.

A name is known by the stems of its words.  Stop words, what stands in brackets to tell it from others, and the years
in which ERIC used it do not count.
"""

from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from litbase.record.text import STOP_WORDS, tokens
from litbase.vocabulary.thesaurus import Key, Thesaurus, unqualified, without_years

LONGEST: Final = 8  # words of a name that are looked for side by side


class Named(NamedTuple):
    """A *descriptor*, the *name* a text calls it by, whether that is its *own*, and how many *words* it has."""

    descriptor: str
    name: str
    own: bool
    words: int


class Wording(NamedTuple):
    """The names by their stems, and the stems of the names of several words by their first one."""

    names: dict[Key, tuple[Named, ...]]
    beginning: dict[str, tuple[Key, ...]]


@lru_cache(maxsize=4)
def wording(thesaurus: Thesaurus) -> Wording:
    """The names of all descriptors of *thesaurus*, made once for each."""
    return worded((entry.name, (entry.name, *entry.used_for)) for entry in thesaurus.entries)


def worded(descriptors: Iterator[tuple[str, tuple[str, ...]]]) -> Wording:
    """The names of *descriptors*, each with all its names, its own first."""
    names: dict[Key, dict[str, Named]] = {}
    for descriptor, called in descriptors:
        for name in called:
            plain = without_years(name)
            for key in {stems(plain), stems(unqualified(plain))}:
                if 0 < len(key) <= LONGEST:
                    names.setdefault(key, {}).setdefault(
                        descriptor, Named(descriptor, plain, name == descriptor, len(key))
                    )
    beginning: dict[str, list[Key]] = {}
    for key in names:
        if len(key) > 1:
            beginning.setdefault(key[0], []).append(key)
    return Wording(
        {key: tuple(named.values()) for key, named in names.items()},
        {first: tuple(keys) for first, keys in beginning.items()},
    )


def stems(text: str) -> Key:
    """The stems of the words of *text* in order, stop words left out.

    >>> stems("Attitudes of Students")
    ('attitud', 'student')
    """
    return tuple(token.stem for token in tokens(text) if token.forms[0] not in STOP_WORDS)


def standing(words: Wording, text: Sequence[str]) -> dict[str, Named]:
    """The descriptors whose names stand side by side in the stems *text*; a name inside a longer one does not count."""
    found: dict[str, Named] = {}
    reached = 0
    for start in range(len(text)):
        for stop in range(min(start + LONGEST, len(text)), max(start, reached), -1):
            if here := words.names.get(tuple(text[start:stop])):
                for named in here:
                    if named.words > found.get(named.descriptor, named._replace(words=0)).words:
                        found[named.descriptor] = named
                reached = stop
                break
    return found


def scattered(words: Wording, text: Collection[str]) -> dict[str, Named]:
    """The descriptors with a name of several words that are all among the stems *text*, wherever they stand."""
    there = set(text)
    found: dict[str, Named] = {}
    for first in there:
        for key in words.beginning.get(first, ()):
            if there.issuperset(key):
                for named in words.names[key]:
                    found.setdefault(named.descriptor, named)
    return found
