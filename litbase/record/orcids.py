"""Whose ORCID a record states.

Sources put it beside the name: CSL and Crossref in a member of the name, Web of Science and BibTeX's `orcid-numbers` as
"Family, Given/0000-...", MARC in the field of the name.  MEDLINE and others give the number alone; it is then a
person's only where there is one author.
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from litbase.record.identifiers import normal_orcid
from litbase.record.record import Record

_NUMBER: Final = re.compile(r"(?<!\d)\d{4}-\d{4}-\d{4}-\d{3}[\dXx](?!\w)")
_PLAIN: Final = re.compile(r"[\s:;,./()\[\]]|orcid|https?|www|org|id", re.I)
_TELLING: Final = frozenset({"wos:OI"})  # fields of numbers that nothing else calls ORCID
MOST: Final = 200  # people, and further fields, that are looked at
LONGEST: Final = 20_000  # characters of such a field


class Stated(NamedTuple):
    """An ORCID, and *whose* it is: a name as it is filed, "" where the source does not say."""

    whose: str
    number: str


def orcids(record: Record) -> tuple[Stated, ...]:
    """The ORCIDs that *record* states, each once; those with a wrong check digit are left out.

    >>> from litbase.record.names import Name
    >>> orcids(Record(author=(Name(family="Roe", given="Ann"),), extra=(("bibtex:orcid", "0000-0002-1825-0097"),)))
    (Stated(whose='Roe, Ann', number='0000-0002-1825-0097'),)
    """
    people = tuple(dict.fromkeys(map(str, (*record.author[:MOST], *record.editor[:MOST]))))
    alone = str(record.author[0]) if len(record.author) == 1 and not record.others else ""
    return tuple(dict.fromkeys(one for value in _told(record) for one in _in(value, people, alone)))


def wrong_orcids(record: Record) -> Iterator[str]:
    """The numbers that *record* states as ORCIDs and that have a wrong check digit, each once."""
    stated = (found[0] for value in _told(record) for found in _NUMBER.finditer(value))
    yield from (number for number in dict.fromkeys(stated) if not normal_orcid(number))


def _told(record: Record) -> Iterator[str]:
    """What *record* says about ORCIDs."""
    for name, value in (*record.extra[:MOST], *record.identifiers[:MOST]):
        if name in _TELLING or "orcid" in name.lower() or "orcid" in value[:LONGEST].lower():
            yield value[:LONGEST]


def _in(value: str, people: tuple[str, ...], alone: str) -> Iterator[Stated]:
    start, whose = 0, ""
    for found in _NUMBER.finditer(value):
        before, start = value[start : found.start()], found.end()
        named = [person for person in people if person in before and _whole(person, before)]
        if named:
            whose = max(named, key=len)
        elif _PLAIN.sub("", before):
            whose = ""  # somebody else is named, or something is told that is not understood
        if number := normal_orcid(found[0]):
            yield Stated(whose or (alone if not _PLAIN.sub("", before) else ""), number)


def _whole(person: str, text: str) -> bool:
    """Whether the name ends where the word in *text* ends: not "Roe, A" in "Roe, Ann"."""
    return re.search(rf"(?<!\w){re.escape(person)}(?!\w)", text) is not None
