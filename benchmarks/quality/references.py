"""References parsed: AnyStyle's core set, every fifth held back; a tenth of GROBID's is the second, harder measure.

A field is right when it says what people tagged, apart from the punctuation, marks and lead words round it; a reference
without a title must be given none.  The rules alone, the tagger alone and both together are counted on the same
strings.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from benchmarks.quality import Figure, Report, counted
from benchmarks.references.tagged import Tagged, load
from litbase.record.names import Name
from litbase.record.pages import normal_pages
from litbase.record.record import Record
from litbase.record.text import fold, squash
from litbase.sources.references.marks import Part
from litbase.sources.references.model import parts_by_model
from litbase.sources.references.parse import combined
from litbase.sources.references.record import reference_of
from litbase.sources.references.rules import parts_by_rules

TITLE = "References parsed (AnyStyle core, held part)"
ASKED = 0.90
SHOWN = 60  # misses printed
_LEAD = re.compile(r"^(?:in|dans|en|edited by|eds?|hrsg\.? von)\b\W*|^(?:pages?|pp?|vol(?:ume)?|no)\b\W*", re.I)
_AMONG = frozenset("and et al und y the eds ed editors editor hrsg hg dir a cura di in edited by trans others".split())


def plain(text: str) -> str:
    """*text* without the punctuation and quotation marks at its ends."""
    return re.sub(r"^[\W_]+|\W+$", "", squash(text))


def without_lead(text: str) -> str:
    text = plain(text)
    while (shorter := plain(_LEAD.sub("", text))) != text and shorter:
        text = shorter
    return text


def letters(text: str) -> str:
    """The letters of all names in *text*, in order of the alphabet, so that "Roe, J. P." is "JP Roe"."""
    return "".join(sorted("".join(word for word in re.findall(r"[^\W\d_]+", fold(text)) if word not in _AMONG)))


def numbers(text: str) -> str:
    return " ".join(re.findall(r"\d+", text))


def pages(text: str) -> str:
    return numbers(normal_pages(re.sub(r"[‐‑–—−]{1,2}|--", "-", without_lead(text))))


def year(text: str) -> str:
    found = re.search(r"(?<!\d)(?:1[4-9]|20)\d\d(?!\d)", text)
    return found[0] if found else ""


def _names(names: Iterable[Name]) -> str:
    return letters(" ".join(map(str, names)))


class Field(NamedTuple):
    """A field: the labels people tag it with, what of their text counts, and what of the record."""

    labels: frozenset[str]
    tagged: Callable[[str], str]
    read: Callable[[Record], str]


FIELDS = {
    "title": Field(frozenset({"title"}), plain, lambda r: plain(r.title)),
    "authors": Field(frozenset({"author"}), letters, lambda r: _names(r.author)),
    "year": Field(frozenset({"date"}), year, lambda r: str(r.year or "")),
    "container": Field(frozenset({"journal", "container"}), without_lead, lambda r: without_lead(r.container_title)),
    "volume": Field(frozenset({"volume"}), numbers, lambda r: numbers(f"{r.volume} {r.issue}")),
    "pages": Field(frozenset({"pages"}), pages, lambda r: pages(r.page or str(r.number_of_pages or ""))),
    "editors": Field(frozenset({"editor"}), letters, lambda r: _names(r.editor)),
    "publisher": Field(frozenset({"publisher"}), plain, lambda r: plain(r.publisher)),
    "place": Field(frozenset({"place"}), plain, lambda r: plain(r.publisher_place)),
    "doi": Field(frozenset({"doi"}), lambda t: numbers(t[t.find("10.") :]), lambda r: numbers(r.doi)),
    "url": Field(
        frozenset({"url"}),
        lambda t: plain(re.sub(r"\s|^.*?://", "", t)),
        lambda r: plain(re.sub(r"^.*?://", "", r.url)),
    ),
}


def by_rules(text: str) -> tuple[Part, ...]:
    return combined(text, parts_by_rules(text), ())


def by_both(text: str) -> tuple[Part, ...]:
    return combined(text, parts_by_rules(text), parts_by_model(text))


READINGS: dict[str, Callable[[str], tuple[Part, ...]]] = {"rules": by_rules, "tagger": parts_by_model, "both": by_both}


class Count(NamedTuple):
    """How often a field was there, was given, and was right (when it was there)."""

    there: int
    given: int
    right: int
    silent: int

    @property
    def recall(self) -> float:
        return 100 * self.right / self.there if self.there else 0.0

    @property
    def precision(self) -> float:
        return 100 * self.right / self.given if self.given else 0.0


def expected(one: Tagged, field: Field) -> str:
    return field.tagged(" ".join(one.text[p.start : p.stop] for p in one.parts if p.label in field.labels))


def count(rows: Iterable[Tagged], read: Callable[[str], tuple[Part, ...]]) -> tuple[dict[str, Count], list[str], int]:
    """What *read* reaches on *rows*: each field's count, the titles missed, how many titles are right or rightly no."""
    tally: Counter[tuple[str, str]] = Counter()
    misses: list[str] = []
    for one in rows:
        record = reference_of(one.text, read(one.text)).parsed or Record()
        for name, field in FIELDS.items():
            want, got = expected(one, field), field.read(record)
            tally[name, "there"] += bool(want)
            tally[name, "given"] += bool(got)
            tally[name, "right"] += bool(want) and want == got
            tally[name, "silent"] += not want and not got
            if name == "title" and want != got:
                misses.append(f"title: expected {want!r}, found {got!r} in {one.text}")
    counts = {name: Count(*(tally[name, what] for what in Count._fields)) for name in FIELDS}
    return counts, misses, tally["title", "right"] + tally["title", "silent"]


def measure(shared: Path) -> Report:
    """Every field by rules, tagger and both, on what was held back of either set; the first is asked for its titles."""
    sets = load(shared)
    figures: list[Figure] = []
    misses: list[str] = []
    for name, rows in (("", sets.held), ("GROBID: ", sets.harder)):
        reached = {reading: count(rows, read) for reading, read in READINGS.items()}
        exact = {reading: (right, len(rows)) for reading, (_, _, right) in reached.items()}
        if not name:
            figures.append(counted("title exact", *exact["both"], ASKED))
            misses += reached["both"][1][:SHOWN]
        shares = ", ".join(f"{reading} {100 * right / whole:.1f} %" for reading, (right, whole) in exact.items())
        figures.append(Figure(f"{name}title exact or rightly none", shares, "-", True))
        for field in FIELDS:
            there = reached["both"][0][field].there
            shares = ", ".join(
                f"{reading} {counts[field].recall:.1f}/{counts[field].precision:.1f}"
                for reading, (counts, _, _) in reached.items()
            )
            figures.append(Figure(f"{name}{field}, found/right of found (%)", f"{shares}, of {there}", "-", True))
    return Report(tuple(figures), tuple(misses))
