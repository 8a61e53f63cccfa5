"""Names as lines with tags give them: "Family, Given", groups, initials after the family name.

Sources: the RIS specification (a name without a comma is a group); EndNote's comma
behind a group; MEDLINE's "Raaij MJ"; what IEEE, Embase and TRID write.
"""

import re
from collections.abc import Iterable, Sequence

from litbase.formats.tags.values import decoded
from litbase.record.names import OTHERS, Name, is_group, parse_name
from litbase.record.text import squash

_ROLE = re.compile(r"\s?\((?:eds?|hrsg|comps?|trans|translators?|editors?)\.?\)$", re.I)
_ADDRESS = re.compile(r"\s?[(<\[][^()<>\[\]]{0,100}@[^()<>\[\]]{0,100}[)>\]]")
_INITIALS = re.compile(r"(?:[A-ZÀ-ÞА-Я]\.?-?){1,4}")
_LEADING_INITIAL = re.compile(r"(?:[A-ZÀ-ÞА-Я]\.-?){1,4}|[A-ZÀ-ÞА-Я]")
_SHORT_INITIALS = re.compile(r"[A-ZÀ-ÞА-Я]{1,2}|(?:[A-ZÀ-ÞА-Я]\.-?){1,4}")
_BARE_INITIALS = re.compile(r"[A-ZÀ-ÞА-Я]{1,4}")
_JUNIOR = re.compile(r"(?:Jr|Sr|I{2,3}|IV|2nd|3rd|4th)\.?")
_JUNIOR_LAST = re.compile(r"(?<=,)(?P<given>[^,]+?)\s(?P<suffix>(?:Jr|Sr|I{2,3}|IV|2nd|3rd|4th)\.?)\s*$")


def people(values: Iterable[str], *, spoken: bool = False) -> tuple[tuple[Name, ...], bool]:
    """The people and groups of *values*, each one name or several with semicolons, and whether others were left out.

    *spoken*: names without a comma are "Given Family"; else they are groups, as RIS and EndNote have it, unless they
    have initials.

    >>> [n.surname for n in people(["Smith, John", "Fanning E.", "A. Author-One", "Teach Plus"])[0]]
    ['Smith', 'Fanning', 'Author-One', 'Teach Plus']
    """
    names: list[Name] = []
    others = False
    for value in values:
        for one in re.split(r"[;\n]", decoded(value)):
            text = _ROLE.sub("", _ADDRESS.sub("", squash(one)))
            if OTHERS.match(text.strip(" ,.")) or text.strip() in ("...", "…"):
                others = True
            elif name := _person(text, spoken):
                names.append(name)
    return tuple(names), others


def _person(text: str, spoken: bool) -> Name | None:
    if text.endswith(","):  # EndNote: "World Health Organization,"
        text = text.rstrip(" ,")
        return Name(literal=text) if text else None
    words = text.split()
    if "," in text or len(words) < 2:
        return parse_name(text)
    if is_group(text):
        return Name(literal=text)
    if _LEADING_INITIAL.fullmatch(words[0]):  # IEEE: "A. Author-One"
        return parse_name(text)
    return family_first(text) or (parse_name(text) if spoken else Name(literal=text))


def family_first(text: str) -> Name | None:
    """The name in "van Raaij MJ", "Fanning E." or "Long VW Jr", family before initials; None for any other."""
    words = text.split()
    suffix = words.pop() if len(words) > 2 and _JUNIOR.fullmatch(words[-1]) else ""
    if len(words) < 2:
        return None
    shouting = words[0].isupper() and len(words[0]) > 1
    if not (_SHORT_INITIALS if shouting else _INITIALS).fullmatch(words[-1]):
        return None
    return parse_name(f"{' '.join(words[:-1])}, {words[-1]}" + (f", {suffix}" if suffix else ""))


def medline_people(full: Sequence[str], short: Sequence[str]) -> tuple[tuple[Name, ...], bool]:
    """The people of MEDLINE's full names, else of its short ones, and whether others were left out.

    A full name is "Long, Vicky W Jr", a short one "Long VW Jr", whose initials get their points; a group has no comma,
    or one behind it.

    >>> [str(name) for name in medline_people(["Long, Vicky W Jr", "Trial Group,"], [])[0]]
    ['Long, Vicky W, Jr', 'Trial Group']
    """
    names, others = people(_JUNIOR_LAST.sub(r"\g<given>, \g<suffix>", value) for value in full)
    if names:
        return names, others
    names, others = people(short)
    return tuple(map(_pointed, names)), others


def _pointed(name: Name) -> Name:
    if not _BARE_INITIALS.fullmatch(name.given):
        return name
    given = " ".join(f"{letter}." for letter in name.given)
    return Name(family=name.family, given=given, particle=name.particle, suffix=name.suffix)


def speak(values: Iterable[str]) -> bool:
    """Whether a whole file writes names as they are spoken: none of them has a comma, and several have a blank."""
    values = list(values)
    return len(values) > 2 and not any("," in value for value in values) and any(" " in value for value in values)
