"""The people and bodies of a VuFind record: comma lists with roles, dates of life and MARC's full stops.

Source: VuFind's author lines, "Last, First (Role, Role), Last, First", whose roles go through its language files.
"""

import re
from collections.abc import Mapping, Sequence

from litbase.record.names import Name, is_group, parse_names
from litbase.record.text import fold, squash
from litbase.sources import vufind_labels as words

_DATES_OF_LIFE = re.compile(
    r",?\s?\(?\b(?:\d{4}\s?-\s?(?:\d{4})?|(?:born|b\.|geb\.|gest\.|d\.|active)\s\d{4})\)?(?=$|[\s,;(])"
)
_MARC_STOP = re.compile(r"(?<=[^\W\d_]{3})\.(?=,|$)")  # "Wu, Amy."; not that of "Jr."
_ROLE = re.compile(r"([^()]*)(?:\(([^()]*)\))?")


def read_people(
    rows: Mapping[str, Sequence[str]], plural: bool
) -> tuple[dict[str, tuple[Name, ...]], list[tuple[str, str]]]:
    """Authors, editors and translators in the lines of *rows*, and the roles that have no field, as further fields.

    *plural* says that a line of corporate authors holds several, parted by commas.
    """
    extra: list[tuple[str, str]] = []
    found: dict[str, list[Name]] = {"author": [], "editor": [], "translator": []}
    for name in ("author", "corporate", "others"):
        for value in rows.get(name, ()):
            for text, roles in _with_roles(value, name == "corporate"):
                names = _corporate(text, plural) if name == "corporate" else _personal(text)
                known = next((words.ROLES[role] for role in map(_role, roles) if role in words.ROLES), "")
                if roles and not known:
                    extra += [("vufind:role", f"{person}: {', '.join(roles)}") for person in names[-1:]]
                    known = "" if any(_role(role) in words.NO_AUTHORS for role in roles) else "author"
                # a role stands behind its own name, not those before it
                for person in names[:-1] if roles else names:
                    _take(found["author"], person)
                for person in names[-1:] if known and roles else ():
                    _take(found[known], person)
    return {key: tuple(names) for key, names in found.items() if names}, extra


def _take(names: list[Name], name: Name) -> None:
    if name not in names:
        names.append(name)


def _role(text: str) -> str:
    return fold(text).strip(" .:[]")


def _with_roles(value: str, corporate: bool) -> list[tuple[str, list[str]]]:
    """The names of a line cut behind each bracket of roles: "A, B (Editor), C, D" gives "A, B" and "C, D".

    What stands in brackets behind a body is most often part of its name: "Conference (2005 : Athens)".
    """
    value = value if corporate else _DATES_OF_LIFE.sub("", value)
    pieces: list[tuple[str, list[str]]] = []
    pending = ""
    for text, inside in _ROLE.findall(value):
        pending += text
        roles = [part.strip() for part in re.split(r"[,;/]", inside) if part.strip()]
        known = any(_role(role) in words.ROLES or _role(role) in words.NO_AUTHORS for role in roles)
        if corporate and inside and not known:
            pending += f"({inside})"
            continue
        if inside and not known and _is_fuller_name(inside, pending):
            continue  # "Brown, C. (Chris)": initials spelled out
        if inside:
            pieces.append((pending.strip(" ,;"), roles))
            pending = ""
    pieces.append((pending.strip(" ,;"), []))
    return [(_MARC_STOP.sub("", text), roles) for text, roles in pieces if text]


def _is_fuller_name(inside: str, before: str) -> bool:
    initials = re.findall(r"\b([A-Z])\.", before.rsplit(",", 1)[-1])
    return bool(initials) and inside[:1] == initials[0]


def _personal(text: str) -> tuple[Name, ...]:
    if ";" in text:
        return tuple(name for part in text.split(";") for name in _personal(part))
    if is_group(text) and "," not in text:
        return (Name(literal=text),)
    return parse_names(text)


def _corporate(text: str, plural: bool) -> tuple[Name, ...]:
    parts = text.split(", ") if plural else [text]
    return tuple(Name(literal=squash(part)) for part in parts if part.strip())
