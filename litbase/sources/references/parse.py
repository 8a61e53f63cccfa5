"""One reference read: by rules, and by the tagger where that is installed and does better."""

import re
from collections.abc import Callable
from typing import Final

from litbase.record.notices import Notice, notice
from litbase.record.record import Reference
from litbase.record.text import squash
from litbase.sources.references.marks import Part
from litbase.sources.references.model import parts_by_model
from litbase.sources.references.record import reference_of
from litbase.sources.references.rules import parts_by_rules
from litbase.sources.references.tokens import mended
from litbase.sources.references.trim import trimmed
from litbase.sources.references.words import TOWNS

Tagger = Callable[[str], tuple[Part, ...]]
"""The parts of one reference as another reading than the rules has them; () for none."""

LONGEST: Final = 3_000  # characters of one reference that are read; the rest is kept as written
# What rules find by its form alone stands, whatever the tagger makes of it.
_SURE: Final = frozenset("doi url arxiv isbn issn pmid eric accessed ditto number".split())
# "In Roe, A. (Ed.), Rooms" is plain by its form: where the tagger saw no host, the rules' stands.
_HOST: Final = frozenset({"editor", "container"})
_NUMBERS: Final = frozenset({"date", "volume", "pages"})
# What rules fill in where the tagger saw none of it, and what the tagger may call the place where it stands.
_FILLED: Final = {
    label: frozenset("note genre edition series container journal publisher place".split()) for label in _NUMBERS
} | {
    "author": frozenset({"publisher", "place", "note"}),
    "publisher": frozenset({"genre", "edition"}),
    "place": frozenset({"genre", "edition"}),
}
_NONE: Final = frozenset[str]()
_PEOPLE: Final = frozenset({"author", "editor", "translator"})
_HOSTS: Final = frozenset({"journal", "container"})
_PLACED: Final = frozenset({"volume", "pages", "arxiv"})  # what stands behind works that are told without a title


def parse_reference(text: str, tagger: Tagger = parts_by_model) -> Reference:
    """*text* with what is understood of it; `parsed` is None when no names, title or journal were found.

    Notices: reference-untitled, reference-undated, reference-forthcoming, reference-unread (with the stretch).
    """
    text = squash(text)
    if not re.search(r"[^\W\d_]{2}", text):
        return Reference(text)
    read = mended(text[:LONGEST])
    rules = parts_by_rules(read)
    tagged = tagger(read)
    reference = reference_of(read, combined(read, rules, tagged))
    if reference.parsed is None:
        return Reference(text)
    return Reference(text, reference.parsed, _with_rest(reference.notices, text[LONGEST:]))


def no_tagger(text: str) -> tuple[Part, ...]:
    """No parts: *text* is left to the rules."""
    return ()


def _with_rest(notices: tuple[Notice, ...], rest: str) -> tuple[Notice, ...]:
    return (*notices, notice("reference-unread", text=rest)) if rest.strip() else notices


def combined(text: str, rules: tuple[Part, ...], tagged: tuple[Part, ...]) -> tuple[Part, ...]:
    """The parts of *text* by both readings: the tagger's, but what rules are surer of; the rules' without a tagger."""
    if not tagged:
        labels = {part.label for part in rules}
        return tuple(p for part in rules for p in (trimmed(text, part, labels) if part.label == "title" else (part,)))
    tagged = tuple(piece for part in tagged for piece in _divided(text, part, rules))
    labels, seen = {part.label for part in rules}, {part.label for part in tagged}
    hosted = _HOST if labels >= _HOST and "container" not in seen else frozenset()
    title = _title(rules, tagged)
    sure = [_whole(part, tagged) for part in rules if part.label in _SURE | hosted]
    sure += [piece for piece in trimmed(text, title, seen) if piece.label not in seen - {"title"}] if title else []
    sure += [part for part in rules if part.label not in seen and _over(part, tagged) <= _FILLED.get(part.label, _NONE)]
    others = [part for part in tagged if part.label not in _SURE | hosted | {"note", "title"}]
    others = others or [part for part in rules if part.label not in _SURE | {"title"}]
    return tuple(sorted((*sure, *_beside(others, sure)), key=lambda part: part.start))


def _divided(text: str, part: Part, rules: tuple[Part, ...]) -> tuple[Part, ...]:
    """*part*, or the several parts that are plain in one stretch: "12(3):1-9", and a publisher before its town."""
    if part.label == "place":
        publisher, colon, town = text[part.start : part.stop].partition(": ")
        if colon and town.strip(" .").lower() in TOWNS and publisher.lower() not in TOWNS:
            middle = part.start + len(publisher)
            return Part("publisher", part.start, middle), Part("place", middle + 2, part.stop)
    inside = tuple(rule for rule in rules if part.start <= rule.start and rule.stop <= part.stop)
    divided = part.label in ("volume", "pages") and len({rule.label for rule in inside} & _NUMBERS) > 1
    return inside if divided else (part,)


def _whole(part: Part, tagged: tuple[Part, ...]) -> Part:
    """*part*, or the link the tagger saw in its place when that goes on behind a blank."""
    return next(
        (t for t in tagged if t.label == part.label == "url" and t.start <= part.start < part.stop < t.stop), part
    )


def _over(part: Part, others: tuple[Part, ...]) -> frozenset[str]:
    """The labels of the *others* that *part* overlaps."""
    return frozenset(other.label for other in others if other.start < part.stop and part.start < other.stop)


def _title(rules: tuple[Part, ...], tagged: tuple[Part, ...]) -> Part | None:
    """The title the tagger found; the rules' behind a dash, and where nothing tells of a journal without titles."""
    titles = [part for part in tagged if part.label == "title"]
    ruled = [part for part in rules if part.label == "title"]
    if both := [part for part in titles if any(part.start == rule.start for rule in ruled)]:
        return both[0]
    labels, seen = {part.label for part in rules}, {part.label for part in tagged}
    if ruled and ("ditto" in labels or not (titles or _HOSTS & seen or _PLACED & labels)):
        return ruled[0] if _PEOPLE.isdisjoint(_over(ruled[0], tagged)) else None
    return titles[0] if titles else None


def _beside(parts: list[Part], sure: list[Part]) -> list[Part]:
    """*parts* without what lies in the *sure* ones."""
    kept: list[Part] = []
    for label, start, stop in parts:
        for other in sure:
            if start < other.stop and other.start < stop:
                start, stop = (start, other.start) if start < other.start else (other.stop, max(stop, other.stop))
        if stop > start:
            kept.append(Part(label, start, stop))
    return kept
