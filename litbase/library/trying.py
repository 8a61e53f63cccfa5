"""Searches to try: those of the help and of the first page, in words of this library, each with what it finds.

The help's examples stand in the words of the records litbase comes with.  Where such a search finds nothing, the same
kind of search is made from words, names and numbers of records that are here.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, NamedTuple

from litbase.library import Library
from litbase.library.finding import count
from litbase.library.statistics import Statistics, statistics
from litbase.query.examples import EXAMPLES, Example
from litbase.query.request import Years
from litbase.query.state import SearchState
from litbase.record.kinds import kind_of
from litbase.record.names import Name
from litbase.record.record import Record
from litbase.record.text import STOP_WORDS, fold

TITLE: Final = 1_000  # characters of a title in which words are looked for
SAMPLE: Final = 60  # newest records whose words are used
TRIES: Final = 4
SPAN: Final = 5  # years of an example
_WORD: Final = re.compile(r"[^\W\d_]{5,20}")


@dataclass(frozen=True, slots=True)
class Try:
    """A search, how it reads, and how many records it finds."""

    text: str
    state: SearchState
    total: int


@dataclass(frozen=True, slots=True)
class Shown:
    """An example of the help; *total* is None where the engine of this library cannot answer it."""

    example: Example
    total: int | None


@dataclass(frozen=True, slots=True)
class Overview:
    """What the first page, the statistics and the help have in common."""

    statistics: Statistics
    tries: tuple[Try, ...]
    examples: tuple[Shown, ...]


def overview(library: Library) -> Overview:
    """The numbers of *library*, four searches for its first page, and the examples of its help."""
    found = statistics(library)
    sample = [stored.record for stored in library.store.recent(SAMPLE)]
    return Overview(found, tuple(tries(library, found, sample)), tuple(examples(library, sample)))


def tries(library: Library, found: Statistics, sample: Sequence[Record]) -> Iterator[Try]:
    """Up to four different searches that find something: a topic, an author, a topic in some years, a number."""
    left, seen = TRIES, set()
    for text, state in _candidates(found, sample):
        if not left:
            return
        if text.lower() not in seen and (total := count(library, state)):
            seen.add(text.lower())
            left -= 1
            yield Try(text, state, total)


def _candidates(found: Statistics, sample: Sequence[Record]) -> Iterator[tuple[str, SearchState]]:
    words = _words(sample)
    topics = [value.value for value in found.facet("descriptor").values]
    if topics or words.pair:
        text = topics[0].lower() if topics else " ".join(words.pair)
        yield text, SearchState(q=text)
    if words.name:
        text = f"author:{words.name.family.lower()}"
        yield text, SearchState(q=text)
    if dated := next(((r.descriptors[0], r.year) for r in sample if r.year and r.descriptors), None):
        topic, year = dated[0].lower(), dated[1]
        yield f"“{topic}” {year - SPAN}–{year}", SearchState(q=f'"{topic}"').with_years(Years(year - SPAN, year))
    if words.number:
        yield words.number, SearchState(q=words.number)
    if words.pair:
        text = f'title:"{" ".join(words.pair)}"'
        yield text, SearchState(q=text)
    yield from ((name.lower(), SearchState(q=f'"{name}"')) for name in topics[1:])


def examples(library: Library, sample: Sequence[Record]) -> Iterator[Shown]:
    """Every example of the help; one that finds nothing here in words of *sample*, where that finds something."""
    words = _words(sample)
    for example in EXAMPLES:
        if "NEAR" in example.typed and "near" not in library.engine.can:
            yield Shown(example, None)
            continue
        total = count(library, SearchState(q=example.typed))
        if not total:
            other = _reworded(example, words)
            total = count(library, SearchState(q=other.typed)) if other != example else 0
            example = other if total else example
        yield Shown(example, total)


class _Words(NamedTuple):
    """What a sample of records has for examples; "" or None for what it lacks.

    *pair* stands side by side in a title, *others* in other titles, *terms* in descriptors; *descriptor* is one.
    """

    pair: tuple[str, str] | tuple[()]
    others: tuple[str, ...]
    terms: tuple[str, ...]
    descriptor: str
    name: Name | None
    kind: str
    year: int | None
    number: str


def _words(sample: Sequence[Record]) -> _Words:
    titles = [fold(record.title[:TITLE]) for record in sample]
    pairs = (
        pair
        for record, title in zip(sample, titles, strict=True)
        for pair in pairwise(_plain(record.title[:TITLE]))
        if " ".join(pair) in title
    )
    pair: tuple[str, str] | tuple[()] = next(pairs, ())
    others = _different((word for record in sample for word in _plain(record.title)), pair)
    terms = _different((word for record in sample for term in record.descriptors for word in _plain(term)), ())
    return _Words(
        pair=pair,
        others=others,
        terms=terms,
        descriptor=next((term for record in sample for term in record.descriptors if '"' not in term), ""),
        name=next((n for r in sample for n in r.author if n.family.isalpha() and n.given.split()), None),
        kind=next((kind_of(record).name for record in sample), ""),
        year=next((record.year for record in sample if record.year), None),
        number=next((n for r in sample for n in (r.eric, r.doi, *r.isbn) if n), ""),
    )


def _plain(text: str) -> list[str]:
    """The longer words of *text*, folded, that say something."""
    return [word for word in _WORD.findall(fold(text)) if word not in STOP_WORDS]


def _different(words: Iterable[str], besides: Sequence[str]) -> tuple[str, ...]:
    """Some of *words*, none of them the beginning of another or of one *besides*."""
    found: list[str] = []
    for word in words:
        if not any(word[:5] == other[:5] for other in (*found, *besides)):
            found.append(word)
        if len(found) == SAMPLE:
            break
    return tuple(found)


def _reworded(example: Example, words: _Words) -> Example:
    """*example* in *words* of the library; itself where they do not suffice."""
    stands = _standing(words)
    typed = example.typed
    if typed == "type:chapter":
        return Example(f"type:{words.kind}", example.finds) if words.kind else example
    if typed.startswith("descriptor:="):
        return Example(f'descriptor:="{words.descriptor}"', example.finds) if words.descriptor else example
    used = [word for word in re.findall(r"\w+", typed) if word.lower() in _SEEDED]
    if not used or not all(word.lower() in stands for word in used):
        return example
    words_only = {word: other for word, other in stands.items() if word.isalpha()}
    return Example(_with(typed, stands), _with(example.finds, words_only))


_SEEDED: Final = frozenset(
    "learning communities boundaries networks leaders principals teacher network practices partnerships mehta jal "
    "ej1223055 2015 2019".split()
)


def _standing(words: _Words) -> dict[str, str]:
    """For words of the examples those that stand in their place."""
    found: dict[str, str] = {}
    if words.pair:
        first, second = words.pair
        found |= {"learning": first, "communities": second, "boundaries": first, "leaders": second,
                  "teacher": first, "network": second}  # fmt: skip
    if words.others:
        found |= {"networks": words.others[0], "principals": words.others[-1]}
    if len(words.terms) > 1:
        found |= {"practices": words.terms[0], "partnerships": words.terms[1]}
    if words.name:
        found |= {"mehta": words.name.family.lower(), "jal": words.name.given.split()[0].lower().strip(".")}
    if words.number:
        found["ej1223055"] = words.number
    if words.year:
        found |= {"2015": str(words.year - SPAN + 1), "2019": str(words.year)}
    return found


def _with(text: str, stands: dict[str, str]) -> str:
    def standing(found: re.Match[str]) -> str:
        other = stands.get(found[0].lower()) if found[0].lower() in _SEEDED else None
        return found[0] if other is None else other.capitalize() if found[0].istitle() and other.isalpha() else other

    return re.sub(r"\w+", standing, text)
