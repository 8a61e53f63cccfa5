"""Titles and names that came in capitals, in the case they would have been printed in.

Source: ERIC's records from before 1970.  Cautious: initials, words with digits or
without vowels and well known acronyms keep their capitals, everything else is title case.
"""

import re

from litbase.record.names import PARTICLE

SMALL_WORDS = frozenset(
    "a an and as at but by for from if in into nor of off on onto or over per so than the to up upon via with".split()
)
ACRONYMS = frozenset(
    "AAUP ABE ACT ADA ADHD AERA AFT AIDS ASCD BIA BIE CAI CEO CIA CTE DC EEO ELL EPA ERIC ESEA ESL EU FBI GED GI GPA "
    "HIV IBM ICT IDEA IEA IEP II III IQ IT IV IX LGBT MBA NAACP NAEP NASA NATO NCES NEA NSF OECD PIRLS PISA SAT SES "
    "STEM TEFL TESOL TIMSS TOEFL TV UK UN UNESCO UNICEF US USA USOE USSR VI VII VIII".split()
)
_LETTERS = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*\.?")
_VOWELS = frozenset("AEIOUYÄÖÜÁÉÍÓÚÀÈÊ")
SHORTEST_SHOUT = 12  # letters; below this a title in capitals may be an acronym


def is_shouting(text: str) -> bool:
    """Whether a title is all capitals: two words or more, twelve letters or more, none of them small.

    >>> is_shouting("EDUCATIONAL CHANGE IN THE SOUTH"), is_shouting("NAEP 1992")
    (True, False)
    """
    return text.isupper() and len(found := _LETTERS.findall(text)) > 1 and sum(map(len, found)) >= SHORTEST_SHOUT


def is_shouting_name(text: str) -> bool:
    """Whether a part of a personal name is all capitals; initials and single letters are not.

    >>> is_shouting_name("SMITH"), is_shouting_name("J. P."), is_shouting_name("JP")
    (True, False, False)
    """
    return text.isupper() and any(_is_long_word(word) for word in _WORD.findall(text))


def _is_long_word(word: str) -> bool:
    return len(word) > 2 and not word.endswith(".") and word.isupper() and not _VOWELS.isdisjoint(word)


def title_case(text: str) -> str:
    """A shouted title in title case.

    >>> title_case("THE EFFECTS OF NAEP ON K-12 SCHOOLS. A STUDY IN THE U.S.A.")
    'The Effects of NAEP on K-12 Schools. A Study in the U.S.A.'
    """
    fresh = True
    end = 0
    pieces = []
    for found in _WORD.finditer(text):
        between = text[end : found.start()]
        fresh = fresh or bool(re.search(r"[.:?!–—\"“(]|--", between))
        in_abbreviation = between == "." or text[found.end() : found.end() + 1].isalpha()  # the S in "U.S.A."
        pieces += [between, found[0] if in_abbreviation else _word_case(found[0], fresh)]
        fresh = found[0].endswith(".")
        end = found.end()
    return "".join([*pieces, text[end:]])


def _word_case(word: str, fresh: bool) -> str:
    bare = word.rstrip(".")
    if bare in ACRONYMS or any(c.isdigit() for c in bare) or (len(bare) == 1 and bare != "A"):
        return word
    if bare.lower() in SMALL_WORDS and not fresh:
        return word.lower()
    if len(bare) < 6 and _VOWELS.isdisjoint(bare) and bare.isascii():
        return word
    return word[0] + word[1:].lower()


def name_case(text: str) -> str:
    """A shouted part of a name as it is written: "O'Brien", "McDonald", "Smith-Jones"; particles small, initials kept.

    >>> name_case("VAN DER MCDONALD-O'BRIEN")
    "van der McDonald-O'Brien"
    """
    small = text.lower()
    found = PARTICLE.match(small)
    start = found.start("family") if found else 0
    return small[:start] + _WORD.sub(lambda word: _name_word(word[0]), text[start:])


def _name_word(word: str) -> str:
    if not _is_long_word(word):
        return word
    word = re.sub(r"[^\W_]+", lambda part: part[0][0] + part[0][1:].lower(), word)
    return re.sub(r"^Mc(\w)", lambda part: "Mc" + part[1].upper(), word)
