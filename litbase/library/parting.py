"""A paste parted by what its lines are: numbers of works, entries of a citation format, and the text between them.

Sources: how the formats mark the beginning and the end of an entry (BibTeX's braces, RIS's TY and ER, the blank line of
NBIB, Refer and Web of Science); the ways people write DOI, ISBN and ERIC number.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from litbase.record.identifiers import bare_identifier

LISTS: Final = frozenset({"bibtex", "ris", "nbib", "refer", "wos", "reference-list"})
"""The layouts of which several can stand in one paste; any other is a whole document."""
_OPENINGS: Final = {
    "bibtex": re.compile(r"\s{0,40}+@[A-Za-z]{2,40}+\s{0,9}[{(]"),
    "ris": re.compile(r"\s{0,9}+TY  ?- ?\S"),
    "nbib": re.compile(r"(?:PMID|OWN|STAT) ?- \S"),
    "refer": re.compile(r"%[0A-Z] \S"),
    "wos": re.compile(r"FN \S|PT [A-Z](?:\s|$)"),
}
_MORE: Final = {  # lines that belong to the entry before, though it seemed to be over
    "bibtex": re.compile(r"\s{0,40}+(?:[\w-]{1,40}+\s{0,20}+=|[})])"),
    "ris": re.compile(r"[A-Z][A-Z0-9]  ?-(?: |$)"),
    "nbib": re.compile(r"[A-Z]{2,4} {0,2}- \S|\s{6}\S"),
    "refer": re.compile(r"%\S "),
    "wos": re.compile(r"(?:[A-Z][A-Z0-9] \S|ER$|EF$)"),
}
_RIS_ENDS: Final = re.compile(r"\s{0,9}+ER  ?-")
_MARKER: Final = re.compile(r"\s*(?:\[\d{1,4}\]|\(\d{1,4}\)|\d{1,4}[.)](?=\s)|[•*·▪◦‣●–-](?=\s))?\s*")
_LABEL: Final = re.compile(
    r"(?:doi|isbn(?:-1[03])?|(?:e-?)?issn|eric(?:\s(?:number|no\.?|document|id))?(?:\s(?:no\.?|number))?)\s*[:=#]?\s+"
    r"|doi\s*[:=]|https?://(?:www\.)?eric\.ed\.gov/\?id=|https?://(?:www\.)?files\.eric\.ed\.gov/fulltext/(?=E[JD]\d)",
    re.I,
)
_LINKED: Final = re.compile(r"(?i)\s*(?:https?://|doi\b)")
_DOI: Final = re.compile(r"10\.\d{4,9}/|https?://")
_BOOK: Final = re.compile(r"97[89][\d\s–-]{10,14}")
_LONGEST: Final = 300  # characters of a line that can be nothing but numbers


class Sought(NamedTuple):
    """A number that names a work: *scheme* is "doi", "isbn", "issn" or "eric"; "isbn-wrong" for a wrong check digit."""

    scheme: str
    value: str


class Part(NamedTuple):
    """What one kind of lines makes of a paste: *kind* is "identifiers", "text" or a layout of LISTS.

    *lines* are as many as the paste has, those of other kinds blank, so that a line keeps its number.
    """

    kind: str
    lines: list[str]


def identifier(text: str) -> Sought | None:
    """What number of a work all of *text* is, labelled, linked or bare; None when it is more or something else.

    >>> identifier("ERIC Number: EJ1223055"), identifier("https://doi.org/10.1002/abc.")
    (Sought(scheme='eric', value='EJ1223055'), Sought(scheme='doi', value='10.1002/abc'))
    >>> identifier("978-0-415-83904-0")
    Sought(scheme='isbn-wrong', value='978-0-415-83904-0')
    """
    text = text.strip().strip("<>()[].,;\"'").strip()
    named = _LABEL.sub("", text, count=1) if _LABEL.match(text) else text
    named = re.sub(r"(?<=\d)\.pdf$", "", named.strip())
    if found := bare_identifier(named):
        return Sought(*found)
    is_isbn = named != text and text.lower().startswith("isbn") and re.fullmatch(r"[\dXx\s–-]{9,20}", named)
    return Sought("isbn-wrong", named) if is_isbn or _BOOK.fullmatch(named) else None


def identifiers(line: str) -> tuple[Sought, ...]:
    """The numbers of works that *line*, numbered or not, consists of; () when it says anything else."""
    if len(line) > _LONGEST or not any(letter.isdigit() for letter in line):
        return ()
    text = line[_MARKER.match(line).end() :]  # type: ignore[union-attr]  # everything in it may be absent
    if not text:
        return ()
    if one := identifier(text):
        return (one,)
    for parting in (r"\s*[,;]\s*", r"[\s,;]+"):
        found = [identifier(piece) for piece in re.split(parting, text.strip()) if piece]
        if len(found) > 1 and all(found):
            return tuple(one for one in found if one)
    return ()


def parted(lines: Sequence[str]) -> tuple[Part, ...]:
    """The parts of a paste, those that begin first first; () when it is blank.

    Where entries of BibTeX stand, lines that begin with % are comments.
    """
    kinds = list(_kinds(lines))
    if "bibtex" in kinds:
        kinds = ["" if k == "text" and line.startswith("%") else k for k, line in zip(kinds, lines, strict=True)]
    return tuple(
        Part(kind, [line if k == kind else "" for k, line in zip(kinds, lines, strict=True)])
        for kind in dict.fromkeys(kinds)
        if kind
    )


def _kinds(lines: Sequence[str]) -> Iterator[str]:
    """What each line is: a kind of Part, "" for a blank one outside of entries."""
    inside, last, depth, before = "", "", 0, ""  # the entry it is in, the one before, its open braces, the line before
    listed = False  # whether the line before is all numbers
    for place, line in enumerate(lines):
        entry = _entry(line, before, inside, last)
        if entry:
            depth = _braces(line) + (depth if entry == inside and not _OPENINGS[entry].match(line) else 0)
            inside, last = ("" if _is_over(entry, line, depth) else entry), entry
            kind = entry
        else:
            kind = "" if _is_blank(line) else _outside(line, before, lines[place + 1 : place + 2], listed)
            inside, last = "", last if kind != "text" or last == "bibtex" else ""
        listed, before = kind == "identifiers", line
        yield kind


def _entry(line: str, before: str, inside: str, last: str) -> str:
    """The layout of the entry that *line* belongs to; "" when to none."""
    opening = next((kind for kind, pattern in _OPENINGS.items() if pattern.match(line)), "")
    if opening:
        return opening
    if inside == "bibtex" and _is_blank(before) and identifiers(line):
        return ""  # the entry before lacks its last brace
    if inside:
        return inside
    return last if last and not _is_blank(line) and _MORE[last].match(line) else ""


def _outside(line: str, before: str, after: Sequence[str], listed: bool) -> str:
    """ "identifiers" or "text" for a line that stands in no entry; *listed*: the one before is all identifiers."""
    if not identifiers(line):
        return "text"
    return "text" if not listed and _ends_reference(line, before, after) else "identifiers"


def _is_blank(line: str) -> bool:
    return not line or line.isspace()


def _braces(line: str) -> int:
    bare = line.replace("\\{", "").replace("\\}", "")
    return bare.count("{") - bare.count("}")


def _is_over(kind: str, line: str, depth: int) -> bool:
    """Whether the entry ends with *line*, behind which *depth* braces are open."""
    if kind == "bibtex":
        return depth <= 0 and ("}" in line or line.rstrip().endswith(")"))
    return _RIS_ENDS.match(line) is not None if kind == "ris" else _is_blank(line)


def _ends_reference(line: str, before: str, after: Sequence[str]) -> bool:
    """Whether a link or DOI alone on its line is rather the end of the reference that stands right *before* it."""
    if not _LINKED.match(line) and line[:1] not in (" ", "\t"):
        return False
    follows = bool(after) and bool(identifiers(after[0]))
    return not follows and len(before.split()) > 3 and not _DOI.search(before)
