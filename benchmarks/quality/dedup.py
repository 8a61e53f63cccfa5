"""Duplicates: what adding links as "the same", held to groups that others labelled, and to pairs labelled by eye.

The groups are BibDedupe's (MIT): cytology_screening, digital_work and its special cases; CoLRev writes "UNKNOWN" for
an absent volume.  Their records are added to a library as any file is, in batches (`linked` and the store, with all
their limits); the records that the store took for one, and those linked as "same", are one cluster.  A group holds
the records of one publication: the special cases keep the paper of a conference and the article made of it apart, so
a link "version" or "related" does not count as the same.  A pair is two records of one cluster; a pair that the
groups do not have is a false merge.  Published F1: BibDedupe .996 and .999, ASySD .986 and .882.
"""

import gzip
import json
import tarfile
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from pathlib import Path
from typing import Any, Final

from benchmarks.quality import Figure, Report, counted
from litbase.formats.bibtex import read as bibtex
from litbase.library import open_library
from litbase.library.matching import linked, named
from litbase.library.reading import BATCH
from litbase.record.dates import PartialDate
from litbase.record.match import block_keys, compare
from litbase.record.names import parse_name
from litbase.record.notices import sentence
from litbase.record.pages import normal_pages
from litbase.record.reading import Document, Refusal
from litbase.record.record import Record, clean_record, replace
from litbase.settings import Settings
from litbase.sources import eric_api
from litbase.store.values import Incoming
from litbase.vocabulary.tidy import tidy

TITLE: Final = "Duplicates"
LEAST: Final = {"cytology_screening": 0.99, "digital_work": 0.98, "special_cases": 1.0}  # F1
PAIRS: Final = Path(__file__).with_name("dedup_pairs.tsv")
FOUND: Final = 0.8  # of the pairs labelled by eye as the same
_TYPES: Final = {
    "article": "article-journal", "inproceedings": "paper-conference", "incollection": "chapter",
    "techreport": "report", "proceedings": "book", "book": "book",
}  # fmt: skip
Pair = tuple[str, str]


def measure(shared: Path) -> Report:
    """F1 and false merges of each set, and of the pairs labelled by eye; every wrong pair with both its records."""
    figures: list[Figure] = []
    misses: list[str] = []
    for name, least in LEAST.items():
        records = read_records(shared / "data" / "dedup", name)
        gold = pairs_of(read_groups(shared / "data" / "dedup", name))
        found = pairs_of(clusters(records))
        figures += [_f1(name, found, gold, least), _none(f"{name}: false merges", len(found - gold))]
        misses += _wrong(records, found - gold, "false merge", name) + _wrong(records, gold - found, "missed", name)
    more, further = _by_eye(shared / "data")
    return Report((*figures, *more), (*misses, *further))


def _f1(name: str, found: set[Pair], gold: set[Pair], least: float) -> Figure:
    right = len(found & gold)
    precision, recall = (right / len(some) if some else 1.0 for some in (found, gold))
    f1 = 2 * right / (len(found) + len(gold)) if found or gold else 1.0
    reached = f"{f1:.4f} ({right} of {len(gold)} pairs; precision {precision:.4f}, recall {recall:.4f})"
    return Figure(f"{name}: F1", reached, f"{least:g}", f1 >= least)


def _none(name: str, count: int) -> Figure:
    return Figure(name, str(count), "0", count == 0)


def read_records(folder: Path, name: str) -> dict[str, Record]:
    """The records of a labelled set by their id there, as a reader would hand them over."""
    lines = gzip.decompress((folder / f"{name}.records.jsonl.gz").read_bytes()).splitlines()
    return {given["id"]: record_of(given) for given in map(json.loads, lines)}


def read_groups(folder: Path, name: str) -> list[list[str]]:
    """The groups of ids that are of one publication."""
    return [json.loads(line) for line in gzip.decompress((folder / f"{name}.gold.jsonl.gz").read_bytes()).splitlines()]


def record_of(given: Mapping[str, Any]) -> Record:
    """The record in one line of a labelled set."""
    stated = {name: value for name, value in given.items() if value and value != "UNKNOWN"}
    record = Record(
        type=_TYPES[given["type"]],
        genre="Proceedings" if given["type"] == "proceedings" else "",
        title=stated.get("title", ""),
        author=tuple(name for text in stated.get("authors", ()) if (name := parse_name(text))),
        issued=PartialDate(year=int(stated["year"])) if "year" in stated else None,
        container_title=stated.get("source", ""),
        volume=stated.get("volume", ""),
        issue=stated.get("number", ""),
        page=normal_pages(stated.get("pages", "")),
        doi=stated.get("doi", ""),
        isbn=(stated["isbn"],) if "isbn" in stated else (),
    )
    return tidy(clean_record(record)[0])[0]


def clusters(records: Mapping[str, Record]) -> list[list[str]]:
    """The groups of *records* that a library has for one work after they were added, each of two or more."""
    leader = {name: name for name in records}

    def leading(name: str) -> str:
        while leader[name] != name:
            name = leader[name]
        return name

    holder: dict[str, str] = {}  # of each id in the library, the record it was given to first
    with tempfile.TemporaryDirectory(prefix="litbase-dedup-") as folder:
        library = open_library(Path(folder) / "library", Settings(), create=True)
        run = library.store.start_run("dedup", {})
        names = list(records)
        for start in range(0, len(names), BATCH):
            some = names[start : start + BATCH]
            batch = [Incoming(record=records[name], source="dedup", key=name, reader="dedup") for name in some]
            batch = linked(library.store, batch)
            outcomes = library.store.put(batch, run, "dedup")
            for name, outcome in zip(some, outcomes, strict=True):
                leader[leading(name)] = leading(holder.setdefault(outcome.id, name))
            for name, incoming, outcome in zip(some, batch, outcomes, strict=True):
                for id, link in named(incoming, outcome, outcomes):
                    if link.relation == "same":
                        leader[leading(name)] = leading(holder[id])
        library.close()
    groups: dict[str, list[str]] = {}
    for name in records:
        groups.setdefault(leading(name), []).append(name)
    return [group for group in groups.values() if len(group) > 1]


def pairs_of(groups: Iterable[Iterable[str]]) -> set[Pair]:
    """Every two of a group, in the order of their names."""
    return {pair for group in groups for pair in combinations(sorted(group), 2)}


def _wrong(records: Mapping[str, Record], pairs: Iterable[Pair], what: str, where: str) -> list[str]:
    lines = []
    for first, second in sorted(pairs):
        a, b = records[first], records[second]
        lines += [f"{what} in {where}: {_answer(a, b)}; {_differences(a, b)}", f"    {first}: {_shown(a)}"]
        lines.append(f"    {second}: {_shown(b)}")
    return lines


def _answer(a: Record, b: Record) -> str:
    """What the rules say of two records, with their reasons."""
    if set(block_keys(a)).isdisjoint(block_keys(b)):
        return "no key in common"
    match = compare(a, b)
    return f"{match.relation} ({', '.join(map(sentence, match.reasons))})" if match else "nothing"


def _differences(a: Record, b: Record) -> str:
    """The facts that two records of one publication should share, where both state them and they differ."""
    facts = ("doi", "year", "container_title", "volume", "issue", "page")
    stated = ((name, getattr(a, name), getattr(b, name)) for name in facts)
    differing = [f"{name} {one} / {other}" for name, one, other in stated if one and other and one != other]
    return "they differ in " + ", ".join(differing) if differing else "no fact differs"


def _shown(record: Record) -> str:
    who = "; ".join(map(str, record.author))[:80]
    place = f"{record.container_title}, v{record.volume} n{record.issue} p{record.page}"
    return f"{record.title} | {who} | {record.year} | {place} | {record.doi}"


def _by_eye(data: Path) -> tuple[list[Figure], list[str]]:
    """The pairs labelled by eye, and every pair of ERIC's records that is called the same and was not looked at."""
    records = {**dict(_archives(data / "bibtex")), **dict(_eric(data / "eric" / "api"))}
    labels = {(a, b): label for label, a, b in _labelled()}
    said = {pair: _is_same(records[pair[0]], records[pair[1]]) for pair in labels}
    same = [pair for pair, label in labels.items() if label == "same"]
    merged = [pair for pair, label in labels.items() if label == "other" and said[pair]]
    missed = [pair for pair in same if not said[pair]]
    eric = {name: record for name, record in records.items() if name.startswith("eric:")}
    called = {pair for pair in pairs_of(_blocks(eric)) if _is_same(eric[pair[0]], eric[pair[1]])}
    unseen = [pair for pair in called if labels.get(pair) != "same"]
    others = sum(label == "other" for label in labels.values())
    figures = [
        _none(f"labelled by eye: false merges among {others} pairs of other works", len(merged)),
        counted("labelled by eye: the same work found", len(same) - len(missed), len(same), FOUND),
        _none(f"ERIC: of {len(called)} pairs called the same among {len(eric):,} records, not looked at", len(unseen)),
    ]
    wrong = [*_wrong(records, merged, "false merge", "what was labelled by eye")]
    wrong += _wrong(records, missed, "missed", "what was labelled by eye") + _wrong(records, unseen, "not seen", "ERIC")
    return figures, wrong


def _labelled() -> Iterator[tuple[str, str, str]]:
    """(label, name, name) of each pair labelled by eye."""
    for line in PAIRS.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            label, a, b = line.split("\t")
            yield label, min(a, b), max(a, b)


def _is_same(a: Record, b: Record) -> bool:
    """Whether two records of a library would be linked as the same."""
    if set(block_keys(a)).isdisjoint(block_keys(b)):
        return False
    match = compare(a, b)
    return match is not None and match.relation == "same"


def _blocks(records: Mapping[str, Record]) -> Iterable[list[str]]:
    blocks: dict[str, list[str]] = {}
    for name, record in records.items():
        for key in block_keys(record):
            blocks.setdefault(key, []).append(name)
    return blocks.values()


def _archives(folder: Path) -> Iterator[tuple[str, Record]]:
    """("file:key", record) of every BibTeX entry; a key that is there before gets its place in the file."""
    with tarfile.open(folder / "beebe_public_domain.tar.gz") as archive:
        for member in sorted(archive.getmembers(), key=lambda member: member.name):
            stream = archive.extractfile(member) if member.name.endswith(".bib") else None
            if stream is None:
                continue
            stem, seen = Path(member.name).stem, set()
            for place, reading in enumerate(bibtex.read(Document(member.name, stream.read()))):
                if isinstance(reading, Refusal):
                    continue
                name = f"{stem}:{reading.record.citation_key or place}"
                name = f"{name}#{place}" if name in seen else name
                seen.add(name)
                yield name, tidy(clean_record(reading.record)[0])[0]


def _eric(folder: Path) -> Iterator[tuple[str, Record]]:
    """("eric:number", record) of every record of the API's answers."""
    for path in sorted(folder.glob("*.json.gz")):
        for reading in eric_api.read(Document(path.name, gzip.decompress(path.read_bytes()))):
            if not isinstance(reading, Refusal):
                record = tidy(clean_record(reading.record)[0])[0]
                yield f"eric:{record.eric}", replace(record, eric="")
