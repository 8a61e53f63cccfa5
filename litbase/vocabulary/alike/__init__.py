"""Which forms of names look like forms of one: candidates for an editor, each with the reasons, never a decision."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from litbase.record.notices import Notice
from litbase.record.text import one_letter_away

LARGEST: Final = 300  # forms that share a key; of more the first are compared, or pairs would grow with the square
LONGEST: Final = 300  # characters of a form that is compared
WORD: Final = 5  # letters of a word that may be misspelt


class Likeness(NamedTuple):
    """Two forms that look like one: *preferred* is the one to keep, *score* 0 to 1.

    Unless it is *sure*, the forms alone are no reason: something else has to speak for it too.
    """

    preferred: str
    form: str
    score: float
    reasons: tuple[Notice, ...]
    sure: bool = True


Compare = Callable[[str, str], Likeness | None]


def compared(forms: Sequence[str], keys: Callable[[str], Iterable[Hashable]], compare: Compare) -> Iterator[Likeness]:
    """What *compare* finds between *forms* that share one of their *keys*, each pair once, the earlier form first."""
    blocks: dict[Hashable, list[str]] = {}
    for form in forms:
        for key in dict.fromkeys(keys(form) if len(form) <= LONGEST else ()):
            block = blocks.setdefault(key, [])
            if len(block) < LARGEST:
                block.append(form)
    seen: set[tuple[str, str]] = set()
    for block in blocks.values():
        for place, one in enumerate(block):
            for other in block[:place]:
                pair = (other, one)
                if pair not in seen:
                    seen.add(pair)
                    if found := compare(*pair):
                        yield found


def halves(text: str) -> Iterator[tuple[str, str]]:
    """Keys of which texts that are one letter away from each other share one: half of them is the same."""
    for size in {(len(text) - 1) // 2, (len(text) - 2) // 2}:
        yield "<", text[:size]
        yield ">", text[len(text) - size :]


def words_misspelt(one: Sequence[str], other: Sequence[str], shortest: int) -> bool:
    """Whether names in words are one letter away from each other, in a word of five letters or more, not in a number.

    >>> words_misspelt(["educational", "research"], ["educatonal", "research"], 12)
    True
    >>> words_misspelt(["physical", "review", "a"], ["physical", "review", "b"], 12)
    False
    """
    left, right = "".join(one), "".join(other)
    if not is_misspelt(left, right, shortest):
        return False
    if len(one) != len(other):
        return not any(map(str.isdigit, left + right))
    differ = [pair for pair in zip(one, other, strict=True) if pair[0] != pair[1]]
    return len(differ) == 1 and min(map(len, differ[0])) >= WORD and not any(map(str.isdigit, "".join(differ[0])))


def is_misspelt(one: str, other: str, shortest: int) -> bool:
    """Whether two texts of letters, the shorter of at least *shortest*, are one letter away from each other."""
    return min(len(one), len(other)) >= shortest and one_letter_away(one, other)
