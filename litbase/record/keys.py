"""Citation keys and record ids: short names made from who, when and what.

Sources: the habit of family, year, first significant word; the stop lists
of English, German, French and Spanish articles, prepositions and question words.
"""

import re
from collections.abc import Iterator

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


def citation_key(record: Record) -> str:
    """The key *record* is cited by before collisions are settled: "mehta2019international".

    Without a year "nd", without an author the title's word comes first ("vital2018role").  A name that ASCII cannot
    spell gives the ERIC number; "" when there is nothing to make a key from.

    >>> from litbase.record.dates import PartialDate
    >>> oecd = (Name(literal="OECD"),)
    >>> citation_key(Record(title="What Makes a School?", author=oecd, issued=PartialDate(year=2016)))
    'oecd2016makes'
    """
    parts = _parts(record, words=2)
    if not parts:
        return fold(record.eric) if is_key(record.eric) else ""
    return "".join(part.replace("-", "") if index > 1 else part for index, part in enumerate(parts[:3]))


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
    slug = ""
    for part in _parts(record, words=4):
        longer = f"{slug}-{part}" if slug else part[:LONGEST_ID].strip("-")
        if len(longer) > LONGEST_ID:
            break
        slug = longer
    return slug


def is_key(text: str) -> bool:
    """Whether *text* may be a citation key: ASCII letters, digits and : . _ + / -, the first no sign, at most 128."""
    return bool(_KEY.fullmatch(text))


def _parts(record: Record, words: int) -> list[str]:
    """Who, when, what...: family name, year, significant words; title first where no name is given; [] for nothing."""
    names = record.author or record.editor
    who = _who(names[0]) if names else ""
    year = str(record.year) if record.year else "nd"
    title = list(_significant(record.title, words))
    if names and not who and record.eric:
        return []
    if who:
        return [who, year, *title]
    return [title[0], year, *title[1:]] if title else []


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
