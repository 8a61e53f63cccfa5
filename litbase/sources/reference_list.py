"""Lists of references in running text: cut into single references, each read as far as plain rules go.

Rules from the seeds' own list (one paragraph of eight works, Harvard with variations), APA 7 and Chicago author-date.
A reference begins where names, "Family, I.", lead up to a year or "forthcoming"; nothing is ever completed by guessing.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final

from litbase.record.dates import PartialDate
from litbase.record.names import Name, is_group, parse_name
from litbase.record.notices import Notice, notice
from litbase.record.record import Record, Reference
from litbase.record.text import squash
from litbase.sources.reference_parts import PRESS, fields_of

MAX_TEXT: Final = 400_000
MAX_ENTRY: Final = 4_000
MAX_REFERENCES: Final = 2_000
UNDATED: Final = r"forthcoming|in press|in preparation|in prep\.?|submitted|under review|accepted|n\.\s?d\."

_PARTICLES = r"(?:(?:[VvDd]an|[Vv]on|[Dd][eiua]|[Dd]e[rnl]|[Dd]os|[Ll][ae]|[Tt]e[nr]|[Zz]u|[AaEe]l|[Aa][fv])\s){0,3}"
_FAMILY = r"(?:[A-ZÀ-ÖØ-ÞŁŚŠŽČ][\w’']{0,30}(?:[-‐][A-ZÀ-ÖØ-Þ]?[\w’']{1,30}){0,2})"
_INITIALS = r"[A-ZÀ-ÖØ-ÞŁŚŠŽČ](?:[a-z]|-[A-Z])?\.(?:[\s-]{0,2}[A-ZÀ-ÖØ-ÞŁŚŠŽČ]\.?(?![\w’'])){0,3}"
_BARE_INITIALS = r"[A-ZÀ-ÖØ-Þ]{1,3}(?:-[A-ZÀ-ÖØ-Þ])?(?![\w’'])(?!\.\w)"
_GIVEN = r"[A-ZÀ-ÖØ-ÞŁŚŠŽČ][a-zß-ÿ’'-]{1,20}(?:\s[A-Z]\.?(?![\w’']))?"
_UPPER = "[A-ZÀ-ÖØ-ÞŁŚŠŽČ]"
_MIXED = rf"(?=\w{{0,20}}[a-zß-ÿ]){_FAMILY}"
_PERSON = re.compile(
    rf"(?<![\w’'-]){_PARTICLES}(?:(?:{_FAMILY}\s)?{_FAMILY},\s?{_INITIALS}"
    rf"|(?:{_MIXED}\s)?{_MIXED}(?:,?\s{_BARE_INITIALS}|,\s{_GIVEN}(?=[\s,;(.&]|$)))(?:,?\s(?:Jr|Sr|II|III)\b\.?)?"
    rf"|(?<![\w’'-]){_INITIALS}\s?{_PARTICLES}{_MIXED}(?=,|\s(?:and|&)\s|\s?\(|\.?$)"
)
_SPOKEN = re.compile(rf"(?:and|&|und)\s(?:{_INITIALS}\s?|{_GIVEN}\s){_PARTICLES}{_FAMILY}$")
_JOINT = re.compile(r"[,;]?\s?(?:and|&|und|et|y|with|…|\.\s?\.\s?\.)?\s?$")
_YEAR = re.compile(
    rf"[\[(]\s?(?:[A-Z][a-z]{{2,8}}\.?\s)?((?:1[5-9]|20)\d\d[a-z]?(?:[,/–-][^()\[\]]{{0,30}})?|{UNDATED})\s?[\])]", re.I
)
_BARE_YEAR = re.compile(rf"(?<=[.,]\s)((?:1[5-9]|20)\d\d[a-z]?|{UNDATED})(?=[.:,]\s)", re.I)
_GROUP_NAME = re.compile(
    r"[A-ZÀ-Þ][\w&’'/-]{0,40}(?:\s(?:[A-ZÀ-Þ(][\w&’'/)-]{0,40}|of|for|and|the|on|in|to|&|de|la|du|für|und)){0,12}$"
)
_EDITORS_MARK = re.compile(r"\s?\(?(?:Eds?|Hrsg)\.?\)?[.,]?\s?$", re.I)
_ET_AL = re.compile(r",?\s?(?:et\sal\.?|and others|u\.\s?a\.)\s?,?\s?$", re.I)
_ENTRY_ENDS = re.compile(r"(?:[.;)\]”\"?!]|\d|/\S{0,80}|\.pdf|\.html?)\s+(?=[A-ZÀ-Þ])")
_NUMBERED = re.compile(r"(?:^|(?<=\s))\[(\d{1,3})\]\s+")
_BULLET = re.compile(r"^(?:[-–•*·▪]|\d{1,3}[.)])\s+")
_ENDS = re.compile(r"[.)\]”\"?!>]$|/\S+$|\d$")
_CONTINUES = re.compile(r"^(?:https?:|www\.|doi\b|available|retrieved|accessed|pp?\.|in[:\s]|[a-zà-ÿ(,;&])")


def read_references(lines: Iterable[str]) -> tuple[Reference, ...]:
    """The references in *lines* (a run-on paragraph, one reference a line, or numbered), in order, each read.

    Only the first MAX_TEXT characters and MAX_REFERENCES entries are cut; the rest is one last entry as written.
    """
    return tuple(parse_reference(text) for text in split_references(lines))


def split_references(lines: Iterable[str]) -> tuple[str, ...]:
    """The single references in *lines*, as written but for line breaks; () when there is no text.

    >>> split_references(["Doe, J. (2001). One. Roe, R. & Poe, E. (2002) Two, (London, Acme)."])
    ('Doe, J. (2001). One.', 'Roe, R. & Poe, E. (2002) Two, (London, Acme).')
    """
    entries: list[str] = []
    rest: list[str] = []
    size = 0
    for line in filter(None, map(squash, lines)):
        size += len(line)
        if size > MAX_TEXT or len(entries) > MAX_REFERENCES:
            rest.append(line)
            continue
        bare = _BULLET.sub("", line)
        pieces = list(_pieces(bare))
        begins = bare != line or next(_starts(bare), None) == 0
        last = entries[-1][-200:] if entries and len(entries[-1]) < MAX_ENTRY else ""
        if last and pieces and not begins and (_CONTINUES.match(line) or not _ENDS.search(last)):
            entries[-1] = f"{entries[-1]} {pieces.pop(0)}"
        entries += pieces
    return (*entries, " ".join(rest)) if rest else tuple(entries)


def _pieces(line: str) -> Iterator[str]:
    starts = [found.start() for found in _NUMBERED.finditer(line)]
    if len(starts) < 2:
        starts = list(_starts(line))
    for start, end in zip([0, *(s for s in starts if s)], [*(s for s in starts if s), len(line)], strict=True):
        if piece := _NUMBERED.sub("", line[start:end], count=1).strip():
            yield piece


def _starts(line: str) -> Iterator[int]:
    """Where references begin in *line*: where the names that lead up to a year begin."""
    years = sorted([*_YEAR.finditer(line), *_BARE_YEAR.finditer(line)], key=lambda found: found.start())
    done = 0
    for year in years:
        if year.start() < done:
            continue
        start = _authors_start(line, max(done, year.start() - 3000), year.start(), bare=year.re is _BARE_YEAR)
        if start is not None:
            yield start
        done = year.end()


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
        shorter = re.match(rf"{_UPPER}[\w’'-]+\s(?={_MIXED})", before[start:])
        ends = shorter and (PRESS.match(shorter[0]) or re.search(r"\w\s$", before[:start]))
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


# --- one reference


def parse_reference(text: str) -> Reference:
    """*text* with what is understood of it; `parsed` is None when neither names nor a title were found.

    Notices: reference-untitled, reference-forthcoming.
    """
    text = squash(text)
    found = _dated(text[:4000])
    if found is None:
        return Reference(text)
    head, date, rest = found
    notices: list[Notice] = []
    issued = PartialDate.parse(date[:4] if not date[4:].lstrip(", ") else _spelled(date))
    if issued is None and not date.lower().startswith("n"):
        notices.append(notice("reference-forthcoming", "issued"))
    editors = bool(_EDITORS_MARK.search(head))
    names, others = _names(_EDITORS_MARK.sub("", head))
    fields = fields_of(rest)
    people = {"editor" if editors else "author": names, "others": others} if names else {}
    if not fields.get("title"):
        notices.append(notice("reference-untitled", "title"))
    if not names and not fields.get("title"):
        return Reference(text, None, tuple(notices))
    return Reference(text, Record(**{**fields, **people, "issued": issued}), tuple(notices))


def _dated(text: str) -> tuple[str, str, str] | None:
    """(names, year, rest) of a reference; None when it has no year between names and title."""
    year, bare = _YEAR.search(text), _BARE_YEAR.search(text)
    if bare and (year is None or bare.start() < year.start()) and _names(text[: bare.start()])[0][:1] != ():
        year = bare if not _names(text[: bare.start()])[0][0].literal else year
    if year and year.start() < 1500 and text[: year.start()].strip():
        return text[: year.start()].strip(), year[1], text[year.end() :]
    return None


def _spelled(date: str) -> str:
    """The date of "2016, May 3" and "2004a" in the order dates are read in."""
    year, rest = date[:4], re.sub(r"^[a-z]\b", "", date[4:]).strip(" ,")
    if not re.match(r"[A-Z]", rest):
        return year
    return f"{rest}, {year}" if re.search(r"\d", rest) else f"{rest} {year}"


def _names(head: str) -> tuple[tuple[Name, ...], bool]:
    """The people of a reference, and whether "et al." says there are more."""
    others = bool(_ET_AL.search(head))
    head = _ET_AL.sub("", head).strip(" ,.;") + "."
    people = [found.span() for found in _PERSON.finditer(head)]
    if people and (spoken := _SPOKEN.search(head, max(0, len(head) - 81), len(head) - 1)):
        people = [span for span in people if span[1] <= spoken.start()]
        people.append((spoken.start() + re.match(r"\S+\s", spoken[0]).end(), spoken.end()))  # type: ignore[union-attr]
    gaps = [head[a[1] : b[0]] for a, b in pairwise(people)]
    whole = people and people[0][0] == 0 and not head[people[-1][1] :].strip(" .,;:")
    if whole and all(_JOINT.match(gap) for gap in gaps) and not is_group(head):
        return tuple(filter(None, (_person(head[start:stop]) for start, stop in people))), others
    literal = head.strip(" ,.;")
    return ((Name(literal=literal),) if literal else ()), others


def _person(text: str) -> Name | None:
    text = squash(text)
    if "," not in text and re.search(r"\s[A-Z]{1,3}$", text):  # "Smith JP": initials without a comma
        family, initials = text.rsplit(" ", 1)
        text = f"{family}, {' '.join(f'{letter}.' for letter in initials)}"
    return parse_name(text)
