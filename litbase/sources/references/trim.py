"""What a stretch that is called a title holds beside the title, told by its form alone.

A quotation ends where it closes; "Dir. Ann Roe" and "Revised edition" stand behind titles, "in" before the
books they are in.
"""

import re
from collections.abc import Collection, Iterator
from typing import Final

from litbase.sources.references.marks import Part
from litbase.sources.references.text import PAIRS, quotation_end

REACH: Final = 300  # characters behind its stretch in which the quotation that opens a title may close
_IN = re.compile(r"in:?\s(?=[^\W\d_a-z]|[‘“\"«])")
_OTHER_NAME = re.compile(r"[^()]{2,40}\)[.,]\s+(?=\w)")  # "Jed). Rooms", of "Roe, Joshua (Jed). Rooms"
_LEFT_OPEN = re.compile(r"\s[(\[](?=[^()\[\]]*\s[^()\[\]]*$)")
_SHORT = re.compile(r"(?<=[,.”\"]\s)[A-Z][A-Za-z/+-]{0,20}[A-Z/+][A-Za-z/+-]{0,20}:\s$")  # "NE/SQP: a robust algorithm"
_SETS_OFF = re.compile(r"[.,;)\]]?\s(?![a-zß-ÿ])|\s(?=in\s)|[.,;]")  # what follows a quotation that is a title
_BEHIND: Final = tuple(
    (label, re.compile(pattern))
    for label, pattern in (
        ("lead", r"[,.;:]?\s(?:[Ee]ds?|[Hh]rsg|[Hh]g)\W{0,3}$"),
        ("note", r"(?<=[.!?])\s(?:Dir|Perf|Prod|Cond|Narr|Screenplay|Directed\sby|Produced\sby|Reprinted|Rpt)\b.*$"),
        (
            "edition",
            r"(?<=[.!?,;])\s(?:(?:\d{1,2}(?:st|nd|rd|th)|[Rr]ev(?:ised|\.)|[Ee]nlarged|[Ee]xpanded|[Ss]econd|[Tt]hird|[Nn]ew)"
            r"(?:\s(?:and|&)\s[a-z]{4,10}|\s[Ee]d(?:ition|n?\.)|,?\s[a-z]{4,10}\s[Ee]d(?:ition|n?\.)))\W{0,3}$",
        ),
        ("date", r",\s(?:1[5-9]|20)\d\d\W{0,3}$"),
    )
)


def trimmed(text: str, title: Part, seen: Collection[str] = ()) -> tuple[Part, ...]:
    """*title* where it begins and ends, and what else its stretch of *text* holds, in order.

    A year is cut off its end unless a date is among the labels *seen* elsewhere.

    >>> text = "Rooms. Revised edition. Acme"
    >>> [(part.label, text[part.start : part.stop]) for part in trimmed(text, Part("title", 0, 23))]
    [('title', 'Rooms.'), ('edition', ' Revised edition.')]
    """
    if _IN.match(text, title.start):
        return (title._replace(label="container"),)
    if text[title.start - 1 : title.start] == "(" and (other := _OTHER_NAME.match(text, title.start, title.stop)):
        title = title._replace(start=other.end())
    if short := _SHORT.search(text, 0, title.start):
        title = title._replace(start=short.start())
    first, *others = _quoted(text, title, seen)
    return (*_closed(text, first, seen), *others)


def _quoted(text: str, title: Part, seen: Collection[str]) -> Iterator[Part]:
    """*title*, up to where the quotation that opens it closes; what follows in its stretch is what it is in."""
    opening = title.start if text[title.start] in PAIRS else len(text[: title.start].rstrip()) - 1
    close = _close(text, opening) if opening >= 0 else 0
    title = title._replace(start=opening) if close else title
    if title.stop <= close < title.stop + REACH:
        yield title._replace(stop=close + 1)
        return
    behind = text[close + 1 : title.stop]
    hosted = not {"container", "journal"}.isdisjoint(seen) and behind.startswith(" in ")
    if not close or hosted or not _SETS_OFF.match(behind):
        yield title
        return
    yield title._replace(stop=close + 1)
    if len(re.findall(r"[^\W\d_]{2,}", behind)) > 1:
        yield Part("container", close + 1 + len(behind) - len(behind.lstrip(" .,;")), title.stop)


def _close(text: str, opening: int) -> int:
    """Where the quotation that opens at *opening* closes, the quotations inside it counted; 0 when none opens there."""
    if text[opening] != "«":
        return quotation_end(text, opening)
    depth = 0
    for found in re.finditer("[«»]", text[opening:]):
        depth += 1 if found[0] == "«" else -1
        if not depth:
            return opening + found.start()
    return 0


def _closed(text: str, title: Part, seen: Collection[str]) -> tuple[Part, ...]:
    """*title* without what stands behind titles, and the parts that is."""
    cut: list[Part] = []
    for label, pattern in _BEHIND:
        found = pattern.search(text, title.start + 1, title.stop)
        if found and not (label == "date" and label in seen):
            cut.append(Part(label, found.start(), title.stop))
            title = title._replace(stop=found.start())
    if found := _LEFT_OPEN.search(text, title.start + 1, title.stop):
        cut.append(Part("note", found.start(), title.stop))
        title = title._replace(stop=found.start())
    return (title, *reversed(cut))
