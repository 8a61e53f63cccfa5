"""Reference lists: each reference of a pasted list, or of a record, matched to the library or kept as a cited work.

A cited work is a record of type "cited", made only when somebody asks for it; search, totals, facets and exports leave
it out unless they are told otherwise.  It is linked to the record whose list it stands in.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from litbase.errors import BadInput
from litbase.formats.page import markup
from litbase.library import Library
from litbase.library.documents import Unreadable, open_paths
from litbase.record.match import Match, block_keys, compare
from litbase.record.notices import Notice, notice, sentence
from litbase.record.reading import Document
from litbase.record.record import Record, Reference, clean_record, replace
from litbase.record.text import comparable
from litbase.sources import reference_list
from litbase.sources.citations_in_text import CitedAt, cited_at
from litbase.sources.reference_list import read_references
from litbase.store.store import Store
from litbase.store.values import Incoming, Link, StoredReading
from litbase.vocabulary.tidy import tidy

SOURCE: Final = "cited"
RANK: Final = 10  # whatever another source says of a cited work is better
CROWD: Final = 50  # records under one key; of more, nothing is learnt ("Editorial")
BATCH: Final = 500


@dataclass(frozen=True, slots=True)
class Matched:
    """The record of the library that a reference is, and why; *cited* when it is itself only a cited work."""

    id: str
    reasons: tuple[Notice, ...]
    cited: bool = False


@dataclass(frozen=True, slots=True)
class Referenced:
    """One reference: as written and read, its match, and the id of the cited work it was kept as, "" for none."""

    reference: Reference
    match: Matched | None = None
    kept: str = ""

    @property
    def unread(self) -> tuple[str, ...]:
        """The stretches that were not understood; all of it when nothing was."""
        if self.reference.parsed is None:
            return (self.reference.text,)
        told = (item for item in self.reference.notices if item.code == "reference-unread")
        return tuple(dict(item.params)["text"] for item in told)


def pasted(path: str) -> tuple[Reference, ...]:
    """The references in the file *path* ("-" is standard input), whose whole text is taken for a list.

    Raises BadInput when it cannot be read, or is no text.
    """
    references: list[Reference] = []
    for document in open_paths([path]):
        if isinstance(document, Unreadable):
            raise BadInput(f"{document.name}: {sentence(document.notice)}")
        if document.binary:
            raise BadInput(f"{document.name}: {sentence(notice('binary', what=document.binary))}")
        references += read_references(_lines(document))
    return tuple(references)


def _lines(document: Document) -> Iterable[str]:
    if not document.is_html:
        return document.text.split("\n")
    return [line.text for line in markup.lines(markup.parse(document))]


def cited_in(text: str, references: Sequence[Reference], notices: Iterable[Notice]) -> list[CitedAt]:
    """Where *text* cites which of *references*; their reader's *notices* tell which names the list spells otherwise."""
    twice = [dict(one.params) for one in notices if one.code == "name-spelled-twice"]
    return cited_at(text, references, {each["other"]: each["one"] for each in twice})


def matched(library: Library, references: Sequence[Reference]) -> tuple[Referenced, ...]:
    """*references* in order, each with the record of the library that it is, where one is found.

    A DOI or ERIC number decides; else what `record.match` says of the records that share a key with it.
    """
    found: list[Referenced] = []
    for start in range(0, len(references), BATCH):
        found += _matched(library.store, references[start : start + BATCH])
    return tuple(found)


def _matched(store: Store, references: Sequence[Reference]) -> Iterator[Referenced]:
    keys = [_keys(reference.parsed) for reference in references]
    known = store.candidates({key for each in keys for key in each})
    few = {key: ids for key, ids in known.items() if len(ids) <= CROWD}
    stored = store.get_many({id for ids in few.values() for id in ids})
    public = {id: one.record for id, one in stored.items() if one.state == "public"}
    for reference, each in zip(references, keys, strict=True):
        near = dict.fromkeys(id for key in each for id in few.get(key, ()) if id in public)
        work = reference.parsed
        yield Referenced(reference, _match(store, work, {id: public[id] for id in near}) if work else None)


def _keys(work: Record | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*block_keys(work), *block_keys(_vague(work))))) if work else ()


def _vague(work: Record) -> Record:
    """*work* of no particular kind: what kind of work it is, a reference seldom says."""
    return replace(work, type="cited", genre="")


def _match(store: Store, work: Record, near: dict[str, Record]) -> Matched | None:
    for scheme, value in (("eric", work.eric), ("doi", work.doi)):
        for id in store.find(scheme, value)[:1] if value else ():
            one = store.get(id)
            if one and one.state == "public":
                return Matched(id, (notice(f"match-{scheme}"),), one.record.type == "cited")
    same = [
        (match.score, other.type != "cited", id, match.reasons)
        for id, other in near.items()
        if (match := _same(work, other))
    ]
    if not same:
        return None
    _, whole, id, reasons = max(same, key=lambda one: one[:2])
    return Matched(id, reasons, not whole)


def _same(work: Record, other: Record) -> Match | None:
    """Why *other* is the work itself, as of its kind or of any; None when it is not."""
    matches = (compare(one, other) for one in (work, _vague(work)))
    return next((match for match in matches if match and match.relation == "same"), None)


def keep(library: Library, references: Sequence[Referenced], citing: Record | None, who: str) -> tuple[Referenced, ...]:
    """*references*, those kept as cited works that have a title and are not in the library yet.

    Cited works, kept now or before, are linked to the record *citing* when there is one.  A reference in which nothing
    was understood is not kept.
    """
    store = library.store
    wanted = [place for place, one in enumerate(references) if _is_kept(one)]
    before = [one.match.id for one in references if citing and one.match and one.match.cited]
    run = store.start_run("references", {"citing": citing.id if citing else "", "who": who})
    links = {place: _link(citing, references[place].reference.parsed) for place in wanted}
    kept: dict[int, str] = {}
    for start in range(0, len(wanted), BATCH):
        some = wanted[start : start + BATCH]
        batch = [_incoming(references[place].reference, place, links[place]) for place in some]
        kept |= {place: outcome.id for place, outcome in zip(some, store.put(batch, run, who), strict=True)}
    again = [_again(reading, _link(citing, reading.record)) for id in before for reading in store.readings(id)[-1:]]
    if again:
        store.put(again, run, who)
    store.finish_run(run, {"kept": len(kept), "matched": sum(one.match is not None for one in references)})
    return tuple(Referenced(one.reference, one.match, kept.get(place, "")) for place, one in enumerate(references))


def _is_kept(one: Referenced) -> bool:
    return one.match is None and one.reference.parsed is not None and bool(one.reference.parsed.title)


def _link(citing: Record | None, work: Record | None) -> tuple[Link, ...]:
    if citing is None or work is None:
        return ()
    return (Link(citing.id, "cited-by", (notice("match-cites", citing=citing.title, cited=work.title),)),)


def _incoming(reference: Reference, place: int, links: tuple[Link, ...]) -> Incoming:
    """*reference*, which is understood, on its way into the store as a cited work; its kind goes to `extra`."""
    work = reference.parsed or Record()
    extra = (("reference:text", reference.text), ("reference:type", work.type))
    record, notices = clean_record(replace(work, type="cited", genre=work.genre, extra=extra))
    record, tidied = tidy(record)
    return Incoming(
        record=record,
        source=SOURCE,
        key=_key(record),
        reader=reference_list.NAME,
        reader_version=reference_list.VERSION,
        rank=RANK,
        notices=(*reference.notices, *notices, *tidied),
        links=links,
    )


def _key(work: Record) -> str:
    """The identity of a cited work: its DOI, else a hash of title, year and first family name."""
    if work.doi:
        return f"doi:{work.doi.lower()}"
    people = work.author or work.editor
    known = f"{comparable(work.title)}|{work.year or ''}|{comparable(people[0].surname) if people else ''}"
    return "hash:" + hashlib.sha256(known.encode()).hexdigest()[:32]


def _again(reading: StoredReading, links: tuple[Link, ...]) -> Incoming:
    """A reading that the store has, to be linked once more."""
    fields = {name: getattr(reading, name) for name in Incoming.__struct_fields__ if name != "links"}
    return Incoming(**fields, links=links)
