"""Candidates: the forms of names in a library that look like forms of one, with reasons, for an editor to decide.

They are found among the values of a facet, with what their records say.  Nothing here joins anything.  Finding them
takes seconds, so `Candidates` does it in the background and keeps them until the index moves on.
"""

import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from litbase.library import Library
from litbase.library.evidence import Evidence
from litbase.library.sparing import Sparing
from litbase.query.request import FacetRequest, SearchRequest
from litbase.record.notices import notice
from litbase.vocabulary.alike import Likeness, people, terms, titles
from litbase.vocabulary.variants import Variants

LEAST: Final = 0.5  # score of a candidate that is listed
MOST: Final = 5_000  # candidates of a kind that are kept
ALONE: Final = 0.6  # score of names that count by themselves where the family name is seldom; no initials reach it
SAME: Final = 0.9  # score of names that differ in next to nothing
SELDOM: Final = 3  # forms with a family name that are few
READ: Final = 20_000  # pairs of authors whose records are read, those most alike by their names
ISSNS: Final = 5_000  # sources whose ISSNs are read, the most frequent
PATIENCE: Final = 3.0  # seconds that a page waits for what is being found first
PATIENCE_LATER: Final = 0.2  # and where there is something to show meanwhile


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two forms that look like one: *counts* are the records found under each, the *preferred* first."""

    kind: str
    preferred: str
    form: str
    counts: tuple[int, int]
    score: float
    likeness: Likeness


def candidates(library: Library, kind: str) -> tuple[Candidate, ...]:
    """The candidates of *kind*, the most likely first, whatever people have decided of them: see `undecided`."""
    library.engine.refresh()
    asked = SearchRequest(facets=(FacetRequest(kind),), limit=0)
    counts = dict(library.engine.search(asked).facets[kind].values)
    found = _FINDERS[kind](library, tuple(counts))
    made = [_candidate(kind, one, counts) for one in found if one.score >= LEAST]
    made.sort(key=lambda one: (-one.score, -sum(one.counts), one.preferred, one.form))
    return tuple(made[:MOST])


def _candidate(kind: str, one: Likeness, counts: dict[str, int]) -> Candidate:
    both = counts.get(one.preferred, 0), counts.get(one.form, 0)
    return Candidate(kind, one.preferred, one.form, both, one.score, one)


def undecided(some: Iterable[Candidate], variants: Variants) -> Iterator[Candidate]:
    """Those of which nobody has said that they are one, or that they are different."""
    for one in some:
        group, other = variants.group(one.kind, one.preferred), variants.group(one.kind, one.form)
        if group != other and variants.apart(one.kind, group, other) is None:
            yield one


def _people(library: Library, forms: Sequence[str]) -> Iterator[Likeness]:
    pairs = sorted(people.pairs(forms), key=lambda one: -one.score)[:READ]
    evidence = Evidence(library)
    evidence.read(form for one in pairs for form in (one.preferred, one.form))
    families = Counter(name.bare for name in map(people.heading, forms) if name)
    longer = defaultdict(list)
    for one in pairs:
        longer[one.form].append(one.preferred)
    for one in pairs:
        weighed = evidence.weigh(one.preferred, one.form, one.sure)
        if weighed is None:
            continue
        others = _others(one, longer[one.form])
        rare = families[_bare(one.form)] <= SELDOM
        score = one.score + weighed.weight + (0.1 if rare else 0.0) - (0.15 if others else 0.0)
        told = (notice("alike-several", count=others),) if others else ()
        if weighed.speaks or one.sure or (rare and not others and one.score >= ALONE):
            yield one._replace(score=min(score, 0.99), reasons=(*one.reasons, *weighed.reasons, *told))


def _bare(form: str) -> str:
    name = people.heading(form)
    return name.bare if name else ""


def _others(one: Likeness, longer: Sequence[str]) -> int:
    """How many forms the shorter one could also stand for that are not the longer one's."""
    return sum(other != one.preferred and people.compare(one.preferred, other) is None for other in longer)


def _sources(library: Library, forms: Sequence[str]) -> Iterator[Likeness]:
    evidence = Evidence(library)
    issns = {form: evidence.issns(form) for form in forms[:ISSNS]}
    pairs = {frozenset((one.preferred, one.form)): one for one in titles.sources(forms)}
    having: dict[str, list[str]] = {}
    for form, numbers in issns.items():
        for number in numbers:
            having.setdefault(number, []).append(form)
    for number, some in having.items():
        for form in some[1:]:
            told = notice("alike-issn", issn=number)
            pair = frozenset((some[0], form))
            known = pairs.get(pair, Likeness(some[0], form, 0.55, ()))
            if not any(reason.code == told.code for reason in known.reasons):
                pairs[pair] = known._replace(score=min(0.99, known.score + 0.2), reasons=(*known.reasons, told))
    for one in pairs.values():
        left, right = (issns.get(form, frozenset()) for form in (one.preferred, one.form))
        if not left or not right or left & right:
            yield one
        elif one.score >= SAME:  # the same words, and two journals all the same, or one with a number for each medium
            yield one._replace(score=one.score - 0.3, reasons=(*one.reasons, notice("alike-issn-other")))


def _publishers(library: Library, forms: Sequence[str]) -> Iterator[Likeness]:
    yield from titles.publishers(forms)


def _descriptors(library: Library, forms: Sequence[str]) -> Iterator[Likeness]:
    there = set(forms)
    yield from (one for one in terms.pairs(forms, library.store.thesaurus()) if one.form in there)


_FINDERS: Final = {"author": _people, "source": _sources, "publisher": _publishers, "descriptor": _descriptors}


class Candidates:
    """The candidates of each kind in a library, found in the background when its index has moved on."""

    def __init__(self, library: Library):
        """Nothing is found yet."""
        self._library = library
        self._found: dict[str, tuple[Any, tuple[Candidate, ...]]] = {}  # the mark of the index, and the candidates
        self._sparing = {kind: Sparing() for kind in _FINDERS}
        self._working: dict[str, threading.Thread] = {}
        self._lock = threading.Lock()

    def now(self, kind: str) -> tuple[Candidate, ...] | None:
        """The candidates found last, those of an earlier state while newer ones are being found; None for none yet."""
        with self._lock:
            self._library.engine.refresh()
            mark = self._library.engine.mark()
            known = self._found.get(kind)
            stale = known is None or (known[0] != mark and self._sparing[kind].may())
            working = self._working.get(kind)
            if stale and (working is None or not working.is_alive()):
                working = threading.Thread(target=self._find, args=(kind, mark), name=f"litbase-{kind}", daemon=True)
                self._working[kind] = working
                working.start()
        if stale and working is not None:
            working.join(PATIENCE_LATER if known else PATIENCE)
        known = self._found.get(kind)
        return known[1] if known else None

    def _find(self, kind: str, mark: object) -> None:
        begun = time.monotonic()
        self._found[kind] = mark, candidates(self._library, kind)
        self._sparing[kind].spent(begun)
