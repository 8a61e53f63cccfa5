"""Titles in headline style and in sentence style.

Sources: CSL 1.0.2 on text-case (small words stay small, a word that holds a capital is never touched); for sentence
style what reference managers keep of headline style: acronyms, capitals inside words, quotations, names.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from litbase.styles.quotes import APOSTROPHE, CLOSE, OPENERS, PRIVATE
from litbase.styles.rich import Rich, plain, relettered
from litbase.vocabulary.proper_names import PAIRS, PROPER

SMALL: Final = frozenset(
    "about above across afore after against al along alongside amid amidst among amongst an and apropos around as "
    "aside astride at athwart atop barring before behind below beneath beside besides between beyond but by ca circa "
    "de despite down during et except for from given in inside into lest like modulo near next nor notwithstanding of "
    "off on onto or out over per plus pro qua sans since so than the through throughout thruout till to toward towards "
    "under underneath until unto up upon van versus via von vs with within without yet".split()
)
"""Words that stay small in the middle of a headline."""
_BREAKS: Final = f'–—/.,;?!:\\[\\]()"“”‘{APOSTROPHE}{PRIVATE}-'
_BREAK = re.compile(f"[{_BREAKS}]")
_WORD = re.compile(rf"[^\s{_BREAKS}]+")
_AFTER: Final = "?!:"
ABBREVIATED: Final = frozenset("Dr Mr Mrs Ms Prof St vs Vs No Vol Ed Inc".split())
FOREIGN: Final = frozenset(
    "auf bei da das degli del della dem den der des di die dos du e ein eine el en et för für gli het i il im la las "
    "le les los och og para por um und una uno y zu zum zur à".split()
)
"""Small words by which a title is seen not to be English."""
_GREEK = re.compile("[\u0370-\u03ff]")


def headline(part: Rich, english: bool = True) -> Rich:
    """*part* in headline style: words but the small ones within begin with a capital; unchanged unless *english*.

    >>> from litbase.styles.rich import rich
    >>> plain(headline(rich("learning to read: what it is good for in the K-12 classroom, and up-to-date tools")))
    'Learning to Read: What It Is Good for in the K-12 Classroom, and up-to-Date Tools'
    """
    return relettered(part, _headline(plain(part))) if english else part


def _headline(text: str) -> str:
    letters = list(text)
    found = list(_WORD.finditer(text))
    for place, match in enumerate(found):
        before = text[found[place - 1].end() if place else 0 : match.start()]
        if before.endswith((APOSTROPHE, '"')):
            continue
        begins = place == 0 or any(mark in before for mark in _AFTER) or _is_hyphenated_start(text, match.end())
        if (begins or not _is_small(match[0])) and match[0] == match[0].lower():
            _raise(letters, match)
    if found and len(found[-1][0]) > 1 and _is_small(found[-1][0]) and not _follows_apostrophe(text, found[-1]):
        _raise(letters, found[-1])
    return "".join(letters)


def _is_small(word: str) -> bool:
    return len(word) == 1 or word.lower() in SMALL


def _is_hyphenated_start(text: str, stop: int) -> bool:
    """Whether the word that ends at *stop* stands before the first mark of *text*, a hyphen: "Up" in "Up-to-Date"."""
    return text[stop : stop + 1] == "-" and not _BREAK.search(text, 0, stop)


def _follows_apostrophe(text: str, word: re.Match[str]) -> bool:
    """Whether the last mark before *word*, or any behind it, is an apostrophe."""
    marks = _BREAK.findall(text, 0, word.start())
    return marks[-1:] == [APOSTROPHE] or APOSTROPHE in text[word.end() :]


def _raise(letters: list[str], word: re.Match[str]) -> None:
    """Give *word* its capital; a Greek letter alone is a symbol and stays."""
    capital = word[0][0].upper()
    if len(capital) == 1 and not (len(word[0]) == 1 and _GREEK.match(word[0])):
        letters[word.start()] = capital


def begun(part: Rich) -> Rich:
    """*part* with a capital at its first word, where that word is all small.

    >>> from litbase.styles.rich import rich
    >>> plain(begun(rich("poster"))), plain(begun(rich("eSchool")))
    ('Poster', 'eSchool')
    """
    text = plain(part)
    found = _WORD.search(text)
    if not found or found[0] != found[0].lower():
        return part
    letters = list(text)
    _raise(letters, found)
    return relettered(part, "".join(letters))


def sentence(part: Rich, names: Iterable[str] = (), after_colon: bool = True) -> Rich:
    """*part*, in headline style, in sentence style: small letters but for the first word and what keeps its capitals.

    That is the first word of a sentence and, with *after_colon*, of a subtitle; quotations; acronyms, words with
    figures or capitals inside, single letters; names of places and peoples, and the proper *names* of this work.

    >>> from litbase.styles.rich import rich
    >>> plain(sentence(rich("Type B Personality: A Meta-Analysis of X-Ray Studies in New York and NAEP Data")))
    'Type B personality: A meta-analysis of X-ray studies in New York and NAEP data'
    """
    text = plain(part)
    letters = list(text)
    kept = [*_quotations(text), *_named(text, names)]
    found = list(_WORD.finditer(text))
    for place, match in enumerate(found):
        before = text[found[place - 1].end() if place else 0 : match.start()]
        shortened = place > 0 and before == ". " and _is_shortened(found[place - 1][0])
        begins = place == 0 or (_begins(before, after_colon) and not shortened)
        following = f"{match[0]} {found[place + 1][0]}" if place + 1 < len(found) else ""
        preceding = f"{found[place - 1][0]} {match[0]}" if place else ""
        if begins or {following, preceding} & PAIRS or _keeps_capitals(match[0], text[match.end() :]):
            continue
        if not any(start <= match.start() < stop for start, stop in kept):
            letters[match.start()] = match[0][0].lower()
    return relettered(part, "".join(letters))


def _begins(before: str, after_colon: bool) -> bool:
    """Whether what stands between two words ends a sentence or, with *after_colon*, a title before its subtitle."""
    marks = before.strip()
    ends = ".?!" + (":—–" if after_colon else "")
    return any(mark in ends for mark in marks) and (before[-1:].isspace() or "—" in marks)


def _is_shortened(word: str) -> bool:
    """Whether the full stop behind *word* is that of an abbreviation: "U.S. Schools", "Dr. Spock"."""
    return (len(word) == 1 and word.isupper()) or word in ABBREVIATED


def _keeps_capitals(word: str, behind: str) -> bool:
    if len(word) == 1:
        return word != "A" or not (behind[:1] == " " and behind[1:2].isalnum())
    inner = word[1:]
    return (
        inner != inner.lower() or any(map(str.isdigit, word)) or not PROPER.isdisjoint((word, word.removesuffix("s")))
    )


def _quotations(text: str) -> Iterator[tuple[int, int]]:
    """Where quotations begin and end in *text*."""
    starts: list[int] = []
    for at, letter in enumerate(text):
        if letter in OPENERS:
            starts.append(at)
        elif letter == CLOSE and starts:
            yield starts.pop(), at


def _named(text: str, names: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Where *names* stand in *text*."""
    for name in names:
        at = text.find(name) if len(name) > 2 and name[0].isupper() else -1
        while at >= 0:
            yield at, at + len(name)
            at = text.find(name, at + len(name))


def is_headline(part: Rich, least: int = 3) -> bool:
    """Whether *part* is in headline style: its longer words, *least* or more beside the first and names, have capitals.

    >>> from litbase.styles.rich import rich
    >>> is_headline(rich("Learning to Read in Small Schools")), is_headline(rich("Learning to read in Chicago"))
    (True, False)
    """
    text = plain(part)
    found = list(_WORD.finditer(text))
    telling = [
        match[0]
        for place, match in enumerate(found)
        if place
        and len(match[0]) > 3
        and not _begins(text[found[place - 1].end() : match.start()], after_colon=True)
        and not _is_small(match[0])
        and not _keeps_capitals(match[0], "")
        and match[0][0].isalpha()
        and text[match.start() - 1] not in f"-{APOSTROPHE}"
    ]
    foreign = any(match[0] in FOREIGN for match in found)
    return not foreign and len(telling) >= least and sum(word[0].isupper() for word in telling) > 0.8 * len(telling)
