"""Editing: a recorded human decision about one field, from the text a person types."""

import difflib
from collections.abc import Callable, Iterable
from typing import Any

from litbase.errors import InvalidRecord
from litbase.library import Library
from litbase.record.dates import PartialDate
from litbase.record.kinds import BY_NAME as KINDS
from litbase.record.kinds import CSL_TYPES
from litbase.record.names import Name, parse_name
from litbase.record.record import FIELD_NAMES, Record, default_of, replace
from litbase.record.text import clean
from litbase.store.values import Outcome
from litbase.vocabulary.tidy import tidy

NOT_EDITABLE = frozenset({"v", "id", "collection", "references", "marks", "inferred", "extra"})
EDITABLE = tuple(name for name in FIELD_NAMES if name not in NOT_EDITABLE)
_NAMES = frozenset({"author", "editor", "translator", "chair", "discussant"})
_DATES = frozenset({"issued", "accessed"})
_YES_NO = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}


def parse_assignments(texts: Iterable[str]) -> dict[str, Any]:
    """{field: value} of "field=value" texts; "field=" clears (None); values of a list are separated by ";".

    Raises InvalidRecord naming what was expected: an unknown field, a value of the wrong shape.
    """
    changes: dict[str, Any] = {}
    for text in texts:
        name, sign, value = text.partition("=")
        name = name.strip().replace("-", "_")
        if not sign:
            raise InvalidRecord(f"expected field=value, found {text!r}")
        if name not in EDITABLE:
            near = difflib.get_close_matches(name, EDITABLE, 3)
            hint = f"; did you mean {' or '.join(near)}?" if near else f"; the fields are {', '.join(EDITABLE)}"
            raise InvalidRecord(f"there is no field {name!r} to edit{hint}")
        value = clean(value).strip()
        changes[name] = parse_value(name, value) if value else None
    return changes


def parse_value(name: str, text: str) -> Any:
    """The value of field *name* that *text* stands for.  Raises InvalidRecord when it has the wrong shape."""
    if name == "type":
        return _type(text)
    if name in _NAMES:
        return tuple(filter(None, map(_name, text.split(";"))))
    if name in _DATES:
        return _expect(name, text, PartialDate.parse, "a date such as 2019, 2019-08 or 25 February 2016")
    if name == "number_of_pages":
        return _expect(name, text, lambda t: int(t) if t.isdigit() else None, "a number of pages")
    if isinstance(default_of(name), bool) or name == "peer_reviewed":
        return _expect(name, text.lower(), _YES_NO.get, "yes or no")
    if name == "identifiers":
        return tuple(_expect(name, part.strip(), _pair, "scheme:value") for part in text.split(";") if part.strip())
    if isinstance(default_of(name), tuple):
        return tuple(part.strip() for part in text.split(";") if part.strip())
    return text


def _expect(name: str, text: str, read: Callable[[str], Any], wanted: str) -> Any:
    value = read(text)
    if value is None:
        raise InvalidRecord(f"{name}: expected {wanted}, found {text!r}")
    return value


def _type(text: str) -> str:
    if text in CSL_TYPES:
        return text
    for kind in KINDS.values():
        if text.casefold() in (kind.name, kind.label.casefold()):
            return kind.csl
    raise InvalidRecord(f"type: expected one of {', '.join(sorted(CSL_TYPES))}, found {text!r}")


def _name(text: str) -> Name | None:
    text = text.strip()
    return Name(literal=text[1:-1]) if text.startswith("{") and text.endswith("}") else parse_name(text)


def _pair(text: str) -> tuple[str, str] | None:
    scheme, colon, value = text.partition(":")
    return (scheme.strip(), value.strip()) if colon and scheme.strip() and value.strip() else None


def edit(
    library: Library,
    id: str,
    changes: dict[str, Any],
    *,
    who: str,
    why: str = "",
    version: int | None = None,
    run: int = 0,
) -> Outcome:
    """Record a decision on each field of *changes* (None clears it), as a part of *run* where one is given.

    Identifiers, pages and languages are put in their normal form first.  Raises NotFound, Conflict when *version* is no
    longer the stored one, and InvalidRecord.
    """
    return library.store.edit(id, tidied(changes), who=who, why=why, version=version, run=run)


def tidied(changes: dict[str, Any]) -> dict[str, Any]:
    """*changes* with identifiers, pages and languages in their normal form."""
    given = {name: value for name, value in changes.items() if value is not None}
    tidied, _ = tidy(replace(Record(), **given))
    return changes | {name: getattr(tidied, name) for name in given if getattr(tidied, name) != default_of(name)}
