"""Operations: what a bulk edit does to each record, from what a person says to the values that each gets.

Every one is a pure change of one field; what it says is read and checked before any record is looked at.
"""

import re
from dataclasses import dataclass
from typing import Any, Final

from litbase.errors import BadInput
from litbase.library.editing import EDITABLE, parse_value, tidied
from litbase.record.record import Record, default_of
from litbase.record.text import clean, squash

ACTIONS: Final = ("set", "clear", "add", "remove", "rename", "replace", "release", "mend")
LONGEST: Final = 20_000  # characters of a value
_OWN: Final = frozenset({"citation_key", "doi", "eric", "identifiers"})  # no two records share one
LISTS: Final = tuple(name for name in EDITABLE if default_of(name) == () and name != "identifiers")
TEXTS: Final = tuple(name for name in EDITABLE if default_of(name) == "" and name != "citation_key")
_PEOPLE: Final = frozenset({"author", "editor", "translator", "chair", "discussant"})
_EVERY: Final = tuple(name for name in EDITABLE if name != "citation_key")
FIELDS: Final[dict[str, tuple[str, ...]]] = {
    "set": tuple(name for name in EDITABLE if name not in _OWN),
    "clear": tuple(name for name in _EVERY if name != "type"),
    "add": LISTS,
    "remove": LISTS,
    "rename": (*LISTS, *(name for name in TEXTS if name not in _OWN)),
    "replace": (*TEXTS, *(name for name in LISTS if name not in _PEOPLE)),
    "release": _EVERY,
}
"""The fields each action can be used on; mending takes a code in place of one."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One change of one *field*, as `operation` has checked it.

    *value* is what to set, the values to add or remove, or what is there now; *new* takes its place.  *said* and
    *instead* are both as they were typed.
    """

    action: str
    field: str
    value: Any = None
    new: Any = None
    whole_words: bool = False
    said: str = ""
    instead: str = ""


def operation(action: str, field: str, said: str = "", instead: str = "", whole_words: bool = False) -> Operation:
    """The operation that a form or a command says.

    Lists are separated by semicolons.  Raises BadInput for an unknown action, a field it is not for, or a value that is
    missing or too long, and InvalidRecord for one of the wrong form.
    """
    if action not in FIELDS:
        raise BadInput(f"There is no action {_shown(action)}; there are {', '.join(FIELDS)}.")
    field = field.strip().replace("-", "_")
    if field not in FIELDS[action]:
        raise BadInput(
            f"{_shown(field)} is no field to {action} in many records; there are {', '.join(FIELDS[action])}."
        )
    if max(len(said), len(instead)) > LONGEST:
        raise BadInput(f"A value can have {LONGEST:,} characters here.")
    given, new = clean(said), clean(instead)
    if action in ("clear", "release"):
        return Operation(action, field)
    if action == "replace":
        if not given.strip():
            raise BadInput("Say which text is to be replaced.")
        return Operation(action, field, given, new, whole_words, given, new)
    if not given.strip() or (action == "rename" and not new.strip()):
        raise BadInput(
            "Say which value is meant." if action != "rename" else "Say both names, the old one and the new."
        )
    value = _value(field, given)
    if action == "rename":
        return Operation(action, field, _one(field, value), _one(field, _value(field, new)), False, given, new)
    return Operation(action, field, value, None, False, given)


def _shown(field: str) -> str:
    return repr(squash(field)[:60])


def _value(field: str, text: str) -> Any:
    value = tidied({field: parse_value(field, text.strip())})[field]
    if value is None or value == ():
        raise BadInput(f"{field}: {text[:60]!r} holds no value.")
    return value


def _one(field: str, value: Any) -> Any:
    if not isinstance(value, tuple):
        return value
    if len(value) != 1:
        raise BadInput("One value is renamed into one other at a time.")
    return value[0]


def changes_of(record: Record, operation: Operation) -> dict[str, Any]:
    """The fields of *record* that *operation* changes, with their new values, None for nothing; {} for none.

    A descriptor that goes, or has another name now, does so among the major ones too.  What a release or a mending
    changes is for others to say.

    >>> changes_of(Record(keywords=("a", "b")), operation("remove", "keywords", "b; c"))
    {'keywords': ('a',)}
    """
    if operation.action in ("release", "mend"):
        return {}
    before = getattr(record, operation.field)
    after = _after(operation, before)
    changes = {operation.field: after} if after != before else {}
    if operation.action == "replace":
        changes = tidied(changes)
    if operation.field == "descriptors" and changes:
        changes |= _major(record, operation, changes["descriptors"] or ())
    default = {field: default_of(field) for field in changes}
    return {
        field: None if value == default[field] else value
        for field, value in changes.items()
        if (default[field] if value is None else value) != getattr(record, field)
    }


def _major(record: Record, operation: Operation, descriptors: tuple[str, ...]) -> dict[str, Any]:
    had = record.major_descriptors
    moved = _after(operation, had) if operation.action in ("remove", "rename", "replace") else had
    kept = tuple(name for name in moved if name in descriptors or (name in had and name not in record.descriptors))
    return {"major_descriptors": kept} if kept != had else {}


def _after(operation: Operation, before: Any) -> Any:
    value, new = operation.value, operation.new
    match operation.action:
        case "set":
            return value
        case "clear":
            return default_of(operation.field)
        case "add":
            return tuple(dict.fromkeys((*before, *value)))
        case "remove":
            return tuple(item for item in before if item not in value)
        case "rename" if isinstance(before, tuple):
            return tuple(dict.fromkeys(new if item == value else item for item in before))
        case "rename":
            return new if before == value else before
    if isinstance(before, tuple):
        items = (_replaced(operation, item) if isinstance(item, str) else item for item in before)
        return tuple(dict.fromkeys(item for item in items if item))
    return _replaced(operation, before)


def _replaced(operation: Operation, text: str) -> str:
    """*text* with the new words wherever the old ones stand; whole ones where no letter or digit touches them."""
    if operation.value not in text:
        return text
    if not operation.whole_words:
        return text.replace(operation.value, operation.new)
    return re.sub(rf"(?<!\w){re.escape(operation.value)}(?!\w)", lambda _: operation.new, text)
