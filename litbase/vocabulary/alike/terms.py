"""Forms of a subject term: other capitals, hyphens or number, a letter wrong; one of the thesaurus is preferred."""

from collections.abc import Hashable, Iterator, Sequence
from typing import Final

from litbase.record.notices import notice
from litbase.vocabulary.alike import Likeness, compared, halves, words_misspelt
from litbase.vocabulary.thesaurus import Thesaurus, plain, singular

SHORTEST: Final = 8  # letters of a term that may be misspelt


def pairs(forms: Sequence[str], thesaurus: Thesaurus) -> Iterator[Likeness]:
    """What looks like one term among *forms*, the most frequent first, and the names that *thesaurus* has today.

    Two of the thesaurus are two; what it calls otherwise itself is filed there already.
    """
    names = tuple(entry.name for entry in thesaurus.entries)

    def compare(one: str, other: str) -> Likeness | None:
        known = one in thesaurus, other in thesaurus
        if all(known):
            return None
        found = _compare(other, one) if known[1] else _compare(one, other)
        return _preferred(found, thesaurus) if found and any(known) else found

    yield from compared(tuple(dict.fromkeys((*names, *forms))), _keys, compare)


def _preferred(found: Likeness, thesaurus: Thesaurus) -> Likeness:
    told = notice("alike-thesaurus", name=found.preferred, other=found.form)
    return found._replace(reasons=(*found.reasons, told), score=min(0.97, found.score + 0.05))


def _keys(form: str) -> Iterator[Hashable]:
    words = plain(form).split()
    letters = "".join(words)
    if letters:
        yield "", letters
        yield "", "".join(singular(words))
        yield from (halves(letters) if len(letters) >= SHORTEST else ())


def _compare(one: str, other: str) -> Likeness | None:
    left, right = plain(one).split(), plain(other).split()
    if "".join(left) == "".join(right):
        return Likeness(one, other, 0.92, (notice("alike-letters"),))
    if singular(left) == singular(right):
        return Likeness(one, other, 0.85, (notice("alike-plural"),))
    if words_misspelt(left, right, SHORTEST):
        return Likeness(one, other, 0.7, (notice("alike-one-letter"),))
    return None
