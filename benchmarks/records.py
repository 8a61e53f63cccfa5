"""A library of any size in the likeness of real ones, made from real records, always the same.

Half of it is ERIC (../shared/data/eric: API answers, with the journal of the flat file), half arXiv and the ACL
Anthology (../shared/data/corpora) with the descriptors of an ERIC record.  Beyond the first pass records come again
under other ids: words trade places with the record before, rare words come in numbered variants, so that the vocabulary
grows as Heaps' law says, people get other names, and years spread.  Without that folder the records are made up.
"""

import gzip
import json
import random
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import accumulate, islice
from pathlib import Path
from typing import Any, Final, NamedTuple

import msgspec

from benchmarks.questions import QUESTIONS, SOUGHT
from litbase.fields import IndexDocument, index_document
from litbase.record.dates import PartialDate
from litbase.record.names import parse_name
from litbase.record.reading import Document, Reading
from litbase.record.record import Record
from litbase.record.text import sort_form
from litbase.sources import eric_api

SHARED: Final = Path(__file__).resolve().parents[2] / "shared" / "data"
MADE_UP: Final = 2000  # records to begin with where there are no real ones
COMMON: Final = 6000  # words that every copy shares; the rest comes in variants
TRADED: Final = 0.2  # share of the words that come from the record before
NUMBERED: Final = 0.25  # share of the rare words that become variants
SPREAD: Final = 12  # years
FIRST, LAST = 1966, 2025  # of ERIC
SUBJECTS: Final = ("descriptor", "publication_type", "level", "audience", "place", "law", "test", "peer_reviewed")

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(IndexDocument).decode


class Base(NamedTuple):
    """What a library grows from: *eric* and *other* records as JSON lines, their *origin*, and their common words."""

    eric: tuple[bytes, ...]
    other: tuple[bytes, ...]
    origin: str
    common: frozenset[str]


def base(shared: Path = SHARED) -> Base:
    """The records below *shared*, shuffled; made-up ones where there is no such folder."""
    real = (shared / "eric" / "eric.jsonl.gz").is_file()
    made = [] if real else list(_made_up(MADE_UP))
    eric = list(_eric(shared)) if real else made[::2]
    other = list(_corpora(shared)) if real else made[1::2]
    words = Counter(word for document in (*eric, *other) for word in _text(document).split())
    dice = random.Random(3)
    dice.shuffle(eric)
    dice.shuffle(other)
    origin = "ERIC, arXiv, ACL Anthology" if real else "made up"
    return Base(
        tuple(map(_encode, eric)),
        tuple(map(_encode, other)),
        origin,
        frozenset(w for w, _ in words.most_common(COMMON)),
    )


def documents(size: int, grown_from: Base) -> Iterator[IndexDocument]:
    """*size* records grown from *grown_from*, one at a time; a smaller library is the beginning of a larger one."""
    before: deque[IndexDocument] = deque(maxlen=2)  # the last ERIC record and the last other one
    for number in range(size):
        lines = grown_from.other if number % 2 else grown_from.eric
        copy, place = divmod(number // 2, len(lines))
        document = _decode(lines[place])
        dice = random.Random(number)
        if number % 2:
            document = replace(document, values=document.values | _subjects(before[-1]))
        current = _copy(document, before[0], copy, grown_from.common, dice) if copy else document
        before.append(document)
        yield current


def write(path: Path, found: Iterable[IndexDocument]) -> None:
    """Writes *found* to *path*, one JSON line each."""
    with path.open("wb") as file:
        file.writelines(_encode(document) + b"\n" for document in found)


def read(path: Path, limit: int | None = None) -> Iterator[IndexDocument]:
    """The records of a file that `write` made, or the first *limit* of them."""
    with path.open("rb") as file:
        yield from map(_decode, islice(file, limit))


def _text(document: IndexDocument) -> str:
    return " ".join((*document.values.get("title", ()), *document.values.get("abstract", ())))


def _subjects(document: IndexDocument) -> dict[str, tuple[str, ...]]:
    return {name: document.values[name] for name in SUBJECTS if name in document.values}


def _copy(
    document: IndexDocument, before: IndexDocument, copy: int, common: frozenset[str], dice: random.Random
) -> IndexDocument:
    """*document* as another record of the same kind; *before* lends words, a name and some of its subjects."""
    change = _Change(copy, common, dice)
    values = document.values | {
        name: (change.text(document.values[name][0], before.values.get(name, ("",))[0]),)
        for name in ("title", "abstract")
        if name in document.values
    }
    lent = before.values.get("descriptor", ())
    if lent and "descriptor" in values:
        values["descriptor"] = tuple(dict.fromkeys((*values["descriptor"][::2], *lent[1::2])))
    names = (*values.get("author", ())[1:], *before.values.get("author", ())[:1])
    if names:
        values["author"] = tuple(change.name(name) for name in names)
    if "doi" in values:
        values["doi"] = (f"{values['doi'][0]}.{copy}",)
    year = document.date_key[1]
    if year:
        year = min(max(year + dice.randint(-SPREAD, SPREAD), FIRST), LAST)
        values["year"] = (str(year),)
    own = f"{document.id}~{copy}"
    return replace(
        document,
        id=own,
        values=values | {"id": (own,)},
        title_key=sort_form(values.get("title", ("",))[0]),
        author_key=sort_form(values["author"][0]) if names else "",
        date_key=(document.date_key[0], year, *document.date_key[2:]),
    )


class _Change(NamedTuple):
    copy: int
    common: frozenset[str]
    dice: random.Random

    def text(self, text: str, other: str) -> str:
        chance, words, lent = self.dice.random, text.split(), other.split()
        for place, word in enumerate(words):
            drawn = chance()
            if drawn < TRADED:
                if place < len(lent):
                    words[place] = lent[place]
            elif drawn < TRADED + NUMBERED and word.isalpha() and word not in self.common:
                words[place] = f"{word}{self._variant()}"
        return " ".join(words)

    def name(self, name: str) -> str:
        family, comma, _ = name.partition(",")
        if not comma:
            return name
        number = "" if self.dice.random() < 0.85 else str(self._variant())
        return f"{family}{number}, {self.dice.choice('ABCDEFGHJKLMNPRSTVW')}."

    def _variant(self) -> int:
        """A number that grows with the root of the copies: Heaps' law."""
        return int(self.dice.random() * self.copy**0.5) + 1


def _eric(shared: Path) -> Iterator[IndexDocument]:
    with gzip.open(shared / "eric" / "eric.jsonl.gz", "rt", encoding="utf-8") as file:
        journals = {row["id"]: row["source"] for row in map(json.loads, file)}
    seen: set[str] = set()
    for path in sorted((shared / "eric" / "api").glob("*.json.gz")):
        for found in eric_api.read(Document(path.name, gzip.decompress(path.read_bytes()))):
            if isinstance(found, Reading) and found.key not in seen:
                seen.add(found.key)
                record = found.record
                journal = record.container_title or journals.get(found.key, "")
                yield index_document(
                    msgspec.structs.replace(record, id=found.key, container_title=journal, collection=("eric",))
                )


def _corpora(shared: Path) -> Iterator[IndexDocument]:
    for path in sorted((shared / "corpora").glob("*.jsonl.gz")):
        kind = "paper-conference" if path.name.startswith("acl") else "article"
        with gzip.open(path, "rt", encoding="utf-8") as file:
            for row in map(json.loads, file):
                yield index_document(_record(row, kind))


def _record(row: dict[str, Any], kind: str) -> Record:
    return Record(
        id=row["id"],
        type=kind,
        title=row["title"],
        author=tuple(filter(None, map(parse_name, row["authors"]))),
        issued=PartialDate(year=row["year"]) if row["year"] else None,
        container_title=row["source"],
        abstract=row["abstract"],
        doi=row.get("doi") or "",
        collection=("jsonl",),
    )


def _made_up(count: int) -> Iterator[IndexDocument]:
    """Records of nonsense words in the frequencies of a language, in which every question finds something."""
    dice = random.Random(1)
    sounds = [a + b for a in ("b", "d", "k", "l", "m", "n", "p", "r", "s", "t") for b in ("a", "e", "i", "o", "u")]
    words = ["".join(dice.choices(sounds, k=2 + n % 3)) for n in range(20_000)]
    weights = list(accumulate(1 / rank for rank in range(1, len(words) + 1)))
    typed = [question.text.replace('"', "").replace("*", "logy") for question in QUESTIONS if question.text]
    asked = [" ".join(word for word in text.split() if word.isalpha()) for text in typed]

    def said(k: int) -> str:
        return " ".join((*dice.choices(words, cum_weights=weights, k=k), *dice.choices(asked, k=2)))

    def pick(name: str) -> str:
        return dice.choice(SOUGHT[name])

    for n in range(count):
        drawn = dice.choices(words, cum_weights=weights, k=8)
        subjects = (pick("descriptor"), *(f"{word.title()} {n % 7}" for word in drawn))
        names = [f"{pick('author')}, {chr(65 + n % 26)}.", f"{dice.choice(words).title()}, {chr(65 + n % 25)}."]
        yield index_document(
            Record(
                id=f"EJ{700000 + n}",
                type=pick("type"),
                title=said(7).capitalize(),
                author=tuple(filter(None, map(parse_name, names))),
                issued=PartialDate(year=1970 + n % 56),
                container_title=pick("source"),
                abstract=said(100),
                descriptors=tuple(dict.fromkeys(subjects)),
                publication_type=(pick("publication_type"),),
                education_level=(pick("level"),),
                language=("en",),
                collection=("eric",),
            )
        )
