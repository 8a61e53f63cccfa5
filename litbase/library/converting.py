"""Converting: what people paste, held against the library entry by entry, to be taken away in any format.

Nothing is saved and nothing is looked up elsewhere: what comes out stands in the text, or in a record of the library.
A number that the library does not have stays a number, and a reference without a title gets none.
"""

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import merge
from itertools import islice
from typing import Final, NamedTuple

from litbase.errors import BadInput, UnknownSource
from litbase.formats.page import markup
from litbase.library import Library
from litbase.library.detecting import READERS, detect
from litbase.library.documents import Unreadable, open_paths
from litbase.library.parting import LISTS, Sought, identifiers, parted
from litbase.library.referencing import Matched, Referenced, matched
from litbase.record.checks import ALWAYS, check, completeness
from litbase.record.notices import Notice, Problem, notice, sentence
from litbase.record.reading import Document, Reader, Reading, Refusal
from litbase.record.record import Record, Reference, clean_record
from litbase.sources import reference_list
from litbase.sources.reference_list import Places, each_reference
from litbase.sources.references.split import split_references
from litbase.vocabulary.tidy import tidy

MOST: Final = 1_000  # entries of one conversion on the web
SECONDS: Final = 6.0  # of reading after which what is left is left out, on the web
TAGGED_LETTERS: Final = 60_000  # characters of references that the tagger reads; rules read the rest
BATCH: Final = 200
ALIKE: Final = 20  # records with one number
PARTS: Final = {"identifiers": "Identifiers"} | {reader.NAME: reader.LABEL for reader in READERS}
_BY_NAME: Final = {reader.NAME: reader for reader in READERS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Converted:
    """One entry: where it begins, what it is ("identifiers" or the NAME of a reader), and what became of it.

    *record* is what was understood, None for nothing and for an identifier; *match* is the record of the library that
    it is, *known* that record itself; *unread* are the stretches that were not understood.
    """

    line: int
    kind: str
    text: str = ""
    record: Record | None = None
    match: Matched | None = None
    known: Record | None = None
    unread: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()

    @property
    def shown(self) -> Record | None:
        """What was understood, else the record of the library that was named; None without either."""
        return self.record or self.known

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with it or missing, without what is merely worth knowing."""
        return tuple(one for one in check(self.shown) if one.severity != "info") if self.shown else ()

    @property
    def lacks(self) -> tuple[str, ...]:
        """The labels of what a citation of its kind could tell besides, and this one does not."""
        told = {problem.field for problem in self.problems}
        passed = {
            each.split("|")[0] for each in ALWAYS[1:]
        } | told  # abstract and descriptors are no part of a citation
        gauges = completeness(self.shown) if self.shown else ()
        return tuple(one.label for one in gauges if not one.filled and one.field not in passed)


class Conversion(NamedTuple):
    """The entries of one text, the labels of what it was read as, and whether something was left out at its end."""

    entries: tuple[Converted, ...]
    read_as: tuple[str, ...]
    notices: tuple[Notice, ...]
    is_cut: bool


class _Item(NamedTuple):
    """An entry before the library was asked; *sought* is the number that it consists of."""

    line: int
    kind: str
    text: str
    record: Record | None = None
    unread: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()
    sought: Sought | None = None


class _Read(NamedTuple):
    kinds: tuple[str, ...]
    items: Iterator[_Item]


def convert(
    library: Library, document: Document, most: int = MOST, seconds: float = SECONDS, reader: Reader | None = None
) -> Conversion:
    """The first *most* entries of *document*, and those that can be read in *seconds*, held against *library*.

    With a *reader* it reads all of it; without, whoever knows the layout does.  Raises BadInput for what is empty,
    binary or of a layout that nobody reads.
    """
    until = time.monotonic() + seconds
    read = _read(document, reader)
    items: list[_Item] = []
    is_cut = False
    for item in read.items:
        if is_cut := len(items) == most or time.monotonic() > until:
            break
        items.append(item)
    entries = tuple(_held_against(library, items))
    return Conversion(entries, tuple(PARTS[kind] for kind in read.kinds), document.notices, is_cut)


def each_converted(library: Library, document: Document) -> Iterator[Converted]:
    """Every entry of *document*, however many there are, held against *library*.  Raises BadInput as `convert` does."""
    items = _read(document).items
    while batch := list(islice(items, BATCH)):
        yield from _held_against(library, batch)


def opened_document(path: str) -> Iterator[Document]:
    """The documents at *path*, "-" for standard input.  Raises BadInput for one that cannot be read."""
    for document in open_paths([path]):
        if isinstance(document, Unreadable):
            raise BadInput(f"{document.name}: {sentence(document.notice)}")
        yield document


def written(entries: Iterable[Converted], from_library: bool = False) -> Iterator[Record]:
    """The records of *entries* for a file: as they were understood, a named one of the library's as it is there, once.

    With *from_library* every entry that the library has comes as it is there.
    """
    seen: set[str] = set()
    for one in entries:
        if one.known is None or (one.record is not None and not from_library):
            yield from (one.record,) if one.record else ()
        elif one.known.id not in seen:
            seen.add(one.known.id)
            yield one.known


def _read(document: Document, reader: Reader | None = None) -> _Read:
    if not document.data or document.data.isspace():
        raise BadInput(sentence(notice("empty")))
    if document.binary:
        raise BadInput(sentence(notice("binary", what=document.binary)))
    if reader:
        return _Read((reader.NAME,), _readings(reader, document))
    parts = parted(document.lines)
    all_numbers = [part.kind for part in parts] == ["identifiers"]  # "ERIC Number: EJ1223055" is a whole page to some
    reader = None if all_numbers else _whole(document)
    if reader:
        return _Read((reader.NAME,), _readings(reader, document))
    kinds = tuple(part.kind if part.kind != "text" else reference_list.NAME for part in parts)
    if len(parts) == 1 and kinds[0] in _BY_NAME and parts[0].kind != "text":
        return _Read(kinds, _readings(_BY_NAME[kinds[0]], document))
    return _Read(kinds, merge(*(_part(kind, part.lines) for kind, part in zip(kinds, parts, strict=True)), key=_line))


def _line(item: _Item) -> int:
    return item.line


def _whole(document: Document) -> Reader | None:
    """The reader of a document that is all of one layout; None for a list that is taken part by part."""
    try:
        reader = detect(document)
    except UnknownSource as problem:
        if _is_marked_up(document) or any(name not in LISTS for name, _ in problem.candidates[1:]):
            nearest = ", ".join(f"{name} {score}" for name, score in problem.candidates[:3]) or "none"
            code = "ambiguous-source" if len(problem.candidates) > 1 else "unknown-source"
            raise BadInput(sentence(notice(code, candidates=nearest))) from problem
        return None
    return None if reader.NAME in LISTS else reader


def _is_marked_up(document: Document) -> bool:
    """Whether this is a web page, XML or JSON, whose lines are no references."""
    return document.is_html or document.is_xml or document.head.lstrip()[:1] == "{" or document.head.startswith("[{")


def _part(kind: str, lines: Sequence[str]) -> Iterator[_Item]:
    if kind == "identifiers":
        return (_Item(n, kind, line.strip(), sought=s) for n, line in enumerate(lines, 1) for s in identifiers(line))
    document = Document.from_text("\n".join(lines))
    return _references(document) if kind == reference_list.NAME else _readings(_BY_NAME[kind], document)


def _references(document: Document) -> Iterator[_Item]:
    """The references of a list, one by one; each is read when it is asked for."""
    lines = document.lines
    if document.is_html:
        lines = [line.text for line in markup.lines(markup.parse(document))]
    places = Places(document)
    for reference in each_reference(split_references(lines), letters=TAGGED_LETTERS):
        line, work = places.of(reference.text), reference.parsed
        if work is None or not _is_work(work):
            yield _Item(line, reference_list.NAME, reference.text, None, (reference.text,))
            continue
        told = tuple(one for one in reference.notices if one.code not in _BADGED)
        record, tidied = _tidied(work)
        unread = Referenced(reference).unread
        yield _Item(line, reference_list.NAME, reference.text, record, unread, (*told, *tidied))


def _is_work(record: Record) -> bool:
    """Whether a work could be known by *record*: it has a title, or more to say than a name."""
    more = (record.issued, record.container_title, record.publisher, record.page, record.url, record.isbn)
    return bool(record.title or record.doi or record.eric or any(more))


_BADGED: Final = frozenset(  # told as unread or missing already
    {"reference-unread", "reference-not-understood", "reference-untitled", "reference-undated"}
)


def _readings(reader: Reader, document: Document) -> Iterator[_Item]:
    for item in reader.read(document):
        if isinstance(item, Refusal):
            yield _Item(item.line, reader.NAME, item.key, None, (item.text,) if item.text else (), (item.notice,))
        else:
            yield _reading(reader, item)


def _reading(reader: Reader, reading: Reading) -> _Item:
    record, tidied = _tidied(reading.record)
    furniture = (notice("furniture", count=reading.furniture),) if reading.furniture else ()
    unread = tuple(left.text for left in reading.leftovers)
    text = record.citation_key or reading.key
    return _Item(reading.line, reader.NAME, text, record, unread, (*reading.notices, *furniture, *tidied))


def _tidied(record: Record) -> tuple[Record, tuple[Notice, ...]]:
    record, cleaned = clean_record(record)
    record, tidied = tidy(record)
    return record, (*cleaned, *tidied)


def _held_against(library: Library, items: Sequence[_Item]) -> Iterator[Converted]:
    """*items* as entries, each with the record of the library that it is; a number of several records is several."""
    read = [Reference(item.text, item.record) for item in items if item.record]
    found = iter(matched(library, read))
    matches = [next(found).match if item.record else None for item in items]
    known = library.store.get_many({match.id for match in matches if match})
    for item, match in zip(items, matches, strict=True):
        if item.sought:
            yield from _named(library, item, item.sought)
            continue
        yield Converted(
            line=item.line, kind=item.kind, text=item.text, record=item.record, match=match,
            known=known[match.id].record if match and match.id in known else None,
            unread=item.unread, notices=item.notices,
        )  # fmt: skip


def _named(library: Library, item: _Item, sought: Sought) -> Iterator[Converted]:
    """The records of the library that a number names; where there are none, an entry that says so."""
    records = _with_number(library, sought)
    if not records:
        yield Converted(line=item.line, kind=item.kind, text=sought.value, notices=(_not_here(sought),))
    for record in records:
        reasons = (notice(f"match-{sought.scheme}"),)
        match = Matched(record.id, reasons, record.type == "cited")
        told = (notice("isbn-of-book", value=sought.value),) if _is_in_book(record, sought) else ()
        yield Converted(line=item.line, kind=item.kind, text=sought.value, match=match, known=record, notices=told)


def _with_number(library: Library, sought: Sought) -> list[Record]:
    """The public records with a number: one for a DOI or ERIC number; for an ISBN the book, else its parts."""
    if sought.scheme not in ("doi", "isbn", "eric"):
        return []
    ids = library.store.find(sought.scheme, sought.value)[:ALIKE]
    stored = library.store.get_many(ids)
    records = [stored[id].record for id in ids if id in stored and stored[id].state == "public"]
    whole = [record for record in records if not _is_in_book(record, sought)]
    return whole[:1] or (records if sought.scheme == "isbn" else records[:1])


def _is_in_book(record: Record, sought: Sought) -> bool:
    """Whether the number is that of the book that *record* stands in."""
    return sought.scheme == "isbn" and bool(record.container_title)


def _not_here(sought: Sought) -> Notice:
    if sought.scheme == "isbn-wrong":
        return notice("isbn-wrong", value=sought.value)
    if sought.scheme == "issn":
        return notice("issn-of-journal", value=sought.value)
    return notice("identifier-not-here", value=sought.value, scheme=_SCHEMES[sought.scheme])


_SCHEMES: Final = {"doi": "DOI", "isbn": "ISBN", "eric": "ERIC number"}
