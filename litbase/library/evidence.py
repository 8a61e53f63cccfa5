"""Evidence: what the records of two forms of a name say for or against their being one."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

from litbase.library import Library
from litbase.query.request import FacetRequest, SearchRequest
from litbase.query.tree import Value
from litbase.record.notices import Notice, notice
from litbase.record.orcids import orcids
from litbase.record.record import Record
from litbase.vocabulary.alike.people import heading

READ: Final = 25  # newest records of a form
CROWD: Final = 30  # people on a record, of whom more say nothing about each other
NEAR: Final = 12  # years
FAR: Final = 45
SELDOM: Final = 0.01  # of the records: a source of so few says something,
FEW: Final = 3  # or of so many
SOME: Final = 0.2  # how much of what they are about two forms share
MUCH: Final = 0.35
TOLD: Final = 3  # names in a reason


class Person(NamedTuple):
    """Somebody as far as lists of authors agree on it."""

    family: str
    initial: str


@dataclass(frozen=True)
class Seen:
    """What the newest records of one author say."""

    ids: frozenset[str]
    people: dict[Person, str]
    sources: frozenset[str]
    subjects: frozenset[str]
    years: tuple[int, ...]
    orcids: frozenset[str]


@dataclass(frozen=True)
class Weighed:
    """What speaks for two authors being one, beside their names: *weight* is added to their score.

    *speaks* where it is more than that their years are near.
    """

    weight: float
    reasons: tuple[Notice, ...]
    speaks: bool


class Evidence:
    """Reads what is needed of a library, each form once."""

    def __init__(self, library: Library):
        """Nothing is read yet."""
        self._library = library
        self._seen: dict[str, Seen] = {}

    def read(self, forms: Iterable[str]) -> None:
        """Read the records of these authors."""
        new = [form for form in dict.fromkeys(forms) if form not in self._seen]
        for start in range(0, len(new), READ):
            some = new[start : start + READ]
            ids = {form: self._ids("author", form, READ) for form in some}
            records = self._library.store.get_many({id for found in ids.values() for id in found})
            for form, found in ids.items():
                self._seen[form] = _seen(form, [records[id].record for id in found if id in records])

    def weigh(self, one: str, other: str, sure: bool) -> Weighed | None:
        """What speaks for *one* and *other* being one person; None where something speaks against it.

        Two names on one record are two people, unless their letters make it *sure*.
        """
        left, right = self._seen[one], self._seen[other]
        if (left.ids & right.ids and not sure) or (left.orcids and right.orcids and not left.orcids & right.orcids):
            return None
        gap = _gap(left.years, right.years)
        if gap is not None and gap > FAR:
            return None
        found = [*self._by_orcid(left, right), *self._by_people(left, right), *self._by_source(left, right)]
        found += self._by_subject(left, right)
        speaks = bool(found)
        if gap is not None and gap <= NEAR:
            found.append((0.05, notice("alike-years", one=_span(left.years), other=_span(right.years))))
        return Weighed(sum(weight for weight, _ in found), tuple(reason for _, reason in found), speaks)

    def issns(self, source: str) -> frozenset[str]:
        """The ISSNs that records of this journal state."""
        records = self._library.store.get_many(self._ids("source", source, TOLD))
        variants = self._library.store.variants()
        of_it = [one.record for one in records.values() if variants.of("source", one.record.container_title) == source]
        return frozenset(number for record in of_it for number in (*record.issn, *record.eissn))

    def _ids(self, kind: str, form: str, limit: int) -> list[str]:
        request = SearchRequest(Value(kind, form), sort="newest", limit=limit)
        return [hit.id for hit in self._library.engine.search(request).hits]

    def _by_orcid(self, left: Seen, right: Seen) -> list[tuple[float, Notice]]:
        shared = sorted(left.orcids & right.orcids)
        return [(0.5, notice("alike-orcid", orcid=shared[0]))] if shared else []

    def _by_people(self, left: Seen, right: Seen) -> list[tuple[float, Notice]]:
        shared = sorted(left.people.keys() & right.people.keys())
        names = "; ".join(max(left.people[one], right.people[one], key=len) for one in shared[:TOLD])
        return [(0.3 if len(shared) == 1 else 0.4, notice("alike-people", names=names))] if shared else []

    def _by_source(self, left: Seen, right: Seen) -> list[tuple[float, Notice]]:
        most = max(SELDOM, FEW / self._counts[0])
        seldom = [name for name in sorted(left.sources & right.sources) if self._share("source", name) <= most]
        return [(0.15, notice("alike-source", names="; ".join(seldom[:TOLD])))] if seldom else []

    def _by_subject(self, left: Seen, right: Seen) -> list[tuple[float, Notice]]:
        less = min(self._told(left.subjects), self._told(right.subjects))
        shared = left.subjects & right.subjects
        part = self._told(shared) / less if less else 0.0
        if part < SOME or len(shared) < 2:
            return []
        names = sorted(shared, key=lambda name: (self._share("descriptor", name), name))[:TOLD]
        return [(0.2 if part >= MUCH else 0.1, notice("alike-descriptors", names="; ".join(names)))]

    def _told(self, subjects: Iterable[str]) -> float:
        """How much it says to be about these: what many records are about says little."""
        return sum(-math.log(max(self._share("descriptor", name), 1e-9)) for name in subjects)

    def _share(self, kind: str, value: str) -> float:
        total, counts = self._counts
        return counts[kind].get(value, 1) / total

    @cached_property
    def _counts(self) -> tuple[int, dict[str, dict[str, int]]]:
        asked = SearchRequest(facets=(FacetRequest("source"), FacetRequest("descriptor")), limit=0)
        found = self._library.engine.search(asked)
        return max(1, found.total), {name: dict(result.values) for name, result in found.facets.items()}


def _seen(form: str, records: Sequence[Record]) -> Seen:
    people: dict[Person, str] = {}
    own = heading(form)
    for record in records:
        names = [str(name) for name in (*record.author, *record.editor)]
        for name in names if len(names) <= CROWD else ():
            found = heading(name)
            if found and own and found.bare != own.bare:
                people.setdefault(Person(found.bare, found.given[0][0]), name)
    return Seen(
        ids=frozenset(record.id for record in records),
        people=people,
        sources=frozenset(record.container_title for record in records if record.container_title),
        subjects=frozenset(name for record in records for name in (*record.descriptors, *record.keywords)),
        years=tuple(sorted(record.year for record in records if record.year)),
        orcids=frozenset(one.number for record in records for one in orcids(record) if one.whose == form),
    )


def _gap(one: Sequence[int], other: Sequence[int]) -> int | None:
    """How many years lie between what two wrote; None where they are not known."""
    if not one or not other:
        return None
    return max(0, one[0] - other[-1], other[0] - one[-1])


def _span(years: Sequence[int]) -> str:
    return str(years[0]) if years[0] == years[-1] else f"{years[0]}-{years[-1]}"
