"""Terms while they are typed: the descriptors that a few letters may become, and what a whole term stands for."""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from litbase.library import Library
from litbase.vocabulary.thesaurus import Thesaurus

MOST: Final = 10
LEAST: Final = 2  # letters


class Term(NamedTuple):
    """A descriptor; *other* is the name of it that was typed, "" where it is its own."""

    name: str
    other: str = ""


class Terms(NamedTuple):
    """What was typed may become: *found*; *exact* are the descriptors that all of it stands for, () for none.

    *checked* is whether there is a thesaurus to tell.
    """

    found: tuple[Term, ...]
    exact: tuple[str, ...]
    checked: bool


def terms(library: Library, text: str) -> Terms:
    """The descriptors that *text* may become, the likeliest first; of the records where no thesaurus is loaded."""
    thesaurus = library.store.thesaurus()
    if not thesaurus:
        library.engine.refresh()
        given = library.engine.suggest("descriptor", text, MOST) if len(text) >= LEAST else ()
        return Terms(tuple(Term(value) for value, _ in given), (text,) if text else (), False)
    exact = thesaurus.today(text) if text else ()
    known = tuple(name for name in exact if name in thesaurus)
    found = _ranked(thesaurus, text.casefold()) if len(text) >= LEAST else []
    return Terms(tuple(found[:MOST]), known, True)


def put_right(
    library: Library, descriptors: Sequence[str], keywords: Sequence[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """*descriptors* under their names of today, and *keywords* with those that no descriptor stands for."""
    thesaurus = library.store.thesaurus()
    if not thesaurus:
        return tuple(descriptors), tuple(keywords)
    today = [name for given in descriptors for name in thesaurus.today(given)]
    unknown = [name for name in today if name not in thesaurus]
    return tuple(dict.fromkeys(name for name in today if name in thesaurus)), tuple(
        dict.fromkeys([*keywords, *unknown])
    )


def _ranked(thesaurus: Thesaurus, typed: str) -> list[Term]:
    """Descriptors that begin with *typed*, then other names that do, then whatever has a word that does."""
    best: dict[str, Term] = {}
    for _, _, term in sorted(_found(thesaurus, typed)):
        best.setdefault(term.name, term)
    return list(best.values())


def _found(thesaurus: Thesaurus, typed: str) -> Iterator[tuple[int, int, Term]]:
    """(How well it fits, length of the name, term) of each; the names are not taken apart, which takes its time."""
    inside = re.compile(rf"(?<!\w){re.escape(typed)}")
    for entry in thesaurus.entries:
        for name in (entry.name, *entry.used_for):
            words = name.casefold()
            if typed in words and inside.search(words):
                own = name == entry.name
                place = 0 if words.startswith(typed) else 2
                yield place + (not own), len(name), Term(entry.name, "" if own else name)
