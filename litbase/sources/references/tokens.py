"""A reference as a row of words for the tagger: each word's form, what stands round it, and the pieces it is in.

A link or DOI is one word; punctuation belongs to the word before it.  Words are classed as the layouts of references
class them: years, numbers, ranges, initials, capitals; and by what they say in any of seven languages (LEXICON).
"""

import re
from typing import Final, NamedTuple

from litbase.record.text import fold
from litbase.sources.references.words import MONTHS

MAX_WORDS: Final = 400  # of one reference; what comes behind is left to the rules
_WORD = re.compile(
    r"(?:https?://|www\.)[^\s<>]*[^\s<>.,;:)\]]|10\.\d{4,9}/[^\s<>]*[^\s<>.,;:)\]]|[^\W_]+(?:[-’'‐‑–—_][^\W_]+)*"
)
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d[a-z]?")
_RANGE = re.compile(r"[A-Za-z]?\d{1,9}[-–—][A-Za-z]?\d{1,9}")
_QUOTE = re.compile("[“”„»«]|''|``")
_DASH = re.compile("[–—−]")
_SHAPE: Final = ((re.compile("[A-ZÀ-ÖØ-Þ]"), "X"), (re.compile(r"[^\W\d_X]"), "x"), (re.compile(r"\d"), "d"))
_RUNS = re.compile(r"(x)\1+|(X)\2{2,}|(d)\3{4,}")
_CLASSES: Final = {
    "month": " ".join(fold(month) for month in MONTHS),
    "ed": "ed eds editor editors hrsg hg herausgeber dir coord edited comp comps red orgs org",
    "in": "in dans en im",
    "vol": "vol vols volume volumes v bd band tome t jg jahrgang tom",
    "no": "no nos nr number num n issue iss heft h fasc",
    "pp": "pp p pages page pg pgs s seiten seite pags pag ss",
    "edn": "edition edn aufl auflage ed ausg ausgabe edicion edizione",
    "press": "press publisher publishers publishing verlag books editions edition editorial editore presse "
    "presses pub inc ltd co gmbh wiley springer elsevier academic routledge sage erlbaum kluwer "
    "macmillan hall mcgraw hill prentice addison wesley blackwell freeman pergamon birkhauser oxford "
    "cambridge harvard yale mit princeton penguin norton harper random house",
    "uni": "university universitat universite universidad univ institute institut college school department "
    "dept laboratory laboratories lab labs center centre laboratorium faculty",
    "place": "london york paris berlin boston cambridge oxford chicago amsterdam dordrecht heidelberg munchen "
    "wien roma milano madrid washington philadelphia princeton stanford tokyo toronto dc ca ma ny nj uk "
    "usa germany france england italy netherlands switzerland california massachusetts angeles san "
    "francisco reading hillsdale baltimore leipzig stuttgart frankfurt zurich geneva new",
    "journal": "journal review rev j annals bulletin bull quarterly magazine letters lett trans transactions acta "
    "archives zeitschrift revue rivista revista annual science nature physics phys communications comm "
    "notices studies research newsletter",
    "proc": "proceedings proc conference conf symposium symp workshop congress international meeting annual "
    "lecture notes advances",
    "thesis": "thesis dissertation phd master masters msc doctoral these diss habilitation diploma",
    "report": "report technical tech rep memo working paper papers tr preprint manuscript unpublished draft",
    "online": "retrieved accessed available from viewed online url http visited",
    "and": "and und y et e & with",
    "part": "van von de der den del la le du di da dos ter ten zu",
    "jr": "jr sr ii iii iv",
    "undated": "forthcoming submitted appear press preparation accepted",
}
LEXICON: Final = {
    word: tuple(name for name, words in _CLASSES.items() if word in words.split())
    for words in _CLASSES.values()
    for word in words.split()
}


_DISPLACED = re.compile(r"(?<=\w)\s([.,;:])(?=[^\W\d])|(?<=[^\W\d])\s([.,;:])(?=\w)")
_LOOSE_YEAR = re.compile(r"\(\s?(\d{4}[a-z]?)\s?\)(?=\w)")


def mended(text: str) -> str:
    """*text* with the blanks that a PDF set before punctuation behind it; every letter keeps its place.

    >>> mended("Phys .Rev .D 85 ( 2012 )054512")
    'Phys. Rev. D 85 (2012)  054512'
    """
    text = _DISPLACED.sub(lambda found: f"{found[1] or found[2]} ", text)
    return _LOOSE_YEAR.sub(lambda found: f"({found[1]})".ljust(len(found[0])), text)


class Word(NamedTuple):
    """One word: its place, as written, folded, its class and shape, and the punctuation before and after it."""

    start: int
    stop: int
    text: str
    folded: str
    kind: str
    shape: str
    before: str
    after: str

    @property
    def says(self) -> tuple[str, ...]:
        """What the word says by the lexicon; () for most."""
        return LEXICON.get(self.folded, ())


def words_of(text: str) -> tuple[Word, ...]:
    """The words of *text* in order, at most MAX_WORDS."""
    found = [match.span() for match, _ in zip(_WORD.finditer(text), range(MAX_WORDS), strict=False)]
    bounds = [0, *(stop for _, stop in found)]
    starts = [*(start for start, _ in found), len(text)]
    gaps = [_punctuation(text[stop:start]) for stop, start in zip(bounds, starts, strict=True)]
    return tuple(
        Word(start, stop, word, fold(word), _kind(word), _shape(word), gaps[n], gaps[n + 1])
        for n, (start, stop) in enumerate(found)
        if (word := text[start:stop])
    )


def _punctuation(gap: str) -> str:
    gap = _DASH.sub("-", _QUOTE.sub('"', re.sub(r"\s+", " ", gap)))
    return gap[:4] or "_"


def _kind(word: str) -> str:
    if _YEAR.fullmatch(word):
        return "year"
    if word.isdecimal():
        return f"d{min(len(word), 6)}"
    if _RANGE.fullmatch(word):
        return "range"
    if word.startswith(("http", "www.")):
        return "url"
    if word.startswith("10.") and "/" in word:
        return "doi"
    if any(letter.isdigit() for letter in word):
        return "mixed"
    if word.isupper():
        return "I" if len(word) == 1 else "II" if len(word) < 4 else "CAPS"
    return "Cap" if word[0].isupper() else "low"


def _shape(word: str) -> str:
    for pattern, letter in _SHAPE:
        word = pattern.sub(letter, word)
    return _RUNS.sub(lambda run: run[0][0] + "+", word)[:10]


Stretch = tuple[int, int]


def pieces_of(words: tuple[Word, ...]) -> tuple[list[Stretch], list[Stretch]]:
    """For each word the sentence it is in, and the smaller piece between commas, brackets and colons."""
    sentences: list[Stretch] = []
    pieces: list[Stretch] = []
    first = begin = 0
    for place, word in enumerate(words, 1):
        ends = place == len(words) or _ends_sentence(word)
        if ends or word.after[0] in ",:;()[]" or word.after.startswith((". ", " (", " [")):
            pieces += [(begin, place)] * (place - begin)
            begin = place
        if ends:
            sentences += [(first, place)] * (place - first)
            first = place
    return sentences, pieces


def _ends_sentence(word: Word) -> bool:
    after = word.after
    if after[0] in "?!" or '"' in after or after.startswith((").", "; ")):
        return True
    return after.startswith((". ", ".,", ".;")) and word.kind not in ("I", "II") and len(word.folded) > 1
