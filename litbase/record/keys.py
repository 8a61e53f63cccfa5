"""Citation keys and record ids: short names made from who, when and what.

A key is made by a pattern of placeholders, as "{family}{year}{word}".  Sources: the habit of family, year, first
significant word; the stop lists of English, German, French and Spanish articles, prepositions and question words.
"""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from litbase.errors import BadInput
from litbase.record.names import Name
from litbase.record.record import Record
from litbase.record.text import ascii_slug, fold, squash

STOP_WORDS = frozenset(
    # English
    "a an the some from on in to of do does did with and or for at by as is are was were be it its this that these "
    "those what how why when where who which whose whether can "
    # German
    "der die das den dem des ein eine einer eines einem einen und oder zu zur zum im am vom von mit fur auf "
    "bei wie was "
    # French
    "le la les un une de du des et ou au aux en dans sur pour par l d qu "
    # Spanish
    "el los las al uno unos unas del y o con por para".split()
)  # fmt: skip
LONGEST_ID = 57  # with "-" and six hex digits for a collision it stays within 64
LONGEST_WORD = 24
WHOLE_GROUP = 12  # letters of a group's name that fit into a key; a longer one gives its initials
_ELISION = re.compile(r"\b(?:l|d|qu)['’ʼ](?=\w)")
_TITLE_WORD = re.compile(r"[^\W_]+(?:[-'’ʼ‐‑][^\W_]+)*")
_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9:._+/-]{0,127}")


PLACEHOLDERS: Final = {  # of a pattern of keys, with what each stands for
    "family": "family name of the first author or editor; the first title word where nobody is named",
    "families:N": "family names of the first N authors",
    "year": 'the year, "nd" without one',
    "yy": 'the last two digits of the year, "nd" without one',
    "word": "the first title word that says something",
    "title:N": "the first N of them",
    "journal": "the initials of the journal, book or conference",
    "id": "the id of the record, as it is written",
}
DEFAULT_PATTERN: Final = "{family}{year}{word}"
LONGEST_KEY: Final = 100  # letters made by a pattern; with those that number it a key stays within 128
_HOLE = re.compile(r"{([^{}]*)}")
_NAME = re.compile(r"([A-Za-z]+)(?::([1-9]))?")
_LITERAL = re.compile(r"[A-Za-z0-9:._+/-]*")
_LETTERS = re.compile(r"[a-z]*")
_COUNTED: Final = frozenset({"families", "title"})


class _Hole(NamedTuple):
    """A placeholder: its name in small letters, the number it has, and how its letters are written."""

    name: str
    number: int
    cased: Callable[[str], str]


class _Source(NamedTuple):
    """What keys and ids are made from, in small letters: who, when and what; never without *who*, "nd" for no year."""

    who: tuple[str, ...]
    year: str
    words: tuple[str, ...]
    record: Record
    id: str


class KeyPattern(NamedTuple):
    """A pattern that was understood; made by `key_pattern`.  *names* and *words* are how many it asks for."""

    text: str
    parts: tuple[str | _Hole, ...]
    names: int
    words: int

    def base(self, record: Record, id: str = "") -> str:
        """The key of *record* before collisions are settled; "" when there is nothing to make one from.

        A name that ASCII cannot spell gives the ERIC number, in small letters.
        """
        source = _source(record, id, self.names, self.words + 1)
        if source is None:
            return fold(record.eric) if is_key(record.eric) else ""
        made = "".join(part if isinstance(part, str) else _filled(part, source) for part in self.parts)
        return made[:LONGEST_KEY].strip(":._+/-")

    def made(self, key: str, record: Record, id: str = "") -> bool:
        """Whether *key* is what the pattern makes of *record*, with whatever letters tell it from others."""
        key, base = key.lower(), self.base(record, id).lower()
        return bool(base) and key.startswith(base) and bool(_LETTERS.fullmatch(key, len(base)))


@lru_cache(maxsize=16)
def key_pattern(text: str) -> KeyPattern:
    """The pattern that *text* says; BadInput names what is wrong with it, and the placeholders there are.

    A placeholder written {Family} begins with a capital, {FAMILY} is all capitals; between placeholders may stand
    letters, digits and : . _ + / -.

    >>> from litbase.record.dates import PartialDate
    >>> work = Record(title="The Flat World", author=(Name(family="Ng", given="A."),), issued=PartialDate(year=2010))
    >>> [key_pattern(text).base(work) for text in ("{family}{year}{word}", "{Families:2}_{yy}{Title:2}", "ref-{year}")]
    ['ng2010flat', 'Ng_10FlatWorld', 'ref-2010']
    """
    parts: list[str | _Hole] = []
    for number, part in enumerate(_HOLE.split(text)):
        if number % 2:
            parts.append(_hole(part, text))
        elif not _LITERAL.fullmatch(part):
            raise BadInput(f"{text!r}: between placeholders stand letters, digits and : . _ + / -, not {part!r}")
        elif part:
            parts.append(part)
    if not any(isinstance(part, _Hole) for part in parts):
        raise BadInput(f"{text!r} has no placeholder; {_offered()}")
    holes = [part for part in parts if isinstance(part, _Hole)]
    names = max((hole.number for hole in holes if hole.name == "families"), default=1)
    words = max((hole.number for hole in holes if hole.name in ("word", "title")), default=0)
    return KeyPattern(text, tuple(parts), names, words)


def _hole(given: str, text: str) -> _Hole:
    match = _NAME.fullmatch(given)
    name = match[1] if match else ""
    low = name.lower()
    known = {known.partition(":")[0] for known in PLACEHOLDERS}
    cases: dict[str, Callable[[str], str]] = {low: str, low.capitalize(): _capital, low.upper(): str.upper}
    if match is None or low not in known or name not in cases:
        raise BadInput(f"{text!r}: there is no placeholder {{{given}}}; {_offered()}")
    if match[2] and low not in _COUNTED:
        raise BadInput(f"{text!r}: {{{given}}} takes no number; {_offered()}")
    if not match[2] and low in _COUNTED:
        raise BadInput(f"{text!r}: {{{given}}} needs a number from 1 to 9, as {{{given}:2}}")
    return _Hole(low, int(match[2] or 1), cases[name])


def _capital(word: str) -> str:
    return "-".join(part.capitalize() for part in word.split("-"))


def _offered() -> str:
    return f"the placeholders are {', '.join(f'{{{name}}}' for name in PLACEHOLDERS)}, each also with a capital"


def _source(record: Record, id: str, names: int, words: int) -> _Source | None:
    """Who, when and what, at most so many *names* and *words*; a title word stands for a name where none is given.

    None when there is nothing to make a name from.
    """
    people = record.author or record.editor
    first = _who(people[0]) if people else ""
    title = tuple(_significant(record.title, words))
    if (people and not first and record.eric) or not (first or title):
        return None
    who = (first, *filter(None, map(_who, people[1:names]))) if first else title[:1]
    return _Source(who, str(record.year) if record.year else "nd", title if first else title[1:], record, id)


def _filled(hole: _Hole, source: _Source) -> str:
    match hole.name:
        case "year":
            return hole.cased(source.year)
        case "yy":
            return hole.cased(source.year[-2:])
        case "id":
            return source.id
        case "journal":
            place = source.record.container_title or source.record.event_title
            return hole.cased("".join(word[0] for word in _significant(place, 9)))
        case "family" | "families":
            found = source.who[: hole.number]
        case _:
            found = tuple(word.replace("-", "") for word in source.words[: hole.number])
    return "".join(map(hole.cased, found))


def citation_key(record: Record) -> str:
    """The key *record* is cited by before collisions are settled, by the default pattern: "mehta2019international".

    Without a year "nd", without an author the title's word comes first ("vital2018role").  A name that ASCII cannot
    spell gives the ERIC number; "" when there is nothing to make a key from.

    >>> from litbase.record.dates import PartialDate
    >>> oecd = (Name(literal="OECD"),)
    >>> citation_key(Record(title="What Makes a School?", author=oecd, issued=PartialDate(year=2016)))
    'oecd2016makes'
    """
    return key_pattern(DEFAULT_PATTERN).base(record)


def numbered(base: str, n: int) -> str:
    """*base* itself for 0, then with a, b, ... z, aa, ab, ...

    >>> [numbered("fullan2019", n) for n in (0, 1, 26, 27)]
    ['fullan2019', 'fullan2019a', 'fullan2019z', 'fullan2019aa']
    """
    letters = ""
    while n > 0:
        n, place = divmod(n - 1, 26)
        letters = chr(ord("a") + place) + letters
    return base + letters


def record_id(record: Record) -> str:
    """The id of *record* before collisions are settled, "mehta-2019-international-learning-communities"; "" for none.

    At most 57 characters of [a-z0-9-]; a record with an ERIC number is better served by that.
    """
    source, slug = _source(record, "", names=1, words=4), ""
    for part in (source.who[0], source.year, *source.words) if source else ():
        longer = f"{slug}-{part}" if slug else part[:LONGEST_ID].strip("-")
        if len(longer) > LONGEST_ID:
            break
        slug = longer
    return slug


def is_key(text: str) -> bool:
    """Whether *text* may be a citation key: ASCII letters, digits and : . _ + / -, the first no sign, at most 128."""
    return bool(_KEY.fullmatch(text))


def _who(name: Name) -> str:
    if not name.literal:
        return ascii_slug(name.surname.replace(" ", "")) or ascii_slug(name.given.replace(" ", ""))
    whole = ascii_slug(name.literal).replace("-", "")
    if len(whole) <= WHOLE_GROUP:
        return whole
    plain = re.sub(r"\([^()]*\)", " ", name.literal)
    capitals = [word[0] for word in re.findall(r"\w+", plain) if word[0].isupper()]
    initials = ascii_slug("".join(capitals))
    return initials if len(initials) > 1 else whole[:LONGEST_WORD]


def _significant(title: str, limit: int) -> Iterator[str]:
    """The first *limit* words of a title that say something, in ASCII; all its words where it has no others ("It")."""
    plain = _ELISION.sub("", fold(squash(title[:400])))
    every = [word for found in _TITLE_WORD.findall(plain) if (word := ascii_slug(re.sub("[-‐‑]", "", found)))]
    telling = [word for word in every if word not in STOP_WORDS]
    for word in (telling or every)[:limit]:
        yield word[:LONGEST_WORD]
