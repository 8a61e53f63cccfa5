"""People in other roles than the author: before "(ed.)", behind "edited by", inside "(A. Roe, Trans.)"."""

import re

from litbase.sources.references.marks import Part
from litbase.sources.references.names import UPPER, people_at
from litbase.sources.references.text import Text, skip

_TRANSLATORS = re.compile(r"\W*(?:[Tt]ran|[Tt]rad|[Üü]ber|[Vv]ert)")
_NAME = rf"[{UPPER}][\w’'-]+"
_NAMED_BEFORE = re.compile(rf"[{UPPER}]\.?(?:\s{_NAME})?,?\s?$")
_BEGINNINGS = re.compile(r"(?:^|(?<=[.,;:(\"”’»])\s|\s[Ii]n:?\s)")


def is_translators(role: str) -> bool:
    """Whether a role is a translator's."""
    return _TRANSLATORS.match(role) is not None


def people_of(whole: Text, role: Part, since: int) -> Part | None:
    """The people that *role* says something of, not before *since*, as "editor" or "translator"; None for nobody."""
    text = whole.text
    what = text[role.start : role.stop]
    inside = people_at(text, role.start)
    if inside and inside.stop < role.stop:
        return _part(text[inside.stop : role.stop], role.start, inside.stop)
    named_before = re.match(r"[Ee]ds?\.", what) and _NAMED_BEFORE.search(text[since : role.start])
    start = skip(text, role.stop)
    if not named_before and not re.match(r"[(\[,]", what) and (behind := people_at(text, start)):
        return _part(what, start, behind.stop)
    for found in _BEGINNINGS.finditer(text[since : role.start]):
        start = since + found.end()
        before = people_at(text, start)
        if before and before.stop <= role.start and not re.search(r"\w", text[before.stop : role.start]):
            return _part(what, start, before.stop)
    return None


def _part(role: str, start: int, stop: int) -> Part:
    """The people of *role*; who directed a film is its author."""
    label = "translator" if is_translators(role) else "author" if re.match(r"Dir\.", role) else "editor"
    return Part(label, start, stop)
