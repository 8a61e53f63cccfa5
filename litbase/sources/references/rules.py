"""A reference cut into its parts by rules alone.

Marks stand fast (numbers, dates, links, roles).  Names lead up to the title; the title ends where a sentence or a
quotation ends; what follows is a journal when numbers follow it, a host when "In" leads to it, else an imprint.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from litbase.sources.references.behind import behind, host
from litbase.sources.references.head import head
from litbase.sources.references.imprint import BRACKETED
from litbase.sources.references.marks import Part, marks
from litbase.sources.references.names import people_at
from litbase.sources.references.text import (
    DATE,
    LEAD_IN,
    ROLE,
    Text,
    darkened,
    names_group,
    quotation_end,
    skip,
)
from litbase.sources.references.title import title_end

_NUMBER = re.compile(
    r"\s?(?:[•·▪–*]\s)?(?P<x>\[[\w+.-]{1,12}\]|\(\d{1,4}\)|\d{1,4}[.):]|\d{1,3}(?=\s[^\W\d_a-z]))[.:]?(?=\s)"
)
_SAID: Final = frozenset({"role", "lead", "meeting"})  # marks that only say what other parts are


def parts_by_rules(text: str) -> tuple[Part, ...]:
    """The parts of *text*, one reference on one line, in order; none over another.

    Labels besides those of `marks`: number ditto author editor translator title journal container publisher place.
    """
    whole = darkened(text, marks(text))
    number = _NUMBER.match(whole.dark)
    place, people = head(whole, number.end() if number else 0)
    whole = darkened(
        text, tuple(m for m in whole.marks if m.label != "date" or m.start < place + 4 or _set_off(text, m))
    )
    parts = [mark for mark in whole.marks if mark.label not in _SAID]
    parts += [Part("number", *number.span("x"))] if number else []
    parts += people
    parts += _body(whole, place, bool(people) and people[0].label == "title")
    titles = [part for part in parts if part.label == "title"]
    kept = [
        part for part in parts if part.label != "date" or not any(t.start < part.start < t.stop - 5 for t in titles)
    ]
    return _settled(text, kept if titles else _with_title(text, kept))


def _set_off(text: str, date: Part) -> bool:
    """Whether punctuation parts a year from the words beside it; "the 1993 ACM Conference" is all one name."""
    before, behind_it = text[: date.start].rstrip()[-1:], text[date.stop :].lstrip()[:1]
    return not behind_it.isalnum() or before in ',;:([?!”’"'


def _body(whole: Text, place: int, titled: bool) -> Iterator[Part]:
    """The title at *place* unless there was one before (*titled*), and what follows it."""
    dark, dated = whole.dark, False
    while date := whole.mark_at(place, DATE, r"[\s.,;:()\[\]–—-]{0,4}"):
        place, dated = date.stop, True
    place = skip(dark, place)
    if place >= len(dark):
        return
    if titled or (dark[place] == "(" and BRACKETED.match(dark, place - 1)):  # "(forthcoming), (London, Routledge)"
        yield from behind(whole, place)
        return
    if quoted := quotation_end(dark, place):
        yield Part("title", place + 1, quoted)
        yield from behind(whole, quoted + 1)
        return
    lead = LEAD_IN.match(dark, place)
    if lead and whole.after(place, ROLE) < len(dark):  # "In Roe, A. (Ed.), Rooms", and no title before
        yield from (
            Part("title" if p.label == "container" else p.label, p.start, p.stop) for p in host(whole, lead.end())
        )
        return
    end, journal = title_end(whole, place, dated)
    if end > place:
        yield Part("title", place, end)
    if journal:
        yield Part("journal", *journal)
    yield from behind(whole, journal[1] if journal else end)


def _with_title(text: str, parts: list[Part]) -> list[Part]:
    """*parts* with the one that is the title after all: a lone book's, or that of a work without an author."""
    labels = {part.label for part in parts}
    author = next((part for part in parts if part.label == "author"), None)
    wrong = ""
    if "journal" in labels and labels & {"place", "publisher", "isbn"}:
        wrong = "journal"
    elif author and labels & {"journal", "container"} and not people_at(text, author.start):
        wrong = "" if names_group(text[author.start : author.stop]) else "author"
    return [Part("title", part.start, part.stop) if part.label == wrong else part for part in parts]


def _settled(text: str, parts: Iterable[Part]) -> tuple[Part, ...]:
    """The parts in order, without blanks and commas round them; a later one gives way where two overlap."""
    settled: list[Part] = []
    for label, start, stop in parts:
        while start < stop and text[start] in " ,;:.":
            start += 1
        while stop > start and text[stop - 1] in " ,;:":
            stop -= 1
        for other in settled:
            if start < other.stop and other.start < stop:
                start, stop = (start, other.start) if start < other.start else (other.stop, max(stop, other.stop))
        if stop > start and re.search(r"\w|[—–_-]{2}", text[start:stop]):
            settled.append(Part(label, start, stop))
    return tuple(sorted(settled, key=lambda part: part.start))
