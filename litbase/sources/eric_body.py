"""The lines of an ERIC record that have no label: title, authors, source line, abstract, and the publisher's address.

Source: ERIC's record page, copied as text.  They come in this
order and each may be missing, so they are told apart by how they look.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from litbase.record.names import OTHERS, ROLE, SUFFIX, is_group
from litbase.record.text import squash
from litbase.sources.eric_citation import is_citation, parse_citation
from litbase.sources.eric_prose import publisher_of


class Line(NamedTuple):
    """A line of the document: its number, its text on one line, and whether a blank line stands above it."""

    number: int
    text: str
    gap: bool = False


_ADDRESS = re.compile(
    r"\b(?:Tel|Fax|e-?mail|Web ?site|TDD/TTY)\s*:|\bAvailable (?:from|through|at)\b|"
    r"^(?:journal )?availab(?:le|ility)\b.{0,20}:|^for (?:the )?full text\s*:|"
    r"\bP\.?\s?O\.? Box \d|, [A-Z]{2},? \d{5}(?:-\d{4})?\b|\b[A-Z]{1,2}\d{1,2}[A-Z]? \d[A-Z]{2}\b",
    re.I,
)
_SENTENCE = re.compile(r"[.?!…:](?:[\"”’')\]]|\s\()*$|[)\]]$")
_NAME_PART = re.compile(r"[^\d:?!()\[\]]{1,60}")
_NAME_PARTS = re.compile(r"[^\d:?!()\[\],]{1,40}, ?[^\d:?!()\[\],]{1,40}")
_PROSE_END = re.compile(r"[a-z]{3}\.(?: ?\([\w/. ]{2,30}\))?$", re.I)
_SIGNED_END = re.compile(r"\. ?\([\w/. ]{2,30}\)$")
_SMALL = frozenset("a an and as at by de del der for from in la of on or the to und van von with y e et".split())
_PARTICLES = frozenset(
    "de del dela della der den di da do dos das du la le van von ten ter zu bin ibn al el y e".split()
)
_HOUSE = re.compile(r"\b(?:Press|Publish\w*|Publications|Books|Media|Online|Submission|Inc|LLC|Ltd)\b|&")


def looks_like_address(text: str) -> bool:
    """Whether a line says where something can be got: a telephone, a post box, a postal code."""
    return bool(_ADDRESS.search(text[:2000]))


def looks_like_publisher(text: str) -> bool:
    """Whether a line is a publisher's name and address, and not an abstract with "Available from ..." at its end."""
    return len(text) < 1000 and looks_like_address(text) and _is_titled(publisher_of(text))


def looks_like_authors(text: str) -> bool:
    """Whether a line is people: "Last, First" or "First Last" parted by semicolons, or one "Last, First".

    >>> looks_like_authors("Mehta, Jal; Peterson, Amelia"), looks_like_authors("Reading, writing and what comes of it.")
    (True, False)
    """
    if len(text) > 20_000:
        return False
    names = [name.strip() for name in text.split(";") if name.strip()]
    if len(names) > 1:
        sure = any(map(_is_person, names))  # then "hooks, bell" beside it is one as well
        return all(
            _is_person(name)
            or (sure and _NAME_PARTS.fullmatch(name))
            or _is_spoken(name)
            or (len(name.split()) <= 14 and (is_group(name) or OTHERS.match(name)))
            for name in names
        )
    parts = [part.strip() for part in text.split(",")]
    if len(parts) >= 4 and len(parts) % 2 == 0 and not is_group(text):
        return all(_NAME_PART.fullmatch(part) and len(part.split()) <= 4 and part[0].isupper() for part in parts)
    return bool(names) and _is_person(names[0])


def _is_person(name: str) -> bool:
    parts = [part.strip() for part in name.split(",")]
    if OTHERS.match(name):
        return True
    if not 2 <= len(parts) <= 4 or not all(
        part and _NAME_PART.fullmatch(part) and len(part.split()) <= 4 for part in parts
    ):
        return False
    if (
        parts[-1].endswith(".")
        and not re.search(r"(?:^|[\s.-])\w{1,3}\.$", parts[-1])
        and not (SUFFIX.match(parts[-1]) or ROLE.match(parts[-1]))
    ):
        return False
    return not is_group(name) and all(
        word[0].isupper() or not word[0].isalpha() or word in _SMALL or len(word) < 4
        for part in parts
        for word in part.split()
    )


def _is_spoken(name: str) -> bool:
    """Whether *name* is a person's as ERIC writes it since 2023, "Ana Lucía Díaz-Forero"."""
    words = name.partition(",")[0].split()
    named = (
        2 <= len(words) <= 7 and _NAME_PART.fullmatch(name) and ("," not in name or SUFFIX.match(name.split(", ")[-1]))
    )
    return (
        bool(named)
        and words[-1] not in _PARTICLES
        and all(w[0].isupper() or w in _PARTICLES or not w[0].isascii() for w in words)
    )


def split_body(body: Sequence[Line], *, titled: bool = False, journal: bool | None = None) -> dict[str, list[str]]:
    """What *body* states: "title", "author", "citation" and "description" (its paragraphs), as far as they are there.

    *titled* says that the title stood elsewhere; *journal* whether the record is an article, None when unknown.
    """
    rest = list(body)
    found: dict[str, list[str]] = {}
    people = len(rest) > 1 and "," in rest[0].text and ";" in rest[0].text and looks_like_authors(rest[0].text)
    unnamed = people and is_citation(rest[1].text)
    if rest and not titled and not unnamed:
        title = rest.pop(0).text
        while _continues(title, rest):
            title = f"{title} {rest.pop(0).text}"
        found["title"] = [title]
    if rest and _is_author_line(rest[0].text):
        authors = rest.pop(0).text
        while rest and authors.endswith((";", ",")) and _is_author_line(rest[0].text):
            authors = f"{authors} {rest.pop(0).text}"
        found["author"] = [authors]
    elif len(rest) > 1 and not _is_source(rest[0].text) and _is_before_source(rest):
        found["author"] = [rest.pop(0).text]
    if rest and (_is_source(rest[0].text) or _is_named(rest, journal)):
        found["citation"] = [rest.pop(0).text]
    if paragraphs := joined(rest):
        found["description"] = paragraphs
    return found


def pick_body(body: Sequence[Line]) -> tuple[dict[str, list[str]], list[Line]]:
    """The authors and the source line among *body*, where title and abstract are known, and the other lines."""
    found: dict[str, list[str]] = {}
    rest: list[Line] = []
    for line in body:
        if "citation" not in found and _is_source(line.text):
            found["citation"] = [line.text]
        elif "author" not in found and looks_like_authors(line.text):
            found["author"] = [line.text]
        else:
            rest.append(line)
    if "citation" not in found and rest and _is_named(rest, journal=False):
        found["citation"] = [rest.pop(0).text]
    return found, rest


def _is_before_source(rest: Sequence[Line]) -> bool:
    """Whether the next line is an author that only its place tells, above the source line.

    A group alone ("National Center for Education Statistics (ED)"), or one person as spoken ("Kathleen Hill").
    """
    text = rest[0].text
    if _is_source(rest[1].text):
        return _is_short(text)
    if not (_is_named(rest, journal=False) and _is_named(rest[1:], journal=False)):
        return False  # without volume or date, "WestEd" is a source line only below a name
    return is_group(rest[1].text) if is_group(text) else _is_spoken(text) and not _HOUSE.search(text)


def _continues(title: str, rest: Sequence[Line]) -> bool:
    """Whether the next line goes on with the title: a wrapped one, before the authors."""
    if not rest or looks_like_authors(rest[0].text) or _is_source(rest[0].text):
        return False
    following = rest[1].text if len(rest) > 1 else ""
    wrapped = title.endswith((":", ",", "-", "–", "—")) or (rest[0].text[0].islower() and " " in rest[0].text)
    if re.fullmatch(r"[^\W\d]+, [^\W\d]+", rest[0].text):
        return False  # "hooks, bell"
    return _is_short(rest[0].text) and (looks_like_authors(following) or (wrapped and _is_source(following)))


def _is_short(text: str) -> bool:
    return len(text) <= 200 and not _PROSE_END.search(text)


def _is_source(text: str) -> bool:
    """Whether a line is surely the source line; one that only ends in a date must also be short and no sentence."""
    if _SIGNED_END.search(text) or not is_citation(text):
        return False
    cited = parse_citation(text)
    tokens = cited.volume or cited.issue or cited.page or cited.number or cited.school or cited.event
    return bool(tokens) or (len(cited.name.split()) <= 16 and ". " not in cited.name)


def _is_author_line(text: str) -> bool:
    return looks_like_authors(text) and not _is_source(text)


def _is_named(rest: Sequence[Line], journal: bool | None) -> bool:
    """Whether the next line is a source line of a name alone ("RAND Corporation"): short, capitalised, no sentence."""
    text = rest[0].text
    if not re.search(r"[^\W\d_]", text) or not (_is_short(text) or re.search(r"\b(?:Inc|Ltd|Co|Corp)\.$", text, re.I)):
        return False
    return _is_titled(text) and not text.endswith(("?", "!")) and (journal is not None or len(rest) > 1)


def _is_titled(text: str) -> bool:
    """Whether *text* is written as a name, with capitals, and no longer than one."""
    words = [word for word in re.findall(r"[^\W\d_][\w'’.-]*", text) if word.lower() not in _SMALL]
    return len(words) <= 14 and sum(word[0].isupper() for word in words) >= 0.8 * len(words)


def paragraphs_of(text: str) -> list[str]:
    """The paragraphs of *text* that came with line ends in it, by the rules of `joined`."""
    lines: list[Line] = []
    gap = False
    for number, line in enumerate(map(squash, text.split("\n"))):
        lines += [Line(number, line, gap)] if line else []
        gap = not line
    return joined(lines)


def joined(lines: Sequence[Line]) -> list[str]:
    """The paragraphs of *lines*: parted by blank lines where there are any; lines cut at the margin are joined."""
    if not lines:
        return []
    gaps = any(line.gap for line in lines[1:])
    widths = [len(line.text) for line in lines]
    wrapped = len(lines) > 2 and max(widths) <= 120 and min(widths[:-1]) > 0.6 * max(widths)
    wrapped = wrapped and not all(_SENTENCE.search(line.text) for line in lines[:-1])
    paragraphs = [lines[0].text]
    for above, line in pairwise(lines):
        same = not line.gap if gaps else wrapped or not _SENTENCE.search(above.text)
        if same:
            paragraphs[-1] = f"{paragraphs[-1]} {line.text}"
        else:
            paragraphs.append(line.text)
    return paragraphs
