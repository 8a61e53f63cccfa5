"""Correcting: readers without an account say what is wrong with a record; an editor takes it or leaves it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from litbase.errors import BadInput, Conflict, NotFound
from litbase.library import Library
from litbase.library.editing import tidied
from litbase.library.forms import Form, Person, changes, flaws, form_of, kind_name, read, sections
from litbase.library.forms.fields import called
from litbase.library.forms.reading import normal
from litbase.library.values import Stored
from litbase.record.record import Record
from litbase.record.text import clean, squash
from litbase.store.corrections import WAITING, Correction
from litbase.store.values import Outcome

__all__ = ["Correction"]

AUTHORS: Final = "author"
MESSAGE: Final = 5_000  # characters
NAME: Final = 200
TEXT: Final = 20_000  # of one field
WHOLE: Final = 60_000  # of all
OF_RECORD: Final = 20  # that wait for one record
IN_ALL: Final = 5_000  # that wait
PAGE: Final = 20
_ASKED: Final = frozenset({"work", "place"})  # sections of the form
_MORE: Final = ("abstract", "descriptors", "keywords")


@dataclass(frozen=True, slots=True)
class Asked:
    """A field that readers may correct: what it is called, what it says, whether it takes several lines."""

    name: str
    called: str
    text: str
    is_long: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """A correction, the record it is about as it is now, and that record as it would be.

    *errors* are sentences on texts that cannot be read; *stored* is None where the record is public no longer.
    """

    correction: Correction
    stored: Stored | None
    after: Record | None
    errors: dict[str, str]

    @property
    def is_empty(self) -> bool:
        """Whether taking it would change nothing."""
        return self.stored is None or self.after is None or self.stored.record == self.after


def asked(record: Record) -> tuple[Asked, ...]:
    """The fields of *record* that readers are asked about, with what they say."""
    form, kind = form_of(record), kind_name(record)
    kind = "article-journal" if kind == "cited" else kind
    fields = [field for section in sections(kind) if section.name in _ASKED for field in section.fields]
    named = [(field.name, field.called, field.shape in ("title", "text", "lines")) for field in fields]
    named[1:1] = [(AUTHORS, "Authors", True)]
    named += [(name, called(kind, name), True) for name in _MORE]
    return tuple(
        Asked(name, label, _authors(form) if name == AUTHORS else form.text(name), is_long)
        for name, label, is_long in named
        if (name in form.values or (name == AUTHORS and form.people is not None))
    )


def send(
    library: Library, stored: Stored, texts: Mapping[str, str], *, message: str = "", name: str = "", contact: str = ""
) -> int:
    """Keep what a reader says of *stored*: of *texts* those that say something else; the number of the correction.

    Raises BadInput where nothing is said, too much, or too many wait already.
    """
    now = {one.name: one.text for one in asked(stored.record)}
    values = {field: text.strip() for field, text in texts.items() if field in now and _normal(field, text, now[field])}
    message, name, contact = clean(message).strip(), squash(clean(name)), squash(clean(contact))
    if not values and not message:
        raise BadInput("Nothing was changed and nothing was written. Change a field, or say in words what is wrong.")
    for what, text, limit in (
        ("The message", message, MESSAGE),
        ("The name", name, NAME),
        ("The address", contact, NAME),
        *((f"The field {field}", text, TEXT) for field, text in values.items()),
        ("What you changed", "".join(values.values()), WHOLE),
    ):
        if len(text) > limit:
            raise BadInput(f"{what} has {len(text):,} characters; {limit:,} are taken.")
    store = library.store.corrections
    if store.count(record_id=stored.id) >= OF_RECORD:
        raise BadInput("Several corrections of this record wait already. Try again when an editor has seen them.")
    if store.count() >= IN_ALL:
        raise BadInput("Too many corrections wait at the moment. Try again in some days.")
    return store.send(stored.id, stored.version, values, message, name, contact)


def waiting(library: Library, nr: int) -> Waiting:
    """A correction, and what it would make of the record.  Raises NotFound."""
    found = library.store.corrections.get(nr)
    if found is None:
        raise NotFound(f"there is no correction {nr}")
    return _waiting(library, found)


def page(library: Library, state: str = WAITING, number: int = 1) -> tuple[list[Waiting], int]:
    """A page of the corrections in *state*, and how many there are in all."""
    store = library.store.corrections
    return [_waiting(library, one) for one in store.page(state, PAGE, (number - 1) * PAGE)], store.count(state)


def accept(library: Library, nr: int, *, who: str, seen: int, why: str = "") -> Outcome:
    """Change the record as the reader says, as a decision of the editor *who*; *seen* is the version of the record.

    Raises NotFound, Conflict where record or correction have moved on, BadInput where it says nothing that can be done.
    """
    found = waiting(library, nr)
    correction = found.correction
    if correction.state != WAITING:
        raise Conflict(f"{correction.who} has {correction.state} this correction already")
    if found.stored is None or found.after is None:
        raise BadInput("The record is not public any more; nothing was changed.")
    if found.errors:
        raise BadInput(f"{' '.join(found.errors.values())} Open the record and correct it by hand.")
    changed = changes(found.stored.record, found.after)
    note = why or f"correction {nr} by a reader"
    if not changed:
        library.store.corrections.decide(nr, "accepted", who, why)
        return Outcome("same", found.stored.id, found.stored.version)
    return library.store.accept(nr, found.stored.id, tidied(changed), who, note, why, seen)


def decline(library: Library, nr: int, *, who: str, why: str = "") -> Correction:
    """Leave the record as it is.  Raises NotFound, and Conflict where somebody has decided already."""
    return library.store.corrections.decide(nr, "declined", who, why)


def corrected(form: Form, values: Mapping[str, str]) -> Form:
    """*form* with the texts a reader sent."""
    texts = {name: text for name, text in values.items() if name in form.values}
    made = form.with_values(**texts)
    if AUTHORS in values and form.people is not None:
        others = [person for person in form.people if person.role != AUTHORS]
        made = made.with_people([*_people(values[AUTHORS], form), *others])
    return made


def _waiting(library: Library, correction: Correction) -> Waiting:
    stored = library.store.get(correction.record_id)
    if stored is None or stored.state != "public":
        return Waiting(correction, None, None, {})
    form = corrected(form_of(stored.record), correction.values)
    record, errors = read(form, stored.record)
    blocking = {flaw.field: flaw.text for flaw in flaws(form, stored.record) if flaw.blocks}
    return Waiting(correction, stored, record, {**blocking, **errors})


def _normal(field: str, text: str, now: str) -> bool:
    """Whether *text* says something else than *now*."""
    if field == AUTHORS:
        return _lines(text) != _lines(now)
    return normal(field, text) != normal(field, now)


def _authors(form: Form) -> str:
    return "\n".join(_line(person) for person in form.people or () if person.role == AUTHORS)


def _line(person: Person) -> str:
    return f"{person.family}, {person.given}" if person.given else person.family


def _people(text: str, form: Form) -> list[Person]:
    known = {_line(person): person for person in form.people or () if person.role == AUTHORS}
    return [known.get(line) or _person(line) for line in _lines(text)]


def _person(line: str) -> Person:
    family, _, given = line.partition(",")
    return Person(family.strip(), given.strip())


def _lines(text: str) -> list[str]:
    return [line for part in clean(text).splitlines() if (line := squash(part))]
