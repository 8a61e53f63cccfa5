"""A record cut to what a page can carry; the whole of it is in its JSON and its files."""

from collections import Counter
from dataclasses import dataclass
from typing import Any, Final

from litbase.record.names import Name
from litbase.record.record import Mark, Record, Reference, field_help, replace, stated
from litbase.web.views import told

VALUES: Final = 200  # of one field: a paper of particle physics has three thousand authors
CHARACTERS: Final = 200_000  # of one text
VALUE: Final = 10_000  # characters of one of several values, and of a text that stands in one line
TEXTS: Final = frozenset({"abstract", "contribution", "method", "outcomes", "body"})
MARKS: Final = 1_000  # pieces of emphasis in one field
LABELS: Final = {name: label for name, label, _, _ in field_help()}


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What of one field the page does not show."""

    label: str = told("The field")
    count: int = told("How many values or characters more there are")
    characters: bool = told("Whether it counts characters")


def page_sized(record: Record) -> tuple[Record, tuple[LeftOut, ...]]:
    """*record* with its first 200 values and 200,000 characters of each field, and what that leaves out."""
    changes: dict[str, Any] = {}
    left = []
    for name, value in stated(record).items():
        if name == "marks":
            if len(value) > MARKS:
                changes[name] = _first_marks(value)
        elif isinstance(value, str):
            most = CHARACTERS if name in TEXTS else VALUE
            if len(value) > most:
                changes[name] = value[:most]
                left.append(LeftOut(LABELS[name], len(value) - most, True))
        elif isinstance(value, tuple):
            kept = tuple(map(_short, value[:VALUES]))
            if kept != value:
                changes[name] = kept
            if len(value) > VALUES:
                left.append(LeftOut(LABELS[name], len(value) - VALUES, False))
    return (replace(record, **changes) if changes else record), tuple(left)


def first_and_last(names: tuple[Name, ...]) -> tuple[Name, ...]:
    """At most 200 of *names*, the last among them, each of a length that a page can carry."""
    few = names if len(names) <= VALUES else (*names[: VALUES - 1], names[-1])
    return tuple(map(_short, few))


def _short(value: Any) -> Any:
    """*value*, one of several, with its first 10,000 characters."""
    match value:
        case str():
            return value if len(value) <= VALUE else value[: VALUE - 1] + "…"
        case tuple():
            return tuple(map(_short, value))
        case Name() if any(len(getattr(value, part)) > VALUE for part in ("family", "given", "literal")):
            return Name(literal=_short(value.display))
        case Reference(text) if len(text) > VALUE:
            return Reference(_short(text))
    return value


def _first_marks(marks: tuple[Mark, ...]) -> tuple[Mark, ...]:
    """The first 1,000 of each field."""
    seen: Counter[str] = Counter()
    kept = []
    for mark in marks:
        seen[mark.field] += 1
        if seen[mark.field] <= MARKS:
            kept.append(mark)
    return tuple(kept)
