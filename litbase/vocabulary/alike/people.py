"""Forms of a person's name: accents and hyphens lost, given names cut to initials, order turned, a letter wrong.

Two given names written out that differ, or two initials that do, are two people.  Sources: the forms one author has in
ERIC, Crossref, BibTeX files and library catalogues.
"""

from collections.abc import Hashable, Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from litbase.record.notices import Notice, notice
from litbase.record.text import tokens
from litbase.vocabulary.alike import Likeness, compared, halves, is_misspelt

SHORTEST: Final = 6  # letters of a family name that may be misspelt
_SUFFIXES: Final = frozenset("jr sr ii iii iv v 2nd 3rd 4th phd md edd esq".split())
_PARTICLES: Final = frozenset(
    "van von der den de del della di da do dos du la le ten ter zu zur af av bin ibn al el".split()
)


class Heading(NamedTuple):
    """A name as it is filed, in parts as they are compared; *family* in each way its letters are spelled."""

    text: str
    family: frozenset[str]
    bare: str  # family without particles
    given: tuple[str, ...]
    suffix: str


@lru_cache(maxsize=1 << 17)
def heading(text: str) -> Heading | None:
    """The parts of *text*, "Family, Given, Suffix"; None for a group, a single name, and whatever has no letters.

    >>> heading("Özgür, Ayşe B.").given
    ('ayse', 'b')
    """
    family, comma, rest = text.partition(",")
    given = [token.forms[0] for token in tokens(rest)]
    suffix = given.pop() if len(given) > 1 and given[-1] in _SUFFIXES else ""
    words = list(tokens(family))
    plain, spelled = ("".join(word.forms[place] for word in words) for place in (0, -1))
    if not comma or not given or not plain:
        return None
    bare = "".join(word.forms[0] for word in words if word.forms[0] not in _PARTICLES)
    particles = [word for word in given if word in _PARTICLES and len(word) > 1]
    given = [word for word in given if word not in particles or len(given) == 1]
    return Heading(text, frozenset((plain, spelled)), bare or plain, tuple(given), suffix)


def pairs(forms: Sequence[str]) -> Iterator[Likeness]:
    """What looks like one person among *forms*; two people on whom the forms differ are never a pair."""
    yield from compared(forms, _keys, compare)


def _keys(form: str) -> Iterator[Hashable]:
    found = heading(form)
    if found is None:
        return
    for family in (*found.family, found.bare):
        yield family, found.given[0][0]
    whole = " ".join(sorted((found.bare, "".join(found.given))))
    yield "turned", whole
    if len(found.given[0]) > 1:
        for half in halves(found.bare) if len(found.bare) >= SHORTEST else ():
            yield found.given[0], half
        for half in halves(found.given[0]) if len(found.given[0]) >= SHORTEST else ():
            yield "given", found.bare, half


def compare(one: str, other: str) -> Likeness | None:
    """What speaks for *one* and *other* being forms of one name; None where nothing does, or something against it.

    *one* is the more frequent: it is preferred where neither tells more.

    >>> compare("Smith, John", "Smith, James") is compare("Smith, J. A.", "Smith, J. B.") is None
    True
    >>> compare("Smith, J.", "Smith, John A.").sure
    False
    """
    left, right = heading(one), heading(other)
    if left is None or right is None or (left.suffix and right.suffix and left.suffix != right.suffix):
        return None
    longer, shorter = sorted((left, right), key=_fullness, reverse=True)
    found = _same_family(longer, shorter) or _turned(longer, shorter)
    if found is None:
        found, longer, shorter = _misspelt(left, right), left, right  # the more frequent is spelled right
    if found is None:
        return None
    score, reasons, sure = found
    if left.suffix != right.suffix:
        reasons = (*reasons, notice("alike-suffix", suffix=longer.suffix or shorter.suffix))
        score, sure = score - 0.15, False
    return Likeness(longer.text, shorter.text, score, reasons, sure)


Found = tuple[float, tuple[Notice, ...], bool]


def _fullness(name: Heading) -> tuple[int, int, int, bool]:
    """How much a form tells: names written out, then initials, accents, and capitals that are not all of it."""
    letters = sum(map(len, name.given))
    accents = sum(not letter.isascii() and letter.isalpha() for letter in name.text)
    return letters, len(name.given), accents, not name.text.isupper()


def _same_family(longer: Heading, shorter: Heading) -> Found | None:
    if longer.family.isdisjoint(shorter.family):
        if longer.bare != shorter.bare:
            return None
        particle = True
    else:
        particle = False
    if "".join(longer.given) == "".join(shorter.given):
        full = len(longer.given[0]) > 1
        code = "alike-particle" if particle else "alike-letters"
        return (0.95 if full else 0.8), (notice(code),), not particle or full
    agreed = _agree(longer.given, shorter.given)
    if agreed is None:
        return None
    score, code = agreed
    reason = notice(code, long=longer.text, short=shorter.text)
    return score - (0.1 if particle else 0), (reason, *((notice("alike-particle"),) if particle else ())), False


def _agree(longer: Sequence[str], shorter: Sequence[str]) -> tuple[float, str] | None:
    """How well given names agree that are not the same, and why; None where one contradicts another."""
    for one, two in zip(longer, shorter, strict=False):
        if one != two and not (min(len(one), len(two)) == 1 and one[0] == two[0]):
            return None
    if len(shorter[0]) > 1 and len(longer[0]) > 1:
        more = len(longer) != len(shorter)
        return (0.6, "alike-longer") if more else (0.7, "alike-middle")
    return (0.4 if len(shorter) > 1 else 0.3), "alike-initials"


def _turned(longer: Heading, shorter: Heading) -> Found | None:
    """Family and given name in the other order; both written out."""
    given = "".join(shorter.given)
    if len(given) > 1 and given in longer.family and "".join(longer.given) in shorter.family:
        return 0.75, (notice("alike-turned"),), False
    return None


def _misspelt(longer: Heading, shorter: Heading) -> Found | None:
    first, second = longer.given[0], shorter.given[0]
    if len(first) == 1 or len(second) == 1:
        return None
    if is_misspelt(longer.bare, shorter.bare, SHORTEST) and first == second:
        if _agree(longer.given, shorter.given) is None:
            return None
        same = longer.given == shorter.given and len(longer.given) > 1
        return (0.6 if same else 0.5), (notice("alike-one-letter"),), False
    rest = longer.given[1:] == shorter.given[1:] and longer.bare == shorter.bare
    if rest and is_misspelt(first, second, SHORTEST) and not _by_ending(first, second):
        return 0.5, (notice("alike-one-letter"),), False
    return None


def _by_ending(first: str, second: str) -> bool:
    """Whether two given names differ where men's and women's do: "Antonio" and "Antonia", "Daniel" and "Daniela"."""
    return first[:-1] == second[:-1] or first.startswith(second) or second.startswith(first)
