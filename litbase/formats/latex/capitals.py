"""Which words of a title keep their capitals when a style puts titles into lower case.

BibTeX styles lower-case titles except what stands in braces.  Acronyms, mixed
case and names are braced; ordinary words in title case are not, for then APA
style could not lower them.  Sources: the names of `vocabulary.proper_names`;
the places, laws and tests of the record.
"""

import re
from collections.abc import Iterator
from typing import Final

from litbase.formats.latex.text import encode, pieces
from litbase.formats.plain import one_line
from litbase.record.casing import is_shouting
from litbase.record.record import Mark, Record
from litbase.vocabulary.proper_names import PAIRS, PROPER

SMART: Final = "smart"
EMPHASIS: Final = {"i": "\\emph{", "b": "\\textbf{", "sup": "\\textsuperscript{", "sub": "\\textsubscript{"}
Span = tuple[int, int, str]
"""Where characters begin and stop, and what opens the group they stand in."""

_WORD = re.compile(r"[^\s{}()\[\]\"“”‘,;:!?…—–/<>|\\]+")
_PART = re.compile(r"[-‐‑.'’]")
LONGEST: Final = 5_000  # characters; a longer title is not one
MOST_MARKS: Final = 100


def title_latex(record: Record, how: str = SMART) -> str:
    """The title of *record* as LaTeX with the capitals protected that must stay, and its emphasis."""
    return protect(record.title, (*record.places, *record.laws, *record.tests), how, _marks_of(record, "title"))


def prose_latex(record: Record, field: str) -> str:
    """A text of *record* as LaTeX with its emphasis."""
    text, marks = getattr(record, field), _marks_of(record, field)
    return protect(text, how="none", marks=marks) if marks else encode(text)


def _marks_of(record: Record, field: str) -> tuple[Mark, ...]:
    return tuple(mark for mark in record.marks if mark.field == field) if record.marks else ()


def protect(text: str, names: tuple[str, ...] = (), how: str = SMART, marks: tuple[Mark, ...] = ()) -> str:
    """*text* as LaTeX, words that keep their capitals in braces; *names* are proper names that may occur in it.

    *how* is "smart", "all" (every capital stays) or "none".  A title all in capitals is left alone by "smart": bracing
    every word would fix the shouting for ever.  *marks* count the characters of *text*, which then is one line.

    >>> protect("Reading in K-12 Schools: What NAEP and PISA Say About the English of iPad Users")
    'Reading in {K-12} Schools: What {NAEP} and {PISA} Say About the {English} of {iPad} Users'
    """
    line = one_line(text)
    kept: list[tuple[int, int]] = []
    if how == "all":
        kept = list(_words(line, every=True))
    elif how == SMART and len(line) <= LONGEST and not is_shouting(line):
        kept = sorted((*_words(line), *_named(line, names)))
    if not kept and not marks:
        return encode(line)
    latex = pieces(line, spelled=bool(marks))
    spans = [(start, stop, "{") for start, stop in _merged(kept)]
    for start, stop, opening in _nested(spans, marks if line == text else (), len(line)):
        latex[start] = opening + latex[start]
        latex[stop - 1] += "}"
    return "".join(latex)


def _nested(spans: list[Span], marks: tuple[Mark, ...], length: int) -> list[Span]:
    """*spans* and *marks*, inner before outer, so that groups close in order; what crosses another is left out."""
    if not marks:
        return spans
    found: list[Span] = []
    emphasis = [(mark.start, mark.stop, EMPHASIS[mark.style]) for mark in marks if mark.style in EMPHASIS]
    for start, stop, opening in (*emphasis[:MOST_MARKS], *spans):
        if 0 <= start < stop <= length and not any(a < start < b < stop or start < a < stop < b for a, b, _ in found):
            found.append((start, stop, opening))
    return sorted(found, key=lambda span: span[1] - span[0])


def _words(text: str, every: bool = False) -> Iterator[tuple[int, int]]:
    """Where the words are whose capitals stay; with *every*, all that have one."""
    before: re.Match[str] | None = None
    for found in _WORD.finditer(text):
        core = found[0].strip(".'’")
        start = found.start() + found[0].find(core)
        if not every and before and f"{before[0]} {core}" in PAIRS:
            yield before.start(), start + len(core)
        elif any(map(str.isupper, core)) if every else _keeps(core):
            yield start, start + len(core)
        before = found


def _keeps(word: str) -> bool:
    if not any(map(str.isupper, word)):
        return False
    parts = _PART.split(word)
    return (
        word in ("I", "V")
        or any(c.isupper() and word[i - 1] not in "-‐‑" for i, c in enumerate(word) if i)
        or any(map(str.isdigit, word))
        or (len(parts) > 1 and any(len(part) == 1 and part.isupper() for part in parts))
        or not PROPER.isdisjoint(parts)
    )


def _named(text: str, names: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    for name in dict.fromkeys(part.strip() for whole in names[:50] for part in re.split(r"[()]", whole)):
        if len(name) < 3 or not name[0].isupper() or "{" in name or "}" in name:
            continue
        at = text.find(name)
        while at >= 0:
            stop = at + len(name)
            if not text[at - 1 : at].isalnum() and not text[stop : stop + 1].isalnum():
                yield at, stop
            at = text.find(name, stop)


def _merged(spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """*spans* without overlaps, in order."""
    reached = 0
    for index, (start, stop) in enumerate(spans):
        if start < reached:
            continue
        for other_start, other_stop in spans[index + 1 :]:
            if other_start >= stop:
                break
            stop = max(stop, other_stop)
        reached = stop
        yield start, stop
