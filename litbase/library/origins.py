"""The source text of a record: the lines of the document that one of its readings was read from.

A document holds many records.  Where the next one begins is found by reading the document once more, so nothing of a
neighbour is shown; of a list that stands on a single line, as JSON may, the item itself is shown.
"""

import json
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from litbase.library import Library, rights
from litbase.library.detecting import read_again
from litbase.library.values import StoredReading
from litbase.record.reading import Document, Reading, Refusal

BIGGEST: Final = 8_000_000  # bytes of a document that is read once more while somebody waits
LINES: Final = 1_000  # shown
WIDEST: Final = 5_000  # characters of a line


@dataclass(frozen=True, slots=True)
class SourceText:
    """What a reading was read from: lines with their numbers, () with a reason in *why* where none can be shown.

    *why* is "" or "not-kept", "too-large" or "right"; *rule* is the display right of the source; *left* counts the
    lines that are not shown.
    """

    lines: tuple[tuple[int, str], ...]
    why: str = ""
    rule: str = "full"
    left: int = 0


def source_text(library: Library, reading: StoredReading) -> SourceText:
    """The lines of *reading* as far as its source lets them be shown."""
    rule = rights.rule_of(reading.source, library.settings)
    if rule == "none":
        return SourceText((), "right", rule)
    stored = library.store.document(reading.document) if reading.document else None
    if stored is None or stored.data is None:
        return SourceText((), "not-kept", rule)
    if len(stored.data) > BIGGEST:
        return SourceText((), "too-large", rule)
    lines = _lines(Document(stored.name, stored.data), reading)
    if rule == "snippet":
        return _beginning(lines)
    shown = tuple((number, rights.beginning(text, WIDEST)) for number, text in lines[:LINES])
    return SourceText(shown, "", rule, len(lines) - len(shown))


def _lines(document: Document, reading: StoredReading) -> list[tuple[int, str]]:
    """The lines from where *reading* begins to where the next begins, blank ones at the end left out."""
    found = list(islice(read_again(document, reading.reader), reading.ordinal + 2))
    following = next((one.line for one in found[reading.ordinal + 1 :]), 0)
    if following == reading.line or _shares_its_line(found, reading):
        return _item(document, reading)
    stop = following - 1 if following > reading.line else len(document.lines)
    lines = [(number, document.lines[number - 1]) for number in range(max(1, reading.line), stop + 1)]
    while lines and not lines[-1][1].strip():
        lines.pop()
    return lines


def _shares_its_line(found: list[Reading | Refusal], reading: StoredReading) -> bool:
    return any(one.line == reading.line for one in found[: reading.ordinal])


def _item(document: Document, reading: StoredReading) -> list[tuple[int, str]]:
    """The item of a list on one line, indented; [] where it is no JSON."""
    try:
        listed = _list_in(json.loads(document.text))
    except (ValueError, RecursionError):
        return []
    if reading.ordinal >= len(listed):
        return []
    text = json.dumps(listed[reading.ordinal], ensure_ascii=False, indent=1)
    return [(reading.line, line) for line in text.split("\n")]


def _list_in(value: Any, depth: int = 4) -> list[Any]:
    """The first list of objects in *value*, as it is or inside objects."""
    if isinstance(value, list):
        return value if value and all(isinstance(one, dict) for one in value) else []
    inside = value.values() if isinstance(value, dict) and depth else ()
    return next((found for one in inside if (found := _list_in(one, depth - 1))), [])


def _beginning(lines: list[tuple[int, str]]) -> SourceText:
    """The first 300 characters of *lines*."""
    left, shown = rights.SNIPPET, []
    for number, text in lines:
        kept = rights.beginning(text, left)
        if kept:
            shown.append((number, kept))
        left -= len(kept)
        if kept != text:
            break
    return SourceText(tuple(shown), "", "snippet", len(lines) - len(shown))
