"""The text of a VuFind page, cut into title, summary and labelled rows.

A label stands before a colon or a tab, alone on its line, or glued to its value ("LanguageEnglish"); a line without a
label belongs to the row before it.
"""

import re
from dataclasses import dataclass, field
from itertools import pairwise

from litbase.record.notices import Notice, notice
from litbase.record.reading import Leftover
from litbase.record.text import squash
from litbase.sources import vufind_labels as words

MAX_LINES = 20_000
_TABBED = re.compile(r"\s{0,20}([^\W\d][^\t:]{1,40}?)\s?:\s?\t")
SINGLE = frozenset(("edition", "doi", "place", "extent", "language", "format", "published", "dates", "peer", "tags"))


@dataclass
class Parts:
    """What a page falls into, whether it was text or HTML."""

    title: list[str] = field(default_factory=list)
    subtitle: str = ""
    teaser: list[str] = field(default_factory=list)
    rows: list[tuple[str, str, list[str]]] = field(default_factory=list)
    line: int = 1
    leftovers: list[Leftover] = field(default_factory=list)
    furniture: int = 0
    glued: list[tuple[int, str]] = field(default_factory=list)  # labels without anything between them and their value
    notices: list[Notice] = field(default_factory=list)


def value_after(line: str, label: str) -> str | None:
    """What follows *label* in *line*: after a colon, a tab or a space, or glued on; None when it is not there."""
    if not line.startswith(label):
        return None
    rest = line[len(label) :]
    if rest[:1].islower():
        return None
    return rest.lstrip(": \t")


def from_lines(lines: list[str]) -> Parts:
    """The parts of a page copied as text: title, summary cut short, and the labelled rows."""
    parts = Parts()
    stripped = [squash(line) for line in lines[:MAX_LINES]]
    if len(lines) > MAX_LINES:
        parts.notices.append(notice("too-large", what="The page", limit=f"{MAX_LINES:,} lines"))
    language = words.language_of(stripped)
    start = _table_start(stripped, language)
    _head(parts, stripped, start)
    foreign = {n: m[1] for n, line in enumerate(lines[:MAX_LINES]) if n > start and (m := _TABBED.match(line))}
    _table(parts, stripped, start, language, foreign)
    return parts


def _table_start(lines: list[str], language: str) -> int:
    for number, line in enumerate(lines):
        if words.heading_of(line) == "core":
            return number
    known = words.labels(language, detail=False)
    hits = [
        number
        for number, line in enumerate(lines)
        if any((value := value_after(line, label)) is not None and (value or ":" in line) for label in known)
    ]
    # a title may begin like a label ("Language learning in ..."): the table is where two labels follow each other
    return next((a for a, b in pairwise(hits) if b - a <= 3 and a > 0), hits[0] if hits else len(lines))


def _head(parts: Parts, lines: list[str], start: int) -> None:
    """Title, then the summary cut short.  In a whole page the title stands below the last of the record's buttons."""
    kinds = [words.heading_of(line) for line in lines[:start]]
    end = next((place for place, kind in enumerate(kinds) if kind == "full"), start)
    top = next((place + 1 for place in reversed(range(end)) if kinds[place] == "tool"), 0)
    if not any(line and not kind for line, kind in zip(lines[top:end], kinds[top:end], strict=True)):
        top = 0
    ended = False
    for number, line in enumerate(lines[:top], 1):
        if kinds[number - 1] or line in lines[top:end]:
            parts.furniture += bool(line)
        elif line:
            parts.leftovers.append(Leftover(number, line[:500]))
    for number, line in enumerate(lines[top:start], top + 1):
        if not line:
            ended = bool(parts.title)
        elif words.heading_of(line):
            parts.furniture += 1
            ended = bool(parts.title)
        elif not parts.title:
            parts.title.append(line)
            parts.line = number
        elif not ended and len(line) < 160 and not line.endswith("...") and len(parts.title) < 4:
            parts.title.append(line)
        else:
            ended = True
            parts.teaser.append(line)


def _table(parts: Parts, lines: list[str], start: int, language: str, foreign: dict[int, str]) -> None:
    """The rows from line *start* on; *foreign* are the labels before a tab, which are labels even when unknown."""
    detail = False
    colons = _colons(lines[start:], language)
    known = words.labels(language, detail, mixed=colons[detail])
    last = max((place for place, line in enumerate(lines) if words.heading_of(line) == "detail"), default=0)
    seen: set[str] = set()
    blank = False
    for number, line in enumerate(lines[start:], start + 1):
        if not line:
            blank = True
            continue
        kind = words.heading_of(line)
        current = parts.rows[-1] if parts.rows else None
        found = _labelled(line, known, colons[detail], seen, current)
        if not found and number - 1 in foreign:
            label = foreign[number - 1]
            found = label, "extra", line[len(label) :].lstrip(": ")
        if found and not (kind and not found[2]):
            label, name, value = found
            if line[len(label) : len(label) + 1].isalnum():
                parts.glued.append((number, f"{label}{value}"[:30]))
            seen.add(label)
            parts.rows.append((name, label, [value] if value else []))
        elif kind == "detail":
            detail, seen = True, set()
            known = words.labels(language, detail, mixed=colons[detail])
            parts.furniture += 1
        elif kind == "tail" and number > last and not words.heading_of(next(filter(None, lines[number:]), "")):
            parts.furniture += sum(map(bool, lines[number - 1 :]))
            return
        elif kind:
            parts.furniture += 1
            blank = blank or kind != "tag"
            continue
        elif current and (not current[2] or detail or not blank) and not (current[0] in SINGLE and blank):
            current[2].append(line)
        else:
            parts.leftovers.append(Leftover(number, line[:500]))
            continue
        blank = False


def _colons(lines: list[str], language: str) -> tuple[bool, bool]:
    """Whether the labels of the core and of the detail table are followed by colons."""
    answers = []
    for detail in (False, True):
        known = words.labels(language, detail)
        hits = [line[len(label) :] for line in lines for label in known if value_after(line, label) is not None]
        with_colon = sum(rest.lstrip().startswith(":") for rest in hits)
        answers.append(with_colon * 2 > len(hits))
    return answers[0], answers[1]


def _labelled(
    line: str, known: dict[str, str], colon: bool, seen: set[str], current: tuple[str, str, list[str]] | None
) -> tuple[str, str, str] | None:
    """(label, field, value) when *line* begins with a label that can stand here, else None."""
    for label, name in known.items():
        value = value_after(line, label)
        if value is None:
            continue
        rest = line[len(label) :].lstrip()
        if colon and rest and not rest.startswith(":"):
            continue
        if not colon and label in seen:
            continue
        # "Language and culture" under Subjects is a subject
        in_prose = current is not None and current[0] in ("subjects", "summary", "note")
        if not rest.startswith(":") and value[:1].islower() and in_prose:
            continue
        return label, name, value
    return None
