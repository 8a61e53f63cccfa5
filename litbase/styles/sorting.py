"""The order of a bibliography: word by word, without regard to case, accents and punctuation, numbers by their value.

Source: the order of the CSL reference processor (ICU's root collation, punctuation ignored, numeric).
"""

import re
from collections.abc import Sequence
from typing import Final

from litbase.record.dates import PartialDate
from litbase.record.text import fold
from litbase.styles.people import NameForm, Person, given_as
from litbase.styles.rich import Rich, plain

Word = tuple[tuple[int, int, str], ...]
Words = tuple[Word, ...]
Key = tuple[object, ...]
Moment = tuple[int, int, int]
UNDATED: Final = ((0, 0, 0), (0, 0, 0))
_CHUNK = re.compile(r"\d{1,18}|[^\W\d_]+|[$€£+<=>^`|~]+")


def words(text: Rich | str) -> Words:
    """*text* as it is compared: its words in order, each in letters and numbers.

    >>> words("Smith, J.") < words("Smith-Jones, A."), words("Part 9") < words("Part 10")
    (True, True)
    """
    letters = text if isinstance(text, str) else plain(text)
    return tuple(map(_word, letters.split()))


def told(text: Rich | str) -> Key:
    """*text* as it is compared, nothing behind anything."""
    return not text, words(text)


def _word(word: str) -> Word:
    chunks = _CHUNK.findall(fold(word))
    joined: list[tuple[int, int, str]] = []
    for chunk in chunks:
        if chunk[0].isdecimal():
            joined.append((1, int(chunk), ""))
        elif joined and joined[-1][0] == 2:
            joined[-1] = (2, 0, joined[-1][2] + chunk)
        else:
            joined.append((2, 0, chunk))
    return tuple(joined)


def filed_names(people: Sequence[Person], form: NameForm, particle_first: bool, given: Sequence[int] = ()) -> Words:
    """*people* as they are compared, family names first; those that *form* leaves out do not count.

    *particle_first* says that "van der Berg" stands under V, else under B; *given* how much of each given name counts
    at least.
    """
    cut = form.most and len(people) >= form.most
    shown = [*people[: form.shown], *(people[-1:] if form.ending else ())] if cut else list(people)
    levels = [*given, *(form.given,) * len(shown)]
    filed = (
        _filed(person, form, particle_first or person.family_first, max(level, form.given))
        for person, level in zip(shown, levels, strict=False)
    )
    return tuple(word for name in filed for word in words(name))


def _filed(person: Person, form: NameForm, particle_first: bool, level: int) -> str:
    if person.literal:
        return person.literal
    given = given_as(person, form, level)
    if particle_first:
        parts = (person.particle, person.family, person.dropping, given, person.suffix)
    else:
        parts = (person.family, given, person.dropping, person.particle, person.suffix)
    return " ".join(filter(None, parts))


def filed_date(issued: PartialDate | None, only_year: bool = False) -> Key:
    """*issued* as it is compared, undated first."""
    if issued is None:
        return UNDATED
    return _moment(issued, only_year), _moment(issued.end, only_year) if issued.end else (0, 0, 0)


def _moment(date: PartialDate, only_year: bool) -> Moment:
    return (date.year, 0, 0) if only_year else (date.year, date.month, date.day)
