"""Lists of names as references print them: where a list ends, and the people in it.

Five ways of writing one name, "Roe, A. B.", "Roe, Ann B.", "Roe AB", "A. B. Roe" and "Ann B. Roe"; a list keeps to the
way of its first name but for the names behind it, which may be spoken ("Roe, Ann, and Edgar Poe").
"""

import re
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from litbase.record.names import Name, is_group, parse_name
from litbase.record.text import squash
from litbase.sources.references.words import EDITORS, LED_BY_EDITORS, LED_BY_TRANSLATORS, PARTICLES

MAX_NAMES: Final = 400
_LATIN = [chr(code) for code in (*range(0x41, 0x5B), *range(0xC0, 0x250), *range(0x386, 0x3CF), *range(0x400, 0x460))]
UPPER: Final = "".join(letter for letter in _LATIN if letter.isupper())
LOWER: Final = "a-z" + "".join(letter for letter in _LATIN if letter.islower())
_PART = rf"(?:(?:{PARTICLES})\s){{0,2}}"
_WORD = (
    rf"(?!(?:Jr|Sr|III?|IV)\b)(?:[dDlLO][’'`])?[{UPPER}][{LOWER}{UPPER}’'`]{{1,30}}"
    rf"(?:[-‐‑–]\s?[{UPPER}{LOWER}][{LOWER}{UPPER}’']{{1,30}}){{0,2}}"
)
_MIXED = rf"(?=[{UPPER}’'`dlL-]{{1,31}}[{LOWER}]){_WORD}"
_INITIAL = rf"(?:[{UPPER}]|Y[aeou]|J[ue]|[CKPSTZ]h|Ts|Fr)"
_DOTTED = rf"{_INITIAL}\.(?:\s?[-‐‑]?\s?{_INITIAL}\.){{0,4}}(?=[\s,;:.&()\[\]“”\"'‘’*]|$|[{UPPER}])"
_BARE = rf"[{UPPER}]{{1,3}}(?:[-‐‑][{UPPER}]{{1,2}})?(?![\w’'])(?!\.\w)"
_LOOSE = rf"[{UPPER}](?:\.?[\s-]?[{UPPER}](?![\w’'])){{0,3}}"
_INITIALS = rf"(?:{_LOOSE}(?=\s?[,;])|{_DOTTED}|{_LOOSE}(?:\.|(?![\w’'])))"
_GIVEN = rf"[{UPPER}][{LOWER}’']{{1,20}}(?:[-‐‑][{UPPER}{LOWER}][{LOWER}]{{1,20}})?"
_GIVENS = (
    rf"(?:(?:{_GIVEN})(?:\s{_GIVEN}){{0,2}}(?:\s[{UPPER}](?:\.|(?![\w’']))(?:\s?[{UPPER}]\.){{0,2}})?"
    rf"|[{UPPER}]\.\s{_GIVEN}(?=[,;]|\s(?:and|&)))"
)
_SUFFIX = r"(?:,?\s(?:Jr|Sr|II|III|IV)\b\.?)?"
_BEHIND = rf"(?:,?\s(?:{PARTICLES})(?=[,.;&]|\s[(&]))?"  # "Berg, J. van den"
_NOT_NAMES = (
    r"(?!(?:The|An?|On|In|Of|And|For|From|Der|Die|Das|Ein|Eine|Les?|La|El|Los|Las|Une?|Gli|New|Vol|No|Proc|Univ|How|"
    r"Why|What|To|At|By|See|This|Journal|University|Retrieved|Available|Dept|Department|Pp?)\b)"
)
_NOT_NAMES_WITH_INITIALS = _NOT_NAMES.replace("Les?|La|El|Los|Las|", "")
_FORMS: Final[dict[str, re.Pattern[str]]] = {
    name: re.compile(pattern)
    for name, pattern in {
        "Roe, A. B.": (
            rf"{_NOT_NAMES_WITH_INITIALS}{_PART}{_WORD}(?:\s{_PART}{_WORD}){{0,2}}{_SUFFIX},\s?{_INITIALS}"
            rf"(?:\s{_GIVEN}(?=,?\s(?:and|&)\s))?{_BEHIND}{_SUFFIX}"
        ),
        "Roe, Ann B.": (
            rf"{_NOT_NAMES}{_PART}{_WORD}(?:\s{_PART}{_WORD}){{0,2}}{_SUFFIX},\s{_GIVENS}{_BEHIND}{_SUFFIX}"
        ),
        "Roe AB": (
            rf"{_NOT_NAMES}{_PART}(?:{_MIXED}(?:\s{_MIXED})?\s(?:{_DOTTED}|{_BARE})"
            rf"|{_WORD}\s(?:{_DOTTED}|[{UPPER}](?:\s[{UPPER}]){{1,2}}(?=[,.]|\s(?:and|&)|$))){_SUFFIX}"
        ),
        "ROE (A.)": (
            rf"{_PART}{_WORD}(?:\s{_WORD})?\s\((?:{_DOTTED}|[{UPPER}][{LOWER}]{{0,2}}\.(?:[\s-]?[{UPPER}]\.)*)\)"
        ),
        "ROE Ann": rf"{_PART}[{UPPER}’'-]{{2,30}}(?:\s[{UPPER}’'-]{{2,30}}){{0,2}},?\s{_GIVENS}",
        "A. B. Roe": (
            rf"(?:{_DOTTED}|(?!A\s){_LOOSE}(?=\s))\s?(?:{_GIVEN}\s(?={_PART}{_WORD}))?{_PART}{_WORD}"
            rf"(?:\s(?:(?:{PARTICLES})\s)?{_WORD}(?=[,.;:&(]|\s(?:and|&|[({{])))?{_SUFFIX}"
        ),
        "Ann B. Roe": rf"{_NOT_NAMES}{_GIVENS}\s{_PART}{_WORD}{_SUFFIX}",
    }.items()
}
# The ways that may follow the way of the first name; those in brackets only behind "and".
_NEXT: Final[dict[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "Roe, A. B.": (("Roe, A. B.", "A. B. Roe", "Roe AB"), ("Ann B. Roe",)),
    "Roe, Ann B.": (("Roe, A. B.", "A. B. Roe", "Ann B. Roe", "Roe, Ann B."), ()),
    "Roe AB": (("Roe AB", "Roe, A. B."), ("A. B. Roe",)),
    "ROE (A.)": (("ROE (A.)",), ()),
    "ROE Ann": (("ROE Ann", "Ann B. Roe"), ()),
    "A. B. Roe": (("A. B. Roe",), ("Ann B. Roe",)),
    "Ann B. Roe": (("A. B. Roe", "Ann B. Roe"), ()),
}
_FULL: Final = frozenset({"Roe, Ann B.", "Ann B. Roe"})
_ET_AL = re.compile(
    r"\s?[,;]?\s?(?:&\s)?\[?\b(?:et\.?\s?al(?:ii|\.|\b)|and\sothers|and\scolleagues|u\.\s?a\.|et\scoll\b\.?|y\sotros|e\soutros|e\saltri|en\sanderen)\]?",
    re.I,
)
_JOINT = re.compile(
    r"\s?[*†‡]{0,2}(?:(?:,{1,2}|;|/)\s?)?(?:(?P<and>and|&|und|et|y|e|en|with|og|och|…|\.\s?\.\s?\.|i)\s)?\s?[*†‡]?(?:the\s(?=[A-Z]))?"
)
_ENDS = re.compile(
    r"\s?(?:$|[.,;:/(\[“”\"‘«„—–]|['’]|-\s|\d|in\b|eds?\b|hrsg|hg\b|dir\b|trans|coord|org|red\b|and\b|&|et\b|\*)", re.I
)
EDITORS_AHEAD: Final = re.compile(
    rf"\s?[,.]?\s?[\[(]?\s?(?:{EDITORS})(?![\w’'])\.?\s?(?:and\strans\.?\s?)?[\])]?[.,:]?", re.I
)
_LEADS = re.compile(
    rf"^(?:[\W_]*\b(?:in|dans|en|em|im|by|von|par|por)\b:?\s|[\W_]*\b(?:{LED_BY_EDITORS}|{LED_BY_TRANSLATORS}|(?:eds?|trans(?:l)?|with)\b\.?|(?:trad|dir|übers|perf)\.)\s?:?)+",
    re.I,
)
_TAILS = re.compile(
    rf"[\s,;(\[]{{0,6}}(?<![\w’'])(?:{EDITORS}|trans(?:l|lators?)?|trad|übers)\b\.?[\s)\].,:;]{{0,6}}$", re.I
)
_SPACED = re.compile(  # "Teh Y W"
    rf"(?:[{UPPER}][^\W\d_]{{1,40}}+[’'-]?\s){{1,3}}[{UPPER}](?:\s?[-‐‑]?[{UPPER}]){{0,2}}"
)


class People(NamedTuple):
    """A list of names in a text: the place of each, where the list ends, and whether "et al." says there are more."""

    spans: tuple[tuple[int, int], ...]
    stop: int
    others: bool


def people_at(text: str, start: int = 0) -> People | None:
    """The list of names that begins at *start*; None when what stands there is written in none of the known ways.

    >>> people_at("Roe, A., & Poe, E. (2001). Rooms.").stop
    18
    """
    best: People | None = None
    for form in _FORMS:
        found = _list(text, start, form)
        if found and (best is None or found.stop > best.stop):
            best = found
    return best


def _list(text: str, start: int, form: str) -> People | None:
    first = _one(text, start, (form,))
    if first is None:
        return None
    always, after_and = _NEXT[form]
    spans, place, joined = [first], first[1], False
    while len(spans) < MAX_NAMES:
        if et_al := _ET_AL.match(text, place):
            return People(tuple(spans), et_al.end(), True)
        joint = _JOINT.match(text, place)
        if joint is None or not joint[0].strip():
            break
        following = _one(text, joint.end(), always + after_and if joint["and"] else always)
        loose = not joint["and"] and ";" not in joint[0]
        if following and loose and _two_titles(text[following[0] : following[1]]):
            following = _one(text, joint.end(), tuple(way for way in always if way != "Roe, Ann B."))
        if following is None:
            break
        spans.append(following)
        place, joined = following[1], joined or bool(joint["and"])
    if form == "ROE Ann" and all(_title_like(form, text[start:stop]) for start, stop in spans):
        return None
    if form in _FULL and not joined and len(spans) > 1:
        spans = _without_title(text, spans)
    return People(tuple(spans), spans[-1][1], False)


def _two_titles(name: str) -> bool:
    """Whether "Homo Academicus, Peter" is no "Family, Given" of a list that commas join."""
    family, comma, given = name.partition(", ")
    return bool(comma) and len(family.split()) > 1 and family[:1].isupper() and len(given.split()[0].strip(".")) > 1


def _without_title(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """*spans* up to what is a title like a name: "James Gleick, Chaos: Making", "Bourdieu, Pierre, Homo Academicus"."""
    kept = spans[:1]
    for start, stop in spans[1:]:
        if "," in text[start:stop]:
            kept.append((start, stop))
            continue
        begins = re.match(r"[^\W\d_]+", text[start:stop])
        if begins and len(begins[0]) > 1 and begins[0] not in given_names():
            break
        kept.append((start, stop))
    return kept


@cache
def given_names() -> frozenset[str]:
    """Given names that are often met with, as they are written."""
    return frozenset(Path(__file__).with_name("given_names.txt").read_text("utf-8").split())


def _one(text: str, place: int, forms: tuple[str, ...]) -> tuple[int, int] | None:
    """The name at *place* in one of *forms*, when something that may follow a name does."""
    best: tuple[int, int] | None = None
    for form in forms:
        found = _FORMS[form].match(text, place)
        if (
            found is None
            or (best and found.end() <= best[1])
            or (form == "Roe, Ann B." and _title_like(form, found[0]))
        ):
            continue
        end = found.end()
        if text[end - 1] == "." or _ENDS.match(text, end) or _ET_AL.match(text, end):
            best = found.span()
    return best


def _title_like(form: str, name: str) -> bool:
    """Whether a title begins in what looks like a name: "James Gleick, Chaos", "CIA World Factbook"."""
    known = given_names()
    if form == "ROE Ann":
        return re.split(r"[\s,]+", re.sub(rf"^(?:[{UPPER}’'-]{{2,}}[,\s]+)+", "", name))[0].strip(".") not in known
    if form != "Roe, Ann B.":
        return False
    family, _, given = name.partition(",")
    first, *more = family.split()
    return bool(more) and not first[:1].islower() and (first in known or given.split()[0].strip(".") not in known)


def names_in(text: str) -> tuple[tuple[Name, ...], bool]:
    """The people in *text*, all of it a list of names, and whether it says that there are more.

    What is written in none of the known ways is one literal name, as a group's is; no word is lost.

    >>> [str(name) for name in names_in("In K. Moe & A. van Roe (Eds.),")[0]]
    ['Moe, K.', 'van Roe, A.']
    """
    text = squash(text)
    text = _TAILS.sub("", _LEADS.sub("", text)).strip(" ,;:&*")
    others = False
    if et_al := _ET_AL.search(text):
        others, text = True, text[: et_al.start()] + text[et_al.end() :]
    names: list[Name] = []
    place = 0
    while place < len(text) and len(names) < MAX_NAMES:
        gap = _JOINT.match(text, place)
        place = gap.end() if gap else place
        found = None if is_group(text[place:]) and not names else people_at(text, place)
        if found is None or found.stop <= place:
            break
        names += filter(None, (_name(text[a:b]) for a, b in found.spans))
        place = found.stop
        others = others or found.others
    rest = text[place:].strip(" ,.;:&*()[]")
    if re.search(r"\w", rest):
        names += _loose(rest)
    return tuple(names), others


def _loose(text: str) -> list[Name]:
    """Names in none of the ways: parts at semicolons and "and", each a name of its own, or one group."""
    pieces = [piece.strip(" ,") for piece in re.split(r"\s?;\s?|,?\s(?:and|&|und|et|y)\s", text)]
    parted = [piece.strip() for several in pieces for piece in several.split(",")]
    if all(map(_SPACED.fullmatch, parted)):
        pieces = parted
    alone = any(len(piece.split()) == 1 for piece in pieces)
    if ";" not in text and (alone or is_group(text)):
        return [Name(literal=text)]
    return list(filter(None, map(_name, pieces)))


def _name(text: str) -> Name | None:
    text = squash(text).strip(" ,;*†‡")
    vancouver = re.fullmatch(
        rf"(.*?\S)\s((?:[{UPPER}]\s){{1,2}}[{UPPER}]|[{UPPER}]{{1,3}}(?:[-‐‑][{UPPER}]{{1,2}})?|{_DOTTED})", text
    )
    if "," not in text and vancouver and not re.match(rf"[{UPPER}]\.", text):
        letters = re.findall(rf"[-‐‑]?[{UPPER}][{LOWER}]?", vancouver[2])
        given = " ".join(f"{letter}." for letter in letters).replace(" -", "-")
        return parse_name(f"{vancouver[1]}, {given}")
    return parse_name(text)
