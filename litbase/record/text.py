"""The one analysis of text: cleaning, folding, words and stems.

Indexing, queries, snippets and matching all call these functions, so that what
one stores another finds.  Sources: Unicode NFC/NFKD; the Snowball English
stemmer (PyStemmer).
"""

import re
import threading
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import Stemmer

_DROPPED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\u200b\u2060\ufeff]")
_SPACES = re.compile("[\u2028\u2029\u0085\u00a0]")
_WORD = re.compile(r"[^\W_]+(?:['’ʼ][^\W_]+)*")
_HAN = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ħ": "h", "ŋ": "n",
     "ĸ": "k", "ŧ": "t", "Ł": "L", "Ø": "O", "Đ": "D", "Ð": "D", "Æ": "AE", "Œ": "OE", "Þ": "TH", "ẞ": "SS"}
)  # fmt: skip
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})
_APART = str.maketrans({chr(n): " " for n in range(128) if not chr(n).isalnum() and chr(n) != "'"})
STOP_WORDS = frozenset(
    "a an and are as at be but by for from has have in into is it its not of on or s such that the their then there "
    "these they this to was were what when which who will with".split()
)


class Token(NamedTuple):
    """One word of a text: its folded forms (the first is the plain one), its stem, its place and its characters."""

    forms: tuple[str, ...]
    stem: str
    position: int
    start: int
    end: int


def clean(text: str) -> str:
    """*text* in NFC without control characters (newline and tab stay), surrogates, noncharacters and invisible spaces.

    Line and paragraph separators and no-break spaces become spaces.  Cleaning twice changes nothing.
    """
    if text.isascii() and text.isprintable():
        return text
    text = _SPACES.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = _DROPPED.sub("", text)
    if not text.isascii():
        text = "".join(c for c in text if ord(c) & 0xFFFE != 0xFFFE)
        text = unicodedata.normalize("NFC", text)
    return text


def squash(text: str) -> str:
    """*text* on one line with single spaces."""
    return " ".join(text.split())


def amount(count: int, what: str = "record") -> str:
    """*count* and the word for it.

    >>> amount(1), amount(1204)
    ('1 record', '1,204 records')
    """
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def fold(text: str) -> str:
    """*text* for comparison: casefolded, accents off, ł ø ß æ and the like spelled out.

    >>> fold("Özgür, Łukasz")
    'ozgur, lukasz'
    """
    if text.isascii():
        return text.casefold()
    plain = unicodedata.normalize("NFKD", text).casefold()  # first apart, for a bold 𝐀 has no case of its own
    text = unicodedata.normalize("NFKD", plain.translate(_LETTERS)).translate(_LETTERS)
    return "".join(c for c in text if not unicodedata.combining(c))


def tokens(text: str) -> Iterator[Token]:
    """The words of *text* in order, positions counted from 0; Chinese and Japanese letters one by one.

    Possessives are dropped ("leader's" is "leader"); a word with an umlaut also carries its ae/oe/ue form.

    >>> [t.forms for t in tokens("Müller’s K-12")]
    [('muller', 'mueller'), ('k',), ('12',)]
    """
    position = 0
    for found in _WORD.finditer(text):
        word = found[0]
        if not word.isascii() and _HAN.search(word):
            for offset, letter in enumerate(word):
                if letter not in "'’ʼ" and (forms := spellings(letter))[0]:
                    start = found.start() + offset
                    yield Token(forms, stem(forms[0]), position, start, start + 1)
                    position += 1
            continue
        forms = spellings(word)
        if forms[0]:
            yield Token(forms, stem(forms[0]), position, found.start(), found.end())
            position += 1


def surfaces(text: str) -> list[str]:
    """The words of *text* as they are written, in order; one that folds to nothing is there too.

    They are those of `tokens`, perhaps with apostrophes round them: a word's folded forms are its `spellings`.

    >>> surfaces("The students' K-12 leader's")
    ['The', "students'", 'K', '12', "leader's"]
    """
    if text.isascii() and "''" not in text:
        return text.translate(_APART).split()  # four times as fast as the pattern
    words = _WORD.findall(text)
    if not _HAN.search(text):
        return words
    return [part for word in words for part in (_letters(word) if _HAN.search(word) else (word,))]


def _letters(word: str) -> str:
    return re.sub("['’ʼ]", "", word)


@lru_cache(maxsize=65536)
def spellings(word: str) -> tuple[str, ...]:
    """The folded forms of a word as it is written, the plain one first, then with umlauts spelled out; ("",) for none.

    >>> spellings("Müller’s")
    ('muller', 'mueller')
    """
    if not word.isalnum():
        word = re.sub("['’ʼ]", "", re.sub(r"['’ʼ][sS]$", "", word.strip("'")))
    plain = fold(word)
    if word.isascii():
        return (plain,)
    spelled = fold(unicodedata.normalize("NFC", word).casefold().translate(_UMLAUTS))
    return (plain, spelled) if spelled != plain else (plain,)


_stemmers = threading.local()  # a Snowball stemmer must not be shared between threads


@lru_cache(maxsize=262144)
def stem(word: str) -> str:
    """The Snowball English stem of a folded word."""
    if not hasattr(_stemmers, "english"):
        _stemmers.english = Stemmer.Stemmer("english")
    return str(_stemmers.english.stemWord(word))


def one_letter_away(one: str, other: str) -> bool:
    """Whether a letter added, left out or changed, or two neighbours swapped, makes *one* into *other*.

    >>> [one_letter_away("teacher", other) for other in ("teachr", "taecher", "teacher", "preacher")]
    [True, True, False, False]
    """
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    start = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    a, b = one[start:], other[start:]
    if len(a) != len(b):
        return a[1:] == b if len(a) > len(b) else a == b[1:]
    return a[1:] == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])


def sort_form(text: str) -> str:
    """*text* as it is filed: folded, punctuation off, a leading article left out."""
    words = [word for word in (spellings(written)[0] for written in surfaces(text[:400])) if word]
    if len(words) > 1 and words[0] in ("a", "an", "the"):
        words = words[1:]
    return " ".join(words)


def comparable(text: str) -> str:
    """*text* as titles are compared: folded, "&" read as "and", letters and digits with single spaces."""
    return " ".join(re.findall(r"[^\W_]+", fold(text.replace("&", " and "))))


def ascii_slug(text: str) -> str:
    """*text* as lower-case ASCII words joined by hyphens; "" when nothing is left (山田).

    >>> ascii_slug("Søren & the O'Briens")
    'soren-the-obriens'
    """
    if text.isascii() and text.isalnum():
        return text.lower()
    plain = re.sub("['’ʼ]", "", fold(text)).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", plain))
