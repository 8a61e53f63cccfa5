"""What made-up references are made from: names, titles, journals and publishers of catalogue records.

From ERIC's records, the BibTeX archive (both public domain), arXiv's (CC0) and a set of catalogue records (MIT), always
in the same order.
"""

import re
import tarfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.references.tagged import rows
from litbase.formats.bibtex import read as bibtex
from litbase.record.reading import Document, Reading
from litbase.record.record import Record


class Stock(NamedTuple):
    """What references are made from; names are ("Roe", "Ann B."), publishers ("Acme Press", "London")."""

    names: Sequence[tuple[str, str]]
    titles: Sequence[str]
    books: Sequence[str]
    journals: Sequence[str]
    publishers: Sequence[tuple[str, str]]


def stock(shared: Path) -> Stock:
    """The stock that the shared records give, always in the same order."""
    data = shared / "data"
    names: dict[tuple[str, str], None] = {}
    titles: dict[str, None] = {}
    journals: dict[str, None] = {}
    for row in _catalogue(data):
        titles[re.sub(r"\s+", " ", row["title"]).rstrip(".")] = None
        for name in row["authors"]:
            family, _, given = name.partition(",") if "," in name else name.rpartition(" ")[::-1]
            if family.strip() and given.strip():
                names[family.strip(), given.split(",")[0].strip()] = None
        if row.get("source") and "arXiv" not in row["source"]:
            journals[row["source"]] = None
    books, publishers = [], []
    for record in _bibtex(data):
        names |= {
            (name.family, name.given): None for name in record.author + record.editor if name.family and name.given
        }
        if record.type == "book" and len(record.title) < 120:
            books.append(record.title)
            known = f"{record.publisher}{record.publisher_place}"
            if (
                record.publisher
                and record.publisher_place
                and len(known) < 80
                and not re.search(r"[\d?{}\\]|pub-", known)
            ):
                publishers.append((record.publisher, record.publisher_place.removesuffix(", USA")))
        elif record.container_title and record.type == "article-journal":
            journals[record.container_title] = None
    return Stock(
        list(names),
        [title for title in titles if 8 < len(title) < 230 and not re.search(r"[$\\]", title)],
        books,
        [journal for journal in journals if len(journal) < 90],
        publishers,
    )


def _catalogue(data: Path) -> Iterator[dict[str, Any]]:
    yield from rows(data / "eric" / "eric.jsonl.gz")
    yield from (row for row, _ in zip(rows(data / "corpora" / "arxiv_20k.jsonl.gz"), range(6000), strict=False))
    yield from rows(data / "dedup" / "digital_work.records.jsonl.gz")


def _bibtex(data: Path) -> Iterator[Record]:
    with tarfile.open(data / "bibtex" / "beebe_public_domain.tar.gz") as archive:
        for member in sorted((m for m in archive if m.name.endswith(".bib")), key=lambda m: m.name):
            file = archive.extractfile(member)
            for item in bibtex.read(Document(member.name, file.read())) if file else ():
                if isinstance(item, Reading):
                    yield item.record
