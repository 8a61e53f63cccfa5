"""The names of descriptors, authors and sources in addresses, and back.

An address names a value by its words ("communities-of-practice").  Where these do not give the value back (accents,
capitals inside a word, punctuation, a group's name) a mark follows ("gandara-ana~eb316b"), so that every value has an
address of its own.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from functools import lru_cache
from hashlib import blake2s
from itertools import chain, takewhile
from typing import Final, NamedTuple

from litbase.library import Library
from litbase.query.request import FacetRequest, SearchRequest, Visible
from litbase.query.tree import Phrase
from litbase.record.text import STOP_WORDS
from litbase.vocabulary.thesaurus import Thesaurus, plain

LONGEST: Final = 80  # letters of the words in an address
READ: Final = 500  # letters of a value or an address that are read for its words
FETCHED: Final = 1_000  # values filed alike that are looked through
NEAREST: Final = 6
WORDS: Final = 8  # of it that may be a slip
LEAST: Final = 3  # letters of an unknown name by which others are looked for
LIKE: Final = 0.75  # how like another a name is that may be a slip for it, as difflib measures it
_HAN: Final = re.compile(r"(?<=[\u4e00-\u9fff])-(?=[\u4e00-\u9fff])")


def words_of(text: str) -> str:
    """The words by which an address names *text*: folded, joined by hyphens, cut; "" when nothing is left.

    They end before a word that reads otherwise once it is folded, such as "¼".

    >>> words_of("Communities of Practice"), words_of("Gándara, Patricia C."), words_of("山田, 太郎")
    ('communities-of-practice', 'gandara-patricia-c', '山田太郎')
    """
    words = takewhile(lambda word: plain(word) == word, plain(text[:READ]).split())
    return _HAN.sub("", "-".join(words))[:LONGEST].rstrip("-")


def usual(name: str, words: str) -> str:
    """The value of the facet *name* that the *words* of an address mean when no mark follows.

    >>> usual("source", "journal-of-educational-change"), usual("author", "mehta-jal-p")
    ('Journal of Educational Change', 'Mehta, Jal P.')
    """
    first, *rest = words.split("-")
    if name == "author":
        given = (f"{word.upper()}." if len(word) == 1 else word.capitalize() for word in rest)
        return f"{first.capitalize()}, {' '.join(given)}" if rest else first.capitalize()
    return " ".join((first.capitalize(), *(word if word in STOP_WORDS else word.capitalize() for word in rest)))


@lru_cache(maxsize=16_384)
def slug(name: str, value: str) -> str:
    """The last part of the address of *value* of the facet *name*.

    >>> slug("descriptor", "Communities of Practice"), slug("author", "Mehta, Jal P."), slug("author", "Gándara, Ana")
    ('communities-of-practice', 'mehta-jal-p', 'gandara-ana~eb316b')
    """
    words = words_of(value)
    if words and usual(name, words) == value:
        return words
    return f"{words}~{blake2s(value.encode(errors='replace'), digest_size=3).hexdigest()}"


class Meant(NamedTuple):
    """What an address means: the *value* it names, "" for none or one of several; *others* have the same words.

    *today* are the descriptors that a thesaurus uses for what is neither.
    """

    value: str
    others: tuple[str, ...] = ()
    today: tuple[str, ...] = ()


def meant(library: Library, name: str, asked: str) -> Meant:
    """What *asked*, the end of an address, means among the values of the facet *name* and the terms of the thesaurus.

    It may be in any case, with or without accents, punctuation and its mark.
    """
    library.engine.refresh()
    begin, _, mark = asked.rpartition("~") if "~" in asked else (asked, "", "")
    words = words_of(begin)
    there = _of_words(library, name, words) if words or mark else []
    wanted = f"{words}~{mark.strip().lower()}" if mark else words
    for value in there:
        if slug(name, value) == wanted:
            return Meant(value, tuple(other for other in there if other != value))
    if preferred := _joined(library, name, words, wanted, bool(there)):
        return Meant(preferred)
    if len(there) == 1 and not mark:
        return Meant(there[0])
    thesaurus = library.store.thesaurus()
    if there or name != "descriptor" or not thesaurus:
        return Meant("", tuple(there))
    return Meant("", (), _descriptors(thesaurus, words))


def _joined(library: Library, name: str, words: str, wanted: str, others: bool) -> str:
    """The preferred form to which a form was joined that has the address *wanted*, or its *words* and no *others*."""
    variants = library.store.variants()
    found = variants.spelled(name, words.replace("-", " "))
    for preferred in found:
        if any(slug(name, form) == wanted for form in variants.joined(name, preferred)):
            return preferred
    return found[0] if len(found) == 1 and not others else ""


def _descriptors(thesaurus: Thesaurus, words: str) -> tuple[str, ...]:
    return tuple(one for one in thesaurus.today(words.replace("-", " ")) if thesaurus.find(one))


def _of_words(library: Library, name: str, words: str) -> list[str]:
    """The values whose words in an address are just *words*, most frequent first; else those of cited works alone."""
    entry = library.store.thesaurus().find(words.replace("-", " ")) if name == "descriptor" and words else None
    values: Sequence[tuple[str, int]]
    if words:
        values = library.engine.suggest(name, words.replace("-", " "), FETCHED)
    else:  # signs and odd numbers are filed first, what other scripts join last
        values = (*_filed(library, name, 0), *_filed(library, name, -FETCHED))
    found = [entry.name] if entry else []
    found += [value for value, _ in values if words_of(value) == words]
    if not found and words:
        whole = plain(words).split()
        query = Phrase(name, tuple(whole[:-1] if len(words) == LONGEST else whole))
        cited = SearchRequest(query, facets=(FacetRequest(name, FETCHED),), visible=Visible(cited=True), limit=0)
        found = [value for value, _ in _values(library, cited, name) if words_of(value) == words]
    return list(dict.fromkeys(found))


def _filed(library: Library, name: str, start: int) -> tuple[tuple[str, int], ...]:
    """The values of the facet *name* filed from *start* on, which counts from the end when it is negative."""
    if start < 0:
        asked = SearchRequest(facets=(FacetRequest(name, 0),), limit=0)
        start = max(0, library.engine.search(asked).facets[name].total + start)
    return _values(library, SearchRequest(facets=(FacetRequest(name, FETCHED, start, order="value"),), limit=0), name)


def _values(library: Library, request: SearchRequest, name: str) -> tuple[tuple[str, int], ...]:
    return library.engine.search(request).facets[name].values


def nearest(library: Library, name: str, asked: str) -> tuple[str, ...]:
    """Values of the facet *name*, and descriptors of the thesaurus, that are nearest to what was *asked* in vain."""
    words = plain(asked[:READ].partition("~")[0])[:LONGEST]
    shorter = (words[:stop].strip() for stop in range(len(words) - 1, LEAST - 1, -1))
    found = _begun(library, name, chain((words,), _respelled(library, name, words.split()[:WORDS])))
    found += _likened(library.store.thesaurus(), words) if name == "descriptor" else []
    found += _begun(library, name, shorter) if len(found) < NEAREST else []
    return tuple(dict.fromkeys(found))[:NEAREST]


def _begun(library: Library, name: str, starts: Iterable[str]) -> list[str]:
    """The values filed under the first of *starts* under which there are any."""
    found = (library.engine.suggest(name, start, NEAREST) for start in starts if len(start) >= LEAST)
    return [value for value, _ in next(filter(None, found), ())]


def _likened(thesaurus: Thesaurus, words: str) -> list[str]:
    """The descriptors whose names, or other names, are most like *words* and have the same first letter."""
    first = words[:1].upper()
    names = (name for entry in thesaurus.entries for name in (entry.name, *entry.used_for) if name.startswith(first))
    alike = {plain(name): name for name in names}
    return [one for key in get_close_matches(words, alike, NEAREST, LIKE) for one in thesaurus.today(alike[key])]


def _respelled(library: Library, name: str, words: list[str]) -> Iterator[str]:
    """*words* with each of them in turn as records spell it that have one letter more, less or other."""
    for at, word in enumerate(words):
        for other, _ in library.engine.respell(word, name)[:1] if len(word) >= LEAST else ():
            yield " ".join((*words[:at], other, *words[at + 1 :]))
