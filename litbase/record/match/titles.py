"""Two titles held side by side: how alike they are, where they differ, whether one is the other in another language.

Sources: pairs that a ratio of letters takes for one title ("in men", "in women"; "User's Guide to the IdxTeX Program",
"... the GloTeX Program") and pairs that it takes for two (a subtitle left out, a rubric put in front).
"""

from collections import Counter
from functools import lru_cache
from itertools import product
from typing import Final

from rapidfuzz.distance import OSA
from rapidfuzz.fuzz import ratio, token_sort_ratio

from litbase.record.text import STOP_WORDS, comparable
from litbase.record.titles import GENERIC, Title, telling

SHORTEST: Final = 4  # letters of words that may be misspelled
MOST_ERRORS: Final = 3
SUBJECT: Final = 12  # letters of a title by which an answer to it is known
OPENING: Final = 3  # words of a main title that stands for the whole
MOST_WORDS: Final = 12  # of a title that may be a rubric of its journal
LETTERS: Final = 3  # of Chinese or Japanese that say as much as a word
RUBRIC: Final = 5  # telling words that are left when a rubric ("Viewpoint: ...") is taken off
_SLIGHT: Final = (STOP_WORDS | {"or"}) - {"not", "a"}
_ARTICLES: Final = frozenset({"a", "an", "the"})
_EAST: Final = "\u2e80"  # from here on a letter is a word
_TONGUES: Final = {
    "en": frozenset("the and of for to with from on an as how what by at is are between".split()),
    "de": frozenset(
        "der die das und des dem den zur zum ein eine einer auf mit fur uber als im vom von bei wie".split()
    ),
    "fr": frozenset("le les des et du une dans pour sur au aux chez par est que qui entre un de la".split()),
    "es": frozenset("el los las y del una con para en al la que lo como su entre sobre por de un".split()),
    "pt": frozenset("o os e do da dos das uma em no na com para que ao sobre entre por de um".split()),
    "it": frozenset("il lo gli dei della delle nel nella per con una di e che del al come un la".split()),
    "nl": frozenset("het een van en voor met bij op de als over naar".split()),
}


def likeness(one: Title, other: Title) -> float:
    """How alike two titles are, 0 to 1, in any of the languages they are given in; 0 where one is missing."""
    if one.others or other.others:
        return max(_ratio(a, b) for a, b in product((one.whole, *one.others), (other.whole, *other.others)))
    return _ratio(one.whole, other.whole)


def _ratio(one: str, other: str) -> float:
    if not one or not other:
        return 0.0
    if one == other:
        return 1.0
    return float(max(ratio(one, other), token_sort_ratio(one, other))) / 100


def same_words(one: Title, other: Title) -> bool:
    """Whether two titles differ in nothing but small words, misspellings and how words are joined."""
    if one.others or other.others:
        return any(_same_words(a, b) for a, b in product((one.whole, *one.others), (other.whole, *other.others)))
    return _same_words(one.whole, other.whole)


@lru_cache(maxsize=4096)
def _same_words(one: str, other: str) -> bool:
    if not one or not other:
        return False
    if one == other or one.replace(" ", "") == other.replace(" ", ""):
        return True
    here, there = Counter(_words(one)), Counter(_words(other))
    mine, yours = _left(here - there, one), _left(there - here, other)
    first, second = "".join(mine), "".join(yours)
    if first == second:
        return True
    if min(len(first), len(second)) < SHORTEST or max(first + second) >= _EAST:
        return False
    most = min(max(len(mine), len(yours)), MOST_ERRORS)
    return OSA.distance(first, second, score_cutoff=most) <= most


def _words(title: str) -> list[str]:
    words = title.split()
    return words[1:] if words[0] in _ARTICLES else words


def _left(words: Counter[str], title: str) -> list[str]:
    """The telling ones of *words*, in the order of *title*."""
    left = {word for word in words if word not in _SLIGHT}
    return [word for word in dict.fromkeys(title.split()) if word in left] if left else []


def opens(one: Title, other: Title) -> bool:
    """Whether one title is the beginning of the other, three words or more: its subtitle was left out."""
    shorter, longer = sorted((one.whole, other.whole), key=len)
    return shorter.count(" ") >= OPENING - 1 and (longer.startswith(shorter + " ") or longer == shorter)


def same_opening(one: Title, other: Title) -> bool:
    """Whether both titles have the same main title, three words or more."""
    return one.main == other.main and one.main.count(" ") >= OPENING - 1


def under_a_rubric(one: Title, other: Title) -> bool:
    """Whether one title is the end of the other, with a few words before it: "Viewpoint: ...", "How I did it ...".

    What answers the other ("Comment: ...") is not.
    """
    shorter, longer = sorted((one.whole, other.whole), key=len)
    if not longer.endswith(" " + shorter) or len(telling(shorter)) < RUBRIC:
        return False
    return len(longer) - len(shorter) < len(shorter) / 2


def in_two_languages(one: Title, other: Title) -> bool:
    """Whether two titles are surely in different languages: other scripts, or the small words of other tongues."""
    first, second = _script(one.whole), _script(other.whole)
    if first != second:
        return bool(first and second)
    here, there = _tongue(one.whole), _tongue(other.whole)
    return bool(here and there) and here != there


def _tongue(title: str) -> str:
    """The language whose small words a title has most of; "" when there are none, or two have as many."""
    words = set(title.split())
    best, second = sorted(((len(words & small), name) for name, small in _TONGUES.items()), reverse=True)[:2]
    return best[1] if best[0] > second[0] else ""


def _script(title: str) -> str:
    """The script of a title that has one: "latin", "cyrillic", "greek", "arabic", "hebrew" or "east"."""
    for letter in title:
        if letter.isalpha():
            return next((name for last, name in _SCRIPTS if letter <= last), "east")
    return ""


_SCRIPTS: Final = (
    ("\u024f", "latin"), ("\u03ff", "greek"), ("\u052f", "cyrillic"), ("\u05ff", "hebrew"), ("\u07ff", "arabic"),
)  # fmt: skip


def is_of_the_journal(title: Title, journal: str) -> bool:
    """Whether *title* has no words but generic ones and those of its journal's name."""
    words = title.whole.split()
    if len(words) > MOST_WORDS or not journal:
        return False
    names = set(comparable(journal[:300]).split())
    return all(word in GENERIC or word in names or word.isdecimal() for word in words)


def weight(title: Title) -> int:
    """How many telling words a title has, or words but two; where words are not set apart, letters by threes."""
    if title.whole and title.whole[0] >= _EAST:
        return len(title.whole) // LETTERS
    return max(len(telling(title.whole)), title.whole.count(" ") - 1)
