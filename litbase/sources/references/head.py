"""What stands before the title of a reference: names, groups, or the dash for the names of the reference before."""

import re
from typing import Final

from litbase.sources.references.marks import Part
from litbase.sources.references.names import EDITORS_AHEAD, People, people_at
from litbase.sources.references.roles import is_translators
from litbase.sources.references.text import (
    DARK,
    DATE,
    PAIRS,
    ROLE,
    SMALL,
    WORD,
    Text,
    names_group,
    plain_words,
    skip,
    stops,
)

LONGEST: Final = 400  # characters in which names that are no people's must end
_DITTO = re.compile(r"\s*[*•-]?\s?(?P<x>[—–―_-]{2,})\s?(?=[.,;:\s(])")
_TEAM = re.compile(r"(?:the\s)?(?:[\w+-]+\s){1,4}[Cc]ollaborations?(?=\s?[,.:(])", re.I)
_MORE_PEOPLE = re.compile(r"\s?[,;]\s(?:and\s|&\s)?")
_UP_TO_MARK = re.compile(r"[^\x00“\"«„《「]{3,600}(?=[\x00“\"«„《「])")
_BEHIND_TITLE = re.compile(r"[A-ZÜ]\w+\.?(?:\s(?:by|von|par|de|di|por))?$")
_MAKERS = re.compile(r"\W*(?:[Dd]ir(?:ector)?s?\b|[Pp]rod|[Ww]rit|[Pp]erf|[Nn]arr)")
_SENTENCE_WORD = re.compile(r":|\b(?:a|an|in|with|from|to|on)\b")
_AMONG_NAMES: Final = frozenset("al others eds ed hrsg a kol with".split())
_ARTICLES: Final = frozenset("The Their Les Le La Der Die Das Los El Gli Il An Une Un Ein Eine On In".split())
_OPENING_ARTICLES: Final = frozenset("The A An Der Die Das Le La Les El Los".split())


def head(whole: Text, place: int) -> tuple[int, list[Part]]:
    """(where the next part may begin, the names before it): a title instead where that stands first."""
    text = whole.text
    if ditto := _DITTO.match(text, place):
        return ditto.end(), [Part("ditto", *ditto.span("x"))]
    place = skip(whole.dark, place)
    if place >= len(text) or text[place] in PAIRS:
        return place, []
    if team := _TEAM.match(text, place):
        return team.end(), [Part("author", place, team.end())]
    people = people_at(text, place)
    if longer := _up_to_mark(whole, place, people):
        return longer, [Part("author", place, longer)]
    year = whole.mark_at(people.stop, DATE) if people else None
    group = None if year else _group(whole, place)
    if group and (people is None or _is_rather_group(text, place, people.stop, group)):
        return group, [Part("title" if _is_title(whole, place, group) else "author", place, group)]
    if people is None or _is_title_before_role(whole, people.stop):
        return place, []
    return _with_roles(whole, place, people)


def _with_roles(whole: Text, place: int, people: People) -> tuple[int, list[Part]]:
    """The names at *place*, as editors when they are marked so, and with those of a second role behind them."""
    text = whole.text
    mark = whole.mark_at(people.stop, ROLE)
    ahead = None if mark else EDITORS_AHEAD.match(text, people.stop)
    end = mark.stop if mark else ahead.end() if ahead else people.stop
    what = text[mark.start : mark.stop] if mark else ahead[0] if ahead else ""
    if not what or is_translators(what):
        return people.stop, [Part("author", place, people.stop)]
    label = "author" if _MAKERS.match(what) else "editor"
    joint = _MORE_PEOPLE.match(text, end)
    more = people_at(text, joint.end()) if joint else None
    second = whole.mark_at(more.stop, ROLE) if more else None
    if more and second:  # "Roe, A. (Producer), & Poe, E. (Director)."
        return second.stop, [Part(label, place, more.stop)]
    return end, [Part(label, place, people.stop)]


def _up_to_mark(whole: Text, place: int, people: People | None) -> int | None:
    """Where names end that are not known to their end: at a quotation or a year, when all before is like names."""
    ahead = _UP_TO_MARK.match(whole.dark, place)
    known = people.stop if people else place
    if ahead is None or ahead.end() <= known + 3 or (people and people.others):
        return None
    between = whole.dark[known : ahead.end()].rstrip(" (,.:")
    words = WORD.findall(between)
    plain = [w for w in words if w[:1].islower() and w not in SMALL | _AMONG_NAMES]
    if not words or plain or re.search(r"[\d:]", between) or not _ARTICLES.isdisjoint(words) or any(stops(between)):
        return None
    if whole.dark[ahead.end()] != DARK:
        return ahead.end() if len(words) < (20 if people else 12) else None
    date = whole.mark_at(ahead.end(), DATE, "")
    if date is None or len(whole.text) - date.stop < 20 or re.search(r"[–-]", whole.text[date.start : date.stop]):
        return None
    return ahead.end() if len(words) < (12 if people else 5) else None


def _is_title_before_role(whole: Text, place: int) -> bool:
    """Whether "Edited by", "Trans." and the like stand at *place*, so that what was before is a title."""
    role = whole.mark_at(place, ROLE)
    return role is not None and _BEHIND_TITLE.match(whole.text[role.start : role.stop]) is not None


def _is_title(whole: Text, place: int, stop: int) -> bool:
    """Whether what stands where names do is a title: it has small words or a role behind it, and no group's word."""
    text = whole.text[place:stop]
    words = text.split()
    small = [word for word in plain_words(text) if word in words]
    like_one = len(words) > 2 and (words[0] in _OPENING_ARTICLES or len(small) > 1)
    return _is_title_before_role(whole, stop) or (like_one and not names_group(text))


def _is_rather_group(text: str, place: int, people: int, group: int) -> bool:
    """Whether what looks like people's names is a group's: "Health and Retirement Study"."""
    return names_group(text[place:group]) and not re.search(r"[.,]", text[place:people])


def _group(whole: Text, place: int) -> int | None:
    """Where names that are no people's end: before a year in brackets, or a group's or single name before a stop."""
    text = whole.dark[place : place + LONGEST]
    ends = list(stops(text))
    if year := re.search(r"\s?[(\[]\x00+[)\]]", text):
        before = text[: year.start()].rstrip(" .,")
        sure = whole.mark_at(place + year.start(), DATE) and DARK not in before and len(before.split()) < 20
        if before and sure and not any(end < len(before) - 1 for end in ends[1:]):
            return place + len(before)
    first = text[: ends[0]].rstrip(" .,;:") if ends else ""
    if not first or re.search('[\x00“”"«»‘]', first) or len(first.split()) > 14:
        return None
    alone = len(first.split()) == 1 and len(ends) > 1 and len(first) > 2 and first[:1].isupper()
    titled = re.search(r"\w+\s\w+", text[ends[0] :])
    if alone or (names_group(first) and titled and not _SENTENCE_WORD.search(first)):
        return place + len(first)
    return None
