"""Forms of the name of a journal, conference or publisher: abbreviated, without The, Inc. or Press, a letter wrong.

Journals are abbreviated as ISO 4 says: word by word, each cut at its end or contracted, small words left out.
"""

from collections.abc import Hashable, Iterator, Sequence
from functools import lru_cache, partial
from typing import Final

from litbase.record.notices import notice
from litbase.record.text import STOP_WORDS
from litbase.vocabulary.alike import Likeness, compared, halves, words_misspelt
from litbase.vocabulary.thesaurus import plain

SHORTEST: Final = 12  # letters of a name that may be misspelt
_SMALL: Final = STOP_WORDS | frozenset("and der die das und des la le les et el los y de du of for in the on".split())
_LEGAL: Final = frozenset(
    "inc incorporated ltd limited llc llp plc gmbh kg ag bv nv sa spa co corp corporation company pty".split()
)
_LETTERED: Final = {"journal": "j", "quarterly": "q"}  # the words that are cut to a letter
_IMPRINT: Final = frozenset("press publishing publishers publisher publications pub verlag books group".split())


@lru_cache(maxsize=1 << 17)
def _words(text: str) -> tuple[str, ...]:
    return tuple(plain(text.replace("&", " and ")).split())


@lru_cache(maxsize=1 << 17)
def _telling(text: str) -> tuple[str, ...]:
    words = _words(text)
    return tuple(word for word in words if word not in _SMALL) or words


def sources(forms: Sequence[str]) -> Iterator[Likeness]:
    """What looks like one journal, conference or book among *forms*, the most frequent first."""
    yield from compared(forms, _source_keys, compare_sources)


def _source_keys(form: str) -> Iterator[Hashable]:
    words = _telling(form)
    if words:
        yield "", "".join(words)
        yield "begun", tuple(_LETTERED.get(word, word[:2]) for word in words)
        yield from _half_keys(form)


def _half_keys(form: str) -> Iterator[Hashable]:
    letters = "".join(_words(form))
    yield from (halves(letters) if len(letters) >= SHORTEST else ())


def compare_sources(one: str, other: str) -> Likeness | None:
    """What speaks for two names of sources being one, *one* being the more frequent; None where nothing does.

    >>> compare_sources("Journal of Educational Change", "J. Educ. Change").reasons[0].code
    'alike-abbreviated'
    >>> compare_sources("Physical Review A", "Physical Review B") is None
    True
    """
    if "".join(_telling(one)) == "".join(_telling(other)):
        return Likeness(one, other, 0.95, (notice(_small(one, other)),))
    for long, short in ((one, other), (other, one)):
        if _abbreviates(_telling(short), _telling(long)):
            return Likeness(long, short, 0.8, (notice("alike-abbreviated", short=short, long=long),))
    return _one_letter(one, other)


def _small(one: str, other: str) -> str:
    return "alike-letters" if "".join(_words(one)) == "".join(_words(other)) else "alike-small-words"


def _abbreviates(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether each word of *short* is that of *long* or cut from it, and enough of them say something."""
    if len(short) != len(long) or len(short) < 2 or short == long:
        return False
    cut = 0
    for one, two in zip(short, long, strict=True):
        if one == two:
            continue
        if len(one) >= len(two) or not (two.startswith(one) or _is_contracted(one, two)):
            return False
        cut += 1
    telling = sum(len(one) > 1 or two == "journal" for one, two in zip(short, long, strict=True))
    return cut > 0 and telling >= 2 and not _only_inflected(short, long)


def _only_inflected(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether the words only lack an ending: "Education Study" and "Education Studies" may be two journals."""
    return all(one == two or len(two) - len(one) <= 2 for one, two in zip(short, long, strict=True))


def _is_contracted(one: str, two: str) -> bool:
    """Whether *one* is a word of some letters of *two*, with its first and its last ("natl", "dept")."""
    letters = iter(two)
    return len(one) >= 3 and one[0] == two[0] and one[-1] == two[-1] and all(letter in letters for letter in one)


def _one_letter(one: str, other: str) -> Likeness | None:
    if words_misspelt(_words(one), _words(other), SHORTEST):
        return Likeness(one, other, 0.75, (notice("alike-one-letter"),))
    return None


def publishers(forms: Sequence[str]) -> Iterator[Likeness]:
    """What looks like one publisher among *forms*, the most frequent first."""
    yield from compared(forms, _publisher_keys, compare_publishers)


def _publisher_keys(form: str) -> Iterator[Hashable]:
    if _words(form):
        yield "", "".join(_without(form, _LEGAL | _IMPRINT))
        yield "first", "".join(_without(_first(form), _LEGAL | _IMPRINT))
        yield "", "".join(_telling(form))
        yield from _half_keys(form)


def _first(form: str) -> str:
    """*form* up to a comma, bracket, slash or dash: after these stand places, groups and imprints."""
    cuts = (form.find(mark) for mark in (",", " (", "/", " - ", ";", " – ", ". ", " : "))
    return form[: min((cut for cut in cuts if cut > 0), default=len(form))]


def _without(form: str, dropped: frozenset[str]) -> tuple[str, ...]:
    words = _telling(form)
    return tuple(word for word in words if word not in dropped) or words


def compare_publishers(one: str, other: str) -> Likeness | None:
    """What speaks for two names of publishers being one, *one* being the more frequent; None where nothing does.

    >>> compare_publishers("Sage Publications", "SAGE Publications, Inc.").reasons[0].code
    'alike-legal'
    >>> compare_publishers("Routledge", "Routledge, Taylor & Francis Group").reasons[0].code
    'alike-part'
    """
    same = partial(_equal, one, other)
    if same(frozenset()):
        return Likeness(one, other, 0.95, (notice(_small(one, other)),))
    if same(_LEGAL):
        return Likeness(one, other, 0.9, (notice("alike-legal", words=_differing(one, other)),))
    if same(_LEGAL | _IMPRINT):
        return Likeness(one, other, 0.75, (notice("alike-legal", words=_differing(one, other)),))
    for long, short in ((one, other), (other, one)):
        if _first(long) != long and _first(short) == short:
            left, right = (_without(text, _LEGAL) for text in (_first(long), short))
            if left == right:
                return Likeness(one, other, 0.65, (notice("alike-part", short=short, long=long),))
    return _one_letter(one, other)


def _equal(one: str, other: str, dropped: frozenset[str]) -> bool:
    return "".join(_without(one, dropped)) == "".join(_without(other, dropped))


def _differing(one: str, other: str) -> str:
    left, right = _words(one), _words(other)
    return ", ".join(dict.fromkeys(word for word in (*left, *right) if (word in left) != (word in right)))
