"""The page of an older version of a record: what it said then, and the way to what it says now."""

from dataclasses import dataclass

from litbase.library import Library
from litbase.library.values import Revision, Stored
from litbase.web.links import Links
from litbase.web.views import told
from litbase.web.views.work import Work, work


@dataclass(frozen=True, slots=True)
class VersionPage:
    """One version of a record."""

    id: str = told("The record's id")
    plain_title: str = told("Its title then")
    work: Work = told("What it said")
    version: int = told("The version")
    latest: int = told("The present version")
    at: str = told("When it was made, UTC")
    previous_url: str = told("The version before; empty for the first")
    next_url: str = told("The version after; the present one as the record itself")
    record_url: str = told("The record as it is now")
    history_url: str = told("What was done to it")


def version_page(stored: Stored, revision: Revision, library: Library, links: Links) -> VersionPage:
    """*stored* as it was in *revision*."""
    shown = work(revision.after, library, links)
    number = revision.version
    last = number + 1 >= stored.version
    return VersionPage(
        id=stored.id,
        plain_title=shown.plain_title,
        work=shown,
        version=number,
        latest=stored.version,
        at=revision.at,
        previous_url=links.version(stored.id, number - 1) if number > 1 else "",
        next_url=links.record(stored.id) if last else links.version(stored.id, number + 1),
        record_url=links.record(stored.id),
        history_url=links.history(stored.id),
    )
