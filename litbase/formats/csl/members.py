"""The members of a CSL-JSON item: taken out one by one as texts, and what is left as `extra` holds it.

Source: the values that CSL-JSON, Crossref and hand-made files give: texts, numbers, lists of them, and objects.
"""

import json
from collections.abc import Iterator
from typing import Any, Final

from litbase.formats.csl.dates import read_date
from litbase.formats.csl.names import ROLES, listed, read_people
from litbase.formats.emphasis import decoded, read
from litbase.record.record import Mark
from litbase.record.text import clean, squash

OTHER_DATES: Final = frozenset("submitted event-date original-date available-date container".split())


class Taken:
    """The members of an item; what is asked for is taken out, and the rest is left for `extra`."""

    def __init__(self, item: dict[str, Any]):
        self.item = dict(item)
        self.marks: list[Mark] = []
        self.said: list[tuple[str, str]] = []  # what goes into `extra` of members that were understood

    def member(self, name: str) -> Any:
        """The value of a member, taken out; None when it is not there."""
        return self.item.pop(name, None)

    def text(self, field: str, *names: str, paragraphs: bool = False) -> str:
        """The text of the first of *names* that holds some, its emphasis noted for *field*; of a list the first."""
        for name in names:
            for given in strings(self.item.get(name)) if name in self.item else ():
                text, marks = read(given, field, paragraphs)
                if text:
                    self._keep_others(name, given)
                    self.marks += marks
                    return text
        return ""

    def _keep_others(self, name: str, given: str) -> None:
        others = [text for text in strings(self.member(name)) if text != given]
        if others:
            self.said.append((f"csl:{name}", "; ".join(map(squash, others))))

    def rest(self) -> Iterator[tuple[str, str]]:
        """What nobody asked for, as `extra` holds it."""
        for name, value in self.item.items():
            if text := plain(name, value):
                yield f"csl:{name}", text


def plain(name: str, value: Any) -> str:
    """The value of a CSL member as one text: names in order, dates in EDTF, lists joined, anything else as JSON."""
    if name in ROLES:
        return listed(read_people(value).names)
    if name in OTHER_DATES and isinstance(value, dict):
        date, rest = read_date(value)
        return str(date) if date and not rest else _json(value)
    match value:
        case str():
            return clean(decoded(value)).strip()
        case bool():
            return str(value).lower()
        case int() | float():
            return str(value)
        case list() if all(isinstance(part, (str, int)) for part in value):
            return "; ".join(squash(str(part)) for part in value if str(part).strip())
    return _json(value) if value else ""


def _json(value: Any) -> str:
    return clean(json.dumps(value, ensure_ascii=False, separators=(",", ":"))) if value != [[]] else ""


def strings(value: Any) -> list[str]:
    """The texts of a member that is a text, a number or a list of them; objects have their `name` or `value`."""
    match value:
        case str():
            return [value] if value.strip() else []
        case bool() | None:
            return []
        case int() | float():
            return [str(value)]
        case list():
            return [text for part in value if not isinstance(part, list) for text in strings(part)]
        case dict():
            named = value.get("name", value.get("value", value.get("literal")))
            return strings(named) if isinstance(named, (str, int)) else []
    return []
