"""Works: the records that are copies or versions of one work, as comparing or a person has linked them."""

from dataclasses import dataclass
from typing import Final

from litbase.library import Library
from litbase.record.notices import Notice
from litbase.record.record import Record

MOST: Final = 30  # copies of one work; a longer chain of likenesses says more about the links than about the work


@dataclass(frozen=True, slots=True)
class Copy:
    """Another record of a work: "same" or "version", who found it ("machine" or "person"), and why."""

    record: Record
    relation: str
    source: str
    reasons: tuple[Notice, ...]


def works(library: Library, record: Record) -> tuple[Copy, ...]:
    """The public records that are the same work as *record*, the nearest first, then versions of any of those.

    "Same" links make a cluster: an article in ERIC, its copy by the grantee, its record in a catalogue.  What a person
    set apart from *record* is not in it.  () when there is none.
    """
    same, versions = _cluster(library, record.id)
    stored = library.store.get_many([*same, *versions])
    found = []
    for relation, some in (("same", same), ("version", versions)):
        for id, (source, reasons) in some.items():
            if id in stored and stored[id].state == "public":
                found.append(Copy(stored[id].record, relation, source, reasons))
    return tuple(found)


_Found = dict[str, tuple[str, tuple[Notice, ...]]]


def _cluster(library: Library, id: str) -> tuple[_Found, _Found]:
    """The ids of the same work and of its versions, each with source and reasons of the link that led there."""
    apart = {other for (_, other), found in library.store.verdicts([id]).items() if found.verdict == "different"}
    same: _Found = {}
    versions: _Found = {}
    frontier = [id]
    while frontier and len(same) < MOST:
        links = [link for some in library.store.links_of(frontier).values() for link in some]
        frontier = []
        for link in links:
            if link.other_id == id or link.other_id in apart or link.other_id in same:
                continue
            if link.relation == "same" and len(same) < MOST:
                same[link.other_id] = (link.source, link.reasons)
                versions.pop(link.other_id, None)
                frontier.append(link.other_id)
            elif link.relation == "version" and len(versions) < MOST:
                versions.setdefault(link.other_id, (link.source, link.reasons))
    return same, versions
