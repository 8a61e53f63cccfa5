"""Two editors' versions of one record put together: what one alone changed stands, the rest is chosen."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from litbase.library.editing import EDITABLE
from litbase.library.forms.fields import PEOPLE
from litbase.library.forms.form import Form, Person, form_of, kind_name, text_of
from litbase.library.forms.reading import read
from litbase.record.record import Record

MINE: Final = "mine"
THEIRS: Final = "theirs"


class Side(NamedTuple):
    """One field that somebody changed: as it was *before*, as *mine* and *theirs* have it, as text.

    *chosen* is "mine" or "theirs"; *disputed* when both changed it, each otherwise.
    """

    field: str
    before: str
    mine: str
    theirs: str
    chosen: str
    disputed: bool


class Settled(NamedTuple):
    """What becomes of *form*: the form with every choice made, and the fields that somebody changed."""

    form: Form
    sides: tuple[Side, ...]


def settle(form: Form, before: Record, now: Record, choices: Mapping[str, str]) -> Settled:
    """*form*, by which somebody edits *before*, put together with *now*, what others made of it meanwhile.

    *choices* says "mine" or "theirs" under "choose-" and the field; otherwise what is typed stands where it
    says something new.
    """
    mine, _ = read(form, before)
    sides = []
    for name in EDITABLE:
        was, typed, stands = (getattr(each, name) for each in (before, mine, now))
        if typed == stands or (name not in form.values and name not in (*PEOPLE, "type")):
            continue
        default = THEIRS if typed == was else MINE
        chosen = choices.get(f"choose-{name}", default)
        chosen = chosen if chosen in (MINE, THEIRS) else default
        before_text, my_text, their_text = (_text(name, each) for each in (before, mine, now))
        disputed = typed != was and stands != was
        sides.append(Side(name, before_text, my_text, their_text, chosen, disputed))
    return Settled(_together(form, mine, now, {side.field for side in sides if side.chosen == THEIRS}), tuple(sides))


def _together(form: Form, mine: Record, now: Record, theirs: set[str]) -> Form:
    """*form* with the fields of *theirs* as they are *now*."""
    shown = form_of(now)
    values = {name: shown.text(name) if name in theirs else text for name, text in form.values.items()}
    values |= {name: shown.text(name) for name in theirs & shown.values.keys()}
    kind = kind_name(now) if "type" in theirs else form.kind
    return Form(kind=kind, values=values, people=_people(form, mine, now, theirs))


def _people(form: Form, mine: Record, now: Record, theirs: set[str]) -> tuple[Person, ...] | None:
    if form.people is None:
        return None
    rows = form_of(now).people or ()
    return tuple(
        person
        for role in PEOPLE
        for person in (rows if role in theirs else form.people)
        if person.role == role and not person.is_empty
    )


def _text(name: str, record: Record) -> str:
    if name in PEOPLE:
        return "; ".join(map(str, getattr(record, name)))
    return kind_name(record) if name == "type" else text_of(name, record)
