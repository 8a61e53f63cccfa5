"""Exports read back by other programs: what pandoc, Citation.js, pybtex and our own readers see of what we wrote.

Records of every kind, titles and names that break programs, real records of ERIC and the items of the styles are
written in four formats.  Identifiers, names and containers are compared as they stand, titles letter by letter without
markup.  pandoc puts English titles of .bib files into sentence case on purpose: they are compared without regard to
case, and once more with their capitals as written with protect=all.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

from benchmarks.quality import Figure, Report, counted
from benchmarks.quality._programs import FORMATS, Seen, programs, seen_in
from benchmarks.quality._records import eric, invented, styled
from litbase.formats import by_name
from litbase.formats.options import Options
from litbase.record.record import Record, replace

TITLE = "Exports read back"
ERIC_RECORDS: Final = 1_500
SHOWN: Final = 40  # misses of one kind that are listed


def measure(shared: Path) -> Report:
    """The share of values each program sees as they were written, by program and format."""
    records = [replace(record, citation_key=f"k{n}") for n, record in enumerate(_records(shared))]
    figures: list[Figure] = []
    misses: list[str] = []
    for format in FORMATS:
        text = "".join(by_name(format).dump(records))
        for program in programs():
            if format not in program.formats:
                continue
            sentenced = program.name == "pandoc" and format.startswith("bib")
            where = f"{format} in {program.name}"
            result = compared(records, program.see(text, format), "title, any case" if sentenced else "title", where)
            if sentenced:
                kept = "".join(by_name(format).dump(records, Options(protect="all")))
                result += [found for found in compared(records, program.see(kept, format)) if found.field == "title"]
            figures += _figures(where, result)
            misses += _listed(where, result)
    return Report(tuple(figures), (*misses, *(f"left out: {limit}" for limit in map(_said, LIMITS))))


def _said(limit: "Limit") -> str:
    return f"{limit.where}, {limit.field} of {' and '.join(limit.types)}: {limit.why}"


class Limit(NamedTuple):
    """What a program does not read of a format whatever is written; *types* are CSL types, () for all."""

    where: str
    field: str
    types: tuple[str, ...]
    why: str


LIMITS: Final = (
    Limit("ris in Citation.js", "names", ("article-newspaper",), "its table has no author for TY NEWS"),
    Limit("ris in Citation.js", "container", ("webpage",), "its table has no container for TY ELEC"),
)


class Compared(NamedTuple):
    """One value of one record: what was written, and what was seen."""

    field: str
    key: str
    written: str
    seen: str
    same: bool


def compared(records: Iterable[Record], seen: dict[str, Seen], title: str = "title", where: str = "") -> list[Compared]:
    """Every value *records* state beside what a program saw of it; *title* with "any case" forgives capitals.

    What is known not to be read by the program (LIMITS) is left out.
    """
    results: list[Compared] = []
    beyond = {limit.field: limit.types for limit in LIMITS if limit.where == where}
    for record in records:
        ours, theirs = seen_in(record), seen.get(record.citation_key, Seen())
        for field, a, b in zip(Seen._fields, ours, theirs, strict=True):
            if record.type in beyond.get(field, ()):
                continue
            name = title if field == "title" else field
            forgiving = "any case" in name or field == "container"  # pandoc lowers the booktitle as well
            for one, other in _pairs(a, b):
                same = one == other or (forgiving and one.casefold() == other.casefold())
                if field == "names" and where.startswith("ris"):  # where commas part a name, a group has none
                    same = one.replace(",", "") == other.replace(",", "")
                results.append(Compared(name, record.citation_key, one, other, same))
    return results


def _pairs(written: Any, seen: Any) -> Iterator[tuple[str, str]]:
    """The names one by one with what stands in their place; a single value when there is one."""
    if isinstance(written, str):
        if written:
            yield written, seen
        return
    for place, name in enumerate(written):
        yield name, seen[place] if place < len(seen) else ""
    for name in seen[len(written) :]:
        yield "", name


def _figures(where: str, results: list[Compared]) -> Iterator[Figure]:
    for field in dict.fromkeys(result.field for result in results):
        same = [result.same for result in results if result.field == field]
        yield counted(f"{where}, {field}", sum(same), len(same), 0.97 if field.startswith("title") else 1.0)


def _listed(where: str, results: list[Compared]) -> Iterator[str]:
    shown: Counter[str] = Counter()
    for result in results:
        if not result.same:
            shown[result.field] += 1
            if shown[result.field] <= SHOWN:
                yield f"{where}, {result.field} of {result.key}: {result.written!r} came back as {result.seen!r}"


def _records(shared: Path) -> Iterator[Record]:
    yield from invented()
    yield from styled(shared)
    yield from eric(shared, ERIC_RECORDS)
