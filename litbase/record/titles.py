"""A title as it is compared with others: its words, its numbers, and whether it says anything at all.

Source: what separates labelled pairs of real catalogues (normal forms; corrections, reviews and answers;
generic titles), and the titles of ERIC, PubMed and MIS journals it was measured on.
"""

import html
import re
from functools import lru_cache
from typing import Final, NamedTuple

from litbase.record.text import comparable, stem

LONGEST: Final = 1000  # characters that are read
GENERIC: Final = frozenset(
    "a about abstract abstracts acknowledgements acknowledgments afterword and announcement announcements book "
    "books brief comment commentary comments conclusion conclusions contents contributors corrections editor "
    "editorial editorials editors for foreword from guest in index introduction introductory issue issues letter "
    "letters news note notes notice notices obituary of on our preface president presidents publications readers "
    "received reference references remarks reply report response review reviewers reviews s section special the "
    "this to untitled volume".split()
)
_ANSWERING = (
    r"(?:correction|corrigendum|erratum|errata|retraction|addendum|reviews?|response|reply|rejoinder|comments?|"
    r"commentary)"
)
ANSWER: Final = re.compile(
    rf"^(?:(?:author|publisher)s? |an? )?{_ANSWERING}(?: (?:to|of|on|for|regarding))? "
    rf"| (?:further |an? |the authors? )?{_ANSWERING}(?: (?:to|on)(?: \w+){{1,5}})?$"
)
NUMBER: Final = re.compile(
    r"\d+|\b(?:[ivx]{2,7}|one|two|three|four|five|six|seven|eight|nine|ten|first|second|third|fourth|fifth)\b"
    r"|(?<=\bpart )[ivx]\b|(?<=\bvolume )[ivxlc]+\b|(?<=\bvol )[ivxlc]+\b|(?<=\bseries )[ivx]+\b"
)
_REMARK: Final = re.compile(r"(?<=\S)\s*\[[^\[\]]*\]\s*$")  # "Advances in control. [Review]"


class Title(NamedTuple):
    """A title as it is compared: whole, up to its colon, its numbers, whether it says anything, and what it answers."""

    whole: str
    main: str
    numbers: tuple[str, ...]
    generic: bool
    subject: str


@lru_cache(maxsize=16384)
def read_title(title: str) -> Title:
    """*title* as it is compared; entities decoded, remarks in square brackets at its end left out.

    >>> read_title("Advances in Cancer Control: A Response. [Review]").subject
    'advances in cancer control'
    """
    for _ in range(2):  # "... screening. [Review] [50 refs]"
        title = _REMARK.sub("", title)
    title = html.unescape(title)
    whole = comparable(title)
    subject = ANSWER.sub("", whole)
    return Title(
        whole=whole,
        main=comparable(title.partition(":")[0]),
        numbers=tuple(sorted(NUMBER.findall(whole))),
        generic=all(word in GENERIC or word.isdecimal() for word in whole.split()),
        subject=subject if subject != whole and len(subject) > 4 else "",
    )


@lru_cache(maxsize=8192)
def telling(title: str) -> tuple[str, ...]:
    """The stems of the words of a compared title that have more than three letters."""
    return tuple(stem(word) for word in title.split() if len(word) > 3)


@lru_cache(maxsize=4096)
def journal_words(title: str) -> tuple[str, ...]:
    """The words of a journal's title that an abbreviation keeps."""
    return tuple(
        word for word in comparable(title[:300]).split() if word not in ("the", "of", "and", "for", "in", "on", "a")
    )
