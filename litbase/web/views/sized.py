"""A record cut to what a page can carry; the whole of it is in its JSON and its files."""

from dataclasses import dataclass
from typing import Any, Final

from litbase.record.record import Record, field_help, replace, stated
from litbase.web.views import told

VALUES: Final = 200  # of one field: a paper of particle physics has three thousand authors
CHARACTERS: Final = 200_000  # of one text


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What of one field the page does not show."""

    label: str = told("The field")
    count: int = told("How many values or characters more there are")
    characters: bool = told("Whether it counts characters")


def page_sized(record: Record) -> tuple[Record, tuple[LeftOut, ...]]:
    """*record* with its first 200 values and 200,000 characters of each field, and what that leaves out."""
    labels = {name: label for name, label, _, _ in field_help()}
    changes: dict[str, Any] = {}
    left = []
    for name, value in stated(record).items():
        most = CHARACTERS if isinstance(value, str) else VALUES
        if isinstance(value, str | tuple) and len(value) > most and name != "marks":
            changes[name] = value[:most]
            left.append(LeftOut(labels[name], len(value) - most, isinstance(value, str)))
    return (replace(record, **changes) if changes else record), tuple(left)
