"""The reference list of a record: each entry with the ways to its work, and where the texts of the record cite it."""

from collections.abc import Sequence
from dataclasses import dataclass

from litbase.library import Library
from litbase.library.referencing import Referenced, cited_in, matched
from litbase.record.identifiers import doi_link
from litbase.record.notices import Notice, sentence
from litbase.record.record import Record, Reference
from litbase.web.links import Links, outward
from litbase.web.views import told

FIND_WORDS = 8  # of a reference's title, for the search that looks for it
TOLD_HERE = frozenset({"cited-not-listed", "name-spelled-twice"})  # notices of the reader that stand under the list
TOLD_MOST = 50
ITSELF = frozenset({"reference-not-understood"})  # said by the badge already


@dataclass(frozen=True, slots=True)
class Action:
    """One way from a reference to its work."""

    kind: str = told("record (of this library), doi, page or find (a search for its title)")
    url: str = told("Where it leads")


@dataclass(frozen=True, slots=True)
class ReferenceView:
    """One entry of the reference list."""

    text: str = told("The entry as it is written")
    actions: tuple[Action, ...] = told("The ways to its work, the nearest first")
    cited_only: bool = told("Whether the record of this library is only a cited work")
    unread: bool = told("Whether nothing in it was understood")
    notices: tuple[str, ...] = told("What is odd about it")


def references(record: Record, library: Library, links: Links) -> tuple[ReferenceView, ...]:
    """The reference list of *record*, held against the library."""
    return tuple(_view(one, record.id, links) for one in matched(library, record.references))


def _view(one: Referenced, citing: str, links: Links) -> ReferenceView:
    reference = one.reference
    match = one.match if one.match and one.match.id != citing else None
    actions = [Action("record", links.record(match.id))] if match else []
    actions += _ways(reference, bool(match), links)
    notices = (sentence(notice) for notice in reference.notices if notice.code not in ITSELF)
    unread = reference.parsed is None
    return ReferenceView(reference.text, tuple(actions), bool(match and match.cited), unread, tuple(notices))


def _ways(reference: Reference, is_here: bool, links: Links) -> list[Action]:
    work = reference.parsed
    if work is None:
        return []
    if work.doi:
        return [Action("doi", doi_link(work.doi))]
    if url := outward(work.url):
        return [Action("page", url)]
    words = " ".join(work.title.replace('"', " ").split()[:FIND_WORDS])
    return [Action("find", links.typed(f'title:"{words}"'))] if words and not is_here else []


def anchors(text: str, entries: Sequence[Reference], notices: Sequence[Notice]) -> tuple[tuple[int, int, str], ...]:
    """Where *text* cites one of *entries*, as (start, stop, id of the entry on the page)."""
    if not entries:
        return ()
    return tuple((at.start, at.stop, f"ref{at.reference + 1}") for at in cited_in(text, entries, notices))


def unlisted(notices: Sequence[Notice]) -> tuple[str, ...]:
    """What the text cites and the list has not, or has under another name, as sentences."""
    found = (sentence(notice) for notice in notices if notice.code in TOLD_HERE)
    return tuple(dict.fromkeys(found))[:TOLD_MOST]
