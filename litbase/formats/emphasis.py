"""Emphasis inside plain values, both ways: the few HTML tags of CSL, Crossref and IEEE, and runs of styled text.

Sources: the CSL 1.0.2 specification (rich text within fields: i, b, sup, sub, small capitals, nocase); JATS and MathML
tags in Crossref's titles and abstracts; what citeproc-js and pandoc take for a tag.  A tag without its partner is
characters, and so is every tag not named here.
"""

import html
import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from litbase.record.record import Mark
from litbase.record.text import clean

STYLES: Final = {
    "i": "i", "em": "i", "italic": "i", "b": "b", "strong": "b", "bold": "b", "sup": "sup", "sub": "sub", "inf": "sub",
}  # fmt: skip
"""Tags that are emphasis here, and the style of the mark they make."""
PLAIN: Final = frozenset("span sc scp u underline tt monospace".split())
"""Tags whose text stays and who say nothing here."""
BREAKS: Final = frozenset("p title sec list list-item br abstract".split())
JOINER: Final = "\u2060"  # invisible; `clean` drops it, so that what was protected comes back as it was
PASSES: Final = 3  # how often entities are decoded: Crossref has "&amp;amp;"
_TAG = re.compile(
    r"<(?P<end>/?)(?P<prefix>jats:|mml:)?(?P<name>[A-Za-z][A-Za-z-]{0,20}+)(?:\s[^<>]{0,300}+)?(?P<void>/?)>"
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_PARAGRAPH = re.compile(r"\n[^\S\n]*+\n")
_BLANK = re.compile(r"\s+")


class Run(NamedTuple):
    """A stretch of text in one set of styles ("i", "b", "sup", "sub")."""

    text: str
    styles: frozenset[str] = frozenset()


def decoded(text: str) -> str:
    """*text* with its HTML entities as characters, at most PASSES times over; an ampersand without ";" stays.

    >>> decoded("Health &amp;amp; Place &#x2013; AT&T")
    'Health & Place – AT&T'
    """
    for _ in range(PASSES):
        if "&" not in text or (plain := _ENTITY.sub(lambda found: html.unescape(found[0]), text)) == text:
            break
        text = plain
    return text


def read(text: str, field: str, paragraphs: bool = False) -> tuple[str, tuple[Mark, ...]]:
    """The plain text of *text* on one line, and the marks of its emphasis for *field*.

    With *paragraphs* blank lines and block tags part paragraphs, which stay apart by a blank line.

    >>> read("<i>E. coli</i> &amp; CO<sub>2</sub>, <b >", "title")[0]
    'E. coli & CO2, <b >'
    """
    if "<" not in text and "&" not in text:
        text = clean(text)
        if paragraphs and "\n" in text:
            return "\n\n".join(filter(None, (" ".join(part.split()) for part in _PARAGRAPH.split(text)))), ()
        return " ".join(text.split()), ()
    return joined(_runs(decoded(text)), field, paragraphs)


def _runs(text: str) -> Iterator[Run]:
    """*text* cut at the tags that have a partner; block tags are blank lines."""
    tags = list(_TAG.finditer(text))
    paired = _paired(tags)
    active: dict[str, int] = {}
    start = 0
    for number, tag in enumerate(tags):
        name = tag["name"].lower()
        is_break = name in BREAKS and (bool(tag["prefix"]) or name == "br" or number in paired)
        if not (number in paired or tag["prefix"] or is_break):
            continue
        yield Run(text[start : tag.start()], frozenset(style for style, count in active.items() if count))
        start = tag.end()
        if is_break:
            yield Run("\n\n")
        elif style := STYLES.get(name, ""):
            active[style] = max(active.get(style, 0) + (-1 if tag["end"] else 1), 0)
    yield Run(text[start:], frozenset(style for style, count in active.items() if count))


def _paired(tags: list[re.Match[str]]) -> set[int]:
    """The numbers of those *tags* that open or close something, with what they hold properly nested."""
    paired: set[int] = set()
    waiting: list[tuple[str, int]] = []
    counts: dict[str, int] = {}
    for number, tag in enumerate(tags):
        name = (tag["prefix"] or "").lower() + tag["name"].lower()
        if tag["void"] or not _is_known(tag):
            continue
        if not tag["end"]:
            waiting.append((name, number))
            counts[name] = counts.get(name, 0) + 1
        while tag["end"] and counts.get(name):
            last, opened = waiting.pop()
            counts[last] -= 1
            if last == name:
                paired |= {opened, number}
                break
    return paired


def joined(runs: Iterable[Run], field: str, paragraphs: bool = False) -> tuple[str, tuple[Mark, ...]]:
    """The text of *runs*, cleaned and with single spaces, and the marks of their styles for *field*.

    A mark never begins or ends with a space; with *paragraphs* blank lines stay.
    """
    pieces: list[str] = []
    open_at: dict[str, int] = {}
    marks: list[Mark] = []
    length, waiting = 0, ""
    for run in runs:
        text = clean(run.text)
        for word, blank in _words(text):
            if word:
                gap = waiting if length else ""
                for style in [style for style in open_at if style not in run.styles]:
                    marks.append(Mark(field, open_at.pop(style), length, style))
                pieces += (gap, word)
                length += len(gap)
                for style in sorted(run.styles - open_at.keys()):
                    open_at[style] = length
                length += len(word)
                waiting = ""
            if blank:
                waiting = "\n\n" if paragraphs and (blank.count("\n") > 1 or waiting == "\n\n") else " "
    marks += [Mark(field, start, length, style) for style, start in open_at.items()]
    return "".join(pieces), tuple(sorted(marks, key=lambda mark: (mark.start, mark.stop, mark.style)))


def _words(text: str) -> Iterator[tuple[str, str]]:
    """Pairs of a stretch without white space and the white space behind it; either may be empty."""
    start = 0
    for blank in _BLANK.finditer(text):
        yield text[start : blank.start()], blank[0]
        start = blank.end()
    yield text[start:], ""


def write(text: str, marks: Iterable[Mark]) -> str:
    """*text* on one line with the tags of *marks*, nested properly; a tag or entity that is plain text stays one.

    >>> write("E. coli in 1 <b>", [Mark("title", 0, 7, "i")]).replace(JOINER, "·")
    '<i>E. coli</i> in 1 <·b>'
    """
    text = clean(text)
    events: dict[int, tuple[list[str], list[str]]] = {}
    for mark in marks:
        if 0 <= mark.start < mark.stop <= len(text) and text[mark.start : mark.stop].strip():
            events.setdefault(mark.start, ([], []))[0].append(mark.style)
            events.setdefault(mark.stop, ([], []))[1].append(mark.style)
    pieces: list[str] = []
    stack: list[str] = []
    place = 0
    for where in sorted(events):
        pieces.append(_protected(text[place:where]))
        place = where
        opened, closed = events[where]
        reopen: list[str] = []
        for style in closed:
            while style in stack:
                last = stack.pop()
                pieces.append(f"</{last}>")
                if last == style:
                    break
                reopen.append(last)
        for style in [*reversed([style for style in reopen if style not in closed]), *opened]:
            if style not in stack:
                stack.append(style)
                pieces.append(f"<{style}>")
    pieces.append(_protected(text[place:]))
    return " ".join("".join(pieces).split())


def _protected(text: str) -> str:
    """*text* with an invisible letter inside whatever `read` would take for a tag or an entity."""
    if "<" in text:
        text = _TAG.sub(lambda tag: f"<{JOINER}{tag[0][1:]}" if _is_known(tag) else tag[0], text)
    return _ENTITY.sub(lambda entity: f"&{JOINER}{entity[0][1:]}", text) if "&" in text else text


def _is_known(tag: re.Match[str]) -> bool:
    return bool(tag["prefix"]) or tag["name"].lower() in STYLES.keys() | PLAIN | BREAKS
