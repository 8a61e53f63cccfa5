"""Names of CSL-JSON, both ways: parts, literals, single fields, Crossref's groups and names written as text.

Sources: the CSL-JSON schema 1.0.2 (particles, suffix, literal); Crossref's `name`, `sequence` and `affiliation`;
Zotero, which keeps a dropping particle behind the given name ("Alexander von" Humboldt) and quotes a family name
that must not be cut.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final, NamedTuple

from litbase.formats.plain import one_line
from litbase.record.names import OTHERS, PARTICLE, Name, is_group, parse_name
from litbase.record.text import clean, squash

PARTS: Final = frozenset(
    "family given literal name suffix dropping-particle non-dropping-particle comma-suffix static-ordering "
    "parse-names isInstitution multi sequence prefix initials".split()
)
"""Members of a name that go into it, or say only how to print it or in which order it came."""
ROLES: Final = frozenset(
    "author editor translator chair collection-editor compiler composer container-author contributor curator director "
    "editorial-director executive-producer guest host illustrator interviewer narrator organizer original-author "
    "performer producer recipient reviewed-author script-writer series-creator editortranslator".split()
)
_DROPPING: Final = re.compile(
    r"(?P<given>.*\S)\s+(?P<particle>(?:von|van|de|del|della|di|da|dos|du|d['’]|af|av|zu)(?: (?:la|der|den|dem|zu))?)"
)


class People(NamedTuple):
    """Names in order, whether more are left out, and what a name cannot hold as (member, text)."""

    names: tuple[Name, ...] = ()
    others: bool = False
    rest: tuple[tuple[str, str], ...] = ()


def read_people(value: Any) -> People:
    """The people and groups in the value of a CSL name variable: a list, one name, or text.

    >>> [str(name) for name in read_people([{"family": "van Gogh", "given": "Vincent"}, {"name": "OECD"}]).names]
    ['van Gogh, Vincent', 'OECD']
    """
    if not value:
        return People()
    given = value if isinstance(value, list) else [value]
    names: list[Name] = []
    rest: list[tuple[str, str]] = []
    others = False
    for item in given:
        if isinstance(item, str):
            name, more = _spoken(item)
        elif isinstance(item, dict):
            name, more = _parts(item)
            rest += _unnamed(item, name)
        else:
            continue
        others |= more
        if name:
            names.append(name)
    return People(tuple(names), others, tuple(rest))


def _spoken(text: str) -> tuple[Name | None, bool]:
    text = squash(text)
    if OTHERS.match(text):
        return None, True
    return parse_name(text), False


def _parts(item: dict[str, Any]) -> tuple[Name | None, bool]:
    """The name in the parts of *item*, and whether it is none but "et al."."""
    family, given, suffix, particle, dropping, literal = (
        _text(item.get(part))
        for part in ("family", "given", "suffix", "non-dropping-particle", "dropping-particle", "literal")
    )
    literal = literal or _text(item.get("name"))
    if literal and not family:
        return (None, True) if OTHERS.match(literal) else (Name(literal=literal), False)
    if not family:
        return (Name(literal=given) if given else None), False
    given = f"{given} {dropping}".strip()
    if not given and OTHERS.match(family):
        return None, True
    if item.get("isInstitution") in (True, "true") or (not (given or suffix) and _is_group(item, family)):
        return Name(literal=f"{particle} {family}".strip()), False
    if len(family) > 2 and family[0] == family[-1] == '"':  # Zotero: not to be cut
        family = family[1:-1]
    elif not particle and (found := PARTICLE.match(family)):
        particle, family = found["particle"].strip(), found["family"]
    return Name(family=family, given=given, particle=particle, suffix=suffix), False


def _is_group(item: dict[str, Any], family: str) -> bool:
    """Whether a name of one part is a group's: it says so by its words, or by a given name that is there and empty."""
    return "given" in item or " " in family or is_group(family)


def _text(value: Any) -> str:
    return squash(clean(value)) if isinstance(value, str) else str(value) if isinstance(value, int) else ""


def _unnamed(item: dict[str, Any], name: Name | None) -> Iterator[tuple[str, str]]:
    """What *item* says beyond the name itself: an ORCID, affiliations; each with the name it belongs to."""
    for member, value in item.items():
        if member in PARTS or not name:
            continue
        if text := "; ".join(_said(value)):
            yield member, f"{name}: {text}"


def _said(value: Any) -> list[str]:
    """Every text in *value*; of an object its name, where it has one."""
    match value:
        case str():
            return [text] if (text := squash(value)) else []
        case list():
            return [text for part in value[:50] for text in (_said(part) if not isinstance(part, list) else ())]
        case dict():
            return _said(value.get("name") or value.get("id")) if not isinstance(value.get("name"), dict) else []
        case bool() | None:
            return []
    return [str(value)]


def write_name(name: Name) -> dict[str, str]:
    """The CSL name of *name*; a group, and a name of one part, is a literal."""
    if name.literal or not name.family:
        return {"literal": one_line(str(name))} if one_line(str(name)) else {}
    given, dropping = one_line(name.given), ""
    if found := _DROPPING.fullmatch(given):
        given, dropping = found["given"], found["particle"]
    parts = {
        "family": one_line(name.family),
        "given": given,
        "dropping-particle": dropping,
        "non-dropping-particle": one_line(name.particle),
        "suffix": one_line(name.suffix),
    }
    return {part: value for part, value in parts.items() if value}


def listed(names: Iterable[Name]) -> str:
    """Names on one line as `extra` holds them, "Family, Given; A Group"."""
    return "; ".join(str(name).replace(";", ",") for name in names)


def unlisted(text: str) -> list[dict[str, str]]:
    """The CSL names of a line that `listed` made; what has no comma is a literal."""
    found = []
    for part in text.split(";"):
        family, _, given = part.strip().partition(", ")
        name = Name(family=family, given=given) if given else Name(literal=family)
        if written := write_name(name):
            found.append(written)
    return found
