"""A list of references cut into single ones, whatever its layout.

Numbers, bullets, blank lines and hanging indents part the entries where the list has them; wrapped lines are joined,
words and links that a line end broke with them.  What then is still several in one paragraph is cut where names lead up
to a year, and in the styles that put the year last, where names begin behind a finished reference.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from litbase.record.text import squash
from litbase.sources.references.names import UPPER
from litbase.sources.references.starts import dated_starts, names_open, undated_starts
from litbase.sources.references.words import PARTICLES

MAX_TEXT: Final = 400_000
MAX_ENTRY: Final = 4_000
MAX_REFERENCES: Final = 2_000
WIDEST: Final = 130  # characters of a line that was wrapped
_HEADING = re.compile(
    r"\W*(?:references?(?:\s(?:and\snotes|cited|list))?|bibliography|works\s(?:cited|consulted)|literature(?:\scited)?|"
    r"literatur(?:verzeichnis)?|quellen(?:verzeichnis)?|bibliograph?i[ea]|bibliograf[ií]a|références(?:\sbibliographiques)?|"
    r"referencias(?:\sbibliográficas)?|referências(?:\sbibliográficas)?|riferimenti(?:\sbibliografici)?|"
    r"literatuur(?:lijst)?|further\sreading|notes)\W*",
    re.I,
)
_MARKER = re.compile(
    r"^(?:\[(?P<a>\d{1,4})\]|\((?P<b>\d{1,3})\)(?=\s)|(?P<c>(?!(?:1[4-9]|20)\d\d)\d{1,4})[.)](?=\s)|(?P<d>\d{1,3})(?=\s+[^\W\d_a-z]))\s*"
)
_OPENS = rf"(?=\s+(?:(?:(?:{PARTICLES})\s)?[{UPPER}]|[“\"‘—–_]))"
_INLINE = re.compile(
    rf"(?:^|(?<=\s))(?:\[(?P<a>\d{{1,4}})\]|\((?P<b>\d{{1,3}})\){_OPENS}|(?P<c>\d{{1,3}})[.)]{_OPENS})\s*"
)
_BULLET = re.compile(r"(?:[•*·▪◦‣●○■–-]|\uf0b7)\s+(?=\S)")
_DITTO = re.compile(r"[—–_-]{2,}")
_ENDS = re.compile(r"[.)\]”\"?!>’]$|/\S+$|\d$")
_CONTINUES = re.compile(
    r"(?i:https?:|www\.|doi\b|available|retrieved|accessed|verfügbar|disponible|pp?\.|in[:\s]|vol\.)|"
    r"\d+\s?[;(:,–-]|[a-zà-ÿ(,;&]"
)
_LEADS_ON = re.compile(r"(?:,|&|\b(?:and|und|et|y|in|In:?|of|the|pp?\.|[Vv]ol\.|[Nn]o\.|S\.|[Ee]ds?\.))$")
_BROKEN_WORD = re.compile(r"(?P<first>[^\W\d_]{1,40})[-\u00ad‐]$")
_COMPOUND: Final = frozenset(  # first halves of words that keep their hyphen
    "self well non semi cross multi post pre co ex all half quasi inter anti high low long short large small open peer "
    "teacher student school evidence data computer problem decision community research policy practice".split()
)
_BROKEN_LINK = re.compile(r"(?:https?://|www\.|doi\.org|\b10\.\d{4,9})\S*[/_=&?%.~-]$")


class _Line(NamedTuple):
    """One line: how far it is indented, and its text; "" for a blank one."""

    indent: int
    text: str


def split_references(lines: Iterable[str]) -> tuple[str, ...]:
    """The single references in *lines*, as written but for line breaks; () when there is no text.

    Only the first MAX_TEXT characters and MAX_REFERENCES entries are cut; the rest is one last entry as written.

    >>> split_references(["Doe, J. (2001). One. Roe, R. & Poe, E. (2002) Two, (London, Acme)."])
    ('Doe, J. (2001). One.', 'Roe, R. & Poe, E. (2002) Two, (London, Acme).')
    """
    kept, rest = _bounded(lines)
    entries: list[str] = []
    for block, whole in _blocks(kept):
        entries += [block] if whole else _cut(block)
    entries = [entry for entry in entries if re.search(r"\w", entry)]
    over = entries[MAX_REFERENCES:] + rest
    return (*entries[:MAX_REFERENCES], " ".join(over)) if over else tuple(entries)


def _bounded(lines: Iterable[str]) -> tuple[list[_Line], list[str]]:
    """The lines that are cut, headings left out, and those beyond the limit."""
    kept: list[_Line] = []
    rest: list[str] = []
    size = 0
    for line in lines:
        text = squash(line)
        size += len(text)
        if size > MAX_TEXT or len(kept) > 20 * MAX_REFERENCES:
            rest += [text] if text else []
        elif not is_heading(text):
            kept.append(_Line(len(line) - len(line.lstrip()) if text else 0, text))
    return kept, rest


def is_heading(line: str) -> bool:
    """Whether *line* is the heading of a list of references, as "Works Cited" or "Literaturverzeichnis"."""
    return len(line) < 60 and _HEADING.fullmatch(line.strip()) is not None


def _blocks(lines: list[_Line]) -> Iterator[tuple[str, bool]]:
    """The paragraphs of the list, and whether each is surely one reference."""
    filled = [line for line in lines if line.text]
    if marked := _numbered(filled):
        for start, stop in marked:
            yield _MARKER.sub("", _joined(_bare(filled[start:stop])), count=1), stop - start < 20
        return
    if _is_blank_parted(lines):
        yield from ((_joined([line.text for line in block]), False) for block in _parted(lines))
        return
    starts = _indented(filled) or _begun(filled)
    for start, stop in pairwise([*starts, len(filled)]):
        yield _joined(_bare(filled[start:stop])), False


def _bare(lines: Sequence[_Line]) -> list[str]:
    """The texts of an entry's lines without the bullet in front."""
    return [_BULLET.sub("", lines[0].text, count=1), *(line.text for line in lines[1:])]


def _numbered(lines: list[_Line]) -> list[tuple[int, int]]:
    """(start, stop) of the entries of a list whose lines count up; [] when they do not."""
    starts: list[int] = []
    last = 0
    for place, line in enumerate(lines):
        marker = _MARKER.match(line.text)
        number = int(next(filter(None, marker.groups()))) if marker else 0
        if marker and (number == last + 1 or (not starts and number < 1000)):
            starts.append(place)
            last = number
    if len(starts) < 2 or starts[0] > 2:
        return []
    bounds = [*starts, len(lines)]
    before = [(0, starts[0])] if starts[0] else []
    return before + list(pairwise(bounds))


def _is_blank_parted(lines: list[_Line]) -> bool:
    """Whether blank lines part the entries: there are several, and no entry of one line follows another without one."""
    blocks = list(_parted(lines))
    if len(blocks) < 2:
        return False
    inner = sum(_begins(line.text) for block in blocks for line in block[1:])
    return inner * 2 <= len(blocks)


def _parted(lines: list[_Line]) -> Iterator[list[_Line]]:
    block: list[_Line] = []
    for line in (*lines, _Line(0, "")):
        if line.text:
            block.append(line)
        elif block:
            yield block
            block = []


def _indented(lines: list[_Line]) -> list[int]:
    """Where entries begin in a list with hanging or first-line indents; [] when indents say nothing."""
    depths = sorted({line.indent for line in lines})
    if len(depths) < 2:
        return []
    least = depths[0]
    out = [place for place, line in enumerate(lines) if line.indent == least]
    into = [place for place, line in enumerate(lines) if line.indent > least]
    hanging = sum(_begins(lines[place].text) for place in out)
    first = sum(_begins(lines[place].text) for place in into)
    starts, begun = (out, hanging) if hanging >= first else (into, first)
    return starts if starts and starts[0] == 0 and begun * 2 >= len(starts) else []


def _begun(lines: list[_Line]) -> list[int]:
    """Where entries begin by what the lines say and how full they are."""
    longest = max((len(line.text) for line in lines), default=0)
    wrapped = longest <= WIDEST and _is_wrapped([line.text for line in lines], longest)
    starts: list[int] = []
    size = 0
    for place, line in enumerate(lines):
        before = lines[place - 1].text if place else ""
        if place and size < MAX_ENTRY and not _opens(line.text, before, wrapped and len(before) > 0.75 * longest):
            size += len(line.text)
            continue
        starts.append(place)
        size = len(line.text)
    return starts


def _is_wrapped(lines: list[str], longest: int) -> bool:
    """Whether lines were cut at a margin: most are nearly full, and many do not begin as references do."""
    full = sum(len(line) > 0.75 * longest for line in lines)
    reads_on = any(not _ENDS.search(before) or _CONTINUES.match(line) for before, line in pairwise(lines))
    return full * 2 >= len(lines) and (reads_on or sum(map(_begins, lines)) < 0.6 * len(lines))


def _opens(line: str, before: str, full: bool) -> bool:
    """Whether *line* opens an entry behind the line *before*; *full* when that one may have been wrapped."""
    if _BULLET.match(line) or _DITTO.match(line):
        return True
    if _LEADS_ON.search(before):
        return False
    if _begins(line):
        return bool(_ENDS.search(before)) or (not full and next(dated_starts(line), None) == 0)
    return not full and bool(_ENDS.search(before)) and not _CONTINUES.match(line)


def _begins(line: str) -> bool:
    """Whether *line* begins as references do: with a number, a bullet, or names."""
    if _MARKER.match(line) or _BULLET.match(line) or _DITTO.match(line):
        return True
    return next(dated_starts(line[:600]), None) == 0 or names_open(line[:600], 0)


def _joined(lines: Sequence[str]) -> str:
    """The lines of an entry as one, with the words and links that a line end broke made whole."""
    text = lines[0]
    for line in lines[1:]:
        broken = _BROKEN_WORD.search(text[-50:])
        if broken and line[:1].islower():
            text = text + line if broken["first"].lower() in _COMPOUND else text[:-1] + line
        elif _reads_on(text[-300:], line):
            text += line
        else:
            text = f"{text} {line}"
    return squash(text)


def _reads_on(text: str, line: str) -> bool:
    """Whether a link or a range of pages goes on behind the line's end."""
    link = _BROKEN_LINK.search(text) and not re.match(r"[A-Z][a-z]+\s", line)
    return bool(link) or (re.search(r"\d[-–]$", text) is not None and line[:1].isdigit())


# --- several references in one paragraph


def _cut(text: str) -> list[str]:
    """The references in one paragraph, in order, without the numbers in front."""
    markers = _counted(text)
    if len(markers) > 1:
        starts = [found.start() for found in markers]
        pieces = [text[a:b] for a, b in pairwise([*([0] if starts[0] else []), *starts, len(text)])]
        return [_INLINE.sub("", piece.strip(), count=1).strip() for piece in pieces]
    first = _INLINE.match(text)
    text = text[first.end() :] if first else text
    starts = list(dated_starts(text))
    if starts[:1] != [0] and (undated := undated_starts(text)):
        starts = undated
    return [text[a:b].strip() for a, b in pairwise(dict.fromkeys((0, *starts, len(text))))]


def _counted(text: str) -> list[re.Match[str]]:
    """The numbers in *text* that count references up by one; [] when there are none."""
    best: list[re.Match[str]] = []
    for kind in "abc":
        run: list[re.Match[str]] = []
        for found in _INLINE.finditer(text):
            if found[kind] and (not run or int(found[kind]) == int(run[-1][kind]) + 1):
                run.append(found)
        if len(run) > len(best) and run[0].start() < 5:
            best = run
    return best
