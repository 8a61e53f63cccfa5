"""Titles and names that came in capitals, in the case they would have been printed in.

Source: ERIC's records from before 1970, and what 7,000 titles in title case say of words that are acronyms too: "It",
"Act" and "Idea" are words.  Cautious: initials, words with digits or without vowels, Roman numbers and well known
acronyms keep their capitals, everything else is title case.
"""

import re

from litbase.record.names import PARTICLE

SMALL_WORDS = frozenset(
    "a an and as at but by for from if in into nor of off on onto or over per so than the to up upon via with".split()
)
ACRONYMS = frozenset(
    "AAUP ABE ADA ADHD AERA AFDC AFT AIDS ANOVA ASCD ASL BIA BIE CAI CEO CIA COVID CTE DACA DC EEO EFL ELL EPA ERIC "
    "ESEA ESL ESOL ESSA EU FBI GCSE GED GI GIS GPA HBCU HIV IBM ICT IEA IEP IQ LGBT MBA MMPI NAACP NAEP NASA NATO "
    "NCAA NCES NEA NELS NICHD NSF OECD PIRLS PISA SARS SAT SEL SES STEM SWOT TEFL TESOL TIMSS TOEFL TV UK UNESCO "
    "UNICEF US USA USOE USSR WAIS".split()
)
SHORTENED = {word.upper(): word for word in "Dr Mr Mrs Ms Jr Sr St Ph PhD vs".split()}
_ROMAN = re.compile(r"(?=..)X{0,3}(?:IX|IV|V?I{0,3})")
_COUNTED = re.compile(r"\d+(?:ST|ND|RD|TH|['’]?S)")  # "21ST", "1980S"
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
        fresh = fresh or bool(re.search(r"[.:?!–—“(]|--|\"$", between))  # a quotation mark that opens
        in_abbreviation = between == "." or text[found.end() : found.end() + 1].isalpha()  # the S in "U.S.A."
        pieces += [between, found[0] if in_abbreviation else _word_case(found[0], fresh)]
        bare = found[0].rstrip(".")
        fresh = bare != found[0] and len(bare) > 1 and bare not in SHORTENED
        end = found.end()
    return "".join([*pieces, text[end:]])


def _word_case(word: str, fresh: bool) -> str:
    bare = word.rstrip(".")
    if _COUNTED.fullmatch(bare):
        return word.lower()
    if bare in SHORTENED:
        return SHORTENED[bare] + word[len(bare) :]
    if bare in ACRONYMS or _ROMAN.fullmatch(bare) or any(c.isdigit() for c in bare) or (len(bare) == 1 and word != "A"):
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
