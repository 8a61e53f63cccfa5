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
    pieces = [whole.dark[start + 1 : stop].strip(" .,") for start, stop in pairwise([*commas, until])]
    for at, piece in enumerate(pieces):
        left, colon, right = piece.partition(": ")
        placed = colon and PLACE.match(left.strip()) and len(left.split()) < 5
        following = pieces[at + 1] if at + 1 < len(pieces) else ""
        if (placed and len(right.split()) < 7 and not reads_on(right)) or _is_publisher(piece, following):
            return commas[_town_before(pieces, at, bool(placed))]
    return _short_end(whole, until, commas)


def _is_publisher(piece: str, following: str) -> bool:
    """Whether *piece* names a publisher: by its own words, or an institution by the town behind it."""
    if len(piece.split()) > 6 or not piece[:1].isupper():
        return False
    return is_published(piece) or (is_corporate(piece) and following.lower() in TOWNS)


def _town_before(pieces: list[str], at: int, placed: bool) -> int:
    """Which piece holds the town before the publisher in piece *at*: "Paris, Seuil", "Reading, MA: Acme"."""
    if placed and not is_region(pieces[at].partition(":")[0]):
        return at
    first = at - 1 if not placed and at and is_region(pieces[at - 1]) else at
    town = pieces[first - 1] if first else ""
    known = town.lower() in TOWNS or (town.isalpha() and town[:1].isupper())
    return first - 1 if known and len(town.split()) < 4 else at


def is_region(text: str) -> bool:
    """Whether *text* is a state's sign or a country, which stands behind a town."""
    return text.lower() in COUNTRIES or _STATE.fullmatch(text) is not None


def bracketed_start(whole: Text, place: int, until: int) -> int:
    """Where "(London: Routledge)" at the end begins; *until* when none is there."""
    found = BRACKETED.search(whole.dark, place + 2, until)
    if found and (is_published(found[1]) or PLACE.match(re.split(r"[,:]", found[1])[0])):
        return found.start()
    return until


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
    if left.lower() in TOWNS or (comma and is_region(right)):
        yield Part("place", start, start + len(piece))
    elif comma and right.partition(",")[0].lower() in TOWNS:
        yield Part("publisher", start, start + len(left))
        yield Part("place", start + len(left) + 2, start + len(piece))
    else:
        yield Part("place" if comma else unknown, start, start + len(piece))
