"""What was done to a record: each change with who, when, why, and the words that changed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from litbase.library import Library, rights
from litbase.library.forms.typing import SOURCE as TYPED
from litbase.library.labels import value_label
from litbase.library.values import Revision, Stored, StoredReading
from litbase.library.versions import is_undoable
from litbase.record.dates import PartialDate
from litbase.record.match.passages import common
from litbase.record.names import Name
from litbase.record.record import ASSIGNED, FIELD_NAMES, Record, Reference, default_of
from litbase.settings import Settings
from litbase.web.links import Links
from litbase.web.views import told
from litbase.web.views.details import LABELS
from litbase.web.views.disputes import DisputeView, dispute_views
from litbase.web.views.parts import Linked, plain_title

LONGEST = 30_000  # characters of a text, above which old and new are shown whole, as above so many words and blanks
WORDS = 1500
MOST = 200  # changes on a page
MERGED = 50  # records that were merged into one
TITLE = 300  # characters
SHOWN = 600  # characters of a text that is shown whole
_PIECE = re.compile(r"\s+|\w+(?:[-–./]\w+)*+|[^\w\s]")  # pages, dates and DOIs are one piece


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to one field."""

    field: str = told("The field")
    label: str = told("What it is called")
    pieces: tuple[tuple[str, str], ...] = told("The text in pieces, each same, ins or del")


@dataclass(frozen=True, slots=True)
class RevisionView:
    """One change of the record."""

    version: int = told("The version it made")
    kind: str = told("import, edit, withdrawn, public, draft, merged, unmerged, undone, or judged- and the verdict")
    at: str = told("When, UTC")
    who: str = told("Who; empty for the program")
    why: str = told("Why; empty where nobody said")
    other: Linked | None = told("The other record of a merge or verdict; None without one")
    sources: tuple[str, ...] = told("Where it was read from, for an import")
    typed: bool = told("Whether somebody typed it in, and nothing was read")
    documents: tuple[str, ...] = told("Files it was read from, for an import")
    run: int = told("Number of the import that made it; 0 for none")
    url: str = told("The record as this version left it; empty for the present one")
    changes: tuple[Change, ...] = told("The fields that changed; () for the first version")
    undone: int = told("The version that took it back, negative for a run; 0 for none")
    undoable: bool = told("Whether an editor can take it back")
    way: str = told("Of a merge: in where the other went into this record, out where this one went; else empty")


@dataclass(frozen=True, slots=True)
class MergedIn:
    """A record that was merged into this one."""

    id: str = told("Its id")
    title: str = told("Its title then; empty when it has none")
    history_url: str = told("Its own history")
    who: str = told("Who merged it; empty for the program")
    at: str = told("When, UTC")
    why: str = told("Why; empty where nobody said")
    revision: int = told("The version of it that the merge made; 0 where an older litbase merged it")
    version: int = told("Its present version")
    undo_url: str = told("Where it is taken out again")


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """The history of one record, newest first."""

    id: str = told("The record's id")
    plain_title: str = told("Its title")
    record_url: str = told("Back to the record")
    json_url: str = told("The same as JSON")
    version: int = told("The present version")
    forms_url: str = told("Where changes are taken back and versions brought back; more follows it")
    more: int = told("How many older changes are not shown")
    revisions: tuple[RevisionView, ...] = told("Its changes, newest first")
    went_into: Linked | None = told("The record it was merged into; None for one that stands for itself")
    merged_in: tuple[MergedIn, ...] = told("The records that were merged into it")
    disputes: tuple[DisputeView, ...] = told("Where sources say today what no editor chose")


def history_page(stored: Stored, library: Library, links: Links) -> HistoryPage:
    """The history of *stored*, also of a merged one; texts are shown as far as their sources allow."""
    readings = library.store.readings(stored.id, undone=True)
    revisions = sorted(library.store.history(stored.id), key=lambda revision: revision.version, reverse=True)
    went = _gone(revisions) if stored.state == "merged" else None
    return HistoryPage(
        id=stored.id,
        plain_title=plain_title(rights.shown(stored.record, library.settings)),
        record_url=links.record(stored.id),
        json_url=links.history(stored.id, ".json"),
        version=stored.version,
        forms_url=links.history(stored.id),
        more=max(0, len(revisions) - MOST),
        revisions=tuple(
            _revision(one, stored, readings, one is went, library.settings, links) for one in revisions[:MOST]
        ),
        went_into=Linked(stored.merged_into, links.history(stored.merged_into)) if stored.merged_into else None,
        merged_in=tuple(_merged_in(one, library, links) for one in library.store.merged_into(stored.id)[:MERGED]),
        disputes=dispute_views(stored, library, links),
    )


def _merged_in(stored: Stored, library: Library, links: Links) -> MergedIn:
    made = _gone(library.store.history(stored.id))
    title = plain_title(rights.shown(stored.record, library.settings))
    return MergedIn(
        id=stored.id,
        title=title if len(title) <= TITLE else f"{title[:TITLE]} …",
        history_url=links.history(stored.id),
        who=made.who if made else "",
        at=made.at if made else "",
        why=made.why if made else "",
        revision=made.version if made else 0,
        version=stored.version,
        undo_url=links.history(stored.id, "/undo"),
    )


def _gone(revisions: Sequence[Revision]) -> Revision | None:
    """The change by which a merged record went into another: the last merge in force."""
    merges = [one for one in revisions if one.kind == "merged" and not one.undone]
    return max(merges, key=lambda one: one.version, default=None)


def _revision(
    revision: Revision,
    stored: Stored,
    readings: Sequence[StoredReading],
    went: bool,
    settings: Settings,
    links: Links,
) -> RevisionView:
    before = rights.shown(revision.before, settings) if revision.before else None
    changes = differences(before, rights.shown(revision.after, settings)) if before else ()
    read = [reading for reading in readings if reading.run == revision.run] if revision.kind == "import" else []
    names = (reading.document_name.rsplit("/", 1)[-1] for reading in read)
    return RevisionView(
        version=revision.version,
        kind=revision.kind,
        at=revision.at,
        who=revision.who,
        why=revision.why,
        other=Linked(revision.other, links.history(revision.other)) if revision.other else None,
        sources=tuple(dict.fromkeys(value_label("collection", reading.source) for reading in read)),
        typed=bool(read) and all(reading.source == TYPED for reading in read),
        documents=tuple(dict.fromkeys(name for name in names if name)),
        run=revision.run,
        changes=changes,
        undone=revision.undone,
        undoable=is_undoable(revision) and (went or stored.state != "merged"),
        way=("out" if went else "in") if revision.kind == "merged" and not revision.undone else "",
        url=links.version(stored.id, revision.version) if revision.version != stored.version else "",
    )


def differences(before: Record, after: Record) -> tuple[Change, ...]:
    """The fields in which two states of a record differ, word by word."""
    return tuple(
        Change(name, LABELS.get(name, name), tuple(compared(_said(name, before), _said(name, after))))
        for name in FIELD_NAMES
        if name not in ASSIGNED and name != "marks" and getattr(before, name) != getattr(after, name)
    )


def _said(name: str, record: Record) -> str:
    value = getattr(record, name)
    return "" if value == default_of(name) else _text(value)


def _text(value: Any) -> str:
    match value:
        case Name():
            return str(value)
        case PartialDate():
            return value.display
        case Reference():
            return value.text
        case bool():
            return "yes" if value else "no"
        case tuple():
            return "; ".join(_text(item) for item in value)
    return str(value)


def compared(old: str, new: str) -> list[tuple[str, str]]:
    """*old* made into *new*, word by word, as ("same" | "del" | "ins", text)."""
    is_long = max(len(old), len(new)) > LONGEST
    before, after = ([], []) if is_long else (_PIECE.findall(old), _PIECE.findall(new))
    if is_long or len(before) > WORDS or len(after) > WORDS:
        return [(kind, text[:SHOWN]) for kind, text in (("del", old), ("ins", new)) if text]
    pieces: list[tuple[str, str]] = []
    a = c = 0
    for b, to_b, d, to_d in (*common(before, after), (len(before), len(before), len(after), len(after))):
        _append(pieces, "del", before[a:b])
        _append(pieces, "ins", after[c:d])
        _append(pieces, "same", before[b:to_b])
        a, c = to_b, to_d
    return pieces


def _append(pieces: list[tuple[str, str]], kind: str, words: Sequence[str]) -> None:
    if words:
        pieces.append((kind, "".join(words)))
