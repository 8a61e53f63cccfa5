"""How the values of a field become what engines look up: words with their spellings and stems, identifiers whole.

The one reading of record.text that every engine shares, so that all find the same.
"""

from functools import lru_cache
from typing import Final

from litbase.record.text import fold, squash, stem, tokens

LONGEST: Final = 200  # letters of a word, and four times as many of an identifier, that are told apart
GAP: Final = 100  # places between two values, so that no phrase and no NEAR (99 at most) spans both
LETTERS: Final = "abcdefghijklmnopqrstuvwxyz0123456789"  # that a word may have been meant to have
LIFT: Final = 0.2  # how much the word as written adds to its stem; benchmarks.relevance: a point of nDCG, no loss


@lru_cache(maxsize=1 << 16)
def whole(value: str) -> str:
    """An identifier as it is compared."""
    return fold(squash(value))[: 4 * LONGEST]


def forms_of(text: str) -> list[tuple[str, ...]]:
    """The words of *text* as they are looked up: for each its folded spellings, the plain one first."""
    found = [token.forms for token in tokens(text)]
    return [forms if len(forms[0]) <= LONGEST else tuple(form[:LONGEST] for form in forms) for forms in found]


@lru_cache(maxsize=1 << 16)
def stems_of(forms: tuple[str, ...]) -> tuple[str, ...]:
    """The different stems of the spellings of one word."""
    return tuple(dict.fromkeys(stem(form) for form in forms))


def neighbours(word: str) -> set[str]:
    """*word* with a letter added, left out, changed, or swapped with its neighbour."""
    letters = dict.fromkeys(LETTERS + word)
    cuts = [(word[:n], word[n:]) for n in range(len(word) + 1)]
    others = {a + b[1:] for a, b in cuts if b} | {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    others |= {a + c + b[1:] for a, b in cuts if b for c in letters} | {a + c + b for a, b in cuts for c in letters}
    return others - {word, ""}
