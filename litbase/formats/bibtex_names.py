"""Names as BibTeX writes them, both ways: "von Last, Jr, First and {A Group and Sons} and others".

Source: Patashnik's BibTeXing, section on names; departures are said below.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from litbase.formats.latex import decode, encode
from litbase.record.names import OTHERS, SUFFIX, Name, is_group

_MARK = re.compile(r"[{}]|(?<=\s)and(?=\s)|;", re.I)
_COMMA = re.compile(r"[{},]")
_GAP = re.compile(r"[{}]|[\s~]+")
_GROUP = re.compile(r"\{[^\\{}][^{}]*\}")
_AND = re.compile(r"\band\b", re.I)
_LONGEST: Final = 2_000  # characters of one name; a longer one is kept whole


def read_names(latex: str) -> tuple[tuple[Name, ...], bool]:
    """The people and groups of a name field, and whether it says "and others"; never raises.

    A name wholly in braces, a single word, and words without a comma that no person is called ("World Bank Group")
    are literals.  Semicolons part names where the field has no "and".  Only leading lower-case words are particles:
    BibTeX itself makes "Garcia de" a particle in "Garcia de Mora, Ana".
    """
    latex = f" {latex} "
    if latex.count("{") != latex.count("}"):
        latex = latex.replace("{", "").replace("}", "")
    pieces = list(_split(latex, _MARK, "and"))
    if len(pieces) == 1:
        pieces = list(_split(latex, _MARK, ";"))
    names, others = [], False
    for piece in pieces:
        if OTHERS.match(piece.strip()):
            others = True
        elif name := _name(piece.strip()):
            names.append(name)
    return tuple(names), others


def _split(text: str, marks: re.Pattern[str], separator: str) -> Iterator[str]:
    """*text* cut at *separator* ("and", ";", ",", " ") outside braces."""
    depth = start = 0
    for mark in marks.finditer(text):
        if mark[0] in "{}":
            depth = max(depth + (1 if mark[0] == "{" else -1), 0)
        elif depth == 0 and (mark[0].lower() == separator or separator == " "):
            yield text[start : mark.start()]
            start = mark.end()
    yield text[start:]


def _name(latex: str) -> Name | None:
    if not decode(latex):
        return None
    if len(latex) > _LONGEST or _is_braced(latex):
        return Name(literal=decode(latex))
    parts = [part.strip() for part in _split(latex, _COMMA, ",")]
    if len(parts) == 1:
        return _spoken(latex)
    von_last, rest = parts[0], parts[1:]
    suffix = ""
    if len(rest) > 1:
        suffix = rest.pop(-1 if SUFFIX.match(decode(rest[-1])) else 0)  # ERIC's order is Last, First, Jr
    words = _words(von_last)
    start = 0
    while start < len(words) - 1 and _is_small(words[start]):
        start += 1
    if not suffix and len(words) - start > 1 and SUFFIX.match(decode(words[-1])):
        suffix = words.pop()  # "King Jr., Martin Luther"
    family = decode(" ".join(words[start:]))
    given = decode(" ".join(rest))
    if not family and not given:
        return None
    particle = decode(" ".join(words[:start]))
    return Name(family=family, given=given, particle=particle, suffix=decode(suffix)) if family else Name(literal=given)


def _spoken(latex: str) -> Name:
    words = _words(latex)
    plain = decode(latex)
    if len(words) < 2 or (is_group(plain) and not re.search(r"\b\w\.", plain)):
        return Name(literal=plain)
    suffix = words.pop() if len(words) > 2 and SUFFIX.match(decode(words[-1])) else ""
    if all(map(_is_small, words)):  # "danah boyd"
        return Name(family=decode(words[-1]), given=decode(" ".join(words[:-1])), suffix=decode(suffix))
    small = next((i for i, word in enumerate(words[:-1]) if _is_small(word)), len(words) - 1)
    last = small
    while last < len(words) - 1 and _is_small(words[last]):
        last += 1
    given, particle, family = (decode(" ".join(part)) for part in (words[:small], words[small:last], words[last:]))
    return Name(family=family, given=given, particle=particle, suffix=decode(suffix))


def _words(latex: str) -> list[str]:
    return [word for word in _split(latex, _GAP, " ") if word]


def _is_braced(latex: str) -> bool:
    """Whether one pair of braces holds the whole name, and is no mere accent such as {\\"O}."""
    if not (latex.startswith("{") and latex.endswith("}")):
        return False
    depth = 0
    for mark in re.finditer(r"[{}]", latex):
        depth += 1 if mark[0] == "{" else -1
        if depth == 0:
            return mark.end() == len(latex)
    return False


def _is_small(word: str) -> bool:
    """Whether a word of a name begins in lower case; braced letters do not count ({Van} stays a family name)."""
    plain = decode(_GROUP.sub("", word))
    first = next((character for character in plain if character.isalpha()), "")
    return first.islower()


def write_names(names: Iterable[Name], others: bool = False) -> str:
    """A name field, LaTeX-escaped: "van der Berg, Jan and {Smith and Sons \\& Co.} and others"; "" for nobody."""
    written = [text for text in map(_written, names) if text]
    if others and written:
        written.append("others")
    return " and ".join(written)


def _written(name: Name) -> str:
    if name.literal or not (name.family and name.given):
        whole = encode(str(name))
        return f"{{{whole}}}" if whole else ""
    von_last = f"{encode(name.particle)} {_part(name.family)}".strip()
    return ", ".join(filter(None, (von_last, _part(name.suffix), _part(name.given))))


def _part(text: str) -> str:
    """One part of a name, in braces where BibTeX would read its words as something else."""
    latex = encode(text)
    return f"{{{latex}}}" if "," in latex or _AND.search(latex) or OTHERS.match(latex) else latex
