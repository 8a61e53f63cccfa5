"""Reader of BibTeX and BibLaTeX files, entry by entry.

Sources: BibTeXing, the biblatex manual, and what real files hold: keyless
entries, invented types, missing commas and braces, the same key twice.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Final

from litbase.formats.bibtex.chunks import INNER_START, KNOWN, NO_ENTRY, Chunk, Entry, Macros, chunks, define
from litbase.formats.bibtex.entry import parse
from litbase.formats.bibtex.fields import to_record
from litbase.formats.bibtex.kinds import (
    ARTICLES,
    AS_CONTAINER,
    AS_JOURNAL,
    AS_MAIN,
    IN_TYPES,
    MULTIVOLUME,
    NOT_INHERITED,
    OF_ONE_AUTHOR,
    TYPES,
)  # fmt: skip
from litbase.formats.unique_keys import UniqueKeys
from litbase.record.notices import Notice, notice
from litbase.record.reading import Document, Reading, Refusal

NAME = "bibtex"
SOURCE = "bibtex"
LABEL = "BibTeX"
VERSION = 1
RANK = 65

LONGEST_PARENT: Final = 600  # characters that _PARENT matches at most
GENERATIONS: Final = 4  # how far a crossref is followed
_OPENING = re.compile(r"(?:[ \t]*+(?:%[^\n]*+)?\n)*+[ \t]*+@(?P<kind>[A-Za-z][\w-]{0,40})\s*+[{(]")
_ENTRY = re.compile(r"^[ \t]*+@(?P<kind>[A-Za-z][\w-]{0,40})[ \t]*+[{(][^{}()=\",\n]{0,200}+,", re.M)
_PARENT = re.compile(r"(?:crossref|xdata)\s{0,20}+=\s{0,20}+[{\"](?P<keys>[^{}\"]{1,500})", re.I)
_PARENT_KEY = re.compile(r"\s*+@[^\s{}(),=@\"#%]{1,60}\s*+[{(]\s*+(?P<key>[^\s,{}]{1,200})")


def sniff(document: Document) -> int:
    """95 when the first thing in it is an entry, 85 when entries of known types are further down, else 0."""
    if document.binary:
        return 0
    text = document.beginning(1_000_000)
    first = _OPENING.match(text)
    if first:
        return 95 if first["kind"].lower() in KNOWN else 80
    if document.is_html or document.is_xml:
        return 0
    return 85 if any(found["kind"].lower() in TYPES for found in _ENTRY.finditer(text)) else 0


def read(document: Document) -> Iterator[Reading | Refusal]:
    """One Reading per entry, with its citation key in the record; a Refusal for each that holds no field.

    Keys used twice: an entry with the same content keeps the key, another gets "a", "b" ...  What crossref and xdata
    point to is inherited from anywhere in the file.
    """
    macros = Macros(len(document.data))
    parents = _Parents(document)
    keys = UniqueKeys()
    nothing = True
    for chunk in chunks(document.stretches()):
        for item in _entries(chunk, macros):
            nothing = False
            if isinstance(item, Refusal):
                yield item
            elif item.kind != "xdata":
                yield _reading(item, parents, keys)
    if nothing:
        yield Refusal(line=1, notice=notice("no-record"), text=document.beginning(200))


def _reading(entry: Entry, parents: "_Parents", keys: UniqueKeys) -> Reading:
    whole, notices = parents.inherited(entry) if parents.any else (entry, ())
    record, odd = to_record(whole)
    if entry.key:
        record, more = keys.settled(record, entry.line)
    else:
        more = (notice("key-generated", "citation_key", entry.line),)
    return Reading(
        record=record, line=entry.line, leftovers=entry.leftovers, notices=(*entry.notices, *notices, *odd, *more)
    )


def _entries(chunk: Chunk, macros: Macros) -> Iterator[Entry | Refusal]:
    """The entry of a chunk, and those that begin in the middle of a line behind it."""
    if chunk.kind == "string":
        for odd in define(chunk, macros):
            yield Refusal(line=chunk.line, notice=odd, text=chunk.text[:200])
        return
    if chunk.kind in NO_ENTRY:
        return
    entry, end = parse(chunk, macros)
    yield entry
    line, counted = chunk.line, 0
    for found in INNER_START.finditer(chunk.text, end):
        kind = found["kind"].lower()
        if found.start() < end or kind not in TYPES:
            continue
        if "%" in chunk.text[chunk.text.rfind("\n", end, found.start()) + 1 or end : found.start()]:
            continue
        line += chunk.text.count("\n", counted, found.start())
        counted = found.start()
        entry, end = parse(Chunk(kind, chunk.text, line), macros, counted)
        yield entry


class _Parents:
    """The entries that others refer to with crossref and xdata, parsed when they are asked for."""

    def __init__(self, document: Document):
        self._document = document
        self._wanted = {
            key.strip().lower()
            for piece in _overlapping(document.stretches())
            for found in _PARENT.finditer(piece)
            for key in found["keys"].split(",")
        }
        self.any = bool(self._wanted)
        self._parsed: dict[str, Entry | None] = {}

    @cached_property
    def _places(self) -> tuple[dict[str, Chunk], Macros]:
        macros = Macros(len(self._document.data))
        places: dict[str, Chunk] = {}
        for chunk in chunks(self._document.stretches()):
            if chunk.kind == "string":
                define(chunk, macros)
            elif (found := _PARENT_KEY.match(chunk.text)) and found["key"].lower() in self._wanted:
                places.setdefault(found["key"].lower(), chunk)
        return places, macros

    def _find(self, key: str) -> Entry | None:
        places, macros = self._places
        if key.lower() not in self._parsed:
            chunk = places.get(key.lower())
            parsed = parse(chunk, macros)[0] if chunk else None
            self._parsed[key.lower()] = parsed if isinstance(parsed, Entry) else None
        return self._parsed[key.lower()]

    def inherited(self, entry: Entry, generation: int = 0) -> tuple[Entry, tuple[Notice, ...]]:
        """*entry* with the fields it lacks taken from what it refers to, and a notice for each that is not there."""
        own = dict(entry.fields)
        missing: list[Notice] = []
        added: dict[str, str] = {}
        for field in ("xdata", "crossref"):
            for key in filter(None, map(str.strip, own.get(field, "").split(","))):
                parent = self._find(key)
                if parent is None:
                    missing.append(notice("crossref-missing", field, entry.line, key=key))
                    continue
                if generation < GENERATIONS:
                    parent, more = self.inherited(parent, generation + 1)
                    missing += more
                added |= {n: v for n, v in _lent(entry, parent, field).items() if n not in own and n not in added}
        return entry._replace(fields=(*entry.fields, *added.items())), tuple(missing)


def _overlapping(stretches: Iterable[str]) -> Iterator[str]:
    """*stretches*, each with the end of the one before it, so that a reference to a parent is whole in one of them."""
    end = ""
    for stretch in stretches:
        yield end + stretch
        end = (end + stretch)[-LONGEST_PARENT:]


def _lent(entry: Entry, parent: Entry, field: str) -> dict[str, str]:
    fields = dict(parent.fields)
    if field == "xdata":
        return {name: value for name, value in fields.items() if name != "xdata"}
    lent = {name: value for name, value in fields.items() if name not in NOT_INHERITED}
    for name, container in _as(entry.kind, parent.kind).items():
        if name in fields:
            lent.setdefault(container, fields[name])
    if "author" in fields and {entry.kind, parent.kind} <= OF_ONE_AUTHOR:
        lent["author"] = fields["author"]
    return lent


def _as(child: str, parent: str) -> dict[str, str]:
    """What the titles of a *parent* are to its *child*."""
    if parent in MULTIVOLUME:
        return AS_MAIN
    if child in IN_TYPES:
        return AS_CONTAINER
    return AS_JOURNAL if child in ARTICLES else {}
