"""View-models: what each page shows, as frozen values whose fields carry their help; and all Markup that is ever built.

A template gets one of them as `page` and decides nothing; the JSON twin of a
page is made from the same value.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import field
from itertools import pairwise
from typing import Any

from markupsafe import Markup, escape

from litbase.record.record import Mark

_TAGS = {"i": "i", "b": "b", "sup": "sup", "sub": "sub", "mark": "mark"}
_DASHES = re.compile(r"(?<!-)--(?!-)")
Span = tuple[int, int, str]
Html = Markup  # text that is HTML already; made here and nowhere else


def told(help: str) -> Any:
    """A field of a view-model with its help."""
    return field(metadata={"help": help})


def rich(text: str, marks: Iterable[Mark] = (), found: Iterable[tuple[int, int]] = (), dashes: bool = False) -> Html:
    """*text* as HTML: escaped, with the emphasis of *marks* and the *found* words marked.

    Marks are those of this text alone.  *dashes* shows ERIC's "--" as the em dash it stands for.
    """
    spans = [(m.start, m.stop, _TAGS[m.style]) for m in marks if m.style in _TAGS]
    spans += [(start, stop, "mark") for start, stop in found]
    return _painted(text, spans, dashes)


def paragraphs(text: str, marks: Iterable[Mark] = (), dashes: bool = False) -> tuple[Html, ...]:
    """The paragraphs of *text* as HTML, blank ones left out; *marks* count from the beginning of *text*."""
    spans = [(m.start, m.stop, _TAGS[m.style]) for m in marks if m.style in _TAGS]
    shown, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            stop = start + len(line)
            inside = [
                (max(a, start) - start, min(b, stop) - start, tag) for a, b, tag in spans if a < stop and b > start
            ]
            shown.append(_painted(line, inside, dashes))
        start += len(line) + 1
    return tuple(shown)


def em_dashes(text: str) -> str:
    """*text* with ERIC's "--" as an em dash."""
    return _DASHES.sub("—", text)


def _painted(text: str, spans: Sequence[Span], dashes: bool) -> Html:
    """*text* cut wherever a span begins or ends, each piece escaped and wrapped in the tags that hold there."""
    cuts = sorted({0, len(text), *(min(max(at, 0), len(text)) for start, stop, _ in spans for at in (start, stop))})
    pieces = []
    for start, stop in pairwise(cuts):
        piece = escape(em_dashes(text[start:stop]) if dashes else text[start:stop])
        for tag in sorted({tag for a, b, tag in spans if a <= start and stop <= b}, key=list(_TAGS).index):
            piece = Markup(f"<{tag}>{{}}</{tag}>").format(piece)
        pieces.append(piece)
    return Markup("").join(pieces)
