"""A title as it is compared with others: its words, its numbers, and whether it says anything at all.

Source: what separates labelled pairs of real catalogues (normal forms; corrections, reviews and answers;
generic titles; what databases add in brackets), and the titles of ERIC, PubMed, MIS journals and TUGboat.
"""

import html
import re
from functools import lru_cache
from typing import Final, NamedTuple

from litbase.record.text import comparable, stem

LONGEST: Final = 1000  # characters that are read
LONGEST_ANSWER: Final = 120  # characters of "A Reply to ..." at the end of a title
GENERIC: Final = frozenset(
    "a about abstract abstracts acknowledgements acknowledgments addresses advertisement advertisements advertisers "
    "afterword and announcement announcements author authors back book books brief by calendar call comment "
    "commentary comments conclusion conclusions contents contributors correction corrections corrigenda corrigendum "
    "cover coming current editor editorial editorials editors errata erratum for foreword form from front guest image "
    "in index information inside instructions introduction introductory issue issues journal letter letters list "
    "masthead matter membership memoriam message miscellaneous miscellany new news next note notes notice notices "
    "obituary of official on our page pages pamphlets paper papers preface president presidents program programme "
    "publications readers received reference references remarks reply report response review reviewer reviewers "
    "reviews s section series special supplement table the this title to untitled volume welcome".split()
)
_ANSWERING = (
    r"(?:correction|corrigendum|corrigenda|erratum|errata|retraction|addendum|(?:book |essay )?reviews?(?! article)|"
    r"response|reply|rejoinder|comments?|commentary)"
)
_ANSWER_BEFORE: Final = re.compile(
    rf"^(?:(?:author|publisher)s? |an? )?{_ANSWERING}(?: (?:notice|note))?"
    r"(?: (?:to|of|on|for|regarding)(?: the (?:book|article|paper))?)? "
)
_ANSWER_BEHIND: Final = re.compile(  # "Racial Segregation: A Reply to Coleman and Hoffer"
    rf"[:.([?!—–-]\s{{0,9}}(?:an? |the |further |authors?.?s? )?{_ANSWERING}(?: (?:to|on)(?: [\w.]{{1,40}}){{1,5}})?"
    r"[\s.)\]]{0,9}$",
    re.I,
)
_LETTER_ABOUT: Final = re.compile(r"^\W*re\s*:\s", re.I)
_VALUES: Final = {
    word: str(n)
    for words in ("one two three four five six seven eight nine ten", "first second third fourth fifth")
    for n, word in enumerate(words.split(), 1)
}
_LETTERS: Final = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_ROMAN: Final = re.compile(r"[ivx]{2,7}")
_COUNTED: Final = frozenset({"part", "volume", "vol", "series"})  # before a number of one letter, "Part I"
_DIGITS: Final = re.compile(r"\d+")
_THOUSANDS: Final = re.compile(r"(?<=\d) (?=\d{3}(?: |$))")  # "10 000 women", "10,000 women"
_MARKUP: Final = re.compile(r"</?(?:i|b|em|strong|su[bp]|inf|scp|italic|bold)>", re.I)
_BRACKET: Final = re.compile(r"(?:\[([^\[\]]{0,600})\]|\(([^()]{0,600})\))[\s.,;:*]{0,9}$")
_REMARK: Final = re.compile(
    r"\W*(?:\d{1,6} )?(?:review|refs?|references|comments?|see |published |erratum|correct|letter|editorial|retracted|"
    r"withdrawn|authors?.?s? transl|electronic|microform|sound|videorecording|in [a-z]+$|with discussion)",
    re.I,
)
_DATABASE: Final = re.compile(  # in round brackets only what is surely no part of the title
    r"\W*(?:structured abstract|brief record|provisional|record supplied|cochrane review|with discussion|retracted|"
    r"withdrawn|authors?.?s? transl|in (?:english|french|german|spanish|russian|chinese|japanese)$)",
    re.I,
)
_STATUS: Final = re.compile(r"^\W*(?:retracted|withdrawn)(?: article)?\W*: *", re.I)
_PARALLEL: Final = re.compile(r"(?<=[^\W\d_]{3}) = (?=[^\W\d_]{3})")  # ISBD's; not "aged > or = 50 years"
_MAIN_ENDS: Final = re.compile(r"[:;—]|\s[-–]\s|[?!]\s")


class Title(NamedTuple):
    """A title as it is compared.

    The *whole* of it and its *main* part, up to a colon or a dash; *others* are its forms in other languages;
    *numbers* are those in it, in order of their digits, *plain* is the rest; a *generic* one says nothing; *subject* is
    what it answers.
    """

    whole: str
    main: str
    numbers: tuple[str, ...]
    plain: str
    generic: bool
    subject: str
    others: tuple[str, ...] = ()


@lru_cache(maxsize=16384)
def read_title(title: str) -> Title:
    """*title* as it is compared; entities decoded, remarks of databases left out, translations set apart.

    >>> read_title("Advances in Cancer Control: A Response. [Review]").subject
    'advances in cancer control'
    >>> read_title("Crowdwork: A Theory [Arbeiten in der Crowd]").others
    ('arbeiten in der crowd',)
    """
    title = title[:LONGEST]
    title = _MARKUP.sub("", html.unescape(title)) if "&" in title or "<" in title else title
    title = _STATUS.sub("", title) if ":" in title else title
    title, others = _without_brackets(title) if title.rstrip(" .,;:*").endswith(("]", ")")) else (title, ())
    if " = " in title:
        title, *parallel = _PARALLEL.split(title)
        others = (*others, *filter(None, map(comparable, parallel)))
    whole = comparable(title)
    subject = _subject(title, whole)
    end = _MAIN_ENDS.search(title)
    numbers, plain = _numbers(whole)
    return Title(
        whole=whole,
        main=comparable(title[: end.start()]) if end else whole,
        numbers=numbers,
        plain=plain,
        generic=all(word in GENERIC or word.isdecimal() for word in whole.split()),
        subject=subject if subject != whole and len(subject) > 4 else "",
        others=others,
    )


def _subject(title: str, whole: str) -> str:
    """What *title* corrects, reviews or answers; *whole* where it is a work of its own."""
    if behind := _ANSWER_BEHIND.search(title, max(0, len(title) - LONGEST_ANSWER)):
        return comparable(title[: behind.start()])
    if _LETTER_ABOUT.match(title):
        return whole.removeprefix("re ")
    return _ANSWER_BEFORE.sub("", whole, count=1)


def _without_brackets(title: str) -> tuple[str, tuple[str, ...]]:
    """*title* without the brackets at its end that are no part of it, and the translations that stood in them."""
    others: list[str] = []
    for _ in range(4):  # "... screening. [Review] [50 refs]"
        found = _BRACKET.search(title)
        if not found or not found.start():
            break
        square, round_ = found[1], found[2]
        if square is None and not _DATABASE.match(round_):
            break
        if square is not None and not _REMARK.match(square) and len(comparable(square).split()) > 2:
            others.append(comparable(square))
        title = title[: found.start()]
    return title, tuple(others)


def _numbers(whole: str) -> tuple[tuple[str, ...], str]:
    """The numbers in a title, in digits and in order, and the title without them: "ii", "two", "second" are "2"."""
    numbers: list[str] = []
    rest: list[str] = []
    before = ""
    for word in _THOUSANDS.sub("", whole).split():
        if value := _VALUES.get(word):
            numbers.append(value)
        elif not word.isalpha():
            numbers += [digits.lstrip("0") or "0" for digits in _DIGITS.findall(word)]
            rest.append(_DIGITS.sub("", word))
        elif _ROMAN.fullmatch(word) or (before in _COUNTED and set(word) <= _LETTERS.keys()):
            numbers.append(str(roman(word)))
        else:
            rest.append(word)
        before = word
    return (tuple(sorted(numbers)), " ".join(rest)) if numbers else ((), whole)


def roman(letters: str) -> int:
    """The value of a Roman number in small letters."""
    values = [_LETTERS[letter] for letter in letters]
    return sum(-v if any(later > v for later in values[i + 1 : i + 2]) else v for i, v in enumerate(values))


@lru_cache(maxsize=8192)
def telling(title: str) -> tuple[str, ...]:
    """The stems of the words of a compared title that have more than three letters."""
    return tuple(stem(word) for word in title.split() if len(word) > 3)


@lru_cache(maxsize=4096)
def journal_words(title: str) -> tuple[str, ...]:
    """The words of a journal's title that an abbreviation keeps."""
    return tuple(word for word in comparable(title[:300]).split() if word not in _LEFT_OUT)


_LEFT_OUT: Final = frozenset(
    "the of and for in on a an de la le les du des et y e i el los las del della di da do dos das der die und fur zur "
    "zum van het en".split()
)
