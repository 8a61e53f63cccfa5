"""References that people tagged, in one set of labels: AnyStyle's core set and GROBID's training set.

Sources: github.com/inukshuk/anystyle (BSD-2-Clause) and github.com/kermitt2/grobid (CC BY 4.0).  Every fifth reference
of AnyStyle's is held back, of GROBID's every tenth file (and every tenth reference of its largest); what is learnt from
holds no reference, and no title, of those.
"""

import gzip
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from litbase.record.text import comparable
from litbase.sources.references.marks import Part
from litbase.sources.references.tokens import Word, mended, words_of

FOLDER = "data/references"
LARGEST = "citations.xml"  # GROBID's file with 3,515 of its references
ANYSTYLE = {
    "author": "author", "director": "author", "producer": "author", "date": "date", "title": "title",
    "journal": "journal", "container-title": "container", "editor": "editor", "translator": "translator",
    "volume": "volume", "pages": "pages", "publisher": "publisher", "location": "place", "edition": "edition",
    "genre": "genre", "medium": "genre", "note": "note", "source": "note", "url": "url", "doi": "doi", "isbn": "isbn",
    "collection-title": "series", "citation-number": "number",
}  # fmt: skip
GROBID = {
    "author": "author", "authors": "author", "orgName:collaboration": "author", "orgName": "publisher", "date": "date",
    "year": "date", "month": "date", "biblScope:date": "date", "title:a": "title", "title": "title",
    "title:j": "journal", "title:m": "container", "title:s": "series", "editor": "editor", "biblScope:volume": "volume",
    "biblScope:vol": "volume", "volumes": "volume", "biblScope:issue": "volume", "biblScope": "volume",
    "biblScope:pp": "pages", "biblScope:page": "pages", "biblScope:pages": "pages", "biblStruct:page": "pages",
    "page": "pages", "biblScope:chapter": "note", "publisher": "publisher", "publishe": "publisher",
    "pubPlace": "place", "pubplace": "place", "note": "note", "notes": "note", "note:report": "genre",
    "idno:report": "genre", "idno": "genre", "idno:DOI": "doi", "ptr:web": "url", "idno:arxiv": "arxiv",
    "idno:arXiv": "arxiv", "idno:arxive": "arxiv", "idno:PMID": "pmid", "idno:PMC": "pmid", "idno:PII": "pmid",
    "idno:ISSN": "isbn", "idno:issn": "isbn", "idno:ISBN": "isbn", "idno:isbn": "isbn", "o": "",
}  # fmt: skip
# Words that GROBID leaves outside its parts and AnyStyle puts into the part they lead to, or stand behind.
LEADS = frozenset(
    "in pp p pages page vol volume no number issue nr doi url isbn arxiv at available from retrieved t n dans http "
    "https s art vols and und y et".split()
)
BEHIND = frozenset("ed eds edition editors editor hrsg hg al".split())
MEETING = re.compile(r"\b(?:proc|conf|symp|workshop|lect)\w*\b", re.I)


class Tagged(NamedTuple):
    """A reference of the set named *set*, and its parts in order; what stands between them belongs to none."""

    text: str
    parts: tuple[Part, ...]
    set: str = "made"

    def title(self) -> str:
        """Its title as titles are compared; "" when it has none."""
        return comparable(" ".join(self.text[p.start : p.stop] for p in self.parts if p.label == "title"))


class Sets(NamedTuple):
    """What is learnt from, and what is held back of each set."""

    learnt: tuple[Tagged, ...]
    held: tuple[Tagged, ...]
    harder: tuple[Tagged, ...]


def load(shared: Path) -> Sets:
    """Both sets, parted; what is learnt from begins with AnyStyle's, which is nearer to what people cite."""
    core = [tagged(row, ANYSTYLE) for row in rows(shared / FOLDER / "anystyle_core.jsonl.gz")]
    held, rest = core[::5], [one for place, one in enumerate(core) if place % 5]
    harder, more = _grobid(shared)
    kept_back = {comparable(one.text) for one in held + harder}
    titles = {title for one in held + harder if len(title := one.title()) > 10}
    learnt = [one for one in rest + more if comparable(one.text) not in kept_back and one.title() not in titles]
    return Sets(tuple(learnt), tuple(held), tuple(harder))


def _grobid(shared: Path) -> tuple[list[Tagged], list[Tagged]]:
    """GROBID's references that are held back, and the rest."""
    every = list(rows(shared / FOLDER / "grobid_train.jsonl.gz"))
    files = list(dict.fromkeys(row["file"] for row in every))
    chosen = set(files[1::10]) - {LARGEST}
    harder, rest, seen = [], [], 0
    for row in every:
        seen += row["file"] == LARGEST
        back = seen % 10 == 0 if row["file"] == LARGEST else row["file"] in chosen
        (harder if back else rest).append(tagged(row, GROBID))
    return harder, rest


def rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def tagged(row: dict[str, Any], labels: dict[str, str]) -> Tagged:
    """One row, {"raw": text, "segments": [[label, text], ...]}, in our labels."""
    parts: list[Part] = []
    place = 0
    alone = not any(label in ("title:a", "title") for label, _ in row["segments"])
    for given, text in row["segments"]:
        start = row["raw"].index(text, place)
        place = start + len(text)
        label = labels[given]
        if given == "title:m" and alone and not MEETING.search(text):  # a book
            label = "title"
        if label:
            parts.append(Part(label, start, place))
    return Tagged(mended(row["raw"]), tuple(parts), "grobid" if "file" in row else "anystyle")


def labelled(one: Tagged) -> tuple[tuple[Word, ...], list[str]]:
    """The words of a reference, and the label of each."""
    words = words_of(one.text)
    return words, [_label(word, one.parts) for word in words]


def _label(word: Word, parts: Iterable[Part]) -> str:
    before = after = None
    for part in parts:
        if part.start <= word.start < part.stop:
            return part.label
        if part.stop <= word.start:
            before = part
        elif after is None and part.start >= word.stop:
            after = part
    if before is None:
        return "number" if re.fullmatch(r"\d+\w?", word.text) else "note"
    if word.folded in BEHIND:
        return before.label
    return after.label if after and word.folded in LEADS else "note"
