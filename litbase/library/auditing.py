"""Auditing: what of people's doings is looked at, checked and noted, beside what the store logs by itself."""

from collections.abc import Callable
from typing import Final

from litbase.library import Library
from litbase.store.audit import AuditFault, AuditRow, Checked

__all__ = ["AuditFault", "AuditRow", "Checked"]

MANY: Final = 1_000  # records; whoever takes more away is noted
# What is done, as the log has it, and as people say it.
ACTIONS: Final = {
    "signed-in": "Signed in",
    "signed-out": "Signed out",
    "sessions-ended": "Sessions ended",
    "sign-in-failed": "Sign-in failed",
    "refused": "Refused a page",
    "account-added": "Account added",
    "account-role": "Role changed",
    "account-state": "Account disabled or enabled",
    "account-password": "Password changed",
    "exported": "Exported",
    "backup": "Backed up",
    "restored": "Restored from a backup",
    "moved": "Moved to another database",
    "read-back": "Export read back",
    "run-started": "Run started",
    "run-finished": "Run finished",
}


def said(action: str) -> str:
    """*action* as people say it.

    >>> said("signed-in"), said("merged-into")
    ('Signed in', 'Merged into')
    """
    return ACTIONS.get(action) or action.replace("-", " ").capitalize()


def page(
    library: Library, limit: int, before: int = 0, *, who: str = "", action: str = "", subject: str = ""
) -> list[AuditRow]:
    """The *limit* newest rows below the number *before* (0 for all), of one person, action or subject."""
    return library.store.audit.page(limit, before, who=who, action=action, subject=subject)


def head(library: Library) -> tuple[int, str]:
    """How many rows the log has, and the digest of its last one, which proves all of them where it was noted."""
    return library.store.audit.head()


def verify(library: Library, head: str = "", progress: Callable[[int], None] = lambda rows: None) -> Checked:
    """Follow the log from its first row to what was done last, looking for the row with the digest *head*."""
    return library.store.audit.verify(progress, head)


def exported(library: Library, who: str, count: int, query: str, format: str) -> None:
    """Note that somebody, "" for a reader, takes *count* records away, where these are many."""
    if count > MANY:
        library.store.audit.note(who, "exported", query[:500], records=count, format=format)


def note(library: Library, who: str, action: str, subject: str = "", **detail: str) -> None:
    """Note what changes no record."""
    library.store.audit.note(who, action, subject, **detail)
