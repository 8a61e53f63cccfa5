"""What stands behind the title of a reference: journal or host, people in other roles, publisher and place."""

import re
from collections.abc import Generator, Iterator
from typing import Final

from litbase.sources.references.imprint import COMMA, imprint
from litbase.sources.references.marks import Part
from litbase.sources.references.names import UPPER, people_at
from litbase.sources.references.roles import people_of
from litbase.sources.references.text import (
    LEAD_IN,
    PLACE,
    ROLE,
    Text,
    is_corporate,
    is_published,
    quotation_end,
    sentences,
    skip,
    stops,
)
from litbase.sources.references.title import HOST_WORDS
from litbase.sources.references.words import COUNTRIES, MEETINGS, PAPERS, PERIODICALS, TOWNS

_HOST_ENDS = re.compile(
    rf"(?<=[^\s.,;:(\[\x00])[.,;:]?\s*(?=\x00|[(\[](?![A-Z][\w’'-]{{1,12}}(?:\s\d+)?\)))|,\s(?=(?:{PAPERS})\b)"
)
_MEETING = re.compile(rf"\b(?:{MEETINGS})", re.I)
_PERIODICAL = re.compile(rf"\b(?:{PERIODICALS})(?!\w)", re.I)
_PERIODICAL_OR_MEETING = re.compile(rf"\b(?:{PERIODICALS}|{MEETINGS})(?!\w)", re.I)
_INITIALS = re.compile(rf"[{UPPER}]\.|[^,]+,\s[{UPPER}]\.")
_FAR_SENTENCES = re.compile(r"[.?!]\s+(?=[^.]*\b[a-zß-ÿ]{4,}\s[a-zß-ÿ]{4,})")
_FILLERS: Final = frozenset("in pp and et on from print web online available no".split())
_LINKS: Final = frozenset({"url", "lead", "accessed"})


def behind(whole: Text, place: int) -> Iterator[Part]:
    """The parts from *place*, where the title has ended, to the end, but for what is marked."""
    dark = whole.dark
    yield from _other_people(whole, place)
    place = skip(dark, place) if dark[place : place + 1] != "(" else place
    lead = next(LEAD_IN.finditer(dark, max(0, place - 2)), None)
    if lead and not re.search(r"\w", dark[place : lead.start()]):
        yield from host(whole, lead.end())
    else:
        place, begin = (yield from _periodical(whole, place)), place
        yield from _rest(whole, place, skip(dark, place) if place >= begin else -1)


def _other_people(whole: Text, place: int) -> Iterator[Part]:
    for role in whole.marks:
        if role.label == "role" and role.start >= place and (people := people_of(whole, role, place)):
            yield people


def host(whole: Text, place: int) -> Iterator[Part]:
    """The book, proceedings or journal that "In" leads to at *place*, its editors before or behind it, and the rest."""
    text, dark = whole.text, whole.dark
    people = people_at(text, place)
    role = whole.mark_at(people.stop, ROLE) if people else None
    if people and (role or (re.match(r"[,:]\s*[^a-z]", text[people.stop :]) and _INITIALS.match(text[place:]))):
        yield Part("editor", place, people.stop)
        place = skip(text, role.stop if role else people.stop)
    yield from _other_people(whole, place)
    if end := quotation_end(dark, place):
        yield Part("container", place + 1, end)
    else:
        end = _host_end(whole, place)
        numbers = whole.mark_at(end, frozenset({"volume"}), r"[\s.,;:]{0,4}")
        journal = numbers and not re.match(r"\W*vol|\W*bd|\W*band", text[numbers.start :], re.I)
        yield Part("journal" if journal else "container", place, end)
    yield from _rest(whole, end)


def _host_end(whole: Text, place: int) -> int:
    """Where the title of a book or of proceedings ends."""
    dark = whole.dark
    ends = [len(dark)]
    ends += [found.start() for found in _HOST_ENDS.finditer(dark, place) if found.start() > place][:1]
    ends += [stop for stop in stops(dark, place) if stop > place + 2][:1]
    body = dark[place : min(ends)]
    for comma in COMMA.finditer(body):
        piece = re.split(r",\s|\x00", body[comma.end() :], maxsplit=1)[0]
        left, colon, _ = piece.partition(": ")
        meeting = _MEETING.search(body[: comma.start()])
        town = _is_town(piece.strip(" ."), body[comma.end() + len(piece) :])
        if (is_corporate(piece) and not meeting) or (colon and PLACE.match(left)) or (meeting and town):
            return place + comma.start()
    return min(ends)


def _is_town(name: str, behind_it: str) -> bool:
    """Whether a meeting was held in *name*: a town that is known, or before a state, a country or the end."""
    following = re.split(r"[,.\x00]", behind_it.removeprefix(", "), maxsplit=1)[0].strip()
    known = name.lower() in TOWNS or following.lower() in COUNTRIES or re.fullmatch(r"[A-Z]{2}", following)
    return bool(known) or (not following and PLACE.match(name) is not None and len(name.split()) < 3)


def _periodical(whole: Text, place: int) -> Generator[Part, None, int]:
    """The journal, proceedings or site right behind the title, if one is there; returns where to go on."""
    dark = whole.dark
    gap = re.compile(r"[^\x00(\[]*").match(dark, place)
    stop = gap.end() if gap else place
    text = dark[place:stop].strip(" .,;:*")
    if not re.search(r"[^\W\d_]{2}", text):
        return place
    numbers = whole.numbers_at(skip(dark, stop, " ,;:.([*"))
    imprinted = (": " in text and is_corporate(text)) or (is_published(text) and not _PERIODICAL.search(text))
    if numbers and not imprinted and not whole.is_of_a_book(numbers) and not _FAR_SENTENCES.search(text):
        yield from _journal(dark, place, stop)
        return stop
    named = _PERIODICAL_OR_MEETING.search(text) and not is_published(text)
    first = next(iter(sentences(dark, place, stop)))
    if named or HOST_WORDS.match(dark, max(0, place - 2)):
        end = min(stop, _host_end(whole, place))
        yield Part("journal" if _PERIODICAL.search(dark[first[0] : end]) else "container", first[0], end)
        return end
    if whole.after(stop, _LINKS) < len(dark) and not any(imprint(dark, *first)):
        yield Part("container", *first)
        return first[1]
    return place


def _journal(dark: str, place: int, stop: int) -> Iterator[Part]:
    """A journal, and the volume at its end where only pages are marked: "American Literature 20, pp. 1-9"."""
    volume = re.search(r"\s(\d{1,4})[,\s]*$", dark[place:stop])
    yield Part("journal", place, place + volume.start() if volume else stop)
    if volume:
        yield Part("volume", place + volume.start(1), place + volume.end(1))


def _rest(whole: Text, place: int, first: int = -1) -> Iterator[Part]:
    """Publishers and places in what the marks leave; an unknown name at *first*, right behind a title, is a host."""
    dark = whole.dark
    for gap in re.finditer(r"[^\x00]+", dark[place:]):
        for start, stop in sentences(dark, place + gap.start(), place + gap.end()):
            piece = dark[start:stop].strip(" .,;:()[]*")
            if re.search(r"[^\W\d_]{2}", piece) and piece.lower() not in _FILLERS:
                yield from imprint(dark, start, stop, "container" if start <= first else "publisher")
