"""View-models: what each page shows, as frozen values whose fields carry their help; and all Markup that is ever built.

A template gets one of them as `page` and decides nothing; the JSON twin of a
page is made from the same value.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field
from itertools import pairwise
from typing import Any

from markupsafe import Markup, escape

from litbase.library import citing
from litbase.library.citing import Rich
from litbase.record.record import Mark
from litbase.web import links as addresses

_TAGS = {"i": "i", "b": "b", "sup": "sup", "sub": "sub", "mark": "mark"}
PARAGRAPHS = 500  # of a text; what follows them is one more
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
    spans = _emphasis(marks)
    spans += [(start, stop, "mark") for start, stop in found]
    return _painted(text, spans, dashes)


def paragraphs(
    text: str, marks: Iterable[Mark] = (), dashes: bool = False, anchors: Iterable[tuple[int, int, str]] = ()
) -> tuple[Html, ...]:
    """The paragraphs of *text* as HTML, blank ones left out; *marks* count from the beginning of *text*.

    Each of *anchors*, (start, stop, id) in order and apart from each other, leads to the element of that id.
    """
    spans = sorted(_emphasis(marks))
    ways = list(anchors)
    shown, start = [], 0
    for line in text.split("\n", PARAGRAPHS):
        stop = start + len(line)
        if line.strip():
            inside = [
                (max(a, start) - start, min(b, stop) - start, tag) for a, b, tag in spans if a < stop and b > start
            ]
            here = [(a - start, b - start, id) for a, b, id in ways if start <= a and b <= stop]
            shown.append(_linked(line, inside, here, dashes))
        start = stop + 1
    return tuple(shown)


def cited(part: Rich, doubtful: Iterable[str] = ()) -> Html:
    """A formatted citation as HTML, *doubtful* texts in it marked; its links are those that may be put into a page."""
    linked = tuple(piece._replace(link=addresses.outward(piece.link)) for piece in part)
    pieces = []
    for wrong, run in _parted(linked, [text for text in doubtful if text]):
        inner = Markup(citing.html(run, links=True))
        pieces.append(Markup("<mark>{}</mark>").format(inner) if wrong else inner)
    return Markup("").join(pieces)


def _parted(part: Rich, texts: Sequence[str]) -> Iterator[tuple[bool, Rich]]:
    """*part* in runs, each with whether it is one of *texts*, where these first occur."""
    plain = citing.plain(part)
    found = sorted({(at, at + len(text)) for text in texts if (at := plain.find(text)) >= 0})
    cuts = sorted({0, len(plain), *(at for span in found for at in span)})
    for start, stop in pairwise(cuts):
        yield any(a <= start and stop <= b for a, b in found), _cut(part, start, stop)


def _cut(part: Rich, start: int, stop: int) -> Rich:
    """The characters *start* to *stop* of *part*."""
    pieces, at = [], 0
    for piece in part:
        text = piece.text[max(0, start - at) : max(0, stop - at)]
        if text:
            pieces.append(piece._replace(text=text))
        at += len(piece.text)
    return tuple(pieces)


def em_dashes(text: str) -> str:
    """*text* with ERIC's "--" as an em dash."""
    return _DASHES.sub("—", text)


def _emphasis(marks: Iterable[Mark]) -> list[Span]:
    return [(mark.start, mark.stop, _TAGS[mark.style]) for mark in marks if mark.style in _TAGS]


def _linked(line: str, spans: Sequence[Span], anchors: Sequence[tuple[int, int, str]], dashes: bool) -> Html:
    """*line* painted, each of *anchors* a link."""
    pieces, at = [], 0
    for start, stop, id in anchors:
        pieces.append(_painted(line, spans, dashes, at, start))
        pieces.append(Markup('<a href="#{}">{}</a>').format(id, _painted(line, spans, dashes, start, stop)))
        at = stop
    return Markup("").join([*pieces, _painted(line, spans, dashes, at)])


def _painted(text: str, spans: Sequence[Span], dashes: bool, first: int = 0, last: int | None = None) -> Html:
    """*text* from *first* to *last*, cut wherever a span begins or ends, each piece in the tags that hold there."""
    last = len(text) if last is None else last
    if not spans:
        return escape(em_dashes(text[first:last]) if dashes else text[first:last])
    turns: defaultdict[int, Counter[str]] = defaultdict(Counter)  # tags that begin there, less those that end
    for start, stop, tag in spans:
        if start < stop:
            turns[min(max(start, first), last)][tag] += 1
            turns[min(max(stop, first), last)][tag] -= 1
    pieces, holding = [], Counter[str]()
    for start, stop in pairwise(sorted({first, last, *turns})):
        holding.update(turns.get(start, ()))
        piece = escape(em_dashes(text[start:stop]) if dashes else text[start:stop])
        for tag in _TAGS.values():
            if holding[tag] > 0:
                piece = Markup(f"<{tag}>{{}}</{tag}>").format(piece)
        pieces.append(piece)
    return Markup("").join(pieces)
