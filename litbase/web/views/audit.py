"""The page of the audit log."""

import json
from dataclasses import dataclass
from typing import Any

from litbase.library import Library, auditing
from litbase.library.auditing import AuditRow
from litbase.web.links import Links
from litbase.web.views import told

PER = 50  # rows on a page
LONGEST = 300  # characters of a detail


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which rows are shown: of a person, an action, a subject ("" for any), below a number (0 for all)."""

    who: str = ""
    action: str = ""
    subject: str = ""
    before: int = 0


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One thing that was done."""

    nr: int = told("Its number")
    at: str = told("When, UTC")
    who: str = told("Who; empty for nobody who is known")
    who_url: str = told("All that this person did; empty for nobody")
    origin: str = told("The network address it was done from; empty for this machine's command line")
    action: str = told("What was done, as the log has it")
    said: str = told("And as people say it")
    subject: str = told("To what: a record, an account, a run")
    subject_url: str = told("The history of the record, or all that was done to this subject; empty for none")
    details: tuple[tuple[str, str], ...] = told("More about it, by name")
    before: str = told("sha256 of the record as it was; empty where there is none")
    after: str = told("sha256 of the record as it is then")
    chain: str = told("sha256 of this row and of the chain before it")


@dataclass(frozen=True, slots=True)
class AuditPage:
    """Rows of the log."""

    rows: tuple[AuditLine, ...] = told("The rows, the newest first")
    total: int = told("How many rows the whole log has")
    head: str = told("Digest of its last row, which proves all of them where it was noted")
    who: str = told("Whose rows are shown; empty for all")
    action: str = told("Which action; empty for all")
    subject: str = told("Which subject; empty for all")
    actions: tuple[tuple[str, str], ...] = told("The actions to choose from, with what they are called")
    older_url: str = told("The next older rows; empty where there are none")
    newest_url: str = told("The newest rows; empty where these are they")


def audit_page(library: Library, links: Links, chosen: Chosen) -> AuditPage:
    """The rows that are *chosen*."""
    asked = {"who": chosen.who, "action": chosen.action, "subject": chosen.subject}
    found = auditing.page(library, PER + 1, chosen.before, **asked)
    shown = found[:PER]
    total, head = auditing.head(library)
    known = dict.fromkeys([*auditing.ACTIONS, *([chosen.action] if chosen.action else [])])
    return AuditPage(
        rows=tuple(_line(row, links) for row in shown),
        total=total,
        head=head,
        actions=tuple(sorted(((name, auditing.said(name)) for name in known), key=lambda pair: pair[1])),
        older_url=links.audit(**asked, before=str(shown[-1].nr)) if len(found) > PER else "",
        newest_url=links.audit(**asked) if chosen.before else "",
        **asked,
    )


def _line(row: AuditRow, links: Links) -> AuditLine:
    return AuditLine(
        nr=row.nr,
        at=row.at,
        who=row.who,
        who_url=links.audit(who=row.who) if row.who else "",
        origin=row.origin,
        action=row.action,
        said=auditing.said(row.action),
        subject=row.subject,
        subject_url=links.history(row.subject)
        if row.after
        else links.audit(subject=row.subject)
        if row.subject
        else "",
        details=_details(row.detail),
        before=row.before,
        after=row.after,
        chain=row.chain,
    )


def _details(detail: str) -> tuple[tuple[str, str], ...]:
    """What stands in the JSON of a row; that which was tampered with is shown as it is."""
    try:
        found: Any = json.loads(detail)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        return (("detail", detail[:LONGEST]),)
    return tuple((str(name).replace("_", " "), str(value)[:LONGEST]) for name, value in found.items())
