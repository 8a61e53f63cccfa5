"""The described records of a library that are most like another record, by the words of title and abstract.

The question is bounded: at most WORDS words, and the MOST nearest records are read.  A record is never like itself.
"""

from collections import Counter
from collections.abc import Iterator
from math import log
from typing import Final, NamedTuple

from litbase.library import Library
from litbase.query.request import SearchRequest
from litbase.query.tree import And, Boost, Given, Not, Phrase, Query, Term, all_of, any_of
from litbase.record.record import Record
from litbase.record.text import STOP_WORDS, tokens
from litbase.vocabulary.thesaurus import words_of

MOST: Final = 40  # records that are looked at
WORDS: Final = 64  # of title and abstract that are looked for, those of the title and the frequent ones first
OWN: Final = 20  # descriptors the record has already, of which others are looked for
YEARS: Final = 8  # so many years apart, a record tells half as much: indexing changes
LONGEST: Final = 20_000  # characters of an abstract that are read
_DESCRIPTOR: Final = "descriptor"


class Neighbour(NamedTuple):
    """A *record* like another one, and how much it tells: the most similar one 1, where it is of the same year."""

    record: Record
    weight: float


class Nearest(NamedTuple):
    """How many other records of the library are *described*, and those *neighbours* among them, the nearest first."""

    described: int = 0
    neighbours: tuple[Neighbour, ...] = ()


def summary(record: Record) -> str:
    """The abstract of *record*, or the contribution of a conference session, no longer than is read."""
    return (record.abstract or record.contribution)[:LONGEST]


def nearest(library: Library, record: Record) -> Nearest:
    """The other records of *library* that have descriptors and are most like *record*; raises EngineError."""
    others: Query = And((Given(_DESCRIPTOR), Not(Term("id", record.id)))) if record.id else Given(_DESCRIPTOR)
    described = library.engine.search(SearchRequest(others, limit=0)).total
    return Nearest(described, tuple(_neighbours(library, record, others)) if described else ())


def _neighbours(library: Library, record: Record, others: Query) -> Iterator[Neighbour]:
    asked: list[Query] = [Boost(Term("", word), weight) for word, weight in _weighed(record).items()]
    asked += [Phrase(_DESCRIPTOR, words) for name in record.descriptors[:OWN] if (words := words_of(name))]
    if not asked:
        return
    hits = library.engine.search(SearchRequest(all_of((any_of(asked), others)), limit=MOST)).hits
    found = library.store.get_many([hit.id for hit in hits])
    for hit in hits:
        stored = found.get(hit.id)
        if stored and stored.state == "public" and stored.record.descriptors:
            other = stored.record
            apart = abs(other.year - record.year) if other.year and record.year else 0
            yield Neighbour(other, (hit.score / hits[0].score) ** 2 / (1 + apart / YEARS))


def _weighed(record: Record) -> dict[str, float]:
    """The words of *record* that are looked for, one of each stem, by how much they count: those of the title twice."""
    times: Counter[str] = Counter()
    form: dict[str, str] = {}
    for text, weight in ((record.title, 2), (summary(record), 1)):
        for token in tokens(text):
            if token.forms[0] not in STOP_WORDS:
                times[token.stem] += weight
                form.setdefault(token.stem, token.forms[0])
    return {form[stem]: 1 + log(n) for stem, n in times.most_common(WORDS)}
