"""Thesaurus: which subject terms there are today, what else they are called, and how they hang together.

The relations are those of ISO 25964 and of ERIC's thesaurus: used for (UF), use (USE), broader (BT), narrower (NT),
related (RT) and scope note (SN).  A name that stands for several descriptors together ("Kindergarten Children" is
Kindergarten and Young Children) has them all.
"""

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

from litbase.record.text import STOP_WORDS, tokens

LONGEST: Final = 200  # characters of a name whose folded words are remembered
MOST_NARROWER: Final = 2_000  # descriptors that `exploded` gives at most; ERIC's broadest has 475
_YEARS: Final = re.compile(r"(?<!\s)\s*\(\d{4} \d{4}\)$")  # ERIC's retired "Parking Areas (1966 1980)"
_QUALIFIER: Final = re.compile(r"(?<!\s)\s*\([^()]*\)")
Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One descriptor of today; *used_for* are its other and retired names, *scope_note* is "" where there is none."""

    name: str
    used_for: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    narrower: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    scope_note: str = ""


@dataclass(frozen=True)
class Thesaurus:
    """All entries, in the order of their names; false when there are none.

    Names are found in any case, with or without accents and punctuation, and ERIC's retired ones without their years.
    """

    entries: tuple[Entry, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.entries)

    def __contains__(self, name: str) -> bool:
        """Whether *name* is a descriptor of today, letter by letter."""
        return name in self._by_name

    def find(self, name: str) -> Entry | None:
        """The entry of the descriptor *name*; None where it is no descriptor of today."""
        found = self._today.get(plain(name), ())
        return self._by_name[found[0]] if len(found) == 1 and plain(found[0]) == plain(name) else None

    def today(self, name: str) -> tuple[str, ...]:
        """The descriptors that *name* means today: itself, the one it is used for, or several it stands for together.

        A name nobody knows is its own.

        >>> years = Thesaurus((Entry("Gender Differences", used_for=("Sex Differences",)), Entry("Racism")))
        >>> years.today("sex differences"), years.today("RACISM"), years.today("Marsh Birds")
        (('Gender Differences',), ('Racism',), ('Marsh Birds',))
        """
        if name in self._by_name:
            return (name,)
        return self._today.get(plain(name)) or (name,)

    def exploded(self, name: str) -> tuple[str, ...]:
        """Every narrower descriptor of *name*, the nearest first, without itself; () for none and for no descriptor.

        Circles are walked once, and at most MOST_NARROWER are given.
        """
        entry = self.find(name)
        if entry is None:
            return ()
        seen, waiting = {entry.name: None}, deque(entry.narrower)
        while waiting and len(seen) <= MOST_NARROWER:
            if (one := waiting.popleft()) not in seen and one in self._by_name:
                seen[one] = None
                waiting.extend(self._by_name[one].narrower)
        return tuple(seen)[1:]

    def spelled(self, words: Sequence[str], quoted: bool = False) -> str:
        """The name, of today or other, that a reader's *words* spell; "" for none, or when it could be one of several.

        Singular and plural are the same.  Stop words count only in words that were *quoted*: a search drops the others,
        so that "history of education" and "history education" could each be the other.
        """
        key = _folded(words)
        if quoted and (found := self._full.get(key)):
            return found
        for table, made in ((self._bare, _bare), (self._loose, _loose)):
            if (found := table.get(made(key))) is not None:
                return found
        return ""

    @cached_property
    def longest(self) -> int:
        """How many words the longest name has, stop words left out."""
        return max(map(len, self._bare), default=0)

    @cached_property
    def _by_name(self) -> dict[str, Entry]:
        return {entry.name: entry for entry in self.entries}

    @cached_property
    def _names(self) -> dict[str, tuple[str, ...]]:
        """Every name with the descriptors it means; a descriptor means itself whatever else it is used for."""
        names: dict[str, dict[str, None]] = {}
        for entry in self.entries:
            for other in entry.used_for:
                names.setdefault(other, {})[entry.name] = None
        own = {entry.name: (entry.name,) for entry in self.entries}
        return own | {name: tuple(means) for name, means in names.items() if name not in own}

    @cached_property
    def _today(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for name, means in self._names.items():
            found.setdefault(plain(name), means)
        for name, means in self._names.items():
            found.setdefault(plain(without_years(name)), means)
        return found

    @cached_property
    def _keys(self) -> dict[str, Key]:
        return {name: _folded((without_years(name),)) for name in self._names}

    @cached_property
    def _full(self) -> dict[Key, str]:
        return self._spellings(lambda key: key)

    @cached_property
    def _bare(self) -> dict[Key, str]:
        return self._spellings(_bare)

    @cached_property
    def _loose(self) -> dict[Key, str]:
        return self._spellings(_loose)

    def _spellings(self, made: Callable[[Key], Key]) -> dict[Key, str]:
        """Each name by its words as *made* gives them; "" where names of different meaning have the same."""
        found: dict[Key, str] = {}
        for name, means in self._names.items():
            key = made(self._keys[name])
            before = found.setdefault(key, name) if key else ""
            if before and self._names[before] != means:
                found[key] = ""
        return found


NONE: Final = Thesaurus()


def plain(name: str) -> str:
    """*name* as names are compared: its folded words."""
    return _plain(name) if len(name) <= LONGEST else _as_words(name)


def _as_words(name: str) -> str:
    return " ".join(token.forms[0] for token in tokens(name))


_plain = lru_cache(maxsize=1 << 15)(_as_words)  # the same descriptors stand in record after record


def without_years(name: str) -> str:
    """*name* without the years in which ERIC used it.

    >>> without_years("Parking Areas (1966 1980)")
    'Parking Areas'
    """
    return _YEARS.sub("", name)


def unqualified(name: str) -> str:
    """*name* without what stands in brackets to tell it from others; *name* itself where nothing would be left.

    >>> unqualified("Adaptability (Personality)")
    'Adaptability'
    """
    return _QUALIFIER.sub("", name).strip() or name


def words_of(name: str) -> tuple[str, ...]:
    """The words of *name* as a query holds them."""
    return tuple(name[token.start : token.end] for token in tokens(name))


def singular(words: Iterable[str]) -> Key:
    """Folded *words* without the -s of the plural.

    >>> singular(("communities", "of", "practice"))
    ('community', 'of', 'practice')
    """
    return tuple(_singulars(tuple(words)))


def _folded(words: Iterable[str]) -> Key:
    return tuple(token.forms[0] for word in words for token in tokens(word))


def _bare(key: Key) -> Key:
    return tuple(word for word in key if word not in STOP_WORDS) or key


def _loose(key: Key) -> Key:
    return tuple(_singulars(_bare(key)))


def _singulars(key: Key) -> Iterator[str]:
    """English words without the -s of the plural; a stem would make "organs" and "organization" one."""
    for word in key:
        if len(word) > 4 and word.endswith("ies"):
            yield word[:-3] + "y"
        elif len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
            yield word[:-1]
        else:
            yield word
