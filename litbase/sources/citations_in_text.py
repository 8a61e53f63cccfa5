"""Works cited in running text, "Stoll (2015)" or "(Borko, 2004; Brown et al., in press)", held against a list."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from litbase.record.notices import Notice, notice
from litbase.record.record import Reference
from litbase.record.text import fold, squash
from litbase.sources.references.words import UNDATED

MAX_TEXT = 200_000
CROWD = 20  # works of one author and year; of more, nothing tells which is cited
ALIKE = 0.75  # Munby and Mumby: 0.8
_FAMILY = r"[A-ZÀ-ÖØ-Þ][\w’']{1,30}(?:-[A-Z]?[\w’']{1,30})?"
_NAMES = rf"(?P<first>{_FAMILY})(?:(?:,\s{_FAMILY}){{0,4}},?\s(?:and|&|und)\s(?P<second>{_FAMILY})|,?\set\sal\.?)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)[a-z]?"
_NO_YEAR = rf"(?P<undated>(?i:{UNDATED}))(?:[\s-][a-z])?(?=[),;])"  # by more than a year: "Lee accepted the offer"
_OUTSIDE = re.compile(rf"(?<![\w’'-]){_NAMES}(?:’s|'s)?,?\s\((?:{_YEAR}(?=[),;:\s])|{_NO_YEAR})")
_INSIDE = re.compile(rf"(?<![\w’'-]){_NAMES}(?:,?\s{_YEAR}(?=[),;:&\s])|,\s{_NO_YEAR})")
_BRACKET = re.compile(r"\(([^()]{4,600})\)")
_MONTHS = frozenset("january february march april may june july august september october november december".split())


class Citation(NamedTuple):
    """One citation as the text gives it: its names in order, and its year; *undated* is what stands in place of one."""

    names: tuple[str, ...]
    year: int | None
    undated: str = ""

    def __str__(self) -> str:
        """The citation as it is told in a notice: "Hargreaves (2010)", "Brown and Poortman (forthcoming)"."""
        return f"{' and '.join(self.names)} ({self.year or self.undated})"


class Place(NamedTuple):
    """A citation and the characters of the text that it is."""

    start: int
    stop: int
    citation: Citation


class CitedAt(NamedTuple):
    """The characters of a text that cite a reference, and its place in the list, from 0."""

    start: int
    stop: int
    reference: int


def citations(text: str) -> list[Citation]:
    """The citations in *text* in order, each once; [] when there are none."""
    return list(dict.fromkeys(place.citation for place in places(text)))


def places(text: str) -> list[Place]:
    """Where *text* cites, in order; [] when it does nowhere.

    >>> [(place.start, place.stop) for place in places("As Stoll (2015) and others (Borko, 2004) say")]
    [(3, 15), (28, 39)]
    """
    text = text[:MAX_TEXT]
    found = []
    for match in _OUTSIDE.finditer(text):
        found.append((match.start(), match.end() + text.startswith(")", match.end()), match))
    for bracket in _BRACKET.finditer(text):
        begin = bracket.start(1)
        for match in _INSIDE.finditer(bracket[1] + ")"):
            found.append((begin + match.start(), begin + match.end(), match))
    there = []
    for start, stop, match in sorted(found, key=lambda one: one[0]):
        names = tuple(re.sub(r"['’]s$", "", name) for name in (match["first"], match["second"]) if name)
        if fold(names[0]) not in _MONTHS:
            year = int(match["year"]) if match["year"] else None
            there.append(Place(start, stop, Citation(names, year, squash(match["undated"] or ""))))
    return there


def cited_at(text: str, references: Sequence[Reference], spelled: Mapping[str, str]) -> list[CitedAt]:
    """Which of *references* is cited where in *text*, in order and apart from each other.

    A citation is a reference's when its year and its first name are, and no other reference's; one that is forthcoming,
    in press or the like is a reference's without a year.  *spelled* is how the list spells a name that the text spells
    otherwise.
    """
    by_work: dict[tuple[str, int | None], list[int]] = defaultdict(list)
    for number, reference in enumerate(references):
        families = _families(reference)
        if families and reference.parsed:
            by_work[fold(families[0]), reference.parsed.year].append(number)
    found: list[CitedAt] = []
    for start, stop, citation in places(text) if by_work else ():
        first = spelled.get(citation.names[0], citation.names[0])
        numbers = by_work.get((fold(first), citation.year), [])
        if 1 < len(numbers) <= CROWD:
            told = {fold(name) for name in citation.names}
            numbers = [n for n in numbers if told <= set(map(fold, _families(references[n])))]
        if len(numbers) == 1 and (not found or start >= found[-1].stop):
            found.append(CitedAt(start, stop, numbers[0]))
    return found


def check_citations(text: str, references: Sequence[Reference]) -> list[Notice]:
    """What of the citations in *text* is not in *references*: names spelled two ways, works not listed.

    What the text calls forthcoming may have its year in the list.  [] when there are no references, since then nothing
    can be missing.
    """
    listed = [(reference.parsed, _families(reference)) for reference in references if reference.parsed]
    notices: list[Notice] = []
    for citation in citations(text) if listed else ():
        cited = [fold(name) for name in citation.names]
        same_year = [families for record, families in listed if record.year == citation.year]
        possible = [families for _, families in listed] if citation.undated else same_year
        if any(fold(family) in cited for families in possible for family in families[:1]):
            continue
        pair = next(((family, name) for families in same_year for family in families for name in citation.names
                     if family != name and _alike(fold(family), fold(name))), None)  # fmt: skip
        if pair:
            notices.append(notice("name-spelled-twice", "references", one=pair[0], other=pair[1]))
        elif not any(fold(family) in cited for families in possible for family in families):
            notices.append(notice("cited-not-listed", "references", citation=citation))
    return notices


def _families(reference: Reference) -> list[str]:
    names = reference.parsed.author or reference.parsed.editor if reference.parsed else ()
    return [name.literal or name.family for name in names]


def _alike(one: str, other: str) -> bool:
    return len(one) > 3 and one[0] == other[0] and SequenceMatcher(None, one, other).ratio() >= ALIKE
