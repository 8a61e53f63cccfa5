"""What was done to a record: each change with who, when, why, and the words that changed."""

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from litbase.library import Library, rights
from litbase.library.labels import value_label
from litbase.library.values import Revision, Stored, StoredReading
from litbase.record.dates import PartialDate
from litbase.record.names import Name
from litbase.record.record import ASSIGNED, FIELD_NAMES, Record, Reference, default_of
from litbase.settings import Settings
from litbase.web.links import Links
from litbase.web.views import told
from litbase.web.views.details import LABELS
from litbase.web.views.parts import Linked, plain_title

WORDS = 1500  # of a text, above which old and new are shown whole: comparing takes the square of the length
MOST = 200  # changes on a page
SHOWN = 600  # characters of a text that is shown whole
_PIECE = re.compile(r"\s+|[^\s]+")


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
    documents: tuple[str, ...] = told("Files it was read from, for an import")
    run: int = told("Number of the import that made it; 0 for none")
    url: str = told("The record as this version left it; empty for the present one")
    changes: tuple[Change, ...] = told("The fields that changed; () for the first version")


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """The history of one record, newest first."""

    id: str = told("The record's id")
    plain_title: str = told("Its title")
    record_url: str = told("Back to the record")
    json_url: str = told("The same as JSON")
    more: int = told("How many older changes are not shown")
    revisions: tuple[RevisionView, ...] = told("Its changes, newest first")


def history_page(stored: Stored, library: Library, links: Links) -> HistoryPage:
    """The history of *stored*; texts are shown as far as their sources allow."""
    readings = library.store.readings(stored.id, undone=True)
    revisions = sorted(library.store.history(stored.id), key=lambda revision: revision.version, reverse=True)
    return HistoryPage(
        id=stored.id,
        plain_title=plain_title(rights.shown(stored.record, library.settings)),
        record_url=links.record(stored.id),
        json_url=links.history(stored.id, ".json"),
        more=max(0, len(revisions) - MOST),
        revisions=tuple(_revision(one, stored, readings, library.settings, links) for one in revisions[:MOST]),
    )


def _revision(
    revision: Revision, stored: Stored, readings: Sequence[StoredReading], settings: Settings, links: Links
) -> RevisionView:
    before = rights.shown(revision.before, settings) if revision.before else None
    changes = _changes(before, rights.shown(revision.after, settings)) if before else ()
    read = [reading for reading in readings if reading.run == revision.run] if revision.kind == "import" else []
    names = (reading.document_name.rsplit("/", 1)[-1] for reading in read)
    return RevisionView(
        version=revision.version,
        kind=revision.kind,
        at=revision.at,
        who=revision.who,
        why=revision.why,
        other=Linked(revision.other, links.record(revision.other)) if revision.other else None,
        sources=tuple(dict.fromkeys(value_label("collection", reading.source) for reading in read)),
        documents=tuple(dict.fromkeys(name for name in names if name)),
        run=revision.run,
        changes=changes,
        url=links.version(stored.id, revision.version) if revision.version != stored.version else "",
    )


def _changes(before: Record, after: Record) -> tuple[Change, ...]:
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
    before, after = _PIECE.findall(old), _PIECE.findall(new)
    if len(before) > WORDS or len(after) > WORDS:
        return [(kind, text[:SHOWN]) for kind, text in (("del", old), ("ins", new)) if text]
    pieces: list[tuple[str, str]] = []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            _append(pieces, "same", before[a:b])
            continue
        _append(pieces, "del", before[a:b])
        _append(pieces, "ins", after[c:d])
    return pieces


def _append(pieces: list[tuple[str, str]], kind: str, words: Sequence[str]) -> None:
    if words:
        pieces.append((kind, "".join(words)))
