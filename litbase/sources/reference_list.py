"""Lists of references: read out of a text, and as a document of their own.

A document that is nothing but a list of references is a bibliography somebody hands over, so each entry becomes a
record; what was not understood of it is told.  The lists that other sources hold stay references of their records.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from litbase.formats.csv import table as csv
from litbase.record.notices import notice
from litbase.record.reading import HEAD, Document, Leftover, Reading, Refusal
from litbase.record.record import Reference, replace
from litbase.record.text import squash
from litbase.sources.references.marks import YEAR
from litbase.sources.references.parse import no_tagger, parse_reference
from litbase.sources.references.record import reference_of
from litbase.sources.references.rules import parts_by_rules
from litbase.sources.references.split import MAX_TEXT, is_heading, split_references

NAME = "reference-list"
SOURCE = "reference-list"
LABEL = "List of references"
VERSION = 1
RANK = 20
LONGEST: Final = 800  # characters of a reference in a list that is claimed
SNIFFED: Final = 40  # references at the beginning of a document that are looked at
TAGGED: Final = 1_000  # references of one list that the tagger reads, at some milliseconds each; rules read the rest
_DITTO = re.compile(r"^\W{0,4}(?:[—–―]{1,3}|_{2,9}|-{2,9})(?=[\s.,:;(])")


def read_references(lines: Iterable[str]) -> tuple[Reference, ...]:
    """The references in *lines* (a run-on paragraph, one reference a line, numbered, wrapped), in order, each read.

    A dash in place of the names stands for those of the reference before; then reference-same-authors is noted.
    """
    return tuple(each_reference(split_references(lines)))


def each_reference(texts: Iterable[str], tagged: int = TAGGED, letters: int = MAX_TEXT) -> Iterator[Reference]:
    """*texts*, a reference each, read one by one.

    The tagger reads at most *tagged* of them and *letters* characters; rules read the rest, more quickly.
    """
    before: Reference | None = None
    for number, text in enumerate(texts):
        letters -= len(text)
        reference = parse_reference(text) if number < tagged and letters >= 0 else parse_reference(text, no_tagger)
        if before and _DITTO.match(text):
            reference = _with_authors(reference, before)
        yield reference
        before = reference


def _with_authors(reference: Reference, before: Reference) -> Reference:
    """*reference* with the authors of the one *before*, which its dash stands for."""
    if reference.parsed is None or before.parsed is None or reference.parsed.author:
        return reference
    people = {"author": before.parsed.author} if before.parsed.author else {"editor": before.parsed.editor}
    told = notice("reference-same-authors", "author")
    return Reference(reference.text, replace(reference.parsed, **people), (told, *reference.notices))


# --- a document of its own


def sniff(document: Document) -> int:
    """How sure it is that *document* is a list of references and nothing else, 0-100; other readers come first.

    Most of the text must be entries with names, a year and a title, and few lines may be fields of some format.
    """
    if document.binary or document.is_html or document.is_xml or csv.sniff(document):
        return 0
    lines = [line for line in document.head.split("\n") if line.strip()]
    if not lines or _is_tagged(lines):
        return 0
    entries = split_references(document.head.split("\n"))[:SNIFFED]
    if len(entries) > 1 and len(document.beginning(HEAD + 1)) > HEAD:
        entries = entries[:-1]  # the last is cut off
    if not entries:
        return 0
    share = sum(len(entry) for entry in entries if _is_reference(entry)) / sum(map(len, entries))
    if share >= 0.9 and (len(entries) > 2 or is_heading(lines[0])):
        return 85
    return 0 if share < 0.7 else 60 if share >= 0.8 else 50


def _is_tagged(lines: list[str]) -> bool:
    """Whether lines look like those of a format: "@article{", "TY  - JOUR", "Title: ...", "{"."""
    tagged = sum(
        bool(re.match(r"\s*(?:[@{}\[<%]|[A-Z][A-Z0-9]{1,3}\s{0,2}-\s|\w[\w ()]{1,30}:\s+\S)", line)) for line in lines
    )
    numbered = sum(bool(re.match(r"\s*\[\d{1,4}\]\s", line)) for line in lines)
    tabbed = sum(line.count("\t") > 1 for line in lines)
    return tagged - numbered > len(lines) / 3 or tabbed > len(lines) / 2


def _is_reference(text: str) -> bool:
    """Whether *text* has what makes a reference: names, a title of its own, and a year or a place it appeared in."""
    if not 25 < len(text) < LONGEST or not re.search(rf"(?<!\d){YEAR}(?!\d)|n\.\s?d\.|in press|forthcoming", text):
        return False
    work = reference_of(text, parts_by_rules(text)).parsed  # the tagger is slower, and not everywhere
    if work is None or not work.title:
        return False
    people = [name for name in work.author or work.editor if len(name.literal.split()) < 9]
    persons = any(name.family and name.given for name in people)
    placed = work.container_title or work.publisher or work.publisher_place or work.doi or work.url or work.page
    return bool(
        placed and people and (persons or work.issued) and (persons or work.doi or work.url or len(work.title) > 10)
    )


def read(document: Document) -> Iterator[Reading | Refusal]:
    """The references in *document*, each a record; one in which nothing was understood is refused with its text."""
    place = Places(document)
    furniture = sum(is_heading(line) for line in document.lines)
    nothing = True
    for reference in read_references(document.lines):
        line, nothing = place.of(reference.text), False
        if reference.parsed is None or not reference.parsed.title:
            yield Refusal(line=line, notice=notice("reference-not-understood"), text=reference.text[:500])
            continue
        unread = tuple(
            Leftover(line, dict(told.params)["text"]) for told in reference.notices if told.code == "reference-unread"
        )
        others = tuple(told for told in reference.notices if told.code != "reference-unread")
        yield Reading(record=reference.parsed, line=line, leftovers=unread, furniture=furniture, notices=others)
        furniture = 0
    if nothing:
        yield Refusal(line=1, notice=notice("no-record"), text=squash(document.head)[:200])


class Places:
    """Finds the line on which each of the references, which come in order, begins."""

    def __init__(self, document: Document):
        self.lines = [re.sub(r"\W", "", line) for line in document.lines]
        self.at = 0

    def of(self, text: str) -> int:
        """The number of the line on which *text* begins, from 1; that of the reference before when it is not found."""
        sought = re.sub(r"\W", "", text[:40])[:20]
        for place in range(self.at, min(len(self.lines), self.at + 400)):
            line = self.lines[place]
            whole = line + (self.lines[place + 1] if place + 1 < len(self.lines) else "")
            if line and sought and sought[:6] in line and sought in whole:
                self.at = place
                break
        return self.at + 1
