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

Tagger = Callable[[str], tuple[Part, ...]]
"""The parts of one reference as another reading than the rules has them; () for none."""

LONGEST: Final = 3_000  # characters of one reference that are read; the rest is kept as written
# What rules find by its form alone stands, whatever the tagger makes of it.
SURE: Final = frozenset("doi url arxiv isbn issn pmid eric accessed ditto number".split())
# "In Roe, A. (Ed.), Rooms" is plain by its form: where the tagger saw no host, the rules' stands.
HOST: Final = frozenset({"editor", "container"})


def parse_reference(text: str, tagger: Tagger = parts_by_model) -> Reference:
    """*text* with what is understood of it; `parsed` is None when neither names nor a title were found.

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
        return rules
    labels = {part.label for part in rules}
    hosted = HOST if labels >= HOST and not any(part.label == "container" for part in tagged) else frozenset()
    sure = [part for part in rules if part.label in SURE | hosted]
    title = _title(text, tagged)
    if title:
        sure.append(title)
    others = [_named(part, rules) for part in tagged if part.label not in SURE | hosted | {"note", "title"}]
    if title is None or not others:
        others = others or [part for part in rules if part.label not in SURE | {"title"}]
    return tuple(sorted((*sure, *_beside(others, sure)), key=lambda part: part.start))


def _title(text: str, tagged: tuple[Part, ...]) -> Part | None:
    """The title the tagger found, the first of several words; None where it found none."""
    titles = [part for part in tagged if part.label == "title"]
    if not titles:
        return None
    long = [part for part in titles if " " in text[part.start : part.stop]]
    return titles[0] if titles[0] in long or not long else long[0]


def _named(part: Part, rules: tuple[Part, ...]) -> Part:
    """*part*, or the names alone that the rules see in it: "Poe, E." in "In: Poe, E. (ed.)"."""
    if part.label != "editor":
        return part
    return next((r for r in rules if r.label == "editor" and part.start <= r.start and r.stop <= part.stop), part)


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
