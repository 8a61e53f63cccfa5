"""Where a source says today what an editor did not choose: what both say, and who decided."""

from dataclasses import dataclass

from litbase.library import Library
from litbase.library.disputes import disputes
from litbase.library.values import Stored
from litbase.web.links import Links
from litbase.web.views import told
from litbase.web.views.details import LABELS


@dataclass(frozen=True, slots=True)
class DisputeView:
    """A field about which a source and an editor disagree."""

    field: str = told("The field")
    label: str = told("What it is called")
    source: str = told("The source")
    theirs: str = told("What the source says")
    ours: str = told("What was decided")
    who: str = told("Who decided; empty where nobody knows")
    at: str = told("When, UTC; empty where nobody knows")
    why: str = told("Why; empty where nobody said")
    version: int = told("The version of the record that is seen")
    url: str = told("Where the choice is posted")


def dispute_views(stored: Stored, library: Library, links: Links) -> tuple[DisputeView, ...]:
    """The disputes about *stored*; () for none."""
    return tuple(
        DisputeView(
            field=one.field,
            label=LABELS.get(one.field, one.field),
            source=one.source,
            theirs=one.theirs,
            ours=one.ours,
            who=one.who,
            at=one.at,
            why=one.why,
            version=stored.version,
            url=links.history(stored.id, "/settle"),
        )
        for one in disputes(library, stored.id)
    )
