"""Form: what is typed, as text; and a record shown as one."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, NamedTuple

from litbase.library.editing import EDITABLE
from litbase.library.forms.fields import LISTS, PEOPLE, SHORT_LISTS
from litbase.record.dates import PartialDate
from litbase.record.kinds import kind_of
from litbase.record.names import Name
from litbase.record.record import Record
from litbase.vocabulary.tables import language_name

ROLES: Final = {
    "author": "Author", "editor": "Editor", "translator": "Translator", "chair": "Chair", "discussant": "Discussant",
}  # fmt: skip
WHOLE: Final = 250_000  # bytes of all texts of a form, which is three times as much where it is posted in Chinese
MOST_PEOPLE: Final = 300


class Person(NamedTuple):
    """One row: *family* holds a group's whole name, a family name with its particle; *given* also a suffix."""

    family: str = ""
    given: str = ""
    role: str = "author"

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed in it."""
        return not (self.family.strip() or self.given.strip())


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What is typed: the *kind* of work, the text of each field, the people in their order.

    A field that is not in *values*, and *people* that are None, are not part of the form, and stay as they are: what
    is too large to stand in one.
    """

    kind: str = "article-journal"
    values: Mapping[str, str] = field(default_factory=dict)
    people: tuple[Person, ...] | None = ()

    def text(self, name: str) -> str:
        """What is typed in the field *name*."""
        return self.values.get(name, "")

    def with_values(self, **values: str) -> "Form":
        """A copy with other texts."""
        return replace(self, values={**self.values, **values})

    def with_kind(self, kind: str) -> "Form":
        """A copy for another kind of work; what is typed stays."""
        return replace(self, kind=kind)

    def with_people(self, people: Iterable[Person]) -> "Form":
        """A copy with other people."""
        return replace(self, people=tuple(people))


def form_of(record: Record) -> Form:
    """*record* as a form; what is too large is not part of it."""
    values = {name: text_of(name, record) for name in EDITABLE if name != "type" and name not in PEOPLE}
    sizes = {name: len(text.encode("utf-8", "replace")) for name, text in values.items()}
    for name in sorted(sizes, key=lambda name: -sizes[name]):
        if sum(sizes[each] for each in values) > WHOLE:
            del values[name]
    people = rows_of(record)
    return Form(kind=kind_name(record), values=values, people=people if len(people) <= MOST_PEOPLE else None)


def kind_name(record: Record) -> str:
    """The kind of *record*; "cited" for a cited work."""
    return "cited" if record.type == "cited" else kind_of(record).name


def rows_of(record: Record) -> tuple[Person, ...]:
    """The people of *record*, role by role."""
    return tuple(person_of(name, role) for role in PEOPLE for name in getattr(record, role))


def person_of(name: Name, role: str) -> Person:
    """The row of a *name*."""
    given = ", ".join(filter(None, (name.given, name.suffix))) if not name.literal else ""
    return Person(name.surname, given, role)


def text_of(name: str, record: Record) -> str:
    """The field *name* of *record* as it is typed."""
    value = getattr(record, name)
    return _SHOWN.get(name, _plain)(value)


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def text_date(value: PartialDate | None) -> str:
    """A date as it is typed most shortly; seasons and spans in words, where these are read again; "" for none."""
    if value is None:
        return ""
    in_words = value.month > 12 or value.end is not None
    return value.display if in_words and PartialDate.parse(value.display) == value else str(value)


def _others(value: bool) -> str:
    return "yes" if value else ""


def _pairs(value: Iterable[tuple[str, str]]) -> str:
    return "\n".join(f"{scheme}: {text}" for scheme, text in value)


_SHOWN: Final[dict[str, Callable[[Any], str]]] = {
    **dict.fromkeys(LISTS, "\n".join),
    **dict.fromkeys(SHORT_LISTS, "; ".join),
    "language": lambda value: "; ".join(language_name(tag) or tag for tag in value),
    "identifiers": _pairs,
    "issued": text_date,
    "accessed": text_date,
    "others": _others,
}
EMPTY: Final = form_of(Record(type="article-journal"))
