"""What was done to a record: each change with who, when, why, and the words that changed."""

from collections.abc import Sequence
from dataclasses import dataclass

from litbase.library import Library, rights
from litbase.library.forms.typing import SOURCE as TYPED
from litbase.library.labels import value_label
from litbase.library.values import Revision, Stored, StoredReading
from litbase.library.versions import brought_back, is_undoable
from litbase.settings import Settings
from litbase.web.links import Links
from litbase.web.views import told
from litbase.web.views.compared import Change, differences
from litbase.web.views.disputes import DisputeView, dispute_views
from litbase.web.views.parts import Linked, plain_title

MOST = 200  # changes on a page
MERGED = 50  # records that were merged into one
TITLE = 300  # characters


@dataclass(frozen=True, slots=True)
class RevisionView:
    """One change of the record."""

    version: int = told("The version it made")
    kind: str = told(
        "import, edit, brought-back, withdrawn, public, draft, merged, unmerged, undone, or judged- and the verdict"
    )
    at: str = told("When, UTC")
    who: str = told("Who; empty for the program")
    why: str = told("Why; empty where nobody said")
    other: Linked | None = told("The other record of a merge or verdict; None without one")
    brought_back: int = told("The version that it brought back; 0 for none")
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
    again = brought_back(revision)
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
        other=Linked(revision.other, links.history(revision.other)) if revision.other and not again else None,
        brought_back=again,
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
