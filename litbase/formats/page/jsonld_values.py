"""Values of JSON-LD objects: texts, dates, names, and objects that stand in for others by their "@id".

Source: JSON-LD 1.1 ("@value", "@list", "@id", one value or a list); schema.org's Person and Organization.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from litbase.formats.page.values import MOST, date_of, names_of
from litbase.record.dates import PartialDate
from litbase.record.names import SUFFIX, Name, parse_name
from litbase.record.text import squash

Thing = Mapping[str, Any]
MAX_DEPTH: Final = 8
"""How far references by "@id" and "isPartOf" are followed."""
_GROUPS: Final = frozenset(
    ("Organization", "NewsMediaOrganization", "CollegeOrUniversity", "EducationalOrganization",
     "GovernmentOrganization", "Corporation", "ResearchOrganization", "NGO", "LibrarySystem")
)  # fmt: skip


def texts(value: Any, squashed: bool = True) -> list[str]:
    """The texts in a value or list of values, also of {"@value": ...}; numbers are texts."""
    found = []
    for item in (value if isinstance(value, list) else [value])[:MOST]:
        if isinstance(item, dict):
            item = item.get("@value")
        if isinstance(item, str | int | float) and not isinstance(item, bool):
            text = squash(str(item)) if squashed else str(item).strip()
            found += [text] if text else []
    return found


def text(value: Any) -> str:
    """The first of `texts`; "" for none."""
    return next(iter(texts(value)), "")


def count(value: Any) -> int | None:
    """A whole number below 100,000; None for anything else."""
    found = text(value)
    return int(found) if re.fullmatch(r"\d{1,5}", found) else None


def date(thing: Thing) -> PartialDate | None:
    """When a work was published, else created, else the year of its copyright."""
    names = ("datePublished", "dateCreated", "copyrightYear", "startDate")
    return next(filter(None, (date_of(each) for name in names for each in texts(thing.get(name)))), None)


def kinds(thing: Thing) -> list[str]:
    """The types of an object without their namespace: "Periodical"."""
    return [re.split(r"[/#:]", name)[-1] for name in texts(thing.get("@type"))]


def title_of(thing: Thing) -> str:
    """Headline or name of an object, the name where the headline was cut (at 110 letters); "" without both."""
    headline, name = text(thing.get("headline")), text(thing.get("name"))
    return name if len(headline) > 100 and name.startswith(headline[:90]) else headline or name


class Graph:
    """The objects of a page that others refer to."""

    def __init__(self, things: Iterable[Thing]) -> None:
        """Knows *things* by their "@id"."""
        self._known = {str(thing["@id"]): thing for thing in things if "@id" in thing and len(thing) > 2}

    def things(self, value: Any) -> list[Any]:
        """The values of a property, references followed and lists opened."""
        items = value if isinstance(value, list) else [] if value is None else [value]
        if len(items) == 1 and isinstance(items[0], dict) and isinstance(items[0].get("@list"), list):
            items = items[0]["@list"]
        return [self._followed(item) for item in items[:MOST]]

    def objects(self, value: Any) -> list[Thing]:
        """Those of `things` that are objects."""
        return [item for item in self.things(value) if isinstance(item, dict)]

    def _followed(self, item: Any) -> Any:
        for _ in range(MAX_DEPTH):
            if not isinstance(item, dict) or set(item) - {"@id", "@type"} or str(item.get("@id")) not in self._known:
                break
            item = self._known[str(item["@id"])]
        return item

    def called(self, value: Any) -> list[str]:
        """The values of a property as texts, those of objects by their names."""
        found = [
            title_of(item) if isinstance(item, dict) and "@value" not in item else text(item)
            for item in self.things(value)
        ]
        return [each for each in found if each]

    def named(self, value: Any) -> tuple[Name, ...]:
        """People and groups: objects with names or parts of names, or texts that are no addresses."""
        found: list[Name] = []
        for item in self.things(value):
            if isinstance(item, dict):
                found += _name(item)
            elif isinstance(item, str) and "://" not in item:
                found += names_of([item])
        return tuple(dict.fromkeys(found))


def _name(item: Thing) -> tuple[Name, ...]:
    family, given = text(item.get("familyName")), text(item.get("givenName"))
    if family and given:
        middle, suffix = text(item.get("additionalName")), text(item.get("honorificSuffix"))
        given = f"{given} {middle}" if middle and len(middle) < 20 and middle not in given else given
        name = parse_name(", ".join(filter(None, (family, given, suffix if SUFFIX.match(suffix) else ""))))
        return (name if name and not name.literal else Name(family=family, given=given),)
    whole = text(item.get("name")) or family
    if _GROUPS.isdisjoint(kinds(item)):
        return names_of([whole])
    return (Name(literal=whole),) if whole else ()
