"""Where references begin in running text: at the names that lead up to a year, or behind a finished reference.

A reference begins where names, "Family, I.", lead up to a year or "forthcoming".  In styles that put the year last it
begins with names behind a full stop, when what stands before them has a year already.
"""

import re
from collections.abc import Iterator
from typing import Final

from litbase.record.names import is_group
from litbase.sources.references.marks import YEAR
from litbase.sources.references.names import LOWER, UPPER, people_at
from litbase.sources.references.words import PARTICLES, TOWNS, UNDATED

NEAREST: Final = 40  # characters; no reference is shorter
FARTHEST: Final = 3_000  # characters that names before a year may take
_FAMILY = rf"(?:[{UPPER}][\w’']{{0,30}}(?:[-‐][{UPPER}]?[\w’']{{1,30}}){{0,2}})"
_INITIALS = rf"[{UPPER}](?:[{LOWER}]|-[{UPPER}])?\.(?:[\s-]{{0,2}}[{UPPER}]\.?(?![\w’'])){{0,3}}"
_BARE_INITIALS = rf"[{UPPER}]{{1,3}}(?:-[{UPPER}])?(?![\w’'])(?!\.\w)"
_GIVEN = rf"[{UPPER}][{LOWER}’'-]{{1,20}}(?:\s[{UPPER}]\.?(?![\w’']))?"
_MIXED = rf"(?=\w{{0,20}}[{LOWER}]){_FAMILY}"
_PARTS = rf"(?:(?:{PARTICLES})\s){{0,2}}"
_PERSON = re.compile(
    rf"(?<![\w’'-]){_PARTS}(?:(?:{_FAMILY}\s)?{_FAMILY},\s?{_INITIALS}"
    rf"|(?:{_MIXED}\s)?{_MIXED}(?:,?\s{_BARE_INITIALS}|\s{_INITIALS}|,\s{_GIVEN}(?=[\s,;(.&]|$)))(?:,?\s(?:Jr|Sr|II|III)\b\.?)?"
    rf"|(?<![\w’'-]){_INITIALS}\s?{_PARTS}{_MIXED}(?=,|\s(?:and|&)\s|\s?\(|\.?$)"
)
_SPOKEN = re.compile(rf"(?:and|&|und)\s(?:{_INITIALS}\s?|{_GIVEN}\s){_PARTS}{_FAMILY}$")
_JOINT = re.compile(r"[,;]?\s?(?:and|&|und|et|y|with|…|\.\s?\.\s?\.)?\s?$")
_YEAR = re.compile(
    rf"[\[(]\s?(?:[A-Z][a-z]{{2,8}}\.?\s)?(?:{YEAR}[a-z]?(?:[,/–-][^()\[\]]{{0,30}})?|{UNDATED})\s?[\])]", re.I
)
_BARE_YEAR = re.compile(rf"(?<=[.,]\s)(?:{YEAR}[a-z]?|{UNDATED})(?=[.:,]\s)", re.I)
_GROUP_NAME = re.compile(
    rf"[{UPPER}][\w&’'/-]{{1,40}}(?:\s(?:[{UPPER}(][\w&’'/)-]{{0,40}}|of|for|and|the|on|in|to|&|de|la|du|für|und)){{0,12}}$"
)
_EDITORS_MARK = re.compile(r"\s?\(?(?:Eds?|Hrsg)\.?\)?[.,]?\s?$", re.I)
_ET_AL = re.compile(r",?\s?(?:et\sal\.?|and others|u\.\s?a\.)\s?,?\s?$", re.I)
_ENTRY_ENDS = re.compile(rf"(?:[.;)\]”\"?!]|\d|/\S{{0,80}}|\.pdf|\.html?)\s+(?=[{UPPER}])")
_PRESS = re.compile(
    r"\b(?:Press|Publish(?:ers|ing)|Publications?|Routledge|Sage|SAGE|Springer|Wiley|Blackwell|Palgrave|Macmillan|"
    r"Elsevier|Verlag|Books|Waxmann|Corwin|Erlbaum|Kluwer|Jossey-Bass|Bloomsbury|Brill|Pearson|Norton|Penguin|Emerald|"
    r"Continuum|Teachers College|OECD|UNESCO|University|Beltz|VS|Klinkhardt|Suhrkamp|Falmer|McGraw|Heinemann|Harper)\b"
)
_FINISHED = re.compile(rf"(?:[.)\]”\"]|\d|/\S{{2,80}}|\.pdf|\.html?)\s+(?=(?:(?:{PARTICLES})\s)?[{UPPER}—–_-])")
_LAST_YEAR = re.compile(rf"(?<!\d){YEAR}(?!\d)")
_DITTO = re.compile(r"[—–_-]{3}|—(?=[\s.,])")
_GROUP_HEAD = re.compile(
    rf"((?:[{UPPER}][\w’'.-]{{1,30}}|of|for|and|the|on|in|&)(?:\s(?:[{UPPER}][\w’'-]{{1,30}}|of|for|and|the|on|in|&)){{0,9}})\.\s[{UPPER}“\"‘]"
)
_QUOTED = re.compile(r"\s?[.,:]?\s?[“\"‘«„]")


def dated_starts(line: str) -> Iterator[int]:
    """Where references begin in *line*: where the names that lead up to a year begin, in order."""
    years = sorted([*_YEAR.finditer(line), *_BARE_YEAR.finditer(line)], key=lambda found: found.start())
    done = 0
    for year in years:
        if year.start() < done:
            continue
        since = max(done, year.start() - FARTHEST)
        start = _names_up_to(line, since, year.start())
        if start is None:
            start = _authors_start(line, since, year.start(), bare=year.re is _BARE_YEAR)
        if start is not None:
            yield start
        done = year.end()


def _names_up_to(line: str, since: int, until: int) -> int | None:
    """Where, at the beginning or behind a finished reference, names begin that go up to the year at *until*."""
    places = [found.end() for found in _FINISHED.finditer(line, since, until)]
    for place in ([0, *places] if since == 0 else places)[-NEAREST:]:
        people = people_at(line, place)
        if people and people.stop <= until and not _EDITORS_MARK.sub("", line[people.stop : until]).strip(" .,"):
            return place
    return None


def _authors_start(line: str, since: int, until: int, bare: bool) -> int | None:
    """Where the authors before the year at *until* begin; None when no names lead up to it."""
    before = line[since:until].rstrip(" .,")
    before = _EDITORS_MARK.sub("", _ET_AL.sub("", before))
    end = len(before.rstrip(" ,."))
    start = None
    if spoken := _SPOKEN.search(before, max(0, end - 80), end):  # "Brown, Chris, and Cindy Poortman"
        start = end = spoken.end() - len(re.sub(r"^(?:and|&|und)\s", "", spoken[0]))
    for person in reversed(list(_PERSON.finditer(before))):
        if person.end() > end + 1 and start is not None:
            continue
        gap = before[person.end() : end]
        if not _JOINT.match(gap) or (start is not None and not gap.strip()) or (start is None and gap.strip(" ,.&")):
            break
        start = end = person.start()
    if start is not None and (not spoken or end < spoken.start()):
        # "Teachers College Press Wenger, E.": the end of the reference before it has no full stop
        shorter = re.match(rf"[{UPPER}][\w’'-]+\s(?={_MIXED})", before[start:])
        ends = shorter and (_PRESS.match(shorter[0]) or re.search(r"\w\s$", before[:start]))
        return since + start + (len(shorter[0]) if shorter and ends else 0)
    return None if bare else _group_start(before, since)


def _group_start(before: str, since: int) -> int | None:
    """Where a group's name at the end of *before* begins ("... July, 2016 OECD"); None when there is none."""
    tail = before[-160:].rstrip(" ,.")
    offset = since + len(before) - len(before[-160:])
    places = [0] if len(before) <= 160 else []
    places += [found.end() for found in _ENTRY_ENDS.finditer(tail)]
    for place in places:
        if tail[place:] and _GROUP_NAME.match(tail[place:]) and not tail[place:].startswith(("In ", "The ", "Vol")):
            return offset + place
    return None


def undated_starts(text: str) -> list[int]:
    """Where references begin in *text* that have their year last: 0 when names are there, then names behind an end.

    The stretch before each start has a year, and so has the one behind it.
    """
    if not people_at(text, 0) and not _DITTO.match(text) and not _group_opens(text, 0):
        return []
    starts = [0]
    for found in _FINISHED.finditer(text):
        place = found.end()
        if place - starts[-1] < NEAREST or not _LAST_YEAR.search(text, starts[-1], place):
            continue
        if _DITTO.match(text, place) or names_open(text, place) or _group_opens(text, place):
            starts.append(place)
    while len(starts) > 1 and not _LAST_YEAR.search(text, starts[-1]):
        starts.pop()
    return starts


def _group_opens(text: str, place: int) -> bool:
    """Whether a group's name and a full stop stand at *place*, and a title behind them."""
    head = _GROUP_HEAD.match(text, place)
    return head is not None and is_group(head[1]) and not _PRESS.search(head[1])


def names_open(text: str, place: int) -> bool:
    """Whether names at *place* open a reference: inverted or in initials, or before a quotation, and a title behind."""
    people = people_at(text[place : place + 800])
    if people is None or re.search(r"\b(?:[Ii]n:?|[Bb]y|[Ee]ds?\.|[Tt]rans\.|[Dd]ir\.|and|&)\s*$", text[:place][-12:]):
        return False
    name = text[place + people.spans[0][0] : place + people.spans[0][1]]
    behind = text[place + people.stop : place + people.stop + 60]
    town = name.partition(",")[0].lower() in TOWNS or re.search(r",\s[A-Z]{2}$", name)
    if town and re.match(r"\s?[:,;]", behind):  # "Cambridge, MA: MIT Press"
        return False
    if behind.strip(" .,:;") and not re.match(r"\s?[.,:;]?\s\s?\S", behind) and not _QUOTED.match(behind):
        return False
    return "," in name or bool(re.search(rf"(?:^|\s)[{UPPER}]{{1,3}}(?:\.|$)", name)) or bool(_QUOTED.match(behind))
