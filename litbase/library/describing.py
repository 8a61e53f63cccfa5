"""Descriptors that a record should perhaps have, each with how probable it is and the reasons for it.

Two kinds of evidence are weighed: how many of the most similar records of the library have a descriptor, and whether
its name, or another name of it, stands in title or abstract.  The weights are fitted to records of ERIC whose
descriptors were hidden (`python -m benchmarks.describing` prints them), so that of those scored .7, 7 in 10 are right.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise
from math import exp, log
from typing import Final, NamedTuple

from litbase.errors import EngineError
from litbase.library import Library
from litbase.library.nearest import Nearest, nearest, summary
from litbase.record.notices import Notice, notice
from litbase.record.record import Record
from litbase.vocabulary.thesaurus import Thesaurus
from litbase.vocabulary.wording import Named, Wording, scattered, standing, stems, worded, wording

SHOWN: Final = 10
PROBABLE: Final = 0.5  # what is less probable is not suggested
OF_THE_NEAREST: Final = 60  # descriptors of the most similar records that are weighed
LONG: Final = 3  # words of a name, beyond which more say no more
LONG_ALONE: Final = 2  # the same where nothing else is weighed: of those scored by three words, .85, half were right
FEW: Final = 100  # described records, below which the most similar ones are not similar enough to tell anything


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A *descriptor*, how probable it is that the record should have it (0 to 1), and why, the best reason first."""

    descriptor: str
    score: float
    reasons: tuple[Notice, ...]


class Evidence(NamedTuple):
    """What speaks for a descriptor.

    How many other records are *described* at all; how many of the *nearest* have it (*alike*), and the *share* of them
    by their weight; its name where that stands in the *title*, in the *abstract*, or with its words *apart* in both.
    """

    described: int = 0
    nearest: int = 0
    alike: int = 0
    share: float = 0.0
    title: Named | None = None
    abstract: Named | None = None
    apart: Named | None = None


# What `python -m benchmarks.describing` printed: the weights of `signs` and `names`, and what scores turned out to be.
AMONG: Final = (-1.741, 1.085, 1.706, 1.232, 1.409, 4.991, 0.725, -2.818)
ALONE: Final = (-3.772, 1.368, 0.922, 1.17, 2.281)
TURNED_OUT: Final = (
    (0.0, 0.0), (0.038, 0.036), (0.138, 0.162), (0.242, 0.281), (0.346, 0.372), (0.447, 0.46), (0.549, 0.51),
    (0.649, 0.601), (0.75, 0.693), (0.85, 0.772), (0.941, 0.873), (1.0, 1.0),
)  # fmt: skip


def suggestions(library: Library, record: Record, least: float = PROBABLE) -> tuple[Suggestion, ...]:
    """At most ten descriptors for *record*, stored or not, that score *least* or more, the best first; () for none.

    Those it has are not among them, nor are broader ones than it has.  Of a broader and a narrower one only one is: the
    narrower where it is probable, else the more probable.  Where there is a thesaurus every one is a descriptor of it.
    A stored record does not speak for itself.
    """
    thesaurus = library.store.thesaurus()
    found = evidence(library, record)
    scored = sorted((-score(one), name) for name, one in found.items())
    probable = [name for n, name in scored if -n >= max(least, PROBABLE)]
    broader = _broader(thesaurus, (*record.descriptors, *probable))
    kept: list[Suggestion] = []
    for n, name in scored:
        if -n < least or len(kept) == SHOWN:
            break
        above = _broader(thesaurus, (name,))
        if name not in broader and above.isdisjoint(one.descriptor for one in kept):
            kept.append(Suggestion(name, round(-n, 3), tuple(_reasons(found[name]))))
            broader |= above
    return tuple(kept)


def evidence(library: Library, record: Record) -> dict[str, Evidence]:
    """What speaks for each descriptor that anything speaks for, those that *record* has left out."""
    thesaurus = library.store.thesaurus()
    told = Nearest()
    with suppress(EngineError):  # while the index is being prepared
        library.engine.refresh()
        told = nearest(library, record)
    shares, alike = _shared(told, thesaurus)
    known = wording(thesaurus) if thesaurus else worded((name, (name,)) for name in shares)
    title, abstract, apart = _standing(known, record)
    has = {today for name in record.descriptors for today in (name, *thesaurus.today(name))}
    tried = dict.fromkeys((*title, *abstract, *apart, *list(shares)[:OF_THE_NEAREST]))
    return {
        name: Evidence(
            told.described,
            len(told.neighbours),
            alike.get(name, 0),
            shares.get(name, 0.0),
            title.get(name),
            abstract.get(name),
            apart.get(name),
        )
        for name in tried
        if name not in has
    }


def _shared(told: Nearest, thesaurus: Thesaurus) -> tuple[dict[str, float], dict[str, int]]:
    """The share of the nearest records, by weight, that have each descriptor, the largest first, and their number."""
    weights: dict[str, float] = {}
    counts: dict[str, int] = {}
    for other, weight in told.neighbours:
        for name in _today(thesaurus, other.descriptors):
            weights[name] = weights.get(name, 0.0) + weight
            counts[name] = counts.get(name, 0) + 1
    whole = sum(weight for _, weight in told.neighbours)
    return {name: weights[name] / whole for name in sorted(weights, key=lambda n: (-weights[n], n))}, counts


def _today(thesaurus: Thesaurus, names: tuple[str, ...]) -> set[str]:
    """The descriptors of today that *names* mean; those the thesaurus does not know are left out."""
    if not thesaurus:
        return set(names)
    return {today for name in names for today in thesaurus.today(name) if thesaurus.find(today)}


def _standing(known: Wording, record: Record) -> tuple[Mapping[str, Named], ...]:
    """The descriptors whose names stand in the title, in the abstract, and in neither but with their words apart."""
    texts = stems(record.title), stems(summary(record))
    title, abstract = (standing(known, text) for text in texts)
    apart = scattered(known, {stem for text in texts for stem in text})
    return title, abstract, {name: found for name, found in apart.items() if name not in title and name not in abstract}


def names(one: Evidence, longest: int = LONG_ALONE) -> tuple[float, ...]:
    """What is weighed where the library tells too little: 1; name in title, in abstract, apart; its further words."""
    standing = [named.words for named in (one.title, one.abstract) if named]
    further = min(max(standing, default=1), longest) - 1
    return 1.0, float(bool(one.title)), float(bool(one.abstract)), float(bool(one.apart)), float(further)


def signs(one: Evidence) -> tuple[float, ...]:
    """What is weighed else: `names`; the share of the nearest and its logarithm; the share where the name stands."""
    return *names(one, LONG), one.share, log(one.share + 0.005), one.share if one.title or one.abstract else 0.0


def weighed(weights: tuple[float, ...], numbers: tuple[float, ...]) -> float:
    """The probability that *numbers* have by their *weights*."""
    return 1 / (1 + exp(-sum(weight * number for weight, number in zip(weights, numbers, strict=True))))


def score(one: Evidence) -> float:
    """How probable it is that an indexer gives the descriptor that *one* speaks for, from 0 to 1."""
    if one.described < FEW:
        return weighed(ALONE, names(one))
    said = weighed(AMONG, signs(one))
    (low, was), (high, became) = next(pair for pair in pairwise(TURNED_OUT) if said <= pair[1][0])
    return was + (became - was) * (said - low) / (high - low)


def _broader(thesaurus: Thesaurus, descriptors: tuple[str, ...]) -> set[str]:
    """Every descriptor that is broader than one of *descriptors*."""
    found: set[str] = set()
    waiting = list(descriptors)
    while waiting:
        entry = thesaurus.find(waiting.pop())
        further = [name for name in entry.broader if name not in found] if entry else []
        found.update(further)
        waiting += further
    return found


def _reasons(one: Evidence) -> Iterator[Notice]:
    for place, named in (("title", one.title), ("abstract", one.abstract)):
        if named and named.own:
            yield notice(f"describing-{place}")
        elif named:
            yield notice(f"describing-{place}-name", name=named.name)
    if one.apart:
        yield notice("describing-apart", name=one.apart.name)
    if one.alike and one.described >= FEW:
        yield notice("describing-near", count=one.alike, total=one.nearest)
