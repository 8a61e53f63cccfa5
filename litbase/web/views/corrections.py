"""What readers say is wrong with a record: the form they fill in, and what editors see of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from litbase.library import Library, rights
from litbase.library.corrections import PAGE, Asked, Waiting, asked
from litbase.settings import is_email
from litbase.store.values import Stored
from litbase.web.links import Links, mailed
from litbase.web.views import told
from litbase.web.views.compared import Change, differences
from litbase.web.views.parts import plain_title


@dataclass(frozen=True, slots=True)
class Sent:
    """What a reader has typed so far."""

    texts: Mapping[str, str] = field(default_factory=dict, metadata={"help": "What was typed, by field"})
    message: str = field(default="", metadata={"help": "What was said in words"})
    name: str = field(default="", metadata={"help": "Who"})
    contact: str = field(default="", metadata={"help": "An address to write back to"})
    error: str = field(default="", metadata={"help": "Why it was not taken"})
    done: bool = field(default=False, metadata={"help": "Whether it was taken"})

    def with_error(self, error: str) -> "Sent":
        """The same, which was not taken."""
        return replace(self, error=error)


@dataclass(frozen=True, slots=True)
class CorrectPage:
    """The form for one record."""

    id: str = told("The record's id")
    plain_title: str = told("Its title")
    record_url: str = told("Back to the record")
    url: str = told("Where the form goes")
    fields: tuple[Asked, ...] = told("The fields, with what they say or what was typed")
    sent: Sent = told("What was typed beside, and what became of it")


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """One correction, as an editor sees it."""

    nr: int = told("Its number")
    title: str = told("Title of the record; its id where it is public no longer")
    record_url: str = told("The record")
    edit_url: str = told("Its form")
    version: int = told("Its version now; 0 where it is public no longer")
    is_gone: bool = told("Whether the record is public no longer")
    is_old: bool = told("Whether the record was changed since the reader saw it")
    changes: tuple[Change, ...] = told("What taking it would change, word by word")
    errors: tuple[str, ...] = told("Why it cannot be taken as it is")
    message: str = told("What the reader says")
    name: str = told("Who; empty where nobody said")
    contact: str = told("An address; empty where nobody gave one")
    contact_url: str = told("The address as a link; empty for none")
    sent_at: str = told("When, UTC")
    who: str = told("Who decided; empty while it waits")
    why: str = told("Why; empty where nobody said")
    decided_at: str = told("When it was decided, UTC")


@dataclass(frozen=True, slots=True)
class CorrectionsPage:
    """A page of corrections."""

    corrections: tuple[CorrectionView, ...] = told("The corrections")
    total: int = told("How many there are in this state")
    state: str = told("waiting, accepted or declined")
    states: tuple[tuple[str, str], ...] = told("Each state with its page")
    previous_url: str = told("The page before; empty for none")
    next_url: str = told("The next page; empty for none")
    url: str = told("Where decisions go; a number and accept or decline follow")


def correct_page(stored: Stored, sent: Sent, library: Library, links: Links) -> CorrectPage:
    """The form for *stored*, with what was *sent* in place of what the record says."""
    shown = rights.shown(stored.record, library.settings)
    return CorrectPage(
        id=stored.id,
        plain_title=plain_title(shown),
        record_url=links.record(stored.id),
        url=links.correct(stored.id),
        fields=tuple(replace(one, text=sent.texts.get(one.name, one.text)) for one in asked(stored.record)),
        sent=sent,
    )


def corrections_page(
    found: Sequence[Waiting], total: int, state: str, number: int, library: Library, links: Links
) -> CorrectionsPage:
    """The page *number* of the corrections in *state*."""
    pages = -(-total // PAGE)
    return CorrectionsPage(
        corrections=tuple(_view(one, library, links) for one in found),
        total=total,
        state=state,
        states=tuple((name, links.corrections(state=name)) for name in ("waiting", "accepted", "declined")),
        previous_url=links.corrections(state=state, page=str(number - 1)) if number > 1 else "",
        next_url=links.corrections(state=state, page=str(number + 1)) if number < pages else "",
        url=links.corrections(),
    )


def _view(one: Waiting, library: Library, links: Links) -> CorrectionView:
    said, stored = one.correction, one.stored
    changes = differences(stored.record, one.after) if stored and one.after and said.state == "waiting" else ()
    return CorrectionView(
        nr=said.nr,
        title=plain_title(stored.record) if stored else said.record_id,
        record_url=links.record(said.record_id),
        edit_url=links.edit(said.record_id),
        version=stored.version if stored else 0,
        is_gone=stored is None,
        is_old=stored is not None and stored.version != said.version,
        changes=changes,
        errors=tuple(one.errors.values()),
        message=said.message,
        name=said.name,
        contact=said.contact,
        contact_url=mailed(said.contact) if is_email(said.contact) else "",
        sent_at=said.sent_at,
        who=said.who,
        why=said.why,
        decided_at=said.decided_at,
    )
