"""Publishers and places: where they begin behind a title, and which is which."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from litbase.sources.references.marks import Part
from litbase.sources.references.text import PLACE, SMALL, Text, is_corporate, is_published, reads_on
from litbase.sources.references.words import COUNTRIES, TOWNS

COMMA: Final = re.compile(r",\s(?=[^a-zß-ÿ\s])")
BRACKETED: Final = re.compile(r"\s\(([^()\x00]{2,60}[,:]\s[^()\x00]{2,80})\)(?=[\s.,]*(?:\x00|$))")
_STATE = re.compile(r"[A-Z]{2}|[A-Z][a-z]{2,4}\.|[A-Z]\.\s?[A-Z]\.?")


def imprint_start(whole: Text, place: int, until: int) -> int | None:
    """Where, of a title and an imprint with only commas between, the imprint begins; None when there is none."""
    commas = [place + found.start() for found in COMMA.finditer(whole.dark[place:until])]
    for start, stop in pairwise([*commas, until]):
        piece = whole.dark[start + 1 : stop].strip(" .,")
        left, colon, right = piece.partition(": ")
        placed = colon and PLACE.match(left.strip()) and len(left.split()) < 5
        if placed and len(right.split()) < 7 and not reads_on(right):
            return start
        if is_published(piece) and len(piece.split()) < 7 and piece[:1].isupper():
            return _town_before(whole, place, start, commas)
    return _short_end(whole, until, commas)


def bracketed_start(whole: Text, place: int, until: int) -> int:
    """Where "(London: Routledge)" at the end begins; *until* when none is there."""
    found = BRACKETED.search(whole.dark, place + 2, until)
    if found and (is_published(found[1]) or PLACE.match(re.split(r"[,:]", found[1])[0])):
        return found.start()
    return until


def _town_before(whole: Text, place: int, start: int, commas: list[int]) -> int:
    """The comma before the town that stands before a publisher ("..., Paris, Seuil"); *start* when none does."""
    earlier = [comma for comma in commas if comma < start]
    town = whole.dark[earlier[-1] + 1 : start].strip() if earlier else ""
    return earlier[-1] if town.isalpha() and town[:1].isupper() and earlier[-1] > place else start


def _short_end(whole: Text, until: int, commas: list[int]) -> int | None:
    """Where the short names at the end, before a date or nothing, begin: "Andrei Tarkovski, Edilig, Paris, 1988"."""
    if len(commas) < 2 or whole.dark[until:].strip(" .,;:()\x00"):
        return None
    short = [_is_short_name(whole.dark[start + 1 : stop]) for start, stop in pairwise([*commas, until])]
    last = len(short)
    while last > 0 and short[last - 1] and len(short) - last < 2:
        last -= 1
    return commas[last] if last < len(short) - 1 else None


def _is_short_name(text: str) -> bool:
    words = text.strip(" .,").split()
    return 0 < len(words) < 4 and "and" not in words and all(word[:1].isupper() or word in SMALL for word in words)


def imprint(dark: str, start: int, stop: int, unknown: str = "publisher") -> Iterator[Part]:
    """ "London: Routledge", "Routledge, London", "Routledge" or "London"; nothing when it is none of these.

    *unknown* is what a name is taken for that no word tells to be a publisher's or a town's.
    """
    while start < stop and dark[start] in " .,;:":
        start += 1
    piece = dark[start:stop].rstrip(" .,;:")
    stop = start + len(piece)
    left, colon, right = piece.partition(":")
    if colon and PLACE.match(left.strip()) and len(left.split()) < 7 and right.strip():
        yield Part("place", start, start + len(left))
        yield Part("publisher", start + len(left) + 1, stop)
    elif is_corporate(piece):
        yield from _publisher(dark, start, stop)
    elif PLACE.match(piece) and len(piece.split()) < 6:
        yield from _named(piece, start, unknown)


def _publisher(dark: str, start: int, stop: int) -> Iterator[Part]:
    """A publisher, or an institution with its department, and the places before and behind it."""
    commas = [start + found.start() for found in re.finditer(r",\s", dark[start:stop])]
    spans = list(pairwise([start, *commas, stop]))
    named = [place for place, (a, b) in enumerate(spans) if is_corporate(dark[a:b])]
    yield Part("publisher", spans[named[0]][0], spans[named[-1]][1])
    if named[0]:
        yield Part("place", start, spans[named[0]][0])
    if named[-1] + 1 < len(spans):
        yield Part("place", spans[named[-1] + 1][0], stop)


def _named(piece: str, start: int, unknown: str) -> Iterator[Part]:
    """A name that no word tells to be a publisher's: a town, a publisher and a town, or *unknown*."""
    left, comma, right = piece.partition(", ")
    if left.lower() in TOWNS or (comma and (_STATE.fullmatch(right) or right.lower() in COUNTRIES)):
        yield Part("place", start, start + len(piece))
    elif comma and right.partition(",")[0].lower() in TOWNS:
        yield Part("publisher", start, start + len(left))
        yield Part("place", start + len(left) + 2, start + len(piece))
    else:
        yield Part("place" if comma else unknown, start, start + len(piece))
